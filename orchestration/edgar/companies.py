"""The CIK of a company that a user names by CIK or ticker.

Belongs here: the forms of these names, EDGAR's list of tickers, and what is made of it beside the companies that are known.
Does not belong here: which companies are known (`store/known_companies.py`), or what a company filed (`submissions.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from orchestration.edgar.client import EdgarClient
from orchestration.edgar.errors import EdgarError, EdgarSetupError, RefusedError
from orchestration.store.known_companies import COMPANY_FILE, KnownCompanies, company_of_ticker

_CIK: Final = re.compile(r"\d{1,10}")
_TICKER: Final = re.compile(r"[A-Za-z][A-Za-z0-9.\-]{0,9}")


@dataclass(frozen=True, slots=True)
class Filer:
    """A company at EDGAR. `cik` has ten digits; `name` is empty where it is not known."""

    cik: str
    name: str = ""


def as_cik(said: str) -> str | None:
    """`said` with ten digits where it is a CIK, else None. Raises `EdgarSetupError` for zero."""
    if not (said.isascii() and _CIK.fullmatch(said)):
        return None
    if not int(said):
        raise EdgarSetupError(f"{said!r} is no CIK: it is zero")
    return said.zfill(10)


def check_names(asked: Iterable[str]) -> None:
    """Raises `EdgarSetupError` for what is neither a CIK nor a ticker. Sends no request."""
    for said in asked:
        if as_cik(said) is None and not _TICKER.fullmatch(said):
            raise EdgarSetupError(f"{said!r} is neither a CIK (up to ten digits) nor a ticker, such as 855654 or IMGN")


async def resolve(edgar: EdgarClient, asked: Iterable[str], known: KnownCompanies) -> list[tuple[str, Filer | EdgarError]]:
    """Each distinct company with what the user typed; an error in the place of an unknown one. Sends at most one request.

    `known` are the companies whose tickers are known without EDGAR, which drops those of companies no longer traded.
    """
    found: dict[str, tuple[str, Filer | EdgarError]] = {}
    tickers: Mapping[str, Filer] | EdgarError | None = None
    for said in asked:
        cik = as_cik(said)
        if cik is None and tickers is None:
            tickers = await _tickers_or_error(edgar)
        one = Filer(cik) if cik else _by_ticker(said, tickers or {}, known)
        found.setdefault(one.cik if isinstance(one, Filer) else said, (said, one))
    return list(found.values())


async def _tickers_or_error(edgar: EdgarClient) -> Mapping[str, Filer] | EdgarError:
    try:
        return _read_tickers(await edgar.json(f"{edgar.settings.base_url}/files/company_tickers.json", "the list of tickers"))
    except EdgarError as error:
        return error


def _read_tickers(body: Any) -> Mapping[str, Filer]:
    """EDGAR's list: an object of `{"cik_str", "ticker", "title"}`, whatever its keys."""
    listed: dict[str, Filer] = {}
    for row in body.values() if isinstance(body, dict) else ():
        if not isinstance(row, dict):
            continue
        cik, ticker = as_cik(str(row.get("cik_str", ""))), str(row.get("ticker", "")).upper()
        if cik and ticker:
            listed.setdefault(_plain(ticker), Filer(cik, str(row.get("title", ""))))
    if not listed:
        raise RefusedError("no_tickers", "the list of tickers: holds none in the form that EDGAR used to give; name the CIK")
    return listed


def _by_ticker(said: str, tickers: Mapping[str, Filer] | EdgarError, known: KnownCompanies) -> Filer | EdgarError:
    """The company of a ticker. Tickers are reused: where EDGAR and what is known disagree, the answer is an error."""
    if isinstance(tickers, EdgarError):
        return tickers
    theirs = tickers.get(_plain(said.upper()))
    ours = [Filer(one.company_id, one.name) for one in company_of_ticker(said, known)]
    found = {one.cik: one for one in (*ours, *([theirs] if theirs else []))}
    if len(found) == 1:
        return theirs or ours[0]
    if found:
        at_edgar = [f"{_named(theirs)} at EDGAR now"] if theirs else []
        before = [f"{_named(one)} in what is known" for one in ours if one.cik != (theirs and theirs.cik)]
        return RefusedError(
            "ticker_ambiguous",
            f"{said}: is {' and '.join([*at_edgar, *before])} (data/vocabulary/companies.csv, and the {COMPANY_FILE} of"
            " companies fetched before); name the CIK",
        )
    return RefusedError(
        "ticker_unknown",
        f"{said}: EDGAR lists no company with this ticker (it drops those that are no longer traded), and neither"
        f" data/vocabulary/companies.csv nor the {COMPANY_FILE} of a company fetched before has it; name the CIK",
    )


def _named(company: Filer) -> str:
    return f"{company.name} (CIK {int(company.cik)})"


def _plain(ticker: str) -> str:
    """`BRK.B` and `BRK-B` are one ticker."""
    return ticker.replace(".", "-")
