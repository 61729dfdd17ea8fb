"""`tieout fetch`: bring earnings releases from EDGAR into the raw folder.

Belongs here: its options and help. Does not belong here: fetching, and the settings it needs (`edgar/`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.advice import advised
from orchestration.cli.exits import FAILED, INTERRUPTED, USAGE, stop
from orchestration.cli.options import RawOption
from orchestration.cli.terminal.text import safe
from orchestration.edgar.submissions import Extra
from orchestration.store.paths import Places

if TYPE_CHECKING:
    from orchestration.edgar.fetch import FetchReport
    from orchestration.edgar.submissions import Window


def fetch(  # noqa: PLR0913, PLR0917 - one parameter an option
    companies: Annotated[list[str], typer.Argument(metavar="COMPANY", help="Tickers and CIKs.")],
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Filed then or later: 2004-01-01.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Filed then or earlier.")] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="The newest N of each company. Default: all.")
    ] = None,
    extras: Annotated[
        list[Extra] | None,
        typer.Option("--with", help="Also take 6-K (foreign issuers), or 8-Ks with Item 7.01 or 8.01; several at will."),
    ] = None,
    recheck: Annotated[
        bool, typer.Option("--recheck", help="Ask again for what is there, and keep what has changed beside it.")
    ] = False,
    raw: RawOption = None,
) -> None:
    """Bring the earnings releases of companies from EDGAR into the raw folder.

    Every 8-K and 8-K/A with Item 2.02 (Item 12 before August 2004), as EDGAR's full submission text; `--with` takes more, of
    which most is no release. What is there is not fetched again. EDGAR wants to know who asks: set `TIEOUT_EDGAR_IDENTITY` to a
    name and an e-mail address.

    Exit code 0: all that was found is there. 1: something could not be had, and is named. 2: nothing was asked.

    **Examples**

    `tieout fetch IMGN`

    `tieout fetch 855654 BIIB --since 2004-01-01 --until 2013-12-31`

    `tieout fetch IMGN --limit 4`

    `tieout fetch CAMT --with 6-K --since 2024-01-01`
    """
    from orchestration.cli.terminal.progress import BuildProgress  # noqa: PLC0415
    from orchestration.edgar.errors import EdgarSetupError  # noqa: PLC0415
    from orchestration.edgar.fetch import fetch as bring  # noqa: PLC0415
    from orchestration.edgar.settings import from_environment  # noqa: PLC0415

    window = _window(since, until, limit, extras or ())
    try:
        settings = from_environment()
        with BuildProgress() as progress:
            report = bring(companies, Places.of(raw).raw, settings, window, progress, recheck=recheck)
    except EdgarSetupError as error:
        stop(str(error), USAGE)
    except KeyboardInterrupt:
        stop("interrupted; what was fetched is whole, run it again for the rest", INTERRUPTED)
    _show(report)


def _show(report: FetchReport) -> None:
    from orchestration.edgar.summary import lines  # noqa: PLC0415

    for line in lines(report):
        typer.echo(safe(advised(line)))
    if report.troubles:
        things = "1 thing" if len(report.troubles) == 1 else f"{len(report.troubles):,} things"
        stop(f"{things} could not be had, listed above; what was fetched is kept", FAILED)


def _window(since: str | None, until: str | None, limit: int | None, extras: Iterable[Extra]) -> Window:
    from orchestration.edgar.submissions import Window  # noqa: PLC0415

    window = Window(_day(since, "--since"), _day(until, "--until"), limit, frozenset(extras))
    if window.since and window.until and window.since > window.until:
        raise typer.BadParameter("--since is later than --until: no day lies between", param_hint="--since")
    return window


def _day(said: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise typer.BadParameter(f"{said!r} is no day; write it as 2004-01-01", param_hint=option) from None
