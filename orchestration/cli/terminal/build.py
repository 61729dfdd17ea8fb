"""What came of a build.

Belongs here: its layout on stdout. Does not belong here: its progress (`progress.py`), or the line that says why it failed
(`cli/build.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestration.cli.advice import advised
from orchestration.cli.terminal.text import safe

if TYPE_CHECKING:
    from orchestration.defs.run import BuildReport
    from orchestration.warehouse.summary import Summary

QUARANTINED_SHOWN: Final = 20


def show_build(report: BuildReport, summary: Summary | None, kept_out: Mapping[str, str], listed_in: Path | None) -> None:
    """What came of a build, on stdout. `summary` is of the published warehouse; None where nothing was published.

    `kept_out` is why each quarantined filing is, by path; `listed_in` is the file with all of them.
    """
    file = report.published or report.build_file
    for name, said in _facts(report, summary):
        print(f"{name:<16}{safe(advised(said, file))}")
    for line in (*_quarantined(report, kept_out, listed_in), *_of_the_folder(summary)):
        print(safe(advised(line, file)))
    for gate in report.gates:
        if not gate.passed and not report.nothing_accepted:
            print(f"{gate.severity}: {safe(gate.stage)}/{safe(gate.suite)}: {safe(gate.message)}")


def _quarantined(report: BuildReport, kept_out: Mapping[str, str], listed_in: Path | None) -> Iterator[str]:
    """A line a quarantined filing, those first that the warehouse before did not keep out, and where the rest is."""
    new = {source for source, _ in report.newly_kept_out}
    for source in sorted(kept_out, key=lambda source: (source not in new, source))[:QUARANTINED_SHOWN]:
        yield f"{'newly ' if source in new else ''}quarantined: {source}: {kept_out[source]}"
    if len(kept_out) > QUARANTINED_SHOWN:
        yield f"quarantined: {len(kept_out) - QUARANTINED_SHOWN:,} more; all {len(kept_out):,} with their reasons: {listed_in}"


def _of_the_folder(summary: Summary | None) -> Iterator[str]:
    """A line for each thing that is told of the raw folder, and of no filing in it."""
    told = summary.of_the_folder if summary else ()
    yield from (f"raw folder: {line}" for line in told[:QUARANTINED_SHOWN])
    if len(told) > QUARANTINED_SHOWN:
        look = "`tieout sql 'from staging.problems'`"
        yield f"raw folder: {len(told) - QUARANTINED_SHOWN:,} more ({look})"


def _facts(report: BuildReport, summary: Summary | None) -> Iterator[tuple[str, str]]:
    counts = f"{report.filings_read} read, {report.filings_reused} reused, {report.quarantined} quarantined"
    again = f"; {report.filings_read_again} in doubt read again with other releases" if report.filings_read_again else ""
    copies = f"; {summary.copies} with the bytes of another" if summary and summary.copies else ""
    yield "filings", counts + again + copies
    if summary:
        yield "values", ", ".join(f"{count:,} {status}" for status, count in summary.values_by_status) or "none"
        yield "identities", f"{summary.identities_closed:,} of {summary.identities_possible:,} close"
        yield from _quarters(summary)
    if report.rounds:
        yield "rounds", f"{report.rounds} kept filings out that broke a rule (`tieout sql 'from staging.broken_rules'`)"
    yield "problems", f"{report.problems:,}" + (" (`tieout sql 'from staging.problems'`)" if report.problems else "")
    if report.gates:
        yield "checks", f"{sum(gate.passed for gate in report.gates)} of {len(report.gates)} suites pass"
    yield "time", ", ".join(f"{step} {seconds:.1f} s" for step, seconds in report.seconds.items())
    if report.published:
        yield "published", str(report.published)
    elif report.build_file:
        yield "kept to look at", str(report.build_file)


def _quarters(summary: Summary) -> Iterator[tuple[str, str]]:
    """The quarters that are there, of how many companies, and those that filings print or report and that are not."""
    companies = "company" if summary.companies == 1 else "companies"
    yield "quarters", f"{summary.quarters:,}, of {summary.companies_with_quarters:,} of {summary.companies:,} {companies}"
    if summary.quarters_without_a_row:
        look = "`tieout sql 'from fact_quarterly_gap where vintage is null and filing_id is not null'`"
        yield "left out", f"{_counted(summary.quarters_without_a_row, 'quarter')} that filings print or report ({look})"
    if summary.filings_of_no_quarter:
        look = "`tieout sql 'from intermediate.int_quarters_left_out where quarter_no is null'`"
        yield "no quarter", f"{_counted(summary.filings_of_no_quarter, 'filing')} with columns of no known quarter ({look})"


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}" + ("" if count == 1 else "s")
