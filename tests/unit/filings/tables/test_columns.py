"""Which column each figure stands in."""

from __future__ import annotations

import re

import pytest

from orchestration.filings.documents.html import read_html
from orchestration.filings.documents.model import Cell, Row, Table
from orchestration.filings.tables.body_columns import place_rows
from orchestration.filings.tables.columns import TableHeader, is_wrapped, read_header
from orchestration.filings.tables.rows import labelled_rows
from orchestration.filings.text.dates import TO_DATE
from tests.unit.filings.made_up import header, placed, texts, values_in

HEADER = "\tThree Months Ended March 31,\t\t\tNine Months Ended March 31,\t\t\n\t2011\t\t2010\t2011\t\t2010\n"
BODY = "Revenues\t5,211\t\t3,314\t12,800\t\t9,521\nExpenses\t20,313\t\t15,538\t56,794\t\t47,415\n"


def ends(found: TableHeader | None) -> list[tuple[int | None, str]]:
    assert found is not None
    return [(period.months, str(period.end)) for period in found.periods]


def header_of_html(page: str, context: str = "") -> TableHeader | None:
    (table,) = read_html(page, 0, len(page))
    assert isinstance(table, Table)
    return read_header(table, labelled_rows(table), context)


def test_a_header_of_two_rows() -> None:
    found = header(HEADER + BODY)
    assert ends(found) == [(3, "2011-03-31"), (3, "2010-03-31"), (9, "2011-03-31"), (9, "2010-03-31")]
    assert found is not None
    assert found.first_row == 2


def test_a_header_of_one_row_with_rules_and_nothing_else_above_the_figures() -> None:
    assert ends(header("\tDecember 31, 2006 (Unaudited)\t\tJune 30, 2006\n\t_\t\t_\nCash\t1,200\t\t1,300\n")) == [
        (None, "2006-12-31"),
        (None, "2006-06-30"),
    ]


def test_the_title_fills_in_what_the_header_leaves_open() -> None:
    found = header("\t2010\t2009\nRevenues\t1,500\t1,200\n", "For the three months ended March 31,")
    assert ends(found) == [(3, "2010-03-31"), (3, "2009-03-31")]


def test_a_note_with_the_verb_may_fills_in_nothing() -> None:
    found = header("\tThree Months Ended\t\n\t2010\t2009\nRevenues\t1,500\t1,200\n", "Amounts may not add due to rounding")
    assert ends(found) == [(3, "None"), (3, "None")]


def test_a_title_that_names_a_day_of_each_year_gives_each_column_its_own() -> None:
    columns = "\t2017\t2016\nRevenues\t1,500\t1,200\n"
    told = "For the Three Months Ended October 29, 2017 and October 30, 2016"
    assert ends(header(columns, told)) == [(3, "2017-10-29"), (3, "2016-10-30")]
    assert ends(header(columns, told.replace("2016", "2015"))) == [(3, "None"), (3, "None")]


def test_a_title_of_two_durations_fills_in_none() -> None:
    found = header("\t2010\t2009\nRevenues\t1,500\t1,200\n", "For the three and nine months ended March 31, 2010 and 2009")
    assert [months for months, _ in ends(found)] == [None, None]


def test_figures_without_a_period_above_them_have_no_header() -> None:
    assert header("Revenues\t1,500\t1,200\nExpenses\t1,700\t1,300\n") is None


def test_years_in_a_header_are_no_figures() -> None:
    assert ends(header("\tYear Ended June 30,\t\n\t2007\t2006\nRevenues\t2,007\t2,006\n")) == [
        (12, "2007-06-30"),
        (12, "2006-06-30"),
    ]


def test_restated_holds_for_its_own_column() -> None:
    found = header("\tQuarter ended June 30, 2010\tQuarter ended June 30, 2009 (as restated)\nRevenues\t1,500\t1,200\n")
    assert found is not None
    assert [period.is_restated for period in found.periods] == [False, True]


def test_blank_cells_are_told_by_their_place() -> None:
    rows = placed(f"{BODY}Tax\t\t\t(103)\t\t\t(265)\n", 4)
    assert texts(rows[-1]) == [None, "(103)", None, "(265)"]


@pytest.mark.parametrize("column", range(4))
def test_one_lone_figure_goes_where_it_stands(column: int) -> None:
    place = (1, 3, 4, 6)[column]
    rows = placed(f"{BODY}Tax{chr(9) * place}77\n", 4)
    assert texts(rows[-1]) == ["77" if at == column else None for at in range(4)]


def test_a_full_row_is_read_in_order_wherever_it_stands() -> None:
    rows = placed(f"{BODY}Net loss\t1\t2\t3\t4\n", 4)
    assert texts(rows[-1]) == ["1", "2", "3", "4"]


def test_a_full_row_shifted_left_by_a_lost_label_is_read_in_order() -> None:
    rows = placed(f"{BODY}Net loss 15,003\t12,124\t42,124\t37,507\n", 3)
    assert texts(rows[-1]) == ["12,124", "42,124", "37,507"]


def test_after_a_break_the_columns_may_lie_elsewhere() -> None:
    text = "Cash\t\t1,100\t\t1,200\nOther\t\t300\t\t400\n\n7\n\nDebt\t500\t600\nEquity\t900\t1,000\nOther\t\t88\n"
    assert [texts(row) for row in placed(text, 2)][2:] == [["500", "600"], ["900", "1,000"], [None, "88"]]


def test_a_figure_in_no_column_is_a_stray_and_not_lost() -> None:
    rows = placed(f"{BODY}Tax\t\t\t\t\t\t\t\t\t\t\t\t77\n", 4)
    assert texts(rows[-1]) == [None] * 4
    assert [item.cell.text for item in rows[-1].unplaced] == ["77"]


def test_a_nil_in_a_column_is_a_nil() -> None:
    assert texts(placed(f"{BODY}Royalties\t2,335\t\t_\t4,388\t\t_\n", 4)[-1]) == ["2,335", "_", "4,388", "_"]


def test_a_rule_beside_the_figures_is_no_nil() -> None:
    rows = placed(f"{BODY}G&A\t2,566\t_\t2,332\t5,363\t_\t5,125\n", 4)
    assert texts(rows[-1]) == ["2,566", "2,332", "5,363", "5,125"]


INCEPTION = (
    "\tThree Months Ended March 31,\t\tPeriod from inception (May 1, 2000) to March 31, 2010\n"
    "\t2010\t2009\nRevenues\t1,500\t1,200\t9,900\n"
)


def test_a_column_since_inception_moves_no_other_column_and_is_no_quarter() -> None:
    """Development-stage companies print one until 2014 (ASC 915): its first date is where it begins, not a column."""
    found = header(INCEPTION)
    assert ends(found) == [(3, "2010-03-31"), (3, "2009-03-31")]
    assert found is not None
    assert found.period_columns == (0, 1)


def test_a_stretch_under_a_head_of_changes_is_no_period() -> None:
    page = (
        "<table><tr><td></td><td colspan=2>2008</td><td colspan=2>2007</td><td colspan=2>% Change</td></tr>"
        "<tr><td></td><td>Three Months Ended June 30</td><td>Six Months Ended June 30</td><td>Three Months Ended June 30</td>"
        "<td>Six Months Ended June 30</td><td>Three Months</td><td>Six Months</td></tr>"
        "<tr><td>Revenues</td><td>62</td><td>121</td><td>58</td><td>113</td><td>6.7%</td><td>6.5%</td></tr>"
        "<tr><td>Net income</td><td>3</td><td>7</td><td>2</td><td>6</td><td>9.7%</td><td>9.5%</td></tr></table>"
    )
    found = header_of_html(page)
    assert ends(found) == [(3, "2008-06-30"), (6, "2008-06-30"), (3, "2007-06-30"), (6, "2007-06-30")]
    assert found is not None
    assert found.period_columns == (0, 1, 2, 3)
    assert found.width == 6


def test_one_year_over_restated_and_reported_figures_is_two_columns() -> None:
    page = (
        "<table><tr><td></td><td>2005</td><td colspan=3>2004</td></tr>"
        "<tr><td></td><td></td><td>As Restated</td><td>Adjustments</td><td>As Previously Reported</td></tr>"
        "<tr><td>Net sales</td><td>33</td><td>28</td><td>(1)</td><td>29</td></tr>"
        "<tr><td>Net income</td><td>3</td><td>2</td><td>(1)</td><td>3</td></tr></table>"
    )
    found = header_of_html(page, "Three Months Ended June 30")
    assert ends(found) == [(3, "2005-06-30"), (3, "2004-06-30"), (3, "2004-06-30")]
    assert found is not None
    assert [period.is_restated for period in found.periods] == [False, True, False]
    assert found.period_columns == (0, 1, 3)


def test_what_stands_above_the_labels_heads_no_column_but_tells_the_year() -> None:
    found = header("Fiscal 2012\tMar. 31\tJun. 30\nRevenues\t1,500\t1,200\nExpenses\t900\t800\n", "Quarter Ended")
    assert ends(found) == [(3, "2012-03-31"), (3, "2012-06-30")]


def test_a_day_in_december_is_no_decrease_and_a_total_has_no_period() -> None:
    text = "\tSept. 30\tDec. 31\tTotal\n\t2011\t2011\t\nRevenues\t10\t20\t30\nExpenses\t5\t6\t11\n"
    found = header(text)
    assert found is not None
    assert (found.width, found.period_columns) == (3, (0, 1))
    assert ends(found) == [(None, "2011-09-30"), (None, "2011-12-31")]


def test_one_day_in_the_title_is_not_that_of_quarters_with_different_numbers() -> None:
    found = header("\tThird Quarter\tSecond Quarter\nRevenues\t1,500\t1,200\n", "Nine months ended September 30, 2010")
    assert found is not None
    assert [period.end for period in found.periods] == [None, None]


def test_a_stretch_broken_between_its_number_and_its_unit_is_one() -> None:
    found = header(
        "\tThree\tSix\n\tMonths\tMonths\n\tEnded\tEnded\n\tJune 30,\tJune 30,\n\t2005\t2005\n"
        "Revenues\t5,211\t12,800\nExpenses\t20,313\t56,794\n"
    )
    assert ends(found) == [(3, "2005-06-30"), (6, "2005-06-30")]


def header_of_rows(*rows: str) -> TableHeader | None:
    """The header of a table whose rows are cells of one place each, with figures below."""
    figures = "".join(f"<td>{12 - at}</td>" for at in range(rows[-1].count("|") + 1))
    body = f"<tr><td>Cash</td>{figures}</tr>"
    cells = "".join(f"<tr><td></td>{''.join(f'<td>{text}</td>' for text in row.split('|'))}</tr>" for row in rows)
    return header_of_html(f"<table>{cells}{body * 3}</table>")


def test_dates_that_wrap_over_more_lines_in_one_column_are_of_their_own_column() -> None:
    found = header_of_rows("June 30,|", "2008|December 31,", "(unaudited)|2007")
    assert ends(found) == [(None, "2008-06-30"), (None, "2007-12-31")]


def test_one_day_over_years_is_of_all_of_them() -> None:
    assert ends(header_of_rows("June 30,|", "2008|2007")) == [(None, "2008-06-30"), (None, "2007-06-30")]


def test_a_head_since_inception_that_wraps_is_of_no_other_column() -> None:
    cells = (
        "<tr><td></td><td></td><td></td><td>Inception</td></tr>"
        '<tr><td></td><td colspan="2">Three Months Ended</td><td>(March 4,</td></tr>'
        '<tr><td></td><td colspan="2">September 30,</td><td>1996) to</td></tr>'
        "<tr><td></td><td></td><td></td><td>Sept. 30,</td></tr>"
        "<tr><td></td><td>2003</td><td>2002</td><td>2003</td></tr>"
    )
    body = "<tr><td>Revenue</td><td>12</td><td>10</td><td>99</td></tr>" * 3
    assert ends(header_of_html(f"<table>{cells}{body}</table>")) == [(3, "2003-09-30"), (3, "2002-09-30")]


def test_dollars_and_per_cent_under_one_head_of_changes_are_two_columns() -> None:
    gap = "<td>&#160;</td>"
    head = f"<tr><td></td><td>2013</td>{gap}<td>2012</td>{gap}<td>$</td>{gap}<td>%</td></tr>"
    over = f'<tr><td></td><td colspan="3">Three months ended December 31,</td>{gap}<td colspan="3">Change</td></tr>'
    row = f"<tr><td>Net sales</td><td>81,563</td>{gap}<td>78,489</td>{gap}<td>3,074</td>{gap}<td>3.9%</td></tr>"
    found = header_of_html(f"<table>{over}{head}{row * 3}</table>")
    assert ends(found) == [(3, "2013-12-31"), (3, "2012-12-31")]
    assert found is not None
    assert (found.width, found.period_columns) == (4, (0, 1))


def test_dollars_beside_per_cents_of_sales_alone_are_the_amounts() -> None:
    """ "$" over amounts and "% of sales" beside them left no column that is not of changes."""
    day = '<td colspan="2">October 31, 2015</td><td colspan="2">November 1, 2014</td>'
    rows = ("<td>$</td><td>% of sales</td>" * 2, *["<td>187,772</td><td>100.0%</td><td>194,522</td><td>100.0%</td>"] * 3)
    body = "".join(f"<tr><td>{'Net sales' if at else ''}</td>{row}</tr>" for at, row in enumerate((day, *rows)) if at or row)
    found = header_of_html(f"<table>{body.replace('Net sales</td><td>$', '</td><td>$')}</table>")
    assert ends(found) == [(None, "2015-10-31"), (None, "2014-11-01")]


def test_quarters_in_short_are_a_header() -> None:
    """ "4Q24" begins with a digit and was taken for a figure."""
    found = header("\t4Q24\t3Q24\tFY24\nRevenues\t1,215.3\t1,155.0\t4,468.5\n")
    assert found is not None
    assert [(one.quarter, one.year) for one in found.periods] == [(4, 2024), (3, 2024), (None, 2024)]


def test_the_day_of_the_release_is_not_that_of_a_quarter() -> None:
    """A title "released October 25, 2007" dated its quarter."""
    columns = "\tThird Quarter\t\n\t2007\t2006\nRevenues\t1,500\t1,200\n"
    assert ends(header(columns, "Statements of Earnings, released October 25, 2007")) == [(3, "None"), (3, "None")]
    assert ends(header(columns, "Quarters ended September 30")) == [(3, "2007-09-30"), (3, "2006-09-30")]


def test_columns_by_another_framework_beside_those_by_gaap_are_not_read() -> None:
    """Columns by US GAAP and by IFRS for the same quarters were two misprinted heads each, and none was read."""
    span = '<td colspan="2">Three months ended June 30,</td>' * 2
    rows = ('<td colspan="2">US GAAP</td><td colspan="2">IFRS</td>', span, "<td>2004</td><td>2003</td>" * 2)
    body = "<tr><td>Net sales</td><td>1,241.0</td><td>1,180.2</td><td>1,240.0</td><td>1,179.2</td></tr>" * 3
    found = header_of_html(f"<table>{''.join(f'<tr><td></td>{row}</tr>' for row in rows)}{body}</table>")
    assert ends(found) == [(3, "2004-06-30"), (3, "2003-06-30")]
    assert found is not None
    assert found.period_columns == (0, 1)


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("2024 Budget|2024 Actual|2023 Actual", (1, 2)),
        ("2015|2015 at 2014 exchange rates|2014", (0, 2)),
    ],
)
def test_columns_of_a_budget_or_at_other_rates_are_none_of_the_statement(head: str, kept: tuple[int, ...]) -> None:
    found = header_of_rows(head)
    assert found is not None
    assert found.period_columns == kept


def test_a_quarter_centred_over_a_middle_column_at_other_rates_is_of_the_columns_beside() -> None:
    """It was of the middle column alone, whose figures are not read: the two beside it had no period."""
    lines = [
        "                           Second Quarter",
        "                 2015            2015            2014",
        "               Reported    Constant Rates     Reported",
        "Revenues        440,338         463,026         430,421",
    ]
    table = _spaced(*lines, *lines[3:] * 3)
    found = read_header(table, labelled_rows(table))
    assert found is not None
    assert found.period_columns == (0, 2)
    assert [(one.year, one.quarter) for one in found.periods] == [(2015, 2), (2014, 2)]


def test_a_column_that_combines_two_owners_is_none_of_the_statement() -> None:
    """A quarter of "Combined" figures of successor and predecessor was the company's, proven."""
    found = header_of_rows("Combined (1)|Successor|Predecessor", "March 31, 2010|March 31, 2010|March 31, 2009")
    assert found is not None
    assert found.period_columns == (1, 2)


def test_consolidated_columns_of_two_years_are_the_company_beside_its_share() -> None:
    found = header_of_rows(
        "Sept. 30, 2014|Sept. 30, 2014|Sept. 30, 2013", "Total at Share|Consolidated (GAAP)|Consolidated (GAAP)"
    )
    assert found is not None
    assert found.period_columns == (1, 2)


def test_a_head_nobody_can_read_leaves_its_column_without_a_period_and_no_other() -> None:
    assert ends(header_of_rows("June 30, 2010|March 31, 204")) == [(None, "2010-06-30"), (None, "None")]
    assert ends(header_of_rows("June 30,|March 31,", "2010|204")) == [(None, "2010-06-30"), (None, "None")]


def test_a_misprinted_day_gives_no_head_the_columns_of_another() -> None:
    found = header_of_rows(
        "Three Months Ended||Nine Months Ended|", "June 30,|June 30,|June 38,|June 38,", "2010|2009|2010|2009"
    )
    assert found is not None
    assert [period.months for period in found.periods] == [3, 3, 9, 9]


def test_a_stretch_before_the_first_column_that_no_column_bears_leaves_all_without_a_period() -> None:
    page = (
        '<table><tr><td>Nine Months Ended</td></tr><tr><td></td><td colspan="4">Three Months Ended June 30,</td></tr>'
        "<tr><td></td><td>2010</td><td>2009</td><td>2010</td><td>2009</td></tr>"
        + "<tr><td>Cash</td><td>12</td><td>10</td><td>32</td><td>30</td></tr>" * 3
        + "</table>"
    )
    found = header_of_html(page)
    assert found is not None
    assert all(period.end is None for period in found.periods)


def _spaced(*lines: str) -> Table:
    """A table set out by spaces, its cells two blanks or more apart."""
    cells = ([Cell(one.group(), one.start(), one.end(), 0, 0) for one in re.finditer(r"\S+(?: \S+)*", line)] for line in lines)
    return Table(tuple(Row(tuple(row), at) for at, row in enumerate(cells)), is_spaced=True)


def test_lines_broken_at_the_edge_of_the_page_are_wrapped() -> None:
    row = "Cost of sales                $12,345      $11,234"
    assert not is_wrapped(_spaced(*[row] * 6))
    assert is_wrapped(_spaced(*[row, "$10,100      $9,100"] * 6))
    assert is_wrapped(_spaced(*[f"{row}="] * 6))
    assert not is_wrapped(_spaced(*[row, "======="] * 6))


def test_a_month_over_its_day_is_one_date() -> None:
    """A "February" over "3," over "2023" was read as the end of February."""
    found = header("\tAugust 4,\tFebruary\n\t2023\t3,\n\t\t2023\nCash\t1,200\t1,300\n")
    assert ends(found) == [(None, "2023-08-04"), (None, "2023-02-03")]


def test_a_column_in_a_second_currency_of_the_same_period_is_not_read() -> None:
    """A "convenience translation": the word under the dates was no head, and both columns stood for the quarter."""
    found = header_of_rows("June 30, 2024|June 30, 2024|June 30, 2023", "EUR|USD|EUR")
    assert ends(found) == [(None, "2024-06-30"), (None, "None"), (None, "2023-06-30")]
    assert found is not None
    assert found.currency == "EUR"


def test_a_translation_in_the_first_column_is_not_the_currency_of_the_table() -> None:
    """A column of dollars before two of pounds was read, proven, and the pounds of its year were not."""
    found = header_of_rows("December 31, 2011|December 31, 2011|December 31, 2010", "US$m|£m|£m")
    assert found is not None
    assert (ends(found), found.currency) == ([(None, "None"), (None, "2011-12-31"), (None, "2010-12-31")], "GBP")
    assert found.unit_words is not None
    assert "US$" not in found.unit_words


@pytest.mark.parametrize(
    ("title", "told"),
    [("(in millions of yen)", ["2011-12-31", "2010-12-31", "None"]), ("(in millions)", ["None", "None", "None"])],
)
def test_columns_beside_one_in_dollars_are_in_the_currency_of_the_title_or_in_none(title: str, told: list[str]) -> None:
    """ "US$" over the last column alone made dollars of all."""
    cells = "<td></td><td>12</td><td>13</td><td>14</td>"
    head = "<td></td><td>December 31, 2011</td><td>December 31, 2010</td><td>December 31, 2011</td>"
    rows = (
        f"<tr>{head}</tr><tr><td></td><td></td><td></td><td>US$</td></tr>"
        + f"<tr>{cells.replace('<td></td>', '<td>Cash</td>')}</tr>" * 3
    )
    assert [end for _, end in ends(header_of_html(f"<table>{rows}</table>", title))] == told


def test_currencies_in_one_cell_of_a_header_leave_all_columns_without_a_period() -> None:
    found = header_of_rows("US$ Yen Yen||", "December 31, 2011|December 31, 2011|December 31, 2010")
    assert {end for _, end in ends(found)} == {"None"}


def test_a_bare_dollar_beside_another_currency_is_no_column_of_it() -> None:
    """ "$" heads a column of changes, and so the periods were dealt out in order: the dollars became yen."""
    found = header_of_html(
        "<table><tr><td></td><td>$</td><td>¥</td><td>¥</td></tr><tr><td></td><td>2004</td><td>2004</td><td>2003</td></tr>"
        + "<tr><td>Cash</td><td>12</td><td>13</td><td>14</td></tr>" * 3
        + "</table>",
        "As of March 31",
    )
    assert ends(found) == [(None, "2004-03-31"), (None, "2003-03-31")]
    assert found is not None
    assert found.period_columns == (1, 2)


def test_a_currency_centred_over_columns_is_of_each() -> None:
    lines = [
        "                     Yen             US$",
        "               2011        2010        2011",
        "Cash             12          13          14",
    ]
    table = _spaced(*lines, *lines[2:] * 3)
    found = read_header(table, labelled_rows(table), "As of December 31")
    assert (ends(found), found and found.currency) == ([(None, "2011-12-31"), (None, "2010-12-31"), (None, "None")], "JPY")


def test_days_with_points_beside_a_unit_are_a_header_and_no_figures() -> None:
    found = header("NOK 1 000\t31.03.2006\t31.12.2005\nCash\t620 151\t622 185\nGoodwill\t443 888\t437 153\n")
    assert ends(found) == [(None, "2006-03-31"), (None, "2005-12-31")]


def test_dates_set_over_three_lines_are_one_date_each() -> None:
    found = header_of_rows("December|September", "28,|29,", "2024|2024")
    assert ends(found) == [(None, "2024-12-28"), (None, "2024-09-29")]


def test_the_words_of_a_header_without_places_are_shared_out_in_order() -> None:
    table = _spaced(
        "Three Months Ended June 30, Six Months Ended June 30,", "2025 2024 2025 2024",
        "Revenue  31,999  28,822  60,645  56,729",
        "Other revenue of all kinds  5,192  12,054  11,197  1,234", "Tax  9  8  18  16",
    )  # fmt: skip
    assert ends(read_header(table, labelled_rows(table))) == [
        (3, "2025-06-30"), (3, "2024-06-30"), (6, "2025-06-30"), (6, "2024-06-30"),
    ]  # fmt: skip


def test_heads_over_several_lines_that_each_name_all_columns_are_read_column_by_column() -> None:
    """Nothing shared out four months above their days where the figures stood at other places from row to row."""
    table = _spaced(
        "14 Weeks      13 Weeks      53 Weeks      52 Weeks",
        "Ended         Ended         Ended         Ended",
        "December      December      December      December",
        "25, 2012      27, 2011      25, 2012      27, 2011",
        "Restaurant sales      313,745      263,505      1,159,311      1,031,930",
        "Other     9  8  18  16",
        "Costs of all the meals that were sold  5,192  12,054  11,197  1,234",
    )
    assert ends(read_header(table, labelled_rows(table))) == [
        (3, "2012-12-25"), (3, "2011-12-27"), (12, "2012-12-25"), (12, "2011-12-27"),
    ]  # fmt: skip


def test_stretches_are_shared_out_unevenly_where_one_way_alone_gives_every_column_its_own() -> None:
    table = _spaced(
        "Quarter ended Year ended",
        "December 31, 2019 September 30, 2019 December 31, 2018 December 31, 2019 December 31, 2018",
        "Sales  629  646  683  2,584  2,714",
        "Cost of goods sold to all the others  488  527  508  2,071  2,124", "Tax  9  8  18  16  7",
    )  # fmt: skip
    assert ends(read_header(table, labelled_rows(table))) == [
        (3, "2019-12-31"), (3, "2019-09-30"), (3, "2018-12-31"), (12, "2019-12-31"), (12, "2018-12-31"),
    ]  # fmt: skip


def test_dates_that_wrap_at_different_heights_are_read_line_after_line() -> None:
    """A browser set "2013" beside "September 30,": the first column was of March 2012."""
    table = _spaced(
        "                                       March 31,",
        "                              2013      September 30,",
        "                                       2012",
        "Cash and cash equivalents     9,246      8,638",
        "Total current assets         27,359     26,132",
        "Total assets                 50,637     48,012",
    )
    assert ends(read_header(table, labelled_rows(table))) == [(None, "2013-03-31"), (None, "2012-09-30")]


def test_days_that_are_not_whole_are_not_shared_out() -> None:
    """A terminal sets a wrapped cell in the middle of its lines: "February" stood a line above its "3,"."""
    table = _spaced(
        "February", "August 4, July 29, 3,", "2023 2022 2023", "Cash  3,494  1,482  1,348",
        "Short-term investments of all  374  450  384",
    )  # fmt: skip
    found = read_header(table, labelled_rows(table))
    assert found is None or not any(period.end for period in found.periods)


HEADS = "\tThree Months Ended June 30,\t\tSix Months Ended June 30,\t\n{years}\nRevenues\t8\t7\t16\t15\nNet income\t4\t3\t8\t7"


@pytest.mark.parametrize(
    "years", ["\t\t2010\t2009\t2010", "\t2009\t2010\t2009\t", "\t2010\t\t2010\t2009"], ids=["right", "left", "lost"]
)
def test_heads_that_moved_a_column_or_were_lost_name_no_period(years: str) -> None:
    """Each year but one stood over its neighbour's figures, and all of them were proven."""
    found = header(HEADS.format(years=years))
    assert found is None or not any(period.end for period in found.periods)


@pytest.mark.parametrize("day", ["2B", "82"])
def test_a_day_that_cannot_be_is_not_the_end_of_its_month(day: str) -> None:
    found = header(f"\tOctober 4, 2026\tDecember {day}, 2025\nCash\t8\t7\nTotal assets\t40\t30")
    assert found is not None
    assert [period.end is None for period in found.periods] == [False, True]


def test_a_day_over_the_last_column_is_not_that_of_the_first() -> None:
    found = header("\t\tJune 30,\n\t2005\t2004\nCash\t1,008\t1,007\nTotal assets\t4,040\t3,030")
    assert found is None or not any(period.end for period in found.periods)


def test_a_head_that_lists_days_is_over_all_columns_and_each_takes_that_of_its_year() -> None:
    """The first day was taken for all columns of its side, under whatever year."""
    table = _spaced(
        "Consolidated income", "                                    For the 13        For the 26",
        "                                   Weeks Ended       Weeks Ended",
        "                                 July 3, 2004 and  July 3, 2004 and",
        "                                  June 28, 2003     June 28, 2003",
        "                                  2004     2003     2004     2003",
        *[f"{name:<33}$8,700   $8,851  $16,403  $16,325" for name in ("Merchandise sales", "Credit", "Net income")],
    )  # fmt: skip
    assert ends(read_header(table, labelled_rows(table))) == [
        (3, "2004-07-03"), (3, "2003-06-28"), (6, "2004-07-03"), (6, "2003-06-28"),
    ]  # fmt: skip


def test_a_line_at_the_margin_is_a_title_and_no_head() -> None:
    table = _spaced(
        "Made-Up Bancorp Reports Third Quarter Fiscal 2009 Results", "January 29, 2009", "",
        "                       Quarter     Quarter", "                        Ended       Ended",
        "                       Dec 31,    Sept 30,", "                        2008        2008",
        *[f"{name:<22}$8,700      $8,851" for name in ("Interest income", "Fees", "Net income")],
    )  # fmt: skip
    assert ends(read_header(table, labelled_rows(table))) == [(3, "2008-12-31"), (3, "2008-09-30")]


def test_a_first_date_at_the_margin_heads_the_first_column() -> None:
    table = _spaced(
        "June 30, 2025                             December 31, 2024",
        *[f"{name:<42}14,352      23,029" for name in ("Cash and cash equivalents", "Inventories", "Total assets")],
    )
    assert ends(read_header(table, labelled_rows(table))) == [(None, "2025-06-30"), (None, "2024-12-31")]


def test_a_row_with_fewer_figures_is_not_placed_where_a_copy_lost_its_columns() -> None:
    rows = [f"{name} 1,234 2,345 3,456 4,567" for name in ("Net sales", "Cost of all the goods that were sold", "Gross margin")]
    table = _spaced(*[re.sub(r" (?=\d)", "  ", row) for row in (*rows, "Shares of common stock 584 638")])
    placed_rows = place_rows(labelled_rows(table), 4, is_spaced=True)
    assert [texts(row) for row in placed_rows][-1] == [None] * 4
    assert len(placed_rows[-1].unplaced) == 2


def test_shares_are_in_the_columns_of_periods_where_the_others_are_per_cents_of_sales() -> None:
    """Nothing told the columns of share counts that stand beside per cents of sales in text that lost its columns."""
    rows = [
        f"{name} 24,956 100.00 27,476 99.00" for name in ("Net sales", "Cost of all the goods that were sold", "Gross margin")
    ]
    rows += ["Weighted average shares outstanding 584 638", "Interest expense 341 264", "Average shares:", "Basic 584 638"]
    table = _spaced(*[re.sub(r" (?=\d)", "  ", row) for row in rows])
    shares, interest, _, basic = place_rows(labelled_rows(table), 4, is_spaced=True, period_columns=(0, 2))[-4:]
    assert texts(basic) == ["584", None, "638", None]
    assert texts(shares) == ["584", None, "638", None]
    assert texts(interest) == [None] * 4


def test_a_year_between_an_amount_and_its_per_cent_is_of_the_amount() -> None:
    figures = "$25,530      100.0        $24,020      100.0          6.3"
    table = _spaced(
        "                                    2023                       2022           Percent",
        "                                         Percent                    Percent   Increase",
        "                             Amount      to Sales       Amount      to Sales  (Decrease)",
        *[f"{name:<28}{figures}" for name in ("Sales to customers", "Cost of products sold", "Gross profit")],
    )
    found = read_header(table, labelled_rows(table), "SECOND QUARTER")
    assert found is not None
    assert [period.year for period in found.periods] == [2023, 2022]
    assert found.period_columns == (0, 2)


def test_a_head_whose_date_is_broken_over_lines_is_no_row_of_figures() -> None:
    table = _spaced(
        "                                        Three months ended June",
        "STATEMENT OF EARNINGS (UNAUDITED)                  30          Six months ended June 30",
        "(In millions)                                  2023         2022        2023         2022",
        *[f"{name:<45}$6,688       $5,266     $11,976       $9,874" for name in ("Sales", "Costs", "Net earnings")],
    )
    assert ends(read_header(table, labelled_rows(table))) == [
        (3, "2023-06-30"), (3, "2022-06-30"), (6, "2023-06-30"), (6, "2022-06-30"),
    ]  # fmt: skip


def test_figures_that_wrapped_onto_the_next_line_count_for_their_row() -> None:
    rows = [
        line
        for name in ("Net sales", "Cost of all goods sold", "Gross profit")
        for line in (f"{name}  37,710  38,492  120,298", "122,178")
    ]
    table = _spaced("Three Months Ended June 30, Nine Months Ended June 30,", "2023  2022  2023  2022", *rows)
    assert ends(read_header(table, labelled_rows(table))) == [
        (3, "2023-06-30"), (3, "2022-06-30"), (9, "2023-06-30"), (9, "2022-06-30"),
    ]  # fmt: skip


def consolidating(*names: str, years: str = "<td>2011</td><td>2010</td>", day: str = "March 31") -> TableHeader | None:
    each = years.count("<td>") or 1
    spans = "".join(f'<td colspan="{each}">{name}</td>' for name in names)
    figures = "".join(f"<td>{number},211</td>" for number in range(1, each * len(names) + 1))
    dates = f"<tr><td></td>{years * len(names)}</tr>" if years else ""
    page = f"<table><tr><td></td>{spans}</tr>{dates}<tr><td>Revenues</td>{figures}</tr><tr><td>Costs</td>{figures}</tr></table>"
    return header_of_html(page, f"May 4, 2011\nStatement of Income\nFor the Three Months Ended {day}")


@pytest.mark.parametrize("at", [0, 1, 2])
def test_of_columns_of_the_company_and_its_parts_the_consolidated_ones_have_periods(at: int) -> None:
    """All had the same periods, so none was read."""
    names = ["Equipment", "Financing"]
    names.insert(at, "Consolidated")
    found = consolidating(*names)
    assert ends(found) == [(3, "2011-03-31"), (3, "2010-03-31")]
    assert found is not None
    assert found.period_columns == (2 * at, 2 * at + 1)
    assert len(found.parts) == 4


def test_the_consolidated_column_of_a_consolidating_statement_has_the_period_of_the_title() -> None:
    """No head of it names a period, so its statement had none."""
    found = consolidating("Parent", "Guarantors", "Eliminations", "Consolidated", years="", day="March 31, 2011")
    assert ends(found) == [(3, "2011-03-31")]
    assert found is not None
    assert found.period_columns == (3,)
    undated = consolidating("Parent", "Consolidated", years="", day="")
    assert ends(undated)[0][1] == "None", "the day of the release is no period"


def test_a_title_in_two_cells_names_no_columns() -> None:
    found = consolidating("Consolidated", "Statements of Income")
    assert found is None or not found.parts


def test_without_a_consolidated_column_whose_each_is_is_not_known() -> None:
    assert consolidating("Parent", "Guarantors", "Eliminations", years="") is None


def test_the_month_of_a_year_to_date_is_not_that_of_the_full_year_beside_it() -> None:
    """ "Full year" took September from "YTD Sept." in the title, and the table was withheld."""
    head = "\tQ3\t\tYTD Sept.\t\tFull year\n\t2024\t2023\t2024\t2023\t2023\n"
    found = header(head + "Revenues\t1,856\t2,001\t5,365\t5,694\t7,751\nCosts\t997\t1,161\t2,887\t3,114\t4,198\n", head)
    assert found is not None
    assert [(one.months, one.month, one.year) for one in found.periods[-2:]] == [(TO_DATE, 9, 2023), (12, None, 2023)]


def test_a_spanner_over_empty_cells_and_columns_set_aside_is_of_the_column_that_is_left() -> None:
    """ "As of March 31, 2025" stood over the pro forma columns alone, and "Actual" had no date."""
    page = (
        "<table><tr><td></td><td>As of March 31, 2025</td><td></td><td></td><td>As of December 31, 2024</td></tr>"
        "<tr><td></td><td>Pro forma as adjusted</td><td>Pro forma</td><td>Actual</td><td>Actual</td></tr>"
        "<tr><td>Cash</td><td>233,344</td><td>72,344</td><td>72,345</td><td>98,120</td></tr>"
        "<tr><td>Total assets</td><td>333,344</td><td>172,344</td><td>172,345</td><td>198,120</td></tr></table>"
    )
    found = header_of_html(page)
    assert found is not None
    assert dict(zip(found.period_columns, ends(found), strict=True)) == {2: (None, "2025-03-31"), 3: (None, "2024-12-31")}


def test_a_day_over_columns_of_two_currencies_is_of_those_that_differ() -> None:
    """ "As of June 30" over RMB and US$, beside "As of December 31" over RMB, left the balance sheet without days."""
    page = (
        "<table><tr><td></td><td>As of December 31, 2018</td><td>As of June 30, 2019</td><td></td></tr>"
        "<tr><td></td><td>RMB</td><td>RMB</td><td>US$</td></tr>"
        "<tr><td>Cash</td><td>415,874</td><td>464,203</td><td>67,619</td></tr>"
        "<tr><td>Total assets</td><td>515,874</td><td>564,203</td><td>77,619</td></tr></table>"
    )
    found = header_of_html(page)
    assert found is not None
    assert dict(zip(found.period_columns, ends(found), strict=True)) == {
        0: (None, "2018-12-31"),
        1: (None, "2019-06-30"),
        2: (None, "None"),
    }


def test_this_year_and_last_year_are_those_that_the_title_names() -> None:
    """Columns headed so had no year, and the statement no header."""
    head = "\t13 Weeks\t\t39 Weeks\t\n\tThis Year\tLast Year\tThis Year\tLast Year\n"
    title = "For the 13 and 39 Weeks Ended October 28, 2023 and October 29, 2022"
    body = "Net sales\t429,598\t406,689\t1,248,256\t1,201,142\nCost of sales\t274,345\t260,849\t781,197\t762,180\n"
    assert ends(header(head + body, title)) == [(3, "2023-10-28"), (3, "2022-10-29"), (9, "2023-10-28"), (9, "2022-10-29")]


@pytest.mark.parametrize("other", ["Cash Earnings", "Managed"])
def test_of_two_columns_of_one_period_the_reported_one_is_the_companys(other: str) -> None:
    """Neither was read, as if one of the two heads were misprinted."""
    head = "\tThree Months Ended June 30, 2007\t\tThree Months Ended June 30, 2006\t\n" + f"\tReported\t{other}" * 2 + "\n"
    found = header(head + "Revenues\t226,303\t236,303\t213,563\t223,563\nExpenses\t126,303\t136,303\t113,563\t123,563\n")
    assert found is not None
    assert dict(zip(found.period_columns, ends(found), strict=True)) == {0: (3, "2007-06-30"), 2: (3, "2006-06-30")}


def test_an_annualized_column_is_of_no_quarter() -> None:
    """ "Q3 2021 Annualized" was the third quarter."""
    head = "\tQ3 2021\tQ3 2020\tQ3 2021 Annualized\n"
    found = header(head + "Revenues\t111,178\t97,545\t444,712\nExpenses\t100,291\t88,692\t401,164\n")
    assert found is not None
    assert found.period_columns == (0, 1)


def test_a_dated_column_without_a_stretch_beside_some_with_one_gets_none() -> None:
    """ "Year to 31 July" beside two half years was a half year, proven."""
    head = "\tHalf year to\tHalf year to\tPeriod to\n\t31 January 2024\t31 January 2023\t31 July 2023\n"
    body = "Revenue\t96,151\t88,538\t183,681\nCost of sales\t54,132\t50,592\t106,376\n"
    assert ends(header(head + body, head))[2] == (None, "2023-07-31")
    assert ends(header(head.replace("Period to", "Year to") + body, head))[2] == (12, "2023-07-31")


def test_nine_months_broken_over_two_lines_of_a_head_are_whole() -> None:
    head = "\t\t\tFirst Nine\tFirst Nine\n\tQ3 FY25\tQ3 FY24\tMonths FY25\tMonths FY24\n"
    found = header(head + "Revenues\t901\t725\t2,591\t2,116\nExpenses\t463\t380\t1,319\t1,086\n")
    assert found is not None
    assert [(one.months, one.year) for one in found.periods] == [(3, 2025), (3, 2024), (9, 2025), (9, 2024)]


def test_days_below_their_months_are_one_head_each() -> None:
    """ "September December" above "30, 31," above "2024 2023", with one blank between: the balance sheet had no days."""
    rows = (
        "Cash and cash equivalents $ 8,536 $ 8,872\nTotal current assets 80,839 82,001\nProperty, net 20,000 21,000\n"
        "Total assets $ 100,839 $ 103,001\nTotal current liabilities 30,000 31,000\nTotal liabilities 50,000 51,001\n"
        "Total stockholders' equity 50,839 52,000\nTotal liabilities and stockholders' equity $ 100,839 $ 103,001\n"
    )
    found = values_in(f"ACME, INC.\nCONDENSED BALANCE SHEETS\n(In thousands)\nSeptember December\n30, 31,\n2024 2023\n{rows}")
    assert {str(value.period_end) for value in found} == {"2024-09-30", "2023-12-31"}
