"""Candidates for a figure that looks sound, in case it was damaged without a trace.

Belongs here: the figures within one change of a printed one, and the cost of each change (`repair_costs.csv`). Does not belong
here: characters that look damaged (`character_candidates.py`), which of the figures is right (`proof/`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from expectations.identities import Amount
from orchestration.filings.ocr.character_candidates import repair_costs

_PER_SHARE_DIGITS: Final = 3
_MOST_DIGITS: Final = 13


class UndetectedError(NamedTuple):
    """What a figure may have been; `kind` is the change that damaged it."""

    value: Decimal
    cost: int
    kind: str


def undetected_errors(
    printed: Amount, row: Sequence[Amount | None], beside: Sequence[Amount | None], is_count: bool = False
) -> list[UndetectedError]:
    """The figures one change away from a printed one, cheapest first, each once.

    `row` has the figures of the row's other columns, `beside` those right next to this one, all in the unit of `printed`. With
    `is_count` the figure counts something, such as shares, and cannot have the other sign.
    """
    base = repair_costs()["sound_cell"]
    best: dict[Decimal, UndetectedError] = {}
    signs = () if is_count else _other_sign(printed, row)
    for found in (*_other_digits(printed), *signs, *_shifted(printed, beside)):
        if found.value != printed.value and (found.value not in best or base + found.cost < best[found.value].cost):
            best[found.value] = found._replace(cost=base + found.cost)
    return sorted(best.values(), key=lambda one: (one.cost, one.value))


def _other_digits(printed: Amount) -> Iterator[UndetectedError]:
    """Figures with one digit changed, lost or doubled, or two digits swapped."""
    sign = -1 if printed.value < 0 else 1
    digits = str(int(abs(printed.value) / printed.rounding))
    if printed.rounding < 1:
        digits = digits.zfill(_PER_SHARE_DIGITS)
    if len(digits) > _MOST_DIGITS:
        return
    may_lead = printed.rounding < 1
    for kind, spellings in (
        ("one_digit", _with_another(digits, 1)),
        ("swapped_digits", _swapped(digits)),
        ("dropped_digit", _with_another(digits, 0)),
        ("doubled_digit", _undoubled(digits)),
    ):
        for spelling in spellings:
            if may_lead or spelling == "0" or not spelling.startswith("0"):
                yield UndetectedError(sign * int(spelling) * printed.rounding, repair_costs()[kind], kind)


def _swapped(digits: str) -> Iterator[str]:
    for at, (first, second) in enumerate(pairwise(digits)):
        yield digits[:at] + second + first + digits[at + 2 :]


def _with_another(digits: str, replaced: int) -> Iterator[str]:
    """The digits with one more at each place, instead of as many as are `replaced` there."""
    for at in range(len(digits) + 1 - replaced):
        for digit in "0123456789":
            yield digits[:at] + digit + digits[at + replaced :]


def _undoubled(digits: str) -> Iterator[str]:
    for at in range(1, len(digits)):
        if digits[at] == digits[at - 1]:
            yield digits[:at] + digits[at + 1 :]


def _other_sign(printed: Amount, row: Sequence[Amount | None]) -> Iterator[UndetectedError]:
    """The figure with the other sign; cheaper if all other figures of the row have that sign, dearer if none has."""
    signs = {other.value > 0 for other in row if other and other.value}
    turned = printed.value < 0
    bias = 0 if len(signs) != 1 else repair_costs()["sign_with_row"] if turned in signs else repair_costs()["sign_against_row"]
    kind = "sign_added" if turned else "sign_lost"
    if printed.value:
        yield UndetectedError(-printed.value, repair_costs()[kind] + bias, kind)


def _shifted(printed: Amount, beside: Sequence[Amount | None]) -> Iterator[UndetectedError]:
    """The figures of the next columns, one of which may stand here by mistake."""
    for other in beside:
        if other and other.value and other.rounding == printed.rounding:
            yield UndetectedError(other.value, repair_costs()["shifted_column"], "shifted_column")
