"""Passes: applied in order, switched off by name, traced."""

from __future__ import annotations

from orchestration.filings.tables.passes import Pass, Runner
from orchestration.filings.tables.trace import Trace, TracedChange

ROWS = ["a", "b", "b"]
PASSES = (
    Pass("double", lambda rows, _: [f"{row}{row}" for row in rows]),
    Pass("drop_repeats", lambda rows, _: dict.fromkeys(rows)),
    Pass("mark", lambda rows, mark: (f"{row}{mark}" for row in rows), otherwise=lambda rows, _: [f"{row}." for row in rows]),
)


def described(row: str) -> tuple[int, str]:
    return "ab".index(row[0]) + 1, row


def test_passes_are_applied_in_their_order() -> None:
    assert Runner().run(PASSES, ROWS, "!", described) == ["aa!", "bb!"]


def test_a_pass_that_is_switched_off_does_nothing_or_what_stands_in_for_it() -> None:
    assert Runner(frozenset({"double"})).run(PASSES, ROWS, "!", described) == ["a!", "b!"]
    assert Runner(frozenset({"mark"})).run(PASSES, ROWS, "!", described) == ["aa.", "bb."]


def test_a_trace_tells_the_pass_the_line_and_what_became_of_it() -> None:
    trace = Trace()
    Runner(frozenset({"mark", "double"}), trace).run(PASSES[:2], ROWS, "", described)
    assert list(trace.entries) == [TracedChange("drop_repeats", 2, "b // b", "b")]


def test_trials_leave_no_trace() -> None:
    runner = Runner(frozenset({"mark"}), Trace())
    assert runner.untraced == Runner(runner.off)
