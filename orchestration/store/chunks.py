"""A chunk of filings, and reading it into one Parquet file.

Belongs here: cutting files into chunks, and the time one file may take. Does not belong here: the processes that share the
work (`workers.py`), how a filing is read (`filings/`), which chunks there are (`readings.py`), or their columns (`schema.py`).

`read_chunk` is a function of its chunk alone: worker processes run it here, a cluster could.
"""

from __future__ import annotations

import contextlib
import faulthandler
import hashlib
import importlib
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from orchestration.filings.records import Filing, FilingStatus, Problem, Reading, Severity
from orchestration.store import schema
from orchestration.store.parquet import write_rows
from orchestration.store.raw import MAX_FILING_BYTES, RawFile

if TYPE_CHECKING:
    from orchestration.filings.proof.other_releases import ReleaseEvidence

logger = logging.getLogger(__name__)

READER = "orchestration.filings.reader:read_filing"

MAX_CHUNK_FILES = 256
MAX_CHUNK_BYTES = 64 * 1024 * 1024
FILE_TIMEOUT_SECONDS = 60.0
SECOND = "second-"  # in the name of a chunk of filings that were read again, with evidence from other releases

STOPPED = ("reader_timed_out", "reader_crashed", "out_of_memory")
"""The problems of a reading that was stopped for want of time or memory: another time there may be more of both."""
FAILED = (*STOPPED, "reader_failed")
"""The problems of a reading that is none: the reader did not come to its end."""

Reader = Callable[..., Reading]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Files to read into one Parquet file of `folder`. `reader` is `module:function`; the timeout is of one file.

    `known` is empty for first readings; for second ones it is the evidence from other releases for each file, in the order of
    `files`.
    """

    files: tuple[RawFile, ...]
    folder: str
    version: str
    reader: str = READER
    timeout_seconds: float = FILE_TIMEOUT_SECONDS
    known: tuple[ReleaseEvidence, ...] = ()

    @property
    def path(self) -> Path:
        """The Parquet file, named by the reader version and the digest of its files: the same chunk has the same name."""
        names = "".join(f"{file.sha256} {file.source} {self.evidence(at)}\n" for at, file in enumerate(self.files))
        return chunk_path(Path(self.folder), self.version, names, is_second=bool(self.known))

    def evidence(self, index: int) -> str:
        """The digest of the evidence that a file is read with; empty for a first reading."""
        return self.known[index].digest if self.known else ""


def chunk_path(folder: Path, version: str, names: str, *, is_second: bool) -> Path:
    """The name of a chunk of first or of second readings; `names` tells what is in it."""
    kind = SECOND if is_second else ""
    return folder / f"{version[:16]}-{kind}{hashlib.sha256(names.encode()).hexdigest()[:16]}.parquet"


def read_chunk(chunk: Chunk, on_file: Callable[[int], None] | None = None, *, is_expendable: bool = False) -> Path:
    """Read the files of a chunk into its Parquet file, and return that.

    A file that is gone or has other bytes than were listed gets no row. One that is too large, makes the reader raise, or (in
    the main thread of a process) takes longer than the timeout gets a quarantined filing with the reason. `on_file` is called
    with the index of each file before it is read. With `is_expendable`, the process ends where the reader hangs and no signal
    reaches it.
    """
    reader = load_reader(chunk.reader)
    rows = []
    for index, file in enumerate(chunk.files):
        if on_file is not None:
            on_file(index)
        ask = partial(reader, known=chunk.known[index].figures) if chunk.known else reader
        reading = _read_file(file, ask, chunk.timeout_seconds, is_expendable)
        if reading is not None:
            rows.append(_row(file, chunk.version, reading, chunk.evidence(index)))
    write_rows(chunk.path, rows)
    return chunk.path


def load_reader(reader: str) -> Reader:
    """The function that `module:function` names; it takes bytes, source and, at a second reading, `known`.

    Raises `ImportError` or `AttributeError` where there is none.
    """
    module, _, name = reader.partition(":")
    found: Reader = getattr(importlib.import_module(module), name)
    return found


def _read_file(file: RawFile, reader: Reader, timeout_seconds: float, is_expendable: bool) -> Reading | None:
    if file.is_too_large:
        return quarantined(
            file,
            "too_large",
            f"{file.source} has {file.size_bytes:,} bytes; filings above {MAX_FILING_BYTES:,} are not read. "
            "Keep the 8-K and its Exhibit 99.1, without the pictures.",
        )
    raw = _bytes_as_listed(file)
    if raw is None:
        return None
    try:
        with _last_resort(1.5 * timeout_seconds if is_expendable else 0), _time_limit(timeout_seconds):
            reading = reader(raw, file.source)
    except _TookTooLongError:
        return timed_out(file, timeout_seconds)
    except MemoryError:
        return out_of_memory(file)
    except Exception as error:  # noqa: BLE001 -- whatever a reader raises is the fault of one filing, and logged
        return _failed(file, error)
    return replace(reading, filing=replace(reading.filing, source=file.source, sha256=file.sha256))


def _row(file: RawFile, version: str, reading: Reading, evidence: str) -> dict[str, Any]:
    try:
        return schema.row(file.sha256, file.source, version, reading, evidence)
    except (TypeError, ValueError) as error:  # Arrow's errors are of these
        return schema.row(file.sha256, file.source, version, _failed(file, error), evidence)


def _failed(file: RawFile, error: Exception) -> Reading:
    logger.error("The reader failed on %s", file.source, exc_info=error)
    return quarantined(
        file,
        "reader_failed",
        f"The reader failed on {file.source}: {type(error).__name__}: {error}. This is a fault of the reader, not of the "
        "filing; the log has the traceback.",
    )


def _bytes_as_listed(file: RawFile) -> bytes | None:
    try:
        with Path(file.path).open("rb") as opened:
            raw = opened.read(MAX_FILING_BYTES + 1)
    except OSError:
        return None
    return raw if hashlib.sha256(raw).hexdigest() == file.sha256 else None


def quarantined(file: RawFile, code: str, reason: str) -> Reading:
    """The reading of a file that was not read: a quarantined filing and the problem that says why."""
    filing_id = f"sha256-{file.sha256[:16]}"
    filing = Filing(filing_id, file.source, file.sha256, status=FilingStatus.QUARANTINED, reason=f"{code}: {reason}")
    return Reading(filing, problems=(Problem(filing_id, Severity.ERROR, code, reason),))


def timed_out(file: RawFile, timeout_seconds: float) -> Reading:
    """The reading of a file whose reader did not end in time."""
    return quarantined(
        file,
        "reader_timed_out",
        f"The reader was still at {file.source} after {timeout_seconds:g} s and was stopped. The next build tries again; where "
        "that is stopped too, report the filing: it is a fault of the reader.",
    )


def crashed(file: RawFile, code: int | None) -> Reading:
    """The reading of a file whose process died with an exit code; a negative one is a signal."""
    how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
    return quarantined(
        file,
        "reader_crashed",
        f"The process that read {file.source} died ({how}), for want of memory most likely. The next build tries again; where "
        "that dies too, report the filing: it is a fault of the reader.",
    )


def out_of_memory(file: RawFile) -> Reading:
    """The reading of a file for which there was not enough memory."""
    text = f"There was not enough memory to read {file.source}. The next build tries again; give it more, or fewer `--jobs`."
    return quarantined(file, "out_of_memory", text)


class _TookTooLongError(BaseException):
    """Raised by the alarm. No `Exception`: a reader that catches those must not catch it."""


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `_TookTooLongError` after `seconds` in the main thread; in other threads the deadline of the worker applies."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise _TookTooLongError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _last_resort(seconds: float) -> Iterator[None]:
    """End this process after `seconds`, even inside a library that handles no signals; 0 for never."""
    if not seconds or sys.__stderr__ is None:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def chunks(files: Sequence[RawFile], jobs: int) -> Iterator[tuple[RawFile, ...]]:
    """The files in chunks of bounded count and bytes; with several jobs, at least one chunk a job."""
    most = min(MAX_CHUNK_FILES, -(-len(files) // jobs)) if files else MAX_CHUNK_FILES
    taken: list[RawFile] = []
    size = 0
    for file in files:
        weight = 0 if file.is_too_large else file.size_bytes
        if taken and (len(taken) >= most or size + weight > MAX_CHUNK_BYTES):
            yield tuple(taken)
            taken, size = [], 0
        taken.append(file)
        size += weight
    if taken:
        yield tuple(taken)
