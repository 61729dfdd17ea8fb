"""A raw folder of six small filings, and the places of a warehouse of them."""

import pytest

from orchestration.store.paths import Places


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(f"filing {number}")
    return folder


@pytest.fixture
def places(tmp_path, raw):
    return Places.of(raw, tmp_path / "warehouse" / "published.duckdb")
