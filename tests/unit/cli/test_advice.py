"""Commands that messages advise, with the paths of the command that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.cli.advice import advised, raw_in_use, warehouse_in_use
from orchestration.store.paths import RAW, WAREHOUSE


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIEOUT_RAW", raising=False)
    monkeypatch.delenv("TIEOUT_WAREHOUSE", raising=False)
    raw_in_use(None)
    warehouse_in_use(None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ask `tieout sql 'from quarantine'`", "ask `tieout sql --warehouse '/my data/w.duckdb' 'from quarantine'`"),
        ("`tieout add FILE --cik N` says whose", "`tieout add --raw /in FILE --cik N` says whose"),
        ("Build one: `tieout build`.", "Build one: `tieout build --raw /in --warehouse '/my data/w.duckdb'`."),
        ("`tieout read FILE` needs none", "`tieout read FILE` needs none"),
        ("tieout sql without backticks is prose", "tieout sql without backticks is prose"),
    ],
)
def test_an_advised_command_has_the_paths_in_use(text: str, expected: str) -> None:
    raw_in_use(Path("/in"))
    warehouse_in_use(Path("/my data/w.duckdb"))
    assert advised(text) == expected
    assert advised(advised(text)) == expected


def test_a_path_that_the_command_would_take_by_itself_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    raw_in_use(RAW)
    warehouse_in_use(WAREHOUSE)
    assert advised("`tieout build`") == "`tieout build`"
    monkeypatch.setenv("TIEOUT_WAREHOUSE", "/elsewhere.duckdb")
    warehouse_in_use(Path("/elsewhere.duckdb"))
    assert advised("`tieout build`") == "`tieout build`"
    warehouse_in_use(WAREHOUSE)
    assert advised("`tieout build`") == f"`tieout build --warehouse {WAREHOUSE}`"


def test_another_warehouse_is_asked_where_it_is_named() -> None:
    warehouse_in_use(Path("/published.duckdb"))
    assert advised("`tieout gate` lists", Path("/kept.duckdb")) == "`tieout gate --warehouse /kept.duckdb` lists"
