"""What damaged characters may say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.filings.ocr.character_candidates import MAX_READINGS, character_candidates, confusable_digits, repair_costs
from tests.hang_guard import no_hang


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9,8OO", "9800"), ("(2,4l0)", "-2410"), ("12.001", "12001"), ("12 001", "12001"), ("1,234567", "1234567"),
        ("(2,400", "-2400"), ("2,400)", "-2400"), ("$ l2,5O0", "12500"), ("0.l0", "0.10"),
        ("27,1~43", "27143"), ("5,»355", "5355"), ("12,345:", "12345"), ("0.1~2", "0.12"), ("10,43-5", "10435"),
        ("12,3 45", "12345"), ("26,35 2", "26352"), ("12,,345", "12345"), ("12,345.", "12345"), ("0,12", "0.12"),
        ("(12,345J", "-12345"), ("(12,345l", "-12345"), ("<12,345)", "-12345"), ("44,345))", "-44345"), ("0·12", "0.12"),
    ],
)  # fmt: skip
def test_characters_that_leave_one_figure_are_sure(text: str, value: str) -> None:
    first = character_candidates(text)[0]
    assert (first.value, first.is_sure) == (Decimal(value), True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9,80", "9800"),
        ("1,2#4", "1234"),
        ("5|,397", "5397"),
        ("2004,468", "204468"),
        ("1~2,345", "12345"),
        ("3  09", "309"),
        ("1,2345", "12345"),
        ("123,45", "12345"),
        (".12,345", "12345"),
        ("(559l", "-559"),
    ],
)
def test_what_the_characters_leave_open_is_a_reading_and_never_sure(text: str, value: str) -> None:
    found = character_candidates(text)
    assert Decimal(value) in {one.value for one in found}
    assert not any(one.is_sure for one in found)


def test_no_group_of_thousands_begins_with_nought() -> None:
    """`0,12` was read as 12 thousandths short of a digit: no figure is printed so."""
    assert {one.value for one in character_candidates("0,12")} == {Decimal("0.12")}


def test_a_sign_that_is_the_double_of_a_digit_is_a_digit_before_it_is_dirt() -> None:
    """`(0.0&)` was read as 0.0 first, which has a decimal less than its row."""
    assert character_candidates("(0.0&)")[0].value == Decimal("-0.08")


def test_a_figure_that_a_blank_parts_from_a_stray_one_has_no_cents() -> None:
    """`28,209 73` was read as 28,209.73, which a sum in thousands could not tell from 28,209."""
    assert Decimal("28209.73") not in {one.value for one in character_candidates("28,209 73")}


@pytest.mark.parametrize("text", ["#@!%", "", "abc", "n/a", "~~~", "x" * 40 + "1"])
def test_rubbish_says_nothing(text: str) -> None:
    assert character_candidates(text) == ()


@given(st.integers(1, 10**9), st.integers(0, 30), st.booleans())
def test_a_letter_for_a_digit_always_leaves_the_figure_among_the_readings(value: int, at: int, is_loss: bool) -> None:
    digits = f"{value:,}"
    letters = {digit: char for char, several in confusable_digits().items() for digit, _ in several if char.isalpha()}
    places = [place for place, char in enumerate(digits) if char.isdigit()]
    place = places[at % len(places)]
    worn = digits[:place] + letters[digits[place]] + digits[place + 1 :]
    found = character_candidates(f"({worn})" if is_loss else worn)
    legible = sum(char.isdigit() for char in worn)
    assert not legible or Decimal(-value if is_loss else value) in {one.value for one in found}


@given(st.text("0123456789OlISB#@~,. ()|'-$", max_size=60))
@settings(max_examples=200)
def test_readings_are_bounded_ordered_and_each_once(text: str) -> None:
    with no_hang():
        found = character_candidates(text)
    assert len(found) <= MAX_READINGS
    assert [one.cost for one in found] == sorted(one.cost for one in found)
    assert len({(one.value, one.step) for one in found}) == len(found)
    assert sum(one.is_sure for one in found) <= 1


def test_every_cost_is_there_and_has_a_reason() -> None:
    known = repair_costs()
    assert known["margin"] > 0
    assert known["sound_cell"] + known["one_digit"] + known["margin"] < known["broken_identity"]
    assert known["broken_identity"] < 2 * (known["sound_cell"] + known["one_digit"])


def test_a_speck_before_a_short_group_may_be_what_is_left_of_a_digit() -> None:
    found = character_candidates("`7,942")
    assert {Decimal(7942), Decimal(17942)} <= {one.value for one in found}
    assert not any(one.is_sure for one in found)
    assert character_candidates("`117,942")[0].is_sure


def test_an_s_before_a_whole_figure_may_be_the_dollar_sign() -> None:
    """`S37,544` was repaired into 537,544 on both sides of a balance sheet, which closed."""
    first, second = character_candidates("S37,544")[:2]
    assert {first.value, second.value} == {Decimal(37_544), Decimal(537_544)}
    assert first.cost == second.cost > 0
    assert not first.is_sure
