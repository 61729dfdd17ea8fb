"""The curated terms of `data/vocabulary/`, read once.

Belongs here: loading the CSV files, by name. Does not belong here: what any of them means (the module that uses it), or
a term (add it to the CSV).
"""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(os.environ.get("TIEOUT_VOCABULARY") or Path(__file__).resolve().parents[2] / "data" / "vocabulary")
"""Where the vocabulary lies; the environment variable is for installations that keep it elsewhere."""


class VocabularyError(ValueError):
    """A vocabulary file is missing or broken; the message says which, where and what to do."""


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `<name>.csv` as mappings; raises VocabularyError where the file is missing or a row is short."""
    path = FOLDER / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            found = tuple(csv.DictReader(file))
    except FileNotFoundError as error:
        raise VocabularyError(f"{path} is missing: restore it from git, or set TIEOUT_VOCABULARY") from error
    for number, row in enumerate(found, 2):
        if None in row or None in row.values():
            raise VocabularyError(f"{path}, line {number}: the row has not as many fields as the header")
    return found
