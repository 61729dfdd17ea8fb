"""Splits a line that holds several rows end to end, because the end of a line was lost.

Belongs here: where the next row begins, and where its figures would stand on a line of their own. Does not belong here: merged
rows, whose figures alternate cell by cell (`merged_rows.py`).

A row is one label and the figures behind it, so a second label behind figures begins a second row. Where many lines of a table
are such, as where assets stand beside liabilities, all are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from orchestration.filings.documents.model import Cell, Row, Table
from orchestration.filings.documents.spaced import after_tab
from orchestration.filings.tables.cells import FIGURE_KINDS, CellKind, part_of_cell, text_content
from orchestration.filings.text.calendar import YEAR
from orchestration.filings.text.dates import periods_in
from orchestration.filings.text.figures import BEFORE, CURRENCY, LOOSE, NOTE, SEPARATED
from orchestration.filings.text.labels import is_known_label
from orchestration.filings.vocabulary import wording

_NAME: Final = re.compile(r"\(?[A-Z][\w,’'&()/.-]*[a-z]|\(?[A-Z]{4}")
_LEAST_NAME: Final = 3
_MOST_CHARS: Final = 300
_FIGURE: Final = rf"{BEFORE}{LOOSE}(?:\s?\))?(?:\s?%)?(?:\s?(?:{NOTE}|\*{{1,3}}))?|[-–—_]{{1,4}}"
_FIGURE_BEFORE_WORDS: Final = re.compile(rf"(?P<figure>{_FIGURE})(?P<gap> *)(?P<words>\(?[A-Za-z][A-Za-z].*)")
_BEGINS_FIGURE: Final = re.compile(rf"[{CURRENCY}(\d.]")
_SEPARATED: Final = re.compile(rf"{SEPARATED}|\(")
_LEAST_ALONE: Final = 4
_LEAST_OF_A_WAY: Final = 3
"""Fewer lines than this are damage, however small their table."""


def split_side_by_side_rows(table: Table) -> dict[int, tuple[Row, ...]]:
    """The rows of each line that holds several, by its index; empty where that is the layout of the table."""
    found = {index: parts for index, row in enumerate(table.rows) if len(parts := _parts(row)) > 1}
    if not found:
        return {}
    figured = sum(any(text_content(cell.text).kind in FIGURE_KINDS for cell in row.cells[1:]) for row in table.rows)
    if len(found) >= _LEAST_OF_A_WAY and len(found) * _LEAST_ALONE >= figured:
        return {}
    margin = min((row.cells[0].left for row in table.rows if row.cells and not _is_figure(row.cells[0])), default=0)
    return {index: tuple(_rows(parts, margin, table)) for index, parts in found.items()}


def _parts(row: Row) -> list[Row]:
    """A line split before each label that stands behind a figure; one part unless all have figures."""
    # A second label has a capital; most rows have none, and their cells need no look.
    later = row.cells if row.cells and _BEGINS_FIGURE.match(row.cells[0].text) else row.cells[1:]
    if not any(len(cell.text) > _LEAST_NAME and cell.text != cell.text.lower() for cell in later):
        return [row]
    cells = [part for at, cell in enumerate(row.cells) for part in _figure_and_words(cell, is_first=not at)]
    starts, has_figure = [0], False
    for at, cell in enumerate(cells):
        if _is_figure(cell):
            has_figure = True
        elif has_figure and _is_label(cell.text):
            starts.append(at)
            has_figure = False
    if all(YEAR.fullmatch(cell.text) for cell in cells if _is_figure(cell)):
        return [row]
    parts = [replace(row, cells=tuple(cells[start:end])) for start, end in pairwise((*starts, len(cells)))]
    return parts if len(parts) > 1 and all(map(_states_amounts, parts)) else [row]


def _is_figure(cell: Cell) -> bool:
    return text_content(cell.text).kind in FIGURE_KINDS


def _states_amounts(part: Row) -> bool:
    kinds = {text_content(cell.text).kind for cell in part.cells}
    return bool(kinds & {CellKind.NUMBER, CellKind.DAMAGED, CellKind.NIL})


def _is_label(words: str) -> bool:
    """Whether words may name a row: no mark of a cell, no column heading."""
    if not _LEAST_NAME < len(words) <= _MOST_CHARS or wording("instead_of_figure").fullmatch(words) or periods_in(words):
        return False
    return bool(_NAME.match(words)) or is_known_label(words)


def _figure_and_words(cell: Cell, is_first: bool) -> tuple[Cell, ...]:
    """A cell with a figure before the label of the next row as two cells; else the cell itself.

    The first cell may be a label ("401(k) plan"): it is split only where its figure can be no part of one.
    """
    found = _FIGURE_BEFORE_WORDS.fullmatch(cell.text) if len(cell.text) <= _MOST_CHARS else None
    if not found or not _is_label(found["words"]) or YEAR.fullmatch(found["figure"]):
        return (cell,)
    if is_first and (found["gap"] or not _SEPARATED.search(found["figure"])):
        return (cell,)
    if text_content(found["figure"]).kind not in FIGURE_KINDS:
        return (cell,)
    return part_of_cell(cell, 0, found.end("figure")), part_of_cell(cell, found.start("words"), len(cell.text))


def _rows(parts: Sequence[Row], margin: int, table: Table) -> Iterator[Row]:
    """The parts of a line, each after the first moved to where it would stand on a line of its own."""
    first, *others = parts
    yield first
    base = margin if _is_figure(first.cells[0]) else first.cells[0].left
    for part in others:
        yield replace(part, cells=tuple(_moved(part.cells, base, table.is_spaced)))


def _moved(cells: Sequence[Cell], left: int, is_spaced: bool) -> Iterator[Cell]:
    """Cells moved so that the first begins at `left`; a tab advances to the next stop from there."""
    at, before = left, cells[0]
    for number, cell in enumerate(cells):
        if number:
            at = _after_gap(at, before, cell, is_spaced)
        yield cell._replace(left=at, right=at + cell.right - cell.left)
        at, before = at + cell.right - cell.left, cell


def _after_gap(at: int, before: Cell, cell: Cell, is_spaced: bool) -> int:
    wide, signs = cell.left - before.right, cell.start - before.end
    if not is_spaced or not 0 < signs < wide:
        return at + wide
    for _ in range(signs):
        at = after_tab(at)
    return at
