"""What EDGAR's submissions index says of the company itself: names, tickers, numbers, fiscal year end, industry.

Belongs here: these fields of the index, none of which is trusted to be there or of its kind. Does not belong here: its filings
(`submissions.py`), keeping what was learnt (`store/known_companies.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

from orchestration.filings.company.stated import KnownCompany
from orchestration.store.known_companies import MAX_CHARS

SOURCE: Final = "SEC EDGAR submissions index"
MOST: Final = 30
"""Names or tickers that are kept of one list: no company has had as many."""
_DIGITS: Final = {
    "ein": re.compile(r"\d{9}"),
    "sic": re.compile(r"\d{4}"),
    "fiscalYearEnd": re.compile(r"(?:0[1-9]|1[0-2])\d\d"),
}


def company_facts(cik: str, body: Mapping[str, Any]) -> KnownCompany:
    """The company of a submissions index; a field that is not as EDGAR makes it is empty."""
    tickers = zip_longest(_texts(body.get("tickers")), _texts(body.get("exchanges")), fillvalue="")
    former = body.get("formerNames")
    names = [one.get("name") for one in former if isinstance(one, dict)] if isinstance(former, list) else None
    number, year_end = _digits(body, "ein"), _digits(body, "fiscalYearEnd")
    return KnownCompany(
        cik,
        name=next(_texts([body.get("name")]), ""),
        former_names=tuple(dict.fromkeys(filter(None, _texts(names)))),
        tickers=tuple(f"{exchange}: {ticker}" for ticker, exchange in tickers if ticker),
        irs_number=number if number.strip("0") else "",
        fiscal_year_end=f"{year_end[:2]}-{year_end[2:]}" if year_end else "",
        sic=_digits(body, "sic"),
        source=SOURCE,
    )


def _texts(said: Any) -> Iterator[str]:
    """The texts of a list, an empty one in the place of what is none."""
    for one in said[:MOST] if isinstance(said, list) else ():
        yield " ".join(one.split())[:MAX_CHARS] if isinstance(one, str) else ""


def _digits(body: Mapping[str, Any], field: str) -> str:
    said = str(body.get(field) or "")
    return said if said.isascii() and _DIGITS[field].fullmatch(said) else ""
