"""Where a wire copy has prose, so that no table reaches into it.

Belongs here: separating sentences and bulleted statements from the labels and figures of tables whose layout was lost. Does not
belong here: reading the tables (`wire.py`), splitting sentences (`text/sentences.py`).

A row is a label with figures side by side; in a sentence words separate the figures. So a line with no figures side by side is
prose if it is bulleted, or if it reads as a sentence and no line of figures below makes it a label. In a line with rows, whole
sentences between or after them are prose. Text in parentheses or ending in a colon may belong to a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from orchestration.filings.text.figures import BESIDE_OTHERS

_BULLET: Final = re.compile(r"\s*(?:[*•●▪◦·§]|[-–—](?=\s+[A-Z][a-z]))\s*(?=[A-Za-z(“\"$])")
_INLINE_BULLET: Final = re.compile(r"(?<=[^\s*])\s{1,40}(?=[*•●▪◦]\s{1,20}[A-Z])")
_DATE: Final = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s{0,3}\d{1,2}(?:st|nd|rd|th)?(?:\s{0,3},?\s{0,3}(?:19|20)\d\d)?",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(rf"{BESIDE_OTHERS}|(?<![^\s$€£)])[-–—](?![^\s$€£(])")
_LINE: Final = re.compile(r"[^\n]+")
_BETWEEN_FIGURES: Final = frozenset(" \t\n\xa0$€£()%")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z’'-]+")
_LOWER: Final = re.compile(r"(?<![\w’'-])[a-z][a-z’'-]+")
_SENTENCE_WORD: Final = re.compile(
    r"(?<![\w’'-])(?:is|are|was|were|been|has|have|had|will|would|can|could|may|might|must|should|does|did|do"
    r"|we|our|us|its|they|their|it|this|these|that|which|who|please|see|believes?|expects?|continues?|remains?)(?![\w-])"
)
_STOP: Final = re.compile(r"[.!?][\"”’')*\]]*\s*\Z")
_SENTENCE_END: Final = re.compile(r"[.!?][\"”’')]{0,3}\s+(?=[\"“‘(]?[A-Z])")
_GOES_ON: Final = re.compile(r"[ \t\xa0]*[a-z]")
_LEAST_WORDS: Final = 6
_LEAST_LOWER: Final = 3
_LEAST_BULLETED: Final = 3
_WORDS_A_FIGURE: Final = 3
"""Fewest words per figure of a sentence. A table may have two figures for each word of a label."""


class _Unit(NamedTuple):
    """A span that may be a sentence; with `is_label` a line of figures stands right below it."""

    start: int
    end: int
    is_label: bool


def prose_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of prose within a span, ascending, end exclusive."""
    spans: list[tuple[int, int]] = []
    for unit in _units(text, start, end):
        begin = unit.start
        for cut in [*(found.end() for found in _INLINE_BULLET.finditer(text, unit.start, unit.end)), unit.end]:
            spans += _prose_in(text, begin, cut, unit.is_label and cut == unit.end)
            begin = cut
    return spans


def bullets(text: str, start: int, end: int) -> list[int]:
    """Where bulleted statements begin within a span."""
    return [found.end() for found in _INLINE_BULLET.finditer(text, start, end)]


def _units(text: str, start: int, end: int) -> Iterator[_Unit]:
    """The lines of a span; those that one sentence continues over are one."""
    lines = [line.span() for line in _LINE.finditer(text, start, end) if line.group().strip()]
    at = 0
    while at < len(lines):
        first = at
        while at + 1 < len(lines) and _runs_on(text, lines[at], lines[at + 1]):
            at += 1
        at += 1
        below = at < len(lines) and not any(char.isalpha() for char in text[slice(*lines[at])])
        yield _Unit(lines[first][0], lines[at - 1][1], below)


def _runs_on(text: str, line: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether the very next line continues in lower case after a word that ends no sentence."""
    return (
        after[0] == line[1] + 1
        and bool(_GOES_ON.match(text, *after))
        and text[slice(*line)].rstrip()[-1:].isalpha()
        and not _runs(text, *line)
    )


def _prose_in(text: str, start: int, end: int, is_label: bool) -> Iterator[tuple[int, int]]:
    rows = _runs(text, start, end)
    if not rows and not text[start:end].rstrip().endswith(":"):
        if not is_label and _is_prose(text[start:end]):
            yield start, end
        return
    for begin, stop in zip([start, *(row[1] for row in rows)], [*(row[0] for row in rows), end], strict=True):
        yield from _sentences(text, begin, stop)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The whole sentences between rows, or before text that ends in a colon, as one span."""
    cuts = [start, *(found.end() for found in _SENTENCE_END.finditer(text, start, end)), end]
    whole = [
        (begin, stop)
        for begin, stop in pairwise(cuts)
        if _STOP.search(text[begin:stop]) and _SENTENCE_WORD.search(text, begin, stop) and _is_prose(text[begin:stop])
    ]
    if whole:
        yield whole[0][0], whole[-1][1]


def _is_prose(words: str) -> bool:
    """Whether words with no figures side by side are a bulleted statement or read as a sentence."""
    body = words.strip()
    count = len(_WORD.findall(body))
    figures = len(_figures(body))
    if _BULLET.match(body):
        return count >= _LEAST_BULLETED and count >= figures
    if count < max(_LEAST_WORDS, _WORDS_A_FIGURE * figures) or len(_LOWER.findall(body)) < _LEAST_LOWER:
        return False
    if _is_aside(body):
        return False
    return bool(_SENTENCE_WORD.search(body) or _STOP.search(body))


def _is_aside(body: str) -> bool:
    """Whether one pair of parentheses encloses all of it."""
    depth = 0
    for at, char in enumerate(body):
        depth += (char == "(") - (char == ")")
        if depth <= 0:
            return at > 0 and not body[at + 1 :].strip(" .")
    return False


def _figures(words: str) -> list[re.Match[str]]:
    """The figures and nils in words, without those of dates and digits within names (`E15`)."""
    plain = _DATE.sub(lambda found: "x" * len(found.group()), words)
    return [found for found in _FIGURE.finditer(plain) if "," in found.group() or not plain[: found.start()][-1:].isalpha()]


def _runs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where two or more figures stand with only signs and blanks between them."""
    words = text[start:end]
    runs: list[tuple[int, int]] = []
    for before, figure in pairwise(_figures(words)):
        if set(words[before.end() : figure.start()]) - _BETWEEN_FIGURES:
            continue
        first = runs.pop()[0] if runs and runs[-1][1] == start + before.end() else start + before.start()
        runs.append((first, start + figure.end()))
    return runs
