"""Rows with fewer figures than columns: figures that ran together (`252208906873` for four), and cells left blank.

Belongs here: the ways to part or place a run of figures over the columns, and the one way that adds up. Does not belong here:
finding rows in a stream of words (`wire.py`); rows that OCR fused (`tables/lines.py`).

Who prints thousands with commas prints a figure without one only where it has three digits or fewer: that leaves few ways.
A figure placed in a column of changes must be the change of the periods it is placed beside. Where that leaves more than one
way, the way is taken under which the row and its neighbours add up to a total below, in every column; if there is no such way,
or two, the row is left out. A sum that chose a way has no more to prove (`Cell.is_by_sum`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from operator import add
from typing import Final, NamedTuple

from expectations.intervals import adds_up
from orchestration.filings.text.figures import LOOSE, value_and_step

_MOST_WAYS: Final = 64
_LONGEST: Final = 3
_REACH: Final = 8
"""Rows up and down within which a row's total and the other parts of it are looked for."""


class FigureSpan(NamedTuple):
    """A figure as printed, and where it stands in the source."""

    text: str
    start: int
    end: int


ColumnAssignment = tuple[FigureSpan, ...]
BLANK: Final = FigureSpan("", -1, -1)
"""A column in which a row has no figure."""
_MOST_COLUMNS: Final = 6
_PER_CENT_OFF: Final = Decimal(1)
_DIGITS: Final = re.compile(LOOSE)


def split_assignments(run: Sequence[FigureSpan], count: int) -> list[ColumnAssignment]:
    """The ways to read a run of figures as `count` of them; none where it is no run of joined figures."""
    digits = sum(len(figure.text) for figure in run if figure.text.isdigit())
    if not 0 < len(run) < count or digits < 2 * count:
        return []
    found: list[ColumnAssignment] = []
    for assignment in _parted(run, count):
        found.append(assignment)
        if len(found) > _MOST_WAYS:
            return []
    return found


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
    """A figure as it stands, or plain digits parted into at most `most` figures of three digits or fewer."""
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
    """The ways to place fewer figures than `count` columns, in their order, with blanks (no text) between.

    `change_columns` are the columns of changes, counted from 0, where they all follow the two periods they compare. Ways that
    differ in the changes alone are one.
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
    """Whether a figure may be the change between two periods, in amount or per cent; a blank says nothing."""
    if not figure.text:
        return True
    now, before = (_number(period) for period in periods)
    change = abs(_number(figure))
    share = bool(before) and abs(abs(now - before) / abs(before) * 100 - change) <= _PER_CENT_OFF
    return share or ("%" not in figure.text and abs(now - before) == change)


def chosen_by_sums(rows: Sequence[Sequence[ColumnAssignment]], are_rows: Sequence[bool]) -> list[ColumnAssignment | None]:
    """The way of each row: the only one, else the one that adds up with its neighbours; None where that is not one.

    A row that may be none (`are_rows`) needs a sum even for its only way, and is passed over in the sums of the others.
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
    """Whether a stretch of rows around one, read so, adds up to the row below the stretch, column for column."""
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
    """Ways differ in single digits, so nothing is allowed for rounding."""
    return all(adds_up(one - other, Decimal(0)) for one, other in zip(sums, below, strict=True))


def _numbers(assignment: ColumnAssignment) -> _Numbers:
    return tuple(map(_number, assignment))


def _number(figure: FigureSpan) -> Decimal:
    """What a figure says; nothing is nil."""
    return _value(figure.text)


@lru_cache(maxsize=4_096)
def _value(text: str) -> Decimal:
    digits = _DIGITS.search(text)
    if not digits:
        return Decimal(0)
    return (-1 if "(" in text or text[0] in "-–" else 1) * value_and_step(digits.group())[0]
