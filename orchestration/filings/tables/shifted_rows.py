"""Moves rows back whose figures stand one column off, where the statement then adds up.

Belongs here: trying a row one column further. Does not belong here: shifted single cells (`ocr/undetected_errors.py`), the
columns of whole tables (`columns.py`).

Only a row with one blank, at either end, can be shifted, and that blank is more often a nil. So a row is moved only where more
identities close with it; they then prove none of its figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from itertools import combinations
from typing import Final

from orchestration.filings.ocr.character_candidates import repair_costs
from orchestration.filings.records import CandidateKind
from orchestration.filings.tables.lines import CellReading, Closing, LineCell, StatementLine

MAX_TRIED: Final = 8
"""Limit on the rows tried: a table with more blanks at its ends prints its nils so."""

MAX_PAIRED: Final = 5
"""Limit on the rows tried two at a time: two shifted rows of one sum show only together."""


def with_rows_shifted_back(
    lines: Sequence[StatementLine], closing: Callable[[Sequence[StatementLine]], Set[Closing]]
) -> tuple[StatementLine, ...]:
    """The lines with shifted rows moved back; `closing` are the identities that close with some lines."""
    kept = list(lines)
    tried = [index for index, line in enumerate(kept) if _shifted_back(line)]
    if not tried or len(tried) > MAX_TRIED:
        return tuple(kept)
    best = closing(kept)
    pairs = combinations(tried, 2) if len(tried) <= MAX_PAIRED else ()
    for chosen in (*((index,) for index in tried), *pairs):
        trial = [
            _shifted_back(line) or line if index in chosen and not line.is_by_sum else line for index, line in enumerate(kept)
        ]
        found = closing(trial)
        if len(found) > len(best):
            kept, best = trial, found
    return tuple(kept)


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
