"""Interpretations that compete: where a choice is open, the alternative that scores best is taken.

Belongs here: choosing among alternatives, the margin, and the mark of what chose. Does not belong here: making alternatives
(the module of each question), the scores (`heads.py`, `statements/score.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, Self, TypeVar

from orchestration.filings.tables.lines import Closing
from orchestration.filings.tables.passes import PLAIN, Runner
from orchestration.filings.tables.trace import TracedChoice

MARGIN: Final = 1
"""So many identities more than what stands must an alternative close."""


class Choosable(Protocol):
    """What can be read in several ways: a line, or a line item."""

    @property
    def number(self) -> int:
        """Its source line."""

    def chosen_for(self, closings: frozenset[Closing]) -> Self:
        """Itself, marked: these identities chose how it is read, so they are no proof of it."""


T = TypeVar("T")
C = TypeVar("C", bound=Choosable)

Alternative = Callable[[Sequence[C]], list[C]]
"""Another way to read some lines: those it reads otherwise are new objects."""
Score = Callable[[Sequence[C]], frozenset[Closing]]
"""The identities that close, each with its column, as lines are read."""


@dataclass(frozen=True, slots=True)
class Question(Generic[C]):
    """An open choice: the step that makes it, the score of an answer, and the margin by which one must be better."""

    step: str
    score: Score[C]
    margin: int = MARGIN


def changed(chosen: Collection[int], change: Callable[[C], C]) -> Alternative[C]:
    """The way that reads some of the lines, by their places, otherwise."""
    return lambda lines: [change(line) if at in chosen else line for at, line in enumerate(lines)]


def improved(
    question: Question[C], lines: Sequence[C], ways: Iterable[Alternative[C]], runner: Runner = PLAIN
) -> tuple[list[C], frozenset[Closing]]:
    """The lines after each way, in order, that closes more identities by the margin, and the identities that then close.

    What a way changes is marked with the identities that it lets close.
    """
    kept, best = list(lines), question.score(lines)
    for way in ways:
        trial = way(kept)
        found = question.score(trial)
        if len(found) - len(best) < question.margin:
            continue
        old = set(map(id, kept))
        changed = [one.number for one in trial if id(one) not in old]
        if runner.trace is not None and changed:
            told = f"another reading of line {', '.join(map(str, changed))}"
            runner.trace.add(TracedChoice(question.step, changed[0], told, len(found), "as it stood", len(best)))
        kept = [one if id(one) in old else one.chosen_for(found - best) for one in trial]
        best = found
    return kept, best


def best_of(
    step: str, line: int, ways: Iterable[tuple[str, T]], score: Callable[[T], tuple[int, int]], runner: Runner = PLAIN
) -> T:
    """The way of the highest score, of equals the first; `ways` are named, the plainest first.

    `score` tells that of a way and the most that it could be: no way is asked after one that has it, unless this is traced.
    """
    scored: list[tuple[int, str, T]] = []
    for name, way in ways:
        merit, most = score(way)
        scored.append((merit, name, way))
        if merit == most and runner.trace is None:
            break
    scored.sort(key=lambda one: -one[0])
    if runner.trace is not None:
        (score_of_best, name, _), (next_score, next_name, _) = scored[0], (*scored[1:], (None, "", None))[0]
        runner.trace.add(TracedChoice(step, line, name, score_of_best, next_name, next_score))
    return scored[0][2]
