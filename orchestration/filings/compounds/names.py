"""Text -> names of compounds (codes, generic names, brands), and the links between names that the text states.

Belongs here: what looks like a name, what does so and is none (a target, a meeting, a fiscal year), and phrases that say two
names are one compound. Does not belong here: what is said of a compound (`attributes.py`, `phases.py`), which names are one
compound (`identity.py`).

A code is letters and digits (`IMGN901`, `BT-062`, `BAY 94-9343`, `huN901`), a conjugate ends in its payload (`T-DM1`), a
generic name in a stem of the WHO's list (`data/vocabulary/inn_stems.csv`), and a brand has a mark or stands beside another name
in parentheses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from orchestration.filings import vocabulary
from orchestration.filings.compounds.lexicon import Term, Token, places, terms, terms_among, tokens, word_set
from orchestration.filings.text.calendar import YEAR
from orchestration.filings.text.prefiltered import PrefilteredPattern
from orchestration.filings.text.sentences import lower

_TO_PAYLOAD: Final = r"-(?:[A-Z]{2,5}-)?(?:DM\d|MMA[EF])"
_SHAPES: Final = (
    ("[Hh]", r"u[A-Z][A-Za-z]?\d{1,5}(?:-\d{1,3})?(?:-(?:[A-Z]{2,5}-)?DM\d)?"),
    ("[A-Z]", _TO_PAYLOAD),
    ("[A-Za-z]", r"[A-Za-z]{3,19}" + _TO_PAYLOAD),
    ("[A-Z]", r"[A-Z]{1,4}\d{1,5}" + _TO_PAYLOAD),
    ("D", r"M\d"),
    ("M", r"MA[EF]"),
    ("S", r"N-38"),
    ("D", r"Xd"),
    ("[A-Z]", r"[A-Z]{2,4}[ ]\d{2,7}(?:-\d{2,5})?"),
    ("[A-Z]", r"[A-Z]{0,4}-[A-Z]{2,6}-?\d{2,4}"),
    ("[A-Z]", r"[A-Z]{1,4}-[A-Z]{1,4}\d{1,4}[A-Z]?\d?"),
    ("[A-Z]", r"[A-Z]{1,5}-?\d{2,9}[A-Za-z]{0,2}\d?(?:-\d{1,5})?"),
    ("[A-Z]", r"\d{4}"),
    ("[A-Z]", r"[A-Z]{0,3}\d-\d{3,5}"),
    ("m", r"RNA-\d{3,5}"),
    ("[A-Z]", r"[A-Z]{2,4}-[A-Z]{2,6}(?!-)"),
)
"""The shapes of a code: its first letter, and what follows. The first shape that fits is taken."""


def _codes_that_begin(first: str, then: str = "") -> re.Pattern[str]:
    """All shapes as one pattern; the leading class of `first` letters lets a search skip other positions."""
    shapes = "|".join(f"(?<={letter}){rest}" for letter, rest in _SHAPES)
    return re.compile(rf"[{first}](?<![\w$€£/.@#\\-][{first}]){then}(?:{shapes})(?![\w$%]|-\d|\.\d)")


_CAPITAL_CODE: Final = _codes_that_begin("A-Zh", r"(?=[A-Z\d-]|u[A-Z])")
_ANY_CODE: Final = _codes_that_begin("A-Za-z")
_IN_WORDS_TOO: Final = PrefilteredPattern("DM|MMA|mRNA", rf"[A-Za-z]{{4}}{_TO_PAYLOAD}|mRNA-\d")
"""Only where this matches can a word be a code ("trastuzumab-DM1"); else only capitals and "hu" ("huN901") are tried."""
_MARK: Final = r"(?:®|™|\(R\)|\(TM\))"
_MARK_ENDS: Final = ("®", "™", ")")
_MARK_AT: Final = re.compile(r"®|™|\(R\)|\(TM\)")
_MARKED: Final = re.compile(r"\b([A-Z][A-Za-z]{3,24}(?:-[A-Z][a-z]+)?)\s?$")
_IN_WORDS: Final = re.compile(r"\((?!(?:formerly|previously|marketed|also|now|known|brand)\b)[^()]*[^\s()][^()]*$")
"""In parentheses, a marked word after other words is a technology ("(HER2 x HER3 Biclonics®)")."""
_NO_DRUG: Final = re.compile(r"\s?(?:\w+\s)?(?:technolog|platform|system|software|device|brand)")
_BEFORE_BRACKET: Final = re.compile(rf"\b([A-Za-z]{{4,30}})\s?{_MARK}?(?:\s\d{{1,3}})?\s?$")
_AFTER: Final = (
    r"(?=[®™,.;]|\s(?:in|for|as|plus|with|versus|and|at|was|is|has|will|to|compared|administered|met|showed|demonstrated)\b)"
)
_WORD: Final = r"([A-Za-z][a-z]{6,24}|[A-Z]{7,25})"
_TOLD: Final = (
    (
        re.compile(rf" of (?:oral |intravenous |once-daily |IV )?{_WORD}{_AFTER}"),
        ("rial", "rials", "tudy", "tudies", "ormulation", "evelopment", "valuation", "fficacy", "afety", "dose", "doses"),
    ),
    (re.compile(rf" for {_WORD}{_AFTER}"), ("NDA", "BLA", "IND", "MAA", "application", "submission")),
    (re.compile(rf" with {_WORD}{_AFTER}"), ("treated",)),
    (
        re.compile(rf" (?:candidate|compound|drug|product),? {_WORD}{_AFTER}"),
        ("lead", "product", "drug", "investigational", "clinical", "vaccine"),
    ),
)
_IS_OURS: Final = re.compile(
    r"(?:,| is) (?:our|its|the Company's) (?:[\w-]+ ){0,6}?(?:inhibitor|agonist|antagonist|modulator|candidate|antibody)\b"
)
_OURS_BEGIN: Final = tuple(map(re.compile, (", our ", ", its ", ", the Company", " is our ", " is its ", " is the Company")))
_LAST_WORD: Final = re.compile(rf"\b{_WORD}$")
_OF_TRIAL: Final = ("Study ", "study ", "Trial ", "trial ", "Protocol ")
_BRACKETED: Final = re.compile(rf"([A-Z][A-Za-z]{{3,20}})\s?{_MARK}?")
_LETTERS_ONLY: Final = re.compile(r"[A-Z]+(?:-[A-Z]+)+")
_PREFIX: Final = re.compile(r"[A-Za-z]+")
_JOINED: Final = re.compile(r"(?<![a-z0-9])([a-z]{2,})-(?=\d)")
_NOT_ALNUM: Final = re.compile(r"[^a-z0-9]+")
_FIRST_OF_TWO: Final = ("gene",)
"""How the first word of a gene or cell therapy ends: "voretigene neparvovec", "axicabtagene ciloleucel"."""
_USAN_PREFIX: Final = frozenset({"ado", "fam", "nab"})

_FORMER: Final = r"(?:formerly|previously)"
_GAP_BRACKET: Final = re.compile(
    rf"\s?{_MARK}?(?:\s\d{{1,3}})?\s?\(\s?(?P<former>{_FORMER})?(?:\s?(?:known as|called|named|referred to as|also known as"
    rf"|aka|also called"
    rf"|or|now))*\s?[\"']?",
    re.IGNORECASE,
)
_GAP_IN_BRACKET: Final = re.compile(r"\s?(?:,|;|/|and|or|, and|, or)\s?")
_GAP_CALLED: Final = re.compile(
    r"[,\s]{1,3}(?P<word>now|formerly|previously|also)\s(?:known as|called|named|referred to as)?\s?(?:by its generic name\s)?",
    re.IGNORECASE,
)


class NameMention(NamedTuple):
    """A name at a place; `key` is the same for all ways to print it, `kind` is code, generic, brand or word."""

    key: str
    text: str
    kind: str
    start: int
    end: int


class Link(NamedTuple):
    """A statement that two names are one compound; `former` is the one given up, if the text says so."""

    left: str
    right: str
    former: str | None
    start: int
    end: int


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """The stable form of a name: lower case, dashes as separators, none between leading letters and digits.

    `BT-062`, `BT 062` and `BT062` are `bt062`; `BAY 94-9343` is `bay94-9343`; `T-DM1` is `t-dm1`.
    """
    return _JOINED.sub(r"\1", _NOT_ALNUM.sub("-", name.casefold()).strip("-"))


def brands_in(text: str) -> frozenset[str]:
    """The words that a filing shows to be names of drugs: by a mark, by parentheses, or by the words around them."""
    marked = {
        before.group(1)
        for mark in _MARK_AT.finditer(text)
        if (before := _MARKED.search(text, max(0, mark.start() - 30), mark.start()))
        and not _NO_DRUG.match(text, mark.end())
        and not _IN_WORDS.search(text, max(0, before.start() - 60), before.start())
    }
    return frozenset(marked | _bracketed(text) | _shown_by_context(text))


def _bracketed(text: str) -> set[str]:
    """Brands beside a generic name in parentheses: "Kadcyla (ado-trastuzumab emtansine)", "trastuzumab (Herceptin)"."""
    found: set[str] = set()
    at = text.find("(")
    while at >= 0:
        ahead = text[max(0, at - 36) : at].rstrip()
        before = (
            _BEFORE_BRACKET.search(text, max(0, at - 36), at) if ahead[-1:].isalnum() or ahead.endswith(_MARK_ENDS) else None
        )
        inner = text[at + 1 : at + 61].partition(")")[0]
        words = [word for word, _, _ in tokens(inner)[:3]] if before else []
        if before and words:
            name = before.group(1)
            if (name.istitle() or (name.isupper() and len(name) > 4)) and any(map(_is_generic, words)):
                found.add(name)
            elif _is_generic(name.lower()) and (brand := _BRACKETED.fullmatch(inner)):
                found.add(brand.group(1))
        at = text.find("(", at + 1)
    return found


def _shown_by_context(text: str) -> set[str]:
    """Words shown to be drugs by the sentences around them ("a Phase 2 trial of ganaxolone in ..."), at least twice."""
    hits = Counter(
        found.group(1).lower()
        for pattern, cues in _TOLD
        for found in pattern.finditer(text)
        if text.endswith(cues, 0, found.start())
    )
    for found in _ours(text):
        before = _LAST_WORD.search(text, max(0, found.start() - 30), found.start())
        if before:
            hits[before.group(1).lower()] += 1
    kept = {
        word
        for word, count in hits.items()
        if count > 1 and word not in _stops()[1] and not _is_generic(word) and not terms(word)
    }
    return kept | {word.capitalize() for word in kept} | {word.upper() for word in kept}


def _ours(text: str) -> Iterator[re.Match[str]]:
    """The phrases ", our ... candidate", " is its ... inhibitor", in order."""
    starts = sorted(found.start() for begin in _OURS_BEGIN for found in begin.finditer(text))
    past = 0
    for start in starts:
        if start >= past and (found := _IS_OURS.match(text, start)):
            past = found.end()
            yield found


class Seeds(NamedTuple):
    """Words that make a paragraph worth scanning: those of a filing that begin or are a name, and its brands."""

    words: frozenset[str]
    brands: frozenset[str]


def seeds_of(text: str) -> Seeds:
    """The seeds of a filing: its brands, its words with an INN stem, and the longest words of names in the vocabulary."""
    brands = brands_in(text)
    words = word_set(text.lower())
    return Seeds(frozenset((words & _lookup_words()) | _generic_words(words) | {brand.lower() for brand in brands}), brands)


def _generic_words(words: set[str]) -> set[str]:
    """The words that end as generic names do, or are the second word of one."""
    chars, tails = _tails()
    return {word for word in words if word[-chars:] in tails and _is_generic(word)} | (words & _stems()["suffix"])


class FoundNames(NamedTuple):
    """The names in a text, in order, without overlaps; its terms, None where they were not looked for."""

    mentions: list[NameMention]
    terms: list[Term] | None


def find_names(text: str, seeds: Seeds) -> list[NameMention]:
    """The names in a text, in order, without overlaps."""
    return find_names_and_terms(text, seeds).mentions


def find_names_and_terms(text: str, seeds: Seeds) -> FoundNames:
    """The names in a text, and its terms where the search for names needs them."""
    found = _codes(text)
    lowered = lower(text)
    if not any(word in lowered for word in seeds.words):
        return FoundNames(_longest(found), None)
    words = word_set(lowered)
    known = terms_among(text, lowered, words)
    found += [_mention(text, t.value, t.start, t.end) for t in known if t.kind == "name"]
    if _generic_words(words):
        found += _generics(text, tokens(text))
    found += [
        _mention(text, "brand", start, start + len(brand))
        for brand in seeds.brands
        if brand.isalpha() and brand in text
        for start in places(text, brand)
    ]
    return FoundNames(_longest(found), known)


def _mention(text: str, kind: str, start: int, end: int) -> NameMention:
    return NameMention(slug(text[start:end]), text[start:end], kind, start, end)


def terms_of(text: str, found: list[Term] | None = None) -> list[Term]:
    """The vocabulary terms that are no names, and targets of a known family ("CD38", "FGFR3"), in order.

    `found` are the `terms` of the text where known.
    """
    known = [term for term in (terms(text) if found is None else found) if term.kind != "name"]
    families = list(_stops()[2].finditer(text))
    if not families:
        return known
    taken = {position for term in known for position in range(term.start, term.end)}
    found = [Term("target", m.group(), m.start(), m.end()) for m in families if m.start() not in taken]
    return sorted(known + found, key=lambda term: term.start)


def links(text: str, mentions: list[NameMention]) -> list[Link]:
    """The statements in a text that two names beside each other are one compound."""
    stated: list[Link] = []
    opened: tuple[NameMention, bool] | None = None
    for left, right in pairwise(mentions):
        gap = text[left.end : right.start]
        if len(gap) > 60 or left.key == right.key:
            opened = opened if left.key == right.key else None
            continue
        bracket, called = _GAP_BRACKET.fullmatch(gap), _GAP_CALLED.fullmatch(gap)
        if bracket:
            opened = (left, bool(bracket["former"])) if _closes(text, right.end) else None
            if opened:
                stated.append(Link(left.key, right.key, right.key if bracket["former"] else None, left.start, right.end))
        elif called:
            is_now = called["word"].lower() == "now"
            former = left.key if is_now else None if called["word"].lower() == "also" else right.key
            stated.append(Link(left.key, right.key, former, left.start, right.end))
            opened = None
        elif opened and _GAP_IN_BRACKET.fullmatch(gap) and _closes(text, right.end):
            head, is_former = opened
            stated.append(Link(head.key, right.key, right.key if is_former else None, head.start, right.end))
        else:
            opened = None
    return stated


def _closes(text: str, start: int) -> bool:
    close, reopened = text.find(")", start, start + 120), text.find("(", start, start + 120)
    return close >= 0 and (reopened < 0 or close < reopened)


def _codes(text: str) -> list[NameMention]:
    finder = _ANY_CODE if _IN_WORDS_TOO.search(text) else _CAPITAL_CODE
    return [
        NameMention(slug(name), name, "word" if _LETTERS_ONLY.fullmatch(name) else "code", found.start(), found.end())
        for found in finder.finditer(text)
        if not _is_no_code(name := found.group()) and not text.endswith(_OF_TRIAL, 0, found.start())
    ]


@lru_cache(maxsize=4096)
def _is_no_code(name: str) -> bool:
    prefixes, words, families = _stops()
    if name in words or families.fullmatch(name):
        return True
    prefix = _PREFIX.match(name)
    if prefix and prefix.group().upper() in prefixes:
        return True
    tail = name.rsplit(" ", 1)[-1] if " " in name else ""
    if YEAR.fullmatch(tail):
        return True
    # "EORTC-NCI-AACR" is a meeting and "PD-L1" a target.
    return any(t.kind == "meeting" or (t.start == 0 and t.end == len(name) and t.kind != "name") for t in terms(name))


def _generics(text: str, words: list[Token]) -> list[NameMention]:
    suffixes = _stems()["suffix"]
    found = []
    for index, (word, start, end) in enumerate(words):
        first = index
        if word in suffixes and index and start - words[index - 1][2] == 1:
            first = index - 1
        elif not _is_generic(word) or (
            index + 1 < len(words) and words[index + 1][0] in suffixes and words[index + 1][1] - end == 1
        ):
            continue
        if first and words[first - 1][0].endswith(_FIRST_OF_TWO) and words[first][1] - words[first - 1][2] == 1:
            first -= 1
        if first and words[first - 1][0] in _USAN_PREFIX and words[first][1] - words[first - 1][2] == 1:
            first -= 1
        name = text[words[first][1] : end]
        found.append(NameMention(slug(name), name, "generic", words[first][1], end))
    return found


@lru_cache(maxsize=65536)
def _is_generic(word: str) -> bool:
    return len(word) >= 7 and word.isalpha() and word.endswith(_endings()) and word not in _stops()[1]


@cache
def _lookup_words() -> frozenset[str]:
    """The longest word of each name of the vocabulary that is no code."""
    named = [row for file in ("compounds", "comparators") for row in vocabulary.rows(file) if row["kind"] != "code"]
    return frozenset(max((word for word, _, _ in tokens(row["name"])), key=len) for row in named)


@cache
def _endings() -> tuple[str, ...]:
    return tuple(_stems()["stem"])


@cache
def _tails() -> tuple[int, frozenset[str]]:
    """The length of the shortest stem, and the last so many letters of every stem."""
    chars = min(map(len, _endings()))
    return chars, frozenset(stem[-chars:] for stem in _endings())


@cache
def _stems() -> dict[str, frozenset[str]]:
    rows = vocabulary.rows("inn_stems")
    return {place: frozenset(row["stem"] for row in rows if row["place"] == place) for place in ("stem", "suffix")}


@cache
def _stops() -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    rows = vocabulary.rows("not_compounds")
    families = "|".join(f"(?:{row['token']})" for row in rows if row["place"] == "family")
    return (
        frozenset(row["token"] for row in rows if row["place"] == "prefix"),
        frozenset(row["token"] for row in rows if row["place"] == "word"),
        re.compile(rf"(?<!\w)(?=\w)(?:{families})(?!\w)" if families else r"(?!)"),
    )


def _longest(found: list[NameMention]) -> list[NameMention]:
    kept: list[NameMention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end, m.kind == "word")):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
