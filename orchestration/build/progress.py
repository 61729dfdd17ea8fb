"""The progress of a build, from its steps to one listener.

Belongs here: passing it on. Does not belong here: showing it (`cli/`), or the steps. Dagster passes no function of a caller to
a step, hence this module.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

OnProgress = Callable[[str, int, int], None]

_listener: ContextVar[OnProgress | None] = ContextVar("listener", default=None)
_seconds: ContextVar[dict[str, float] | None] = ContextVar("seconds", default=None)


@contextmanager
def listening(listener: OnProgress | None, seconds: dict[str, float]) -> Iterator[None]:
    """Call `listener` with every report, and add the wall time of every step to `seconds`, in this block."""
    tokens = _listener.set(listener), _seconds.set(seconds)
    try:
        yield
    finally:
        _listener.reset(tokens[0])
        _seconds.reset(tokens[1])


def reporter(step: str) -> Callable[[int, int], None]:
    """A function that reports (done, total) of a step, total 0 where it is not known. Any thread may call it."""
    listener = _listener.get()

    def tell(done: int, total: int) -> None:
        if listener is not None:
            listener(step, done, total)

    return tell


@contextmanager
def step(name: str) -> Iterator[None]:
    """Report the start of a step and time it."""
    reporter(name)(0, 0)
    started = time.monotonic()
    try:
        yield
    finally:
        seconds = _seconds.get()
        if seconds is not None:
            seconds[name] = seconds.get(name, 0.0) + time.monotonic() - started
