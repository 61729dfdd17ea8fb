"""Header words -> the period of each column.

Belongs here: how header rows are spread over the columns below them, and whether they call a column restated. Does not belong
here: what their words mean (`text/dates.py`), the fiscal quarter a period is (`orchestration/filings/fiscal.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final, NamedTuple

from orchestration.filings.text.dates import PrintedPeriod

_MAX_SHARED: Final = 16
"""Limit on the columns for which all ways to share them among spanners are compared."""
_RESTATED: Final = re.compile(r"\b(?:as\s+)?(?:restated|revised)\b", re.IGNORECASE)
_AS_REPORTED: Final = re.compile(r"\bas\s+(?:previously\s+|originally\s+)?reported\b", re.IGNORECASE)


class HeaderPeriod(NamedTuple):
    """A period in a header, and where across the page it stands."""

    period: PrintedPeriod
    left: int
    right: int


def is_restated(text: str) -> bool:
    """Whether words over a column call its figures restated: "as restated", but not "as previously reported"."""
    return bool(_RESTATED.search(text)) and not _AS_REPORTED.search(text)


def column_periods(rows: Sequence[Sequence[HeaderPeriod]], count: int) -> list[PrintedPeriod] | None:
    """The period of each of `count` columns from header rows, top to bottom; None where no row has one for each.

    A row with one period a column gives it its own. A shorter row has spanners: each is over the columns below it where every
    column lies under just one, else over even shares, else over the nearest. The lower row wins.
    """
    full = [row for row in rows if len(row) == count]
    if not full:
        return None
    below = full[-1]
    columns = [PrintedPeriod()] * count
    for row in reversed(_levels(rows, count, below[0].left)):
        heads = _spanners(row, below, columns) if row else None
        if row and heads is None and any(period.is_unsure for period in columns):
            return [PrintedPeriod(is_unsure=True)] * count
        if heads is not None:
            over = [_spanner_of_quarters(row[at].period, columns, heads, at) for at in range(len(row))]
            columns = [period.filled_from(over[at]) for period, at in zip(columns, heads, strict=True)]
    return columns


def headings_without_year(
    rows: Sequence[Sequence[HeaderPeriod]], columns: Sequence[PrintedPeriod], left: int
) -> list[PrintedPeriod]:
    """Headings left of the first column, at `left`, that name a month or duration and no year, meant for some column.

    They are those that no column has, and those that complete the dates over the columns to one each. A title names the year
    too.
    """
    months = {period.month for period in columns} | {None}
    stretches = {period.months for period in columns} | {None}
    named = [
        header_period.period
        for row in rows
        for header_period in row
        if header_period.right <= left and header_period.period.year is None
    ]
    days = [period for period in named if period.month]
    if any(len(row) + len(days) == len(columns) > len(row) and _name_months(row) for row in rows if _begins_at(row, left)):
        return days
    return [period for period in named if period.month not in months or period.months not in stretches]


def _begins_at(row: Sequence[HeaderPeriod], left: int) -> bool:
    return bool(row) and row[0].right > left


def _name_months(row: Sequence[HeaderPeriod]) -> bool:
    return all(header_period.period.month for header_period in row)


def _spanner_of_quarters(head: PrintedPeriod, columns: Sequence[PrintedPeriod], heads: Sequence[int], at: int) -> PrintedPeriod:
    """A spanner's period; without its day where the columns below it are quarters with different numbers."""
    quarters = {period.quarter for period, own in zip(columns, heads, strict=True) if own == at and period.quarter}
    return replace(head, month=None, day=None) if len(quarters) > 1 else head


def _levels(rows: Sequence[Sequence[HeaderPeriod]], count: int, left: int) -> list[list[HeaderPeriod]]:
    """Header rows, joined where headings side by side wrap over a different number of lines.

    What stands left of the first column, at `left`, is beside no heading of a column.
    """
    levels: list[list[HeaderPeriod]] = []
    for row in rows:
        before = levels[-1] if levels else []
        is_part = (
            before
            and len(before) + len(row) <= count
            and not any(header_period.right <= left for header_period in (*before, *row))
        )
        if is_part and _name_durations([*before, *row]) and not _any_over(before, row):
            levels[-1] = sorted([*before, *row], key=lambda header_period: header_period.left)
        else:
            levels.append(list(row))
    return levels


def _name_durations(header_periods: Sequence[HeaderPeriod]) -> bool:
    return all(header_period.period.months is not None for header_period in header_periods)


def _any_over(before: Sequence[HeaderPeriod], row: Sequence[HeaderPeriod]) -> bool:
    return any(one.left < other.right and other.left < one.right for one in before for other in row)


def _spanners(row: Sequence[HeaderPeriod], below: Sequence[HeaderPeriod], columns: Sequence[PrintedPeriod]) -> list[int] | None:
    """For each column, the index of its spanner in `row`; None where two ways to share the columns are as good.

    `columns` are the periods as far as lower rows name them. Where one is unreadable, only even shares are sure.
    """
    if len(row) == len(below):
        return list(range(len(below)))
    over = [
        [at for at, header_period in enumerate(row) if header_period.left < column.right and column.left < header_period.right]
        for column in below
    ]
    if all(len(found) == 1 for found in over) and len({found[0] for found in over}) == len(row):
        return [found[0] for found in over]
    if any(period.is_unsure for period in columns):
        return next(_spanner_widths(len(row), len(below))) if len(row) < len(below) and len(below) % len(row) == 0 else None
    ways = list(_spanner_widths(len(row), len(below))) if len(row) < len(below) <= _MAX_SHARED else []
    if not ways:
        return [min(range(len(row)), key=lambda at: abs(_middle(row[at]) - _middle(column))) for column in below]
    merit = [(_repeats(way, columns), _distance(way, row, below)) for way in ways]
    best = min(merit)
    told = {tuple(way) for way, own in zip(ways, merit, strict=True) if own == best}
    return ways[merit.index(best)] if len(told) == 1 or len(below) % len(row) == 0 else None


def _spanner_widths(heads: int, columns: int) -> Iterator[list[int]]:
    """The ways to share columns among spanners: in order, at least one each; even shares first."""
    if columns % heads == 0:
        yield [at * heads // columns for at in range(columns)]
    for cuts in combinations(range(1, columns), heads - 1):
        yield [sum(cut <= at for cut in cuts) for at in range(columns)]


def _repeats(way: Sequence[int], columns: Sequence[PrintedPeriod]) -> int:
    """How many columns repeat another under the same spanner; two days of one month count as one period."""
    said = [(head, replace(period, day=None)) for head, period in zip(way, columns, strict=True) if period != PrintedPeriod()]
    return len(said) - len(set(said))


def _distance(way: Sequence[int], row: Sequence[HeaderPeriod], below: Sequence[HeaderPeriod]) -> float:
    """How far spanners lie from the middle, or else from the first, of their columns; 0 where they are a mere list."""
    if all(
        header_period.right - header_period.left == 1 and header_period.left == below[0].left + at
        for at, header_period in enumerate(row)
    ):
        return 0.0
    total = 0.0
    for head, header_period in enumerate(row):
        own = [column for column, given in zip(below, way, strict=True) if given == head]
        middle = (own[0].left + own[-1].right) / 2
        total += min(abs(_middle(header_period) - middle), abs(header_period.left - own[0].left))
    return total


def _middle(header_period: HeaderPeriod) -> float:
    return (header_period.left + header_period.right) / 2
