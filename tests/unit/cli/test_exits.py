"""How a command ends: one line for what went wrong, its traceback on demand, and quiet where nobody reads on."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, TIEOUT, run_tieout

FILING = ROOT / "data" / "raw" / "immunogen" / "immunogen-2011-04-28.txt"


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


def test_read_is_quiet_when_its_reader_has_seen_enough() -> None:
    command = f"'{TIEOUT}' read " + " ".join([f"'{FILING}'"] * 12) + " | head -c 100"
    done = subprocess.run(["bash", "-c", command], check=False, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stderr == ""
