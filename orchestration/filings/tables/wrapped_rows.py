"""Rejoins rows that wrapped over two lines, as mail and terminals wrap what is too long.

Belongs here: figures of a row on the line below it. Does not belong here: labels that wrap (`rows.py`), figures just where the
row above is blank (`lines.py`), which tables are wrapped (`columns.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from orchestration.filings.tables.cells import FIGURE_KINDS, cell_content
from orchestration.filings.tables.rows import FigureCell, LabelledRow

_SIGNS: Final = ",.($-–—%"
"""A figure alone on a line with none of these may be the number of a page."""


def rejoin_wrapped_rows(rows: Iterable[LabelledRow], count: int) -> list[LabelledRow]:
    """Rows of `count` columns with the figures that wrapped onto the next line.

    Those are figures alone that begin left of the columns, as many as the row lacks. Figures in the columns are a row of their
    own.
    """
    whole: list[LabelledRow] = []
    for row in rows:
        rest = wrapped_figures(whole[-1], row, count) if whole else ()
        if rest:
            whole[-1] = replace(whole[-1], cells=(*whole[-1].cells, *rest))
        else:
            whole.append(row)
    return whole


def wrapped_figures(before: LabelledRow, row: LabelledRow, count: int) -> tuple[FigureCell, ...]:
    """The figures of a row that the row before it lacks; empty where they may be its own."""
    if not before.has_words or row.has_words or row.line - before.line != 1 or len(before.cells) >= count:
        return ()
    figures = (*(FigureCell(cell, cell_content(cell)) for cell in row.leading), *row.cells)
    if len(before.cells) + len(figures) != count or any(one.content.kind not in FIGURE_KINDS for one in figures):
        return ()
    left = figures[0].cell.left
    begins_row = left == 0 or left < min((cell.right for cell in before.leading), default=0)
    is_amount = len(figures) > 1 or any(sign in figures[0].cell.text for sign in _SIGNS)
    return figures if begins_row and is_amount and before.label.rstrip()[-1:] != ":" else ()
