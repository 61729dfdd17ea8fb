"""Whether Ctrl-C was pressed during a build, whichever signal handler is installed.

Belongs here: noticing it. Does not belong here: what a build does then (`defs/run.py`, `steps.py`).

Dagster and dbt install signal handlers of their own, and what these raise can be caught on the way. Python's C handler writes a
byte to the wakeup descriptor in any case.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_pipes: list[int] = []
_pressed: list[bool] = []


@contextmanager
def watched() -> Iterator[None]:
    """Watch for Ctrl-C in this block. Outside the main thread, where no signal arrives, it does nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours, theirs = os.pipe()
    os.set_blocking(ours, False)
    os.set_blocking(theirs, False)
    before = signal.set_wakeup_fd(theirs, warn_on_full_buffer=False)
    _pipes.append(ours)
    _pressed.append(False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        _pipes.pop()
        _pressed.pop()
        os.close(ours)
        os.close(theirs)


def was_pressed() -> bool:
    """Whether Ctrl-C was pressed since the block of `watched` began; False outside of one."""
    if not _pipes:
        return False
    try:
        signals = os.read(_pipes[-1], 65536)
    except BlockingIOError:
        signals = b""
    _pressed[-1] = _pressed[-1] or signal.SIGINT in signals
    return _pressed[-1]


def raise_if_pressed() -> None:
    """Raise `KeyboardInterrupt` where Ctrl-C was pressed: called before each gate and before publication."""
    if was_pressed():
        raise KeyboardInterrupt
