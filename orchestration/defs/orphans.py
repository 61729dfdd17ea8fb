"""Orphaned runs: those whose process ended without reporting so to Dagster.

Belongs here: whether the process of a run lives, and closing the runs whose process does not. Does not belong here: the folders
such builds leave (`steps.sweep`).

Every run holds a lock in the home of Dagster from before it is created there until it is over; the system releases it when the
process ends, however it ends. The lock is one of a run, not of a warehouse: one history holds builds of many warehouses.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.store import files

if TYPE_CHECKING:
    from dagster import DagsterInstance, DagsterRun, RunRecord

MESSAGE = "The process of this run is gone (killed, or the machine went down). Nothing was published by it; build again."
GRACE_SECONDS = 600  # a run of the UI takes its lock with its first step; until then only its age can be judged

_held: dict[str, FileIO] = {}


def hold_lock(home: Path, run_id: str) -> None:
    """Hold the lock of a run until `release_lock` or the end of this process."""
    if run_id in _held:
        return
    path = _path(home, run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    _held[run_id] = files.lock(path)


def release_lock(home: Path, run_id: str) -> None:
    """Release the lock of a run that is over, and remove its file."""
    lock = _held.pop(run_id, None)
    if lock is not None:
        _path(home, run_id).unlink(missing_ok=True)
        lock.close()


@contextmanager
def run_lock(home: Path, run_id: str) -> Iterator[None]:
    """Hold the lock of a run in this block."""
    hold_lock(home, run_id)
    try:
        yield
    finally:
        release_lock(home, run_id)


def close_orphans(instance: DagsterInstance, home: Path, job: str) -> list[str]:
    """Report the orphaned runs as failed, so that no queue waits for them; return their ids.

    A run that never took a lock is judged by its age, and only if it is of `job`: a home may hold runs of other projects.
    """
    import dagster as dg  # noqa: PLC0415

    unfinished = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
    closed = []
    for record in instance.get_run_records(dg.RunsFilter(statuses=unfinished)):
        run_id = record.dagster_run.run_id
        if not _is_gone(home, record, job):
            continue
        # Looked up again: the run may have ended and released its lock since it was listed.
        now: DagsterRun | None = instance.get_run_by_id(run_id)
        if now is not None and now.status in unfinished:
            instance.report_run_failed(now, MESSAGE)
            closed.append(run_id)
    _sweep(home, instance)
    return closed


def _is_gone(home: Path, record: RunRecord, job: str) -> bool:
    path = _path(home, record.dagster_run.run_id)
    if path.exists():
        return not _is_held(path)
    began = record.start_time or record.create_timestamp.timestamp()
    return record.dagster_run.job_name == job and time.time() - began > GRACE_SECONDS


def _is_held(path: Path) -> bool:
    lock = files.try_lock(path)
    if lock is None:
        return True
    lock.close()
    return False


def _sweep(home: Path, instance: DagsterInstance) -> None:
    """Remove the locks of runs that are over; those of runs that are not created yet are kept."""
    for path in _folder(home).glob("*.lock"):
        run = instance.get_run_by_id(path.stem)
        if run is not None and run.is_finished and not _is_held(path):
            path.unlink(missing_ok=True)


def _folder(home: Path) -> Path:
    return home / "tieout_runs"


def _path(home: Path, run_id: str) -> Path:
    return _folder(home) / f"{run_id}.lock"
