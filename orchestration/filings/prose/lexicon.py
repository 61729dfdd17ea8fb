"""Text -> tokens, and the terms of the vocabulary among them.

Belongs here: words with their places, and looking up the curated phrases (targets, indications, companies, meetings,
modalities, drugs) in one pass. Does not belong here: names that are not in the vocabulary (`names.py`), what a term says
of a compound (`attributes.py`).

A phrase is looked up by its first word in a dictionary, so the size of the vocabulary costs nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from orchestration.filings import vocabulary

_WORD: Final = re.compile(r"[^\W_]+")
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
    rest: tuple[str, ...]
    kind: str
    value: str
    exact: str | None


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


def terms(text: str, words: list[Token]) -> list[Term]:
    """The terms of the vocabulary, longest first at each place, none overlapping another."""
    phrases = _phrases()
    found: list[Term] = []
    skip_to = 0
    for index, (word, start, _) in enumerate(words):
        candidates = phrases.get(word)
        if not candidates or start < skip_to:
            continue
        for phrase in candidates:
            last = index + len(phrase.rest)
            if last >= len(words) or any(words[index + 1 + n][0] != want for n, want in enumerate(phrase.rest)):
                continue
            end = words[last][2]
            if end - start > 60 or (phrase.exact is not None and text[start:end] != phrase.exact):
                continue
            found.append(Term(phrase.kind, phrase.value, start, end))
            skip_to = end
            break
    return found


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    index: dict[str, list[_Phrase]] = {}
    for file, column, kind in _SOURCES:
        for row in vocabulary.rows(file):
            for name in _forms(row["name"], kind):
                first, *rest = [word for word, _, _ in tokens(name)]
                exact = name if _is_exact(name) else None
                index.setdefault(first, []).append(_Phrase(tuple(rest), kind, row[column], exact))
    for phrases in index.values():
        phrases.sort(key=lambda phrase: -len(phrase.rest))
    return index


def _forms(name: str, kind: str) -> list[str]:
    if kind != "indication":
        return [name]
    return [name, *(name.removesuffix(one) + many for one, many in _PLURALS if name.endswith(one))]


def _is_exact(name: str) -> bool:
    return bool(_ACRONYM.fullmatch(name)) or (len(name) <= 4 and not name.islower())
