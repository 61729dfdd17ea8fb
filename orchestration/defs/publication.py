"""The asset `published_warehouse`. How it is published is in `orchestration/warehouse/publication.py`."""

import dagster as dg

from orchestration.build import progress
from orchestration.defs import metadata
from orchestration.defs.readings import staging_tables
from orchestration.defs.resources import OWNERS, BuildSettings
from orchestration.defs.warehouse import dbt_models

PUBLISHED = dg.AssetKey("published_warehouse")


@dg.asset(
    key=PUBLISHED,
    deps=sorted([*staging_tables.keys, *dbt_models.keys]),
    group_name="publication",
    owners=OWNERS,
    kinds={"duckdb"},
    description="data/warehouse/tieout.duckdb, what everybody reads: takes the place of the one before in one rename, once "
    "both gates have passed. A run that fails leaves it byte for byte as it was.",
)
def published_warehouse(context: dg.AssetExecutionContext, build: BuildSettings) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Publish the build."""
    with progress.step("publish"):
        run = build.run(context.run.run_id)
        rules = run.rounds.broken_rules()
        counts = run.publish()
    return dg.MaterializeResult(
        metadata={
            "file": dg.MetadataValue.path(str(build.places().warehouse)),
            "dagster/row_count": dg.MetadataValue.int(sum(counts.values())),
            **metadata.of_counts(counts),
            **metadata.of_broken_rules(rules),
            "newly_kept_out": len(run.newly_kept_out),
        }
    )
