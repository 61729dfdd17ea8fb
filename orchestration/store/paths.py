"""Paths: the folders of the repository, and those of one warehouse.

Belongs here: paths derived from other paths, and the home of Dagster. Does not belong here: what is in the files, or the
opening of any of them. Standard library alone, so that importing it is free.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "raw"
VOCABULARY = ROOT / "data" / "vocabulary"
WAREHOUSE = ROOT / "data" / "warehouse" / "tieout.duckdb"
DBT_PROJECT = ROOT / "dbt_project"
DAGSTER_HOME = ROOT / "data" / "dagster_home"

# The name a build file has in its own folder. It gives DuckDB's catalog its name, which dbt writes into every relation it
# renders: one fixed name keeps the parsed dbt project valid from one build to the next.
BUILD_FILE_NAME = "tieout.duckdb"

QUEUE_TAG = "tieout/queue"  # of a run: `QUEUED` where it waits its turn
QUEUED = "one-at-a-time"
DAGSTER_YAML = f"""\
# Written by `orchestration.store.paths.ensure_dagster_home`; kept if it is there already, so it may be edited.
telemetry:
  enabled: false
# One build of the UI or its sensor at a time: a second one waits its turn. Builds of the command line are not counted.
concurrency:
  runs:
    tag_concurrency_limits:
      - key: {QUEUE_TAG}
        value: {QUEUED}
        limit: 1
"""
# What this file used to be. It made the queue wait for builds of other warehouses, and for ever for one that was killed.
_EARLIER_DAGSTER_YAML = """\
# Written by `orchestration.store.paths.ensure_dagster_home`; kept if it is there already, so it may be edited.
telemetry:
  enabled: false
# One build at a time: a second one waits its turn, and the history reads as it happened.
concurrency:
  runs:
    max_concurrent_runs: 1
"""


@dataclass(frozen=True, slots=True)
class Places:
    """The paths of one warehouse: all but the raw folder lie beside the published file, on its file system."""

    raw: Path = RAW
    warehouse: Path = WAREHOUSE

    @classmethod
    def of(cls, raw: str | Path | None = None, warehouse: str | Path | None = None) -> Places:
        """The absolute paths for a raw folder and a warehouse file; the repository's own where none is given."""
        return cls(Path(raw or RAW).absolute(), Path(warehouse or WAREHOUSE).absolute())

    @property
    def folder(self) -> Path:
        """The folder of the published file."""
        return self.warehouse.parent

    @property
    def readings(self) -> Path:
        """The Parquet store of readings."""
        return self.folder / "readings"

    @property
    def builds(self) -> Path:
        """The builds under way, and the last few that failed: one folder each."""
        return self.folder / "builds"

    @property
    def data_docs(self) -> Path:
        """The Data Docs of Great Expectations."""
        return self.folder / "data_docs"

    def build_file(self, run_id: str) -> Path:
        """The DuckDB file that one run builds."""
        return self.builds / run_id / BUILD_FILE_NAME


def dbt_target() -> Path:
    """Where dbt writes the parsed project and its logs: one folder for all warehouses."""
    return ROOT / "data" / "warehouse" / "dbt"


def dagster_home() -> Path:
    """`DAGSTER_HOME` if the environment has one, else `data/dagster_home`."""
    given = os.environ.get("DAGSTER_HOME")
    return Path(given).absolute() if given else DAGSTER_HOME


def ensure_dagster_home(home: Path | None = None) -> Path:
    """The home of Dagster, made if need be, with a `dagster.yaml` that keeps the run history and turns telemetry off."""
    home = home or dagster_home()
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "dagster.yaml"
    if not settings.exists() or settings.read_text(encoding="utf-8") == _EARLIER_DAGSTER_YAML:
        settings.write_text(DAGSTER_YAML, encoding="utf-8")
    return home


if __name__ == "__main__":  # `make dev`: DAGSTER_HOME=$(python -m orchestration.store.paths)
    print(ensure_dagster_home())
