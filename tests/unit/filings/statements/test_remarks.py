"""What a filing says of its statements in sentences and in notes to the marks of their titles."""

from __future__ import annotations

import pytest

from orchestration.filings.reader import read_filing
from orchestration.filings.records import Reading
from tests.unit.filings.made_up import BALANCE, COVER, INCOME


def reading(above: str = "", between: str = "", below: str = "", income: str = INCOME) -> Reading:
    return read_filing(f"{COVER}{above}\n\n{BALANCE}{between}\n\n{income}{below}\n".encode(), "0000000001/release.txt")


def doubted(found: Reading) -> set[str]:
    assert len({value.statement for value in found.values}) == 2
    return {value.statement for value in found.values} - {value.statement for value in found.values if value.proof_count}


@pytest.mark.parametrize(
    "remark",
    [
        "The following tables are unaudited and should be read in conjunction with the Annual Report on Form 10-K.",
        "All amounts in the tables below are in U.S. dollars.",
        "These statements involve risks and uncertainties, and the Company undertakes no obligation to update them.",
        "A reconciliation of non-GAAP financial measures is in the tables below.",
        "Financial tables follow.",
        "It claims the protection of the safe harbor for forward-looking statements provided by the Reform Act of 1995.",
        "Certain amounts in the accompanying statements have been reclassified to conform to the current presentation.",
    ],
)
def test_what_releases_usually_say_of_their_statements_is_understood(remark: str) -> None:
    for found in (reading(above=remark), reading(between=remark), reading(below=remark)):
        assert "remark_not_understood" not in {problem.code for problem in found.problems}
        assert doubted(found) == set()


@pytest.mark.parametrize(
    ("place", "remark", "about"),
    [
        ("below", "The amounts in the two tables above were invented to fill the form.", {"income_statement", "balance_sheet"}),
        ("below", "The statements above keep to the uniform system of accounts.", {"income_statement", "balance_sheet"}),
        ("between", "The statement above went out too early and is withdrawn.", {"balance_sheet"}),
        ("between", "What follows was taken from the announcement of Greaves & Dunmore PLC.", {"income_statement"}),
        (
            "above",
            "The middle column of the statement shows what the directors laid down.",
            {"income_statement", "balance_sheet"},
        ),
        (
            "below",
            "The dates over the columns are not right: read March 27 for March 31.",
            {"income_statement", "balance_sheet"},
        ),
        (
            "above",
            "The statements below were published by Nordkap on its website.",
            {"income_statement", "balance_sheet"},
        ),
        ("above", "The report covers the Debtors alone.", {"income_statement", "balance_sheet"}),
        ("above", "It was not prepared under generally accepted principles.", {"income_statement", "balance_sheet"}),
    ],
)
def test_statements_of_which_something_odd_is_said_are_not_proven(place: str, remark: str, about: set[str]) -> None:
    """Each was proven: sums do not know that figures are invented, withdrawn or a rival's."""
    found = reading(**{place: remark})
    assert "remark_not_understood" in {problem.code for problem in found.problems}
    assert doubted(found) == about


def test_what_is_said_of_a_table_that_is_no_statement_is_not_said_of_statements() -> None:
    remark = (
        "The following table breaks out loans by category and county:\n\n\t2010\t2009\nKing County\t10\t20\nOther\t30\t40\n\n"
    )
    assert doubted(reading(above=remark)) == set()


@pytest.mark.parametrize(("mark", "other"), [("*", "**"), ("(1)", "(2)")])
def test_the_note_to_the_mark_of_a_title_is_understood_or_the_statement_not_proven(mark: str, other: str) -> None:
    """ "Statements of Operations*" was of a fund that the company manages, and the note at the end said so."""
    income = INCOME.replace("Statements of Operations (", f"Statements of Operations{mark} (")
    note = "Of Example Storage Fund IX, L.P., which the Company manages for a fee."
    assert doubted(reading(income=income, below=f"{mark} {note}")) == {"income_statement"}
    assert doubted(reading(income=income, below=f"{other} {note}")) == set(), "the note is of another mark"
    assert doubted(reading(income=income, below=f"{mark} Derived from the audited financial statements.")) == set()
