"""A sentence that looks ahead: which range states which metric, and which is only the guidance before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.filings.narrative.metrics import metric_mentions
from orchestration.filings.narrative.money import ranges
from orchestration.filings.narrative.outlook import StatedRange, is_outlook, metric_of, signed, stated_ranges, unit_of


def stated(text: str, in_section: bool = False) -> list[StatedRange]:
    return list(stated_ranges(text, list(ranges(text)), list(metric_mentions(text)), in_section))


def gist(text: str, in_section: bool = False) -> list[tuple[str | None, int, int, int | None]]:
    """Metric, bounds and the lower bound before, in millions."""
    million = Decimal(1_000_000)
    return [
        (metric_of(one), one.range.low / million, one.range.high / million, one.previous and one.previous.low / million)
        for one in stated(text, in_section)
    ]


def test_what_is_expected_is_an_outlook_and_what_was_is_none() -> None:
    assert is_outlook("We expect revenues of $20 million in 2024.")
    assert not is_outlook("Revenues were $20 million.")
    assert not is_outlook("We expect that our cash will be sufficient to fund operations into 2025.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The company expects revenues between $18 million and $20 million.", [("Revenues", 18, 20, None)]),
        ("We expect $18 million to $20 million of revenues.", [("Revenues", 18, 20, None)]),
        (
            "We are raising our revenues guidance from $18-$20 million to $22-$24 million.",
            [("Revenues", 22, 24, 18)],
        ),
        (
            "We expect revenues of $22-$24 million, compared to previous guidance of $18-$20 million.",
            [("Revenues", 22, 24, None)],
        ),
        ("Subscription plans of every kind sold well, and revenues cheered Acme, whose price is $18-$20 million.", []),
    ],
)
def test_a_range_is_of_the_metric_beside_it_unless_it_is_the_guidance_before(text: str, expected: list[tuple]) -> None:
    assert gist(text) == expected


def test_a_single_amount_is_guidance_only_where_something_is_expected() -> None:
    assert not stated("Revenues of $20 million.")
    assert gist("Revenues of $20 million.", in_section=True) == [("Revenues", 20, 20, None)]


@pytest.mark.parametrize(
    ("text", "metric", "unit"),
    [
        ("We expect diluted earnings per share of $1.10 to $1.20.", "EarningsPerShareDiluted", "USD/share"),
        ("We expect net income of $1.10 to $1.20 per share.", "EarningsPerShareBasic", "USD/share"),
        ("We expect revenues of $1.10 to $1.20 per share.", None, "USD/share"),
    ],
)
def test_per_share_ranges_are_of_per_share_metrics(text: str, metric: str | None, unit: str) -> None:
    [one] = stated(text)
    assert (metric_of(one), unit_of(one)) == (metric, unit)


def test_a_loss_is_negative_and_its_lower_bound_comes_first() -> None:
    [item] = ranges("a net loss of $5 million to $6 million")
    assert signed(item, -1) == (-6_000_000, -5_000_000)
    assert signed(item, 1) == (5_000_000, 6_000_000)
    assert signed(item._replace(low=None), -1) == (-6_000_000, None)
