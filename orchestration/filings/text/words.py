"""Words of headers and labels as they were meant: what ran together is parted, what lost a ligature is whole.

Belongs here: what copies of a page do to sound words, what marks words as bold, and what changes their length, so that it is
done where words are judged and not to the text. Does not belong here: odd characters (`normal.py`), damaged ones (`ocr/`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from orchestration.filings.text.calendar import MONTH_NAMES

_RUN_ON: Final = re.compile(
    rf"(?<=[a-z0-9])(?=(?:{'|'.join(map(str.capitalize, MONTH_NAMES))})\b)|(?<=[a-z])(?=(?:19|20)\d\d\b)"
)
_LOST_BREAK: Final = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{3})")
_LIGATURES: Final = ("fi", "fl", "ff", "ffi", "ffl")
"""Fonts print each of these as one character, which copies of a page lose."""


def parted(text: str) -> str:
    """Header words with a blank before each month and year that runs on: "EndedDecember 31,2024"."""
    return _RUN_ON.sub(" ", text)


def words_parted(label: str) -> str:
    """A label with a blank between words that a lost line break ran together: "Common SharesOutstanding"."""
    return label if label.islower() or label.isupper() else _LOST_BREAK.sub(" ", label)


def with_ligatures(words: str, known: Collection[str]) -> str:
    """Words in lower case, those with a lost ligature whole where that makes a known word: "gross pro t", "nancial"."""
    parts = words.split()
    if all(word in known for word in parts):
        return " ".join(parts)
    whole: list[str] = []
    for word in parts:
        before = whole[-1] if whole else ""
        if word in known:
            whole.append(word)
        elif joined := next((one for one in (before + lost + word for lost in _LIGATURES) if before and one in known), None):
            whole[-1] = joined
        else:
            whole.append(next((one for one in (lost + word for lost in _LIGATURES) if one in known), word))
    return " ".join(whole)


def is_emphasis(text: str, mark: str) -> bool:
    """Whether the stars of a line are those of markdown, which come in pairs, and so no mark of a footnote."""
    return mark.startswith("*") and text.count(mark) > 1
