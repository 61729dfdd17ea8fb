"""How fast it is, as ratios of one run, so that a slow or busy machine does not matter.

Run by `make bench`. The yardstick is a process that only imports the four libraries a build cannot do without; builds and
yardsticks take turns, and the best of three of each is compared.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from orchestration.filings.reader import read_filing

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
RAW = ROOT / "data" / "raw"
IMPORTS = "import dagster, dagster_dbt, dbt.cli.main, great_expectations"
ROUNDS = 3
READER_ROUNDS, READER_WARM_UP = 60, 5
QUIET = {"DO_NOT_TRACK": "1", "GX_ANALYTICS_ENABLED": "false", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}


def seconds_of(*command: object, **environment: str) -> float:
    """Wall time of a command that must succeed."""
    started = time.perf_counter()
    words = [str(part) for part in command]
    done = subprocess.run(words, env=os.environ | QUIET | environment, capture_output=True, text=True, check=False)
    elapsed = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"bench: {' '.join(words)} failed:\n{done.stderr}")
    return elapsed


def bench_builds() -> None:
    imports, first, second = [], [], []
    for round_no in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            home = {"DAGSTER_HOME": f"{folder}/dagster_home"}
            build = (BIN / "tieout", "build", "--raw", RAW, "--warehouse", f"{folder}/warehouse/tieout.duckdb")
            imports.append(seconds_of(sys.executable, "-c", IMPORTS))
            first.append(seconds_of(*build, **home))
            imports.append(seconds_of(sys.executable, "-c", IMPORTS))
            second.append(seconds_of(*build, **home))
        taken = f"imports {imports[-2]:.1f} and {imports[-1]:.1f} s, build {first[-1]:.1f} s, again {second[-1]:.1f} s"
        print(f"  round {round_no + 1}: {taken}")
    yardstick = min(imports)
    print(f"build of {filings()} filings / imports alone:  {min(first) / yardstick:.2f}   (aim 1.50 or less)")
    print(f"build again, nothing new / imports alone:  {min(second) / yardstick:.2f}")


def filings() -> int:
    return len(list(RAW.rglob("*.txt")))


def bench_reader() -> None:
    for path in sorted(RAW.rglob("*.txt")):
        raw = path.read_bytes()
        times = []
        for _ in range(READER_WARM_UP + READER_ROUNDS):
            started = time.perf_counter()
            read_filing(raw, path.name)
            times.append((time.perf_counter() - started) * 1000)
        kept = times[READER_WARM_UP:]
        print(
            f"read_filing {path.name} ({len(raw) / 1000:.0f} KB):  {statistics.median(kept):.1f} ms median,"
            f" {min(kept):.1f} ms best   (aim 10 or less)"
        )


def bench_help() -> None:
    best = min(seconds_of(BIN / "tieout", "--help") for _ in range(5))
    bare = min(seconds_of(sys.executable, "-c", "pass") for _ in range(5))
    print(f"tieout --help / bare python:  {best / bare:.1f}   ({best:.2f} s / {bare:.2f} s)")


if __name__ == "__main__":
    bench_reader()
    bench_help()
    bench_builds()
