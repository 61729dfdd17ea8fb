"""The fiscal quarter of a release, from its own words.

Belongs here: sentences that name a fiscal quarter, a fiscal year or a period end, and the fiscal year end that follows from
them. Does not belong here: what dates in words mean (`text/dates.py`), or any guess from the calendar month.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from orchestration.filings.text.calendar import (
    COUNT,
    LATEST_EARLY_MONTH,
    ORDINAL,
    ORDINALS,
    DaysApart,
    fiscal_year_and_quarter,
    full_year,
    same_period,
    year_end_after,
)
from orchestration.filings.text.dates import ends_in, periods_in

_ORDINAL: Final = f"(?P<ordinal>{ORDINAL})"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d|'?\d\d(?!\d))"
_FISCAL: Final = r"(?:its\s+|our\s+)?(?:fiscal\s+)?(?:year\s+)?(?:FY\s?)?"
_NAMES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_ORDINAL}[\s-]+(?:fiscal\s+)?quarter\s+(?:and\s+\w+[\s-]\w+\s+)?(?:of\s+|for\s+)?(?:the\s+)?{_FISCAL}{_YEAR}",
        rf"\b{_ORDINAL}[\s-]+(?:fiscal\s+)?quarter\s+and\s+(?:full[\s-]+)?(?:fiscal|year)\s+(?:full[\s-]+)?(?:year\s+)?{_YEAR}",
        rf"\b{_ORDINAL}[\s-]+(?:fiscal\s+)?quarter\s+of\s+(?:the\s+)?(?:\w+'s\s+)?{_YEAR}\s+fiscal\s+year",
        rf"\bfiscal\s+(?:year\s+)?{_YEAR}\s+{_ORDINAL}[\s-]+quarter",
        rf"\b{_YEAR}\s+{_ORDINAL}[\s-]+(?:fiscal\s+)?quarter\b",
        rf"\b(?P<number>[1-4])Q\s?(?:of\s+)?(?:FY\s?)?{_YEAR}\b",
        rf"\bQ(?P<number>[1-4])\s?(?:of\s+)?{_FISCAL}{_YEAR}\b",
    )
)
_PERIOD_ENDED: Final = re.compile(
    rf"\b(?:{COUNT}|fiscal|quarter|year)[\s-]*(?:\(\d+\)\s*)?"
    r"(?:months?|weeks?|quarter|year|period)?(?:[\s-]+period)?,?\s+(?:which\s+)?(?:ended|ending)\s+"
    r"(?P<date>(?:on\s+)?\w{3,9}\.?\s+\d{1,2},?\s+\d{4})",
    re.IGNORECASE,
)
_YEAR_ENDED: Final = re.compile(
    r"(?=[fy])(?<!quarter of )(?<!quarter of the )(?<!quarter of its )\b"
    r"(?:fiscal\s+years?\s+(?:\d{4}\s*,?\s*)?|(?<!fiscal )years?\s+)"
    r"(?:which\s+)?(?:ended|ending|ends)\s+(?:on\s+)?"
    r"(?:(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})|(?P<day_first>\d{1,2})\s+(?P<month_next>[a-z]{3,9}))\b",
    re.IGNORECASE,
)
_QUARTER_ENDED: Final = re.compile(
    rf"\b{_ORDINAL}[\s-]+(?:fiscal\s+)?quarter(?:\s+of\s+(?:the\s+|its\s+|our\s+)?(?:fiscal\s+)?(?:year\s+)?\d{{4}})?\s*,?"
    r"\s+(?:and\s+\w+[\s-]\w+\s+)?(?:which\s+)?(?:ended|ending)\s+(?:on\s+)?"
    r"(?P<date>\w{3,9}\.?\s+\d{1,2},?\s+\d{4})",
    re.IGNORECASE,
)
_MENTION: Final = re.compile(r"quarter|\dQ|Q\d", re.IGNORECASE)
_MENTION_CHARS: Final = 60
"""A quarter is named within this many characters of the word; only these are searched."""
_HEAD_CHARS: Final = 12_000
"""A release names the quarter it reports in its headline and first paragraph; later mentions are comparisons."""


@dataclass(frozen=True, slots=True)
class FiscalPeriod:
    """The quarter a release reports, None for what its words do not say. `year_end` is `MM-DD`."""

    year: int | None = None
    quarter: int | None = None
    period_end: date | None = None
    year_end: str | None = None


def fiscal_period(
    text: str, latest_column: date | None, header_year_end: str | None = None, months_to_date: Collection[int] = ()
) -> FiscalPeriod:
    """The fiscal period of a release from its text.

    `latest_column` is the latest period end of the statement columns; it decides where prose names several or none.
    `header_year_end` is the `MM-DD` of an EDGAR header. `months_to_date` are the durations of the columns that end then: a year
    to date of six or nine months fixes the quarter.
    """
    head = text[:_HEAD_CHARS]
    end = latest_column or _period_ended(head)
    if end is None:
        told = _named_quarter(head, None, None, None)
        year_end = header_year_end or _stated_year_end(text)
        return FiscalPeriod(*told, None, year_end) if told else FiscalPeriod(year_end=year_end)
    stated = _stated_year_end(text)
    sure = fiscal_year_and_quarter(end, header_year_end)[1] if header_year_end else None
    sure = sure or _quarter_to_date(months_to_date) or _quarter_ended(head, end)
    named = _named_quarter(head, end, sure, fiscal_year_and_quarter(end, stated)[1] if stated else None)
    closing = header_year_end or _consistent_year_end(end, sure or (named[1] if named else None), stated)
    if closing is None:
        return FiscalPeriod(period_end=end)
    year, quarter = fiscal_year_and_quarter(end, closing)
    return FiscalPeriod(named[0] if named else year, quarter, end, closing)


def _consistent_year_end(end: date, quarter: int | None, stated: str | None) -> str | None:
    """The year end as stated; where it contradicts the quarter or none is stated, the one that the quarter gives."""
    if stated and quarter in (None, fiscal_year_and_quarter(end, stated)[1]):
        return stated
    return f"{year_end_after(end, quarter):%m-%d}" if quarter else None


def _quarter_to_date(months: Collection[int]) -> int | None:
    """The quarter that a year to date of six or nine months ends with; twelve may be any trailing year."""
    to_date = set(months) & {6, 9}
    return to_date.pop() // 3 if len(to_date) == 1 else None


def _quarter_ended(text: str, end: date) -> int | None:
    """The quarter most often said to have ended on a day or within a week of it ("third quarter ended ...")."""
    counts: Counter[int] = Counter()
    for found in _QUARTER_ENDED.finditer(_around_mentions(text)):
        if any(same_period(day, end, DaysApart.MONTH_END) for day in ends_in(found["date"])):
            counts[ORDINALS[found["ordinal"].lower()]] += 1
    return counts.most_common(1)[0][0] if counts else None


def _named_quarter(text: str, end: date | None, known: int | None, likely: int | None) -> tuple[int, int] | None:
    """The quarter named most often, the first among equals; of its years the latest that fits `end`.

    `known` is the quarter where it is certain: other quarters named are outlooks and comparisons. `likely` is the quarter by
    the year end that the text states; it is taken if it is named at all.
    """
    counts: Counter[tuple[int, int]] = Counter()
    near = _around_mentions(text)
    for pattern in _NAMES:
        for found in pattern.finditer(near):
            parts = found.groupdict()
            quarter = int(parts["number"]) if parts.get("number") else ORDINALS[parts["ordinal"].lower()]
            counts[(full_year(parts["year"].strip("'")), quarter)] += 1
    fitting = {
        key: count
        for key, count in counts.items()
        if known in (None, key[1]) and (end is None or key[0] in _names_of_year(end, key[1]))
    }
    if not fitting:
        return None
    most = max(fitting, key=lambda key: fitting[key])
    chosen = likely if any(key[1] == likely for key in fitting) else most[1]
    return most if end is None else max(key for key in fitting if key[1] == chosen)


def _names_of_year(end: date, quarter: int) -> set[int]:
    """The years a fiscal year is called by: that of its end; if it ends in January or February, also the one before."""
    closing = year_end_after(end, quarter)
    return {closing.year, closing.year - 1} if closing.month <= LATEST_EARLY_MONTH else {closing.year}


def _around_mentions(text: str) -> str:
    """The parts of a text in which a quarter may be named, with a blank line between them."""
    stretches: list[tuple[int, int]] = []
    for found in _MENTION.finditer(text):
        start, end = max(found.start() - _MENTION_CHARS, 0), found.end() + _MENTION_CHARS
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return "\n\n".join(text[start:end] for start, end in stretches)


def _period_ended(text: str) -> date | None:
    return max((end for found in _PERIOD_ENDED.finditer(text) for end in ends_in(found["date"])), default=None)


def _stated_year_end(text: str) -> str | None:
    counts: Counter[str] = Counter()
    for found in _YEAR_ENDED.finditer(text):
        month, day = found["month"] or found["month_next"], found["day"] or found["day_first"]
        for period in periods_in(f"{month} {day}"):
            if period.month and period.day:
                counts[f"{period.month:02d}-{period.day:02d}"] += 1
    return counts.most_common(1)[0][0] if counts else None
