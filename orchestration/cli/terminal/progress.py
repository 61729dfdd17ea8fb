"""How far a command is, on stderr.

Belongs here: bars on a terminal, lines elsewhere. Does not belong here: what reports progress (`build/progress.py`).
"""

from __future__ import annotations

import sys
from typing import Any

from orchestration.cli.terminal.text import safe


class BuildProgress:
    """What is shown while a build runs: moving bars on a terminal, one plain line a step elsewhere, both on stderr."""

    def __init__(self) -> None:
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}
        self._told: set[str] = set()

    def __enter__(self) -> BuildProgress:
        if sys.stderr.isatty():
            from rich.console import Console  # noqa: PLC0415
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

            self._bars = Progress(
                SpinnerColumn(finished_text="+"),
                TextColumn("{task.description:<24}", markup=False),
                BarColumn(bar_width=30),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=Console(stderr=True, markup=False, highlight=False),
            )
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars:
            self._bars.stop()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Called by the build: `total` is 0 where it is not known."""
        if self._bars:
            if step not in self._tasks:
                self._tasks[step] = self._bars.add_task(safe(step), total=total or None)
            self._bars.update(self._tasks[step], completed=done, total=total or None)
        elif step not in self._told or (total and done == total):
            self._told.add(step)
            print(f"{safe(step)}" + (f" {done}/{total}" if total else ""), file=sys.stderr, flush=True)
