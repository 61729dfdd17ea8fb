"""Made-up statements whose every figure is known: several shapes, drawn from a seed.

Belongs here: what the sheets state, and that their sums close. Does not belong here: how a sheet is printed
(`tests/unit/filings/rendering.py`), or any damage.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from tests.unit.filings.rendering import Sheet

Stated = dict[tuple[str, str, int, str], Decimal]
"""(statement, last day, months, concept) -> absolute value."""
Heads = tuple[tuple[tuple[str, int], ...], ...]
Lines = list[tuple[str, str | None, int]]
"""(label, concept, figure in thousands) of one column."""

THOUSAND = 1_000
INCOME_COLUMNS = (("2011-06-30", 3), ("2010-06-30", 3), ("2011-06-30", 6), ("2010-06-30", 6))
INCOME_HEADS = (
    (("Three Months Ended June 30,", 2), ("Six Months Ended June 30,", 2)),
    (("2011", 1), ("2010", 1), ("2011", 1), ("2010", 1)),
)
BALANCE_COLUMNS = (("2011-06-30", 0), ("2010-12-31", 0))
BALANCE_HEADS = ((("June 30, 2011", 1), ("December 31, 2010", 1)),)


def single_step(rng: random.Random) -> Lines:
    """Revenues by kind, all costs under one total."""
    sales, royalties, support = rng.randint(10_000, 90_000), rng.randint(100, 9_999), rng.randint(100, 9_999)
    cost, research, general = rng.randint(5_000, 40_000), rng.randint(8_000, 60_000), rng.randint(1_000, 20_000)
    revenues, expenses = sales + royalties + support, cost + research + general
    return [
        ("Product sales", None, sales),
        ("Royalty revenue", None, royalties),
        ("Research support", None, support),
        ("Total revenues", "Revenues", revenues),
        ("Cost of sales", "CostOfRevenue", cost),
        ("Research and development", "ResearchAndDevelopmentExpense", research),
        ("Selling, general and administrative", "SellingGeneralAndAdministrativeExpense", general),
        ("Total costs and expenses", "OperatingExpenses", expenses),
        ("Income (loss) from operations", "OperatingIncomeLoss", revenues - expenses),
        *_below(rng, revenues - expenses),
    ]


def multi_step(rng: random.Random) -> Lines:
    """Gross profit, then operating expenses under a total."""
    sales, cost = rng.randint(20_000, 900_000), rng.randint(9_000, 400_000)
    research, general, amortization = rng.randint(1_000, 90_000), rng.randint(1_000, 90_000), rng.randint(100, 5_000)
    expenses = research + general + amortization
    return [
        ("Net sales", "Revenues", sales),
        ("Cost of sales", "CostOfRevenue", cost),
        ("Gross profit", "GrossProfit", sales - cost),
        ("Research and development", "ResearchAndDevelopmentExpense", research),
        ("Selling, general and administrative", "SellingGeneralAndAdministrativeExpense", general),
        ("Amortization of intangible assets", None, amortization),
        ("Total operating expenses", "OperatingExpenses", expenses),
        ("Income (loss) from operations", "OperatingIncomeLoss", sales - cost - expenses),
        *_below(rng, sales - cost - expenses),
    ]


def _below(rng: random.Random, operating: int) -> Lines:
    """From operating income down to net income."""
    other, tax = rng.randint(100, 3_000), rng.randint(100, 9_000)
    return [
        ("Other income, net", "NonoperatingIncomeExpense", other),
        ("Income (loss) before income taxes", "IncomeLossBeforeIncomeTaxes", operating + other),
        ("Provision for income taxes", "IncomeTaxExpenseBenefit", tax),
        ("Net income (loss)", "NetIncomeLoss", operating + other - tax),
    ]


def balance(rng: random.Random) -> Lines:
    """Both sides of a balance sheet, with totals of current items and of liabilities."""
    cash, receivables, inventory = rng.randint(9_000, 200_000), rng.randint(1_000, 50_000), rng.randint(1_000, 50_000)
    plant, goodwill = rng.randint(1_000, 80_000), rng.randint(100, 20_000)
    payables, accrued, debt = rng.randint(500, 20_000), rng.randint(500, 20_000), rng.randint(500, 30_000)
    current, owed = cash + receivables + inventory, payables + accrued
    assets, liabilities = current + plant + goodwill, owed + debt
    return [
        ("Cash and cash equivalents", "CashAndCashEquivalents", cash),
        ("Accounts receivable", None, receivables),
        ("Inventories", None, inventory),
        ("Total current assets", "AssetsCurrent", current),
        ("Property and equipment, net", None, plant),
        ("Goodwill", None, goodwill),
        ("Total assets", "Assets", assets),
        ("Accounts payable", None, payables),
        ("Accrued liabilities", None, accrued),
        ("Total current liabilities", "LiabilitiesCurrent", owed),
        ("Long-term debt", None, debt),
        ("Total liabilities", "Liabilities", liabilities),
        ("Total stockholders' equity", "StockholdersEquity", assets - liabilities),
        ("Total liabilities and stockholders' equity", "LiabilitiesAndStockholdersEquity", assets),
    ]


def income_sheet(rng: random.Random, shape: Callable[[random.Random], Lines]) -> tuple[Sheet, Stated]:
    """An income statement of four columns, with earnings per share and the shares they are counted on.

    Six months are their last quarter and another: figures that shrink within a year are of swapped heads to the reader.
    """
    columns = [shape(rng) for _ in INCOME_COLUMNS]
    quarters = {end: column for (end, months), column in zip(INCOME_COLUMNS, columns, strict=True) if months == 3}
    columns = [
        column if months == 3 else [(*one[:2], one[2] + other[2]) for one, other in zip(column, quarters[end], strict=True)]
        for (end, months), column in zip(INCOME_COLUMNS, columns, strict=True)
    ]
    return income(INCOME_HEADS, INCOME_COLUMNS, columns, [rng.randint(5_000, 90_000) for _ in columns])


def income(
    heads: Heads, periods: Sequence[tuple[str, int]], columns: Sequence[Lines], shares: Sequence[int]
) -> tuple[Sheet, Stated]:
    """An income statement of these columns, with earnings per share on `shares`, in thousands."""
    per_share = [_per_share(column[-1][2], count) for column, count in zip(columns, shares, strict=True)]
    rows = (
        *_rows(columns),
        ("Net income (loss) per share, basic", tuple(f"({-one})" if one < 0 else str(one) for one in per_share)),
        ("Weighted average shares outstanding, basic", tuple(map(_printed, shares))),
    )
    stated = _stated("income_statement", periods, columns)
    for (end, months), one, count in zip(periods, per_share, shares, strict=True):
        stated["income_statement", end, months, "EarningsPerShareBasic"] = one
        stated["income_statement", end, months, "WeightedAverageSharesBasic"] = Decimal(count * THOUSAND)
    titles = ("Example Therapeutics, Inc.", "Consolidated Statements of Operations", "(in thousands, except per share data)")
    return Sheet(titles, heads, rows), stated


def balance_sheet(rng: random.Random) -> tuple[Sheet, Stated]:
    """A balance sheet of two columns."""
    return sheet_of_balances(BALANCE_HEADS, BALANCE_COLUMNS, [balance(rng) for _ in BALANCE_COLUMNS])


def sheet_of_balances(heads: Heads, periods: Sequence[tuple[str, int]], columns: Sequence[Lines]) -> tuple[Sheet, Stated]:
    """A balance sheet of these columns."""
    titles = ("Example Therapeutics, Inc.", "Consolidated Balance Sheets", "(in thousands)")
    return Sheet(titles, heads, _rows(columns)), _stated("balance_sheet", periods, columns)


def _printed(value: int) -> str:
    return f"({-value:,})" if value < 0 else f"{value:,}"


def _per_share(income: int, shares: int) -> Decimal:
    return (Decimal(income) / shares).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _rows(columns: Sequence[Lines]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((label, tuple(_printed(column[at][2]) for column in columns)) for at, (label, _, _) in enumerate(columns[0]))


def _stated(statement: str, periods: Sequence[tuple[str, int]], columns: Sequence[Lines]) -> Stated:
    return {
        (statement, end, months, concept): Decimal(figure * THOUSAND)
        for (end, months), column in zip(periods, columns, strict=True)
        for _, concept, figure in column
        if concept
    }
