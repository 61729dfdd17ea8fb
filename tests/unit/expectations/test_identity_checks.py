from __future__ import annotations

from decimal import Decimal

import pandas as pd

from expectations.identities import Amount
from expectations.identity_checks import check_columns, difference, number, period, rows
from tests.hang_guard import no_hang

COLUMNS = [
    "filing_id",
    "statement",
    "table_no",
    "column_no",
    "period_end",
    "duration_months",
    "value_id",
    "label",
    "concept",
    "parent_concept",
    "parent_weight",
    "value",
    "rounding",
    "source_line",
]
LINES = [
    *((f"Part {number}", None, "Revenues", "10.0000") for number in range(7)),
    ("Total revenues", "Revenues", None, "70.0000"),
    *((f"Expense {number}", None, "OperatingExpenses", "20.0000") for number in range(7)),
    ("Total expenses", "OperatingExpenses", None, "140.0000"),
    ("Loss from operations", "OperatingIncomeLoss", None, "-70.0000"),
    ("Interest", "NonoperatingIncomeExpense", None, "5.0000"),
    ("Net loss", "NetIncomeLoss", None, "-65.0000"),
    ("Net loss per share", "EarningsPerShareBasic", None, "-0.6500"),
]


def frame(columns: int, damaged: int | None = None) -> pd.DataFrame:
    cells = [
        (
            f"F{column // 4}",
            "income_statement",
            1,
            column % 4,
            "2011-03-31",
            3,
            f"{column}-{line}",
            label,
            concept,
            parent,
            1,
            "71.0000" if column == damaged and concept == "Revenues" else value,
            "0.0100",
            line + 1,
        )
        for column in range(columns)
        for line, (label, concept, parent, value) in enumerate(LINES)
    ]
    return pd.DataFrame(cells, columns=COLUMNS)


def test_each_identity_of_each_column_is_tried_and_a_broken_one_told() -> None:
    checks = list(check_columns(frame(3, damaged=1)))
    assert len(checks) == 12
    broken = [check for check in checks if not check.closes]
    assert [(check.filing_id, check.identity) for check in broken] == [
        ("F0", "revenue_total"),
        ("F0", "operating_income_from_revenues"),
    ]
    first = broken[0]
    assert first.formula.startswith("Total revenues [71] = Part 0 [10] + Part 1 [10]")
    assert (first.period, first.residual, first.tolerance) == ("3 months to 2011-03-31", "1", "0.04")
    assert first.source_lines == "8, 1, 2, 3, 4, 5, 6, 7"


def test_a_value_that_is_not_known_leaves_its_identities_untested() -> None:
    cells = frame(1)
    cells.loc[cells["concept"] == "Revenues", "value"] = None
    assert [check.identity for check in check_columns(cells)] == ["expense_total", "net_income_without_pretax"]


def test_a_hundred_thousand_values_are_tried_in_seconds() -> None:
    """5,000 columns of 20 lines. The bound is ten times what a slow machine takes: it is there to catch a quadratic scan."""
    cells = frame(5_000)
    with no_hang():
        checks = list(check_columns(cells))
    assert len(cells) == 100_000
    assert len(checks) == 20_000
    assert all(check.closes for check in checks)


def test_a_difference_is_allowed_the_rounding_of_its_figures_and_no_more() -> None:
    told, printed = Amount(Decimal("9.2"), Decimal("0.1")), Amount(Decimal("9.15"), Decimal("0.01"))
    assert difference("d", [(1, told), (-1, printed)]) == (True, Decimal("0.05"), Decimal("0.055"))
    outcome = difference("d", [(1, told), (-1, printed._replace(value=Decimal("9.14")))])
    assert outcome is not None
    assert not outcome.closes
    assert difference("d", [(1, told), (-1, None)]) is None


def test_figures_are_told_for_people() -> None:
    assert number(Decimal("1234567.0000")) == "1,234,567"
    assert number(Decimal("-0.0500")) == "-0.05"
    assert number(Decimal("1E+6")) == "1,000,000"
    assert period("2011-03-31", 0) == "at 2011-03-31"
    assert period("2011-03-31", 9) == "9 months to 2011-03-31"
    assert period(None, None) == "unknown months to None"


def test_rows_are_plain_python_values() -> None:
    cells = pd.DataFrame({"a": [1.0, None], "b": ["x", None], "c": [True, False]})
    assert rows(cells) == [(1.0, "x", True), (None, None, False)]
    assert rows(cells.iloc[:0]) == []
