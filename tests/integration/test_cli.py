"""The commands against a built warehouse, run as a user would: output, exit codes, and what is left untouched."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT, TIEOUT, Built, run_tieout, run_tieout_here


def explain(built: Built, *words: str, raw: Path | None = None) -> subprocess.CompletedProcess[str]:
    return run_tieout_here("explain", *words, "--warehouse", built.warehouse, "--raw", raw or built.raw)


def sql(built: Built, *words: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return run_tieout("sql", *words, "--warehouse", built.warehouse, stdin=stdin)


def test_build_sums_up_what_it_did(built: Built) -> None:
    assert "3 read, 0 reused, 0 quarantined" in built.output
    assert "as_read" in built.output
    assert "close" in built.output
    assert str(built.warehouse) in built.output


def test_gate_passes_on_what_was_published_and_counts_what_it_checked(built: Built) -> None:
    done = run_tieout("gate", "--warehouse", built.warehouse)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "staging.reported_values" in done.stdout
    assert "fact_quarterly_results" in done.stdout
    assert "FAILED" not in done.stdout


def test_gate_fails_on_a_damaged_value_and_names_its_row(built: Built, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.duckdb"
    shutil.copy(built.warehouse, damaged)
    with duckdb.connect(str(damaged)) as con:
        (value_id,) = con.execute(
            """update staging.reported_values set value = value + 1000000
               where value_id = (select min(value_id) from staging.reported_values where concept = 'Revenues')
               returning value_id"""
        ).fetchone()
    done = run_tieout_here("gate", "--warehouse", damaged)
    assert done.returncode == 1
    assert "FAILED" in done.stdout
    assert value_id.split(":")[0] in done.stdout
    assert "the gate failed" in done.stderr


def test_explain_says_the_same_as_a_program_of_its_own(built: Built) -> None:
    for words, code in ((("IMGN", "2011Q3", "net_income"), 0), (("IMGN", "2011Q3", "net"), 1)):
        started = run_tieout("explain", *words, "--warehouse", built.warehouse, "--raw", built.raw)
        here = explain(built, *words)
        assert (started.returncode, started.stdout, started.stderr) == (here.returncode, here.stdout, here.stderr)
        assert started.returncode == code


def test_explain_marks_the_characters_of_the_line_and_shows_the_proof(built: Built) -> None:
    lines = explain(built, "IMGN", "2011Q3", "net_income").stdout.splitlines()
    source = next(index for index, line in enumerate(lines) if line.startswith("    | Net loss"))
    marks = lines[source + 1]
    assert lines[source][marks.index("^") : marks.rindex("^") + 1] == "(15,003)"
    assert any("closed: net_income" in line for line in lines)
    assert any("told in prose" in line and "match" in line for line in lines)
    assert any("weighed, not taken" in line for line in lines)


def test_explain_shows_the_operands_of_a_derived_quarter(built: Built) -> None:
    told = explain(built, "IMGN", "2007Q1", "Revenues").stdout
    assert "7,770,000 USD: derived" in told
    assert "19,842,000" in told
    assert "12,072,000" in told
    assert "6 months to 2006-12-31" in told


def test_explain_does_not_show_a_line_of_a_changed_file(built: Built, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(built.raw, raw)
    with (raw / "immunogen" / "immunogen-2011-04-28.txt").open("ab") as file:
        file.write(b"\n")
    told = explain(built, "IMGN", "2011Q3", "Revenues", raw=raw).stdout
    assert "5,211,000" in told
    assert "was changed after it was read" in told
    assert "^^^" not in told
    gone = explain(built, "IMGN", "2011Q3", "Revenues", raw=tmp_path).stdout
    assert "no longer there" in gone


def test_explain_takes_revenue_for_revenues_and_names_the_other_line(built: Built) -> None:
    """It answered with the long-term portion of deferred revenue, and did not say that another line was meant."""
    told = explain(built, "IMGN", "2011q3", "revenue").stdout
    assert "5,211,000 USD" in told
    assert "other lines too: Long-term portion of deferred revenue" in told


def test_explain_shows_the_identity_of_a_line_that_states_two_concepts(built: Built) -> None:
    """ "Basic and diluted" is one cell: its proof hangs on one of the two values."""
    for period, figure in (("2014Q2", "0.04"), ("2013Q2", "-0.29")):
        told = explain(built, "IMGN", period, "eps_diluted").stdout
        assert "as read; 1 proof" in told
        assert "closed: eps_diluted" in told
        assert any(line.split()[:2] == [">", figure] for line in told.splitlines()), told


def test_explain_shows_the_readings_weighed_of_a_cell_for_both_its_concepts(built: Built) -> None:
    """They were shown for the basic figure alone."""
    basic, diluted = (
        [line for line in explain(built, "IMGN", "2006Q2", name).stdout.splitlines() if "taken" in line]
        for name in ("eps_basic", "eps_diluted")
    )
    assert len(basic) == 2
    assert diluted == basic


def test_explain_tells_the_gap_of_a_derived_quarter_and_its_columns(built: Built) -> None:
    told = explain(built, "IMGN", "2013Q1", "eps_diluted")
    assert told.returncode == 1
    assert "they are never derived (not_additive)." in told.stderr
    assert "net_income (fact_quarterly_results)" in told.stderr
    assert "3 months to 2012-12-31" in told.stderr
    assert "nothing" not in told.stderr


def test_explain_says_which_periods_there_are_where_a_year_is_not_printed(built: Built) -> None:
    told = explain(built, "IMGN", "FY2007", "revenues")
    assert told.returncode == 1
    assert "Periods with it:" in told.stderr
    assert "6 months to 2006-12-31" in told.stderr
    assert "nothing" not in told.stderr


def test_a_failed_build_says_why_its_filings_were_quarantined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gates: None
) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "empty.txt").write_bytes(b"")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    done = run_tieout_here("build", "--raw", tmp_path / "raw", "--warehouse", tmp_path / "w.duckdb")
    assert done.returncode == 1
    assert "quarantined: empty.txt: " in done.stdout
    assert "critical" not in done.stdout, "gates have nothing to say of empty tables"
    assert "nothing was published: the only filing was turned away: empty.txt: empty_file: " in done.stderr
    [listed] = (tmp_path / "builds").glob("*/*.quarantined.csv")
    assert "empty.txt" in listed.read_text(encoding="utf-8")
    assert f"--warehouse {listed.parent}" in done.stdout
    assert not (tmp_path / "w.duckdb").exists()


def test_sql_writes_csv_and_exact_json(built: Built) -> None:
    query = "select eps_diluted, net_income, period_end from fact_quarterly_results where fiscal_year = 2011"
    assert sql(built, query, "--format", "csv").stdout == "eps_diluted,net_income,period_end\n-0.22,-15003000,2011-03-31\n"
    assert sql(built, query, "--format", "json").stdout == (
        '{"eps_diluted":-0.22,"net_income":-15003000,"period_end":"2011-03-31"}\n'
    )


def test_sql_writes_csv_that_no_terminal_obeys(built: Built) -> None:
    """What is piped is exact; what goes to a terminal has lost its control characters."""
    query = "select 'a' || chr(27) || '[2Jb' as word"
    assert sql(built, query, "--format", "csv").stdout == "word\na\x1b[2Jb\n"
    ours, theirs = os.openpty()
    command = [TIEOUT, "sql", "--warehouse", built.warehouse, "--format", "csv", query]
    subprocess.run(list(map(str, command)), stdout=theirs, stdin=subprocess.DEVNULL, check=True, timeout=60)
    os.close(theirs)
    shown = os.read(ours, 1_000).decode()
    os.close(ours)
    assert "a\ufffd[2Jb" in shown
    assert "\x1b" not in shown


def test_sql_reads_the_query_from_stdin(built: Built) -> None:
    assert sql(built, "--format", "csv", stdin="select 42 as answer").stdout == "answer\n42\n"


@pytest.mark.parametrize("query", ["select 1; select 2", "-- a comment alone"])
def test_sql_refuses_all_but_one_statement(built: Built, query: str) -> None:
    done = sql(built, stdin=query)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "one statement" in done.stderr


def test_sql_takes_a_query_that_begins_with_a_comment(built: Built) -> None:
    done = run_tieout("sql", "--format", "csv", "--warehouse", built.warehouse, "--", "-- why\nselect 42 as answer; -- done")
    assert (done.returncode, done.stdout) == (0, "answer\n42\n"), done.stderr


@pytest.mark.parametrize(
    "query",
    [
        "create table x as select 1",
        "delete from fact_quarterly_results",
        "copy (select 1) to 'out.csv'",
        "copy fact_quarterly_results to 'out.parquet'",
        "select * from read_csv('/etc/hostname')",
        "select * from '/etc/hostname'",
        "attach 'other.duckdb'",
        "export database 'out'",
        "install httpfs",
        "set enable_external_access = true",
        "select getenv('HOME')",
    ],
)
def test_sql_can_neither_change_the_warehouse_nor_leave_it(built: Built, query: str, tmp_path: Path) -> None:
    before = hashlib.sha256(built.warehouse.read_bytes()).hexdigest()
    done = run_tieout("sql", query, "--warehouse", built.warehouse, cwd=tmp_path)
    assert done.returncode == 1, done.stdout
    assert "DuckDB says" in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert hashlib.sha256(built.warehouse.read_bytes()).hexdigest() == before


def test_a_build_without_marts_is_audited_as_far_as_it_goes(built: Built, tmp_path: Path) -> None:
    file = tmp_path / "tieout.duckdb"
    with duckdb.connect(str(file)) as con:
        con.execute(f"attach '{built.warehouse}' as whole (read_only); create schema staging")
        tables = con.execute("select table_name from duckdb_tables() where database_name = 'whole' and schema_name = 'staging'")
        for (table,) in tables.fetchall():
            con.execute(f"create table staging.{table} as from whole.staging.{table}")
    done = run_tieout_here("gate", "--warehouse", file)
    assert done.returncode == 1
    assert "only staging was audited" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "staging" in done.stdout
    told = run_tieout_here("explain", "IMGN", "2011Q3", "Revenues", "--warehouse", file)
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert "the marts of this file were not built" in told.stderr


def test_an_empty_raw_folder_publishes_nothing_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    done = run_tieout(
        "build", "--raw", tmp_path / "raw", "--warehouse", tmp_path / "w.duckdb", DAGSTER_HOME=str(tmp_path / "home")
    )
    assert done.returncode == 1
    assert "No filings" in done.stderr
    assert not (tmp_path / "w.duckdb").exists()


def test_ctrl_c_leaves_the_published_warehouse_as_it_was(built: Built, tmp_path: Path) -> None:
    published = tmp_path / "tieout.duckdb"
    shutil.copy(built.warehouse, published)
    before = hashlib.sha256(published.read_bytes()).hexdigest()
    command = [str(TIEOUT), "build", "--raw", str(built.raw), "--warehouse", str(published)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"DAGSTER_HOME": str(tmp_path / "home")},
    )
    assert process.stderr is not None
    told = ""
    while "gate on staging" not in told:
        line = process.stderr.readline()
        assert line, f"the build ended before it was interrupted: {told}"
        told += line
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=120)
    assert process.returncode == 130, told + rest
    assert "nothing was published" in rest
    assert hashlib.sha256(published.read_bytes()).hexdigest() == before


def test_read_and_the_warehouse_agree(built: Built) -> None:
    path = built.raw / "immunogen" / "immunogen-2014-01-31.txt"
    values = json.loads(run_tieout("read", path).stdout)["values"]
    count = sql(
        built,
        "select count(*) as n from fact_reported_value join dim_filing using (filing_id) where source like '%2014-01-31.txt'",
        "--format",
        "json",
    )
    assert json.loads(count.stdout) == {"n": len(values)}
    assert values
