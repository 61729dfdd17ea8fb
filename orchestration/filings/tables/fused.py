"""Rows that were run together, taken apart again: each figure beside the one of the row below it, under both their labels.

Belongs here: where to cut a label, and the cells beside it. Does not belong here: rows that stand end to end on one line
(`rows.py`), cells whose figures cannot be told apart (`lines.py` keeps each as a reading).

A row is cut only where its label can be cut in one way into as many names as every cell has figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Final

from orchestration.filings.documents.model import Cell
from orchestration.filings.tables.cells import Kind, content, reads_as_separated
from orchestration.filings.tables.columns import PlacedRow
from orchestration.filings.tables.rows import Item, LabelledRow
from orchestration.filings.text.figures import CURRENCY, Number
from orchestration.filings.text.labels import is_known

_NEW_LABEL: Final = re.compile(
    r"(?<=[a-z)\].])(?<!\bto)(?<!\bof)(?<!\bin)(?<!\bfor)(?<!\band)(?<!\bfrom)(?<!\bby)(?<!\bwith) (?=[A-Z][a-z])"
)
_TOKEN: Final = re.compile(rf"\([\s{CURRENCY}]*[^\s()]+\s*\)|\S+")
_MOST_FUSED: Final = 4
_MOST_TOKENS: Final = 8


def rejoin_fused(rows: Iterable[LabelledRow], count: int) -> Iterator[LabelledRow]:
    """Rows with two figures or more for each column, a blank between those of one: each column's put into one cell.

    Also where the label has one name left: which figure of a cell is the row's own is then for the identities to say.
    """
    for row in rows:
        joined = _by_column(row.items, count)
        size = len(row.items) // max(count, 1)
        yield replace(row, items=joined) if joined and (_names(row.label, size) or _are_apart(row.items, size)) else row


def _are_apart(items: Sequence[Item], size: int) -> bool:
    """Whether the cells of so many figures each stand further from one another than their figures do."""
    bounds = range(size, len(items), size)
    return len(bounds) > 0 and not any(_are_near(items[at - 1], items[at]) for at in bounds)


def _by_column(items: Sequence[Item], count: int) -> tuple[Item, ...]:
    size, rest = divmod(len(items), max(count, 1))
    if rest or not 1 < size <= _MOST_FUSED:
        return ()
    groups = [items[at : at + size] for at in range(0, len(items), size)]
    if not all(_are_near(one, other) for group in groups for one, other in pairwise(group)):
        return ()
    whole = [
        group[0].cell._replace(
            text=" ".join(one.cell.text for one in group), right=group[-1].cell.right, end=group[-1].cell.end
        )
        for group in groups
    ]
    return tuple(Item(cell, content(cell.text)) for cell in whole)


def _are_near(one: Item, other: Item) -> bool:
    return other.cell.start - one.cell.end == other.cell.left - one.cell.right == 1


def part_fused(rows: Iterable[PlacedRow]) -> Iterator[PlacedRow]:
    """Rows that were run together, taken apart again: as many figures in each cell as names in the label."""
    table = list(rows)
    most = max((abs(number.value) for row in table for number in _sound(row)), default=Decimal(0))
    for row in table:
        yield from _parts(row, most) or (row,)


def _sound(placed: PlacedRow) -> Iterator[Number]:
    return (number for item in placed.items if item and item.content.kind is Kind.NUMBER for number in item.content.numbers)


def _parts(placed: PlacedRow, most: Decimal) -> list[PlacedRow]:
    figures = [item for item in placed.items if item and not item.is_nil]
    if not figures or None in placed.items or not any(" " in item.cell.text for item in figures):
        return []
    heading, _, rest = placed.row.label.rpartition(":")
    for count in range(2, _MOST_FUSED + 1):
        names = _names(rest.strip(), count)
        cells = [(item,) * count if item is None or item.is_nil else _cut(item.cell, count) for item in placed.items]
        if not names or not all(cells) or (_read_as_one(figures) and not _tells_its_names(rest, names, figures, most)):
            continue
        parts = [_only(placed, name, [cell[at] for cell in cells]) for at, name in enumerate(names)]
        if heading:
            parts.insert(0, PlacedRow(replace(placed.row, label=f"{heading}:", items=()), (None,) * len(placed.items), ()))
        return parts
    return []


def _names(label: str, count: int) -> tuple[str, ...]:
    """A label as so many names; none where it can be cut in no way or in several.

    Each name but the first begins with a capital. Where that leaves a choice, the names are those the vocabulary knows.
    """
    cuts = [found.start() for found in _NEW_LABEL.finditer(label)]
    ways = [_cut_at(label, chosen) for chosen in combinations(cuts, count - 1)]
    if len(ways) > 1:
        ways = [way for way in ways if all(map(is_known, way))]
    return ways[0] if len(ways) == 1 else ()


def _cut_at(label: str, places: Sequence[int]) -> tuple[str, ...]:
    bounds = [0, *places, len(label)]
    return tuple(label[start:end].strip() for start, end in pairwise(bounds))


def _read_as_one(figures: Sequence[Item]) -> bool:
    """Whether every cell is one figure whose comma was lost, as well as two figures run together."""
    return all(reads_as_separated(item.cell.text) for item in figures)


def _tells_its_names(label: str, names: Sequence[str], figures: Sequence[Item], most: Decimal) -> bool:
    """Whether the names tell that each cell holds several figures, and none whose comma was lost.

    One of them at least is a name, or each figure would as one be greater than `most`, the greatest of the table: what a line
    states is a part of that. Where the label as a whole is a name too, every figure has a comma, so that none of them would
    have lost all; and both tell, or all of the names are such.
    """
    named = [is_known(name) for name in names]
    read = [reads_as_separated(item.cell.text) for item in figures]
    is_too_great = all(number and abs(number.value) > most > 0 for number in read)
    if is_known(label):
        return all("," in item.cell.text for item in figures) and (all(named) or (any(named) and is_too_great))
    return any(named) or is_too_great


def _cut(cell: Cell, count: int) -> tuple[Item, ...]:
    """A cell as so many figures; none where its characters can be cut in no way or in several."""
    tokens = list(_TOKEN.finditer(cell.text))
    if not count <= len(tokens) <= _MOST_TOKENS:
        return ()
    ways = []
    for places in combinations(range(1, len(tokens)), count - 1):
        bounds = [0, *places, len(tokens)]
        spans = [(tokens[start].start(), tokens[end - 1].end()) for start, end in pairwise(bounds)]
        pieces = tuple(_piece(cell, *span) for span in spans)
        if all(map(_is_figure, pieces)):
            ways.append(pieces)
    return ways[0] if len(ways) == 1 else ()


def _piece(cell: Cell, start: int, end: int) -> Item:
    """A stretch of a cell as a cell of its own; where markup parts the characters, its place is that of the whole."""
    text = cell.text[start:end]
    if cell.end - cell.start == len(cell.text):
        cell = cell._replace(start=cell.start + start, end=cell.start + end)
    return Item(cell._replace(text=text), content(text))


def _is_figure(piece: Item) -> bool:
    if piece.content.kind is Kind.DAMAGED:
        return len(piece.content.numbers) < 2 or reads_as_separated(piece.cell.text) is not None
    return piece.content.kind in (Kind.NUMBER, Kind.NIL)


def _only(placed: PlacedRow, label: str, items: Sequence[Item | None]) -> PlacedRow:
    kept = tuple(item for item in items if item)
    return PlacedRow(replace(placed.row, label=label, items=kept), tuple(items), ())
