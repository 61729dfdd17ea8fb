"""The job `build_warehouse`, the sensor that starts it when data/raw changes, and the one that closes orphaned runs."""

import hashlib

import dagster as dg

from orchestration.defs.fetching import FETCHED
from orchestration.defs.orphans import close_orphans
from orchestration.defs.resources import BuildSettings
from orchestration.store.paths import QUEUE_TAG, QUEUED, dagster_home
from orchestration.store.raw import candidates, source_of

build_warehouse = dg.define_asset_job(
    "build_warehouse",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets(FETCHED),  # a build never asks the network
    tags={QUEUE_TAG: QUEUED},
    description="The whole build: read what is new, load, gate, model, gate, publish. `tieout build` runs this job.",
)


@dg.sensor(
    job=build_warehouse,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Starts a build when a filing is added to data/raw, changed or removed. Off until it is switched on: opening "
    "the UI should not start work by itself.",
)
def raw_files_sensor(context: dg.SensorEvaluationContext, build: BuildSettings) -> dg.SensorResult | dg.SkipReason:
    """Compare names, sizes and modification times with those of the last tick. Only the build reads contents."""
    folder = build.places().raw
    now = _fingerprint(build)
    if now is None:
        return dg.SkipReason(f"There is no filing in {folder}.")
    if now == context.cursor:
        return dg.SkipReason(f"Nothing has changed in {folder}.")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=now)], cursor=now)


@dg.sensor(
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Reports runs as failed whose process was killed: nothing waits for them then. Starts no work.",
)
def killed_runs_sensor(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Close orphaned runs, from the moment the UI is opened."""
    closed = close_orphans(context.instance, dagster_home(), build_warehouse.name)
    return dg.SkipReason(f"Reported as failed: {', '.join(closed)}." if closed else "Every run that is under way lives.")


def _fingerprint(build: BuildSettings) -> str | None:
    folder = build.places().raw
    lines = []
    for path in candidates(folder):
        try:
            found = path.stat()
        except OSError:
            continue  # gone since it was listed, or a link to nothing: the next tick sees what is left
        lines.append(f"{source_of(folder, path)} {found.st_size} {found.st_mtime_ns}\n")
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest() if lines else None
