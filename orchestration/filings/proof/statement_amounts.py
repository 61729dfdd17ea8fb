"""A statement as amounts: what its printed figures are worth, its identities, and the options of each cell.

Belongs here: units, scales, roundings and lost decimals. Does not belong here: which option a cell is given (`resolve.py`), or
what its characters may be (`tables/lines.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

from expectations.identities import Amount, Instance, closes, instances
from orchestration.filings.ocr.character_candidates import repair_costs
from orchestration.filings.proof.column import CellOptions, Option
from orchestration.filings.records import Statement
from orchestration.filings.statements.line_items import LineItem, identity_lines
from orchestration.filings.statements.read import StatementTable
from orchestration.filings.tables.lines import CellReading, Closing
from orchestration.filings.tables.scale import Scale

_SHARE_FACTORS: Final = (Decimal(1), Decimal(1_000), Decimal(1_000_000))
_PER_SHARE: Final = Decimal(1)


class LineAmounts(NamedTuple):
    """What holds for a line in all its columns: its unit, what a printed 1 is worth in it, and its first readings.

    `finest` is the weight of the last digit that its figures have; `amounts` has None for a blank.
    """

    unit: str
    factor: Decimal
    finest: Decimal
    amounts: tuple[Amount | None, ...]


@dataclass
class StatementAmounts:
    """A statement as amounts; columns by their number, lines by their index, both from 0."""

    table: StatementTable

    def months(self, number: int) -> int | None:
        """The duration of a column; 0 on a balance sheet, also where the header names one."""
        return 0 if self.table.statement is Statement.BALANCE else self.table.periods[number].months

    @cached_property
    def period_ends(self) -> list[date | None]:
        """The last day of each column; None where it is not known."""
        return [period.end for period in self.table.periods]

    @cached_property
    def identities(self) -> list[Instance]:
        """The identities of the statement, each once: two concepts of one line make no two proofs."""
        distinct: dict[tuple[tuple[int, str], ...], Instance] = {}
        for instance in instances(identity_lines(self.table.line_items), self.table.statement):
            distinct.setdefault(instance.terms, instance)
        return list(distinct.values())

    @cached_property
    def shares(self) -> Decimal:
        """What a printed share count is worth: as stated, unless more per-share identities close with another factor."""
        stated = self.table.scale.shares
        others = [factor for factor in _SHARE_FACTORS if factor != stated]
        return max((stated, *others), key=lambda factor: len(self._per_share_closing(factor)))

    def _per_share_closing(self, factor: Decimal) -> frozenset[Closing]:
        if factor not in self._closing_by_factor:
            self._closing_by_factor[factor] = self._closing_with(factor)
        return self._closing_by_factor[factor]

    @cached_property
    def _closing_by_factor(self) -> dict[Decimal, frozenset[Closing]]:
        return {}

    def _closing_with(self, factor: Decimal) -> frozenset[Closing]:
        return frozenset(
            (instance.name, number)
            for instance in self.identities
            if instance.per_share
            for number in range(len(self.table.periods))
            if closes(instance, {key: self._first_amount(int(key), number, factor) for key in instance.keys})
        )

    def spends(self, instance: Instance, key: str, number: int) -> bool:
        """Whether an identity is no proof of a line in a column, since it chose how that is read (`StatementLine.spends`)."""
        line = self.table.line_items[int(key)].line
        if instance.per_share and self.shares != self.table.scale.shares:
            line = replace(line, chosen_by=line.chosen_by | self._per_share_closing(self.shares))
        return line.spends(instance.name, number)

    def _first_amount(self, index: int, number: int, shares: Decimal) -> Amount | None:
        item = self.table.line_items[index]
        readings = item.line.cells[number].readings
        return _amount(readings[0], _factor(item, self.table.scale, shares)) if readings else None

    @cached_property
    def rows(self) -> list[LineAmounts]:
        """What holds for each line in all its columns."""
        return [self._row(item) for item in self.table.line_items]

    @cached_property
    def cents(self) -> Decimal:
        """The coarsest last digit of per-share figures with decimals: a per-share row without decimals has lost them."""
        steps = [
            reading.step
            for item in self.table.line_items
            if _is_per_share(item)
            for cell in item.line.cells
            for reading in cell.readings[:1]
            if reading.value
        ]
        return max((step for step in steps if step < 1), default=Decimal(1))

    def _row(self, item: LineItem) -> LineAmounts:
        factor = _factor(item, self.table.scale, self.shares)
        first = [cell.readings[0] if cell.readings else None for cell in item.line.cells]
        finest = min((reading.step for reading in first if reading and reading.value), default=Decimal(1))
        if finest * factor >= 1 and _is_per_share(item):
            finest = self.cents
        amounts = tuple(_amount(reading, factor) if reading else None for reading in first)
        return LineAmounts(_unit(item, self.table.scale), factor, finest * factor, amounts)

    def options(self, index: int, number: int, external: Sequence[Amount] = ()) -> CellOptions:
        """The options of a cell, as amounts; `external` are its external figures."""
        item, row = self.table.line_items[index], self.rows[index]
        cell, factor = item.line.cells[number], row.factor
        options = tuple(
            Option(_amount(reading, factor), reading.cost, rank, reading.kind, reading.is_sure)
            for rank, reading in enumerate(cell.readings)
        )
        is_per_share = _is_per_share(item)
        if cell.readings and _lacks_a_digit(cell.readings[0], row.finest < options[0].amount.rounding, is_per_share):
            options = _with_decimals(options[0], row.finest) if cell.readings[0].step < 1 else options
            options = () if is_per_share and cell.readings[0].step * factor >= 1 else options
        others = [other.is_printed for at, other in enumerate(item.line.cells) if at != number]
        beside = tuple(row.amounts[at] for at in (number - 1, number + 1) if 0 <= at < len(row.amounts))
        return CellOptions(
            options,
            not cell.is_printed,
            all(others),
            row.amounts[:number] + row.amounts[number + 1 :],
            beside,
            tuple(external),
            row.finest,
        )


def _with_decimals(printed: Option, rounding: Decimal) -> tuple[Option, ...]:
    """Every figure with one digit more: a figure with fewer decimals than others of its row has lost one."""
    digits = str(int(abs(printed.amount.value) / rounding) // 10).zfill(2)
    sign = -1 if printed.amount.value < 0 else 1
    longer = sorted({digits[:at] + digit + digits[at:] for at in range(len(digits) + 1) for digit in "0123456789"})
    cost = repair_costs()["missing_digit"]
    return tuple(Option(Amount(sign * int(one) * rounding, rounding), cost, None, "missing_digit") for one in longer)


def _lacks_a_digit(reading: CellReading, is_coarser: bool, is_per_share: bool) -> bool:
    """Whether a figure has fewer decimals than others of its row; a nil needs none.

    A per-share nil is a dash or has its cents: a lone 0 is a damaged 0.39.
    """
    is_nil = not reading.value and reading.step >= 1
    return is_coarser and (not is_nil or (is_per_share and any(map(str.isdigit, reading.text))))


def _is_per_share(item: LineItem) -> bool:
    return not item.is_money and not item.counts_shares


def _factor(item: LineItem, scale: Scale, shares: Decimal) -> Decimal:
    own = item.worth if item.worth and (item.worth < 1) == _is_per_share(item) else None
    return own or (_PER_SHARE if _is_per_share(item) else shares if item.counts_shares else scale.money)


def _unit(item: LineItem, scale: Scale) -> str:
    if item.counts_shares:
        return "shares"
    return scale.currency if item.is_money else f"{scale.currency}/share"


def _amount(reading: CellReading, factor: Decimal) -> Amount:
    return Amount(reading.value * factor + 0, reading.step * factor)
