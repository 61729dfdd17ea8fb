"""Choosing among alternatives: by a margin, and what chose is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from orchestration.filings.tables.interpretations import Question, best_of, improved
from orchestration.filings.tables.lines import Closing
from orchestration.filings.tables.passes import Runner
from orchestration.filings.tables.trace import Trace, TracedChoice


@dataclass(frozen=True)
class Line:
    number: int
    value: int
    chosen_by: frozenset[Closing] = frozenset()

    def chosen_for(self, closings: frozenset[Closing]) -> Line:
        return replace(self, chosen_by=self.chosen_by | closings)


LINES = [Line(1, 5), Line(2, 7)]


def closing(lines: Sequence[Line]) -> frozenset[Closing]:
    """One identity closes for each line that is negative."""
    return frozenset(("sum", line.number) for line in lines if line.value < 0)


def negating(number: int, lines: Sequence[Line]) -> list[Line]:
    return [replace(line, value=-line.value) if line.number == number else line for line in lines]


def raising(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, value=line.value + 1) for line in lines]


def test_a_way_that_closes_more_is_taken_and_marks_what_it_changes() -> None:
    trace = Trace()
    ways = [raising, lambda lines: negating(2, lines)]
    kept, best = improved(Question("signs", closing), LINES, ways, Runner(trace=trace))
    assert kept == [Line(1, 5), Line(2, -7, frozenset({("sum", 2)}))]
    assert best == {("sum", 2)}
    assert list(trace.entries) == [TracedChoice("signs", 2, "another reading of line 2", 1, "as it stood", 0)]


@pytest.mark.parametrize(("margin", "values"), [(0, [6, 8]), (1, [5, 7])])
def test_a_way_that_closes_as_many_is_taken_only_without_a_margin(margin: int, values: list[int]) -> None:
    kept, _ = improved(Question("signs", closing, margin), LINES, [raising])
    assert [line.value for line in kept] == values


def test_of_equal_ways_the_plainest_is_best_and_the_next_is_told() -> None:
    trace = Trace()
    ways = [("plain", "ab"), ("wide", "ba"), ("odd", "a")]
    assert best_of("heads", 3, ways, lambda way: (len(way), 2), Runner(trace=trace)) == "ab"
    assert list(trace.entries) == [TracedChoice("heads", 3, "plain", 2, "wide", 2)]


def test_no_way_is_asked_after_one_that_has_the_most_there_is() -> None:
    asked: list[str] = []

    def score(way: str) -> tuple[int, int]:
        asked.append(way)
        return len(way), 2

    assert best_of("heads", 3, [("plain", "a"), ("wide", "ab"), ("odd", "ba")], score) == "ab"
    assert asked == ["a", "ab"]
