"""Filings may arrive in any order: whatever was built before, the same filings give the same history, row for row."""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from orchestration.build.steps import BuildRun
from orchestration.store.paths import Places
from orchestration.warehouse.connection import open_warehouse
from tests.conftest import ROOT

FILINGS = sorted((ROOT / "data" / "raw" / "immunogen").glob("*.txt"))
HISTORY = ("dim_compound", "dim_compound_name", "dim_compound_indication", "fact_compound_event")
History = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], History]:
    """The tables after each arrival, by the filings that had arrived, in the order they did."""
    folder = tmp_path_factory.mktemp("orders")
    orders = [order for number in range(1, len(FILINGS) + 1) for order in permutations(FILINGS, number)]
    return {tuple(file.name for file in order): arrival(order, folder) for order in orders}


def arrival(order: tuple[Path, ...], folder: Path) -> History:
    """One file more, over a copy of what the build of the files before it left: their readings are taken as they are."""
    here, before = (folder / "-".join(file.stem for file in some) for some in (order, order[:-1]))
    if order[:-1]:
        shutil.copytree(before, here)
    places = Places.of(here / "raw", here / "warehouse" / "tieout.duckdb")
    places.raw.mkdir(parents=True, exist_ok=True)
    shutil.copy(order[-1], places.raw)
    run = BuildRun(places, f"build-{len(order)}")
    run.list_raw()
    update = run.read(1, lambda _done, _total: None)
    assert (update.read, update.reused) == (1, len(order) - 1)
    run.load_staging()
    results = run.transform([f"+{table}" for table in HISTORY])
    assert results and not [result for result in results if result.is_bad]
    return history(run.file)


def history(file: Path) -> History:
    with open_warehouse(file) as connection:
        return {table: connection.execute(f"from {table}").to_arrow_table().to_pylist() for table in HISTORY}


def test_three_filings_were_tried_in_every_order(found: dict[tuple[str, ...], History]) -> None:
    assert len(FILINGS) == 3
    assert len([arrived for arrived in found if len(arrived) == 3]) == 6
    assert all(history[table] for history in found.values() for table in HISTORY)


@pytest.mark.parametrize("table", HISTORY)
def test_the_same_filings_give_the_same_rows_in_whatever_order_they_came(
    found: dict[tuple[str, ...], History], table: str
) -> None:
    first: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for arrived, tables in found.items():
        assert tables[table] == first.setdefault(tuple(sorted(arrived)), tables[table]), arrived
    assert len(first) == 7


def test_a_late_filing_inserts_a_version_in_the_middle(found: dict[tuple[str, ...], History]) -> None:
    early, middle, late = (file.name for file in FILINGS)
    before = versions(found[early, late], "imgn901")
    after = versions(found[early, late, middle], "imgn901")
    assert len(after) == len(before) + 1
    assert after[0][0] == before[0][0] and after[-1][0] == before[-1][0]
    assert [end for _, end in after[:-1]] == [start for start, _ in after[1:]]
    assert str(after[1][0]) == "2011-04-28"


def versions(tables: History, compound_id: str) -> list[tuple[Any, Any]]:
    """When the versions of a compound begin and end."""
    return [(row["valid_from"], row["valid_to"]) for row in tables["dim_compound"] if row["compound_id"] == compound_id]
