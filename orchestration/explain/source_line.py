"""The line of a filing that a value stands on.

Belongs here: finding the line in the raw file, if that file still has the bytes that were read. Does not belong here: how
the line is marked on a terminal (`cli/terminal/explanation.py`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from orchestration.explain.rows import Row

_CONTEXT_CHARS = 90


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Line number `line` of the file `path`; `start` and `end` delimit the value's characters within `text`.

    Without `text`, `trouble` says why it cannot be shown.
    """

    path: Path
    line: int | None
    text: str | None = None
    start: int = 0
    end: int = 0
    trouble: str | None = None


def source_line(raw: Path, value: Row, certificate: Row | None = None) -> SourceLine:
    """The line of a value below the folder `raw`, cut to some characters on both sides of it.

    `value` is a row of `staging.reported_values` with its filing's `source` and `sha256`. A value that no characters carry is
    shown where its `certificate` says that the damaged ones stand.
    """
    from orchestration.filings.documents.decode import decode  # noqa: PLC0415

    place = certificate if certificate and value["source_start"] is None else value
    path, number, start, end = raw / value["source"], value["source_line"], place["source_start"], place["source_end"]
    if not path.resolve().is_relative_to(raw.resolve()) or not path.is_file():
        return SourceLine(path, number, trouble=f"the file is no longer there: {path}")
    raw_bytes = path.read_bytes()
    if hashlib.sha256(raw_bytes).hexdigest() != value["sha256"]:
        return SourceLine(path, number, trouble=f"the file was changed after it was read, so its line is not shown: {path}")
    if start is None or end is None:
        return SourceLine(path, number, trouble="no characters of the filing carry it" if number is None else None)
    return SourceLine(path, number, *_cut(decode(raw_bytes), start, end))


def _cut(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The line around the characters from `start` to `end` of `text`, and where they are in it."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    left, right = max(first, start - _CONTEXT_CHARS), min(last, end + _CONTEXT_CHARS)
    before, after = ("..." if left > first else ""), ("..." if right < last else "")
    return before + text[left:right] + after, start - left + len(before), end - left + len(before)
