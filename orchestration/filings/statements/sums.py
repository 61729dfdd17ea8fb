"""Whether lines of a statement add up to another line, column by column.

Belongs here: sums over the cheapest readings of lines. Does not belong here: what follows from them (`calculation.py`,
`by_place.py`), the identities of concepts (`expectations/identities.py`), which reading is right (`proof/`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from expectations.identities import IDENTITIES, Amount
from expectations.intervals import adds_up
from orchestration.filings.statements.line_items import concept_roles
from orchestration.filings.tables.lines import Closing, StatementLine


def columns_summed_up(line: StatementLine, parts: Sequence[StatementLine]) -> frozenset[int]:
    """The columns in which a line is the sum of `parts`."""
    columns = ((at, total, [part.amounts[at] for part in parts]) for at, total in enumerate(line.amounts) if parts)
    return frozenset(at for at, total, figures in columns if total and list(adding_up(total, figures))[-1])


def is_sum(line: StatementLine, parts: Sequence[StatementLine]) -> bool:
    """Whether a line is the sum of `parts` in every column that states it."""
    stated = {at for at, total in enumerate(line.amounts) if total}
    return bool(stated) and columns_summed_up(line, parts) == stated


def leads_to(line: StatementLine, parts: Sequence[tuple[int, StatementLine]]) -> bool:
    """Whether a line is the sum of parts, each with its weight, in every column; not where a figure is not known."""
    return all(
        total is not None and None not in signed and list(adding_up(total, signed))[-1]
        for total, *signed in zip(line.amounts, *(_weighted(weight, part) for weight, part in parts), strict=True)
    )


def _weighted(weight: int, line: StatementLine) -> list[Amount | None]:
    return [amount and amount._replace(value=weight * amount.value) for amount in line.amounts]


def adding_up(total: Amount, parts: Iterable[Amount | None]) -> Iterator[bool]:
    """For each of some parts, whether all up to it add up to a total.

    A nil is as coarse as the coarsest figure beside it, since a dash does not show its rounding.
    """
    known, left, coarsest = 1, -total.value, total.rounding if total.value else Decimal(0)
    for part in parts:
        if part:
            known += 1
            left += part.value
            coarsest = max(coarsest, part.rounding) if part.value else coarsest
        yield adds_up(left, known * (coarsest or total.rounding))


def closings_of(concept: str | None, columns: Iterable[int]) -> frozenset[Closing]:
    """The identities of a concept in those columns: what leads to a result; of what a total is the sum, or what it equals."""
    return frozenset((name, column) for column in columns for name in _sums_of(concept))


@cache
def _sums_of(concept: str | None) -> frozenset[str]:
    if concept_roles().get(concept or "") == "result":
        return frozenset(one.name for one in IDENTITIES if one.total == concept)
    return frozenset(one.name for one in IDENTITIES if concept in (one.total, *one.plus) and (one.with_parts or not one.less))
