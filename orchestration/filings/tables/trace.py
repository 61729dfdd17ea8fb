"""What the reader did to the rows of a filing: each change that a pass made, each choice among alternatives.

Belongs here: the records of it, and telling what changed. Does not belong here: the passes (`passes.py`), choosing
(`interpretations.py`), how a trace looks (`cli/terminal/trace.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Described = Callable[[Any], tuple[int, str]]
"""Tells the source line of a row and what it says."""


class TracedChange(NamedTuple):
    """What a pass made of the rows on a source line; `before` or `after` is empty where there was or is none."""

    step: str
    line: int
    before: str
    after: str


class TracedChoice(NamedTuple):
    """What was chosen at a source line, and what came next; a score is None where none was taken."""

    step: str
    line: int
    chosen: str
    score: int | None = None
    runner_up: str = ""
    runner_up_score: int | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """Changes and choices in order, each once."""

    entries: dict[TracedChange | TracedChoice, None] = field(default_factory=dict)

    def add(self, entry: TracedChange | TracedChoice) -> None:
        """Keep an entry."""
        self.entries.setdefault(entry)

    def compare(self, step: str, before: Iterable[Any], after: Iterable[Any], described: Described) -> None:
        """Keep what a step changed, line by line."""
        was, now = _by_line(before, described), _by_line(after, described)
        for line in sorted({*was, *now}):
            if was.get(line) != now.get(line):
                self.add(TracedChange(step, line, " // ".join(was.get(line, ())), " // ".join(now.get(line, ()))))


def _by_line(rows: Iterable[Any], described: Described) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for line, text in map(described, rows):
        texts.setdefault(line, []).append(text)
    return texts
