"""A document -> sentences with the compounds they are about.

Belongs here: headings and their passages, bullets, which compound a sentence is about, boilerplate. Does not belong here: what
a name is (`names.py`), what a sentence says of a compound (`attributes.py`, `phases.py`, `events.py`).

A compound heads a passage where its name stands first before a dash or colon ("IMGN901 (lorvotuzumab mertansine) — ..."), or
where a short line without a full stop names it alone ("ImmunoGen's HuN901-DM1 Product Candidate"). Sentences below that name no
other compound are about it. A bullet that names another compound, unless it refers back, heads the bullets after it: the
heading between them was lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from orchestration.filings.compounds.indications import Disease, diseases
from orchestration.filings.compounds.lexicon import Term
from orchestration.filings.compounds.names import NameMention, Seeds, find_names_and_terms, terms_of
from orchestration.filings.documents.model import Document, Paragraph
from orchestration.filings.text.prefiltered import PrefilteredPattern
from orchestration.filings.text.sentences import Sentence, lower, sentences

_BULLET: Final = re.compile(r"\s*(?:(?:[-*+•·●▪◦]|o(?=\s))\s*)+(?=\S)")
_BOILERPLATE: Final = PrefilteredPattern(
    "rademark|RADEMARK|orward-looking|ORWARD-LOOKING|afe harbor|AFE HARBOR|ecurities|ECURITIES|elephone|ELEPHONE|ule 14"
    "|onference call|onference Call|ONFERENCE CALL|ebcast|EBCAST|orm 10|orm 8|ORM 10|ORM 8",
    r"registered trademark|trademarks? of|forward-looking|safe harbor|Securities (?:and )?Exchange|telephone number|Rule 14"
    r"|conference call|webcast|Form 10-[KQ]|Form 8-K",
    re.IGNORECASE,
)
_LEAD_DASH: Final = re.compile(r"[\s®™]*(?:\([^()]{1,120}\)\s*)?(?:\s[–—-]{1,2}\s|—|:\s)")
_GENERIC_PLURAL: Final = PrefilteredPattern(
    "ompound|andidate|rogram|roduct",
    r"\b(?=\w)(?:other|several|additional|more|one or more|at least one|partner|collaboration|all|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven)\s(?:[\w-]+\s){0,3}"
    r"(?:compounds?|(?:product|drug) candidates?|programs?|products)\b",
    re.IGNORECASE,
)
_REFERS_BACK: Final = re.compile(r"\s*(?:This|These|It|Its|The (?:compound|drug|product candidate|combination))\b")
_ANAPHORA: Final = re.compile(
    r"\b(?:it|its|this (?:\w+ )?(?:compound|drug|product|candidate|ADC|antibody|indication|use|trial|study|agent|therapy"
    r"|vaccine|program)"
    r"|these (?:patients|trials|studies|data|findings)|the (?:compound|drug|trial|study|findings|data|patient))\b"
    r"|\bthis (?:Phase|(?:\w+-)?targeting)",
    re.IGNORECASE,
)
_DEFINES: Final = re.compile(r"s?\s\(([A-Z]{2,6})\)")
_CLAUSE: Final = PrefilteredPattern(";|while|whereas", r";\s|,\swhile\s|,\swhereas\s")
_LISTED: Final = re.compile(r"[\s®™]*(?:\([^()]{0,80}\))?[\s®™]*(?:,|/|and|&|or|,\s?and)?\s?(?:and\s)?(?:[A-Z][\w-]*'s?\s)?")
_COMBINED: Final = re.compile(
    r"\b(?:in combination with|combined with|plus|versus|compared (?:with|to)|as booster to|or)\s(?:the\s)?$"
)
_IS_OF: Final = re.compile(
    r"(?:\s[\w/-]+){0,6}?\s(?:of|evaluating|assessing|testing|with|for)\s(?:[\w'-]+\s){0,4}(?:[A-Za-z]+,\s)?"
)
_STAGES: Final = (
    (re.compile(r"pre-?clinical", re.IGNORECASE), "Preclinical"),
    (
        re.compile(
            r"\bclinical[\s-]stage\b|^clinical (?:pipeline|programs|product candidates|candidates|compounds)", re.IGNORECASE
        ),
        "Clinical",
    ),
)
_ENDS: Final = (".", ";", ",", "?", "!")
_NUMBERED: Final = re.compile(r"\d[\w-]*[,.:)]?\s[A-Z]")
_HEADING_CHARS: Final = 90


class Names(NamedTuple):
    """The registrant's short name, whether a key is of a pipeline compound, and the canonical key of each key."""

    registrant: str | None
    is_subject: Callable[[str], bool]
    canonical: Callable[[str], str]


class CompoundSentence(NamedTuple):
    """One sentence about compounds.

    `subjects` are the keys of its compounds, in order; `is_named` says whether the sentence itself names them. `mentions`,
    `terms` and `diseases` have offsets into `text`, `start` is the offset of `text` in the paragraph, and `lowered` is `text`
    in lower case. `head` is the compound that heads the passage, `is_lead` marks the paragraph that does so, `stage` is the
    section heading's. `before` are the indexes of the earlier sentences of the paragraph.
    """

    text: str
    lowered: str
    start: int
    paragraph: Paragraph
    mentions: tuple[NameMention, ...]
    terms: tuple[Term, ...]
    diseases: tuple[Disease, ...]
    subjects: tuple[str, ...]
    is_named: bool
    is_heading: bool
    is_lead: bool
    head: str | None
    stage: str | None
    before: tuple[int, ...]


class _SentenceKind(NamedTuple):
    is_heading: bool
    is_lead: bool


@dataclass
class _PassageState:
    head: str | None = None
    stage: str | None = None
    statements: list[CompoundSentence] = field(default_factory=list)


class ScannedParagraph(NamedTuple):
    """A paragraph with its names; `terms` are its vocabulary terms, None where not looked for yet."""

    paragraph: Paragraph
    mentions: list[NameMention]
    is_heading: bool
    terms: list[Term] | None


def scan_document(document: Document, seeds: Seeds) -> list[ScannedParagraph]:
    """The paragraphs outside legal boilerplate, each scanned for names."""
    found = []
    in_legal = False
    for paragraph in document.paragraphs:
        heading = is_heading(paragraph.text)
        if heading:
            in_legal = "forward" in paragraph.text.lower() and "looking" in paragraph.text.lower()
        if in_legal or "forward-looking" in paragraph.text[:300].lower():
            continue
        mentions, found_terms = find_names_and_terms(paragraph.text, seeds)
        found.append(ScannedParagraph(paragraph, mentions, heading, found_terms))
    return found


def _with_terms(sentences: list[CompoundSentence], scanned: list[ScannedParagraph]) -> list[CompoundSentence]:
    """The sentences with their terms and diseases, abbreviations the filing defines included: "multiple myeloma (MM)"."""
    known = {id(s.paragraph): s.paragraph for s in sentences}
    terms = {id(one.paragraph): terms_of(one.paragraph.text, one.terms) for one in scanned if id(one.paragraph) in known}
    short: dict[str, str] = {}
    for key, paragraph in known.items():
        for term in terms[key]:
            if term.kind == "indication" and (found := _DEFINES.match(paragraph.text, term.end)):
                short.setdefault(found.group(1), term.value)
    if short:
        pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(short, key=len, reverse=True))) + r")(?![\w-])")
        for key, paragraph in known.items():
            starts = {term.start for term in terms[key]}
            more = [
                Term("indication", short[m.group()], m.start(), m.end())
                for m in pattern.finditer(paragraph.text)
                if m.start() not in starts
            ]
            terms[key] = sorted(terms[key] + more, key=lambda term: term.start)
    return [_filled(sentence, terms[id(sentence.paragraph)]) for sentence in sentences]


def _filled(sentence: CompoundSentence, terms: list[Term]) -> CompoundSentence:
    start, end = sentence.start, sentence.start + len(sentence.text)
    own = tuple(
        Term(kind, value, at - start, until - start) for kind, value, at, until in terms if start <= at and until <= end
    )
    return sentence._replace(terms=own, diseases=diseases(sentence.text, own))


def is_heading(text: str) -> bool:
    """Whether a text is a short line without final punctuation that is no bullet."""
    stripped = text.strip().strip("*#_ ")
    return (
        0 < len(stripped) <= _HEADING_CHARS
        and not stripped.endswith(_ENDS)
        and not _BULLET.match(text)
        and (stripped[0].isupper() or bool(_NUMBERED.match(stripped)))
    )


def compound_sentences(scanned: list[ScannedParagraph], names: Names) -> list[CompoundSentence]:
    """The sentences of a document that are about compounds, in order."""
    state = _PassageState()
    for one in scanned:
        _read_paragraph(one, state, names)
    return _with_terms(state.statements, scanned)


def _read_paragraph(one: ScannedParagraph, state: _PassageState, names: Names) -> None:
    text = one.paragraph.text
    named = [m for m in one.mentions if names.is_subject(m.key)]
    keys = list(dict.fromkeys(names.canonical(m.key) for m in named))
    bullet = _BULLET.match(text)
    body = bullet.end() if bullet else len(text) - len(text.lstrip("#* "))
    kind = _SentenceKind(one.is_heading, _is_lead(text, body, named))
    if kind.is_heading and not kind.is_lead:
        state.stage = _stage_of(text) if not keys else state.stage
        state.head = keys[0] if len(keys) == 1 else None
    elif kind.is_lead:
        state.head = keys[0]
    elif keys and state.head not in keys:
        if bullet is None:
            state.head = None
        elif len(keys) == 1 and not _REFERS_BACK.match(text, body):
            state.head = keys[0]
    if not keys and state.head is None:
        return
    first = len(state.statements)
    may_be_legal = _BOILERPLATE.may_match(text)
    for sentence in sentences(text):
        is_legal = may_be_legal and _BOILERPLATE.search(sentence.text)
        statement = None if is_legal else _sentence(one, sentence, first, kind, state, names)
        if statement:
            state.statements.append(statement)
        if "forward-looking" in sentence.text:
            break


def _is_lead(text: str, body: int, named: list[NameMention]) -> bool:
    if not named or named[0].start > body + 2:
        return False
    after = named[0].end
    return bool(_LEAD_DASH.match(text, after))


def _sentence(  # noqa: PLR0913, PLR0917 one call of one caller
    one: ScannedParagraph, sentence: Sentence, first: int, kind: _SentenceKind, state: _PassageState, names: Names
) -> CompoundSentence | None:
    text, start = sentence
    end = start + len(text)
    mentions = tuple(
        NameMention(key, printed, sort, at - start, until - start)
        for key, printed, sort, at, until in one.mentions
        if start <= at and until <= end
    )
    keys = tuple(dict.fromkeys(names.canonical(m.key) for m in mentions if names.is_subject(m.key)))
    subjects = keys or _inherited(text, first, state, kind.is_heading)
    if not subjects:
        return None
    before = tuple(range(first, len(state.statements)))
    return CompoundSentence(
        text=text,
        lowered=lower(text),
        start=start,
        paragraph=one.paragraph,
        mentions=mentions,
        terms=(),
        diseases=(),
        subjects=subjects,
        is_named=bool(keys),
        is_heading=kind.is_heading,
        is_lead=kind.is_lead,
        head=state.head,
        stage=state.stage,
        before=before,
    )


def _inherited(text: str, first: int, state: _PassageState, heading: bool) -> tuple[str, ...]:
    if heading or _GENERIC_PLURAL.search(text):
        return ()
    if state.head is not None:
        previous = state.statements[first:]
        if previous and _ANAPHORA.search(text) and state.head not in previous[-1].subjects and len(previous[-1].subjects) == 1:
            return previous[-1].subjects
        return (state.head,)
    if len(state.statements) > first and _ANAPHORA.search(text) and len(state.statements[-1].subjects) == 1:
        return state.statements[-1].subjects
    return ()


def _stage_of(text: str) -> str | None:
    for pattern, stage in _STAGES:
        if pattern.search(text):
            return stage
    return None


def clause_at(text: str, at: int) -> tuple[int, int]:
    """The start and end of the clause at an offset of a sentence."""
    if not _CLAUSE.may_match(text):
        return 0, len(text)
    cuts = [0, *(found.end() for found in _CLAUSE.finditer(text)), len(text)]
    return next((one, other) for one, other in pairwise(cuts) if at < other or other == len(text))


class CompoundGroup(NamedTuple):
    """Names of compounds listed together: what holds for one holds for all."""

    keys: tuple[str, ...]
    start: int
    end: int


def groups(
    sentence: CompoundSentence, canonical: Callable[[str], str], start: int = 0, end: int | None = None
) -> list[CompoundGroup]:
    """The lists of subjects in a part of a sentence; "Bayer's A and Amgen's B" is one, "A plus B" is A alone."""
    found: list[CompoundGroup] = []
    stop = len(sentence.text) if end is None else end
    for mention in sentence.mentions:
        key = canonical(mention.key)
        if key not in sentence.subjects or not start <= mention.start < stop:
            continue
        gap = sentence.text[found[-1].end : mention.start] if found else ""
        if found and _LISTED.fullmatch(gap):
            found[-1] = CompoundGroup((*found[-1].keys, key), found[-1].start, mention.end)
        elif not found or not _COMBINED.search(gap):
            found.append(CompoundGroup((key,), mention.start, mention.end))
    return found


def about(
    sentence: CompoundSentence, canonical: Callable[[str], str], place: tuple[int, int], stretch: tuple[int, int] | None = None
) -> tuple[str, ...]:
    """The compounds that a phrase at `place` (start, end) is about, within a part of the sentence (`stretch`).

    They are the list that it is the trial or the like *of*, else the list before it, else all lists after it.
    """
    if not sentence.is_named:
        return sentence.subjects
    at, until = place
    lists = groups(sentence, canonical, *(stretch or (0, None)))
    if len(lists) <= 1:
        return lists[0].keys if lists else ()
    after = [one for one in lists if one.start >= until]
    if after and _IS_OF.fullmatch(sentence.text, until, after[0].start):
        return after[0].keys
    before = [one for one in lists if one.end <= at]
    if before:
        return before[-1].keys
    return tuple(dict.fromkeys(key for one in after for key in one.keys))
