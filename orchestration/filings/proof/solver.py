"""The cheapest choice of readings in one column under which its identities close, by CP-SAT over exact integers.

Belongs here: building the model, solving it, solving it again with a solution forbidden. Does not belong here: which cells are
in doubt and their choices (`resolve.py`), the identities (`expectations/identities.py`).

The same problem always has the same solution: one worker, a fixed seed, and a limit in deterministic time, not clock time. At
the limit there is no solution rather than a worse one. OR-tools is imported on first use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from expectations.identities import Amount, Instance, evaluate

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

DETERMINISTIC_SECONDS: Final = 0.5
"""Limit of one solve; a column of forty cells takes a hundredth of it."""
MAX_OPTIONS: Final = 12_000
"""Limit on the choices of one column; a table with more is no statement."""
MAX_UNTRACED: Final = 3
"""Limit on the sound-looking figures that are changed in one column."""
_WIDENED: Final = (1.2, 2)
"""The first bounds on the cost, in penalties of a broken identity. One change of a sound figure costs less than the first, two
less than the second."""
_WIDEST: Final = 10**15
"""Bound on the terms of a sum in the smallest unit, so that the sum stays within 64 bits."""
_LARGEST: Final = 1 << 62
"""What a sum in the smallest unit may come to: the solver counts in 64 bits."""


class Choice(NamedTuple):
    """One possible value of a cell and its cost; `kind` is a change of `repair_costs.csv`, `row` or `blank`.

    `is_untraced`: the characters look sound, so an error would have left no trace.
    """

    amount: Amount
    cost: int
    kind: str
    rank: int | None = None
    is_untraced: bool = False


@dataclass(frozen=True, slots=True)
class CellDomain:
    """The possible values of a cell: its choices, and the cost of any other value (None where none is allowed)."""

    choices: tuple[Choice, ...]
    free_cost: int | None = None
    free_rounding: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Constraint:
    """An identity that should close within `slack`; leaving it broken costs `penalty`."""

    instance: Instance
    slack: Decimal
    penalty: int


@dataclass(frozen=True, slots=True)
class Solution:
    """A cheapest solution: its cost, the choice of each cell, the names of the broken identities."""

    cost: int
    chosen: Mapping[str, Choice]
    broken: frozenset[str]

    def values(self, keys: Sequence[str]) -> dict[str, Decimal]:
        """The values of some cells."""
        return {key: self.chosen[key].amount.value for key in keys}


@dataclass
class ConstraintProblem:
    """One column as a constraint problem: `cells` by key, `constraints` in the order of the identities."""

    cells: Mapping[str, CellDomain]
    constraints: Sequence[Constraint]
    asked: int = field(default=0)

    def best(
        self,
        without: frozenset[str] = frozenset(),
        other_than: Mapping[str, Decimal] | None = None,
        at_most: int | None = None,
    ) -> Solution | None:
        """The cheapest solution; None where there is none. Raises SolverLimitReached at the limit.

        `without` leaves constraints out by name. `other_than` forbids solutions in which all these cells have these values.
        `at_most` bounds the cost.
        """
        self.asked += 1
        for bound in self._bounds(at_most):
            try:
                found = _Model(self, without, other_than or {}, bound).solution()
            except SolverLimitReached:
                if bound == at_most:
                    raise
            else:
                if found is not None:
                    return found
        return None

    def _bounds(self, at_most: int | None) -> Iterator[int | None]:
        """Widening bounds on the cost, the last one `at_most`: the cheapest solution within one bound is the cheapest of all.

        A low bound makes the search short.
        """
        step = max((constraint.penalty for constraint in self.constraints), default=0)
        bounds = (int(step * times) for times in _WIDENED)
        yield from (bound for bound in bounds if bound and (at_most is None or bound < at_most))
        yield at_most

    @cached_property
    def unit(self) -> int:
        """The power of ten that makes every amount of the column an integer, as an exponent."""
        exponents = [0]
        for cell in self.cells.values():
            for choice in cell.choices:
                exponents.append(_exponent(choice.amount.value))
                exponents.append(_exponent(choice.amount.rounding))
            exponents.append(_exponent(cell.free_rounding))
        return -min(exponents)

    def whole(self, value: Decimal) -> int:
        """An amount as an integer in the smallest unit of the column. Raises SolverLimitReached beyond 64 bits."""
        return _held(int(value.scaleb(self.unit)))


class SolverLimitReached(Exception):
    """The limit of deterministic time, or of figures in 64 bits, was met, so there is no solution."""


def _held(*terms: int) -> int:
    """The sum of some terms, which the solver can hold whatever their signs are."""
    if sum(map(abs, terms)) > _LARGEST:
        raise SolverLimitReached
    return sum(terms)


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(int(exponent), 0)


class _Model:
    def __init__(
        self, problem: ConstraintProblem, without: frozenset[str], other_than: Mapping[str, Decimal], at_most: int | None
    ) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - takes half a second; sound filings do not need it

        self.cp_model = cp_model
        self.model = cp_model.CpModel()
        self.problem = problem
        self.literals: dict[str, list[cp_model.IntVar]] = {}
        self.free: dict[str, tuple[cp_model.IntVar, cp_model.IntVar]] = {}
        self.broken: dict[str, cp_model.IntVar] = {}
        self.costs: list[tuple[Any, int]] = []
        self.untraced: list[cp_model.IntVar] = []
        self.constant = 0
        for key, cell in problem.cells.items():
            self._add_cell(key, cell)
        for constraint in problem.constraints:
            if constraint.instance.name not in without:
                self._add_constraint(constraint)
        if other_than:
            self._forbid(other_than)
        self.model.add(sum(self.untraced) <= MAX_UNTRACED)
        total = sum(literal * cost for literal, cost in self.costs) + self.constant
        if at_most is not None:
            self.model.add(total <= at_most)
        self.model.minimize(total)

    def _add_cell(self, key: str, cell: CellDomain) -> None:
        if len(cell.choices) == 1 and cell.free_cost is None:
            self.constant += cell.choices[0].cost
            return
        literals = [self.model.new_bool_var("") for _ in cell.choices]
        self.literals[key] = literals
        self.costs += [(literal, choice.cost) for literal, choice in zip(literals, cell.choices, strict=True) if choice.cost]
        self.untraced += [one for one, choice in zip(literals, cell.choices, strict=True) if choice.is_untraced]
        ways = list(literals)
        if cell.free_cost is not None:
            is_free = self.model.new_bool_var("")
            step = max(self.problem.whole(cell.free_rounding), 1)
            bound = _WIDEST // (step * max(len(self.problem.cells), 1))
            figure = self.model.new_int_var(-bound, bound, "")
            self.model.add(figure == 0).only_enforce_if(is_free.negated())
            self.free[key] = is_free, figure
            self.costs.append((is_free, cell.free_cost))
            ways.append(is_free)
        self.model.add_exactly_one(ways)

    def _value(self, key: str) -> tuple[list[tuple[Any, int]], int]:
        """The value of a cell as terms and a constant, in whole units."""
        cell, whole = self.problem.cells[key], self.problem.whole
        if key not in self.literals:
            return [], whole(cell.choices[0].amount.value)
        terms = [
            (literal, whole(choice.amount.value)) for literal, choice in zip(self.literals[key], cell.choices, strict=True)
        ]
        if key in self.free:
            terms.append((self.free[key][1], max(whole(cell.free_rounding), 1)))
        return terms, 0

    def _add_constraint(self, constraint: Constraint) -> None:
        broken = self.model.new_bool_var("")
        self.broken[constraint.instance.name] = broken
        self.costs.append((broken, constraint.penalty))
        if constraint.instance.per_share:
            self._add_per_share(constraint.instance, broken)
            return
        terms: list[tuple[Any, int]] = []
        constant = 0
        for sign, key in constraint.instance.terms:
            own, fixed = self._value(key)
            terms += [(variable, sign * factor) for variable, factor in own]
            constant += sign * fixed
        slack = self.problem.whole(constraint.slack)
        _held(slack, constant, *(factor for _, factor in terms))
        total = self.cp_model.LinearExpr.weighted_sum([variable for variable, _ in terms], [factor for _, factor in terms])
        self.model.add_linear_constraint(total, -slack - constant, slack - constant).only_enforce_if(broken.negated())

    def _add_per_share(self, instance: Instance, broken: Any) -> None:
        """Constrain one changed member while the others have their first choice; a per-share figure is too coarse for more."""
        usual = {key: self.problem.cells[key].choices[0].amount for key in instance.keys if self.problem.cells[key].choices}
        if len(usual) < len(instance.keys):
            return
        open_keys = [key for key in instance.keys if key in self.literals]
        for key in open_keys:
            for literal, choice in zip(self.literals[key], self.problem.cells[key].choices, strict=True):
                outcome = evaluate(instance, usual | {key: choice.amount})
                others = [self.literals[other][0].negated() for other in open_keys if other != key]
                if outcome and not outcome.closes:
                    self.model.add_bool_or([literal.negated(), broken, *others])

    def _forbid(self, values: Mapping[str, Decimal]) -> None:
        """Require another value in at least one of the cells."""
        differs = []
        for key, value in values.items():
            same = [at for at, choice in enumerate(self.problem.cells[key].choices) if choice.amount.value == value]
            if key not in self.literals:
                continue
            other = self.model.new_bool_var("")
            differs.append(other)
            for at in same:
                self.model.add_implication(other, self.literals[key][at].negated())
            if key in self.free:
                self._forbid_free(key, value, other)
        self.model.add_bool_or(differs)

    def _forbid_free(self, key: str, value: Decimal, other: Any) -> None:
        is_free, figure = self.free[key]
        step = max(self.problem.whole(self.problem.cells[key].free_rounding), 1)
        at = self.problem.whole(value) // step
        below, above = self.model.new_bool_var(""), self.model.new_bool_var("")
        self.model.add(figure <= at - 1).only_enforce_if(below)
        self.model.add(figure >= at + 1).only_enforce_if(above)
        self.model.add_bool_or([below, above, is_free.negated(), other.negated()])

    def solution(self) -> Solution | None:
        """The proven optimum; None where there is none. Raises SolverLimitReached at the limit."""
        solver = self.cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = DETERMINISTIC_SECONDS
        solver.parameters.symmetry_level = 0
        solver.parameters.linearization_level = 1
        solver.parameters.cp_model_presolve = False  # a column is small: solving is faster than presolving
        status = solver.solve(self.model)
        if status == self.cp_model.INFEASIBLE:
            return None
        if status != self.cp_model.OPTIMAL:
            raise SolverLimitReached
        chosen = {key: self._chosen(solver, key, cell) for key, cell in self.problem.cells.items()}
        broken = frozenset(name for name, literal in self.broken.items() if solver.boolean_value(literal))
        return Solution(round(solver.objective_value), chosen, broken)

    def _chosen(self, solver: cp_model.CpSolver, key: str, cell: CellDomain) -> Choice:
        for literal, choice in zip(self.literals.get(key, ()), cell.choices, strict=False):
            if solver.boolean_value(literal):
                return choice
        if key in self.free and cell.free_cost is not None:
            step = max(self.problem.whole(cell.free_rounding), 1)
            value = Decimal(solver.value(self.free[key][1]) * step).scaleb(-self.problem.unit)
            return Choice(Amount(value, cell.free_rounding), cell.free_cost, "free_value")
        return cell.choices[0]
