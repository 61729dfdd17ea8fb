"""What is accepted, withheld and quarantined, and the reason that is given.

Belongs here: each rule of `acceptance.py`. Does not belong here: bytes that are no text (`test_reader.py`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from orchestration.filings.acceptance import judged, without_the_future
from orchestration.filings.reader import read_filing
from orchestration.filings.records import Basis, FilingStatus, Problem, ProofOutcome, Reading, Severity, Statement, Status
from orchestration.filings.statements.read import Statements, StatementTable
from orchestration.filings.tables.scale import Scale
from orchestration.filings.text.dates import PrintedPeriod
from tests.unit.filings.made_up import COVER, INCOME, REAL, made_up, real


def read(raw: bytes) -> Reading:
    return read_filing(raw, "0001234567/filing.txt")


@cache
def sound() -> Reading:
    return read(made_up())


def code_of(reading: Reading) -> str | None:
    """The code of the reason why a reading is kept out; None where it is accepted."""
    assert (reading.filing.status == FilingStatus.ACCEPTED) == (reading.filing.reason is None)
    return reading.filing.reason and reading.filing.reason.partition(":")[0]


# Filings without a statement


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (INCOME.replace("in thousands", "in thousands of zorkmids"), "unit_unknown"),
        (INCOME.replace("\tThree Months Ended March 31,\t\n\t2010\t2009\n", ""), "header_not_found"),
        (INCOME.replace("\tThree Months", "\tFive Months"), "duration_not_read"),
    ],
)
def test_a_filing_whose_only_statement_was_withheld_says_that_it_was_and_why(text: str, code: str) -> None:
    """It "holds no financial statement" was said of a file that is one."""
    reading = read(text.encode())
    assert code_of(reading) == "statement_withheld"
    assert code in (reading.filing.reason or "")
    assert code_of(read((COVER + text).encode())) == "statement_withheld"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("Dear reader,\n\nthis is a letter about nothing at all.\n", "not_8k", "8-K"),
        (COVER, "no_statements", "99.1"),
        (
            COVER.replace("Item 2.02 Results of Operations and Financial Condition", "Item 5.02 Directors"),
            "not_earnings",
            "5.02",
        ),
    ],
    ids=["a letter", "a cover alone", "an 8-K about something else"],
)
def test_a_filing_without_a_statement_says_why(text: str, code: str, said: str) -> None:
    reading = read(text.encode())
    assert code_of(reading) == code
    assert said in (reading.filing.reason or "")
    assert [problem.code for problem in reading.problems if problem.severity == Severity.ERROR] == [code]


# Filings with statements


def test_a_sound_filing_is_accepted_as_it_is() -> None:
    assert judged(sound()) is sound()


def test_a_filing_nobody_could_file_is_kept_out() -> None:
    assert code_of(judged(replace(sound(), filing=replace(sound().filing, company_id=None)))) == "company_unknown"
    assert code_of(judged(replace(sound(), filing=replace(sound().filing, known_from=None)))) == "date_unknown"


def test_a_filing_of_which_no_identity_can_be_tested_is_kept_out() -> None:
    untestable = [replace(proof, outcome=ProofOutcome.UNTESTABLE) for proof in sound().proofs]
    assert code_of(judged(replace(sound(), proofs=tuple(untestable)))) == "unproven"
    assert code_of(judged(replace(sound(), proofs=(*untestable[1:], sound().proofs[0])))) is None


def test_a_filing_mostly_inferred_is_kept_out() -> None:
    values = sound().values
    fifth = len(values) // 5
    for inferred, code in ((fifth, None), (fifth + 1, "too_damaged")):
        some = (*(replace(value, status=Status.REPAIRED) for value in values[:inferred]), *values[inferred:])
        assert code_of(judged(replace(sound(), values=some))) == code


def test_a_broken_identity_keeps_a_filing_out_and_the_reason_counts_the_others() -> None:
    broken = [Problem("f", Severity.ERROR, "identity_broken", f"sum {number} is off") for number in range(3)]
    assert judged(replace(sound(), problems=tuple(broken[:1]))).filing.reason == "identity_broken: sum 0 is off"
    cut = Problem("f", Severity.ERROR, "truncated", "the file was cut off")
    reading = judged(replace(sound(), problems=(*broken, cut)))
    assert reading.filing.reason == "truncated: the file was cut off (and 3 more)"
    assert reading.problems == (*broken, cut)


# Statements cut short


def test_a_file_that_ends_within_a_statement_is_truncated() -> None:
    whole_text = made_up().decode()
    cut = whole_text[: whole_text.index("Net loss\t")]
    for text in (cut, cut + "Net lo"):
        assert "Income tax expense" in text
        reading = read(text.encode())
        assert code_of(reading) == "truncated"
        assert "fetch the filing again" in (reading.filing.reason or "")


def test_a_statement_without_its_last_line_is_a_warning_where_the_filing_goes_on() -> None:
    reading = read(made_up(income=INCOME[: INCOME.index("Net loss\t")] + "\n\nAbout Example Therapeutics\n\nIt makes drugs.\n"))
    assert code_of(reading) is None
    found = [problem for problem in reading.problems if problem.code == "statement_incomplete"]
    assert [(problem.severity, "NetIncomeLoss" in problem.message) for problem in found] == [(Severity.WARNING, True)]


@pytest.mark.parametrize("name", REAL)
def test_a_filing_truncated_inside_a_statement_says_so(name: str) -> None:
    lines = real(name).decode().split("\n")
    total = next(number for number, line in enumerate(lines) if line.startswith("Total operating expenses"))
    found = read("\n".join(lines[:total]).encode())
    assert code_of(found) or any(problem.code == "statement_incomplete" for problem in found.problems)


# A column that ends after the filing is no result: a misprinted heading must not let a backtest look ahead.


def statements(*ends: tuple[int, int, int]) -> Statements:
    periods = tuple(PrintedPeriod(3, month, day, year) for year, month, day in ends)
    return Statements((StatementTable(Statement.INCOME, 1, 7, periods, (), Scale(), Basis.GAAP),), ())


def test_a_column_headed_after_the_filing_is_not_read_and_said_so() -> None:
    found = without_the_future(statements((2006, 12, 31), (2006, 7, 1)), date(2006, 8, 16))
    assert [period.end for period in found.tables[0].periods] == [None, date(2006, 7, 1)]
    assert [(finding.code, finding.line) for finding in found.findings] == [("column_in_the_future", 7)]


def test_a_column_long_after_the_dateline_is_not_read_where_no_day_of_filing_is_known() -> None:
    """A quarter to September was proven in a release of May that had no cover."""
    late = statements((2024, 9, 30), (2024, 3, 31))
    found = without_the_future(late, None, date(2024, 5, 9))
    assert [period.end for period in found.tables[0].periods] == [None, date(2024, 3, 31)]
    near = statements((2024, 5, 31))
    assert without_the_future(near, None, date(2024, 5, 9)).tables == near.tables


def test_columns_that_were_over_are_left_alone() -> None:
    before = statements((2006, 7, 1), (2005, 7, 2))
    assert without_the_future(before, date(2006, 8, 16)) == before
    assert without_the_future(before, None) is before
