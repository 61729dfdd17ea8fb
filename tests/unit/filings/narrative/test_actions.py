"""What was done to guidance, by its words and by its numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.filings.narrative.actions import action_of, checked_action, direction_of, is_contradicted
from orchestration.filings.narrative.money import Range


def between(low: int | None, high: int | None) -> Range:
    bounds = (None if bound is None else Decimal(bound) for bound in (low, high))
    return Range(*bounds, "USD", 0, 1, is_range=True, rounding=Decimal(1))


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("We are raising our guidance", "raised"),
        ("reiterates its guidance", "unchanged"),
        ("lowered its outlook and then raised it", "lowered"),
        ("is narrowing the range", "narrowed"),
        ("expects revenues of", None),
    ],
)
def test_the_first_action_that_words_tell(words: str, action: str | None) -> None:
    assert action_of(words) == action


@pytest.mark.parametrize(
    ("now", "action"),
    [
        ((10, 20), "unchanged"),
        ((12, 18), "narrowed"),
        ((12, 20), "narrowed"),
        ((12, 22), "raised"),
        ((8, 18), "lowered"),
        ((5, 30), "raised"),
    ],
)
def test_where_both_ranges_are_whole_the_numbers_hold(now: tuple[int, int], action: str) -> None:
    said = "lowered" if action == "raised" else "raised"
    assert checked_action(said, between(*now), between(10, 20)) == action
    assert is_contradicted(said, (action, action), between(10, 20))


def test_without_guidance_before_the_words_hold_and_without_words_it_is_new() -> None:
    assert checked_action("raised", between(10, 20), None) == "raised"
    assert checked_action(None, between(10, 20), None) == "initiated"
    assert not is_contradicted("raised", ("initiated", None), None)


def test_of_a_range_with_one_bound_the_words_hold_and_else_its_bound() -> None:
    assert checked_action("lowered", between(12, None), between(10, 20)) == "lowered"
    assert checked_action(None, between(12, None), between(10, None)) == "raised"
    assert checked_action(None, between(None, 8), between(None, 10)) == "lowered"
    assert checked_action(None, between(12, None), between(12, None)) == "unchanged"


@pytest.mark.parametrize(
    ("action", "now", "previous", "sign", "direction"),
    [
        ("lowered", (-20, -18), (-29, -26), -1, "raised"),
        ("raised", (-61, -57), (-56, -52), -1, "lowered"),
        ("raised", (12, 22), (10, 20), 1, "raised"),
        ("narrowed", (-19, -18), (-20, -17), -1, "narrowed"),
        ("unchanged", (-20, -18), (-20, -18), -1, "unchanged"),
        # Wider to both sides: the value goes nowhere.
        ("lowered", (8, 22), (10, 20), 1, None),
        ("lowered", (-20, None), (-29, -26), -1, "raised"),
        ("raised", (12, 22), None, 1, "raised"),
        # Whether the value was raised or the loss, the words do not say.
        ("raised", (-20, -18), None, -1, None),
        ("initiated", (12, 22), None, 1, None),
    ],
)
def test_the_direction_is_of_the_value(
    action: str, now: tuple[int, int | None], previous: tuple[int, int] | None, sign: int, direction: str | None
) -> None:
    assert direction_of(action, between(*now), between(*previous) if previous else None, sign) == direction


def test_words_that_fit_the_value_contradict_nothing() -> None:
    assert not is_contradicted("raised", ("lowered", "raised"), between(26, 29))
