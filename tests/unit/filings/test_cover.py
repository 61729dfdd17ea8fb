"""The cover facts, wherever the form lets them stand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.cover import Cover, issuer, read_cover
from tests.unit.filings.made_up import COVER

FACTS = {
    "form": "8-K",
    "registrant": "Example Therapeutics, Inc.",
    "date_of_report": date(2010, 5, 6),
    "commission_file_number": "001-34567",
    "irs_employer_id": "12-3456789",
    "state_of_incorporation": "Delaware",
    "address": "1 Main Street, Springfield, NJ 07081",
    "phone": "(973) 555-0100",
    "ticker": "EXTH",
    "exchange": "Nasdaq",
    "items": ("2.02", "9.01"),
    "exhibits": ("99.1",),
    "signatory": "Jane Doe",
}

SAME_LINE = COVER.replace("\n\n(", " (").replace("Inc. (Exact", "Inc.\n\n(Exact")
TABLE = COVER.replace(
    """Delaware

(State or other jurisdiction of incorporation)

001-34567

(Commission File Number)

12-3456789

(IRS Employer Identification No.)
""",
    """Delaware\t001-34567\t12-3456789
(State or other\t(Commission File\t(IRS Employer
jurisdiction of\tNumber)\tIdentification No.)
incorporation)\t\t
""",
)
MARKDOWN = COVER.replace("001-34567", "**001-34567**").replace(
    "Example Therapeutics, Inc.\n\n(Exact", "**Example Therapeutics, Inc.**\n\n(Exact"
)


@pytest.mark.parametrize("text", [COVER, SAME_LINE, TABLE, MARKDOWN], ids=["line before", "same line", "table", "bold"])
@pytest.mark.parametrize("fact", FACTS)
def test_facts_wherever_their_captions_stand(text: str, fact: str) -> None:
    assert getattr(read_cover(text), fact) == FACTS[fact]


@pytest.mark.parametrize("number", ["0-17999", "000-17999", "001-34567", "1-8787", "333-123456", "001-00123"])
def test_file_numbers_of_every_office(number: str) -> None:
    assert read_cover(COVER.replace("001-34567", number)).commission_file_number == number


@pytest.mark.parametrize("phone", ["(973) 555-0100", "973-555-0100", "973.555.0100", "(973)555-0100"])
def test_telephone_numbers(phone: str) -> None:
    assert read_cover(COVER.replace("(973) 555-0100", phone)).phone == phone


@pytest.mark.parametrize(
    ("words", "ticker", "exchange"),
    [("(NASDAQ: EXTH)", "EXTH", "NASDAQ"), ("(NYSE: EX)", "EX", "NYSE"), ("(Nasdaq Global Market: EXTH)", "EXTH", "Nasdaq"),
     ("(NYSE MKT: EX.A)", "EX.A", "NYSE MKT")],
)  # fmt: skip
def test_tickers(words: str, ticker: str, exchange: str) -> None:
    found = read_cover(COVER.replace("(Nasdaq: EXTH)", words))
    assert (found.ticker, found.exchange) == (ticker, exchange)


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("ITEM 2.02 — RESULTS OF OPERATION AND FINANCIAL CONDITION", ("2.02", "9.01")),
        ("Item 2.02. Results of Operations", ("2.02", "9.01")),
        ("**Item 2.02** Results of Operations", ("2.02", "9.01")),
        ("Item 12. Results of Operations and Financial Condition", ("12", "9.01")),
    ],
)
def test_items(words: str, items: tuple[str, ...]) -> None:
    assert read_cover(COVER.replace("Item 2.02 Results of Operations and Financial Condition", words)).items == items


def test_several_exhibits_in_their_order() -> None:
    text = COVER.replace("99.1 Press release", "Exhibit No. Description\n10.1 Agreement\n99.2 Slides\n99.1 Press release")
    assert read_cover(text).exhibits == ("10.1", "99.1", "99.2")


@pytest.mark.parametrize(
    ("words", "end"),
    [("September 6, 2010", date(2010, 9, 6)), ("Sept. 6, 2010", date(2010, 9, 6)), ("May 6 , 2010", date(2010, 5, 6))],
)
def test_dates_of_report(words: str, end: date) -> None:
    assert read_cover(COVER.replace("reported): May 6, 2010", f"reported): {words}")).date_of_report == end


def test_a_date_of_report_on_the_line_below_and_above() -> None:
    line = "Date of Report (Date of earliest event reported): May 6, 2010"
    assert read_cover(
        COVER.replace(line, "Date of Report (Date of earliest event reported):\n\nMay 6, 2010")
    ).date_of_report == date(2010, 5, 6)
    assert read_cover(
        COVER.replace(line, "May 6, 2010\n\nDate of Report (Date of earliest event reported)")
    ).date_of_report == date(2010, 5, 6)


def test_an_amended_form_says_so() -> None:
    assert read_cover(COVER.replace("FORM 8-K", "FORM 8-K/A")).form == "8-K/A"
    assert read_cover(COVER.replace("FORM 8-K", "FORM 8-K/A")).is_8k


def test_the_small_print_of_a_release_is_no_form() -> None:
    """A release that spoke of its annual report had the form 10-K."""
    small_print = "See the risks in our annual report on Form 10-K, filed with the Securities and Exchange Commission."
    assert read_cover(f"Example Therapeutics reports its quarter.\n{small_print}\n").form is None
    assert read_cover("FORM 8-K\nDate of report (Date of earliest event reported): April 28, 2011\n").form == "8-K"


def test_a_press_release_without_a_cover_has_no_cover_facts_but_its_ticker() -> None:
    found = read_cover("Example Therapeutics, Inc. (Nasdaq: EXTH) today announced results.\n")
    assert (found.ticker, found.form, found.registrant, found.items) == ("EXTH", None, None, ())
    assert not found.is_8k


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert isinstance(read_cover("FORM 8-K\n" + text), Cover)


@pytest.mark.parametrize(
    "words",
    [
        "JERICHO, N.Y. - (NewMediaWire) - November 12, 2024 - Example, Inc. today announced",
        "**NEWTOWN, PA** - November 12, 2024 (NEWMEDIAWIRE) - Example, Inc. today announced",
        "NEW YORK--(BUSINESS WIRE)--Nov. 12, 2024--Example, Inc. today announced",
        "Boston, Nov. 12, 2024 (GLOBE NEWSWIRE) -- Example, Inc. today announced",
        "CHICAGO, NOVEMBER 12, 2024 /PRNewswire/ -- Example, Inc. today announced",
        "BOSTON -- (Marketwired) -- 11/12/24 -- Example, Inc. today announced",
        "London, 12 November 2024 - Example plc today announced",
        "LOUISVILLE, Ky., Nov. 12 /PRNewswire-FirstCall/ -- Example Corporation today reported",
        "WALTHAM, MA, November 12, 2024 — Example, Inc. today reported",
        "For immediate release\n\nNovember 12, 2024\n\nExample, Inc. today announced",
        "Example, Inc. will hold a call today, November 12, 2024, at 4:30 p.m.",
        "TOKYO, 12 November, 2024 - Example K.K. today announced",
        "BOSTON, November 12 2024 - Example, Inc. today announced",
        "12th November 2024\n\nExample plc today announced",
        "2024-11-12\n\nExample AB today announced",
    ],
)
def test_the_dateline_is_not_the_period_end_of_the_headline(words: str) -> None:
    heads = "Example Reports Results for Quarter Ended September 30, 2024\n\nCash of $12.1 Million at September 30, 2024"
    assert read_cover(f"{heads}\n\n{words}").dateline == date(2024, 11, 12)


@pytest.mark.parametrize(
    "text",
    [
        "Results for the quarter ended September 30, 2024",
        "Cash of $5 million as of September 30, 2024 and December 31, 2023",
        "for the quarter ended September 30, 2024\n\nSeptember 30, 2024\n\nJune 30, 2024",
        "The notes are due on September 1, 2025, and were issued on September 1, 2021.",
    ],
)
def test_a_date_of_something_else_is_no_dateline(text: str) -> None:
    assert read_cover(text).dateline is None


def test_the_end_of_a_period_of_a_statement_is_no_dateline() -> None:
    """A page that begins with a balance sheet was dated by its heading."""
    text = "Example, Inc.\n\nBalance Sheets\n\nSeptember 30, 2024\tDecember 31, 2023\nCash\t1\t2"
    assert read_cover(text, {date(2024, 9, 30), date(2023, 12, 31)}).dateline is None


@pytest.mark.parametrize("day", ["2024-13-45", "45th November 2024", "November 31 2024"])
def test_a_day_that_is_none_is_no_dateline(day: str) -> None:
    assert read_cover(f"{day}\n\nExample, Inc. today announced").dateline is None


@given(st.text("A1,. -–()\n*", max_size=200))
def test_no_text_makes_the_dateline_raise(text: str) -> None:
    read_cover(text + " May 5, 2010 " + text)


@pytest.mark.parametrize(("said", "told"), [("Jan. 26", date(2007, 1, 26)), ("Dec. 31", date(2007, 12, 31))])
def test_a_dateline_of_no_year_is_the_first_such_day_after_the_period(said: str, told: date) -> None:
    text = f"AKRON, Ohio, {said} /PRNewswire/ -- Example today reported results for the year ended December 31, 2006."
    assert read_cover(text).dateline == told


def test_a_date_over_two_rows_of_a_table_head_is_no_dateline() -> None:
    assert read_cover("Results for the quarter ended September 30, 2006.\nSept. 30,\tOct. 1,\n2006\t2005").dateline is None


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        ("Acme Pharma, Inc. (NYSE: ACM), the parent of Beta LLC, today", "Acme Pharma, Inc."),
        ("Net income of Acme Pharma Company was", "Acme Pharma Company"),
        ("Acme (NYSE: ACM) today", "Acme"),
        ("Beta LLC, which is to be bought, today", None),
        ("Acme Bankshares, the parent of Acme Bank, today", None),
        ("Net income rose", None),
    ],
)
def test_who_issues_a_release_its_lead_and_its_headline_name_both(lead: str, name: str | None) -> None:
    assert issuer(f"Acme Reports Results\n\nAKRON, Ohio, May 4, 2010 -- {lead} reported.\n\nBeta Trust\n") == name
    assert issuer(f"Results\n\nAKRON, Ohio, May 4, 2010 -- {lead} reported.") is None
