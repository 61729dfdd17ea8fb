"""Filings and tables of companies that do not exist, and the real bytes, for the tests of the reader.

Belongs here: building input. Does not belong here: anything that is asserted.
"""

from __future__ import annotations

from pathlib import Path

from orchestration.filings.documents.detect import read_document
from orchestration.filings.documents.model import Document, Paragraph, Table
from orchestration.filings.documents.plain import read_plain
from orchestration.filings.proof.proven_statement import ProvenStatement, prove
from orchestration.filings.records import Value
from orchestration.filings.statements.read import Statements, read_statements
from orchestration.filings.tables.body_columns import PlacedRow, place_rows
from orchestration.filings.tables.columns import TableHeader, read_header
from orchestration.filings.tables.rows import LabelledRow, labelled_rows

RAW = Path(__file__).resolve().parents[3] / "data" / "raw" / "immunogen"
REAL = ("immunogen-2007-02-01", "immunogen-2011-04-28", "immunogen-2014-01-31")

_COVER = """UNITED STATES SECURITIES AND EXCHANGE COMMISSION

FORM 8-K

Date of Report (Date of earliest event reported): {day}

{company}, Inc.

(Exact name of registrant as specified in its charter)

Delaware

(State or other jurisdiction of incorporation)

001-34567

(Commission File Number)

12-3456789

(IRS Employer Identification No.)

1 Main Street, Springfield, NJ 07081

(Address of principal executive offices) (Zip Code)

Registrant's telephone number, including area code: (973) 555-0100

Item 2.02 Results of Operations and Financial Condition

On {day}, {company}, Inc. (Nasdaq: {ticker}) issued a press release.

Item 9.01 Financial Statements and Exhibits

99.1 Press release dated {day}

SIGNATURES

/s/ Jane Doe

{company} Reports {quarter} Financial Results

"""


def cover_page(day: str, company: str, ticker: str, quarter: str) -> str:
    """The cover page of a release, and its headline; `company` is without its "Inc.", `quarter` as in "First Quarter 2010"."""
    return _COVER.format(day=day, company=company, ticker=ticker, quarter=quarter)


COVER = cover_page("May 6, 2010", "Example Therapeutics", "EXTH", "First Quarter 2010")

INCOME = """Condensed Consolidated Statements of Operations (in thousands, except per share amounts)

\tThree Months Ended March 31,\t
\t2010\t2009
Revenues:\t\t
Product sales\t12,500\t10,100
Collaboration revenue\t2,500\t1,900
Total revenues\t15,000\t12,000
Costs and expenses:\t\t
Cost of sales\t3,200\t2,700
Research and development\t9,800\t8,500
Selling, general and administrative\t4,400\t4,100
Total costs and expenses\t17,400\t15,300
Loss from operations\t(2,400)\t(3,300)
Other income, net\t150\t210
Loss before income taxes\t(2,250)\t(3,090)
Income tax expense\t50\t40
Net loss\t(2,300)\t(3,130)
Net loss per share, basic and diluted\t(0.10)\t(0.14)
Weighted average shares outstanding, basic and diluted\t23,104\t22,240

"""

BALANCE = """Condensed Consolidated Balance Sheets (in thousands)

\tMarch 31, 2010\tDecember 31, 2009
Cash and cash equivalents\t40,100\t45,200
Accounts receivable\t6,300\t5,900
Inventory\t2,200\t2,000
Total current assets\t48,600\t53,100
Property and equipment, net\t7,400\t7,600
Total assets\t56,000\t60,700
Current liabilities\t9,000\t10,200
Long-term debt\t12,000\t13,500
Stockholders' equity\t35,000\t37,000
Total liabilities and stockholders' equity\t56,000\t60,700

"""

CASH_FLOW = """Condensed Consolidated Statements of Cash Flows (in thousands)

\tSix Months Ended June 30,\t
\t2010\t2009
Cash flows from operating activities:\t\t
Net loss\t(4,300)\t(6,130)
Depreciation and amortization\t1,200\t1,100
Stock-based compensation\t900\t870
Changes in working capital\t(640)\t310
Net cash used in operating activities\t(2,840)\t(3,850)
Cash flows from investing activities:\t\t
Purchases of property and equipment\t(750)\t(420)
Maturities of marketable securities\t2,500\t0
Net cash provided by (used in) investing activities\t1,750\t(420)
Cash flows from financing activities:\t\t
Proceeds from exercise of stock options\t310\t120
Repayment of notes\t(5,000)\t(500)
Net cash used in financing activities\t(4,690)\t(380)
Effect of exchange rate changes on cash\t(20)\t50
Net decrease in cash and cash equivalents\t(5,800)\t(4,600)
Cash and cash equivalents at beginning of period\t45,900\t50,100
Cash and cash equivalents at end of period\t40,100\t45,500

"""


def real(name: str) -> bytes:
    """The bytes of a filing of the repository."""
    return (RAW / f"{name}.txt").read_bytes()


def made_up(income: str = INCOME, balance: str = BALANCE, cover: str = COVER) -> bytes:
    """A whole 8-K of a company that does not exist."""
    return (cover + balance + income).encode()


def blocks(text: str) -> list[Paragraph | Table]:
    return read_plain(text, 0, len(text))


def table(text: str) -> Table:
    """The one table of a text."""
    found = [block for block in blocks(text) if isinstance(block, Table)]
    assert len(found) == 1, f"{len(found)} tables in {text!r}"
    return found[0]


def labelled(text: str) -> list[LabelledRow]:
    return labelled_rows(table(text))


def header(text: str, context: str = "") -> TableHeader | None:
    one = table(text)
    return read_header(one, labelled_rows(one), context)


def placed(text: str, count: int) -> list[PlacedRow]:
    return place_rows(labelled(text), count)


def texts(row: PlacedRow) -> list[str | None]:
    """What stands in each column of a row."""
    return [item.cell.text if item else None for item in row.cells]


def statements(text: str) -> Statements:
    """The statements of a text in tabs, and what was not read."""
    return read_statements(Document(text, tuple(blocks(text))))


def values_in(text: str) -> list[Value]:
    """The values of every statement in a text of any format, proven."""
    tables = read_statements(read_document(text).document).tables
    return [value for table in tables for value in prove(table, "F").values]


def proven(text: str) -> ProvenStatement:
    """The one statement of a text, proven."""
    found = statements(text)
    assert len(found.tables) == 1, f"{len(found.tables)} statements; findings: {found.findings}"
    return prove(found.tables[0], "f")


def by_cell(found: ProvenStatement) -> dict[tuple[str, int], Value]:
    """Values by (concept or label, column number)."""
    return {(value.concept or value.label, value.column_no): value for value in found.values}
