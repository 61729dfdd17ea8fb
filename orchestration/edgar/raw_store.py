"""The fetched submission texts in the raw folder: `<cik>/<accession>.txt`, each with a sidecar `<accession>.json`.

Belongs here: file names, which texts are there, and storing a new one. Does not belong here: requests (`client.py`), or
whether a text is a whole submission (`bounds.py`).

A text is written under a hidden name, checked, synced, and renamed. No text is ever overwritten: other bytes under the same
accession number are stored beside it as `<accession>_<first 16 digits of sha256>.txt`.
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
from orchestration.edgar.submissions import IndexEntry, is_accession
from orchestration.store import files
from orchestration.store.errors import TieoutError
from orchestration.store.raw import file_sha256

PART_PREFIX: Final = ".part-"
LOCK: Final = ".fetching"
WAIT_SECONDS: Final = 0.2


class FetchOutcome(StrEnum):
    """What a request for a filing led to: a new text, one with bytes that were there, or other bytes than were there."""

    FETCHED = "fetched"
    THERE = "there"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text whose bytes have the hash in its sidecar."""

    path: Path
    sidecar: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CompanyFolder:
    """The texts of one company. `raw` is the raw folder."""

    raw: Path
    cik: str

    @property
    def path(self) -> Path:
        """The folder."""
        return self.raw / self.cik

    @contextlib.asynccontextmanager
    async def locked(self, on_wait: Callable[[], None]) -> AsyncIterator[None]:
        """Hold the lock of the folder; remove the partial texts of killed processes.

        `on_wait` is called once if another process holds the lock. Raises `RefusedError` where the folder cannot be written or
        leads out of the raw folder.
        """
        lock = self._lock()
        if lock is None:
            on_wait()
        while lock is None:
            await asyncio.sleep(WAIT_SECONDS)
            lock = self._lock()
        try:
            for left in self.path.glob(f"{PART_PREFIX}*"):
                left.unlink(missing_ok=True)
            yield
        finally:
            (self.path / LOCK).unlink(missing_ok=True)
            lock.close()

    def _lock(self) -> FileIO | None:
        """The lock of the folder; None where another process holds it. Its file is removed after use."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            if not self.path.resolve().is_relative_to(self.raw.resolve()):
                raise RefusedError("folder_refused", f"{self.path} is a link that leads out of {self.raw}")
            return files.try_lock(self.path / LOCK, 0o600)
        except OSError as error:
            raise RefusedError(
                "folder_refused", f"{self.path} cannot be written ({error.strerror}); check its permissions"
            ) from error

    def current_text(self, entry: IndexEntry) -> StoredText | None:
        """The newest text of a filing; None where there is none, or where the index now says something else of the filing."""
        versions = self._versions(entry.accession)
        newest = max(versions, key=lambda one: str(one.sidecar.get("fetched_at", "")), default=None)
        return newest if newest and _facts(newest.sidecar) == _facts(_described(entry)) else None

    def partial_path(self, accession: str) -> Path:
        """The hidden name that a text has until it is checked. Raises `ValueError` for what is no accession number."""
        if not is_accession(accession):
            raise ValueError(f"{accession!r} is no accession number")
        return self.path / f"{PART_PREFIX}{accession}"

    def add(self, part: Path, sha256: str, entry: IndexEntry, more: dict[str, Any]) -> tuple[FetchOutcome, Path]:
        """Give a checked text its name, and write its sidecar: what the index says of it, and `more`."""
        base = self.path / f"{entry.accession}.txt"
        same = next((path for path in self._texts(entry.accession) if file_sha256(path) == sha256), None)
        if same:
            outcome, path = FetchOutcome.THERE, same
            part.unlink()
        else:
            outcome = FetchOutcome.CHANGED if base.exists() else FetchOutcome.FETCHED
            path = base if outcome is FetchOutcome.FETCHED else self._free_name(entry.accession, sha256)
            files.rename(part, path)
        size = path.stat().st_size
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        body = {**_described(entry), **more, "sha256": sha256, "size_bytes": size, "fetched_at": now}
        _write_json(path.with_suffix(".json"), body)
        return outcome, path

    def _free_name(self, accession: str, sha256: str) -> Path:
        """A name for other bytes; a longer one where a file with the short one does not have the bytes its name says."""
        names = (self.path / f"{accession}_{sha256[:digits]}.txt" for digits in (16, 32, 64))
        free = next((path for path in names if not path.exists()), None)
        if free is None:
            raise TieoutError(f"{self.path}/{accession}_*.txt do not hold what their names say; move them away and fetch again")
        return free

    def _texts(self, accession: str) -> list[Path]:
        """The texts under an accession number, the one stored first at the front."""
        others = sorted(self.path.glob(f"{accession}_*.txt"))
        return [path for path in (self.path / f"{accession}.txt", *others) if path.is_file()]

    def _versions(self, accession: str) -> list[StoredText]:
        """The texts of a filing whose bytes have the hash in their sidecar."""
        found = []
        for path in self._texts(accession):
            sidecar = _read_json(path.with_suffix(".json"))
            if sidecar and sidecar.get("sha256") == file_sha256(path):
                found.append(StoredText(path, sidecar))
        return found


async def write_checked(part: Path, blocks: AsyncIterator[bytes], accession: str) -> str:
    """Write a text under its hidden name, check it, and return its SHA-256; after any error the file is removed.

    Raises `RefusedError` where it is not the submission, `TieoutError` where it cannot be written.
    """
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


def _described(entry: IndexEntry) -> dict[str, Any]:
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
    """What the index says of a filing. Where that changed, the text may have changed as well."""
    return [sidecar.get(name) for name in ("accession", "form", "filed", "report", "accepted", "items", "index_size")]


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        body = json.loads(path.read_text(encoding="utf-8")) if path.stat().st_size < 1_000_000 else None
    except (OSError, ValueError, RecursionError):
        return None  # missing or damaged: the text is fetched again, and the sidecar written anew
    return body if isinstance(body, dict) else None


def _write_json(path: Path, body: dict[str, Any]) -> None:
    with files.atomic_write(path, path.with_name(f"{PART_PREFIX}{path.name}")) as file:
        file.write(json.dumps(body, indent=2, ensure_ascii=False).encode() + b"\n")
