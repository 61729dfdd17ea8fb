"""What tests share: one warehouse, built once a session by the installed command, and how to run that command.

The warehouse is for reading. A test that changes anything builds its own.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.examples import register_profiles

register_profiles()

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that runs the tests in the background lets them, and the commands that they start, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]
TIEOUT = Path(sys.executable).parent / "tieout"
BUILD_SECONDS = 300
Ask = Callable[..., list[dict[str, Any]]]


@dataclass(frozen=True)
class Built:
    """The folders of a finished build."""

    raw: Path
    warehouse: Path
    dagster_home: Path
    output: str


def run_tieout(
    *arguments: object, cwd: Path = ROOT, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The installed command, run for real. It does not check the exit code: that is what tests look at."""
    return subprocess.run(
        [str(TIEOUT), *map(str, arguments)],
        check=False,
        cwd=cwd,
        env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1"} | environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=BUILD_SECONDS,
    )


def run_tieout_here(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The same command from its entry point, in this process: for the many questions to which starting Python adds nothing."""
    from orchestration.cli import main as cli  # noqa: PLC0415

    command, code = ["tieout", *map(str, arguments)], 0
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as said,
        redirect_stderr(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as complained,
    ):
        patch.setenv("COLUMNS", "200")
        patch.setenv("NO_COLOR", "1")
        patch.setattr(sys, "argv", command)
        try:
            cli.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    stdout, stderr = (_written(stream) for stream in (said, complained))
    return subprocess.CompletedProcess(command, code, stdout, stderr)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def tieout() -> Callable[..., subprocess.CompletedProcess[str]]:
    """`tieout("read", path)` runs the installed command."""
    return run_tieout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Built:
    """The warehouse of the three filings of the repository, built once for all workers of the session."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "session-warehouse"
    raw, output = folder / "raw", folder / "output.txt"
    result = Built(raw, folder / "warehouse" / "tieout.duckdb", folder / "dagster_home", "")
    with FileLock(f"{folder}.lock"):
        if not output.exists():
            from orchestration.store import paths  # noqa: PLC0415

            shutil.copytree(ROOT / "data" / "raw" / "immunogen", raw / "immunogen")
            # A home that an earlier version had left its settings in: `test_dagster` looks at what becomes of them.
            result.dagster_home.mkdir()
            (result.dagster_home / "dagster.yaml").write_text(paths._EARLIER_DAGSTER_YAML)
            done = run_tieout("build", "--raw", raw, "--warehouse", result.warehouse, DAGSTER_HOME=str(result.dagster_home))
            assert done.returncode == 0, f"the build of the session failed:\n{done.stdout}\n{done.stderr}"
            output.write_text(done.stdout)
    return Built(raw, result.warehouse, result.dagster_home, output.read_text())


@pytest.fixture(scope="session")
def warehouse(built: Built) -> Path:
    """The published file of the session's build."""
    return built.warehouse


def asking(file: Path) -> Ask:
    """`ask("select ...", parameter)` asks a published file; a row is a dictionary by column."""
    from orchestration.warehouse.connection import open_warehouse  # noqa: PLC0415

    def ask(query: str, *parameters: object) -> list[dict[str, Any]]:
        with open_warehouse(file) as con:
            cursor = con.execute(query, list(parameters))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return ask


@pytest.fixture
def rows(warehouse: Path) -> Ask:
    """`rows("select ...", parameter)` asks the session's warehouse."""
    return asking(warehouse)
