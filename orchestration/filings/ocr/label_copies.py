"""Labels that are a damaged copy of another.

Belongs here: whether one label is a worse OCR copy of another. Does not belong here: figures, which of two rows is kept
(`tables/duplicate_rows.py`).

OCR splits and joins words and drops letters, so labels are compared letter by letter, without blanks. A copy differs from a
line of its own in its words: they occur nowhere else in the filing, each resembles a part of the other label, and the other
label has no such words.
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
"""Percent of common letters below which two labels are not the same."""
_LIKE_WORD: Final = 55
"""Percent of letters that a damaged word has in sequence in the other label; other words have fewer."""
_LEAST_LETTERS: Final = 4


def is_damaged_copy(damaged: str, sound: str, is_rare: Callable[[str], bool]) -> bool:
    """Whether a label is a damaged copy of another; `is_rare` says that a word occurs nowhere else in the filing."""
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
    """Whether a capital stands within a word, a sign of a misread letter."""
    return bool(_CAPITAL_WITHIN.search(label))


def _words(label: str) -> list[str]:
    return _WORD.findall(label.lower())


@lru_cache(maxsize=16_384)
def _letters(label: str) -> str:
    return _NOT_LETTER.sub("", label.lower())


@lru_cache(maxsize=16_384)
def _likeness(one: str, other: str) -> float:
    return fuzz.ratio(one, other)
