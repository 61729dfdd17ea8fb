"""`tieout build`: read what is new, build, audit, publish.

Belongs here: its options and help, and what it answers when it fails. Does not belong here: building (`defs/run.py`), or
how its progress and outcome look (`terminal/`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.advice import advised
from orchestration.cli.exits import FAILED, INTERRUPTED, NEWLY_KEPT_OUT, stop
from orchestration.cli.options import RawOption, WarehouseOption, open_read_only
from orchestration.store.errors import SHOWN
from orchestration.store.paths import Places

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from orchestration.defs.run import BuildChoices, BuildReport


def build(
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, metavar="N", help="Processes that read filings. Default: chosen by their number."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Publish nothing that keeps out a filing which the published warehouse does not.")
    ] = False,
    accept_removals: Annotated[
        bool,
        typer.Option(
            "--accept-removals", help="Build although more than a fifth of the published warehouse's files are gone from DIR."
        ),
    ] = False,
) -> None:
    """Read what is new, build the warehouse, audit it, and publish it.

    A filing whose values break a gate or a dbt test is quarantined with the rule and the rows, and the rest is built without
    it. Nothing is published unless every gate passes: whoever reads the published warehouse never sees a half-built one, and
    after a failure or Ctrl-C finds it as it was.

    Exit code 0: published. 3: published, with filings quarantined that the warehouse before did not quarantine; with
    `--strict`, 1. 1: a gate failed, or nothing could be built; nothing was published.

    **Examples**

    `tieout build`

    `tieout build --raw ~/filings --warehouse ~/tieout.duckdb --jobs 4`
    """
    places = Places.of(raw, warehouse)
    if places.warehouse.is_dir():
        raise typer.BadParameter(f"{places.warehouse} is a folder; name the file to publish in it", param_hint="--warehouse")
    report = _run(places, jobs, {"strict": strict, "accept_removals": accept_removals})
    _show(report)
    if report.interrupted and report.published is not None:
        stop(f"interrupted after {report.published} was published", INTERRUPTED)
    if report.interrupted:
        stop(f"interrupted; {_untouched(places)}", INTERRUPTED)
    if report.published is None:
        stop(advised(f"{_untouched(places)}: {_why(report)}", report.build_file), FAILED)
    if report.newly_kept_out:
        stop(_published_without([source for source, _ in report.newly_kept_out], report.published), NEWLY_KEPT_OUT)


def _run(places: Places, jobs: int | None, choices: BuildChoices) -> BuildReport:
    from orchestration.cli.terminal.progress import BuildProgress  # noqa: PLC0415

    with BuildProgress() as progress:  # before the import, which takes a second
        from orchestration.defs.run import build as run_build  # noqa: PLC0415

        try:
            return run_build(places.raw, places.warehouse, jobs, progress, **choices)
        except KeyboardInterrupt as interrupt:
            stop(f"interrupted; {str(interrupt) or _untouched(places)}", INTERRUPTED)


def _show(report: BuildReport) -> None:
    from orchestration.cli.terminal.build import show_build  # noqa: PLC0415
    from orchestration.warehouse.inspection import quarantined  # noqa: PLC0415
    from orchestration.warehouse.quarantine_list import list_of  # noqa: PLC0415
    from orchestration.warehouse.summary import summarise  # noqa: PLC0415

    summary = None
    if report.published is not None:
        with open_read_only(report.published) as con:
            summary = summarise(con)
    file = report.published or report.build_file
    if file is None or not report.quarantined:
        show_build(report, summary, {}, None)
    else:
        kept_out = {source: reason for (source, _), reason in quarantined(file).items()}
        show_build(report, summary, kept_out, list_of(file))


def _published_without(sources: Sequence[str], published: Path) -> str:
    """Which filings were newly kept out, and where their reasons are: this is read without what stdout said."""
    from orchestration.warehouse.quarantine_list import list_of  # noqa: PLC0415

    filings = "filing" if len(sources) == 1 else "filings"
    more = f" and {len(sources) - SHOWN:,} more" if len(sources) > SHOWN else ""
    named = ", ".join(sources[:SHOWN]) + more
    return f"published without {len(sources):,} newly quarantined {filings}: {named}; why: {list_of(published)}"


def _untouched(places: Places) -> str:
    return "nothing was published" + (f", {places.warehouse} is as it was" if places.warehouse.exists() else "")


def _why(report: BuildReport) -> str:
    """Why a build failed: the suites at fault where a gate did, which stdout lists in full, else what was said."""
    if report.nothing_accepted:
        return report.message
    failed = [f"{gate.stage}/{gate.suite}" for gate in report.gates if not gate.passed and gate.severity == "critical"]
    if not failed:
        return f"{report.failed_step or 'the build'} failed: {report.message}"
    return f"the gate failed on {', '.join(failed)}" + ("; `tieout gate` lists every row" if report.build_file else "")
