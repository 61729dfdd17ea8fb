"""Dates, years and durations in words -> periods, each as far as the words say.

Belongs here: what such words mean in a header, a title or a date line. Does not belong here: which column they head
(`tables/heads.py`), words that refer to other periods (`narrative/periods.py`), the fiscal quarter of a filing (`fiscal.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from orchestration.filings.text.calendar import (
    ANY_NUMBER_WORD,
    MONTH,
    MONTHS,
    NUMBER_WORD,
    ORDINAL,
    ORDINALS,
    full_year,
    month_end,
    months_of,
)
from orchestration.filings.text.words import parted

_STRETCHES: Final = {"several": None, "half": 6, "quarter": 3, "year_long": 12}
"""Durations in months. Of "three and nine months" it is unclear which column has which."""
TO_DATE: Final = -1
"""Months of a column headed "year to date", whose length is not printed."""
_LONE_MONTH_CHARS: Final = 12
"""In a longer text a lower-case "may" without a day is the verb."""

_MONTHS: Final = 12
_NUMBERS: Final = r"\b(?P<nm>\d{1,2})(?P<separator>[/-])(?P<nd>\d{1,2})(?P=separator)(?P<ny>\d{4}|\d{2})\b"
_NUMERIC: Final = re.compile(_NUMBERS)
_POINTED: Final = r"(?P<p_day>1[3-9]|2\d|3[01])\.\s?(?P<p_month>0?[1-9]|1[0-2])\.\s?(?P<p_year>(?:19|20)\d\d)\b"
"""A day with points names the day before the month; one that could be a month is left alone."""
_TOKEN: Final = re.compile(
    rf"""(?P<several>\b(?:three|six|nine|quarter)\s+(?:months?\s+)?(?:and|&|or)\s+(?:the\s+)?
            (?:six|nine|twelve|year)[-\s](?:months?\b)?)
      | (?P<half>\b(?:half[- ]years?|six[- ]month\s+periods?|(?:first|second)\s+half|[HS][12](?=\s*(?:FY)?\s*'?\d))\b)
      | (?P<count>\b(?:{ANY_NUMBER_WORD}|\d{{1,2}}))(?:\s*\(\d{{1,2}}\))?[\s-]*(?P<unit>months?|mos|weeks?|wks)\b
      | \bQ1\s?[-–—]\s?Q(?P<to_quarter>[2-4])\b
      | (?P<quarter>(?<!\bby\s)\b(?:(?P<ordinal>{ORDINAL})[-\s]+)?
            (?:fiscal\s+)?(?:quarters?(?:ly)?|qtrs?\.?)(?:\s+period)?(?!\w)
          | \bQ(?P<q_number>[1-4])(?=\b|FY)|\b(?P<number_q>[1-4])Q(?=\b|\d\d\b|FY))
          (?:(?P<q_year>(?<=Q)\d\d\b)|\s?(?:'|FY\s?'?)(?P<q_year2>(?:19|20)?\d\d)\b)?
      | (?P<year_long>\b(?:fiscal\s+)?years?(?=\s+(?:then\s+)?end|\s+to\b(?![-\s]+date\b))|\bannual\b|\bfiscal\s+years?\b
          | \bfull[-\s]+(?:fiscal\s+)?year\b|\btwelve[-\s]month\b)
      | (?P<to_date>\byear[-\s]to[-\s]date\b|\bYTD\b(?:[^\S\n]?(?:FY\s?)?['’]?(?P<to_date_year>(?:19|20)?\d\d)\b)?)
      | \bFY\s?'?(?P<fiscal_year>(?:19|20)?\d\d)\b
      | (?P<from_number>\b(?:1[0-2]|0?[1-9]))\s?[-–]\s?(?P<to_number>1[0-2]|0?[1-9])\s?/\s?(?P<number_year>(?:19|20)\d\d)\b
      | (?P<numeric>{_NUMBERS})
      | (?P<pointed>(?<![\d.,])(?:0?1\.\s?(?P<p_first>0?[1-9]|1[0-2])\.\s?(?:(?:19|20)\d\d)?\s?[-–—]\s?)?{_POINTED})
      | (?P<eu_day>\b\d{{1,2}})[-\s](?P<eu_month>{MONTH})\.?[-,\s]\s?(?P<eu_year>(?:19|20)\d\d|\d\d)\b
      | (?P<first_month>\b{MONTH})\.?\s?(?:[-–—]|to|through)\s?(?P<last_month>{MONTH}\b)(?!\.?\s?\d{{1,2}}\b)
          (?:\.?,?\s?(?P<range_year>(?:19|20)\d\d)\b)?
      | \b(?P<leap_month>feb(?:ruary)?)\.?\s2[89](?:,?\s?/\s?|,?\s(?:and|or)\s)2[89]\b(?:,?\s?(?P<leap_year>(?:19|20)\d\d)\b)?
      | (?P<month>\b{MONTH}\b)\.?,?\s*(?P<day>\d{{1,2}}\b)?(?:st|nd|rd|th)?
          (?:\s*,?\s*['’]?(?P<date_year>(?:19|20)\d\d|(?<=['’])\d\d)\b)?
      | (?P<year>\b(?:19|20)\d\d\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_UP_TO: Final = re.compile(r"(?:\bQ[1-4]|\b[1-4]Q) $")
"""A quarter in short right before "YTD" is the last one of it; in full ("3rd Quarter  Year-to-Date") it is another head."""
_CUE: Final = re.compile(
    r"\d|months?\b|mos\b|we?e?ks?\b|quarter|qtr|year|annual|half|to.date|ytd|(?:\b|(?<=[a-z]))" + MONTH, re.IGNORECASE
)
"""Without one of these no words name a day, year or stretch: a quick look before a thorough one."""
_DAY: Final = rf"{MONTH}\.?\s+\d{{1,2}},?\s+\d{{4}}"
_SPAN_TOLD: Final = re.compile(rf"\b{NUMBER_WORD}[\s-]+months?\s+(?:period\s+)?end(?:ed|ing)\s+{_DAY}", re.IGNORECASE)
_FIRST_DAY: Final = re.compile(
    rf"\b(?P<month>{MONTH})\.?\s+(?P<day>\d{{1,2}})(?:,?\s+(?P<year>(?:19|20)\d\d))?\s*(?:\([^()]{{1,40}}\)\s*)?"
    r"(?:to|through|thru|until|-)\s",
    re.IGNORECASE,
)
_DAYS_A_WEEK: Final = 7
_LEAST_WEEKS: Final = 12
_DAYS_A_MONTH: Final = 365 / 12
_MOST_OFF: Final = 4
"""Calendar quarters and years differ from their mean by so many days at most."""
_DAY_TOLD: Final = re.compile(rf"\b{_DAY}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedPeriod:
    """A period as far as it is known. `months` is 0 for an instant; `day` None is the last day of the month.

    `quarter` is the number of the fiscal quarter it ends with, where the header names it so. `is_unsure` says that the header
    has an unreadable word where a month, a year or a duration must stand.
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
        """The last day; None where month or year is unknown or no such day exists."""
        if self.month is None or self.year is None:
            return None
        last = month_end(self.year, self.month)
        return last.replace(day=self.day or last.day) if (self.day or 0) <= last.day else None

    @property
    def shown(self) -> str:
        """What is known of it, for a trace."""
        quarter = f"Q{self.quarter}" if self.quarter else ""
        day = self.end or "-".join(f"{part:02}" for part in (self.year, self.month, self.day) if part is not None)
        months = f"{self.months}m" if self.months else ""
        marks = "restated" * self.is_restated, "unsure" * self.is_unsure
        return " ".join(filter(None, (str(day), quarter, months, *marks))) or "none"

    def filled_from(self, other: PrintedPeriod) -> PrintedPeriod:
        """The period with what it lacks taken from another; the day is taken only along with the month."""
        has_month = self.month is not None
        return PrintedPeriod(
            self.months if self.months is not None else other.months,
            self.month if has_month else other.month,
            self.day if has_month else other.day,
            self.year if self.year is not None else other.year,
            self.is_restated or other.is_restated,
            self.quarter if self.quarter is not None else other.quarter,
            self.is_unsure or other.is_unsure,
        )


class Phrase(NamedTuple):
    """A period that words name, the words that name it alone, and their span in the text, parted where it ran together."""

    period: PrintedPeriod
    words: str
    start: int
    end: int


def periods_in(text: str) -> list[PrintedPeriod]:
    """The periods that header words name, in order; a second year repeats the words before it.

    "Third" alone in a cell is the first line of "Third Quarter".
    """
    return [phrase.period for phrase in phrases_in(text)]


def date_words(text: str) -> Iterator[Phrase]:
    """The days, years and stretches that words name, each by itself: "June 30, 2023" is a day and a year."""
    text = parted(text)
    for token in _TOKEN.finditer(text):
        if token["month"] == "may" and not token["day"] and len(text) > _LONE_MONTH_CHARS:
            continue
        piece = _piece(token)
        if token["month"] and piece.year:
            day = token.start(), token.start("date_year")
            yield Phrase(replace(piece, year=None), text[slice(*day)], *day)
            yield Phrase(PrintedPeriod(year=piece.year), token["date_year"], *token.span("date_year"))
        else:
            yield Phrase(piece, token.group(), *token.span())


def without_dates(text: str) -> str:
    """The words that are left of a text without those of its days, years and stretches."""
    return _TOKEN.sub(" ", parted(text))


def ends_in(text: str) -> list[date]:
    """The last days of the periods that words name, as far as they are known."""
    return [end for phrase in phrases_in(text) if (end := phrase.period.end)]


@lru_cache(maxsize=16_384)
def phrases_in(text: str) -> tuple[Phrase, ...]:
    """The periods that header words name, each with its words; see `periods_in`."""
    number = ORDINALS.get(text.strip().lower())
    if number:
        return (Phrase(PrintedPeriod(quarter=number), text, 0, len(text)),)
    if not _CUE.search(text):
        return ()
    text = parted(text)
    found: list[Phrase] = []
    current, start, end = PrintedPeriod(), 0, 0
    for token in _TOKEN.finditer(text):
        if token["month"] == "may" and not token["day"] and len(text) > _LONE_MONTH_CHARS:
            continue
        piece = _piece(token)
        if current == PrintedPeriod():
            start = token.start()
        if _clashes(current, piece):
            found.append(Phrase(current, text[start:end], start, end))
            start = token.start()
            is_year = piece.month is None and piece.months is None
            current = replace(current, year=None) if is_year else PrintedPeriod(current.months, quarter=current.quarter)
            current = piece.filled_from(current) if piece.months is None else piece
        else:
            is_up_to = piece.months == TO_DATE and _UP_TO.search(text, start, token.start())
            current = current.filled_from(piece)
            current = replace(current, months=TO_DATE) if is_up_to else current
        end = token.end()
    if current != PrintedPeriod():
        found.append(Phrase(current, text[start:end], start, end))
    return tuple(found)


def _clashes(current: PrintedPeriod, piece: PrintedPeriod) -> bool:
    return (
        (piece.year is not None and current.year is not None)
        or (piece.quarter is not None and current.quarter is not None)
        or (piece.month is not None and current.month is not None)
        or (piece.months is not None and current.months is not None and current.month is not None)
    )


def _piece(token: re.Match[str]) -> PrintedPeriod:
    if token["count"]:
        return PrintedPeriod(months=months_of(token["count"], token["unit"]))
    if token["quarter"]:
        return _quarter_piece(token)
    if token["to_date"]:
        year = token["to_date_year"]
        return PrintedPeriod(months=TO_DATE, year=full_year(year) if year else None)
    if token["to_quarter"]:
        return PrintedPeriod(months=3 * int(token["to_quarter"]), quarter=int(token["to_quarter"]))
    if token["fiscal_year"]:
        return PrintedPeriod(year=full_year(token["fiscal_year"]))
    kind = token.lastgroup or ""
    return PrintedPeriod(months=_STRETCHES[kind]) if kind in _STRETCHES else _day_piece(token)


def _quarter_piece(token: re.Match[str]) -> PrintedPeriod:
    """A quarter, with its number ("third quarter", "Q3", "3Q") and year ("3Q10", "Q3 FY10") if printed."""
    number = token["q_number"] or token["number_q"]
    quarter = int(number) if number else ORDINALS.get((token["ordinal"] or "").lower())
    year = token["q_year"] or token["q_year2"]
    return PrintedPeriod(months=_STRETCHES["quarter"], year=full_year(year) if year else None, quarter=quarter)


def _day_piece(token: re.Match[str]) -> PrintedPeriod:
    if token["from_number"]:
        last = int(token["to_number"])
        return PrintedPeriod((last - int(token["from_number"])) % _MONTHS + 1, last, None, int(token["number_year"]))
    if token["numeric"]:
        first, second = int(token["nm"]), int(token["nd"])
        number, own = (second, first) if first > _MONTHS else (first, second)
        return PrintedPeriod(None, number, own, full_year(token["ny"])) if 1 <= number <= _MONTHS else PrintedPeriod()
    if token["pointed"]:
        last = int(token["p_month"])
        months = (last - int(token["p_first"])) % _MONTHS + 1 if token["p_first"] else None
        return PrintedPeriod(months, last, int(token["p_day"]), int(token["p_year"]))
    if token["eu_month"]:
        return PrintedPeriod(None, MONTHS[token["eu_month"].lower()], int(token["eu_day"]), full_year(token["eu_year"]))
    return _month_piece(token) if token["year"] is None else PrintedPeriod(year=int(token["year"]))


def _month_piece(token: re.Match[str]) -> PrintedPeriod:
    if token["first_month"]:
        first, last = MONTHS[token["first_month"].lower()], MONTHS[token["last_month"].lower()]
        of_year = token["range_year"]
        return PrintedPeriod((last - first) % 12 + 1, last, None, int(of_year) if of_year else None)
    if token["leap_month"]:
        return PrintedPeriod(None, 2, None, int(token["leap_year"]) if token["leap_year"] else None)
    day, of_year = token["day"], token["date_year"]
    return PrintedPeriod(
        None, MONTHS[token["month"].lower()], int(day) if day else None, full_year(of_year) if of_year else None
    )


def day_comes_first(text: str) -> bool | None:
    """Whether dates in figures name the day before the month; None where nothing tells.

    Those tell that can be read one way only, and several that all fall on one weekday read one way only, as the ends of fiscal
    years of weeks do.
    """
    numbers = [(int(found["nm"]), int(found["nd"]), full_year(found["ny"])) for found in _NUMERIC.finditer(text)]
    sure = {first > _MONTHS for first, second, _ in numbers if (first > _MONTHS) != (second > _MONTHS)}
    if sure:
        return sure.pop() if len(sure) == 1 else None
    days = [{_day(first, second, year) for first, second, year in numbers}, {_day(b, a, year) for a, b, year in numbers}]
    on_one = [None not in read and len(read) > 1 and len({day.weekday() for day in read if day}) == 1 for read in days]
    return on_one[1] if on_one[0] != on_one[1] else None


def _day(month: int, day: int, year: int) -> date | None:
    return date(year, month, day) if 1 <= month <= _MONTHS and 1 <= day <= _MONTHS else None


def unsure_days(text: str) -> set[tuple[date, date]]:
    """The dates in figures that can be read two ways, each with the month first and with the day first."""
    found = set[tuple[date, date]]()
    for printed in _NUMERIC.finditer(text):
        month, day, year = int(printed["nm"]), int(printed["nd"]), full_year(printed["ny"])
        if month != day and 1 <= month <= _MONTHS and 1 <= day <= _MONTHS:
            found.add((date(year, month, day), date(year, day, month)))
    return found


def durations_in_prose(texts: Iterable[str]) -> dict[date, set[int]]:
    """For each last day that prose names with a duration ("the six months ended July 31, 2000"), the durations."""
    told: dict[date, set[int]] = {}
    for text in texts:
        for found in _SPAN_TOLD.finditer(text) if "onths" in text else ():
            for period in periods_in(found.group()):
                if period.end and period.months:
                    told.setdefault(period.end, set()).add(period.months)
    return told


def with_first_day(period: PrintedPeriod, text: str) -> PrintedPeriod:
    """The period with the months from the first day that its words name ("August 16 to September 30, 2007").

    Unsure where they are no number of whole months or weeks: such a stretch is no quarter, half or year.
    """
    found = _FIRST_DAY.search(text)
    if found is None or period.end is None:
        return period
    month, day = MONTHS[found["month"].lower()], int(found["day"])
    is_of_last_year = (month, day) > (period.end.month, period.end.day)
    first = PrintedPeriod(0, month, day, int(found["year"] or period.end.year - is_of_last_year)).end
    days = (period.end - first).days + 1 if first else 0
    months, weeks = round(days / _DAYS_A_MONTH), days // _DAYS_A_WEEK
    if weeks >= _LEAST_WEEKS and days % _DAYS_A_WEEK == 0:
        return replace(period, months=months_of(str(weeks), "weeks"))
    is_whole = months > 0 and abs(days - months * _DAYS_A_MONTH) <= _MOST_OFF
    return replace(period, months=months) if is_whole else replace(period, is_unsure=True)


def days_in_prose(texts: Iterable[str]) -> Iterator[date]:
    """The days that prose names in full ("July 31, 2000")."""
    for text in texts:
        for found in _DAY_TOLD.finditer(text):
            yield from ends_in(found.group())
