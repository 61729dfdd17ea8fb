"""The sensor on EDGAR's feed of current filings and the schedule on business days: both fetch new filings of the watchlist.

Belongs here: when the job `fetch_filings` is started, and for which companies. Does not belong here: the job (`fetching.py`),
or the build, which the sensor on the raw folder starts (`sensors.py`). Both are off until they are switched on.
"""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from logging import Logger
from zoneinfo import ZoneInfo

import dagster as dg

from orchestration.defs.fetching import COMPANY, PARTITIONS, fetch_filings, partition_key
from orchestration.edgar.client import EdgarClient
from orchestration.edgar.feed import Feed, FeedEntry, read_feed
from orchestration.edgar.settings import EdgarSettings, from_environment
from orchestration.edgar.watchlist import read_watchlist, watchlist_path

EDGAR_TIME = "America/New_York"
REMEMBERED = 1000
"""Accession numbers that the cursor keeps: as many as the feed is read back."""


@dg.schedule(
    job=fetch_filings,
    cron_schedule="15 22 * * 1-5",
    execution_timezone=EDGAR_TIME,
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="On business days at 22:15 in New York, when EDGAR has closed for the day: fetch what is new of the companies "
    "that data/companies.yml follows. Off until it is switched on.",
)
def business_days(context: dg.ScheduleEvaluationContext) -> dg.SkipReason | list[dg.RunRequest]:
    """A run for each followed company; in the first week of January another one for the year before."""
    ciks = _followed(context.log)
    if not ciks:
        return _nobody()
    from_environment()  # one failed tick that says what is missing, not a failed run for each company
    now = context.scheduled_execution_time.astimezone(ZoneInfo(EDGAR_TIME))
    years = (now.year - 1, now.year) if (now.month, now.day) <= (1, 7) else (now.year,)
    return [
        dg.RunRequest(run_key=f"{now:%Y-%m-%d}-{cik}-{year}", partition_key=partition_key(cik, year))
        for cik in ciks
        for year in years
    ]


@dg.sensor(
    job=fetch_filings,
    minimum_interval_seconds=120,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Watches EDGAR's feed of current filings and fetches those of the companies that data/companies.yml follows, "
    "minutes after they are filed. Off until it is switched on.",
)
def current_filings_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """A run for each followed company with a new 8-K in the feed."""
    ciks = set(_followed(context.log))
    if not ciks:
        return _nobody()
    seen: list[str] = json.loads(context.cursor) if context.cursor else []
    feed = asyncio.run(_feed(from_environment(), seen))
    if feed.has_gap:
        context.log.warning(
            "More 8-Ks came since the last look than EDGAR's feed can be read back; the schedule finds what was missed."
        )
    # In the order of the feed, so that what is forgotten first is what was seen longest ago.
    cursor = json.dumps(list(dict.fromkeys([*(one.accession for one in feed.entries), *seen]))[:REMEMBERED])
    year = datetime.now(ZoneInfo(EDGAR_TIME)).year
    requests = [_request(cik, year, new) for cik in sorted(ciks) if (new := [one for one in feed.entries if one.cik == cik])]
    said = None if requests else f"{len(feed.entries)} new 8-Ks in the feed, none of a company that is followed."
    return dg.SensorResult(run_requests=requests, cursor=cursor, skip_reason=said)


def _request(cik: str, year: int, new: Iterable[FeedEntry]) -> dg.RunRequest:
    expected = sorted(one.accession for one in new)
    return dg.RunRequest(
        run_key=f"{cik}-{'-'.join(expected)}",
        partition_key=partition_key(cik, year),
        run_config={"ops": {"edgar_filings": {"config": {"expected": expected}}}},
    )


async def _feed(settings: EdgarSettings, seen: list[str]) -> Feed:
    """The feed, with short time-outs and few retries: a tick has a minute, and the next one comes soon."""
    hasty = replace(settings, attempts=2, content_attempts=2, longest_wait=15.0, read_seconds=10.0, body_seconds=15.0)
    async with EdgarClient(hasty) as edgar:
        return await read_feed(edgar, set(seen))


def _followed(log: Logger) -> list[str]:
    """The followed companies that are partitions. One added since the code was loaded is none yet: a warning."""
    known = set(PARTITIONS.get_partitions_def_for_dimension(COMPANY).get_partition_keys())
    ciks = [one.cik for one in read_watchlist() if one.follow]
    late = sorted(set(ciks) - known)
    if late:
        log.warning(f"{watchlist_path()} follows {', '.join(late)} since the code was loaded: reload the code location.")
    return [cik for cik in ciks if cik in known]


def _nobody() -> dg.SkipReason:
    return dg.SkipReason(f"No company in {watchlist_path()} has `follow: true` (reload the code location after a change).")
