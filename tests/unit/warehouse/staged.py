"""Builds up to their staging tables, and queries of any file."""

from orchestration.build.steps import BuildRun
from orchestration.warehouse.connection import open_warehouse

READER = "tests.unit.store.made_up_reader:read_filing"


def staged(places, run_id="run", jobs=1):
    run = BuildRun(places, run_id, READER, timeout_seconds=5)
    run.read(jobs, lambda _done, _total: None)
    run.load_staging()
    return run


def query(file, sql):
    with open_warehouse(file) as connection:
        return connection.execute(sql).fetchall()
