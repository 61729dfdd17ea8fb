"""The Dagster code location: gathers `defs/`, and nothing else."""

from __future__ import annotations

import dagster as dg

from orchestration.defs.checks import GATES
from orchestration.defs.current_filings_sensor import business_days, current_filings_sensor
from orchestration.defs.fetching import edgar_filings, fetch_filings
from orchestration.defs.publication import published_warehouse
from orchestration.defs.raw import raw_filings
from orchestration.defs.readings import readings, staging_tables
from orchestration.defs.resources import RESOURCES
from orchestration.defs.sensors import build_warehouse, killed_runs_sensor, raw_files_sensor
from orchestration.defs.warehouse import dbt_models

defs = dg.Definitions(
    assets=[edgar_filings, raw_filings, readings, staging_tables, dbt_models, published_warehouse],
    asset_checks=GATES,
    jobs=[build_warehouse, fetch_filings],
    schedules=[business_days],
    sensors=[raw_files_sensor, killed_runs_sensor, current_filings_sensor],
    resources=RESOURCES,
    executor=dg.in_process_executor,
)
