"""dbt, in this process: the parsed project, and runs of it over a build file.

Belongs here: when the project must be parsed again, and a run's outcome by node. Does not belong here: the models
(`dbt_project/`), or what Dagster makes of the nodes (`defs/warehouse.py`).

dbt is imported late, as it costs seconds, and never started as a program: `dbt --version` asks the package index. A project
is parsed once for as long as its files stay the same, and a run is handed the parsed project: dbt's own partial parsing would
parse all of it again, because the profile names another build file each time.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from orchestration.store import files
from orchestration.store.errors import BuildFailedError
from orchestration.store.paths import BUILD_FILE_NAME, DBT_PROJECT, dbt_target

BUILD_FILE_VARIABLE = "TIEOUT_BUILD_FILE"
IGNORED_FOLDERS = {"target", "logs", "dbt_packages", "__pycache__"}

logger = logging.getLogger(__name__)

OnNode = Callable[[str, int, int], None]


class NodeResult(NamedTuple):
    """The outcome of one node: `status` is `success`, `pass`, `warn`, `error`, `fail` or `skipped`; `failures` counts rows.

    Of a test that failed, `query` finds the rows that broke it, and `meaning` says what it tests.
    """

    unique_id: str
    status: str
    message: str | None
    failures: int | None
    seconds: float
    query: str | None = None
    meaning: str = ""

    @property
    def name(self) -> str:
        """The name of the node, as `dbt show --select` takes it."""
        return self.unique_id.split(".")[2]

    @property
    def is_bad(self) -> bool:
        """Whether it failed. A skipped node did not: one upstream of it did."""
        return self.status in ("error", "fail", "runtime error")


def manifest_path() -> Path:
    """The file of the parsed project as JSON; parsed again only where its files changed.

    Raises `BuildFailedError` where the project cannot be parsed.
    """
    target = dbt_target()
    stamp, manifest = target / "project.sha256", target / "manifest.json"
    wanted = _project_digest()
    if _is_parsed(target, wanted):
        return manifest
    target.mkdir(parents=True, exist_ok=True)
    with files.lock(target / ".lock"):
        if not _is_parsed(target, wanted):
            _invoke(["parse", "--no-partial-parse"], target / BUILD_FILE_NAME)
            stamp.write_text(wanted, encoding="utf-8")
    return manifest


def manifest() -> dict[str, Any]:
    """The parsed project."""
    found: dict[str, Any] = json.loads(manifest_path().read_bytes())
    return found


def run(build_file: Path, select: Sequence[str], on_node: OnNode | None = None) -> list[NodeResult]:
    """`dbt build` of the selected nodes (all, where none is named) in a build file; the results in the order they ended.

    A failing model or test is a result, not an exception. Unit tests are left out: they try the models on made-up rows, say
    the same on every build, and belong to `make test`. Raises `BuildFailedError` where dbt could not run at all.
    """
    # Nothing reads the files that dbt would write after a run, and the parsed project must stay as it was parsed.
    arguments = ["build", "--exclude-resource-type", "unit_test", "--no-write-json"]
    arguments += ["--indirect-selection", "cautious" if select else "eager"]
    if select:
        arguments += ["--select", *select]
    manifest_path()
    outcome = _invoke(arguments, build_file, _load_parsed(), [_listener(on_node)] if on_node else [])
    return [_node_result(one) for one in outcome.results]


def _node_result(one: Any) -> NodeResult:
    found = NodeResult(one.node.unique_id, str(one.status), one.message, one.failures, one.execution_time)
    if found.status != "fail":
        return found
    return found._replace(query=one.node.compiled_code, meaning=" ".join(one.node.description.split()))


def _is_parsed(target: Path, wanted: str) -> bool:
    stamp = target / "project.sha256"
    files = (stamp, target / "manifest.json", target / "partial_parse.msgpack")
    return all(file.is_file() for file in files) and stamp.read_text(encoding="utf-8") == wanted


def _project_digest() -> str:
    """Digest of the project's files, dbt's version, and where the project lies."""
    lines = [f"{version('dbt-core')} {version('dbt-duckdb')} {DBT_PROJECT}"]
    for file in sorted(DBT_PROJECT.rglob("*")):
        relative = file.relative_to(DBT_PROJECT)
        if file.is_file() and not IGNORED_FOLDERS.intersection(relative.parts) and not relative.name.startswith("."):
            lines.append(f"{relative.as_posix()} {hashlib.sha256(file.read_bytes()).hexdigest()}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _load_parsed() -> Any:
    """The parsed project as dbt's own object. It holds what a run changes in it, so each run loads it anew."""
    from dbt.contracts.graph.manifest import Manifest  # noqa: PLC0415
    from dbt.parser.manifest import extended_mashumuro_decoder  # noqa: PLC0415

    found = Manifest.from_msgpack((dbt_target() / "partial_parse.msgpack").read_bytes(), decoder=extended_mashumuro_decoder)
    found.build_flat_graph()
    return found


def _invoke(arguments: list[str], build_file: Path, parsed: Any = None, callbacks: Sequence[Callable[[Any], None]] = ()) -> Any:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    folders = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT), "--target-path", str(dbt_target())]
    quiet = [
        "--log-level",
        "none",
        "--no-send-anonymous-usage-stats",
        "--no-version-check",
        "--no-use-colors",
        "--log-path",
        str(dbt_target() / "logs"),
    ]
    with _environment({BUILD_FILE_VARIABLE: str(build_file), "DO_NOT_TRACK": "1"}):
        try:
            outcome = dbtRunner(manifest=parsed, callbacks=list(callbacks)).invoke([*quiet, *arguments, *folders])
        finally:
            # dbt keeps its connection for the next invocation, and so the file shut to everybody else.
            DuckDBConnectionManager.close_all_connections()
    if outcome.exception is not None:
        raise BuildFailedError(f"dbt could not {arguments[0]} {DBT_PROJECT.name}: {outcome.exception}") from outcome.exception
    return outcome.result


def _listener(on_node: OnNode) -> Callable[[Any], None]:
    def hear(event: Any) -> None:
        if event.info.name in ("LogModelResult", "LogTestResult", "LogSeedResult"):
            on_node(
                event.data.node_info.node_name, event.data.index, getattr(event.data, "total", None) or event.data.num_models
            )

    return hear


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
