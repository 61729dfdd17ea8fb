"""What each line is, and what it is a part of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orchestration.filings.statements.line_items import LineItem
from orchestration.filings.text.labels import is_per_share, is_share_count
from tests.unit.filings.made_up import BALANCE, CASH_FLOW, INCOME, statements

WHOLE_EQUITY = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"


def items(text: str) -> dict[str, LineItem]:
    (table,) = statements(text).tables
    return {item.line.label: item for item in table.line_items}


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
    given = [concept for item in statements(text).tables[0].line_items for concept in item.concepts]
    assert len(given) == len(set(given)) > 8


@pytest.mark.parametrize("label", ["Shares outstanding at end of period", "Common shares outstanding"])
def test_a_number_of_shares_is_no_money(label: str) -> None:
    assert not items(f"{INCOME.rstrip()}\n{label}\t23,500\t22,900\n")[label].is_money


SINGLE_STEP = """Example Holdings, Inc.

Consolidated Statements of Income (in thousands)

\tThree Months Ended September 30,
\t2012\t2011
Revenues:
Net sales\t812\t790
Other income\t6\t5
\t818\t795
Costs and expenses:
Cost of products sold\t560\t551
Selling, general and administrative\t98\t95
\t658\t646
Income before income taxes\t160\t149
Income taxes\t60\t49
Net income\t100\t100

"""


def concepts_by_label(text: str) -> dict[str, tuple[str, ...]]:
    (table,) = statements(text).tables
    return {item.line.label or str(item.line.cells[0].readings[0].value): item.concepts for item in table.line_items}


def test_a_nameless_sum_of_the_lines_above_the_costs_is_the_revenue() -> None:
    found = concepts_by_label(SINGLE_STEP)
    assert found["818"] == ("Revenues",)
    assert found["Net sales"] == ()


def test_other_income_above_the_costs_is_no_nonoperating_income() -> None:
    assert concepts_by_label(SINGLE_STEP)["Other income"] == ()


def test_equity_above_noncontrolling_interests_is_the_companys_and_total_equity_the_whole() -> None:
    found = concepts_by_label(
        "Balance Sheets (in thousands)\n\n\tMarch 31, 2012\tDecember 31, 2011\n"
        "Total assets\t90\t80\nTotal liabilities\t50\t45\n"
        "Example Holdings, Inc. Shareholders' Equity\t36\t32\nNoncontrolling Interests\t4\t3\nTotal Equity\t40\t35\n"
        "Total Liabilities and Equity\t90\t80\n\n"
    )
    assert found["Example Holdings, Inc. Shareholders' Equity"] == ("StockholdersEquity",)
    assert found["Total Equity"] == ("StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",)


EQUITY = """Balance Sheets (in thousands)

\tMarch 31, 2012\tDecember 31, 2011
Total assets\t90\t80
Total liabilities\t50\t45
Shareholders' equity:\t\t
Common stock\t1\t1
{rows}Noncontrolling interests\t4\t3
{total}\t40\t35
Total liabilities and equity\t90\t80

"""


@pytest.mark.parametrize(
    ("rows", "total", "expected"),
    [
        ("Retained earnings\t35\t31\n", "Total equity", WHOLE_EQUITY),
        ("Retained earnings\t35 36\t31 32\n", "Total shareholders' equity", WHOLE_EQUITY),
        ("Retained earnings\t35\t31\nTotal Example interest\t36\t32\n", "Total shareholders' equity", WHOLE_EQUITY),
        ("Retained earnings\t35\t31\n", "Total shareholders' equity", "StockholdersEquity"),
    ],
)
def test_equity_right_below_the_share_of_others_is_the_whole_where_the_companys_own_was_lost(
    rows: str, total: str, expected: str
) -> None:
    """Two rows ran into one, and equity with the share of others was stated as the company's own, with a proof."""
    assert concepts_by_label(EQUITY.format(rows=rows, total=total))[total] == (expected,)


@pytest.mark.parametrize(
    ("part", "total", "expected"),
    [
        ("Holdings of the operating partners", "Total equity", WHOLE_EQUITY),
        ("Accumulated other comprehensive income", "Total equity", "StockholdersEquity"),
        ("Holdings of the operating partners", "Total shareholders' equity", "StockholdersEquity"),
    ],
)
def test_total_equity_is_the_whole_where_nobody_knows_what_a_line_above_it_is(part: str, total: str, expected: str) -> None:
    """The "outside interests" in subsidiaries stood in the company's equity, proven."""
    text = EQUITY.format(rows="Retained earnings\t35\t31\n", total=total).replace("Noncontrolling interests", part)
    assert concepts_by_label(text)[total] == (expected,)


@pytest.mark.parametrize("moved", ["\t45,900\t", "\t\t45,900"])
def test_a_figure_one_column_off_is_not_proven_by_the_one_line_that_it_repeats(moved: str) -> None:
    """Cash at the end, its row shifted, was the cash at the beginning alone: the change was left out of the sum."""
    row = "Cash and cash equivalents at end of period\t40,100\t45,900"
    text = CASH_FLOW.replace("\t45,500", "\t45,900").replace("\t50,100", "\t50,500")
    assert row in text
    (table,) = statements(text.replace(row, row.split("\t", maxsplit=1)[0] + moved)).tables
    (end,) = (item for item in table.line_items if "CashAtEndOfPeriod" in item.concepts)
    assert [amount and amount.value for amount in end.line.amounts] == [None, 45_900]
    assert {item.line.label for item in table.line_items if item.parent == "CashAtEndOfPeriod"} == {
        "Cash and cash equivalents at beginning of period",
        "Net decrease in cash and cash equivalents",
    }


PER_SHARE = """Statements of Operations (in thousands, except per share amounts)

\tThree Months Ended March 31,\t
\t2010\t2009
Revenues\t900\t800
Total costs and expenses\t500\t450
Operating income\t400\t350
Net income\t400\t350
{rows}"""


def per_share(rows: str) -> dict[str, str]:
    """Each per-share concept with the first figure of its line."""
    (table,) = statements(PER_SHARE.format(rows=rows)).tables
    return {
        concept: str(item.line.cells[0].readings[0].value)
        for item in table.line_items
        for concept in item.concepts
        if concept.startswith("EarningsPerShare")
    }


@pytest.mark.parametrize(
    "rows",
    [
        "Net income per share:\t\t\nNet income\t0.40\t0.35\nAccretion of preferred stock\t(0.15)\t(0.10)\n"
        "Net income attributable to common stockholders\t0.25\t0.25\n",
        "Earnings per share\t\t\nContinuing operations\t0.30\t0.20\nDiscontinued operations\t(0.05)\t0.05\n\t0.25\t0.25\n",
    ],
    ids=["with_a_name", "without_a_name"],
)
def test_the_per_share_figure_is_the_sum_and_no_part_of_it(rows: str) -> None:
    assert per_share(rows) == {"EarningsPerShareBasic": "0.25", "EarningsPerShareDiluted": "0.25"}


def test_a_heading_that_only_says_which_side_goes_on_from_the_one_above() -> None:
    rows = (
        "Per share basis\t\t\nBasic\t\t\nContinuing operations\t0.30\t0.20\nDiscontinued operations\t0.10\t0.15\n"
        "Net income\t0.40\t0.35\nDiluted\t\t\nContinuing operations\t0.29\t0.19\nDiscontinued operations\t0.10\t0.15\n"
        "Net income\t0.39\t0.34\n"
    )
    assert per_share(rows) == {"EarningsPerShareBasic": "0.40", "EarningsPerShareDiluted": "0.39"}


def test_shares_under_a_heading_of_one_side_are_of_that_side() -> None:
    text = PER_SHARE.format(
        rows="Basic earnings per share:\t\t\nWeighted average shares outstanding\t1,000\t1,000\n"
        "Basic earnings per share\t0.40\t0.35\nDiluted earnings per share:\t\t\n"
        "Weighted average shares outstanding plus assumed conversions\t1,020\t1,020\n"
        "Diluted earnings per share\t0.39\t0.34\n"
    )
    found = items(text)
    assert found["Weighted average shares outstanding"].concepts == ("WeightedAverageSharesBasic",)
    assert found["Weighted average shares outstanding plus assumed conversions"].concepts == ("WeightedAverageSharesDiluted",)


def test_other_income_above_operating_income_is_a_part_of_it() -> None:
    found = items(
        "Statements of Income (in thousands)\n\n\tThree Months Ended March 31,\t\n\t2010\t2009\nNet sales\t900\t800\n"
        "Cost of sales\t500\t450\nGross profit\t400\t350\nMarketing and general expenses\t200\t180\n"
        "Other (income) expense, net\t20\t10\nOperating profit\t180\t160\nInterest expense\t(30)\t(20)\n"
        "Income before income taxes\t150\t140\nIncome taxes\t50\t40\nNet income\t100\t100\n"
    )
    assert found["Other (income) expense, net"].concepts == ()
    assert found["Other (income) expense, net"].parent == "OperatingExpenses"


def test_a_total_without_a_name_is_what_its_heading_says() -> None:
    (table,) = statements(
        "Statements of Income (in thousands)\n\n\tThree Months Ended March 31,\t\n\t2010\t2009\nRevenues:\t\t\n"
        "Meals\t700\t600\nFranchise fees\t200\t200\n\t900\t800\nCosts and expenses:\t\t\nLabor\t300\t280\n"
        "Rent\t200\t190\n\t500\t470\n"
        "Operating income\t400\t330\nOther income (expense):\t\t\nInterest income\t10\t5\n"
        "Interest expense\t(30)\t(20)\n\t(20)\t(15)\n"
        "Income before income taxes\t380\t315\nIncome taxes\t80\t65\nNet income\t300\t250\n"
    ).tables
    nameless = [item.concepts for item in table.line_items if not item.line.label]
    assert nameless == [("Revenues",), ("OperatingExpenses",), ("NonoperatingIncomeExpense",)]


def test_a_total_with_other_words_than_its_heading_is_not_what_the_heading_says() -> None:
    text = (
        "Statements of Operations (in thousands)\n\n\tThree Months Ended March 31,\t\n\t2010\t2009\nTotal revenues\t900\t800\n"
        "Expenses:\nResearch and development\t600\t500\nGeneral and administrative\t200\t190\nTotal NAME\t800\t690\n"
    )
    assert items(text.replace("NAME", "costs and expenses"))["Total costs and expenses"].concepts == ("OperatingExpenses",)
    assert items(text.replace("NAME", "assessing assesses"))["Total assessing assesses"].concepts == ()


def test_a_total_of_other_expense_is_none_of_operating_expenses() -> None:
    found = items(
        "Income Statement (in thousands)\n\n\tThree Months Ended March 31,\t\n\t2010\t2009\nTotal revenue\t900\t800\n"
        "Claims\t300\t280\nCommissions\t200\t190\n\t500\t470\nIncome from continuing operations\t400\t330\n"
        "Other income (expense):\t\t\nCurrency gain\t10\t5\nInterest expense\t(30)\t(20)\nTotal\t(20)\t(15)\n"
        "Income from continuing operations before income taxes\t380\t315\nProvision for income taxes\t80\t65\n"
        "Net income\t300\t250\n"
    )
    assert found["Total"].concepts == ("NonoperatingIncomeExpense",)
    assert found[""].concepts == ("OperatingExpenses",)
    assert found["Income from continuing operations"].concepts == ("OperatingIncomeLoss",)


def test_revenue_below_the_costs_is_of_a_segment() -> None:
    found = items(
        "Statements of Operations (in thousands)\n\n\tThree Months Ended March 31,\t\n\t2010\t2009\n"
        "Homebuilding:\t\t\nRevenues:\t\t\n"
        "Homes\t800\t700\nLand\t100\t100\n\t900\t800\nCost of homes and land\t600\t500\n"
        "Selling, general and administrative expense\t200\t190\nOperating income of homebuilding\t100\t110\n"
        "Financial services:\t\t\nRevenues\t30\t20\nGeneral and administrative expense\t10\t8\n"
        "Income before income taxes\t120\t122\nIncome taxes\t40\t42\nNet income\t80\t80\n"
    )
    assert found["Revenues"].concepts == found["General and administrative expense"].concepts == found[""].concepts == ()
    assert found["Selling, general and administrative expense"].concepts == ("SellingGeneralAndAdministrativeExpense",)


def test_the_cost_of_one_kind_of_revenue_is_not_the_cost_of_all() -> None:
    rows = "Cost of hardware revenues\t200\t190\nCost of service revenues\t100\t90\n"
    assert not any(
        "CostOfRevenue" in item.concepts for item in items(INCOME.replace("Cost of sales\t3,200\t2,700\n", rows)).values()
    )


def test_measures_below_net_income_are_none_of_the_statement() -> None:
    text = INCOME.replace("Loss from operations\t(2,400)\t(3,300)\n", "") + "Operating earnings (1)\t(1,900)\t(2,800)\n"
    assert not any("OperatingIncomeLoss" in item.concepts for item in items(text).values())


@pytest.mark.parametrize(
    ("label", "printed", "meant"),
    [
        ("Provision for income taxes", ("(22)", "(8)"), ["22", "8"]),
        ("Provision for income taxes", ("(22)", "8"), ["-22", "8"]),
        ("Provision (benefit) for income taxes", ("(22)", "(8)"), ["-22", "-8"]),
    ],
)
def test_a_provision_that_is_only_ever_deducted_is_an_expense(label: str, printed: tuple[str, str], meant: list[str]) -> None:
    text = (
        "Statements of Operations (in thousands)\n\n\tThree Months Ended March 31,\t\n\t2010\t2009\nNet revenues\t900\t800\n"
        f"Research and development\t600\t500\nGeneral and administrative\t200\t190\n{label}\t{printed[0]}\t{printed[1]}\n"
        "Net income\t160\t170\n"
    )
    assert [str(cell.readings[0].value) for cell in items(text)[label].line.cells] == meant


RESULTS = "\n\n\tThree Months Ended June 30, 2008\tThree Months Ended June 30, 2007\n"


def test_current_and_deferred_tax_are_parts_of_the_tax() -> None:
    found = items(
        f"Consolidated Statements of Income (in thousands){RESULTS}Revenue\t900\t800\nExpenses\t400\t500\n"
        "Income before taxes\t500\t300\nCurrent income tax expense\t90\t80\nDeferred income tax recovery\t(40)\t(30)\n"
        "Total income tax expense\t50\t50\nNet income\t450\t250\n\n"
    )
    assert found["Total income tax expense"].concepts == ("IncomeTaxExpenseBenefit",)
    assert found["Current income tax expense"].concepts == ()


def test_a_sum_without_a_name_under_a_heading_of_taxes_is_the_tax() -> None:
    (table,) = statements(
        f"Consolidated Statements of Income (in thousands){RESULTS}Revenue\t900\t800\nExpenses\t400\t500\n"
        "Income before taxes\t500\t300\nIncome taxes:\t\t\nCurrent\t90\t80\nDeferred\t40\t30\n\t130\t110\n"
        "Net income\t370\t190\n\n"
    ).tables
    assert [item.concepts for item in table.line_items if not item.line.label] == [("IncomeTaxExpenseBenefit",)]


def test_income_after_taxes_is_not_net_income_where_equity_in_affiliates_comes_between() -> None:
    """The line before the last was net income, proven by earnings per share."""
    found = items(
        f"Consolidated Statements of Income (in thousands){RESULTS}Revenue\t900\t800\nExpenses\t400\t500\n"
        "Income before income taxes\t500\t300\nIncome tax expense\t50\t50\nIncome after income taxes\t450\t250\n"
        "Profit related to equity method investments\t4\t2\nNet income\t454\t252\n\n"
    )
    assert found["Net income"].concepts == ("NetIncomeLoss",)
    assert found["Income after income taxes"].concepts == ()


def test_income_before_preferred_dividends_is_no_part_of_net_income() -> None:
    found = parents(
        f"Consolidated Statements of Income (in thousands){RESULTS}Revenue\t900\t800\nExpenses\t400\t500\n"
        "Income before income taxes\t500\t300\nIncome taxes\t50\t50\n"
        "Income before preferred dividends of subsidiary\t450\t250\n"
        "Preferred dividend requirements of subsidiary\t(10)\t(10)\nNet income\t440\t240\n\n"
    )
    assert found["Income before preferred dividends of subsidiary"] is None
    assert found["Preferred dividend requirements of subsidiary"] == "NetIncomeLoss"


def test_net_income_is_above_preferred_dividends_whoever_shared_in_what_came_before() -> None:
    found = items(
        f"Consolidated Statements of Operations (in thousands, except per share data){RESULTS}Total revenues\t900\t800\n"
        "Total expenses\t400\t500\nOperating income\t500\t300\nMinority interest in operating partnership\t(20)\t(10)\n"
        "Income from continuing operations\t480\t290\nIncome from discontinued operations\t30\t20\nNet income\t510\t310\n"
        "Preferred share dividends\t(10)\t(10)\nNet income available to common shareholders\t500\t300\n"
        "Per share data - Basic:\n"
        "Income from continuing operations\t0.47\t0.28\nIncome from discontinued operations\t0.03\t0.02\n"
        "Net income available to common shareholders\t0.50\t0.30\nWeighted average shares outstanding, basic\t1000\t1000\n\n"
    )
    assert found["Net income"].concepts == ("NetIncomeLoss",)


def test_a_line_under_a_per_share_heading_is_no_amount() -> None:
    text = (
        f"Consolidated Statements of Operations (in thousands, except per share data){RESULTS}Total revenues\t900\t800\n"
        "Total expenses\t400\t500\nNet income\t500\t300\nPer share data - Basic:\n"
        "Income from continuing operations\t0.47\t0.28\n"
        "Income from discontinued operations\t0.03\t0.02\nNet income available to common shareholders\t0.50\t0.30\n\n"
    )
    assert items(text)["Net income available to common shareholders"].concepts == ("EarningsPerShareBasic",)


def test_cash_at_banks_is_a_part_of_cash_and_cash_equivalents() -> None:
    found = items(
        "Consolidated Balance Sheets (in thousands)\n\n\tMarch 31, 2024\tDecember 31, 2023\nCash and due from banks\t31\t30\n"
        "Interest-bearing deposits in banks\t91\t90\nCash and cash equivalents\t122\t120\nLoans\t900\t800\n"
        "Total assets\t1022\t920\n"
        "Total liabilities\t900\t800\nTotal stockholders' equity\t122\t120\n"
        "Total liabilities and stockholders' equity\t1022\t920\n\n"
    )
    assert found["Cash and cash equivalents"].concepts == ("CashAndCashEquivalents",)


@pytest.mark.parametrize(("diluted", "sides"), [("1.39\t1.35", 1), ("1.40\t1.36", 2)])
def test_one_share_count_is_of_both_sides_only_where_earnings_per_share_are_the_same(diluted: str, sides: int) -> None:
    found = items(
        f"Consolidated Statements of Income (in thousands, except per share data){RESULTS}Revenue\t900\t800\n"
        "Expenses\t830\t732\nNet income\t70\t68\nEarnings per share - basic\t1.40\t1.36\n"
        f"Earnings per share - diluted\t{diluted}\nAverage common shares outstanding\t50\t50\n\n"
    )
    assert len(found["Average common shares outstanding"].concepts) == sides


OTHER_INCOME = """Statements of Operations (in thousands)

\tThree Months Ended March 31,\t
\t2011\t2010
Total revenues\t15,000\t12,000
Total operating expenses\t14,200\t12,600
Income (loss) from operations\t800\t(600)
Other income (expense):\t\t
Interest expense\t(40)\t(30)
Foreign exchange gain\t25\t10
Other income, net\t{other}
Income (loss) before income taxes\t{pretax}
Net income (loss)\t{pretax}
"""


@pytest.mark.parametrize(
    ("other", "pretax", "expected"),
    [("50\t60", "835\t(560)", ()), ("(15)\t(20)", "785\t(620)", ("NonoperatingIncomeExpense",))],
    ids=["its total was lost", "it is the total"],
)
def test_other_income_below_others_under_one_heading_is_the_whole_only_if_it_sums_them_up(
    other: str, pretax: str, expected: tuple[str, ...]
) -> None:
    """A lost row "Total other income" left its concept to its last part, with a proof."""
    assert items(OTHER_INCOME.format(other=other, pretax=pretax))["Other income, net"].concepts == expected


def test_a_balance_line_printed_twice_is_no_part_and_its_whole() -> None:
    line = next(line for line in BALANCE.splitlines() if line.startswith("Stockholders' equity"))
    found = items(BALANCE.replace(line, f"{line}\n{line}"))
    whole = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"
    assert not any(whole in item.concepts for item in found.values())


def test_costs_that_their_total_does_not_sum_up_stand_not_between_it_and_the_result() -> None:
    """A damaged or misprinted cost made parts of the operating result of all of them, and the filing was kept out."""
    found = parents(INCOME.replace("9,800\t8,500", "9,300\t8,100"))
    assert found["Research and development"] is None
    assert found["Loss from operations"] is None


def test_the_parts_of_a_total_begin_at_its_heading_where_one_of_them_was_not_read() -> None:
    """No start adds up without it, and its other parts were then counted as parts of the result below."""
    found = parents(INCOME.replace("9,800\t8,500", "~,^#~\t^#_,~"))
    assert found["Research and development"] == found["Cost of sales"] == "OperatingExpenses"


def test_other_income_below_one_other_line_is_a_part_where_the_row_of_the_total_is_gone() -> None:
    """With the total lost, the last line under its heading was stated as all other income, with a proof."""
    rows = (
        "Other income and expense:\t\t\nGain on sale of investments\t-\t20\nInterest and other income, net\t150\t190\n"
        "Total other income and expense\t150\t210\n"
    )
    assert INCOME.count("Other income, net\t150\t210\n") == 1
    whole = items(INCOME.replace("Other income, net\t150\t210\n", rows))
    assert whole["Total other income and expense"].concepts == ("NonoperatingIncomeExpense",)
    cut = items(INCOME.replace("Other income, net\t150\t210\n", rows[: rows.index("Total")]))
    assert cut["Interest and other income, net"].concepts == ()


def test_cents_among_whole_amounts_are_per_share_though_the_heading_is_damaged() -> None:
    found = items(INCOME.replace("Net loss per share, basic and diluted", "Nt lss pr shre, bsc nd dlted"))
    assert not next(item for label, item in found.items() if label.startswith("Nt lss")).is_money


def test_cents_among_cents_are_money() -> None:
    text = (
        "Statements of Operations (in millions)\n\n\tThree Months Ended March 31,\t\n\t2011\t2010\n"
        "Revenues\t5.25\t4.25\nCosts\t3.25\t2.00\nOperating income\t2.00\t2.25\nNet income\t2\t2\n"
    )
    assert all(item.is_money for item in items(text).values())


@pytest.mark.parametrize(
    ("scale", "printed"), [("thousands", lambda tenths: f"{tenths * 100:,}"), ("millions", lambda tenths: tenths / 10)]
)
def test_a_memo_line_is_no_part_of_a_total_that_closes_without_it(scale: str, printed: Callable[[int], object]) -> None:
    """Half a unit was allowed each figure though it was printed to a tenth: 0.4 more was a part of revenue, and broke it."""
    tenths = {"Sales to affiliates": 4, "Product sales": 102, "Services": 51, "Total revenues": 153, "Cost of sales": 98}
    tenths |= {"Administrative": 31, "Total costs and expenses": 129, "Operating income": 24}
    rows = "".join(f"{label}\t{printed(figure)}\t{printed(3 * figure)}\n" for label, figure in tenths.items())
    found = parents(f"Statements of Operations (in {scale})\n\n\tThree Months Ended March 31,\t\n\t2011\t2010\n{rows}")
    assert found["Product sales"] == found["Services"] == "Revenues" != found["Sales to affiliates"]


_PROFITS = """Condensed Consolidated Statements of Operations (in millions, except per share amounts)

\tThree Months Ended March 31,\t
\t2010\t2009
Total sales\t13,589\t11,887
Total operating costs\t11,734\t10,073
Operating profit\t1,855\t1,814
Other income (expense)\t144\t183
Profit before taxes\t1,999\t1,997
Provision for income taxes\t469\t475
Profit of consolidated companies\t1,530\t1,522
Equity in profit of affiliated companies\t7\t9
Profit of consolidated and affiliated companies\t1,537\t1,531
Less: Profit attributable to noncontrolling interests\t2\t1
Profit\t1,535\t1,530
Profit per common share\t2.88\t2.80

"""


def test_the_last_amount_above_the_per_share_figures_is_net_income_though_it_is_called_profit() -> None:
    found = concepts_by_label(_PROFITS)
    assert found["Profit"] == ("NetIncomeLoss",)
    assert found["Profit of consolidated and affiliated companies"] == ("ProfitLoss",)


def test_a_step_from_one_result_to_the_next_is_no_part_of_it() -> None:
    found = parents(_PROFITS)
    assert found["Profit of consolidated companies"] is None
    assert found["Equity in profit of affiliated companies"] == "ProfitLoss"


_OWNERS = """Condensed Consolidated Statements of Profit or Loss (in millions)

\tThree Months Ended March 31,\t
\t2010\t2009
Revenue\t5,120\t4,870
Operating profit\t937\t809
Profit before tax\t885\t743
Income tax expense\t212\t190
Profit for the period\t673\t553
Attributable to:\t\t
Owners of the parent\t641\t531
Non-controlling interests\t32\t22

"""


def test_what_is_attributable_to_the_owners_is_net_income_and_the_profit_for_the_period_the_whole() -> None:
    found = items(_OWNERS)
    assert found["Profit for the period"].concepts == ("ProfitLoss",)
    assert found["Owners of the parent"].concepts == ("NetIncomeLoss",)
    assert (found["Non-controlling interests"].parent, found["Non-controlling interests"].weight) == ("NetIncomeLoss", -1)


def test_what_is_attributable_of_comprehensive_income_is_no_net_income() -> None:
    comprehensive = "Other comprehensive income\t10\t12\nTotal comprehensive income\t683\t565\nAttributable to:"
    found = concepts_by_label(_OWNERS.replace("Attributable to:", comprehensive))
    assert found["Profit for the period"] == ("NetIncomeLoss",)


def test_a_line_that_sums_up_those_above_it_in_every_column_is_a_subtotal_whatever_it_is_called() -> None:
    gross = "Property and equipment\t17,400\t17,200\nAccumulated depreciation\t(10,000)\t(9,600)\n"
    found = parents(BALANCE.replace("Property and equipment, net\t", f"{gross}Property and equipment, net\t"))
    assert (found["Property and equipment"], found["Property and equipment, net"]) == (None, "Assets")


def test_a_line_per_share_states_no_amount() -> None:
    label = "Net loss attributable to common stockholders per share"
    found = concepts_by_label(INCOME.replace("Net loss per share, basic and diluted", label))
    assert found[label] == ("EarningsPerShareBasic", "EarningsPerShareDiluted")


CASH = {
    "Depreciation and amortization": ("DepreciationDepletionAndAmortization", "NetCashProvidedByUsedInOperatingActivities"),
    "Stock-based compensation": ("ShareBasedCompensation", "NetCashProvidedByUsedInOperatingActivities"),
    "Net cash used in operating activities": ("NetCashProvidedByUsedInOperatingActivities", "CashPeriodIncreaseDecrease"),
    "Purchases of property and equipment": (
        "PaymentsToAcquirePropertyPlantAndEquipment",
        "NetCashProvidedByUsedInInvestingActivities",
    ),
    "Net cash provided by (used in) investing activities": (
        "NetCashProvidedByUsedInInvestingActivities",
        "CashPeriodIncreaseDecrease",
    ),
    "Net cash used in financing activities": ("NetCashProvidedByUsedInFinancingActivities", "CashPeriodIncreaseDecrease"),
    "Effect of exchange rate changes on cash": ("EffectOfExchangeRateOnCash", "CashPeriodIncreaseDecrease"),
    "Net decrease in cash and cash equivalents": ("CashPeriodIncreaseDecrease", "CashAtEndOfPeriod"),
    "Cash and cash equivalents at beginning of period": ("CashAtBeginningOfPeriod", "CashAtEndOfPeriod"),
    "Cash and cash equivalents at end of period": ("CashAtEndOfPeriod", None),
}


def test_the_concepts_of_a_cash_flow_statement_and_what_each_is_a_part_of() -> None:
    found = {label: (item.concepts[0], item.parent) for label, item in items(CASH_FLOW).items() if item.concepts}
    assert found == CASH


def test_a_section_of_cash_flows_that_does_not_add_up_takes_nothing_from_the_next() -> None:
    found = items(CASH_FLOW.replace("Changes in working capital\t(640)\t310\n", ""))
    assert found["Net loss"].parent is found["Depreciation and amortization"].parent is None
    assert found["Net decrease in cash and cash equivalents"].parent == "CashAtEndOfPeriod"
    assert found["Net cash used in operating activities"].parent == "CashPeriodIncreaseDecrease"


def test_share_based_compensation_is_money() -> None:
    assert items(CASH_FLOW)["Stock-based compensation"].is_money


def test_a_heading_of_an_income_below_one_that_says_per_share_is_of_that_income_per_share() -> None:
    headings = "Per Share of Common Stock\t\t\nNet Loss Attributable to Example\t\t\n"
    per_share = f"{headings}- Basic\t(0.10)\t(0.14)\n- Diluted\t(0.10)\t(0.14)\n"
    found = concepts_by_label(INCOME.replace("Net loss per share, basic and diluted\t(0.10)\t(0.14)\n", per_share))
    assert (found["- Basic"], found["- Diluted"]) == (("EarningsPerShareBasic",), ("EarningsPerShareDiluted",))


@pytest.mark.parametrize(
    ("label", "concepts"),
    [
        ("Basic net loss", ("EarningsPerShareBasic",)),
        ("Diluted", ("EarningsPerShareDiluted",)),
        ("Book value", ()),
        ("Basic, from continuing operations", ()),
    ],
)
def test_a_result_in_cents_is_per_share_though_nothing_says_so(label: str, concepts: tuple[str, ...]) -> None:
    assert concepts_by_label(INCOME.replace("Net loss per share, basic and diluted", label))[label] == concepts


def test_net_loss_before_noncontrolling_interests_is_the_whole_whatever_else_it_is_before() -> None:
    label = "Net loss before accrued preferred dividends and noncontrolling interest"
    share = "Net loss attributable to noncontrolling interest\t(100)\t(30)\n"
    net = f"{label}\t(2,300)\t(3,130)\n{share}Net loss\t(2,200)\t(3,100)\n"
    found = concepts_by_label(INCOME.replace("Net loss\t(2,300)\t(3,130)\n", net))
    assert (found[label], found["Net loss"]) == (("ProfitLoss",), ("NetIncomeLoss",))


@pytest.mark.parametrize(
    ("rows", "revenues"),
    [
        ("Sales\t900\t700\nLess: excise taxes\t(100)\t(90)\nNet sales\t800\t610\n", "Net sales"),
        ("Sales\t900\t700\nCost of sales\t100\t90\nNet sales\t800\t610\n", "Sales"),
    ],
)
def test_sales_less_deductions_are_the_revenues(rows: str, revenues: str) -> None:
    text = f"Income Statements (in thousands)\n\n\tThree Months Ended March 31,\n\t2012\t2011\n{rows}"
    found = concepts_by_label(f"{text}Operating expenses\t500\t400\nOperating income\t300\t210\nNet income\t300\t210\n\n")
    assert [label for label, concepts in found.items() if "Revenues" in concepts] == [revenues]


@pytest.mark.parametrize(
    ("between", "concept"),
    [("Net income of limited partners' interests", "ProfitLoss"), ("Preferred stock dividends", "NetIncomeLoss")],
)
def test_net_income_is_the_whole_where_a_line_nobody_knows_leads_to_that_of_common_stockholders(
    between: str, concept: str
) -> None:
    """The share of an operating partnership's unitholders stood in the company's net income, proven."""
    common = "Net loss attributable to common shareholders"
    found = concepts_by_label(
        INCOME.replace(
            "Net loss\t(2,300)\t(3,130)\n", f"Net loss\t(2,300)\t(3,130)\n{between}\t(50)\t(60)\n{common}\t(2,350)\t(3,190)\n"
        )
    )
    assert (found["Net loss"], found[common]) == ((concept,), ("NetIncomeLossAvailableToCommonStockholdersBasic",))


@pytest.mark.parametrize(("end", "named"), [("40,100", True), ("41,100", False)])
def test_lines_of_cash_that_bear_a_date_are_beginning_and_end_if_they_add_up(end: str, named: bool) -> None:
    text = CASH_FLOW.replace("at beginning of period", "at January 1").replace("at end of period\t40,100", f"at June 30\t{end}")
    found = concepts_by_label(text)
    assert found["Cash and cash equivalents at January 1"] == (("CashAtBeginningOfPeriod",) if named else ())
    assert found["Cash and cash equivalents at June 30"] == (("CashAtEndOfPeriod",) if named else ())


_SHARES = """Net loss per share, basic\t(0.10)\t(0.14)
Net loss per share, diluted
\t(0.10)\t(0.14)
Average number of common shares outstanding used for basic
Earnings per common share\t23,104\t22,240
Dilutive common stock options\t210\t190
Average number of common shares outstanding plus dilutive
Common stock options\t23,314\t22,430
"""


def test_labels_that_text_broke_in_two_name_what_both_halves_say() -> None:
    start = INCOME.index("Net loss per share, basic and diluted")
    (table,) = statements(
        INCOME[:start] + _SHARES.replace("diluted\n", "diluted\t\t\n").replace("basic\nE", "basic\t\t\nE")
    ).tables
    assert [item.concepts for item in table.line_items[-5:]] == [
        ("EarningsPerShareBasic",),
        ("EarningsPerShareDiluted",),
        ("WeightedAverageSharesBasic",),
        (),
        ("WeightedAverageSharesDiluted",),
    ]


def test_the_effect_of_dilutive_securities_is_neither_income_nor_all_the_shares() -> None:
    text = INCOME.replace("basic and diluted\t23,104\t22,240", "basic\t23,104\t22,240\nEffect of dilutive securities\t210\t190")
    found = items(text)["Effect of dilutive securities"]
    assert not found.concepts
    assert not found.is_money


_NO_OPERATING_INCOME = """Consolidated Statements of Income (in millions)

\tThree Months Ended March 31,\t
\t2010\t2009
Net sales\t11,420\t15,664
Cost of sales\t9,875\t12,899
Selling, general and administrative expenses\t613\t652
Equity in earnings (losses) of affiliates\t(57)\t195
Sundry income (expense), net\t97\t111
Interest expense\t172\t165
Income before income taxes\t800\t2,254
Provision for income taxes\t210\t488
Net income\t590\t1,766

"""


def test_income_among_the_costs_above_a_result_is_taken_off_them_where_all_add_up() -> None:
    weights = {label: item.weight for label, item in items(_NO_OPERATING_INCOME).items() if item.parent == "OperatingExpenses"}
    assert weights == {
        "Cost of sales": 1,
        "Selling, general and administrative expenses": 1,
        "Equity in earnings (losses) of affiliates": -1,
        "Sundry income (expense), net": -1,
        "Interest expense": 1,
    }


def test_other_income_below_the_costs_leads_to_income_before_taxes_where_no_operating_income_is_printed() -> None:
    text = _NO_OPERATING_INCOME.replace("Sundry income (expense), net\t97\t111\n", "")
    text = text.replace("Equity", "Total costs\t10,488\t13,551\nEquity")
    found = parents(text.replace("Interest expense\t172\t165", "Interest expense\t(172)\t(165)\nOther income, net\t97\t111"))
    assert found["Other income, net"] == found["Interest expense"] == "IncomeLossBeforeIncomeTaxes"


def test_net_finance_costs_are_a_sum_though_they_have_two_digits() -> None:
    finance = "Finance income\t24\t17\nFinance costs\t(88)\t(92)\nNet finance costs\t(64)\t(75)\n"
    below = "Share of profit of associates\t12\t9\nProfit before tax"
    found = items(_OWNERS.replace("Profit before tax", finance + below))
    assert found["Finance income"].parent is found["Finance costs"].parent is None
    assert {found[label].parent for label in ("Net finance costs", "Share of profit of associates")} == {
        "NonoperatingIncomeExpense"
    }
    assert not found["Net finance costs"].concepts


def test_net_income_is_not_the_companys_where_others_and_preferred_shares_are_taken_off_in_one_step() -> None:
    share = "Net loss attributable to noncontrolling interests\t100\t30\nPreferred dividends\t(50)\t(50)\n"
    label = "Net loss attributable to common stockholders"
    found = concepts_by_label(INCOME.replace("Net loss per share", f"{share}{label}\t(2,250)\t(3,150)\nNet loss per share"))
    assert found["Net loss"] == ("ProfitLoss",)
    assert found[label] == ("NetIncomeLossAvailableToCommonStockholdersBasic",)


@pytest.mark.parametrize("whose", ["common", "common equity", "common shares"])
def test_income_applicable_to_common_is_not_net_income_where_no_word_says_stock(whose: str) -> None:
    label = f"Net loss applicable to {whose}"
    found = concepts_by_label(
        INCOME.replace("Net loss per share", f"Preferred dividends\t(50)\t(50)\n{label}\t(2,350)\t(3,180)\nNet loss per share")
    )
    assert found["Net loss"] == ("NetIncomeLoss",)
    assert found[label] == ("NetIncomeLossAvailableToCommonStockholdersBasic",)


def test_a_net_flow_that_sums_up_its_section_is_what_the_heading_says() -> None:
    text = CASH_FLOW.replace(
        "Net cash provided by (used in) investing activities", "Net provided by (used in) investing activities"
    )
    found = items(text)["Net provided by (used in) investing activities"]
    assert (found.concepts, found.parent) == (("NetCashProvidedByUsedInInvestingActivities",), "CashPeriodIncreaseDecrease")


WHOLE_EQUITY = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"


@pytest.mark.parametrize(
    ("rows", "total", "own", "whole"),
    [
        ("Company share of equity\t36\t32\n", "Total equity", "Company share of equity", WHOLE_EQUITY),
        ("Common stock\t6\t6\nRetained earnings\t30\t26\n", "Total equity", None, WHOLE_EQUITY),
        ("Common stock\t6\t6\nRetained earnings\t30\t26\n", "Total shareholders' equity", None, "StockholdersEquity"),
    ],
    ids=["own_total", "bare_equity", "equity_of_holders"],
)
def test_equity_with_the_share_of_others_among_its_parts_is_the_whole(
    rows: str, total: str, own: str | None, whole: str
) -> None:
    found = concepts_by_label(
        "Balance Sheets (in thousands)\n\n\tMarch 31, 2012\tDecember 31, 2011\n"
        f"Total assets\t90\t80\nTotal liabilities\t50\t45\n"
        f"{rows}Noncontrolling interests\t4\t3\n{total}\t40\t35\nTotal liabilities and equity\t90\t80\n\n"
    )
    assert found[total] == (whole,)
    assert own is None or found[own] == ("StockholdersEquity",)


def test_equity_of_common_holders_is_not_all_equity_where_preferred_stock_is_printed() -> None:
    found = concepts_by_label(
        "Balance Sheets (in thousands)\n\n\tMarch 31, 2012\tDecember 31, 2011\n"
        "Total assets\t90\t80\nTotal liabilities\t50\t45\n"
        "Total common shareholders' equity\t36\t32\nPreferred stock\t4\t3\nTotal shareholders' equity\t40\t35\n"
        "Total liabilities and shareholders' equity\t90\t80\n\n"
    )
    assert found["Total common shareholders' equity"] == ()
    assert found["Total shareholders' equity"] == ("StockholdersEquity",)


def test_preferred_dividends_of_a_subsidiary_are_the_share_of_others() -> None:
    found = items(
        "Statements of Income (in millions)\n\n\tThree Months Ended March 31,\t\n\t2010\t2009\nOperating revenues\t900\t800\n"
        "Income before income taxes\t150\t140\nIncome taxes\t50\t40\nNet income\t100\t100\n"
        "Preferred dividend requirements of subsidiary\t1\t1\nNet income available for common stock\t99\t99\n"
    )
    assert found["Net income"].concepts == ("ProfitLoss",)
    assert "NetIncomeLoss" in found["Net income available for common stock"].concepts


def test_other_expense_in_a_section_of_costs_is_one_of_them() -> None:
    found = items(
        "Statements of Operations (in millions)\n\n\tThree Months Ended March 31,\t\n\t2010\t2009\nSales\t900\t800\n"
        "Costs and expenses:\t\t\nCosts applicable to sales\t500\t450\nGeneral and administrative\t100\t90\n"
        "Other expense, net\t20\t10\n\t620\t550\n"
        "Other income (expense):\t\t\nInterest income\t30\t20\nInterest expense\t(10)\t(10)\n"
        "\t20\t10\nIncome before income and mining tax\t300\t260\nIncome and mining tax expense\t100\t60\n"
        "Net income\t200\t200\n"
    )
    assert found["Other expense, net"].concepts == ()
    assert found["Income before income and mining tax"].concepts == ("IncomeLossBeforeIncomeTaxes",)


@pytest.mark.parametrize(
    "rows",
    [
        "Basic:\t\t\nNet income per share\t0.40\t0.35\nAverage shares\t1,000\t1,000\n"
        "Diluted:\t\t\nNet income per share\t0.39\t0.34\nAdjusted average shares\t1,020\t1,020\n",
        "Per share of common stock\t\t\nNet income, basic\t0.40\t0.35\nNet income, diluted\t0.39\t0.34\n",
        "Earnings per share - basic and diluted\t\t\nIncome from continuing operations\t\t\n"
        "Basic\t0.50\t0.45\nDiluted\t0.49\t0.44\n"
        "Net income attributable to common stockholders\t\t\nBasic\t0.40\t0.35\nDiluted\t0.39\t0.34\n",
    ],
    ids=["a_side_alone", "the_side_last", "a_heading_of_both"],
)
def test_a_line_is_of_the_side_that_it_or_its_heading_names(rows: str) -> None:
    assert per_share(rows) == {"EarningsPerShareBasic": "0.40", "EarningsPerShareDiluted": "0.39"}


def test_basic_shares_under_a_per_share_heading_are_shares() -> None:
    found = items(PER_SHARE.format(rows="Earnings per share\t\t\nBasic\t0.40\t0.35\nBasic shares\t216.2\t210.6\n"))
    assert found["Basic shares"].concepts[:1] == ("WeightedAverageSharesBasic",)


def test_what_is_only_called_attributable_goes_on_from_the_result_above() -> None:
    found = items(
        "Consolidated Income Statement (in millions)\n\n\tSix Months Ended June 30,\t\n\t2010\t2009\nGross income\t900\t800\n"
        "Profit before tax\t150\t140\nTax expense on profit\t(50)\t(40)\nProfit for the period\t100\t100\n"
        "Attributable to the parent\t97\t98\nAttributable to non-controlling interests\t3\t2\n"
    )
    assert found["Attributable to the parent"].concepts == ("NetIncomeLoss",)
    assert found["Profit for the period"].concepts == ("ProfitLoss",)


def test_a_line_without_a_name_that_operating_income_leads_to_above_the_tax_is_income_before_taxes() -> None:
    (table,) = statements(
        f"Consolidated Statements of Operations (in thousands){RESULTS}Revenue\t4,010\t3,729\n"
        "Cost of goods sold\t4,445\t4,122\nOperating loss\t(435)\t(393)\nInterest income\t134\t126\n"
        "Interest expense\t(129)\t(119)\n\t(430)\t(386)\n"
        "Income tax provision\t(24)\t(20)\nNet loss\t(454)\t(406)\n"
    ).tables
    assert [item.concepts for item in table.line_items if not item.line.label] == [("IncomeLossBeforeIncomeTaxes",)]


def test_operating_expenses_are_the_last_total_of_that_name() -> None:
    """ "Total operating costs" of the divisions, above the costs of selling, were all operating expenses."""
    found = items(
        f"Consolidated Statements of Earnings (in thousands){RESULTS}Total revenue\t1,791\t1,995\n"
        "Operating costs and expenses:\t\t\nPublishing\t647\t701\nPrinting\t320\t346\nTotal operating costs\t967\t1,047\n"
        "Selling and administrative expenses\t657\t724\nTotal operating costs and expenses\t1,624\t1,771\n"
        "Operating earnings\t167\t224\nIncome taxes\t58\t80\nNet earnings\t109\t144\n"
    )
    assert found["Total operating costs and expenses"].concepts == ("OperatingExpenses",)


@pytest.mark.parametrize("parts", [("Current", "Deferred"), ("Federal", "State")])
def test_the_tax_is_the_sum_of_its_parts_where_revenue_is_a_sum_without_a_name_too(parts: tuple[str, str]) -> None:
    """ "Net sales" above a nameless total of revenue passed for the revenue of a segment; federal tax was all tax."""
    (table,) = statements(
        f"Consolidated Statements of Income (in thousands){RESULTS}Revenues:\t\t\nNet sales\t800\t700\nOther income\t100\t100\n"
        "\t900\t800\nCost of sales\t400\t500\nIncome before income taxes\t500\t300\nProvision for income taxes:\t\t\n"
        f"{parts[0]}\t90\t80\n{parts[1]}\t40\t30\n\t130\t110\nNet income\t370\t190\n"
    ).tables
    assert [item.concepts for item in table.line_items if not item.line.label] == [("Revenues",), ("IncomeTaxExpenseBenefit",)]


def test_a_total_with_a_name_is_not_renamed_after_what_it_leads_to() -> None:
    """Selling and administrative expense, the sum of two lines, was all operating expenses."""
    found = items(
        f"Consolidated Statements of Income (in thousands){RESULTS}Revenues\t900\t800\nCost of sales\t400\t300\n"
        "Gross profit\t500\t500\nDemand creation expense\t110\t120\nOperating overhead expense\t130\t140\n"
        "Total selling and administrative expense\t240\t260\nIncome before income taxes\t260\t240\nIncome taxes\t60\t40\n"
        "Net income\t200\t200\n"
    )
    assert found["Total selling and administrative expense"].concepts == ("SellingGeneralAndAdministrativeExpense",)


def test_an_amount_per_share_under_a_heading_of_dilution_is_diluted() -> None:
    found = items(
        INCOME.replace(
            "Net loss per share, basic and diluted",
            "Loss per share\t(0.10)\t(0.14)\nLoss per share - assuming dilution:\t\t\nNet loss per share",
        )
    )
    assert found["Net loss per share"].concepts == ("EarningsPerShareDiluted",)


def test_shares_subject_to_redemption_are_money() -> None:
    """The shares of a blank check company between its liabilities and its deficit left its balance sheet unbalanced."""
    label = "Class A ordinary shares subject to possible redemption, 34,500,000 shares at $10.00 per share"
    assert not is_per_share(label)
    assert not is_share_count(label)


def test_net_income_is_of_all_where_a_line_below_tells_the_share_of_others_and_none_that_of_the_company() -> None:
    """The line of the company's own was not read, and the whole stood for it, proven."""
    text = f"Consolidated Statements of Income (in thousands){RESULTS}Revenue\t900\t800\n"
    text += "Expenses\t400\t500\nNet income\t500\t300\n"
    shared = "Net income attributable to noncontrolling interests\t(20)\t(10)\n"
    assert items(text)["Net income"].concepts == ("NetIncomeLoss",)
    assert items(text + shared)["Net income"].concepts == ("ProfitLoss",)


def test_a_note_of_units_among_the_rows_heads_no_lines() -> None:
    """ "(in millions, except per share data)" below the heads made amounts with a decimal amounts per share."""
    text = INCOME.replace("Revenues:\t\t\n", "(in thousands, except per share data)\t\t\n").replace(
        "Other income, net\t150\t210", "Other income, net\t15.5\t21.0"
    )
    assert items(text)["Other income, net"].is_money


def test_shares_below_earnings_assuming_dilution_are_of_the_side_they_name() -> None:
    rows = "Assuming Dilution:\t\t\nNet loss per share\t(0.10)\t(0.14)\nAverage Common Shares Outstanding\t23,104\t22,240\n"
    found = items(INCOME.split("Net loss per share")[0] + rows)
    assert found["Average Common Shares Outstanding"].concepts[0] == "WeightedAverageSharesBasic"


def test_a_total_of_selling_expenses_with_research_among_its_parts_is_of_all_operating_expenses() -> None:
    found = items(
        f"Consolidated Statements of Income (in thousands){RESULTS}Revenues\t900\t800\nCost of sales\t400\t300\n"
        "Gross profit\t500\t500\nGeneral and administrative\t60\t70\nResearch and development\t50\t50\nSelling\t130\t140\n"
        "Total selling, general and administrative\t240\t260\nOperating income\t260\t240\nIncome taxes\t60\t40\n"
        "Net income\t200\t200\n"
    )
    assert found["Total selling, general and administrative"].concepts == ("OperatingExpenses",)


@pytest.mark.parametrize("heading", ["Revenues:\t\t\n", ""])
def test_what_is_earned_by_research_and_development_is_no_expense_of_it(heading: str) -> None:
    """The first of two lines of that name, under revenues, was the expense, and the expense was none."""
    (table,) = statements(
        f"Consolidated Statements of Operations (in thousands){RESULTS}{heading}Research and development\t8,500\t7,000\n"
        "License fees\t4,000\t3,000\nTotal revenues\t12,500\t10,000\nOperating expenses:\t\t\n"
        "Research and development\t20,100\t18,000\nGeneral and administrative\t5,000\t4,000\n"
        "Total operating expenses\t25,100\t22,000\nLoss from operations\t(12,600)\t(12,000)\nNet loss\t(12,600)\t(12,000)\n"
    ).tables
    read = [
        str(item.line.cells[0].readings[0].value)
        for item in table.line_items
        if "ResearchAndDevelopmentExpense" in item.concepts
    ]
    assert read == ["20100"]
