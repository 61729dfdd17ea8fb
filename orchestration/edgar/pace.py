"""The rate limit: when the next request may go out, over all tasks, threads and processes of a user on this machine.

Belongs here: the wait before each request, and the pause of all of them that EDGAR asks for. Does not belong here: the requests
(`client.py`).

One small file holds the earliest moment of the next request, in seconds since the epoch. A request takes the lock of the file
and, once the moment has come, moves it on by one interval. No turn is reserved ahead: a process that dies takes none with it,
and a pause holds for those already waiting.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from orchestration.edgar.errors import EdgarSetupError, UnavailableError
from orchestration.store import files

LONGEST_PAUSE = 3600.0
"""Seconds. A moment further ahead was written while the clock was wrong, and is ignored."""


@dataclass(frozen=True, slots=True)
class Pace:
    """A rate of `per_second` requests over all users of `file`. `longest_wait` in seconds."""

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
        """Hold all requests for so many seconds, at most `LONGEST_PAUSE`."""
        until = time.time() + min(seconds, LONGEST_PAUSE)
        with self._locked() as file:
            _write(file, max(until, _read(file)))

    def _try(self, now: float) -> float:
        """0.0 where the request may go out now, and its turn is taken; else the seconds that are left."""
        with self._locked() as file:
            free = _read(file)
            if now < free <= now + LONGEST_PAUSE:
                return free - now
            _write(file, now + 1.0 / self.per_second)
            return 0.0

    def _locked(self) -> FileIO:
        """The file, open and locked against all others until it is closed."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            return files.lock(self.file, 0o600)
        except OSError as error:
            raise EdgarSetupError(
                f"{self.file} cannot be written ({error.strerror}): it keeps all processes together within EDGAR's limit."
                " Name a folder that can be, with TIEOUT_STATE"
            ) from error


def _read(file: FileIO) -> float:
    """The moment in the file; 0.0 where there is none or it cannot be parsed."""
    try:
        return float(os.pread(file.fileno(), 64, 0))
    except ValueError:
        return 0.0


def _write(file: FileIO, moment: float) -> None:
    line = f"{moment:020.6f}\n".encode()
    os.pwrite(file.fileno(), line, 0)
    os.ftruncate(file.fileno(), len(line))
