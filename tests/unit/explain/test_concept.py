"""Which concept or printed line a person means."""

from __future__ import annotations

import pytest

from orchestration.explain.asked import NotFoundError
from orchestration.explain.concept import find_concept


@pytest.mark.parametrize("asked", ["NetIncomeLoss", "net_income", "net income loss"])
def test_a_concept_is_known_by_any_of_its_names(con, company, period, asked: str) -> None:
    assert find_concept(con, company, period, asked) == ("NetIncomeLoss", "net_income", "NetIncomeLoss", ())


def test_a_concept_is_known_by_the_initials_of_its_title(con, company, period) -> None:
    assert find_concept(con, company, period, "R&D").name == "ResearchAndDevelopmentExpense"


def test_a_line_without_a_concept_is_known_by_words_of_its_label(con, company, period) -> None:
    assert find_concept(con, company, period, "restricted cash") == (None, None, "Restricted cash", ())
    assert find_concept(con, company, period, "deferred") == (None, None, "Long-term portion of deferred revenue", ())


def test_a_concept_in_the_singular_goes_before_lines_with_its_word_and_names_them(con, company, period) -> None:
    found = find_concept(con, company, period, "revenue")
    assert (found.name, found.others) == ("Revenues", ("Long-term portion of deferred revenue",))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("research", "fits 2 lines: ResearchAndDevelopmentExpense, Research and development support. Name one"),
        ("goodwill", "nothing called 'goodwill' for ImmunoGen, Inc. and 2011Q3. There is: NetIncomeLoss, "),
        ("net los", "Closest: Net loss"),
        ("", "nothing called ''"),
    ],
)
def test_words_that_fit_several_or_nothing_are_refused(con, company, period, asked: str, told: str) -> None:
    with pytest.raises(NotFoundError) as refusal:
        find_concept(con, company, period, asked)
    assert told in str(refusal.value)
