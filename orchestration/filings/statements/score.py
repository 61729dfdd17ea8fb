"""The score of an interpretation: the identities that close, each with its column, on the cheapest readings.

Belongs here: which identities close. Does not belong here: the alternatives (`signs.py`,
`tables/line_alternatives.py`), choosing (`tables/interpretations.py`), proof (`proof/`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from expectations.identities import Amount, Instance, Outcome, closes, evaluate, instances
from orchestration.filings.records import Statement
from orchestration.filings.statements.line_items import LineItem, identity_lines
from orchestration.filings.tables.lines import Closing

_SHARES_PER_MONEY: Final = tuple(Decimal(10) ** exponent for exponent in (0, -3, 3, -6))
"""Shares and money are each printed in ones, thousands or millions, most often in the same unit."""

_Columns = list[dict[str, Amount | None]]


def closings(items: Sequence[LineItem], statement: Statement, *, per_share: bool = False) -> frozenset[Closing]:
    """The identities that close.

    With those of per-share figures only if asked, in the unit of shares and money in which most of them close.
    """
    found, columns = _identities_and_columns(items, statement)
    sums = frozenset(closing for closing, outcome in _outcomes(found, columns) if outcome.closes)
    if not per_share:
        return sums
    by_unit = (
        frozenset(
            (one.name, at)
            for one in found
            for at, column in enumerate(columns)
            if one.per_share and closes(one, _in_money(one, column, unit))
        )
        for unit in _SHARES_PER_MONEY
    )
    return sums | max(by_unit, key=len, default=frozenset[Closing]())


def has_unclosed_identity(items: Sequence[LineItem], statement: Statement) -> bool:
    """Whether any identity closes in no column; one that closes in some is a sign of damage."""
    closing: dict[str, bool] = {}
    for (name, _), outcome in _outcomes(*_identities_and_columns(items, statement)):
        closing[name] = closing.get(name, False) or outcome.closes
    return not all(closing.values())


def _outcomes(found: Sequence[Instance], columns: _Columns) -> Iterator[tuple[Closing, Outcome]]:
    for instance in found:
        for at, column in enumerate(columns if not instance.per_share else ()):
            outcome = evaluate(instance, column)
            if outcome:
                yield (instance.name, at), outcome


def _identities_and_columns(items: Sequence[LineItem], statement: Statement) -> tuple[list[Instance], _Columns]:
    """The identities of a statement, and the amounts of each of its columns by key."""
    keys = [str(index) for index in range(len(items))]
    columns = [dict(zip(keys, amounts, strict=True)) for amounts in zip(*(item.line.amounts for item in items), strict=True)]
    return instances(identity_lines(items), statement), columns


def _in_money(instance: Instance, column: Mapping[str, Amount | None], shares: Decimal) -> dict[str, Amount | None]:
    """The amounts of a per-share identity with its shares in the unit of its money."""
    key = instance.keys[1]
    counted = column[key]
    return {**column, key: Amount(counted.value * shares, counted.rounding * shares) if counted else None}
