"""Intervals of rounding: how they lie to each other, and what it is to agree and to add up."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from expectations.identities import Amount
from expectations.intervals import Interval, adds_up

FIGURES = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
ROUNDINGS = st.integers(-2, 6).map(lambda power: Decimal(1).scaleb(power))
INTERVALS = st.builds(Interval.around, FIGURES, ROUNDINGS)
POINTS = FIGURES.map(lambda value: Interval(value, value))


@given(INTERVALS | POINTS, INTERVALS | POINTS)
def test_to_overlap_and_to_touch_are_symmetric_and_to_overlap_is_to_touch(one: Interval, other: Interval) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert one.touches(other) == other.touches(one)
    assert one.touches(other) or not one.overlaps(other)


@given(INTERVALS | POINTS)
def test_an_interval_overlaps_itself_unless_it_is_a_point(one: Interval) -> None:
    assert one.touches(one)
    assert one.overlaps(one) == (one.low < one.high)


@given(FIGURES, ROUNDINGS)
def test_a_figure_touches_its_neighbours_of_one_precision_and_agrees_with_none(value: Decimal, rounding: Decimal) -> None:
    own, beside, beyond = (Amount(value + step * rounding, rounding) for step in (0, 1, 2))
    assert own.interval.touches(beside.interval)
    assert not own.interval.touches(beyond.interval)
    assert own.agrees(own)
    assert not own.agrees(beside)


@given(st.lists(INTERVALS, min_size=2, max_size=5))
def test_all_overlap_where_they_do_two_by_two(several: list[Interval]) -> None:
    pairs = all(one.overlaps(other) for one in several for other in several)
    assert several[0].overlaps(*several[1:]) == pairs


@given(INTERVALS, INTERVALS, st.data())
def test_a_product_holds_the_products_of_its_points(one: Interval, other: Interval, data: st.DataObject) -> None:
    points = [data.draw(st.decimals(low, high, allow_nan=False, places=2 + 1)) for low, high in (one, other)]
    assert (one * other).low <= points[0] * points[1] <= (one * other).high


@given(st.lists(st.tuples(FIGURES, ROUNDINGS), min_size=1, max_size=8), st.data())
def test_figures_that_were_rounded_add_up_as_what_they_were_did(
    figures: list[tuple[Decimal, Decimal]], data: st.DataObject
) -> None:
    """However each was rounded; one unit more than all their halves is too much."""
    halves = [int(rounding * 500) for _, rounding in figures]
    off = sum(Decimal(data.draw(st.integers(-half, half))) / 1000 for half in halves)
    rounding = sum((rounding for _, rounding in figures), Decimal(0))
    assert adds_up(off, rounding)
    assert not adds_up(rounding / 2 + Decimal("0.001"), rounding)
