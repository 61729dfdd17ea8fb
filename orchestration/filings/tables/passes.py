"""Passes: named steps over rows in a fixed order, and the runner that applies them.

Belongs here: what a pass is, switching passes off by name, tracing what they change. Does not belong here: any step, or the
order of the steps (`rows.py`, `statements/passes.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from orchestration.filings.tables.trace import Described, Trace

T = TypeVar("T")

Apply = Callable[[Sequence[Any], Any], Iterable[Any]]
"""A step: the rows as the step before it left them, and what it needs to know of their table, give the rows after it."""


def unchanged(rows: Sequence[Any], _about: Any) -> Sequence[Any]:
    """What a pass does that is switched off."""
    return rows


@dataclass(frozen=True, slots=True)
class Pass:
    """A named step; `otherwise` is taken where it is switched off, None where nothing can take its place."""

    name: str
    apply: Apply
    otherwise: Apply | None = unchanged


@dataclass(frozen=True, slots=True)
class Runner:
    """Applies passes in their order, all but those whose names are in `off`; with a `trace`, each change is kept."""

    off: frozenset[str] = field(default=frozenset())
    trace: Trace | None = None

    def run(self, passes: Sequence[Pass], rows: Sequence[Any], about: Any, described: Described) -> list[Any]:
        """The rows after all passes; `about` is what these need to know, `described` what the trace says of a row."""
        before = list(rows)
        for one in passes:
            apply = one.otherwise or one.apply if one.name in self.off else one.apply
            after = list(apply(before, about))
            if self.trace is not None:
                self.trace.compare(one.name, before, after, described)
            before = after
        return before

    @property
    def untraced(self) -> Runner:
        """The same without a trace, for trials."""
        return self if self.trace is None else Runner(self.off)


def rejoined(rows: Iterable[T], join: Callable[[T, T], T | None]) -> list[T]:
    """The rows, each that goes on from the one before it as one with that: `join` makes one of the two, or None."""
    whole: list[T] = []
    for row in rows:
        both = join(whole[-1], row) if whole else None
        if both is not None:
            whole.pop()
        whole.append(row if both is None else both)
    return whole


PLAIN: Final = Runner()
"""Every pass, and no trace."""
