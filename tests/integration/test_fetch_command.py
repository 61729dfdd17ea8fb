"""`tieout fetch` as a person types it: what it says, its exit codes, Ctrl-C, and several of them at once."""

from __future__ import annotations

import os
import pty
import resource
import signal
import subprocess
import time
from datetime import date

import pytest

from tests.conftest import ROOT, TIEOUT, run_tieout, run_tieout_here
from tests.loopback_edgar import other, slow, status


@pytest.fixture
def environment(edgar, tmp_path):
    return edgar.environment(tmp_path / "state")


@pytest.fixture
def environment_here(environment, monkeypatch):
    """The same for a command that runs in this process."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


def texts(folder):
    return sorted(path.name for path in folder.rglob("*.txt"))


def start(environment, *arguments, **more):
    return subprocess.Popen(
        [str(TIEOUT), "fetch", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def test_without_an_identity_nothing_is_asked(edgar, environment, tmp_path):
    done = run_tieout("fetch", "ARDB", "--raw", tmp_path / "raw", **(environment | {"TIEOUT_EDGAR_IDENTITY": ""}))
    assert done.returncode == 2
    assert done.stderr.startswith("tieout: TIEOUT_EDGAR_IDENTITY is not set")
    assert "jane.doe@example.com" in done.stderr
    assert not edgar.log
    assert not (tmp_path / "raw").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMPANY"),
        (["../etc"], "neither a CIK"),
        (["12345678901"], "neither a CIK"),
        (["ARDB", "--since", "yesterday"], "'yesterday' is no day"),
        (["ARDB", "--since", "2004-13-01"], "is no day"),
        (["ARDB", "--until", "20040101x"], "is no day"),
        (["ARDB", "--since", "2005-01-01", "--until", "2004-01-01"], "later than --until"),
        (["ARDB", "--limit", "0"], "--limit"),
    ],
)
def test_a_wrong_command_line_exits_2_and_asks_nothing(edgar, environment_here, tmp_path, arguments, said):
    done = run_tieout_here("fetch", *arguments, "--raw", tmp_path / "raw")
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert not edgar.log


def test_a_run_ends_with_what_it_found_fetched_and_cost(edgar, environment, tmp_path):
    done = run_tieout("fetch", "ARDB", "9000003", "--raw", tmp_path / "raw", **environment)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "ARDB is Ardent Biologics, Inc., CIK 9000001: 8 found, 8 fetched, 0 already there, 0 refused or missing"
    assert lines[2] == "filings         12 found, 12 fetched, 0 already there, 0 refused or missing"
    assert lines[3].startswith(f"requests        {len(edgar.log)}, ")
    assert len(texts(tmp_path / "raw")) == 12
    assert "filings 12/12" in done.stderr
    again = run_tieout("fetch", "ARDB", "9000003", "--raw", tmp_path / "raw", **environment)
    assert "filings         12 found, 0 fetched, 12 already there, 0 refused or missing" in again.stdout


def test_what_is_missing_is_named_with_exit_code_1(edgar, environment, tmp_path):
    edgar.fault("/submissions/CIK0009000001-submissions-002.json", status(404))
    done = run_tieout("fetch", "9000001", "NOPE", "--raw", tmp_path / "raw", **environment)
    assert done.returncode == 1
    assert "not had: the list of filings is not whole: the older filings of CIK 9000001" in done.stdout
    assert "NOPE: EDGAR lists no company with this ticker" in done.stdout
    assert "2 things could not be had" in done.stderr
    assert 0 < len(texts(tmp_path / "raw")) < 8


def test_a_company_without_earnings_releases_is_told(environment, tmp_path):
    done = run_tieout("fetch", "ARDB", "--since", "2020-01-01", "--raw", tmp_path / "raw", **environment)
    assert done.returncode == 0
    assert "none found: ARDB: EDGAR lists " in done.stdout


def test_a_foreign_issuer_is_told_which_option_brings_its_releases(edgar, environment, tmp_path):
    company = edgar.companies[1]
    company.filings = [other(company, date(2012, 1, 6), "", form="6-K"), other(company, date(2012, 4, 1), "", form="20-F")]
    raw = tmp_path / "raw"
    done = run_tieout("fetch", "BORT", "--raw", raw, **environment)
    assert (done.returncode, texts(raw)) == (0, [])
    assert f"may hold releases: BORT: 1 Forms 6-K: `tieout fetch --raw {raw} BORT --with 6-K`" in done.stdout
    assert "shell" not in done.stdout
    done = run_tieout("fetch", "BORT", "--with", "6-K", "--raw", raw, **environment)
    assert (done.returncode, texts(raw)) == (0, [f"{company.filings[0].accession}.txt"])


def test_a_ticker_that_leads_to_a_shell_is_told(edgar, environment, tmp_path):
    edgar.companies[2].sic = "6770"
    edgar.companies[1].filings = []
    done = run_tieout("fetch", "CNDR", "BORT", "ARDB", "--raw", tmp_path / "raw", **environment)
    assert done.returncode == 0
    assert [line.split()[1] for line in done.stdout.splitlines() if line.startswith("shell:")] == ["CNDR", "BORT"]


def test_text_of_edgar_cannot_steer_the_terminal(edgar, environment, tmp_path):
    edgar.companies[2].name = "Evil\x1b]0;owned\x07 Corp"
    done = run_tieout("fetch", "9000003", "--limit", "1", "--raw", tmp_path / "raw", **environment)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr
    assert "Evil" in done.stdout


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_cut_off_in_the_middle_it_leaves_no_half_file_and_goes_on_where_it_was(edgar, environment, tmp_path, sent):
    company = edgar.companies[0]
    for filing in company.filings[:3]:
        edgar.fault(f"/Archives/edgar/data/9000001/{filing.accession}.txt", slow(filing.text, 20, 40))
    running = start(environment, "9000001", "--raw", tmp_path / "raw")
    until = time.monotonic() + 60
    while not list((tmp_path / "raw").rglob(".part-*")) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(1.0)
    began = time.monotonic()
    running.send_signal(sent)
    said = running.communicate(timeout=60)
    assert time.monotonic() - began < 10
    whole = {one.accession: one.text for one in company.filings}
    kept = {path.stem: path.read_bytes() for path in (tmp_path / "raw").rglob("*.txt")}
    assert all(body == whole[name] for name, body in kept.items())
    if sent == signal.SIGINT:
        assert running.returncode == 130, said
        assert "interrupted" in said[1]
        assert "Traceback" not in said[1]
        assert not list((tmp_path / "raw").rglob(".part-*"))
    before = len(edgar.asked("/Archives/"))
    done = run_tieout("fetch", "9000001", "--raw", tmp_path / "raw", **environment)
    assert done.returncode == 0, done.stderr
    assert len(texts(tmp_path / "raw")) == 8
    assert len(edgar.asked("/Archives/")) - before == 8 - len(kept)
    assert not list((tmp_path / "raw").rglob(".part-*"))


def test_several_at_once_keep_within_the_limit_together(edgar, environment, tmp_path):
    running = [start(environment, name, "--raw", tmp_path / "raw") for name in ("9000001", "9000002", "9000003", "9000001")]
    said = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0, 0], said
    assert len(texts(tmp_path / "raw")) == 17
    assert len({one.path for one in edgar.asked("/Archives/")}) == len(edgar.asked("/Archives/")) == 17, "fetched twice"
    assert len(edgar.log) == 17 + 3 + 1 + 1 + 3
    assert edgar.busiest_second() <= 10
    assert edgar.log[-1].at - edgar.log[0].at > 0.8 * (len(edgar.log) - 1) / 8, "no pace was kept"


def test_a_full_disk_is_one_line_and_leaves_no_half_file(edgar, environment, tmp_path):
    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))

    running = start(environment, "9000003", "--raw", tmp_path / "raw", preexec_fn=small_files)
    said = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "cannot be written: File too large" in said[1]
    assert "Traceback" not in said[1]
    assert not [path for path in (tmp_path / "raw").rglob("*") if path.is_file()]
    assert run_tieout("fetch", "9000003", "--raw", tmp_path / "raw", **environment).returncode == 0


def test_on_a_terminal_progress_moves(environment, tmp_path):
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [str(TIEOUT), "fetch", "9000003", "--raw", str(tmp_path / "raw")],
        cwd=ROOT, env=os.environ | environment | {"TERM": "xterm", "COLUMNS": "120"}, stdout=subprocess.PIPE, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while True:
        try:
            block = os.read(ours, 65536)
        except OSError:
            break
        if not block:
            break
        shown += block
    assert running.wait(60) == 0
    assert b"filings" in shown
    assert b"4/4" in shown
    assert b"\x1b[" in shown


def test_one_thing_not_had_is_one_and_a_company_of_the_vocabulary_has_its_name(environment, tmp_path):
    done = run_tieout("fetch", "855654", "--raw", tmp_path / "raw", **environment)
    assert done.returncode == 1
    assert "855654 is ImmunoGen, Inc., CIK 855654: 0 found" in done.stdout
    assert "tieout: 1 thing could not be had" in done.stderr
