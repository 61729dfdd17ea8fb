"""What is asked of one column of a statement, and what became of it.

Belongs here: what each cell may say, what the other columns say of the identities, each cell as it was resolved, and why. Does
not belong here: resolving it (`resolve.py`), or what an identity may say of a figure (`identity_scope.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from expectations.identities import Amount, Instance, Outcome
from orchestration.filings.proof.solver import Choice
from orchestration.filings.records import Status


@dataclass(frozen=True, slots=True)
class Option:
    """One reading of a cell as an amount; `rank` is its place among the cell's readings, 0 the cheapest, None where it is none.

    `is_sure` says that its characters leave no other reading.
    """

    amount: Amount
    cost: int
    rank: int | None
    kind: str = "row"
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class CellOptions:
    """What a cell may say. `is_blank` means that nothing is printed at its place.

    `may_be_lost` tells the two meanings of a blank apart: a row with a figure in every other column has lost this one, a row
    with more blanks prints a nil as a blank. `row` are the figures of the other columns, `beside` those of the columns next to
    this one, `external` what the filing says of the figure outside its statement, `rounding` the weight of the last digit that
    figures of the row have.
    """

    options: tuple[Option, ...]
    is_blank: bool
    may_be_lost: bool = True
    row: tuple[Amount | None, ...] = ()
    beside: tuple[Amount | None, ...] = ()
    external: tuple[Amount, ...] = ()
    rounding: Decimal = Decimal(1)

    @property
    def sound(self) -> Option | None:
        """The cell's own sound figure, which costs nothing."""
        return self.options[0] if self.options and self.options[0].cost == 0 else None

    @property
    def sure(self) -> Option | None:
        """The cell's figure where its characters leave no other, or a copy of its row is all that is left of it."""
        is_alone = len(self.options) == 1 or (self.options and self.options[0].is_sure)
        return self.sound or (self.options[0] if is_alone else None)


@dataclass(frozen=True, slots=True)
class IdentityEvidence:
    """What the other columns of a table say of its identities.

    `supported` close in one of them: only these may say what a cell must be, for an identity that holds nowhere may rest on
    lines that were misunderstood. `exact` close there to the last digit wherever they close: a choice must do so too.
    """

    supported: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Repair:
    """Why a repair was accepted: its cost within the answer, what forces it, what else agrees, and the next best answer.

    `forced_by` alone leave the cell no other figure within the margin; `confirmed_by` close as well and were not needed. The
    runner-up is the cheapest answer in which the cell has another figure; None where there is none at any cost.
    """

    kind: str
    cost: int
    forced_by: tuple[str, ...]
    confirmed_by: tuple[str, ...]
    weighed: tuple[Choice, ...] = ()
    runner_up: Decimal | None = None
    runner_up_cost: int | None = None
    used_external: bool = False


@dataclass(frozen=True, slots=True)
class ResolvedCell:
    """What became of a cell: `option` None where the value is implied or unreadable. `spent` were used to find it.

    `doubted_by` are the identities for which a figure that can be read is withheld.
    """

    status: Status
    amount: Amount | None
    option: Option | None = None
    spent: frozenset[str] = frozenset()
    repair: Repair | None = None
    doubted_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedColumn:
    """A resolved column: each cell by its key, and the outcome of each identity (None where it cannot be tested).

    `unclosed` are the supported identities that no repair closed, by how much they are off as printed: one of their figures is
    wrong, and some were withheld for it. `asked` counts the questions put to the solver.
    """

    cells: Mapping[str, ResolvedCell]
    outcomes: tuple[tuple[Instance, Outcome | None], ...]
    unclosed: tuple[tuple[Instance, Decimal], ...] = ()
    asked: int = 0

    @property
    def broken(self) -> list[tuple[Instance, Outcome]]:
        """The identities that the accepted values break."""
        return [(instance, outcome) for instance, outcome in self.outcomes if outcome and not outcome.closes]
