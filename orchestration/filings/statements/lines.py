"""The lines of a statement: each with a cell a column, and every reading the filing offers for that cell.

Belongs here: what a line and its cells are, and the steps from placed rows to lines: parting fused rows, laying rubbish
aside. Does not belong here: which rows repeat each other (`ghosts.py`), what a line is called (`labels.py`, `structure.py`),
which reading is right (`proof/`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Cell
from orchestration.filings.statements.cells import Kind, Number, reads_as_separated
from orchestration.filings.statements.columns import PlacedRow
from orchestration.filings.statements.labels import is_percentage
from orchestration.filings.statements.rows import Item, LabelledRow

COST_SOUND: Final = 0
COST_SEPARATOR: Final = 2
COST_GHOST: Final = 3
"""What a reading costs: none for the row's own sound figure, more the further it lies from what is printed."""

_NEW_LABEL: Final = re.compile(r"(?<=[a-z)\]]) (?=[A-Z][a-z])")
_LOWER_CASE: Final = re.compile(r"[a-z]")
_LONE_NUMBER_MAX: Final = 999


class CellReading(NamedTuple):
    """One thing a cell may say, unscaled; `kind` is `row` or `ghost_row`, offsets are into the source."""

    value: Decimal
    step: Decimal
    cost: int
    kind: str
    text: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LineCell:
    """A cell of a line: its readings, cheapest first. `is_printed` says that something stands at its place at all."""

    readings: tuple[CellReading, ...] = ()
    is_printed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement. A heading has no cells; a line without a label has an empty one."""

    label: str
    line: int
    cells: tuple[LineCell, ...]
    wear: int = 0

    @property
    def is_heading(self) -> bool:
        """Whether the line heads others and states nothing itself."""
        return not any(cell.is_printed for cell in self.cells)


class Rubbish(NamedTuple):
    """A row that is no line: the word for why, and where it stands."""

    code: str
    row: LabelledRow


def join_wrapped(rows: Iterable[PlacedRow]) -> list[PlacedRow]:
    """Rows with the figures that were wrapped onto the next line: those that stand just where the row above is blank."""
    joined: list[PlacedRow] = []
    for row in rows:
        before = joined[-1] if joined else None
        if before and _goes_on(before, row):
            items = tuple(mine or theirs for mine, theirs in zip(before.items, row.items, strict=True))
            label = f"{before.row.label} {row.row.label}".strip()
            joined[-1] = PlacedRow(replace(before.row, label=label, items=tuple(filter(None, items))), items, before.strays)
        else:
            joined.append(row)
    return joined


def _goes_on(before: PlacedRow, row: PlacedRow) -> bool:
    if not before.row.has_words or not before.row.figures or not row.row.figures or row.strays:
        return False
    if row.row.has_words and not _LOWER_CASE.match(row.row.label):
        return False
    return all(mine is None or theirs is None for mine, theirs in zip(before.items, row.items, strict=True))


def part_fused(rows: Iterable[PlacedRow]) -> Iterator[PlacedRow]:
    """Rows that were run together, taken apart again: as many figures in each cell as labels in the label."""
    for row in rows:
        yield from _parts(row) or (row,)


def _parts(placed: PlacedRow) -> list[PlacedRow]:
    counts = {len(item.content.numbers) for item in placed.items if item and not item.is_nil}
    if len(counts) != 1 or None in placed.items or _reads_as_one(placed):
        return []
    count = counts.pop()
    heading, _, rest = placed.row.label.rpartition(":")
    labels = _NEW_LABEL.split(rest.strip())
    if count < 2 or len(labels) != count:
        return []
    parts = [_only(placed, number, label) for number, label in enumerate(labels)]
    if heading:
        blank = replace(placed.row, label=f"{heading}:", items=())
        parts.insert(0, PlacedRow(blank, (None,) * len(placed.items), ()))
    return parts


def _reads_as_one(placed: PlacedRow) -> bool:
    """Whether every cell is one figure whose comma was lost, as well as two figures run together."""
    return all(reads_as_separated(item.cell.text) for item in placed.row.figures)


def _only(placed: PlacedRow, number: int, label: str) -> PlacedRow:
    items = []
    for item in placed.items:
        if item is None or item.is_nil:
            items.append(item)
            continue
        one = item.content.numbers[number]
        items.append(Item(item.cell, replace(item.content, kind=Kind.NUMBER, numbers=(one,), guesses=())))
    return PlacedRow(replace(placed.row, label=label, items=tuple(item for item in items if item)), tuple(items), ())


def lay_aside(rows: Iterable[PlacedRow], separated: bool) -> tuple[list[PlacedRow], list[Rubbish]]:
    """The rows that may be lines, and those that are none: rules, page numbers, percentages, rubbish."""
    kept: list[PlacedRow] = []
    aside: list[Rubbish] = []
    for placed in rows:
        code = _why_no_line(placed, separated)
        if code is None:
            kept.append(placed)
        elif code != "rule":
            aside.append(Rubbish(code, placed.row))
    return kept, aside


def _why_no_line(placed: PlacedRow, separated: bool) -> str | None:
    row = placed.row
    if row.figures and _states_percentages(row):
        return "percentage_row"
    if row.has_words:
        return None
    if not row.figures:
        return "rule" if not any(char.isalnum() for char in row.label) else "rubbish_row"
    if len(row.figures) == 1 and len(placed.items) > 1 and _is_page_number(row.figures[0]):
        return "page_number"
    if any(wears(item, separated) for item in row.figures) or row.strange_glyphs > 1:
        return None if sum(item is not None for item in placed.items) == len(placed.items) > 1 else "rubbish_row"
    return None


def _states_percentages(row: LabelledRow) -> bool:
    kinds = {item.content.kind for item in row.figures}
    return is_percentage(row.label) or (Kind.PERCENT in kinds and Kind.NUMBER not in kinds)


def _is_page_number(item: Item) -> bool:
    numbers = item.content.numbers
    return len(numbers) == 1 and numbers[0].step == 1 and 0 < numbers[0].value <= _LONE_NUMBER_MAX


def wears(item: Item, separated: bool) -> bool:
    """Whether a figure looks damaged: unsound, or a decimal of three places among figures with thousands commas."""
    if item.content.kind is Kind.DAMAGED:
        return True
    numbers = item.content.numbers
    return (
        separated
        and any(number.step == Decimal("0.001") for number in numbers)
        and reads_as_separated(item.cell.text) is not None
    )


def uses_separators(rows: Iterable[PlacedRow]) -> bool:
    """Whether the figures of a table part their thousands with commas."""
    return any("," in item.cell.text for row in rows for item in row.row.figures if item.content.kind is Kind.NUMBER)


def line_of(placed: PlacedRow, wear: int, separated: bool, ghosts: Sequence[PlacedRow] = ()) -> Line:
    """A line from its row and the worse copies of it."""
    cells = []
    for column, item in enumerate(placed.items):
        readings = list(_readings(item, placed.row, separated, ghost=False)) if item else []
        for ghost in ghosts:
            other = ghost.items[column]
            readings += _readings(other, ghost.row, separated, ghost=True) if other else []
        cells.append(LineCell(_cheapest_once(readings), item is not None))
    return Line(placed.row.label, placed.row.line, tuple(cells), wear)


def _readings(item: Item, row: LabelledRow, separated: bool, ghost: bool) -> Iterator[CellReading]:
    extra, kind = (COST_GHOST, "ghost_row") if ghost else (COST_SOUND, "row")
    content, cell = item.content, item.cell
    if content.kind is Kind.NIL:
        if not ghost:
            yield CellReading(Decimal(0), Decimal(1), COST_SOUND, kind, cell.text, row.line, cell.start, cell.end)
        return
    worn = wears(item, separated)
    found: list[tuple[Number, int]] = []
    if content.kind is Kind.NUMBER and not worn:
        found = [(number, COST_SOUND) for number in content.numbers]
    elif worn:
        separator = reads_as_separated(cell.text)
        found = [(number, COST_SEPARATOR) for number in (content.guesses or ((separator,) if separator else ()))]
    for number, cost in found:
        start, end = _place(cell, number)
        yield CellReading(
            number.value, number.step, cost + extra, kind, cell.text[number.start : number.end], row.line, start, end
        )


def _place(cell: Cell, number: Number) -> tuple[int, int]:
    """Where a figure of a cell stands in the source; where markup parts the cell's characters, the stretch that holds them."""
    if cell.end - cell.start != len(cell.text):
        return cell.start, cell.end
    return cell.start + number.start, cell.start + number.end


def _cheapest_once(readings: Sequence[CellReading]) -> tuple[CellReading, ...]:
    best: dict[Decimal, CellReading] = {}
    for reading in sorted(readings, key=lambda reading: (reading.cost, reading.start)):
        best.setdefault(reading.value, reading)
    return tuple(best.values())
