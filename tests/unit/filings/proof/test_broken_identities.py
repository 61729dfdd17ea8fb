"""A broken identity that nothing mends: which of its figures nobody vouches for."""

from __future__ import annotations

from decimal import Decimal

from expectations.identities import Amount, Instance
from orchestration.filings.proof.broken_identities import doubted_figures

GROSS = Instance("gross_profit", ((1, "gross"), (-1, "revenue"), (1, "cost")))
OPERATING = Instance("operating_income", ((1, "income"), (-1, "gross"), (1, "expense")))
EPS = Instance("eps_basic", ((1, "eps"), (1, "shares"), (1, "income")), per_share=True)


def amounts(rounding: str = "1", **values: str) -> dict[str, Amount | None]:
    return {key: Amount(Decimal(value), Decimal(rounding)) for key, value in values.items()}


def test_where_every_identity_closes_nothing_is_withheld() -> None:
    assert doubted_figures([GROSS, OPERATING], amounts(revenue="10", cost="4", gross="6", expense="5", income="1")) == {}


def test_what_another_sum_vouches_for_stands_and_the_rest_of_the_broken_one_does_not() -> None:
    found = doubted_figures([GROSS, OPERATING], amounts(revenue="10", cost="4", gross="6", expense="5", income="9"))
    assert found == {"income": ("operating_income",), "expense": ("operating_income",)}


def test_a_sum_that_is_off_by_a_rounding_vouches_for_nothing() -> None:
    found = doubted_figures([GROSS, OPERATING], amounts(revenue="10", cost="4", gross="7", expense="5", income="90"))
    assert set(found) == {"income", "gross", "expense"}


def test_where_all_figures_are_vouched_for_elsewhere_they_contradict_each_other() -> None:
    again = Instance("again", ((1, "gross"), (-1, "cost")))
    one = Instance("one", ((1, "gross"), (-1, "other")))
    two = Instance("two", ((1, "cost"), (-1, "another")))
    found = doubted_figures([again, one, two], amounts(gross="6", cost="4", other="6", another="4"))
    assert found == {"gross": ("again",), "cost": ("again",)}


def test_a_per_share_figure_that_closes_vouches_for_nothing() -> None:
    found = doubted_figures([OPERATING, EPS], amounts(gross="60", expense="5", income="20", eps="2", shares="10"))
    assert set(found) == {"gross", "expense", "income"}


def test_a_figure_names_every_identity_that_doubts_it() -> None:
    found = doubted_figures([GROSS, OPERATING], amounts(revenue="10", cost="4", gross="60", expense="5", income="1"))
    assert found["gross"] == ("gross_profit", "operating_income")


def test_an_identity_that_cannot_be_tested_doubts_nothing() -> None:
    assert doubted_figures([GROSS], {**amounts(revenue="10", gross="60"), "cost": None}) == {}
