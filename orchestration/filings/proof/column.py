"""The data of one column of a statement: what each cell may be, and how it was resolved.

Belongs here: the options of cells, the evidence of other columns, resolved cells and their repairs. Does not belong here:
resolving them (`resolve.py`), what an identity may say of a figure (`identity_scope.py`).
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
    """One reading of a cell as an amount; `rank` is its index among the cell's readings, None where it is none of them.

    `is_sure`: its characters allow no other reading.
    """

    amount: Amount
    cost: int
    rank: int | None
    kind: str = "row"
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class CellOptions:
    """The possible values of a cell. `is_blank`: nothing is printed at its place.

    `may_be_lost`: the row has a figure in every other column, so that a blank is a lost figure; else a blank is a nil. `row`
    are the amounts of the other columns, `beside` those of the columns next to this one, `external` the external figures of the
    cell, `rounding` the weight of the last digit that figures of the row have.
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
        """The cell's sound figure, which costs nothing."""
        return self.options[0] if self.options and self.options[0].cost == 0 else None

    @property
    def sure(self) -> Option | None:
        """The cell's figure where it is sound, its only option, or sure by its characters."""
        is_alone = len(self.options) == 1 or (self.options and self.options[0].is_sure)
        return self.sound or (self.options[0] if is_alone else None)


@dataclass(frozen=True, slots=True)
class IdentityEvidence:
    """What the other columns of a table say of its identities.

    `supported` close in one of them: only these may decide a cell, since an identity that holds nowhere may rest on misread
    lines. `exact` close there without a residual wherever they close; a choice must do so too.
    """

    supported: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Repair:
    """Why a repair was accepted: its cost within the solution, the identities, and the next best solution.

    `forced_by` alone leave the cell no other value within the margin; `confirmed_by` close as well. `weighed` are the choices
    of the cell. `runner_up` is its value in the cheapest solution that gives it another one; None where there is none.
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
    """The result for a cell; `option` is None where the value is none of its readings, or there is no value.

    `spent` are the identities used to find the value, `doubted_by` those for which a figure that can be read is withheld.
    """

    status: Status
    amount: Amount | None
    option: Option | None = None
    spent: frozenset[str] = frozenset()
    repair: Repair | None = None
    doubted_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedColumn:
    """A resolved column: its cells by key, and the outcome of each identity (None where it cannot be tested).

    `unclosed` are the supported identities that no repair closed, with the residual as printed: figures were withheld for them.
    `asked` counts the calls of the solver.
    """

    cells: Mapping[str, ResolvedCell]
    outcomes: tuple[tuple[Instance, Outcome | None], ...]
    unclosed: tuple[tuple[Instance, Decimal], ...] = ()
    asked: int = 0

    @property
    def broken(self) -> list[tuple[Instance, Outcome]]:
        """The identities that the accepted values break."""
        return [(instance, outcome) for instance, outcome in self.outcomes if outcome and not outcome.closes]
