"""The address of a reading.

Belongs here: what tells one reading from another. Does not belong here: where it is stored (`readings.py`).
"""

from __future__ import annotations

from typing import NamedTuple

from orchestration.store.raw import RawFile


class Address(NamedTuple):
    """Where a reading stands in the store of one reader version; `evidence` is empty for a first reading."""

    sha256: str
    source: str
    evidence: str = ""

    @classmethod
    def first(cls, file: RawFile) -> Address:
        """The address of a file's first reading."""
        return cls(file.sha256, file.source)
