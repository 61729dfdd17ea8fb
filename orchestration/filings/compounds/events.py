"""Sentences -> events: what happened to a compound or is expected to, when, where, in which disease and trial.

Belongs here: acts (data, trials, filings, approvals, licences, discontinuations, milestones), whether they lie ahead, and
merging what a release says twice. Does not belong here: words that say when (`time_expressions.py`), the phase a compound has
reached (`phases.py`).

A sentence is cut into chunks of one verb phrase ("..., and we're on schedule to begin ..."), each with at most one act. A chunk
without a name is about the compounds of the chunk before it. `event_date` is the last day of the period named, and never after
the filing, as it had happened by then.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from orchestration.filings.compounds.compound_sentences import CompoundSentence, about, groups
from orchestration.filings.compounds.indications import is_anaphoric, is_same_trial
from orchestration.filings.compounds.phases import is_of_trial
from orchestration.filings.compounds.time_expressions import TimeExpression, time_expressions
from orchestration.filings.records import EventType
from orchestration.filings.text.prefiltered import PrefilteredPattern

_AND: Final = (
    r"and(?:,\s(?=with)|\s(?=(?:also\s)?(?:expects?|plans?|intends?|anticipates?|expecting|is|are|was|were|we|we're|has|have"
    r"|will|enrollment|patient|it|from|to|(?:\w+\s)?(?:data|results|findings)\s(?:are|is|will))\s))"
)
_CUT: Final = re.compile(
    rf"[;,\s](?:(?<=;)\s|(?<=\s)(?:[–—]\s|{_AND})|(?<=,)\s(?:(?:while|whereas|although)\s"
    rf"|with (?=both|all|the|potential|data|results|top)|(?=we\s(?:believe|expect|plan|anticipate))|{_AND}))"
)
_FUTURE: Final = PrefilteredPattern(
    "expect|plan|intend|will|anticipat|on track|on schedule|prepar|potential|could|may|scheduled|look|for presentation"
    "|accepted for|aim|projected|to be |upcoming|targeted for|selected for|toward",
    r"\b(?=\w)(?:expect(?:s|ed|ing|ation)?|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|will|anticipat(?:e|es|ed|ing)|on (?:track"
    r"|schedule)|prepar(?:e|es|ing)|potential(?:ly)?|could|may|scheduled|look(?:s|ing)? forward"
    r"|submitted for presentation|accepted for|aim(?:s|ing)?|projected|to be (?:reported|presented|announced)|upcoming"
    r"|targeted for|selected for|towards?)\b",
)
_NEGATED: Final = PrefilteredPattern(
    "not|no longer", r"\b(?=\w)(?:not (?:yet )?been|have not|has not|did not|no longer|not yet|had not)\b"
)
"""Both `_FUTURE` and this read lower case."""
_DATA_NOUN: Final = r"(?:data|findings|(?<!financial )(?<!operating )results|readouts?)"
_TRIAL_NOUN: Final = r"(?:trials?|stud(?:y|ies)|testing|the clinic|cohorts?|phase|Phase|portion|arm|clinical development)"
_REPORT: Final = (
    r"(?:report(?:ed|ing)?|present(?:ed|ing|ation|ations)?|publish(?:ed)?|announc(?:e|ed|ing)|show(?:ed)?|provide[ds]?"
    r"|disclos(?:e|ed|ures?)|expect(?:ed|s)?|available|anticipat(?:ed|es|e)|submitted|accepted|demonstrated|releas(?:e|ed)"
    r"|shar(?:e|ed|ing)|published)"
)
_OUTCOME: Final = (
    r"(?:improvement in|response rate|well tolerated|more active|anticancer activity|progression-free survival"
    r"|overall survival|efficacy|stable disease|primary endpoint)"
)
_APPLICATION: Final = (
    r"(?:IND|BLA|sBLA|NDA|sNDA|MAA|marketing approval|approval|marketing application|marketing authori[sz]ation"
    r"|Biologics License Application|New Drug Application|this indication|investigational new drug)"
)

_ACTS: Final = tuple(
    (name, PrefilteredPattern(cues, pattern, flags))
    for name, cues, pattern, flags in (
        (
            "discontinuation",
            "iscontinu|erminat|halt|Halt|ceas|Ceas|stopp|uspend|bandon",
            r"\b(?:discontinu(?:e|ed|ing|ation of)|terminat(?:e|ed|ing|ion of)|halt(?:ed|ing)?|ceas(?:e|ed|ing)|stopp(?:ed"
            r"|ing)|suspend(?:ed|ing)?|abandon(?:ed|ing)?)\b(?!\s(?:operations|due|because|treatment"
            r"|therapy))(?:[\w\s,'-]{0,60})\b(?:development|trial|study|program|compound|it|enrollment)\b|\b(?:was|were"
            r"|has been|have been)\s(?:discontinued|terminated|halted)\b",
            re.IGNORECASE,
        ),
        (
            "milestone",
            "ilestone",
            r"\bmilestone\b(?!s? (?:fees|and))",
            re.IGNORECASE,
        ),
        (
            "approval",
            "pprov|PDUFA",
            r"\b(?:(?:was|were|is|been|be)\s(?:\w+\s)?approved\b|approved (?:for|by|in) |(?:received|granted|gain(?:ed)?"
            r"|obtain(?:ed)?)\s[\w\s]{0,40}approval\b|(?:FDA|EMA|European Commission) (?:has )?approved|PDUFA)",
            0,
        ),
        (
            "filing",
            "ubmi|fil|Fil|IND|NDA|BLA|MAA|pplication|to apply|applied for",
            rf"(?i)\b(?:(?:submi(?:t|ts|tting|tted|ssion)|fil(?:e|es|ed"
            rf"|ing))\b(?! for presentation)[\w\s,'()-]{{0,60}}?\b{_APPLICATION}\b"
            rf"|{_APPLICATION}\b[\w\s()-]{{0,30}}\b(?:submi(?:ssion|tted)|fil(?:ing|ed))\b|to apply\b|applied for\b"
            rf"|submission for\b)",
            0,
        ),
        (
            "completed",
            "ompleted",
            r"\b(?:trials?|stud(?:y|ies))\b[^.;]{0,80}\b(?:has|have|had|was|were)\s(?:been\s)?completed\b"
            r"|\bcompleted\s(?!treatment|enrollment|dosing|patient)(?:(?:the|a|an|its|our)\s)?[\w\s/-]{0,50}\b(?:trials?"
            r"|stud(?:y|ies))\b(?! preparation)",
            re.IGNORECASE,
        ),
        (
            "trial",
            "nitiat|begin|Begin|beg|Beg|start|Start|ommenc|pen|nter|dvanc|dos|Dos|aunched",
            rf"\b(?i:initiat(?:e|ed|es|ing)|begin(?:s|ning)?|began|begun|start(?:s|ed|ing)?|commenc(?:e|ed|ing)|opened|open"
            rf"|entered|enter|(?:advanced?|advancing) (?:[^\s,;]+ ){{0,5}}?(?:in)?to|dos(?:ed|ing) (?:of )?(?:the )?first"
            rf"|launched)\b[^.;]{{0,180}}?\b{_TRIAL_NOUN}\b",
            0,
        ),
        (
            "trial",
            "to begin|to start|to commence|to initiate|to open",
            r"\b(?:enrollment|[Dd]osing|trial|study|testing|evaluation)\b[^.;]{0,100}?\bto (?:begin|start|commence|initiate"
            r"|open)\b",
            0,
        ),
        (
            "trial",
            "to assess|to evaluate|to study|to investigate|will",
            r"\b(?:plans to|intends to|expects to|will(?: also)?)\s(?:assess|evaluate|study|investigate)\b",
            0,
        ),
        (
            "data",
            "ata|indings|esults|eadout|eported|howed",
            rf"(?i)\b{_DATA_NOUN}\b(?!-)[^;]{{0,220}}?\b{_REPORT}\b|\b{_REPORT}\b[^;]{{0,110}}?\b{_DATA_NOUN}\b"
            rf"|\b(?:to have|to see|to seeing)\b[^;]{{0,90}}?\b{_DATA_NOUN}\b|\bdata (?:presentations?|disclosures?)\b"
            rf"|\b(?:reported|showed)\b[^;]{{0,200}}\b{_OUTCOME}",
            0,
        ),
        (
            "licence",
            "icens|icenc|option",
            r"\b(?:licensed (?:exclusively )?to|exclusive(?:ly)? licen[sc]ed?|in-licensed|out-licensed|licensed from"
            r"|exercised its option)\b",
            0,
        ),
    )
)
_TYPES: Final = {
    "discontinuation": (EventType.DISCONTINUATION, EventType.DISCONTINUATION),
    "milestone": (EventType.MILESTONE_REACHED, EventType.MILESTONE_EXPECTED),
    "approval": (EventType.APPROVAL, EventType.APPROVAL_EXPECTED),
    "filing": (EventType.FILING, EventType.FILING_EXPECTED),
    "completed": (EventType.TRIAL_COMPLETED, EventType.TRIAL_COMPLETED),
    "trial": (EventType.TRIAL_STARTED, EventType.TRIAL_EXPECTED),
    "data": (EventType.DATA_PRESENTED, EventType.DATA_EXPECTED),
    "licence": (EventType.LICENCE, EventType.LICENCE),
}
"""The event type of each act where it has happened, and where it lies ahead."""
_PAST_VERB: Final = re.compile(
    r"\b(?<!be )(?:initiated|began|begun|started|commenced|opened|entered|advanced (?=\S+ (?:\S+ ){0,4}(?:in)?to )|dosed"
    r"|launched|filed|submitted(?! for presentation)|applied)\b",
    re.IGNORECASE,
)
_DOING: Final = re.compile(r"\b(?=\w)(?:including starting|by initiating|including initiating)\b", re.IGNORECASE)
_BASE_VERB: Final = re.compile(r"\b(?=\w)(?:initiating|to initiate|advancing|towards?)\b", re.IGNORECASE)
_INSTEAD: Final = re.compile(r"\b(?:rather than|instead of|versus|compared (?:with|to)|previously|from)\s(?:in\s)?(?:the\s)?$")
_NO_TRIALS: Final = frozenset({"BARDA", "NIAID", "ODAC", "PDUFA", "CGMP", "WORLDWIDE", "RRPV"})
_STUDY: Final = PrefilteredPattern(
    "rial|tudy|Phase|phase",
    r"[A-Z](?<!\w[A-Z])(?:(?<=S)tudy \d{2,4}\b"
    r"|[A-Z]{3,}[A-Z0-9]*(?:-[A-Z]{0,3}\d{1,4})?(?=(?:\sPhase\s[\w/]+)?\s(?:clinical\s)?(?:trial|study|Phase)\b)"
    r"|(?:(?<=trial, [A-Z])|(?<=study, [A-Z]))[A-Z]{3,}[A-Z0-9]*(?:-\d{1,3})?(?=,))",
)
_ATTRIBUTION: Final = re.compile(r"\sthat\b")
_FISCAL: Final = re.compile(r"FY|fiscal|quarter", re.IGNORECASE)
_LEADING: Final = 30
_LABEL: Final = 45


@dataclass(frozen=True, slots=True)
class Event:
    """One event of one compound; `event_date` is of a past event, `when` of an expected one."""

    key: str
    event_type: EventType
    event_date: date | None
    when: TimeExpression | None
    indication: str | None
    trial: str | None
    meeting: str | None
    sentence: CompoundSentence


@dataclass(frozen=True, slots=True)
class _Chunk:
    text: str
    lowered: str
    start: int
    subjects: tuple[str, ...]
    is_named: bool


class _EventMatch(NamedTuple):
    """The act that a chunk states, and its offsets in the chunk."""

    name: str
    start: int
    end: int


class _Timing(NamedTuple):
    """When an act is, if said, and whether that lies ahead."""

    when: TimeExpression | None
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class EventCalendar:
    """What words that say when refer to: the day of the filing and the end of the fiscal year (`MM-DD`)."""

    known_from: date | None
    fiscal_year_end: str | None


class _DatedBy(NamedTuple):
    """Words that say when, and the calendar they refer to."""

    when: TimeExpression | None
    days: EventCalendar


def events(found: list[CompoundSentence], days: EventCalendar, canonical: Callable[[str], str]) -> list[Event]:
    """All events of a filing's sentences, repeated ones merged."""
    raw: list[Event] = []
    for sentence in found:
        if sentence.is_heading and not sentence.is_lead:
            continue
        raw += _of_statement(sentence, found, days, canonical)
    return merged_events(raw)


def _of_statement(
    sentence: CompoundSentence, found: list[CompoundSentence], days: EventCalendar, canonical: Callable[[str], str]
) -> list[Event]:
    acts = [act for act in _ACTS if act[1].may_match(sentence.text)]
    if not acts:
        return []
    context = [found[n] for n in sentence.before]
    made: list[Event] = []
    carried: str | None = None
    for chunk in _chunks(sentence, canonical):
        act = _act(chunk, acts, carried)
        told = _when(chunk, act, days) if act else None
        if act is None or told is None or (act.name == "milestone" and not chunk.is_named):
            continue
        carried = act.name
        event = _event(sentence, chunk, _TYPES[act.name][told.is_ahead], _DatedBy(told.when, days), context)
        place, stretch = (chunk.start + act.start, chunk.start + act.end), (chunk.start, chunk.start + len(chunk.text))
        keys = about(sentence, canonical, place, stretch) if chunk.is_named else chunk.subjects
        for one in _respectively(event, sentence):
            made += [replace(one, key=key) for key in keys]
    return made


def _event(
    sentence: CompoundSentence, chunk: _Chunk, event_type: EventType, timed: _DatedBy, context: list[CompoundSentence]
) -> Event:
    when, days = timed
    is_expected = event_type.endswith("expected")
    own = trials_of(sentence, chunk.start, chunk.start + len(chunk.text))
    return Event(
        key="",
        event_type=event_type,
        event_date=None if is_expected else _happened(when, days),
        when=when if is_expected else None,
        indication=_indication(sentence, chunk, context),
        trial=own[0] if own else _inherited_trial(sentence, context),
        meeting=_meeting(sentence, chunk),
        sentence=sentence,
    )


def _chunks(sentence: CompoundSentence, canonical: Callable[[str], str]) -> list[_Chunk]:
    text = sentence.text
    cuts = [0, *(cut.start() for cut in _CUT.finditer(text)), len(text)]
    chunks: list[_Chunk] = []
    for start, end in pairwise(cuts):
        own = tuple(dict.fromkeys(key for group in groups(sentence, canonical, start, end) for key in group.keys))
        named = own or next((c.subjects for c in reversed(chunks) if c.is_named), ())
        chunks.append(_Chunk(text[start:end], sentence.lowered[start:end], start, named or sentence.subjects, bool(own)))
    return chunks


def _act(chunk: _Chunk, acts: list[tuple[str, PrefilteredPattern]], carried: str | None) -> _EventMatch | None:
    """The first act in a chunk, else the act carried over from the chunk before."""
    for name, pattern in acts:
        found = pattern.search(chunk.text)
        if found and not (name == "approval" and is_of_trial(chunk.text, found.end())):
            return _EventMatch(name, found.start(), found.end())
    if carried and chunk.text.lstrip(", ").startswith(("and from", "and to")):
        return _EventMatch(carried, 0, 0)
    return None


def _when(chunk: _Chunk, act: _EventMatch, days: EventCalendar) -> _Timing | None:
    """The time of an act; None where the chunk denies it ("have not yet been reported")."""
    text = chunk.text
    if _NEGATED.search(chunk.lowered) and not _FUTURE.search(chunk.lowered):
        return None
    periods = [w for w in time_expressions(text, days.known_from, days.fiscal_year_end) if _dates(text, w, act.name, days)]
    when = _nearest(act, periods) if periods else None
    return _Timing(when, _lies_ahead(chunk, act.name, when, days))


def _dates(text: str, when: TimeExpression, act: str | None, days: EventCalendar) -> bool:
    """Whether words that say when are the time of an act, not of an earlier plan, a report or a figure."""
    if _INSTEAD.search(text, max(0, when.start - 40), when.start) or (
        _ATTRIBUTION.match(text, when.end) and act not in (None, "data")
    ):
        return False
    if act in ("completed", "licence", "discontinuation") and _is_after(when, days):
        return False
    if act == "trial" and not _PAST_VERB.search(text) and _BASE_VERB.search(text) and not _is_after(when, days):
        return False
    return not (act == "milestone" and _FISCAL.search(when.text))


def _nearest(act: _EventMatch, periods: list[TimeExpression]) -> TimeExpression:
    """The period of an act: the last one after it, else one that opens the chunk ("In November 2006, ..."), else the last."""
    leading = [w for w in periods if w.start <= _LEADING and w.start < act.start]
    after = [w for w in periods if w.start >= act.start]
    return after[-1] if after else leading[0] if leading else periods[-1]


def _lies_ahead(chunk: _Chunk, act: str, when: TimeExpression | None, days: EventCalendar) -> bool:
    if act in ("completed", "licence"):
        return False
    if when and _is_after(when, days):
        return True
    if when and when.last and days.known_from and when.last < days.known_from:
        return False
    future = _FUTURE.search(chunk.lowered)
    if act in ("trial", "filing"):
        past = _PAST_VERB.search(chunk.text)
        if past:
            return future is not None and future.start() < past.start()
        return not _DOING.search(chunk.text) or future is not None
    return future is not None


def _is_after(when: TimeExpression, days: EventCalendar) -> bool:
    return bool(
        when.last
        and days.known_from
        and when.last > days.known_from
        and not (when.first and when.first < days.known_from and when.text.lower().startswith(("earlier", "this", "april")))
    )


def _happened(when: TimeExpression | None, days: EventCalendar) -> date | None:
    if when is None or when.last is None:
        return None
    return min(when.last, days.known_from) if days.known_from else when.last


def _meeting(sentence: CompoundSentence, chunk: _Chunk) -> str | None:
    end = chunk.start + len(chunk.text)
    return next((t.value for t in sentence.terms if t.kind == "meeting" and chunk.start <= t.start < end), None)


def _indication(sentence: CompoundSentence, chunk: _Chunk, context: list[CompoundSentence]) -> str | None:
    end = chunk.start + len(chunk.text)
    named = sentence.diseases
    own = [value for value, start, _ in named if chunk.start <= start < end] or [
        value for value, start, _ in named if sentence.start + start < _LABEL
    ]
    if not own and is_anaphoric(chunk.text):
        own = [value for value, _, _ in named]
    if not own and is_anaphoric(sentence.text):
        for before in reversed(context):
            if set(before.subjects) & set(sentence.subjects):
                own = [disease.value for disease in before.diseases]
                if own:
                    break
    return "; ".join(sorted(set(own))) or None


def trials_of(sentence: CompoundSentence, start: int = 0, end: int | None = None) -> list[str]:
    """The names of trials in a part of a sentence, in order."""
    text = sentence.text[start:end]
    found = _studies(text)
    if not found:
        return []
    known = {sentence.text[term.start : term.end] for term in sentence.terms} | {m.text for m in sentence.mentions}
    return [name for name in dict.fromkeys(found) if name not in known and name not in _NO_TRIALS]


@lru_cache(maxsize=512)
def _studies(text: str) -> tuple[str, ...]:
    """Words that look like the name of a trial."""
    return tuple(match.group() for match in _STUDY.finditer(text))


def _inherited_trial(sentence: CompoundSentence, context: list[CompoundSentence]) -> str | None:
    own = trials_of(sentence)
    if len(own) == 1 or not is_same_trial(sentence.text):
        return own[0] if len(own) == 1 else None
    for before in reversed(context):
        found = trials_of(before)
        if found:
            return found[-1]
    return None


def _respectively(event: Event, sentence: CompoundSentence) -> list[Event]:
    """One event per pair where a sentence pairs trials with diseases ("MARIANNE ... GATSBY ... A and B, respectively")."""
    if "respectively" not in sentence.text:
        return [event]
    named, trials = [disease.value for disease in sentence.diseases], trials_of(sentence)
    if len(named) != len(trials) or len(named) < 2:
        return [event]
    pairs = dict(zip(trials, named, strict=True))
    if event.trial in pairs:
        return [replace(event, indication=pairs[event.trial])]
    return [replace(event, trial=trial, indication=indication) for trial, indication in pairs.items()]


def merged_events(raw: list[Event]) -> list[Event]:
    """The events, repeated ones merged; one without date, meeting and trial is dropped beside another of its type."""
    alike: dict[tuple[str, str], list[Event]] = {}
    for event in sorted(raw, key=lambda e: not _has_detail(e)):
        kept = alike.setdefault((event.key, event.event_type), [])
        twin = next((n for n, other in enumerate(kept) if _same(other, event)), None)
        if twin is not None:
            kept[twin] = _merged(kept[twin], event)
        elif _has_detail(event) or not kept:
            kept.append(event)
    return [event for kept in alike.values() for event in kept]


def _has_detail(event: Event) -> bool:
    return bool(event.event_date or event.when or event.meeting or event.trial)


def _same(one: Event, other: Event) -> bool:
    if one.when and other.when:
        return (one.when.first, one.when.last) == (other.when.first, other.when.last) and _agree(one.trial, other.trial)
    if one.event_date and other.event_date:
        return one.event_date == other.event_date and _agree(one.meeting, other.meeting) and _agree(one.trial, other.trial)
    if one.meeting and one.meeting == other.meeting:
        return _agree(one.indication, other.indication)
    return bool(one.trial) and one.trial == other.trial and not (one.meeting and other.meeting)


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _merged(one: Event, other: Event) -> Event:
    return replace(
        one,
        event_date=one.event_date or other.event_date,
        when=one.when or other.when,
        indication=one.indication or other.indication,
        trial=one.trial or other.trial,
        meeting=one.meeting or other.meeting,
    )
