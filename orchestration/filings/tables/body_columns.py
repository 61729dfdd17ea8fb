"""How many columns of figures a table has and where they lie, as its figures themselves tell, and the place of each figure.

Belongs here: columns from the rows of figures, and rows placed on them. Does not belong here: which period a column is of
(`heads.py`, `columns.py`), which of two rows is the true one (`duplicate_rows.py`).

A row with a figure for every column gives them in order, and so teaches where the columns of its segment lie; a row with
fewer is read by place. After a break the columns may lie elsewhere, so each segment teaches itself. Text that was packed to
the left has order alone: there full rows are read, and no others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from orchestration.filings.tables.cells import CellKind
from orchestration.filings.tables.rows import FigureCell, LabelledRow, rejoin_wrapped_rows, wrapped_figures
from orchestration.filings.text.labels import SIDE_ALONE, is_per_share, is_share_count, normalised_label

MAX_COLUMNS: Final = 24
_LEAST_GAP: Final = 6
"""Characters within which a lone column holds its figures."""
_RARE: Final = 10
"""One row in so many may stick out of its column."""
_LEAST_SHARE: Final = 4
"""Rows of a length that are fewer than one for so many of the most common length are no layout, but damage or long labels."""
_NOTE_CHARS: Final = 3


class ColumnSpan(NamedTuple):
    """Where a column lies across the page, `right` exclusive."""

    left: int
    right: int

    def overlaps(self, left: int, right: int) -> bool:
        """Whether something from `left` to `right` stands over or under it."""
        return self.left < right and left < self.right


@dataclass(frozen=True, slots=True)
class BodyColumns:
    """The columns of figures of a table.

    `spans` is empty where only the order of figures is known. `percentages` are the columns whose figures are per cents, and
    `notes` those that may hold numbers of notes. `margin` is where labels begin in text, None in a grid.
    """

    count: int
    spans: tuple[ColumnSpan, ...]
    percentages: frozenset[int] = frozenset()
    notes: frozenset[int] = frozenset()
    margin: int | None = None


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A labelled row with the item of each column (None where the place is blank), and what has no column."""

    row: LabelledRow
    cells: tuple[FigureCell | None, ...]
    unplaced: tuple[FigureCell, ...]


def body_columns(rows: Sequence[LabelledRow], is_spaced: bool) -> BodyColumns | None:
    """The columns that the most figures of a table fit into; None where it has no row of figures.

    `rows` are those below the header.
    """
    lengths = Counter(len(row.cells) for row in rows if row.has_words and row.cells)
    pairs = (before_and_rest for before_and_rest in pairwise(rows) if is_spaced and _may_wrap(*before_and_rest))
    lengths.update(len(before.cells) + len(row.leading) + len(row.cells) for before, row in pairs)
    most = max(lengths.values(), default=0)
    common = [n for n, count in lengths.items() if n <= MAX_COLUMNS and count * _LEAST_SHARE >= most]
    if not common:
        return None
    bodies = {n: [row for row in rejoin_wrapped_rows(rows, n) if row.has_words and row.cells] for n in common}
    count = max(common, key=lambda n: (_figures_placed(bodies[n], n, is_spaced), -n)) if len(common) > 1 else common[0]
    body = bodies[count]
    full = [row.cells for row in body if len(row.cells) == count]
    kinds = [Counter(row[at].content.kind for row in full) for at in range(count)]
    percentages = frozenset(at for at, kind in enumerate(kinds) if kind[CellKind.PERCENT] * 2 > kind.total())
    spans = _spans(full, count)
    margin = min((row.leading[0].left for row in body if row.leading), default=0) if is_spaced else None
    spans = spans if is_spaced else _with_signs(body, spans)
    return BodyColumns(count, spans, percentages, _notes(body, full, count), margin)


def _may_wrap(before: LabelledRow, row: LabelledRow) -> bool:
    """Whether the figures of a line may be the rest of the row on the line before."""
    count = len(before.cells) + len(row.leading) + len(row.cells)
    return len(before.cells) > 0 and bool(wrapped_figures(before, row, count))


def _figures_placed(body: Sequence[LabelledRow], count: int, is_spaced: bool) -> int:
    """How many figures rows would have in their place, were there `count` columns."""
    known = _columns_from_full_rows(body, count, is_spaced)
    return sum(sum(item is not None for item in _place(row, count, known, is_spaced).cells) for row in body)


def _spans(full: Sequence[Sequence[FigureCell]], count: int) -> tuple[ColumnSpan, ...]:
    """Where the columns lie by their full rows, but for a tenth that stick out; empty where they overlap."""
    if not full:
        return ()
    out = len(full) // _RARE
    spans = [
        ColumnSpan(sorted(row[at].cell.left for row in full)[out], sorted(row[at].cell.right for row in full)[-1 - out])
        for at in range(count)
    ]
    return () if any(one.right > other.left for one, other in pairwise(spans)) else tuple(spans)


def _with_signs(body: Sequence[LabelledRow], spans: Sequence[ColumnSpan]) -> tuple[ColumnSpan, ...]:
    """The columns of a grid with the cells between them, where currency signs stand; the first begins at the labels."""
    labels = Counter(max(cell.right for cell in row.leading) for row in body if row.leading)
    before = [labels.most_common(1)[0][0] if labels else 1, *(span.right for span in spans)]
    return tuple(ColumnSpan(min(left, span.left), span.right) for left, span in zip(before, spans, strict=False))


def _notes(body: Sequence[LabelledRow], full: Sequence[Sequence[FigureCell]], count: int) -> frozenset[int]:
    """The first column, where it holds but short whole numbers and fewer of them than there are rows."""
    is_note = len(full) < len(body) and count > 1 and full
    texts = [row[0].cell.text for row in full]
    return frozenset({0}) if is_note and all(text.isdigit() and len(text) < _NOTE_CHARS for text in texts) else frozenset()


def place_rows(
    rows: Sequence[LabelledRow], count: int, is_spaced: bool = False, period_columns: Sequence[int] = ()
) -> list[PlacedRow]:
    """Each row with its figures in their columns.

    Where columns are set out by spaces, figures are aligned at the right, give or take a parenthesis; else a column is one
    place of the grid. Shares and amounts per share, of which no table gives a share or a change, are in `period_columns`.
    """
    columns_by_segment = _columns_from_full_rows(rows, count, is_spaced)
    placed = [_place(row, count, columns_by_segment, is_spaced) for row in rows]
    heading, found = "", list[PlacedRow]()
    for one in placed:
        heading = heading if one.row.cells else one.row.label
        label = f"{heading} {one.row.label}" if SIDE_ALONE.fullmatch(normalised_label(one.row.label)) else one.row.label
        is_of_shares = bool(one.unplaced) and (is_per_share(label) or is_share_count(label))
        found.append(_in_order(one, period_columns) if is_of_shares else one)
    return found


def _in_order(placed: PlacedRow, columns: Sequence[int]) -> PlacedRow:
    """A row with a figure for each of these columns in them; any other as it is placed."""
    row = placed.row
    if len(row.figures) != len(columns):
        return placed
    figures = dict(zip(columns, row.figures, strict=True))
    return PlacedRow(row, tuple(figures.get(at) for at in range(len(placed.cells))), ())


_ColumnsBySegment = dict[int, dict[int, int]]


def _position_of(item: FigureCell, is_spaced: bool) -> int:
    return item.cell.right if is_spaced else item.cell.left


def _columns_from_full_rows(rows: Sequence[LabelledRow], count: int, is_spaced: bool) -> _ColumnsBySegment:
    """For each segment, which column lies at which place, as full rows of sound figures teach it; none where they overlap."""
    votes: dict[int, dict[int, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows:
        for items, weight in ((row.figures, 2), (row.cells, 1), (row.amounts, 1)):
            if len(items) == count and row.has_words:
                sound = sum(item.content.kind is CellKind.NUMBER or item.is_nil for item in items)
                for column, item in enumerate(items):
                    votes[row.segment][_position_of(item, is_spaced)][column] += weight * (1 + 4 * (sound == count))
                break
    return {
        segment: {place: seen.most_common(1)[0][0] for place, seen in sorted(places.items())}
        if _are_apart(places, count)
        else {}
        for segment, places in votes.items()
    }


def _are_apart(votes: Mapping[int, Counter[int]], count: int) -> bool:
    """Whether each column lies left of the next, but for a tenth of its votes that stick out."""
    bounds = []
    for column in range(count):
        places = sorted((place, seen[column]) for place, seen in votes.items() if seen[column])
        out = sum(votes_there for _, votes_there in places) / _RARE
        bounds.append((_beyond(places, out), _beyond(places[::-1], out)))
    return all(one[1] < other[0] for one, other in pairwise(bounds))


def _beyond(places: Sequence[tuple[int, int]], out: float) -> int:
    """The first place by which more than `out` votes are counted."""
    counted = accumulate(votes for _, votes in places)
    return next((place for (place, _), votes in zip(places, counted, strict=True) if votes > out), places[-1][0])


def _place(row: LabelledRow, count: int, columns_by_segment: _ColumnsBySegment, is_spaced: bool) -> PlacedRow:
    figures = row.figures
    for full in (figures, row.cells if figures else (), row.amounts):
        if len(full) == count:
            return PlacedRow(row, full, ())
    known = _columns_of_segment(row.segment, columns_by_segment)
    placed: list[FigureCell | None] = [None] * count
    strays = []
    for item in row.cells:
        column = _column_at(_position_of(item, is_spaced), known)
        if column is not None and placed[column] is None:
            placed[column] = item
        elif not item.is_nil and item.content.kind is not CellKind.PERCENT:
            strays.append(item)
    return PlacedRow(row, tuple(placed), tuple(strays))


def _column_at(place: int, known: Mapping[int, int]) -> int | None:
    """The column at a place, else the nearest one, if nearer than half its distance from the next."""
    if place in known or not known:
        return known.get(place)
    nearest = min(known, key=lambda other: (abs(other - place), other))
    apart = [abs(other - nearest) for other in known if known[other] != known[nearest]]
    return known[nearest] if abs(nearest - place) * 2 < min(apart, default=2 * _LEAST_GAP) else None


def _columns_of_segment(segment: int, columns_by_segment: _ColumnsBySegment) -> dict[int, int]:
    """A segment without a full row of its own is read by the nearest one before it, else after it."""
    if segment in columns_by_segment:
        return columns_by_segment[segment]
    before = [other for other in columns_by_segment if other < segment]
    after = [other for other in columns_by_segment if other > segment]
    nearest = max(before, default=min(after, default=None))
    return columns_by_segment[nearest] if nearest is not None else {}


def with_columns_only(rows: Sequence[PlacedRow], columns: Sequence[int]) -> list[PlacedRow]:
    """Rows placed on all columns, with some of these alone."""
    return [replace(row, cells=tuple(row.cells[at] for at in columns)) for row in rows]
