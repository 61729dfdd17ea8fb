"""Chooses the reading of each cell in one column of a statement by the identities.

Belongs here: the order of the steps, which cells are in doubt, what is accepted of a solution. Does not belong here: the data
classes (`column.py`), the identities (`expectations/identities.py`), the readings (`tables/lines.py`,
`ocr/character_candidates.py`), undetected errors in sound figures (`ocr/undetected_errors.py`), the search (`solver.py`).

Sound figures are taken as they are, damaged cells with only one possible figure too, and a lost cell is implied if the
identities leave it one value. Only if an identity is then broken or a cell undecided, the cheapest repair is searched. A
repaired cell is accepted if every solution that gives it another value costs more by a margin. All other cells are unreadable,
and so are the figures of an identity that stays broken, unless another sum confirms them (`broken_identities.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final

from rapidfuzz.distance import Levenshtein

from expectations.identities import Amount, Instance, closes, evaluate, per_share_figure, solve
from orchestration.filings.ocr.character_candidates import repair_costs
from orchestration.filings.ocr.undetected_errors import undetected_errors
from orchestration.filings.proof.broken_identities import doubted_figures
from orchestration.filings.proof.column import CellOptions, IdentityEvidence, Option, Repair, ResolvedCell, ResolvedColumn
from orchestration.filings.proof.identity_scope import IdentityScope
from orchestration.filings.proof.solver import (
    MAX_OPTIONS,
    CellDomain,
    Choice,
    Constraint,
    ConstraintProblem,
    Solution,
    SolverLimitReached,
)
from orchestration.filings.records import Status

ALIKE: Final = 0.5
"""Least share of its digits that a damaged figure keeps."""
MAX_DOUBTFUL: Final = 12
"""Limit on the solutions within the margin that are searched for doubtful figures; beyond it no figure is named."""


def resolve(cells: Mapping[str, CellOptions], instances: Sequence[Instance], evidence: IdentityEvidence) -> ResolvedColumn:
    """The accepted value of every cell of a column."""
    return _Resolver(cells, instances, evidence).run()


@dataclass
class _Resolver:
    cells: Mapping[str, CellOptions]
    instances: Sequence[Instance]
    evidence: IdentityEvidence
    resolved: dict[str, ResolvedCell] = field(default_factory=dict)
    asked: int = 0

    def run(self) -> ResolvedColumn:
        self._take_sound()
        self._take_sure()
        settled, printed = dict(self.resolved), self._amounts()
        self._imply()
        if self._in_doubt():
            self.resolved = settled
            self._repair()
            self._imply()
        self._withhold()
        self._give_up()
        amounts = self._amounts()
        outcomes = tuple((instance, evaluate(instance, amounts)) for instance in self.instances)
        return ResolvedColumn(self.resolved, outcomes, tuple(self._unclosed(printed, amounts)), self.asked)

    def _amounts(self) -> dict[str, Amount | None]:
        return {key: found.amount for key, found in self.resolved.items()}

    @cached_property
    def _scope(self) -> IdentityScope:
        supported = [instance for instance in self.instances if instance.name in self.evidence.supported]
        return IdentityScope(self.cells, supported)

    @property
    def _supported(self) -> list[Instance]:
        """The supported identities that may decide a cell."""
        return self._scope.instances

    def _take_sound(self) -> None:
        for key, cell in self.cells.items():
            if cell.sound:
                self.resolved[key] = ResolvedCell(Status.AS_READ, cell.sound.amount, cell.sound)

    def _take_sure(self) -> None:
        """Take damaged cells whose only possible figure is sure or closes a sum, unless a supported identity contradicts it."""
        only = {key: cell.sure for key, cell in self.cells.items() if key not in self.resolved}
        read = {key: option for key, option in only.items() if option}
        trial = self._amounts() | {key: option.amount for key, option in read.items()}
        against = {key for instance in self._supported if closes(instance, trial) is False for key in instance.keys}
        sums = [instance for instance in self._supported if not instance.per_share and closes(instance, trial)]
        for key, option in read.items():
            is_told = option.is_sure or any(key in instance.keys for instance in sums)
            if key not in against and is_told:
                self.resolved[key] = ResolvedCell(
                    Status.REPAIRED, option.amount, option, repair=self._as_read(key, option, trial)
                )

    def _as_read(self, key: str, option: Option, amounts: Mapping[str, Amount | None]) -> Repair:
        """The `Repair` of a figure taken from its characters: no identity forces it, those that close confirm it."""
        agreeing = tuple(one.name for one in self.instances if key in one.keys and closes(one, amounts))
        rivals = tuple(Choice(other.amount, other.cost, other.kind, other.rank) for other in self.cells[key].options)
        second = (rivals[1].amount.value, rivals[1].cost) if len(rivals) > 1 else (None, None)
        return Repair(option.kind, option.cost, (), agreeing, rivals, *second)

    # --- repair -----------------------------------------------------------------------------------------------------------

    def _in_doubt(self) -> bool:
        """Whether a supported identity is broken, or has a member that is undecided and has readings."""
        amounts = self._amounts()
        if any(closes(instance, amounts) is False for instance in self._supported):
            return True
        undecided = {key for key, cell in self.cells.items() if key not in self.resolved and cell.options}
        return any(undecided & set(instance.keys) for instance in self._supported)

    def _repair(self) -> None:
        """Search the cheapest repair without external figures, and again with them if a doubt remains."""
        passes = (False, True) if any(cell.external for cell in self.cells.values()) else (False,)
        for with_external in passes:
            problem = self._problem(with_external)
            if problem is None:
                return
            try:
                self._take_certain(problem, with_external, is_last=with_external is passes[-1])
            except SolverLimitReached:
                return
            finally:
                self.asked += problem.asked
            if not self._in_doubt():
                return

    def _problem(self, with_external: bool) -> ConstraintProblem | None:
        """The cells in doubt as a constraint problem; None where it has no constraint or more than `MAX_OPTIONS` choices."""
        first = {key: cell.options[0].amount if cell.options else None for key, cell in self.cells.items()}
        first |= self._amounts()
        broken = [instance for instance in self._supported if closes(instance, first) is False]
        suspects = {key for instance in broken for key in instance.keys}
        cells = {key: self._domain(key, key in suspects, with_external) for key in self.cells}
        cells = {key: cell for key, cell in cells.items() if cell.choices or cell.free_cost is not None}
        if sum(len(cell.choices) for cell in cells.values()) > MAX_OPTIONS:
            return None
        constraints = [self._constraint(instance, first) for instance in self._supported if cells.keys() >= set(instance.keys)]
        open_keys = {key for key, cell in cells.items() if len(cell.choices) != 1 or cell.free_cost is not None}
        constraints = [constraint for constraint in constraints if open_keys & set(constraint.instance.keys)]
        members = {key for constraint in constraints for key in constraint.instance.keys}
        cells = {key: cell for key, cell in cells.items() if key in members}
        return ConstraintProblem(cells, constraints) if constraints else None

    def _constraint(self, instance: Instance, amounts: Mapping[str, Amount | None]) -> Constraint:
        """An identity as a constraint: where it is exact elsewhere, it may be off only by as much as with `amounts`."""
        outcome = evaluate(instance, amounts)
        if instance.name in self.evidence.exact:
            slack = abs(outcome.residual) if outcome and outcome.closes else Decimal(0)
        else:
            slack = outcome.tolerance if outcome else Decimal(0)
        return Constraint(instance, slack, repair_costs()["broken_identity"])

    def _domain(self, key: str, is_suspect: bool, with_external: bool) -> CellDomain:
        cell, done = self.cells[key], self.resolved.get(key)
        if done and done.amount and not is_suspect:
            return CellDomain((Choice(done.amount, 0, "row", 0),))
        choices = [Choice(option.amount, option.cost, option.kind, option.rank) for option in cell.options]
        if cell.sound:
            known = {choice.amount.value for choice in choices}
            choices += [
                Choice(Amount(other.value, cell.sound.amount.rounding), other.cost, other.kind, None, is_untraced=True)
                for other in undetected_errors(cell.sound.amount, cell.row, cell.beside, key in self._counts)
                if other.value not in known
            ]
            free = repair_costs()["sound_cell"] + repair_costs()["free_value"] if self._sums(key) > 1 else None
        elif cell.is_blank and not cell.may_be_lost:
            return CellDomain((Choice(Amount(Decimal(0), cell.rounding), 0, "blank"),))
        else:
            free = repair_costs()["free_value" if cell.options else "lost_cell"]
        if with_external and cell.external:
            choices = [self._against_external(choice, cell.external) for choice in choices]
        return CellDomain(tuple(choices), free, cell.rounding)

    @cached_property
    def _counts(self) -> set[str]:
        """The keys of the share counts, by which per-share figures are multiplied."""
        return {instance.keys[1] for instance in self.instances if instance.per_share}

    def _sums(self, key: str) -> int:
        """In how many supported sums a cell is; only with two may a sound figure become any value."""
        return sum(key in instance.keys for instance in self._supported if not instance.per_share)

    @staticmethod
    def _against_external(choice: Choice, external: Sequence[Amount]) -> Choice:
        is_told = any(one.agrees(choice.amount) for one in external)
        return choice if is_told else choice._replace(cost=choice.cost + repair_costs()["told_otherwise"])

    def _take_certain(self, problem: ConstraintProblem, with_external: bool, is_last: bool) -> None:
        """Accept each cell whose every other value costs more by the margin; on the last pass, withhold doubtful figures."""
        best = problem.best()
        if best is None:
            return
        closed = [constraint.instance for constraint in problem.constraints if constraint.instance.name not in best.broken]
        certain: dict[str, Solution | None] = {}
        changed = list(self._changed(problem, best))
        overruled = {key for key in changed if self.cells[key].sound}
        for key in changed:
            if key in overruled and not self._scope.may_overrule(key, overruled, closed):
                continue
            if any(key in instance.keys and self._scope.may_choose_reading(instance, key) for instance in closed):
                values, within = best.values([key]), best.cost + repair_costs()["margin"] - 1
                if not self._is_implausible(key, best) and problem.best(other_than=values, at_most=within) is None:
                    certain[key] = self._runner_up(problem, values)
        doubtful = self._doubtful(problem, best, certain) if is_last else set()
        if certain:
            self._accept(problem, best, certain, with_external)
        for key in doubtful:
            self.resolved[key] = ResolvedCell(Status.UNREADABLE, None)

    def _is_implausible(self, key: str, best: Solution) -> bool:
        """Whether a value is too unlike the printed digits, or fills a lost cell against the signs of its row."""
        options, choice = self.cells[key].options, best.chosen[key]
        if choice.kind == "free_value" and options:
            return _likeness(options[0].amount, choice.amount) < ALIKE
        chosen = self._amounts() | {other: choice.amount for other, choice in best.chosen.items()}
        return not options and self._turns_against_row(key, chosen)

    @staticmethod
    def _runner_up(problem: ConstraintProblem, values: Mapping[str, Decimal]) -> Solution | None:
        """The cheapest solution with other values, for the certificate; None too where the solver met its limit."""
        try:
            return problem.best(other_than=values)
        except SolverLimitReached:
            return None

    def _doubtful(self, problem: ConstraintProblem, best: Solution, certain: Collection[str]) -> set[str]:
        """The sound figures that some solution within the margin of the best one changes: one of them is wrong.

        Empty where there are too many such solutions; the identity then stays broken.
        """
        standing = {
            key: found.amount.value
            for key, found in self.resolved.items()
            if key in problem.cells and key not in certain and found.amount and len(problem.cells[key].choices) > 1
            if any(key in constraint.instance.keys and not constraint.instance.per_share for constraint in problem.constraints)
        }
        doubtful: set[str] = set()
        for _ in range(MAX_DOUBTFUL):
            left = {key: value for key, value in standing.items() if key not in doubtful}
            other = problem.best(other_than=left, at_most=best.cost + repair_costs()["margin"] - 1) if left else None
            if other is None:
                return doubtful
            doubtful |= {key for key, value in left.items() if other.chosen[key].amount.value != value}
        return set()

    def _changed(self, problem: ConstraintProblem, best: Solution) -> Iterator[str]:
        for key, choice in best.chosen.items():
            done = self.resolved.get(key)
            if (len(problem.cells[key].choices) > 1 or problem.cells[key].free_cost is not None) and not (
                done and done.amount and done.amount.value == choice.amount.value
            ):
                yield key

    def _accept(
        self, problem: ConstraintProblem, best: Solution, certain: Mapping[str, Solution | None], with_external: bool
    ) -> None:
        forced_by, confirmed_by = self._forcing(problem, best, certain)
        for key, runner_up in certain.items():
            choice = best.chosen[key]
            own = {constraint.instance.name for constraint in problem.constraints if key in constraint.instance.keys}
            repair = Repair(
                choice.kind,
                choice.cost,
                tuple(name for name in forced_by if name in own) or forced_by,
                tuple(name for name in confirmed_by if name in own),
                problem.cells[key].choices,
                runner_up.chosen[key].amount.value if runner_up else None,
                runner_up.cost - best.cost + choice.cost if runner_up else None,
                with_external,
            )
            cell = self.cells[key]
            option = cell.options[choice.rank] if choice.rank is not None and cell.options else None
            status = Status.REPAIRED if cell.options else Status.IMPLIED
            self.resolved[key] = ResolvedCell(status, choice.amount, option, frozenset(forced_by), repair)

    def _forcing(
        self, problem: ConstraintProblem, best: Solution, certain: Mapping[str, Solution | None]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The identities that force the accepted values, none of which can be left out, and those that only agree."""
        touching = [
            constraint.instance.name
            for constraint in problem.constraints
            if constraint.instance.name not in best.broken and certain.keys() & set(constraint.instance.keys)
        ]
        needless: list[str] = []
        values, most = best.values(list(certain)), best.cost + repair_costs()["margin"] - 1
        for name in reversed(touching):
            if self._is_impossible(problem, frozenset({*needless, name}), values, most):
                needless.append(name)
        return tuple(name for name in touching if name not in needless), tuple(reversed(needless))

    @staticmethod
    def _is_impossible(problem: ConstraintProblem, without: frozenset[str], values: Mapping[str, Decimal], most: int) -> bool:
        """Whether no other solution costs `most` or less; False at the solver's limit, so the identity counts as needed."""
        try:
            return problem.best(without, values, most) is None
        except SolverLimitReached:
            return False

    # --- lost cells -----------------------------------------------------------------------------------------------------

    def _imply(self) -> None:
        """Fill the lost cells that one identity leaves a single value, until nothing new follows."""
        while found := self._implied():
            self.resolved.update(found)

    def _implied(self) -> dict[str, ResolvedCell]:
        amounts = self._amounts()
        for key in self.cells:
            if key in self.resolved or self.cells[key].options:
                continue
            telling = [instance for instance in self.instances if instance.name in self.evidence.supported]
            rounding = self.cells[key].rounding
            answers = [(instance, answer) for instance in telling if (answer := _solved(instance, key, rounding, amounts))]
            if not answers:
                continue
            source, narrowest = min(answers, key=lambda answer: answer[1].rounding)
            if not all(answer.agrees(narrowest) for _, answer in answers):
                continue
            if self.cells[key].external and not any(one.agrees(narrowest) for one in self.cells[key].external):
                continue
            trial = amounts | {key: narrowest}
            if any(closes(instance, trial) is False for instance in self.instances if key in instance.keys):
                continue
            is_nil = narrowest.value == 0 and self.cells[key].is_blank
            if self.cells[key].is_blank and not is_nil and not self.cells[key].may_be_lost:
                continue
            if self._turns_against_row(key, trial):
                continue
            if is_nil:
                return {key: ResolvedCell(Status.IMPLIED, narrowest)}
            agreeing = tuple(instance.name for instance, _ in answers if instance.name != source.name)
            repair = Repair("lost_cell", repair_costs()["lost_cell"], (source.name,), agreeing)
            return {key: ResolvedCell(Status.IMPLIED, narrowest, None, frozenset({source.name}), repair)}
        return {}

    def _withhold(self) -> None:
        """Make the figures of supported identities that stay broken unreadable."""
        for key, names in doubted_figures(self._supported, self._amounts()).items():
            self.resolved[key] = ResolvedCell(Status.UNREADABLE, None, doubted_by=names)

    def _unclosed(
        self, printed: Mapping[str, Amount | None], accepted: Mapping[str, Amount | None]
    ) -> Iterator[tuple[Instance, Decimal]]:
        """The supported identities that the printed figures break and the accepted ones leave untestable, with the residual."""
        for instance in self._supported:
            outcome = evaluate(instance, printed)
            if outcome and not outcome.closes and evaluate(instance, accepted) is None:
                yield instance, outcome.residual

    def _turns_against_row(self, key: str, amounts: Mapping[str, Amount | None]) -> bool:
        """Whether a lost figure would be the only one of its sign in its row, and fewer than two identities confirm it.

        Such a value more often comes from another wrong figure of the sum.
        """
        signs = {other.value > 0 for other in self.cells[key].row if other and other.value}
        own = amounts[key]
        if not own or not own.value or len(signs) != 1 or (own.value > 0) in signs:
            return False
        return [closes(instance, amounts) for instance in self.instances if key in instance.keys].count(True) < 2

    def _give_up(self) -> None:
        for key, cell in self.cells.items():
            if key not in self.resolved and not (cell.is_blank and not cell.options):
                self.resolved[key] = ResolvedCell(Status.UNREADABLE, None)


def _likeness(one: Amount, other: Amount) -> float:
    """The share of digits that two amounts have in common, in order."""
    digits = (str(int(abs(amount.value) / min(one.rounding, other.rounding))) for amount in (one, other))
    return Levenshtein.normalized_similarity(*digits)


def _solved(instance: Instance, key: str, rounding: Decimal, amounts: Mapping[str, Amount | None]) -> Amount | None:
    if instance.per_share:
        return per_share_figure(instance, rounding, amounts) if key == instance.keys[0] else None
    return solve(instance, key, amounts) if key in instance.keys else None
