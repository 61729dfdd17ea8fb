"""Sentences -> the clinical phases they state as reached.

Belongs here: phases, and whether the words around one make it reached or planned. Does not belong here: trials as events
(`events.py`).

"Phase IIa" and "Phase 2b" are Phase 2; "Phase 1b/2a" is Phase 1/2. A part of a trial ("the Phase II portion of the Phase I/II
trial") is not a phase of its own. A phase that the sentence expects, plans, prepares or is on track for is not reached; "Phase
1 expansion cohorts", planned or not, mean that a Phase 1 trial runs. `IND planned` is an application planned, or filed with no
trial stated. `Filed` and `Approved` are of marketing applications.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from orchestration.filings.compounds.compound_sentences import CompoundSentence, about, clause_at
from orchestration.filings.text.prefiltered import PrefilteredPattern
from orchestration.filings.vocabulary import rows

PHASES: Final = tuple(row["phase"] for row in rows("phases"))
"""The closed set of `data/vocabulary/phases.csv`, lowest first."""

NOT_STATED: Final = "Clinical (phase not stated)"
"""In clinical trials, phase not said."""
_DIGITS: Final = {"I": 1, "II": 2, "III": 3, "1": 1, "2": 2, "3": 3}
_ONE: Final = r"(III|II|I|1|2|3)(?:[-\s]?[a-cA-C](?![\w]))?"
_PHASE: Final = PrefilteredPattern(
    "hase", rf"\bPhase[\s-]{_ONE}(?:\s?(?:/|-|and|to)\s?(?:Phase[\s-])?{_ONE})?(?![\w])", re.IGNORECASE
)
_PORTION: Final = re.compile(r"[^.;]{0,30}?\b(?:portion|part|component|segment)\b", re.IGNORECASE)
_EXPANSION: Final = re.compile(r"\s(?:dose[\s-])?expansion\b", re.IGNORECASE)
_PLANNED_BEFORE: Final = re.compile(
    r"\b(?=\w)(?:expect\w*|plan(?:s|ned|ning)?|intend\w*|will|anticipat\w*|on (?:track|schedule)|prepar\w+|aim\w*|potential\w*"
    r"|could|may|would|should|schedul\w+|look(?:s|ing)? forward|in support of|initiating|to (?:begin|initiate|start|advance"
    r"|enter|support|move|commence)"
    r"|toward|towards|(?:filings?|applications?|submissions?|protocols?) for|advancing (?:in)?to"
    r"|progression (?:[\w\s]+ )?into|designed to support|ready|eligible|next|future"
    r"|proposed|upcoming|later this year)\b",
    re.IGNORECASE,
)
_PLANNED_AFTER: Final = re.compile(
    r"^(?:(?!, and |;).){0,160}?\b(?:(?:is|are|was|were|remains?)\s(?:now |currently |also |still )?(?:planned|expected"
    r"|anticipated|scheduled|on track|projected|slated|advancing toward)"
    r"|to (?:begin|start|commence|initiate)\b|advancing towards?|planned for|expected to (?:begin|start|commence|initiate"
    r"|open))",
    re.IGNORECASE,
)
_REACHED: Final = re.compile(
    r"\b(?=\w)(?:ongoing|under ?way|is being|being made|currently in|complet\w+|reported|showed|enrolled|evaluates|conducted"
    r"|opened|initiated|began|started|entered|advanced|dosed|is in|are in|evaluated|treated|was observed|existing"
    r"|demonstrated)\b",
    re.IGNORECASE,
)
_IND_FUTURE: Final = PrefilteredPattern(
    "IND|nvestigational",
    r"\b(?:INDs?|Investigational New Drug)\b(?:[\w\s()-]{0,40}\b(?:filing|submission|application))?|\b(?:file"
    r"|submit)\w*\b[\w\s,]{0,40}\bIND\b",
)
_IN_CLINIC: Final = PrefilteredPattern(
    "linic|rial|xpansion|atients|study",
    r"\b(?=\w)(?:clinical[\s-](?:trials?|stud(?:y|ies)|test(?:s|ing)|data|findings|results|experience|evaluation|development)\b"
    r"|early-stage (?:clinical )?trial|(?:in|into|entered|enter) the clinic\b"
    r"|expansion (?:phase|cohorts?|part)\b|evaluable patients\b|patients (?:treated|dosed|had|receiving|enrolled)\b"
    r"|pivotal (?:trial|study)|registrational (?:trial|study))",
    re.IGNORECASE,
)
_MEETING: Final = re.compile(r"\s(?:meeting|interactions?)\b")
_AHEAD: Final = re.compile(
    r"(?:\s(?:clinical\s)?(?:trial|study|program))?[\s-](?:preparations?|protocol|design|start-up|planning|readiness|ready)\b"
)
_DATA_FROM: Final = re.compile(
    r"\b(?:data|results|findings|readouts?)\b[^,;.]{0,40}?\b(?:from|of|in)\s(?!a planned|the planned|an upcoming"
    r"|planned)(?:[\w'-]+\s){0,4}$",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(r"\bsince\b")
_WILL: Final = re.compile(r"\b(?:will|expects?|plans?|intends?|anticipates?)\b")
_OF_TRIAL: Final = re.compile(
    r"[^.;]{0,60}\b(?:INDs?|Investigational|to (?:initiate|proceed|conduct|begin|start)|trials?|stud(?:y|ies)|protocol"
    r"|orphan|designation)\b"
)
_MONEY: Final = PrefilteredPattern("expense|cost", r"\b(?:expenses?|costs?)\b")
"""Reads lower case."""
_PRECLINICAL: Final = PrefilteredPattern("clinical", r"\bpre-?clinical", re.IGNORECASE)
_APPLICATION: Final = (
    r"(?:s?NDA|s?BLA|MAA|New Drug Application|Biologics License Application|Marketing Authori[sz]ation Application"
    r"|marketing application)"
)
_FILED: Final = PrefilteredPattern(
    "NDA|BLA|MAA|pplication|PDUFA",
    rf"\b(?:submitted|filed|accepted)\b[\w\s,'-]{{0,60}}\b{_APPLICATION}\b|\b{_APPLICATION}\b[\w\s()',-]{{0,60}}\b(?:was"
    rf"|were|has been|have been|is)\s(?:submitted|filed|accepted|under review|under priority review)\b|\bPDUFA\b",
)
_APPROVED: Final = PrefilteredPattern(
    "pprov|arketed|launched|vailable|net ",
    r"\b(?:was|were|is|are|been|being)\s(?:also\s|recently\s|first\s|fully\s|granted\s|now\s)?(?:approved|marketed"
    r"|commercially available|launched)\b|\b(?:received|gained|granted|obtained)\s(?:[\w\s]{0,40})?\bapproval\b"
    r"|\bapproval of\b|(?<!FDA )\bapproved (?:for|in|by)\b|\bnet (?:product )?sales of\b|\bfirst marketed product\b"
    r"|\b(?:FDA|EMA|European Commission)\s(?:has\s)?approved\b",
    re.IGNORECASE,
)
_SOLD: Final = PrefilteredPattern(
    "net sales|net product|net revenue",
    r"(?<!royalties on )\bnet (?:product )?(?:sales|revenues?)\b(?=[^.;]{0,60}\b(?:were|was|totaled|increased|decreased"
    r"|grew|reached|of \$))",
    re.IGNORECASE,
)
_NOT_APPROVED: Final = re.compile(
    r"\b(?:not (?:yet )?been approved|not approved|for approval of|seek\w*|if approved|potential|expect\w*|anticipat\w*"
    r"|apply|subject to|pending|possible|accelerated approval pathway)\b",
    re.IGNORECASE,
)


class Reached(NamedTuple):
    """That a compound has reached a phase."""

    key: str
    phase: str


def phases(sentence: CompoundSentence, planned: dict[str, set[str]], canonical: Callable[[str], str]) -> Iterator[Reached]:
    """The phases that a sentence says its subjects reached; `planned` collects those the filing so far only planned."""
    text = sentence.text
    if _MONEY.search(sentence.lowered):
        return
    for at, until, phase, is_planned in _phases_in_text(text):
        keys = about(sentence, canonical, (at, until), clause_at(text, at))
        if is_planned:
            for key in keys:
                planned.setdefault(key, set()).add(phase)
        else:
            yield from (Reached(key, phase) for key in keys if phase not in planned.get(key, ()) or _REACHED.search(text))
    if sentence.stage == "Clinical" and sentence.head in (None, *sentence.subjects):
        yield from (Reached(key, NOT_STATED) for key in sentence.subjects if sentence.is_named)
    elif sentence.stage == "Preclinical":
        yield from (Reached(key, "Preclinical") for key in sentence.subjects if sentence.is_named)


def highest(reached: set[str]) -> str | None:
    """The furthest of some phases."""
    return max(reached, key=PHASES.index) if reached else None


@lru_cache(maxsize=512)
def _phases_in_text(text: str) -> tuple[tuple[int, int, str, bool], ...]:
    """Each phase in a sentence: start, end, phase, whether only planned. Cached, as each sentence is read twice."""
    return tuple(_phases_of_trials(text)) + tuple(
        (found.start(), found.end(), phase, False) for found, phase in _outside_trials(text)
    )


def _phases_of_trials(text: str) -> Iterator[tuple[int, int, str, bool]]:
    for found in _PHASE.finditer(text):
        phase = _name(found)
        if phase is None or (_PORTION.match(text, found.end()) and "/" not in phase) or _MEETING.match(text, found.end()):
            continue
        is_planned = not _EXPANSION.match(text, found.end()) and _is_planned(text, found.start(), found.end())
        yield found.start(), found.end(), phase, is_planned
    for clinic in _IN_CLINIC.finditer(text):
        if not _PRECLINICAL.search(text, max(0, clinic.start() - 4), clinic.end()) and not _is_planned(
            text, clinic.start(), clinic.end()
        ):
            yield clinic.start(), clinic.end(), NOT_STATED, False


def _outside_trials(text: str) -> Iterator[tuple[re.Match[str], str]]:
    if found := _PRECLINICAL.search(text):
        yield found, "Preclinical"
    if (found := _IND_FUTURE.search(text)) and not _SINCE.search(text):
        yield found, "IND planned"
    if (found := _FILED.search(text)) and not _WILL.search(text):
        yield found, "Filed"
    if (found := _SOLD.search(text)) and not _NOT_APPROVED.search(text):
        yield found, "Approved"
    if (found := _APPROVED.search(text)) and not _NOT_APPROVED.search(text) and not is_of_trial(text, found.end()):
        yield found, "Approved"


def is_of_trial(text: str, at: int) -> bool:
    """Whether an approval that ends at an offset is one to run a trial, not one to sell."""
    return bool(_OF_TRIAL.match(text, at))


def _name(found: re.Match[str]) -> str | None:
    # IGNORECASE lets "İ" match an I; it is no number.
    first = _DIGITS.get(found.group(1).upper())
    second = _DIGITS.get(found.group(2).upper()) if found.group(2) else first
    if first is None or second is None:
        return None
    low, high = min(first, second), max(first, second)
    return f"Phase {low}" if low == high else f"Phase {low}/{high}"


def _is_planned(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 220) : start]
    if _DATA_FROM.search(before):
        return False
    if _AHEAD.match(text, end):
        return True
    cue = None
    for cue in _PLANNED_BEFORE.finditer(before):  # noqa: B007 the last one counts
        pass
    if (
        cue is not None
        and not _REACHED.search(before, cue.end())
        and not re.search(r", (?:while|which|and)\b", before[cue.end() :])
    ):
        return True
    after = text[end : end + 240].split("Phase", 1)[0]
    ahead = _PLANNED_AFTER.search(after)
    return ahead is not None and not _REACHED.search(after, 0, ahead.end())
