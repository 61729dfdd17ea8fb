"""Reading filings by chunk of files: one chunk, one Parquet file, one worker process.

Belongs here: a chunk and the reading of it, and the processes that share the work. Does not belong here: how a filing is
read (`filings/`), which chunks there are already (`readings.py`), or the columns of one (`shapes.py`).

`read_chunk` is a function of its chunk alone: worker processes run it here, a cluster could. A chunk is written under
another name and renamed, so a chunk that is there is whole.
"""

from __future__ import annotations

import contextlib
import faulthandler
import hashlib
import importlib
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from orchestration.filings.records import Filing, FilingStatus, Problem, Reading, Severity
from orchestration.store import shapes
from orchestration.store.raw import MAX_FILING_BYTES, RawFile

if TYPE_CHECKING:
    import pyarrow as pa

    from orchestration.filings.proof.elsewhere import Known

logger = logging.getLogger(__name__)

READER = "orchestration.filings.reader:read_filing"

MAX_CHUNK_FILES = 256
MAX_CHUNK_BYTES = 64 * 1024 * 1024
FILE_TIMEOUT_SECONDS = 60.0
START_SECONDS = 60.0  # what a worker may take to start, on a busy machine
SECOND = "second-"  # in the name of a chunk of filings that were read again, with evidence from other releases

Reader = Callable[..., Reading]
OnRead = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Files to read into one Parquet file of `folder`. `reader` is `module:function`; the timeout is of one file.

    `known` is empty for first readings; for second ones it is what other releases tell of each file, in the order of `files`.
    """

    files: tuple[RawFile, ...]
    folder: str
    version: str
    reader: str = READER
    timeout_seconds: float = FILE_TIMEOUT_SECONDS
    known: tuple[Known, ...] = ()

    @property
    def path(self) -> Path:
        """The Parquet file: named by the reader version and what is in it, so that the same chunk is the same file."""
        names = "".join(f"{file.sha256} {file.source} {self.evidence(at)}\n" for at, file in enumerate(self.files))
        return chunk_path(Path(self.folder), self.version, names, is_second=bool(self.known))

    def evidence(self, index: int) -> str:
        """The digest of what a file is read with; empty for a first reading."""
        return self.known[index].digest if self.known else ""


def chunk_path(folder: Path, version: str, names: str, *, is_second: bool) -> Path:
    """The name of a chunk of first or of second readings, from what is in it."""
    kind = SECOND if is_second else ""
    return folder / f"{version[:16]}-{kind}{hashlib.sha256(names.encode()).hexdigest()[:16]}.parquet"


def read_chunk(chunk: Chunk, on_file: Callable[[int], None] | None = None, *, is_expendable: bool = False) -> Path:
    """Read the files of a chunk into its Parquet file, and return that.

    A file that is gone or has other bytes than were listed gets no row. One that is too large, on which the reader raises,
    or (in the main thread of a process) takes longer than the timeout, gets a quarantined filing with its reason.
    `on_file` is told the index of each file before it is read. With `is_expendable`, a reader that hangs where no signal
    reaches it takes its process down.
    """
    reader = load_reader(chunk.reader)
    rows = []
    for index, file in enumerate(chunk.files):
        if on_file is not None:
            on_file(index)
        ask = partial(reader, known=chunk.known[index].told) if chunk.known else reader
        reading = _read_file(file, ask, chunk.timeout_seconds, is_expendable)
        if reading is not None:
            rows.append(_row(file, chunk.version, reading, chunk.evidence(index)))
    write_rows(chunk.path, rows)
    return chunk.path


def load_reader(reader: str) -> Reader:
    """The function that `module:function` names: of bytes, source and, at a second reading, `known`.

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
        return _timed_out(file, timeout_seconds)
    except Exception as error:  # noqa: BLE001 -- whatever a reader raises is the fault of one filing, and logged
        return _failed(file, error)
    return replace(reading, filing=replace(reading.filing, source=file.source, sha256=file.sha256))


def _row(file: RawFile, version: str, reading: Reading, evidence: str) -> dict[str, Any]:
    try:
        return shapes.row(file.sha256, file.source, version, reading, evidence)
    except (TypeError, ValueError) as error:  # Arrow's errors are of these
        return shapes.row(file.sha256, file.source, version, _failed(file, error), evidence)


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
    filing = Filing(filing_id, file.source, file.sha256, status=FilingStatus.QUARANTINED, reason=reason)
    return Reading(filing, problems=(Problem(filing_id, Severity.ERROR, code, reason),))


def _timed_out(file: RawFile, timeout_seconds: float) -> Reading:
    return quarantined(
        file,
        "reader_timed_out",
        f"The reader was still at {file.source} after {timeout_seconds:g} s and was stopped. This is a fault of the reader; "
        "report the filing.",
    )


class _TookTooLongError(BaseException):
    """Raised by the alarm; no `Exception`, so that a reader which catches those does not catch it."""


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `_TookTooLongError` after `seconds`, where signals can be had; elsewhere a worker's deadline does the same."""
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
    """End this process after `seconds` whatever it does, even in a library that never looks up; 0 for never."""
    if not seconds or sys.__stderr__ is None:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write rows of readings as a chunk."""
    import pyarrow as pa  # noqa: PLC0415

    write_table(path, pa.Table.from_pylist(rows, schema=shapes.arrow_schema()))


def read_table(path: Path, its_columns: list[str] | None = None) -> pa.Table:
    """A Parquet file, its checksums verified. Not by Arrow's `read_table`, which imports a second of libraries for nothing."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        return file.read(its_columns)


def write_table(path: Path, table: pa.Table) -> None:
    """Write Parquet so that the file is there whole or not at all, also after a power cut."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as file:
            pq.write_table(table, file, compression="zstd", write_page_checksum=True)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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


def read_all(files: Sequence[RawFile], make: Callable[[tuple[RawFile, ...]], Chunk], jobs: int, on_read: OnRead) -> None:
    """Read the files into chunks by `jobs` worker processes; by this one where the work is too small to share.

    `make` gives the chunk of some files. Where a worker dies, or does not end in time, the file it was at is tried again in
    a process of its own and quarantined if that fails too; the others of the chunk are read without it.
    """
    waiting = [make(some) for some in chunks(files, jobs)]
    for chunk in waiting[:1]:
        load_reader(chunk.reader)  # a reader that cannot be imported is no fault of a filing: fail here, not in a worker
    if jobs == 1 and threading.current_thread() is threading.main_thread():
        done = 0
        for chunk in waiting:
            read_chunk(chunk, lambda index, before=done: on_read(before + index, len(files)))  # type: ignore[misc]
            done += len(chunk.files)
        on_read(done, len(files))
        return
    _read_by_workers(waiting, make, jobs, on_read, len(files))


def _read_by_workers(
    waiting: list[Chunk], make: Callable[[tuple[RawFile, ...]], Chunk], jobs: int, on_read: OnRead, total: int
) -> None:
    from multiprocessing.connection import wait  # noqa: PLC0415

    waiting.reverse()
    running: list[_Worker] = []
    done = 0
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                running.append(_Worker(waiting.pop()))
            nearest = min(worker.deadline for worker in running)
            wait([worker.process.sentinel for worker in running], timeout=max(nearest - time.monotonic(), 0))
            for worker in [worker for worker in running if worker.is_over()]:
                running.remove(worker)
                again = [] if worker.has_succeeded() else _after_failure(worker, make)
                waiting += reversed(again)
                done += 0 if again else len(worker.chunk.files)
                on_read(done, total)
    finally:
        for worker in running:
            worker.stop()


class _Worker:
    """A process that reads one chunk. Spawned, never forked: the parent has threads."""

    def __init__(self, chunk: Chunk) -> None:
        import multiprocessing  # noqa: PLC0415

        self.chunk = chunk
        self.deadline = time.monotonic() + START_SECONDS + 1.5 * chunk.timeout_seconds * len(chunk.files)
        self.is_late = False
        context = multiprocessing.get_context("spawn")
        self.position = context.Value("l", 0, lock=False)
        self.process = context.Process(target=_work, args=(chunk, self.position), daemon=True)
        self.started = time.monotonic()
        self.process.start()

    def is_over(self) -> bool:
        if self.process.is_alive() and time.monotonic() < self.deadline:
            return False
        self.stop()
        self.is_late = time.monotonic() - self.started > 1.5 * self.chunk.timeout_seconds and self.process.exitcode != 0
        return True

    def has_succeeded(self) -> bool:
        return self.process.exitcode == 0

    def stop(self) -> None:
        self.process.kill()
        self.process.join()


def _work(chunk: Chunk, position: Any) -> None:
    def note(index: int) -> None:
        position.value = index

    read_chunk(chunk, note, is_expendable=True)


def _after_failure(worker: _Worker, make: Callable[[tuple[RawFile, ...]], Chunk]) -> list[Chunk]:
    """What to do after a worker failed: the file it was at alone, and the others; a file that was alone is quarantined."""
    files = worker.chunk.files
    at = worker.position.value
    if len(files) > 1:
        return [make(some) for some in (files[:at], files[at : at + 1], files[at + 1 :]) if some]
    [file] = files
    reading = _timed_out(file, worker.chunk.timeout_seconds) if worker.is_late else _crashed(file, worker.process.exitcode)
    chunk = worker.chunk
    write_rows(chunk.path, [shapes.row(file.sha256, file.source, chunk.version, reading, chunk.evidence(0))])
    return []


def _crashed(file: RawFile, code: int | None) -> Reading:
    how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
    return quarantined(
        file,
        "reader_crashed",
        f"The process that read {file.source} died ({how}). This is a fault of the reader; report the filing.",
    )
