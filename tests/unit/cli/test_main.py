"""The command put together: its commands, help, usage, and what starting it imports."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.main import get_command

from orchestration.cli import main as cli
from tests.conftest import ROOT, run_tieout

FILING = ROOT / "data" / "raw" / "immunogen" / "immunogen-2011-04-28.txt"
COMMANDS = sorted(get_command(cli.app).commands)
HEAVY = ("dagster", "dagster_dbt", "dbt", "great_expectations", "pandas", "pyarrow", "duckdb", "numpy")


def test_the_commands_are_those_of_the_design() -> None:
    assert COMMANDS == ["add", "build", "explain", "fetch", "gate", "read", "sql"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(command: str) -> None:
    done = run_tieout(command, "--help")
    assert done.returncode == 0
    assert "Examples" in done.stdout
    assert f"tieout {command}" in done.stdout


def test_version_is_that_of_the_distribution() -> None:
    done = run_tieout("--version")
    assert (done.returncode, done.stdout) == (0, "tieout 0.1.0\n")


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "--version"], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (0, run_tieout("--version").stdout)


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
