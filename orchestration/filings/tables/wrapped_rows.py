"""Rejoins rows that wrapped over two lines, and finds lines that a copy set twice.

Belongs here: figures of a row on the line below it, as mail and terminals wrap what is too long. Does not belong here: labels
that wrap (`rows.py`), figures just where the row above is blank (`lines.py`), damaged copies (`duplicate_rows.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Final

from orchestration.filings.tables.cells import CellKind, cell_content
from orchestration.filings.tables.interpretations import Alternative
from orchestration.filings.tables.lines import StatementLine
from orchestration.filings.tables.rows import FigureCell, LabelledRow
from orchestration.filings.text.labels import normalised_label

_FIGURES: Final = (CellKind.NUMBER, CellKind.DAMAGED, CellKind.NIL)
_LEAST_STATED: Final = 2
"""Two lines may share one figure by chance."""
MAX_REPEATED: Final = 4
"""Limit on the lines tried: a table with more repeats its lines on purpose."""


def rejoin_wrapped_rows(rows: Iterable[LabelledRow], count: int) -> list[LabelledRow]:
    """Rows of `count` columns with the figures that wrapped onto the next line.

    Those are figures alone that begin left of the columns, as many as the row lacks. Figures in the columns are a row of their
    own.
    """
    whole: list[LabelledRow] = []
    for row in rows:
        rest = _rest(whole[-1], row, count) if whole else ()
        if rest:
            whole[-1] = replace(whole[-1], cells=(*whole[-1].cells, *rest))
        else:
            whole.append(row)
    return whole


def _rest(before: LabelledRow, row: LabelledRow, count: int) -> tuple[FigureCell, ...]:
    """The figures of a row that the row before it lacks; empty where they may be its own."""
    if not before.has_words or row.has_words or row.line - before.line != 1 or len(before.cells) >= count:
        return ()
    figures = (*(FigureCell(cell, cell_content(cell)) for cell in row.leading), *row.cells)
    if len(before.cells) + len(figures) != count or any(one.content.kind not in _FIGURES for one in figures):
        return ()
    left = figures[0].cell.left
    begins_row = left == 0 or left < min((cell.right for cell in before.leading), default=0)
    is_amount = len(figures) > 1 or any(sign in figures[0].cell.text for sign in ",.($-–—")
    return figures if begins_row and is_amount and before.label.rstrip()[-1:] != ":" else ()


def ways_without_repeats(lines: Sequence[StatementLine]) -> list[Alternative[StatementLine]]:
    """Ways to read the lines: each without one that repeats the line before word for word, the last first."""
    repeated = [at for at, (one, other) in enumerate(pairwise(lines), 1) if _is_repeated(one, other)]
    return [partial(_without, at) for at in reversed(repeated)] if len(repeated) <= MAX_REPEATED else []


def _without(at: int, lines: Sequence[StatementLine]) -> list[StatementLine]:
    return [*lines[: at - 1], replace(lines[at - 1]), *lines[at + 1 :]]


def _is_repeated(one: StatementLine, other: StatementLine) -> bool:
    names = normalised_label(one.label), normalised_label(other.label)
    if one.is_heading or not names[1] or not names[0].endswith(names[1]):
        return False
    figures = [[cell.printed and cell.printed.text for cell in line.cells] for line in (one, other)]
    stated = sum(bool(reading.value) for cell in one.cells for reading in cell.readings[:1])
    return figures[0] == figures[1] and stated >= min(len(one.cells), _LEAST_STATED)
