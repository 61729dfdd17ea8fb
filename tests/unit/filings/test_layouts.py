"""Layouts one by one: statements of companies that do not exist, set out as filing agents and wires have set them out.

`layouts/` holds pages as they are; `sheets/` holds statements and what they state, which are printed in every layout.

Each case is a text and what it states: for a column (`3 2010-03-31`: months and last day, `r` after it where restated) the
concepts and their absolute values. A column that is not named must not be read, nor a concept read otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from orchestration.filings.documents.detect import read_document
from orchestration.filings.proof.statement import prove
from orchestration.filings.records import Statement, Value
from orchestration.filings.statements.read import read_statements
from tests.unit.filings.rendering import EVERY_LAYOUT, Sheet, html_three_cells

Stated = dict[str, dict[str, str]]


class Layout(NamedTuple):
    """A file of `layouts/` and the columns it states. `unit` is the currency its money is in."""

    name: str
    file: str
    stated: Stated
    unit: str = "USD"

    @property
    def text(self) -> str:
        return (Path(__file__).parent / "layouts" / self.file).read_text(encoding="utf-8")


def values_in(text: str) -> list[Value]:
    """The values of every GAAP statement in a text that have a concept."""
    document = read_document(text).document
    proven = [prove(table, "F") for table in read_statements(document).tables]
    return [value for one in proven for value in one.values if value.is_gaap and value.concept and value.value is not None]


def column_of(value: Value) -> str:
    return f"{value.duration_months} {value.period_end}{' r' if value.is_restated else ''}"


LAYOUTS = (
    Layout(
        "uppercase HTML, dates broken over lines, scale within the table",
        "uppercase_html.htm",
        {
            "3 2003-06-28": {
                "Revenues": "120500000",
                "CostOfRevenue": "80300000",
                "GrossProfit": "40200000",
                "SellingGeneralAndAdministrativeExpense": "30100000",
                "OperatingIncomeLoss": "10100000",
                "IncomeLossBeforeIncomeTaxes": "9000000",
                "IncomeTaxExpenseBenefit": "3400000",
                "NetIncomeLoss": "5600000",
                "EarningsPerShareBasic": "0.56",
                "EarningsPerShareDiluted": "0.55",
                "WeightedAverageSharesBasic": "10000000",
                "WeightedAverageSharesDiluted": "10180000",
            },
            "3 2002-06-29": {
                "Revenues": "110400000",
                "CostOfRevenue": "75100000",
                "GrossProfit": "35300000",
                "SellingGeneralAndAdministrativeExpense": "28200000",
                "OperatingIncomeLoss": "7100000",
                "IncomeLossBeforeIncomeTaxes": "5800000",
                "IncomeTaxExpenseBenefit": "2200000",
                "NetIncomeLoss": "3600000",
                "EarningsPerShareBasic": "0.36",
                "EarningsPerShareDiluted": "0.36",
                "WeightedAverageSharesBasic": "10000000",
                "WeightedAverageSharesDiluted": "10050000",
            },
        },
    ),
    Layout(
        "GAAP beside adjustments and non-GAAP",
        "gaap_beside_non_gaap.htm",
        {
            "3 2010-03-31": {
                "Revenues": "1000000",
                "CostOfRevenue": "400000",
                "GrossProfit": "600000",
                "ResearchAndDevelopmentExpense": "200000",
                "SellingGeneralAndAdministrativeExpense": "300000",
                "OperatingExpenses": "500000",
                "OperatingIncomeLoss": "100000",
                "IncomeTaxExpenseBenefit": "30000",
                "NetIncomeLoss": "70000",
            },
            "3 2009-03-31": {
                "Revenues": "900000",
                "CostOfRevenue": "350000",
                "GrossProfit": "550000",
                "ResearchAndDevelopmentExpense": "190000",
                "SellingGeneralAndAdministrativeExpense": "280000",
                "OperatingExpenses": "470000",
                "OperatingIncomeLoss": "80000",
                "IncomeTaxExpenseBenefit": "25000",
                "NetIncomeLoss": "55000",
            },
        },
    ),
    Layout(
        "several statements in one table, raised footnote marks",
        "several_in_one_table.htm",
        {
            "3 2015-03-31": {
                "Revenues": "4100000",
                "ResearchAndDevelopmentExpense": "12000000",
                "GeneralAndAdministrativeExpense": "3100000",
                "OperatingExpenses": "15100000",
                "OperatingIncomeLoss": "-11000000",
                "NonoperatingIncomeExpense": "25000",
                "NetIncomeLoss": "-10975000",
                "EarningsPerShareBasic": "-0.44",
                "EarningsPerShareDiluted": "-0.44",
                "WeightedAverageSharesBasic": "24943000",
                "WeightedAverageSharesDiluted": "24943000",
            },
            "3 2014-03-31": {
                "Revenues": "2050000",
                "ResearchAndDevelopmentExpense": "9000000",
                "GeneralAndAdministrativeExpense": "2050000",
                "OperatingExpenses": "11050000",
                "OperatingIncomeLoss": "-9000000",
                "NonoperatingIncomeExpense": "-10000",
                "NetIncomeLoss": "-9010000",
                "EarningsPerShareBasic": "-0.45",
                "EarningsPerShareDiluted": "-0.45",
                "WeightedAverageSharesBasic": "20022000",
                "WeightedAverageSharesDiluted": "20022000",
            },
            "0 2015-03-31": {
                "CashAndCashEquivalents": "88000000",
                "Assets": "95000000",
                "Liabilities": "14000000",
                "StockholdersEquity": "81000000",
            },
            "0 2014-12-31": {
                "CashAndCashEquivalents": "99500000",
                "Assets": "105000000",
                "Liabilities": "14500000",
                "StockholdersEquity": "90500000",
            },
        },
    ),
    Layout(
        "text printed from PDF, labels over two lines",
        "printed_from_pdf.txt",
        {
            f"{months} {year}-09-30": dict(
                zip(
                    (
                        "Revenues",
                        "CostOfRevenue",
                        "GrossProfit",
                        "ResearchAndDevelopmentExpense",
                        "GeneralAndAdministrativeExpense",
                        "OperatingExpenses",
                        "OperatingIncomeLoss",
                        "IncomeLossBeforeIncomeTaxes",
                        "IncomeTaxExpenseBenefit",
                        "NetIncomeLoss",
                        "EarningsPerShareBasic",
                        "EarningsPerShareDiluted",
                        "WeightedAverageSharesBasic",
                        "WeightedAverageSharesDiluted",
                    ),
                    figures.split(),
                    strict=True,
                )
            )
            for months, year, figures in (
                (
                    3,
                    2013,
                    "10000000 4000000 6000000 2000000 1000000 4500000 1500000 1400000 "
                    "280000 1120000 0.11 0.11 10000000 10300000",
                ),
                (
                    3,
                    2012,
                    "9000000 3500000 5500000 1900000 900000 4200000 1300000 1100000 220000 880000 0.09 0.09 9900000 10100000",
                ),
                (
                    9,
                    2013,
                    "29000000 11600000 17400000 6000000 3000000 13500000 3900000 3600000 "
                    "720000 2880000 0.29 0.28 10000000 10250000",
                ),
                (
                    9,
                    2012,
                    "26000000 10400000 15600000 5700000 2700000 12600000 3000000 2600000 "
                    "520000 2080000 0.21 0.21 9900000 10100000",
                ),
            )
        },
    ),
    Layout(
        "restated beside as previously reported",
        "restated_beside_reported.txt",
        {
            column: dict(
                zip(
                    (
                        "Revenues",
                        "CostOfRevenue",
                        "GrossProfit",
                        "OperatingExpenses",
                        "OperatingIncomeLoss",
                        "IncomeTaxExpenseBenefit",
                        "NetIncomeLoss",
                    ),
                    figures.split(),
                    strict=True,
                )
            )
            for column, figures in (
                ("3 2006-03-31", "5000000 2000000 3000000 2500000 500000 200000 300000"),
                ("3 2005-03-31 r", "4000000 1800000 2200000 2000000 200000 80000 120000"),
                ("3 2005-03-31", "4500000 1800000 2700000 2000000 700000 280000 420000"),
            )
        },
    ),
    Layout(
        "Canadian dollars, a tax recovery printed without parentheses",
        "in_canadian_dollars.htm",
        {
            "6 2016-11-30": {
                "Revenues": "1234567",
                "ResearchAndDevelopmentExpense": "2000000",
                "GeneralAndAdministrativeExpense": "800000",
                "OperatingExpenses": "2800000",
                "IncomeLossBeforeIncomeTaxes": "-1565433",
                "IncomeTaxExpenseBenefit": "-65433",
                "NetIncomeLoss": "-1500000",
                "EarningsPerShareBasic": "-0.15",
                "EarningsPerShareDiluted": "-0.15",
            },
            "6 2015-11-30": {
                "Revenues": "1000000",
                "ResearchAndDevelopmentExpense": "1500000",
                "GeneralAndAdministrativeExpense": "700000",
                "OperatingExpenses": "2200000",
                "IncomeLossBeforeIncomeTaxes": "-1200000",
                "IncomeTaxExpenseBenefit": "0",
                "NetIncomeLoss": "-1200000",
                "EarningsPerShareBasic": "-0.12",
                "EarningsPerShareDiluted": "-0.12",
            },
        },
        "CAD",
    ),
    Layout(
        "a balance sheet over two tables, the second without a title",
        "balance_over_two_tables.htm",
        {
            "0 2012-03-31": {
                "CashAndCashEquivalents": "10000000",
                "AssetsCurrent": "15000000",
                "Assets": "22000000",
                "LiabilitiesCurrent": "5000000",
                "Liabilities": "9000000",
                "StockholdersEquity": "13000000",
                "LiabilitiesAndStockholdersEquity": "22000000",
            },
            "0 2011-06-30": {
                "CashAndCashEquivalents": "12000000",
                "AssetsCurrent": "16000000",
                "Assets": "23000000",
                "LiabilitiesCurrent": "6000000",
                "Liabilities": "11000000",
                "StockholdersEquity": "12000000",
                "LiabilitiesAndStockholdersEquity": "23000000",
            },
        },
    ),
    Layout(
        "dates of two digits, weeks, scale beside the header",
        "scale_in_header_cell.txt",
        {
            column: dict(
                zip(
                    (
                        "Revenues",
                        "CostOfRevenue",
                        "SellingGeneralAndAdministrativeExpense",
                        "IncomeLossBeforeIncomeTaxes",
                        "IncomeTaxExpenseBenefit",
                        "NetIncomeLoss",
                        "EarningsPerShareDiluted",
                        "WeightedAverageSharesDiluted",
                    ),
                    figures.split(),
                    strict=True,
                )
            )
            for column, figures in (
                ("3 2004-07-31", "50000000 30000000 15000000 4500000 1700000 2800000 0.28 10000000"),
                ("3 2003-08-02", "45000000 27500000 14000000 3000000 1100000 1900000 0.19 10000000"),
                ("6 2004-07-31", "98000000 59000000 30000000 8000000 3000000 5000000 0.50 10000000"),
                ("6 2003-08-02", "90000000 55000000 28000000 6000000 2250000 3750000 0.38 10000000"),
            )
        },
    ),
    Layout(
        "text set out by spaces within HTML, an accounting change",
        "preformatted.htm",
        {
            "3 2002-09-30": {
                "Revenues": "10000000",
                "CostOfRevenue": "6000000",
                "GrossProfit": "4000000",
                "SellingGeneralAndAdministrativeExpense": "3000000",
                "OperatingIncomeLoss": "1000000",
                "IncomeLossFromContinuingOperations": "900000",
                "NetIncomeLoss": "900000",
                "EarningsPerShareBasic": "0.09",
                "EarningsPerShareDiluted": "0.09",
            },
            "3 2001-09-30": {
                "Revenues": "9000000",
                "CostOfRevenue": "5500000",
                "GrossProfit": "3500000",
                "SellingGeneralAndAdministrativeExpense": "2800000",
                "OperatingIncomeLoss": "700000",
                "IncomeLossFromContinuingOperations": "600000",
                "NetIncomeLoss": "600000",
                "EarningsPerShareBasic": "0.06",
                "EarningsPerShareDiluted": "0.06",
            },
            "9 2002-09-30": {
                "Revenues": "30000000",
                "CostOfRevenue": "18000000",
                "GrossProfit": "12000000",
                "SellingGeneralAndAdministrativeExpense": "9000000",
                "OperatingIncomeLoss": "3000000",
                "IncomeLossFromContinuingOperations": "2700000",
                "NetIncomeLoss": "2000000",
                "EarningsPerShareBasic": "0.2",
                "EarningsPerShareDiluted": "0.2",
            },
            "9 2001-09-30": {
                "Revenues": "27000000",
                "CostOfRevenue": "16500000",
                "GrossProfit": "10500000",
                "SellingGeneralAndAdministrativeExpense": "8400000",
                "OperatingIncomeLoss": "2100000",
                "IncomeLossFromContinuingOperations": "1800000",
                "NetIncomeLoss": "1800000",
                "EarningsPerShareBasic": "0.18",
                "EarningsPerShareDiluted": "0.18",
            },
        },
    ),
    Layout(
        "text printed from PDF with single blanks, a balance sheet below",
        "single_blanks.txt",
        {
            "3 2019-03-31": {
                "Revenues": "13000000",
                "CostOfRevenue": "2000000",
                "ResearchAndDevelopmentExpense": "8000000",
                "SellingGeneralAndAdministrativeExpense": "9000000",
                "OperatingExpenses": "19000000",
                "OperatingIncomeLoss": "-6000000",
                "NetIncomeLoss": "-5500000",
                "EarningsPerShareBasic": "-0.11",
                "EarningsPerShareDiluted": "-0.11",
                "WeightedAverageSharesBasic": "50000000",
                "WeightedAverageSharesDiluted": "50000000",
            },
            "3 2018-03-31": {
                "Revenues": "10500000",
                "CostOfRevenue": "1500000",
                "ResearchAndDevelopmentExpense": "7000000",
                "SellingGeneralAndAdministrativeExpense": "8000000",
                "OperatingExpenses": "16500000",
                "OperatingIncomeLoss": "-6000000",
                "NetIncomeLoss": "-5600000",
                "EarningsPerShareBasic": "-0.14",
                "EarningsPerShareDiluted": "-0.14",
                "WeightedAverageSharesBasic": "40000000",
                "WeightedAverageSharesDiluted": "40000000",
            },
            "0 2019-03-31": {
                "CashAndCashEquivalents": "50000000",
                "AssetsCurrent": "55000000",
                "Assets": "60000000",
                "LiabilitiesCurrent": "10000000",
                "Liabilities": "30000000",
                "StockholdersEquity": "30000000",
                "LiabilitiesAndStockholdersEquity": "60000000",
            },
            "0 2018-12-31": {
                "CashAndCashEquivalents": "56000000",
                "AssetsCurrent": "60000000",
                "Assets": "65000000",
                "LiabilitiesCurrent": "10000000",
                "Liabilities": "30000000",
                "StockholdersEquity": "35000000",
                "LiabilitiesAndStockholdersEquity": "65000000",
            },
        },
    ),
    Layout(
        "ASCII, two statements under one scale, labels over two lines",
        "selected_information.txt",
        {
            "3 2003-12-31": {
                "Revenues": "2100000",
                "ResearchAndDevelopmentExpense": "4000000",
                "GeneralAndAdministrativeExpense": "1000000",
                "OperatingExpenses": "5000000",
                "OperatingIncomeLoss": "-2900000",
                "NetIncomeLoss": "-2850000",
                "EarningsPerShareBasic": "-0.11",
                "EarningsPerShareDiluted": "-0.11",
                "WeightedAverageSharesBasic": "25300000",
                "WeightedAverageSharesDiluted": "25300000",
            },
            "3 2002-12-31": {
                "Revenues": "1500000",
                "ResearchAndDevelopmentExpense": "3800000",
                "GeneralAndAdministrativeExpense": "900000",
                "OperatingExpenses": "4700000",
                "OperatingIncomeLoss": "-3200000",
                "NetIncomeLoss": "-3050000",
                "EarningsPerShareBasic": "-0.12",
                "EarningsPerShareDiluted": "-0.12",
                "WeightedAverageSharesBasic": "24800000",
                "WeightedAverageSharesDiluted": "24800000",
            },
            "12 2003-12-31": {
                "Revenues": "8400000",
                "ResearchAndDevelopmentExpense": "16000000",
                "GeneralAndAdministrativeExpense": "4000000",
                "OperatingExpenses": "20000000",
                "OperatingIncomeLoss": "-11600000",
                "NetIncomeLoss": "-11300000",
                "EarningsPerShareBasic": "-0.45",
                "EarningsPerShareDiluted": "-0.45",
                "WeightedAverageSharesBasic": "25100000",
                "WeightedAverageSharesDiluted": "25100000",
            },
            "12 2002-12-31": {
                "Revenues": "6200000",
                "ResearchAndDevelopmentExpense": "15000000",
                "GeneralAndAdministrativeExpense": "3700000",
                "OperatingExpenses": "18700000",
                "OperatingIncomeLoss": "-12500000",
                "NetIncomeLoss": "-11600000",
                "EarningsPerShareBasic": "-0.48",
                "EarningsPerShareDiluted": "-0.48",
                "WeightedAverageSharesBasic": "24300000",
                "WeightedAverageSharesDiluted": "24300000",
            },
            "0 2003-12-31": {
                "CashAndCashEquivalents": "20000000",
                "Assets": "25000000",
                "LiabilitiesCurrent": "5000000",
                "StockholdersEquity": "18000000",
                "LiabilitiesAndStockholdersEquity": "25000000",
            },
            "0 2002-12-31": {
                "CashAndCashEquivalents": "30000000",
                "Assets": "35700000",
                "LiabilitiesCurrent": "4600000",
                "StockholdersEquity": "29000000",
                "LiabilitiesAndStockholdersEquity": "35700000",
            },
        },
    ),
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_layout_is_read(layout: Layout) -> None:
    read: dict[str, dict[str, set[Decimal]]] = {}
    for value in values_in(layout.text):
        if value.value is not None and value.concept:
            read.setdefault(column_of(value), {}).setdefault(value.concept, set()).add(value.value)
    wanted = {
        column: {concept: {Decimal(figure)} for concept, figure in figures.items()} for column, figures in layout.stated.items()
    }
    assert read == wanted


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_money_is_in_the_currency_named(layout: Layout) -> None:
    units = {value.unit.split("/")[0] for value in values_in(layout.text)} - {"shares"}
    assert units == {layout.unit}


SHEETS = sorted((Path(__file__).parent / "sheets").glob("*.json"))


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.stem)
def test_a_sheet_is_read_in_every_layout(file: Path, layout: Callable[[Sheet], str]) -> None:
    told = json.loads(file.read_text(encoding="utf-8"))
    heads = tuple(tuple((words, span) for words, span in head) for head in told["heads"])
    sheet = Sheet(tuple(told["titles"]), heads, tuple((label, tuple(figures)) for label, figures in told["rows"]))
    values = values_in(layout(sheet))
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


def test_two_columns_with_one_heading_are_trusted_only_where_a_line_tells_them_apart() -> None:
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
    assert values_in(plain) == []
    assert "heading_repeated" in {finding.code for finding in read_statements(read_document(plain).document).findings}
    ends = {str(value.period_end) for value in values_in(html_three_cells(Sheet(("Balance Sheets",), heads, (*rows, told))))}
    assert ends == {"2000-07-31", "2000-01-31"}


def test_a_heading_that_the_text_contradicts_is_not_believed() -> None:
    heads = ((("Three Months Ended July 31, 2000", 1), ("Nine Months Ended July 31, 2000", 1)),)
    rows = (("Revenues", ("100", "250")), ("Operating expenses", ("60", "150")), ("Operating income", ("40", "100")),
            ("Net income", ("40", "100")))  # fmt: skip
    page = html_three_cells(Sheet(("Statements of Operations",), heads, rows))
    said = "<p>Revenues for the six months ended July 31, 2000 were $250.</p>"
    assert {value.duration_months for value in values_in(page)} == {3, 9}
    assert {value.duration_months for value in values_in(said + page)} == {3}


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
        for value in values_in(page)
        if value.concept == "StockholdersEquity" and value.period_end
    }
    assert found == {2009: -400, 2008: -200}


LINES = (
    ("Total revenues", ("1,000", "900", "800", "700")),
    ("Total operating expenses", ("850", "760", "690", "610")),
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
def test_columns_headed_by_quarters_are_dated_or_not_read(
    heads: tuple[tuple[tuple[str, int], ...], ...], columns: list[str]
) -> None:
    rows = tuple((label, figures[: len(columns)]) for label, figures in LINES)
    read_in = 0
    for layout in EVERY_LAYOUT:
        values = values_in(layout(Sheet(TITLE, heads, rows)))
        found = {(column_of(value), value.value) for value in values if value.concept == "Revenues"}
        expected = {
            (column, Decimal(figure.replace(",", "")) * 1000) for column, figure in zip(columns, rows[0][1], strict=True)
        }
        assert found <= expected, layout.__name__
        read_in += found == expected
    assert read_in >= len(EVERY_LAYOUT) - 2


def test_heads_of_two_columns_with_one_pipe_between_them_head_the_table_below() -> None:
    text = (
        "Balance Sheets\n\n(in thousands)\n\nMarch 31, | December 31,\n2010 | 2009\nASSETS\nCash | 100 | 90\n"
        "Total assets | 300 | 280\n"
        "Total liabilities | 120 | 110\nTotal stockholders' equity | 180 | 170\n"
        "Total liabilities and stockholders' equity | 300 | 280\n"
    )
    found = {(str(value.period_end), value.value) for value in values_in(text) if value.concept == "Assets"}
    assert found == {("2010-03-31", 300_000), ("2009-12-31", 280_000)}


def test_selected_quarters_called_supplementary_financial_data_are_of_gaap() -> None:
    """`Supplementary Financial Information` is what Regulation S-K, Item 302, calls them."""
    heads = ((("Quarter Ended March 31, 2010", 1), ("Quarter Ended March 31, 2009", 1)),)
    rows = tuple((label, figures[:2]) for label, figures in LINES)
    titles = ("Supplementary Financial Data (Unaudited)", "(in thousands)")
    assert {
        value.value for value in values_in(html_three_cells(Sheet(titles, heads, rows))) if value.concept == "Revenues"
    } == {
        1_000_000,
        900_000,
    }
