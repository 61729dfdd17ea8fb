"""Periods as sentences name them: "the second quarter of fiscal 2007", "same period last year", "as of June 30, 2010".

Belongs here: finding such words and what they mean to one filing. Does not belong here: words that name a period by themselves
(`text/dates.py`), counting fiscal quarters (`text/calendar.py`), what happened in them (`figures.py`).

A period is its last day and its months, 0 for an instant. Fiscal quarters are counted in months from the filing's own (fiscal
year, quarter, period end), so a quarter of a 52/53-week year may be some days off its true end; `reconciliation.py` allows for
that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, NamedTuple

from orchestration.filings.records import Filing
from orchestration.filings.text.calendar import (
    COUNT,
    MONTH,
    MONTH_NAMES,
    MONTHS,
    ORDINAL,
    ORDINALS,
    FiscalCalendar,
    ReportingPeriod,
    add_months,
    full_year,
    month_end,
    months_of,
)
from orchestration.filings.text.prefiltered import PrefilteredPattern
from orchestration.filings.text.sentences import lower


class PeriodMention(NamedTuple):
    """Words that name periods; `is_relative` where they depend on another period ("the same period last year")."""

    start: int
    end: int
    periods: tuple[ReportingPeriod, ...]
    is_relative: bool = False
    is_bare_year: bool = False


def fiscal_calendar(filing: Filing, *, looks_ahead: bool = False) -> FiscalCalendar:
    """The calendar of a filing; what the cover does not say stays unknown."""
    ends_in_december = (filing.fiscal_year_end or "").startswith("12")
    return FiscalCalendar(filing.period_end, filing.fiscal_year, filing.fiscal_quarter, ends_in_december, looks_ahead)


_MONTH: Final = rf"{MONTH}\.?"
_DATE: Final = rf"{_MONTH}\s+\d{{1,2}}(?:,?\s+(?:19|20)\d\d)?"
_FISCAL: Final = r"(?:the\s+)?(?:company['’]s\s+|our\s+|its\s+)?(?:fiscal\s+|calendar\s+)?(?:years?\s+)?(?:fy\s?)?"
_Y: Final = r"(?:19|20)\d\d"
_YEARS: Final = rf"{_FISCAL}{_Y}(?:\s+fiscal\s+years?)?(?:,?\s+and\s+(?:fiscal\s+|fy\s?)?{_Y})?"
_LAST_YEAR: Final = (
    r"(?:last\s+(?:fiscal\s+)?year|(?:the\s+)?(?:last|prior|previous|preceding)\s+(?:fiscal\s+)?year"
    r"|(?:a|one)\s+year\s+(?:ago|earlier|before))"
)
_SPAN: Final = (
    rf"(?:{COUNT}(?:[-\s]+(?:month|week)s?)?"
    rf"|(?:fiscal\s+)?(?:{ORDINAL}\s+)?(?:fiscal\s+)?(?:quarters?|years?)(?:\s+of\s+{_FISCAL}{_Y})?)"
)
_KIND: Final = r"(?:\s+(?:fiscal\s+)?(?:periods?|quarters?|year))?"

_SPAN_FINDER: Final = re.compile(rf"({COUNT})(?:[-\s]+(month|week))?|(quarter)|(year)")
_DATE_FINDER: Final = re.compile(rf"({MONTH})\.?\s+(\d{{1,2}})(?:,?\s+({_Y}))?")
_YEAR_FINDER: Final = re.compile(_Y)

_FORMS: Final = re.compile(
    rf"""\b(?=\w)(?:(?P<ended>{_SPAN}{_KIND}(?:(?:\s*,)?\s+and\s+(?:the\s+)?{_SPAN}{_KIND})?,?\s+(?:then\s+)?(?:ended|ending|through)
            \s+(?:on\s+)?{_DATE}(?:(?:,\s+{_Y})*,?\s+(?:and|versus)\s+(?:{_DATE}|{_Y}))?)
      | (?P<month_quarter>{_MONTH}\s+{_Y}\s+quarter\b)
      | (?P<same>(?:(?:same|comparable|corresponding|equivalent|comparative)
            \s+(?:{COUNT}[-\s]months?\s+|prior[-\s]year\s+|year[-\s]ago\s+|fiscal\s+)*
            (?:(?P<same_year>{_Y})\s+)?(?:periods?|quarters?|months)
            (?:\s+(?:(?:in|of|from|for|during|a)\s+)*(?:{_LAST_YEAR}|{_FISCAL}{_Y}(?:\s+fiscal\s+year)?))?))
      | (?P<before>(?:{_LAST_YEAR}(?:['’]s)?
              (?:[-\s]+(?:comparable\s+|same\s+|corresponding\s+)?(?:{ORDINAL}\s+)?(?:{COUNT}[-\s]month\s+)?(?:period|quarter))?
            |(?:prior|previous)[-\s]year(?:['’]s)?(?:[-\s]+(?:comparable\s+|same\s+|corresponding\s+)?(?:{ORDINAL}\s+)?(?:{COUNT}[-\s]month\s+)?(?:period|quarter))?
            |year[-\s]ago(?:\s+(?:period|quarter))?|(?:period|quarter)\s+(?:a\s+)?year\s+ago))
      | (?P<previous>(?:immediately\s+)?(?:preceding|previous|prior|linked|last)\s+(?:fiscal\s+)?quarter\b)
      | (?P<half>first\s+(?:half|(?:three|six|nine|3|6|9)\s+months)\b(?:\s+(?:of|in)\s+(?:{_LAST_YEAR}|{_YEARS}))?)
      | (?P<ordinal>{ORDINAL}[-\s]+(?:fiscal\s+)?quarters?\b(?:['’]s)?(?:,?\s+(?:of\s+|in\s+|for\s+)?(?:{_LAST_YEAR}|{_YEARS}))?
            (?:,?\s+(?:which\s+)?(?:ended|ending)\s+{_DATE})?)
      | (?P<year_ordinal>(?:fiscal\s+(?:year\s+)?|fy\s?)?{_Y}\s+(?:fiscal\s+)?{ORDINAL}[-\s]+quarter\b)
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
      | (?P<to_date>(?:the|these|our)\s+{COUNT}[-\s]months?\b
            (?![-\s]+(?:periods?\s+|then\s+)?(?:ended|ending|through|periods|and)\b))
      | (?P<bare>(?:in|during|for|to|with|from|versus|and|of|its|our|the)\s+(?P<bare_year>{_Y})\b(?!\s*\w*\s*(?:shares|units))))
    """,
    re.VERBOSE,
)


_TIME_WORDS: Final = ("quarter", "period", "year", "month", "half")
_TIME_CODE: Final = re.compile(r"[1-4qf](?:(?<=[12])\d\d\d|(?<=\b[1-4])q|(?<=\bq)[1-4]|(?<=\bf)y)")
_MONTH_WORD: Final = PrefilteredPattern("|".join(MONTH_NAMES), rf"\b(?:{'|'.join(MONTH_NAMES)})\b")


def _may_tell_time(lowered: str) -> bool:
    """Whether a sentence has any of the words without which it names no period."""
    return any(word in lowered for word in _TIME_WORDS) or bool(_TIME_CODE.search(lowered) or _MONTH_WORD.search(lowered))


def find_periods(text: str, fiscal: FiscalCalendar, anchor: tuple[ReportingPeriod, ...] = ()) -> list[PeriodMention]:
    """The periods a sentence names, in order.

    `anchor` is what "the same period last year" refers to until the sentence names a period of its own. Words that name a
    period which cannot be worked out give a mention without periods: there nothing may be guessed.
    """
    lowered = lower(text)
    found: list[PeriodMention] = []
    if not _may_tell_time(lowered):
        return found
    has_own = False
    for match in _FORMS.finditer(lowered):
        kind = match.lastgroup or ""
        kind = next(name for name in _HANDLERS if match[name] is not None)
        periods = tuple(filter(None, _HANDLERS[kind](match.group(), fiscal, anchor)))
        start = match.start("bare_year") if kind == "bare" else match.start()
        found.append(PeriodMention(start, match.end(), periods, kind in _RELATIVE, kind == "bare"))
        is_primary = bool(periods) and kind not in _RELATIVE and kind != "bare" and periods[0].months > 0
        if is_primary and (not has_own or periods[0].end == fiscal.period_end):
            anchor, has_own = periods, True
    return found


_RELATIVE: Final = frozenset({"same", "before", "previous", "year_quarter"})
_LENGTHS: Final = (3, 6, 9, 12)
"""The durations that are reported, in months."""
_Found = Iterator[ReportingPeriod | None]
"""The periods that words name; None for one that cannot be worked out."""
_Handler = Callable[[str, FiscalCalendar, tuple[ReportingPeriod, ...]], _Found]


def _months_of(span: re.Match[str], shared: str) -> int:
    """The months of a span; a number alone has the unit of those beside it, or weeks where no duration has as many months."""
    if span[1]:
        unit = span[2] or (shared if months_of(span[1], "month") in _LENGTHS else "week")
        return months_of(span[1], unit)
    return 3 if span[3] else 12


def _dates(words: str, fiscal: FiscalCalendar) -> list[date]:
    """The dates in some words; one without a year takes it from the next that has one, else it is the nearest."""
    parts = [(MONTHS[m[1]], int(m[2]), int(m[3]) if m[3] else None) for m in _DATE_FINDER.finditer(words)]
    found: list[date] = []
    later: int | None = None
    for month, day, printed in reversed(parts):
        year = printed or later
        if year is None and fiscal.period_end:
            own = (fiscal.period_end.month, fiscal.period_end.day)
            year = fiscal.period_end.year + ((month, day) <= own if fiscal.looks_ahead else -((month, day) > own))
        if year is not None and 1 <= day <= month_end(year, month).day:
            found.insert(0, date(year, month, day))
            later = year
    return found


def _ended(words: str, fiscal: FiscalCalendar, _: tuple[ReportingPeriod, ...]) -> _Found:
    cut = re.search(r"\b(?:ended|ending|through)\b", words)
    head, tail = (words[: cut.start()], words[cut.end() :]) if cut else (words, words)
    head = re.sub(rf"\s+of\s+{_FISCAL}{_Y}", "", head)
    shared = "week" if "week" in head else "month"
    months = [
        _months_of(span, shared)
        for span in _SPAN_FINDER.finditer(head)
        if span[1] or not re.search(r"(?:month|week)s?\s+(?:fiscal\s+)?$", head[: span.start()])
    ]
    ends = _dates(tail, fiscal)
    first = _DATE_FINDER.search(tail)
    if first and len(ends) == 1:
        later = [int(year) for year in _YEAR_FINDER.findall(tail, first.end())]
        ends += [add_months(ends[0], (year - ends[0].year) * 12) for year in later]
    yield from (ReportingPeriod(end, count) for end in ends for count in months if count in _LENGTHS)


def _month_quarter(words: str, _fiscal: FiscalCalendar, _: tuple[ReportingPeriod, ...]) -> _Found:
    year = int(_YEAR_FINDER.findall(words)[0])
    yield ReportingPeriod(month_end(year, MONTHS[words.strip()[:3]]), 3)


def _same(words: str, fiscal: FiscalCalendar, anchor: tuple[ReportingPeriod, ...]) -> _Found:
    anchor = _leaning(words, fiscal, anchor)
    year = _YEAR_FINDER.search(words)
    if year:
        yield from (_to_year(period, int(year[0]), fiscal) for period in anchor)
    elif re.search(rf"{_LAST_YEAR}|prior[-\s]year|year[-\s]ago", words):
        yield from (period.moved(-12) for period in anchor)


def _leaning(words: str, fiscal: FiscalCalendar, anchor: tuple[ReportingPeriod, ...]) -> tuple[ReportingPeriod, ...]:
    """The periods that words refer to: the anchor, else the filing's own quarter; of the length that the words name.

    "The comparable quarter" after a half year is none of them.
    """
    anchor = anchor or ((fiscal.current,) if fiscal.current and "quarter" in words else ())
    span = re.search(rf"({COUNT})[-\s]months?", words)
    months = months_of(span[1], "months") if span else 3 if re.search(r"\bquarter\b", words) else None
    return tuple(period for period in anchor if months is None or period.months == months)


def _to_year(period: ReportingPeriod, year: int, fiscal: FiscalCalendar) -> ReportingPeriod | None:
    """The same part of a year: fiscal where the filing's fiscal year is known, else by the calendar."""
    if fiscal.fiscal_year is None:
        return period.moved((year - period.end.year) * 12)
    return fiscal.in_year(period, year)


def _before(words: str, fiscal: FiscalCalendar, anchor: tuple[ReportingPeriod, ...]) -> _Found:
    ordinal = re.search(rf"\b({ORDINAL})\b", words)
    if ordinal and fiscal.fiscal_year is not None:
        yield fiscal.quarter(fiscal.fiscal_year - 1, ORDINALS[ordinal[1]])
    else:
        yield from (period.moved(-12) for period in _leaning(words, fiscal, anchor))


def _previous(_words: str, fiscal: FiscalCalendar, anchor: tuple[ReportingPeriod, ...]) -> _Found:
    base = next((period for period in anchor if period.months == 3), fiscal.current)
    if base:
        yield ReportingPeriod(add_months(base.end, -3), 3)


def _years(words: str) -> list[int]:
    return [int(year) for year in _YEAR_FINDER.findall(words)]


def _half(words: str, fiscal: FiscalCalendar, _: tuple[ReportingPeriod, ...]) -> _Found:
    span = re.search(rf"first\s+({COUNT})", words)
    months = months_of(span[1], "months") if span else 6
    for year in _years(words) or (_implied_year(words, fiscal),):
        yield fiscal.quarter(year, months // 3, months)


def _implied_year(words: str, fiscal: FiscalCalendar) -> int | None:
    return fiscal.fiscal_year - 1 if fiscal.fiscal_year and re.search(_LAST_YEAR, words) else None


def _ordinal(words: str, fiscal: FiscalCalendar, _: tuple[ReportingPeriod, ...]) -> _Found:
    ended = re.search(r"\b(?:ended|ending)\b", words)
    if ended:
        yield from (ReportingPeriod(end, 3) for end in _dates(words[ended.end() :], fiscal))
        return
    quarter = re.search(rf"({ORDINAL})[-\s]+(?:fiscal\s+)?quarter", words)
    for year in _years(words) or (_implied_year(words, fiscal),):
        yield fiscal.quarter(year, ORDINALS[quarter[1]]) if quarter else None


def _code(words: str, fiscal: FiscalCalendar, _: tuple[ReportingPeriod, ...]) -> _Found:
    year = re.search(r"(\d{4}|\d\d)$", words[2:])
    yield fiscal.quarter(full_year(year[1]) if year else None, int(re.findall(r"[1-4]", words[:2])[0]))


def _year_quarter(words: str, fiscal: FiscalCalendar, anchor: tuple[ReportingPeriod, ...]) -> _Found:
    yield from (_to_year(period, _years(words)[0], fiscal) for period in _leaning(words, fiscal, anchor))


def _year_end(words: str, fiscal: FiscalCalendar, _: tuple[ReportingPeriod, ...]) -> _Found:
    yield from (fiscal.quarter(year, 4, 0) for year in _years(words)[:1])


def _instant(words: str, fiscal: FiscalCalendar, _: tuple[ReportingPeriod, ...]) -> _Found:
    yield from (ReportingPeriod(day, 0) for day in _dates(words, fiscal))


def _year(words: str, fiscal: FiscalCalendar, _: tuple[ReportingPeriod, ...]) -> _Found:
    short = re.search(r"(?<!\d)(\d\d)$", words)
    yield from (fiscal.quarter(year, 4, 12) for year in _years(words) or ([full_year(short[1])] if short else []))


def _bare(words: str, fiscal: FiscalCalendar, anchor: tuple[ReportingPeriod, ...]) -> _Found:
    """A year alone: the same part of that year where the sentence is about a part, else the whole year."""
    year = _years(words)[0]
    if anchor:
        yield from (_to_year(period, year, fiscal) for period in anchor)
    elif fiscal.is_calendar_year or fiscal.looks_ahead:
        yield from _year(words, fiscal, anchor)


def _current(_words: str, fiscal: FiscalCalendar, _: tuple[ReportingPeriod, ...]) -> _Found:
    yield fiscal.current


def _whole(_words: str, fiscal: FiscalCalendar, _: tuple[ReportingPeriod, ...]) -> _Found:
    """What "full-year" without a year means: the one a fourth quarter ends; looking ahead, the one under way or to come."""
    if fiscal.looks_ahead or fiscal.fiscal_quarter == 4:
        yield fiscal.quarter(None, 4, 12)


def _to_date(words: str, fiscal: FiscalCalendar, _: tuple[ReportingPeriod, ...]) -> _Found:
    """What "the six months" without a date means: the year to date, if it is that long, or the quarter."""
    span = re.search(COUNT, words)
    months = months_of(span[0], "months") if span else 0
    if fiscal.period_end and fiscal.fiscal_quarter and months in (3, fiscal.fiscal_quarter * 3):
        yield ReportingPeriod(fiscal.period_end, months)


_HANDLERS: Final[dict[str, _Handler]] = {
    "ended": _ended, "month_quarter": _month_quarter, "same": _same, "before": _before, "previous": _previous, "half": _half,
    "ordinal": _ordinal, "year_ordinal": _ordinal, "code": _code, "year_quarter": _year_quarter, "year_end": _year_end,
    "instant": _instant, "year": _year, "year_fiscal": _year, "current": _current, "whole": _whole, "to_date": _to_date,
    "bare": _bare,
}  # fmt: skip
