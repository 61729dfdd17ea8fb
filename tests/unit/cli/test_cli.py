"""The command line without a warehouse: help, usage, exit codes, one line for what went wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from typer.main import get_command

from orchestration.cli import main as cli
from orchestration.cli.terminal import _why_repaired, cheapest, exact, grouped, safe
from tests.conftest import ROOT, TIEOUT, run_tieout

FILING = ROOT / "data" / "raw" / "immunogen" / "immunogen-2011-04-28.txt"
COMMANDS = sorted(get_command(cli.app).commands)
HEAVY = ("dagster", "dagster_dbt", "dbt", "great_expectations", "pandas", "pyarrow", "duckdb", "numpy")


def test_the_commands_are_those_of_the_design() -> None:
    assert COMMANDS == ["build", "explain", "fetch", "gate", "read", "sql"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(command: str) -> None:
    done = run_tieout(command, "--help")
    assert done.returncode == 0
    assert "Examples" in done.stdout
    assert f"tieout {command}" in done.stdout


def test_version_is_that_of_the_distribution() -> None:
    done = run_tieout("--version")
    assert (done.returncode, done.stdout) == (0, "tieout 0.1.0\n")


@pytest.mark.parametrize(
    "arguments", [["bogus"], ["read"], ["read", "--format", "xml", "x"], ["build", "--jobs", "0"], ["explain", "A"]]
)
def test_a_wrong_command_line_exits_2_with_usage(arguments: list[str]) -> None:
    done = run_tieout(*arguments)
    assert done.returncode == 2
    assert "Usage: tieout" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["read", str(FILING)]])
def test_help_and_read_import_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from orchestration.cli import main as cli\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "try: cli.main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_read_writes_one_json_object_a_line_with_the_path_as_given() -> None:
    relative = FILING.relative_to(ROOT)
    done = run_tieout("read", relative, FILING)
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [reading["filing"]["source"] for reading in readings] == [str(relative), str(FILING)]
    assert list(readings[0]) == ["filing", "values", "figures", "guidance", "compounds", "events", "problems"]
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


def test_a_folder_as_the_warehouse_to_build_is_a_usage_error(tmp_path: Path) -> None:
    done = run_tieout("build", "--warehouse", tmp_path, DAGSTER_HOME=str(tmp_path / "home"))
    assert done.returncode == 2
    assert "is a folder" in done.stderr
    assert list(tmp_path.iterdir()) == []


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


def test_read_is_quiet_when_its_reader_has_seen_enough() -> None:
    command = f"'{TIEOUT}' read " + " ".join([f"'{FILING}'"] * 12) + " | head -c 100"
    done = subprocess.run(["bash", "-c", command], check=False, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stderr == ""


@pytest.mark.parametrize("command", [["sql", "select 1"], ["gate"], ["explain", "IMGN", "2011Q3", "Revenues"]])
def test_a_missing_warehouse_is_one_line_and_exit_1(command: list[str], tmp_path: Path) -> None:
    done = run_tieout(*command, "--warehouse", tmp_path / "none.duckdb")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "none.duckdb" in done.stderr
    assert "tieout build" in done.stderr


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    done = run_tieout("--debug", "sql", "select 1", "--warehouse", tmp_path / "none.duckdb")
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_numbers_are_written_exactly() -> None:
    assert [exact(Decimal(text)) for text in ("15000000.0000", "-0.2700", "0.0000", "12345678901234567.1234")] == [
        "15000000", "-0.27", "0", "12345678901234567.1234",
    ]  # fmt: skip
    assert [grouped(Decimal(text)) for text in ("15000000.0000", "-0.2700", "-0.3")] == ["15,000,000", "-0.27", "-0.30"]


def test_text_of_a_filing_cannot_steer_the_terminal() -> None:
    assert safe("a\x1b[2Jb\u202ec\td") == "a\ufffd[2Jb\ufffdc    d"


def test_read_refuses_standard_input_a_second_time_and_an_empty_one() -> None:
    twice = run_tieout("read", "-", "-", stdin=FILING.read_text(encoding="utf-8"))
    assert (twice.returncode, twice.stdout.count("\n")) == (1, 1)
    assert "read already" in twice.stderr
    empty = run_tieout("read", "-", stdin="")
    assert (empty.returncode, empty.stdout) == (1, "")
    assert "standard input is empty" in empty.stderr
    assert "data/raw" not in empty.stderr


def certificate(raw_text: str, changes: list[str], forced_by: list[str]) -> dict[str, object]:
    return {"raw_text": raw_text, "weighed_changes": changes, "forced_by": forced_by}


def test_a_repair_says_whether_the_characters_were_damaged_or_looked_sound() -> None:
    sound = _why_repaired(certificate("12,672", ["row", "one_digit"], ["revenue_total"]))
    damaged = _why_repaired(certificate("3,28", ["damaged_characters"], ["revenue_total"]))
    assert sound.startswith("the characters look sound, but")
    assert damaged.startswith("the characters are damaged")


def test_the_cheapest_of_what_was_weighed_are_shown_and_the_one_taken() -> None:
    row = {
        "value": Decimal(835),
        "runner_up": Decimal(735),
        "weighed_values": ["135", "235", "335", "435", "535", "735", "835"],
        "weighed_changes": ["damaged_characters"] * 7,
        "weighed_costs": [3, 9, 9, 9, 3, 9, 9],
    }
    assert [(value, cost) for value, _, cost in cheapest(row)] == [("135", 3), ("535", 3), ("835", 9), ("735", 9)]
    assert cheapest(row | {"weighed_costs": [3, 3, 3, 3, 3, 3, 9]})[-1] == ("835", "damaged_characters", 9)
