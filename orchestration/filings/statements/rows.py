"""Table rows as label and figures, before anything is known of columns.

Belongs here: parting a row into its label and the figures beside it, and how worn it looks. Does not belong here: which
column a figure stands in (`columns.py`), what a label means (`labels.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from orchestration.filings.documents.model import Cell, Row, Table
from orchestration.filings.statements.cells import Content, Kind, of

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_CONTINUES: Final = re.compile(r"\(?(?:and|of|in|for|to|from|per|on|by|basic|diluted|net|before|[a-z]{3,})\b")
_MAY_GO_ON: Final = re.compile(r"[A-Za-z,(&'’-]\s*$")
_MAX_LABEL_CHARS: Final = 300
_LOOK_BACK_CHARS: Final = 8
_FIGURES: Final = (Kind.NUMBER, Kind.DAMAGED, Kind.NIL, Kind.PERCENT)


@dataclass(frozen=True, slots=True)
class Item:
    """One figure of a row: a cell and what it holds."""

    cell: Cell
    content: Content

    @property
    def is_nil(self) -> bool:
        """A dash or rule, which is a nil only where a column says so."""
        return self.content.kind is Kind.NIL


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A row as its label and its figures. `segment` counts the stretches between breaks of the table from 0."""

    index: int
    segment: int
    line: int
    label: str
    items: tuple[Item, ...]
    strange_glyphs: int = 0
    leading: tuple[Cell, ...] = field(default=())

    @property
    def figures(self) -> tuple[Item, ...]:
        """The items that are figures for sure: all but nils and rules."""
        return tuple(item for item in self.items if not item.is_nil)

    @property
    def amounts(self) -> tuple[Item, ...]:
        """The items that may be amounts: all but percentages."""
        return tuple(item for item in self.items if item.content.kind is not Kind.PERCENT)

    @property
    def has_words(self) -> bool:
        """Whether the label has a word in it at all."""
        return bool(_WORD.search(self.label))


def labelled_rows(table: Table) -> list[LabelledRow]:
    """Every row of a table that has anything in it."""
    rows: list[LabelledRow] = []
    segment, breaks = 0, frozenset(table.breaks)
    for index, row in enumerate(table.rows):
        segment += index in breaks
        if row.cells:
            rows.append(_labelled(row, index, segment))
    return _unwrapped(rows)


def _unwrapped(rows: list[LabelledRow]) -> list[LabelledRow]:
    """Labels that wrap over two lines made whole: words without figures, carried on in lower case by the next row."""
    whole: list[LabelledRow] = []
    for row in rows:
        before = whole[-1] if whole else None
        if before and not before.items and _CONTINUES.match(row.label) and _may_go_on(before.label):
            whole[-1] = replace(row, label=f"{before.label} {row.label}", leading=before.leading + row.leading)
        else:
            whole.append(row)
    return whole


def _may_go_on(label: str) -> bool:
    return len(label) <= _MAX_LABEL_CHARS and bool(_MAY_GO_ON.search(label[-_LOOK_BACK_CHARS:]))


def _labelled(row: Row, index: int, segment: int) -> LabelledRow:
    label: list[Cell] = []
    items: list[Item] = []
    strange = 0
    for cell in row.cells:
        content = of(cell)
        strange += content.is_strange
        if content.kind in _FIGURES and not (not items and not label and cell.left == 0):
            items.append(Item(cell, content))
        elif content.kind is not Kind.CURRENCY and not items:
            label.append(cell)
    return LabelledRow(index, segment, row.line, " ".join(cell.text for cell in label), tuple(items), strange, tuple(label))
