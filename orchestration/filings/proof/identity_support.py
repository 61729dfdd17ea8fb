"""Which identities of a statement are supported: they may decide a cell, since they close in other columns.

Belongs here: what closes in the other columns on the figures as printed, and for which lines that counts. Does not belong here:
which figures an identity may decide (`identity_scope.py`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from expectations.identities import Instance, by_name, evaluate
from orchestration.filings.proof.column import IdentityEvidence
from orchestration.filings.proof.statement_amounts import StatementAmounts
from orchestration.filings.records import Statement
from orchestration.filings.statements.line_items import concepts_in
from orchestration.filings.text.labels import normalised_label

_TELLING: Final = 5
"""A figure of more than so many units of its last digit shows its sign in a sum of rounded figures."""


@dataclass
class IdentitySupport:
    """What the columns of a statement say of its identities."""

    sheet: StatementAmounts

    def evidence(self, number: int) -> IdentityEvidence:
        """What the columns other than `number` say of the identities, on the figures as printed."""
        others = {
            name: {at: residual for at, residual in columns.items() if at != number}
            for name, columns in self._residuals.items()
        }
        supported = {
            instance.name
            for instance in self.sheet.identities
            if self._is_supported(instance, number, others.get(instance.name, {}))
        }
        return IdentityEvidence(frozenset(supported), frozenset(name for name in supported if not any(others[name].values())))

    def _is_supported(self, instance: Instance, number: int, closing: Collection[int]) -> bool:
        """Whether an identity closes in other columns, and each of its lines states an amount in one of them.

        A line that is nil wherever the sum closes may be no part of it. Exempt are lines without an amount in this column,
        lines that the terms of the identity name, and lines within a section of the balance sheet that are no subtotals.
        """
        if not closing:
            return False
        stated = (key for key in self._parts_by_position[instance.name] if self._states_amount(key, number))
        return all(any(self._states_amount(key, at) for at in closing) for key in stated)

    @cached_property
    def _parts_by_position(self) -> dict[str, list[str]]:
        """The lines of each identity that are parts of it by position alone, by neither its terms nor a section."""
        found: dict[str, list[str]] = {}
        for instance in self.sheet.identities:
            named = self._named(instance)
            found[instance.name] = [key for key in instance.keys if key not in named and not self._is_in_section(instance, key)]
        return found

    def _is_in_section(self, instance: Instance, key: str) -> bool:
        """Whether a line of a balance sheet, no subtotal, stands between the first part of a total and the total."""
        total, *parts = map(int, instance.keys)
        is_inner = min(parts) < int(key) < total
        is_subtotal = normalised_label(self.sheet.table.line_items[int(key)].line.label).startswith(("total", "net "))
        return self.sheet.table.statement is Statement.BALANCE and is_inner and not is_subtotal

    def _states_amount(self, key: str, number: int) -> bool:
        cell = self.sheet.table.line_items[int(key)].line.cells[number]
        return any(reading.value for reading in cell.readings) or (cell.is_printed and not cell.readings)

    def _named(self, instance: Instance) -> set[str]:
        """The lines of an identity that its own terms name; the others are parts by position."""
        identity = by_name()[instance.name]
        names = {identity.total, *identity.plus, *identity.less, *identity.less_if_printed, *identity.less_if_loose}
        names |= {other for _, other in identity.nearer}
        return {key for key in instance.keys if names & set(self.sheet.table.line_items[int(key)].concepts)}

    @cached_property
    def _residuals(self) -> dict[str, dict[int, Decimal]]:
        """For each identity, the residual in each column in which it closes on the figures as printed."""
        closing: dict[str, dict[int, Decimal]] = {}
        columns = [
            {str(index): row.amounts[number] for index, row in enumerate(self.sheet.rows)}
            for number in range(len(self.sheet.table.periods))
        ]
        for instance in self.sheet.identities:
            for number, amounts in enumerate(columns):
                outcome = evaluate(instance, amounts)
                if outcome and outcome.closes:
                    closing.setdefault(instance.name, {})[number] = outcome.residual
        return closing

    def supports_sign(self, index: int, number: int) -> bool:
        """Whether another column shows the sign with which a line goes into its total, where it may have either.

        The sign of such a line was chosen so that sums close: wrongly, if the one column that closes lost a parenthesis. A
        figure of a few units shows no sign, since a sum may be off by as much. A nil has none, and needs no support.
        """
        item = self.sheet.table.line_items[index]
        if item.concepts or not (item.weight < 0 or item.parent in concepts_in("weighed")):
            return True
        row = self.sheet.rows[index]
        own = row.amounts[number]
        if own and not own.value:
            return True
        closing = {
            at
            for one in self.sheet.identities
            if str(index) in one.keys
            for at in self._residuals.get(one.name, {})
            if at != number
        }
        return any((amount := row.amounts[at]) and abs(amount.value) > _TELLING * amount.rounding for at in closing)
