"""What a sound figure may have been before it was damaged without a trace."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from expectations.identities import Amount
from orchestration.filings.ocr.undetected_errors import undetected_errors


def amount(value: int | str, rounding: int | str = 1) -> Amount:
    return Amount(Decimal(value), Decimal(rounding))


def kinds(printed: Amount, *row: Amount) -> dict[Decimal, str]:
    return {one.value: one.kind for one in undetected_errors(printed, row, row)}


def test_every_kind_of_change_is_thought_of() -> None:
    found = kinds(amount(1225), amount(900))
    assert found[Decimal(1325)] == "one_digit"
    assert found[Decimal(12_725)] == "dropped_digit"
    assert found[Decimal(125)] == "doubled_digit"
    assert found[Decimal(-1225)] == "sign_lost"
    assert found[Decimal(900)] == "shifted_column"
    assert Decimal(1225) not in found


def test_a_sign_is_cheaper_to_lose_where_the_rest_of_the_row_has_it() -> None:
    cost = {sign: undetected_errors(amount(500), (amount(sign * 400),), ())[0].cost for sign in (-1, 1)}
    alone = next(one.cost for one in undetected_errors(amount(500), (amount(-400),), ()) if one.kind == "sign_lost")
    against = next(one.cost for one in undetected_errors(amount(500), (amount(400),), ()) if one.kind == "sign_lost")
    assert alone < against
    assert cost[-1] == alone


def test_cents_keep_their_place() -> None:
    assert kinds(amount("0.10", "0.01"))[Decimal("0.70")] == "one_digit"
    assert kinds(amount("0.10", "0.01"))[Decimal("1.10")] == "one_digit"


@given(st.integers(-(10**12), 10**12))
def test_no_figure_is_suspected_of_being_itself_or_twice_of_the_same(value: int) -> None:
    found = [one.value for one in undetected_errors(amount(value), (), ())]
    assert len(found) == len(set(found))
    assert Decimal(value) not in found
    assert all(one == one.to_integral_value() for one in found)


def test_a_nought_may_have_become_any_digit() -> None:
    """A nil struck to 5 had no way back, and a sound figure beside it was changed in its stead."""
    assert kinds(amount(5))[Decimal(0)] == "one_digit"


def test_two_digits_may_have_changed_places() -> None:
    assert kinds(amount(2526))[Decimal(2256)] == "swapped_digits"
