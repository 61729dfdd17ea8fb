"""Finds lines that a copy set twice.

Belongs here: ways to read the lines without those. Does not belong here: rows that wrapped (`wrapped_rows.py`), damaged
copies (`duplicate_rows.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Final

from orchestration.filings.tables.interpretations import Alternative
from orchestration.filings.tables.lines import StatementLine
from orchestration.filings.text.labels import normalised_label

_LEAST_STATED: Final = 2
"""Two lines may share one figure by chance."""
MAX_REPEATED: Final = 4
"""Limit on the lines tried: a table with more repeats its lines on purpose."""


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
