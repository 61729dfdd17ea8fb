"""Text -> tokens, and the terms of the vocabulary among them.

Belongs here: words with their offsets, and finding the phrases of the vocabulary (targets, indications, companies, meetings,
modalities, drugs) in one pass. Does not belong here: names outside the vocabulary (`names.py`), what a term says of a compound
(`attributes.py`).

A phrase is looked up by its longest word in a dictionary, so a larger vocabulary is no slower.
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
"""One word in lower case, with its start and end in the text. A bare tuple, as a filing has thousands."""


class Term(NamedTuple):
    """A term of the vocabulary in a text: `kind` is the sort of term, `value` its value in the vocabulary."""

    kind: str
    value: str
    start: int
    end: int


class _Phrase(NamedTuple):
    """A phrase by its words; `key` is the index of the word it is looked up by, `order` its place in the vocabulary."""

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
    """The words of a text in order; a hyphen separates words."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter that grows when lowered would shift all offsets after it
        return [(found.group().lower(), *found.span()) for found in _WORD.finditer(text)]
    return [(lower[start:end], start, end) for start, end in map(re.Match.span, _WORD.finditer(text))]


def word_set(lowered: str) -> set[str]:
    """The distinct words of a text in lower case: as `tokens`, many times faster and without offsets."""
    blanked = lowered.encode("utf-8", "surrogatepass").translate(_BLANKED).decode("utf-8", "surrogatepass")
    words = set(blanked.split())
    for word in [word for word in words if not word.isascii()]:  # these may still include a mark or a quote
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
    """The terms of the vocabulary in order, the longest at each place, without overlaps."""
    lowered = lower(text)
    return terms_among(text, lowered, word_set(lowered))


def terms_among(text: str, lowered: str, words: set[str]) -> list[Term]:
    """As `terms`, for a text whose lower case and words are known."""
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
    """Where the words of a phrase stand in sequence, with any separators between."""
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
    """The start of the word right before an offset, if it is that word and near enough to be of one term."""
    last, limit = at, max(0, at - _MAX_CHARS)
    while last > limit and not lowered[last - 1].isalnum():
        last -= 1
    start = last - len(word)
    if last == at or not lowered.startswith(word, max(start, 0)) or start < 0 or (start and lowered[start - 1].isalnum()):
        return None
    return start


def _word_after(lowered: str, at: int, word: str) -> int | None:
    """The end of the word right after an offset, if it is that word and near enough to be of one term."""
    found = _WORD.search(lowered, at, at + _MAX_CHARS + len(word) + 1)
    return found.end() if found and found.group() == word else None


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """The phrases of the vocabulary by their longest word, which is the rarest."""
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
