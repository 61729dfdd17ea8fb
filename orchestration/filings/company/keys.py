"""What one filing states of whose it is: numbers, tickers and names, each with the place that states it.

Belongs here: finding these keys in the header, the path, the cover and the release itself, and the key that a filing goes by
where it states no CIK. Does not belong here: which keys of several filings are of one company (`identity.py`), what a
name looks like (`text/companies.py`).

A release names other companies too, with their tickers: its own ticker stands behind its own name, and its own name is that
of its headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Final

from orchestration.filings.cover import TICKER, Cover, issuer, plain_number
from orchestration.filings.documents.submission import SubmissionHeader
from orchestration.filings.records import CompanyKey, KeyKind, KeyPlace
from orchestration.filings.text.companies import company_at, name_words, normal_name
from orchestration.filings.vocabulary import rows

_CIK_IN_PATH: Final = re.compile(r"(?:^|/)(?=0*[1-9])(?!(?:19|20)[0-9]{2}/)(?P<cik>[0-9]{10}|0*[1-9][0-9]{3,9})(?=/)")
"""Ten digits are a CIK, and fewer that are four at least and no year."""
_CIK: Final = re.compile(r"(?=.*[1-9])[0-9]{10}")
_HEADLINE_CHARS: Final = 4_000
_HEADLINE_LINE_CHARS: Final = 300
_TICKERS: Final = 5
"""The first few tickers of a text: the own one is not far behind the first of others."""
_BEFORE_TICKER_CHARS: Final = 120
_IN_PARENTHESES: Final = re.compile(r"\([^()]{0,100}\)?")
_FORMERLY: Final = re.compile(r"[(,]\s*(?:(?:formerly|previously)(?:\s+(?:known\s+as|named|called))?|f/k/a)\s+(?=[A-Z])")
_NAMED_WORD: Final = re.compile(r"[^\W_][\w&'’.-]*")
_NAME: Final = r"(?P<name>[^\W_][\w&'’.-]{0,30}(?:,?[ ](?:[A-Z\d][\w&'’./-]{0,30}|&|of|and|the|plc)){0,6}?)"
_MARKS: Final = re.compile(r"^[\s*_#>|-]*(?:title:)?[\s\"“*_]*")
_OWN: Final = {
    KeyKind.FILE_NUMBER: "{0}",
    KeyKind.IRS_NUMBER: "irs:{0}",
    KeyKind.TICKER: "ticker:{0}",
    KeyKind.NAME: "name:{0}",
}
"""The key that a company goes by while nothing tells its CIK, by the first kind of key that it has."""


def company_keys(filing_id: str, source: str, header: SubmissionHeader, cover: Cover, words: str) -> tuple[CompanyKey, ...]:
    """The keys that a filing states of its company, the strongest first, each once a place. `words` is its text."""
    names = list(_names(header, cover, words))
    printed = [text for kind, text, _ in names if kind == KeyKind.NAME]
    found = [*_numbers(source, header, cover), *_tickers(words, printed), *names, *_former_names(words, printed)]
    keys = (CompanyKey(filing_id, kind, value, text, place) for kind, text, place in found if (value := _normal(kind, text)))
    return tuple({(key.kind, key.value, key.stands_in): key for key in keys}.values())


def own_company_id(keys: Iterable[CompanyKey]) -> str | None:
    """The id of the company as the filing alone tells it: a CIK, else a key that says of what kind it is; None without keys."""
    by_kind = {key.kind: key.value for key in reversed([*keys])}
    cik = by_kind.get(KeyKind.HEADER_CIK) or by_kind.get(KeyKind.FOLDER_CIK)
    return cik or next((form.format(by_kind[kind]) for kind, form in _OWN.items() if kind in by_kind), None)


def own_ids(values: Iterable[tuple[KeyKind, str]]) -> list[str]:
    """The ids that keys without a CIK give, the strongest kind first."""
    order = list(_OWN)
    stated = sorted((order.index(kind), value) for kind, value in values if kind in _OWN)
    return [_OWN[order[at]].format(value) for at, value in stated]


def ticker_key(ticker: str, exchange: str | None) -> str:
    """A ticker with the market of its exchange, as `US:BRK-B`: it stays the company's when that moves to another exchange.

    An exchange that `exchanges.csv` does not have is a market of its own; none at all is the United States'.
    """
    said = " ".join((exchange or "").lower().split())
    market = next((market for name, market in _markets() if said.startswith(name)), said.split(" ")[0].upper())
    return f"{market or 'US'}:{ticker.upper().replace('.', '-')}"


def headline_name(words: str) -> str | None:
    """The company in a headline such as "Acme Pharma Reports Second Quarter Results"; None where no headline is found."""
    for line in words[:_HEADLINE_CHARS].split("\n"):
        found = _headline().match(_MARKS.sub("", line[:_HEADLINE_LINE_CHARS]))
        if found and any(char.isupper() for char in found["name"].split()[0]) and not _of_no_name().search(found["name"]):
            return found["name"]
    return None


@cache
def _headline() -> re.Pattern[str]:
    return re.compile(rf"{_NAME},?[ ](?i:{_headline_words('verb')})\b")


@cache
def _of_no_name() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_headline_words('not_in_name')})\b", re.IGNORECASE)


def _headline_words(kind: str) -> str:
    return "|".join(row["words"] for row in rows("headline_words") if row["kind"] == kind)


@cache
def _markets() -> tuple[tuple[str, str], ...]:
    return tuple((row["exchange"], row["market"]) for row in rows("exchanges"))


def _normal(kind: KeyKind, text: str) -> str:
    """The value of a key: what is equal for all spellings of one number, ticker or name. Empty for a name of forms alone."""
    match kind:
        case KeyKind.HEADER_CIK | KeyKind.FOLDER_CIK:
            return text.zfill(10)
        case KeyKind.FILE_NUMBER:
            return plain_number(text)
        case KeyKind.IRS_NUMBER:
            digits = re.sub(r"\D", "", text)
            return digits if len(digits) == 9 and digits.strip("0") else ""
        case KeyKind.NAME | KeyKind.FORMER_NAME:
            return normal_name(text) if name_words(text) else ""
        case KeyKind.TICKER:
            exchange, _, ticker = text.rpartition(":")
            return ticker_key(ticker.strip(), exchange)


def _numbers(source: str, header: SubmissionHeader, cover: Cover) -> Iterator[tuple[KeyKind, str, KeyPlace]]:
    in_path = _CIK_IN_PATH.search(source)
    stated = (
        (KeyKind.HEADER_CIK, header.cik if header.cik and _CIK.fullmatch(header.cik) else None, KeyPlace.HEADER),
        (KeyKind.FOLDER_CIK, in_path["cik"] if in_path else None, KeyPlace.FOLDER),
        (KeyKind.FILE_NUMBER, cover.commission_file_number, KeyPlace.COVER),
        (KeyKind.FILE_NUMBER, header.file_number, KeyPlace.HEADER),
        (KeyKind.IRS_NUMBER, cover.irs_employer_id, KeyPlace.COVER),
        (KeyKind.IRS_NUMBER, header.irs_number, KeyPlace.HEADER),
    )
    yield from ((kind, text, place) for kind, text, place in stated if text)


def _names(header: SubmissionHeader, cover: Cover, words: str) -> Iterator[tuple[KeyKind, str, KeyPlace]]:
    """The names, that of the cover first; a release is asked for its own only where there is no cover."""
    if cover.registrant:
        yield KeyKind.NAME, cover.registrant, KeyPlace.COVER
    if header.name:
        yield KeyKind.NAME, header.name, KeyPlace.HEADER
    yield from ((KeyKind.FORMER_NAME, name, KeyPlace.HEADER) for name in header.former_names)
    if cover.former_name:
        yield KeyKind.FORMER_NAME, cover.former_name, KeyPlace.COVER
    if not cover.registrant:
        lead = issuer(words)
        name = lead if lead and name_words(lead) else headline_name(words)
        if name:
            yield KeyKind.NAME, " ".join(name.split()), KeyPlace.RELEASE


def _tickers(words: str, names: Iterable[str]) -> Iterator[tuple[KeyKind, str, KeyPlace]]:
    """The first ticker that stands directly behind a name of the filing's company."""
    own = _own_words(words, names)
    found = next((one for one in islice(TICKER.finditer(words), _TICKERS) if _stands_behind(words, one.start(), own)), None)
    if found:
        yield KeyKind.TICKER, f"{' '.join(found['exchange'].split())}: {found['ticker']}", KeyPlace.RELEASE


def _former_names(words: str, names: Iterable[str]) -> Iterator[tuple[KeyKind, str, KeyPlace]]:
    """What the company was called before, as a release says directly behind its name: "(formerly Acme Toys, Inc.)"."""
    own = _own_words(words, names)
    for found in _FORMERLY.finditer(words[:_HEADLINE_CHARS]):
        name = company_at(words, found.end())
        if name and _stands_behind(words, found.start(), own):
            yield KeyKind.FORMER_NAME, " ".join(name.split()), KeyPlace.RELEASE


def _own_words(words: str, names: Iterable[str]) -> set[str]:
    return {word for name in (*names, headline_name(words) or "") for word in normal_name(name).split()}


def _stands_behind(words: str, at: int, own: set[str]) -> bool:
    """Whether the last word before a place, but for legal forms and what stands in parentheses, is of the own name."""
    before = _IN_PARENTHESES.sub(" ", words[max(0, at - _BEFORE_TICKER_CHARS) : at])
    named = normal_name(" ".join(_NAMED_WORD.findall(before)[-6:])).split()
    return bool(named) and named[-1] in own
