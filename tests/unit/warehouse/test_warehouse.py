"""The file: staging as a function of the readings, and publishing all or nothing."""

import hashlib
import os

import duckdb
import pytest

from orchestration.build.steps import BuildRun, sweep
from orchestration.store.errors import BuildFailedError, NoWarehouseError
from orchestration.store.paths import Places
from orchestration.warehouse import warehouse

READER = "made_up_reader:read_filing"


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


def staged(places, run_id="run", jobs=1):
    run = BuildRun(places, run_id, READER, timeout_seconds=5)
    run.read(jobs, lambda _done, _total: None)
    run.load_staging()
    return run


def contents(file):
    """Every staging table, rows as they physically stand."""
    with warehouse.open_warehouse(file) as connection:
        return {name: connection.execute(f"select * from staging.{name}").fetchall() for name in warehouse.staging_tables()}


def query(file, sql):
    with warehouse.open_warehouse(file) as connection:
        return connection.execute(sql).fetchall()


def sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_staging_has_the_columns_of_the_records(places):
    run = staged(places)
    found = query(
        run.file, "select table_name, column_name, lower(data_type) from duckdb_columns() where schema_name = 'staging'"
    )
    wanted = {
        (table, column.name, warehouse.sql_type(column))
        for table, columns in warehouse.staging_tables().items()
        for column in columns
    }
    assert set(found) == wanted
    assert ("reported_values", "value", "decimal(22,4)") in wanted
    comments = query(run.file, "select comment from duckdb_tables() where schema_name = 'staging'")
    assert all(comment for (comment,) in comments)


def test_one_worker_and_many_and_any_order_of_arrival_give_the_same_rows_in_the_same_order(tmp_path, places, raw):
    at_once = contents(staged(places).file)
    assert len(at_once["reported_values"]) == 42
    bodies = {path.name: path.read_text() for path in raw.iterdir()}
    for path in raw.iterdir():
        path.unlink()
    late = Places.of(raw, tmp_path / "late" / "published.duckdb")
    for name in sorted(bodies, reverse=True):
        (raw / name).write_text(bodies[name])
        run = staged(late, f"run{name}", jobs=2)
    assert contents(run.file) == at_once


def test_equal_bytes_are_read_once_and_both_names_told(places, raw):
    (raw / "copy.txt").write_text("filing 3")
    run = staged(places)
    assert query(run.file, "select source, duplicate_of from staging.raw_files where duplicate_of is not null") == [
        ("copy.txt", "3.txt")
    ]
    [(filing_id, message)] = query(run.file, "select filing_id, message from staging.problems where code = 'duplicate_bytes'")
    assert "copy.txt" in message
    assert "3.txt" in message
    assert query(run.file, f"select count(*) from staging.filings where filing_id = '{filing_id}'") == [(1,)]


def test_two_filings_of_one_id_the_first_known_keeps_it(places, raw):
    (raw / "a.txt").write_text("accession\n0001-23-456789")
    (raw / "b.txt").write_text("accession\n0001-23-456789 ")
    run = staged(places)
    found = query(
        run.file, "select filing_id, status, known_from, source from staging.filings where source in ('a.txt', 'b.txt')"
    )
    kept, other = sorted(found, key=lambda row: row[1])
    assert (kept[0], kept[1], other[1]) == ("0001-23-456789", "accepted", "quarantined")
    assert other[0].startswith("sha256-")
    assert (kept[2], kept[3]) < (other[2], other[3])
    assert query(run.file, "select count(*) from staging.reported_values where filing_id = '0001-23-456789'") == [(7,)]
    assert query(run.file, "select filing_id from staging.problems where code = 'duplicate_filing_id'") == [(other[0],)]


def test_a_removed_and_a_changed_file_are_told_and_their_numbers_are_gone(places, raw):
    staged(places, "first")
    (raw / "0.txt").unlink()
    (raw / "1.txt").write_text("other")
    run = staged(places, "second")
    told = query(run.file, "select code, filing_id from staging.problems where code like 'file_%' order by code")
    assert [code for code, _ in told] == ["file_changed", "file_removed"]
    for _, filing_id in told:
        assert query(run.file, f"select count(*) from staging.reported_values where filing_id = '{filing_id}'") == [(0,)]


def test_a_file_that_changes_during_the_build_is_quarantined_and_the_others_built(places, raw):
    run = BuildRun(places, "run", READER)
    run.list_raw()
    (raw / "2.txt").write_text("changed under the build")
    run.load_staging()
    [(status, reason)] = query(run.file, "select status, reason from staging.filings where source = '2.txt'")
    assert status == "quarantined"
    assert "changed or removed while the build was reading" in reason
    assert query(run.file, "select count(*) from staging.filings where status = 'accepted'") == [(5,)]
    assert staged(places, "again").quarantined == 0


def test_a_reading_that_is_in_two_chunks_is_loaded_once(places):
    run = staged(places)
    [chunk] = run.store.paths()
    chunk.with_name(f"{run.store.version[:16]}-twice.parquet").write_bytes(chunk.read_bytes())
    assert contents(staged(places, "again").file) == contents(run.file)


def test_an_empty_contract_is_not_published(places):
    run = staged(places)
    with pytest.raises(BuildFailedError, match="lacks fact_quarterly_results"):
        warehouse.publish(run.file, places.warehouse)
    assert not places.warehouse.exists()


def complete(file, view=False):
    with duckdb.connect(str(file)) as connection:
        for name in warehouse.CONTRACT:
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
    assert warehouse.publish(run.file, places.warehouse)["dim_filing"] == 1
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
        warehouse.publish(run.file, places.warehouse)


def test_a_build_without_gates_is_not_published(places):
    run = staged(places)
    complete(run.file)
    places.warehouse.write_bytes(b"the one before")
    with pytest.raises(BuildFailedError, match="gate on staging was not run in full"):
        run.publish()
    assert places.warehouse.read_bytes() == b"the one before"


def test_readers_hold_on_to_the_file_they_opened(places):
    for run_id in ("first", "second"):
        run = staged(places, run_id)
        complete(run.file)
        if run_id == "second":
            reader = warehouse.open_warehouse(places.warehouse)
            (places.raw / "7.txt").write_text("one more")
            run = staged(places, "third")
            complete(run.file)
        warehouse.publish(run.file, places.warehouse)
    assert reader.execute("select count(*) from staging.filings").fetchall() == [(6,)]
    reader.close()
    assert query(places.warehouse, "select count(*) from staging.filings") == [(7,)]


def test_builds_that_nobody_works_on_are_swept_but_for_the_last(places):
    for number in range(5):
        staged(places, f"run{number}").close()
        os.utime(places.builds / f"run{number}", (number, number))
    living = staged(places, "living")
    sweep(places.builds, keep=2)
    assert {path.name for path in places.builds.iterdir()} == {"run3", "run4", "living"}
    assert living.file.exists()


def test_no_warehouse_says_how_to_build_one(tmp_path):
    with pytest.raises(NoWarehouseError, match="Build one: `tieout build`"):
        warehouse.open_warehouse(tmp_path / "none.duckdb")
    (tmp_path / "text.duckdb").write_text("no database " * 1000)
    with pytest.raises(NoWarehouseError, match="cannot be opened as a warehouse"):
        warehouse.open_warehouse(tmp_path / "text.duckdb")


def test_the_connection_is_read_only(places):
    run = staged(places)
    with warehouse.open_warehouse(run.file) as connection, pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("create table x (y int)")
