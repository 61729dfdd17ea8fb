"""What is told of a statement outside it: in the prose of its filing, or in other releases of the company.

Belongs here: what such a figure is, which cell it is of, and which of them decided a repair. Does not belong here: finding them
(`narrative/figures.py`, `other_releases.py`), or what they may decide (`resolve.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from expectations.identities import Amount
from orchestration.filings.proof.column import Repair, ResolvedColumn
from orchestration.filings.proof.statement_amounts import StatementAmounts
from orchestration.filings.statements.line_items import LineItem
from orchestration.filings.text.calendar import DaysApart, same_period
from orchestration.filings.text.labels import normalised_label


class ExternalFigure(NamedTuple):
    """A figure of a statement told outside it: in the prose of the filing, or in another release of the company.

    `value` and `rounding` are absolute, in `unit`. Days apart are allowed for, as 52/53-week years have them. `told_by` are the
    `filing_id`s of the releases that tell it, two where it follows from both; the filing's own for its prose. `name` is a
    concept, or what `line_name` makes of a line that has none.
    """

    name: str
    period_end: date
    duration_months: int | None
    unit: str
    value: Decimal
    rounding: Decimal
    told_by: tuple[str, ...] = ()


def line_name(statement: str, parent: str | None, label: str) -> str:
    """What a line without a concept is called in every release of a company: by its words, without the numbers among them."""
    words = " ".join(word for word in normalised_label(label).split() if not word.isdecimal())
    return f"{statement}: {parent or ''}: {words}" if words else ""


@dataclass
class ExternalEvidence:
    """The `figures` told outside a statement, by its cells."""

    sheet: StatementAmounts
    filing_id: str
    figures: Sequence[ExternalFigure]

    @cached_property
    def _names(self) -> set[str]:
        return {one.name for one in self.figures}

    @cached_property
    def _names_lines(self) -> bool:
        """Whether a line without a concept may be told of: by other releases, for prose names concepts alone."""
        return any(one.told_by not in ((), (self.filing_id,)) for one in self.figures)

    def of(self, item: LineItem, unit: str, number: int) -> tuple[ExternalFigure, ...]:
        """What is told outside the statement of a line in the period of a column.

        What other releases tell is GAAP as first reported, and nothing of a column on another basis.
        """
        if not item.concepts and not self._names_lines:
            return ()
        names = item.concepts or (line_name(self.sheet.table.statement, item.parent, item.line.label),)
        if self._names.isdisjoint(names):
            return ()
        end = self.sheet.period_ends[number]
        is_comparable = self.sheet.table.is_gaap and not self.sheet.table.periods[number].is_restated
        return tuple(
            one
            for one in self.figures
            if one.name in names
            and one.unit == unit
            and one.duration_months == self.sheet.months(number)
            and end
            and same_period(one.period_end, end, DaysApart.MONTH_END)
            and (is_comparable or one.told_by in ((), (self.filing_id,)))
        )

    def deciding_releases(self, repair: Repair, key: str, number: int, column: ResolvedColumn) -> tuple[str, ...]:
        """The releases that tell what is accepted of the cells a repair was weighed with: of its identities, else of any."""
        if not repair.used_external:
            return ()
        forcing = {other for one in self.sheet.identities if one.name in repair.forced_by for other in one.keys}
        for keys in (forcing | {key}, column.cells.keys()):
            told_by: dict[str, None] = {}
            for other in sorted(keys, key=int):
                amount = column.cells[other].amount if other in column.cells else None
                item, row = self.sheet.table.line_items[int(other)], self.sheet.rows[int(other)]
                for one in self.of(item, row.unit, number) if amount else ():
                    if amount and Amount(one.value, one.rounding).agrees(amount):
                        told_by.update(dict.fromkeys(one.told_by))
            if told_by:
                return tuple(told_by)
        return ()
