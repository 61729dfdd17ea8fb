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
from typing import Final

from orchestration.filings.records import Statement
from orchestration.filings.statements.calculation import line_items as gather
from orchestration.filings.statements.claims import LIABILITIES
from orchestration.filings.statements.line_items import LineItem
from orchestration.filings.statements.score import closings
from orchestration.filings.tables.interpretations import MARGIN, Alternative, Question, improved
from orchestration.filings.tables.lines import Closing, StatementLine
from orchestration.filings.tables.passes import PLAIN, Runner
from orchestration.filings.text.labels import concepts_of_label, normalised_label

_EXPENSES: Final = frozenset(
    {
        "CostOfRevenue",
        "ResearchAndDevelopmentExpense",
        "SellingGeneralAndAdministrativeExpense",
        "GeneralAndAdministrativeExpense",
        "OperatingExpenses",
    }
)
_PAYMENTS: Final = frozenset({"PaymentsToAcquirePropertyPlantAndEquipment"})
_CASH_FLOWS: Final = frozenset(
    {
        "NetCashProvidedByUsedInOperatingActivities",
        "NetCashProvidedByUsedInInvestingActivities",
        "NetCashProvidedByUsedInFinancingActivities",
        "CashPeriodIncreaseDecrease",
    }
)
_USED: Final = re.compile(r"\b(?:used|absorbed|utili[sz]ed|required|outflows?|decrease)\b")
_RECEIVED: Final = re.compile(r"\b(?:provided|generated|from|inflows?|increase|change)\b")
_EXPENSE_TOTALS: Final = ("CostOfRevenue", "OperatingExpenses")
WEIGHED: Final = frozenset(
    {
        "NonoperatingIncomeExpense",
        "IncomeLossBeforeIncomeTaxes",
        "IncomeLossFromContinuingOperations",
        "NetIncomeLoss",
        "ProfitLoss",
        "OperatingIncomeLoss",
    }
)
"""Results whose loose lines are added or subtracted, as it closes."""
_MOST_LOOSE: Final = 60
"""Limit on the loose lines of a result that are tried one by one: each try tests all sums of the statement."""
_LOSS: Final = re.compile(r"\bloss(?:es)?\b")
_LOSS_FIRST: Final = re.compile(r"\bloss(?:es)?\s*\((?:income|gains?|profits?|earnings)\)", re.IGNORECASE)
"""`Net loss (income)`: what stands in parentheses is the income."""
_DEFICIT: Final = re.compile(r"\b(?:deficit|deficiency)\b")
_PROVISION: Final = re.compile(r"\b(?:provision|expense)\b")
_BENEFIT: Final = re.compile(r"\b(?:benefit|credit|recovery)\b")
_EXPENSE_ASIDE: Final = re.compile(
    r"\((?:expense|provision)s?\)\s*(?:/\s*|or\s+)?(?:benefit|credit|recovery)"
    r"|(?:benefit|credit|recovery)\s*(?:/|from|of|or)?\s*\((?:expense|provision)",
    re.IGNORECASE,
)
_GAIN: Final = re.compile(r"\b(?:income|earnings|profit|gains?)\b")
_INCOME_TAX: Final = re.compile(r"\bincome tax(?:es)?\b")
"""Words of "loss before income taxes" that do not make it an income."""
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

    def turn(lines: Sequence[StatementLine]) -> list[StatementLine]:
        return [_with_sign_changed(line) if index in bare else line for index, line in enumerate(lines)]

    def score(lines: Sequence[StatementLine]) -> frozenset[Closing]:
        return closings(with_signs(gather(lines, statement), statement), statement)

    margin = 0 if statement is Statement.CASH_FLOW else MARGIN
    return improved(Question("with_bare_signs", score, margin), lines, [turn], runner)[0]


def signed_line_items(lines: Sequence[StatementLine], statement: Statement) -> list[LineItem]:
    """The line items of a statement, with the signs of this project."""
    return with_signs(gather(with_bare_signs(lines, statement), statement), statement)


def _is_bare_deficit(line: StatementLine) -> bool:
    words = normalised_label(line.label)
    return bool(_DEFICIT.search(words)) and "equity" not in words and "accumulated" not in words and "liabilit" not in words


def _is_bare_use(line: StatementLine) -> bool:
    """Whether a total of cash flows is called used, or the change in cash a decrease, and is printed as no negative."""
    words = normalised_label(line.label)
    named = _CASH_FLOWS.intersection(concepts_of_label(line.label, Statement.CASH_FLOW))
    return bool(named) and bool(_USED.search(words)) and not _RECEIVED.search(words) and not _has_negative(line)


def with_signs(items: Sequence[LineItem], statement: Statement, runner: Runner = PLAIN) -> list[LineItem]:
    """The items with figures and weights in the signs of this project."""
    if statement is Statement.CASH_FLOW:
        return [_deducted(item) if _PAYMENTS & set(item.concepts) and _mostly_negative(item.line) else item for item in items]
    if statement is not Statement.INCOME:
        return _liabilities_positive(items)
    plain = [_negated(item) if _is_deducted_tax(item) else item for item in _expenses_positive(items)]
    turned, best = _improved(plain, statement, runner)
    losses = {index for index, item in enumerate(plain) if _is_bare_loss(item) and not _has_negative(item.line)}
    losses |= {index for index, item in enumerate(plain) if _LOSS_FIRST.search(item.line.label) and _is_result(item)}
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
    return any(cell.readings[0].value < 0 for cell in line.cells if cell.readings)


def _per_share_of(items: Sequence[LineItem], losses: set[int]) -> set[int]:
    """The per-share figures of a net loss printed without parentheses, which are printed so too."""
    if not any("NetIncomeLoss" in items[index].concepts for index in losses):
        return set()
    return {
        index
        for index, item in enumerate(items)
        if any(name.startswith("EarningsPerShare") for name in item.concepts)
        and not _has_negative(item.line)
        and not _GAIN.search(normalised_label(item.line.label))
    }


def _expenses_positive(items: Sequence[LineItem]) -> list[LineItem]:
    """The items, expenses that are printed as negatives made positive; a single gain among expenses stays negative."""
    chosen = set[int]()
    for total in _EXPENSE_TOTALS:
        members = [index for index, item in enumerate(items) if total in item.concepts or item.parent == total]
        heads = (
            [index for index in members if total in items[index].concepts]
            or [index for index in members if _EXPENSES & set(items[index].concepts)]
            or members
        )
        if heads and all(_mostly_negative(items[index].line) for index in heads):
            chosen.update(members)
    turned = [_negated(item) if index in chosen else item for index, item in enumerate(items)]
    return [
        _deducted(item)
        if _EXPENSES & set(item.concepts) and _mostly_negative(item.line) and item.parent not in _EXPENSE_TOTALS
        else item
        for item in turned
    ]


def _deducted(item: LineItem) -> LineItem:
    """An expense printed as a negative: made positive, and its weight in its total changed too."""
    return replace(_negated(item), weight=-item.weight if item.parent else item.weight)


def _is_deducted_tax(item: LineItem) -> bool:
    """Whether a tax is called a provision or expense and no benefit, and is negative in every column that has one.

    So too where its label has the expense in parentheses, and any column does.
    """
    words = normalised_label(item.line.label)
    values = [cell.readings[0].value for cell in item.line.cells if cell.readings and cell.readings[0].value]
    if "IncomeTaxExpenseBenefit" in item.concepts and _EXPENSE_ASIDE.search(item.line.label):
        return any(value < 0 for value in values)
    is_expense = bool(_PROVISION.search(words)) and not _BENEFIT.search(words)
    return "IncomeTaxExpenseBenefit" in item.concepts and is_expense and len(values) > 1 and all(value < 0 for value in values)


def _mostly_negative(line: StatementLine) -> bool:
    values = [cell.readings[0].value for cell in line.cells if cell.readings and cell.readings[0].value]
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
    if losses:
        yield _negating(losses)
    for concept in ("IncomeTaxExpenseBenefit", "NonoperatingIncomeExpense"):
        own = {index for index, item in enumerate(items) if concept in item.concepts}
        if own:
            yield _negating(own)
    for total in sorted(WEIGHED):
        loose = [index for index, item in enumerate(items) if item.parent == total]
        if len(loose) > 1:
            yield _taking_off(set(loose))
        for index in loose if len(loose) <= _MOST_LOOSE else ():
            yield _taking_off({index})
    yield from _expenses_together(items)


def _expenses_together(items: Sequence[LineItem]) -> Iterator[Alternative[LineItem]]:
    """Other expense and interest expense together: neither closes anything while the other stands."""
    own = {index for index, item in enumerate(items) if "NonoperatingIncomeExpense" in item.concepts}
    loose = {index for index, item in enumerate(items) if item.parent == "IncomeLossBeforeIncomeTaxes"} - own
    if own and loose:
        yield lambda items: _taking_off(loose)(_negating(own)(items))


def _is_bare_loss(item: LineItem) -> bool:
    """Whether a result is called a loss and nothing else, and is printed without parentheses."""
    words = normalised_label(item.line.label)
    is_loss = bool(_LOSS.search(words)) and not _GAIN.search(_INCOME_TAX.sub("", words))
    return _is_result(item) and is_loss and not _mostly_negative(item.line)


def _is_result(item: LineItem) -> bool:
    return any(_RESULTS.search(concept) for concept in item.concepts)


def _negating(chosen: set[int]) -> Alternative[LineItem]:
    return lambda items: [_negated(item) if index in chosen else item for index, item in enumerate(items)]


def _taking_off(chosen: set[int]) -> Alternative[LineItem]:
    return lambda items: [replace(item, weight=-item.weight) if index in chosen else item for index, item in enumerate(items)]
