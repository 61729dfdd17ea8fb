"""The store of readings: what the reader made of each filing, kept so that no filing is read twice.

Belongs here: which readings there are, reading what is missing, and keeping the store small and sound. Does not belong here:
the reading itself (`chunks.py`, `workers.py`, `filings/`), evidence for a filing in doubt (`evidence.py`), which files there
are (`raw.py`) or were (`ledger.py`), or DuckDB (`warehouse/`).

A reading is addressed by (sha256 of the bytes, path below the raw folder, evidence, reader version); see
`docs/decisions/readings-are-addressed-by-bytes-path-and-reader.md`. The evidence of a first reading is empty: it rests on its
own bytes. A filing in doubt is read a second time where other releases of its company give evidence, whose digest is in the
address.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from orchestration.filings.company.stated import KnownCompany
from orchestration.filings.records import Reading
from orchestration.store import files
from orchestration.store.address import Address
from orchestration.store.chunks import (
    FAILED,
    FILE_TIMEOUT_SECONDS,
    READER,
    SECOND,
    STOPPED,
    Chunk,
    chunk_path,
    quarantined,
)
from orchestration.store.evidence import evidence
from orchestration.store.ledger import LedgerLine, read_ledger, write_ledger
from orchestration.store.parquet import read_table, write_table
from orchestration.store.paths import ROOT, VOCABULARY
from orchestration.store.raw import RawFile
from orchestration.store.schema import arrow_schema
from orchestration.store.workers import OnRead, read_all

if TYPE_CHECKING:
    import pyarrow as pa

    from orchestration.filings.proof.other_releases import ReleaseEvidence

logger = logging.getLogger(__name__)

LAYOUT = "2"  # of a chunk; a change of `schema.row` changes it, and every filing is read again
SHARED = ("identities", "intervals", "evidence_thresholds")  # what the reader uses of `expectations/`; a test holds it to this
IN_PROCESS_FILES = 16  # up to this many, starting a worker costs more than it saves
COMPACT_ABOVE_CHUNKS = 64
COMPACT_TO_FILES = 2048
_CODES = "problems.list.element.code"


NOT_READ = "companies.csv"  # of the vocabulary: it places readings, so that a company more has no filing read again


def reader_version(reader: str = READER) -> str:
    """Digest of all that a reading depends on beside its bytes and path: code of the reader, shared data, vocabulary."""
    files = [
        *(ROOT / "orchestration" / "filings").rglob("*.py"),
        *(ROOT / "expectations" / f"{name}.py" for name in SHARED),
        *(file for file in VOCABULARY.glob("*.csv") if file.name != NOT_READ),
    ]
    digest = hashlib.sha256(f"{LAYOUT} {reader}\n".encode())
    for file in sorted(files):
        body = file.read_bytes()
        digest.update(f"{file.relative_to(ROOT).as_posix()} {len(body)}\n".encode() + body)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class ReadingStore:
    """The readings of one reader version in `folder`, and the ledger of every filing that was ever read into it."""

    folder: Path
    version: str
    reader: str = READER
    timeout_seconds: float = FILE_TIMEOUT_SECONDS

    @property
    def ledger(self) -> Path:
        """The file of the ledger: which files were read by any build."""
        return self.folder / "ledger.parquet"

    def chunk(self, files: tuple[RawFile, ...], known: Mapping[Address, ReleaseEvidence] | None = None) -> Chunk:
        """The chunk that some files are read into; a second time, with the evidence `known`."""
        told = tuple(known[Address.first(file)] for file in files) if known else ()
        return Chunk(files, str(self.folder), self.version, self.reader, self.timeout_seconds, told)

    def paths(self) -> list[Path]:
        """The chunks of this reader version, by name."""
        return sorted(self.folder.glob(f"{self.version[:16]}-*.parquet"))

    def paths_of(self, *, second: bool) -> list[Path]:
        """The chunks of first or of second readings."""
        return [path for path in self.paths() if path.name.startswith(f"{self.version[:16]}-{SECOND}") == second]

    def addresses(self, *, second: bool = False) -> set[Address]:
        """The addresses that have a first or a second reading. A chunk that cannot be read is removed with a warning."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        found: set[Address] = set()
        for path in self.paths_of(second=second):
            try:
                if not pq.read_schema(path).equals(arrow_schema()):
                    raise pa.ArrowInvalid("it has other columns than this code writes")
                table = read_table(path)  # the whole of it: damage anywhere counts
            except (pa.ArrowException, OSError) as error:
                logger.warning("%s is damaged (%s); its filings are read again.", path, error)
                path.unlink(missing_ok=True)
                continue
            found.update(_addresses(table))
        return found

    def update(
        self, files: Sequence[RawFile], jobs: int | None, on_read: OnRead, companies: Sequence[KnownCompany] = ()
    ) -> UpdateReport:
        """Read the files that have no reading, then those in doubt again with evidence from other releases; tidy up.

        Files that changed or vanished meanwhile are in `UpdateReport.missed`. `jobs` None: as many processes as the machine has
        processors, one where there is little to read. Raises `ValueError` for `jobs` below 1.
        """
        if jobs is not None and jobs < 1:
            raise ValueError(f"jobs must be 1 or more, not {jobs}.")
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.locked():
            self._forget_stopped()
            known = self.addresses()
            unread = [file for file in files if Address.first(file) not in known]
            read_all(unread, self.chunk, jobs or _jobs_for(len(unread)), on_read)
            now = known | self.addresses() if unread else known
            missed = tuple(file for file in unread if Address.first(file) not in now)
            again, read_again = self._read_again(
                [file for file in files if Address.first(file) in now], jobs, on_read, companies
            )
            self._compact()
            self._note(files)
            self._prune(files, again | self._failed(second=True))
        return UpdateReport(len(unread) - len(missed), len(files) - len(unread), missed, again, read_again)

    def _read_again(
        self, files: Sequence[RawFile], jobs: int | None, on_read: OnRead, companies: Sequence[KnownCompany]
    ) -> tuple[frozenset[Address], int]:
        """Read the filings in doubt again, with evidence: the addresses of their second readings, and how many are new.

        A filing whose file has changed or gone since it was listed keeps its first reading, and so does one at whose second
        reading the reader failed.
        """
        known = evidence(self.paths_of(second=False), {Address.first(file) for file in files}, companies)
        wanted = {first._replace(evidence=one.digest) for first, one in known.items()}
        stored = self.addresses(second=True)
        missing = {one._replace(evidence="") for one in wanted - stored}
        unread = [file for file in files if Address.first(file) in missing]
        if unread:
            read_all(unread, lambda some: self.chunk(some, known), jobs or _jobs_for(len(unread)), on_read)
            stored = self.addresses(second=True)
            logger.info("%d filings in doubt were read again with what other releases tell.", len(unread))
        failed = self._failed(second=True)
        for one in sorted(wanted - stored):
            logger.warning("%s changed while the build was reading; it is taken as it was first read.", one.source)
        for one in sorted(wanted & failed):
            logger.warning("The reader failed when it read %s a second time; it is taken as it was first read.", one.source)
        sound = stored - failed
        return frozenset(wanted & sound), sum(one._replace(evidence="") in missing for one in wanted & sound)

    def _failed(self, *, second: bool) -> frozenset[Address]:
        """The addresses of the readings at which the reader failed."""
        found: set[Address] = set()
        for path in self.paths_of(second=second):
            table = read_table(path, [*Address._fields, _CODES])
            addresses = _addresses(table)
            found.update(addresses[at] for at in _rows_with_code(table, FAILED))
        return frozenset(found)

    def _forget_stopped(self) -> None:
        """Remove the readings that were stopped for want of time or memory, so that they are tried again."""
        import pyarrow as pa  # noqa: PLC0415

        for path in self.paths():
            try:
                stopped = _rows_with_code(read_table(path, [_CODES]), STOPPED)
                if stopped:
                    table = read_table(path)
                    self._keep_rows(path, table, [at not in stopped for at in range(len(table))])
            except (pa.ArrowException, OSError):
                continue  # `addresses` removes it, and says so

    def _keep_rows(self, path: Path, table: pa.Table, kept: list[bool]) -> None:
        """Write the rows of a chunk to keep as another chunk in its place."""
        if all(kept):
            return
        if any(kept):
            is_second = path in self.paths_of(second=True)
            names = path.name + "".join(map(str, kept))
            write_table(chunk_path(self.folder, self.version, names, is_second=is_second), table.filter(kept))
        path.unlink()

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the store: other builds that write to it wait."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with files.lock(self.folder / ".lock"):
            yield

    def seen(self) -> set[LedgerLine]:
        """The lines of the ledger."""
        return read_ledger(self.ledger)

    def _note(self, files: Iterable[RawFile]) -> None:
        """Enter the files into the ledger, with the filing ids of their readings."""
        import pyarrow.compute as pc  # noqa: PLC0415

        before = self.seen()
        wanted = {Address.first(file) for file in files} - {Address(line.sha256, line.source) for line in before}
        if not wanted:
            return
        after = set(before)
        for path in self.paths_of(second=False):
            table = read_table(path, ["source", "sha256", "filing"])
            ids = pc.struct_field(table["filing"], "filing_id").to_pylist()
            lines = map(LedgerLine, table["source"].to_pylist(), table["sha256"].to_pylist(), ids)
            after.update(line for line in lines if Address(line.sha256, line.source) in wanted)
        write_ledger(self.ledger, after)

    def _compact(self) -> None:
        """Merge many small chunks into few. After a crash in between a reading is there twice; staging loads it once."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        for second in (False, True):
            paths = self.paths_of(second=second)
            if len(paths) <= COMPACT_ABOVE_CHUNKS:
                continue
            for some in _gather([(path, pq.read_metadata(path).num_rows) for path in paths]):
                table = pa.concat_tables([read_table(path) for path in some])
                names = "".join(path.name for path in some)
                write_table(chunk_path(self.folder, self.version, names, is_second=second), table)
                for path in some:
                    path.unlink()

    def _prune(self, files: Iterable[RawFile], again: Collection[Address]) -> None:
        """Remove the chunks of other reader versions, partial files of killed writers, and superseded second readings.

        Second readings of files that are not listed stay, as their first readings do: a file that comes back is not read again.
        """
        for path in (*self.folder.glob("*.parquet"), *self.folder.glob(".*.partial")):
            if path != self.ledger and not path.name.startswith(f"{self.version[:16]}-"):
                path.unlink(missing_ok=True)
        listed = {Address.first(file) for file in files}
        for path in self.paths_of(second=True):
            table = read_table(path)
            kept = [one in again or one._replace(evidence="") not in listed for one in _addresses(table)]
            self._keep_rows(path, table, kept)


def _addresses(table: pa.Table) -> list[Address]:
    return list(map(Address, *(table[name].to_pylist() for name in Address._fields)))


def _rows_with_code(table: pa.Table, codes: Collection[str]) -> set[int]:
    """The rows whose problems have one of some codes. By columns: a build asks this of every reading."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    problems = table["problems"].combine_chunks()
    has_code = pc.is_in(pc.struct_field(pc.list_flatten(problems), "code"), value_set=pa.array(sorted(codes)))
    return set(pc.list_parent_indices(problems).filter(has_code).to_pylist())


class UpdateReport(NamedTuple):
    """What an update of the store did: filings read and reused, and files that had changed or gone since they were listed.

    `again` are the addresses of the second readings to load, of which this update read `read_again`.
    """

    read: int
    reused: int
    missed: tuple[RawFile, ...]
    again: frozenset[Address] = frozenset()
    read_again: int = 0


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


def missed(file: RawFile) -> Reading:
    """The reading of a file that changed or went since it was listed: quarantined, for one build, never stored."""
    text = f"{file.source} was changed or removed while the build was reading, and is not in this warehouse. Build again."
    return quarantined(file, "file_changed_while_reading", text)
