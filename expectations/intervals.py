"""The interval that a printed figure stands for, and what it is to agree and to add up.

Belongs here: closed intervals made of a figure and its rounding, and how two of them may lie. Does not belong here: which
figures are held against each other, or what follows (`identities.py`, `orchestration/filings/`).

A printed figure stands for half its last digit either side, as in XBRL Calculations 1.1 (XBRL International, Recommendation of
2023-02-22). There is no tolerance besides. Two questions, of which each caller names one:

- figures *agree*, that is may be one figure, where their intervals overlap: those of one precision that differ touch at most;
- figures *add up* where the interval of what is left over touches nought: each may have been rounded by all of its half.

The reader may import this module, so it imports the standard library alone; see
`docs/decisions/intervals-live-beside-the-identities.md`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

HALF = Decimal("0.5")


class Interval(NamedTuple):
    """A closed interval; a point where both ends are one."""

    low: Decimal
    high: Decimal

    @classmethod
    def around(cls, value: Decimal, rounding: Decimal) -> Interval:
        """What a figure stands for of which `rounding` is the weight of the last printed digit."""
        half = rounding * HALF
        return cls(value - half, value + half)

    def overlaps(self, *others: Interval) -> bool:
        """Whether all share more than a point: intervals that do so two by two do so all together."""
        every = (self, *others)
        return max(one.low for one in every) < min(one.high for one in every)

    def touches(self, other: Interval) -> bool:
        """Whether both share a point at least."""
        return self.low <= other.high and other.low <= self.high

    def __mul__(self, other: Interval) -> Interval:  # type: ignore[override]
        """The products of any two points: they lie between those of the ends."""
        (low, high), (least, most) = self, other
        corners = (low * least, low * most, high * least, high * most)
        return Interval(min(corners), max(corners))


def adds_up(residual: Decimal, rounding: Decimal) -> bool:
    """Whether figures that leave `residual` over add up, `rounding` being the sum of the roundings of them all."""
    return abs(residual) <= rounding * HALF
