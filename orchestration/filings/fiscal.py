"""The fiscal quarter of a release, from its own words.

Belongs here: sentences that name a fiscal quarter, a fiscal year or the day a period ended, and the fiscal year end that
follows from them. Does not belong here: the periods of table columns (`statements/periods.py`), or any guess from the
calendar month.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from orchestration.filings.statements.periods import periods_in

_QUARTERS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ORDINAL: Final = r"(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d|['’]?\d\d(?!\d))"
_FISCAL: Final = r"(?:its\s+|our\s+)?(?:fiscal\s+)?(?:year\s+)?(?:FY\s?)?"
_NAMES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_ORDINAL}[\s-]+(?:fiscal\s+)?quarter\s+(?:and\s+\w+[\s-]\w+\s+)?(?:of\s+|for\s+)?(?:the\s+)?{_FISCAL}{_YEAR}",
        rf"\b{_ORDINAL}[\s-]+(?:fiscal\s+)?quarter\s+of\s+(?:the\s+)?(?:\w+['’]s\s+)?{_YEAR}\s+fiscal\s+year",
        rf"\bfiscal\s+(?:year\s+)?{_YEAR}\s+{_ORDINAL}[\s-]+quarter",
        rf"\b{_YEAR}\s+{_ORDINAL}[\s-]+(?:fiscal\s+)?quarter\b",
        rf"\b(?P<number>[1-4])Q\s?(?:of\s+)?(?:FY\s?)?{_YEAR}\b",
        rf"\bQ(?P<number>[1-4])\s?(?:of\s+)?{_FISCAL}{_YEAR}\b",
    )
)
_PERIOD_ENDED: Final = re.compile(
    r"\b(?:three|3|six|6|nine|9|twelve|12|thirteen|13|fourteen|14|fiscal|quarter|year)[\s-]*(?:\(\d+\)\s*)?"
    r"(?:months?|weeks?|quarter|year|period)?(?:[\s-]+period)?,?\s+(?:which\s+)?(?:ended|ending)\s+"
    r"(?P<date>(?:on\s+)?\w{3,9}\.?\s+\d{1,2},?\s+\d{4})",
    re.IGNORECASE,
)
_FISCAL_YEAR_ENDED: Final = re.compile(
    r"\bfiscal\s+years?\s+(?:\d{4}\s*,?\s*)?(?:which\s+)?(?:ended|ending|ends)\s+(?:on\s+)?(?P<date>\w{3,9}\.?\s+\d{1,2})",
    re.IGNORECASE,
)
_FULL_YEAR: Final = re.compile(
    rf"\b(?:full|fiscal)[\s-]+year\s+(?:ended\s+|results\s+for\s+)?(?:fiscal\s+)?{_YEAR}", re.IGNORECASE
)
_MENTION: Final = re.compile(r"quarter|\dQ|Q\d", re.IGNORECASE)
_MENTION_CHARS: Final = 60
"""A quarter is named within this many characters of the word; looking only there keeps the search short."""
_YEAR_END_WEEK: Final = timedelta(days=7)
_HEAD_CHARS: Final = 12_000
"""A release says which quarter it reports in its head line and first paragraph; later mentions are comparisons."""


@dataclass(frozen=True, slots=True)
class FiscalPeriod:
    """The quarter a release reports: what its words say, None for what they do not. `year_end` is `MM-DD`."""

    year: int | None = None
    quarter: int | None = None
    period_end: date | None = None
    year_end: str | None = None


def fiscal_period(text: str, latest_column: date | None, header_year_end: str | None = None) -> FiscalPeriod:
    """The fiscal period of a release from its text.

    `latest_column` is the latest period end among the statement columns, which decides where prose names several or none.
    `header_year_end` is the `MM-DD` of an EDGAR header. Nothing is taken from the calendar month alone.
    """
    end = latest_column or _period_ended(text[:_HEAD_CHARS])
    named = _named_quarter(text[:_HEAD_CHARS], end)
    year_end = header_year_end or _stated_year_end(text)
    if header_year_end and end:
        return FiscalPeriod(*_from_year_end(end, header_year_end), end, header_year_end)
    if named and end:
        return FiscalPeriod(*named, end, year_end or _year_end(end, named[1]))
    if end and year_end:
        return FiscalPeriod(*_from_year_end(end, year_end), end, year_end)
    year, quarter = named or (None, None)
    return FiscalPeriod(year, quarter, end, year_end)


def _named_quarter(text: str, end: date | None) -> tuple[int, int] | None:
    """The quarter named most often near the top; the first named where two are named as often.

    A fiscal year is named after the calendar year it ends in, so a quarter of it ends in that year or the one before; one of
    52 or 53 weeks may end in the first week of the next.
    """
    counts: Counter[tuple[int, int]] = Counter()
    near = _around_mentions(text)
    for pattern in _NAMES:
        for found in pattern.finditer(near):
            parts = found.groupdict()
            quarter = int(parts["number"]) if parts.get("number") else _QUARTERS[parts["ordinal"].lower()]
            counts[(_full_year(parts["year"]), quarter)] += 1
    year = (end - _YEAR_END_WEEK).year if end else 0
    fitting = [(count, key) for key, count in counts.items() if end is None or year <= key[0] <= year + 1]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _around_mentions(text: str) -> str:
    """The stretches of a text in which a quarter may be named, one a line."""
    stretches: list[tuple[int, int]] = []
    for found in _MENTION.finditer(text):
        start, end = max(found.start() - _MENTION_CHARS, 0), found.end() + _MENTION_CHARS
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return "\n\n".join(text[start:end] for start, end in stretches)


def _full_year(text: str) -> int:
    digits = int(text.strip("'’"))
    return digits + 2000 if digits < 80 else digits + 1900 if digits < 100 else digits


def _period_ended(text: str) -> date | None:
    ends = [
        period.end for found in _PERIOD_ENDED.finditer(text) for period in periods_in(found["date"]) if period.end is not None
    ]
    return max(ends, default=None)


def _stated_year_end(text: str) -> str | None:
    counts: Counter[str] = Counter()
    for found in _FISCAL_YEAR_ENDED.finditer(text):
        for period in periods_in(found["date"]):
            if period.month and period.day:
                counts[f"{period.month:02d}-{period.day:02d}"] += 1
    return counts.most_common(1)[0][0] if counts else None


def _year_end(end: date, quarter: int) -> str:
    """The month end as many quarters after a period end as the year still has; a week either side is the same month."""
    months = end.year * 12 + end.month - 1 - (end.day <= 7) + (4 - quarter) * 3
    year, month = divmod(months, 12)
    return f"{month + 1:02d}-{calendar.monthrange(year, month + 1)[1]:02d}"


def _from_year_end(end: date, year_end: str) -> tuple[int, int]:
    """Fiscal year and quarter of a period end; the year bears the name of the calendar year it ends in."""
    closing = int(year_end[:2])
    month = end.month - (end.day <= 7) or 12
    year = end.year - (end.month == 1 and end.day <= 7)
    into = (month - closing - 1) % 12
    return year + (month > closing), into // 3 + 1
