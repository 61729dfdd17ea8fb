"""How much proves a value: the identities and the prose that would have noticed another one.

Belongs here: what counts as proof (`docs/decisions/what-counts-as-proof.md`). Does not belong here: finding a value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from expectations.identities import Amount, Instance, Outcome, closes
from orchestration.filings.proof.column import ResolvedCell, ResolvedColumn
from orchestration.filings.records import Certificate, Figure, FigureOutcome, Value
from orchestration.filings.statements.line_items import LineItem


def may_be_proven(item: LineItem, found: ResolvedCell, finest: Decimal) -> bool:
    """Whether a sum that closes says anything of a figure: its line states amounts, and it has as many decimals as its row.

    One with fewer is vouched for by nothing. `finest` is the weight of the last digit that the figures of the row have.
    """
    amount = found.amount
    is_whole = amount is not None and not (amount.rounding > finest and (amount.value or finest < 1))
    return is_whole and _states_amounts(item)


def proof_counts(column: ResolvedColumn) -> Counter[str]:
    """How many closing identities prove each value: see `_proves`. A value that stands in a broken identity has none.

    Which of the figures of a broken identity is wrong nobody can say, so none of them is vouched for, not even by another.
    Nor does an identity prove anything that shares a figure with a sum that no repair closed: a part and its total that were
    changed alike close with each other.
    """
    broken = {key for instance, _ in column.broken for key in instance.keys}
    doubted = {key for instance, _ in column.unclosed if not instance.per_share for key in instance.keys}
    spent = frozenset[str]().union(*(cell.spent for cell in column.cells.values()))
    amounts = {name: cell.amount for name, cell in column.cells.items()}
    return Counter(
        key
        for instance, outcome in column.outcomes
        if outcome and outcome.closes and instance.name not in spent and doubted.isdisjoint(instance.keys)
        for key in set(instance.keys) - broken
        if _proves(instance, outcome, key, amounts)
    )


def _proves(instance: Instance, outcome: Outcome, key: str, amounts: Mapping[str, Amount | None]) -> bool:
    """Whether an identity, which closes, would have noticed any other value in its place.

    A sum that is off, if only by its roundings, would have closed with another last digit as well. A per-share figure is too
    coarse to vouch for the digits of shares and income: it proves itself alone, and only where its neighbours would not close.
    """
    if not instance.per_share:
        return not outcome.residual
    own = amounts[key]
    if own is None or key != instance.keys[0]:
        return False
    others = (Amount(own.value + side * own.rounding, own.rounding) for side in (-1, 1))
    return not any(closes(instance, {**amounts, key: other}) for other in others)


def _states_amounts(item: LineItem) -> bool:
    """Whether a line states any amount but nils: a line of nils fits into every sum, so no sum says what it is."""
    return any(reading.value for cell in item.line.cells for reading in cell.readings)


def with_prose_proofs(
    values: Sequence[Value], figures: Sequence[Figure], certificates: Sequence[Certificate]
) -> tuple[Value, ...]:
    """The values with one proof more where the prose tells them, however often it does.

    Prose mostly rounds: such a figure is met by many others, so it adds to what is proven and proves nothing alone. One as
    exact as the cell proves it, unless the cell is coarser than its row: then it met what is left of a figure. One that was
    needed to choose a repair proves nothing.
    """
    cells = {one.value_id for one in certificates if one.is_told_outside}
    spent = {value.value_id for value in values if value.cell_id in cells}
    matched = [figure for figure in figures if figure.outcome == FigureOutcome.MATCH and figure.value_id]
    confirmed = [figure for figure in matched if figure.value_id not in spent]
    finest: dict[str, Decimal] = {}
    by_row: dict[tuple[int, int], Decimal] = {}
    for value in values:
        if value.value:
            place = value.table_no, value.line_no
            by_row[place] = min(value.rounding, by_row.get(place, value.rounding))
    for figure in confirmed:
        finest[figure.value_id or ""] = min(figure.rounding, finest.get(figure.value_id or "", figure.rounding))
    return tuple(
        replace(value, proof_count=value.proof_count + 1)
        if value.value_id in finest
        and (
            value.proof_count
            or finest[value.value_id] <= value.rounding <= by_row.get((value.table_no, value.line_no), value.rounding)
        )
        else value
        for value in values
    )
