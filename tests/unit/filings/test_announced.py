"""Whether a filing announces results, and those of a period that its statements have."""

from __future__ import annotations

import pytest

from orchestration.filings.reader import read_filing
from orchestration.filings.records import Reading
from tests.unit.filings.made_up import BALANCE, COVER, INCOME

RELEASE = (
    "NEWTON, Mass., May 6, 2010 - Example Therapeutics, Inc. (Nasdaq: EXTH) today {said} in the Boston area, where it has"
    " been since it was founded.\n\n"
)
RESULTS = "announced results for the quarter ended March 31, 2010"


def reading(lead: str, headline: str = "Example Therapeutics", income: str = INCOME, balance: str = BALANCE) -> Reading:
    return read_filing(f"{headline}\n\n{lead}{balance}{income}".encode(), "0000000001/release.txt")


def codes(found: Reading) -> set[str]:
    return {problem.code for problem in found.problems}


def proven(found: Reading) -> set[str]:
    return {value.statement for value in found.values if value.proof_count and value.period_end}


@pytest.mark.parametrize(
    ("said", "headline"),
    [
        (RESULTS, "Example Therapeutics"),
        ("reported a net loss of $2.3 million", "Example Therapeutics"),
        ("said that revenues rose to $15.0 million", "Example Therapeutics"),
        ("gave an update", "Example Therapeutics Reports First Quarter Results"),
        ("gave an update", "Example Therapeutics - First Quarter 2010"),
        ("gave an update", "Record Revenues at Example Therapeutics"),
    ],
)
def test_a_release_that_announces_results_is_proven(said: str, headline: str) -> None:
    found = reading(RELEASE.format(said=said), headline)
    assert "results_not_announced" not in codes(found)
    assert proven(found) == {"income_statement", "balance_sheet"}


@pytest.mark.parametrize(
    ("said", "headline"),
    [
        ("announced that it has completed its purchase of Other, Inc.", "Example Completes Purchase"),
        ("furnished the statements of its tenant", "Example Furnishes Tenant Financial Information"),
        ("agreed to sell its works at Hamilton", "Example Agrees to Sell Its Works"),
        ("will publish its results on May 20", "Example Sets Date of Quarterly Report"),
    ],
)
def test_a_release_that_speaks_of_something_else_is_not_proven(said: str, headline: str) -> None:
    """The accounts of a business bought, and of a tenant, were proven to be the registrant's."""
    found = reading(RELEASE.format(said=said), headline)
    assert "results_not_announced" in codes(found)
    assert proven(found) == set()


def test_the_item_of_a_cover_announces_results() -> None:
    found = read_filing((COVER + BALANCE + INCOME).encode(), "0000000001/release.txt")
    assert "results_not_announced" not in codes(found)
    other = COVER.replace("Item 2.02 Results of Operations and Financial Condition", "Item 8.01 Other Events")
    other = other.replace("Example Therapeutics Reports First Quarter 2010 Financial Results", "A Word to Our Friends")
    lead = RELEASE.format(said="agreed to sell its works")
    assert "results_not_announced" in codes(read_filing((other + lead + BALANCE + INCOME).encode(), "0000000001/release.txt"))


def test_a_page_of_statements_alone_is_taken_for_a_part_of_what_announces_them() -> None:
    found = read_filing((BALANCE + INCOME).encode(), "0000000001/page.txt")
    assert "results_not_announced" not in codes(found)


def test_statements_of_another_period_than_that_announced_are_not_proven() -> None:
    """Every year at the head of the columns was one too low, and proven."""
    income, balance = (text.replace("2009", "2008").replace("2010", "2009") for text in (INCOME, BALANCE))
    found = reading(RELEASE.format(said=RESULTS), income=income, balance=balance)
    assert "announced_period_not_found" in codes(found)
    assert proven(found) == set()
    fiscal = reading(RELEASE.format(said=RESULTS.replace("31", "27")))
    assert "announced_period_not_found" in codes(fiscal), "the heads print the end of the month, the text another day"


def test_only_statements_of_a_kind_without_the_announced_period_are_doubted() -> None:
    found = reading(RELEASE.format(said=RESULTS), income=INCOME.replace("2009", "2008").replace("2010", "2009"))
    assert proven(found) == {"balance_sheet"}
