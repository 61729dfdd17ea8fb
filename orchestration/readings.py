"""The store of readings: what the reader made of each filing, kept so that no filing is read twice.

Belongs here: the address of a reading, which readings there are, keeping the store small and sound, and the ledger that
tells of files that are gone. Does not belong here: the reading itself (`chunks.py`, `filings/`), which files there are
(`raw.py`), or DuckDB (`warehouse.py`).

A reading is addressed by (sha256 of the bytes, path below the raw folder, reader version); see
`docs/decisions/readings-are-addressed-by-bytes-path-and-reader.md`.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from orchestration.chunks import FILE_TIMEOUT_SECONDS, READER, Chunk, OnRead, quarantined, read_all, write_table
from orchestration.filings.records import Problem, Reading, Severity
from orchestration.paths import ROOT, VOCABULARY
from orchestration.raw import RawFile
from orchestration.shapes import arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

logger = logging.getLogger(__name__)

LAYOUT = "1"  # of a chunk; a change of `shapes.row` changes it, and every filing is read again
SHARED = ("identities", "floors")  # the plain data of `expectations/` that the reader uses; a test holds it to this list
IN_PROCESS_FILES = 16  # up to this many, starting a worker costs more than it saves
COMPACT_ABOVE_CHUNKS = 64
COMPACT_TO_FILES = 2048


def reader_version(reader: str = READER) -> str:
    """Digest of all that a reading depends on beside its bytes and path: the reader's code, what it shares, the vocabulary."""
    files = [
        *(ROOT / "orchestration" / "filings").rglob("*.py"),
        *(ROOT / "expectations" / f"{name}.py" for name in SHARED),
        *VOCABULARY.glob("*.csv"),
    ]
    digest = hashlib.sha256(f"{LAYOUT} {reader}\n".encode())
    for file in sorted(files):
        body = file.read_bytes()
        digest.update(f"{file.relative_to(ROOT).as_posix()} {len(body)}\n".encode() + body)
    return digest.hexdigest()


class Address(NamedTuple):
    """Where a reading stands in the store of one reader version."""

    sha256: str
    source: str


def address(file: RawFile) -> Address:
    """The address of a file's reading."""
    return Address(file.sha256, file.source)


class Seen(NamedTuple):
    """A line of the ledger: some build read these bytes under this path, and made this filing of them."""

    source: str
    sha256: str
    filing_id: str


@dataclass(frozen=True, slots=True)
class ReadingStore:
    """The readings of one reader version in `folder`, and the ledger of every filing that was ever read into it."""

    folder: Path
    version: str
    reader: str = READER
    timeout_seconds: float = FILE_TIMEOUT_SECONDS

    @property
    def ledger(self) -> Path:
        """The ledger: what tells a later build that a file is gone or has changed."""
        return self.folder / "ledger.parquet"

    def chunk(self, files: tuple[RawFile, ...]) -> Chunk:
        """The chunk that some files are read into."""
        return Chunk(files, str(self.folder), self.version, self.reader, self.timeout_seconds)

    def paths(self) -> list[Path]:
        """The chunks of this reader version, by name."""
        return sorted(self.folder.glob(f"{self.version[:16]}-*.parquet"))

    def addresses(self) -> set[Address]:
        """The addresses that have a reading. A chunk that cannot be read is removed with a warning: it is read again."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        found: set[Address] = set()
        for path in self.paths():
            try:
                if not pq.read_schema(path).equals(arrow_schema()):
                    raise pa.ArrowInvalid("it has other columns than this code writes")
                table = _read(path)  # the whole of it: damage anywhere counts
            except (pa.ArrowException, OSError) as error:
                logger.warning("%s is damaged (%s); its filings are read again.", path, error)
                path.unlink(missing_ok=True)
                continue
            found.update(map(Address, table["sha256"].to_pylist(), table["source"].to_pylist()))
        return found

    def update(self, files: Sequence[RawFile], jobs: int | None, on_read: OnRead) -> Update:
        """Read the files that have no reading; tidy up. Files that changed or vanished meanwhile are in `Update.missed`.

        `jobs` None: as many processes as the machine has processors, one where the work is small.
        """
        if jobs is not None and jobs < 1:
            raise ValueError(f"jobs must be 1 or more, not {jobs}.")
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.locked():
            known = self.addresses()
            unread = [file for file in files if address(file) not in known]
            read_all(unread, self.chunk, jobs or _jobs_for(len(unread)), on_read)
            now = known | self.addresses() if unread else known
            missed = tuple(file for file in unread if address(file) not in now)
            self._compact()
            self._note(files)
            self._prune()
        return Update(len(unread) - len(missed), len(files) - len(unread), missed)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store against other builds that would write to it or tidy it up."""
        import fcntl  # noqa: PLC0415

        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def seen(self) -> set[Seen]:
        """The ledger as it is. One that cannot be read is started anew, with a warning."""
        import pyarrow as pa  # noqa: PLC0415

        if not self.ledger.exists():
            return set()
        try:
            rows = _read(self.ledger).to_pylist()
            return {Seen(row["source"], row["sha256"], row["filing_id"]) for row in rows}
        except (pa.ArrowException, OSError, KeyError) as error:
            logger.warning(
                "%s is damaged (%s) and starts anew: files removed before now are no longer told of.", self.ledger, error
            )
            return set()

    def _note(self, files: Iterable[RawFile]) -> None:
        """Enter into the ledger what was read of the files."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.compute as pc  # noqa: PLC0415

        before = self.seen()
        wanted = {address(file) for file in files} - {Address(line.sha256, line.source) for line in before}
        if not wanted:
            return
        after = set(before)
        for path in self.paths():
            table = _read(path, ["source", "sha256", "filing"])
            ids = pc.struct_field(table["filing"], "filing_id").to_pylist()
            lines = map(Seen, table["source"].to_pylist(), table["sha256"].to_pylist(), ids)
            after.update(line for line in lines if Address(line.sha256, line.source) in wanted)
        schema = pa.schema([pa.field(name, pa.string(), nullable=False) for name in Seen._fields])
        write_table(self.ledger, pa.Table.from_pylist([line._asdict() for line in sorted(after)], schema=schema))

    def _compact(self) -> None:
        """Gather many small chunks into few. A crash in between leaves a reading twice, which the loading takes once."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        if len(self.paths()) <= COMPACT_ABOVE_CHUNKS:
            return
        for some in _gather([(path, pq.read_metadata(path).num_rows) for path in self.paths()]):
            table = pa.concat_tables([_read(path) for path in some])
            names = "".join(path.name for path in some)
            write_table(self.folder / f"{self.version[:16]}-{hashlib.sha256(names.encode()).hexdigest()[:16]}.parquet", table)
            for path in some:
                path.unlink()

    def _prune(self) -> None:
        """Remove the chunks of other reader versions, and what a killed writer left."""
        for path in (*self.folder.glob("*.parquet"), *self.folder.glob(".*.partial")):
            if path != self.ledger and not path.name.startswith(f"{self.version[:16]}-"):
                path.unlink(missing_ok=True)


def _read(path: Path, its_columns: list[str] | None = None) -> pa.Table:
    """A Parquet file, its checksums verified. Not by `read_table`, which imports a second of libraries for nothing."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        return file.read(its_columns)


class Update(NamedTuple):
    """What an update of the store did: filings read and found read, and files that were not there any more as listed."""

    read: int
    reused: int
    missed: tuple[RawFile, ...]


def _jobs_for(files: int) -> int:
    return 1 if files <= IN_PROCESS_FILES else os.cpu_count() or 1


def _gather(sizes: Sequence[tuple[Path, int]]) -> Iterator[list[Path]]:
    """Groups of two or more small chunks that together make at most one full one."""
    group: list[Path] = []
    held = 0
    for path, rows in (item for item in sizes if item[1] < COMPACT_TO_FILES // 2):
        if group and held + rows > COMPACT_TO_FILES:
            if len(group) > 1:
                yield group
            group, held = [], 0
        group.append(path)
        held += rows
    if len(group) > 1:
        yield group


def history(listing: Iterable[RawFile], seen: Iterable[Seen]) -> list[Problem]:
    """What the ledger tells of files that are gone, have other bytes, or moved, as rows of `staging.problems`."""
    by_source = {file.source: file for file in listing}
    by_bytes = {file.sha256: file for file in reversed(list(by_source.values()))}
    found = []
    for line in sorted(seen):
        now = by_source.get(line.source)
        if now is None or now.sha256 != line.sha256:
            found.append(_gone(line, now, by_bytes.get(line.sha256)))
    return found


def _gone(line: Seen, now: RawFile | None, elsewhere: RawFile | None) -> Problem:
    if elsewhere is not None:
        text = f"{line.source} was read before; the same bytes are now {elsewhere.source} and are read from there."
        return Problem(line.filing_id, Severity.NOTE.value, "file_moved", text)
    if now is not None:
        text = (
            f"{line.source} has other bytes than when it was read before (sha256 {line.sha256[:16]}, now {now.sha256[:16]}). "
            "Filings do not change: the warehouse holds what the file says now and nothing of what it said; "
            "restore it if that is wrong."
        )
        return Problem(line.filing_id, Severity.WARNING.value, "file_changed", text)
    text = (
        f"{line.source} (sha256 {line.sha256[:16]}) was read before and is gone; its numbers are not in this warehouse. "
        "Put it back if that is wrong."
    )
    return Problem(line.filing_id, Severity.WARNING.value, "file_removed", text)


def missed(file: RawFile) -> Reading:
    """The reading of a file that was not there any more as it was listed. It is of one build and never stored."""
    text = f"{file.source} was changed or removed while the build was reading, and is not in this warehouse. Build again."
    return quarantined(file, "file_changed_while_reading", text)
