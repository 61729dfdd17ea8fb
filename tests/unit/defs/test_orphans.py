"""Runs whose process is gone are closed; all others are left alone."""

import subprocess
import sys

import dagster as dg
import pytest

from orchestration.defs import orphans
from orchestration.defs.run import JOB

LEAVE_LOCK = """
import os, sys
from pathlib import Path
from orchestration.defs.orphans import hold_lock
hold_lock(Path(sys.argv[1]), sys.argv[2])
os._exit(9)
"""


@dg.job(name=JOB)
def ours():
    pass


@dg.job
def of_another_project():
    pass


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def started(instance, job=ours):
    return instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED).run_id


def status(instance, run_id):
    return instance.get_run_by_id(run_id).status


def leave_lock(home, run_id):
    """As a process that was killed leaves it: the file is there, nobody holds it."""
    assert subprocess.run([sys.executable, "-c", LEAVE_LOCK, home, run_id], check=False, timeout=60).returncode == 9


def test_a_run_is_closed_once_its_process_is_gone(instance, tmp_path):
    gone, other, living = started(instance), started(instance, of_another_project), started(instance)
    leave_lock(tmp_path, gone)
    with orphans.run_lock(tmp_path, living):
        assert orphans.close_orphans(instance, tmp_path, JOB) == [gone]
        assert status(instance, living) is dg.DagsterRunStatus.STARTED
    assert status(instance, gone) is dg.DagsterRunStatus.FAILURE
    assert status(instance, other) is dg.DagsterRunStatus.STARTED
    assert list((tmp_path / "tieout_runs").iterdir()) == []


def test_a_run_without_a_lock_is_judged_by_its_age_if_it_is_ours(instance, tmp_path, monkeypatch):
    run, other = started(instance), started(instance, of_another_project)
    assert orphans.close_orphans(instance, tmp_path, JOB) == []
    monkeypatch.setattr(orphans, "GRACE_SECONDS", -1)
    assert orphans.close_orphans(instance, tmp_path, JOB) == [run]
    assert status(instance, other) is dg.DagsterRunStatus.STARTED


def test_the_lock_of_a_run_that_is_not_yet_created_is_kept(instance, tmp_path):
    with orphans.run_lock(tmp_path, "not-yet"):
        orphans.close_orphans(instance, tmp_path, JOB)
        assert [path.stem for path in (tmp_path / "tieout_runs").iterdir()] == ["not-yet"]
