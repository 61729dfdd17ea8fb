"""Reading chunks by several worker processes.

Belongs here: sharing the work, and what is done where a worker dies or does not end. Does not belong here: what a worker does
with its chunk (`chunks.py`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from orchestration.store import schema
from orchestration.store.chunks import Chunk, chunks, crashed, load_reader, read_chunk, timed_out
from orchestration.store.parquet import write_rows
from orchestration.store.raw import RawFile

START_SECONDS = 60.0  # what a worker may take to start, on a busy machine

OnRead = Callable[[int, int], None]


def read_all(files: Sequence[RawFile], make: Callable[[tuple[RawFile, ...]], Chunk], jobs: int, on_read: OnRead) -> None:
    """Read the files into chunks by `jobs` worker processes; one job is done in this process, if in its main thread.

    PDFs are read by workers always: PDFium is no Python, and what it may do to its process must not be done to this one.

    `make` gives the chunk of some files. Where a worker dies or does not end in time, the file it was reading is tried again
    in a process of its own, and quarantined if that fails too; the others of the chunk are read without it. `on_read` is
    called with the files done and their total. Raises `ImportError` or `AttributeError` where there is no such reader.
    """
    waiting = [make(some) for some in chunks(files, jobs)]
    for chunk in waiting[:1]:
        load_reader(chunk.reader)  # a reader that cannot be imported is no fault of a filing: fail here, not in a worker
    if jobs == 1 and threading.current_thread() is threading.main_thread() and not any(map(_is_pdf, files)):
        done = 0
        for chunk in waiting:
            read_chunk(chunk, lambda index, before=done: on_read(before + index, len(files)))  # type: ignore[misc]
            done += len(chunk.files)
        on_read(done, len(files))
        return
    _read_by_workers(waiting, make, jobs, on_read, len(files))


def _is_pdf(file: RawFile) -> bool:
    """Whether a file looks like a PDF; one that cannot be opened does not."""
    from orchestration.filings.documents.pdf import START_BYTES, is_pdf  # noqa: PLC0415

    try:
        with Path(file.path).open("rb") as opened:
            return is_pdf(opened.read(START_BYTES))
    except OSError:
        return False


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
    """The chunks to read after a worker failed: its current file alone, and the others; a lone file is quarantined."""
    files = worker.chunk.files
    at = worker.position.value
    if len(files) > 1:
        return [make(some) for some in (files[:at], files[at : at + 1], files[at + 1 :]) if some]
    [file] = files
    reading = timed_out(file, worker.chunk.timeout_seconds) if worker.is_late else crashed(file, worker.process.exitcode)
    chunk = worker.chunk
    write_rows(chunk.path, [schema.row(file.sha256, file.source, chunk.version, reading, chunk.evidence(0))])
    return []
