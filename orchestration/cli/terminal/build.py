"""What came of a build.

Belongs here: its layout on stdout. Does not belong here: its progress (`progress.py`), or the line that says why it failed
(`cli/build.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from orchestration.cli.terminal.text import safe

if TYPE_CHECKING:
    from orchestration.defs.run import BuildReport
    from orchestration.warehouse.summary import Summary


def show_build(report: BuildReport, summary: Summary | None, kept_out: Sequence[tuple[str, str]] = ()) -> None:
    """What came of a build, on stdout. `summary` is of the published warehouse; None where nothing was published.

    `kept_out` are (source, reason) pairs of the filings that a failed build quarantined.
    """
    for name, said in _facts(report, summary):
        print(f"{name:<16}{safe(said)}")
    for source, reason in summary.quarantined if summary else kept_out:
        print(f"quarantined: {safe(source)}: {safe(reason)}")
    for gate in report.gates:
        if not gate.passed:
            print(f"{gate.severity}: {safe(gate.stage)}/{safe(gate.suite)}: {safe(gate.message)}")


def _facts(report: BuildReport, summary: Summary | None) -> Iterator[tuple[str, str]]:
    counts = f"{report.filings_read} read, {report.filings_reused} reused, {report.quarantined} quarantined"
    again = f"; {report.filings_read_again} in doubt read again with other releases" if report.filings_read_again else ""
    yield "filings", counts + again
    if summary:
        yield "values", ", ".join(f"{count:,} {status}" for status, count in summary.values_by_status) or "none"
        yield "identities", f"{summary.identities_closed:,} of {summary.identities_possible:,} close"
        companies = "company" if summary.companies == 1 else "companies"
        yield "quarters", f"{summary.quarters:,} of {summary.companies:,} {companies}"
    if report.rounds:
        yield "rounds", f"{report.rounds} kept filings out that broke a rule (`tieout sql 'from staging.broken_rules'`)"
    yield "problems", f"{report.problems:,}" + (" (`tieout sql 'from staging.problems'`)" if report.problems else "")
    yield "checks", f"{sum(gate.passed for gate in report.gates)} of {len(report.gates)} suites pass"
    yield "time", ", ".join(f"{step} {seconds:.1f} s" for step, seconds in report.seconds.items())
    if report.published:
        yield "published", str(report.published)
    elif report.build_file:
        yield "kept to look at", str(report.build_file)
