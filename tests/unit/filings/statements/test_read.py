"""From a document to its statements: what is read, what is left out, and what is said of it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from orchestration.filings.records import Statement
from tests.unit.filings.made_up import BALANCE, INCOME, statements


def codes(text: str) -> set[str]:
    return {finding.code for finding in statements(text).findings}


def test_each_statement_is_read_once_and_numbered_in_order() -> None:
    found = statements(BALANCE + INCOME)
    assert [(table.number, table.statement) for table in found.tables] == [(1, Statement.BALANCE), (2, Statement.INCOME)]
    assert not found.findings


def ends_of(text: str) -> list[date]:
    return [period.end for table in statements(text).tables for period in table.periods if period.end]


HEADCOUNT = "Headcount by site\n\n\tMarch 31, 2010\tDecember 31, 2009\nBoston\t120\t110\nParis\t40\t45\n"
WITH_ADJUSTMENTS = re.sub(r"(?<=\d)$|(?<=\d\))$", "\t10\t20", INCOME, flags=re.MULTILINE).replace(
    "2010\t2009\t10\t20", "2010\t2009"
)
"""Two more figures a line than the header has periods."""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEADCOUNT, "table_not_a_statement"),
        (INCOME.replace("Condensed", "Outlook: Expected"), "table_looks_ahead"),
        (INCOME.replace("\tThree Months Ended March 31,\t\n\t2010\t2009\n", ""), "header_not_found"),
        (WITH_ADJUSTMENTS, "columns_not_headed"),
    ],
)
def test_a_table_that_is_not_read_is_named_with_the_reason(text: str, code: str) -> None:
    found = statements(text)
    assert [finding.code for finding in found.findings] == [code]
    assert not found.tables


def test_a_table_of_the_same_lines_without_the_title_is_highlights() -> None:
    highlights = INCOME.split("\n", 1)[1]
    found = statements(INCOME + "Selected Financial Data (in thousands)\n" + highlights)
    assert [finding.code for finding in found.findings] == ["table_without_title"]
    assert len(found.tables) == 1


def test_a_statement_without_a_note_of_its_scale_is_named() -> None:
    assert "scale_not_stated" in codes(INCOME.replace(" (in thousands, except per share amounts)", ""))


def test_a_day_of_a_53_week_year_that_nobody_printed_dates_no_column() -> None:
    """ "July 3, 2004" and "June 28, 2003" over each other became July 3, 2003, proven."""
    odd = INCOME.replace("March 31,", "July 3,")
    assert ends_of(odd) == [date(2010, 7, 3)], "the header prints that one as a whole"
    printed = f"Sales of the quarters ended July 3, 2010 and July 3, 2009 are compared.\n\n{odd}"
    assert ends_of(printed) == [date(2010, 7, 3), date(2009, 7, 3)]


def test_two_columns_with_one_heading_have_no_period() -> None:
    found = statements(INCOME.replace("\t2010\t2009", "\t2010\t2010"))
    assert all(period.end is None for period in found.tables[0].periods)


def test_a_duplicate_row_is_named_and_no_line() -> None:
    found = statements(INCOME.replace("Cost of sales", "Coet of sa1es\t3,Z00\t2,7O0\nCost of sales"))
    assert [finding.code for finding in found.findings] == ["ghost_row"]
    assert len(found.tables[0].line_items) == len(statements(INCOME).tables[0].line_items)


def test_a_file_that_breaks_off_within_a_row_loses_that_row_alone() -> None:
    found = statements(INCOME.rstrip().removesuffix("104\t22,240"))
    assert [finding.code for finding in found.findings] == ["line_cut"]
    assert "Weighted" not in found.tables[0].line_items[-1].line.label


def test_a_label_with_a_damaged_word_is_read_as_the_one_it_can_be_and_said_so() -> None:
    found = statements(INCOME.replace("Income tax expense", "Incorne tax expense"))
    assert {finding.code for finding in found.findings} == {"label_mended"}
    assert any("IncomeTaxExpenseBenefit" in item.concepts for item in found.tables[0].line_items)


@pytest.mark.parametrize("words", ["Two", "Five", "Ten", "Fifteen"])
def test_months_that_are_no_quarter_are_not_taken_for_one(words: str) -> None:
    """A stub or transition period of two or ten months was published as a quarter, proven."""
    found = statements(INCOME.replace("Three Months", f"{words} Months"))
    assert not [period for table in found.tables for period in table.periods if period.months]
    assert "duration_not_read" in {finding.code for finding in found.findings}


def test_a_currency_sign_in_a_cell_of_its_own_is_that_of_the_statement() -> None:
    """In HTML the sign has a cell of its own: a statement in euros was dollars, proven."""
    signed = re.sub(r"\t(?=[\d(])", "\t€\t", INCOME.replace("\t2010\t2009", "\t\t2010\t\t2009"))
    assert {table.scale.currency for table in statements(signed).tables} == {"EUR"}


def headed(first: str, second: str, prose: str = "") -> str:
    return prose + BALANCE.replace("March 31, 2010", first).replace("December 31, 2009", second)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (headed("03/04/2010", "05/04/2009"), []),
        (headed("04/03/2010", "04/04/2009"), [date(2010, 4, 3), date(2009, 4, 4)]),
        (headed("03/04/2010", "04/04/2009"), [date(2010, 4, 3), date(2009, 4, 4)]),
        (headed("03/04/2010", "31/12/2009"), [date(2010, 4, 3), date(2009, 12, 31)]),
        (headed("03/04/2010", "March 5, 2009", "It ended on March 4, 2010.\n\n"), [date(2010, 3, 4), date(2009, 3, 5)]),
        (headed("03/04/2010", "April 4, 2009", "It ended on April 3, 2010.\n\n"), [date(2010, 4, 3), date(2009, 4, 4)]),
        (headed("03/04/2010", "April 4, 2009", "The release of 25/04/2010 follows.\n\n"), [date(2010, 4, 3), date(2009, 4, 4)]),
    ],
    ids=["nothing", "weekdays", "weekdays, day first", "another column", "words", "words, day first", "a date in the text"],
)
def test_a_date_in_figures_is_read_where_something_tells_the_day_from_the_month(text: str, ends: list[date]) -> None:
    """ "03/04/2010" was March 4, wherever it came from."""
    assert ends_of(text) == ends
    assert ("day_or_month_unsure" in codes(text)) == (not ends)


def test_a_table_without_a_title_that_has_the_lines_of_a_statement_for_other_months_is_that_statement() -> None:
    """Below a table of segments the six months of a statement were taken for highlights."""
    _, _, body = INCOME.partition("\n\n")
    segments = "\t2010\t2009\nNorth\t1,000\t900\nSouth\t2,000\t1,800\n\nMore words stand here, and end in a full stop.\n\n"
    nine, same = (f"{INCOME}\n{segments}{head}" for head in (body.replace("Three Months", "Nine Months"), body))
    assert [[one.months for one in table.periods] for table in statements(nine).tables] == [[3, 3], [9, 9]]
    assert len(statements(same).tables) == 1
