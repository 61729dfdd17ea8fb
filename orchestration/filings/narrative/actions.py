"""What was done to guidance: initiated, raised, lowered, narrowed, left unchanged.

Belongs here: the action of a range, from the words beside it and from the numbers before and after, and where that leads its
value. Does not belong here: which ranges are guidance (`outlook.py`), their sections (`guidance.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from orchestration.filings.narrative.money import Range
from orchestration.filings.records import GuidanceAction

_ACTIONS: Final = (
    (GuidanceAction.UNCHANGED, re.compile(
        r"\b(?:unchanged|reiterat\w+|reaffirm\w*|reconfirm\w*|maintain\w*|affirm\w*|confirm\w*|no\s+change"
        r"|consistent\s+with\s+(?:its|our|the)?\s*(?:previous|prior)|continues?\s+to\s+expect|remains?\s+(?:the\s+same|on\s+track))",
        re.IGNORECASE)),
    (GuidanceAction.NARROWED, re.compile(r"\b(?:narrow|tighten)\w*", re.IGNORECASE)),
    (GuidanceAction.LOWERED, re.compile(r"\b(?:lower|reduc|decreas|cut(?:s|ting)?\b|down\s+from)\w*", re.IGNORECASE)),
    (GuidanceAction.RAISED, re.compile(r"\b(?:rais|increas|up\s+from|higher\s+than\s+(?:previous|prior))\w*", re.IGNORECASE)),
)  # fmt: skip
_OPPOSITE: Final = {
    GuidanceAction.RAISED: GuidanceAction.LOWERED,
    GuidanceAction.LOWERED: GuidanceAction.RAISED,
}


def action_of(words: str) -> GuidanceAction | None:
    """The first action that some words name; None where they name none."""
    told = [(found.start(), action) for action, finder in _ACTIONS if (found := finder.search(words))]
    return min(told)[1] if told else None


def checked_action(said: GuidanceAction | None, now: Range, previous: Range | None) -> GuidanceAction:
    """The action by words and numbers; where all bounds are known, the numbers decide."""
    if previous is None:
        return said or GuidanceAction.INITIATED
    if None not in (now.low, now.high, previous.low, previous.high):
        return _action_of_numbers(now, previous)
    if said:
        return said
    if now[:2] == previous[:2]:
        return GuidanceAction.UNCHANGED
    return GuidanceAction.RAISED if _middle(now) > _middle(previous) else GuidanceAction.LOWERED


def direction_of(action: GuidanceAction, now: Range, previous: Range | None, sign: int) -> GuidanceAction | None:
    """Where the value goes, of ranges signed as values are: a smaller loss is `raised`.

    None for new guidance, for a range that only widened, and where words alone tell of a loss: "raises its guidance" may then
    be said of the value or of the figure as printed.
    """
    if action == GuidanceAction.INITIATED:
        return None
    if previous is not None and None not in (now.low, now.high, previous.low, previous.high):
        direction = _action_of_numbers(now, previous)
        has_moved = direction not in _OPPOSITE or _middle(now) != _middle(previous)
        return direction if has_moved else None
    if sign > 0 or action not in _OPPOSITE:
        return action
    return _OPPOSITE[action] if previous is not None else None


def is_contradicted(said: GuidanceAction | None, shown: Sequence[GuidanceAction | None], previous: Range | None) -> bool:
    """Whether the words name another action than the numbers show, of the figure as printed or of its value."""
    return said is not None and previous is not None and said not in shown


def _action_of_numbers(now: Range, previous: Range) -> GuidanceAction:
    low, high = _bounds(now)
    old_low, old_high = _bounds(previous)
    if (low, high) == (old_low, old_high):
        return GuidanceAction.UNCHANGED
    if low >= old_low and high <= old_high:
        is_narrower = (low > old_low and high < old_high) or high - low < old_high - old_low
        return GuidanceAction.NARROWED if is_narrower else GuidanceAction.UNCHANGED
    return GuidanceAction.RAISED if low + high > old_low + old_high else GuidanceAction.LOWERED


def _bounds(item: Range) -> tuple[Decimal, Decimal]:
    low = item.low if item.low is not None else item.high
    high = item.high if item.high is not None else item.low
    return low or Decimal(0), high or Decimal(0)


def _middle(item: Range) -> Decimal:
    return sum(_bounds(item), Decimal(0))
