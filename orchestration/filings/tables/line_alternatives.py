"""Ways to read the lines of a statement otherwise: without lines that a copy set twice, or with shifted ones moved back.

Belongs here: making those ways. Does not belong here: choosing one (`interpretations.py`), damaged copies
(`duplicate_rows.py`), shifted single cells (`ocr/undetected_errors.py`), the columns of whole tables (`columns.py`).

Only a row with one blank, at either end, can be shifted, and that blank is more often a nil. So a row is moved only where more
identities close with it; they then prove none of its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations, pairwise
from typing import Final

from orchestration.filings.ocr.character_candidates import repair_costs
from orchestration.filings.records import CandidateKind
from orchestration.filings.tables.interpretations import Alternative
from orchestration.filings.tables.lines import LineCell, StatementLine
from orchestration.filings.text.labels import normalised_label

_LEAST_STATED: Final = 2
"""Two lines may share one figure by chance."""
MAX_REPEATED: Final = 4
"""Limit on the lines tried: a table with more repeats its lines on purpose."""
MAX_TRIED: Final = 8
"""Limit on the rows tried: a table with more blanks at its ends prints its nils so."""
MAX_PAIRED: Final = 5
"""Limit on the rows tried two at a time: two shifted rows of one sum show only together."""


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
    """The cell, each reading at the cost of a shift."""
    cost, kind = repair_costs()["shifted_column"], CandidateKind.SHIFTED_COLUMN
    return replace(cell, readings=tuple(one._replace(cost=one.cost + cost, kind=kind, is_sure=True) for one in cell.readings))
