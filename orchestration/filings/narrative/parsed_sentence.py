"""A parsed sentence: its periods, its mentions of metrics, and its amounts in groups.

Belongs here: the data that the steps of `figures.py` hand on, and which amounts belong together or are compared. Does not
belong here: which metric an amount states (`metric_attribution.py`), of which period (`period_attribution.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from orchestration.filings.narrative.metrics import (
    Metric,
    MetricMention,
    pattern,
)
from orchestration.filings.narrative.money import NarrativeAmount
from orchestration.filings.narrative.periods import PeriodMention
from orchestration.filings.text.calendar import FiscalCalendar, ReportingPeriod
from orchestration.filings.text.figures import RUN

_COMPARES: Final = re.compile(
    r"\b(?=\w)(?:(?:as\s+)?(?:compared?|comparing)\s+(?:to|with)|in\s+comparison\s+(?:to|with)|versus|vs\b\.?|as\s+against|(?:up|down)\s+from|from)\b",
    re.IGNORECASE,
)
_FROM_END: Final = re.compile(r"\bfrom\s+(?:approximately\s+|an?\s+)?\(?$", re.IGNORECASE)
_TO_AMOUNT: Final = re.compile(r"\bto\s+(?:approximately\s+|an?\s+(?:record\s+)?)?$", re.IGNORECASE)
_RESTATES: Final = re.compile(r"[\s,;]*(?:or|and|\()?\s*\(?|[^$;()]{0,60},?\s+or\s+\(?", re.IGNORECASE)
_AND: Final = re.compile(r"\s*,?\s*(?:and|,)?\s*(?:approximately\s+|about\s+)?\(?", re.IGNORECASE)
_BEFORE_IS_CHANGE: Final = re.compile(
    r"\b(?:by|(?:increase|decrease|decline|reduction|improvement|growth|change|difference|gain|rise|drop|savings)\s+(?:of|in)|an\s+(?:increase|improvement)|up|down|rose|fell"
    r"|grew|increased|decreased|declined|improved|incremental|additional|another|percent,?\s+or|%,?\s+or)\s+(?:approximately\s+|about\s+|an?\s+(?:incremental|additional)\s+)?\(?$",
    re.IGNORECASE,
)
_AFTER_IS_CHANGE: Final = re.compile(
    rf"\s*,?\s*(?:or\s+{RUN}\s*(?:%|percent),?\s+)?(?:increase|decrease|decline|improvement|reduction|difference|change|higher|lower|more|less|growth|rise|drop)\b",
    re.IGNORECASE,
)
CARRIES_NON_GAAP_ON: Final = re.compile(r"(?:non-gaap|pro[\s-]?forma|on\s+a)\b", re.IGNORECASE)
"""Words that put the sentences after them outside GAAP too."""
_EBITDA_NEXT: Final = re.compile(r"\s+(?:ebitda|(?:financial\s+)?measures?)\b", re.IGNORECASE)


@dataclass(slots=True)
class FigureDraft:
    """One amount on its way to a figure."""

    amount: NarrativeAmount
    metric: Metric | None = None
    sign: int = 1
    period: ReportingPeriod | None = None
    is_change: bool = False
    mention_end: int = 0


@dataclass(slots=True)
class AmountGroup:
    """An amount with the per-share figures that restate it ("$3.0 million, or $0.07 per share")."""

    drafts: list[FigureDraft]
    start: int
    end: int
    is_compared: bool = False
    series: int = 0
    is_echo: bool = False
    is_earlier: bool = False
    floor: int = 0

    @property
    def base(self) -> FigureDraft:
        """The amount that the others restate."""
        return self.drafts[0]


class BulletHeading(NamedTuple):
    """What a heading says of the bullets below it: their period, and the one they are compared with."""

    period: ReportingPeriod
    compared: ReportingPeriod | None


@dataclass(slots=True)
class ParagraphContext:
    """What the sentences of one paragraph have said so far."""

    fiscal: FiscalCalendar
    own_names: frozenset[str]
    anchor: tuple[ReportingPeriod, ...] = ()
    is_outside_gaap: bool = False
    heading: BulletHeading | None = None
    marks: tuple[int, ...] = ()
    unread: list[str] = field(default_factory=list)
    too_long: list[int] = field(default_factory=list)


@dataclass(slots=True)
class ParsedSentence:
    """One parsed sentence."""

    text: str
    periods: list[PeriodMention]
    mentions: list[MetricMention]
    groups: list[AmountGroup] = field(default_factory=list)


def non_gaap_marks(text: str) -> tuple[int, ...]:
    """The offsets of non-GAAP words; but "adjusted EBITDA" and "a non-GAAP measure" put nothing beside them outside GAAP."""
    return tuple(found.start() for found in pattern("non_gaap").finditer(text) if not _EBITDA_NEXT.match(text, found.end()))


def amount_groups(text: str, printed: Sequence[NarrativeAmount], periods: Sequence[PeriodMention]) -> list[AmountGroup]:
    """Amounts with their per-share restatements, each marked if it is compared with the one before."""
    groups: list[AmountGroup] = []
    for amount in printed:
        gap = text[groups[-1].end : amount.start] if groups else ""
        draft = FigureDraft(amount)
        if groups and amount.unit.endswith("/share") and _RESTATES.fullmatch(gap) and not _COMPARES.search(gap):
            groups[-1].drafts.append(draft)
            groups[-1].end = amount.tail
            continue
        compares = _comparison(gap) if groups else None
        compared = compares is not None
        series = bool(groups) and not compared and len(gap) < 24 and bool(_AND.fullmatch(gap))
        group = AmountGroup([draft], amount.start, amount.tail, compared or (series and groups[-1].is_compared))
        group.is_echo = (
            not (compared or series) and bool(groups) and _is_echo(gap, groups[-1].end, periods) and not groups[-1].is_compared
        )
        group.series = groups[-1].series + 1 if series else 0
        group.floor = groups[-1].end + (compares or 0) if groups else 0
        groups.append(group)
    return groups


def _is_echo(gap: str, start: int, periods: Sequence[PeriodMention]) -> bool:
    """Whether only a period and "and" stand between two amounts: "were $53.4 million in 3Q23 and $47.0 million in 3Q22"."""
    for period in reversed(periods):
        if start <= period.start and period.end <= start + len(gap):
            gap = gap[: period.start - start] + gap[period.end - start :]
            return re.fullmatch(r"\s*(?:,\s*)?(?:(?:for|in|during)\s+)?(?:the\s+)?,?\s*and\s+", gap, re.IGNORECASE) is not None
    return False


def _comparison(gap: str) -> int | None:
    """The offset after the comparing words between two amounts; None where there are none."""
    for found in _COMPARES.finditer(gap):
        if found.group().lower() != "from" or len(gap) - found.end() < 50:
            return found.end()
    if "from" not in gap.lower() and _TO_AMOUNT.search(gap):
        return len(gap)
    return None


def mark_changes(parsed: ParsedSentence, _context: ParagraphContext) -> None:
    """Mark the amounts that are a change ("an increase of $2.1 million") and state no metric."""
    for group in parsed.groups:
        amount = group.base.amount
        before, after = parsed.text[max(0, amount.start - 60) : amount.start], parsed.text[amount.end : amount.end + 48]
        group.base.is_change = bool(_BEFORE_IS_CHANGE.search(before) or _AFTER_IS_CHANGE.match(after))
        if group.base.is_change and re.search(r"\b(?:from|to)\s*\(?$", before):
            group.base.is_change = bool(_AFTER_IS_CHANGE.match(after))
    for earlier, group in zip(parsed.groups, parsed.groups[1:], strict=False):
        if earlier.base.is_change:
            group.floor = earlier.floor
            group.is_compared = earlier.is_compared and group.is_compared
            group.is_earlier = bool(_FROM_END.search(parsed.text, max(0, group.start - 24), group.start))


def without_periods(parsed: ParsedSentence, start: int, end: int) -> str:
    """A part of a sentence without its periods and its changes."""
    text = parsed.text[start:end]
    passed = [(period.start, period.end) for period in parsed.periods]
    passed += [(group.start, group.end) for group in parsed.groups if group.base.is_change]
    for left, right in sorted(passed, reverse=True):
        if start <= left and right <= end:
            text = text[: left - start] + text[right - start :]
    return text
