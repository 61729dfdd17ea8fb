"""Joins cells of one row, and splits merged rows: their cells hold the figures of several, and their label the labels.

Belongs here: which cells are one, and where to split a label and its cells. Does not belong here: rows end to end on one line
(`side_by_side_rows.py`), cells whose figures cannot be separated (`lines.py` keeps each as a reading).

A row is split only where its label splits in exactly one way into as many names as every cell has figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Final

from orchestration.filings.documents.model import Cell
from orchestration.filings.tables.body_columns import PlacedRow
from orchestration.filings.tables.cells import CellKind, part_of_cell, reads_as_separated
from orchestration.filings.tables.passes import rejoined
from orchestration.filings.tables.rows import FigureCell, LabelledRow, figure_cell
from orchestration.filings.text.figures import CURRENCY, FIRST_GROUPS, NEXT_GROUPS, Number
from orchestration.filings.text.labels import is_known_label

_NEW_LABEL: Final = re.compile(
    r"(?<=[a-z)\].])(?<!\bto)(?<!\bof)(?<!\bin)(?<!\bfor)(?<!\band)(?<!\bfrom)(?<!\bby)(?<!\bwith) (?=[A-Z][a-z])"
)
_TOKEN: Final = re.compile(rf"\([\s{CURRENCY}]*[^\s()]+\s*\)|\S+")
_MOST_FUSED: Final = 4
_MOST_TOKENS: Final = 8


def rejoin_digit_groups(rows: Iterable[LabelledRow], count: int) -> Iterator[LabelledRow]:
    """Rows with more figures than columns, their digit groups joined where a blank stands for a comma."""
    for row in rows:
        cells = rejoined(row.cells, _with_next_group) if len(row.cells) > count else ()
        yield replace(row, cells=tuple(cells)) if len(cells) == count else row


def _with_next_group(before: FigureCell, item: FigureCell) -> FigureCell | None:
    is_group = FIRST_GROUPS.fullmatch(before.cell.text) and NEXT_GROUPS.fullmatch(item.cell.text)
    return _whole((before, item)) if is_group and _are_near(before, item) else None


def rejoin_merged_cells(rows: Iterable[LabelledRow], count: int) -> Iterator[LabelledRow]:
    """Rows with several figures for each column, a blank between those of one: each column's joined in one cell.

    Also where only one name is left of the label: the identities then choose the row's own figure.
    """
    for row in rows:
        joined = _by_column(row.cells, count)
        size = len(row.cells) // max(count, 1)
        yield replace(row, cells=joined) if joined and (_names(row.label, size) or _are_apart(row.cells, size)) else row


def _are_apart(items: Sequence[FigureCell], size: int) -> bool:
    """Whether the cells of `size` figures are further apart than the figures within them."""
    bounds = range(size, len(items), size)
    return len(bounds) > 0 and not any(_are_near(items[at - 1], items[at]) for at in bounds)


def _by_column(items: Sequence[FigureCell], count: int) -> tuple[FigureCell, ...]:
    size, rest = divmod(len(items), max(count, 1))
    if rest or not 1 < size <= _MOST_FUSED:
        return ()
    groups = [items[at : at + size] for at in range(0, len(items), size)]
    if not all(_are_near(one, other) for group in groups for one, other in pairwise(group)):
        return ()
    return tuple(map(_whole, groups))


def _whole(parts: Sequence[FigureCell]) -> FigureCell:
    """The cell that parts one character apart make together."""
    last, text = parts[-1].cell, " ".join(part.cell.text for part in parts)
    return figure_cell(parts[0].cell._replace(text=text, right=last.right, end=last.end))


def _are_near(one: FigureCell, other: FigureCell) -> bool:
    """Whether one character stands between two figures on the page: a tab or a pipe separates cells."""
    return other.cell.start - one.cell.end == other.cell.left - one.cell.right == 1


def split_merged_rows(rows: Iterable[PlacedRow]) -> Iterator[PlacedRow]:
    """The rows, merged ones split: as many rows as the label has names and each cell figures."""
    table = list(rows)
    most = max((abs(number.value) for row in table for number in _sound(row)), default=Decimal(0))
    for row in table:
        yield from _parts(row, most) or (row,)


def _sound(placed: PlacedRow) -> Iterator[Number]:
    return (number for item in placed.cells if item and item.content.kind is CellKind.NUMBER for number in item.content.numbers)


def _parts(placed: PlacedRow, most: Decimal) -> list[PlacedRow]:
    figures = [item for item in placed.cells if item and not item.is_nil]
    if not figures or None in placed.cells or not any(" " in item.cell.text for item in figures):
        return []
    heading, _, rest = placed.row.label.rpartition(":")
    for count in range(2, _MOST_FUSED + 1):
        names = _names(rest.strip(), count)
        cells = [(item,) * count if item is None or item.is_nil else _split_cell(item.cell, count) for item in placed.cells]
        if not names or not all(cells) or (_read_as_one(figures) and not _tells_its_names(rest, names, figures, most)):
            continue
        parts = [_only(placed, name, [cell[at] for cell in cells]) for at, name in enumerate(names)]
        if heading:
            parts.insert(0, PlacedRow(replace(placed.row, label=f"{heading}:", cells=()), (None,) * len(placed.cells), ()))
        return parts
    return []


def _names(label: str, count: int) -> tuple[str, ...]:
    """A label split into `count` names; empty where it splits in no way or in several.

    Each name but the first begins with a capital. Of several ways, only those count whose names are all in the vocabulary.
    """
    cuts = [found.start() for found in _NEW_LABEL.finditer(label)]
    splits = [_split_label(label, chosen) for chosen in combinations(cuts, count - 1)]
    if len(splits) > 1:
        splits = [way for way in splits if all(map(is_known_label, way))]
    return splits[0] if len(splits) == 1 else ()


def _split_label(label: str, places: Sequence[int]) -> tuple[str, ...]:
    bounds = [0, *places, len(label)]
    return tuple(label[start:end].strip() for start, end in pairwise(bounds))


def _read_as_one(figures: Sequence[FigureCell]) -> bool:
    """Whether every cell may as well be one figure that lost its comma."""
    return all(reads_as_separated(item.cell.text) for item in figures)


def _tells_its_names(label: str, names: Sequence[str], figures: Sequence[FigureCell], most: Decimal) -> bool:
    """Whether the names show that each cell holds several figures, rather than one that lost its comma.

    A name is known, or each cell read as one figure exceeds `most`, the greatest of the table. Where the whole label is known
    too, every figure must have a comma, and both must hold or all names be known.
    """
    named = [is_known_label(name) for name in names]
    read = [reads_as_separated(item.cell.text) for item in figures]
    is_too_great = all(number and abs(number.value) > most > 0 for number in read)
    if is_known_label(label):
        return all("," in item.cell.text for item in figures) and (all(named) or (any(named) and is_too_great))
    return any(named) or is_too_great


def _split_cell(cell: Cell, count: int) -> tuple[FigureCell, ...]:
    """A cell split into `count` figures; empty where it splits in no way or in several."""
    tokens = list(_TOKEN.finditer(cell.text))
    if not count <= len(tokens) <= _MOST_TOKENS:
        return ()
    splits = []
    for places in combinations(range(1, len(tokens)), count - 1):
        bounds = [0, *places, len(tokens)]
        spans = [(tokens[start].start(), tokens[end - 1].end()) for start, end in pairwise(bounds)]
        pieces = tuple(figure_cell(part_of_cell(cell, *span)) for span in spans)
        if all(map(_is_figure, pieces)):
            splits.append(pieces)
    return splits[0] if len(splits) == 1 else ()


def _is_figure(piece: FigureCell) -> bool:
    if piece.content.kind is CellKind.DAMAGED:
        return len(piece.content.numbers) < 2 or reads_as_separated(piece.cell.text) is not None
    return piece.content.kind in (CellKind.NUMBER, CellKind.NIL)


def _only(placed: PlacedRow, label: str, items: Sequence[FigureCell | None]) -> PlacedRow:
    kept = tuple(item for item in items if item)
    return PlacedRow(replace(placed.row, label=label, cells=kept), tuple(items), ())
