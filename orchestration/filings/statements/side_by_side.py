"""Statements that are printed side by side on one page, each as a table of its own.

Belongs here: where such a page begins, and the gutter between its halves. Does not belong here: several rows in one line
(`tables/side_by_side_rows.py`), statements one below the other (`titled_tables.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from orchestration.filings.documents.model import Cell, Row, Table
from orchestration.filings.statements.kinds import statement_in_title

_LINES_OF_TITLE: Final = 3


def parted_side_by_side(table: Table) -> list[Table]:
    """A table as those above a line that names two statements, left and right below it; itself where no line does.

    A line that crosses the gutter ends the halves: they are what stands above it.
    """
    at, gutter = next(((at, left) for at, row in enumerate(table.rows) if (left := _second_title(row))), (0, 0))
    if not gutter:
        return [table]
    first = at
    while first > max(at - _LINES_OF_TITLE, 0) and _is_parted(table.rows[first - 1], gutter):
        first -= 1
    stop = next((end for end, row in enumerate(table.rows) if end > at and _crosses(row, gutter)), len(table.rows))
    page = table.rows[first:stop]
    parts = (table.rows[:first], _half(page, gutter, is_left=True), _half(page, gutter, is_left=False), table.rows[stop:])
    return [
        replace(table, rows=rows, breaks=(), unread=() if number else table.unread) for number, rows in enumerate(parts) if rows
    ]


def _second_title(row: Row) -> int:
    """Where the second of two statements that a line names begins; 0 where it names no two."""
    if len(row.cells) != 2:
        return 0
    left, right = (statement_in_title(cell.text) for cell in row.cells)
    return row.cells[1].left if left and right and left is not right else 0


def _is_parted(row: Row, gutter: int) -> bool:
    return len(row.cells) == 2 and row.cells[0].right <= gutter <= row.cells[1].left


def _crosses(row: Row, gutter: int) -> bool:
    return any(cell.left < gutter < cell.right for cell in row.cells)


def _half(rows: Sequence[Row], gutter: int, *, is_left: bool) -> tuple[Row, ...]:
    halves = ((row, tuple(cell for cell in row.cells if (cell.left < gutter) is is_left)) for row in rows)
    return tuple(replace(row, cells=_moved(cells, 0 if is_left else gutter)) for row, cells in halves if cells)


def _moved(cells: Sequence[Cell], by: int) -> tuple[Cell, ...]:
    """The cells, as far left as if their half were the page: labels begin at its margin."""
    return tuple(cell._replace(left=cell.left - by, right=cell.right - by) for cell in cells)
