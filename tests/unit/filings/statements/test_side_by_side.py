"""Statements side by side on one page."""

from __future__ import annotations

from orchestration.filings.documents.detect import read_document
from orchestration.filings.documents.model import Table
from orchestration.filings.statements.side_by_side import parted_side_by_side
from tests.unit.filings.made_up import table, values_in

PAGE = """
Acme Inc.                                               Acme Inc.
Consolidated Balance Sheets                             Consolidated Statements of Cash Flows
(In thousands)                                          (In thousands)

                               March 31,  December 31,                             Three Months Ended
                                 2010         2009                                      March 31,
ASSETS                                                                               2010      2009
Cash and cash equivalents       $ 40,100     $ 45,200   Net loss                   $ (2,300)  $ (3,130)
Accounts receivable                6,300        5,900   Stock-based compensation         900       870
Inventory                          2,200        2,000   Depreciation                   1,200     1,100
Total current assets              48,600       53,100   Net cash used in operating
Property and equipment, net        7,400        7,600     activities                    (200)   (1,160)
Total assets                    $ 56,000     $ 60,700   Net decrease in cash            (200)   (1,160)
"""


def lines(part: Table) -> list[str]:
    return [row.text for row in part.rows]


def test_a_page_of_two_statements_is_one_table_each() -> None:
    left, right = parted_side_by_side(read_document(PAGE).document.tables[0])
    assert lines(left)[:3] == ["Acme Inc.", "Consolidated Balance Sheets", "(In thousands)"]
    assert lines(left)[-1] == "Total assets $56,000 $60,700"
    assert lines(right)[-1] == "Net decrease in cash (200) (1,160)"


def test_heads_of_the_right_half_are_not_those_of_the_left() -> None:
    """A balance sheet had the day of the cash flow statement beside it, and was proven under it."""
    ends = {str(value.period_end) for value in values_in(PAGE) if value.statement == "balance_sheet"}
    assert ends == {"2010-03-31", "2009-12-31"}


def test_one_statement_is_left_as_it_is() -> None:
    one = table(
        "\tMarch 31, 2010\tDecember 31, 2009\nStatements of income, balance sheets and others\nTotal assets\t1,000\t2,000\n"
    )
    assert parted_side_by_side(one) == [one]
