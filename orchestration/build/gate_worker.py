"""The process that a gate runs in.

Belongs here: starting that process and asking it. Does not belong here: what is expected (`expectations/`), or what a failed
gate means for a build (`steps.py`).

Great Expectations takes about four seconds to import, a quarter of a small build. With a second processor, another process
imports it from the start of the build, beside the imports of Dagster and dbt, and runs both gates when it is asked.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.warehouse.connection import frame_fetcher

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from expectations.validate import GateResult

logger = logging.getLogger(__name__)

_connections: list[Connection] = []


def run_gate(stage: str, file: Path, docs: Path | None, only: list[str] | None) -> GateResult:
    """The suites of a stage over a file, run by the gate process if there is one, else here. Raises what `validate` raises."""
    if not _connections:
        return _gate(stage, file, docs, only)
    try:
        _connections[-1].send((stage, file, docs, only))
        result, error = _connections[-1].recv()
    except (EOFError, OSError) as gone:
        logger.warning("The process for the gates is gone (%s); the gate runs here.", gone)
        _connections.pop()
        return _gate(stage, file, docs, only)
    if error is not None:
        raise error
    found: GateResult = result
    return found


@contextmanager
def gate_process() -> Iterator[None]:
    """Run the gates in another process, which imports Great Expectations now; without a second processor, in this one."""
    if (os.cpu_count() or 1) < 2:
        yield
        return
    import multiprocessing  # noqa: PLC0415

    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    worker = context.Process(target=_serve, args=(theirs,), daemon=True)
    worker.start()
    theirs.close()  # so that the worker's end is the only one, and its death is heard
    _connections.append(ours)
    try:
        yield
    finally:
        if ours in _connections:
            _connections.remove(ours)
        ours.close()  # which ends it, once it has imported what it is importing
        worker.join(timeout=10)
        worker.kill()
        worker.join()


def _gate(stage: str, file: Path, docs: Path | None, only: list[str] | None) -> GateResult:
    from expectations.validate import validate  # noqa: PLC0415

    with frame_fetcher(file) as fetch:
        return validate(stage, fetch, docs, only)  # type: ignore[arg-type]


def _serve(asked: Connection) -> None:
    import expectations.engine  # noqa: F401, PLC0415 -- imports Great Expectations, which is what this process is for

    while True:
        try:
            stage, file, docs, only = asked.recv()
        except EOFError:
            return
        answer: tuple[Any, Exception | None]
        try:
            answer = (_gate(stage, file, docs, only), None)
        except Exception as error:  # noqa: BLE001 -- raised again by the process that asked
            answer = (None, error)
        asked.send(answer)
