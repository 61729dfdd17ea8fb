"""The filings of a company that are wanted, from EDGAR's submissions index and its older pages.

Belongs here: the form of the index, and which of its rows are earnings releases or may be by option. Does not belong here: the
texts.

The index is an object whose `filings.recent` holds columns of equal length, newest first, and whose `filings.files` names
older pages of the same columns with the days they span. It is not trusted: only names of the expected form go into a URL, and
a row that is no filing is a gap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from orchestration.edgar.client import EdgarClient
from orchestration.edgar.company_facts import company_facts
from orchestration.edgar.errors import EdgarError, NotThereError, RefusedError
from orchestration.filings.company.stated import KnownCompany

FORMS: Final = frozenset({"8-K", "8-K/A"})
EARNINGS_ITEMS: Final = frozenset({"2.02", "12"})
"""Results of Operations and Financial Condition: Item 12 before 23 August 2004, 2.02 since."""
MOST_PAGES: Final = 200
MOST_WANTED: Final = 10_000
"""Limits against a wrong index: the busiest filers have some dozen older pages, and hundreds of Forms 6-K a year."""
FOREIGN_FORMS: Final = frozenset({"6-K", "6-K/A"})
PERIODIC_FORMS: Final = frozenset({"10-K", "10-K405", "10-KSB", "10-Q", "10-QSB", "20-F", "40-F"})
BLANK_CHECK: Final = "6770"
"""The SIC code of companies without a business of their own."""


class Extra(StrEnum):
    """Beside Item 2.02, what may hold a release: a foreign 6-K, Regulation FD (once Item 9), other events (once Item 5)."""

    FOREIGN = "6-K"
    REGULATION_FD = "7.01"
    OTHER_EVENTS = "8.01"


_ITEMS_OF: Final = {Extra.REGULATION_FD: {"7.01", "9"}, Extra.OTHER_EVENTS: {"8.01", "5"}}

_ACCESSION: Final = re.compile(r"\d{10}-\d{2}-\d{6}")
_PAGE: Final = re.compile(r"CIK(?P<cik>\d{10})-submissions-\d{3,4}\.json")
_COLUMNS: Final = ("accessionNumber", "filingDate", "reportDate", "acceptanceDateTime", "form", "items", "size")


def is_accession(said: str) -> bool:
    """Whether a text is an accession number. Nothing else may become part of a path."""
    return said.isascii() and _ACCESSION.fullmatch(said) is not None


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A row of the index. `size` is EDGAR's count of bytes, close to that of the text but not equal."""

    accession: str
    form: str
    filed: date
    report: date | None
    accepted: str
    items: tuple[str, ...]
    size: int

    @property
    def is_earnings(self) -> bool:
        """Whether it is an 8-K that reports results."""
        return self.form in FORMS and not EARNINGS_ITEMS.isdisjoint(self.items)

    @property
    def extras(self) -> frozenset[Extra]:
        """The kinds of filing beside earnings releases that it is."""
        if self.form in FOREIGN_FORMS:
            return frozenset({Extra.FOREIGN})
        items = self.items if self.form in FORMS else ()
        return frozenset(extra for extra, own in _ITEMS_OF.items() if not own.isdisjoint(items))


@dataclass(frozen=True, slots=True)
class Window:
    """Which filings are wanted: filed from `since` to `until`, both included; the newest `limit` of them.

    `extras` are kinds that are wanted beside earnings releases.
    """

    since: date | None = None
    until: date | None = None
    limit: int | None = None
    extras: frozenset[Extra] = frozenset()

    def has(self, day: date) -> bool:
        """Whether a filing of that day is wanted."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def meets(self, first: date | None, last: date | None) -> bool:
        """Whether a page from `first` to `last` may hold wanted filings; None is an unknown day."""
        return not ((last and self.since and last < self.since) or (first and self.until and first > self.until))


@dataclass
class SubmissionsIndex:
    """What was read of a company's index: `wanted` newest first; `listed` all 8-Ks, and 6-Ks where those are wanted; `gaps`.

    `also` are accession numbers that are wanted whenever they were filed. `company` is what the index says of the company.
    `passed_over` counts by kind what an option would have brought. `has_reports`: a periodic report or an earnings release is
    listed, of whatever day.
    """

    cik: str
    name: str = ""
    sic: str = ""
    wanted: list[IndexEntry] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    gaps: list[EdgarError] = field(default_factory=list)
    also: Set[str] = frozenset()
    company: KnownCompany | None = None
    passed_over: Counter[Extra] = field(default_factory=Counter)
    has_reports: bool = False

    @property
    def is_shell(self) -> bool:
        """Whether it seems to have no business of its own: a blank check by its SIC code, or neither releases nor reports."""
        return self.sic == BLANK_CHECK or not (self.wanted or self.passed_over or self.has_reports)


async def read_index(edgar: EdgarClient, cik: str, window: Window, also: Set[str] = frozenset()) -> SubmissionsIndex:
    """The filings of a company that a window wants, and those with the accession numbers `also`.

    Raises `EdgarError` where the index itself cannot be fetched. An older page that cannot be fetched is a gap.
    Older pages are fetched only where they may hold something that is wanted.
    """
    what = f"the filings of CIK {int(cik)}"
    try:
        body = await edgar.json(f"{edgar.settings.data_url}/submissions/CIK{cik}.json", what)
    except NotThereError as error:
        raise NotThereError("cik_unknown", f"CIK {int(cik)}: EDGAR knows no such company; check the number") from error
    index, recent, files = _opened(body, cik, what)
    index.also = also
    _add(index, recent, window, what)
    for name, first, last in _pages(index, files):
        if window.limit is not None and len(index.wanted) >= window.limit:
            break
        if window.meets(first, last):
            await _add_page(edgar, index, name, window)
    if len(index.wanted) > MOST_WANTED:
        reason = f"{what}: the index lists {len(index.wanted):,} of them, which no company has made; nothing was fetched"
        raise RefusedError("not_an_index", reason)
    index.wanted.sort(key=lambda one: (one.filed, one.accession), reverse=True)
    if window.limit is not None:
        del index.wanted[window.limit :]
    return index


async def _add_page(edgar: EdgarClient, index: SubmissionsIndex, name: str, window: Window) -> None:
    what = f"the older filings of CIK {int(index.cik)} ({name})"
    try:
        _add(index, await edgar.json(f"{edgar.settings.data_url}/submissions/{name}", what), window, what)
    except EdgarError as error:
        index.gaps.append(error)


def _opened(body: Any, cik: str, what: str) -> tuple[SubmissionsIndex, Any, Any]:
    """The index, its newest columns and its list of pages. Raises `RefusedError` for another company's, or no index."""
    filings = body.get("filings") if isinstance(body, dict) else None
    if not isinstance(filings, dict):
        raise RefusedError("not_an_index", f"{what}: the answer is no submissions index; nothing was fetched")
    said = str(body.get("cik", ""))
    if not (said.isascii() and said.isdigit()) or said.zfill(10) != cik:
        raise RefusedError("other_company", f"{what}: the answer is of CIK {said[:20]!r}, another company; nothing was fetched")
    index = SubmissionsIndex(cik, str(body.get("name") or ""), str(body.get("sic") or ""), company=company_facts(cik, body))
    return index, filings.get("recent"), filings.get("files") or []


def _pages(index: SubmissionsIndex, files: Any) -> list[tuple[str, date | None, date | None]]:
    """The older pages with their first and last day, newest first; one with an unexpected name is a gap."""
    pages = []
    if isinstance(files, list) and len(files) > MOST_PAGES:
        reason = f"CIK {int(index.cik)}: the index names {len(files):,} older pages, more than {MOST_PAGES}; none was asked for"
        index.gaps.append(RefusedError("page_refused", reason))
        return []
    for file in files if isinstance(files, list) else [files]:
        name = str(file.get("name", "")) if isinstance(file, dict) else ""
        found = _PAGE.fullmatch(name)
        if not found or found["cik"] != index.cik:
            index.gaps.append(RefusedError("page_refused", f"CIK {int(index.cik)}: an older page has the name {name[:80]!r}"))
            continue
        pages.append((name, _day(file.get("filingFrom")), _day(file.get("filingTo"))))
    return sorted(pages, key=lambda page: (page[2] or date.max, page[0]), reverse=True)


def _add(index: SubmissionsIndex, columns: Any, window: Window, what: str) -> None:
    """Add the rows of one page. Raises `RefusedError` for what is no page; a row that is no filing is a gap."""
    for row in _rows(columns, what):
        accession, form = str(row["accessionNumber"]), str(row["form"])
        index.has_reports |= form in PERIODIC_FORMS
        if form not in FORMS | FOREIGN_FORMS:
            continue
        filed = _day(row["filingDate"])
        if not is_accession(accession) or filed is None:
            index.gaps.append(
                RefusedError("row_refused", f"{what}: a row has the number {accession[:40]!r}, the day {row['filingDate']!r}")
            )
            continue
        if accession in index.listed:
            continue
        if form in FORMS or Extra.FOREIGN in window.extras:
            index.listed.add(accession)
        entry = IndexEntry(
            accession,
            form,
            filed,
            _day(row["reportDate"]),
            str(row["acceptanceDateTime"]),
            tuple(item.strip() for item in str(row["items"]).split(",") if item.strip()),
            row["size"] if isinstance(row["size"], int) else 0,
        )
        index.has_reports |= entry.is_earnings
        if not (window.has(filed) or accession in index.also):
            continue
        if entry.is_earnings or not window.extras.isdisjoint(entry.extras):
            index.wanted.append(entry)
        else:
            index.passed_over.update(entry.extras)


def _rows(columns: Any, what: str) -> list[Mapping[str, Any]]:
    lists = [columns.get(name) for name in _COLUMNS] if isinstance(columns, dict) else [None]
    if not all(isinstance(one, list) for one in lists) or len({len(one) for one in lists if one is not None}) != 1:
        raise RefusedError("not_an_index", f"{what}: has not the columns of a submissions index, or not equally long")
    return [dict(zip(_COLUMNS, row, strict=True)) for row in zip(*lists, strict=True)]


def _day(said: Any) -> date | None:
    try:
        return date.fromisoformat(said) if isinstance(said, str) and len(said) == 10 else None
    except ValueError:
        return None
