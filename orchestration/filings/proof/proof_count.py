"""How much proves a value: the identities and the prose that another value would contradict.

Belongs here: what counts as proof (`docs/decisions/what-counts-as-proof.md`). Does not belong here: finding a value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from expectations.identities import Amount, Instance, Outcome, closes
from orchestration.filings.proof.column import ResolvedCell, ResolvedColumn
from orchestration.filings.records import Certificate, Figure, FigureOutcome, Value
from orchestration.filings.statements.line_items import LineItem


def may_be_proven(item: LineItem, found: ResolvedCell, finest: Decimal) -> bool:
    """Whether a closing sum can prove a figure: its line states amounts, and it has as many decimals as its row.

    `finest` is the weight of the last digit that the figures of the row have.
    """
    amount = found.amount
    is_whole = amount is not None and not (amount.rounding > finest and (amount.value or finest < 1))
    return is_whole and _states_amounts(item)


def proof_counts(column: ResolvedColumn, spends: Callable[[Instance, str], bool] = lambda _one, _key: False) -> Counter[str]:
    """How many closing identities prove each value (`_proves`); none for a value in a broken identity.

    `spends` says whether an identity chose how the line of a key is read, and so is no proof of it.

    Any figure of a broken identity may be the wrong one. An identity that shares a figure with a sum that no repair closed
    proves nothing: a part and its total that were changed alike still close. Nor does one spent on a repair.
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
        if _proves(instance, outcome, key, amounts) and not spends(instance, key)
    )


def _proves(instance: Instance, outcome: Outcome, key: str, amounts: Mapping[str, Amount | None]) -> bool:
    """Whether a closing identity would break with any other value in this place.

    A sum that is off by its roundings would also close with another last digit. A per-share identity is too coarse for shares
    and income: it proves the per-share figure alone, and only where neither neighbouring value closes.
    """
    if not instance.per_share:
        return not outcome.residual
    own = amounts[key]
    if own is None or key != instance.keys[0]:
        return False
    others = (Amount(own.value + side * own.rounding, own.rounding) for side in (-1, 1))
    return not any(closes(instance, {**amounts, key: other}) for other in others)


def _states_amounts(item: LineItem) -> bool:
    """Whether a line states any amount but nils: a line of nils fits every sum."""
    return any(reading.value for cell in item.line.cells for reading in cell.readings)


def with_prose_proofs(
    values: Sequence[Value], figures: Sequence[Figure], certificates: Sequence[Certificate]
) -> tuple[Value, ...]:
    """The values, with one proof more where figures of the prose match, however many do.

    A rounded figure only adds to other proof. One as exact as the cell proves it alone, unless the cell is coarser than its
    row. Prose that was needed to choose a repair proves nothing.
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
