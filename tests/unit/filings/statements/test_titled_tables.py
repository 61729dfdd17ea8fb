"""Which tables may be statements: the titles that part them."""

from __future__ import annotations

import pytest

from orchestration.filings.documents.detect import read_document
from orchestration.filings.records import Statement
from orchestration.filings.statements.titled_tables import titled_tables

TEXT = """\
CONSOLIDATED BALANCE SHEETS
(in thousands)

                                            December 31, 2015   December 31, 2014
Cash and cash equivalents                           $ 13,939            $ 12,580
Total assets                                          36,796              37,544
Total liabilities                                     12,251              13,277
Total stockholders' equity                            24,545              24,267
Total liabilities and stockholders' equity          $ 36,796            $ 37,544

CONSOLIDATED STATEMENTS OF CASH FLOWS
(in thousands)

                                                    Year Ended December 31,
                                                         2015                2014
Net loss                                           $ (42,205)          $ (45,629)
Depreciation and amortization                           1,866               1,698
Net cash used in operating activities                (40,339)            (43,931)
Purchases of property and equipment                   (1,435)             (1,134)
"""


def test_a_title_that_its_scale_runs_on_from_parts_two_statements() -> None:
    """The scale, in lower case below the title, is taken for its rest; the table begins with the title all the same."""
    found = titled_tables(read_document(TEXT).document)
    assert [table.statement for table in found] == [Statement.BALANCE, Statement.CASH_FLOW]
    assert "STATEMENTS OF CASH FLOWS" in found[1].title


def test_the_line_that_says_whose_a_statement_is_goes_with_its_title() -> None:
    """It stood above the row that begins a table, so it was left at the end of the table before."""
    found = titled_tables(read_document(TEXT.replace("CONSOLIDATED STATEMENTS", "ACME BANK\nSTATEMENTS")).document)
    assert [table.title.split("\n")[0] for table in found] == ["CONSOLIDATED BALANCE SHEETS", "ACME BANK"]


def test_a_title_ends_where_a_sentence_begins() -> None:
    """A quarter named in the sentence above a statement of years made its columns quarters; a footnote gave it its day."""
    said = "Acme today announced its financial results for the quarter ended December 31, 2015."
    note = "* Fiscal second quarter includes $37 million from the time of the offering on May 8, 2015."
    for above in (said, note):
        first, _ = titled_tables(read_document(f"{above}\n\n{TEXT}").document)
        assert above not in first.title
        assert "BALANCE SHEETS" in first.title


def test_a_title_in_bold_markdown_is_no_footnote() -> None:
    title = "**Condensed Balance Sheets** (in thousands, except share data)"
    text = f"{title}\n\n|  | June 30, 2023 | June 30, 2022 |\n|---|---|---|\n"
    rows = "".join(f"| {label} | 1,250 | 1,130 |\n" for label in ("Cash", "Total assets", "Total liabilities", "Total equity"))
    (found,) = titled_tables(read_document(text + rows).document)
    assert "Balance Sheets" in found.title


def _set_out(*lines: str) -> str:
    return "\n".join(lines)


SECTIONS = _set_out(
    "                 Consolidated Statements of Income",
    "                                   Three Months Ended       Year Ended",
    "                                      December 31,         December 31,",
    "                                     2022      2021       2022      2021",
    "Net revenue                         14,042    20,528     63,054    79,024",
    "Cost of sales                        8,542     9,519     36,188    35,209",
    "Operating income                     5,500    11,009     26,866    43,815",
    "Net income                           4,500     9,009     21,866    33,815",
    "",
    "                                   Three Months Ended",
    "                                      December 31,",
    "                                     2022      2021",
    "Dilutive effect of stock options         5        26",
    "Weighted average shares - diluted    4,133     4,095",
)


def test_a_header_within_a_run_of_rows_begins_another_table() -> None:
    """The shares of the quarter stood as those of the year, which were the first two columns of the table above."""
    first, second = titled_tables(read_document(SECTIONS).document)
    assert first.statement is Statement.INCOME
    assert len([row for row in first.rows if row.cells and row.has_words]) == 4
    assert "Weighted average shares - diluted" in {row.label for row in second.rows}


def test_a_label_that_names_two_days_begins_no_table() -> None:
    text = SECTIONS.replace("Dilutive effect of stock options ", "June 30, 2023 and December 31, 2022.")
    assert len(titled_tables(read_document(text).document)) == len(titled_tables(read_document(SECTIONS).document))


@pytest.mark.parametrize(
    "told",
    [
        "In July, the Company received a payment of $5.0 million from its partner.",
        '"The plant remains on budget for July," said Mary P. Smith, President.',
    ],
)
def test_a_paragraph_with_a_decimal_figure_or_an_initial_is_a_sentence_and_no_title(told: str) -> None:
    text = f"{told}\n\n{SECTIONS}"
    assert "July" not in titled_tables(read_document(text).document)[0].title


def test_lines_per_share_under_heads_of_their_own_go_on_under_the_same_periods() -> None:
    """Their heading and the repeated heads were taken for another table, and no amount per share was read."""
    heads = (
        "                                    Year ended December 31,",
        "                                     2022      2021",
    )
    body = _set_out(
        "                 Consolidated Statements of Income",
        *heads,
        "Net revenue                         63,054    79,024",
        "Cost of sales                       36,188    35,209",
        "Operating income                    26,866    43,815",
        "Net income                          21,866    33,815",
        "",
        "Net income per ordinary share:",
        "",
        *heads,
        "Basic net earnings                    2.62      1.76",
        "Diluted net earnings                  2.42      1.61",
    )
    (one,) = titled_tables(read_document(body).document)
    assert [row.label for row in one.rows if row.cells][-2:] == ["Basic net earnings", "Diluted net earnings"]
    last_year = body.replace("2022      2021", "2021      2020").replace("2021      2020", "2022      2021", 1)
    assert len(titled_tables(read_document(last_year).document)) == 2


def test_a_sum_without_a_name_above_the_head_of_the_next_table_is_of_the_table_above() -> None:
    """The last line of a balance sheet became the first of the operating data below it, and the sheet had no total."""
    body = TEXT.replace("Total liabilities and stockholders' equity", " " * 42)
    heads = _set_out(
        "",
        "                                            Year ended",
        "                                            2015                2014",
    )
    first, *_ = titled_tables(
        read_document(
            body.split("CONSOLIDATED STATEMENTS OF CASH")[0]
            + heads
            + "\nHomes closed"
            + " " * 34
            + "1,214               1,066\nNew orders"
            + " " * 36
            + "1,105                 905\n"
        ).document
    )
    assert [item.cell.text for item in first.rows[-1].cells] == ["$36,796", "$37,544"]


def test_the_same_statement_for_other_periods_right_below_bears_the_title_too() -> None:
    """The year to date, under heads of its own below the quarter, was taken for highlights."""
    rows = SECTIONS.split("\n")[4:8]
    quarter = [
        "                                   Quarter Ended Dec. 31,",
        "                                     2022      2021",
    ]
    rows = [row[:55] for row in rows]
    year = [line.replace("Quarter", "   Year") for line in quarter]
    lines = ["                 Consolidated Statements of Income", *quarter, *rows, "", *year, *rows]
    _, second = titled_tables(read_document("\n".join(lines) + "\n").document)
    assert second.statement is Statement.INCOME
    assert "Statements of Income" in second.title
    _, adjusted = titled_tables(read_document("\n".join([*lines[:8], *quarter, *rows]) + "\n").document)
    assert "Statements of Income" not in adjusted.title


def test_a_header_that_ends_in_a_short_form_is_no_sentence() -> None:
    """ "% Chng." ended a sentence, and the header above the figures was cut off."""
    cells = ("", "May 31, 2014", "May 31, 2013", "% Chng.")
    rows = [("Cinder Uniform Corporation",), ("Consolidated Condensed Statements of Income",), cells]
    rows += [
        ("Total revenue", "1,142,074", "1,116,954", "2%"),
        ("Net income", "93,214", "84,555", "10%"),
        ("Income taxes", "9", "8", "1%"),
    ]
    page = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows)
    (found,) = titled_tables(read_document(f"<html><body><table>{page}</table></body></html>").document)
    assert "May 31, 2014" in found.table.rows[2].text


def test_a_balance_sheet_by_its_title_is_one_though_its_totals_have_no_names() -> None:
    head = "CONSOLIDATED BALANCE SHEETS\n\n                          June 30, 2018   December 31, 2017\n"
    sums = "\n                                 2,755       2,739\n"
    body = f"Current assets:\nCash and equivalents               373         360{sums}Current liabilities:\n"
    body += f"Payables      738         746{sums}"
    (found,) = titled_tables(read_document(head + body).document)
    assert found.statement is Statement.BALANCE


def test_a_paragraph_whose_last_sentence_stands_in_parentheses_is_no_title() -> None:
    """ "(in thousands of clinics worldwide)" in a paragraph above a statement was a note of its unit."""
    told = (
        "The device market exceeds $4 billion (in thousands of clinics worldwide). Over 12 thousand patients were treated."
        " (Amounts in millions are estimates by Harrow Research.)"
    )
    first, _ = titled_tables(read_document(f"{told}\n\n{TEXT}").document)
    assert "clinics" not in first.title
    first, _ = titled_tables(read_document(f"(In thousands, except share and per share data.)\n\n{TEXT}").document)
    assert "per share data" in first.title


def test_rows_named_after_a_period_are_rows_of_the_table_above_a_title() -> None:
    """Orders of the "fourth quarter" stood above a statement, which took their title and their scale."""
    backlog = f"{'Backlog at December 31':52}{'1,240':>7}{'1,318':>20}"
    orders = f"NEW ORDERS\n(in millions)\n\n{'2015':>57}{'2014':>20}\n{backlog}\n\n"
    found = titled_tables(read_document(orders + TEXT).document)
    assert [table.statement for table in found if table.statement] == [Statement.BALANCE, Statement.CASH_FLOW]
    assert all("millions" not in table.title for table in found if table.statement)
