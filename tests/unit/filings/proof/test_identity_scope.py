"""Which identity may say what of which figure: a sum more than a per-share figure."""

from __future__ import annotations

from decimal import Decimal

from expectations.identities import Amount, Instance
from orchestration.filings.proof.identity_scope import IdentityScope
from orchestration.filings.proof.resolve import CellOptions, Option

SUM = Instance("operating_income", ((1, "income"), (-1, "revenue"), (1, "expense")))
BASIC = Instance("eps_basic", ((1, "basic"), (1, "shares"), (1, "income")), per_share=True)
DILUTED = Instance("eps_diluted", ((1, "diluted"), (1, "shares"), (1, "income")), per_share=True)


def cell(*values: str, rounding: str = "1", cost: int = 0) -> CellOptions:
    options = (Option(Amount(Decimal(value), Decimal(rounding)), cost, rank) for rank, value in enumerate(values))
    return CellOptions(tuple(options), is_blank=False)


CELLS = {
    "revenue": cell("300"),
    "expense": cell("100"),
    "income": cell("200"),
    "shares": cell("100"),
    "basic": cell("2.00", rounding="0.01"),
    "diluted": cell("2.00", rounding="0.01"),
}


def authority(*trusted: Instance, **cells: CellOptions) -> IdentityScope:
    return IdentityScope({**CELLS, **cells}, trusted)


def test_per_share_figures_that_all_miss_a_result_its_sums_agree_on_are_of_another_result() -> None:
    off = {"basic": cell("1.50", rounding="0.01"), "diluted": cell("1.50", rounding="0.01")}
    assert authority(SUM, BASIC, DILUTED, **off).instances == [SUM]


def test_one_per_share_figure_that_misses_is_a_figure_in_doubt() -> None:
    assert authority(SUM, BASIC, DILUTED, basic=cell("1.50", rounding="0.01")).instances == [SUM, BASIC, DILUTED]


def test_per_share_figures_may_doubt_a_result_that_no_sum_agrees_on() -> None:
    off = {"basic": cell("1.50", rounding="0.01"), "diluted": cell("1.50", rounding="0.01")}
    assert authority(BASIC, DILUTED, **off).instances == [BASIC, DILUTED]


def test_a_sum_overrules_one_sound_figure_and_not_two_at_once() -> None:
    found = authority(SUM)
    assert found.may_overrule("revenue", ["revenue"], [SUM])
    assert not found.may_overrule("revenue", ["revenue", "expense"], [SUM])
    assert not found.may_overrule("shares", ["shares"], [SUM])


def test_a_per_share_figure_overrules_shares_only_far_from_an_agreed_result() -> None:
    assert not authority(SUM, BASIC).may_overrule("shares", ["shares"], [BASIC])
    assert not authority(SUM, BASIC, shares=cell("290")).may_overrule("shares", ["shares"], [BASIC])
    assert authority(SUM, BASIC, shares=cell("310")).may_overrule("shares", ["shares"], [BASIC])
    assert not authority(BASIC, shares=cell("310")).may_overrule("shares", ["shares"], [BASIC])


def test_a_per_share_figure_of_the_other_sign_is_far() -> None:
    assert authority(SUM, BASIC, basic=cell("-2.00", rounding="0.01")).may_overrule("basic", ["basic"], [BASIC])


def test_a_per_share_figure_never_overrules_the_result() -> None:
    assert not authority(SUM, BASIC, shares=cell("310")).may_overrule("income", ["income"], [BASIC])


def test_of_damaged_shares_a_per_share_figure_chooses_only_where_it_leaves_one_reading() -> None:
    assert authority(BASIC, shares=cell("100", "700", cost=2)).may_choose_reading(BASIC, "shares")
    coarse = {"basic": cell("2", rounding="1"), "shares": cell("100", "90", cost=2)}
    assert not authority(BASIC, **coarse).may_choose_reading(BASIC, "shares")
    assert not authority(BASIC, shares=cell("100")).may_choose_reading(BASIC, "shares")


def test_who_may_tell_without_more_ado() -> None:
    found = authority(SUM, BASIC)
    assert found.may_choose_reading(SUM, "income")
    assert found.may_choose_reading(BASIC, "basic")
    assert not found.may_choose_reading(BASIC, "income")
