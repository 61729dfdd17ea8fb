"""Labels that are a damaged copy of another, told by their letters.

Belongs here: whether one label is what a worse pass over the page left of another. Does not belong here: figures, and which
of two rows is the true one (`tables/duplicate_rows.py`).

OCR splits words, joins them and leaves letters out, so labels are held against each other letter by letter, blanks left out.
What tells a copy from a line of its own is its words: words that stand nowhere else, each of them much like a stretch of
the other label, which has none such.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

_WORD: Final = re.compile(r"[a-z]{3,}")
_NOT_LETTER: Final = re.compile(r"[^a-z]+")
_CAPITAL_WITHIN: Final = re.compile(r"[a-z][A-Z]")
_ALIKE: Final = 60
"""Of a hundred: fewer letters in common are no label twice."""
_LIKE_WORD: Final = 55
"""Of a hundred: a word of another meaning has fewer letters of the label beside it in a row."""
_LEAST_LETTERS: Final = 4


def is_damaged_copy(damaged: str, sound: str, is_rare: Callable[[str], bool]) -> bool:
    """Whether a label is a damaged copy of another: its words stand nowhere else, and are nearly those of the other."""
    letters, others = _letters(damaged), _letters(sound)
    if min(len(letters), len(others)) < _LEAST_LETTERS or _likeness(letters, others) < _ALIKE:
        return False
    if letters == others:
        return has_capital_within_word(damaged) and not has_capital_within_word(sound)
    odd = [word for word in _words(damaged) if is_rare(word)]
    if not odd or any(is_rare(word) for word in _words(sound)):
        return False
    return all(fuzz.partial_ratio(word, others) >= _LIKE_WORD for word in odd)


def has_capital_within_word(label: str) -> bool:
    """Whether a capital stands within a word, as where OCR took a letter for another of its size."""
    return bool(_CAPITAL_WITHIN.search(label))


def _words(label: str) -> list[str]:
    return _WORD.findall(label.lower())


@lru_cache(maxsize=16_384)
def _letters(label: str) -> str:
    return _NOT_LETTER.sub("", label.lower())


@lru_cache(maxsize=16_384)
def _likeness(one: str, other: str) -> float:
    return fuzz.ratio(one, other)
