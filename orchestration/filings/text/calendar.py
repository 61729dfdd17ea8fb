"""The calendar: months, quarters, weeks, fiscal years, and which days end the same period.

Belongs here: what holds of any calendar, and the words and numbers of its parts. Does not belong here: what words of a header
(`dates.py`) or a sentence (`narrative/periods.py`, `compounds/time_expressions.py`) mean.

The fragments of regular expressions (`MONTH`, `ORDINAL`, `NUMBER_WORD`, `COUNT`) are non-capturing groups, for patterns in
lower case or with IGNORECASE.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

MONTH_NAMES: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTHS: Final = {word: number for number, name in enumerate(MONTH_NAMES, 1) for word in (name, name[:3])} | {"sept": 9}
"""The months by their names and usual abbreviations, in lower case."""
MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
"""A word of `MONTHS`."""

ORDINALS: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
"""The numbers of quarters."""
ORDINAL: Final = f"(?:{'|'.join(ORDINALS)})"

NUMBER_WORDS: Final = {
    "three": 3, "six": 6, "nine": 9, "twelve": 12, "thirteen": 13, "fourteen": 14, "twenty-six": 26, "twenty-seven": 27,
    "thirty-nine": 39, "forty": 40, "fifty-two": 52, "fifty-three": 53,
}  # fmt: skip
"""The months or weeks of a period, in words."""
NUMBER_WORD: Final = f"(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True)).replace('-', '[- ]')})"
COUNT: Final = f"(?:{NUMBER_WORD}|{'|'.join(map(str, sorted(NUMBER_WORDS.values(), reverse=True)))})"
"""The months or weeks of a period, in words or digits."""

_OTHER_NUMBER_WORDS: Final = {
    "one": 1, "two": 2, "four": 4, "five": 5, "seven": 7, "eight": 8, "ten": 10, "eleven": 11, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "twenty-four": 24, "twenty-five": 25, "twenty-eight": 28, "thirty-six": 36,
}  # fmt: skip
_ANY_NUMBER: Final = NUMBER_WORDS | _OTHER_NUMBER_WORDS
ANY_NUMBER_WORD: Final = f"(?:{'|'.join(sorted(_ANY_NUMBER, key=len, reverse=True)).replace('-', '[- ]')})"
"""Any number of months or weeks, for headers: a stretch that is no quarter must not be taken for one."""

YEAR: Final = re.compile(r"(?:19|20)\d\d")
"""A year as releases print it."""
LATEST_EARLY_MONTH: Final = 2
"""A fiscal year that ends in January or February may be named after the calendar year it began in."""
_WEEKS_A_QUARTER: Final = 13
_WEEKS_OF_QUARTERS: Final = frozenset({*range(12, 18), *range(24, 31), *range(36, 43), *range(51, 55)})
"""The weeks of one quarter, two, three and four: of 12 to 14 each, one of them of 16 or 17 where the others have 12."""
_LAST_OF_THIS_CENTURY: Final = 79
_FARTHEST_YEARS: Final = 20


class DaysApart(IntEnum):
    """The most days between two last days of one period, by the cause of the difference."""

    MONTH_END = 7
    """One is the last day of a month, or was computed in months; the other, of a 52/53-week year, is within a week of it."""
    YEARS = 10
    """They are whole years apart, and each may be within a week of the last day of a month."""
    QUARTER = 39
    """They end the same quarter, one of them misprinted: no two quarters of a release end so close to each other."""


def same_period(one: date, other: date, within: DaysApart) -> bool:
    """Whether two last days are of one period."""
    return abs((one - other).days) <= within


def months_of(count: str, unit: str) -> int:
    """The months of a count of months or weeks (by the first letter of `unit`), in words of `ANY_NUMBER_WORD` or digits.

    Weeks that one to four fiscal quarters may have are those quarters: 12, 13, 14 and 16 are 3 months, 26 are 6, 52 and 53 are
    12. All other weeks are the whole months that they hold, one at the least: four weeks are a month, eight are no quarter.
    """
    key = re.sub(r"[\s-]+", "-", count.lower())
    number = int(key) if key.isdigit() else _ANY_NUMBER[key]
    if unit[0] not in "wW":
        return number
    quarters = round(number / _WEEKS_A_QUARTER)
    return 3 * quarters if number in _WEEKS_OF_QUARTERS else max(number * 7 * 12 // 365, 1)


def full_year(digits: str) -> int:
    """A year from all or the last two of its digits; two digits are 1980 to 2079."""
    year = int(digits)
    return year if year > 99 else year + 2000 if year <= _LAST_OF_THIS_CENTURY else year + 1900


@lru_cache(maxsize=4_096)
def month_end(year: int, month: int) -> date:
    """The last day of a month. Raises ValueError where there is no such month."""
    return date(year, month, monthrange(year, month)[1])


def is_month_end(day: date) -> bool:
    """Whether a day is the last of its month."""
    return day == month_end(day.year, day.month)


def add_months(day: date, months: int) -> date:
    """The day some months later or earlier; from the last day of a month, the last day of a month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = month_end(year, month + 1)
    return last if is_month_end(day) or day.day > last.day else last.replace(day=day.day)


def months_between(earlier: date, later: date) -> int:
    """The number of months from the month of one day to that of another."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def nominal_end(day: date) -> date:
    """The last day of the month that names a period: a 52/53-week year may end it up to a week into the next month."""
    if day.day <= DaysApart.MONTH_END:
        return day.replace(day=1) - timedelta(days=1)
    return month_end(day.year, day.month)


def year_end_after(end: date, quarter: int) -> date:
    """The last day of the month that ends the fiscal year in which a quarter ends on a day."""
    return add_months(nominal_end(end), (4 - quarter) * 3)


def fiscal_year_and_quarter(end: date, year_end: str) -> tuple[int, int]:
    """Fiscal year and quarter of the last day of a period, by the `MM-DD` of the fiscal year end.

    The year is named after the calendar year it ends in.
    """
    end, last_month = nominal_end(end), int(year_end[:2])
    return end.year + (end.month > last_month), (end.month - last_month - 1) % 12 // 3 + 1


class ReportingPeriod(NamedTuple):
    """A period by its last day; `months` is 0 for an instant."""

    end: date
    months: int

    def moved(self, months: int) -> ReportingPeriod:
        """The period of the same length that ends some months later or earlier."""
        return self._replace(end=add_months(self.end, months))


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """The fiscal quarter that a filing reports, from which all others are counted in months; None for what is unknown.

    With `looks_ahead`, words without a year mean the next such time after the filing's quarter, not the last one before.
    """

    period_end: date | None = None
    fiscal_year: int | None = None
    fiscal_quarter: int | None = None
    is_calendar_year: bool = False
    looks_ahead: bool = False

    @property
    def current(self) -> ReportingPeriod | None:
        """The quarter that the filing reports; looking ahead, the one after it."""
        if self.period_end is None:
            return None
        return ReportingPeriod(self.period_end, 3).moved(3 if self.looks_ahead else 0)

    def quarter(self, year: int | None, quarter: int, months: int = 3) -> ReportingPeriod | None:
        """A fiscal quarter, or the `months` that end with it; without a year, the next or last; None if unknown or far off."""
        if self.period_end is None or self.fiscal_year is None or self.fiscal_quarter is None:
            return None
        if year is None:
            ahead, behind = quarter <= self.fiscal_quarter, quarter > self.fiscal_quarter
            year = self.fiscal_year + (ahead if self.looks_ahead else -behind)
        steps = (year - self.fiscal_year) * 4 + quarter - self.fiscal_quarter
        return ReportingPeriod(self.period_end, months).moved(steps * 3) if abs(steps) < 4 * _FARTHEST_YEARS else None

    def fiscal_year_of(self, day: date) -> int | None:
        """The fiscal year of a day; None where the filing's own is unknown."""
        if self.period_end is None or self.fiscal_year is None or self.fiscal_quarter is None:
            return None
        year_end = add_months(self.period_end, (4 - self.fiscal_quarter) * 3)
        return self.fiscal_year + -(-months_between(year_end, day) // 12)

    def in_year(self, period: ReportingPeriod, year: int) -> ReportingPeriod | None:
        """The same part of another fiscal year; None as in `quarter`."""
        own = self.fiscal_year_of(period.end)
        return period.moved((year - own) * 12) if own is not None and abs(year - own) < _FARTHEST_YEARS else None
