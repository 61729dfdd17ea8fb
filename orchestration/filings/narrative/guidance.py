"""Guidance in sentences and bullets: what a filing expects.

Belongs here: sections and their headings, the fiscal period of each range, the record, and a problem where a guidance section
has lost its content. Does not belong here: which ranges of a sentence are guidance (`outlook.py`), the action (`actions.py`),
figures of the past (`figures.py`), comparing guidance with results (`dbt_project/`).

Signs: bounds are signed as values are, a loss or a use negative, and `low <= high`: "net loss between $18-20 million" is
NetIncomeLoss from -20,000,000 to -18,000,000. `action` is of the figure as printed: net loss guidance cut from $26-29 million
to $18-20 million is `lowered`, cash use "reduced from" is `lowered`. `direction` is of the value: `raised` in both cases.
`stated_action` is the word of the filing, whatever the numbers say; None where it has none.

The action comes from the words beside the range ("unchanged from", "reduced from", "increased from"), else from those before it
("raises", "reconfirms"), else from those that introduce the section. Where the bounds before are printed, the numbers decide:
both the same is `unchanged`, within the old ones `narrowed`, higher `raised`, lower `lowered`, and a problem says where the
words disagree. `initiated` is guidance beside which no earlier guidance is mentioned in this filing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Document, Paragraph, Table
from orchestration.filings.narrative.actions import action_of, checked_action, direction_of, is_contradicted
from orchestration.filings.narrative.metrics import MetricMention, metric_mentions, own_names, pattern, stands_alone
from orchestration.filings.narrative.money import Range, has_money, ranges
from orchestration.filings.narrative.outlook import (
    OF_THE_PAST,
    StatedRange,
    is_outlook,
    is_previous,
    metric_of,
    signed,
    stated_ranges,
    unit_of,
)
from orchestration.filings.narrative.periods import PeriodMention, find_periods, fiscal_calendar
from orchestration.filings.records import Filing, Guidance, GuidanceAction, Problem, Severity
from orchestration.filings.text.calendar import FiscalCalendar, ReportingPeriod, months_between
from orchestration.filings.text.sentences import Sentence, sentences

_MAX_SENTENCE: Final = 1500
_MOST_RANGES: Final = 6
"""More amounts than this in one sentence are a table run together."""
_SECTION: Final = re.compile(
    r"(?!\s*[-–—])[\W\d]*(?:[\w’'&]+\s+){0,6}(?:guidance|outlook)(?:\s+(?:for|update)\b[\w\s,’']{0,50})?\s*:?\s*", re.IGNORECASE
)
_VERB: Final = re.compile(
    r"\b(?:provid|updat(?:es|ing)|announc|rais(?:es|ing)|lower(?:s|ing)|issu|is|are|was|we|includ)\w*\b", re.IGNORECASE
)
_BULLET: Final = re.compile(r"\s*(?:[-*+•·●▪◦o§]|--|\(?[a-z0-9]\)|\d+\.)\s+")
_BOILERPLATE: Final = re.compile(
    r"\s*(?:\*\*|#+\s*)?(?:about\b|forward[- ]looking|safe\s+harbor|conference\s+call"
    r"|webcast|contacts?\b|(?:[-–—][-–—\s]*)?financials?\s+follow)",
    re.IGNORECASE,
)
_NO_CONTENT: Final = re.compile(r"[\W\d_]*")
_YEAR: Final = re.compile(r"\b20\d\d\b")
_FULL_YEAR: Final = re.compile(r"\b(?:full[-\s](?:fiscal[-\s])?year|fiscal\s+year|the\s+year|annual)\b", re.IGNORECASE)
_YEAR_END: Final = re.compile(
    r"\b(?:year[-\s]end|end\s+(?:of\s+)?(?:its|the|our|this)?\s*(?:fiscal\s+)?year|end\s+(?:of\s+)?(?:fiscal\s+)?(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


_UNREAD: Final = {
    "guidance_given_up": "gives an expectation up, or denies one",
    "guidance_of_a_half": "expects something of half a year",
    "guidance_give_or_take": "states an amount with a tolerance",
}
"""Sentences whose amounts would be read as what they are not, by the words that say so."""


@dataclass(frozen=True, slots=True)
class GuidanceReading:
    """The guidance of a document, and what of it could not be read."""

    guidance: tuple[Guidance, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Section:
    """A passage under a guidance heading: period and action of its introduction hold for the bullets below."""

    heading: Paragraph | None = None
    period: ReportingPeriod | None = None
    action: GuidanceAction | None = None
    has_content: bool = False


@dataclass(slots=True)
class _GuidanceState:
    document: Document
    filing: Filing
    fiscal: FiscalCalendar
    own_names: frozenset[str]
    section: _Section | None = None
    guidance: list[Guidance] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _SentencePlace(NamedTuple):
    """A sentence and its paragraph."""

    sentence: Sentence
    paragraph: Paragraph


class _RangeRead(NamedTuple):
    """What was found out about one range."""

    item: StatedRange
    previous: Range | None
    metric: str
    fiscal_period: str
    action: GuidanceAction
    stated_action: GuidanceAction | None
    direction: GuidanceAction | None


def read_guidance(document: Document, filing: Filing) -> GuidanceReading:
    """The guidance of a document, in order, and the problems met: `section_lost`, `guidance_unread`, `guidance_conflict`.

    Words about guidance without a metric and a figure are no guidance. Never raises on any text.
    """
    state = _GuidanceState(
        document, filing, fiscal_calendar(filing, looks_ahead=True), own_names(filing.registrant, filing.company_name)
    )
    for block in document.blocks:
        if isinstance(block, Table):
            if state.section:
                state.section.has_content = True
            continue
        _read_paragraph(block, state)
    _close_section(state)
    return GuidanceReading(tuple(_without_repeats(state.guidance)), tuple(state.problems))


def _read_paragraph(paragraph: Paragraph, state: _GuidanceState) -> None:
    text = paragraph.text
    if _NO_CONTENT.fullmatch(text):
        return
    heading, _, rest = text.partition("\n")
    if _is_guidance_heading(heading):
        _close_section(state)
        state.section = _Section(paragraph, _first_period(heading, state.fiscal), has_content=bool(rest.strip()))
        if not rest.strip():
            return
    elif _ends_section(text):
        _close_section(state)
    section = state.section
    if section:
        section.has_content = True
    if not section and not has_money(text) and not text.rstrip().endswith(":"):
        return
    for sentence in sentences(text):
        _read_sentence(sentence, paragraph, state)


def _is_guidance_heading(text: str) -> bool:
    return len(text) <= 90 and bool(_SECTION.fullmatch(text)) and not _VERB.search(text) and text.strip()[:1].isupper()


def _ends_section(text: str) -> bool:
    """Whether a text is the next heading (a short line without a figure or full stop), or boilerplate after the news."""
    if _BOILERPLATE.match(text):
        return True
    line = text.strip()
    return (
        len(line) <= 90 and not _BULLET.match(text) and line[:1].isupper() and line[-1:] not in ".:;,!?" and not has_money(line)
    )


def _close_section(state: _GuidanceState) -> None:
    section, state.section = state.section, None
    if section is None or section.heading is None or section.has_content:
        return
    heading = " ".join(section.heading.text.partition("\n")[0].split())
    state.problems.append(
        Problem(
            state.filing.filing_id,
            Severity.WARNING,
            "section_lost",
            f'The heading "{heading}" on line {section.heading.line} has nothing under it: the guidance was lost before '
            "this text was made, which is not the same as none given. See the original filing.",
            section.heading.line,
            heading,
        )
    )


def _first_period(text: str, fiscal: FiscalCalendar) -> ReportingPeriod | None:
    for mention in find_periods(text, fiscal):
        if mention.periods and mention.periods[0].months in (3, 12) and not mention.is_relative and _is_ahead(mention, fiscal):
            return mention.periods[0]
    return _only_year(text, fiscal) or (fiscal.quarter(None, 4, 12) if _FULL_YEAR.search(text) else None)


def _only_year(text: str, fiscal: FiscalCalendar) -> ReportingPeriod | None:
    """The fiscal year of the one year that some words name, if it is not over: "2014 Financial Guidance"."""
    years = {int(year) for year in _YEAR.findall(text)}
    period = fiscal.quarter(years.pop(), 4, 12) if len(years) == 1 else None
    return period if period and fiscal.period_end and period.end > fiscal.period_end else None


def _read_sentence(sentence: Sentence, paragraph: Paragraph, state: _GuidanceState) -> None:
    text, section = sentence.text, state.section
    if len(text) > _MAX_SENTENCE:
        return
    forward = is_outlook(text)
    if not has_money(text):
        if (
            forward
            and re.search(r"\b(?:guidance|outlook|expects?|following)\b", text, re.IGNORECASE)
            and (section or text.rstrip().endswith(":"))
        ):
            _lead_in(text, state)
        return
    if not forward and (section is None or OF_THE_PAST.search(text)):
        return
    why_unread = next((what for role, what in _UNREAD.items() if pattern(role).search(text)), None)
    if why_unread:
        _problem(state, Severity.WARNING, "guidance_unread", why_unread, _SentencePlace(sentence, paragraph))
        return
    found = list(ranges(text))
    named = [mention for mention in metric_mentions(text) if _is_total(text, mention, state)]
    stated = list(stated_ranges(text, found, named, section is not None))
    sentence_place = _SentencePlace(sentence, paragraph)
    for item in stated:
        _record(item, stated, found, sentence_place, state)
    if not stated and len(found) <= _MOST_RANGES and any(item.is_range for item in found):
        _problem(
            state, Severity.NOTE, "guidance_unread", "expects a range of something the vocabulary does not name", sentence_place
        )


def _lead_in(text: str, state: _GuidanceState) -> None:
    """Give the period and the action of a sentence that announces guidance to what follows."""
    if state.section is None:
        state.section = _Section(has_content=True)
    state.section.period = _first_period(text, state.fiscal) or state.section.period
    state.section.action = action_of(text) or state.section.action


def _is_total(text: str, mention: MetricMention, state: _GuidanceState) -> bool:
    if pattern("non_gaap").search(text, max(0, mention.start - 12), mention.start):
        return False
    return stands_alone(text, mention, state.own_names)


def _record(
    item: StatedRange,
    stated: Sequence[StatedRange],
    found: Sequence[Range],
    sentence_place: _SentencePlace,
    state: _GuidanceState,
) -> None:
    text = sentence_place.sentence.text
    following = [other.range.start for other in stated if other.range.start > item.range.start]
    limit = min(following, default=len(text))
    later = (r for r in found if item.range.end <= r.start < limit and is_previous(text, r, item.range.end))
    previous = item.previous or next(later, None)
    metric = metric_of(item)
    period = _fiscal_period(text, item, limit, state) if metric else None
    if metric is None or period is None:
        _problem(
            state,
            Severity.WARNING,
            "guidance_unread",
            "names no fiscal period" if metric else "has a unit its metric cannot have",
            sentence_place,
        )
        return
    own = text[item.range.end : limit if not following else max(item.range.end, _clause_end(text, item.range.end, limit))]
    said = action_of(own) or action_of(text[: item.mention.start]) or (state.section.action if state.section else None)
    if previous is None and said == GuidanceAction.UNCHANGED:
        previous = item.range
    action = checked_action(said, item.range, previous)
    sign = item.mention.sign
    direction = direction_of(action, _as_valued(item.range, sign), _as_valued(previous, sign) if previous else None, sign)
    if is_contradicted(said, (action, direction), previous):
        what = f'says "{said}" where its numbers say "{action}"; the numbers were taken'
        _problem(state, Severity.NOTE, "guidance_conflict", what, sentence_place)
    state.guidance.append(_guidance(_RangeRead(item, previous, metric, period, action, said, direction), sentence_place, state))


def _as_valued(item: Range, sign: int) -> Range:
    low, high = signed(item, sign)
    return item._replace(low=low, high=high)


def _guidance(read: _RangeRead, sentence_place: _SentencePlace, state: _GuidanceState) -> Guidance:
    item = read.item
    low, high = signed(item.range, item.mention.sign)
    previous_low, previous_high = signed(read.previous, item.mention.sign) if read.previous else (None, None)
    start = sentence_place.sentence.start
    place = state.document.place_in(sentence_place.paragraph, start + item.range.start, start + item.range.end)
    return Guidance(
        guidance_id=f"{state.filing.filing_id}:guidance:{place.start}",
        filing_id=state.filing.filing_id,
        metric=read.metric,
        fiscal_period=read.fiscal_period,
        low=low,
        high=high,
        previous_low=previous_low,
        previous_high=previous_high,
        action=read.action,
        stated_action=read.stated_action,
        direction=read.direction,
        unit=unit_of(item),
        text=re.sub(r"\s+", " ", sentence_place.sentence.text),
        source_line=place.line,
        source_start=place.start,
        source_end=place.end,
    )


def _clause_end(text: str, start: int, limit: int) -> int:
    """Where the words that follow a range stop being about it: at the last metric named before `limit`."""
    nearest = [mention.start for mention in metric_mentions(text[start:limit])]
    return start + nearest[-1] if nearest else limit


def _fiscal_period(text: str, item: StatedRange, limit: int, state: _GuidanceState) -> str | None:
    """The period of one range: the nearest that the sentence names before it, else after it, else that of the section."""
    spoken = [m for m in find_periods(text, state.fiscal) if m.periods and not m.is_relative and _is_ahead(m, state.fiscal)]
    before = [m for m in spoken if m.end <= item.range.start]
    after = [m for m in spoken if item.range.end <= m.start < limit]
    chosen = before[-1:] or after[:1]
    period = chosen[0].periods[0] if chosen else state.section.period if state.section else None
    if period is None:
        is_year = _FULL_YEAR.search(text) or _YEAR_END.search(text)
        period = _only_year(text, state.fiscal) or (state.fiscal.quarter(None, 4, 12) if is_year else None)
    return _printed_period(period, item.mention.metric.is_instant, state.fiscal) if period else None


def _is_ahead(mention: PeriodMention, fiscal: FiscalCalendar) -> bool:
    """Whether a period ends after the quarter reported, as that of guidance does."""
    return fiscal.period_end is None or mention.periods[0].end > fiscal.period_end


def _printed_period(period: ReportingPeriod, is_instant: bool, fiscal: FiscalCalendar) -> str | None:
    year = fiscal.fiscal_year_of(period.end)
    if is_instant:
        return period.end.isoformat()
    if year is None:
        return None
    if period.months == 12:
        return f"FY{year}"
    year_end = fiscal.quarter(year, 4)
    if year_end is None or period.months == 0:
        return None
    quarter = 4 - (months_between(period.end, year_end.end) + 1) // 3
    return f"Q{quarter} FY{year}" if period.months == 3 else f"{period.months}M FY{year}"


def _problem(state: _GuidanceState, severity: Severity, code: str, what: str, sentence_place: _SentencePlace) -> None:
    words = re.sub(r"\s+", " ", sentence_place.sentence.text)[:300]
    line = state.document.place_in(
        sentence_place.paragraph, sentence_place.sentence.start, sentence_place.sentence.start + 1
    ).line
    message = f"The sentence on line {line} {what}: check it against the filing."
    state.problems.append(Problem(state.filing.filing_id, severity, code, message, line, words))


def _without_repeats(items: Sequence[Guidance]) -> Iterator[Guidance]:
    """Each metric and period once: the guidance that has earlier bounds, else the first; in the order of the source."""
    best: dict[tuple[str, str], Guidance] = {}
    for item in items:
        key = (item.metric, item.fiscal_period)
        other = best.get(key)
        if other is None or (other.previous_low is None and other.previous_high is None and item.previous_high is not None):
            best[key] = item
    yield from sorted(best.values(), key=lambda item: item.source_start)
