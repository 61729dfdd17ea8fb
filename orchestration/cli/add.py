"""`tieout add`: put files into the folder of their company.

Belongs here: its options and help, and which company is meant. Does not belong here: copying a file (`store/adding.py`), which
companies are known (`store/known_companies.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.exits import FAILED, complain
from orchestration.cli.options import RawOption
from orchestration.cli.terminal.text import safe
from orchestration.store.errors import TieoutError
from orchestration.store.paths import Places

if TYPE_CHECKING:
    from orchestration.filings.company.stated import KnownCompany


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Filings or press releases, as they came.")],
    cik: Annotated[str | None, typer.Option("--cik", metavar="N", help="The company by its CIK.")] = None,
    ticker: Annotated[
        str | None, typer.Option("--ticker", metavar="T", help="The company by a ticker that `companies.csv` or a fetch knows.")
    ] = None,
    raw: RawOption = None,
) -> None:
    """Say whose files are, and copy them into the raw folder of their company.

    A press release states no CIK. `tieout build` finds its company by name and ticker where it knows them; this says it
    outright. Files are copied as they are to `<raw>/<CIK>/`; none that is there is written over.

    Exit code 0: all files are there. 1: one could not be added, and is named. 2: no company, or two.

    **Examples**

    `tieout add intel-2022q4.htm --ticker INTC`

    `tieout add releases/*.txt --cik 50863`
    """
    if (cik is None) == (ticker is None):
        raise typer.BadParameter("say whose the files are, by one of --cik and --ticker", param_hint="--cik")
    from orchestration.store.adding import add_file  # noqa: PLC0415

    folder = Places.of(raw).raw
    number, known = _company(cik, ticker, folder)
    typer.echo(safe(f"CIK {int(number)}" + (f", {known.name}" if known and known.name else "")))
    failures = 0
    for path in files:
        try:
            target, is_new = add_file(path, folder, number)
        except TieoutError as refusal:
            failures += 1
            complain(str(refusal))
        else:
            typer.echo(safe(f"{path}: {'added as' if is_new else 'there already as'} {target}"))
    if failures:
        raise typer.Exit(FAILED)


def _company(cik: str | None, ticker: str | None, raw: Path) -> tuple[str, KnownCompany | None]:
    """The CIK that is meant, and the company where it is known."""
    from orchestration.store.known_companies import company_of_ticker, known_companies  # noqa: PLC0415

    companies = known_companies(raw)
    if cik is not None:
        if not (cik.isascii() and cik.isdigit() and len(cik) <= 10 and int(cik)):
            raise typer.BadParameter(f"{cik!r} is no CIK: it has up to ten digits, such as 855654", param_hint="--cik")
        number = cik.zfill(10)
        return number, next((one for one in companies.companies if one.company_id == number), None)
    found = company_of_ticker(ticker or "", companies)
    if len(found) == 1:
        return found[0].company_id, found[0]
    if found:
        named = " and ".join(f"{one.name} (CIK {int(one.company_id)})" for one in found)
        raise typer.BadParameter(f"{ticker} is the ticker of {named}: say --cik", param_hint="--ticker")
    advice = f"say --cik, or `tieout fetch {ticker}` first, or add a row to data/vocabulary/companies.csv"
    raise typer.BadParameter(f"no company with the ticker {ticker} is known: {advice}", param_hint="--ticker")
