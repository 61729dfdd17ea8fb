"""Periods as sentences name them: "the second quarter of fiscal 2007", "same period last year", "as of June 30, 2010".

Belongs here: finding such words and what they mean to one filing. Does not belong here: periods in table headers
(`tables/periods.py`), what happened in them (`figures.py`).

A period is its last day and its months, 0 for an instant. Fiscal quarters are counted in months from the filing's own
(fiscal year, quarter, period end), so a quarter of a 52/53-week year may lie some days off its true end; whoever holds
a figure against a statement allows for that (`figures.reconcile`).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from orchestration.filings.records import Filing
from orchestration.filings.text.calendar import add_months
from orchestration.filings.text.cued import Cued
from orchestration.filings.text.sentences import lower


class Period(NamedTuple):
    """A period by its last day; `months` is 0 for an instant."""

    end: date
    months: int


class PeriodMention(NamedTuple):
    """Words that name one or more periods; `is_relative` where they lean on another period ("the same period last year")."""

    start: int
    end: int
    periods: tuple[Period, ...]
    is_relative: bool = False
    is_bare_year: bool = False


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """A filing's own reckoning: the quarter it reports, and every other counted from that one."""

    period_end: date | None
    fiscal_year: int | None
    fiscal_quarter: int | None
    is_calendar_year: bool
    looks_ahead: bool = False

    @classmethod
    def of(cls, filing: Filing, *, looks_ahead: bool = False) -> FiscalCalendar:
        """The calendar of a filing; what the cover does not say stays unknown.

        With `looks_ahead` words without a year mean the next such time after the filing's quarter, not the last before.
        """
        year_end = filing.fiscal_year_end or ""
        year, quarter = filing.fiscal_year, filing.fiscal_quarter
        if filing.period_end and (year is None or quarter is None) and re.fullmatch(r"\d\d-\d\d", year_end):
            gap = (int(year_end[:2]) - filing.period_end.month) % 12
            if gap % 3 == 0:
                quarter = 4 - gap // 3
                year = add_months(filing.period_end, gap).year
        ends_in_december = year_end.startswith("12") or (not year_end and quarter is not None and filing.period_end is not None
                                                        and filing.period_end.month == quarter * 3)  # fmt: skip
        return cls(filing.period_end, year, quarter, ends_in_december, looks_ahead)

    @property
    def current(self) -> Period | None:
        """The quarter that the filing reports; looking ahead, the one that follows it."""
        if self.period_end is None:
            return None
        return Period(add_months(self.period_end, 3) if self.looks_ahead else self.period_end, 3)

    def quarter(self, year: int | None, quarter: int, months: int = 3) -> Period | None:
        """A fiscal quarter, or with `months` the time that ends with it; without a year the nearest."""
        if self.period_end is None or self.fiscal_year is None or self.fiscal_quarter is None:
            return None
        if year is None:
            ahead, behind = quarter <= self.fiscal_quarter, quarter > self.fiscal_quarter
            year = self.fiscal_year + (ahead if self.looks_ahead else -behind)
        steps = (year - self.fiscal_year) * 4 + quarter - self.fiscal_quarter
        return Period(add_months(self.period_end, steps * 3), months) if abs(steps) < 80 else None

    def fiscal_year_of(self, day: date) -> int | None:
        """The fiscal year in which a day lies; None where the filing's own is not known."""
        if self.period_end is None or self.fiscal_year is None or self.fiscal_quarter is None:
            return None
        year_end = add_months(self.period_end, (4 - self.fiscal_quarter) * 3)
        months = (day.year - year_end.year) * 12 + day.month - year_end.month
        return self.fiscal_year + -(-months // 12)

    def in_year(self, period: Period, year: int) -> Period | None:
        """The same part of another fiscal year."""
        own = self.fiscal_year_of(period.end)
        return (
            Period(add_months(period.end, (year - own) * 12), period.months)
            if own is not None and abs(year - own) < 20
            else None
        )


_COUNTS: Final = {
    "three": 3, "six": 6, "nine": 9, "twelve": 12, "3": 3, "6": 6, "9": 9, "12": 12,
    "thirteen": 13, "fourteen": 14, "twenty-six": 26, "twenty-seven": 27, "thirty-nine": 39, "forty": 40,
    "fifty-two": 52, "fifty-three": 53,
    "13": 13, "14": 14, "26": 26, "27": 27, "39": 39, "40": 40, "52": 52, "53": 53,
}  # fmt: skip
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_MONTHS: Final = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}

_COUNT: Final = "(?:" + "|".join(sorted((re.escape(word) for word in _COUNTS), key=len, reverse=True)) + ")"
_ORD: Final = "(?:" + "|".join(_ORDINALS) + ")"
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE: Final = rf"{_MONTH}\s+\d{{1,2}}(?:,?\s+(?:19|20)\d\d)?"
_FISCAL: Final = r"(?:the\s+)?(?:company['’]s\s+|our\s+|its\s+)?(?:fiscal\s+|calendar\s+)?(?:years?\s+)?(?:fy\s?)?"
_Y: Final = r"(?:19|20)\d\d"
_YEARS: Final = rf"{_FISCAL}{_Y}(?:\s+fiscal\s+years?)?(?:,?\s+and\s+(?:fiscal\s+|fy\s?)?{_Y})?"
_LAST_YEAR: Final = (
    r"(?:last\s+(?:fiscal\s+)?year|(?:the\s+)?(?:last|prior|previous|preceding)\s+(?:fiscal\s+)?year"
    r"|(?:a|one)\s+year\s+(?:ago|earlier|before))"
)
_SPAN: Final = (
    rf"(?:{_COUNT}(?:[-\s]+(?:month|week)s?)?"
    rf"|(?:fiscal\s+)?(?:{_ORD}\s+)?(?:fiscal\s+)?(?:quarters?|years?)(?:\s+of\s+{_FISCAL}{_Y})?)"
)
_KIND: Final = r"(?:\s+(?:fiscal\s+)?(?:periods?|quarters?|year))?"

_SPAN_FINDER: Final = re.compile(rf"({_COUNT})(?:[-\s]+(month|week))?|(quarter)|(year)")
_DATE_FINDER: Final = re.compile(rf"({_MONTH})\s+(\d{{1,2}})(?:,?\s+({_Y}))?")
_YEAR_FINDER: Final = re.compile(_Y)

_FORMS: Final = re.compile(
    rf"""\b(?=\w)(?:(?P<ended>{_SPAN}{_KIND}(?:(?:\s*,)?\s+and\s+(?:the\s+)?{_SPAN}{_KIND})?,?\s+(?:then\s+)?(?:ended|ending|through)
            \s+(?:on\s+)?{_DATE}(?:(?:,\s+{_Y})*,?\s+(?:and|versus)\s+(?:{_DATE}|{_Y}))?)
      | (?P<month_quarter>{_MONTH}\s+{_Y}\s+quarter\b)
      | (?P<same>(?:(?:same|comparable|corresponding|equivalent|comparative)
            \s+(?:{_COUNT}[-\s]months?\s+|prior[-\s]year\s+|year[-\s]ago\s+|fiscal\s+)*
            (?:(?P<same_year>{_Y})\s+)?(?:periods?|quarters?|months)
            (?:\s+(?:(?:in|of|from|for|during|a)\s+)*(?:{_LAST_YEAR}|{_FISCAL}{_Y}(?:\s+fiscal\s+year)?))?))
      | (?P<before>(?:{_LAST_YEAR}(?:['’]s)?
              (?:[-\s]+(?:comparable\s+|same\s+|corresponding\s+)?(?:{_ORD}\s+)?(?:{_COUNT}[-\s]month\s+)?(?:period|quarter))?
            |(?:prior|previous)[-\s]year(?:['’]s)?(?:[-\s]+(?:comparable\s+|same\s+|corresponding\s+)?(?:{_ORD}\s+)?(?:{_COUNT}[-\s]month\s+)?(?:period|quarter))?
            |year[-\s]ago(?:\s+(?:period|quarter))?|(?:period|quarter)\s+(?:a\s+)?year\s+ago))
      | (?P<previous>(?:immediately\s+)?(?:preceding|previous|prior|linked|last)\s+(?:fiscal\s+)?quarter\b)
      | (?P<half>first\s+(?:half|(?:three|six|nine|3|6|9)\s+months)\b(?:\s+(?:of|in)\s+(?:{_LAST_YEAR}|{_YEARS}))?)
      | (?P<ordinal>{_ORD}[-\s]+(?:fiscal\s+)?quarters?\b(?:['’]s)?(?:,?\s+(?:of\s+|in\s+|for\s+)?(?:{_LAST_YEAR}|{_YEARS}))?
            (?:,?\s+(?:which\s+)?(?:ended|ending)\s+{_DATE})?)
      | (?P<year_ordinal>(?:fiscal\s+(?:year\s+)?|fy\s?)?{_Y}\s+(?:fiscal\s+)?{_ORD}[-\s]+quarter\b)
      | (?P<code>(?:[1-4]q|q[1-4])(?:\d\d\b|\b)(?:\s*(?:of\s+)?(?:fiscal\s+(?:year\s+)?|fy\s?)?['’]?(?:{_Y}|\d\d)\b)?)
      | (?P<year_quarter>(?:fiscal\s+)?{_Y}\s+(?:quarter|period)\b)
      | (?P<year_end>(?:fiscal\s+)?year[-\s]end\b(?:\s+(?:fiscal\s+)?{_Y})?)
      | (?P<instant>{_DATE}\b(?:,?\s+and\s+{_DATE})?)
      | (?P<year>(?:full[-\s](?:fiscal\s+)?year(?:\s+of)?|fiscal(?:\s+years?)?|(?:calendar\s+)?years?|(?P<fy>fy))
            \s*['’]?(?:(?P<long>{_Y})(?:,?\s+and\s+(?:fiscal\s+|fy\s?)?{_Y})?|\d\d)\b)
      | (?P<year_fiscal>{_Y}\s+fiscal\s+year\b)
      | (?P<current>(?:(?:this|the)\s+(?:fiscal\s+|current\s+)?quarter|current\s+(?:fiscal\s+)?(?:quarter|period))\b
            (?!\s+(?:and\s+(?:\S+\s+){{1,3}})?(?:ended|ending)\b))
      | (?P<whole>full[-\s](?:fiscal[-\s])?year\b)
      | (?P<to_date>(?:the|these|our)\s+{_COUNT}[-\s]months?\b
            (?![-\s]+(?:periods?\s+|then\s+)?(?:ended|ending|through|periods|and)\b))
      | (?P<bare>(?:in|during|for|to|with|from|versus|and|of|its|our|the)\s+(?P<bare_year>{_Y})\b(?!\s*\w*\s*(?:shares|units))))
    """,
    re.VERBOSE,
)


_TIME_WORDS: Final = ("quarter", "period", "year", "month", "half")
_TIME_CODE: Final = re.compile(r"[1-4qf](?:(?<=[12])\d\d\d|(?<=\b[1-4])q|(?<=\bq)[1-4]|(?<=\bf)y)")
_MONTH_NAMES: Final = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTH_WORD: Final = Cued(_MONTH_NAMES, rf"\b(?:{_MONTH_NAMES})\b")


def _may_tell_time(lowered: str) -> bool:
    """Whether a sentence has any of the words without one of which it names no period."""
    return any(word in lowered for word in _TIME_WORDS) or bool(_TIME_CODE.search(lowered) or _MONTH_WORD.search(lowered))


def find_periods(text: str, fiscal: FiscalCalendar, anchor: tuple[Period, ...] = ()) -> list[PeriodMention]:
    """The periods a sentence names, in order.

    `anchor` is what "the same period last year" leans on until the sentence names a period of its own; then it is that
    one. Words whose meaning cannot be worked out give a mention with no periods: a place where the reader must not guess.
    """
    lowered = lower(text)
    found: list[PeriodMention] = []
    if not _may_tell_time(lowered):
        return found
    has_own = False
    for match in _FORMS.finditer(lowered):
        kind = match.lastgroup or ""
        kind = next(name for name in _HANDLERS if match[name] is not None)
        periods = tuple(_HANDLERS[kind](match.group(), fiscal, anchor))
        start = match.start("bare_year") if kind == "bare" else match.start()
        found.append(PeriodMention(start, match.end(), periods, kind in _RELATIVE, kind == "bare"))
        is_primary = bool(periods) and kind not in _RELATIVE and kind != "bare" and periods[0].months > 0
        if is_primary and (not has_own or periods[0].end == fiscal.period_end):
            anchor, has_own = periods, True
    return found


_RELATIVE: Final = frozenset({"same", "before", "previous", "year_quarter"})
_Handler = Callable[[str, FiscalCalendar, tuple[Period, ...]], Iterator[Period]]


def _months_of(span: re.Match[str]) -> int:
    if span[1]:
        count = _COUNTS[re.sub(r"\s+", "-", span[1])]
        return count if span[2] == "month" or (span[2] is None and count in (3, 6, 9, 12)) else round(count / 13) * 3
    return 3 if span[3] else 12


def _dates(words: str, fiscal: FiscalCalendar) -> list[date]:
    """The dates in some words; one without a year takes it from the next that has one, else it is the nearest."""
    parts = [(_MONTHS[m[1][:3]], int(m[2]), int(m[3]) if m[3] else None) for m in _DATE_FINDER.finditer(words)]
    found: list[date] = []
    later: int | None = None
    for month, day, printed in reversed(parts):
        year = printed or later
        if year is None and fiscal.period_end:
            own = (fiscal.period_end.month, fiscal.period_end.day)
            year = fiscal.period_end.year + ((month, day) <= own if fiscal.looks_ahead else -((month, day) > own))
        if year is not None and 1 <= day <= calendar.monthrange(year, month)[1]:
            found.insert(0, date(year, month, day))
            later = year
    return found


def _ended(words: str, fiscal: FiscalCalendar, _: tuple[Period, ...]) -> Iterator[Period]:
    cut = re.search(r"\b(?:ended|ending|through)\b", words)
    head, tail = (words[: cut.start()], words[cut.end() :]) if cut else (words, words)
    head = re.sub(rf"\s+of\s+{_FISCAL}{_Y}", "", head)
    shared = "week" if "week" in head else "month"
    months = []
    for span in _SPAN_FINDER.finditer(head):
        if span[1] and not span[2] and shared == "week":
            months.append(round(_COUNTS[span[1]] / 13) * 3)
        elif not (span[3] or span[4]) or not re.search(r"(?:month|week)s?\s+(?:fiscal\s+)?$", head[: span.start()]):
            months.append(_months_of(span))
    ends = _dates(tail, fiscal)
    first = _DATE_FINDER.search(tail)
    if first and len(ends) == 1:
        later = [int(year) for year in _YEAR_FINDER.findall(tail, first.end())]
        ends += [add_months(ends[0], (year - ends[0].year) * 12) for year in later]
    for end in ends:
        for count in months:
            if count in (3, 6, 9, 12):
                yield Period(end, count)


def _month_quarter(words: str, _fiscal: FiscalCalendar, _: tuple[Period, ...]) -> Iterator[Period]:
    year = int(_YEAR_FINDER.findall(words)[0])
    month = _MONTHS[words.strip()[:3]]
    yield Period(date(year, month, calendar.monthrange(year, month)[1]), 3)


def _same(words: str, fiscal: FiscalCalendar, anchor: tuple[Period, ...]) -> Iterator[Period]:
    if not anchor and "quarter" in words and fiscal.current:
        anchor = (fiscal.current,)
    anchor = _this_long(words, anchor)
    year = _YEAR_FINDER.search(words)
    if year:
        yield from (shifted for period in anchor if (shifted := _to_year(period, int(year[0]), fiscal)))
    elif re.search(rf"{_LAST_YEAR}|prior[-\s]year|year[-\s]ago", words):
        yield from (Period(add_months(period.end, -12), period.months) for period in anchor)


def _this_long(words: str, anchor: tuple[Period, ...]) -> tuple[Period, ...]:
    """The anchor, where it is as long as the words say; "the comparable quarter" of a half year is no quarter of ours."""
    span = re.search(rf"({_COUNT})[-\s]months?", words)
    months = _COUNTS[span[1]] if span else 3 if re.search(r"\bquarter\b", words) else None
    return tuple(period for period in anchor if months is None or period.months == months)


def _to_year(period: Period, year: int, fiscal: FiscalCalendar) -> Period | None:
    """The same part of a year that is named, fiscal where the filing has one of that name, else by the calendar."""
    if fiscal.fiscal_year is None:
        return Period(add_months(period.end, (year - period.end.year) * 12), period.months)
    return fiscal.in_year(period, year)


def _before(words: str, fiscal: FiscalCalendar, anchor: tuple[Period, ...]) -> Iterator[Period]:
    ordinal = re.search(rf"\b({_ORD})\b", words)
    if ordinal and fiscal.fiscal_year is not None:
        found = fiscal.quarter(fiscal.fiscal_year - 1, _ORDINALS[ordinal[1]])
        yield from (found,) if found else ()
        return
    if not anchor and "quarter" in words and fiscal.current:
        anchor = (fiscal.current,)
    yield from (Period(add_months(period.end, -12), period.months) for period in _this_long(words, anchor))


def _previous(_words: str, fiscal: FiscalCalendar, anchor: tuple[Period, ...]) -> Iterator[Period]:
    base = next((period for period in anchor if period.months == 3), fiscal.current)
    if base:
        yield Period(add_months(base.end, -3), 3)


def _years(words: str) -> list[int]:
    return [int(year) for year in _YEAR_FINDER.findall(words)]


def _half(words: str, fiscal: FiscalCalendar, _: tuple[Period, ...]) -> Iterator[Period]:
    span = re.search(rf"first\s+({_COUNT})", words)
    months = _COUNTS[span[1]] if span else 6
    for year in _years(words) or (_implied_year(words, fiscal),):
        found = fiscal.quarter(year, months // 3, months)
        if found:
            yield found


def _implied_year(words: str, fiscal: FiscalCalendar) -> int | None:
    return fiscal.fiscal_year - 1 if fiscal.fiscal_year and re.search(_LAST_YEAR, words) else None


def _ordinal(words: str, fiscal: FiscalCalendar, _: tuple[Period, ...]) -> Iterator[Period]:
    ended = re.search(r"\b(?:ended|ending)\b", words)
    if ended:
        yield from (Period(end, 3) for end in _dates(words[ended.end() :], fiscal))
        return
    quarter = re.search(rf"({_ORD})[-\s]+(?:fiscal\s+)?quarter", words)
    for year in _years(words) or (_implied_year(words, fiscal),):
        found = fiscal.quarter(year, _ORDINALS[quarter[1]]) if quarter else None
        if found:
            yield found


def _code(words: str, fiscal: FiscalCalendar, _: tuple[Period, ...]) -> Iterator[Period]:
    year = re.search(r"(\d{4}|\d\d)$", words[2:])
    number = int(year[1]) if year else None
    found = fiscal.quarter(
        number + 2000 if number is not None and number < 100 else number, int(re.findall(r"[1-4]", words[:2])[0])
    )
    if found:
        yield found


def _year_quarter(words: str, fiscal: FiscalCalendar, anchor: tuple[Period, ...]) -> Iterator[Period]:
    base = anchor or ((fiscal.current,) if fiscal.current and "quarter" in words else ())
    for period in base:
        if "quarter" not in words or period.months == 3:
            shifted = _to_year(period, _years(words)[0], fiscal)
            if shifted:
                yield shifted


def _year_end(words: str, fiscal: FiscalCalendar, _: tuple[Period, ...]) -> Iterator[Period]:
    found = fiscal.quarter(next(iter(_years(words)), fiscal.fiscal_year), 4, 0) if _years(words) else None
    if found:
        yield found


def _instant(words: str, fiscal: FiscalCalendar, _: tuple[Period, ...]) -> Iterator[Period]:
    yield from (Period(day, 0) for day in _dates(words, fiscal))


def _year(words: str, fiscal: FiscalCalendar, _: tuple[Period, ...]) -> Iterator[Period]:
    short = re.search(r"(?<!\d)(\d\d)$", words)
    for year in _years(words) or ([2000 + int(short[1])] if short else []):
        found = fiscal.quarter(year, 4, 12)
        if found:
            yield found


def _bare(words: str, fiscal: FiscalCalendar, anchor: tuple[Period, ...]) -> Iterator[Period]:
    """A year alone: the same part of that year where the sentence speaks of a part, else the whole year."""
    year = _years(words)[0]
    if anchor:
        yield from (shifted for period in anchor if (shifted := _to_year(period, year, fiscal)))
    elif fiscal.is_calendar_year or fiscal.looks_ahead:
        yield from _year(words, fiscal, anchor)


def _current(_words: str, fiscal: FiscalCalendar, _: tuple[Period, ...]) -> Iterator[Period]:
    if fiscal.current:
        yield fiscal.current


def _whole(_words: str, fiscal: FiscalCalendar, _: tuple[Period, ...]) -> Iterator[Period]:
    """What "full-year" without a year means: the one a fourth quarter ends; looking ahead, the one under way or to come."""
    found = fiscal.quarter(None, 4, 12) if fiscal.looks_ahead or fiscal.fiscal_quarter == 4 else None
    if found:
        yield found


def _to_date(words: str, fiscal: FiscalCalendar, _: tuple[Period, ...]) -> Iterator[Period]:
    """What "the six months" without a date means: the year to date, if it is that long, or the quarter."""
    span = re.search(_COUNT, words)
    months = _COUNTS[span[0]] if span else 0
    if fiscal.period_end and fiscal.fiscal_quarter and months in (3, fiscal.fiscal_quarter * 3):
        yield Period(fiscal.period_end, months)


_HANDLERS: Final[dict[str, _Handler]] = {
    "ended": _ended, "month_quarter": _month_quarter, "same": _same, "before": _before, "previous": _previous, "half": _half,
    "ordinal": _ordinal, "year_ordinal": _ordinal, "code": _code, "year_quarter": _year_quarter, "year_end": _year_end,
    "instant": _instant, "year": _year, "year_fiscal": _year, "current": _current, "whole": _whole, "to_date": _to_date,
    "bare": _bare,
}  # fmt: skip
