"""Signs of lines that only turn together."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.filings.made_up import CASH_FLOW, statements

EXPENSES_BELOW = """Example Motion, Inc.

Consolidated Statements of Operations (in thousands)

\tQuarter Ended October 1, 2022\tQuarter Ended October 2, 2021
Net sales\t21012\t19811
Cost of goods sold\t13004\t12102
Gross profit\t8008\t7709
Selling, general and administrative expenses\t6001\t5703
Operating income\t2007\t2006
Interest expense, net\t701\t504
Other expense (income), net\t(105)\t302
Income before income taxes\t1411\t1200
Provision for income taxes\t311\t300
Net income\t1100\t900

"""


def test_other_expense_beside_interest_expense_is_turned_with_it() -> None:
    (table,) = statements(EXPENSES_BELOW).tables
    (other,) = (item for item in table.line_items if "NonoperatingIncomeExpense" in item.concepts)
    assert [cell.readings[0].value for cell in other.line.cells] == [105, -302]
    (interest,) = (item for item in table.line_items if item.line.label == "Interest expense, net")
    assert interest.weight == -1


LOSSES = """Example Industries, Inc.

Consolidated Statements of Operations (in thousands, except per share data)

\tQuarter Ended September 30, 2009\tQuarter Ended September 30, 2008
Net sales\t33850\t41590
Cost of products sold\t28660\t34060
Gross profit\t5190\t7530
Selling, general and administrative\t8110\t9270
Restructuring\t2940\t1170
Operating loss\t5860\t2910
Interest expense\t800\t840
Loss before income taxes\t6660\t3750
Income tax benefit\t2000\t1120
Loss from continuing operations\t4660\t2630
Loss from discontinued operations, net of tax\t310\t520
Net loss\t4970\t3150
Basic and diluted loss per share\t1.21\t0.77
Weighted average shares outstanding, basic and diluted\t4120\t4090

"""


def figures(text: str, label: str) -> list[Decimal]:
    (table,) = statements(text).tables
    (found,) = (item for item in table.line_items if item.line.label == label)
    return [cell.readings[0].value for cell in found.line.cells]


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("Operating loss", [-5860, -2910]),
        ("Loss before income taxes", [-6660, -3750]),
        ("Income tax benefit", [-2000, -1120]),
        ("Net loss", [-4970, -3150]),
        ("Basic and diluted loss per share", [Decimal("-1.21"), Decimal("-0.77")]),
        ("Interest expense", [800, 840]),
    ],
)
def test_results_called_losses_and_printed_without_parentheses_are_losses(label: str, meant: list[Decimal]) -> None:
    assert figures(LOSSES, label) == meant


@pytest.mark.parametrize("called", ["Net income", "Net income (loss)"])
def test_a_profit_without_parentheses_stays_a_profit(called: str) -> None:
    statement = LOSSES.replace("Interest expense\t800\t840\n", "").replace(
        "Restructuring\t2940\t1170", "Other gain\t8780\t4650"
    )
    for loss, gain in (("Operating loss", "Operating income"), ("Loss before", "Income before"), ("Net loss", called)):
        statement = statement.replace(loss, gain)
    assert figures(statement, called) == [4970, 3150]


DEDUCTED = """Example Media Corporation

Consolidated Statements of Operations (in thousands)

\tQuarter Ended June 30, 2018\tQuarter Ended June 30, 2017
Total Revenues\t7448\t7105
Operating expenses\t(4443)\t(4100)
Selling, general and administrative\t(2323)\t(1972)
Depreciation and amortization\t(388)\t(402)
Income before income tax expense\t294\t631
Income tax expense\t(84)\t(181)
Net income\t210\t450

"""


def test_an_expense_printed_as_a_negative_is_positive_beside_others_too() -> None:
    assert figures(DEDUCTED, "Selling, general and administrative") == [2323, 1972]
    assert figures(DEDUCTED, "Income tax expense") == [84, 181]


def test_operating_expenses_beside_administrative_ones_are_no_total() -> None:
    (table,) = statements(DEDUCTED).tables
    assert not any("OperatingExpenses" in item.concepts for item in table.line_items)


def test_a_tax_expense_in_parentheses_is_a_benefit_where_net_income_says_so() -> None:
    text = """Example Stores, Inc.

Condensed Consolidated Statements of Income (in thousands)

\t13 Weeks Ended November 2, 2019\t13 Weeks Ended November 3, 2018
Net sales\t1000\t1100
Cost of sales\t1400\t1300
Gross profit\t(400)\t(200)
Selling, general and administrative expenses\t100\t100
Operating income\t(500)\t(300)
Interest expense, net\t20\t30
Income before income taxes\t(520)\t(330)
Income tax expense\t(120)\t(80)
Net income including noncontrolling interest\t(400)\t(250)
Less: Net income attributable to noncontrolling interest\t10\t20
Net income attributable to Example Stores, Inc.\t(410)\t(270)

"""
    assert figures(text, "Income tax expense") == [-120, -80]


def cash_flow(text: str) -> dict[str, tuple[list[int], int]]:
    """The figures and the weight of each line of a cash flow statement that has a concept."""
    (table,) = statements(text).tables
    return {
        item.concepts[0]: ([int(cell.readings[0].value) for cell in item.line.cells], item.weight)
        for item in table.line_items
        if item.concepts
    }


def test_payments_for_property_are_positive_and_taken_off_the_cash_flow() -> None:
    found = cash_flow(CASH_FLOW)
    assert found["PaymentsToAcquirePropertyPlantAndEquipment"] == ([750, 420], -1)
    assert found["NetCashProvidedByUsedInInvestingActivities"] == ([1750, -420], 1)


def test_cash_called_used_and_printed_without_parentheses_is_negative() -> None:
    text = CASH_FLOW.replace("operating activities\t(2,840)\t(3,850)", "operating activities\t2,840\t3,850")
    text = text.replace("cash equivalents\t(5,800)\t(4,600)", "cash equivalents\t5,800\t4,600")
    assert cash_flow(text) == cash_flow(CASH_FLOW)


def test_cash_called_used_that_was_provided_as_the_sums_say_is_positive() -> None:
    """A label that was kept from the year before."""
    text = CASH_FLOW.replace("(used in) investing activities\t1,750\t(420)", "investing activities\t1,750\t2,140")
    text = text.replace("provided by investing", "used in investing").replace(
        "securities\t2,500\t0", "securities\t2,500\t2,560"
    )
    assert cash_flow(text)["NetCashProvidedByUsedInInvestingActivities"] == ([1750, 2140], 1)


def test_liabilities_printed_to_be_taken_off_the_assets_are_positive() -> None:
    (table,) = statements(
        "Consolidated balance sheet (in thousands)\n\n\t31 December 2015\t31 December 2014\nTotal assets\t900\t800\n"
        "Current liabilities\t\t\nTrade payables\t(100)\t(90)\n"
        "Bank loans\t(50)\t(40)\nTotal current liabilities\t(150)\t(130)\n"
        "Pension obligations\t(250)\t(220)\nTotal liabilities\t(400)\t(350)\nNet assets\t500\t450\n"
        "Share capital\t100\t100\nReserves\t400\t350\nTotal equity\t500\t450\n"
    ).tables
    assert all(cell.readings[0].value > 0 for item in table.line_items for cell in item.line.cells)


def test_of_a_loss_with_income_in_parentheses_the_income_is_in_parentheses() -> None:
    """ "Net loss (income)" of 3,750 was an income, proven by the tax of nil below it."""
    text = (
        "Statements of Operations (in thousands, except per share data)\n\n\tThree Months Ended March 31,\t\n\t2010\t2009\n"
        "Revenues\t1,000\t9,000\nResearch and development\t4,860\t6,146\nLoss (income) from operations\t3,860\t(2,854)\n"
        "Interest income\t110\t95\nLoss (income) before income taxes\t3,750\t(2,949)\nProvision for income taxes\t—\t—\n"
        "Net loss (income)\t$3,750\t$(2,949)\nBasic and diluted net loss (income) per share\t$0.19\t$(0.15)\n"
    )
    (table,) = statements(text).tables
    read = {item.line.label: [cell.readings[0].value for cell in item.line.cells] for item in table.line_items}
    assert read["Net loss (income)"] == [Decimal(-3_750), Decimal(2_949)]
    assert read["Loss (income) from operations"] == [Decimal(-3_860), Decimal(2_854)]
    assert read["Basic and diluted net loss (income) per share"] == [Decimal("-0.19"), Decimal("0.15")]


def test_a_tax_with_the_expense_in_parentheses_is_an_expense_in_parentheses() -> None:
    text = (
        "Statements of Operations (in thousands)\n\n\tThree Months Ended March 31,\t\n\t2010\t2009\nRevenues\t900\t800\n"
        "Income before income taxes\t500\t300\nIncome and other tax (expense) benefit\t(981)\t12\n"
        "Discontinued operations\t7\t9\n"
    )
    (table,) = statements(text).tables
    (tax,) = (item.line for item in table.line_items if "IncomeTaxExpenseBenefit" in item.concepts)
    assert [cell.readings[0].value for cell in tax.cells] == [Decimal(981), Decimal(-12)]
