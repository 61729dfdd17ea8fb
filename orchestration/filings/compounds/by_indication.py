"""Sentences -> for each disease a compound is for, the trials and the phase reached.

Belongs here: which disease, trial and phase in the sentences about one compound go together. Does not belong here: what a
disease is (`indications.py`), what a phase is and whether it is reached (`phases.py`), names of trials (`events.py`).

A sentence without a disease has that of the sentence before it if it refers to it ("this trial", "for this use"), else, in a
passage, those of the passage's first line. In a sentence with several diseases and several phases it is unclear which belong
together, and no phase is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from orchestration.filings.compounds.attributes import diseases_about
from orchestration.filings.compounds.compound_sentences import CompoundSentence
from orchestration.filings.compounds.events import trials_of
from orchestration.filings.compounds.indications import is_anaphoric, is_same_trial
from orchestration.filings.compounds.phases import NOT_STATED, highest, phases

_THIS_TRIAL: Final = re.compile(r"\bthis (?:[\w/-]+ ){0,3}(?:trial|study)\b", re.IGNORECASE)


class IndicationDetail(NamedTuple):
    """What a filing says of one compound in one disease and trial; `sentence` is the first that does."""

    key: str
    indication: str
    trial: str | None
    phase: str | None
    sentence: CompoundSentence


@dataclass
class _IndicationEvidence:
    sentence: CompoundSentence
    reached: set[str] = field(default_factory=set)


@dataclass
class _Passage:
    """What later sentences may refer to: diseases and trials by paragraph and compound, diseases of a passage's first line."""

    diseases: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    lead: dict[str, list[str]] = field(default_factory=dict)
    trial: dict[tuple[int, str], str] = field(default_factory=dict)


def details(
    sentences: Iterable[CompoundSentence], indications: dict[str, tuple[str, ...]], canonical: Callable[[str], str]
) -> tuple[IndicationDetail, ...]:
    """The details of the compounds whose `indications` are given by key, in the order they stand."""
    told: dict[tuple[str, str, str | None], _IndicationEvidence] = {}
    planned: dict[str, set[str]] = {}
    so_far = _Passage()
    for sentence in sentences:
        reached = _reached(sentence, planned, canonical)
        own = diseases_about(sentence, canonical)
        for key in sentence.subjects:
            named = _closest([value for k, value in own if k == key], indications.get(key, ()))
            for indication, trial in _pairs(sentence, key, named, so_far):
                one = told.setdefault((key, indication, trial), _IndicationEvidence(sentence))
                one.reached |= reached.get(key, set())
    return tuple(
        IndicationDetail(key, indication, trial, highest(one.reached), one.sentence)
        for (key, indication, trial), one in told.items()
    )


def _reached(sentence: CompoundSentence, planned: dict[str, set[str]], canonical: Callable[[str], str]) -> dict[str, set[str]]:
    """The phases of a sentence by compound; none where several diseases share several of them.

    The stage in a section's heading ("Clinical-stage product candidates") holds only for the line that heads a passage: the
    uses below it may not have come as far.
    """
    seen = sentence if sentence.is_lead else sentence._replace(stage=None)
    found: dict[str, set[str]] = {}
    for key, phase in phases(seen, planned, canonical):
        found.setdefault(key, set()).add(phase)
    if len({disease.value for disease in sentence.diseases}) < 2:
        return found
    return {key: told for key, told in found.items() if len(told - {NOT_STATED}) < 2}


def _closest(named: list[str], indications: tuple[str, ...]) -> list[str]:
    """The diseases as the compound's record names them: "breast cancer" is its "HER2-positive breast cancer"."""
    found = []
    for value in named:
        closer = [value] if value in indications else [one for one in indications if one.endswith(" " + value)]
        if len(closer) == 1:
            found.append(closer[0])
    return list(dict.fromkeys(found))


def _pairs(sentence: CompoundSentence, key: str, named: list[str], so_far: _Passage) -> list[tuple[str, str | None]]:
    """The pairs of disease and trial in a sentence; updates `so_far` for the next one."""
    place, trials = (id(sentence.paragraph), key), trials_of(sentence)
    leans = bool(_THIS_TRIAL.search(sentence.text))
    if trials:
        so_far.trial[place] = trials[-1]
    if sentence.is_lead and named:
        so_far.lead[key] = named
    spoken = named
    if not named and (leans or is_anaphoric(sentence.text)):
        spoken = so_far.diseases.get(place, [])
    if not spoken and not sentence.diseases and not trials and sentence.head == key:
        spoken = so_far.lead.get(key, [])
    if spoken:
        so_far.diseases[place] = spoken
    if len(trials) == len(named) > 1 and "respectively" in sentence.text:
        return list(zip(named, trials, strict=True))
    inherited = so_far.trial.get(place) if not trials and (leans or is_same_trial(sentence.text)) else None
    trial = trials[0] if len(trials) == 1 else inherited
    return [(indication, trial) for indication in spoken]
