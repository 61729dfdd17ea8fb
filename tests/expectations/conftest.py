from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.expectations.warehouse import build


@pytest.fixture(scope="session")
def sound_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("warehouse") / "sound.duckdb"
    with duckdb.connect(str(file)) as con:
        build(con)
    return file


@pytest.fixture(scope="session")
def open_warehouse(sound_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sound_file)) as con:
        yield con


@pytest.fixture
def warehouse(open_warehouse: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The sound warehouse, to damage: what a test does to it is undone."""
    open_warehouse.begin()
    yield open_warehouse
    open_warehouse.rollback()
