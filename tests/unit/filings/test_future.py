"""A column that ends after the filing is no result: a misprinted heading must not let a backtest look ahead."""

from __future__ import annotations

from datetime import date

from orchestration.filings.reader import _without_the_future
from orchestration.filings.records import Statement
from orchestration.filings.statements.read import Statements, StatementTable
from orchestration.filings.tables.scale import Scale
from orchestration.filings.text.dates import PrintedPeriod


def statements(*ends: tuple[int, int, int]) -> Statements:
    periods = tuple(PrintedPeriod(3, month, day, year) for year, month, day in ends)
    return Statements((StatementTable(Statement.INCOME, 1, 7, periods, (), Scale(), is_gaap=True),), ())


def test_a_column_headed_after_the_filing_is_not_read_and_said_so() -> None:
    found = _without_the_future(statements((2006, 12, 31), (2006, 7, 1)), date(2006, 8, 16))
    assert [period.end for period in found.tables[0].periods] == [None, date(2006, 7, 1)]
    assert [(finding.code, finding.line) for finding in found.findings] == [("column_in_the_future", 7)]


def test_columns_that_were_over_are_left_alone() -> None:
    before = statements((2006, 7, 1), (2005, 7, 2))
    assert _without_the_future(before, date(2006, 8, 16)) == before
    assert _without_the_future(before, None) is before
