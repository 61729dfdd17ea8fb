"""Text and its terms -> the diseases that a compound or trial is said to be for.

Belongs here: which disease terms count (not those of expression, of one patient, of side effects), lists that share a noun
("ovarian, endometrial and lung cancers"), diseases named by a marker ("CD56+ solid tumors", "cancers that over-express FOLR1").
Does not belong here: the compound they belong to (`attributes.py`, `events.py`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from orchestration.filings import vocabulary
from orchestration.filings.compounds.lexicon import Term
from orchestration.filings.text.prefiltered import PrefilteredPattern
from orchestration.filings.text.sentences import lower


class Disease(NamedTuple):
    """A disease by its name in `data/vocabulary/indications.csv`, with its marker if it has one, and its offsets."""

    value: str
    start: int
    end: int


_EXPRESSED: Final = r"(?:\s?\+|[\s-]positive|[\s-](?:over-?)?expressing)"
_GENERIC_CANCER: Final = re.compile(
    rf"\)?{_EXPRESSED}(?:\s(?:advanced|metastatic|recurrent|relapsed|refractory))*\s(solid tumors|cancers?|tumou?rs?"
    rf"|malignanc(?:y|ies))\b(?! cells?)",
    re.IGNORECASE,
)
_OVEREXPRESS: Final = re.compile(
    r"\b(cancers|tumors|malignancies) that (?:over-?)?express\s(?:high levels of\s)?(?:the\s)?$", re.IGNORECASE
)
_ORGANS: Final = (
    r"(?:non-small cell lung|small cell lung|small-cell lung|head and neck|head & neck|lung|breast|ovarian|endometrial"
    r"|colorectal|pancreatic|gastric|prostate|bladder|cervical|renal|liver|kidney|thyroid|esophageal|skin|brain|uterine)"
)
_ORGAN_LIST: Final = PrefilteredPattern(
    "cancers|tumors|carcinomas",
    rf"\b({_ORGANS}(?:(?:,\s(?:and\s)?|\sand\s)(?:many\s|other\s)?{_ORGANS})+)\s(?:cancers|tumors|carcinomas)\b",
    re.IGNORECASE,
)
_ORGAN: Final = re.compile(_ORGANS, re.IGNORECASE)
_NOT_INDICATED: Final = PrefilteredPattern(
    "found|expres|patient with|such as|imiting|dverse|oxicit|ide effect|potential",
    r"\b(?:found|expressed|expression)\s(?:is\s)?(?:[\w\s,-]{0,60}?)\bon\b|\bexpression\b|\b[Aa] patient with\b"
    r"|\bsuch as those\b|\bpotential (?:for|to) expan\w+|\b(?:[Dd]ose[\s-]limiting|[Aa]dverse|[Tt]oxicit\w+"
    r"|[Ss]ide effects?)\b",
)
_MARKER_BEFORE: Final = re.compile(
    r"\b([A-Z][A-Za-z0-9-]{1,9})(?:\s?\+|[\s-]positive)(?:\s(?:advanced|metastatic|operable|early|locally|recurrent"
    r"|unresectable|incurable|or|and|,))*\s$"
)
_SAME_TRIAL: Final = PrefilteredPattern(
    "his use|his indication|his setting|his trial|his study|The data|The findings|The results",
    r"\b[Tt]his (?:use|indication|setting|trial|study)\b|^The (?:data|findings|results)\b",
)
_ANAPHORIC: Final = PrefilteredPattern(
    "this use|this indication|this cancer|this disease|this setting|this trial|this study|this tumor"
    "|the data|the findings|the results",
    r"\bthis (?:use|indication|cancer|disease|setting|trial|study|tumor type)\b|^the (?:data|findings|results)\b",
)
"""Reads lower case."""


def diseases(text: str, terms: tuple[Term, ...]) -> tuple[Disease, ...]:
    """The diseases a sentence names, in order."""
    stop = _NOT_INDICATED.search(text)
    limit = stop.start() if stop else len(text)
    listed = [(found.span(), found) for found in _ORGAN_LIST.finditer(text, 0, limit)]
    named = [disease for _, found in listed for disease in _of_list(found)]
    for term in terms:
        if term.start < limit and not any(start <= term.start < end for (start, end), _ in listed):
            named += _of_term(text, term)
    return tuple(sorted(_without_parts(named), key=lambda disease: disease.start))


def _of_list(found: re.Match[str]) -> list[Disease]:
    return [
        Disease(_canonical(organ.group().lower() + " cancer"), found.start() + organ.start(), found.end())
        for organ in _ORGAN.finditer(found.group(1))
    ]


def _of_term(text: str, term: Term) -> list[Disease]:
    if term.kind == "indication":
        marker = _MARKER_BEFORE.search(text, max(0, term.start - 60), term.start)
        is_marked = marker is not None and not term.value.startswith("triple")
        return [
            Disease(f"{marker.group(1)}-positive {term.value}" if marker and is_marked else term.value, term.start, term.end)
        ]
    if term.kind != "target":
        return []
    generic = _GENERIC_CANCER.match(text, term.end)
    if generic:
        kind = "solid tumors" if generic.group(1).lower() == "solid tumors" else "cancers"
        return [Disease(f"{term.value}-positive {kind}", term.start, generic.end())]
    return [Disease(f"{term.value}-positive cancers", term.start, term.end)] if _overexpressed(text, term) else []


def marked(text: str, term: Term) -> bool:
    """Whether a target marks cancers in general ("CD56+ cancers", "cancers that over-express FOLR1"), not one disease."""
    return bool(_GENERIC_CANCER.match(text, term.end) or _overexpressed(text, term))


def _overexpressed(text: str, term: Term) -> bool:
    return bool(_OVEREXPRESS.search(text, max(term.start - 60, 0), term.start))


def _without_parts(named: list[Disease]) -> list[Disease]:
    spans = [(one.start, one.end) for one in named if "-positive" in one.value]
    return [
        one
        for one in named
        if "-positive" in one.value or not any(start < one.start and one.end <= end for start, end in spans)
    ]


def _canonical(name: str) -> str:
    return _indications().get(name, name)


@cache
def _indications() -> dict[str, str]:
    return {row["name"].lower(): row["indication"] for row in vocabulary.rows("indications")}


def narrowed(values: list[str]) -> tuple[str, ...]:
    """The diseases, sorted, without those another names more closely ("breast cancer", "HER2-positive breast cancer")."""
    unique = set(values)
    kept = {v for v in unique if not any(other != v and other.endswith(" " + v) for other in unique)}
    return tuple(sorted(kept))


def is_anaphoric(text: str) -> bool:
    """Whether a sentence refers to the disease of the one before ("for this use")."""
    return bool(_ANAPHORIC.search(lower(text)))


def is_same_trial(text: str) -> bool:
    """Whether a sentence refers to the trial of the one before ("in this trial")."""
    return bool(_SAME_TRIAL.search(text))
