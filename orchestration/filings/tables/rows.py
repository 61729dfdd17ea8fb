"""Table rows as label and figures, before their columns are known.

Belongs here: splitting a row into its label and its figures, joining labels and rows that wrapped over two lines. Does not
belong here: the column of a figure (`columns.py`), what a label means (`text/labels.py`), rows end to end on one line
(`side_by_side_rows.py`), figures just where the row above is blank (`lines.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final

from orchestration.filings.documents.model import Cell, Row, Table
from orchestration.filings.tables.cells import FIGURE_KINDS, CellContent, CellKind, cell_content
from orchestration.filings.tables.passes import PLAIN, Pass, Runner, rejoined
from orchestration.filings.tables.side_by_side_rows import split_side_by_side_rows
from orchestration.filings.text.figures import lacks_closing_parenthesis
from orchestration.filings.text.labels import (
    SIDE_ALONE,
    is_known_label,
    is_open_ended,
    names_the_same,
    normalised_label,
    words_joined,
)
from orchestration.filings.vocabulary import wording

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_CONTINUES: Final = re.compile(r"\(?(?:and|of|in|for|to|from|per|on|by|basic|diluted|net|before|[a-z]{3,})\b")
_MAY_GO_ON: Final = re.compile(r"[A-Za-z,()&'-]\s*$")
_NAMES_OWNER: Final = re.compile(r"\b(?:attributable|applicable|available|allocable) to\b[^:]*$", re.IGNORECASE)
_MAX_LABEL_CHARS: Final = 300
_LOOK_BACK_CHARS: Final = 8
_RARE: Final = 10
"""One label in so many may stick out of its column."""
_NARROW: Final = 26
"""In a wider column of labels words above a label are mostly a heading, however long, unless both make the name of a line."""
_LEAST_BELOW: Final = 4
"""So many labels with their figures on the next line are how a copy was set out; fewer may be headings above a sum."""
_SIGNS: Final = ",.($-–—%"
"""A figure alone on a line with none of these may be the number of a page."""
_LEAST_OPENED: Final = 3
"""Fewer parentheses that are not closed are damage of single figures; from here on, the table lost them all."""


@dataclass(frozen=True, slots=True)
class FigureCell:
    """One figure of a row: a cell and what it holds."""

    cell: Cell
    content: CellContent

    @property
    def is_nil(self) -> bool:
        """Whether it is a dash or rule, which is a nil only within a column."""
        return self.content.kind is CellKind.NIL

    @property
    def shown(self) -> str:
        """What it says, for a trace: its value where it has one, else its characters."""
        is_number = self.content.kind is CellKind.NUMBER and len(self.content.numbers) == 1
        return f"{self.content.numbers[0].value:,}" if is_number else "0" if self.is_nil else self.cell.text


def figure_cell(cell: Cell) -> FigureCell:
    """A cell as a figure."""
    return FigureCell(cell, cell_content(cell))


@dataclass(frozen=True)
class LabelledRow:
    """A row as its label and its figures; `segment` counts the parts between breaks of the table from 0.

    `above` is the part of the label on the lines above the figures.
    """

    index: int
    segment: int
    line: int
    label: str
    cells: tuple[FigureCell, ...]
    strange_glyphs: int = 0
    leading: tuple[Cell, ...] = field(default=())
    above: str = ""

    @cached_property
    def figures(self) -> tuple[FigureCell, ...]:
        """The cells that are figures for sure: all but nils and rules."""
        return tuple(item for item in self.cells if not item.is_nil)

    @cached_property
    def amounts(self) -> tuple[FigureCell, ...]:
        """The cells that may be amounts: all but percentages."""
        return tuple(item for item in self.cells if item.content.kind is not CellKind.PERCENT)

    @cached_property
    def has_words(self) -> bool:
        """Whether the label has a word."""
        return bool(_WORD.search(self.label))


def labelled_rows(table: Table, runner: Runner = PLAIN) -> list[LabelledRow]:
    """The rows of a table that are not empty, with wrapped labels joined."""
    return runner.run(ROW_PASSES, list(enumerate(table.rows)), table, _described)


def described(row: LabelledRow) -> tuple[int, str]:
    """The source line of a row, and its label and figures, for a trace."""
    return row.line, " | ".join([row.label, *(item.shown for item in row.cells)])


_IndexedRow = tuple[int, Row]


def _described(row: LabelledRow | _IndexedRow) -> tuple[int, str]:
    return described(row if isinstance(row, LabelledRow) else _labelled(row[1], row[0], 0, closes_are_lost=False))


def _split(rows: Sequence[_IndexedRow], table: Table) -> list[_IndexedRow]:
    parts = split_side_by_side_rows(table)
    return [(index, part) for index, row in rows for part in parts.get(index, (row,))]


def _with_labels(rows: Sequence[_IndexedRow], table: Table) -> list[LabelledRow]:
    closes_are_lost, breaks = _closing_parentheses_lost(table), frozenset(table.breaks)
    segments = list(accumulate(int(index in breaks) for index in range(len(table.rows))))
    return [_labelled(row, index, segments[index], closes_are_lost) for index, row in rows if row.cells]


def _label_width(rows: Sequence[LabelledRow]) -> int | None:
    """Where the column of labels ends, by the words between the first figures and the last; None where those are few."""
    beside = [at for at, row in enumerate(rows) if row.cells and row.leading]
    ends = sorted(row.leading[-1].right for row in rows[beside[0] : beside[-1] + 1] if row.leading) if beside else []
    return ends[-1 - len(ends) // _RARE] if len(ends) >= _RARE else None


def _closing_parentheses_lost(table: Table) -> bool:
    """Whether a copy lost every closing parenthesis, as one does that drops the cells that hold nothing else."""
    opened = [cell.text for row in table.rows for cell in row.cells if "(" in cell.text[:4]]
    figures = [text for text in opened if text.removesuffix(")")[-1:].isdigit()]
    return len(figures) >= _LEAST_OPENED and all(map(lacks_closing_parenthesis, figures))


def _unwrapped(rows: Sequence[LabelledRow], table: Table) -> list[LabelledRow]:
    """The rows, with labels joined that wrap over lines: words without figures that the next row continues.

    In text, a word that would not have fitted in the column of labels went on the next line.
    """
    width = _label_width(rows) if table.is_spaced else None
    indented = _indented(rows, width) if width else frozenset()
    whole: list[LabelledRow] = []
    for at, row in enumerate(rows):
        before = whole[-1] if whole else None
        goes_on = before is not None and not before.cells and _goes_on(before.label, row) and _may_go_on(before.label)
        if before and (goes_on or at in indented or (width and _did_not_fit(before, row, width))):
            label = words_joined(before.label, row.label)
            whole[-1] = replace(row, label=label, leading=before.leading + row.leading, above=before.label)
        else:
            whole.append(row)
    return whole


def _indented(rows: Sequence[LabelledRow], width: int) -> frozenset[int]:
    """The rows that go on from the one above by their place: indented below words that left no room for their first word.

    So down to the first with figures, where the next row is not as far indented: the lines of a heading are several.
    """
    found = set[int]()
    for start, first in enumerate(rows[:-1]):
        if first.cells or not first.leading or not _is_no_room(first, rows[start + 1], first, width):
            continue
        if first.label.endswith((":", ".")) or is_known_label(first.label):
            continue
        last = start
        while not rows[last].cells and last + 1 < len(rows) and _is_no_room(rows[last], rows[last + 1], first, width):
            last += 1
        below = rows[last + 1] if last + 1 < len(rows) else None
        is_alone = below is None or not below.leading or below.leading[0].left <= first.leading[0].left
        if last > start and rows[last].cells and is_alone:
            found.update(range(start + 1, last + 1))
    return frozenset(found)


def _is_no_room(above: LabelledRow, row: LabelledRow, first: LabelledRow, width: int) -> bool:
    if row.line - above.line != 1 or not (row.leading and row.has_words) or len(above.leading) != 1:
        return False
    word = row.leading[0].text.split(" ", 1)[0]
    return row.leading[0].left > first.leading[0].left and above.leading[0].right + 1 + len(word) > width


def _with_figures_below(rows: Sequence[LabelledRow], table: Table) -> Sequence[LabelledRow]:
    """The rows of text, figures alone with the label on the line right above them, where a copy has set many out so."""
    below = {
        at
        for at, (before, row) in enumerate(pairwise(rows), start=1)
        if table.is_spaced and row.cells and not row.has_words and row.line - before.line == 1
        if before.has_words and not before.cells and not before.label.endswith(":")
    }
    if len(below) < _LEAST_BELOW:
        return rows
    return [
        replace(row, label=f"{rows[at - 1].label} {row.label}".strip(), leading=rows[at - 1].leading) if at in below else row
        for at, row in enumerate(rows)
        if at + 1 not in below
    ]


def _with_ends_below(rows: Sequence[LabelledRow], table: Table) -> Sequence[LabelledRow]:
    """The rows of text, labels that go on below their figures joined: in lower case, where they would not have fitted above."""
    width = max((row.leading[-1].right for row in rows if row.cells and row.leading), default=0)

    def with_end(before: LabelledRow, row: LabelledRow) -> LabelledRow | None:
        is_end = row.has_words and not row.cells and row.label[:1].islower() and row.label[-1:].isalpha()
        if not (is_end and before.cells and before.leading and row.line - before.line == 1 and _may_go_on(before.label)):
            return None
        is_full = before.leading[-1].right + 1 + len(row.label.split(" ", 1)[0]) > width
        return replace(before, label=words_joined(before.label, row.label)) if is_full else None

    return rejoined(rows, with_end) if table.is_spaced else rows


def rejoin_wrapped_rows(rows: Iterable[LabelledRow], count: int) -> list[LabelledRow]:
    """Rows of `count` columns with the figures that wrapped onto the next line.

    Those are figures alone that begin left of the columns, as many as the row lacks. Figures in the columns are a row of their
    own.
    """

    def with_rest(before: LabelledRow, row: LabelledRow) -> LabelledRow | None:
        rest = wrapped_figures(before, row, count)
        return replace(before, cells=(*before.cells, *rest)) if rest else None

    return rejoined(rows, with_rest)


def wrapped_figures(before: LabelledRow, row: LabelledRow, count: int) -> tuple[FigureCell, ...]:
    """The figures of a row that the row before it lacks; empty where they may be its own."""
    if not before.has_words or row.has_words or row.line - before.line != 1 or len(before.cells) >= count:
        return ()
    figures = (*map(figure_cell, row.leading), *row.cells)
    if len(before.cells) + len(figures) != count or any(one.content.kind not in FIGURE_KINDS for one in figures):
        return ()
    left = figures[0].cell.left
    begins_row = left == 0 or left < min((cell.right for cell in before.leading), default=0)
    is_amount = len(figures) > 1 or any(sign in figures[0].cell.text for sign in _SIGNS)
    return figures if begins_row and is_amount and before.label.rstrip()[-1:] != ":" else ()


def _did_not_fit(before: LabelledRow, row: LabelledRow, width: int) -> bool:
    """Whether the first word of a row would not have fitted behind the words above it, which are no name of their own."""
    if before.cells or not (before.leading and row.has_words and row.line - before.line == 1):
        return False
    own, rest = before.leading[-1], row.leading[0]
    first = rest.text.split(" ", 1)[0]
    if (
        before.label.endswith((":", "."))
        or len(before.label) > _MAX_LABEL_CHARS
        or rest.left < before.leading[0].left
        or own.right + 1 + len(first) <= width
    ):
        return False
    if SIDE_ALONE.fullmatch(normalised_label(row.label)):
        return False
    is_name = is_known_label(words_joined(before.label, row.label))
    if is_known_label(before.label) and not rest.text.startswith("("):
        return is_name and (not row.cells or names_the_same(before.label, words_joined(before.label, row.label)))
    return own.right <= width and (is_name or width < _NARROW or rest.text.startswith("("))


def _goes_on(label: str, row: LabelledRow) -> bool:
    """Whether a row continues a label: it begins in lower case or at a dash, names an owner, or the label has an open end."""
    is_owner = bool(wording("owner").match(row.label) and _NAMES_OWNER.search(label) and not _NAMES_OWNER.search(row.label))
    is_open = row.has_words and is_open_ended(label)
    is_open |= row.label.startswith("- ") and not row.cells
    closes = label.count("(") > label.count(")") and row.label.count("(") < row.label.count(")")
    return bool(_CONTINUES.match(row.label)) or is_open or is_owner or (closes and row.has_words)


def _may_go_on(label: str) -> bool:
    return len(label) <= _MAX_LABEL_CHARS and bool(_MAY_GO_ON.search(label[-_LOOK_BACK_CHARS:]))


def _labelled(row: Row, index: int, segment: int, closes_are_lost: bool) -> LabelledRow:
    label: list[Cell] = []
    items: list[FigureCell] = []
    strange = 0
    for cell in row.cells:
        content = cell_content(cell, closes_are_lost)
        strange += content.is_strange
        if content.kind in FIGURE_KINDS and not (not items and not label and cell.left == 0):
            items.append(FigureCell(cell, content))
        elif content.kind is not CellKind.CURRENCY and not items:
            label.append(cell)
    return LabelledRow(index, segment, row.line, " ".join(cell.text for cell in label), tuple(items), strange, tuple(label))


ROW_PASSES: Final = (
    Pass("split_side_by_side_rows", _split),
    Pass("label_rows", _with_labels, otherwise=None),
    Pass("rejoin_wrapped_labels", _unwrapped),
    Pass("rejoin_figures_below", _with_figures_below),
    Pass("rejoin_ends_of_labels", _with_ends_below),
)
"""From the rows of a table to labelled ones."""
