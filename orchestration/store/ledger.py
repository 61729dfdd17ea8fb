"""The ledger of the store: every file that was ever read, so that one that is gone or changed becomes a problem.

Belongs here: the file of the ledger, and the problems that follow from it. Does not belong here: the readings (`readings.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from orchestration.filings.records import Problem, Severity
from orchestration.store.parquet import read_table, write_table
from orchestration.store.raw import RawFile

logger = logging.getLogger(__name__)


class LedgerLine(NamedTuple):
    """A file that some build read: its path, its bytes, and the id of the filing in it."""

    source: str
    sha256: str
    filing_id: str


def read_ledger(path: Path) -> set[LedgerLine]:
    """The lines of a ledger. One that is not there is empty; one that cannot be read starts anew, with a warning."""
    import pyarrow as pa  # noqa: PLC0415

    if not path.exists():
        return set()
    try:
        rows = read_table(path).to_pylist()
        return {LedgerLine(row["source"], row["sha256"], row["filing_id"]) for row in rows}
    except (pa.ArrowException, OSError, KeyError) as error:
        logger.warning("%s is damaged (%s) and starts anew: files removed before now are no longer told of.", path, error)
        return set()


def write_ledger(path: Path, lines: Iterable[LedgerLine]) -> None:
    """Write a ledger in the place of the one before."""
    import pyarrow as pa  # noqa: PLC0415

    schema = pa.schema([pa.field(name, pa.string(), nullable=False) for name in LedgerLine._fields])
    write_table(path, pa.Table.from_pylist([line._asdict() for line in sorted(lines)], schema=schema))


def changes(files: Iterable[RawFile], lines: Iterable[LedgerLine]) -> list[Problem]:
    """A problem for each file of the ledger that is gone, has other bytes, or moved."""
    by_source = {file.source: file for file in files}
    by_bytes = {file.sha256: file for file in reversed(list(by_source.values()))}
    found = []
    for line in sorted(lines):
        now = by_source.get(line.source)
        if now is None or now.sha256 != line.sha256:
            found.append(_change(line, now, by_bytes.get(line.sha256)))
    return found


def _change(line: LedgerLine, now: RawFile | None, elsewhere: RawFile | None) -> Problem:
    if elsewhere is not None:
        text = f"{line.source} was read before; the same bytes are now {elsewhere.source} and are read from there."
        return Problem(line.filing_id, Severity.NOTE, "file_moved", text)
    if now is not None:
        text = (
            f"{line.source} has other bytes than when it was read before (sha256 {line.sha256[:16]}, now {now.sha256[:16]}). "
            "Filings do not change: the warehouse holds what the file says now and nothing of what it said; "
            "restore it if that is wrong."
        )
        return Problem(line.filing_id, Severity.WARNING, "file_changed", text)
    text = (
        f"{line.source} (sha256 {line.sha256[:16]}) was read before and is gone; its numbers are not in this warehouse. "
        "Put it back if that is wrong."
    )
    return Problem(line.filing_id, Severity.WARNING, "file_removed", text)
