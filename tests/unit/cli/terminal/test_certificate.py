"""A certificate in words: what was wrong with the figure, and which of the weighed readings are shown."""

from __future__ import annotations

from decimal import Decimal

from orchestration.cli.terminal.certificate import cheapest, why_repaired


def certificate(raw_text: str, changes: list[str], forced_by: list[str]) -> dict[str, object]:
    return {"raw_text": raw_text, "weighed_changes": changes, "forced_by": forced_by}


def test_a_repair_says_whether_the_characters_were_damaged_or_looked_sound() -> None:
    sound = why_repaired(certificate("12,672", ["row", "one_digit"], ["revenue_total"]))
    damaged = why_repaired(certificate("3,28", ["damaged_characters"], ["revenue_total"]))
    assert sound.startswith("the characters look sound, but")
    assert damaged.startswith("the characters are damaged")


def test_the_cheapest_of_what_was_weighed_are_shown_and_the_one_taken() -> None:
    row = {
        "value": Decimal(835),
        "runner_up": Decimal(735),
        "weighed_values": ["135", "235", "335", "435", "535", "735", "835"],
        "weighed_changes": ["damaged_characters"] * 7,
        "weighed_costs": [3, 9, 9, 9, 3, 9, 9],
    }
    assert [(value, cost) for value, _, cost in cheapest(row)] == [("135", 3), ("535", 3), ("835", 9), ("735", 9)]
    assert cheapest(row | {"weighed_costs": [3, 3, 3, 3, 3, 3, 9]})[-1] == ("835", "damaged_characters", 9)
