"""The assets `readings`, the Parquet store, and the staging tables loaded from it. How both work is in `build/steps.py`."""

from collections.abc import Iterator

import dagster as dg

from orchestration.build import progress
from orchestration.defs import metadata
from orchestration.defs.raw import RAW_FILINGS
from orchestration.defs.resources import OWNERS, BuildSettings
from orchestration.warehouse import staging_tables as staging
from orchestration.warehouse.inspection import describe

READINGS = dg.AssetKey("readings")


def staging_key(table: str) -> dg.AssetKey:
    """The key of a staging table: that of the dbt source of the same name, which joins the lineage."""
    return dg.AssetKey([staging.STAGING, table])


@dg.asset(
    key=READINGS,
    deps=[RAW_FILINGS],
    group_name="filings",
    owners=OWNERS,
    kinds={"python", "parquet"},
    description="What the reader made of each filing: Parquet by chunk of files under data/warehouse/readings, addressed by "
    "the bytes, the path and the reader's version. A filing that has a reading is not read again, but for one in doubt of "
    "which other releases of its company tell: it is read a second time with what they tell.",
)
def readings(context: dg.AssetExecutionContext, build: BuildSettings) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Read the filings that have no reading."""
    run = build.run(context.run.run_id)
    with progress.step("read filings"):
        update = run.read(build.jobs or None, progress.reporter("read filings"))
    return dg.MaterializeResult(
        data_version=dg.DataVersion(run.listing().digest + run.store.version),
        metadata={
            "dagster/row_count": dg.MetadataValue.int(update.read + update.reused),
            "filings_read": update.read,
            "filings_reused": update.reused,
            "filings_read_again": update.read_again,
            "changed_while_reading": len(update.missed),
            "reader_version": run.store.version,
            "folder": dg.MetadataValue.path(str(run.store.folder)),
        },
    )


@dg.multi_asset(
    name="staging_tables",
    specs=[
        dg.AssetSpec(
            staging_key(table),
            deps=[READINGS],
            group_name="staging",
            owners=OWNERS,
            kinds={"python", "duckdb"},
            description=metadata.staging_description(table),
            metadata=metadata.of_staging(table),
            skippable=True,
        )
        for table in staging.staging_tables()
    ],
    can_subset=True,
)
def staging_tables(context: dg.AssetExecutionContext, build: BuildSettings) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Load the staging tables into a new DuckDB file. All are loaded, whichever were asked for: the file is new."""
    run = build.run(context.run.run_id)
    with progress.step("load staging"):
        run.load_staging()
    wanted = [table for table in staging.staging_tables() if staging_key(table) in context.selected_asset_keys]
    facts = describe(run.file, [(staging.STAGING, table) for table in wanted])
    for table in wanted:
        yield dg.MaterializeResult(asset_key=staging_key(table), metadata=metadata.of_table(facts[staging.STAGING, table]))
