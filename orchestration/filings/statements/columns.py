"""Which column of a statement each figure stands in, and which period that is.

Belongs here: how many columns a table has, their periods from its header, and the place of each figure across the page.
Does not belong here: what header words mean (`periods.py`), which of two rows is the true one (`ghosts.py`).

A row with a figure for every column gives them in order, and so teaches where the columns of its segment lie; a row with
fewer is read by place. After a break the columns may lie elsewhere, so each segment teaches itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.filings.documents.model import Cell, Row, Table
from orchestration.filings.statements.cells import Kind
from orchestration.filings.statements.periods import Period, Spot, is_restated, periods_in, spread
from orchestration.filings.statements.rows import Item, LabelledRow
from orchestration.filings.statements.scale import currency_in

_MAX_COLUMNS: Final = 24
_LEAST_GAP: Final = 6
"""Characters within which a lone column holds its figures."""


_ASIDE: Final = re.compile(
    r"\W*(?:as\s+a\s+)?(?:%|\$|percent(?:age)?|amount)?\W*(?:of\s+)?(?:(?:total\s+|net\s+)?(?:revenues?|sales)|change|chg|var(?:iance)?"
    r"|(?:inc(?:rease)?|dec(?:rease)?|fav(?:orable)?|better|growth|yoy|y/y|qoq|q/q)\b[\w\s/().]*)\.?\W*%?\W*"
    r"|\W*(?:%|percent(?:age)?s?|points|margin)\W*|(?:non[\s-]?gaap|pro\s?forma|adjust(?:ed|ments?)|special\s+items|reconcil\w+)\b.*",
    re.IGNORECASE,
)
_NO_PERIOD: Final = re.compile(
    r"%|percent|change|chg|var|inc|dec|fav|better|growth|yoy|y/y|qoq|q/q|margin|points|non[\s-]?gaap|pro\s?forma|adjust|special|reconcil",
    re.IGNORECASE,
)
_RESPECTIVELY: Final = re.compile(r"\b(?:at|as of)\s+(?P<dates>[A-Z][^;()]{6,80}?),?\s+respectively", re.DOTALL)
_INCEPTION: Final = re.compile(r"\binception\b|\bcumulative\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: the period of each column, and the index of the first row below it.

    `width` counts all columns, also those of percentages and changes; `live` are the places of those with a period. `currency`
    is that of the first column where the header names one for some columns and another for others.
    """

    periods: tuple[Period, ...]
    first_row: int
    width: int
    live: tuple[int, ...]
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A labelled row with the item of each column (None where the place is blank), and what has no column."""

    row: LabelledRow
    items: tuple[Item | None, ...]
    strays: tuple[Item, ...]


def read_header(table: Table, rows: Sequence[LabelledRow], context: str = "") -> Header | None:
    """The header of a table; None where no row above the figures names a period.

    `context` is the text just above the table: it fills in what the header leaves open ("for the three months ended").
    """
    first = next((row.index for row in rows if row.has_words and _has_value(row)), None)
    if first is None:
        return None
    spots = [_spots(row.cells) for row in table.rows[:first]]
    last = max((index for index, row in enumerate(spots) if row), default=-1)
    count = max((len(row) for row in spots), default=0)
    if not 0 < count <= _MAX_COLUMNS:
        return None
    periods = spread(spots, count)
    if periods is None:
        return None
    columns = next(row for row in reversed(spots) if len(row) == count)
    said = _said_over(table.rows[:first], columns)
    restated = [is_restated(words) for words in said]
    currencies = [currency_in(words) for words in said]
    currency = currencies[0] if len(set(filter(None, currencies))) > 1 else None
    periods = [replace(period, is_restated=flag) for period, flag in zip(periods, restated, strict=True)]
    if currency:
        periods = [period if own == currency else Period() for period, own in zip(periods, currencies, strict=True)]
    periods, columns = _without_cumulative(_fill_from_context(periods, context), table.rows[:first], columns)
    asides = _asides(table.rows[:first], columns, rows, first)
    places = sorted([*((spot.left, 0) for spot in columns), *((left, 1) for left in asides)])
    live = tuple(at for at, (_, is_aside) in enumerate(places) if not is_aside)
    return Header(tuple(periods), last + 1, len(places), live, currency)


def told_apart(periods: Sequence[Period], words: str) -> tuple[Period, ...]:
    """The periods of columns, none said twice: of two columns with one head, one is misprinted, and who knows which.

    Unless a line tells: "shares issued at July 31 and January 31, 2000, respectively" names the dates of the columns in order.
    """
    ends = [(period.months, period.end, period.is_restated) for period in periods if period.end]
    twice = {end for end in ends if ends.count(end) > 1}
    if not twice:
        return tuple(periods)
    for found in _RESPECTIVELY.finditer(words):
        dates = [period for period in periods_in(found["dates"]) if period.end]
        if len(dates) == len(periods) and len({date.end for date in dates}) == len(dates) and dates[0].end == periods[0].end:
            return tuple(replace(date, months=period.months) for date, period in zip(dates, periods, strict=True))
    return tuple(Period() if (period.months, period.end, period.is_restated) in twice else period for period in periods)


def _asides(header: Sequence[Row], columns: Sequence[Spot], rows: Sequence[LabelledRow], first: int) -> list[int]:
    """Where columns of percentages and changes stand among those with a period; none where the rows have no figures there."""
    for row in reversed(header):
        found = [
            cell.left for cell in row.cells if cell.left > 0 and _ASIDE.fullmatch(cell.text) and _NO_PERIOD.search(cell.text)
        ]
        if not found:
            continue
        lengths = Counter(len(row.items) for row in rows if row.index >= first)
        if lengths[len(columns) + len(found)] > lengths[len(columns)]:
            return found
    return []


def _without_cumulative(
    periods: Sequence[Period], header: Sequence[Row], columns: Sequence[Spot]
) -> tuple[list[Period], list[Spot]]:
    """A column since inception is of no fiscal period: development stage companies printed one until 2014 (ASC 915)."""
    found, places = list(periods), list(columns)
    for cell in (cell for row in header for cell in row.cells if cell.left > 0 and _INCEPTION.search(cell.text)):
        over = [at for at, spot in enumerate(places) if cell.left < spot.right and spot.left < cell.right]
        if len(over) == 1:
            found[over[0]] = Period()
        elif not over:
            at = sum(spot.left < cell.left for spot in places)
            found.insert(at, Period())
            places.insert(at, Spot(Period(), cell.left, cell.right))
    return found, places


def _said_over(rows: Sequence[Row], columns: Sequence[Spot]) -> list[str]:
    """The words over each column, of cells that do not stand over all of them."""
    words: list[list[str]] = [[] for _ in columns]
    for row in rows:
        for cell in row.cells:
            over = [at for at, spot in enumerate(columns) if cell.left < spot.right and spot.left < cell.right]
            for at in over if len(over) < len(columns) or len(columns) == 1 else ():
                words[at].append(cell.text)
    return [" ".join(said) for said in words]


def _has_value(row: LabelledRow) -> bool:
    """A figure that is no year, or a nil, beside a label that names no period."""
    if periods_in(row.label):
        return False
    return any(item.is_nil or not is_year(item) for item in row.items)


def is_year(item: Item) -> bool:
    """Whether a figure is a year: a whole number of four digits in this century or the last."""
    found = item.content.numbers
    return (
        len(found) >= 1
        and all(1950 <= number.value <= 2100 and number.step == 1 for number in found)
        and "," not in item.cell.text
    )


def _spots(cells: Sequence[Cell]) -> list[Spot]:
    return [
        Spot(period, *_share_of(cell, at, len(found)))
        for cell in cells
        for found in [[] if _INCEPTION.search(cell.text) else periods_in(cell.text)]
        for at, period in enumerate(found)
    ]


def _share_of(cell: Cell, at: int, count: int) -> tuple[int, int]:
    """Several periods in one cell share its width."""
    wide = cell.right - cell.left
    return cell.left + wide * at // count, cell.left + max(wide * (at + 1) // count, 1)


def _fill_from_context(periods: Sequence[Period], context: str) -> list[Period]:
    """What no header row says, the title may: but only where the title names one period and no more."""
    named = periods_in(context)
    if not named:
        return list(periods)
    durations = {period.months for period in named if period.months is not None}
    title = Period(months=durations.pop()) if len(durations) == 1 else Period()
    dates = {(period.month, period.day) for period in named if period.month is not None}
    if len(dates) == 1:
        month, day = dates.pop()
        title = Period(title.months, month, day)
    return [period.filled_from(title) for period in periods]


def on_periods(rows: Sequence[PlacedRow], header: Header) -> list[PlacedRow]:
    """Rows placed on all columns, with those alone that have a period."""
    if header.width == len(header.live):
        return list(rows)
    return [replace(row, items=tuple(row.items[at] for at in header.live)) for row in rows]


def place_rows(rows: Sequence[LabelledRow], count: int, is_spaced: bool = False) -> list[PlacedRow]:
    """Each row with its figures in their columns.

    Where columns are set out by spaces, figures are aligned at the right, give or take a parenthesis; else a column is one
    place of the grid.
    """
    lessons = _learn(rows, count, is_spaced)
    return [_place(row, count, lessons, is_spaced) for row in rows]


_Lessons = dict[int, dict[int, int]]


def _spot_of(item: Item, is_spaced: bool) -> int:
    return item.cell.right if is_spaced else item.cell.left


def _learn(rows: Sequence[LabelledRow], count: int, is_spaced: bool) -> _Lessons:
    """For each segment, which column lies at which place, as full rows of sound figures teach it."""
    votes: dict[int, dict[int, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows:
        for items, weight in ((row.figures, 2), (row.items, 1), (row.amounts, 1)):
            if len(items) == count and row.has_words:
                sound = sum(item.content.kind is Kind.NUMBER or item.is_nil for item in items)
                for column, item in enumerate(items):
                    votes[row.segment][_spot_of(item, is_spaced)][column] += weight * (1 + 4 * (sound == count))
                break
    return {
        segment: {place: seen.most_common(1)[0][0] for place, seen in sorted(places.items())}
        for segment, places in votes.items()
    }


def _place(row: LabelledRow, count: int, lessons: _Lessons, is_spaced: bool) -> PlacedRow:
    figures = row.figures
    for full in (figures, row.items if figures else (), row.amounts):
        if len(full) == count:
            return PlacedRow(row, full, ())
    known = _lesson_for(row.segment, lessons)
    placed: list[Item | None] = [None] * count
    strays = []
    for item in row.items:
        column = _column_at(_spot_of(item, is_spaced), known)
        if column is not None and placed[column] is None:
            placed[column] = item
        elif not item.is_nil and item.content.kind is not Kind.PERCENT:
            strays.append(item)
    return PlacedRow(row, tuple(placed), tuple(strays))


def _column_at(place: int, known: Mapping[int, int]) -> int | None:
    """The column at a place, else the nearest one, if nearer than half its distance from the next."""
    if place in known or not known:
        return known.get(place)
    nearest = min(known, key=lambda other: (abs(other - place), other))
    apart = [abs(other - nearest) for other in known if known[other] != known[nearest]]
    return known[nearest] if abs(nearest - place) * 2 < min(apart, default=2 * _LEAST_GAP) else None


def _lesson_for(segment: int, lessons: _Lessons) -> dict[int, int]:
    """A segment without a full row of its own is read by the nearest one before it, else after it."""
    if segment in lessons:
        return lessons[segment]
    before = [other for other in lessons if other < segment]
    after = [other for other in lessons if other > segment]
    nearest = max(before, default=min(after, default=None))
    return lessons[nearest] if nearest is not None else {}
