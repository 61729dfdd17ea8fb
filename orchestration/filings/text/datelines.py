"""The day on which a release came out, as it prints it.

Belongs here: datelines, and the days on which a text says that periods ended, which are none. Does not belong here: what dates
in words mean (`dates.py`), which company a dateline leads to (`cover.py`), the date of a header.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Final

from orchestration.filings.text.dates import ends_in

DATELINE_CHARS: Final = 4_000
_DAY: Final = (
    r"(?:[A-Z][A-Za-z]{2,8}\.? {1,3}\d{1,2}(?:st|nd|rd|th)?(?: ?, {0,3}| )\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th)? [A-Z][A-Za-z]{2,8}\.?,? \d{4}|20\d\d-\d\d-\d\d)(?!\d)"
)
_AS_WRITTEN: Final = re.compile(
    r"(?P<month>[A-Z][a-z]+\.?) {1,3}(?P<day>\d{1,2})(?:st|nd|rd|th)? ?,? {0,3}(?P<year>\d{4})"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)? (?P<month2>[A-Z][a-z]+\.?),? (?P<year2>\d{4})",
    re.IGNORECASE,
)
_SLASHED: Final = r"\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)"
_BARE: Final = r"[\s*_#>|]{0,12}"
DATELINE: Final = re.compile(
    rf"^{_BARE}[A-Z][^\n\d]{{2,90}}(?:[,–—/-]|\)){_BARE}(?P<date>{_DAY}|{_SLASHED}){_BARE}(?=[-–—/(:]|\Z)",
    re.MULTILINE,
)
_DATELINE_OF_NO_YEAR: Final = re.compile(
    rf"^{_BARE}[A-Z][^\n\d]{{2,90}}[,–—-]{_BARE}(?P<date>[A-Z][A-Za-z]{{2,8}}\.? \d{{1,2}}){_BARE}(?=/[A-Z]|\([A-Z])",
    re.MULTILINE,
)
_ALONE: Final = re.compile(
    rf"^{_BARE}(?:(?:dated?|released?|issued)\s*:?\s{{0,3}})?(?P<date>{_DAY}){_BARE}$",
    re.MULTILINE | re.IGNORECASE,
)
_NO_DATELINE_BEFORE: Final = re.compile(
    r"\b(?:end(?:ed|ing|s)|of|at|for|from|on|by|to|until|since|through|and|or|than|in|the)[\s,*_]*\Z", re.IGNORECASE
)
_ANY_DAY: Final = re.compile(f"(?P<date>{_DAY})")
_ENDED: Final = re.compile(rf"\bended\s{{1,3}}(?:on\s)?(?P<date>{_DAY})", re.IGNORECASE)


def ended_days(text: str) -> set[date]:
    """The days on which a text says that periods ended."""
    return {day for _, day in _days(_ENDED.finditer(text))}


def released_on(text: str) -> date | None:
    """The day of the dateline after a city; None where none is. No period that a release reports ends later."""
    top = text[:DATELINE_CHARS]
    ended = ended_days(top)
    return next((day for _, day in _days(DATELINE.finditer(top)) if day not in ended), None)


def dateline(head: str, period_ends: Collection[date], *, is_below_cover: bool) -> date | None:
    """The date of a release; where a cover stands before it, one after a city further down."""
    below = _days(DATELINE.finditer(head)) if is_below_cover else ()
    return next((day for _, day in chain(datelines(head[:DATELINE_CHARS]), below) if day not in period_ends), None)


def datelines(top: str) -> Iterator[tuple[int, date]]:
    """The dates that may be a release's own, each with its end: after a city, then alone on a line, then those of no period.

    A release comes out after the period it reports: no end of a period is a dateline, and a day before one only after a city.
    """
    ended = ended_days(top)
    after_city = (one for one in _days(DATELINE.finditer(top)) if one[1] not in ended)
    of_no_year = _first_after(max(ended), _DATELINE_OF_NO_YEAR.search(top)) if ended else ()
    of_no_period = (one for one in _ANY_DAY.finditer(top) if not _NO_DATELINE_BEFORE.search(top[: one.start()][-20:]))
    later = (one for one in chain(_days(_ALONE.finditer(top)), _days(of_no_period)) if one[1] > max(ended, default=date.min))
    return chain(after_city, of_no_year, later)


def _first_after(ended: date, found: re.Match[str] | None) -> Iterator[tuple[int, date]]:
    """The first day after a period's end that fits a date printed without a year, as wires print it."""
    if found:
        days = (day for year in (ended.year, ended.year + 1) for day in ends_in(f"{found['date']}, {year}"))
        yield from ((found.end("date"), day) for day in days if day > ended)


def _days(found: Iterable[re.Match[str]]) -> Iterator[tuple[int, date]]:
    for match in found:
        yield from ((match.end("date"), day) for day in _day(match["date"])[:1])


def _day(written: str) -> Sequence[date]:
    """The day that is written so; none where there is no such day."""
    if written[:4].isdigit():
        try:
            return [date.fromisoformat(written)]
        except ValueError:
            return []
    found = _AS_WRITTEN.fullmatch(written)
    if found is None:
        return ends_in(written)
    return ends_in(f"{found['month'] or found['month2']} {found['day'] or found['day2']}, {found['year'] or found['year2']}")
