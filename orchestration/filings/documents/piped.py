"""Rows between pipes, as in markdown tables -> cells with their source locations.

Belongs here: the cells of a line, what converters from PDF or HTML leave in them (emphasis, line breaks, a whole column in one
cell), and spans, which markdown lacks: a converter repeats the cell in each column it spans. Does not belong here: which lines
are a table (`plain.py`), inline marks (`inline.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from orchestration.filings.documents.html import MIN_STACKED_LINES, split_stacked_row
from orchestration.filings.documents.inline import Piece, is_marked, pieces
from orchestration.filings.documents.model import Cell, Row
from orchestration.filings.text.figures import MAY_BE_AMOUNT, NOTE

_RULE: Final = re.compile(r"[\s|:=+-]+")
_CELL: Final = re.compile(r"[^|\n]+")
_EDGES: Final = " \t\n\xa0\f*_`\u200b\ufeff\u2002\u2003\u2009\u200a\u202f"
_BOLD: Final = "**"
_SPACE: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"[^\W\d_]{2}")
_MAX_HEAD_ROWS: Final = 24


def piped_rows(text: str, start: int, number: int) -> list[Row]:
    """The row of a line, or the rows that were set as one; none for the rule below a header.

    `start` is the line's source offset, `number` its line number.
    """
    if _RULE.fullmatch(text):
        return []
    ordinal, last = -1 if text.lstrip().startswith("|") else 0, 0
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
    if not figures or any(re.fullmatch(NOTE, line.text) or not _is_amount(line) for line in figures):
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
    if len(shown) > 1 or _BOLD in said:
        said = _SPACE.sub(" ", said.replace(_BOLD, "")).strip(_EDGES)
    return Cell(said, ordinal, ordinal + 1, base + first, base + last)


def without_repeated_cells(rows: Sequence[Row]) -> list[Row]:
    """The rows of a table, a cell repeated in each column it spans as one cell.

    Repeated words side by side are one cell. In the header so are repeated years and dates, if no row below has two amounts
    under them, or if a lower header row has different cells there.
    """
    if not any(_is_repeated(one, after) for row in rows for one, after in pairwise(row.cells)):
        return list(rows)
    stop = next(
        (at for at, row in enumerate(rows[:_MAX_HEAD_ROWS]) if _has_label_and_amount(row)), min(len(rows), _MAX_HEAD_ROWS)
    )
    head, body = list(rows[:stop]), rows[stop:]
    amounts = {tuple(cell.left for cell in row.cells if _is_amount(cell)) for row in body}
    for at, row in enumerate(head):
        above = head[at - 1] if at else None
        below = rows[at + 1 : stop]
        runs = _runs(row, {cell.left for cell in above.cells} if above else set())
        head[at] = _joined(row, [run for run in runs if _is_one(run, amounts) or _is_parted(run, below)])
    return [*head, *(_joined(row, [run for run in _runs(row, set()) if _WORD.search(run[0].text)]) for row in body)]


def _is_amount(cell: Cell) -> bool:
    """Whether a cell looks like an amount and not like the year over a column."""
    return bool(MAY_BE_AMOUNT.fullmatch(cell.text.rstrip(" %"))) and not re.fullmatch(r"(?:19|20)\d\d", cell.text)


def _is_repeated(one: Cell, after: Cell) -> bool:
    return one.right == after.left and one.text == after.text


def _has_label_and_amount(row: Row) -> bool:
    """Whether a row has a label and an amount beside it."""
    return bool(row.cells) and bool(_WORD.search(row.cells[0].text)) and any(_is_amount(cell) for cell in row.cells[1:])


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
