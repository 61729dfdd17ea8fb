"""OCR correction of labels, by the words of the vocabulary.

Belongs here: distinguishing damaged words from rare ones, and the one label of the vocabulary that a damaged label may be. Does
not belong here: damaged figures (`character_candidates.py`), what a sound label names (`text/labels.py`).

A word is damaged only if it occurs nowhere else in the filing and one or two edits make it a word of the vocabulary. A label is
corrected only if that makes it name exactly one line item; else it stays as printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from math import prod
from typing import Final

from rapidfuzz.distance import Levenshtein

from orchestration.filings.text.labels import concepts_of_label, vocabulary_words
from orchestration.filings.vocabulary import rows

_WORD: Final = re.compile(r"[^\W_]+")
_LEAST_CHARS: Final = 3
_LONG_CHARS: Final = 6
"""A word of this length is still recognised with two characters changed."""
_MOST_WORDS: Final = 3
"""With more damaged words a label is not recognised."""
_MOST_WAYS: Final = 200
_SIDES: Final = frozenset({"basic", "diluted"})
_ALIKE: Final = 0.5
"""Similarity from which a damaged word may be "basic" or "diluted"."""


def corrected_label(label: str, statement: str, is_rare: Callable[[str], bool]) -> str:
    """A label of a statement with its damaged words corrected; unchanged where none is damaged or several labels fit."""
    words = [found.group() for found in _WORD.finditer(label)]
    candidates = [_candidates(word.lower()) for word in words]
    damaged = [at for at, own in enumerate(candidates) if own and is_rare(words[at].lower())]
    if not 0 < len(damaged) <= _MOST_WORDS or prod(len(candidates[at]) + 1 for at in damaged) > _MOST_WAYS:
        return label
    printed = concepts_of_label(label, statement)
    for least in range(len(damaged), 0, -1):
        found = {names: other for names, other in _corrected(label, damaged, candidates, statement, least) if names}
        if found:
            names, other = next(iter(found.items()))
            is_mended = len(found) == 1 and (names != printed or bool(basic_or_diluted(other) - basic_or_diluted(label)))
            return other if is_mended else label
    return label


def _corrected(
    label: str, damaged: Sequence[int], candidates: Sequence[tuple[str, ...]], statement: str, mends: int
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The labels with exactly `mends` of the damaged words corrected, and the concepts each names."""
    for chosen in product(*(("", *candidates[at]) for at in damaged)):
        if sum(map(bool, chosen)) != mends:
            continue
        other = _with_words(label, {at: word for at, word in zip(damaged, chosen, strict=True) if word})
        yield concepts_of_label(other, statement), other


def _with_words(label: str, instead: Mapping[int, str]) -> str:
    """A label with the words at some positions, counted from 0, replaced."""
    at = iter(range(len(label)))
    return _WORD.sub(lambda found: _as_cased(instead.get(next(at), ""), found.group()), label)


def _as_cased(word: str, printed: str) -> str:
    if not word:
        return printed
    capitals = sum(map(str.isupper, printed))
    return word.upper() if capitals > len(printed) // 2 else word.capitalize() if capitals else word


def basic_or_diluted(label: str) -> frozenset[str]:
    """Which of "basic" and "diluted" a label names."""
    return _SIDES & set(_WORD.findall(label.lower()))


@lru_cache(maxsize=4_096)
def may_name_basic_or_diluted(label: str) -> bool:
    """Whether a label has an unknown word that may be a damaged "basic" or "diluted"."""
    odd = [word for word in _WORD.findall(label.lower()) if len(word) >= _LEAST_CHARS and _is_damaged(word)]
    return any(Levenshtein.normalized_similarity(word, side) >= _ALIKE for word in odd for side in _SIDES)


@cache
def label_words() -> frozenset[str]:
    """The words that occur in labels of financial statements."""
    return frozenset(row["word"] for row in rows("label_words"))


def _is_damaged(word: str) -> bool:
    return word not in label_words() and word not in vocabulary_words() and not word.isdigit()


@lru_cache(maxsize=16_384)
def _candidates(word: str) -> tuple[str, ...]:
    """The words that a damaged word may be; none for a known word, a number or a short word."""
    if len(word) < _LEAST_CHARS or not _is_damaged(word):
        return ()
    most = 2 if len(word) >= _LONG_CHARS else 1
    near = (other for other in label_words() if abs(len(other) - len(word)) <= most)
    return tuple(sorted(other for other in near if Levenshtein.distance(word, other, score_cutoff=most) <= most))
