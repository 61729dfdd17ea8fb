"""Whole builds: written, audited, published; and every way to fail leaves the published file as it was."""

import hashlib
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration import warehouse
from orchestration.build import build
from orchestration.errors import NoFilingsError

ROOT = Path(__file__).resolve().parents[2]
FILINGS = ROOT / "data" / "raw" / "immunogen"
MADE_UP = "made_up_reader:read_filing"

READ_IN_ANOTHER_PROCESS = """
import sys
import duckdb
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    print(*connection.execute("select count(*) from fact_quarterly_results").fetchone(), flush=True)
    sys.stdin.readline()
    print(*connection.execute("select count(*) from fact_reported_value").fetchone(), flush=True)
"""

KILLED_AT = """
import os, signal, sys
from pathlib import Path
from orchestration.build import build
def on_progress(step, done, total):
    if step == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
build(Path(sys.argv[1]), Path(sys.argv[2]), 1, on_progress)
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def raw(tmp_path):
    shutil.copytree(FILINGS, tmp_path / "raw" / "immunogen")
    return tmp_path / "raw"


@pytest.fixture
def published(tmp_path, built):
    """A copy of the session's warehouse with its readings, to build over."""
    folder = tmp_path / "warehouse"
    folder.mkdir()
    shutil.copy(built.warehouse, folder / "tieout.duckdb")
    shutil.copytree(built.warehouse.parent / "readings", folder / "readings")
    return folder / "tieout.duckdb"


def sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def contents(file):
    """Every table of a warehouse, rows as they physically stand."""
    with warehouse.open_warehouse(file) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
        return {name: connection.execute('select * from "{}"."{}"'.format(*name)).fetchall() for name in tables}


def test_a_second_build_reads_nothing_and_publishes_the_same_rows(raw, published, home):
    before = contents(published)
    heard = []
    report = build(raw, published, None, lambda *told: heard.append(told))
    assert (report.published, report.failed_step, report.message) == (published, None, "")
    assert (report.filings_read, report.filings_reused, report.quarantined) == (0, 3, 0)
    after = contents(published)
    assert set(after) == set(before)
    assert sum(map(len, after.values())) > 500
    for table, rows in before.items():
        # What people read is in one order for good; what lies between is the same rows, in the order DuckDB's threads ended.
        in_order = (lambda found: found) if table[0] in ("main", "staging") else (lambda found: sorted(map(repr, found)))
        assert in_order(after[table]) == in_order(rows), table
    assert {gate.stage for gate in report.gates} == {"staging", "marts"}
    assert list(report.seconds) == [
        "start",
        "list filings",
        "read filings",
        "load staging",
        "gate on staging",
        "build models",
        "gate on marts",
        "publish",
    ]
    assert any(step == "build models" and done == total > 10 for step, done, total in heard)
    assert not any((published.parent / "builds").iterdir())


def test_a_failing_gate_publishes_nothing_and_keeps_the_build(raw, published, home):
    before = sha256(published)
    report = build(raw, published, reader=MADE_UP)
    assert report.published is None
    assert report.failed_step == "gate_on_staging"
    assert "reported_values" in report.message
    assert any(not gate.passed and gate.severity == "critical" and gate.message for gate in report.gates)
    assert sha256(published) == before
    assert report.build_file is not None
    with warehouse.open_warehouse(report.build_file) as connection:
        assert connection.execute("select count(*) from staging.filings").fetchall() == [(3,)]


@pytest.mark.parametrize("step", ["read filings", "build models", "publish"])
def test_a_killed_build_leaves_the_published_file_and_is_swept(raw, published, home, step):
    before = sha256(published)
    killed = subprocess.run([sys.executable, "-c", KILLED_AT, raw, published, step], cwd=ROOT, check=False, timeout=300)
    assert killed.returncode == -signal.SIGKILL
    assert sha256(published) == before
    assert len(list((published.parent / "builds").iterdir())) == 1


def statuses(home):
    import dagster as dg  # noqa: PLC0415

    with dg.DagsterInstance.from_config(str(home)) as instance:
        return sorted(record.dagster_run.status.value for record in instance.get_run_records())


def test_the_run_of_a_killed_build_is_closed_by_the_next_one_of_any_warehouse(raw, published, home, tmp_path):
    subprocess.run([sys.executable, "-c", KILLED_AT, raw, published, "build models"], cwd=ROOT, check=False, timeout=300)
    assert statuses(home) == ["STARTED"]
    report = build(raw, tmp_path / "elsewhere" / "tieout.duckdb")
    assert report.published, report.message
    assert statuses(home) == ["FAILURE", "SUCCESS"]
    assert list((home / "tieout_runs").iterdir()) == []


# What dbt and its adapters do at times: the interrupt arrives, somebody catches it, the build goes on.
SWALLOWED_AT = """
import os, signal, sys
from pathlib import Path
from orchestration.build import build
def on_progress(step, done, total):
    if step == sys.argv[3] and not done:
        try:
            os.kill(os.getpid(), signal.SIGINT)
            for _ in range(1000): pass
        except BaseException as swallowed:
            print("swallowed", type(swallowed).__name__)
try:
    report = build(Path(sys.argv[1]), Path(sys.argv[2]), 1, on_progress)
    print("interrupted" if report.interrupted and report.published is None else report)
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize("step", ["build models", "gate on marts", "publish"])
def test_a_swallowed_ctrl_c_still_publishes_nothing(raw, published, home, step):
    before = sha256(published)
    command = [sys.executable, "-c", SWALLOWED_AT, raw, published, step]
    done = subprocess.run(command, cwd=ROOT, check=False, timeout=300, capture_output=True, text=True)
    assert done.stdout.splitlines()[0].startswith("swallowed"), done.stderr
    assert done.stdout.splitlines()[-1] == "interrupted"
    assert sha256(published) == before
    assert "STARTED" not in statuses(home)


def test_the_published_file_is_read_before_during_and_after_a_build(raw, published, home):
    answers = []

    def ask():
        return subprocess.Popen(
            [sys.executable, "-c", READ_IN_ANOTHER_PROCESS, published], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    holder = ask()
    answers.append(holder.stdout.readline())

    def on_progress(step, done, total):
        if step in ("build models", "publish") and done == 0:
            answers.append(ask().communicate("\n", timeout=60)[0].splitlines()[0] + "\n")

    report = build(raw, published, None, on_progress)
    assert report.published == published
    answers.append(ask().communicate("\n", timeout=60)[0].splitlines()[0] + "\n")
    assert len(answers) >= 4
    assert set(answers) == {"10\n"}
    assert int(holder.communicate("\n", timeout=60)[0]) > 100


def test_bad_files_end_in_quarantine_and_the_others_are_built(raw, published, home):
    good = (FILINGS / "immunogen-2011-04-28.txt").read_bytes()
    (raw / "empty.txt").write_bytes(b"")
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (raw / "letter.txt").write_bytes(b"Dear shareholder, nothing to report.\n")
    (raw / "copy.txt").write_bytes(good)
    with (raw / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    report = build(raw, published)
    assert report.published == published, report.message
    assert report.filings_read >= 4
    with warehouse.open_warehouse(published) as connection:
        kept_out = dict(connection.execute("select source, reason from quarantine").fetchall())
        quarters = connection.execute("select count(*) from fact_quarterly_results").fetchall()
        told = {code for (code,) in connection.execute("select distinct code from staging.problems").fetchall()}
    assert {"empty.txt", "binary.txt", "letter.txt", "large.txt"} <= set(kept_out)
    assert all(kept_out.values())
    assert "50,000,000 bytes" in kept_out["large.txt"]
    assert {"duplicate_bytes", "too_large"} <= told
    assert quarters == [(10,)]


def test_a_removed_filing_leaves_no_numbers_and_is_told(raw, published, home):
    (raw / "immunogen" / "immunogen-2007-02-01.txt").unlink()
    report = build(raw, published)
    assert report.published == published, report.message
    with warehouse.open_warehouse(published) as connection:
        assert connection.execute("select count(*) from dim_filing").fetchall() == [(2,)]
        [(message,)] = connection.execute("select message from staging.problems where code = 'file_removed'").fetchall()
    assert "immunogen-2007-02-01.txt" in message


def test_an_empty_folder_says_so_and_publishes_nothing(tmp_path, published, home):
    before = sha256(published)
    (tmp_path / "none").mkdir()
    with pytest.raises(NoFilingsError, match="No filings in"):
        build(tmp_path / "none", published)
    assert sha256(published) == before
    assert not home.exists()


def test_jobs_below_one_is_refused(raw, published):
    with pytest.raises(ValueError, match="jobs must be 1 or more"):
        build(raw, published, jobs=0)


def test_a_folder_is_no_warehouse_to_publish(raw, published):
    with pytest.raises(ValueError, match="is a folder"):
        build(raw, published.parent)
