"""Columns headed by the number of a fiscal quarter -> columns with a date.

Belongs here: what a filing says of its fiscal calendar, and the last day of a column that is headed only "Third Quarter 2010"
or "3Q10". Does not belong here: what header words mean (`text/dates.py`), the fiscal quarter that a filing reports
(`orchestration/filings/fiscal.py`).

A quarter has a date only where the filing proves it: its words, its columns or its headline state the fiscal calendar without
contradiction, and the last column falls on a day that the filing names, or, where no statement names any and a sentence says
with which month the years end, it ended not long before the day of the release. Quarters of a 52-week year have no rule for
their days: each has the one day near the end of its month that the filing prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from orchestration.filings.fiscal import fiscal_period
from orchestration.filings.text.calendar import LATEST_EARLY_MONTH, ORDINAL, DaysApart, is_month_end, nominal_end, same_period
from orchestration.filings.text.datelines import released_on
from orchestration.filings.text.dates import TO_DATE, PrintedPeriod, periods_in

_DAY: Final = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+[A-Z][a-z]{2,8}\s+\d{4})"
_QUARTER_ENDED: Final = re.compile(
    rf"\b(?P<quarter>{ORDINAL}|Q[1-4]|[1-4]Q)\b(?P<between>[^.;:]{{0,80}}?)\bend(?:ed|ing|s)\s+(?:on\s+)?(?P<day>{_DAY})",
    re.IGNORECASE,
)
_STRETCH_ENDED: Final = re.compile(
    rf"\b(?P<stretch>six[\s-]+months?|nine[\s-]+months?|twelve[\s-]+months?|years?)\s+(?:period\s+)?end(?:ed|ing)\s+(?:on\s+)?(?P<day>{_DAY})",
    re.IGNORECASE,
)
_YEAR_END_FACT: Final = re.compile(r"FISCAL YEAR END:\s*(?P<month>\d\d)(?P<day>\d\d)")
_HEADER_CHARS: Final = 8_000
_QUARTER: Final = 3
_DAYS_TO_REPORT: Final = 90
"""A quarter is reported before the next one ends; an annual report is due within 90 days (Form 10-K, general instruction A)."""
_ANY_YEAR: Final = 2000
"""A leap year: a year that ends on February 29 ends with its month."""


@dataclass(frozen=True, slots=True)
class YearEndEvidence:
    """What a filing says of its fiscal year: the month it ends in, and the year and month of each month end that it names.

    `days` are the days that it prints, where its quarters do not all end with a month; None where they do. `ends` are those of
    them that head a column of any statement.
    """

    last_month: int | None
    named: frozenset[tuple[int, int]]
    days: frozenset[date] | None = None
    ends: frozenset[date] = frozenset()
    quarters: frozenset[tuple[int, int]] = frozenset()
    """The fiscal years and quarters that head columns of single quarters in any statement."""
    released: date | None = None
    """The day of the release, where a sentence says that its years end with a month: the last quarter ended not long before."""


def needs_calendar(periods: Sequence[PrintedPeriod]) -> bool:
    """Whether any column has a quarter or a year and no date, or lasts from the start of the year."""
    return _is_wrapped(periods) or any(
        period.months == TO_DATE or (period.month is None and period.year is not None and _quarter_of(period))
        for period in periods
    )


def year_end_evidence(
    text: str, words: str, columns: Sequence[PrintedPeriod], others: Sequence[PrintedPeriod] = ()
) -> YearEndEvidence:
    """The fiscal calendar of a filing.

    `text` has its EDGAR header, `words` is without markup, `columns` are those of a header and `others` those of all headers.
    """
    named_columns = [*columns, *others]
    ends = [*_ends_told(words)]
    ends += [(12 - (period.months or 0), period.end) for period in columns if _is_to_date(period)]
    ends += [(3 * (4 - period.quarter), period.end) for period in named_columns if period.quarter and period.end]
    months = {(nominal_end(end).month + months - 1) % 12 + 1 for months, end in ends if end}
    fact = _YEAR_END_FACT.search(text, 0, _HEADER_CHARS)
    if not months and fact and 1 <= int(fact["month"]) <= 12:
        months = {int(fact["month"])}
    own = {period.end for period in columns if period.end and not _is_wrapped(columns)}
    printed = {period.end for period in named_columns if period.end and not _is_wrapped(columns)}
    released = None
    if not months and (told := fiscal_period(words, max(own or printed, default=None))).quarter and told.year_end:
        last_day = date(_ANY_YEAR, int(told.year_end[:2]), int(told.year_end[3:]))
        months = {nominal_end(last_day).month}
        released = released_on(words) if is_month_end(last_day) and not printed else None
    numbers, latest = {one.quarter for one in columns if one.quarter}, max(printed, default=None)
    if not months and len(numbers) == 1 and latest and latest.year == max(one.year or 0 for one in columns):
        months = {(nominal_end(latest).month + 3 * (4 - max(numbers)) - 1) % 12 + 1}
    days = {day for found in re.finditer(_DAY, words) if (day := _day(found.group()))} | printed
    by_month = all(is_month_end(end) for end in (*printed, *(end for _, end in ends if end)))
    named = frozenset((day.year, day.month) for day in days if is_month_end(day))
    month = months.pop() if len(months) == 1 else None
    single = frozenset((one.year, one.quarter) for one in named_columns if one.months == _QUARTER and one.year and one.quarter)
    return YearEndEvidence(month, named, None if by_month else frozenset(days), frozenset(printed), single, released)


def dated(periods: Sequence[PrintedPeriod], told: YearEndEvidence) -> list[PrintedPeriod]:
    """The columns with the dates of their quarters where the filing proves them, else as they are."""
    if _is_wrapped(periods):
        return _unwrapped(periods, told)
    periods = [_in_quarter(one, told) for one in _with_whole_years(periods)]
    if told.last_month is None:
        return [_unless_to_date(period) for period in periods]
    ways = [_all_dated(periods, told, years_on) for years_on in ((0, 1) if told.last_month <= LATEST_EARLY_MONTH else (0,))]
    sure = [found for found in ways if len(ways) == 1 or _ends_last(found, told)]
    most = max((_count_dated(found) for found in sure), default=0)
    sure = [found for found in sure if _count_dated(found) == most]
    if len({tuple(found) for found in sure}) != 1:
        return [_unless_to_date(period) for period in periods]
    found = sure[0]
    ends = [one.end for before, one in zip(periods, found, strict=True) if before.month is None and one.end]
    if not ends or (told.days is None and not _is_told(max(ends), told)):
        pairs = zip(periods, found, strict=True)
        found = [new if before.months == TO_DATE and before.month else before for before, new in pairs]
    return [_unless_to_date(period) for period in found]


def _with_whole_years(periods: Sequence[PrintedPeriod]) -> list[PrintedPeriod]:
    """The columns; one headed with nothing but a year beside its fourth quarter ("Fiscal 2009") is of that whole year."""
    years = {one.year for one in periods if one.quarter == 4 and one.months == 3}
    return [replace(one, months=12) if one.year in years and one == PrintedPeriod(year=one.year) else one for one in periods]


def _all_dated(periods: Sequence[PrintedPeriod], told: YearEndEvidence, years_on: int) -> list[PrintedPeriod]:
    """The columns dated, a fiscal year that ends in January or February named after the year it ends in, or the one before."""
    last = told.last_month or 0
    later = [replace(one, year=one.year + years_on) if one.year and one.month is None else one for one in periods]
    found = [_on_a_day(_dated(one, later, last), one, told) for one in later]
    return [before if one == new else one for before, one, new in zip(periods, found, later, strict=True)]


def _count_dated(found: Sequence[PrintedPeriod]) -> int:
    return sum(period.end is not None for period in found)


def _ends_last(found: Sequence[PrintedPeriod], told: YearEndEvidence) -> bool:
    """Whether the last column ends on the latest day that any statement has; where none has one, on one that the text names."""
    last = max((period.end for period in found if period.end), default=None)
    if last is None:
        return False
    return last == max(told.ends) if told.ends else _is_told(last, told)


def _is_told(last: date, told: YearEndEvidence) -> bool:
    """Whether a filing names the month that its last quarter ends with, or came out not long after."""
    is_before = told.released is not None and 0 <= (told.released - last).days <= _DAYS_TO_REPORT
    return is_before or (last.year, last.month) in told.named


def _on_a_day(period: PrintedPeriod, before: PrintedPeriod, told: YearEndEvidence) -> PrintedPeriod:
    """A quarter on its last day: that of its month, or, in a 52-week year, the one near it that is printed; else as before."""
    end = period.end if before.month is None else None
    if told.days is None or end is None:
        return period
    near = [day for day in told.days if same_period(day, end, DaysApart.MONTH_END)]
    near = near if len(near) < 2 else [day for day in near if day in told.ends]
    return replace(period, month=near[0].month, day=near[0].day, year=near[0].year) if len(near) == 1 else before


def _unwrapped(periods: Sequence[PrintedPeriod], told: YearEndEvidence) -> list[PrintedPeriod]:
    """Quarters of one fiscal year that lie in two calendar years, each in its own; without a year where that is not sure."""
    last = told.last_month
    found = [
        replace(period, year=period.year - 1) if last and period.month and period.year and period.month > last else period
        for period in periods
    ]
    ends = [period.end for period in found if period.end]
    sure = last and ends and (max(ends).year, max(ends).month) in told.named
    return found if sure else [replace(period, year=None) for period in periods]


def _unless_to_date(period: PrintedPeriod) -> PrintedPeriod:
    """The period; an empty one where it lasts from the start of a year that is not known."""
    return PrintedPeriod() if period.months == TO_DATE else period


def _is_wrapped(periods: Sequence[PrintedPeriod]) -> bool:
    """Whether quarters under one year run past its end: September, December, March, June are of two calendar years."""
    quarters = [period for period in periods if period.months in (None, 3) and period.month]
    months = [period.month or 0 for period in quarters]
    is_one_year = len({period.year for period in quarters}) == 1 and len(set(months)) == len(months) > 2
    return is_one_year and sorted(months) not in (months, months[::-1])


def _in_quarter(period: PrintedPeriod, told: YearEndEvidence) -> PrintedPeriod:
    """A column from the start of a year, in the one quarter of it that other statements have a column of."""
    own = {quarter for year, quarter in told.quarters if year == period.year}
    is_open = period.months == TO_DATE and period.month is None and period.quarter is None
    return replace(period, quarter=min(own)) if is_open and len(own) == 1 else period


def _dated(period: PrintedPeriod, columns: Sequence[PrintedPeriod], last_month: int) -> PrintedPeriod:
    quarter = _quarter_of(period)
    if period.months == TO_DATE and period.month is not None:
        return replace(period, months=(period.month - last_month - 1) % 12 + 1)
    if period.months == TO_DATE:
        same = [_quarter_of(other) for other in columns if other.year == period.year and other.months == 3]
        quarter = period.quarter or max((one for one in same if one), default=None)
    if period.month is not None or period.year is None or quarter is None:
        return period
    month = (last_month - 3 * (4 - quarter) - 1) % 12 + 1
    months = 3 * quarter if period.months == TO_DATE else period.months
    return replace(period, months=months, month=month, year=period.year if month <= last_month else period.year - 1)


def _quarter_of(period: PrintedPeriod) -> int | None:
    """The quarter that a column ends with: as numbered, or by its months from the start of the year."""
    if period.quarter is not None or period.months is None or period.months < 6:
        return period.quarter
    return period.months // 3


def _is_to_date(period: PrintedPeriod) -> bool:
    return period.end is not None and period.months in (6, 9, 12)


def _ends_told(words: str) -> Iterator[tuple[int, date | None]]:
    """Each end that a sentence gives to a quarter or year to date, with the months from there to the year's end."""
    for found in _QUARTER_ENDED.finditer(words):
        numbers = {period.quarter for period in periods_in(found["quarter"] + found["between"])} - {None}
        if len(numbers) == 1:
            yield 3 * (4 - (numbers.pop() or 0)), _day(found["day"])
    for found in _STRETCH_ENDED.finditer(words):
        stretch = found["stretch"].lower()
        yield 6 if stretch.startswith("six") else 3 if stretch.startswith("nine") else 0, _day(found["day"])


def _day(words: str) -> date | None:
    named = periods_in(words)
    return named[0].end if len(named) == 1 and named[0].day else None
