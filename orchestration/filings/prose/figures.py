"""Figures told in sentences: which metric and which period each amount states.

Belongs here: what the words around an amount make of it. Does not belong here: the shapes of amounts (`money.py`),
periods (`periods.py`) and vocabulary (`metrics.py`); what a filing expects (`guidance.py`); holding a figure against the
statements (`reconciliation.py`, whose `reconcile` this module hands on).

A figure is named only where the sentence itself says what it is: the metric stands before it with a verb of being
between ("revenues for the quarter were $12.1 million"), or after it ("$6.6 million of research and development support
fees"), or it is compared with a figure that is so named. A change ("an increase of $2.1 million"), a part ("included in
revenues was a $2.0 million milestone"), another company's figure ("Roche reported sales of 222 million CHF") and a
figure outside GAAP are figures without a metric: they are kept, and are held against nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Document, Paragraph
from orchestration.filings.prose.guidance import is_outlook
from orchestration.filings.prose.metrics import (
    ASIDE,
    EPS,
    PART,
    Mention,
    Metric,
    mentions,
    metrics,
    own_names,
    pattern,
    stands_alone,
    word_before,
)
from orchestration.filings.prose.money import Amount, amounts, has_money
from orchestration.filings.prose.periods import FiscalCalendar, Period, PeriodMention, find_periods
from orchestration.filings.prose.reconciliation import reconcile
from orchestration.filings.prose.sentences import Sentence, sentences
from orchestration.filings.records import Figure, Filing

__all__ = ["read_figures", "reconcile"]

_MAX_SENTENCE: Final = 1500
_BULLET: Final = re.compile(r"(?:[-*•●·▪◦]|o\s|--)")
_LEAST_IN_TABLE: Final = 3
_TELLS: Final = re.compile(
    r"\b(?=\w)(?:was|were|is|are|had|has|have|reported|recorded|compared|totall?ed|includ\w+|increased|decreased|received|paid|rose|fell|ended|sold|raised|issued|completed|closed|its|our|we|which|that|will|by|at|a|an|the)\b",
    re.IGNORECASE,
)
_MAX_HEADING: Final = 100
_MAX_AMOUNTS: Final = 24
"""More amounts than this in one sentence is a table run together."""

_COMPARES: Final = re.compile(
    r"\b(?=\w)(?:(?:as\s+)?(?:compared?|comparing)\s+(?:to|with)|in\s+comparison\s+(?:to|with)|versus|vs\b\.?|as\s+against|(?:up|down)\s+from|from)\b",
    re.IGNORECASE,
)
_FROM_END: Final = re.compile(r"\bfrom\s+(?:approximately\s+|an?\s+)?\(?$", re.IGNORECASE)
_TO_AMOUNT: Final = re.compile(r"\bto\s+(?:approximately\s+|an?\s+(?:record\s+)?)?$", re.IGNORECASE)
_RESTATES: Final = re.compile(r"[\s,;]*(?:or|and|\()?\s*\(?|[^$;()]{0,60},?\s+or\s+\(?", re.IGNORECASE)
_AND: Final = re.compile(r"\s*,?\s*(?:and|,)?\s*(?:approximately\s+|about\s+)?\(?", re.IGNORECASE)
_AFTER: Final = re.compile(
    r"\s*(?:,\s*)?(?:approximately\s+)?(?:of|in|for)\s+(?:(?:the|its|our|total|net|gaap|company's|such)\s+)*", re.IGNORECASE
)
_SUCH: Final = re.compile(r"\s+(?:of|in)\s+such\s+[\w-]+", re.IGNORECASE)
_LINK: Final = re.compile(
    r"(?:[\s,:;()\"”%—–-]|\d[\d.,]*+|\b(?:was|were|is|are|be|of|totall?ed|totall?ing|total|totals|reached|reaching|at|to|from|with|amounted|remained|steady|flat|stood|came|in|also"
    r"|a|an|the|only|just|record|approximately|about|roughly|nearly|almost|over|percent|by|increased|decreased|rose|fell|declined|grew|improved|dropped|narrowed|widened|up|down|or"
    r"|for|during|on|company|company's|company’s|reported|recorded|incurred|recognized|earned|expenses|costs|basis|gaap|year-over-year|sequentially|and|unchanged|compared|each|both|as|end|balance|balances"
    r"|\w+ly)\b)*+",
    re.IGNORECASE,
)
_ENDS_LINK: Final = re.compile(
    r"(?:\b(?:was|were|is|are|be|of|totall?ed|totall?ing|total|reached|reaching|at|to|from|only|with|recorded|reported)"
    r"(?:\s+(?:a|an|the|only|just))?(?:\s+(?:record|approximately|about|roughly|nearly|almost|over))?|[:—])\s*\(?$",
    re.IGNORECASE,
)
_NARROWS: Final = re.compile(
    r"\s+(?:from|before|excluding|per|margins?|growth|guidance|by\s+segment|attributable\s+to\s+(?:the\s+)?(?:non|minor)|of\s+(?:investees?|affiliates?|our|its|the))\b",
    re.IGNORECASE,
)
_CASH_ALONE: Final = re.compile(
    r"\s*(?:$|[,.;:)]|(?:and\s+no|at|as|on|of|was|were|is|totall?ed|compared|increased|decreased|in\s+the\s+bank)\b)",
    re.IGNORECASE,
)
_SIDE_NOTE: Final = re.compile(
    r",\s+(?:primarily|principally|mainly|which|consisting|including|excluding|net\s+of|representing)\b[^,;$]{0,90},",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(r"\b(?:a|an|this|the|another|one)\s+$", re.IGNORECASE)
_NOUN: Final = re.compile(
    r"\s+(?!(?:or|and|for|in|on|at|as|during|per|compared|versus|vs|from|to|of|with|while|which|respectively|up|down|reported|recorded)\b)[a-z]",
    re.IGNORECASE,
)
_COORDINATED: Final = re.compile(r"\band\s+(?:approximately\s+|about\s+)?\(?$", re.IGNORECASE)
_TO_PERIOD: Final = re.compile(
    r"[\s,)]*(?:\(?(?:or\s+)?(?:basic|diluted)(?:\s+and\s+(?:fully\s+)?diluted)?\s*\)?)?[\s,]*(?:(?:reported|recorded|incurred|recognized|earned|respectively|cash)[\s,]+)*"
    r"(?:(?:for|in|during|as\s+of|at|on|from|over)\s+)?(?:(?:each\s+of|both)\s+)?(?:the\s+|its\s+|our\s+)?(?:end\s+of\s+(?:the\s+)?|close\s+of\s+(?:the\s+)?)?\(?",
    re.IGNORECASE,
)
_END_OF: Final = re.compile(r"\b(?:(?:end|close)\s+of|ended)\s+(?:the\s+|its\s+)?(?:company['’]s\s+)?$", re.IGNORECASE)
_LOSS: Final = re.compile(
    r"\b(?P<loss>loss|deficit|benefit)(?:\s+of)?\s*\(?$|\b(?P<gain>income|profit|earnings)\s+of\s*\(?$", re.IGNORECASE
)
_RESPECTIVELY: Final = re.compile(r"\brespectively\b", re.IGNORECASE)
_REPORTER: Final = re.compile(
    r"\b([A-Z][\w&.’'-]+)(?:,\s+[^,]{0,40},)?\s+(?:has\s+|also\s+)?(?:reported|announced|posted|recorded|generated|disclosed|achieved|delivered|recognized|earned|contributed|saw)\b"
)
_BEFORE_IS_CHANGE: Final = re.compile(
    r"\b(?:by|(?:increase|decrease|decline|reduction|improvement|growth|change|difference|gain|rise|drop|savings)\s+(?:of|in)|an\s+(?:increase|improvement)|up|down|rose|fell"
    r"|grew|increased|decreased|declined|improved|incremental|additional|another|percent,?\s+or|%,?\s+or)\s+(?:approximately\s+|about\s+|an?\s+(?:incremental|additional)\s+)?\(?$",
    re.IGNORECASE,
)
_AFTER_IS_CHANGE: Final = re.compile(
    r"\s*,?\s*(?:or\s+[\d.]+\s*(?:%|percent),?\s+)?(?:increase|decrease|decline|improvement|reduction|difference|change|higher|lower|more|less|growth|rise|drop)\b",
    re.IGNORECASE,
)
_COLOURS: Final = re.compile(r"(?:non-gaap|pro[\s-]?forma|on\s+a)\b", re.IGNORECASE)
_EBITDA_NEXT: Final = re.compile(r"\s+(?:ebitda|(?:financial\s+)?measures?)\b", re.IGNORECASE)
_MOST_PER_SHARE: Final = 1000
_EBITDA: Final = frozenset({"AdjustedEbitda", "Ebitda"})


@dataclass(slots=True)
class _Draft:
    """One amount on its way to a figure."""

    amount: Amount
    metric: Metric | None = None
    sign: int = 1
    period: Period | None = None
    is_change: bool = False
    mention_end: int = 0


@dataclass(slots=True)
class _Group:
    """An amount with the per-share figures that restate it ("$3.0 million, or $0.07 per share")."""

    drafts: list[_Draft]
    start: int
    end: int
    is_compared: bool = False
    series: int = 0
    is_echo: bool = False
    is_earlier: bool = False
    floor: int = 0

    @property
    def base(self) -> _Draft:
        return self.drafts[0]


class _Heading(NamedTuple):
    """What a heading says of the bullets below it: their period, and the one they are compared with."""

    period: Period
    compared: Period | None


@dataclass(slots=True)
class _Context:
    """What the sentences of one paragraph have said so far."""

    fiscal: FiscalCalendar
    own_names: frozenset[str]
    anchor: tuple[Period, ...] = ()
    is_outside_gaap: bool = False
    heading: _Heading | None = None
    marks: tuple[int, ...] = ()
    unread: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Told:
    """One sentence taken apart."""

    text: str
    periods: list[PeriodMention]
    mentions: list[Mention]
    groups: list[_Group] = field(default_factory=list)


def read_figures(document: Document, filing: Filing) -> tuple[Figure, ...]:
    """The figures a document tells in its paragraphs, in order; all `unmatched` until `reconcile`.

    Amounts of an outlook are guidance (`guidance.py`), not figures. Never raises on any text.
    """
    fiscal = FiscalCalendar.of(filing)
    own = own_names(filing.registrant, filing.company_name)
    found: list[Figure] = []
    heading: _Heading | None = None
    for paragraph in document.paragraphs:
        if not has_money(paragraph.text):
            heading = _heading_of(paragraph.text, fiscal, heading)
            continue
        context = _Context(fiscal, own, (heading.period,) if heading else (), heading=heading)
        for sentence in sentences(paragraph.text):
            drafts = _read_sentence(sentence, context)
            found += [_figure(draft, sentence, paragraph, document, filing) for draft in drafts]
    return tuple(found)


def _heading_of(text: str, fiscal: FiscalCalendar, before: _Heading | None) -> _Heading | None:
    """What a line without a figure says of those below: the one period it names; without one, or with two, it ends the last."""
    line = text.strip()
    if not any(mark.isalpha() for mark in line) or _BULLET.match(line):
        return before
    if len(line) > _MAX_HEADING:
        return None
    named = [mention for mention in find_periods(line, fiscal) if mention.periods and mention.periods[0].months]
    own = [mention for mention in named if not mention.is_relative]
    if len(own) != 1 or len(own[0].periods) != 1:
        return None
    others = [mention.periods[0] for mention in named if mention.is_relative]
    return _Heading(own[0].periods[0], others[0] if len(others) == 1 else None)


def _read_sentence(sentence: Sentence, context: _Context) -> list[_Draft]:
    text = sentence.text
    if len(text) > _MAX_SENTENCE or is_outlook(text):
        return []
    printed = list(amounts(text)) if has_money(text) else []
    if not printed:
        context.unread.append(text)
        return []
    if len(printed) > _MAX_AMOUNTS or _is_table(text, printed):
        return []
    _catch_up(context)
    periods = find_periods(text, context.fiscal, context.anchor)
    context.marks = _marks(text)
    told = _Told(text, periods, list(mentions(text)))
    told.groups = _groups(text, printed, periods)
    for step in (
        _mark_changes,
        _name_metrics,
        _drop_others,
        _date_groups,
        _distribute,
        _name_per_share,
        _share_the_only_period,
        _sign,
    ):
        step(told, context)
    _move_anchor(periods, context)
    return [draft for group in told.groups for draft in group.drafts]


def _catch_up(context: _Context) -> None:
    """What sentences without an amount said of the time and the basis counts once one with an amount follows."""
    for text in context.unread:
        _move_anchor(find_periods(text, context.fiscal, context.anchor), context)
        context.is_outside_gaap = context.is_outside_gaap or any(_COLOURS.match(text, mark) for mark in _marks(text))
    context.unread.clear()


def _move_anchor(periods: Sequence[PeriodMention], context: _Context) -> None:
    for mention in periods:
        if mention.periods and not mention.is_relative and mention.periods[0].months:
            context.anchor = mention.periods
            return


def _marks(text: str) -> tuple[int, ...]:
    """Where a sentence leaves GAAP; "adjusted EBITDA" and "a non-GAAP measure" colour nothing beside them."""
    return tuple(found.start() for found in pattern("non_gaap").finditer(text) if not _EBITDA_NEXT.match(text, found.end()))


def _is_table(text: str, printed: Sequence[Amount]) -> bool:
    """Whether a sentence is the rows of a table run together: amounts side by side, or several without a word of telling."""
    if len(printed) < _LEAST_IN_TABLE:
        return False
    beside = any(not text[one.end : other.start].strip(" \t\n%)") for one, other in itertools.pairwise(printed))
    return beside or not _TELLS.search(text)


def _groups(text: str, printed: Sequence[Amount], periods: Sequence[PeriodMention]) -> list[_Group]:
    """Amounts with their per-share restatements, each told apart from the amount it is compared with."""
    groups: list[_Group] = []
    for amount in printed:
        gap = text[groups[-1].end : amount.start] if groups else ""
        draft = _Draft(amount)
        if groups and amount.unit.endswith("/share") and _RESTATES.fullmatch(gap) and not _COMPARES.search(gap):
            groups[-1].drafts.append(draft)
            groups[-1].end = amount.tail
            continue
        compares = _comparison(gap) if groups else None
        compared = compares is not None
        series = bool(groups) and not compared and len(gap) < 24 and bool(_AND.fullmatch(gap))
        group = _Group([draft], amount.start, amount.tail, compared or (series and groups[-1].is_compared))
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
    """Where, in the words between two amounts, the second is set against the first; None where it is not."""
    for found in _COMPARES.finditer(gap):
        if found.group().lower() != "from" or len(gap) - found.end() < 50:
            return found.end()
    if "from" not in gap.lower() and _TO_AMOUNT.search(gap):
        return len(gap)
    return None


def _mark_changes(told: _Told, _context: _Context) -> None:
    for group in told.groups:
        amount = group.base.amount
        before, after = told.text[max(0, amount.start - 60) : amount.start], told.text[amount.end : amount.end + 48]
        group.base.is_change = bool(_BEFORE_IS_CHANGE.search(before) or _AFTER_IS_CHANGE.match(after))
        if group.base.is_change and re.search(r"\b(?:from|to)\s*\(?$", before):
            group.base.is_change = bool(_AFTER_IS_CHANGE.match(after))
    for earlier, group in zip(told.groups, told.groups[1:], strict=False):
        if earlier.base.is_change:
            group.floor = earlier.floor
            group.is_compared = earlier.is_compared and group.is_compared
            group.is_earlier = bool(_FROM_END.search(told.text, max(0, group.start - 24), group.start))


def _name_metrics(told: _Told, context: _Context) -> None:
    """Each group's metric: named after it, before it, or taken from what it is compared with."""
    named: list[_Group] = []
    for index, group in enumerate(told.groups):
        draft = group.base
        if draft.is_change:
            continue
        ceiling = told.groups[index + 1].start if index + 1 < len(told.groups) else len(told.text)
        mention = _named_after(told, group, ceiling) or _named_before(told, group)
        if mention is not None:
            is_part = mention.start >= group.end and not mention.metric.cell_label and PART.match(told.text, mention.end)
            is_alien = group.is_compared and bool(named) and named[-1].base.metric is None
            if not is_part and not is_alien and _is_total(told.text, mention, context):
                draft.metric, draft.sign, draft.mention_end = mention.metric, mention.sign, mention.end
        elif group.is_compared and named and _is_bare(told, group):
            _inherit(group, named, told)
        elif group.is_echo and index and not told.groups[index - 1].base.mention_end > told.groups[index - 1].end:
            draft.metric, draft.sign = told.groups[index - 1].base.metric, told.groups[index - 1].base.sign
        elif group.series and index and told.groups[index - 1].base.metric and not told.groups[index - 1].is_compared:
            other = told.groups[index - 1].base
            if not other.mention_end > told.groups[index - 1].end:
                draft.metric, draft.sign = other.metric, other.sign
        if not group.is_compared:
            if not group.series and named and named[-1].is_compared:
                named = []
            named.append(group)


def _is_bare(told: _Told, group: _Group) -> bool:
    """Whether nothing but a period stands between the word that compares and the amount, so that it is of the same thing."""
    if _is_adjectival(told.text, group.base.amount):
        return False
    floor = group.floor if not group.series else group.start
    return bool(_LINK.fullmatch(ASIDE.sub(" ", _without_periods(told, floor, group.base.amount.start))))


def _without_periods(told: _Told, start: int, end: int) -> str:
    """A stretch of a sentence without its periods and its changes."""
    text = told.text[start:end]
    passed = [(period.start, period.end) for period in told.periods]
    passed += [(group.start, group.end) for group in told.groups if group.base.is_change]
    for left, right in sorted(passed, reverse=True):
        if start <= left and right <= end:
            text = text[: left - start] + text[right - start :]
    return text


def _inherit(group: _Group, named: list[_Group], told: _Told) -> None:
    """What is compared is the last figure named; of several compared in a row, each is its own counterpart."""
    rivals = [
        other for other in told.groups if other.is_compared and other.start <= group.start and other.start > named[-1].start
    ]
    series = [other for other in told.groups if other.is_compared and other.start > named[-1].start]
    run = [other for index, other in enumerate(series) if index == 0 or other.series]
    counterpart = named[-1]
    if len(run) > 1 and group in run and len(named) >= len(run):
        counterpart = named[len(named) - len(run) + run.index(group)]
    elif not rivals:
        return
    group.base.metric, group.base.sign = counterpart.base.metric, counterpart.base.sign


def _named_after(told: _Told, group: _Group, ceiling: int) -> Mention | None:
    """The metric in "$6.6 million of research and development support fees"."""
    link = _AFTER.match(told.text, group.end)
    if not link:
        return None
    for mention in told.mentions:
        if mention.start == link.end() and mention.end <= ceiling:
            return mention
    return None


def _named_before(told: _Told, group: _Group) -> Mention | None:
    """The metric in "revenues for the quarter were $12.1 million"."""
    amount = group.base.amount
    if _is_adjectival(told.text, amount):
        return None
    asides = [found.span() for found in _SIDE_NOTE.finditer(told.text, group.floor, amount.start)]
    for mention in reversed(told.mentions):
        if mention.end > amount.start or any(start < mention.start < end for start, end in asides):
            continue
        if mention.start < group.floor:
            return None
        return mention if _is_link(told, mention, amount.start) else None
    return None


def _is_link(told: _Told, mention: Mention, until: int) -> bool:
    """Whether only a period, an aside and a verb of being stand between a metric and an amount."""
    if until - mention.end > 260:
        return False
    gap = ASIDE.sub(" ", _without_periods(told, mention.end, until))
    return len(gap) < 120 and bool(_ENDS_LINK.search(gap)) and bool(_LINK.fullmatch(gap))


def _is_adjectival(text: str, amount: Amount) -> bool:
    """In "a $2.0 million milestone", "this $36.8 million difference" the noun after says what it is, not the verb before."""
    return bool(_ARTICLE.search(text, max(0, amount.start - 12), amount.start) and _NOUN.match(text, amount.end))


def _is_total(text: str, mention: Mention, context: _Context) -> bool:
    """Whether a mention is the company's own total: nothing before or after it narrows it down."""
    if mention.metric.name in _EBITDA:
        return True
    if not stands_alone(text, mention, context.own_names) or _NARROWS.match(text, mention.end):
        return False
    if mention.phrase == "cash" and not _CASH_ALONE.match(text, mention.end):
        return False
    if word_before(text, mention.start) == "gaap":
        return True
    if context.is_outside_gaap and not mention.metric.is_instant:
        return False
    return not any(mark < mention.start for mark in context.marks)


def _drop_others(told: _Told, context: _Context) -> None:
    """A figure that another company reports is not the filer's; a sentence outside GAAP colours those after it."""
    for found in _REPORTER.finditer(told.text):
        name = re.sub(r"['’]s$|[.,]$", "", found[1]).lower()
        if name in context.own_names or any(mention.start <= found.start() < mention.end for mention in told.mentions):
            continue
        for group in told.groups:
            if group.start > found.end():
                for draft in group.drafts:
                    draft.metric = None
    colours = [mark for mark in context.marks if _COLOURS.match(told.text, mark)]
    context.is_outside_gaap = context.is_outside_gaap or bool(colours)


def _date_groups(told: _Told, context: _Context) -> None:
    """Each group's period: the one right after it, else the one before it, else that of the sentence."""
    heading = None if told.periods else context.heading
    leading: Period | None = heading.period if heading else None
    leading_instant: Period | None = None
    for index, group in enumerate(told.groups):
        ceiling = told.groups[index + 1].start if index + 1 < len(told.groups) else len(told.text)
        mention = _period_after(told, group, ceiling)
        if mention is None and not (group.series or group.is_echo or group.is_earlier) and not _is_listed(told.text, group):
            mention = _period_before(told, group)
        if mention is None and group.series and index:
            for draft in group.drafts:
                draft.period = told.groups[index - 1].base.period
            continue
        period = _fit(mention, group.base, told.text) if mention else None
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


def _share_the_only_period(told: _Told, _context: _Context) -> None:
    """A sentence that compares nothing and names one period speaks of that one throughout."""
    if len(told.periods) != 1 or len(told.periods[0].periods) != 1 or told.periods[0].is_relative:
        return
    period = told.periods[0].periods[0]
    if not period.months or any(group.is_compared or group.is_earlier for group in told.groups):
        return
    for group in told.groups:
        for draft in group.drafts:
            if draft.period is None and draft.metric and not draft.metric.is_instant:
                draft.period = period


def _fit(mention: PeriodMention, draft: _Draft, text: str) -> Period | None:
    """The period a mention gives to a metric: an instant for a balance, a duration for a flow; None where they clash."""
    if not mention.periods:
        return None
    period = mention.periods[0]
    if draft.metric is None:
        return period
    if draft.metric.is_instant:
        if period.months and not _END_OF.search(text, max(0, mention.start - 40), mention.start) and not mention.is_relative:
            return None
        return Period(period.end, 0)
    return period if period.months else None


def _period_after(told: _Told, group: _Group, ceiling: int) -> PeriodMention | None:
    """The period that stands right after an amount, or right after the metric named behind it."""
    places = [group.end, max(group.base.amount.end, group.base.mention_end)]
    such = _SUCH.match(told.text, group.end)
    if such:
        places.append(such.end())
    for mention in told.periods:
        for place in places:
            if mention.start >= place and mention.start < ceiling and _TO_PERIOD.fullmatch(told.text, place, mention.start):
                return mention
    return None


def _is_listed(text: str, group: _Group) -> bool:
    """Whether an amount is one of a list under one subject: "revenues include $2.3 million of ... and $1.9 million of ..."."""
    return group.floor > 0 and group.base.mention_end > group.end and bool(_COORDINATED.search(text, group.floor, group.start))


def _period_before(told: _Told, group: _Group) -> PeriodMention | None:
    """The period before an amount, if there is but one or all say the same."""
    limit = group.base.amount.start
    before = [mention for mention in told.periods if group.floor <= mention.start and mention.end <= limit]
    instant = group.base.metric is not None and group.base.metric.is_instant
    fitting = [
        m
        for m in before
        if m.periods
        and (m.periods[0].months == 0 or (instant and _END_OF.search(told.text, max(0, m.start - 40), m.start))) == instant
    ]
    chosen = fitting or before
    if not chosen or len({mention.periods for mention in chosen}) > 1:
        return None
    return chosen[-1]


def _distribute(told: _Told, _context: _Context) -> None:
    """Gives each its own period in "$1.5 million and $1.1 million for ... 2011 and 2010, respectively"."""
    index = 0
    while index < len(told.groups):
        end = index + 1
        while end < len(told.groups) and told.groups[end].series:
            end += 1
        _distribute_run(told, told.groups[index:end])
        index = end


def _distribute_run(told: _Told, run: list[_Group]) -> None:
    lists = [m for m in told.periods if len(m.periods) > 1 and (m.end <= run[0].start or m.start >= run[-1].base.amount.end)]
    after = [m for m in lists if m.start >= run[-1].base.amount.end]
    chosen = after[0] if after and (len(run) > 1) else lists[-1] if lists else None
    if len(run) == 1:
        many = next((m for m in lists if run[0].base.period in m.periods), None)
        if many and run[0].base.metric and not (_RESPECTIVELY.search(told.text) or re.search(r"\beach\b", told.text)):
            run[0].base.metric = None
        return
    if chosen and len(chosen.periods) == len(run):
        for group, period in zip(run, chosen.periods, strict=True):
            for draft in group.drafts:
                draft.period = Period(period.end, 0) if draft.metric and draft.metric.is_instant else period
                draft.metric = draft.metric or run[0].base.metric
        return
    named_apart = len({group.base.metric.name for group in run if group.base.metric}) == len(run)
    is_one_metric = len({id(group.base.metric) for group in run}) == 1
    shared = _period_after(told, run[-1], len(told.text))
    common = _fit(shared, run[-1].base, told.text) if shared else run[0].base.period
    for group in run:
        for draft in group.drafts:
            draft.period = common
            if not named_apart and is_one_metric:
                draft.metric = None


def _name_per_share(told: _Told, _context: _Context) -> None:
    """A per-share figure beside net income is earnings per share; beside anything else it is not known."""
    for group in told.groups:
        net = group.base.metric is not None and group.base.metric.name == "NetIncomeLoss"
        for draft in group.drafts:
            if not draft.amount.unit.endswith("/share"):
                if draft.metric and draft.metric.unit == "per_share":
                    is_bare = (
                        draft.amount.scale == 0 and abs(draft.amount.value) < _MOST_PER_SHARE and "/" not in draft.amount.unit
                    )
                    draft.amount = draft.amount._replace(unit=f"{draft.amount.unit}/share")
                    draft.metric = draft.metric if is_bare else None
                elif draft.metric and (draft.metric.unit == "shares") != (draft.amount.unit == "shares"):
                    draft.metric = None
                continue
            name = "EarningsPerShareDiluted" if draft.amount.share_basis == "diluted" else "EarningsPerShareBasic"
            if draft is not group.base:
                draft.metric = metrics()[name] if net else None
                draft.sign = group.base.sign if net else 1
            elif draft.metric and draft.metric.name in EPS:
                draft.metric = metrics()[name] if draft.amount.share_basis else draft.metric
            elif draft.metric and draft.metric.name == "NetIncomeLoss":
                draft.metric = metrics()[name]
            else:
                draft.metric = None


def _sign(told: _Told, _context: _Context) -> None:
    """A loss, a benefit and a use are negative; "a loss of" beside the amount overrules the name it inherited."""
    for group in told.groups:
        said = _LOSS.search(told.text, max(0, group.start - 40), group.start)
        if said and group.base.metric and group.is_compared and not group.base.mention_end:
            group.base.sign = -1 if said["loss"] else 1
        for draft in group.drafts:
            if draft is not group.base and draft.metric:
                draft.sign = group.base.sign if group.base.metric else draft.sign


def _figure(draft: _Draft, sentence: Sentence, paragraph: Paragraph, document: Document, filing: Filing) -> Figure:
    amount = draft.amount
    start, end = sentence.start + amount.start, sentence.start + amount.end
    place = document.place_in(paragraph, start, end)
    source, own = document.text[place.start : place.end], paragraph.text[start:end]
    value = -amount.value if draft.metric and draft.sign < 0 < amount.value else amount.value
    return Figure(
        figure_id=f"{filing.filing_id}:figure:{place.start}",
        filing_id=filing.filing_id,
        metric=draft.metric.name if draft.metric else None,
        value=value,
        unit=amount.unit,
        rounding=amount.rounding,
        period_end=draft.period.end if draft.period else None,
        duration_months=draft.period.months if draft.period else None,
        outcome="unmatched",
        value_id=None,
        raw_text=source if source.split() == own.split() else own,
        text=re.sub(r"\s+", " ", sentence.text),
        source_line=place.line,
        source_start=place.start,
        source_end=place.end,
    )
