"""Statements whose figures the text tells otherwise."""

from __future__ import annotations

import pytest

from orchestration.filings.reader import read_filing
from orchestration.filings.records import Reading
from tests.unit.filings.made_up import INCOME, made_up

REVENUES = "Revenues for the quarter ended March 31, 2010 were ${} million."
NET_LOSS = "The net loss for the quarter ended March 31, 2010 was ${} million."


def reading(*told: str) -> Reading:
    return read_filing(made_up().replace(b"Financial Results\n", b"Financial Results\n\n" + " ".join(told).encode()), "F")


def is_proven(found: Reading) -> bool:
    return any(value.proof_count for value in found.values)


def test_statements_of_which_the_text_tells_every_total_otherwise_are_not_proven() -> None:
    """Below the results of a company stood the accounts of one it had bought, under its name, proven."""
    found = reading(REVENUES.format("74.9"), NET_LOSS.format("8.8"))
    assert "told_otherwise" in {problem.code for problem in found.problems}
    assert not is_proven(found)


def test_one_total_told_otherwise_may_be_adjusted() -> None:
    assert is_proven(reading(NET_LOSS.format("8.8")))
    assert is_proven(reading(NET_LOSS.format("8.8"), NET_LOSS.format("9.9")))


def test_one_figure_that_is_the_statements_own_shows_whose_they_are() -> None:
    assert is_proven(reading(REVENUES.format("15.0"), NET_LOSS.format("8.8"), "Cash at March 31, 2010 was $9.9 million."))


@pytest.mark.parametrize(("head", "proven"), [("Nine Months Ended March 31,", False), ("Three Months Ended March 31,", True)])
def test_a_stretch_whose_totals_the_text_tells_for_another_is_not_proven(head: str, proven: bool) -> None:
    """A head of nine months over the figures of the quarter made them those of nine months, proven."""
    found = read_filing(
        made_up(INCOME.replace("Three Months Ended March 31,", head)).replace(
            b"Financial Results\n", f"Financial Results\n\n{REVENUES.format('15.0')} {NET_LOSS.format('2.3')}".encode()
        ),
        "F",
    )
    assert ("stretch_told_otherwise" in {problem.code for problem in found.problems}) is not proven
    income = [value for value in found.values if value.statement == "income_statement"]
    assert income and any(value.proof_count for value in income) is proven
