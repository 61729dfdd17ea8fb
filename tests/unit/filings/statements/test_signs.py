"""Signs of lines that only turn together."""

from __future__ import annotations

from tests.unit.filings.made_up import statements

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
    (other,) = (item for item in table.items if "NonoperatingIncomeExpense" in item.concepts)
    assert [cell.readings[0].value for cell in other.line.cells] == [105, -302]
    (interest,) = (item for item in table.items if item.line.label == "Interest expense, net")
    assert interest.weight == -1
