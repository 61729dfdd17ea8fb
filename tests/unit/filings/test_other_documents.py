"""What comes beside a plain 8-K with a release: other items and forms, several or corrected exhibits, what is no release."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from orchestration.filings.reader import read_filing
from orchestration.filings.records import FilingStatus, Reading
from tests.unit.filings.made_up import BALANCE, COVER, INCOME

HEADER = """<SEC-DOCUMENT>0001234567-10-000001.txt : 20100506
<SEC-HEADER>0001234567-10-000001.hdr.sgml : 20100506
ACCESSION NUMBER:\t\t0001234567-10-000001
CONFORMED SUBMISSION TYPE:\t{form}
FILED AS OF DATE:\t\t20100507
{filers}</SEC-HEADER>
"""
FILER = """
FILER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\t{name}
\t\tCENTRAL INDEX KEY:\t\t\t{cik}
\t\tFISCAL YEAR END:\t\t\t1231
"""
RESULTS = "Item 2.02 Results of Operations and Financial Condition"
RELEASE = f"""Example Therapeutics Reports First Quarter 2010 Financial Results

SPRINGFIELD, N.J., May 6, 2010 - Example Therapeutics, Inc. (Nasdaq: EXTH) today announced its results.

{BALANCE}{INCOME}"""
SIX_K = """FORM 6-K

SECURITIES AND EXCHANGE COMMISSION

REPORT OF FOREIGN PRIVATE ISSUER PURSUANT TO RULE 13a-16 OR 15d-16 UNDER THE SECURITIES EXCHANGE ACT OF 1934

For the month of May 2010

Commission File Number: 001-34567

EXAMPLE THERAPEUTICS, INC.

(Translation of registrant's name into English)

Indicate by check mark whether the registrant files or will file annual reports under cover of Form 20-F or Form 40-F.

Form 20-F X   Form 40-F

"""
TEN_Q = """FORM 10-Q

QUARTERLY REPORT PURSUANT TO SECTION 13 OR 15(d) OF THE SECURITIES EXCHANGE ACT OF 1934

For the quarterly period ended March 31, 2010

Commission File Number: 001-34567

EXAMPLE THERAPEUTICS, INC.

(Exact name of registrant as specified in its charter)

"""
AUDITED = f"""INDEPENDENT AUDITORS' REPORT

The Board of Directors
Target Holdings, Inc.:

We have audited the accompanying consolidated statements of Target Holdings, Inc.

{BALANCE}{INCOME}"""


def filer(name: str = "EXAMPLE THERAPEUTICS INC", cik: str = "0001234567") -> str:
    return FILER.format(name=name, cik=cik)


def submission(form: str, *parts: tuple[str, str, str], filers: str = "") -> bytes:
    """A submission of parts (type, description, text)."""
    documents = (
        f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>{number}\n<FILENAME>d{number}.txt\n<DESCRIPTION>{said}\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n"
        for number, (kind, said, text) in enumerate(parts, 1)
    )
    return (HEADER.format(form=form, filers=filers or filer()) + "".join(documents) + "</SEC-DOCUMENT>\n").encode()


def read(raw: bytes | str, source: str = "0001234567/filing.txt") -> Reading:
    return read_filing(raw.encode() if isinstance(raw, str) else raw, source)


def code(reading: Reading) -> str | None:
    return reading.filing.reason and reading.filing.reason.partition(":")[0]


def revenue(reading: Reading) -> list[Decimal | None]:
    return [value.value for value in reading.values if value.concept == "Revenues" and value.period_end == date(2010, 3, 31)]


# What holds a release


@pytest.mark.parametrize("item", ["Item 7.01 Regulation FD Disclosure", "Item 8.01 Other Events", RESULTS])
@pytest.mark.parametrize("form", ["8-K", "8-K/A"])
def test_a_release_under_another_item_is_read(item: str, form: str) -> None:
    cover = COVER.replace(RESULTS, item).replace("FORM 8-K", f"FORM {form}")
    reading = read(submission(form, (form, "", cover), ("EX-99.1", "PRESS RELEASE", RELEASE)))
    assert (reading.filing.status, reading.filing.reason) == (FilingStatus.ACCEPTED, None)
    assert (reading.filing.form, reading.filing.items) == (form, (item.split()[1], "9.01"))
    assert revenue(reading) == [15_000_000]


@pytest.mark.parametrize("kind", ["EX-99.1", "EX-99", "EX-99.01", "EX-99.1A", "EX-1", "EX-1.1"])
def test_a_foreign_issuer_files_its_release_with_a_6_k(kind: str) -> None:
    reading = read(submission("6-K", ("6-K", "", SIX_K), (kind, "RELEASE", RELEASE)))
    assert reading.filing.status is FilingStatus.ACCEPTED
    assert (reading.filing.form, reading.filing.known_from) == ("6-K", date(2010, 5, 7))
    assert revenue(reading) == [15_000_000]


def test_an_exhibit_1_of_an_8_k_is_no_release() -> None:
    assert code(read(submission("8-K", ("8-K", "", COVER), ("EX-1.1", "UNDERWRITING AGREEMENT", RELEASE)))) == "no_statements"


def test_a_6_k_without_its_submission_has_its_registrant_and_the_date_of_its_release() -> None:
    far = SIX_K + "Exhibit index\n\n" + "words of a cover page\n\n" * 300 + RELEASE
    for text in (SIX_K + RELEASE, far):
        reading = read(text)
        assert reading.filing.status is FilingStatus.ACCEPTED, reading.filing.reason
        assert (reading.filing.form, reading.filing.registrant) == ("6-K", "EXAMPLE THERAPEUTICS, INC.")
        assert reading.filing.known_from == date(2010, 5, 6)


def test_a_6_k_without_statements_says_so() -> None:
    reading = read(SIX_K + "The company held its annual meeting.\n")
    assert code(reading) == "no_statements"
    assert "6-K" in (reading.filing.reason or "")


EXHIBIT = f"<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<FILENAME>ex991.htm\n<TEXT>\n{RELEASE}\n</TEXT>\n</DOCUMENT>\n"


@pytest.mark.parametrize("text", [RELEASE, EXHIBIT], ids=["text", "as EDGAR serves it"])
def test_a_release_alone_is_read(text: str) -> None:
    reading = read(text)
    assert (reading.filing.status, reading.filing.known_from) == (FilingStatus.ACCEPTED, date(2010, 5, 6))
    assert revenue(reading) == [15_000_000]


# Several exhibits


def test_statements_in_another_exhibit_are_read_too() -> None:
    release, statements = RELEASE.split(BALANCE)
    parts = ("8-K", "", COVER), ("EX-99.1", "RELEASE", release), ("EX-99.2", "FINANCIAL TABLES", BALANCE + statements)
    assert revenue(read(submission("8-K", *parts))) == [15_000_000]


WRONG = RELEASE.replace("Product sales\t12,500", "Product sales\t12,600").replace(
    "Total revenues\t15,000", "Total revenues\t15,100"
)


@pytest.mark.parametrize(
    ("said", "head"),
    [
        ("CORRECTED PRESS RELEASE", ""),
        ("", "CORRECTING and REPLACING: "),
        ("", "(Corrected)\n\n"),
        ("", "This replaces the release of today.\n\n"),
    ],
)
@pytest.mark.parametrize("kinds", [("EX-99.1", "EX-99.1"), ("EX-99.1", "EX-99.2")])
def test_of_a_corrected_exhibit_the_correction_alone_is_read(kinds: tuple[str, str], said: str, head: str) -> None:
    first, second = (kinds[0], "PRESS RELEASE", WRONG), (kinds[1], said, head + RELEASE)
    for parts in ((first, second), (second, first)):
        reading = read(submission("8-K", ("8-K", "", COVER), *parts))
        assert reading.filing.status is FilingStatus.ACCEPTED, reading.filing.reason
        assert revenue(reading) == [15_000_000]
        assert [problem.message for problem in reading.problems if problem.code == "exhibit_corrected"]


def test_another_exhibit_that_speaks_of_a_correction_replaces_none() -> None:
    talk = "Remarks of the Chief Executive\n\nCorrected for currency, sales grew. Thank you for joining us today.\n" * 4
    reading = read(
        submission("8-K", ("8-K", "", COVER), ("EX-99.1", "RELEASE", RELEASE), ("EX-99.2", "CORRECTED REMARKS", talk))
    )
    assert revenue(reading) == [15_000_000]
    assert not [problem for problem in reading.problems if problem.code == "exhibit_corrected"]


# Several registrants


def test_a_submission_of_several_registrants_says_whose_it_is_taken_for() -> None:
    both = filer() + filer("EXAMPLE FINANCE LLC", "0007654321")
    reading = read(submission("8-K", ("8-K", "", COVER), ("EX-99.1", "", RELEASE), filers=both))
    [problem] = [problem for problem in reading.problems if problem.code == "several_registrants"]
    assert "EXAMPLE THERAPEUTICS INC; EXAMPLE FINANCE LLC" in problem.message
    assert (reading.filing.status, reading.filing.company_id) == (FilingStatus.ACCEPTED, "0001234567")


def test_a_company_that_others_filed_about_is_no_registrant() -> None:
    subject = filer("TARGET CORP", "0007654321").replace("FILER:", "SUBJECT COMPANY:")
    reading = read(submission("8-K", ("8-K", "", COVER), ("EX-99.1", "", RELEASE), filers=filer() + subject))
    assert not [problem for problem in reading.problems if problem.code == "several_registrants"]


# What is no release

ACQUISITION = COVER.replace(RESULTS, "Item 2.01 Completion of Acquisition").replace(
    "Financial Statements and Exhibits\n",
    "Financial Statements and Exhibits\n\n(a) Financial statements of businesses acquired.\n\n{told}\n",
)


@pytest.mark.parametrize(
    "caption", ["businesses acquired", "business acquired", "businesses or funds acquired", "acquired business"]
)
def test_audited_statements_of_an_acquired_business_are_named_as_such(caption: str) -> None:
    cover = ACQUISITION.format(told="The audited statements of Target Holdings, Inc. are filed as Exhibit 99.1.")
    cover = cover.replace("businesses acquired", caption)
    reading = read(submission("8-K", ("8-K", "", cover), ("EX-99.1", "", AUDITED)))
    assert reading.filing.status is FilingStatus.QUARANTINED
    assert code(reading) == "acquired_business"
    assert reading.values, "what was read is kept"


@pytest.mark.parametrize("told", ["Not applicable.", "None"])
def test_a_caption_without_an_acquired_business_keeps_nothing_out(told: str) -> None:
    cover = ACQUISITION.format(told=told)
    assert code(read(submission("8-K", ("8-K", "", cover), ("EX-99.1", "", RELEASE)))) is None


def test_results_beside_an_acquired_business_are_read() -> None:
    cover = ACQUISITION.format(told="See Exhibit 99.2.").replace("Item 2.01 Completion of Acquisition", RESULTS)
    reading = read(submission("8-K", ("8-K", "", cover), ("EX-99.1", "", RELEASE)))
    assert code(reading) is None


@pytest.mark.parametrize("form", ["10-Q", "10-K", "10-K405", "10-Q/A", "20-F", "10-KSB"])
def test_a_periodic_report_is_named_as_such(form: str) -> None:
    reading = read(submission(form, (form, "", TEN_Q.replace("10-Q", form) + BALANCE + INCOME), ("EX-31.1", "", "I certify.")))
    assert code(reading) == "periodic_report"
    assert f"Form {form}, the {'quarterly' if '10-Q' in form else 'annual'} report" in (reading.filing.reason or "")
    assert reading.filing.form == form


@pytest.mark.parametrize("form", ["10-Q", "10-K", "20-F"])
def test_a_periodic_report_without_its_submission_is_named_as_such(form: str) -> None:
    cover = TEN_Q.replace("10-Q", form).replace("QUARTERLY", "QUARTERLY" if form == "10-Q" else "ANNUAL")
    reading = read(cover + BALANCE + INCOME)
    assert (code(reading), reading.filing.form) == ("periodic_report", form)


def test_a_release_whose_small_print_names_the_10_q_is_a_release() -> None:
    print_ = "\nRisks are described in our Annual Report on Form 10-K and our Quarterly Report on Form 10-Q.\n"
    assert code(read(RELEASE.replace("results.\n", "results." + print_, 1))) is None
    assert code(read(RELEASE + print_)) is None


def test_audited_statements_alone_are_named_as_such() -> None:
    assert code(read(AUDITED)) == "audited_statements"
