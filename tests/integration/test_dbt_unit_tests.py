"""The unit tests of the dbt models, which product builds leave out: here they run, and are counted."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from orchestration.store.paths import BUILD_FILE_NAME, DBT_PROJECT
from orchestration.warehouse import dbt_runner


def declared() -> int:
    files = DBT_PROJECT.glob("models/**/*.yml")
    return sum(len((yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("unit_tests", ())) for file in files)


def test_every_declared_unit_test_runs_and_passes(warehouse: Path, tmp_path: Path) -> None:
    build_file = tmp_path / BUILD_FILE_NAME
    shutil.copy(warehouse, build_file)
    dbt_runner.manifest_path()
    # The project as builds have parsed it: parsing it again, as the program `dbt` would, takes longer than the tests do.
    arguments = ["test", "--select", "test_type:unit", "--no-write-json"]
    outcome = dbt_runner._invoke(arguments, build_file, dbt_runner._load_parsed())
    results = [(str(result.status), result.node.name, result.message) for result in outcome.results]
    assert [result for result in results if result[0] != "pass"] == []
    assert len(results) == declared() > 0
