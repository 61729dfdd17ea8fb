"""Copying a file into the folder of its company in the raw folder.

Belongs here: which files may be added, under which name, and that none is written over. Does not belong here: which company
(`known_companies.py`), the files of a fetch (`edgar/raw_store.py`).
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from orchestration.store import files
from orchestration.store.errors import TieoutError
from orchestration.store.raw import MAX_FILING_BYTES, file_sha256, is_companion


def add_file(path: Path, raw: Path, cik: str) -> tuple[Path, bool]:
    """Copy a file to `<raw>/<cik>/` under its own name: where it is there, and whether it is new.

    Raises `TieoutError` for what is no filing by its name, kind or size, and where another file has the name.
    """
    _check(path)
    folder = raw / cik
    target = folder / path.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not folder.resolve().is_relative_to(raw.resolve()):
            raise TieoutError(f"{folder} is a link that leads out of {raw}; make it a folder")
        same = _same(path, folder)
        if same is not None:
            return same, False
        if target.exists() or target.is_symlink():
            raise TieoutError(f"{target}: is there with other bytes, and nothing is written over; give {path} another name")
        with path.open("rb") as source, files.atomic_write(target) as copy:
            shutil.copyfileobj(source, copy)
    except OSError as error:
        raise TieoutError(f"{target}: cannot be written: {error.strerror or error}; check the permissions") from error
    return target, True


def _check(path: Path) -> None:
    try:
        found = path.stat()
    except OSError as error:
        raise TieoutError(f"{path}: cannot be read: {error.strerror or error}; check the path") from None
    if not stat.S_ISREG(found.st_mode):
        raise TieoutError(f"{path}: is no regular file; name the files themselves")
    if is_companion(path.name):
        raise TieoutError(f"{path}: a build passes over hidden files, README* and .json; give it another name")
    if found.st_size > MAX_FILING_BYTES:
        raise TieoutError(f"{path}: has {found.st_size:,} bytes, the limit is {MAX_FILING_BYTES:,}; leave out its pictures")
    if not found.st_size or not os.access(path, os.R_OK):
        raise TieoutError(f"{path}: {'is empty' if not found.st_size else 'may not be read'}; check the file")


def _same(path: Path, folder: Path) -> Path | None:
    """The file of a folder that has the same bytes."""
    size, digest = path.stat().st_size, file_sha256(path)
    others = (one for one in sorted(folder.iterdir()) if one.is_file() and one.stat().st_size == size)
    return next((one for one in others if not is_companion(one.name) and file_sha256(one) == digest), None)
