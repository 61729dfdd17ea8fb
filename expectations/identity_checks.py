"""The identities computed again from the values alone, and what the suites need to compute with figures exactly.

Belongs here: whether an identity closes, by how much it does not, and with which lines; rows of a frame as exact figures.
Does not belong here: what the identities are (`identities.py`), where the rows come from and what is expected of them
(`suites/`). No proof that the reader has written is read here.

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

FrameRow = tuple[Any, ...]


class CheckedLine(NamedTuple):
    """One line of a column: which it is, its figure (`amount`, None where not known), and where it stands."""

    key: str
    label: str
    concept: str | None
    parent_concept: str | None
    amount: Amount | None
    source_line: int | None
    parent_weight: int = 1


class IdentityCheck(NamedTuple):
    """One identity of one column, tried on its figures: a row of the frame of the suites.

    `adds_up` is false for a sum that does not close, `per_share_closes` for a per-share identity that does not. The latter is
    no fault of the figures: for shares that participate, convertibles and roundings it misses in one of eight releases.
    """

    filing_id: str
    statement: str
    period: str
    identity: str
    formula: str
    residual: str
    tolerance: str
    closes: bool
    adds_up: bool
    per_share_closes: bool
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


def rows(frame: pd.DataFrame) -> list[FrameRow]:
    """The rows of a frame as tuples of plain Python values, None for what is missing."""
    columns = [frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in frame.columns]
    return list(zip(*columns, strict=True))


def row_dicts(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame by column name, as plain Python values."""
    return [dict(zip(frame.columns, cells, strict=True)) for cells in rows(frame)]


def check_columns(frame: pd.DataFrame) -> Iterator[IdentityCheck]:
    """Every identity of every column of every statement.

    `frame` has, in this order, filing_id, statement, table_no, column_no, period_end, duration_months, value_id, label,
    concept, parent_concept, parent_weight, value (text), rounding (text), source_line; sorted by the first four and the line.
    """
    for (filing_id, statement, _, _), cells in groupby(rows(frame), key=lambda row: row[:4]):
        column = list(cells)
        lines = [
            CheckedLine(key, label, concept, parent, amount(value, rounding), place and int(place), int(weight))
            for *_, key, label, concept, parent, weight, value, rounding, place in column
        ]
        months = None if column[0][5] is None else int(column[0][5])
        yield from check_lines(filing_id, statement, period(column[0][4], months), lines)


def check_lines(filing_id: str, statement: str, when: str, lines: Sequence[CheckedLine]) -> Iterator[IdentityCheck]:
    """Each identity that the lines of one column allow to be tried."""
    found = instances([Line(line.key, line.concept, line.parent_concept, line.parent_weight) for line in lines], statement)
    if not found:
        return
    by_key = {line.key: line for line in lines}
    amounts = {line.key: line.amount for line in lines}
    for instance in found:
        outcome = evaluate(instance, amounts)
        if outcome is not None:
            yield _check((filing_id, statement, when), instance, outcome, [by_key[key] for key in instance.keys])


def _check(column: tuple[str, str, str], instance: Instance, outcome: Outcome, lines: Sequence[CheckedLine]) -> IdentityCheck:
    return IdentityCheck(
        *column,
        instance.name,
        formula(instance, {line.key: _with_figure(line) for line in lines}),
        number(outcome.residual),
        number(outcome.tolerance),
        outcome.closes,
        outcome.closes or instance.per_share,
        outcome.closes or not instance.per_share,
        ", ".join(str(line.source_line) for line in lines if line.source_line is not None),
        tuple(line.key for line in lines),
    )


def _with_figure(line: CheckedLine) -> str:
    """A line with its figure: `Royalties [12,345]`."""
    return f"{line.label} [{number(line.amount.value) if line.amount else 'not known'}]"


def difference(name: str, terms: Sequence[tuple[int, Amount | None]]) -> Outcome | None:
    """Whether figures that must sum to nothing do, within their rounding; None where one is missing."""
    keys = [str(place) for place in range(len(terms))]
    instance = Instance(name, tuple((sign, key) for (sign, _), key in zip(terms, keys, strict=True)))
    return evaluate(instance, {key: known for key, (_, known) in zip(keys, terms, strict=True)})


def number(value: Decimal) -> str:
    """A figure for people: thousands set apart, no idle zeros, never an exponent."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def frame_of(checks: Iterable[IdentityCheck]) -> pd.DataFrame:
    """The checks as a frame, with its columns even where there is none."""
    import pandas as pd  # noqa: PLC0415  (pandas costs a good part of a second)

    return pd.DataFrame(list(checks), columns=list(IdentityCheck._fields))
