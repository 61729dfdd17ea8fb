"""The texts in the raw folder: `<cik>/<accession>.txt`, each with what is known of it in `<accession>.json` beside it.

Belongs here: names, what is there already, and how a new text gets its name. Does not belong here: how it is asked for
(`client.py`), whether it is sound (`bounds.py`).

A text is written under a hidden name, checked, synced, and renamed: whoever looks sees all of it or nothing. No text is ever
written over: other bytes for an accession number that is there are kept beside it, as `<accession>_<16 digits of sha256>.txt`.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from io import FileIO
from pathlib import Path
from typing import Any, Final

from orchestration.edgar.bounds import check
from orchestration.edgar.errors import RefusedError
from orchestration.edgar.submissions import Entry, is_accession
from orchestration.store import files
from orchestration.store.errors import TieoutError
from orchestration.store.raw import file_sha256

PART_PREFIX: Final = ".part-"
LOCK: Final = ".fetching"
WAIT_SECONDS: Final = 0.2


class Outcome(StrEnum):
    """What became of a filing."""

    FETCHED = "fetched"
    THERE = "there"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that is there, whole. `sidecar` is what stands beside it."""

    path: Path
    sha256: str
    sidecar: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The texts of one company. `raw` is the raw folder."""

    raw: Path
    cik: str

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.raw / self.cik

    @contextlib.asynccontextmanager
    async def open(self, on_wait: Callable[[], None]) -> AsyncIterator[None]:
        """Hold the folder against every other process that fetches the same company; clear away what a killed one left.

        `on_wait` is called where another one has to be waited for. Raises `RefusedError` where the folder cannot be had, or
        leads out of the raw folder.
        """
        lock = self._lock()
        if lock is None:
            on_wait()
        while lock is None:
            await asyncio.sleep(WAIT_SECONDS)
            lock = self._lock()
        try:
            for left in self.folder.glob(f"{PART_PREFIX}*"):
                left.unlink(missing_ok=True)
            yield
        finally:
            (self.folder / LOCK).unlink(missing_ok=True)
            lock.close()

    def _lock(self) -> FileIO | None:
        """The lock of the folder, if nobody else has it. Its file is gone when nobody fetches: no raw folder keeps it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not self.folder.resolve().is_relative_to(self.raw.resolve()):
                raise RefusedError("folder_refused", f"{self.folder} is a link that leads out of {self.raw}")
            return files.try_lock(self.folder / LOCK, 0o600)
        except OSError as error:
            raise RefusedError(
                "folder_refused", f"{self.folder} cannot be written ({error.strerror}); check its permissions"
            ) from error

    def whole(self, entry: Entry) -> Kept | None:
        """The text that is there, with the hash that stands beside it, if the index says of it what it said then; else None."""
        versions = self._versions(entry.accession)
        newest = max(versions, key=lambda one: str(one.sidecar.get("fetched_at", "")), default=None)
        return newest if newest and _facts(newest.sidecar) == _facts(_described(entry)) else None

    def part(self, accession: str) -> Path:
        """The hidden name that a text has until it is whole. Raises ValueError for what is no accession number."""
        if not is_accession(accession):
            raise ValueError(f"{accession!r} is no accession number")
        return self.folder / f"{PART_PREFIX}{accession}"

    def keep(self, part: Path, sha256: str, entry: Entry, told: dict[str, Any]) -> tuple[Outcome, Path]:
        """Give a checked text its name, and write beside it what is known of it. `told`: address, company and such."""
        base = self.folder / f"{entry.accession}.txt"
        same = next((path for path in self._texts(entry.accession) if file_sha256(path) == sha256), None)
        if same:
            outcome, path = Outcome.THERE, same
            part.unlink()
        else:
            outcome = Outcome.CHANGED if base.exists() else Outcome.FETCHED
            path = base if outcome is Outcome.FETCHED else self._beside(entry.accession, sha256)
            files.rename(part, path)
        size = path.stat().st_size
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        body = {**_described(entry), **told, "sha256": sha256, "size_bytes": size, "fetched_at": now}
        _write_json(path.with_suffix(".json"), body)
        return outcome, path

    def _beside(self, accession: str, sha256: str) -> Path:
        """A name for other bytes; a longer one where the short one holds something that is not what it says."""
        names = (self.folder / f"{accession}_{sha256[:digits]}.txt" for digits in (16, 32, 64))
        free = next((path for path in names if not path.exists()), None)
        if free is None:
            raise TieoutError(
                f"{self.folder}/{accession}_*.txt do not hold what their names say; move them away and fetch again"
            )
        return free

    def _texts(self, accession: str) -> list[Path]:
        """The texts under an accession number, the first that came first."""
        others = sorted(self.folder.glob(f"{accession}_*.txt"))
        return [path for path in (self.folder / f"{accession}.txt", *others) if path.is_file()]

    def _versions(self, accession: str) -> list[Kept]:
        """The texts whose bytes have the hash that stands beside them."""
        found = []
        for path in self._texts(accession):
            sidecar = _read_json(path.with_suffix(".json"))
            sha256 = file_sha256(path) if sidecar else ""
            if sidecar and sidecar.get("sha256") == sha256:
                found.append(Kept(path, sha256, sidecar))
        return found


async def write_checked(part: Path, blocks: AsyncIterator[bytes], accession: str) -> str:
    """Write a text under its hidden name and look at it; its SHA-256. Whatever goes wrong, the file is gone again."""
    digest = hashlib.sha256()
    try:
        with files.synced_write(part) as file:
            async for block in blocks:
                digest.update(block)
                file.write(block)
        check(part, accession)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise TieoutError(
            f"{part.parent} cannot be written: {error.strerror or error}; what is there already is whole"
        ) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def _described(entry: Entry) -> dict[str, Any]:
    return {
        "accession": entry.accession,
        "form": entry.form,
        "filed": entry.filed.isoformat(),
        "report": entry.report.isoformat() if entry.report else None,
        "accepted": entry.accepted,
        "items": list(entry.items),
        "index_size": entry.size,
    }


def _facts(sidecar: dict[str, Any]) -> list[Any]:
    """What the index says of a filing: where it says something else than it did, the text may have changed as well."""
    return [sidecar.get(name) for name in ("accession", "form", "filed", "report", "accepted", "items", "index_size")]


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        body = json.loads(path.read_text(encoding="utf-8")) if path.stat().st_size < 1_000_000 else None
    except (OSError, ValueError, RecursionError):
        return None  # not there or damaged: then the text is asked for again, and this is written anew
    return body if isinstance(body, dict) else None


def _write_json(path: Path, body: dict[str, Any]) -> None:
    with files.atomic_write(path, path.with_name(f"{PART_PREFIX}{path.name}")) as file:
        file.write(json.dumps(body, indent=2, ensure_ascii=False).encode() + b"\n")
