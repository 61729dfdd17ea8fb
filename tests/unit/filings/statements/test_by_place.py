"""Concepts that a line has by its place and its sums, and what such a sum is no proof of."""

from __future__ import annotations

import pytest

from orchestration.filings.statements.line_items import LineItem
from tests.unit.filings.made_up import CASH_FLOW, statements

HEAD = "Statements of Income (in thousands)\n\n\tThree Months Ended March 31,\t\n\t2010\t2009\n"
UTILITY = HEAD + (
    "Operating revenues\t900\t800\nCost of gas\t{cost}\t450\nOperating margin\t400\t350\nOperating expenses:\t\t\n"
    "Maintenance\t100\t90\nDepreciation\t50\t40\nTotal operating expenses\t150\t130\nOperating income\t250\t220\n"
    "Income taxes\t50\t40\nNet income\t200\t180\n"
)


def items(text: str) -> dict[str, LineItem]:
    (table,) = statements(text).tables
    return {item.line.label: item for item in table.line_items}


@pytest.mark.parametrize(("cost", "is_named"), [("500", True), ("510", False)])
def test_a_margin_is_gross_profit_only_if_it_is_revenue_less_what_stands_between(cost: str, is_named: bool) -> None:
    found = items(UTILITY.format(cost=cost))
    assert (found["Operating margin"].concepts == ("GrossProfit",)) is is_named
    assert (found["Cost of gas"].concepts == ("CostOfRevenue",)) is is_named


def test_the_sum_that_named_a_line_is_spent_for_it() -> None:
    found = items(UTILITY.format(cost="500"))
    assert found["Operating margin"].line.chosen_by == {("gross_profit", 0), ("gross_profit", 1)}


@pytest.mark.parametrize(("total", "is_named"), [("930", True), ("940", False)])
def test_the_last_line_called_revenue_is_the_whole_if_it_sums_up_the_others(total: str, is_named: bool) -> None:
    found = items(
        f"{HEAD}Net sales\t900\t800\nOther operating revenues\t30\t20\nRevenues\t{total}\t820\nCost of goods sold\t500\t450\n"
        "Gross profit\t430\t370\nIncome before income taxes\t150\t140\nIncome taxes\t50\t40\nNet income\t100\t100\n"
    )
    assert (found["Revenues"].concepts == ("Revenues",)) is is_named


def test_the_first_line_is_revenue_where_expenses_follow_it() -> None:
    found = items(
        f"{HEAD}Voyage revenues\t900\t800\nVoyage expenses\t100\t90\n"
        "General and administrative\t300\t270\nOperating income\t500\t440\n"
        "Interest and finance costs\t(100)\t(90)\nNet income\t400\t350\n"
    )
    assert found["Voyage revenues"].concepts == ("Revenues",)


def test_the_sum_that_named_the_ends_of_cash_is_spent_for_them() -> None:
    text = CASH_FLOW.replace("at beginning of period", "at January 1").replace("at end of period", "at June 30")
    closings = items(text)["Cash and cash equivalents at June 30"].line.chosen_by
    assert {name for name, _ in closings} == {"cash_end"}
