"""One column: which reading of each cell is right."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.identities import Amount, Instance
from orchestration.filings.proof.resolve import CellOptions, Column, Evidence, Option, resolve
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
) -> Column:
    return resolve(cells, instances, Evidence(trusted, exact))


def told(found: Column) -> dict[str, tuple[str, Decimal | None]]:
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


def test_a_break_that_no_reading_mends_stays_broken_and_nothing_is_changed() -> None:
    found = column({"total": sound(30), "a": sound(40, 17), "b": sound(20)}, SUM)
    assert told(found) == {"total": ("as_read", 30), "a": ("as_read", 40), "b": ("as_read", 20)}
    assert [instance.name for instance, _ in found.broken] == ["expense_total"]


def test_two_repairs_that_cost_the_same_are_none() -> None:
    found = column({"total": sound(30), "a": sound(15, 10), "b": sound(20, 15)}, SUM)
    assert {status for status, _ in told(found).values()} == {"as_read"}
    assert found.broken


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
    found = column({"total": sound(30), "a": sound(40, 11), "b": sound(20)}, SUM)
    assert told(found)["a"] == ("as_read", 40)


def test_a_per_share_figure_overrules_no_printed_result() -> None:
    """0.10 a share is too coarse: damaged shares would have it take the worse reading of a sound net income."""
    per_share = Instance("eps_basic", ((1, "eps"), (1, "shares"), (1, "income")), per_share=True)
    eps = CellOptions((Option(Amount(Decimal("0.20"), Decimal("0.01")), 0, 0),), is_blank=False)
    cells = {"eps": eps, "shares": sound(50), "income": sound(13, 10)}
    found = column(cells, per_share, trusted=frozenset({"eps_basic"}), exact=frozenset())
    assert told(found)["income"] == ("as_read", 13)
    assert found.broken


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
