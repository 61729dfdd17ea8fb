"""The asset `edgar_filings`, the earnings releases of a company and year, and the job that fetches them.

It is upstream of `raw_filings` and not in the job of the build: a build never uses the network. How fetching works is in
`orchestration/edgar/`.
"""

from datetime import date
from typing import Any

import dagster as dg
from pydantic import Field

from orchestration.defs.metadata import markdown_table
from orchestration.defs.resources import OWNERS, BuildSettings
from orchestration.edgar.errors import EdgarSetupError
from orchestration.edgar.fetch import FetchReport, fetch
from orchestration.edgar.settings import from_environment
from orchestration.edgar.submissions import Window
from orchestration.edgar.watchlist import FIRST_YEAR, WatchedCompany, read_watchlist

FETCHED = dg.AssetKey("edgar_filings")
COMPANY, YEAR = "company", "year"
SHOWN = 50
NOT_LISTED_YET_SECONDS = 90
NOT_LISTED_YET_TIMES = 5

Result = dg.MaterializeResult[None]


class FetchConfig(dg.Config):
    """The settings of one fetch beside its partition."""

    expected: list[str] = Field(default_factory=list)  # from the feed; the index lists them minutes later
    recheck: bool = False  # fetch again what is there


def partitions(companies: tuple[WatchedCompany, ...]) -> dg.MultiPartitionsDefinition:
    """One partition for each company of `data/companies.yml` and each year up to the current one."""
    years = dg.TimeWindowPartitionsDefinition(start=str(FIRST_YEAR), fmt="%Y", cron_schedule="0 0 1 1 *", end_offset=1)
    return dg.MultiPartitionsDefinition({COMPANY: dg.StaticPartitionsDefinition([one.cik for one in companies]), YEAR: years})


PARTITIONS = partitions(read_watchlist())


def partition_key(cik: str, year: int) -> dg.MultiPartitionKey:
    """The partition of a company and a year."""
    return dg.MultiPartitionKey({COMPANY: cik, YEAR: str(year)})


@dg.asset(
    key=FETCHED,
    partitions_def=PARTITIONS,
    group_name="filings",
    owners=OWNERS,
    kinds={"python", "file"},
    retry_policy=dg.RetryPolicy(max_retries=3, delay=60, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS),
    description="The full submission texts of a company's earnings releases filed in a year (8-K and 8-K/A with Item 2.02, "
    "Item 12 before August 2004), fetched from EDGAR to data/raw/<cik>/<accession>.txt. The companies are those of "
    "data/companies.yml; each company and year is a run of its own, so that one that fails stops no other. Needs "
    "TIEOUT_EDGAR_IDENTITY. No build runs it.",
)
def edgar_filings(context: dg.AssetExecutionContext, config: FetchConfig, build: BuildSettings) -> Result:
    """Fetch what is missing of a company and year."""
    keys = context.partition_key.keys_by_dimension
    cik, year = keys[COMPANY], int(keys[YEAR])
    since = next((one.since for one in read_watchlist() if one.cik == cik), FIRST_YEAR)
    if year < since and not config.expected:
        return dg.MaterializeResult(metadata={"not_asked": f"data/companies.yml fetches this company from {since} on."})
    try:
        window = Window(date(year, 1, 1), date(year, 12, 31))
        settings = from_environment()
        report = fetch([cik], build.places().raw, settings, window, recheck=config.recheck, expected=config.expected)
    except EdgarSetupError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    _raise_for_troubles(report)
    [company] = report.companies
    if company.unlisted:
        context.log.info(f"EDGAR's index does not list {', '.join(company.unlisted)} yet; asked again soon.")
        raise dg.RetryRequested(NOT_LISTED_YET_TIMES, NOT_LISTED_YET_SECONDS)
    return dg.MaterializeResult(metadata=_metadata(report))


def _raise_for_troubles(report: FetchReport) -> None:
    """Raise `Failure` where something was not fetched; with retries where they may help. What was fetched is kept."""
    if not report.troubles:
        return
    said = "\n".join(f"{one.about}: {one.reason}" for one in report.troubles[:SHOWN])
    may_pass = any(one.may_pass for one in report.troubles)
    raise dg.Failure(f"{said}\nWhat was fetched is kept.", metadata=_metadata(report), allow_retries=may_pass)


def _metadata(report: FetchReport) -> dict[str, Any]:
    [company] = report.companies
    new = [(path.name, path.stat().st_size) for path in (*company.fetched, *company.changed)[:SHOWN]]
    return {
        "company": f"{company.name} (CIK {int(company.cik or 0)})",
        "found": company.found,
        "fetched": len(company.fetched),
        "already_there": company.there,
        "changed": len(company.changed),
        "refused": len(company.troubles),
        "requests": report.counts.requests,
        "bytes": report.counts.bytes,
        "seconds": round(report.seconds, 3),
        "files": dg.MetadataValue.md(markdown_table(["new file", "bytes"], new)),
    }


fetch_filings = dg.define_asset_job(
    "fetch_filings",
    selection=[FETCHED],
    description="Fetch the earnings releases of a company and year from EDGAR. Builds nothing: `raw_files_sensor` does, where "
    "it is switched on.",
)
