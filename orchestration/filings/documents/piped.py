"""Rows between pipes, as in markdown tables -> cells with their source locations.

Belongs here: the cells of a line, what converters from PDF or HTML leave in them (emphasis, line breaks, a whole column in one
cell), and spans that a converter kept by repeating the cell in each column it spans. Does not belong here: which lines are a
table (`plain.py`), spans that were lost (`lost_spans.py`), inline marks (`inline.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from orchestration.filings.documents.html import MIN_STACKED_LINES, split_stacked_row, with_whole_figures
from orchestration.filings.documents.inline import Piece, is_marked, pieces
from orchestration.filings.documents.lost_spans import PipedRow, in_columns, is_amount, row_starts
from orchestration.filings.documents.model import Cell, Row
from orchestration.filings.text.figures import NOTE

RULE: Final = re.compile(r"[\s|:=+-]+")
"""The rule below a header, or a row of empty cells."""
_CELL: Final = re.compile(r"[^|]+")
_EDGES: Final = " \t\n\f*_`"
_BOLD: Final = "**"
_SPACE: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"[^\W\d_]{2}")
_MAX_HEAD_ROWS: Final = 24


class PlainLine(NamedTuple):
    """A line or several, the source offset at which they start, and the number of the first."""

    text: str
    start: int
    number: int


def piped_table(lines: Sequence[PlainLine]) -> tuple[list[Row], list[Row]]:
    """The rows of lines without a gap, and those whose figures stand in no sure column."""
    is_outer = sum(line.text.lstrip().startswith("|") for line in lines) * 2 > len(lines)

    def rows_of(first: int, stop: int) -> list[Row]:
        text = "\n".join(line.text for line in lines[first:stop])
        return piped_rows(text, lines[first].start, lines[first].number, is_outer)

    own = [rows_of(at, at + 1) for at in range(len(lines))]
    rows = []
    for first, stop in pairwise([*row_starts([line.text for line in lines], own, rows_of), len(lines)]):
        width = sum(line.text.count("|") for line in lines[first:stop])
        rows += [PipedRow(row, width) for row in (own[first] if stop == first + 1 else rows_of(first, stop))]
    placed, unread = in_columns(rows)
    return without_repeated_cells([replace(row, cells=tuple(with_whole_figures(row.cells))) for row in placed]), unread


def piped_rows(text: str, start: int, number: int, is_outer: bool = True) -> list[Row]:
    """The row of a line, or the rows that were set as one; none for the rule below a header.

    `start` is the line's source offset, `number` its line number. `is_outer` says that rows begin with a pipe, so that a first
    one has no cell before it.
    """
    if RULE.fullmatch(text):
        return []
    ordinal, last = -1 if is_outer and text.lstrip().startswith("|") else 0, 0
    cells: list[Cell] = []
    stacks: list[list[Cell | None]] = []
    for found in _CELL.finditer(text):
        ordinal += text.count("|", last, found.start())
        last = found.start()
        lines = _lines(text, *found.span())
        cell = _cell([piece for line in lines for piece in line], ordinal, start)
        if cell:
            cells.append(cell)
            stacks.append([_cell(line, ordinal, start) for line in lines] if len(lines) > 1 else [])
    return [Row(tuple(row), number) for row in (_split_stacked_row(stacks) or [cells]) if row]


def _split_stacked_row(stacks: Sequence[list[Cell | None]]) -> list[list[Cell]]:
    """The rows that were set as one; empty where the cells are no stacks.

    Between pipes fewer lines than `MIN_STACKED_LINES` are enough if no cell has a single line and all lines but the labels are
    amounts, none of them like a note mark to the line above it.
    """
    rows = split_stacked_row([stack if len(stack) >= MIN_STACKED_LINES else [] for stack in stacks])
    if rows or not all(stacks) or len({len(stack) for stack in stacks}) != 1:
        return rows
    figures = [line for stack in stacks[1:] for line in stack if line]
    if not figures or any(re.fullmatch(NOTE, line.text) or not is_amount(line) for line in figures):
        return []
    return [[line for line in lines if line] for lines in zip(*stacks, strict=True)]


def _lines(text: str, first: int, last: int) -> list[list[Piece]]:
    """What a cell shows, split at its line breaks."""
    if not is_marked(text[first:last]):
        return [[Piece(text[first:last], first, last)]]
    lines: list[list[Piece]] = [[]]
    for piece in pieces(text, first, last):
        lines[-1].append(piece)
        if piece.is_break:
            lines.append([])
    return lines


def _cell(shown: Sequence[Piece], ordinal: int, base: int) -> Cell | None:
    """A cell without emphasis marks around and within it; None where it shows nothing."""
    first, last = -1, 0
    for piece in shown:
        body = piece.text.strip(_EDGES)
        if body:
            is_plain = len(piece.text) == piece.end - piece.start
            begin = piece.start + piece.text.index(body) if is_plain else piece.start
            first = first if first >= 0 else begin
            last = begin + len(body) if is_plain else piece.end
    if first < 0:
        return None
    said = "".join(piece.text for piece in shown).strip(_EDGES)
    if len(shown) > 1 or _BOLD in said or "\n" in said:
        said = _SPACE.sub(" ", said.replace(_BOLD, "")).strip(_EDGES)
    return Cell(said, ordinal, ordinal + 1, base + first, base + last)


def without_repeated_cells(rows: Sequence[Row]) -> list[Row]:
    """The rows of a table, a cell repeated in each column it spans as one cell.

    Repeated words side by side are one cell. In the header so are repeated years and dates, if no row below has two amounts
    under them, or if a lower header row has different cells there.
    """
    stop = next(
        (at for at, row in enumerate(rows[:_MAX_HEAD_ROWS]) if _has_label_and_amount(row)), min(len(rows), _MAX_HEAD_ROWS)
    )
    head, body = list(rows[:stop]), rows[stop:]
    amounts = {tuple(cell.left for cell in row.cells if is_amount(cell)) for row in body}
    for at, row in enumerate(head):
        above = head[at - 1] if at else None
        below = rows[at + 1 : stop]
        runs = _runs(row, {cell.left for cell in above.cells} if above else set())
        head[at] = _joined(row, [run for run in runs if _is_one(run, amounts) or _is_parted(run, below)])
    return [*head, *(_joined(row, [run for run in _runs(row, set()) if _WORD.search(run[0].text)]) for row in body)]


def _is_repeated(one: Cell, after: Cell) -> bool:
    return one.right == after.left and one.text == after.text


def _has_label_and_amount(row: Row) -> bool:
    """Whether a row has a label and an amount beside it."""
    return bool(row.cells) and bool(_WORD.search(row.cells[0].text)) and any(is_amount(cell) for cell in row.cells[1:])


def _runs(row: Row, starts: set[int]) -> Iterator[list[Cell]]:
    """Equal cells side by side, split before each column in `starts`, where cells above begin."""
    run: list[Cell] = []
    for cell in row.cells:
        if run and _is_repeated(run[-1], cell) and cell.left not in starts:
            run.append(cell)
            continue
        if len(run) > 1:
            yield run
        run = [cell]
    if len(run) > 1:
        yield run


def _is_one(run: Sequence[Cell], amounts: set[tuple[int, ...]]) -> bool:
    """Whether no row has two amounts below a run."""
    left, right = run[0].left, run[-1].right
    return all(sum(left <= place < right for place in places) < 2 for places in amounts)


def _is_parted(run: Sequence[Cell], below: Sequence[Row]) -> bool:
    """Whether a lower header row has different cells below a run."""
    left, right = run[0].left, run[-1].right
    return any(len({cell.text for cell in row.cells if left <= cell.left < right}) > 1 for row in below)


def _joined(row: Row, runs: Sequence[Sequence[Cell]]) -> Row:
    """The row with each of its runs as one cell, placed at the first."""
    if not runs:
        return row
    wide = {run[0].left: run[-1].right for run in runs}
    within = {cell.left for run in runs for cell in run[1:]}
    return replace(
        row,
        cells=tuple(cell._replace(right=wide.get(cell.left, cell.right)) for cell in row.cells if cell.left not in within),
    )
