"""The unit tests of the dbt models, which product builds leave out: here they run, and are counted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

DBT_PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"


def declared() -> int:
    files = DBT_PROJECT.glob("models/**/*.yml")
    return sum(len((yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("unit_tests", ())) for file in files)


def test_every_declared_unit_test_runs_and_passes(warehouse: Path, tmp_path: Path) -> None:
    build_file, target = tmp_path / "tieout.duckdb", tmp_path / "target"
    shutil.copy(warehouse, build_file)
    dbt = [str(Path(sys.executable).with_name("dbt")), "--no-version-check", "test", "--select", "test_type:unit"]
    folders = ["--project-dir", DBT_PROJECT, "--profiles-dir", DBT_PROJECT, "--target-path", target, "--log-path", tmp_path]
    environment = {**os.environ, "TIEOUT_BUILD_FILE": str(build_file), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    done = subprocess.run([*dbt, *map(str, folders)], env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    assert [result["status"] for result in results] == ["pass"] * declared()
    assert results
