"""One column: which reading of each cell is right."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.identities import Amount, Instance, evaluate
from orchestration.filings.proof import solver
from orchestration.filings.proof.column import CellOptions, IdentityEvidence, Option, ResolvedColumn
from orchestration.filings.proof.resolve import resolve
from orchestration.filings.records import Status
from tests.hang_guard import no_hang

SUM = Instance("expense_total", ((1, "total"), (-1, "a"), (-1, "b")))
BALANCE = Instance("balance", ((1, "total"), (-1, "other")))
TRUSTED = frozenset({"expense_total", "balance"})


def option(value: int | str, cost: int = 0, rank: int = 0) -> Option:
    return Option(Amount(Decimal(value), Decimal(1)), cost, rank)


def sound(value: int | str, *rivals: int) -> CellOptions:
    return CellOptions((option(value), *(option(rival, 3, rank) for rank, rival in enumerate(rivals, 1))), is_blank=False)


def damaged(*values: int) -> CellOptions:
    return CellOptions(tuple(option(value, 2, rank) for rank, value in enumerate(values)), is_blank=False)


BLANK = CellOptions((), is_blank=True)
NOT_REPORTED = CellOptions((), is_blank=True, may_be_lost=False)
"""A blank in a row that has other blanks."""
LOST = CellOptions((), is_blank=False)


def column(
    cells: dict[str, CellOptions],
    *instances: Instance,
    trusted: frozenset[str] = TRUSTED,
    exact: frozenset[str] = TRUSTED,
) -> ResolvedColumn:
    return resolve(cells, instances, IdentityEvidence(trusted, exact))


def told(found: ResolvedColumn) -> dict[str, tuple[str, Decimal | None]]:
    return {key: (cell.status.value, cell.amount.value if cell.amount else None) for key, cell in found.cells.items()}


def test_a_column_that_closes_is_taken_as_it_stands() -> None:
    found = column({"total": sound(30, 99), "a": sound(10, 11), "b": sound(20)}, SUM)
    assert told(found) == {"total": ("as_read", 30), "a": ("as_read", 10), "b": ("as_read", 20)}
    assert not found.broken


def test_a_damaged_cell_is_read_as_the_one_option_that_closes() -> None:
    found = column({"total": sound(30), "a": damaged(70, 10), "b": sound(20)}, SUM)
    assert told(found)["a"] == ("repaired", 10)


def test_a_sound_figure_gives_way_only_where_it_breaks_and_its_rival_closes() -> None:
    found = column({"total": sound(30), "a": sound(40, 10), "b": sound(20)}, SUM)
    assert told(found) == {"total": ("as_read", 30), "a": ("repaired", 10), "b": ("as_read", 20)}


def test_where_several_changes_would_mend_a_break_none_is_made_and_none_of_the_figures_stands() -> None:
    """40 may have been 10, 30 may have been 60: one of the two is wrong, and nobody can say which. 20 is neither's business."""
    found = column({"total": sound(30), "a": sound(40, 17), "b": sound(20)}, SUM)
    assert told(found) == {"total": ("unreadable", None), "a": ("unreadable", None), "b": ("as_read", 20)}
    assert not found.broken


def test_of_a_break_that_nothing_mends_no_figure_stands_and_none_is_changed() -> None:
    """Two changes of sound figures would be needed, and two changes explain anything."""
    found = column({"total": sound(300), "a": sound(481), "b": sound(222)}, SUM)
    assert set(told(found).values()) == {("unreadable", None)}
    assert {cell.doubted_by for cell in found.cells.values()} == {("expense_total",)}
    assert [(instance.name, residual) for instance, residual in found.unclosed] == [("expense_total", -403)]
    assert not found.broken


def test_a_figure_that_another_sum_vouches_for_stands_where_its_own_sum_breaks() -> None:
    found = column({"total": sound(300), "other": sound(300), "a": sound(481), "b": sound(222)}, SUM, BALANCE)
    assert told(found)["total"] == told(found)["other"] == ("as_read", 300)
    assert told(found)["a"] == told(found)["b"] == ("unreadable", None)


def test_a_break_of_an_identity_that_closes_nowhere_else_stays_and_keeps_the_filing_out() -> None:
    """The lines of such an identity may have been misunderstood: then more is wrong than its own figures."""
    found = column({"total": sound(300), "a": sound(481), "b": sound(222)}, SUM, trusted=frozenset())
    assert {status for status, _ in told(found).values()} == {"as_read"}
    assert [instance.name for instance, _ in found.broken] == ["expense_total"]


def test_two_repairs_that_cost_the_same_are_none() -> None:
    found = column({"total": sound(30), "a": sound(15, 10), "b": sound(20, 15)}, SUM)
    assert told(found) == {"total": ("as_read", 30), "a": ("unreadable", None), "b": ("unreadable", None)}


def test_two_damaged_cells_that_close_in_two_ways_are_unreadable() -> None:
    found = column({"total": sound(30), "a": damaged(10, 12), "b": damaged(20, 18)}, SUM)
    assert told(found)["a"] == told(found)["b"] == ("unreadable", None)


def test_a_lost_cell_follows_from_the_identity() -> None:
    found = column({"total": sound(30), "a": LOST, "b": sound(20)}, SUM)
    assert told(found)["a"] == ("implied", 10)
    assert found.cells["a"].spent == {"expense_total"}


def test_a_chain_of_identities_implies_one_after_the_other() -> None:
    found = column({"total": LOST, "other": sound(30), "a": LOST, "b": sound(20)}, SUM, BALANCE)
    assert told(found)["total"] == ("implied", 30)
    assert told(found)["a"] == ("implied", 10)


def test_two_lost_cells_in_one_identity_are_unreadable() -> None:
    found = column({"total": sound(30), "a": LOST, "b": LOST}, SUM)
    assert told(found)["a"] == told(found)["b"] == ("unreadable", None)


def test_identities_that_disagree_imply_nothing() -> None:
    found = column({"total": LOST, "a": sound(10), "b": sound(20), "other": sound(77)}, SUM, BALANCE)
    assert told(found)["total"] == ("unreadable", None)


def test_an_identity_that_holds_nowhere_else_implies_nothing() -> None:
    found = column({"total": sound(30), "a": LOST, "b": sound(20)}, SUM, trusted=frozenset())
    assert told(found)["a"] == ("unreadable", None)


def test_a_blank_cell_where_all_else_closes_is_nought() -> None:
    found = column({"total": sound(30), "a": sound(30), "b": BLANK}, SUM)
    assert told(found)["b"] == ("implied", 0)


def test_a_blank_cell_in_a_row_of_figures_was_lost_and_follows_from_the_identity() -> None:
    found = column({"total": sound(30), "a": sound(10), "b": BLANK}, SUM)
    assert told(found)["b"] == ("implied", 20)


def test_a_blank_cell_in_a_row_with_other_blanks_may_only_be_nought() -> None:
    """Such a row prints nils as blanks: a sum that leaves more for it says that another figure is wrong."""
    assert told(column({"total": sound(30), "a": sound(30), "b": NOT_REPORTED}, SUM))["b"] == ("implied", 0)
    assert "b" not in told(column({"total": sound(30), "a": sound(10), "b": NOT_REPORTED}, SUM))


def test_a_choice_off_by_its_roundings_counts_where_the_other_columns_are_so_as_well() -> None:
    cells = {"total": sound(30), "a": sound(40, 11), "b": sound(20)}
    assert told(column(cells, SUM, exact=frozenset()))["a"] == ("repaired", 11)


def test_a_blank_cell_that_nothing_tells_of_is_left_out() -> None:
    assert told(column({"b": BLANK}, SUM)) == {}


def test_a_cell_whose_readings_all_fail_is_not_implied_against_them() -> None:
    """The ghost says 36,490, the sum 36,450: one of the two is damaged, and nobody can say which."""
    found = column({"total": sound(47_415), "a": damaged(36_490), "b": sound(10_965)}, SUM)
    assert told(found)["a"] == ("unreadable", None)


def test_a_repair_closes_to_the_last_digit_where_printed_figures_do() -> None:
    """A ghost one off is no better witness than the row it repeats: within rounding is enough to doubt, not to repair."""
    found = column({"total": sound(300), "a": sound(481, 79), "b": sound(222)}, SUM)
    assert told(found)["a"][0] != "repaired"


def test_a_per_share_figure_overrules_no_printed_result() -> None:
    """0.10 a share is too coarse: damaged shares would have it take the worse reading of a sound net income."""
    per_share = Instance("eps_basic", ((1, "eps"), (1, "shares"), (1, "income")), per_share=True)
    eps = CellOptions((Option(Amount(Decimal("0.20"), Decimal("0.01")), 0, 0),), is_blank=False)
    cells = {"eps": eps, "shares": sound(50), "income": sound(13, 10)}
    found = column(cells, per_share, trusted=frozenset({"eps_basic"}), exact=frozenset())
    assert Status.REPAIRED not in {cell.status for cell in found.cells.values()}
    assert {cell.status for cell in found.cells.values()} == {Status.AS_READ}  # nor withholds what is legible
    assert [instance.name for instance, _ in found.broken] == ["eps_basic"]


def test_an_implied_nought_has_no_sign() -> None:
    found = column({"total": sound(30), "a": sound(30), "b": LOST}, SUM)
    amount = found.cells["b"].amount
    assert amount is not None
    assert str(amount.value) == "0"


@given(st.lists(st.integers(-500, 500), min_size=2, max_size=6), st.integers(0, 5), st.booleans())
@settings(max_examples=100)
def test_any_one_lost_cell_of_a_sum_comes_back(parts: list[int], which: int, total_lost: bool) -> None:
    keys = [f"part{number}" for number in range(len(parts))]
    instance = Instance("expense_total", ((1, "total"), *((-1, key) for key in keys)))
    cells = {"total": sound(sum(parts)), **{key: sound(part) for key, part in zip(keys, parts, strict=True)}}
    lost = "total" if total_lost else keys[which % len(keys)]
    truth = cells[lost].options[0].amount.value
    cells[lost] = LOST
    assert told(column(cells, instance))[lost] == ("implied", truth)


def test_the_work_is_bounded() -> None:
    keys = [f"part{number}" for number in range(40)]
    instance = Instance("expense_total", ((1, "total"), *((-1, key) for key in keys)))
    cells = {"total": sound(1), **{key: damaged(*range(100, 108)) for key in keys}}
    with no_hang():
        found = column(cells, instance)
    assert {cell.status for key, cell in found.cells.items() if key != "total"} == {Status.UNREADABLE}


def test_a_changed_digit_that_two_identities_speak_against_comes_back() -> None:
    found = column({"total": sound(60), "a": sound(10), "b": sound(20), "other": sound(30)}, SUM, BALANCE)
    assert told(found)["total"] == ("repaired", 30)
    repair = found.cells["total"].repair
    assert repair is not None
    assert (repair.kind, set(repair.forced_by)) == ("one_digit", {"expense_total", "balance"})


def test_what_forces_a_repair_proves_nothing_and_what_it_could_do_without_does() -> None:
    """Two sums force 30; a third that says so as well was not needed, so it stands as evidence."""
    third = Instance("liability_total", ((1, "total"), (-1, "c"), (-1, "d")))
    cells = {"total": sound(60), "a": sound(10), "b": sound(20), "other": sound(30), "c": sound(12), "d": sound(18)}
    found = column(cells, SUM, BALANCE, third, trusted=TRUSTED | {"liability_total"}, exact=TRUSTED | {"liability_total"})
    repair = found.cells["total"].repair
    assert told(found)["total"] == ("repaired", 30)
    assert repair is not None
    assert (len(repair.forced_by), len(repair.confirmed_by)) == (2, 1)
    assert found.cells["total"].spent == set(repair.forced_by)


def test_a_column_that_closes_asks_the_solver_nothing() -> None:
    assert column({"total": sound(30, 99), "a": sound(10, 11), "b": sound(20)}, SUM).asked == 0
    assert column({"total": sound(30), "a": LOST, "b": sound(20)}, SUM).asked == 0
    assert column({"total": sound(30), "a": sound(40, 10), "b": sound(20)}, SUM).asked > 0


def test_characters_that_can_only_be_one_figure_are_read_without_the_solver() -> None:
    sure = CellOptions((Option(Amount(Decimal(10), Decimal(1)), 1, 0, "row", is_sure=True),), is_blank=False)
    found = column({"total": sound(30), "a": sure, "b": sound(20)}, SUM)
    assert (told(found)["a"], found.asked) == (("repaired", 10), 0)


def test_what_prose_tells_decides_where_the_identities_leave_two() -> None:
    cells = {"total": sound(30), "a": sound(40), "b": sound(20)}
    cells["a"] = replace(cells["a"], external=(Amount(Decimal(10), Decimal(1)),))
    found = column(cells, SUM)
    assert told(found)["a"] == ("repaired", 10)
    repair = found.cells["a"].repair
    assert repair is not None
    assert repair.used_external


def test_what_is_told_speaks_against_a_figure_that_it_touches_at_its_edge() -> None:
    """Told to the last digit, 11 was held to agree with 10 and 12 as well, and decided nothing between them."""
    cells = {"total": sound(30), "a": damaged(10, 11), "b": sound(20)}
    cells["a"] = replace(cells["a"], external=(Amount(Decimal(11), Decimal(1)),))
    assert told(column(cells, SUM, exact=frozenset()))["a"] == ("repaired", 11)


def test_a_question_that_meets_the_limit_has_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "DETERMINISTIC_SECONDS", 1e-9)
    found = column({"total": sound(60), "a": sound(10), "b": sound(20), "other": sound(30)}, SUM, BALANCE)
    assert Status.REPAIRED not in {cell.status for cell in found.cells.values()}
    assert len(found.unclosed) == 2


def statement(figures: list[int]) -> tuple[dict[str, CellOptions], tuple[Instance, ...], dict[str, Decimal]]:
    """Two sections of three lines each, their totals, and the sum of the two printed twice, as a balance sheet has them."""
    one, two = figures[:3], figures[3:6]
    values = dict(zip("abc", one, strict=True)) | dict(zip("def", two, strict=True))
    values |= {"one": sum(one), "two": sum(two), "all": sum(figures[:6]), "other": sum(figures[:6])}
    rules = (
        Instance("current_assets_total", ((1, "one"), *((-1, key) for key in "abc"))),
        Instance("liability_total", ((1, "two"), *((-1, key) for key in "def"))),
        Instance("asset_total", ((1, "all"), (-1, "one"), (-1, "two"))),
        Instance("balance", ((1, "all"), (-1, "other"))),
    )
    return {key: sound(value) for key, value in values.items()}, rules, {key: Decimal(value) for key, value in values.items()}


def struck(value: Decimal, how: str, digit: int) -> CellOptions:
    """A cell as damage leaves it: lost, turned round, or with a digit changed, dropped or printed twice."""
    if how == "lost" or not value:
        return LOST
    digits, sign = str(abs(int(value))), -1 if value < 0 else 1
    at = digit % len(digits)
    changed = {
        "sign": digits,
        "changed": digits[:at] + str((int(digits[at]) + 1 + digit % 9) % 10) + digits[at + 1 :],
        "dropped": digits[:at] + digits[at + 1 :],
        "doubled": digits[: at + 1] + digits[at:],
    }[how]
    return sound((-sign if how == "sign" else sign) * int(changed or 0))


@given(
    st.lists(st.integers(-99_999, 99_999), min_size=6, max_size=6),
    st.lists(
        st.tuples(
            st.sampled_from("abcdef") | st.sampled_from(("one", "two", "all", "other")),
            st.sampled_from(("lost", "sign", "changed", "dropped", "doubled")),
            st.integers(0, 80),
        ),
        min_size=1,
        max_size=2,
        unique_by=lambda strike: strike[0],
    ),
)
@settings(max_examples=25, deadline=None)
def test_struck_cells_are_right_or_unproven_never_wrong_with_a_proof(
    figures: list[int], strikes: list[tuple[str, str, int]]
) -> None:
    """A wrong value may stand only where an identity that holds it is broken, or was spent: nothing vouches for it."""
    cells, rules, truth = statement(figures)
    cells |= {key: struck(truth[key], how, digit) for key, how, digit in strikes}
    names = frozenset(rule.name for rule in rules)
    found = column(cells, *rules, trusted=names, exact=names)
    spent = frozenset[str]().union(*(cell.spent for cell in found.cells.values()))
    for key, cell in found.cells.items():
        if cell.amount is None or cell.amount.value == truth[key]:
            continue
        broken = any(key in instance.keys for instance, _ in found.broken)
        vouching = [
            instance.name
            for instance, outcome in found.outcomes
            if key in instance.keys and outcome and not outcome.residual and instance.name not in spent
        ]
        assert broken or not vouching or _all_agree(cells, truth, rules, vouching, key), (key, cell)


def _all_agree(
    cells: dict[str, CellOptions], truth: dict[str, Decimal], rules: tuple[Instance, ...], vouching: list[str], key: str
) -> bool:
    """Whether two struck figures of one identity make up for each other as they stand: no arithmetic can notice that."""
    printed = {name: cell.sound.amount if cell.sound else None for name, cell in cells.items()}
    for rule in rules:
        outcome = evaluate(rule, printed) if rule.name in vouching else None
        wrong = [name for name in rule.keys if (amount := printed[name]) and amount.value != truth[name]]
        if outcome and outcome.closes and len(wrong) > 1 and key in wrong:
            return True
    return False


def per_share(name: str, figure: str) -> tuple[CellOptions, Instance]:
    """A per-share figure that looks sound, and its product with `shares`, which ought to be `net`."""
    found = Option(Amount(Decimal(figure), Decimal("0.001")), 0, 0)
    cell = CellOptions((found,), is_blank=False, rounding=Decimal("0.001"))
    return cell, Instance(name, ((1, name), (1, "shares"), (1, "net")), per_share=True)


def test_two_sound_figures_of_one_sum_are_not_changed_together() -> None:
    """2,226 and 85 close three identities, and neither was meant: two changes of one sum explain anything."""
    basic, of_basic = per_share("eps_basic", "0.079")
    diluted, of_diluted = per_share("eps_diluted", "0.079")
    result = Instance("net_income", ((1, "net"), (-1, "pretax"), (1, "tax")))
    found = column(
        {"net": sound(2726), "pretax": sound(2311), "tax": sound(55), "shares": sound(28_200)}
        | {"eps_basic": basic, "eps_diluted": diluted},
        result,
        of_basic,
        of_diluted,
        trusted=frozenset({"net_income", "eps_basic", "eps_diluted"}),
        exact=frozenset({"net_income"}),
    )
    assert Status.REPAIRED not in {cell.status for cell in found.cells.values()}


def test_a_per_share_figure_that_is_near_its_result_is_never_changed() -> None:
    """5.46 was made 5.49 by a product with the wrong result: a product is too coarse, and often of another result."""
    cell, product = per_share("eps", "5.460")
    found = column(
        {"eps": cell, "shares": sound(13_579), "net": sound(74_549), "pretax": sound(74_549)},
        product,
        Instance("net_income", ((1, "net"), (-1, "pretax"))),
        trusted=frozenset({"eps", "net_income"}),
        exact=frozenset({"net_income"}),
    )
    assert Status.REPAIRED not in {cell.status for cell in found.cells.values()}


AGREED = Instance("net_income", ((1, "net"), (-1, "pretax")))


@pytest.mark.parametrize(
    ("shares", "figure", "struck", "back"),
    [(13_579, "-5.490", "eps", "5.490"), (13_579, "45.490", "eps", "5.490"), (113_579, "5.490", "shares", "13579")],
)
def test_a_figure_far_from_an_agreed_result_gives_way(shares: int, figure: str, struck: str, back: str) -> None:
    """A lost sign, a digit too many: no result that lies between the two explains a difference as wide."""
    cell, product = per_share("eps", figure)
    found = column(
        {"eps": cell, "shares": sound(shares), "net": sound(74_549), "pretax": sound(74_549)},
        product,
        AGREED,
        trusted=frozenset({"eps", "net_income"}),
        exact=frozenset({"net_income"}),
    )
    assert told(found)[struck] == ("repaired", Decimal(back))
    assert not found.unclosed


def test_a_figure_far_from_a_result_that_no_sum_agrees_on_does_not_give_way() -> None:
    cell, product = per_share("eps", "45.490")
    found = column(
        {"eps": cell, "shares": sound(13_579), "net": sound(74_549), "pretax": sound(99_999)},
        product,
        AGREED,
        trusted=frozenset({"eps", "net_income"}),
        exact=frozenset({"net_income"}),
    )
    assert Status.REPAIRED not in {cell.status for cell in found.cells.values()}


def test_damaged_shares_are_read_as_the_one_reading_that_the_per_share_figure_allows() -> None:
    cell, product = per_share("eps", "5.490")
    cells = {"eps": cell, "net": sound(74_549), "pretax": sound(74_549)}
    trusted, exact = frozenset({"eps", "net_income"}), frozenset({"net_income"})
    one = column(cells | {"shares": damaged(18_579, 13_579, 19_579)}, product, AGREED, trusted=trusted, exact=exact)
    assert told(one)["shares"] == ("repaired", 13_579)
    two = column(cells | {"shares": damaged(13_578, 13_579, 19_579)}, product, AGREED, trusted=trusted, exact=exact)
    assert told(two)["shares"] == ("unreadable", None)


def test_a_lost_cell_is_not_the_one_loss_of_a_row_of_gains_on_the_word_of_one_sum() -> None:
    """Cash came out at minus 31,813: another line of the sum had gained a digit."""
    lost = replace(LOST, row=(Amount(Decimal(10), Decimal(1)), Amount(Decimal(12), Decimal(1))))
    assert told(column({"total": sound(30), "a": lost, "b": sound(200)}, SUM))["a"] == ("unreadable", None)
    assert told(column({"total": sound(30), "a": lost, "b": sound(20)}, SUM))["a"] == ("implied", 10)
    agreed = Instance("equal", ((1, "a"), (-1, "other")))
    trusted = TRUSTED | {"equal"}
    both = column({"total": sound(30), "a": lost, "b": sound(200), "other": sound(-170)}, SUM, agreed, trusted=trusted)
    assert told(both)["a"] == ("implied", -170)


def test_two_sums_that_agree_on_a_figure_of_other_digits_than_are_legible_do_not_repair_it() -> None:
    """Equity of 180,874 came out as 181,157, with a proof: both sums had taken the minority interest for a part of it."""
    cells = {"total": damaged(180_840, 180_184), "a": sound(142_481), "b": sound(38_676), "other": sound(181_157)}
    assert told(column(cells, SUM, BALANCE))["total"] == ("unreadable", None)
    near = cells | {"total": damaged(181_840, 181_184), "other": sound(181_157)}
    assert told(column(near, SUM, BALANCE))["total"] == ("repaired", 181_157), "most of its digits are legible"


def test_a_lost_figure_is_not_filled_in_against_what_is_told_of_it() -> None:
    """Net income came out as 1,858 by a sum with a struck tax, while the release says 1,838."""
    lost = replace(LOST, external=(Amount(Decimal(12), Decimal(1)),))
    assert told(column({"total": sound(30), "a": lost, "b": sound(20)}, SUM))["a"] == ("unreadable", None)
    assert told(column({"total": sound(30), "a": lost, "b": sound(18)}, SUM))["a"] == ("implied", 12)
