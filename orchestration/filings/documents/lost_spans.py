"""Rows between pipes whose cells lost their spans: which lines are one row, and in which column each cell stands.

Belongs here: what converters from HTML (html2text, pandoc) lose: a cell that spans is one cell, so rows have fewer cells the
more of them span; a cell with a line break goes on in the next line. Does not belong here: the cells of a line (`piped.py`),
which lines are a table (`plain.py`), what a column is of (`tables/`).

Full rows of amounts tell where the columns are. Each way to count places is tried, and the one is taken in which these agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Cell, Row
from orchestration.filings.text.calendar import MONTH, YEAR
from orchestration.filings.text.dates import periods_in
from orchestration.filings.text.figures import CLOSER, MAY_BE_AMOUNT, sign_alone

_GOES_ON: Final = re.compile(
    rf"[\s*_(]*(?:(?:as\s+(?:of|at)\s+|at\s+)?{MONTH}\b|(?:19|20)\d\d\b|end(?:ed|ing)\b|(?:months?|weeks?|quarter|year)\b|(?:un)?audited\b"
    r"|\d{1,2},|(?:as\s+)?(?:re(?:stated|vised)|reported|adjusted)\b|%|change\b|\(?(?:in|de)crease\)?)[^|]{0,40}",
    re.IGNORECASE,
)
"""What goes on below a line break in a heading; the first cell of a new row has other words."""
_MINUS: Final = ("-", "–", "—", "−")
_MAX_LINES: Final = 16
"""More lines are no row."""
_ODD_ROW: Final = 3
"""What a header row costs whose cells cannot be shared out among the columns, in rows."""


class PipedRow(NamedTuple):
    """A row, and how many pipes its line has: empty cells count."""

    row: Row
    width: int


def is_amount(cell: Cell) -> bool:
    """Whether a cell looks like an amount and not like the year over a column."""
    return _is_amount(cell.text)


@lru_cache(maxsize=16_384)
def _is_amount(text: str) -> bool:
    body = text.rstrip(" %")
    is_like_one = bool(MAY_BE_AMOUNT.fullmatch(body) or MAY_BE_AMOUNT.fullmatch(body[1:] if body[:1] in _MINUS else ""))
    return is_like_one and not (YEAR.fullmatch(text) or CLOSER.fullmatch(text))


def amounts_of(row: Row) -> tuple[Cell, ...]:
    """The cells behind the label that look like amounts; none where nothing stands in the label's place."""
    is_labelled = bool(row.cells) and row.cells[0].left == 0 and not is_amount(row.cells[0])
    return tuple(cell for cell in row.cells if is_amount(cell)) if is_labelled else ()


def goes_on(before: str, line: str) -> bool:
    """Whether a line may be the rest of the last cell of the line before: two blanks at the end of a line are a line break."""
    first = line.partition("|")[0]
    return before.endswith("  ") and bool(before.rpartition("|")[2].strip()) and bool(_GOES_ON.fullmatch(first.strip()))


def column_count(rows: Sequence[Row]) -> int:
    """How many amounts most rows with amounts have."""
    counts = Counter(found for row in rows if (found := len(amounts_of(row))))
    return max(counts, key=lambda count: (counts[count], count), default=0)


def row_starts(lines: Sequence[str], own: Sequence[Sequence[Row]], rows_of: Callable[[int, int], Sequence[Row]]) -> list[int]:
    """The indexes of lines that begin a row. Of the ways to join lines that may go on, the cheapest.

    `own` are the rows of each line alone, `rows_of` gives those of lines joined, from one index to the next. A row costs 1,
    and more where it has a number of headings that the columns cannot be shared out among.
    """
    starts = [0]
    for at in range(1, len(lines)):
        is_rest = goes_on(lines[at - 1], lines[at]) and not _has_amounts(own[at])
        starts += [] if is_rest and at - starts[-1] < _MAX_LINES else [at]
    if len(starts) == len(lines):
        return starts
    count = column_count([row for rows in own for row in rows])
    return [at for first, stop in pairwise([*starts, len(lines)]) for at in _cheapest(first, stop, count, rows_of)]


def _has_amounts(rows: Sequence[Row]) -> bool:
    return any(is_amount(cell) for row in rows for cell in row.cells)


def _cheapest(first: int, last: int, count: int, rows_of: Callable[[int, int], Sequence[Row]]) -> list[int]:
    """Where rows start among lines of which each may go on from the one before; of equals, with the upper rows longest."""
    best: list[tuple[int, list[int]]] = [(0, [])]
    for stop in range(first + 1, last + 1):
        ways = [
            (best[start - first][0] + _cost(rows_of(start, stop), count), [*best[start - first][1], start])
            for start in reversed(range(first, stop))
        ]
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def _cost(rows: Sequence[Row], count: int) -> int:
    """What rows cost: more where columns cannot be shared out, or where what may go on stands over the labels."""
    cost = 0
    for row in rows:
        headings = _headings(row, count)
        is_over_labels = headings != row.cells and row.cells[0].left == 0 and bool(_named(row.cells[0].text))
        cost += 1 + is_over_labels + (0 if _is_shared_out(headings, count) else _ODD_ROW)
    return cost


def _is_shared_out(headings: Sequence[Cell], count: int) -> bool:
    return not headings or count % len(headings) == 0


def _headings(row: Row, count: int) -> tuple[Cell, ...]:
    """The cells of a row that stand over columns: not what stands over the labels, unless it is a heading like the next."""
    if len(row.cells) > 1 and count % len(row.cells) == 0 and _named(row.cells[0].text) == _named(row.cells[1].text) != ():
        return row.cells
    return tuple(cell for cell in row.cells if cell.left > 0)


def _named(text: str) -> tuple[tuple[bool, ...], ...]:
    """What is named of each period in a heading: months, a day, a year."""
    return tuple((period.months is not None, period.month is not None, period.year is not None) for period in periods_in(text))


def in_columns(rows: Sequence[PipedRow]) -> tuple[list[Row], list[Row]]:
    """The rows with their cells over and in the columns, and those whose figures are in no sure column, as one cell each.

    Of the ways to count places, the one with the most full rows alike, and of equals that in which most others can be placed.
    """
    count = column_count([row.row for row in rows])
    ways = [[*rows], [_without_signs(row) for row in rows]]
    found = [in_way for way in ways if (in_way := _in_way(way, count))] if count > 1 else []
    if not found:
        return [row.row for row in rows], []
    best = max(found, key=lambda one: (one.full, len(one.placed)))
    return best.placed, best.unread


class _InWay(NamedTuple):
    """The rows in the columns by one way to count places, and how many full rows are alike in it."""

    full: int
    placed: list[Row]
    unread: list[Row]


def _in_way(rows: Sequence[PipedRow], count: int) -> _InWay | None:
    """The rows in the columns of the full rows; None where no row is full."""
    full = Counter(places for row in rows if len(places := _places(row.row)) == count).most_common(1)
    if not full:
        return None
    [(places, alike)] = full
    width = Counter(row.width for row in rows if _places(row.row) == places).most_common(1)[0][0]
    found = _InWay(alike, [], [])
    for row in _with_headings(rows, places, width):
        filled = _filled(row, places, width)
        (found.placed if filled else found.unread).append(filled or _as_one(row.row))
    return found


def _places(row: Row) -> tuple[int, ...]:
    return tuple(cell.left for cell in amounts_of(row))


def _without_signs(row: PipedRow) -> PipedRow:
    """A row in which a lone currency sign, or what closes a figure, takes no place: it stands in that of its figure."""
    signs, cells = 0, list[Cell]()
    for cell in row.row.cells:
        signs += bool(cells) and CLOSER.fullmatch(cell.text) is not None and cells[-1].left == cell.left - signs - 1
        cells.append(cell._replace(left=cell.left - signs, right=cell.right - signs))
        signs += sign_alone(cell.text) is not None
    return PipedRow(replace(row.row, cells=tuple(cells)), row.width - signs)


def _with_headings(rows: Sequence[PipedRow], places: Sequence[int], width: int) -> Iterator[PipedRow]:
    """The rows, with headings of rows of other widths over the columns: by place below a full row, else in order."""
    loose = [() if row.width == width or _has_amounts([row.row]) else _headings(row.row, len(places)) for row in rows]
    full = {
        row.width: {cell.left: at for at, cell in enumerate(headings)}
        for row, headings in zip(rows, loose, strict=True)
        if len(headings) == len(places)
    }
    for row, headings in zip(rows, loose, strict=True):
        known = full.get(row.width, {})
        if headings and all(cell.left in known for cell in headings):
            over = [(known[cell.left], known[cell.left]) for cell in headings]
        elif headings and _is_shared_out(headings, len(places)):
            share = len(places) // len(headings)
            over = [(at, at + share - 1) for at in range(0, len(places), share)]
        else:
            yield row
            continue
        stub = row.row.cells[: len(row.row.cells) - len(headings)]
        moved = (
            cell._replace(left=places[first], right=places[last] + 1)
            for cell, (first, last) in zip(headings, over, strict=True)
        )
        yield PipedRow(replace(row.row, cells=(*stub, *moved)), width)


def _filled(row: PipedRow, places: Sequence[int], width: int) -> Row | None:
    """A row with its amounts at the places of full rows; None where it has fewer, and its cells do not tell which.

    An empty cell spans its column, and a filled one has its signs and blanks in cells beside it: each column left out takes
    the same number of cells off the row. A total without a name may lack the cell of its label.
    """
    amounts = amounts_of(row.row)
    lost, lacking = width - row.width, len(places) - len(amounts)
    if lost == 1 and len(row.row.cells) == len(places) and all(map(is_amount, row.row.cells)):
        nameless = zip(row.row.cells, places, strict=True)
        return replace(row.row, cells=tuple(cell._replace(left=at, right=at + 1) for cell, at in nameless))
    if not amounts or not lost or lacking <= 0 or _lacks_its_end(amounts, places, lost):
        return row.row
    if lost % lacking:
        return None
    moved: dict[int, int] = {}
    empty = 0
    for at, cell in enumerate(amounts):
        while empty <= lacking and places[min(at + empty, len(places) - 1)] - empty * (lost // lacking) != cell.left:
            empty += 1
        if empty > lacking:
            return None
        moved[cell.left] = places[at + empty]
    cells = (
        cell._replace(left=moved.get(cell.left, cell.left), right=moved.get(cell.left, cell.left) + 1) for cell in row.row.cells
    )
    return replace(row.row, cells=tuple(cells))


def _lacks_its_end(amounts: Sequence[Cell], places: Sequence[int], lost: int) -> bool:
    """Whether amounts stand in their places, with empty cells between them, and only the cells behind them are lost."""
    own = {cell.left for cell in amounts}
    behind = sum(place > max(own) for place in places)
    return own <= set(places) and behind == lost < len(places) - len(amounts)


def _as_one(row: Row) -> Row:
    """A row as one cell."""
    first, last = row.cells[0], row.cells[-1]
    return replace(row, cells=(Cell(row.text, first.left, last.right, first.start, last.end),))
