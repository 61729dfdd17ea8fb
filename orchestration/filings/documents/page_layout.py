"""Words with their boxes on pages -> text set out in lines, which `spaced.py` reads, and from its characters back to the boxes.

Belongs here: lines and cells by where words stand, and raised footnote marks. Does not belong here: the file they come from
(`pdf.py`), what is a table or a paragraph (`spaced.py`).

A line is words of one height on the page. Words a blank apart are one cell, and wider gaps part cells. Cells stand at columns
of characters as they stood on the page: figures by their right edge, the first words of a line by their left, others by their
middle, as headers stand over figures.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from statistics import median
from typing import Final, NamedTuple

from orchestration.filings.text.figures import CURRENCY, PRINTED

_MARK: Final = re.compile(r"[(\[]?(?!th|st|nd|rd)(?:\w{1,2}|\*{1,3})[)\]]?")
_ENDS_FIGURE: Final = re.compile(r"[\d)%—–]$")
_RAISED: Final = 0.1
_SMALL: Final = 0.85
"""A footnote mark ends higher than its line by so much of its height, and is so much smaller."""
_SAME_LINE: Final = 0.5
_CELL_GAP: Final = 0.55
_WORD_GAP: Final = 0.05
_LINE_GAP: Final = 0.5
"""Of the height of a line: how far apart middles of one line may be, and the gaps between cells, words and paragraphs."""
_MOST_BESIDE: Final = 200
"""No more words of a page end right before one that may be a mark."""
_JUSTIFIED: Final = 1.8
_LEAST_WORDS: Final = 6
_MOSTLY: Final = 0.7
"""In a line of so many words, mostly letters, none is a cell apart whose gap is not so much wider than most."""
_NARROW: Final = 0.2
_TIGHT: Final = 0.9
_MAX_COLUMNS: Final = 320
_LABELS: Final = 0.35
"""The part of a page, from the left, where labels begin."""


class Box(NamedTuple):
    """A place on a page counted from 1, in points from its top left corner with its words upright."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """The height in points."""
        return self.bottom - self.top

    @property
    def points(self) -> str:
        """Left, top, right and bottom as text."""
        return f"{self.left:.1f} {self.top:.1f} {self.right:.1f} {self.bottom:.1f}"

    @property
    def middle(self) -> float:
        """The middle between top and bottom."""
        return (self.top + self.bottom) / 2


class Word(NamedTuple):
    """Characters without a blank, and their box. `order` counts the words of a page as its file has them."""

    text: str
    box: Box
    order: int


class PlacedWord(NamedTuple):
    """A word by its offsets in the laid out text, end exclusive."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A text, and where it was laid out from pages, the place of every word, in ascending order.

    `pictures` are the pages, counted from 1, that show something and have no text.
    """

    text: str
    words: tuple[PlacedWord, ...] = ()
    pictures: tuple[int, ...] = ()

    def box(self, start: int, end: int) -> Box | None:
        """The box around the words that a span of the text has characters of; of the first page where it has several."""
        first = bisect_left(self.words, start, key=lambda word: word.end - 1)
        after = bisect_left(self.words, end, key=lambda word: word.start)
        found = [word.box for word in self.words[first:after]]
        return around([box for box in found if box.page == found[0].page]) if found else None


def lay_out(pages: Sequence[Sequence[Word]], width: float) -> LaidOut:
    """The pages as text, a form feed between two; `width` is that of the widest, in points."""
    unit = _unit(pages, width)
    page = _Text()
    for number, words in enumerate(pages):
        if number:
            page.add("\f\n")
        above: Box | None = None
        for line in _lines(words):
            box = around([word.box for word in line])
            if above and box.top - above.bottom > _LINE_GAP * min(box.height, above.height):
                page.line([])
            page.line(list(_at_columns(_cells(line), unit, width)))
            above = box
    return LaidOut("".join(page.parts), tuple(page.words))


class _Text:
    """Text that grows by lines."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.words: list[PlacedWord] = []
        self.length = 0

    def line(self, cells: Iterable[tuple[int, Sequence[Word]]]) -> None:
        """Add a line of cells, each with its first column."""
        column = 0
        for left, words in cells:
            for word, at in _in_cell(words, left):
                self.add(" " * (at - column) + word.text)
                self.words.append(PlacedWord(self.length - len(word.text), self.length, word.box))
                column = at + len(word.text)
        self.add("\n")

    def add(self, text: str) -> None:
        """Add characters that are no word of a page."""
        self.parts.append(text)
        self.length += len(text)


def _unit(pages: Sequence[Sequence[Word]], width: float) -> float:
    """The width of a column of characters in points: most words are wider than their characters are columns."""
    widths = sorted((word.box.right - word.box.left) / len(word.text) for page in pages for word in page if len(word.text) > 2)
    narrow = widths[int(len(widths) * _NARROW)] * _TIGHT if widths else 0
    return max(narrow, width / _MAX_COLUMNS, 1.0)


def around(boxes: Sequence[Box]) -> Box:
    """The box around boxes of one page."""
    return Box(
        boxes[0].page,
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The lines of a page from the top, each from the left; a word printed twice at one place stands once."""
    line: list[Word] = []
    tallest: Box | None = None
    for word in sorted(
        _without_marks(list({word[:2]: word for word in words}.values())), key=lambda word: (word.box.middle, word.box.left)
    ):
        if tallest and word.box.middle - tallest.middle > _SAME_LINE * max(word.box.height, tallest.height):
            yield from _in_order(line)
            line, tallest = [], None
        line.append(word)
        if tallest is None or word.box.height > tallest.height:
            tallest = word.box
    yield from _in_order(line)


def _without_marks(words: Sequence[Word]) -> list[Word]:
    """The words of a page without footnote marks behind others: one may be raised into the line above."""
    by_end = sorted(words, key=lambda word: word.box.right)

    def is_mark(word: Word) -> bool:
        if not _MARK.fullmatch(word.text):
            return False
        first = bisect_left(by_end, word.box.left - word.box.height / 2, key=lambda other: other.box.right)
        before = islice(by_end, first, first + _MOST_BESIDE)
        near = takewhile(lambda other: other.box.right < word.box.left + word.box.height / 4, before)
        return any(other.box.top < word.box.bottom < other.box.bottom and _is_mark(word, other.box) for other in near)

    return [word for word in words if not is_mark(word)]


def _in_order(line: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of a line from the left, without raised footnote marks, which would be digits of a figure or a negative."""
    base = max((word.box for word in line), key=lambda box: (box.height, box.bottom), default=None)
    kept = sorted((word for word in line if base and not _is_mark(word, base)), key=lambda word: word.box.left)
    if kept:
        yield kept


def _is_mark(word: Word, base: Box) -> bool:
    is_raised = word.box.bottom < base.bottom - _RAISED * base.height
    return is_raised and word.box.height < _SMALL * base.height and _MARK.fullmatch(word.text) is not None


def _gap(before: Word, after: Word) -> float:
    """The gap between two words, of the height of the taller."""
    return (after.box.left - before.box.right) / max(before.box.height, after.box.height, 1.0)


def _cells(line: Sequence[Word]) -> list[list[Word]]:
    """The words of a line by cells; in justified prose a gap is wide only beside the others.

    A currency sign between two figures is of the second, however near the first.
    """
    gaps = [_gap(before, after) for before, after in pairwise(line)]
    wide = _CELL_GAP
    if len(line) >= _LEAST_WORDS and sum(word.text[0].isalpha() for word in line) > _MOSTLY * len(line):
        wide = max(wide, min(_JUSTIFIED * median(gaps), 2 * _CELL_GAP))
    cells = [[line[0]]]
    for at, (gap, word) in enumerate(zip(gaps, line[1:], strict=True), 1):
        if gap > wide or (word.text in CURRENCY and _ENDS_FIGURE.search(line[at - 1].text) and at + 1 < len(line)):
            cells.append([])
        cells[-1].append(word)
    return cells


def _in_cell(words: Sequence[Word], left: int) -> Iterator[tuple[Word, int]]:
    """Each word of a cell with its column: one blank apart, and none between parts of one word, such as a raised "th"."""
    before: Word | None = None
    for word in words:
        if before:
            left += len(before.text) + (word.order != before.order + 1 or _gap(before, word) > _WORD_GAP)
        yield word, left
        before = word


def _at_columns(cells: Sequence[Sequence[Word]], unit: float, width: float) -> Iterator[tuple[int, Sequence[Word]]]:
    """Each cell with its first column, at the least two blanks behind the one before."""
    free = 0
    for number, words in enumerate(cells):
        *_, (last, at) = _in_cell(words, 0)
        length = at + len(last.text)
        left, right = words[0].box.left / unit, last.box.right / unit
        if not number and words[0].box.left < _LABELS * width and not _is_figure(words):
            wanted = left
        else:
            wanted = right - length if _is_figure(words) else (left + right - length) / 2
        column = max(round(wanted), free)
        yield column, words
        free = column + length + 2


def _is_figure(words: Sequence[Word]) -> bool:
    return PRINTED.fullmatch(" ".join(word.text for word in words)) is not None
