"""Rows with fewer figures than columns: joined figures (`252208906873` for four), and blank cells.

Belongs here: the ways to assign a run of figures to the columns, and the choice of one by sums. Does not belong here: finding
rows in a stream of words (`wire.py`), merged rows (`tables/merged_rows.py`).

In a table with commas, a figure without one has at most three digits, which leaves few assignments. A figure in a column of
changes must be the change between the two periods. Where several assignments remain, the one is taken with which the row and
its neighbours add up, in every column, to a total below. With none or several such, the row is left out. A sum that chose an
assignment is no proof of it (`Cell.is_by_sum`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, islice
from operator import add
from typing import Final, NamedTuple

from expectations.intervals import adds_up
from orchestration.filings.text.figures import LOOSE, value_and_step

_MOST_WAYS: Final = 64
_LONGEST: Final = 3
_REACH: Final = 8
"""How many rows up and down a sum may reach for its total and its other parts."""


class FigureSpan(NamedTuple):
    """A figure as printed, and its source offsets."""

    text: str
    start: int
    end: int


ColumnAssignment = tuple[FigureSpan, ...]
BLANK: Final = FigureSpan("", -1, -1)
"""The figure of a blank cell."""
_MOST_COLUMNS: Final = 6
_PER_CENT_OFF: Final = Decimal(1)
_DIGITS: Final = re.compile(LOOSE)


def split_assignments(run: Sequence[FigureSpan], count: int) -> list[ColumnAssignment]:
    """The ways to split a run into `count` figures; empty where it has no joined figures or the ways are too many."""
    digits = sum(len(figure.text) for figure in run if figure.text.isdigit())
    if not 0 < len(run) < count or digits < 2 * count:
        return []
    found = list(islice(_parted(run, count), _MOST_WAYS + 1))
    return found if len(found) <= _MOST_WAYS else []


def _parted(run: Sequence[FigureSpan], count: int) -> Iterator[ColumnAssignment]:
    if not run:
        if count == 0:
            yield ()
        return
    if count < len(run):
        return
    for head in _splits(run[0], count - len(run) + 1):
        for rest in _parted(run[1:], count - len(head)):
            yield (*head, *rest)


def _splits(figure: FigureSpan, most: int) -> Iterator[ColumnAssignment]:
    """A figure as it stands, or plain digits split into at most `most` figures of up to three digits."""
    text = figure.text
    if not text.isdigit() or len(text) <= _LONGEST:
        yield (figure,)
    if not text.isdigit() or most < 1 or (text.startswith("0") and len(text) > 1):
        return
    for length in range(1, min(_LONGEST, len(text) - 1) + 1):
        first = FigureSpan(text[:length], figure.start, figure.start + length)
        for rest in _splits(FigureSpan(text[length:], figure.start + length, figure.end), most - 1):
            if len(rest) < most and (first.text == "0" or not first.text.startswith("0")):
                yield (first, *rest)


def blank_assignments(run: Sequence[FigureSpan], count: int, change_columns: Collection[int] = ()) -> list[ColumnAssignment]:
    """The ways to place figures, in order, in `count` columns, with blanks between; empty where blanks cannot be judged.

    `change_columns` are columns of changes, counted from 0; they must follow exactly two periods. Of the ways that differ only
    in the changes, the first is kept.
    """
    periods = [column for column in range(count) if column not in change_columns]
    if count > _MOST_COLUMNS or not any(_number(figure) for figure in run) or (change_columns and periods != [0, 1]):
        return []
    found: dict[ColumnAssignment, ColumnAssignment] = {}
    for columns in combinations(range(count), len(run)):
        placed = dict(zip(columns, run, strict=True))
        assignment = tuple(placed.get(column, BLANK) for column in range(count))
        told = tuple(assignment[column] for column in periods)
        if any(figure.text for figure in told) and all(
            _is_change(assignment[column], assignment[:2]) for column in change_columns
        ):
            found.setdefault(told, assignment)
    return list(found.values())


def _is_change(figure: FigureSpan, periods: ColumnAssignment) -> bool:
    """Whether a figure may be the change between two periods, in amount or percent. A blank may."""
    if not figure.text:
        return True
    now, before = (_number(period) for period in periods)
    change = abs(_number(figure))
    share = bool(before) and abs(abs(now - before) / abs(before) * 100 - change) <= _PER_CENT_OFF
    return share or ("%" not in figure.text and abs(now - before) == change)


def chosen_by_sums(rows: Sequence[Sequence[ColumnAssignment]], are_rows: Sequence[bool]) -> list[ColumnAssignment | None]:
    """The assignment of each row: its only one, else the only one that adds up with its neighbours, else None.

    A row that `are_rows` doubts needs a sum even for its only assignment, and is skipped in the sums of other rows.
    """
    known: list[ColumnAssignment | None] = [
        row[0] if sure and len(row) == 1 else None for row, sure in zip(rows, are_rows, strict=True)
    ]
    said = [_numbers(assignment) if assignment else None for assignment in known] if None in known else []
    for wanted in (True, False):
        for at, row in enumerate(rows):
            if known[at] is None and row and are_rows[at] is wanted:
                near = [other for other in range(at - _REACH, at + _REACH) if 0 <= other < len(rows)]
                near = [other for other in near if other == at or are_rows[other] or known[other]]
                around = [said[other] for other in near]
                fitting = [assignment for assignment in row if _adds_up(around, near.index(at), _numbers(assignment))]
                known[at] = fitting[0] if len(fitting) == 1 else None
                said[at] = _numbers(fitting[0]) if len(fitting) == 1 else None
    return known


_Numbers = tuple[Decimal, ...]


def _adds_up(known: Sequence[_Numbers | None], at: int, own: _Numbers) -> bool:
    """Whether consecutive rows that include one, read as `own`, add up to the row below them in every column."""
    after = own
    for total in range(at + 1, len(known)):
        below = known[total]
        if below is None or len(below) != len(own):
            return False
        sums = after
        for above in reversed(known[:at]):
            if above is None or len(above) != len(own):
                break
            sums = tuple(map(add, sums, above))
            if _is_sum(sums, below):
                return True
        if total > at + 1 and _is_sum(after, below):
            return True
        after = tuple(map(add, after, below))
    return False


def _is_sum(sums: _Numbers, below: _Numbers) -> bool:
    """Whether sums are exact. Assignments differ in single digits, so rounding is not allowed for."""
    return all(adds_up(one - other, Decimal(0)) for one, other in zip(sums, below, strict=True))


def _numbers(assignment: ColumnAssignment) -> _Numbers:
    return tuple(map(_number, assignment))


def _number(figure: FigureSpan) -> Decimal:
    """The value of a figure; 0 for a blank."""
    return _value(figure.text)


@lru_cache(maxsize=4_096)
def _value(text: str) -> Decimal:
    digits = _DIGITS.search(text)
    if not digits:
        return Decimal(0)
    return (-1 if "(" in text or text[0] in "-–" else 1) * value_and_step(digits.group())[0]
