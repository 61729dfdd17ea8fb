"""The report of a fetch as lines of text.

Belongs here: which counts are shown, and in which words. Does not belong here: printing them (`cli/`), counting (`fetch.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.edgar.fetch import CompanyReport, FetchReport
from orchestration.edgar.submissions import Extra

SHOWN = 100


def lines(report: FetchReport) -> Iterator[str]:
    """A line a company, the sums, then what changed and what was not fetched."""
    for one in report.companies:
        yield f"{_called(one)}: {_counts([one])}"
    yield f"{'filings':<16}{_counts(report.companies)}"
    counts = report.counts
    retries = f", {counts.retries} of them again" if counts.retries else ""
    yield f"{'requests':<16}{counts.requests}{retries}, {_bytes(counts.bytes)}, {report.seconds:.1f} s"
    for one in report.companies:
        for path in one.changed:
            yield f"changed: {path}: other bytes than before; both are kept, and the build reads the one that was there first"
    for one in report.companies:
        if one.cik and not one.troubles:
            yield from _advice(one)
    for trouble in report.troubles[:SHOWN]:
        yield f"not had: {trouble.about}: {trouble.reason}"
    if len(report.troubles) > SHOWN:
        yield f"not had: {len(report.troubles) - SHOWN:,} more"


def _advice(one: CompanyReport) -> Iterator[str]:
    """What to do where nothing was found, or where the company is a shell."""
    if one.is_shell:
        yield (
            f"shell: {one.asked} leads to {one.name or 'a company'}, CIK {int(one.cik)}, a blank check or one that files no"
            " reports: a ticker moves to a new holding company, or is used again; name the CIK of the company that you mean"
        )
    if one.found:
        return
    yield f"none found: {one.asked}: EDGAR lists {one.listed} Forms 8-K, none within the dates asked for with Item 2.02"
    for extra, count in sorted(one.passed_over.items()):
        kind = "Forms 6-K" if extra is Extra.FOREIGN else f"Forms 8-K with Item {extra}"
        yield f"may hold releases: {one.asked}: {count} {kind}: `tieout fetch {one.asked} --with {extra}`"


def _counts(companies: list[CompanyReport]) -> str:
    found, there = sum(one.found for one in companies), sum(one.there for one in companies)
    fetched, changed = sum(len(one.fetched) for one in companies), sum(len(one.changed) for one in companies)
    troubles = sum(len(one.troubles) for one in companies)
    return (
        f"{found} found, {fetched} fetched, {there} already there"
        + (f", {changed} changed" if changed else "")
        + f", {troubles} refused or missing"
    )


def _called(one: CompanyReport) -> str:
    return f"{one.asked} is {one.name or 'a company'}, CIK {int(one.cik)}" if one.cik else one.asked


def _bytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count:,} bytes"
