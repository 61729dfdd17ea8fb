"""Statements -> what a filing says of each disease a compound is for: in which trial, how far.

Belongs here: which disease, which trial and which phase of the sentences about one compound go together. Does not belong
here: what a disease is (`indications.py`), what a phase is and whether it is reached (`phases.py`), what a trial's name looks
like (`events.py`).

A sentence that names no disease speaks of that of the sentence before it where it leans on it ("this trial", "for this use"),
else, in a passage, of those the passage's first line names. Where a sentence tells several diseases and several phases, nothing
says which is whose, and none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from orchestration.filings.compounds.attributes import diseases_about
from orchestration.filings.compounds.events import trials_of
from orchestration.filings.compounds.indications import is_anaphoric, is_same_trial
from orchestration.filings.compounds.passages import Statement
from orchestration.filings.compounds.phases import NOT_STATED, highest, phases

_THIS_TRIAL: Final = re.compile(r"\bthis (?:[\w/-]+ ){0,3}(?:trial|study)\b", re.IGNORECASE)


class Detail(NamedTuple):
    """What a filing says of one compound in one disease and trial; `statement` is the first that does."""

    key: str
    indication: str
    trial: str | None
    phase: str | None
    statement: Statement


@dataclass
class _Told:
    statement: Statement
    reached: set[str] = field(default_factory=set)


@dataclass
class _Passage:
    """What the sentences so far leave open: the diseases of a compound by paragraph and by passage, the last trial."""

    diseases: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    lead: dict[str, list[str]] = field(default_factory=dict)
    trial: dict[tuple[int, str], str] = field(default_factory=dict)


def details(
    statements: Iterable[Statement], indications: dict[str, tuple[str, ...]], canonical: Callable[[str], str]
) -> tuple[Detail, ...]:
    """The details of the compounds whose `indications` are given by key, in the order told."""
    told: dict[tuple[str, str, str | None], _Told] = {}
    planned: dict[str, set[str]] = {}
    so_far = _Passage()
    for statement in statements:
        reached = _reached(statement, planned, canonical)
        own = diseases_about(statement, canonical)
        for key in statement.subjects:
            named = _closest([value for k, value in own if k == key], indications.get(key, ()))
            for indication, trial in _pairs(statement, key, named, so_far):
                one = told.setdefault((key, indication, trial), _Told(statement))
                one.reached |= reached.get(key, set())
    return tuple(
        Detail(key, indication, trial, highest(one.reached), one.statement) for (key, indication, trial), one in told.items()
    )


def _reached(statement: Statement, planned: dict[str, set[str]], canonical: Callable[[str], str]) -> dict[str, set[str]]:
    """The phases of a statement by compound, none where several diseases share several of them.

    A section's heading ("Clinical-stage product candidates") speaks for the line that heads a passage only: below it stand
    other uses that have not come as far.
    """
    seen = statement if statement.is_lead else statement._replace(stage=None)
    found: dict[str, set[str]] = {}
    for key, phase in phases(seen, planned, canonical):
        found.setdefault(key, set()).add(phase)
    if len({disease.value for disease in statement.diseases}) < 2:
        return found
    return {key: told for key, told in found.items() if len(told - {NOT_STATED}) < 2}


def _closest(named: list[str], indications: tuple[str, ...]) -> list[str]:
    """The diseases under the names the compound's record has: "breast cancer" is its "HER2-positive breast cancer"."""
    found = []
    for value in named:
        closer = [value] if value in indications else [one for one in indications if one.endswith(" " + value)]
        if len(closer) == 1:
            found.append(closer[0])
    return list(dict.fromkeys(found))


def _pairs(statement: Statement, key: str, named: list[str], so_far: _Passage) -> list[tuple[str, str | None]]:
    """The diseases and trials a statement speaks of, and what it leaves to the next."""
    place, trials = (id(statement.paragraph), key), trials_of(statement)
    leans = bool(_THIS_TRIAL.search(statement.text))
    if trials:
        so_far.trial[place] = trials[-1]
    if statement.is_lead and named:
        so_far.lead[key] = named
    spoken = named
    if not named and (leans or is_anaphoric(statement.text)):
        spoken = so_far.diseases.get(place, [])
    if not spoken and not statement.diseases and not trials and statement.head == key:
        spoken = so_far.lead.get(key, [])
    if spoken:
        so_far.diseases[place] = spoken
    if len(trials) == len(named) > 1 and "respectively" in statement.text:
        return list(zip(named, trials, strict=True))
    inherited = so_far.trial.get(place) if not trials and (leans or is_same_trial(statement.text)) else None
    trial = trials[0] if len(trials) == 1 else inherited
    return [(indication, trial) for indication in spoken]
