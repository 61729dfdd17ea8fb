"""The lines of a statement: each with a cell a column, and every reading of that cell.

Belongs here: what a line and its cells are, and the steps from placed rows to lines: what is no line, and the readings
of each cell. Does not belong here: merged rows (`merged_rows.py`), duplicate rows (`duplicate_rows.py`), what a line
is called (`text/labels.py`, `statements/line_items.py`), which reading is right (`proof/`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

from expectations.identities import Amount
from orchestration.filings.documents.model import Cell, Row
from orchestration.filings.ocr.character_candidates import CharacterCandidate, character_candidates, repair_costs
from orchestration.filings.records import CandidateKind
from orchestration.filings.tables.body_columns import PlacedRow
from orchestration.filings.tables.cells import CellKind, part_of_cell, reads_as_separated
from orchestration.filings.tables.passes import rejoined
from orchestration.filings.tables.rows import FigureCell, LabelledRow
from orchestration.filings.text.figures import CURRENCY, without_notes
from orchestration.filings.text.labels import is_percentage

COST_SOUND: Final = 0
"""The cost of the row's own sound figure; `repair_costs.csv` has the others."""

_LOWER_CASE: Final = re.compile(r"[a-z]")
_FIRST_FIGURE: Final = re.compile(rf"(?:[({CURRENCY}]\s?)*\d")
_COLUMN_MARK: Final = re.compile(r"\(?(?:un)?audited\)?|\((?:as )?restated\)|\(note(?: \d{1,2})?\)", re.IGNORECASE)
_NOTES: Final = 100
_LONE_NUMBER_MAX: Final = 999
_THOUSANDTH: Final = Decimal("0.001")
_TENTH: Final = Decimal("0.1")
_THOUSAND: Final = 1_000
_MANY: Final = 3


BLANK: Final = "_"
"""A blank cell in a trace."""

Closing = tuple[str, int]
"""An identity by its name, and the column (from 0) in which it closes."""


class CellReading(NamedTuple):
    """One reading of a cell, unscaled; offsets are into the source.

    `is_sure` says that the characters allow no other reading.
    """

    value: Decimal
    step: Decimal
    cost: int
    kind: CandidateKind
    text: str
    line: int
    start: int
    end: int
    is_sure: bool = True


class PrintedCell(NamedTuple):
    """The characters printed at the place of a cell; offsets are into the source."""

    text: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LineCell:
    """A cell of a line: its readings, cheapest first; `is_printed` says that something stands at its place."""

    readings: tuple[CellReading, ...] = ()
    is_printed: bool = False
    printed: PrintedCell | None = None

    @property
    def shown(self) -> str:
        """What it says, for a trace: its cheapest reading, and how many others there are."""
        if not self.readings:
            return "?" if self.is_printed else BLANK
        others = len(self.readings) - 1
        return f"{self.readings[0].value:,}" + (f" (+{others})" if others else "")


@dataclass(frozen=True)
class StatementLine:
    """A line of a statement; the label is empty where it has none.

    `is_by_sum` says that its figures were split or placed by a sum of the table, which is then no proof of them. `chosen_by`
    are the identities, each with the column in which it closed, for which a reading of the line was chosen: its sign, the total
    it is a part of, which of two copies it is.
    """

    label: str
    line: int
    cells: tuple[LineCell, ...]
    damage: int = 0
    is_by_sum: bool = False
    chosen_by: frozenset[Closing] = frozenset()

    def spends(self, identity: str, column: int) -> bool:
        """Whether an identity is no proof of the line in a column: without it, nothing would have chosen as was chosen.

        Where it closes in other columns too, these alone would have chosen the same, and the column is a test of it.
        """
        columns = {at for name, at in self.chosen_by if name == identity}
        return bool(columns) and columns <= {column}

    @property
    def number(self) -> int:
        """Its source line."""
        return self.line

    def chosen_for(self, closings: frozenset[Closing]) -> StatementLine:
        """The line, marked: these identities chose how it is read."""
        return replace(self, chosen_by=self.chosen_by | closings)

    @cached_property
    def is_heading(self) -> bool:
        """Whether nothing is printed in its cells, as in a heading."""
        return not any(cell.is_printed for cell in self.cells)

    @property
    def is_unread(self) -> bool:
        """Whether something is printed in its cells and none of it can be read."""
        return not self.is_heading and not any(cell.readings for cell in self.cells)

    @cached_property
    def amounts(self) -> tuple[Amount | None, ...]:
        """The cheapest reading of each cell, unscaled; None where a cell has none."""
        first = (cell.readings[0] if cell.readings else None for cell in self.cells)
        return tuple(Amount(reading.value, reading.step) if reading else None for reading in first)


def rejoin_wrapped_cells(rows: Iterable[PlacedRow]) -> list[PlacedRow]:
    """Rows with the figures that wrapped onto the next line: those that stand just where the row above is blank."""
    return rejoined(rows, _with_cells_below)


def _with_cells_below(before: PlacedRow, row: PlacedRow) -> PlacedRow | None:
    if not before.row.has_words or not before.row.figures or not row.row.figures or row.unplaced:
        return None
    pairs = list(zip(before.cells, row.cells, strict=True))
    if any(mine and theirs for mine, theirs in pairs) or (row.row.has_words and not _LOWER_CASE.match(row.row.label)):
        return None
    items = tuple(mine or theirs for mine, theirs in pairs)
    label = f"{before.row.label} {row.row.label}".strip()
    return PlacedRow(replace(before.row, label=label, cells=tuple(filter(None, items))), items, before.unplaced)


def why_no_line(placed: PlacedRow, separated: bool) -> str | None:
    """The code of the reason why a row is no line: a page number, percentages, rubbish, or a rule; None where it may be one."""
    row = placed.row
    if row.figures and _states_percentages(row):
        return "percentage_row"
    if row.has_words:
        return "rule" if _is_under_heads(row) else None
    if not row.figures:
        return "rule" if not any(char.isalnum() for char in row.label) else "rubbish_row"
    if len(row.figures) == 1 and len(placed.cells) > 1 and _is_page_number(row.figures[0]):
        return "page_number"
    if any(looks_damaged(item, separated) for item in row.figures) or row.strange_glyphs > 1:
        return "rubbish_row" if None in placed.cells or len(placed.cells) == 1 else None
    return None


def _is_under_heads(row: LabelledRow) -> bool:
    """Whether a row is the last of the column headings: "(unaudited)", or marks of notes ("(1)")."""
    numbers = [number for item in row.figures for number in item.content.numbers]
    return bool(_COLUMN_MARK.fullmatch(row.label.strip())) and all(abs(one.value) < _NOTES for one in numbers)


def _states_percentages(row: LabelledRow) -> bool:
    kinds = {item.content.kind for item in row.figures}
    return is_percentage(row.label) or (CellKind.PERCENT in kinds and CellKind.NUMBER not in kinds)


def _is_page_number(item: FigureCell) -> bool:
    numbers = item.content.numbers
    return len(numbers) == 1 and numbers[0].step == 1 and 0 < numbers[0].value <= _LONE_NUMBER_MAX


def looks_damaged(item: FigureCell, separated: bool) -> bool:
    """Whether a figure looks damaged: unsound, or with three decimals in a table with thousands commas."""
    if item.content.kind is CellKind.DAMAGED:
        return True
    has_thousandths = any(number.step == _THOUSANDTH for number in item.content.numbers)
    return separated and has_thousandths and reads_as_separated(item.cell.text) is not None


def uses_separators(rows: Sequence[PlacedRow], scale: Decimal) -> bool:
    """Whether a table separates thousands by commas, or by points that stand for them.

    Thousands are not printed to the dollar: in a table in thousands, three decimals are a group of digits.
    """
    figures = [item for row in rows for item in row.row.figures if item.content.kind is CellKind.NUMBER]
    if any("," in item.cell.text for item in figures):
        return True
    steps = Counter(number.step for item in figures for number in item.content.numbers)
    return scale == _THOUSAND and steps[_THOUSANDTH] >= _MANY and steps[_THOUSANDTH] > steps[_TENTH]


def statement_line(placed: PlacedRow, damage: int, separated: bool, duplicates: Sequence[PlacedRow] = ()) -> StatementLine:
    """A line from its row and the duplicates of that row."""
    cells = []
    for column, item in enumerate(placed.cells):
        readings = list(_readings(item, placed.row, separated, is_duplicate=False)) if item else []
        for duplicate in duplicates:
            other = duplicate.cells[column]
            read = _readings(other, duplicate.row, separated, is_duplicate=True) if other else ()
            readings += [one for one in read if not _points_where_none_is(one, readings)]
        printed = PrintedCell(item.cell.text, placed.row.line, item.cell.start, item.cell.end) if item else None
        cells.append(LineCell(_cheapest_once(readings), item is not None, printed))
    is_by_sum = any(item.cell.is_by_sum for item in placed.row.figures)
    return StatementLine(placed.row.label, placed.row.line, tuple(cells), damage, is_by_sum)


def _points_where_none_is(reading: CellReading, own: Sequence[CellReading]) -> bool:
    """Whether a duplicate has decimals where the row's own sound figure has none: its point stands for a digit."""
    return bool(own) and own[0].cost == COST_SOUND and own[0].kind == CandidateKind.ROW and reading.step < 1 <= own[0].step


def with_unread(lines: Sequence[StatementLine], unread: Iterable[Row], count: int) -> tuple[StatementLine, ...]:
    """The lines, and at their places those of which only the label was read: each cell printed, and without readings.

    Such a line keeps its name: no other may take it, and no sum that it is a part of can be tested without it.
    """
    lost = [
        StatementLine(label, row.line, (LineCell(is_printed=True),) * count) for row in unread if (label := _label_of(row.text))
    ]
    return tuple(sorted((*lines, *lost), key=lambda line: line.line)) if lost else tuple(lines)


def _label_of(text: str) -> str:
    """The words before the first figure of a line."""
    return _FIRST_FIGURE.split(text, maxsplit=1)[0].strip()


def _readings(item: FigureCell, row: LabelledRow, separated: bool, is_duplicate: bool) -> Iterator[CellReading]:
    extra, kind = (repair_costs()["ghost_row"], CandidateKind.GHOST_ROW) if is_duplicate else (COST_SOUND, CandidateKind.ROW)
    if item.is_nil and not is_duplicate:
        yield _reading(item.cell, row.line, CharacterCandidate(Decimal(0), Decimal(1), COST_SOUND, is_sure=True), kind)
    elif looks_damaged(item, separated):
        yield from _damaged_readings(item, row, kind, extra)
    elif item.content.kind is CellKind.NUMBER:
        for number in item.content.numbers:
            found = CharacterCandidate(number.value, number.step, COST_SOUND + extra, is_sure=not extra)
            yield _reading(part_of_cell(item.cell, number.start, number.end), row.line, found, kind)


def _damaged_readings(item: FigureCell, row: LabelledRow, kind: CandidateKind, extra: int) -> Iterator[CellReading]:
    """The readings of a damaged cell: its characters as digits, and each of several figures merged in it."""
    cell, numbers = item.cell, item.content.numbers
    is_said_twice = len(numbers) > 1 and len({number.value for number in numbers}) == 1
    cost = extra + repair_costs()["added_digit" if is_said_twice else "fused"]
    for number in numbers if item.content.kind is CellKind.DAMAGED else ():
        found = CharacterCandidate(number.value, number.step, cost, is_sure=is_said_twice and not extra)
        yield _reading(part_of_cell(cell, number.start, number.end), row.line, found, kind)
        if is_said_twice:
            return
    may_be_two = len(numbers) > 1 and any("," in part or "." in part for part in cell.text.split())
    for one in character_candidates(without_notes(cell.text)):
        is_sure = one.is_sure and not extra and not may_be_two
        yield _reading(cell, row.line, one._replace(cost=one.cost + extra, is_sure=is_sure), kind)


def _reading(cell: Cell, line: int, found: CharacterCandidate, kind: CandidateKind) -> CellReading:
    return CellReading(found.value, found.step, found.cost, kind, cell.text, line, cell.start, cell.end, found.is_sure)


def _cheapest_once(readings: Sequence[CellReading]) -> tuple[CellReading, ...]:
    if len(readings) < 2:
        return tuple(readings)
    best: dict[Decimal, CellReading] = {}
    for reading in sorted(readings, key=lambda reading: (reading.cost, reading.start)):
        best.setdefault(reading.value, reading)
    return tuple(best.values())
