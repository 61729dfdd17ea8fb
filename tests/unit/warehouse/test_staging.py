"""The staging tables are a function of the readings."""

from orchestration.build.steps import BuildRun
from orchestration.store.paths import Places
from orchestration.warehouse import staging_tables as tables
from orchestration.warehouse.connection import open_warehouse
from tests.unit.warehouse.staged import READER, query, staged


def contents(file):
    """Every staging table, rows as they physically stand."""
    with open_warehouse(file) as connection:
        return {name: connection.execute(f"select * from staging.{name}").fetchall() for name in tables.staging_tables()}


def test_staging_has_the_columns_of_the_records(places):
    run = staged(places)
    found = query(
        run.file, "select table_name, column_name, lower(data_type) from duckdb_columns() where schema_name = 'staging'"
    )
    wanted = {
        (table, column.name, tables.sql_type(column))
        for table, columns in tables.staging_tables().items()
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
