"""The files of the raw folder, by path, size and digest, without reading one into memory whole.

Belongs here: which files are filings, and which of them have the same bytes. Does not belong here: what is in a filing
(`filings/`), or what was read of it before (`readings.py`). Nothing here changes a file.

The rule: a filing is a regular file at any depth. Skipped are hidden files and folders (a leading dot, so `.gitkeep` and
`.DS_Store`), `README*`, and the `.json` sidecars that downloads leave beside a filing. A link that leads out of the folder
is refused, and so is anything that is no regular file: each is named in `RawListing.refused`.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from orchestration.store.errors import NoFilingsError

# The largest complete submissions of an 8-K with an earnings release that hold text alone are a few MB; beyond this, a
# file carries pictures or is no filing, and reading it would take some 20 times its size in memory.
MAX_FILING_BYTES = 32 * 1024 * 1024
BLOCK_BYTES = 1024 * 1024
SIDECAR_SUFFIXES = (".json",)
COMPANION_PREFIXES = (".", "README")


class RawFile(NamedTuple):
    """One file of the raw folder. `source` is its path below the folder, as POSIX; `duplicate_of` another such path."""

    source: str
    path: str
    size_bytes: int
    sha256: str
    duplicate_of: str | None = None

    @property
    def is_too_large(self) -> bool:
        """Whether it is larger than `MAX_FILING_BYTES`."""
        return self.size_bytes > MAX_FILING_BYTES


class RefusedFile(NamedTuple):
    """A path in the raw folder that has the name of a filing but is refused, and why."""

    source: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class RawListing:
    """The raw folder at one moment, by path. `filings` are the files to read: each bytes once, under its first path."""

    files: tuple[RawFile, ...]
    refused: tuple[RefusedFile, ...] = ()

    @property
    def filings(self) -> tuple[RawFile, ...]:
        """The files that are read."""
        return tuple(file for file in self.files if file.duplicate_of is None)

    @property
    def digest(self) -> str:
        """One digest of every path and its bytes."""
        lines = (f"{file.sha256} {file.source}\n" for file in self.files)
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def list_raw(folder: Path) -> RawListing:
    """The filings under `folder`, sorted by path. Raises `NoFilingsError` where there is none."""
    files: list[RawFile] = []
    refused: list[RefusedFile] = []
    for path in candidates(folder, lambda error: refused.append(_unlisted(folder, error))):
        found = _examine(folder, path)
        (files if isinstance(found, RawFile) else refused).append(found)  # type: ignore[arg-type]
    if not files:
        raise no_filings(folder)
    return RawListing(_mark_duplicates(sorted(files)), tuple(sorted(refused)))


def no_filings(folder: Path) -> NoFilingsError:
    """The error for a raw folder that holds nothing to read."""
    what = "is empty or holds only skipped files" if folder.is_dir() else "is not a folder"
    return NoFilingsError(f"No filings in {folder}: it {what}. Put 8-K filings there, or name another folder with --raw.")


def _unlisted(folder: Path, error: OSError) -> RefusedFile:
    source = source_of(folder, Path(os.fsdecode(error.filename or folder)))
    reason = (
        f"the folder {source} could not be listed ({error.strerror}), so none of its files was read; check its permissions."
    )
    return RefusedFile(source, "folder_unreadable", reason)


def candidates(folder: Path, on_error: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    """The paths under `folder` that could be filings by name, in no order. Linked folders are yielded, never entered.

    `on_error` is told of a folder that cannot be listed.
    """
    for parent, folders, names in os.walk(folder, onerror=on_error):
        below = Path(parent)
        yield from (below / name for name in folders if not is_companion(name) and (below / name).is_symlink())
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (below / name for name in names if not is_companion(name))


def source_of(folder: Path, path: Path) -> str:
    """The path below the raw folder as text; bytes that are no UTF-8 are escaped, so that any name can be stored."""
    relative = path.relative_to(folder).as_posix()
    return relative.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def file_sha256(path: str | Path) -> str:
    """SHA-256 of a file, read by blocks."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def is_companion(name: str) -> bool:
    """Whether a file of this name is passed over."""
    return name.startswith(COMPANION_PREFIXES) or name.lower().endswith(SIDECAR_SUFFIXES)


def _examine(folder: Path, path: Path) -> RawFile | RefusedFile:
    source = source_of(folder, path)
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            return RefusedFile(source, "link_refused", f"{source} is a link that leads out of {folder}; copy the file instead.")
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return RefusedFile(source, "not_a_file", f"{source} is not a regular file and was not read; put files there.")
        return RawFile(source, str(path), found.st_size, file_sha256(path))
    except (OSError, RuntimeError) as error:
        return RefusedFile(source, "file_unreadable", f"{source} could not be read ({error}); check its permissions.")


def _mark_duplicates(files: list[RawFile]) -> tuple[RawFile, ...]:
    first: dict[str, str] = {}
    marked = []
    for file in files:
        kept = first.setdefault(file.sha256, file.source)
        marked.append(file if kept == file.source else file._replace(duplicate_of=kept))
    return tuple(marked)
