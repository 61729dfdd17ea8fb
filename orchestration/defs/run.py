"""One build from start to end in this process: what `tieout build` runs.

Belongs here: running the Dagster job, and the report of it. Does not belong here: what a step does (`defs/` and what it calls),
or how a report looks on a terminal (`cli/`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack
from uuid import uuid4

from orchestration.build import interrupts, progress
from orchestration.build.gate_worker import gate_process
from orchestration.build.history import sqlite_kept_open
from orchestration.build.progress import OnProgress
from orchestration.defs import orphans
from orchestration.store.paths import QUEUE_TAG, Places, ensure_dagster_home
from orchestration.store.raw import candidates, no_filings
from orchestration.warehouse.quarantine_list import write_list

if TYPE_CHECKING:
    from dagster import DagsterEvent, DagsterInstance, ExecuteInProcessResult, JobDefinition

    from expectations.results import SuiteResult
    from orchestration.build.steps import BuildRun

JOB = "build_warehouse"


@dataclass(frozen=True, slots=True)
class SuiteOutcome:
    """The outcome of one suite of a gate. `severity` is `critical` or `warning`; only a failed critical one stops a build."""

    stage: str
    suite: str
    passed: bool
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The outcome of a build. `published` is None where it failed; then `failed_step` and `message` say where and why.

    `seconds` is wall time by step, in the order they ran. `build_file` is the unpublished file kept for inspection.
    `filings_read_again` counts those in doubt that were read a second time, with evidence from other releases of the company;
    they are among the read or the reused. `newly_kept_out` are (source, reason) of the files that the warehouse before did not
    keep out; `rounds` counts those in which a gate or a dbt test kept filings out. `nothing_accepted`: every
    filing was quarantined; `message` names them, and no gate has anything to say. `interrupted`: Ctrl-C was pressed, before or
    after publication.
    """

    run_id: str
    published: Path | None = None
    filings_read: int = 0
    filings_reused: int = 0
    filings_read_again: int = 0
    quarantined: int = 0
    problems: int = 0
    gates: tuple[SuiteOutcome, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    failed_step: str | None = None
    message: str = ""
    build_file: Path | None = None
    interrupted: bool = False
    newly_kept_out: tuple[tuple[str, str], ...] = ()
    rounds: int = 0
    nothing_accepted: bool = False


class BuildChoices(TypedDict, total=False):
    """What else a build may be told.

    `reader` is the `module:function` that reads. With `strict`, nothing is published that keeps out a filing which the
    published warehouse does not; without `accept_removals`, nothing is built where more than a fifth of its files are gone.
    """

    reader: str
    strict: bool
    accept_removals: bool


def build(
    raw_dir: Path | None = None,
    warehouse_file: Path | None = None,
    jobs: int | None = None,
    on_progress: OnProgress | None = None,
    **choices: Unpack[BuildChoices],
) -> BuildReport:
    """Build the warehouse of `raw_dir` and publish it as `warehouse_file`, by the Dagster job `build_warehouse`.

    `jobs` is the number of processes that read filings; None chooses. `on_progress(step, done, total)` is called as the
    work goes on, from whichever thread does it; `total` is 0 where it is not known. A build that fails returns a report whose
    `published` is None. Raises `NoFilingsError` where `raw_dir` holds no filing (nothing is run), and `ValueError` for `jobs`
    below 1 and for a `warehouse_file` that is a folder or below `raw_dir`.
    KeyboardInterrupt, where Dagster lets it through, says whether the warehouse was published before it.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be 1 or more, not {jobs}.")
    places = Places.of(raw_dir, warehouse_file)
    _check(places)
    seconds: dict[str, float] = {}
    with interrupts.watched(), gate_process(), progress.listening(on_progress, seconds):
        with progress.step("start"):
            import dagster as dg  # noqa: PLC0415

            from orchestration.definitions import defs  # noqa: PLC0415

            job = defs.resolve_job_def(JOB)
        home = ensure_dagster_home()
        with sqlite_kept_open(), dg.DagsterInstance.from_config(str(home)) as instance:
            orphans.close_orphans(instance, home, JOB)
            result = _execute(job, instance, home, _run_config(places, {"jobs": jobs or 0, **choices}))
        return _report(places, result, seconds)


def _check(places: Places) -> None:
    """Raises `ValueError` for a warehouse that is a folder or below the raw folder, `NoFilingsError` for no filings."""
    if places.warehouse.is_dir():
        raise ValueError(f"{places.warehouse} is a folder; name the file to publish in it.")
    if places.warehouse.resolve().is_relative_to(places.raw.resolve()):
        raise ValueError(
            f"{places.warehouse} is below the raw folder {places.raw}, and would be read as a filing: name another."
        )
    if next(candidates(places.raw), None) is None:
        raise no_filings(places.raw)


def _execute(job: JobDefinition, instance: DagsterInstance, home: Path, config: dict[str, Any]) -> ExecuteInProcessResult:
    """Run the job under the lock of its run. Raises KeyboardInterrupt, with the run closed, where Dagster lets it through."""
    run_id = str(uuid4())
    with orphans.run_lock(home, run_id):
        try:
            return job.execute_in_process(
                run_config=config, instance=instance, raise_on_error=False, run_id=run_id, tags={QUEUE_TAG: "command line"}
            )
        except KeyboardInterrupt:
            run = instance.get_run_by_id(run_id)
            if run is not None and not run.is_finished:
                instance.report_run_canceled(run, "Interrupted with Ctrl-C.")
            _close_interrupted(run_id)
            raise


def _close_interrupted(run_id: str) -> None:
    """Close a build that Ctrl-C cut off. Raises `KeyboardInterrupt` that says so where it was published before."""
    from orchestration.defs.resources import forget  # noqa: PLC0415

    build_run = forget(run_id)
    if build_run is None:
        return
    build_run.close()
    if build_run.published:
        raise KeyboardInterrupt("the warehouse had been published before")


def _run_config(places: Places, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of the run. Its log goes to the instance, for the UI to show, and not to the terminal as well."""
    build = {"raw": str(places.raw), "warehouse": str(places.warehouse), **chosen}
    return {
        "resources": {"build": {"config": build}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }


def _report(places: Places, result: ExecuteInProcessResult, seconds: dict[str, float]) -> BuildReport:
    from orchestration.defs.resources import forget  # noqa: PLC0415

    run = forget(result.run_id)
    failed_step, message = _failure(result.all_events)
    told: dict[str, Any] = {"run_id": result.run_id, "seconds": seconds, "failed_step": failed_step, "message": message}
    told["interrupted"] = interrupts.was_pressed()
    if run is not None:
        told |= _counts(run)
        run.close()
        told["build_file"] = run.file if run.file.exists() else None
        if run.quarantined and not run.published:
            write_list(run.file)
        broken = [gate.message for gate in told["gates"] if not gate.passed and gate.severity == "critical"]
        told["message"] = str(run.nothing_accepted or "\n".join(broken) or message)
    is_published = result.success or (run is not None and run.published)
    return BuildReport(published=places.warehouse if is_published else None, **told)


def _counts(run: BuildRun) -> dict[str, Any]:
    read = run.update
    return {
        "filings_read": read.read if read else 0,
        "filings_reused": read.reused if read else 0,
        "filings_read_again": read.read_again if read else 0,
        "quarantined": run.quarantined,
        "nothing_accepted": run.nothing_accepted is not None,
        "newly_kept_out": tuple(run.newly_kept_out),
        "rounds": max((one.round_no for one in run.broken_rules), default=0),
        "problems": run.staged.get("problems", 0),
        "gates": tuple(_gate(stage, suite) for stage, gate in run.gates.items() for suite in gate.suites),
    }


def _gate(stage: str, suite: SuiteResult) -> SuiteOutcome:
    told = (*suite.failures, *suite.warnings)
    severity = "critical" if suite.failures or not told else "warning"
    return SuiteOutcome(stage, suite.name, not told, severity, " ".join(one.message for one in told))


def _failure(events: Sequence[DagsterEvent]) -> tuple[str | None, str]:
    """The first step that failed, and why: the words of the error itself, without its traceback."""
    for event in events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            while error is not None and error.cause is not None:
                error = error.cause
            message = event.step_failure_data.user_failure_data
            said = message.description if message and message.description else (error.message if error else "")
            return event.step_key, said.strip()
        if event.is_run_failure and event.message:
            return None, event.message
    return None, ""
