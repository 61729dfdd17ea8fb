"""One column of a statement: which reading of each cell is right, as the identities decide.

Belongs here: choosing among the readings of cells, implying what is lost, saying what stays unreadable. Does not belong
here: what the identities are (`expectations/identities.py`), where readings come from (`statements/lines.py`).

A column whose own sound figures close is taken as it stands. Where they do not close, or a cell has no sound figure of
its own, the cheapest choice of readings under which every identity closes is accepted if it is the only one at that
cost. A cell without any reading is implied if the identities leave it one value; a blank one where blanks print nils
may only be nought. All else is unreadable, candidates kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from math import prod
from typing import Final

from expectations.identities import Amount, Instance, Outcome, evaluate, solve
from orchestration.filings.records import Status

MAX_CHANGED: Final = 3
"""More changed cells than this in one column is no repair but a rewriting."""
MAX_CHOICES: Final = 20_000
"""Bound on the choices weighed in one column."""


@dataclass(frozen=True, slots=True)
class Option:
    """One reading of a cell as an amount; `rank` is its place among the cell's readings, 0 the cheapest."""

    amount: Amount
    cost: int
    rank: int


@dataclass(frozen=True, slots=True)
class CellOptions:
    """What a cell may say. `is_blank` means that nothing is printed at its place.

    `may_be_lost` tells the two meanings of a blank apart: a row with a figure in every other column has lost this one, a row
    with more blanks prints a nil as a blank.
    """

    options: tuple[Option, ...]
    is_blank: bool
    may_be_lost: bool = True

    @property
    def sound(self) -> Option | None:
        """The cell's own sound figure, which costs nothing."""
        return self.options[0] if self.options and self.options[0].cost == 0 else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the other columns of a table say of its identities.

    `trusted` close in one of them: only these may say what a cell must be, for an identity that holds nowhere may rest on
    lines that were misunderstood. `exact` close there to the last digit wherever they close: a choice must do so too.
    """

    trusted: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Resolved:
    """What became of a cell: `option` None where the value is implied or unreadable. `spent` were used to find it."""

    status: Status
    amount: Amount | None
    option: Option | None = None
    spent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Column:
    """A resolved column: each cell by its key, and the outcome of each identity (None where it cannot be tested)."""

    cells: Mapping[str, Resolved]
    outcomes: tuple[tuple[Instance, Outcome | None], ...]

    @property
    def broken(self) -> list[tuple[Instance, Outcome]]:
        """The identities that the accepted values break."""
        return [(instance, outcome) for instance, outcome in self.outcomes if outcome and not outcome.closes]


def resolve(cells: Mapping[str, CellOptions], instances: Sequence[Instance], evidence: Evidence) -> Column:
    """The accepted value of every cell of a column."""
    return _Resolver(cells, instances, evidence).run()


@dataclass
class _Resolver:
    cells: Mapping[str, CellOptions]
    instances: Sequence[Instance]
    evidence: Evidence
    resolved: dict[str, Resolved] = field(default_factory=dict)

    def run(self) -> Column:
        steps = (self._take_sound, self._choose, self._imply, self._give_up)
        for step in steps:
            step()
        amounts = self._amounts()
        return Column(self.resolved, tuple((instance, evaluate(instance, amounts)) for instance in self.instances))

    def _amounts(self) -> dict[str, Amount | None]:
        return {key: found.amount for key, found in self.resolved.items()}

    def _take_sound(self) -> None:
        for key, cell in self.cells.items():
            if cell.sound:
                self.resolved[key] = Resolved(Status.AS_READ, cell.sound.amount, cell.sound)

    def _choose(self) -> None:
        """Cells of broken identities, and cells without a sound figure, by the cheapest choice that closes all."""
        amounts = self._amounts()
        broken = [instance for instance in self.instances if (out := evaluate(instance, amounts)) and not out.closes]
        suspects = {key for instance in broken for key in instance.keys}
        lost = [key for key, cell in self.cells.items() if key not in self.resolved and cell.options]
        doubtful = [key for key in self.cells if key in suspects and len(self.cells[key].options) > 1]
        best = self._cheapest(lost, doubtful, broken)
        if best:
            for key, option in best.items():
                self._accept(key, option)

    def _accept(self, key: str, option: Option) -> None:
        rivals = len(self.cells[key].options) > 1
        testing = next((instance.name for instance in self.instances if key in instance.keys), None)
        spent = frozenset({testing}) if rivals and testing else frozenset()
        self.resolved[key] = Resolved(Status.REPAIRED, option.amount, option, spent)

    def _cheapest(self, lost: Sequence[str], doubtful: Sequence[str], broken: Sequence[Instance]) -> dict[str, Option] | None:
        """The one choice that finds most lost cells at the least cost; None where there is none, or two that differ."""
        found = [
            (-len(choice.keys() & set(lost)), sum(option.cost for option in choice.values()), choice)
            for choice in self._choices(lost, doubtful)
            if choice and self._closes(choice, broken)
        ]
        if not found:
            return None
        least = min((lost_found, cost) for lost_found, cost, _ in found)
        cheapest = [choice for lost_found, cost, choice in found if (lost_found, cost) == least]
        return cheapest[0] if len(cheapest) == 1 else None

    def _choices(self, lost: Sequence[str], doubtful: Sequence[str]) -> Iterator[dict[str, Option]]:
        """Choices in order of cells changed; a lost cell may also be left lost."""
        weighed = 0
        for count in range(min(len(doubtful), MAX_CHANGED) + 1):
            for changed in combinations(doubtful, count):
                lists: list[tuple[Option | None, ...]] = [(*self.cells[key].options, None) for key in lost]
                lists += [self.cells[key].options[1:] for key in changed]
                if weighed + prod(map(len, lists)) > MAX_CHOICES:
                    return
                for options in product(*lists):
                    weighed += 1
                    yield {key: option for key, option in zip((*lost, *changed), options, strict=True) if option}

    def _closes(self, choice: Mapping[str, Option], broken: Sequence[Instance]) -> bool:
        """Every identity that a changed cell is in closes, each changed cell is in one, and none stays broken."""
        amounts = self._amounts() | {key: option.amount for key, option in choice.items()}
        proven: set[str] = set()
        for instance in self.instances:
            touched = choice.keys() & set(instance.keys)
            if not touched and instance not in broken:
                continue
            outcome = evaluate(instance, amounts)
            if outcome is None:
                continue
            if not outcome.closes or (touched and outcome.residual and instance.name in self.evidence.exact):
                return False
            if instance.name in self.evidence.trusted:
                proven |= {key for key in touched if self._may_tell(instance, key)}
        return proven == choice.keys()

    def _may_tell(self, instance: Instance, key: str) -> bool:
        """Whether an identity may choose a cell's reading: a per-share figure is too coarse to overrule what is printed."""
        return not instance.per_share or key == instance.keys[0] or self.cells[key].sound is None

    def _imply(self) -> None:
        """What one identity leaves a single value for, over and over until nothing new follows."""
        while True:
            found = self._implied()
            if not found:
                return
            self.resolved.update(found)

    def _implied(self) -> dict[str, Resolved]:
        amounts = self._amounts()
        for key in self.cells:
            if key in self.resolved or self.cells[key].options:
                continue
            telling = [instance for instance in self.instances if instance.name in self.evidence.trusted]
            answers = [(instance, answer) for instance in telling if (answer := _solved(instance, key, amounts))]
            if not answers:
                continue
            source, narrowest = min(answers, key=lambda answer: answer[1].rounding)
            if any(abs(answer.value - narrowest.value) * 2 > answer.rounding + narrowest.rounding for _, answer in answers):
                continue
            trial = amounts | {key: narrowest}
            if any(
                (out := evaluate(instance, trial)) and not out.closes for instance in self.instances if key in instance.keys
            ):
                continue
            is_nil = narrowest.value == 0 and self.cells[key].is_blank
            if self.cells[key].is_blank and not is_nil and not self.cells[key].may_be_lost:
                continue
            return {key: Resolved(Status.IMPLIED, narrowest, None, frozenset() if is_nil else frozenset({source.name}))}
        return {}

    def _give_up(self) -> None:
        for key, cell in self.cells.items():
            if key not in self.resolved and not (cell.is_blank and not cell.options):
                self.resolved[key] = Resolved(Status.UNREADABLE, None)


def _solved(instance: Instance, key: str, amounts: Mapping[str, Amount | None]) -> Amount | None:
    return solve(instance, key, amounts) if key in instance.keys else None
