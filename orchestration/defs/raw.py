"""The asset `raw_filings`, the files of the raw folder. Reading them is the next asset (`readings.py`)."""

import dagster as dg

from orchestration.build import progress
from orchestration.defs.fetching import FETCHED
from orchestration.defs.metadata import markdown_table
from orchestration.defs.resources import OWNERS, BuildSettings

RAW_FILINGS = dg.AssetKey("raw_filings")


@dg.asset(
    key=RAW_FILINGS,
    deps=[FETCHED],
    group_name="filings",
    owners=OWNERS,
    kinds={"file"},
    description="The filings in data/raw as they came, by path, size and SHA-256. A filing is any file at any depth that is "
    "not hidden, no README and no .json sidecar. Fails where there is none.",
)
def raw_filings(context: dg.AssetExecutionContext, build: BuildSettings) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """List the raw folder."""
    with progress.step("list filings"):
        listing = build.run(context.run.run_id).list_raw()
    rows = [(file.source, file.size_bytes, file.sha256[:16], file.duplicate_of) for file in listing.files[:20]]
    return dg.MaterializeResult(
        data_version=dg.DataVersion(listing.digest),
        metadata={
            "dagster/row_count": dg.MetadataValue.int(len(listing.files)),
            "folder": dg.MetadataValue.path(str(build.places().raw)),
            "bytes": sum(file.size_bytes for file in listing.files),
            "duplicates": len(listing.files) - len(listing.filings),
            "refused": dg.MetadataValue.md(
                markdown_table(["path", "reason"], [(one.source, one.reason) for one in listing.refused])
            ),
            "preview": dg.MetadataValue.md(markdown_table(["path", "bytes", "sha256", "same bytes as"], rows)),
        },
    )
