"""Whole builds: written, audited, published; and every way to fail leaves the published file as it was."""

import hashlib
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.defs.run import build
from orchestration.store.errors import NoFilingsError
from orchestration.warehouse.connection import open_warehouse

ROOT = Path(__file__).resolve().parents[2]
FILINGS = ROOT / "data" / "raw" / "immunogen"
MADE_UP = "tests.unit.store.made_up_reader:read_filing"

READ_IN_ANOTHER_PROCESS = """
import sys
import duckdb
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    print(*connection.execute("select count(*) from fact_quarterly_results").fetchone(), flush=True)
    sys.stdin.readline()
    print(*connection.execute("select count(*) from fact_reported_value").fetchone(), flush=True)
"""

# Builds that are cut off, each in a process of its own. They are forked, as Dagster, dbt and Great Expectations take longer to
# import than a build takes; and a machine with one processor is made believe, so that they run their gates themselves.
CUT_OFF_AT = """
import json, os, signal, sys
from pathlib import Path
os.cpu_count = lambda: 1
import expectations.gx_runner
import orchestration.definitions
from orchestration.warehouse import dbt_runner
from orchestration.defs.run import build
dbt_runner._load_parsed()

def killed(step, done):
    os.kill(os.getpid(), signal.SIGKILL)

def swallowed(step, done):
    # What dbt and its adapters do at times: the interrupt arrives, somebody catches it, the build goes on.
    if done:
        return
    try:
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000): pass
    except BaseException as caught:
        print("swallowed", type(caught).__name__)

def cut_off(raw, warehouse, home, how, at):
    os.environ["DAGSTER_HOME"] = home
    cut = {"killed": killed, "swallowed": swallowed}[how]
    try:
        report = build(Path(raw), Path(warehouse), 1, lambda step, done, total: cut(step, done) if step == at else None)
        print("interrupted" if report.interrupted and report.published is None else report)
    except KeyboardInterrupt:
        print("interrupted")

for wanted in json.load(sys.stdin):
    child = os.fork()
    if not child:
        os.dup2(os.open(wanted.pop("said"), os.O_WRONLY | os.O_CREAT), 1)
        try:
            cut_off(**wanted)
            sys.stdout.flush()
        finally:
            os._exit(9)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
QUARTERS = """
    select filing_id, period_end, fiscal_year, fiscal_quarter, basis, revenues, net_income
    from fact_quarterly_results order by all
"""
KILLED = ("read filings", "build models", "publish")
SWALLOWED = ("build models", "gate on marts", "publish")


@pytest.fixture
def home(tmp_path, monkeypatch, gates):
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def raw(tmp_path):
    return copied_raw(tmp_path)


@pytest.fixture
def published(tmp_path, built):
    return copied_warehouse(built, tmp_path)


def copied_raw(folder):
    shutil.copytree(FILINGS, folder / "raw" / "immunogen")
    return folder / "raw"


def copied_warehouse(built, folder):
    """A copy of the session's warehouse with its readings, to build over."""
    warehouse_folder = folder / "warehouse"
    warehouse_folder.mkdir()
    shutil.copy(built.warehouse, warehouse_folder / "tieout.duckdb")
    shutil.copytree(built.warehouse.parent / "readings", warehouse_folder / "readings")
    return warehouse_folder / "tieout.duckdb"


@pytest.fixture(scope="module")
def cut_off(built, tmp_path_factory):
    """What became of a build in a home and a warehouse of its own, by how it was cut off and at which step."""
    found = {}
    for how, step in [*(("killed", step) for step in KILLED), *(("swallowed", step) for step in SWALLOWED)]:
        folder = tmp_path_factory.mktemp(f"{how}-{step}".replace(" ", "-"))
        found[how, step] = {
            "raw": copied_raw(folder), "warehouse": copied_warehouse(built, folder), "home": folder / "home",
            "said": folder / "said.txt", "how": how, "at": step,
        }  # fmt: skip
    told = json.dumps(list(found.values()), default=str)
    done = subprocess.run(
        [sys.executable, "-c", CUT_OFF_AT], input=told, cwd=ROOT, check=False, timeout=600, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for cut, code in zip(found.values(), done.stdout.split(), strict=True):
        cut |= {"code": int(code), "said": cut["said"].read_text(), "complained": done.stderr}
    return found


def sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def contents(file):
    """Every table of a warehouse, rows as they physically stand."""
    with open_warehouse(file) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
        return {name: connection.execute('select * from "{}"."{}"'.format(*name)).fetchall() for name in tables}


@pytest.fixture(scope="module")
def rebuilt(built, cut_off, tmp_path_factory, gates):
    """A second build of the same filings, asked from other processes all the while, in the home of a build that was killed."""
    folder = tmp_path_factory.mktemp("rebuilt")
    home, published = cut_off["killed", "build models"]["home"], copied_warehouse(built, folder)
    found = {"published": published, "before": contents(published), "home": home, "statuses before": statuses(home)}
    heard, answers = [], []

    def ask():
        return subprocess.Popen(
            [sys.executable, "-c", READ_IN_ANOTHER_PROCESS, published], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask_once():
        answers.append(ask().communicate("\n", timeout=60)[0].splitlines()[0] + "\n")

    def on_progress(step, done, total):
        heard.append((step, done, total))
        if step in ("build models", "publish") and done == 0:
            ask_once()

    holder = ask()
    answers.append(holder.stdout.readline())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(home))
        found["report"] = build(copied_raw(folder), published, None, on_progress)
    ask_once()
    return found | {"heard": heard, "answers": answers, "held": holder.communicate("\n", timeout=60)[0]}


def test_a_second_build_reads_nothing_and_publishes_the_same_rows(rebuilt):
    before, published, report = rebuilt["before"], rebuilt["published"], rebuilt["report"]
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
    assert any(step == "build models" and done == total > 10 for step, done, total in rebuilt["heard"])
    assert not any((published.parent / "builds").iterdir())


def test_a_failing_gate_publishes_nothing_and_keeps_the_build(raw, published, home):
    before = sha256(published)
    report = build(raw, published, reader=MADE_UP)
    assert report.published is None
    assert report.failed_step == "gate_on_staging"
    assert "gate_failed: staging/" in report.message
    assert any(not gate.passed and gate.severity == "critical" and gate.message for gate in report.gates)
    assert sha256(published) == before
    assert report.build_file is not None
    with open_warehouse(report.build_file) as connection:
        assert connection.execute("select count(*) from staging.filings").fetchall() == [(3,)]


@pytest.mark.parametrize("step", KILLED)
def test_a_killed_build_leaves_the_published_file_and_is_swept(built, cut_off, step):
    killed = cut_off["killed", step]
    assert killed["code"] == -signal.SIGKILL, killed["complained"]
    assert sha256(killed["warehouse"]) == sha256(built.warehouse)
    assert len(list((killed["warehouse"].parent / "builds").iterdir())) == 1


def runs(home):
    import dagster as dg  # noqa: PLC0415

    with dg.DagsterInstance.from_config(str(home)) as instance:
        return {record.dagster_run.run_id: record.dagster_run.status.value for record in instance.get_run_records()}


def statuses(home):
    return sorted(runs(home).values())


@pytest.mark.parametrize("step", SWALLOWED)
def test_a_swallowed_ctrl_c_still_publishes_nothing(built, cut_off, step):
    swallowed = cut_off["swallowed", step]
    said = swallowed["said"].splitlines()
    assert said[0].startswith("swallowed"), swallowed["complained"]
    assert said[-1] == "interrupted"
    assert sha256(swallowed["warehouse"]) == sha256(built.warehouse)
    assert statuses(swallowed["home"])
    assert "STARTED" not in statuses(swallowed["home"])


def test_the_run_of_a_killed_build_is_closed_by_the_next_one_of_any_warehouse(cut_off, rebuilt):
    assert rebuilt["statuses before"] == ["STARTED"]
    assert rebuilt["report"].published != cut_off["killed", "build models"]["warehouse"]
    assert statuses(rebuilt["home"]) == ["FAILURE", "SUCCESS"]
    assert runs(rebuilt["home"])[rebuilt["report"].run_id] == "SUCCESS"
    assert list((rebuilt["home"] / "tieout_runs").iterdir()) == []


def test_the_published_file_is_read_before_during_and_after_a_build(rebuilt):
    assert rebuilt["report"].published == rebuilt["published"]
    assert len(rebuilt["answers"]) >= 4
    assert set(rebuilt["answers"]) == {"10\n"}
    assert int(rebuilt["held"]) > 100


@pytest.fixture(scope="module")
def changed(built, tmp_path_factory, gates):
    """A build over the session's, of a raw folder that has lost a filing since and come by files that are none."""
    folder = tmp_path_factory.mktemp("changed")
    raw, published = copied_raw(folder), copied_warehouse(built, folder)
    (raw / "immunogen" / "immunogen-2007-02-01.txt").unlink()
    (raw / "empty.txt").write_bytes(b"")
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (raw / "letter.txt").write_bytes(b"Dear shareholder, nothing to report.\n")
    (raw / "copy.txt").write_bytes((FILINGS / "immunogen-2011-04-28.txt").read_bytes())
    with (raw / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(folder / "home"))
        report = build(raw, published, accept_removals=True)
    assert report.published == published, report.message
    return report


def test_bad_files_end_in_quarantine_and_the_others_are_built(built, changed):
    assert changed.filings_read >= 4
    with open_warehouse(changed.published) as connection:
        kept_out = dict(connection.execute("select source, reason from quarantine").fetchall())
        told = {code for (code,) in connection.execute("select distinct code from staging.problems").fetchall()}
        quarters = connection.execute(QUARTERS).fetchall()
    assert {"empty.txt", "binary.txt", "letter.txt", "large.txt"} <= set(kept_out)
    assert all(kept_out.values())
    assert "50,000,000 bytes" in kept_out["large.txt"]
    assert {"duplicate_bytes", "too_large"} <= told
    with open_warehouse(built.warehouse) as connection:
        before = connection.execute(QUARTERS).fetchall()
    assert quarters == [row for row in before if row[1].year > 2008]
    assert len(quarters) == 6


def test_a_removed_filing_leaves_no_numbers_and_is_told(changed):
    with open_warehouse(changed.published) as connection:
        days = connection.execute("select date_of_report::varchar from dim_filing order by 1").fetchall()
        [(message,)] = connection.execute("select message from staging.problems where code = 'file_removed'").fetchall()
    assert days == [("2011-04-28",), ("2014-01-31",)]
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


def test_a_warehouse_below_the_raw_folder_is_refused(raw):
    """It was built there, and read as a filing by the next build."""
    with pytest.raises(ValueError, match="below the raw folder"):
        build(raw, raw / "warehouse" / "tieout.duckdb")
