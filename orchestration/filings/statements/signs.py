"""The signs of lines: expenses positive, losses and benefits negative, however a statement prints them.

Belongs here: which lines are printed with the other sign, and whether a line is added to its total or subtracted. Does not
belong here: parentheses and minus signs of a single figure (`tables/cells.py`).

Statements differ in how they print a sign, but not from column to column. So a change of sign is tried on whole lines, and kept
where more identities then close over all columns; else the printed sign stands. Expenses printed as negatives throughout are
changed in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from orchestration.filings.records import Statement
from orchestration.filings.statements.calculation import line_items as gather
from orchestration.filings.statements.claims import INCOME_TAX, LIABILITIES, OTHER_INCOME
from orchestration.filings.statements.line_items import LineItem, concepts_in
from orchestration.filings.statements.score import closings
from orchestration.filings.tables.interpretations import MARGIN, Alternative, Question, changed, improved
from orchestration.filings.tables.lines import Closing, StatementLine
from orchestration.filings.tables.passes import PLAIN, Runner
from orchestration.filings.text.labels import concepts_of_label, normalised_label, says
from orchestration.filings.vocabulary import wording

_PAYMENTS: Final = frozenset({"PaymentsToAcquirePropertyPlantAndEquipment"})
_EXPENSE_TOTALS: Final = ("CostOfRevenue", "OperatingExpenses")
_MOST_LOOSE: Final = 60
"""Limit on the loose lines of a result that are tried one by one: each try tests all sums of the statement."""
_RESULTS: Final = re.compile(r"Loss$|EarningsPerShare|^IncomeLoss|^NetIncomeLoss")


def with_bare_signs(lines: Sequence[StatementLine], statement: Statement, runner: Runner = PLAIN) -> list[StatementLine]:
    """The lines, with the sign changed of what is called a negative and printed without parentheses.

    Equity called a deficit changes its sign where more identities then close: before the lines are gathered, since what a total
    gathers depends on it. Cash called used, or a decrease, changes it unless fewer close.
    """
    is_bare = {Statement.BALANCE: _is_bare_deficit, Statement.CASH_FLOW: _is_bare_use}.get(statement)
    bare = {index for index, line in enumerate(lines) if is_bare and is_bare(line)}
    if not bare:
        return list(lines)

    def score(lines: Sequence[StatementLine]) -> frozenset[Closing]:
        return closings(with_signs(gather(lines, statement), statement), statement)

    margin = 0 if statement is Statement.CASH_FLOW else MARGIN
    return improved(Question("with_bare_signs", score, margin), lines, [changed(bare, _with_sign_changed)], runner)[0]


def signed_line_items(lines: Sequence[StatementLine], statement: Statement) -> list[LineItem]:
    """The line items of a statement, with the signs of this project."""
    return with_signs(gather(with_bare_signs(lines, statement), statement), statement)


def _is_bare_deficit(line: StatementLine) -> bool:
    return says("bare_deficit", line.label)


def _is_bare_use(line: StatementLine) -> bool:
    """Whether a total of cash flows is called used, or the change in cash a decrease, and is printed as no negative."""
    named = concepts_in("cash_flows").intersection(concepts_of_label(line.label, Statement.CASH_FLOW))
    return bool(named) and says("cash_used", line.label) and not _has_negative(line)


def with_signs(items: Sequence[LineItem], statement: Statement, runner: Runner = PLAIN) -> list[LineItem]:
    """The items with figures and weights in the signs of this project."""
    if statement is Statement.CASH_FLOW:
        return [_deducted(item) if _PAYMENTS & set(item.concepts) and _mostly_negative(item.line) else item for item in items]
    if statement is not Statement.INCOME:
        return _liabilities_positive(items)
    plain = [_negated(item) if _is_deducted_tax(item) else item for item in _expenses_positive(items)]
    turned, best = _improved(plain, statement, runner)
    losses = {index for index, item in enumerate(plain) if _is_bare_loss(item) and not _has_negative(item.line)}
    losses |= {index for index, item in enumerate(plain) if wording("loss_first").search(item.line.label) and _is_result(item)}
    if losses:
        as_called, closed = _improved(_negating(losses | _per_share_of(plain, losses))(plain), statement, runner)
        turned = as_called if len(closed) >= len(best) else turned
    return turned


def _liabilities_positive(items: Sequence[LineItem]) -> list[LineItem]:
    """The items of a balance sheet, liabilities printed as negatives to be taken off the assets made positive."""
    owed = [index for index, item in enumerate(items) if LIABILITIES & {*item.concepts, item.parent or ""}]
    totals = [items[index].line for index in owed if LIABILITIES & set(items[index].concepts)]
    if not totals or not all(map(_mostly_negative, totals)):
        return list(items)
    return _negating(set(range(owed[0], owed[-1] + 1)))(items)


def _improved(items: list[LineItem], statement: Statement, runner: Runner) -> tuple[list[LineItem], frozenset[Closing]]:
    """The items after every change of sign that lets more identities close, and those that close."""
    question: Question[LineItem] = Question("with_signs", lambda items: closings(items, statement))
    return improved(question, items, _sign_changes(items), runner)


def _has_negative(line: StatementLine) -> bool:
    return any(value < 0 for value in _values(line))


def _values(line: StatementLine) -> list[Decimal]:
    """The printed values of a line, without blanks and nils."""
    return [amount.value for amount in line.amounts if amount and amount.value]


def _per_share_of(items: Sequence[LineItem], losses: set[int]) -> set[int]:
    """The per-share figures of a net loss printed without parentheses, which are printed so too."""
    if not any("NetIncomeLoss" in items[index].concepts for index in losses):
        return set()
    return {
        index
        for index, item in enumerate(items)
        if any(name.startswith("EarningsPerShare") for name in item.concepts)
        and not _has_negative(item.line)
        and not says("gain", item.line.label)
    }


def _expenses_positive(items: Sequence[LineItem]) -> list[LineItem]:
    """The items, expenses that are printed as negatives made positive; a single gain among expenses stays negative."""
    chosen = set[int]()
    for total in _EXPENSE_TOTALS:
        members = [index for index, item in enumerate(items) if total in item.concepts or item.parent == total]
        heads = (
            [index for index in members if total in items[index].concepts]
            or [index for index in members if concepts_in("expenses") & set(items[index].concepts)]
            or members
        )
        if heads and all(_mostly_negative(items[index].line) for index in heads):
            chosen.update(members)
    return [
        _deducted(item)
        if concepts_in("expenses") & set(item.concepts) and _mostly_negative(item.line) and item.parent not in _EXPENSE_TOTALS
        else item
        for item in _negating(chosen)(items)
    ]


def _deducted(item: LineItem) -> LineItem:
    """An expense printed as a negative: made positive, and its weight in its total changed too."""
    return replace(_negated(item), weight=-item.weight if item.parent else item.weight)


def _is_deducted_tax(item: LineItem) -> bool:
    """Whether a tax is called a provision or expense and no benefit, and is negative in every column that has one.

    So too where its label has the expense in parentheses, and any column does.
    """
    values = _values(item.line)
    if INCOME_TAX in item.concepts and wording("expense_in_parentheses").search(item.line.label):
        return any(value < 0 for value in values)
    is_expense = INCOME_TAX in item.concepts and says("tax_provision", item.line.label)
    return is_expense and len(values) > 1 and all(value < 0 for value in values)


def _mostly_negative(line: StatementLine) -> bool:
    values = _values(line)
    return bool(values) and sum(value < 0 for value in values) * 2 > len(values)


def _negated(item: LineItem) -> LineItem:
    return replace(item, line=_with_sign_changed(item.line))


def _with_sign_changed(line: StatementLine) -> StatementLine:
    cells = tuple(
        replace(cell, readings=tuple(reading._replace(value=-reading.value) for reading in cell.readings))
        for cell in line.cells
    )
    return replace(line, cells=cells)


def _sign_changes(items: Sequence[LineItem]) -> Iterator[Alternative[LineItem]]:
    """The changes of sign that are tried, likeliest first."""
    losses = {index for index, item in enumerate(items) if _is_bare_loss(item)}
    taxes, other = (
        {index for index, item in enumerate(items) if concept in item.concepts} for concept in (INCOME_TAX, OTHER_INCOME)
    )
    yield from (_negating(own) for own in (losses, taxes, other) if own)
    for total in sorted(concepts_in("weighed")):
        loose = [index for index, item in enumerate(items) if item.parent == total]
        if len(loose) > 1:
            yield _taking_off(set(loose))
        for index in loose if len(loose) <= _MOST_LOOSE else ():
            yield _taking_off({index})
    beside = {index for index, item in enumerate(items) if item.parent == "IncomeLossBeforeIncomeTaxes"} - other
    if other and beside:  # other expense and interest expense: neither closes anything while the other stands
        yield lambda items: _taking_off(beside)(_negating(other)(items))


def _is_bare_loss(item: LineItem) -> bool:
    """Whether a result is called a loss and nothing else, and is printed without parentheses."""
    words = normalised_label(item.line.label)
    is_loss = says("loss", item.line.label) and not wording("gain").search(wording("income_tax").sub("", words))
    return _is_result(item) and is_loss and not _mostly_negative(item.line)


def _is_result(item: LineItem) -> bool:
    return any(_RESULTS.search(concept) for concept in item.concepts)


def _negating(chosen: set[int]) -> Alternative[LineItem]:
    return changed(chosen, _negated)


def _taking_off(chosen: set[int]) -> Alternative[LineItem]:
    return changed(chosen, lambda item: replace(item, weight=-item.weight))
