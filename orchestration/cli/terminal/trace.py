"""A trace of the reader, for people.

Belongs here: how what the passes did looks on a terminal. Does not belong here: what is traced (`filings/tables/trace.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestration.cli.terminal.rows import stdout_console
from orchestration.cli.terminal.text import safe

if TYPE_CHECKING:
    from orchestration.filings.tables.trace import Trace, TracedChange, TracedChoice

_NONE = "(none)"


def show_trace(trace: Trace, source: str) -> None:
    """What every pass did to the tables of a file, a line for each change and each choice, in order."""
    console = stdout_console()
    console.print(safe(f"{source}: {len(trace.entries)} changes and choices"), soft_wrap=True)
    for entry in trace.entries:
        console.print(safe(f"{entry.step}, line {entry.line}: {_told(entry)}"), soft_wrap=True)


def _told(entry: TracedChange | TracedChoice) -> str:
    from orchestration.filings.tables.trace import TracedChange  # noqa: PLC0415

    if isinstance(entry, TracedChange):
        return f"{entry.before or _NONE} -> {entry.after or _NONE}"
    score = "" if entry.score is None else f", score {entry.score}"
    rest = "" if entry.runner_up_score is None else f"; next: {entry.runner_up}, score {entry.runner_up_score}"
    return f"chose {entry.chosen}{score}{rest}"
