"""What filings state of their companies, what is known outside them, and the answer: the types that the room shares.

Belongs here: these types, and what follows from one of them alone. Does not belong here: finding keys (`keys.py`), holding them
against each other (`identity.py`, `registrants.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from orchestration.filings.company.keys import ticker_key
from orchestration.filings.cover import plain_number
from orchestration.filings.records import CompanyKey, KeyKind, KeyPlace, Severity
from orchestration.filings.text.companies import are_unlike, is_initials, name_words, normal_name

CIKS: Final = (KeyKind.HEADER_CIK, KeyKind.FOLDER_CIK)
NUMBERS: Final = (KeyKind.FILE_NUMBER, KeyKind.IRS_NUMBER)
LINKS: Final = (*NUMBERS, KeyKind.TICKER, KeyKind.NAME)
"""The kinds of key that join filings, the strongest first. A former name joins as a name does."""
_NAMES: Final = (KeyKind.NAME, KeyKind.FORMER_NAME)

Link = tuple[KeyKind, str]


@dataclass(frozen=True)
class KnownCompany:
    """A company whose CIK is known outside the filings. `tickers` are as `Nasdaq: IMGN`; `source` says who says so."""

    company_id: str
    name: str = ""
    former_names: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()
    file_numbers: tuple[str, ...] = ()
    irs_number: str = ""
    fiscal_year_end: str = ""
    sic: str = ""
    source: str = ""

    @cached_property
    def links(self) -> frozenset[Link]:
        """Its keys, as they join filings."""
        tickers = (one.rpartition(":") for one in self.tickers)
        return frozenset(
            [
                *((KeyKind.NAME, normal_name(name)) for name in (self.name, *self.former_names) if name_words(name)),
                *((KeyKind.TICKER, ticker_key(ticker.strip(), exchange)) for exchange, _, ticker in tickers),
                *((KeyKind.FILE_NUMBER, plain_number(number)) for number in self.file_numbers),
                *([(KeyKind.IRS_NUMBER, self.irs_number)] if self.irs_number else []),
            ]
        )


class FilingKeys(NamedTuple):
    """What one filing states of its company. `filing` is any name that no other filing has."""

    filing: str
    keys: tuple[CompanyKey, ...]
    known_from: date | None = None

    @property
    def cik(self) -> str | None:
        """The CIK that it states: that of its header, else of its folder."""
        return next((key.value for kind in CIKS for key in self.keys if key.kind == kind), None)

    @property
    def links(self) -> frozenset[Link]:
        """Its keys but for CIKs, as they join filings."""
        joining = (key for key in self.keys if key.kind not in CIKS)
        return frozenset((KeyKind.NAME if key.kind in _NAMES else KeyKind(key.kind), key.value) for key in joining)

    @property
    def registrants(self) -> dict[str, str]:
        """The names that it says its registrant has now, normal and as printed; a release's own only where it has no cover."""
        names = [key for key in self.keys if key.kind == KeyKind.NAME]
        official = [key for key in names if key.stands_in != KeyPlace.RELEASE]
        return {key.value: key.text for key in official or names}

    @property
    def has_official_name(self) -> bool:
        """Whether a header or a cover names the registrant."""
        return any(key.kind == KeyKind.NAME and key.stands_in != KeyPlace.RELEASE for key in self.keys)


class CompanyQuestion(NamedTuple):
    """What a person is asked or told about the company of a filing. An error keeps the filing out."""

    severity: Severity
    code: str
    message: str


@dataclass(slots=True)
class Placement:
    """The company of one filing, the kind of key that says so, and what is asked; `known` where it is known outside."""

    company_id: str | None
    evidence: str | None
    known: KnownCompany | None = None
    questions: list[CompanyQuestion] = field(default_factory=list)


def first_ticker(known: KnownCompany | None) -> tuple[str | None, str | None]:
    """The ticker of a known company and its exchange; None for what is not known."""
    exchange, _, ticker = (known.tickers[0] if known and known.tickers else "").rpartition(": ")
    return ticker or None, exchange or None


def company_name(filing: FilingKeys, known: KnownCompany | None) -> str | None:
    """The name of a filing's company: as it is known outside, unless the filing names it otherwise, as before a change."""
    own = next((key.text for key in filing.keys if key.kind == KeyKind.NAME), None)
    is_other = own and known and known.name and all_unlike(words_of([normal_name(own)]), words_of([normal_name(known.name)]))
    return (known.name if known and known.name and not is_other else own) or None


def words_of(names: Iterable[str]) -> set[frozenset[str]]:
    """The words of each of some names; those without any are left out."""
    return {words for name in names if (words := name_words(name))}


def all_unlike(names: set[frozenset[str]], others: set[frozenset[str]]) -> bool:
    """Whether there are names on both sides and none may be one of the other side, shortened or misprinted."""
    if not names or not others:
        return False
    pairs = [(one, other) for one in names for other in others]
    return all(
        are_unlike(one, other) and not is_initials([one], other) and not is_initials([other], one) for one, other in pairs
    )
