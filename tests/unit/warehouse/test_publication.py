"""A build is published whole or not at all."""

import duckdb
import pytest

from orchestration.store.errors import BuildFailedError
from orchestration.warehouse.connection import open_warehouse
from orchestration.warehouse.contract import CONTRACT
from orchestration.warehouse.publication import publish
from tests.unit.warehouse.staged import query, staged


def test_an_empty_contract_is_not_published(places):
    run = staged(places)
    with pytest.raises(BuildFailedError, match="lacks fact_quarterly_results"):
        publish(run.file, places.warehouse)
    assert not places.warehouse.exists()


def complete(file, view=False):
    with duckdb.connect(str(file)) as connection:
        for name in CONTRACT:
            connection.execute(f"create table {name} as select 1 as number")
        connection.execute(
            "create macro quarterly_results_as_of(day) as table select * from fact_quarterly_results where day is not null"
        )
        if view:
            connection.execute("create view look as select * from tieout.main.dim_filing")


def test_publishing_replaces_the_file_in_one_move(places):
    run = staged(places)
    complete(run.file)
    places.warehouse.write_bytes(b"the one before")
    assert publish(run.file, places.warehouse)["dim_filing"] == 1
    assert query(places.warehouse, "select count(*) from staging.filings") == [(6,)]
    assert not run.file.exists()
    assert {path.name for path in places.folder.iterdir()} == {
        "builds",
        "readings",
        "published.duckdb",
        ".published.duckdb.lock",
    }


def test_a_view_that_names_its_catalog_is_not_published(places):
    run = staged(places)
    complete(run.file, view=True)
    with pytest.raises(BuildFailedError, match="works only while the file has its present name"):
        publish(run.file, places.warehouse)


def test_readers_hold_on_to_the_file_they_opened(places):
    for run_id in ("first", "second"):
        run = staged(places, run_id)
        complete(run.file)
        if run_id == "second":
            reader = open_warehouse(places.warehouse)
            (places.raw / "7.txt").write_text("one more")
            run = staged(places, "third")
            complete(run.file)
        publish(run.file, places.warehouse)
    assert reader.execute("select count(*) from staging.filings").fetchall() == [(6,)]
    reader.close()
    assert query(places.warehouse, "select count(*) from staging.filings") == [(7,)]


def test_a_build_without_gates_is_not_published(places):
    run = staged(places)
    complete(run.file)
    places.warehouse.write_bytes(b"the one before")
    with pytest.raises(BuildFailedError, match="gate on staging was not run in full"):
        run.publish()
    assert places.warehouse.read_bytes() == b"the one before"
