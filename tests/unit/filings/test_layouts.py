"""One statement printed in every layout, and single rules of a layout, for companies that do not exist.

Belongs here: a statement of `sheets/`, printed by each layout of `rendering.py`, and tables that are no whole release. Does not
belong here: a whole release (a page and its table of true values in `layouts/`, run by `test_releases.py`).

A sheet states for a column (`3 2010-03-31`: months and last day, `r` after it where restated) the concepts and their absolute
values. A column that is not named must not be read, nor a concept read otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.filings.documents.detect import read_document
from orchestration.filings.proof.proven_statement import prove
from orchestration.filings.records import Statement, Value
from orchestration.filings.statements.read import read_statements
from tests.unit.filings.made_up import values_in
from tests.unit.filings.rendering import EVERY_LAYOUT, Sheet, html_three_cells


def gaap_values(text: str) -> list[Value]:
    """The values of every GAAP statement in a text that have a concept."""
    return [value for value in values_in(text) if value.is_gaap and value.concept and value.value is not None]


def column_of(value: Value) -> str:
    return f"{value.duration_months} {value.period_end}{' r' if value.is_restated else ''}"


SHEETS = sorted((Path(__file__).parent / "sheets").glob("*.json"))


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.stem)
def test_a_sheet_is_read_in_every_layout(file: Path, layout: Callable[[Sheet], str]) -> None:
    told = json.loads(file.read_text(encoding="utf-8"))
    heads = tuple(tuple((words, span) for words, span in head) for head in told["heads"])
    sheet = Sheet(tuple(told["titles"]), heads, tuple((label, tuple(figures)) for label, figures in told["rows"]))
    values = gaap_values(layout(sheet))
    read: dict[str, dict[str, set[Decimal]]] = {}
    for value in values:
        if value.value is not None and value.concept:
            read.setdefault(column_of(value), {}).setdefault(value.concept, set()).add(value.value)
    assert read == {
        column: {concept: {Decimal(figure)} for concept, figure in figures.items()}
        for column, figures in told["stated"].items()
    }
    assert {value.unit.split("/")[0] for value in values} - {"shares"} == {told["unit"]}


def test_there_are_sheets() -> None:
    assert len(SHEETS) >= 17


def test_a_cash_flow_statement_is_read_line_by_line() -> None:
    rows = (
        ("Net loss", ("(6,340)", "(10,100)")),
        ("Depreciation", ("1,200", "1,100")),
        ("Net cash used in operating activities", ("(5,140)", "(9,000)")),
        ("Net decrease in cash", ("(5,140)", "(9,000)")),
    )
    heads = ((("Nine Months Ended September 30,", 2),), (("2008", 1), ("2007", 1)))
    sheet = Sheet(("Made-Up Corp.", "Consolidated Statements of Cash Flows", "(in thousands)"), heads, rows)
    for layout in EVERY_LAYOUT:
        tables = read_statements(read_document(layout(sheet)).document).tables
        assert [table.statement for table in tables] == [Statement.CASH_FLOW], layout.__name__
        values = prove(tables[0], "F").values
        assert {(value.label, value.duration_months, str(value.period_end), value.value) for value in values} == {
            (label, 9, f"{year}-09-30", Decimal(figure.strip("()").replace(",", "")) * (-1000 if "(" in figure else 1000))
            for label, figures in rows
            for year, figure in zip((2008, 2007), figures, strict=True)
        }


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Reconciliation of GAAP to Non-GAAP Results", "non_gaap_not_read"),
        ("Financial Outlook", "table_looks_ahead"),
    ],
)
def test_what_is_no_gaap_statement_is_not_read_and_says_why(title: str, code: str) -> None:
    rows = (("Revenues", ("1,000", "900")), ("Stock compensation", ("100", "85")), ("Operating income", ("300", "285")),
            ("Net income", ("170", "140")))  # fmt: skip
    sheet = Sheet(
        (title, "(in thousands)"), ((("Quarter Ended March 31, 2010", 1), ("Quarter Ended March 31, 2009", 1)),), rows
    )
    found = read_statements(read_document(html_three_cells(sheet)).document)
    assert not found.tables
    assert code in {finding.code for finding in found.findings}


def test_two_columns_with_one_header_are_read_only_where_a_line_tells_them_apart() -> None:
    heads = ((("July 31, 2000", 1), ("July 31, 2000", 1)),)
    rows = (
        ("Total current assets", ("27", "56")),
        ("Total assets", ("54", "87")),
        ("Total liabilities", ("30", "40")),
        ("Total stockholders' equity", ("24", "47")),
        ("Total liabilities and stockholders' equity", ("54", "87")),
    )
    told = ("Common stock, shares issued at July 31, 2000 and January 31, 2000, respectively", ("", ""))
    plain = html_three_cells(Sheet(("Balance Sheets",), heads, rows))
    assert gaap_values(plain) == []
    assert "heading_repeated" in {finding.code for finding in read_statements(read_document(plain).document).findings}
    ends = {str(value.period_end) for value in gaap_values(html_three_cells(Sheet(("Balance Sheets",), heads, (*rows, told))))}
    assert ends == {"2000-07-31", "2000-01-31"}


def test_a_column_header_that_the_prose_contradicts_is_not_read() -> None:
    heads = ((("Three Months Ended July 31, 2000", 1), ("Nine Months Ended July 31, 2000", 1)),)
    rows = (("Revenues", ("100", "250")), ("Operating expenses", ("60", "150")), ("Operating income", ("40", "100")),
            ("Net income", ("40", "100")))  # fmt: skip
    page = html_three_cells(Sheet(("Statements of Operations",), heads, rows))
    said = "<p>Revenues for the six months ended July 31, 2000 were $250.</p>"
    assert {value.duration_months for value in gaap_values(page)} == {3, 9}
    assert {value.duration_months for value in gaap_values(said + page)} == {3}


def test_a_deficit_printed_without_parentheses_is_negative() -> None:
    rows = (
        ("Total assets", ("500", "600")),
        ("Total liabilities", ("900", "800")),
        ("Total stockholders' deficit", ("400", "200")),
        ("Total liabilities and stockholders' deficit", ("500", "600")),
    )
    page = html_three_cells(Sheet(("Balance Sheets",), ((("June 30, 2009", 1), ("June 30, 2008", 1)),), rows))
    found = {
        value.period_end.year: value.value
        for value in gaap_values(page)
        if value.concept == "StockholdersEquity" and value.period_end
    }
    assert found == {2009: -400, 2008: -200}


LINES = (
    ("Total revenues", ("1,000", "900", "2,800", "2,700")),
    ("Total operating expenses", ("850", "760", "2,690", "2,610")),
    ("Operating income", ("150", "140", "110", "90")),
    ("Interest income", ("10", "10", "10", "10")),
    ("Income before income taxes", ("160", "150", "120", "100")),
    ("Income tax expense", ("60", "50", "40", "30")),
    ("Net income", ("100", "100", "80", "70")),
)
TITLE = (
    "Made-Up Corp. reports results for the third quarter ended September 30, 2010",
    "Statements of Operations",
    "(in thousands)",
)
NINE = ["3 2010-09-30", "3 2009-09-30", "9 2010-09-30", "9 2009-09-30"]
THREE = ["3 2010-09-30", "3 2010-06-30", "3 2009-09-30"]


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        (((("Third Quarter", 2), ("Nine Months", 2)), (("2010", 1), ("2009", 1), ("2010", 1), ("2009", 1))), NINE),
        (((("Q3 2010", 1), ("Q2 2010", 1), ("Q3 2009", 1)),), THREE),
        (((("3Q10", 1), ("2Q10", 1), ("3Q09", 1)),), THREE),
        (
            (
                (("Third", 1), ("Second", 1), ("Third", 1)),
                (("Quarter", 1), ("Quarter", 1), ("Quarter", 1)),
                (("2010", 1), ("2010", 1), ("2009", 1)),
            ),
            THREE,
        ),
        (((("Third Quarter", 2), ("Year-to-Date", 2)), (("2010", 1), ("2009", 1), ("2010", 1), ("2009", 1))), NINE),
    ],
    ids=["quarter_and_nine_months", "q3_2010", "3q10", "over_three_rows", "year_to_date"],
)
def test_columns_headed_by_fiscal_quarters_are_dated_or_not_read(
    heads: tuple[tuple[tuple[str, int], ...], ...], columns: list[str]
) -> None:
    rows = tuple((label, figures[: len(columns)]) for label, figures in LINES)
    read_in = 0
    for layout in EVERY_LAYOUT:
        values = gaap_values(layout(Sheet(TITLE, heads, rows)))
        found = {(column_of(value), value.value) for value in values if value.concept == "Revenues"}
        expected = {
            (column, Decimal(figure.replace(",", "")) * 1000) for column, figure in zip(columns, rows[0][1], strict=True)
        }
        assert found <= expected, layout.__name__
        read_in += found == expected
    assert read_in >= len(EVERY_LAYOUT) - 2


def test_a_header_of_two_columns_with_one_pipe_between_them_heads_the_table_below() -> None:
    text = (
        "Balance Sheets\n\n(in thousands)\n\nMarch 31, | December 31,\n2010 | 2009\nASSETS\nCash | 100 | 90\n"
        "Total assets | 300 | 280\n"
        "Total liabilities | 120 | 110\nTotal stockholders' equity | 180 | 170\n"
        "Total liabilities and stockholders' equity | 300 | 280\n"
    )
    found = {(str(value.period_end), value.value) for value in gaap_values(text) if value.concept == "Assets"}
    assert found == {("2010-03-31", 300_000), ("2009-12-31", 280_000)}


def test_selected_quarters_called_supplementary_financial_data_are_of_gaap() -> None:
    """`Supplementary Financial Information` is what Regulation S-K, Item 302, calls them."""
    heads = ((("Quarter Ended March 31, 2010", 1), ("Quarter Ended March 31, 2009", 1)),)
    rows = tuple((label, figures[:2]) for label, figures in LINES)
    titles = ("Supplementary Financial Data (Unaudited)", "(in thousands)")
    assert {
        value.value for value in gaap_values(html_three_cells(Sheet(titles, heads, rows))) if value.concept == "Revenues"
    } == {
        1_000_000,
        900_000,
    }
