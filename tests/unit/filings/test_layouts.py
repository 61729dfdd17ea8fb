"""Layouts one by one: statements of companies that do not exist, set out as filing agents and wires have set them out.

Each case is a text and what it states: for a column (`3 2010-03-31`: months and last day, `r` after it where restated) the
concepts and their absolute values. A column that is not named must not be read, nor a concept read otherwise.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from orchestration.filings.documents.detect import read_document
from orchestration.filings.proof.statement import prove
from orchestration.filings.records import Value
from orchestration.filings.statements.read import read_statements

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
                "Revenues": "120500000", "CostOfRevenue": "80300000", "GrossProfit": "40200000",
                "SellingGeneralAndAdministrativeExpense": "30100000", "OperatingIncomeLoss": "10100000",
                "IncomeLossBeforeIncomeTaxes": "9000000", "IncomeTaxExpenseBenefit": "3400000", "NetIncomeLoss": "5600000",
                "EarningsPerShareBasic": "0.56", "EarningsPerShareDiluted": "0.55", "WeightedAverageSharesBasic": "10000000",
                "WeightedAverageSharesDiluted": "10180000",
            },
            "3 2002-06-29": {
                "Revenues": "110400000", "CostOfRevenue": "75100000", "GrossProfit": "35300000",
                "SellingGeneralAndAdministrativeExpense": "28200000", "OperatingIncomeLoss": "7100000",
                "IncomeLossBeforeIncomeTaxes": "5800000", "IncomeTaxExpenseBenefit": "2200000", "NetIncomeLoss": "3600000",
                "EarningsPerShareBasic": "0.36", "EarningsPerShareDiluted": "0.36", "WeightedAverageSharesBasic": "10000000",
                "WeightedAverageSharesDiluted": "10050000",
            },
        },
    ),
    Layout(
        "GAAP beside adjustments and non-GAAP",
        "gaap_beside_non_gaap.htm",
        {
            "3 2010-03-31": {
                "Revenues": "1000000", "CostOfRevenue": "400000", "GrossProfit": "600000",
                "ResearchAndDevelopmentExpense": "200000", "SellingGeneralAndAdministrativeExpense": "300000",
                "OperatingExpenses": "500000", "OperatingIncomeLoss": "100000", "IncomeTaxExpenseBenefit": "30000",
                "NetIncomeLoss": "70000",
            },
            "3 2009-03-31": {
                "Revenues": "900000", "CostOfRevenue": "350000", "GrossProfit": "550000",
                "ResearchAndDevelopmentExpense": "190000", "SellingGeneralAndAdministrativeExpense": "280000",
                "OperatingExpenses": "470000", "OperatingIncomeLoss": "80000", "IncomeTaxExpenseBenefit": "25000",
                "NetIncomeLoss": "55000",
            },
        },
    ),
    Layout(
        "several statements in one table, raised footnote marks",
        "several_in_one_table.htm",
        {
            "3 2015-03-31": {
                "Revenues": "4100000", "ResearchAndDevelopmentExpense": "12000000",
                "GeneralAndAdministrativeExpense": "3100000", "OperatingExpenses": "15100000",
                "OperatingIncomeLoss": "-11000000", "NonoperatingIncomeExpense": "25000", "NetIncomeLoss": "-10975000",
                "EarningsPerShareBasic": "-0.44", "EarningsPerShareDiluted": "-0.44",
                "WeightedAverageSharesBasic": "24943000", "WeightedAverageSharesDiluted": "24943000",
            },
            "3 2014-03-31": {
                "Revenues": "2050000", "ResearchAndDevelopmentExpense": "9000000",
                "GeneralAndAdministrativeExpense": "2050000", "OperatingExpenses": "11050000",
                "OperatingIncomeLoss": "-9000000", "NonoperatingIncomeExpense": "-10000", "NetIncomeLoss": "-9010000",
                "EarningsPerShareBasic": "-0.45", "EarningsPerShareDiluted": "-0.45",
                "WeightedAverageSharesBasic": "20022000", "WeightedAverageSharesDiluted": "20022000",
            },
            "0 2015-03-31": {
                "CashAndCashEquivalents": "88000000", "Assets": "95000000", "Liabilities": "14000000",
                "StockholdersEquity": "81000000",
            },
            "0 2014-12-31": {
                "CashAndCashEquivalents": "99500000", "Assets": "105000000", "Liabilities": "14500000",
                "StockholdersEquity": "90500000",
            },
        },
    ),
    Layout(
        "text printed from PDF, labels over two lines",
        "printed_from_pdf.txt",
        {
            f"{months} {year}-09-30": dict(zip(
                (
                    "Revenues", "CostOfRevenue", "GrossProfit", "ResearchAndDevelopmentExpense",
                    "GeneralAndAdministrativeExpense", "OperatingExpenses", "OperatingIncomeLoss",
                    "IncomeLossBeforeIncomeTaxes", "IncomeTaxExpenseBenefit", "NetIncomeLoss", "EarningsPerShareBasic",
                    "EarningsPerShareDiluted", "WeightedAverageSharesBasic", "WeightedAverageSharesDiluted",
                ),
                figures.split(), strict=True,
            ))
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
                    "9000000 3500000 5500000 1900000 900000 4200000 1300000 1100000 "
                    "220000 880000 0.09 0.09 9900000 10100000",
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
            column: dict(zip(
                ("Revenues", "CostOfRevenue", "GrossProfit", "OperatingExpenses", "OperatingIncomeLoss",
                 "IncomeTaxExpenseBenefit", "NetIncomeLoss"),
                figures.split(), strict=True,
            ))
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
                "Revenues": "1234567", "ResearchAndDevelopmentExpense": "2000000", "GeneralAndAdministrativeExpense": "800000",
                "OperatingExpenses": "2800000", "IncomeLossBeforeIncomeTaxes": "-1565433", "IncomeTaxExpenseBenefit": "-65433",
                "NetIncomeLoss": "-1500000", "EarningsPerShareBasic": "-0.15", "EarningsPerShareDiluted": "-0.15",
            },
            "6 2015-11-30": {
                "Revenues": "1000000", "ResearchAndDevelopmentExpense": "1500000", "GeneralAndAdministrativeExpense": "700000",
                "OperatingExpenses": "2200000", "IncomeLossBeforeIncomeTaxes": "-1200000", "IncomeTaxExpenseBenefit": "0",
                "NetIncomeLoss": "-1200000", "EarningsPerShareBasic": "-0.12", "EarningsPerShareDiluted": "-0.12",
            },
        },
        "CAD",
    ),
    Layout(
        "a balance sheet over two tables, the second without a title",
        "balance_over_two_tables.htm",
        {
            "0 2012-03-31": {
                "CashAndCashEquivalents": "10000000", "AssetsCurrent": "15000000", "Assets": "22000000",
                "LiabilitiesCurrent": "5000000", "Liabilities": "9000000", "StockholdersEquity": "13000000",
                "LiabilitiesAndStockholdersEquity": "22000000",
            },
            "0 2011-06-30": {
                "CashAndCashEquivalents": "12000000", "AssetsCurrent": "16000000", "Assets": "23000000",
                "LiabilitiesCurrent": "6000000", "Liabilities": "11000000", "StockholdersEquity": "12000000",
                "LiabilitiesAndStockholdersEquity": "23000000",
            },
        },
    ),
    Layout(
        "dates of two digits, weeks, scale beside the header",
        "scale_in_header_cell.txt",
        {
            column: dict(zip(
                ("Revenues", "CostOfRevenue", "SellingGeneralAndAdministrativeExpense", "IncomeLossBeforeIncomeTaxes",
                 "IncomeTaxExpenseBenefit", "NetIncomeLoss", "EarningsPerShareDiluted", "WeightedAverageSharesDiluted"),
                figures.split(), strict=True,
            ))
            for column, figures in (
                ("3 2004-07-31", "50000000 30000000 15000000 4500000 1700000 2800000 0.28 10000000"),
                ("3 2003-08-02", "45000000 27500000 14000000 3000000 1100000 1900000 0.19 10000000"),
                ("6 2004-07-31", "98000000 59000000 30000000 8000000 3000000 5000000 0.50 10000000"),
                ("6 2003-08-02", "90000000 55000000 28000000 6000000 2250000 3750000 0.38 10000000"),
            )
        },
    ),
)  # fmt: skip


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
