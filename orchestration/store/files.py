"""Files on disk: written whole or not at all, and locks between processes.

Belongs here: the order of write, sync and rename that survives a crash, and `flock`. Does not belong here: what is in a file,
or where it lies (`paths.py`). Standard library alone.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import BinaryIO


@contextmanager
def atomic_write(path: Path, partial: Path | None = None) -> Iterator[BinaryIO]:
    """A file to write to; once the block ends without an error it has the name `path`, and is on disk.

    Until then it is called `partial`, in the same folder: hidden, with the process id, where none is named. After a crash at
    any moment, a power cut too, `path` is the file that was there before or the whole new one. An error in the block leaves
    `path` as it was, and no partial file.
    """
    partial = partial or path.with_name(f".{path.name}.{os.getpid()}.partial")
    with synced_write(partial) as file:
        yield file
    try:
        rename(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


@contextmanager
def synced_write(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, on disk once the block ends without an error; after an error it is removed."""
    try:
        with path.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def rename(path: Path, target: Path) -> None:
    """Give a synced file another name of the same file system, in the place of what has it, and sync the folder."""
    path.replace(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Wait until the bytes of a file, or the names in a folder, are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lock(path: Path, mode: int = 0o666) -> FileIO:
    """Wait for the lock of a file and hold it until the returned file is closed or the process ends.

    The file is made with `mode` if it is not there; a link in its place raises `OSError`. A lock is held by the open file, not
    by the process: two calls in one process shut each other out.
    """
    while True:
        held = _locked(path, mode, fcntl.LOCK_EX)
        if held is not None:
            return held


def try_lock(path: Path, mode: int = 0o666) -> FileIO | None:
    """The lock of a file, as `lock` gives it; None where somebody else holds it, or is just letting go of it."""
    try:
        return _locked(path, mode, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None


def _locked(path: Path, mode: int, operation: int) -> FileIO | None:
    """The file, open and locked; None where its holder removed it meanwhile: a lock on a file without a name is no lock."""
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, mode), "r+b", buffering=0)
    try:
        fcntl.flock(file, operation)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
    except BaseException:
        file.close()
        raise
    file.close()
    return None
