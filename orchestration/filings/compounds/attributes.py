"""Sentences -> what they say a compound is: target, modality, payload, owner, partners, indications.

Belongs here: patterns that tie such a term to a compound. Does not belong here: the phase a compound has reached (`phases.py`),
its events (`events.py`), which compound a sentence is about (`compound_sentences.py`).

Each function yields claims; `compounds.py` weighs them. A pattern that may belong to either of two compounds of a sentence
yields nothing: a missing value is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple

from orchestration.filings import vocabulary
from orchestration.filings.compounds.compound_sentences import CompoundSentence, Names, about, clause_at
from orchestration.filings.compounds.indications import marked
from orchestration.filings.compounds.lexicon import Term
from orchestration.filings.text.prefiltered import PrefilteredPattern


class Claim(NamedTuple):
    """The claim that a compound (`key`) has an attribute of a `kind` with a `value`; `text` is the sentence."""

    key: str
    kind: str
    value: str
    text: str


class NameRun(NamedTuple):
    """Names that stand together ("AMG 172 and AMG 595"): a phrase holds for all of them."""

    keys: tuple[str, ...]
    start: int
    end: int


_CORPORATE_WORDS: Final = (
    r",?\s(?:Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|plc|PLC|AG|SA|S\.A|NV|N\.V|LLC|Labs|Laboratories"
    r"|Holdings|Group|Pharmaceuticals?|Pharma|Therapeutics|Biopharmaceuticals?"
    r"|Biopharma|BioPharma|Biosciences|Biotherapeutics|Biotechnology|Sciences|Medicines|Oncology|International)\b\.?"
)
_CORPORATE: Final = re.compile(_CORPORATE_WORDS, re.IGNORECASE)
_JOIN: Final = re.compile(r"[\s®™]*(?:\([^()]{0,80}\))?[\s®™]*(?:,|/|and|&|or|,\s?and)?\s?(?:and\s)?", re.IGNORECASE)
_OWNED_BY: Final = PrefilteredPattern(
    " by | to ",
    r"\b(?=\w)(?:[Ii]n (?:[\w-]+ ){0,2}development (?:globally |worldwide )?by|(?:being|is"
    r"|are) (?:[\w-]+ )?developed(?: and commercialized)? by|wholly[\s-]owned by|owned by"
    r"|(?:out-?)?licensed (?:exclusively )?to|developed and commercialized by)\s(?:the\s)?",
    also="development by|development globally by|development worldwide by|developed by|commercialized by|owned by"
    "|licensed to|licensed exclusively to",
)
_WHOLLY_OWNED: Final = PrefilteredPattern(
    "owned", r"\bwholly[\s-]owned\s(?=[A-Z]|compound|product|pipeline|candidate)", re.IGNORECASE
)
_PARTNERED: Final = PrefilteredPattern(
    " with | from | by ",
    r"\b(?:collaboration|partnership|alliance|co-development|license agreement|licensing agreement"
    r"|agreement)s?(?:\sand\s\w+)?(?:\s(?:agreement|arrangement))?\swith\s(?:the\s)?"
    r"|\b(?:partnered|co-developed|collaborating|jointly|in partnership|in collaboration"
    r"|in (?:co-)?development)\swith\s(?:the\s)?|\bco-developed\sby\s|\b(?:in-?)?licensed\sfrom\s(?:the\s)?",
    also="collaborat|partner|alliance|co-develop|agreement|jointly|development|licensed",
)
_AND_COMPANY: Final = re.compile(rf"(?:{_CORPORATE_WORDS})?(?:,\s?and|,|\sand)\s(?=[A-Z])")
_FROM_COLLABORATION: Final = PrefilteredPattern(
    "collaboration", r"\bfrom (?:the|this|that) (?:same )?(?:research )?collaboration,?\s*$"
)
_OWN_CANDIDATE: Final = re.compile(r"\s(?:product candidate|drug candidate|vaccine candidate|candidate|compound|product)s?\b")
_COMPANY: Final = re.compile(r"[A-Z][\w&.-]*[\w](?:\s(?:[A-Z][\w&-]+|&)){0,3}")
_POSSESSIVE: Final = re.compile(r"'s?\s(?:(?:lead|first|own|investigational|proprietary|novel|new)\s)?$")
_POSSESSIVE_CHARS: Final = 24
"""More than the longest match, "'s investigational ", has."""
_OUR: Final = re.compile(
    r"\b(?:our|Our|the Company's|The Company's)\s(?:(?:lead|first|own|investigational|proprietary|novel|new"
    r"|wholly[\s-]owned)\s|(?:[\w-]+-targeting\s)?(?:ADC|product candidate|vaccine candidate|drug candidate"
    r"|compound),?\s){0,2}$"
)
_OWNED_AFTER: Final = re.compile(
    r"[®™]?(?:\s\([^()]{0,60}\))?(?:,|\s(?:is|are))\s(?:(?P<our>our|the Company's)"
    r"|(?P<who>[A-Z][\w&-]*(?:\s[A-Z][\w&-]*){0,2})'s?)\s(?:[\w-]+\s){0,6}"
    r"(?:candidate|compound|vaccine|drug|program|antibody|inhibitor|therapy|ADC)\b"
)


def registrant_of(company_name: str | None) -> str | None:
    """The short name of a company: "ImmunoGen" for "ImmunoGen, Inc."."""
    if not company_name:
        return None
    short = _CORPORATE.sub("", company_name).strip(" ,.")
    return short.title() if short.isupper() and len(short) > 5 else short or company_name


def claims(sentence: CompoundSentence, names: Names, before: list[CompoundSentence]) -> Iterator[Claim]:
    """All that a sentence says its subjects are; `before` are the sentences of its passage."""
    runs = _runs(sentence, names)
    yield from _owners(sentence, names, runs)
    yield from _partners(sentence, names, runs, before)
    yield from _targets(sentence, names)
    yield from _modalities(sentence, names)
    yield from _payloads(sentence)
    for key, value in diseases_about(sentence, names.canonical):
        yield Claim(key, "indication", value, sentence.text)


def diseases_about(sentence: CompoundSentence, canonical: Callable[[str], str]) -> list[tuple[str, str]]:
    """Pairs of a compound and a disease that a sentence says it is for."""
    found = []
    for value, at, until in sentence.diseases:
        stretch = clause_at(sentence.text, at)
        keys = about(sentence, canonical, (at, max(at, until)), stretch) or about(sentence, canonical, (at, until))
        found += [(key, value) for key in keys]
    return found


def _runs(sentence: CompoundSentence, names: Names) -> list[NameRun]:
    runs: list[NameRun] = []
    for mention in sentence.mentions:
        if not names.is_subject(mention.key):
            continue
        key = names.canonical(mention.key)
        if runs and _JOIN.fullmatch(sentence.text, runs[-1].end, mention.start):
            runs[-1] = NameRun((*runs[-1].keys, key), runs[-1].start, mention.end)
        else:
            runs.append(NameRun((key,), mention.start, mention.end))
    return runs


def company_at(text: str, start: int, terms: tuple[Term, ...], names: Names) -> str | None:
    """The company whose name begins at an offset, normalised; the registrant for "Company" and "us"."""
    for term in terms:
        if term.kind == "company" and term.start == start:
            return term.value
    if text.startswith(("us ", "us.", "us,", "Company")):
        return names.registrant
    found = _COMPANY.match(text, start)
    if not found:
        return None
    name = found.group()
    if names.registrant and name.casefold().startswith(names.registrant.casefold()):
        return names.registrant
    return _CORPORATE.sub("", " " + name).strip() if len(name) > 2 else None


def _owners(sentence: CompoundSentence, names: Names, runs: list[NameRun]) -> Iterator[Claim]:
    text = sentence.text
    for run in runs:
        owner = _owner_before(text, run.start, sentence.terms, names)
        if owner:
            yield from (Claim(key, "owner", owner, text) for key in run.keys)
    for run in runs:
        owner = _owner_after(text, run.end, sentence.terms, names)
        if owner:
            yield from (Claim(key, "owner", owner, text) for key in run.keys)
    for found in _OWNED_BY.finditer(text):
        owner = company_at(text, found.end(), sentence.terms, names)
        if owner:
            yield from (Claim(key, "owner", owner, text) for key in _held(sentence, runs, found.start(), text))
    for found in _WHOLLY_OWNED.finditer(text):
        owner = company_at(text, found.end(), sentence.terms, names) or names.registrant
        stop = text.find(";", found.end())
        keys = [key for run in runs for key in run.keys if stop < 0 or run.start < stop]
        if owner:
            yield from (Claim(key, "owner", owner, text) for key in keys or sentence.subjects)
    if sentence.is_lead and runs:
        owner = _lead_owner(sentence, names)
        if owner:
            yield Claim(runs[0].keys[0], "owner", owner, text)


def _owner_before(text: str, start: int, terms: tuple[Term, ...], names: Names) -> str | None:
    if _OUR.search(text, 0, start):
        return names.registrant
    possessive = _POSSESSIVE.search(text, max(0, start - _POSSESSIVE_CHARS), start)
    if not possessive:
        return None
    for term in terms:
        if term.kind == "company" and term.end == possessive.start():
            return term.value
    if names.registrant and text[: possessive.start()].casefold().endswith(names.registrant.casefold()):
        return names.registrant
    return None


def _owner_after(text: str, end: int, terms: tuple[Term, ...], names: Names) -> str | None:
    """The owner by the words after a compound: "ABC-123 is Acme's vaccine candidate", "X, our lead compound"."""
    found = _OWNED_AFTER.match(text, end)
    if not found:
        return None
    if found["our"]:
        return names.registrant
    return company_at(text, found.start("who"), terms, names)


def _lead_owner(sentence: CompoundSentence, names: Names) -> str | None:
    text = sentence.text
    dash = re.search(r"\s[–—-]{1,2}\s", text)
    if not dash:
        return None
    owner = company_at(text, dash.end(), sentence.terms, names)
    known = next((t.end for t in sentence.terms if t.kind == "company" and t.start == dash.end()), None)
    if known is None and names.registrant and text.casefold().startswith(names.registrant.casefold(), dash.end()):
        known = dash.end() + len(names.registrant)
    return owner if known is not None and _OWN_CANDIDATE.match(text, known) else None


def _held(sentence: CompoundSentence, runs: list[NameRun], at: int, text: str) -> tuple[str, ...]:
    """The compounds that a phrase at an offset is about: those named just before it, else the only subject of the sentence."""
    before = [run for run in runs if run.end <= at]
    if before and at - before[-1].end <= 30 and ";" not in text[before[-1].end : at]:
        return before[-1].keys
    if len(sentence.subjects) == 1:
        return sentence.subjects
    return before[-1].keys if before and ";" not in text[before[-1].end : at] else ()


def _partners(sentence: CompoundSentence, names: Names, runs: list[NameRun], before: list[CompoundSentence]) -> Iterator[Claim]:
    text = sentence.text
    for found in _PARTNERED.finditer(text):
        for partner in _companies(text, found.end(), sentence.terms, names):
            yield from (Claim(key, "partner", partner, text) for key in _held(sentence, runs, found.start(), text))
    for run in runs:
        if _FROM_COLLABORATION.search(text, 0, run.start):
            companies = {t.value for s in before for t in s.terms if t.kind == "company" and t.value != names.registrant}
            if len(companies) == 1:
                yield from (Claim(key, "collaboration", companies.copy().pop(), text) for key in run.keys)


def _companies(text: str, start: int, terms: tuple[Term, ...], names: Names) -> Iterator[str]:
    """Up to four companies listed from an offset on, without the registrant."""
    for _ in range(4):
        company = company_at(text, start, terms, names)
        if not company:
            return
        if company != names.registrant:
            yield company
        known = next((t.end for t in terms if t.kind == "company" and t.start == start), None)
        printed = _COMPANY.match(text, start)
        end = known or (printed.end() if printed else start)
        more = _AND_COMPANY.match(text, end)
        if not more:
            return
        start = more.end()


# --- target, modality, payload

_TARGETING_BEFORE: Final = re.compile(
    r"(?:\banti-|\btarget(?:s|ing)\s(?:the\s)?|\bdirected (?:against|to|at)\s(?:the\s)?"
    r"|\bbinds? (?:specifically )?to\s(?:the\s)?)$",
    re.IGNORECASE,
)
_TARGETING_AFTER: Final = re.compile(
    r"-(?:targeting|targeted|directed)\b|\s(?:inhibitor|antagonist|agonist|antibody|degrader)\b", re.IGNORECASE
)
_OF_MANY: Final = re.compile(r"-target\w+\s(?:[\w-]+\s){0,2}?(?:\w+(?:icals|ents|ies|ucts|ates|ounds|ams)|ADCs|drugs)\b")
_FREE_TARGET: Final = PrefilteredPattern(
    "targ|directed",
    r"\b(?:anti-)?([A-Z][A-Za-z]{0,6}[0-9A-Z][A-Za-z0-9-]{0,8}?)-(?:targeting|targeted|directed)\b"
    r"|\btargets the ([A-Z][A-Za-z0-9-]{1,12}) (?:antigen|receptor|protein)\b",
)
_APPOSED: Final = re.compile(r"[^.;,]{0,60},\s?$")
_CONJUGATED: Final = PrefilteredPattern(
    "antibody", r"\bantibody\b.{0,80}\b(?:cell-killing|cytotoxic|payload)\b|\bantibody\b.{0,40}\battached\b", re.IGNORECASE
)
_PAYLOAD_CUE: Final = re.compile(
    r"cell-killing|cytotoxic|payload|attached|compris|conjugat|linked to|maytansin|auristatin", re.IGNORECASE
)
_IS_A: Final = re.compile(
    r"\b(?:this|is an?|are|an?|another|our|its|novel|first|the|potential|lead|complete|,)\s(?:[\w+-]+\s|\w+'s\s){0,5}$"
    r"|[–—-]\s(?:[\w'+-]+\s){0,5}$|^(?:\w+\s){0,4}$|[\w+-]-(?:targeting|targeted)\s(?:[\w-]+\s){0,2}$|\b(?:two|three|four"
    r"|five|six|seven|more)\s(?:more\s)?$",
    re.IGNORECASE,
)
_NOT_MODALITY_AFTER: Final = re.compile(
    r"[\s)]{0,2}(?:technolog|platform|field|expertise|payload|component|space|therapies|approach|research|program of)",
    re.IGNORECASE,
)
_ANTIBODY_BASED: Final = frozenset({"antibody-drug conjugate", "monoclonal antibody", "bispecific antibody"})


def _targets(sentence: CompoundSentence, names: Names) -> Iterator[Claim]:
    text = sentence.text
    for term in sentence.terms:
        if term.kind == "target" and term.value:
            marker = marked(text, term)
            if marker:
                yield from (Claim(key, "marker", term.value, text) for key in sentence.subjects)
            if not _OF_MANY.match(text, term.end) and (
                _TARGETING_BEFORE.search(text, max(term.start - 40, 0), term.start) or _TARGETING_AFTER.match(text, term.end)
            ):
                yield from (Claim(key, "target", term.value, text) for key in _described(sentence, names, term.end))
    for found in _FREE_TARGET.finditer(text):
        start = found.start(1) if found.group(1) else found.start(2)
        known = any(t.kind == "target" and t.start <= start < t.end for t in sentence.terms)
        if not known:
            yield from (
                Claim(key, "target", found.group(1) or found.group(2), text) for key in _described(sentence, names, found.end())
            )


def _described(sentence: CompoundSentence, names: Names, end: int) -> tuple[str, ...]:
    """Which compound "the CD56-targeting antibody, huN901," or "this CD37-targeting compound" describes."""
    for mention in sentence.mentions:
        if (
            mention.start >= end
            and mention.start - end <= 60
            and _APPOSED.fullmatch(sentence.text, end, mention.start)
            and names.is_subject(mention.key)
        ):
            return (names.canonical(mention.key),)
    if len(sentence.subjects) == 1:
        return sentence.subjects
    first = next((m for m in sentence.mentions if names.is_subject(m.key)), None)
    return (names.canonical(first.key),) if first and sentence.is_lead else ()


def _modalities(sentence: CompoundSentence, names: Names) -> Iterator[Claim]:
    text = sentence.text
    if _CONJUGATED.search(text) and any(m.kind == "code" and not names.is_subject(m.key) for m in sentence.mentions):
        yield from (Claim(key, "modality", "antibody-drug conjugate", text) for key in sentence.subjects[:1])
    for term in sentence.terms:
        if term.kind != "modality" or _NOT_MODALITY_AFTER.match(text, term.end) or not _IS_A.search(text, 0, term.start):
            continue
        later = [run for run in _runs(sentence, names) if run.start >= term.end]
        plural = text[term.end - 1] == "s"
        if (
            plural
            and later
            and re.search(
                r"[–—-]\s$|:\s$|\s-\s?$|\b(?:two|three|four|five|six)\s(?:[\w-]+\s){0,2}[\w-]+s,\s$", text[: later[0].start]
            )
        ):
            keys: tuple[str, ...] = later[0].keys
        elif plural:
            continue
        else:
            keys = _described_by_modality(sentence, names, term)
        yield from (Claim(key, "modality", term.value, text) for key in keys)


def _described_by_modality(sentence: CompoundSentence, names: Names, term: Term) -> tuple[str, ...]:
    text = sentence.text
    for mention in sentence.mentions:
        if (
            names.is_subject(mention.key)
            and 0 <= mention.start - term.end <= 40
            and re.fullmatch(r"(?:\s(?:candidate|compound|from[\w\s]+))?,?\s", text[term.end : mention.start])
        ):
            return (names.canonical(mention.key),)
        if (
            names.is_subject(mention.key)
            and mention.end <= term.start
            and re.fullmatch(
                r"[®™]?(?:\s\([^)]*\))?(?:\s(?:is|was)|,|\s[–—-])\s?(?:[\w'-]+[\s,/]+){0,8}", text[mention.end : term.start]
            )
        ):
            return (names.canonical(mention.key),)
    own = re.search(r"\b(?:this|it is an?|complete)\s(?:[\w+-]+\s){0,4}$", text[: term.start], re.IGNORECASE)
    if own and len(sentence.subjects) == 1 and not re.search(r"\banother\b", text[: term.start]):
        return sentence.subjects
    return ()


def _payloads(sentence: CompoundSentence) -> Iterator[Claim]:
    for mention in sentence.mentions:
        payload = payloads().get(mention.key)
        if payload and len(sentence.subjects) == 1 and _PAYLOAD_CUE.search(sentence.text):
            yield Claim(sentence.subjects[0], "payload", payload, sentence.text)


@cache
def payloads() -> dict[str, str]:
    """The payloads by key."""
    return {row["compound_id"]: row["payload"] for row in vocabulary.rows("components")}


def from_name(name: str) -> tuple[str | None, str | None]:
    """The modality and payload that a name states, by an INN stem or a code's last part; None for each it does not."""
    lowered = name.casefold()
    tail = lowered.rsplit("-", 1)[-1]
    if "-" in lowered and tail in payloads():
        return "antibody-drug conjugate", payloads()[tail]
    if not lowered.endswith(_stem_ends()):
        return None, None
    row = next(row for row in _stem_rows() if lowered.endswith(row["stem"]))
    return row["modality"] or None, row["payload"] or None


@cache
def _stem_ends() -> tuple[str, ...]:
    return tuple(row["stem"] for row in _stem_rows())


@cache
def _stem_rows() -> tuple[dict[str, str], ...]:
    return tuple(sorted((dict(row) for row in vocabulary.rows("inn_stems")), key=lambda row: -len(row["stem"])))


def antibody_based(modalities: set[str]) -> bool:
    """Whether any modality has an antibody, whose target a disease marker can be."""
    return bool(modalities & _ANTIBODY_BASED)
