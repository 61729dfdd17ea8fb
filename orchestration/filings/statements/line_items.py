"""The lines of a statement with their concepts, and what each is a part of.

Belongs here: what a line item is, and the identities' view of it. Does not belong here: which concept a line has (`claims.py`,
`by_place.py`), what it is a part of (`calculation.py`), the words of labels (`text/labels.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property

from expectations.identities import Line as IdentityLine
from orchestration.filings.tables.lines import Closing, StatementLine
from orchestration.filings.text.labels import is_per_share, is_share_count
from orchestration.filings.vocabulary import grouped, rows


@dataclass(frozen=True)
class LineItem:
    """A line of a statement with its `concepts`: two for "basic and diluted", or none.

    `worth` is what a printed 1 is worth by a note of its own ("Shares (000's)"); None where that of the statement holds.
    """

    line: StatementLine
    concepts: tuple[str, ...]
    parent: str | None = None
    weight: int = 1
    is_under_per_share: bool = False
    is_under_shares: bool = False
    worth: Decimal | None = None

    @property
    def number(self) -> int:
        """Its source line."""
        return self.line.line

    def chosen_for(self, closings: frozenset[Closing]) -> LineItem:
        """The item, its line marked: these identities chose how it is read."""
        return replace(self, line=self.line.chosen_for(closings))

    @cached_property
    def is_money(self) -> bool:
        """Whether the line states an amount of money in the scale of its statement."""
        return not (
            self.is_under_per_share
            or is_per_share(self.line.label)
            or self.counts_shares
            or any(is_of_shares(name) for name in self.concepts)
        )

    @cached_property
    def counts_shares(self) -> bool:
        """Whether the line states a number of shares."""
        if self.concepts:
            return any(name.startswith("WeightedAverageShares") for name in self.concepts)
        return self.is_under_shares or is_share_count(self.line.label)


def identity_lines(items: Sequence[LineItem]) -> list[IdentityLine]:
    """The lines as the identities take them, each under its index; one that states two concepts is two."""
    return [
        IdentityLine(str(index), concept, item.parent, item.weight)
        for index, item in enumerate(items)
        for concept in item.concepts or (None,)
    ]


@cache
def concept_roles() -> dict[str, str]:
    """The role of each concept: a `total` gathers lines, a `result` separates them, a `line` does neither."""
    return {row["concept"]: row["role"] for row in rows("concepts")}


@cache
def concepts_in(group: str) -> frozenset[str]:
    """The concepts of a group of `concept_groups.csv`."""
    return frozenset(grouped("concept_groups", "group", "concept")[group])


def is_of_shares(concept: str) -> bool:
    """Whether a concept is a number of shares or an amount per share, not money."""
    return concept.startswith(("EarningsPerShare", "WeightedAverageShares"))
