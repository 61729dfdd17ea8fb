"""What each line is, and what it is a part of."""

from __future__ import annotations

import pytest

from orchestration.filings.statements.structure import Item
from tests.unit.filings.made_up import BALANCE, INCOME, statements


def items(text: str) -> dict[str, Item]:
    (table,) = statements(text).tables
    return {item.line.label: item for item in table.items}


def parents(text: str) -> dict[str, str | None]:
    return {label: item.parent for label, item in items(text).items()}


def test_the_parts_of_an_income_statement() -> None:
    found = parents(INCOME)
    assert {label for label, parent in found.items() if parent == "Revenues"} == {"Product sales", "Collaboration revenue"}
    assert {label for label, parent in found.items() if parent == "OperatingExpenses"} == {
        "Cost of sales",
        "Research and development",
        "Selling, general and administrative",
    }
    assert found["Total revenues"] is found["Loss from operations"] is found["Net loss"] is None


def test_the_parts_of_a_balance_sheet_with_a_subtotal() -> None:
    found = parents(BALANCE)
    assert {label for label, parent in found.items() if parent == "AssetsCurrent"} == {
        "Cash and cash equivalents",
        "Accounts receivable",
        "Inventory",
    }
    assert {label for label, parent in found.items() if parent == "Assets"} == {
        "Total current assets",
        "Property and equipment, net",
    }
    assert {label for label, parent in found.items() if parent == "LiabilitiesAndStockholdersEquity"} == {
        "Current liabilities",
        "Long-term debt",
        "Stockholders' equity",
    }


def test_headings_are_no_lines() -> None:
    assert not {"Revenues:", "Costs and expenses:"} & set(items(INCOME))


def test_lines_between_two_results_are_parts_of_what_leads_from_one_to_the_other() -> None:
    text = INCOME.replace("Other income, net\t150\t210\n", "Interest income\t250\t300\nInterest expense\t(100)\t(90)\n")
    found = parents(text)
    assert found["Interest income"] == found["Interest expense"] == "NonoperatingIncomeExpense"


def test_sides_under_a_heading_get_the_concept_of_the_heading() -> None:
    text = INCOME.replace(
        "Net loss per share, basic and diluted\t(0.10)\t(0.14)\n",
        "Net loss per share:\t\t\nBasic\t(0.10)\t(0.14)\nDiluted\t(0.10)\t(0.14)\n",
    )
    found = items(text)
    assert (found["Basic"].concepts, found["Diluted"].concepts) == (("EarningsPerShareBasic",), ("EarningsPerShareDiluted",))


def test_one_per_share_line_states_both_sides() -> None:
    found = items(INCOME.replace("Net loss per share, basic and diluted", "Net loss per share"))
    assert found["Net loss per share"].concepts == ("EarningsPerShareBasic", "EarningsPerShareDiluted")


def test_no_concept_is_given_twice() -> None:
    text = INCOME.replace("Net loss\t(2,300)\t(3,130)\n", "Net loss\t(2,300)\t(3,130)\nNet loss\t(2,300)\t(3,130)\n")
    given = [concept for item in statements(text).tables[0].items for concept in item.concepts]
    assert len(given) == len(set(given)) > 8


@pytest.mark.parametrize("label", ["Shares outstanding at end of period", "Common shares outstanding"])
def test_a_number_of_shares_is_no_money(label: str) -> None:
    assert not items(f"{INCOME.rstrip()}\n{label}\t23,500\t22,900\n")[label].is_money
