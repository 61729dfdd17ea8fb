"""Identities recomputed from the values alone, one row an identity instance.

Belongs here: turning rows of figures into accounts (does it close, by how much not, with which lines), exactly, in
`Decimal`. Does not belong here: what the identities are (`identities.py`), where the rows come from and what is expected
of them (`suites/`). Nothing here trusts a proof that the reader has written.

Figures come as text, since a pandas frame of DECIMAL columns is a frame of floats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from expectations.identities import Amount, Instance, Line, Outcome, evaluate, formula, instances

if TYPE_CHECKING:
    import pandas as pd

Cell = tuple[Any, ...]


class Figure(NamedTuple):
    """One value as the accounts need it: which line, what it states, and where it stands."""

    key: str
    label: str
    concept: str | None
    parent_concept: str | None
    amount: Amount | None
    source_line: int | None
    parent_weight: int = 1


class Tie(NamedTuple):
    """One identity instance tried on its figures: a row of the frame that the identity suites hold to `closes`."""

    filing_id: str
    statement: str
    period: str
    identity: str
    formula: str
    residual: str
    tolerance: str
    closes: bool
    source_lines: str
    value_ids: tuple[str, ...]


def period(period_end: object, duration_months: int | None) -> str:
    """A period in words: `3 months to 2011-03-31`, `at 2011-03-31`."""
    if duration_months is None:
        return f"unknown months to {period_end}"
    return f"{duration_months} months to {period_end}" if duration_months else f"at {period_end}"


def amount(value: str | None, rounding: str | None) -> Amount | None:
    """A figure and its rounding from their decimal text; None where either is missing."""
    return None if value is None or rounding is None else Amount(Decimal(value), Decimal(rounding))


def rows(frame: pd.DataFrame) -> list[Cell]:
    """The rows of a frame as tuples of plain Python values, None for what is missing."""
    columns = [frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in frame.columns]
    return list(zip(*columns, strict=True))


def column_ties(frame: pd.DataFrame) -> Iterator[Tie]:
    """Every identity of every column of every statement.

    `frame` has, in this order, filing_id, statement, table_no, column_no, period_end, duration_months, value_id, label,
    concept, parent_concept, parent_weight, value (text), rounding (text), source_line; sorted by the first four and the line.
    """
    for (filing_id, statement, _, _), cells in groupby(rows(frame), key=lambda row: row[:4]):
        column = list(cells)
        figures = [
            Figure(key, label, concept, parent, amount(value, rounding), None if place is None else int(place), int(weight))
            for *_, key, label, concept, parent, weight, value, rounding, place in column
        ]
        months = None if column[0][5] is None else int(column[0][5])
        yield from figure_ties(filing_id, statement, period(column[0][4], months), figures)


def figure_ties(filing_id: str, statement: str, when: str, figures: Sequence[Figure]) -> Iterator[Tie]:
    """The identities that the figures of one column let one test, each tried."""
    lines = [Line(figure.key, figure.concept, figure.parent_concept, figure.parent_weight) for figure in figures]
    found = instances(lines, statement)
    if not found:
        return
    by_key = {figure.key: figure for figure in figures}
    amounts = {figure.key: figure.amount for figure in figures}
    for instance in found:
        outcome = evaluate(instance, amounts)
        if outcome is not None:
            told_by = [by_key[key] for key in instance.keys]
            yield Tie(filing_id, statement, when, *_account(instance, outcome, told_by))


def _account(
    instance: Instance, outcome: Outcome, figures: Sequence[Figure]
) -> tuple[str, str, str, str, bool, str, tuple[str, ...]]:
    """An outcome in words, with its lines and where they stand."""
    return (
        instance.name,
        formula(instance, {figure.key: told(figure) for figure in figures}),
        number(outcome.residual),
        number(outcome.tolerance),
        outcome.closes,
        ", ".join(str(figure.source_line) for figure in figures if figure.source_line is not None),
        tuple(figure.key for figure in figures),
    )


def difference(name: str, terms: Sequence[tuple[int, Amount | None]]) -> Outcome | None:
    """Whether figures that must sum to nothing do, within their rounding; None where one is missing."""
    keys = [str(place) for place in range(len(terms))]
    instance = Instance(name, tuple((sign, key) for (sign, _), key in zip(terms, keys, strict=True)))
    return evaluate(instance, {key: known for key, (_, known) in zip(keys, terms, strict=True)})


def told(figure: Figure) -> str:
    """A line with its figure: `Royalties [12,345]`."""
    return f"{figure.label} [{number(figure.amount.value) if figure.amount else 'not known'}]"


def number(value: Decimal) -> str:
    """A figure for people: thousands set apart, no idle zeros, never an exponent."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def frame_of(ties: Iterable[Tie]) -> pd.DataFrame:
    """The ties as a frame, with its columns even where there is none."""
    import pandas as pd  # noqa: PLC0415  (pandas costs a good part of a second)

    return pd.DataFrame(list(ties), columns=list(Tie._fields))
