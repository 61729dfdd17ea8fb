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


NAMELESS_BALANCE = (
    "Balance Sheets (in thousands)\n\n\tMarch 31,\tDecember 31,\n\t2010\t2009\nASSETS\t\t\n"
    "Cash and cash equivalents\t210\t190\nAccounts receivable\t90\t80\n\t300\t270\nProperty, net\t200\t230\n\t500\t500\n"
    "LIABILITIES AND STOCKHOLDERS' EQUITY\t\t\nAccounts payable\t40\t30\nAccrued liabilities\t60\t50\n\t100\t80\n"
    "Long-term debt\t150\t140\n\t250\t220\nCommon stock\t100\t100\nRetained earnings\t{earned}\t180\n\t250\t280\n\t500\t500\n"
)


@pytest.mark.parametrize(("earned", "totals"), [("150", 6), ("160", 2)])
def test_the_totals_of_a_balance_sheet_without_names_are_told_by_their_sums(earned: str, totals: int) -> None:
    """Such a balance sheet was no statement."""
    (table,) = statements(NAMELESS_BALANCE.format(earned=earned)).tables
    named = [(one.concepts[0], one.line.amounts[0].value) for one in table.line_items if not one.line.label and one.concepts]
    found = {concept: int(value) for concept, value in named}
    expected = {"AssetsCurrent": 300, "Assets": 500, "LiabilitiesCurrent": 100, "Liabilities": 250, "StockholdersEquity": 250}
    expected["LiabilitiesAndStockholdersEquity"] = 500
    assert len(found) == totals
    assert found.items() <= expected.items()
    assert all(one.line.chosen_by for one in table.line_items if not one.line.label and one.concepts)


@pytest.mark.parametrize(("own", "concept"), [("170", "ProfitLoss"), ("175", "NetIncomeLoss")])
def test_a_line_without_a_name_below_the_share_of_others_is_net_income(own: str, concept: str) -> None:
    """The consolidated result above the share was taken for the company's own."""
    found = items(
        f"{HEAD}Net sales\t900\t800\nCost of sales\t500\t450\nGross profit\t400\t350\nIncome taxes\t50\t40\n"
        f"Net income\t200\t180\nLess: attributable to noncontrolling interests\t30\t20\n\t{own}\t160\n"
    )
    assert found["Net income"].concepts == (concept,)
    assert (found[""].concepts == ("NetIncomeLoss",)) is (concept == "ProfitLoss")


def test_a_line_without_a_name_below_the_cost_of_sales_is_gross_profit() -> None:
    """It was read as no concept."""
    found = items(
        f"{HEAD}Net sales\t900\t800\nCost of sales\t500\t450\n\t400\t350\nOperating expenses:\t\t\n"
        "Research and development\t150\t130\nOperating income\t250\t220\nIncome taxes\t50\t40\nNet income\t200\t180\n"
    )
    assert found[""].concepts == ("GrossProfit",)


@pytest.mark.parametrize(("costs", "is_named"), [("500", True), ("510", False)])
def test_the_one_line_between_revenue_and_gross_profit_is_cost_of_revenue(costs: str, is_named: bool) -> None:
    """ "Operating costs" there were no cost of revenue."""
    found = items(
        f"{HEAD}Net sales\t900\t800\nOperating costs\t{costs}\t450\nGross profit\t400\t350\nOperating expenses:\t\t\n"
        "Research and development\t150\t130\nOperating income\t250\t220\nIncome taxes\t50\t40\nNet income\t200\t180\n"
    )
    assert (found["Operating costs"].concepts == ("CostOfRevenue",)) is is_named


@pytest.mark.parametrize(("others", "is_named"), [("(30)", True), ("(40)", False)])
def test_a_bare_profit_above_its_shares_is_the_result_of_all(others: str, is_named: bool) -> None:
    """It was no concept, so nothing told the sign of the tax between it and the income before it."""
    found = items(
        f"{HEAD}Net sales\t900\t800\nCost of sales\t-950\t-450\nGross profit\t-50\t350\n"
        f"Profit before tax\t-50\t350\nTax\t24\t-40\n"
        f"Profit\t-26\t310\nProfit attributable to equity holders of the parent\t4\t300\n"
        f"Loss attributable to non-controlling interests\t{others}\t10\n"
    )
    assert (found["Profit"].concepts == ("ProfitLoss",)) is is_named
    assert (found["Tax"].line.amounts[0].value == -24) is is_named
