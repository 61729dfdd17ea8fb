"""The gate as its callers use it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from expectations.suites import SUITES
from expectations.validate import suite_names, validate

HOSTILE = "<script>alert('x')</script>"
ROOT = Path(__file__).resolve().parents[2]


def test_naming_the_suites_imports_no_library() -> None:
    code = (
        "import sys; from expectations.validate import suite_names; assert len(suite_names('staging')) > 10;"
        "print([name for name in ('great_expectations', 'pandas', 'duckdb', 'dagster', 'jinja2') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_every_suite_is_named_with_its_table_and_whether_it_blocks() -> None:
    names = suite_names()
    assert [name.name for name in names] == [suite.name for suite in SUITES]
    assert len({name.name for name in names}) == len(names)
    assert all(name.description and name.table for name in names)
    assert [name.name for name in names if not name.blocking] == ["compound_events", "derived_and_printed", "fact_guidance"]
    assert {name.stage for name in names} == {"staging", "marts"}
    assert suite_names("marts") == tuple(name for name in names if name.stage == "marts")


def test_the_sql_of_a_suite_is_constant(warehouse: duckdb.DuckDBPyConnection) -> None:
    asked: list[list[str]] = []
    for _ in range(2):
        queries: list[str] = []
        validate("staging", lambda sql, kept=queries: kept.append(sql) or warehouse.execute(sql).df(), only=["identities"])
        asked.append(queries)
    assert asked[0] == asked[1]
    assert len(asked[0]) == 1


def test_a_wrong_stage_or_suite_is_refused(warehouse: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ValueError, match="'staging' or 'marts'"):
        validate("intermediate", lambda sql: warehouse.execute(sql).df())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no suite of the stage marts is called identities"):
        validate("marts", lambda sql: warehouse.execute(sql).df(), only=["identities"])


def test_a_table_that_is_not_there_is_an_error_not_a_pass(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("drop table staging.figures")
    with pytest.raises(duckdb.CatalogException, match="figures"):
        validate("staging", lambda sql: warehouse.execute(sql).df())


def test_an_empty_staging_is_a_failure_not_a_pass(warehouse: duckdb.DuckDBPyConnection) -> None:
    for suite in SUITES:
        if suite.table.startswith("staging."):
            warehouse.execute(f"delete from {suite.table}")
    result = validate("staging", lambda sql: warehouse.execute(sql).df())
    assert not result.success
    assert {failure.suite for failure in result.failures if failure.expectation == "rows_are_there"} == {
        suite.name for suite in SUITES if suite.stage == "staging" and suite.required_rows
    }


def test_a_failure_samples_twenty_rows_and_counts_all(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("update staging.reported_values set period_end = period_end + line_no::integer")
    [failure] = validate("staging", lambda sql: warehouse.execute(sql).df(), only=["reported_values"]).failures
    [(count,)] = warehouse.execute("select count(*) from staging.reported_values where filing_id <> 'Q'").fetchall()
    assert failure.unexpected_count == count
    assert len(failure.rows) == 20


def test_data_docs_escape_what_a_filing_says_and_load_nothing(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    warehouse.execute(
        "update staging.reported_values set label = ?, value = value + 100000 where label = 'Royalties' and filing_id = 'A'",
        [HOSTILE],
    )
    for stage in ("staging", "marts"):
        validate(stage, lambda sql: warehouse.execute(sql).df(), docs_dir=tmp_path / "docs")
    assert sorted(path.name for path in (tmp_path / "docs").iterdir()) == ["index.html", "marts.html", "staging.html"]
    page = (tmp_path / "docs" / "staging.html").read_text(encoding="utf-8")
    assert "The gate is shut." in page
    assert "&lt;script&gt;alert" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "revenue_total" in page
    index = (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")
    assert 'href="staging.html"' in index
    assert 'href="marts.html"' in index


def test_data_docs_are_the_same_for_the_same_warehouse(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for folder in ("one", "other"):
        validate("marts", lambda sql: warehouse.execute(sql).df(), docs_dir=tmp_path / folder)
    assert (tmp_path / "one" / "marts.html").read_bytes() == (tmp_path / "other" / "marts.html").read_bytes()
