"""Ways to read a statement with rows moved back whose figures stand one column off.

Belongs here: moving a row one column further. Does not belong here: shifted single cells (`ocr/undetected_errors.py`), the
columns of whole tables (`columns.py`).

Only a row with one blank, at either end, can be shifted, and that blank is more often a nil. So a row is moved only where more
identities close with it; they then prove none of its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Final

from orchestration.filings.ocr.character_candidates import repair_costs
from orchestration.filings.records import CandidateKind
from orchestration.filings.tables.interpretations import Alternative
from orchestration.filings.tables.lines import CellReading, LineCell, StatementLine

MAX_TRIED: Final = 8
"""Limit on the rows tried: a table with more blanks at its ends prints its nils so."""

MAX_PAIRED: Final = 5
"""Limit on the rows tried two at a time: two shifted rows of one sum show only together."""


def ways_to_shift_back(lines: Sequence[StatementLine]) -> list[Alternative[StatementLine]]:
    """Ways to read the lines: each with one shifted row, or two, moved back."""
    tried = [index for index, line in enumerate(lines) if _shifted_back(line)]
    if len(tried) > MAX_TRIED:
        return []
    pairs = combinations(tried, 2) if len(tried) <= MAX_PAIRED else ()
    return [partial(_moved_back, chosen) for chosen in (*((index,) for index in tried), *pairs)]


def _moved_back(chosen: Sequence[int], lines: Sequence[StatementLine]) -> list[StatementLine]:
    return [_shifted_back(line) or line if index in chosen and not line.is_by_sum else line for index, line in enumerate(lines)]


def _shifted_back(line: StatementLine) -> StatementLine | None:
    """A row moved one column towards its blank end; None where it has other blanks, or none."""
    cells = line.cells
    blanks = [at for at, cell in enumerate(cells) if not cell.is_printed]
    if len(cells) < 2 or len(blanks) != 1 or blanks[0] not in (0, len(cells) - 1):
        return None
    shifted = (*cells[1:], cells[0]) if blanks[0] == 0 else (cells[-1], *cells[:-1])
    return replace(line, cells=tuple(map(_as_shifted, shifted)), is_by_sum=True)


def _as_shifted(cell: LineCell) -> LineCell:
    return replace(cell, readings=tuple(_at_the_cost_of_a_shift(reading) for reading in cell.readings))


def _at_the_cost_of_a_shift(reading: CellReading) -> CellReading:
    return reading._replace(
        cost=reading.cost + repair_costs()["shifted_column"], kind=CandidateKind.SHIFTED_COLUMN, is_sure=True
    )
