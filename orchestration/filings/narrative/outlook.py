"""A sentence that looks ahead: which metric each of its ranges states, and which ranges are earlier guidance.

Belongs here: whether a sentence is an outlook or a report, and what the words around a range mean. Does not belong here: the
shapes of ranges (`money.py`), sections and periods (`guidance.py`), the action (`actions.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from orchestration.filings.narrative.metrics import MetricMention
from orchestration.filings.narrative.money import Range
from orchestration.filings.narrative.periods import find_periods
from orchestration.filings.text.calendar import FiscalCalendar
from orchestration.filings.text.sentences import lower

_OUTLOOK: Final = re.compile(
    r"\b(?=\w)(?:(?:expects?|anticipates?|projects|forecasts?|guidance|outlook|targets|estimates\s+that)\b"
    r"|(?:is|are|now|currently|we|be|been)\s+(?:now\s+|currently\s+)?(?:expect|anticipat|project|forecast|target)"
    r"|(?:to|will|should)\s+(?:be|range|remain|total|end)\b[^$]{0,90}\b(?:between|approximately|range|from|about|of)\b)"
)
"""Matches lower case."""
OF_THE_PAST: Final = re.compile(
    r"\b(?:was|were|totaled|reported|exceeded|had|received|awarded)\b[^.;$]{0,60}\\?\$", re.IGNORECASE
)
_SUFFICES: Final = re.compile(
    r"\b(?:sufficient|runway|to\s+fund|fund\s+(?:its|our|the)|into\s+20\d\d|to\s+receive|upfront|milestone\s+payments?)\b",
    re.IGNORECASE,
)
_PREVIOUS: Final = re.compile(
    r"\b(?:(?:previous|prior|earlier|initial|original|former)(?:ly)?\b[^$.;]{0,40}(?:guidance|range|outlook|estimate|forecast|expectation|projection)\w*"
    r"|(?:reduced|lowered|decreased|cut|down|increased|raised|up|narrowed|revised|changed)\s+from|previously\b|compared\s+(?:to|with)\s+(?:the\s+)?(?:previous|prior))",
    re.IGNORECASE,
)
_FROM_RANGE: Final = re.compile(
    r"\bfrom\s+(?:an?\s+|the\s+|its\s+|our\s+)?(?:\w+\s+)?(?:range\s+)?(?:of\s+|between\s+)?$", re.IGNORECASE
)
_PREVIOUSLY: Final = re.compile(r"\s*,?\s*previously\b", re.IGNORECASE)
_TO_RANGE: Final = re.compile(r"\s+to\s+(?:between\s+|an?\s+(?:new\s+)?range\s+of\s+|approximately\s+)?", re.IGNORECASE)
_REVISES: Final = re.compile(r"\b(?:rais|lower|narrow|increas|reduc|decreas|revis|updat|tighten|cut)\w*", re.IGNORECASE)
_GUIDANCE_AFTER: Final = re.compile(
    r"\s+(?:range\s+)?(?:in|of|from|under|given\s+in)\s+(?:the\s+|its\s+|our\s+)?(?:previous|prior|earlier|original|initial)(?:ly)?\s+"
    r"(?:issued\s+|given\s+|announced\s+)?(?:guidance|outlook|range|estimate|forecast|expectation|projection)",
    re.IGNORECASE,
)
_FILL: Final = re.compile(
    r"(?:[\s,:;()\-–—]|\b(?:is|are|was|be|been|to|now|also|still|currently|expected|anticipated|projected|forecast|forecasted|estimated|targeted|will|should|would|in|the|a|an|range|ranging|range[sd]|of|"
    r"between|from|approximately|about|around|roughly|at|least|most|more|less|than|over|under|up|exceed|not|no|and|both|or|for|total|guidance|outlook|forecast|its|our|with|low|high|on|by|as|"
    r"fiscal|full|year|quarter|unaudited|remain|range|reach|come|end|increase|decrease|decline"
    r"|grow|rise|slightly|annual|company|that|it|we|expects?|anticipates?|projects?|continues?|year-end|full-year|balance|balances"
    r"|approximate|reflecting|gaap|basis)\b)*+",
    re.IGNORECASE,
)
_MOST_PER_SHARE: Final = 1000


class StatedRange(NamedTuple):
    """A range, its metric, and the earlier range in "from ... to ..."."""

    range: Range
    mention: MetricMention
    previous: Range | None = None


def is_outlook(text: str) -> bool:
    """Whether a sentence states what is expected rather than what was."""
    return bool(_OUTLOOK.search(lower(text))) and not OF_THE_PAST.search(text) and not _SUFFICES.search(text)


def stated_ranges(text: str, found: Sequence[Range], named: Sequence[MetricMention], in_section: bool) -> Iterator[StatedRange]:
    """The ranges that are guidance, each with its metric and, in "from ... to ...", with the earlier range."""
    before: Range | None = None
    for index, item in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        if before is not None:
            before = None
            continue
        one = _stated(text, item, named, found[:index], in_section)
        if one and _is_raised_from(text, item, following) and following:
            before = item
            yield StatedRange(following, one.mention, item)
        elif one:
            yield one


def _stated(
    text: str, item: Range, named: Sequence[MetricMention], earlier: Sequence[Range], in_section: bool
) -> StatedRange | None:
    """The metric of a range; None where it has none, or is earlier guidance or a comparison."""
    floor = earlier[-1].end if earlier else 0
    if is_previous(text, item, floor) or (
        earlier and re.search(r"\b(?:compared|versus|vs)\b", text[floor : item.start], re.IGNORECASE)
    ):
        return None
    if not item.is_range and (_SUFFICES.search(text) or not (in_section or is_outlook(text))):
        return None
    for mention in reversed(named):
        if floor <= mention.start and mention.end <= item.start:
            gap = _without_periods(text, mention.end, item.start)
            return StatedRange(item, mention) if len(gap) < 160 and _FILL.fullmatch(gap) else None
    for mention in named:
        if mention.start >= item.end and re.fullmatch(
            r"\s+(?:of|in|for)\s+(?:(?:the|its|our|total|net)\s+)?", text[item.end : mention.start], re.IGNORECASE
        ):
            return StatedRange(item, mention)
    return None


_ASIDE: Final = re.compile(r"\([^()$]{0,80}\)|,\s*(?:including|excluding|depending)[^,$]{0,90},")
_NEUTRAL: Final = FiscalCalendar()


def _without_periods(text: str, start: int, end: int) -> str:
    gap = text[start:end]
    for mention in reversed(find_periods(gap, _NEUTRAL)):
        gap = gap[: mention.start] + gap[mention.end :]
    return _ASIDE.sub(" ", gap)


def is_previous(text: str, item: Range, floor: int) -> bool:
    """Whether a range is the guidance given before, by the words before or after it."""
    before = text[max(floor, item.start - 90) : item.start]
    if floor and item.is_range and _FROM_RANGE.search(before) and _REVISES.search(text):
        return True
    if _PREVIOUS.search(before):
        return item.is_range or bool(
            re.search(r"guidance|range|outlook|estimate|forecast|expectation|projection", before, re.IGNORECASE)
        )
    return floor > 0 and bool(_GUIDANCE_AFTER.match(text, item.end) or _PREVIOUSLY.match(text, item.end))


def _is_raised_from(text: str, item: Range, following: Range | None) -> bool:
    """Whether a range is the first in "from $20-$22 million to $24-$26 million": the guidance given before."""
    if following is None or not _FROM_RANGE.search(text, max(0, item.start - 40), item.start):
        return False
    return bool(_TO_RANGE.fullmatch(text, item.end, following.start) and _REVISES.search(text))


def metric_of(item: StatedRange) -> str | None:
    """The metric, per share where the range is; None where the units of range and metric do not agree."""
    metric, unit = item.mention.metric, item.range.unit
    if metric.unit == "per_share" and item.range.high is not None and item.range.high < _MOST_PER_SHARE:
        return metric.name
    if unit.endswith("/share"):
        return (
            metric.name if metric.unit == "per_share" else "EarningsPerShareBasic" if metric.name == "NetIncomeLoss" else None
        )
    if metric.unit == "per_share":
        return None
    return metric.name if metric.unit == "currency" else None


def unit_of(item: StatedRange) -> str:
    """The unit, per share where the metric is, also if the words "per share" stand before the amount."""
    is_bare = item.mention.metric.unit == "per_share" and "/" not in item.range.unit
    return f"{item.range.unit}/share" if is_bare else item.range.unit


def signed(item: Range, sign: int) -> tuple[Decimal | None, Decimal | None]:
    """The bounds as values are signed, the lower one first."""
    if sign > 0:
        return item.low, item.high
    low, high = (abs(bound) if bound is not None else None for bound in (item.low, item.high))
    bounds = (-high if high is not None else None, -low if low is not None else None)
    return (bounds[1], bounds[0]) if None not in bounds and bounds[0] > bounds[1] else bounds  # type: ignore[operator]
