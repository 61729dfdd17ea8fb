"""What a filing expects: guidance in sentences and bullets.

Belongs here: finding guidance, its metric, period, bounds, the bounds before it and what was done to them; saying so
when a guidance section has lost its content. Does not belong here: figures of the past (`figures.py`), the shapes of
ranges (`money.py`), comparing guidance with what came (`dbt_project/`).

Signs: bounds are signed as values are, a loss or a use negative, and `low <= high`: "net loss between $18-20 million" is
NetIncomeLoss from -20,000,000 to -18,000,000. `action` speaks of the figure as it is printed, as the company and its
analysts do: net loss guidance cut from $26-29 million to $18-20 million is `lowered`, cash use "reduced from" is `lowered`.

How an action is worked out: from the words beside the range ("unchanged from", "reduced from", "increased from"), else
those before it ("raises", "reconfirms"), else those that lead the section in; and where the bounds before are printed,
from the numbers: both the same is `unchanged`, within the old ones `narrowed`, higher `raised`, lower `lowered`. Where
words and numbers disagree the numbers hold and a problem says so. `initiated` is guidance beside which no earlier
guidance is mentioned: as far as this filing tells, it is the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Document, Paragraph, Table
from orchestration.filings.prose.metrics import Mention, mentions, own_names, pattern, stands_alone
from orchestration.filings.prose.money import Range, has_money, ranges
from orchestration.filings.prose.periods import FiscalCalendar, Period, PeriodMention, find_periods
from orchestration.filings.prose.sentences import Sentence, lower, sentences
from orchestration.filings.records import Filing, Guidance, Problem

_MAX_SENTENCE: Final = 1500
_MOST_RANGES: Final = 6
"""More amounts than this in one sentence is a table run together."""

_OUTLOOK: Final = re.compile(
    r"\b(?=\w)(?:(?:expects?|anticipates?|projects|forecasts?|guidance|outlook|targets|estimates\s+that)\b"
    r"|(?:is|are|now|currently|we|be|been)\s+(?:now\s+|currently\s+)?(?:expect|anticipat|project|forecast|target)"
    r"|(?:to|will|should)\s+(?:be|range|remain|total|end)\b[^$]{0,90}\b(?:between|approximately|range|from|about|of)\b)"
)
"""Reads lower case."""
_OF_THE_PAST: Final = re.compile(
    r"\b(?:was|were|totaled|reported|exceeded|had|received|awarded)\b[^.;$]{0,60}\\?\$", re.IGNORECASE
)
_SUFFICES: Final = re.compile(
    r"\b(?:sufficient|runway|to\s+fund|fund\s+(?:its|our|the)|into\s+20\d\d|to\s+receive|upfront|milestone\s+payments?)\b",
    re.IGNORECASE,
)
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
_ACTIONS: Final = (
    ("unchanged", re.compile(
        r"\b(?:unchanged|reiterat\w+|reaffirm\w*|reconfirm\w*|maintain\w*|affirm\w*|confirm\w*|no\s+change"
        r"|consistent\s+with\s+(?:its|our|the)?\s*(?:previous|prior)|continues?\s+to\s+expect|remains?\s+(?:the\s+same|on\s+track))",
        re.IGNORECASE)),
    ("narrowed", re.compile(r"\b(?:narrow|tighten)\w*", re.IGNORECASE)),
    ("lowered", re.compile(r"\b(?:lower|reduc|decreas|cut(?:s|ting)?\b|down\s+from)\w*", re.IGNORECASE)),
    ("raised", re.compile(r"\b(?:rais|increas|up\s+from|higher\s+than\s+(?:previous|prior))\w*", re.IGNORECASE)),
)  # fmt: skip
_FILL: Final = re.compile(
    r"(?:[\s,:;()\-–—]|\b(?:is|are|was|be|been|to|now|also|still|currently|expected|anticipated|projected|forecast|forecasted|estimated|targeted|will|should|would|in|the|a|an|range|ranging|range[sd]|of|"
    r"between|from|approximately|about|around|roughly|at|least|most|more|less|than|over|under|up|exceed|not|no|and|both|or|for|total|guidance|outlook|forecast|its|our|with|low|high|on|by|as|"
    r"fiscal|full|year|quarter|unaudited|remain|range|reach|come|end|increase|decrease|decline"
    r"|grow|rise|slightly|annual|company|that|it|we|expects?|anticipates?|projects?|continues?|year-end|full-year|balance|balances"
    r"|approximate|reflecting|gaap|basis)\b)*+",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b20\d\d\b")
_MOST_PER_SHARE: Final = 1000
_FULL_YEAR: Final = re.compile(r"\b(?:full[-\s](?:fiscal[-\s])?year|fiscal\s+year|the\s+year|annual)\b", re.IGNORECASE)
_YEAR_END: Final = re.compile(
    r"\b(?:year[-\s]end|end\s+(?:of\s+)?(?:its|the|our|this)?\s*(?:fiscal\s+)?year|end\s+(?:of\s+)?(?:fiscal\s+)?(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class GuidanceReading:
    """The guidance a document gives, and what of it could not be read."""

    guidance: tuple[Guidance, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Section:
    """A passage under a guidance heading: what the lead-in said holds for the bullets below."""

    heading: Paragraph | None = None
    period: Period | None = None
    action: str | None = None
    has_content: bool = False


@dataclass(slots=True)
class _State:
    document: Document
    filing: Filing
    fiscal: FiscalCalendar
    own_names: frozenset[str]
    section: _Section | None = None
    guidance: list[Guidance] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Spot(NamedTuple):
    """A sentence and the paragraph it stands in."""

    sentence: Sentence
    paragraph: Paragraph


class _Stated(NamedTuple):
    """A range and the metric that it is of."""

    range: Range
    mention: Mention
    previous: Range | None = None


class _Read(NamedTuple):
    """All that was worked out of one range."""

    item: _Stated
    previous: Range | None
    metric: str
    fiscal_period: str
    action: str


def is_outlook(text: str) -> bool:
    """Whether a sentence speaks of what is expected rather than of what was."""
    return bool(_OUTLOOK.search(lower(text))) and not _OF_THE_PAST.search(text) and not _SUFFICES.search(text)


def read_guidance(document: Document, filing: Filing) -> GuidanceReading:
    """The guidance of a document, in order, and the problems met: `section_lost`, `guidance_unread`, `guidance_conflict`.

    Words about guidance without a metric and a figure are no guidance. Never raises on any text.
    """
    state = _State(
        document, filing, FiscalCalendar.of(filing, looks_ahead=True), own_names(filing.registrant, filing.company_name)
    )
    for block in document.blocks:
        if isinstance(block, Table):
            if state.section:
                state.section.has_content = True
            continue
        _read_paragraph(block, state)
    _close_section(state)
    return GuidanceReading(tuple(_without_repeats(state.guidance)), tuple(state.problems))


def _read_paragraph(paragraph: Paragraph, state: _State) -> None:
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
    """A short line without a figure or a full stop is the next heading; so is the boilerplate after the news."""
    if _BOILERPLATE.match(text):
        return True
    line = text.strip()
    return (
        len(line) <= 90 and not _BULLET.match(text) and line[:1].isupper() and line[-1:] not in ".:;,!?" and not has_money(line)
    )


def _close_section(state: _State) -> None:
    section, state.section = state.section, None
    if section is None or section.heading is None or section.has_content:
        return
    heading = " ".join(section.heading.text.partition("\n")[0].split())
    state.problems.append(
        Problem(
            state.filing.filing_id,
            "warning",
            "section_lost",
            f'The heading "{heading}" on line {section.heading.line} has nothing under it: the guidance was lost before '
            "this text was made, which is not the same as none given. See the original filing.",
            section.heading.line,
            heading,
        )
    )


def _first_period(text: str, fiscal: FiscalCalendar) -> Period | None:
    for mention in find_periods(text, fiscal):
        if mention.periods and mention.periods[0].months in (3, 12) and not mention.is_relative and _is_ahead(mention, fiscal):
            return mention.periods[0]
    return _only_year(text, fiscal) or (fiscal.quarter(None, 4, 12) if _FULL_YEAR.search(text) else None)


def _only_year(text: str, fiscal: FiscalCalendar) -> Period | None:
    """The fiscal year of the one year that some words name, if it is not over: "2014 Financial Guidance"."""
    years = {int(year) for year in _YEAR.findall(text)}
    period = fiscal.quarter(years.pop(), 4, 12) if len(years) == 1 else None
    return period if period and fiscal.period_end and period.end > fiscal.period_end else None


def _read_sentence(sentence: Sentence, paragraph: Paragraph, state: _State) -> None:
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
    if not forward and (section is None or _OF_THE_PAST.search(text)):
        return
    found = list(ranges(text))
    named = [mention for mention in mentions(text) if _is_total(text, mention, state)]
    stated = list(_all_stated(text, found, named, section))
    spot = _Spot(sentence, paragraph)
    for item in stated:
        _record(item, stated, found, spot, state)
    if not stated and len(found) <= _MOST_RANGES and any(item.is_range for item in found):
        _problem(state, "note", "guidance_unread", "expects a range of something the vocabulary does not name", spot)


def _lead_in(text: str, state: _State) -> None:
    """A sentence that announces guidance gives its period and its action to what follows."""
    if state.section is None:
        state.section = _Section(has_content=True)
    state.section.period = _first_period(text, state.fiscal) or state.section.period
    state.section.action = _action_of(text) or state.section.action


def _is_total(text: str, mention: Mention, state: _State) -> bool:
    if pattern("non_gaap").search(text, max(0, mention.start - 12), mention.start):
        return False
    return stands_alone(text, mention, state.own_names)


def _all_stated(text: str, found: Sequence[Range], named: Sequence[Mention], section: _Section | None) -> Iterator[_Stated]:
    """The ranges that are guidance, each with its metric and, in "from ... to ...", with the range before it."""
    before: Range | None = None
    for index, item in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        if before is not None:
            before = None
            continue
        one = _stated(text, item, named, found[:index], section)
        if one and _is_raised_from(text, item, following) and following:
            before = item
            yield _Stated(following, one.mention, item)
        elif one:
            yield one


def _stated(
    text: str, item: Range, named: Sequence[Mention], earlier: Sequence[Range], section: _Section | None
) -> _Stated | None:
    """The metric that a range is of, unless the range is the guidance before or a mere comparison."""
    floor = earlier[-1].end if earlier else 0
    if _is_previous(text, item, floor) or (
        earlier and re.search(r"\b(?:compared|versus|vs)\b", text[floor : item.start], re.IGNORECASE)
    ):
        return None
    if not item.is_range and (_SUFFICES.search(text) or (section is None and not is_outlook(text))):
        return None
    for mention in reversed(named):
        if floor <= mention.start and mention.end <= item.start:
            gap = _without_periods(text, mention.end, item.start)
            return _Stated(item, mention) if len(gap) < 160 and _FILL.fullmatch(gap) else None
    for mention in named:
        if mention.start >= item.end and re.fullmatch(
            r"\s+(?:of|in|for)\s+(?:(?:the|its|our|total|net)\s+)?", text[item.end : mention.start], re.IGNORECASE
        ):
            return _Stated(item, mention)
    return None


_ASIDE: Final = re.compile(r"\([^()$]{0,80}\)|,\s*(?:including|excluding|depending)[^,$]{0,90},")
_NEUTRAL: Final = FiscalCalendar(None, None, None, is_calendar_year=False)


def _without_periods(text: str, start: int, end: int) -> str:
    gap = text[start:end]
    for mention in reversed(find_periods(gap, _NEUTRAL)):
        gap = gap[: mention.start] + gap[mention.end :]
    return _ASIDE.sub(" ", gap)


def _is_previous(text: str, item: Range, floor: int) -> bool:
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
    """Whether a range is the first in "from $20-$22 million to $24-$26 million": the guidance before, told first."""
    if following is None or not _FROM_RANGE.search(text, max(0, item.start - 40), item.start):
        return False
    return bool(_TO_RANGE.fullmatch(text, item.end, following.start) and _REVISES.search(text))


def _record(item: _Stated, stated: Sequence[_Stated], found: Sequence[Range], spot: _Spot, state: _State) -> None:
    text = spot.sentence.text
    following = [other.range.start for other in stated if other.range.start > item.range.start]
    limit = min(following, default=len(text))
    later = (r for r in found if item.range.end <= r.start < limit and _is_previous(text, r, item.range.end))
    previous = item.previous or next(later, None)
    metric = _metric_of(item)
    period = _fiscal_period(text, item, limit, state) if metric else None
    if metric is None or period is None:
        _problem(
            state,
            "warning",
            "guidance_unread",
            "names no fiscal period" if metric else "has a unit its metric cannot have",
            spot,
        )
        return
    own = text[item.range.end : limit if not following else max(item.range.end, _clause_end(text, item.range.end, limit))]
    said = _action_of(own) or _action_of(text[: item.mention.start]) or (state.section.action if state.section else None)
    if previous is None and said == "unchanged":
        previous = item.range
    action = _checked_action(said, item.range, previous, spot, state)
    state.guidance.append(_guidance(_Read(item, previous, metric, period, action), spot, state))


def _guidance(read: _Read, spot: _Spot, state: _State) -> Guidance:
    item = read.item
    low, high = _signed(item.range, item.mention.sign)
    previous_low, previous_high = _signed(read.previous, item.mention.sign) if read.previous else (None, None)
    start = spot.sentence.start
    place = state.document.place_in(spot.paragraph, start + item.range.start, start + item.range.end)
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
        unit=_unit_of(item),
        text=re.sub(r"\s+", " ", spot.sentence.text),
        source_line=place.line,
        source_start=place.start,
        source_end=place.end,
    )


def _clause_end(text: str, start: int, limit: int) -> int:
    """Where the words that follow a range stop being about it: at the metric of the next."""
    nearest = [mention.start for mention in mentions(text[start:limit])]
    return start + nearest[-1] if nearest else limit


def _metric_of(item: _Stated) -> str | None:
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


def _unit_of(item: _Stated) -> str:
    """A metric that is per share is so though the words "per share" stand before the amount."""
    is_bare = item.mention.metric.unit == "per_share" and "/" not in item.range.unit
    return f"{item.range.unit}/share" if is_bare else item.range.unit


def _fiscal_period(text: str, item: _Stated, limit: int, state: _State) -> str | None:
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
    """Guidance is for a time that ends after the quarter reported."""
    return fiscal.period_end is None or mention.periods[0].end > fiscal.period_end


def _printed_period(period: Period, is_instant: bool, fiscal: FiscalCalendar) -> str | None:
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
    left = (year_end.end.year - period.end.year) * 12 + year_end.end.month - period.end.month
    quarter = 4 - (left + 1) // 3
    return f"Q{quarter} FY{year}" if period.months == 3 else f"{period.months}M FY{year}"


def _action_of(words: str) -> str | None:
    """The action some words tell; the first that is told."""
    told = [(found.start(), action) for action, finder in _ACTIONS if (found := finder.search(words))]
    return min(told)[1] if told else None


def _checked_action(said: str | None, now: Range, previous: Range | None, spot: _Spot, state: _State) -> str:
    if previous is None or None in (now.low, now.high, previous.low, previous.high):
        return said or (
            "initiated"
            if previous is None
            else "unchanged"
            if now[:2] == previous[:2]
            else "raised"
            if _middle(now) > _middle(previous)
            else "lowered"
        )
    numbers = _action_of_numbers(now, previous)
    if said and numbers != said:
        _problem(
            state, "note", "guidance_conflict", f'says "{said}" where its numbers say "{numbers}"; the numbers were taken', spot
        )
    return numbers


def _action_of_numbers(now: Range, previous: Range) -> str:
    low, high = _bounds(now)
    old_low, old_high = _bounds(previous)
    if (low, high) == (old_low, old_high):
        return "unchanged"
    if low >= old_low and high <= old_high:
        return "narrowed" if (low > old_low and high < old_high) or high - low < old_high - old_low else "unchanged"
    return "raised" if low + high > old_low + old_high else "lowered"


def _bounds(item: Range) -> tuple[Decimal, Decimal]:
    low = item.low if item.low is not None else item.high
    high = item.high if item.high is not None else item.low
    return low or Decimal(0), high or Decimal(0)


def _middle(item: Range) -> Decimal:
    return sum(_bounds(item), Decimal(0))


def _signed(item: Range, sign: int) -> tuple[Decimal | None, Decimal | None]:
    if sign > 0:
        return item.low, item.high
    low, high = (abs(bound) if bound is not None else None for bound in (item.low, item.high))
    bounds = (-high if high is not None else None, -low if low is not None else None)
    return (bounds[1], bounds[0]) if None not in bounds and bounds[0] > bounds[1] else bounds  # type: ignore[operator]


def _problem(state: _State, severity: str, code: str, what: str, spot: _Spot) -> None:
    words = re.sub(r"\s+", " ", spot.sentence.text)[:300]
    line = state.document.place_in(spot.paragraph, spot.sentence.start, spot.sentence.start + 1).line
    message = f"The sentence on line {line} {what}: check it against the filing."
    state.problems.append(Problem(state.filing.filing_id, severity, code, message, line, words))


def _without_repeats(items: Sequence[Guidance]) -> Iterator[Guidance]:
    """The same guidance told twice (headline and section) is told once: the telling that says more, at its place."""
    best: dict[tuple[str, str], Guidance] = {}
    for item in items:
        key = (item.metric, item.fiscal_period)
        other = best.get(key)
        if other is None or (other.previous_low is None and other.previous_high is None and item.previous_high is not None):
            best[key] = item
    yield from sorted(best.values(), key=lambda item: item.source_start)
