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
EARLY, MIDDLE, LATE = FILINGS
HISTORY = ("dim_compound", "dim_compound_name", "dim_compound_indication", "fact_compound_event")
Order = tuple[Path, ...]
Tables = dict[str, list[tuple[Any, ...]]]
History = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def arrivals(tmp_path_factory: pytest.TempPathFactory) -> dict[Order, BuildRun]:
    """The build after each arrival, up to staging, by the filings that had arrived, in the order they did."""
    folder = tmp_path_factory.mktemp("orders")
    orders = [order for number in range(1, len(FILINGS) + 1) for order in permutations(FILINGS, number)]
    return {order: arrival(order, folder) for order in orders}


def arrival(order: Order, folder: Path) -> BuildRun:
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
    return run


@pytest.fixture(scope="module")
def histories(arrivals: dict[Order, BuildRun]) -> dict[Order, History]:
    """The tables of the models after some arrivals: the models see the staging tables alone, which are the same after any."""
    orders = [(EARLY, LATE), (EARLY, LATE, MIDDLE), (LATE, MIDDLE, EARLY)]
    return {order: history(arrivals[order]) for order in orders}


def history(run: BuildRun) -> History:
    results = run.transform([f"+{table}" for table in HISTORY])
    assert results and not [result for result in results if result.is_bad]
    with open_warehouse(run.file) as connection:
        return {table: connection.execute(f"from {table}").to_arrow_table().to_pylist() for table in HISTORY}


def staged(run: BuildRun) -> Tables:
    """Every staging table, rows as they stand."""
    with open_warehouse(run.file) as connection:
        names = connection.execute("select table_name from duckdb_tables() where schema_name = 'staging' order by 1").fetchall()
        return {name: connection.execute(f"from staging.{name}").fetchall() for (name,) in names}


def test_the_same_filings_are_staged_the_same_in_whatever_order_they_came(arrivals: dict[Order, BuildRun]) -> None:
    first: dict[Order, Tables] = {}
    for order, run in arrivals.items():
        tables = staged(run)
        assert tables["compounds"] and tables["compound_names"]
        assert tables == first.setdefault(tuple(sorted(order)), tables), [file.name for file in order]
    assert (len(arrivals), len(first)) == (15, 7)


@pytest.mark.parametrize("table", HISTORY)
def test_the_same_filings_give_the_same_history(histories: dict[Order, History], table: str) -> None:
    _, one, other = histories.values()
    assert one[table]
    assert one[table] == other[table]


def test_a_late_filing_inserts_a_version_in_the_middle(histories: dict[Order, History]) -> None:
    before = versions(histories[EARLY, LATE], "imgn901")
    after = versions(histories[EARLY, LATE, MIDDLE], "imgn901")
    assert len(after) == len(before) + 1
    assert after[0][0] == before[0][0] and after[-1][0] == before[-1][0]
    assert [end for _, end in after[:-1]] == [start for start, _ in after[1:]]
    assert str(after[1][0]) == "2011-04-28"


def versions(tables: History, compound_id: str) -> list[tuple[Any, Any]]:
    """When the versions of a compound begin and end."""
    return [(row["valid_from"], row["valid_to"]) for row in tables["dim_compound"] if row["compound_id"] == compound_id]
