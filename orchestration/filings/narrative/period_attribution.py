"""Which period each amount of a sentence is of.

Belongs here: choosing among the periods of a sentence, its heading and the sentences before. Does not belong here: how a period
is written (`periods.py`), the grouping of amounts (`parsed_sentence.py`), metrics (`metric_attribution.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from orchestration.filings.narrative.parsed_sentence import (
    AmountGroup,
    BulletHeading,
    FigureDraft,
    ParagraphContext,
    ParsedSentence,
)
from orchestration.filings.narrative.periods import PeriodMention, find_periods
from orchestration.filings.text.calendar import FiscalCalendar, ReportingPeriod

_BULLET: Final = re.compile(r"(?:[-*•●·▪◦]|o\s|--)")
_MAX_HEADING: Final = 100
_SUCH: Final = re.compile(r"\s+(?:of|in)\s+such\s+[\w-]+", re.IGNORECASE)
_COORDINATED: Final = re.compile(r"\band\s+(?:approximately\s+|about\s+)?\(?$", re.IGNORECASE)
_TO_PERIOD: Final = re.compile(
    r"[\s,)]*(?:\(?(?:or\s+)?(?:basic|diluted)(?:\s+and\s+(?:fully\s+)?diluted)?\s*\)?)?[\s,]*(?:(?:reported|recorded|incurred|recognized|earned|respectively|cash)[\s,]+)*"
    r"(?:(?:for|in|during|as\s+of|at|on|from|over)\s+)?(?:(?:each\s+of|both)\s+)?(?:the\s+|its\s+|our\s+)?(?:end\s+of\s+(?:the\s+)?|close\s+of\s+(?:the\s+)?)?\(?",
    re.IGNORECASE,
)
_END_OF: Final = re.compile(r"\b(?:(?:end|close)\s+of|ended)\s+(?:the\s+|its\s+)?(?:company['’]s\s+)?$", re.IGNORECASE)
_COMPARISON: Final = re.compile(r"\bcomparisons?\s+(?:are|is)\b", re.IGNORECASE)
_RESPECTIVELY: Final = re.compile(r"\brespectively\b", re.IGNORECASE)


def heading_of(text: str, fiscal: FiscalCalendar, before: BulletHeading | None) -> BulletHeading | None:
    """The heading of the lines below a line without a figure: the one period it names, else None; a bullet keeps `before`."""
    line = text.strip()
    if not any(mark.isalpha() for mark in line) or _BULLET.match(line):
        return before
    if len(line) > _MAX_HEADING:
        return None
    named = [mention for mention in find_periods(line, fiscal) if mention.periods and mention.periods[0].months]
    own = [mention for mention in named if not mention.is_relative]
    if len(own) != 1 or len(own[0].periods) != 1:
        return None
    if _COMPARISON.search(line):
        return before and before._replace(compared=own[0].periods[0])
    others = [mention.periods[0] for mention in named if mention.is_relative]
    return BulletHeading(own[0].periods[0], others[0] if len(others) == 1 else None)


def move_anchor(periods: Sequence[PeriodMention], context: ParagraphContext) -> None:
    """Set the period that later sentences of the paragraph are of, unless they name their own."""
    for mention in periods:
        if mention.periods and not mention.is_relative and mention.periods[0].months:
            context.anchor = mention.periods
            return


def date_groups(parsed: ParsedSentence, context: ParagraphContext) -> None:
    """Give each group its period: the one right after it, else the one before it, else that of the sentence or heading."""
    heading = None if parsed.periods else context.heading
    leading: ReportingPeriod | None = heading.period if heading else None
    leading_instant: ReportingPeriod | None = None
    for index, group in enumerate(parsed.groups):
        ceiling = parsed.groups[index + 1].start if index + 1 < len(parsed.groups) else len(parsed.text)
        mention = _period_after(parsed, group, ceiling)
        if mention is None and not (group.series or group.is_echo or group.is_earlier) and not _is_listed(parsed.text, group):
            mention = _period_before(parsed, group)
        if mention is None and group.series and index:
            for draft in group.drafts:
                draft.period = parsed.groups[index - 1].base.period
            continue
        period = _fit(mention, group.base, parsed.text) if mention else None
        if mention is None and not (group.is_compared or group.is_earlier or group.is_echo):
            period = leading_instant if group.base.metric and group.base.metric.is_instant else leading
        if mention is None and group.is_compared and heading and not (group.base.metric and group.base.metric.is_instant):
            period = heading.compared
        for draft in group.drafts:
            draft.period = None if draft.is_change else period
        if not group.is_compared and not group.base.is_change and not group.is_earlier and period is not None:
            if period.months:
                leading = leading or period
            else:
                leading_instant = leading_instant or period


def share_the_only_period(parsed: ParsedSentence, _context: ParagraphContext) -> None:
    """Give the one period that a sentence names to all its flows without one, where it compares nothing."""
    if len(parsed.periods) != 1 or len(parsed.periods[0].periods) != 1 or parsed.periods[0].is_relative:
        return
    period = parsed.periods[0].periods[0]
    if not period.months or any(group.is_compared or group.is_earlier for group in parsed.groups):
        return
    for group in parsed.groups:
        for draft in group.drafts:
            if draft.period is None and draft.metric and not draft.metric.is_instant:
                draft.period = period


def _fit(mention: PeriodMention, draft: FigureDraft, text: str) -> ReportingPeriod | None:
    """The period a mention gives to a metric: an instant for a balance, a duration for a flow; None where they clash."""
    if not mention.periods:
        return None
    period = mention.periods[0]
    if draft.metric is None:
        return period
    if draft.metric.is_instant:
        if period.months and not _END_OF.search(text, max(0, mention.start - 40), mention.start) and not mention.is_relative:
            return None
        return ReportingPeriod(period.end, 0)
    return period if period.months else None


def _period_after(parsed: ParsedSentence, group: AmountGroup, ceiling: int) -> PeriodMention | None:
    """The period right after an amount, or right after the metric named behind it."""
    places = [group.end, max(group.base.amount.end, group.base.mention_end)]
    such = _SUCH.match(parsed.text, group.end)
    if such:
        places.append(such.end())
    for mention in parsed.periods:
        for place in places:
            if mention.start >= place and mention.start < ceiling and _TO_PERIOD.fullmatch(parsed.text, place, mention.start):
                return mention
    return None


def _is_listed(text: str, group: AmountGroup) -> bool:
    """Whether an amount is one of a list under one subject: "revenues include $2.3 million of ... and $1.9 million of ..."."""
    return group.floor > 0 and group.base.mention_end > group.end and bool(_COORDINATED.search(text, group.floor, group.start))


def _period_before(parsed: ParsedSentence, group: AmountGroup) -> PeriodMention | None:
    """The last period before an amount that fits its metric; None where several differ."""
    limit = group.base.amount.start
    before = [mention for mention in parsed.periods if group.floor <= mention.start and mention.end <= limit]
    instant = group.base.metric is not None and group.base.metric.is_instant
    fitting = [
        m
        for m in before
        if m.periods
        and (m.periods[0].months == 0 or (instant and _END_OF.search(parsed.text, max(0, m.start - 40), m.start))) == instant
    ]
    chosen = fitting or before
    if not chosen or len({mention.periods for mention in chosen}) > 1:
        return None
    return chosen[-1]


def distribute_respectively(parsed: ParsedSentence, _context: ParagraphContext) -> None:
    """Give each its own period in "$1.5 million and $1.1 million for ... 2011 and 2010, respectively"."""
    index = 0
    while index < len(parsed.groups):
        end = index + 1
        while end < len(parsed.groups) and parsed.groups[end].series:
            end += 1
        _distribute_run(parsed, parsed.groups[index:end])
        index = end


def _distribute_run(parsed: ParsedSentence, run: list[AmountGroup]) -> None:
    lists = [m for m in parsed.periods if len(m.periods) > 1 and (m.end <= run[0].start or m.start >= run[-1].base.amount.end)]
    after = [m for m in lists if m.start >= run[-1].base.amount.end]
    chosen = after[0] if after and (len(run) > 1) else lists[-1] if lists else None
    if len(run) == 1:
        many = next((m for m in lists if run[0].base.period in m.periods), None)
        if many and run[0].base.metric and not (_RESPECTIVELY.search(parsed.text) or re.search(r"\beach\b", parsed.text)):
            run[0].base.metric = None
        return
    if chosen and len(chosen.periods) == len(run):
        for group, period in zip(run, chosen.periods, strict=True):
            for draft in group.drafts:
                draft.period = ReportingPeriod(period.end, 0) if draft.metric and draft.metric.is_instant else period
                draft.metric = draft.metric or run[0].base.metric
        return
    named_apart = len({group.base.metric.name for group in run if group.base.metric}) == len(run)
    is_one_metric = len({id(group.base.metric) for group in run}) == 1
    shared = _period_after(parsed, run[-1], len(parsed.text))
    common = _fit(shared, run[-1].base, parsed.text) if shared else run[0].base.period
    for group in run:
        for draft in group.drafts:
            draft.period = common
            if not named_apart and is_one_metric:
                draft.metric = None
