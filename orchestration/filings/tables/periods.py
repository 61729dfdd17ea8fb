"""Header words -> the period of each column.

Belongs here: how a header of two or three rows is spread over the columns below it, and whether they
call a column restated. Does not belong here: what its words mean
(`text/dates.py`), the fiscal quarter a period is (`orchestration/filings/fiscal.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final, NamedTuple

from orchestration.filings.text.dates import PrintedPeriod

_MAX_SHARED: Final = 16
"""Columns up to which all ways to share them out among heads are weighed."""
_RESTATED: Final = re.compile(r"\b(?:as\s+)?(?:restated|revised)\b", re.IGNORECASE)
_AS_REPORTED: Final = re.compile(r"\bas\s+(?:previously\s+|originally\s+)?reported\b", re.IGNORECASE)


class Spot(NamedTuple):
    """A period found in a header, and where across the page it stands."""

    period: PrintedPeriod
    left: int
    right: int


def is_restated(text: str) -> bool:
    """Whether words over a column call its figures restated: "as restated", but not "as previously reported"."""
    return bool(_RESTATED.search(text)) and not _AS_REPORTED.search(text)


def spread(rows: Sequence[Sequence[Spot]], count: int) -> list[PrintedPeriod] | None:
    """The period of each of `count` columns from header rows, top to bottom; None where the header cannot say.

    A row with one period a column gives it its own. A row with fewer heads the columns below it: those it lies over where
    each column lies under just one, else as many each in even shares, else the nearest. The lower row wins.
    """
    full = [row for row in rows if len(row) == count]
    if not full:
        return None
    below = full[-1]
    columns = [PrintedPeriod()] * count
    for row in reversed(_levels(rows, count, below[0].left)):
        heads = _heads(row, below, columns) if row else None
        if row and heads is None and any(period.is_unsure for period in columns):
            return [PrintedPeriod(is_unsure=True)] * count
        if heads is not None:
            over = [_head_of_quarters(row[at].period, columns, heads, at) for at in range(len(row))]
            columns = [period.filled_from(over[at]) for period, at in zip(columns, heads, strict=True)]
    return columns


def unborne(rows: Sequence[Sequence[Spot]], columns: Sequence[PrintedPeriod], left: int) -> list[PrintedPeriod]:
    """Heads before the first column, at `left`, that name a month or a stretch and no year, and were meant for some column.

    Those that no column bears, and those that make the dates over the columns as many as the columns: nobody knows which is
    whose. A title names the year too.
    """
    months = {period.month for period in columns} | {None}
    stretches = {period.months for period in columns} | {None}
    named = [spot.period for row in rows for spot in row if spot.right <= left and spot.period.year is None]
    days = [period for period in named if period.month]
    if any(len(row) + len(days) == len(columns) > len(row) and _name_months(row) for row in rows if _begins_at(row, left)):
        return days
    return [period for period in named if period.month not in months or period.months not in stretches]


def _begins_at(row: Sequence[Spot], left: int) -> bool:
    return bool(row) and row[0].right > left


def _name_months(row: Sequence[Spot]) -> bool:
    return all(spot.period.month for spot in row)


def _head_of_quarters(head: PrintedPeriod, columns: Sequence[PrintedPeriod], heads: Sequence[int], at: int) -> PrintedPeriod:
    """What a head says of the columns below it; its day is of none of them where they are quarters with different numbers."""
    quarters = {period.quarter for period, own in zip(columns, heads, strict=True) if own == at and period.quarter}
    return replace(head, month=None, day=None) if len(quarters) > 1 else head


def _levels(rows: Sequence[Sequence[Spot]], count: int, left: int) -> list[list[Spot]]:
    """Header rows with those made one that share a level: headings side by side that wrap over a different number of lines.

    What stands left of the first column, at `left`, is beside no head of it.
    """
    levels: list[list[Spot]] = []
    for row in rows:
        before = levels[-1] if levels else []
        is_part = before and len(before) + len(row) <= count and not any(spot.right <= left for spot in (*before, *row))
        if is_part and _name_durations([*before, *row]) and not _any_over(before, row):
            levels[-1] = sorted([*before, *row], key=lambda spot: spot.left)
        else:
            levels.append(list(row))
    return levels


def _name_durations(spots: Sequence[Spot]) -> bool:
    return all(spot.period.months is not None for spot in spots)


def _any_over(before: Sequence[Spot], row: Sequence[Spot]) -> bool:
    return any(one.left < other.right and other.left < one.right for one in before for other in row)


def _heads(row: Sequence[Spot], below: Sequence[Spot], columns: Sequence[PrintedPeriod]) -> list[int] | None:
    """For each column, which spot of a row heads it; None where two ways to share out the columns are as good.

    Where a column cannot be read, what it repeats is not known: only even shares are sure.

    `columns` are the periods as far as lower rows name them.
    """
    if len(row) == len(below):
        return list(range(len(below)))
    over = [[at for at, spot in enumerate(row) if spot.left < column.right and column.left < spot.right] for column in below]
    if all(len(found) == 1 for found in over) and len({found[0] for found in over}) == len(row):
        return [found[0] for found in over]
    if any(period.is_unsure for period in columns):
        return next(_shares(len(row), len(below))) if len(row) < len(below) and len(below) % len(row) == 0 else None
    ways = list(_shares(len(row), len(below))) if len(row) < len(below) <= _MAX_SHARED else []
    if not ways:
        return [min(range(len(row)), key=lambda at: abs(_middle(row[at]) - _middle(column))) for column in below]
    merit = [(_repeats(way, columns), _distance(way, row, below)) for way in ways]
    best = min(merit)
    told = {tuple(way) for way, own in zip(ways, merit, strict=True) if own == best}
    return ways[merit.index(best)] if len(told) == 1 or len(below) % len(row) == 0 else None


def _shares(heads: int, columns: int) -> Iterator[list[int]]:
    """The ways to share out columns among heads: in order, at least one each; even shares first."""
    if columns % heads == 0:
        yield [at * heads // columns for at in range(columns)]
    for cuts in combinations(range(1, columns), heads - 1):
        yield [sum(cut <= at for cut in cuts) for at in range(columns)]


def _repeats(way: Sequence[int], columns: Sequence[PrintedPeriod]) -> int:
    """How many columns say under one head what another says there: no head has the same period twice.

    Two days of one month are one period, and one of them is misprinted.
    """
    said = [(head, replace(period, day=None)) for head, period in zip(way, columns, strict=True) if period != PrintedPeriod()]
    return len(said) - len(set(said))


def _distance(way: Sequence[int], row: Sequence[Spot], below: Sequence[Spot]) -> float:
    """How far heads lie from the middle, or else from the first, of the columns they are given.

    Heads in the first places, one after the other, are a mere list: their places say nothing.
    """
    if all(spot.right - spot.left == 1 and spot.left == below[0].left + at for at, spot in enumerate(row)):
        return 0.0
    total = 0.0
    for head, spot in enumerate(row):
        own = [column for column, given in zip(below, way, strict=True) if given == head]
        middle = (own[0].left + own[-1].right) / 2
        total += min(abs(_middle(spot) - middle), abs(spot.left - own[0].left))
    return total


def _middle(spot: Spot) -> float:
    return (spot.left + spot.right) / 2
