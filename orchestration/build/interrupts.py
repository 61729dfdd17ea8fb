"""Whether Ctrl-C was pressed during a build, whoever else heard it.

Belongs here: the note of it. Does not belong here: what a build does then (`defs/run.py`, `steps.py`).

Dagster and dbt put handlers of their own in the place of Python's while they run, and what these raise can be caught on the
way. The byte that Python's own C handler writes to the wakeup descriptor comes whichever handler is installed.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_pipes: list[int] = []
_heard: list[bool] = []


@contextmanager
def watched() -> Iterator[None]:
    """Take note of Ctrl-C while this lasts. Outside the main thread, where no signal arrives, nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours, theirs = os.pipe()
    os.set_blocking(ours, False)
    os.set_blocking(theirs, False)
    before = signal.set_wakeup_fd(theirs, warn_on_full_buffer=False)
    _pipes.append(ours)
    _heard.append(False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        _pipes.pop()
        _heard.pop()
        os.close(ours)
        os.close(theirs)


def was_pressed() -> bool:
    """Whether Ctrl-C was pressed since the note began; False where none is taken."""
    if not _pipes:
        return False
    try:
        signals = os.read(_pipes[-1], 65536)
    except BlockingIOError:
        signals = b""
    _heard[-1] = _heard[-1] or signal.SIGINT in signals
    return _heard[-1]


def raise_if_pressed() -> None:
    """Raise KeyboardInterrupt where Ctrl-C was pressed: called before all that would let a build be published."""
    if was_pressed():
        raise KeyboardInterrupt
