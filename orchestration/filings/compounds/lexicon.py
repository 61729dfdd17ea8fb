"""Text -> tokens, and the terms of the vocabulary among them.

Belongs here: words with their places, and looking up the curated phrases (targets, indications, companies, meetings,
modalities, drugs) in one pass. Does not belong here: names that are not in the vocabulary (`names.py`), what a term says
of a compound (`attributes.py`).

A phrase is looked up by its longest word in a dictionary, so the size of the vocabulary costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from orchestration.filings import vocabulary
from orchestration.filings.text.sentences import lower

_WORD: Final = re.compile(r"[^\W_]+")
_BLANKED: Final = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
_MAX_CHARS: Final = 60
_ACRONYM: Final = re.compile(r"[A-Z0-9-]{2,6}")
_PLURALS: Final = (
    ("cancer", "cancers"),
    ("carcinoma", "carcinomas"),
    ("tumor", "tumors"),
    ("lymphoma", "lymphomas"),
    ("leukemia", "leukemias"),
)


Token = tuple[str, int, int]
"""One word: in lower case, and its start and end in the text. A bare tuple: a filing has thousands."""


class Term(NamedTuple):
    """One term of the vocabulary found in a text: `kind` is the file it is from, `value` what the file says it is."""

    kind: str
    value: str
    start: int
    end: int


class _Phrase(NamedTuple):
    """A phrase by its words; `key` is which of them it is looked up by, `order` its place in the vocabulary."""

    kind: str
    value: str
    words: tuple[str, ...]
    key: int
    exact: str | None
    order: int


_SOURCES: Final = (
    ("targets", "target", "target"),
    ("indications", "indication", "indication"),
    ("partners", "partner", "company"),
    ("meetings", "meeting", "meeting"),
    ("modalities", "modality", "modality"),
    ("compounds", "kind", "name"),
    ("comparators", "kind", "name"),
)


def tokens(text: str) -> list[Token]:
    """The words of a text in order; a hyphen parts words."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered, and would shift every place after them
        return [(found.group().lower(), *found.span()) for found in _WORD.finditer(text)]
    return [(lower[start:end], start, end) for start, end in map(re.Match.span, _WORD.finditer(text))]


def word_set(lowered: str) -> set[str]:
    """The different words of a text in lower case: what `tokens` finds, many times faster and without the places."""
    blanked = lowered.encode("utf-8", "surrogatepass").translate(_BLANKED).decode("utf-8", "surrogatepass")
    words = set(blanked.split())
    for word in [word for word in words if not word.isascii()]:  # a mark or a quote may still cling to these
        words.remove(word)
        words.update(_WORD.findall(word))
    return words


def places(text: str, word: str) -> Iterator[int]:
    """Where a word stands in a text as a whole word, in order."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not text[end : end + 1].isalnum() and not (start and text[start - 1].isalnum()):
            yield start
        start = text.find(word, start + 1)


def terms(text: str) -> list[Term]:
    """The terms of the vocabulary, longest first at each place, none overlapping another."""
    lowered = lower(text)
    return terms_among(text, lowered, word_set(lowered))


def terms_among(text: str, lowered: str, words: set[str]) -> list[Term]:
    """As `terms`, of a text whose lower case and words are known already."""
    phrases = _phrases()
    told = [
        (start, -len(phrase.words), phrase.order, end, phrase)
        for key in words & phrases.keys()
        for phrase in phrases[key]
        if words.issuperset(phrase.words)
        for start, end in _spans(lowered, phrase)
        if end - start <= _MAX_CHARS and (phrase.exact is None or text[start:end] == phrase.exact)
    ]
    found: list[Term] = []
    skip_to = 0
    for start, _, _, end, phrase in sorted(told):
        if start >= skip_to:
            found.append(Term(phrase.kind, phrase.value, start, end))
            skip_to = end
    return found


def _spans(lowered: str, phrase: _Phrase) -> Iterator[tuple[int, int]]:
    """Where the words of a phrase stand in a row, whatever parts them."""
    key = phrase.words[phrase.key]
    for place in places(lowered, key):
        start: int | None = place
        end: int | None = place + len(key)
        for word in reversed(phrase.words[: phrase.key]):
            start = _word_before(lowered, start, word) if start is not None else None
        for word in phrase.words[phrase.key + 1 :]:
            end = _word_after(lowered, end, word) if end is not None else None
        if start is not None and end is not None:
            yield start, end


def _word_before(lowered: str, at: int, word: str) -> int | None:
    """Where the word right before a place starts, if it is that word and stands near enough to be of one term."""
    last, limit = at, max(0, at - _MAX_CHARS)
    while last > limit and not lowered[last - 1].isalnum():
        last -= 1
    start = last - len(word)
    if last == at or not lowered.startswith(word, max(start, 0)) or start < 0 or (start and lowered[start - 1].isalnum()):
        return None
    return start


def _word_after(lowered: str, at: int, word: str) -> int | None:
    """Where the word right after a place ends, if it is that word and stands near enough to be of one term."""
    found = _WORD.search(lowered, at, at + _MAX_CHARS + len(word) + 1)
    return found.end() if found and found.group() == word else None


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """The phrases of the vocabulary under their longest word: it is the rarest, and seldom met in vain."""
    index: dict[str, list[_Phrase]] = {}
    order = 0
    for file, column, kind in _SOURCES:
        for row in vocabulary.rows(file):
            for name in _forms(row["name"], kind):
                words = tuple(word for word, _, _ in tokens(name))
                key = max(range(len(words)), key=lambda n: len(words[n]))
                exact = name if _is_exact(name) else None
                index.setdefault(words[key], []).append(_Phrase(kind, row[column], words, key, exact, order))
                order += 1
    return index


def _forms(name: str, kind: str) -> list[str]:
    if kind != "indication":
        return [name]
    return [name, *(name.removesuffix(one) + many for one, many in _PLURALS if name.endswith(one))]


def _is_exact(name: str) -> bool:
    return bool(_ACRONYM.fullmatch(name)) or (len(name) <= 4 and not name.islower())
