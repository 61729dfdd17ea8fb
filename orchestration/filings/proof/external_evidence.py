"""External figures of a statement: those of the filing's prose, and of other releases of the company.

Belongs here: what an external figure is, which cell it is of, and which of them decided a repair. Does not belong here: finding
them (`narrative/figures.py`, `other_releases.py`), or what they may decide (`resolve.py`).
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
    """A figure of a statement stated outside it: in the prose of the filing, or in another release of the company.

    `value` and `rounding` are absolute, in `unit`. `period_end` may be some days off, as in 52/53-week years. `told_by` are the
    `filing_id`s of the releases that state it, two where it follows from both; for prose the filing's own. `name` is a concept,
    or the `line_name` of a line that has none.
    """

    name: str
    period_end: date
    duration_months: int | None
    unit: str
    value: Decimal
    rounding: Decimal
    told_by: tuple[str, ...] = ()


def line_name(statement: str, parent: str | None, label: str) -> str:
    """The name of a line without a concept, the same in all releases of a company; empty where its label has no words."""
    words = " ".join(word for word in normalised_label(label).split() if not word.isdecimal())
    return f"{statement}: {parent or ''}: {words}" if words else ""


@dataclass
class ExternalEvidence:
    """The external `figures` of a statement, by its cells."""

    sheet: StatementAmounts
    filing_id: str
    figures: Sequence[ExternalFigure]

    @cached_property
    def _names(self) -> set[str]:
        return {one.name for one in self.figures}

    @cached_property
    def _names_lines(self) -> bool:
        """Whether a line without a concept may have external figures: prose names concepts alone, other releases lines too."""
        return any(one.told_by not in ((), (self.filing_id,)) for one in self.figures)

    def of(self, item: LineItem, unit: str, number: int) -> tuple[ExternalFigure, ...]:
        """The external figures of a line in the period of a column.

        Other releases state GAAP as first reported: they are left out where the table is not GAAP or the column restated.
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
        """The releases whose figures agree with the accepted values: of the repair's identities, else of any cell."""
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
