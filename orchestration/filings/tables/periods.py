"""Header words -> the period of each column.

Belongs here: durations, dates and years in header rows and titles, and how a header of two or three rows is spread over
the columns below it. Does not belong here: the fiscal quarter a period is (`orchestration/filings/fiscal.py`).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

from orchestration.filings.text.calendar import MONTHS

_NUMBER_WORDS: Final = {
    "three": 3, "six": 6, "nine": 9, "twelve": 12, "thirteen": 13, "fourteen": 14, "twenty-six": 26, "twenty-seven": 27,
    "thirty-nine": 39, "forty": 40, "fifty-two": 52, "fifty-three": 53,
}  # fmt: skip
_WEEKS_A_MONTH: Final = 52 / 12
_STRETCHES: Final = {"several": None, "half": 6, "quarter": 3, "year_long": 12}
"""Words for a stretch of months; of "three and nine months" nobody can say which column is which."""
TO_DATE: Final = -1
"""Months of a column headed "year to date": as many as have passed by then."""
_ORDINALS: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_LONE_MONTH_CHARS: Final = 12
"""In more words than this a lower-case "may" without a day is the verb."""
_MAX_SHARED: Final = 16
"""Columns up to which all ways to share them out among heads are weighed."""

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_TOKEN: Final = re.compile(
    rf"""(?P<several>\b(?:three|six|nine|quarter)\s+(?:months?\s+)?(?:and|&|or)\s+(?:the\s+)?
            (?:six|nine|twelve|year)[-\s](?:months?\b)?)
      | (?P<half>\b(?:half[- ]years?|six[- ]month\s+periods?|(?:first|second)\s+half|[HS][12](?=\s*(?:FY)?\s*['’]?\d))\b)
      | (?P<count>\b(?:{"|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)).replace("-", "[- ]")}|\d{{1,2}}))
            (?:\s*\(\d{{1,2}}\))?[\s-]*(?P<unit>months?|mos|weeks?|wks)\b
      | (?P<quarter>\b(?:(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)[-\s]+)?
            (?:fiscal\s+)?quarters?(?:ly)?(?:\s+period)?\b
          | \bQ(?P<q_number>[1-4])(?=\b|FY)|\b(?P<number_q>[1-4])Q(?=\b|\d\d\b|FY))
          (?:(?P<q_year>(?<=Q)\d\d\b)|\s?(?:['’]|FY\s?['’]?)(?P<q_year2>(?:19|20)?\d\d)\b)?
      | (?P<year_long>\b(?:fiscal\s+)?years?(?=\s+(?:then\s+)?end)|\bannual\b|\bfiscal\s+years?\b
          | \bfull[-\s]+(?:fiscal\s+)?year\b|\btwelve[-\s]month\b)
      | (?P<to_date>\byear[-\s]to[-\s]date\b|\bYTD\b)
      | (?P<numeric>\b(?P<nm>\d{{1,2}})[/-](?P<nd>\d{{1,2}})[/-](?P<ny>\d{{4}}|\d{{2}})\b)
      | (?P<eu_day>\b\d{{1,2}})[-\s](?P<eu_month>{_MONTH})\.?[-,\s]\s?(?P<eu_year>(?:19|20)\d\d|\d\d)\b
      | (?P<month>\b{_MONTH}\b)\.?,?\s*(?P<day>\d{{1,2}}\b)?(?:st|nd|rd|th)?(?:\s*,?\s*(?P<date_year>(?:19|20)\d\d)\b)?
      | (?P<year>\b(?:19|20)\d\d\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SPAN_TOLD: Final = re.compile(
    rf"\b(?:three|six|nine|twelve)[\s-]+months?\s+(?:period\s+)?end(?:ed|ing)\s+{_MONTH}\.?\s+\d{{1,2}},?\s+\d{{4}}",
    re.IGNORECASE,
)
_DAY_TOLD: Final = re.compile(rf"\b{_MONTH}\.?\s+\d{{1,2}},?\s+\d{{4}}\b", re.IGNORECASE)
_RESTATED: Final = re.compile(r"\b(?:as\s+)?(?:restated|revised)\b", re.IGNORECASE)
_AS_REPORTED: Final = re.compile(r"\bas\s+(?:previously\s+|originally\s+)?reported\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """A period, as much of it as is known: `months` 0 for an instant. `day` None means the last day of the month.

    `quarter` is the number of the fiscal quarter in whose end it ends, where that is how the header names it. `is_unsure` says
    that its head holds something in the place of a month, a year or a stretch that is none: nobody can say which it was.
    """

    months: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    is_restated: bool = False
    quarter: int | None = None
    is_unsure: bool = False

    @property
    def end(self) -> date | None:
        """The last day; None where month or year is not known or no such day exists."""
        if self.month is None or self.year is None:
            return None
        last = calendar.monthrange(self.year, self.month)[1]
        return date(self.year, self.month, self.day or last) if (self.day or last) <= last else None

    def filled_from(self, other: Period) -> Period:
        """The period with what it lacks taken from another; a date lacks its day only where it lacks its month."""
        has_month = self.month is not None
        return Period(
            self.months if self.months is not None else other.months,
            self.month if has_month else other.month,
            self.day if has_month else other.day,
            self.year if self.year is not None else other.year,
            self.is_restated or other.is_restated,
            self.quarter if self.quarter is not None else other.quarter,
            self.is_unsure or other.is_unsure,
        )


class Spot(NamedTuple):
    """A period found in a header, and where across the page it stands."""

    period: Period
    left: int
    right: int


def periods_in(text: str) -> list[Period]:
    """The periods a stretch of header names, in order; a second year repeats the words before it.

    "Third" alone in a cell is the first line of "Third Quarter".
    """
    return list(_periods_in(text))


@lru_cache(maxsize=16_384)
def _periods_in(text: str) -> tuple[Period, ...]:
    number = _ORDINALS.get(text.strip().lower())
    if number:
        return (Period(quarter=number),)
    found: list[Period] = []
    current = Period()
    for token in _TOKEN.finditer(text):
        if token["month"] == "may" and not token["day"] and len(text) > _LONE_MONTH_CHARS:
            continue
        piece = _piece(token)
        if _clashes(current, piece):
            found.append(current)
            is_year = piece.month is None and piece.months is None
            current = replace(current, year=None) if is_year else Period(current.months, quarter=current.quarter)
            current = piece.filled_from(current) if piece.months is None else piece
        else:
            current = current.filled_from(piece)
    if current != Period():
        found.append(current)
    return tuple(found)


def is_restated(text: str) -> bool:
    """Whether words over a column call its figures restated: "as restated", but not "as previously reported"."""
    return bool(_RESTATED.search(text)) and not _AS_REPORTED.search(text)


def _clashes(current: Period, piece: Period) -> bool:
    return (
        (piece.year is not None and current.year is not None)
        or (piece.quarter is not None and current.quarter is not None)
        or (piece.month is not None and current.month is not None)
        or (piece.months is not None and current.months is not None and current.month is not None)
    )


def _piece(token: re.Match[str]) -> Period:
    if token["count"]:
        return Period(months=_months(token["count"], token["unit"]))
    if token["quarter"]:
        return _quarter_piece(token)
    if token["to_date"]:
        return Period(months=TO_DATE)
    kind = token.lastgroup or ""
    return Period(months=_STRETCHES[kind]) if kind in _STRETCHES else _day_piece(token)


def _quarter_piece(token: re.Match[str]) -> Period:
    """A quarter, with its number ("third quarter", "Q3", "3Q") and year ("3Q10", "Q3 FY10") as far as they are told."""
    number = token["q_number"] or token["number_q"]
    quarter = int(number) if number else _ORDINALS.get((token["ordinal"] or "").lower())
    year = token["q_year"] or token["q_year2"]
    return Period(months=_STRETCHES["quarter"], year=_full_year(year) if year else None, quarter=quarter)


def _day_piece(token: re.Match[str]) -> Period:
    if token["numeric"]:
        month = int(token["nm"])
        return Period(None, month, int(token["nd"]), _full_year(token["ny"])) if 1 <= month <= 12 else Period()
    if token["eu_month"]:
        return Period(None, MONTHS[token["eu_month"].lower()], int(token["eu_day"]), _full_year(token["eu_year"]))
    if token["month"]:
        day, of_year = token["day"], token["date_year"]
        return Period(None, MONTHS[token["month"].lower()], int(day) if day else None, int(of_year) if of_year else None)
    return Period(year=int(token["year"]))


def _full_year(digits: str) -> int:
    """Two digits are a year of EDGAR's time: it began in 1993."""
    year = int(digits)
    return year if year > 99 else year + 2000 if year < 80 else year + 1900


def _months(count: str, unit: str) -> int | None:
    key = re.sub(r"[\s-]+", "-", count.lower())
    number = int(key) if key.isdigit() else _NUMBER_WORDS[key]
    if unit.lower().startswith("w"):
        number = round(number / _WEEKS_A_MONTH / 3) * 3
    return number if number in (1, 2, 3, 6, 9, 12) else None


def spread(rows: Sequence[Sequence[Spot]], count: int) -> list[Period] | None:
    """The period of each of `count` columns from header rows, top to bottom; None where the header cannot say.

    A row with one period a column gives it its own. A row with fewer heads the columns below it: those it lies over where
    each column lies under just one, else as many each in even shares, else the nearest. The lower row wins.
    """
    full = [row for row in rows if len(row) == count]
    if not full:
        return None
    below = full[-1]
    columns = [Period()] * count
    for row in reversed(_levels(rows, count, below[0].left)):
        heads = _heads(row, below, columns) if row else None
        if row and heads is None and any(period.is_unsure for period in columns):
            return [Period(is_unsure=True)] * count
        if heads is not None:
            over = [_head_of_quarters(row[at].period, columns, heads, at) for at in range(len(row))]
            columns = [period.filled_from(over[at]) for period, at in zip(columns, heads, strict=True)]
    return columns


def unborne(rows: Sequence[Sequence[Spot]], columns: Sequence[Period], left: int) -> list[Period]:
    """Heads before the first column, at `left`, that name a month or a stretch and no year, and were meant for some column.

    Those that no column bears, and those that make the dates over the columns as many as the columns: nobody knows which is
    whose. A title names the year too.
    """
    months = {period.month for period in columns} | {None}
    stretches = {period.months for period in columns} | {None}
    named = [spot.period for row in rows for spot in row if spot.right <= left and spot.period.year is None]
    days = [period for period in named if period.month]
    if any(len(row) + len(days) == len(columns) > len(row) and _name_months(row) for row in rows if _begins_at(row, left)):
        return days
    return [period for period in named if period.month not in months or period.months not in stretches]


def _begins_at(row: Sequence[Spot], left: int) -> bool:
    return bool(row) and row[0].right > left


def _name_months(row: Sequence[Spot]) -> bool:
    return all(spot.period.month for spot in row)


def _head_of_quarters(head: Period, columns: Sequence[Period], heads: Sequence[int], at: int) -> Period:
    """What a head says of the columns below it; its day is of none of them where they are quarters with different numbers."""
    quarters = {period.quarter for period, own in zip(columns, heads, strict=True) if own == at and period.quarter}
    return replace(head, month=None, day=None) if len(quarters) > 1 else head


def _levels(rows: Sequence[Sequence[Spot]], count: int, left: int) -> list[list[Spot]]:
    """Header rows with those made one that share a level: headings side by side that wrap over a different number of lines.

    What stands left of the first column, at `left`, is beside no head of it.
    """
    levels: list[list[Spot]] = []
    for row in rows:
        before = levels[-1] if levels else []
        is_part = before and len(before) + len(row) <= count and not any(spot.right <= left for spot in (*before, *row))
        if is_part and _name_durations([*before, *row]) and not _any_over(before, row):
            levels[-1] = sorted([*before, *row], key=lambda spot: spot.left)
        else:
            levels.append(list(row))
    return levels


def _name_durations(spots: Sequence[Spot]) -> bool:
    return all(spot.period.months is not None for spot in spots)


def _any_over(before: Sequence[Spot], row: Sequence[Spot]) -> bool:
    return any(one.left < other.right and other.left < one.right for one in before for other in row)


def _heads(row: Sequence[Spot], below: Sequence[Spot], columns: Sequence[Period]) -> list[int] | None:
    """For each column, which spot of a row heads it; None where two ways to share out the columns are as good.

    Where a column cannot be read, what it repeats is not known: only even shares are sure.

    `columns` are the periods as far as lower rows name them.
    """
    if len(row) == len(below):
        return list(range(len(below)))
    over = [[at for at, spot in enumerate(row) if spot.left < column.right and column.left < spot.right] for column in below]
    if all(len(found) == 1 for found in over) and len({found[0] for found in over}) == len(row):
        return [found[0] for found in over]
    if any(period.is_unsure for period in columns):
        return next(_shares(len(row), len(below))) if len(row) < len(below) and len(below) % len(row) == 0 else None
    ways = list(_shares(len(row), len(below))) if len(row) < len(below) <= _MAX_SHARED else []
    if not ways:
        return [min(range(len(row)), key=lambda at: abs(_middle(row[at]) - _middle(column))) for column in below]
    merit = [(_repeats(way, columns), _distance(way, row, below)) for way in ways]
    best = min(merit)
    told = {tuple(way) for way, own in zip(ways, merit, strict=True) if own == best}
    return ways[merit.index(best)] if len(told) == 1 or len(below) % len(row) == 0 else None


def _shares(heads: int, columns: int) -> Iterator[list[int]]:
    """The ways to share out columns among heads: in order, at least one each; even shares first."""
    if columns % heads == 0:
        yield [at * heads // columns for at in range(columns)]
    for cuts in combinations(range(1, columns), heads - 1):
        yield [sum(cut <= at for cut in cuts) for at in range(columns)]


def _repeats(way: Sequence[int], columns: Sequence[Period]) -> int:
    """How many columns say under one head what another says there: no head has the same period twice.

    Two days of one month are one period, and one of them is misprinted.
    """
    said = [(head, replace(period, day=None)) for head, period in zip(way, columns, strict=True) if period != Period()]
    return len(said) - len(set(said))


def _distance(way: Sequence[int], row: Sequence[Spot], below: Sequence[Spot]) -> float:
    """How far heads lie from the middle, or else from the first, of the columns they are given.

    Heads in the first places, one after the other, are a mere list: their places say nothing.
    """
    if all(spot.right - spot.left == 1 and spot.left == below[0].left + at for at, spot in enumerate(row)):
        return 0.0
    total = 0.0
    for head, spot in enumerate(row):
        own = [column for column, given in zip(below, way, strict=True) if given == head]
        middle = (own[0].left + own[-1].right) / 2
        total += min(abs(_middle(spot) - middle), abs(spot.left - own[0].left))
    return total


def _middle(spot: Spot) -> float:
    return (spot.left + spot.right) / 2


def spans_told(texts: Iterable[str]) -> dict[date, set[int]]:
    """For each last day that prose names with a stretch of months ("the six months ended July 31, 2000"), those stretches."""
    told: dict[date, set[int]] = {}
    for text in texts:
        for found in _SPAN_TOLD.finditer(text) if "onths" in text else ():
            for period in periods_in(found.group()):
                if period.end and period.months:
                    told.setdefault(period.end, set()).add(period.months)
    return told


def days_named(texts: Iterable[str]) -> Iterator[date]:
    """The days that prose names in full ("July 31, 2000")."""
    for text in texts:
        for found in _DAY_TOLD.finditer(text):
            yield from (period.end for period in periods_in(found.group()) if period.end)
