"""The CIK of a company that a user names by CIK or ticker.

Belongs here: the forms of these names, and EDGAR's list of tickers. Does not belong here: what a company filed
(`submissions.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from orchestration.edgar.client import EdgarClient
from orchestration.edgar.errors import EdgarError, EdgarSetupError, RefusedError
from orchestration.filings.vocabulary import rows

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


async def resolve(edgar: EdgarClient, asked: Iterable[str]) -> list[tuple[str, Filer | EdgarError]]:
    """Each distinct company with what the user typed; an error in the place of an unknown one. Sends at most one request."""
    found: dict[str, tuple[str, Filer | EdgarError]] = {}
    tickers: Mapping[str, Filer] | EdgarError | None = None
    for said in asked:
        cik = as_cik(said)
        if cik is None and tickers is None:
            tickers = await _tickers_or_error(edgar)
        one = Filer(cik) if cik else _by_ticker(said, tickers or {})
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


def _by_ticker(said: str, tickers: Mapping[str, Filer] | EdgarError) -> Filer | EdgarError:
    """The company of a ticker. Tickers are reused: where EDGAR and the vocabulary disagree, the answer is an error."""
    ours = _vocabulary().get(_plain(said.upper()))
    if isinstance(tickers, EdgarError):
        return tickers
    theirs = tickers.get(_plain(said.upper()))
    if ours and theirs and ours.cik != theirs.cik:
        return RefusedError(
            "ticker_ambiguous",
            f"{said}: is {theirs.name} (CIK {int(theirs.cik)}) at EDGAR now and {ours.name} (CIK {int(ours.cik)}) in"
            " data/vocabulary/companies.csv; name the CIK",
        )
    known = theirs or ours
    if known is None:
        return RefusedError(
            "ticker_unknown",
            f"{said}: EDGAR lists no company with this ticker (it drops those that are no longer traded) and neither does"
            " data/vocabulary/companies.csv; name the CIK",
        )
    return known


def _vocabulary() -> Mapping[str, Filer]:
    return {
        _plain(row["ticker"].upper()): Filer(row["company_id"], row["company_name"])
        for row in rows("companies")
        if row["ticker"] and as_cik(row["company_id"])
    }


def _plain(ticker: str) -> str:
    """`BRK.B` and `BRK-B` are one ticker."""
    return ticker.replace(".", "-")
