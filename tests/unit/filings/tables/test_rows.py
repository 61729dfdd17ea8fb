"""Rows as label and figures, rows that were broken over two lines, and rows that stand twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from orchestration.filings.documents.detect import read_document
from orchestration.filings.documents.model import Cell, Row, Table
from orchestration.filings.proof.proven_statement import ProvenStatement, prove
from orchestration.filings.statements.read import read_statements
from orchestration.filings.tables.rows import labelled_rows
from tests.unit.filings.documents.test_damaged_runs import SHEET
from tests.unit.filings.made_up import INCOME, by_cell, labelled, proven, statements
from tests.unit.filings.rendering import Sheet, ascii_plain, html_three_cells, tabbed


@pytest.mark.parametrize(
    ("row", "label", "figures"),
    [
        ("Revenues\t$\t1,234\t$\t(567)", "Revenues", ["1,234", "(567)"]),
        ("Revenues\t\\$ 1,234\t\\$\t567", "Revenues", ["\\$ 1,234", "567"]),
        ("Research and development (1)\t11,768\t8,760", "Research and development (1)", ["11,768", "8,760"]),
        ("Long-term debt,\tnet of current portion\t5\t6", "Long-term debt, net of current portion", ["5", "6"]),
        ("\t25,524\t18,852", "", ["25,524", "18,852"]),
        ("Royalties\t—\t2,335", "Royalties", ["—", "2,335"]),
        ("ASSETS\t\t", "ASSETS", []),
    ],
)
def test_a_row_is_its_label_and_its_figures(row: str, label: str, figures: list[str]) -> None:
    (found,) = labelled(row)
    assert (found.label, [item.cell.text for item in found.cells]) == (label, figures)


def test_empty_rows_are_left_out_and_segments_counted() -> None:
    rows = labelled("Cash\t1\n\t\t\nDebt\t2\n\n3\n\nEquity\t4")
    assert [(row.label, row.segment, row.line) for row in rows] == [("Cash", 0, 1), ("Debt", 0, 3), ("Equity", 1, 7)]


def test_a_heading_without_a_tab_does_not_end_the_statement() -> None:
    """Copies out of a browser have no tab after a heading: the rows below it belong to the same table."""
    text = INCOME.replace("Revenues:\t\t\n", "Revenues:\n").replace("Costs and expenses:\t\t\n", "Costs and expenses:\n")
    found = statements(text)
    assert [len(table.line_items) for table in found.tables] == [14], found.findings


def test_a_copy_that_left_out_every_closing_parenthesis_is_read_with_them() -> None:
    rows = labelled("Loss\t(6,344\t(11,093\nNet loss\t(3,857\t(10,198\nPer share\t(0.20\t12")
    assert [[str(number.value) for item in row.cells for number in item.content.numbers] for row in rows] == [
        ["-6344", "-11093"],
        ["-3857", "-10198"],
        ["-0.20", "12"],
    ]
    assert all(number.end <= len(item.cell.text) for row in rows for item in row.cells for number in item.content.numbers)


def test_one_parenthesis_without_its_fellow_is_damage() -> None:
    rows = labelled("Loss\t(6,344\t(11,093)\nNet loss\t(3,857)\t(10,198)")
    assert rows[0].cells[0].content.numbers == ()


def test_a_label_in_capitals_goes_on_where_it_ends_in_a_word_that_needs_another() -> None:
    rows = labelled("TOTAL LIABILITIES AND STOCKHOLDERS'\t\t\nEQUITY\t24\t25\nASSETS\t\t\nCash\t1\t2\n")
    assert [row.label for row in rows] == ["TOTAL LIABILITIES AND STOCKHOLDERS' EQUITY", "ASSETS", "Cash"]


def test_a_name_that_income_is_attributable_to_goes_on_in_capitals() -> None:
    (row,) = labelled("Net income attributable to Example\t\t\nLantern Media stockholders\t5\t6")
    assert row.label == "Net income attributable to Example Lantern Media stockholders"


def test_a_heading_that_names_an_owner_does_not_go_on_in_a_side() -> None:
    heading, row = labelled("Net income attributable to Example per share\t\t\nBasic\t5\t6")
    assert (heading.label, row.label) == ("Net income attributable to Example per share", "Basic")


BODY = "Revenues\t5,211\t3,314\nExpenses\t20,313\t15,538\nCash\t1\t2\nDebt\t3\t4\n"


@pytest.mark.parametrize(
    "row",
    ["Goodwill\t7,905\t7,453\tTotal assets\t241,513\t274,936", "Goodwill\t7,905\t7,453  Total assets\t241,513\t274,936"],
    ids=["cells", "a figure before the words"],
)
def test_two_rows_end_to_end_are_two_again(row: str) -> None:
    found = labelled(BODY + row)[4:]
    assert [(one.label, [item.cell.text for item in one.cells]) for one in found] == [
        ("Goodwill", ["7,905", "7,453"]),
        ("Total assets", ["241,513", "274,936"]),
    ]


def test_assets_beside_liabilities_are_no_rows_end_to_end() -> None:
    rows = labelled("Goodwill\t7,905\tTotal debt\t241\nCash\t12\tPayables\t7\nInventories\t5\tTaxes\t8\n")
    assert [row.label for row in rows] == ["Goodwill", "Cash", "Inventories"]


def test_a_label_in_text_goes_on_below_its_figures_where_it_would_not_have_fitted_above() -> None:
    lines = [
        "Total shareholders' equity|300",
        "Other|10",
        "Total liabilities and|500",
        "shareholders' equity",
        "Debt|5",
        "see notes",
    ]
    rows = [line.split("|") for line in lines]
    cells = [[Cell(label, 0, len(label), 0, 0), *(Cell(one, 40, 43, 0, 0) for one in figures)] for label, *figures in rows]
    table = Table(tuple(Row(tuple(row), at) for at, row in enumerate(cells)), is_spaced=True)
    labels = ["Total shareholders' equity", "Other", "Total liabilities and shareholders' equity", "Debt", "see notes"]
    assert [row.label for row in labelled_rows(table)] == labels


def test_a_parenthesis_that_is_open_goes_on_in_the_next_line() -> None:
    first, second = labelled("Average shares (Class A\t\t\n31,400 and Class B 14,700):\t\t\nBasic\t46,110\t45,669")
    assert (first.label, second.label) == ("Average shares (Class A 31,400 and Class B 14,700):", "Basic")


def _labels(lines: list[str]) -> list[str]:
    cells = ([Cell(one.group(), one.start(), one.end(), 0, 0) for one in re.finditer(r"\S+(?: \S+)*", line)] for line in lines)
    table = Table(tuple(Row(tuple(row), at) for at, row in enumerate(cells)), is_spaced=True)
    return [row.label for row in labelled_rows(table)]


def test_labels_of_a_narrow_column_go_on_where_the_next_word_would_not_have_fitted() -> None:
    lines = [
        "Interest on     1,234",
        "Fees            2,345",
        "Commissions     3,456",
        "Salaries and    4,567",
        "Occupancy       5,678",
        "Advertising       678",
        "Data lines        789",
        "FDIC dues         890",
        "Other costs       901",
        "Provision       1,012",
        "Net income",
        "(Loss)          9,999",
        "Cash",
        "Deposits        1,111",
    ]
    labels = _labels(lines)
    assert "Net income (Loss)" in labels
    assert labels[-2:] == ["Cash", "Deposits"]


WIDE = [
    "Product sales, net              1,083,534",
    "Manufacturing and royalties       474,095",
    "Cost of goods manufactured        245,331",
    "Research and development          245,326",
    "Selling and administrative        645,238",
    "Amortization of intangibles         1,101",
    "Interest income and others         42,450",
    "Operating Income and Other        420,636",
    "Sales of products to others             1",
    "Other sales and royalties               2",
]


def test_labels_of_a_wide_column_go_on_in_capitals_where_both_parts_make_a_name() -> None:
    """ "Income Before Income" above "Taxes" was a heading, and the income was read as the taxes."""
    labels = _labels(
        [
            *WIDE,
            "Net Income Before Income",
            "Taxes                             443,750",
            "Other Costs of the Year",
            "Sundry   5",
        ]
    )
    assert "Net Income Before Income Taxes" in labels
    assert labels[-2:] == ["Other Costs of the Year", "Sundry"]


def test_a_heading_goes_on_in_capitals_where_it_would_not_have_fitted() -> None:
    """ "Average Number of Shares" above "Outstanding:" was cut off from the rows below it."""
    labels = _labels([*WIDE, "Weighted Average Shares", "Outstanding:", "Basic     161,956"])
    assert labels[-2:] == ["Weighted Average Shares Outstanding:", "Basic"]


def test_a_word_that_a_hyphen_parts_at_the_end_of_a_line_is_whole() -> None:
    """ "Total liabil-" above "ities" was no name of a line, and the balance sheet was none."""
    parted, compound = labelled("Total liabil-\t\t\nities\t1,353\t1,329\nInterest-\t\t\nbearing deposits\t80\t18\n")
    assert (parted.label, compound.label) == ("Total liabilities", "Interest- bearing deposits")


def test_commas_alone_are_no_label_that_goes_on() -> None:
    """Specks above a line became its first words."""
    specks, row = labelled(",\t\t\nIncome (loss) before taxes\t(3,035)\t(3,496)\n")
    assert row.label == "Income (loss) before taxes"
    assert specks.label == ","


def test_a_label_goes_on_behind_a_comma() -> None:
    (row,) = labelled("Total Liabilities,\t\t\nNoncontrolling Interest and\t\t\nStockholders' Equity\t1,013\t1,139\n")
    assert row.label == "Total Liabilities, Noncontrolling Interest and Stockholders' Equity"


def test_figures_on_the_line_below_their_labels_are_theirs_where_a_copy_set_many_out_so() -> None:
    lines = [part for at in range(4) for part in (f"Line of costs {'abcd'[at]}", f"                     1,23{at}  1,200", "")]
    assert [label for label in _labels([line for line in lines if line]) if label] == [f"Line of costs {one}" for one in "abcd"]


def test_a_label_of_several_lines_in_capitals_is_one_by_its_indent() -> None:
    """Costs of four lines were called by the last of them."""
    lines = [
        "MERCHANDISE COSTS, INCLUDING",
        "  ADVERTISING, WAREHOUSING, AND",
        "  TRANSPORTATION, EXCLUDING ITEMS",
        "  SHOWN SEPARATELY BELOW   10,401",
    ]
    labels = _labels([*WIDE, *lines, "RENT                        150"])
    assert labels[-2:] == [
        "MERCHANDISE COSTS, INCLUDING ADVERTISING, WAREHOUSING, AND TRANSPORTATION, EXCLUDING ITEMS SHOWN SEPARATELY BELOW",
        "RENT",
    ]
    siblings = ["Costs that the company bore itself", "  Advertising   1", "  Warehousing   2"]
    assert _labels([*WIDE, *siblings])[-3:] == ["Costs that the company bore itself", "Advertising", "Warehousing"]


def test_a_label_that_names_a_line_goes_on_where_both_parts_name_the_same() -> None:
    labels = _labels(
        [
            *WIDE,
            "EARNINGS (LOSS) BEFORE INCOME TAX",
            "  EXPENSE                         400",
            "Weighted average shares outstanding",
            "  Basic                           400",
        ]
    )
    assert labels[-3:] == ["EARNINGS (LOSS) BEFORE INCOME TAX EXPENSE", "Weighted average shares outstanding", "Basic"]


def test_a_heading_goes_on_at_a_dash() -> None:
    """ "- ASSUMING DILUTION" was a heading of its own, and the diluted amounts were not read."""
    heading, row = labelled("NET INCOME PER COMMON SHARE\t\t\n- ASSUMING DILUTION (DOLLARS)\t\t\nNet income\t1.12\t0.87\n")
    assert (heading.label, row.label) == ("NET INCOME PER COMMON SHARE - ASSUMING DILUTION (DOLLARS)", "Net income")


def test_a_label_goes_on_in_lower_case_behind_a_parenthesis() -> None:
    (row,) = labelled("Shares used in computing basic earnings (loss)\t\t\nper share\t26,554\t26,515\n")
    assert row.label == "Shares used in computing basic earnings (loss) per share"


IN_THOUSANDS = replace(SHEET, titles=(*SHEET.titles, "(in thousands)"))
ROW = "Research and development\t9,800\t8,500"


def read(text: str) -> ProvenStatement:
    """The one statement of a text in any format."""
    (table,) = read_statements(read_document(text).document).tables
    return prove(table, "f")


def figures(text: str) -> dict[tuple[str, int], str]:
    return {key: str(value.value) for key, value in by_cell(proven(text)).items()}


@pytest.mark.parametrize("broken", ["Research and development\t9,800\n8,500", "Research and development\t\n9,800\t8,500"])
def test_a_row_that_was_wrapped_onto_the_next_line_is_one_row(broken: str) -> None:
    """Figures behind a line end became a row of their own, labelled by the first of them, or ended the table."""
    assert ROW in INCOME
    assert figures(INCOME.replace(ROW, broken)) == figures(INCOME)


def test_a_row_set_out_by_spaces_that_was_wrapped_is_one_row() -> None:
    """Of a row cut in two lines the second was read by place: its first figure stood in the first column."""
    text = ascii_plain(IN_THOUSANDS)
    (row,) = [line for line in text.splitlines() if line.startswith("Product sales")]
    at = row.index("140,331")
    whole, cut = by_cell(read(text)), by_cell(read(text.replace(row, f"{row[:at]}\n{row[at:]}")))
    assert whole
    assert {key: value.value for key, value in cut.items()} == {key: value.value for key, value in whole.items()}


def test_figures_that_stand_in_their_columns_are_a_row_of_their_own() -> None:
    text = INCOME.replace("Costs and expenses:\t\t\n", "Costs and expenses:\t\t\n\t1,000\t2,000\n")
    (table,) = statements(text).tables
    assert any(item.line.label == "" for item in table.line_items)


@pytest.mark.parametrize("layout", [tabbed, ascii_plain, html_three_cells])
def test_a_row_that_stands_twice_counts_once(layout: Callable[[Sheet], str]) -> None:
    """A row that a copy set twice was summed twice, and the whole filing was kept out."""
    again = replace(IN_THOUSANDS, rows=(*SHEET.rows[:2], *SHEET.rows[1:]))
    once, twice = (read(layout(sheet)) for sheet in (IN_THOUSANDS, again))
    assert once.values
    assert {(v.label, v.column_no, v.value, v.proof_count) for v in once.values} == {
        (v.label, v.column_no, v.value, v.proof_count) for v in twice.values
    }
    assert len(once.values) == len(twice.values)
    assert not any(problem.code == "identity_broken" for problem in twice.problems)


def test_two_lines_of_one_name_and_nil_figures_stay_two() -> None:
    assert ROW in INCOME
    text = INCOME.replace(ROW, f"{ROW}\nOther costs\t-\t-\nOther costs\t-\t-")
    (table,) = statements(text).tables
    assert sum(item.line.label == "Other costs" for item in table.line_items) == 2
