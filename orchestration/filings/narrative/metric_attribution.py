"""Which metric each amount of a sentence states.

Belongs here: what the words between a metric and an amount mean. Does not belong here: the metrics' names and mentions
(`metrics.py`), the grouping of amounts (`parsed_sentence.py`), periods (`period_attribution.py`).
"""

from __future__ import annotations

import re
from typing import Final

from orchestration.filings.narrative.metrics import (
    ASIDE,
    EPS,
    PART,
    MetricMention,
    metrics,
    stands_alone,
    word_before,
)
from orchestration.filings.narrative.money import NarrativeAmount
from orchestration.filings.narrative.parsed_sentence import (
    CARRIES_NON_GAAP_ON,
    AmountGroup,
    ParagraphContext,
    ParsedSentence,
    without_periods,
)
from orchestration.filings.text.figures import RUN

_AFTER: Final = re.compile(
    r"\s*(?:,\s*)?(?:approximately\s+)?(?:of|in|for)\s+(?:(?:the|its|our|total|net|gaap|company's|such)\s+)*", re.IGNORECASE
)
_LINK: Final = re.compile(
    rf"(?:[\s,:;()\"”%—–-]|{RUN}|\b(?:was|were|is|are|be|of|totall?ed|totall?ing|total|totals|reached|reaching|at|to|from|with|amounted|remained|steady|flat|stood|came|in|also"
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
_REPORTER: Final = re.compile(
    r"\b([A-Z][\w&.’'-]+)(?:,\s+[^,]{0,40},)?\s+(?:has\s+|also\s+)?(?:reported|announced|posted|recorded|generated|disclosed|achieved|delivered|recognized|earned|contributed|saw)\b"
)
_MOST_PER_SHARE: Final = 1000
_EBITDA: Final = frozenset({"AdjustedEbitda", "Ebitda"})


def name_metrics(parsed: ParsedSentence, context: ParagraphContext) -> None:
    """Give each group its metric: named after it, before it, or taken from what it is compared with."""
    named: list[AmountGroup] = []
    for index, group in enumerate(parsed.groups):
        draft = group.base
        if draft.is_change:
            continue
        ceiling = parsed.groups[index + 1].start if index + 1 < len(parsed.groups) else len(parsed.text)
        mention = _named_after(parsed, group, ceiling) or _named_before(parsed, group)
        if mention is not None:
            is_part = mention.start >= group.end and not mention.metric.cell_label and PART.match(parsed.text, mention.end)
            is_alien = group.is_compared and bool(named) and named[-1].base.metric is None
            if not is_part and not is_alien and _is_total(parsed.text, mention, context):
                draft.metric, draft.sign, draft.mention_end = mention.metric, mention.sign, mention.end
        elif group.is_compared and named and _is_bare(parsed, group):
            _inherit(group, named, parsed)
        elif group.is_echo and index and not parsed.groups[index - 1].base.mention_end > parsed.groups[index - 1].end:
            draft.metric, draft.sign = parsed.groups[index - 1].base.metric, parsed.groups[index - 1].base.sign
        elif group.series and index and parsed.groups[index - 1].base.metric and not parsed.groups[index - 1].is_compared:
            other = parsed.groups[index - 1].base
            if not other.mention_end > parsed.groups[index - 1].end:
                draft.metric, draft.sign = other.metric, other.sign
        if not group.is_compared:
            if not group.series and named and named[-1].is_compared:
                named = []
            named.append(group)


def _is_bare(parsed: ParsedSentence, group: AmountGroup) -> bool:
    """Whether only a period stands between the comparing word and the amount, which is then of the same metric."""
    if _is_adjectival(parsed.text, group.base.amount):
        return False
    floor = group.floor if not group.series else group.start
    return bool(_LINK.fullmatch(ASIDE.sub(" ", without_periods(parsed, floor, group.base.amount.start))))


def _inherit(group: AmountGroup, named: list[AmountGroup], parsed: ParsedSentence) -> None:
    """Give a compared group the metric of the last figure named; of several in a row, each that of its counterpart."""
    rivals = [
        other for other in parsed.groups if other.is_compared and other.start <= group.start and other.start > named[-1].start
    ]
    series = [other for other in parsed.groups if other.is_compared and other.start > named[-1].start]
    run = [other for index, other in enumerate(series) if index == 0 or other.series]
    counterpart = named[-1]
    if len(run) > 1 and group in run and len(named) >= len(run):
        counterpart = named[len(named) - len(run) + run.index(group)]
    elif not rivals:
        return
    group.base.metric, group.base.sign = counterpart.base.metric, counterpart.base.sign


def _named_after(parsed: ParsedSentence, group: AmountGroup, ceiling: int) -> MetricMention | None:
    """The metric in "$6.6 million of research and development support fees"."""
    link = _AFTER.match(parsed.text, group.end)
    if not link:
        return None
    for mention in parsed.mentions:
        if mention.start == link.end() and mention.end <= ceiling:
            return mention
    return None


def _named_before(parsed: ParsedSentence, group: AmountGroup) -> MetricMention | None:
    """The metric in "revenues for the quarter were $12.1 million"."""
    amount = group.base.amount
    if _is_adjectival(parsed.text, amount):
        return None
    asides = [found.span() for found in _SIDE_NOTE.finditer(parsed.text, group.floor, amount.start)]
    for mention in reversed(parsed.mentions):
        if mention.end > amount.start or any(start < mention.start < end for start, end in asides):
            continue
        if mention.start < group.floor:
            return None
        return mention if _is_link(parsed, mention, amount.start) else None
    return None


def _is_link(parsed: ParsedSentence, mention: MetricMention, until: int) -> bool:
    """Whether only a period, an aside and a linking verb stand between a metric and an amount."""
    if until - mention.end > 260:
        return False
    gap = ASIDE.sub(" ", without_periods(parsed, mention.end, until))
    return len(gap) < 120 and bool(_ENDS_LINK.search(gap)) and bool(_LINK.fullmatch(gap))


def _is_adjectival(text: str, amount: NarrativeAmount) -> bool:
    """Whether a noun after the amount says what it is, as in "a $2.0 million milestone", "this $36.8 million difference"."""
    return bool(_ARTICLE.search(text, max(0, amount.start - 12), amount.start) and _NOUN.match(text, amount.end))


def _is_total(text: str, mention: MetricMention, context: ParagraphContext) -> bool:
    """Whether a mention is the company's own GAAP total, narrowed by nothing before or after it."""
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


def drop_other_companies(parsed: ParsedSentence, context: ParagraphContext) -> None:
    """Drop the metric of figures that another company reports; note words that put later sentences outside GAAP."""
    for found in _REPORTER.finditer(parsed.text):
        name = re.sub(r"['’]s$|[.,]$", "", found[1]).lower()
        if name in context.own_names or any(mention.start <= found.start() < mention.end for mention in parsed.mentions):
            continue
        for group in parsed.groups:
            if group.start > found.end():
                for draft in group.drafts:
                    draft.metric = None
    colours = [mark for mark in context.marks if CARRIES_NON_GAAP_ON.match(parsed.text, mark)]
    context.is_outside_gaap = context.is_outside_gaap or bool(colours)


def name_per_share(parsed: ParsedSentence, _context: ParagraphContext) -> None:
    """Name a per-share figure beside net income earnings per share; beside any other metric, and per ADS, it has none."""
    for group in parsed.groups:
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
            if draft.amount.share_basis == "depositary":
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
