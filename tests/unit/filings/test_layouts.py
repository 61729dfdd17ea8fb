"""Layouts one by one: statements of companies that do not exist, set out as filing agents and wires have set them out.

Each case is a text and what it states: for a column (`3 2010-03-31`: months and last day, `r` after it where restated) the
concepts and their absolute values. A column that is not named must not be read, nor a concept read otherwise.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest

from orchestration.filings.documents.detect import read_document
from orchestration.filings.proof.statement import prove
from orchestration.filings.records import Value
from orchestration.filings.statements.read import read_statements

Stated = dict[str, dict[str, str]]


class Layout(NamedTuple):
    """A text and the columns it states. `unit` is the currency its money is in."""

    name: str
    text: str
    stated: Stated
    unit: str = "USD"


def values_in(text: str) -> list[Value]:
    """The values of every GAAP statement in a text that have a concept."""
    document = read_document(text).document
    proven = [prove(table, "F") for table in read_statements(document).tables]
    return [value for one in proven for value in one.values if value.is_gaap and value.concept and value.value is not None]


def column_of(value: Value) -> str:
    return f"{value.duration_months} {value.period_end}{' r' if value.is_restated else ''}"


UPPERCASE_HTML = """<HTML><BODY>
<P ALIGN="CENTER"><FONT SIZE="2"><B>ACME WIDGETS, INC. AND SUBSIDIARIES<BR>CONSOLIDATED STATEMENTS OF INCOME<BR>(UNAUDITED)</B></FONT></P>
<TABLE CELLSPACING="0" BORDER="0" CELLPADDING="0" WIDTH="600">
<TR><TD WIDTH="50%"></TD><TD COLSPAN="5" ALIGN="CENTER"><FONT SIZE="1">(in thousands, except per share data)</FONT></TD></TR>
<TR><TD></TD><TD COLSPAN="5" ALIGN="CENTER"><FONT SIZE="1">Quarter ended</FONT></TD></TR>
<TR><TD></TD><TD COLSPAN="2" ALIGN="CENTER">June 28,<BR>2003</TD><TD></TD><TD COLSPAN="2" ALIGN="CENTER">June 29,<BR>2002</TD></TR>
<TR><TD>Net sales</TD><TD>$</TD><TD ALIGN="RIGHT">120,500</TD><TD>&nbsp;</TD><TD>$</TD><TD ALIGN="RIGHT">110,400</TD></TR>
<TR><TD>Cost of goods sold</TD><TD></TD><TD ALIGN="RIGHT">80,300</TD><TD>&nbsp;</TD><TD></TD><TD ALIGN="RIGHT">75,100</TD></TR>
<TR><TD></TD><TD COLSPAN="2"><HR></TD><TD></TD><TD COLSPAN="2"><HR></TD></TR>
<TR><TD>Gross profit</TD><TD></TD><TD ALIGN="RIGHT">40,200</TD><TD>&nbsp;</TD><TD></TD><TD ALIGN="RIGHT">35,300</TD></TR>
<TR><TD>Selling, general and administrative expenses</TD><TD></TD><TD ALIGN="RIGHT">30,100</TD><TD></TD><TD></TD><TD ALIGN="RIGHT">28,200</TD></TR>
<TR><TD>Operating income</TD><TD></TD><TD ALIGN="RIGHT">10,100</TD><TD>&nbsp;</TD><TD></TD><TD ALIGN="RIGHT">7,100</TD></TR>
<TR><TD>Interest expense, net</TD><TD></TD><TD ALIGN="RIGHT">(1,100</TD><TD>)</TD><TD></TD><TD ALIGN="RIGHT">(1,300</TD><TD>)</TD></TR>
<TR><TD>Income before income taxes</TD><TD></TD><TD ALIGN="RIGHT">9,000</TD><TD>&nbsp;</TD><TD></TD><TD ALIGN="RIGHT">5,800</TD></TR>
<TR><TD>Income taxes</TD><TD></TD><TD ALIGN="RIGHT">3,400</TD><TD>&nbsp;</TD><TD></TD><TD ALIGN="RIGHT">2,200</TD></TR>
<TR><TD>Net income</TD><TD>$</TD><TD ALIGN="RIGHT">5,600</TD><TD>&nbsp;</TD><TD>$</TD><TD ALIGN="RIGHT">3,600</TD></TR>
<TR><TD>Net income per share:</TD></TR>
<TR><TD>&nbsp;&nbsp;Basic</TD><TD>$</TD><TD ALIGN="RIGHT">.56</TD><TD></TD><TD>$</TD><TD ALIGN="RIGHT">.36</TD></TR>
<TR><TD>&nbsp;&nbsp;Diluted</TD><TD>$</TD><TD ALIGN="RIGHT">.55</TD><TD></TD><TD>$</TD><TD ALIGN="RIGHT">.36</TD></TR>
<TR><TD>Average shares:</TD></TR>
<TR><TD>&nbsp;&nbsp;Basic</TD><TD></TD><TD ALIGN="RIGHT">10,000</TD><TD></TD><TD></TD><TD ALIGN="RIGHT">10,000</TD></TR>
<TR><TD>&nbsp;&nbsp;Diluted</TD><TD></TD><TD ALIGN="RIGHT">10,180</TD><TD></TD><TD></TD><TD ALIGN="RIGHT">10,050</TD></TR>
</TABLE></BODY></HTML>"""

GAAP_BESIDE_NON_GAAP = """<html><body><p>Consolidated Statements of Operations</p><p>(in thousands)</p><table>
<tr><td></td><td colspan=3>Three Months Ended March 31, 2010</td><td colspan=3>Three Months Ended March 31, 2009</td></tr>
<tr><td></td><td>GAAP</td><td>Adjustments</td><td>Non-GAAP</td><td>GAAP</td><td>Adjustments</td><td>Non-GAAP</td></tr>
<tr><td>Revenues</td><td>1,000</td><td>&#8212;</td><td>1,000</td><td>900</td><td>&#8212;</td><td>900</td></tr>
<tr><td>Cost of revenues</td><td>400</td><td>(20)</td><td>380</td><td>350</td><td>(15)</td><td>335</td></tr>
<tr><td>Gross profit</td><td>600</td><td>20</td><td>620</td><td>550</td><td>15</td><td>565</td></tr>
<tr><td>Research and development</td><td>200</td><td>(30)</td><td>170</td><td>190</td><td>(25)</td><td>165</td></tr>
<tr><td>Selling, general and administrative</td><td>300</td><td>(50)</td><td>250</td><td>280</td><td>(45)</td><td>235</td></tr>
<tr><td>Total operating expenses</td><td>500</td><td>(80)</td><td>420</td><td>470</td><td>(70)</td><td>400</td></tr>
<tr><td>Operating income</td><td>100</td><td>100</td><td>200</td><td>80</td><td>85</td><td>165</td></tr>
<tr><td>Income tax expense</td><td>30</td><td>35</td><td>65</td><td>25</td><td>30</td><td>55</td></tr>
<tr><td>Net income</td><td>70</td><td>65</td><td>135</td><td>55</td><td>55</td><td>110</td></tr>
</table></body></html>"""

SEVERAL_IN_ONE_TABLE = """<html><body><table>
<tr><td colspan=5>Acme Biologics Ltd</td></tr><tr><td colspan=5>Selected Financial Information</td></tr>
<tr><td colspan=5>Consolidated Statements of Operations Data:</td></tr><tr><td colspan=5>(in thousands, except per share data) (unaudited)</td></tr>
<tr><td></td><td>&nbsp;</td><td>Three Months Ended<br>March 31, 2015</td><td>&nbsp;</td><td>Three Months Ended<br>March 31, 2014</td></tr>
<tr><td>Collaboration revenue</td><td></td><td>$4,100</td><td></td><td>$2,050</td></tr>
<tr><td>Operating expenses:</td></tr>
<tr><td>Research and development<sup>(1)</sup></td><td></td><td>12,000</td><td></td><td>9,000</td></tr>
<tr><td>General and administrative<sup>(1)</sup></td><td></td><td>3,100</td><td></td><td>2,050</td></tr>
<tr><td>Total operating expenses</td><td></td><td>15,100</td><td></td><td>11,050</td></tr>
<tr><td>Loss from operations</td><td></td><td>(11,000)</td><td></td><td>(9,000)</td></tr>
<tr><td>Interest and other income (expense), net</td><td></td><td>25</td><td></td><td>(10)</td></tr>
<tr><td>Net loss</td><td></td><td>$(10,975)</td><td></td><td>$(9,010)</td></tr>
<tr><td>Net loss per share &#150; basic and diluted</td><td></td><td>$(0.44)</td><td></td><td>$(0.45)</td></tr>
<tr><td>Weighted-average number of common shares used in net loss per share &#150; basic and diluted</td><td></td><td>24,943</td><td></td><td>20,022</td></tr>
<tr><td colspan=5>&nbsp;</td></tr>
<tr><td colspan=5>Consolidated Balance Sheet Data:</td></tr>
<tr><td></td><td></td><td>March 31,<br>2015</td><td></td><td>December 31,<br>2014</td></tr>
<tr><td>Cash, cash equivalents and marketable securities</td><td></td><td>$88,000</td><td></td><td>$99,500</td></tr>
<tr><td>Working capital</td><td></td><td>80,000</td><td></td><td>91,000</td></tr>
<tr><td>Total assets</td><td></td><td>95,000</td><td></td><td>105,000</td></tr>
<tr><td>Total liabilities</td><td></td><td>14,000</td><td></td><td>14,500</td></tr>
<tr><td>Total stockholders&rsquo; equity</td><td></td><td>81,000</td><td></td><td>90,500</td></tr>
</table></body></html>"""

PRINTED_FROM_PDF = """                                 ACME NETWORKS PLC
                       UNAUDITED CONDENSED CONSOLIDATED STATEMENT OF OPERATIONS
                          (Amounts in thousands of U.S. dollars, except share and per share data)

                                                            Three months ended              Nine months ended
                                                               September 30,                   September 30,
                                                             2013         2012              2013         2012

Revenues                                                 $ 10,000      $ 9,000          $ 29,000     $ 26,000
Cost of revenues                                            4,000        3,500            11,600       10,400
Gross profit                                                6,000        5,500            17,400       15,600

Operating expenses:
  Research and development, net of government
   grants                                                   2,000        1,900             6,000        5,700
  Sales and marketing                                       1,500        1,400             4,500        4,200
  General and administrative                                1,000          900             3,000        2,700

Total operating expenses                                    4,500        4,200            13,500       12,600

Operating income                                            1,500        1,300             3,900        3,000
Financial expenses, net                                     (100)        (200)             (300)        (400)

Income before taxes on income                               1,400        1,100             3,600        2,600
Taxes on income                                               280          220               720          520

Net income                                                $ 1,120        $ 880           $ 2,880      $ 2,080

Net earnings per share, basic                              $ 0.11       $ 0.09            $ 0.29       $ 0.21
Net earnings per share, diluted                            $ 0.11       $ 0.09            $ 0.28       $ 0.21

Weighted average number of shares used in computing
  basic net earnings per share                         10,000,000    9,900,000        10,000,000    9,900,000
Weighted average number of shares used in computing
  diluted net earnings per share                       10,300,000   10,100,000        10,250,000   10,100,000
"""

RESTATED_BESIDE_REPORTED = """Consolidated Statements of Operations (in thousands)
\tThree Months Ended\t\t
\tMarch 31, 2006\tMarch 31, 2005\tMarch 31, 2005
\t\t(As Restated)\t(As Previously Reported)
Revenue\t5,000\t4,000\t4,500
Cost of revenue\t2,000\t1,800\t1,800
Gross profit\t3,000\t2,200\t2,700
Operating expenses\t2,500\t2,000\t2,000
Operating income\t500\t200\t700
Income tax expense\t200\t80\t280
Net income\t300\t120\t420
"""

IN_CANADIAN_DOLLARS = """<html><body><p>INTERIM CONSOLIDATED STATEMENTS OF LOSS</p><p>(expressed in Canadian dollars)</p><table>
<tr><td></td><td>Six months ended November 30, 2016</td><td>Six months ended November 30, 2015</td></tr>
<tr><td>Revenue</td><td>1,234,567</td><td>1,000,000</td></tr>
<tr><td>Expenses</td></tr>
<tr><td>Research and development</td><td>2,000,000</td><td>1,500,000</td></tr>
<tr><td>General and administrative</td><td>800,000</td><td>700,000</td></tr>
<tr><td>Total expenses</td><td>2,800,000</td><td>2,200,000</td></tr>
<tr><td>Loss before income taxes</td><td>(1,565,433)</td><td>(1,200,000)</td></tr>
<tr><td>Income tax recovery</td><td>65,433</td><td>-</td></tr>
<tr><td>Net loss for the period</td><td>(1,500,000)</td><td>(1,200,000)</td></tr>
<tr><td>Basic and diluted loss per share</td><td>(0.15)</td><td>(0.12)</td></tr>
</table></body></html>"""

BALANCE_OVER_TWO_TABLES = """<html><body><p>CONSOLIDATED BALANCE SHEETS</p><p>(In thousands)</p><table>
<tr><td></td><td>March 31, 2012</td><td>June 30, 2011</td></tr><tr><td>ASSETS</td></tr>
<tr><td>Cash and cash equivalents</td><td>10,000</td><td>12,000</td></tr><tr><td>Accounts receivable</td><td>5,000</td><td>4,000</td></tr>
<tr><td>Total current assets</td><td>15,000</td><td>16,000</td></tr><tr><td>Goodwill</td><td>7,000</td><td>7,000</td></tr>
<tr><td>Total assets</td><td>22,000</td><td>23,000</td></tr></table><p>4</p><hr>
<table><tr><td></td><td>March 31, 2012</td><td>June 30, 2011</td></tr>
<tr><td>LIABILITIES AND SHAREHOLDERS' EQUITY</td></tr><tr><td>Accounts payable</td><td>2,000</td><td>2,500</td></tr><tr><td>Accrued liabilities</td><td>3,000</td><td>3,500</td></tr>
<tr><td>Total current liabilities</td><td>5,000</td><td>6,000</td></tr><tr><td>Long-term debt</td><td>4,000</td><td>5,000</td></tr><tr><td>Total liabilities</td><td>9,000</td><td>11,000</td></tr>
<tr><td>Common stock</td><td>1,000</td><td>1,000</td></tr><tr><td>Retained earnings</td><td>12,000</td><td>11,000</td></tr><tr><td>Total shareholders' equity</td><td>13,000</td><td>12,000</td></tr>
<tr><td>Total liabilities and shareholders' equity</td><td>22,000</td><td>23,000</td></tr></table></body></html>"""

SCALE_IN_HEADER_CELL = """CONDENSED STATEMENTS OF EARNINGS
                                        13 Weeks Ended         26 Weeks Ended
$000's omitted, except per share       7/31/04    8/2/03      7/31/04    8/2/03
                                       -------    ------      -------    ------
Net Sales                             $ 50,000   $45,000     $ 98,000   $90,000
Cost of Sales                           30,000    27,500       59,000    55,000
Selling, General & Administrative       15,000    14,000       30,000    28,000
Interest Expense                           500       500        1,000     1,000
                                       -------    ------      -------    ------
Earnings Before Income Taxes             4,500     3,000        8,000     6,000
Provision for Income Taxes               1,700     1,100        3,000     2,250
                                       -------    ------      -------    ------
Net Earnings                          $  2,800   $ 1,900     $  5,000   $ 3,750
                                       =======    ======      =======    ======
Diluted Earnings Per Share               $0.28     $0.19        $0.50     $0.38
Diluted Shares Outstanding              10,000    10,000       10,000    10,000
"""

LAYOUTS = (
    Layout(
        "uppercase HTML, dates broken over lines, scale within the table",
        UPPERCASE_HTML,
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
        GAAP_BESIDE_NON_GAAP,
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
        SEVERAL_IN_ONE_TABLE,
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
        PRINTED_FROM_PDF,
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
                (3, 2013, "10000000 4000000 6000000 2000000 1000000 4500000 1500000 1400000 280000 1120000 0.11 0.11 10000000 10300000"),
                (3, 2012, "9000000 3500000 5500000 1900000 900000 4200000 1300000 1100000 220000 880000 0.09 0.09 9900000 10100000"),
                (9, 2013, "29000000 11600000 17400000 6000000 3000000 13500000 3900000 3600000 720000 2880000 0.29 0.28 10000000 10250000"),
                (9, 2012, "26000000 10400000 15600000 5700000 2700000 12600000 3000000 2600000 520000 2080000 0.21 0.21 9900000 10100000"),
            )
        },
    ),
    Layout(
        "restated beside as previously reported",
        RESTATED_BESIDE_REPORTED,
        {
            column: dict(zip(
                ("Revenues", "CostOfRevenue", "GrossProfit", "OperatingExpenses", "OperatingIncomeLoss", "IncomeTaxExpenseBenefit",
                 "NetIncomeLoss"),
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
        IN_CANADIAN_DOLLARS,
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
        BALANCE_OVER_TWO_TABLES,
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
        SCALE_IN_HEADER_CELL,
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
