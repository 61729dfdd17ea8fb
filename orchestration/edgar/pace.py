"""When the next request may go out, over all tasks, threads and processes of a user on this machine.

Belongs here: the turn that every request waits for, and the pause that all of them keep when EDGAR asks for one. Does not
belong here: the requests (`client.py`).

One small file holds the earliest moment of the next request, as seconds since the epoch; whoever wants to ask takes the file's
lock, and where the moment has come moves it on by one interval. Nobody reserves a turn ahead, so a process that dies takes none
with it, and a pause holds for those who were waiting already.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from dataclasses import dataclass
from pathlib import Path

from orchestration.edgar.errors import EdgarSetupError, UnavailableError

LONGEST_PAUSE = 3600.0
"""Seconds. A moment further ahead than this was written by a clock that has since been put right, and is not believed."""


@dataclass(frozen=True, slots=True)
class Pace:
    """A pace of `per_second` requests, kept in `file` by everyone who uses it. `longest_wait` in seconds."""

    file: Path
    per_second: float
    longest_wait: float

    async def turn(self) -> None:
        """Wait until a request may go out. Raises `UnavailableError` where that is further off than `longest_wait`."""
        while (wait := self._try(time.time())) > 0:
            if wait > self.longest_wait:
                raise UnavailableError(
                    "asked_to_wait",
                    f"EDGAR asked for a pause that lasts another {wait:.0f} s ({self.file}); nothing more is asked until then."
                    " Run it again later: what is there is not fetched again",
                )
            await asyncio.sleep(wait)

    def pause(self, seconds: float) -> None:
        """Let nobody ask for so many seconds, at most `LONGEST_PAUSE`."""
        until = time.time() + min(seconds, LONGEST_PAUSE)
        with _Locked(self.file) as handle:
            _write(handle, max(until, _read(handle)))

    def _try(self, now: float) -> float:
        """Take the turn if it has come: 0.0; else the seconds that are left."""
        with _Locked(self.file) as handle:
            free = _read(handle)
            if now < free <= now + LONGEST_PAUSE:
                return free - now
            _write(handle, now + 1.0 / self.per_second)
            return 0.0


class _Locked:
    """The file, open and locked against all others, while this lasts."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.handle = -1

    def __enter__(self) -> int:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.handle = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise EdgarSetupError(
                f"{self.file} cannot be written ({error.strerror}): it keeps all processes together within EDGAR's limit."
                " Name a folder that can be, with TIEOUT_STATE"
            ) from error
        fcntl.flock(self.handle, fcntl.LOCK_EX)
        return self.handle

    def __exit__(self, *_: object) -> None:
        os.close(self.handle)


def _read(handle: int) -> float:
    """The moment in the file; 0.0 where there is none, or none that can be read."""
    try:
        return float(os.pread(handle, 64, 0))
    except ValueError:
        return 0.0


def _write(handle: int, moment: float) -> None:
    said = f"{moment:020.6f}\n".encode()
    os.pwrite(handle, said, 0)
    os.ftruncate(handle, len(said))
