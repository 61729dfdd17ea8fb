"""Two values for one concept, period and basis in one filing: neither is proven.

Belongs here: which values of a filing contradict each other, and which statements are coarser prints of others. Does not
belong here: what proves a value (`proof_count.py`), or values of other releases (`other_releases.py`).

An identity proves the digits of a column, not what the column is of: a segment's, a subsidiary's and one of per cents add up as
well. Where two tables state one thing differently, one of them at least is attributed wrongly; the filing does not say which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from expectations.identities import Amount
from orchestration.filings.proof.statement_amounts import StatementAmounts
from orchestration.filings.records import Problem, Severity, Statement, Value
from orchestration.filings.statements.findings import Finding
from orchestration.filings.statements.read import Statements, StatementTable
from orchestration.filings.tables.lines import COST_SOUND
from orchestration.filings.text.labels import normalised_label

_Key = tuple[object, ...]
_LEAST_DIGITS: Final = 3
_LEAST_FIGURES: Final = 3
_LEAST_REPEATED: Final = 3
_NAMELESS: Final = ("", "total")
_TOTALS: Final = frozenset(
    {"Revenues", "GrossProfit", "OperatingExpenses", "OperatingIncomeLoss", "IncomeLossBeforeIncomeTaxes", "NetIncomeLoss"}
    | {"ProfitLoss", "AssetsCurrent", "Assets", "LiabilitiesCurrent", "Liabilities", "StockholdersEquity"}
)
_COARSER: Final = 1_000
"""Thousands beside millions are of like precision; a coarser figure is rounded too far to contradict."""


def without_rivals(values: Sequence[Value], aside: Sequence[StatementTable] = ()) -> tuple[tuple[Value, ...], list[Problem]]:
    """The values with no proof for those that another value contradicts, and a problem for each such pair of lines.

    Where the two are of two statements, their whole columns are: one of the statements is of something else. Two values agree
    where one is the other within the roundings of both. `aside` are tables that were not taken for statements: what they print
    is no value, and contradicts one all the same.
    """
    stated: dict[_Key, list[Value]] = {}
    for value in values:
        if value.concept and value.value is not None and value.period_end:
            stated.setdefault(_key(value), []).append(value)
    disputed: set[str] = set()
    columns: set[tuple[int, int]] = set()
    problems: list[Problem] = []
    for table in aside:
        for printed in _printed(table):
            contradicted = [value for value in stated.get(printed.key, ()) if _is_contradicted(value, printed)]
            disputed.update(value.value_id for value in contradicted)
            problems += [_problem_aside(value, printed) for value in contradicted[:1]]
    for rivals in stated.values():
        first, *others = rivals
        against = next((other for other in others if not _agree(first, other)), None)
        if against is not None:
            disputed.update(value.value_id for value in rivals)
            problems.append(_problem(first, against))
            if first.table_no != against.table_no:
                columns.update((value.table_no, value.column_no) for value in rivals)
    repeated = list(_with_repeated_totals(values))
    problems += [_problem_repeated(value) for value in repeated]
    tables = {value.table_no for value in repeated}
    return tuple(
        replace(one, proof_count=0)
        if one.value_id in disputed or (one.table_no, one.column_no) in columns or one.table_no in tables
        else one
        for one in values
    ), problems


def _with_repeated_totals(values: Sequence[Value]) -> Iterator[Value]:
    """Of each statement that prints several of its totals a second time, differently, under the same words: one such line.

    So do the parts of a company one below the other in one table, each with its sales and its income.
    """
    lines: dict[tuple[int, int, str], list[Value]] = {}
    for value in values:
        words = normalised_label(value.label)
        if value.value is not None and words not in _NAMELESS:
            lines.setdefault((value.table_no, value.column_no, words), []).append(value)
    repeated: dict[int, dict[str, Value]] = {}
    for alike in lines.values():
        for first in (one for one in alike if one.concept in _TOTALS):
            other = next((one for one in alike if one.source_line != first.source_line and not _agree(first, one)), None)
            if other and first.concept:
                repeated.setdefault(first.table_no, {}).setdefault(first.concept, other)
    yield from (next(iter(found.values())) for found in repeated.values() if len(found) >= _LEAST_REPEATED)


def _problem_repeated(value: Value) -> Problem:
    message = (
        f'this {value.statement} prints several totals twice, differently, and "{value.label}" again in line'
        f" {value.source_line}: it may be of parts, one below the other, so its figures are not proven; compare it"
        " with the filing"
    )
    return Problem(value.filing_id, Severity.WARNING, "totals_repeated", message, value.source_line, value.raw_text)


def without_coarser_prints(statements: Statements) -> Statements:
    """The statements without those of which another prints every figure, more finely: these are highlights, set aside.

    "Statements of Income Highlights" in millions beside the statements in thousands.
    """
    own = [table for table in statements.tables if table.is_gaap]
    scales: dict[Statement, set[Decimal]] = {}
    for table in own:
        scales.setdefault(table.statement, set()).add(table.scale.money)
    several = [table for table in own if len(scales[table.statement]) > 1]
    printed = {table.number: {one.key: one.amount for one in _printed(table)} for table in several}
    coarse = [
        table
        for table in statements.tables
        if any(_is_coarser(printed.get(table.number, {}), other) for number, other in printed.items() if number != table.number)
    ]
    findings = [
        Finding(
            Severity.NOTE,
            "coarser_print",
            f"another {table.statement} prints all figures of this one more finely: taken for highlights, not read",
            table.line,
            table.title,
        )
        for table in coarse
    ]
    kept = tuple(table for table in statements.tables if table not in coarse)
    return Statements(kept, (*statements.findings, *findings), (*statements.aside, *coarse))


def _is_coarser(own: Mapping[_Key, Amount], other: Mapping[_Key, Amount]) -> bool:
    """Whether figures are all among others that agree with them, some of them finer and none coarser."""
    if len(own) < _LEAST_FIGURES or not own.keys() <= other.keys():
        return False
    pairs = [(one, other[key]) for key, one in own.items()]
    return all(fine.rounding <= one.rounding and one.agrees(fine) for one, fine in pairs) and any(
        fine.rounding < one.rounding for one, fine in pairs
    )


class _Printed(NamedTuple):
    """A figure of a table set aside: what it is of, its amount, and its line."""

    key: _Key
    amount: Amount
    line: int
    label: str


def _printed(table: StatementTable) -> Iterator[_Printed]:
    """The sound figures of a table that have a concept and a period."""
    amounts = StatementAmounts(table)
    for item, row in zip(table.line_items, amounts.rows, strict=True):
        for number, (cell, amount) in enumerate(zip(item.line.cells, row.amounts, strict=True)):
            end, months = amounts.period_ends[number], amounts.months(number)
            if amount and end and months is not None and cell.readings[0].cost == COST_SOUND:
                for concept in item.concepts:
                    key = (concept, end, months, True, table.periods[number].is_restated, row.unit)
                    yield _Printed(key, amount, item.line.line, item.line.label)


def _is_contradicted(value: Value, printed: _Printed) -> bool:
    """Whether a figure set aside is another one than a value, and as sharp: it has enough digits, of like weight."""
    if value.value is None or not printed.amount.value:
        return False
    digits = len(str(abs(int(printed.amount.value / printed.amount.rounding))))
    is_sharp = digits >= _LEAST_DIGITS and printed.amount.rounding <= value.rounding * _COARSER
    return is_sharp and not printed.amount.agrees(Amount(value.value, value.rounding))


def _problem_aside(value: Value, printed: _Printed) -> Problem:
    message = (
        f"{value.concept} to {value.period_end} is {value.value} in line {value.source_line}, but another table has"
        f" {printed.amount.value:f} in line {printed.line}: one of them is of something else, so the value is not proven;"
        " compare the two tables"
    )
    return Problem(value.filing_id, Severity.WARNING, "rival_values", message, printed.line, printed.label)


def _key(value: Value) -> _Key:
    return value.concept, value.period_end, value.duration_months, value.is_gaap, value.is_restated, value.unit


def _agree(one: Value, other: Value) -> bool:
    if one.value is None or other.value is None:
        return True
    return Amount(one.value, one.rounding).agrees(Amount(other.value, other.rounding))


def _problem(one: Value, other: Value) -> Problem:
    message = (
        f"{one.concept} to {one.period_end} is {one.value} in line {one.source_line} and {other.value} in line"
        f" {other.source_line}: one of them is of something else, so neither is proven; compare the two tables"
    )
    return Problem(one.filing_id, Severity.WARNING, "rival_values", message, other.source_line, other.raw_text)
