"""`tieout read`: one object a file, and what becomes of files that cannot be read."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.conftest import ROOT, run_tieout

FILING = ROOT / "data" / "raw" / "immunogen" / "immunogen-2011-04-28.txt"


def test_read_writes_one_json_object_a_line_with_the_path_as_given() -> None:
    relative = FILING.relative_to(ROOT)
    done = run_tieout("read", relative, FILING)
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [reading["filing"]["source"] for reading in readings] == [str(relative), str(FILING)]
    assert list(readings[0]) == ["filing", "values", "attributions", "figures", "guidance", "compounds", "events", "problems"]
    assert readings[0]["filing"]["date_of_report"] == "2011-04-28"
    value = readings[0]["values"][0]
    assert list(value)[:13] == [
        "statement", "label", "concept", "period_end", "duration_months", "value", "unit", "status", "is_gaap",
        "is_restated", "proof_count", "source_line", "raw_text",
    ]  # fmt: skip
    assert all(isinstance(value["value"], (int, float, type(None))) for value in readings[0]["values"])


def test_read_goes_on_after_files_that_cannot_be_read(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    done = run_tieout("read", tmp_path / "missing.txt", tmp_path, large, FILING)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    complaints = done.stderr.splitlines()
    assert [complaint.startswith("tieout: ") for complaint in complaints] == [True] * 3
    assert "no such file" in complaints[0]
    assert "is a folder" in complaints[1]
    assert "the limit is" in complaints[2]


def test_read_refuses_a_pipe_and_goes_on(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = run_tieout("read", pipe, FILING)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    [complaint] = done.stderr.splitlines()
    assert "is no regular file" in complaint


def test_read_takes_standard_input() -> None:
    """The reading is that of the file, but for the name it goes by."""
    piped = run_tieout("read", "-", stdin=FILING.read_text(encoding="utf-8"))
    assert piped.returncode == 0, piped.stderr
    told, same = json.loads(piped.stdout), json.loads(run_tieout("read", FILING).stdout)
    assert told["filing"].pop("source") == "-"
    assert same["filing"].pop("source") == str(FILING)
    assert len(told["values"]) > 50
    assert told == same


def test_read_refuses_standard_input_a_second_time_and_an_empty_one() -> None:
    twice = run_tieout("read", "-", "-", stdin=FILING.read_text(encoding="utf-8"))
    assert (twice.returncode, twice.stdout.count("\n")) == (1, 1)
    assert "read already" in twice.stderr
    empty = run_tieout("read", "-", stdin="")
    assert (empty.returncode, empty.stdout) == (1, "")
    assert "standard input is empty" in empty.stderr
    assert "raw folder" not in empty.stderr


def test_read_says_why_a_file_is_no_release(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Dear reader,\n\nnothing was sold and nothing was bought.\n")
    done = run_tieout("read", other)
    filing = json.loads(done.stdout)["filing"]
    assert done.returncode == 0
    assert filing["status"] == "quarantined"
    assert filing["reason"] in done.stderr


def test_read_as_a_table_shows_statements() -> None:
    done = run_tieout("read", FILING, "--format", "table")
    assert done.returncode == 0, done.stderr
    assert "income_statement" in done.stdout
    assert "balance_sheet" in done.stdout


def test_a_trace_tells_what_each_pass_did_and_how_the_header_was_chosen() -> None:
    done = run_tieout("read", "--trace", FILING)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert any(line.startswith("header, line 172: chose 4 columns of figures") for line in lines)
    assert any(line.startswith("split_merged_rows, line 174: ") and " -> " in line for line in lines)


def test_a_trace_stands_beside_the_reading_in_json() -> None:
    traced = json.loads(run_tieout("read", "--trace", "--format", "json", FILING).stdout)
    entries = traced.pop("trace")
    assert traced == json.loads(run_tieout("read", FILING).stdout)
    assert {"step", "line", "before", "after"} in [set(entry) for entry in entries]
    assert {"step", "line", "chosen", "score", "runner_up", "runner_up_score"} in [set(entry) for entry in entries]
