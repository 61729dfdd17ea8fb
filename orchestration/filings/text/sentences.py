"""Paragraphs -> sentences with their offsets.

Belongs here: where one sentence ends and the next begins. Does not belong here: paragraphs and pages (`documents/`), what a
sentence says (`narrative/`, `compounds/`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

MAX_CHARS: Final = 20_000
"""A longer paragraph is a table or a contract run together; the rest of it is not read as sentences."""

_BREAK: Final = re.compile(
    r"[.!?\s](?:(?<=[.!?])(?P<closed>[\"')\]]{0,2})\s+(?=[\"'(\[]?[A-Z$\\•])"
    r"|(?<=\s)[•●▪§]\s*|(?<=\s)[*o]\s+(?=[A-Z])|(?<=\n)[ \t]{0,40}(?:--|[-*o•·])\s+(?=\S))"
)
_STOP: Final = re.compile(r"[.!?](?P<closed>[\"')\]]{0,2})\s+(?=[\"'(\[]?[A-Z$\\•])")
"""`_STOP` is for paragraphs without a bullet. The leading character class of both lets a search skip all other positions."""
_BULLETS: Final = ("•", "●", "▪", "§", "*", "\n")
_LONE_O: Final = re.compile(r"o(?<=\so)\s")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:[A-Z]|Inc|Corp|Co|Ltd|plc|Mr|Mrs|Ms|Dr|No|Nos|St|vs|approx|Calif|Mass|Conn|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|i\.e|e\.g|U\.S|a\.m|p\.m))\.$"
)


class Sentence(NamedTuple):
    """One sentence: `text` as in the paragraph, `start` its offset there."""

    text: str
    start: int


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a paragraph, in order; a bullet inside a paragraph begins a sentence."""
    text = text[:MAX_CHARS]
    start = 0
    has_bullet = any(bullet in text for bullet in _BULLETS) or _LONE_O.search(text)
    for found in (_BREAK if has_bullet else _STOP).finditer(text):
        end = found.end("closed") if found["closed"] is not None else found.start()
        if found.group().startswith(".") and not found["closed"] and _ABBREVIATED.search(text, max(start, end - 8), end):
            continue
        yield from _stripped(text, start, end)
        start = found.end()
    yield from _stripped(text, start, len(text))


def lower(text: str) -> str:
    """The text in lower case with all offsets kept: a letter whose lower case is longer stays as it is."""
    lowered = text.lower()
    return (
        lowered if len(lowered) == len(text) else "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    )


def _stripped(text: str, start: int, end: int) -> Iterator[Sentence]:
    piece = text[start:end]
    kept = piece.strip()
    if kept:
        yield Sentence(kept, start + piece.index(kept))
