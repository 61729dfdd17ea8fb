"""The curated terms of `data/vocabulary/`, read once.

Belongs here: loading the CSV files, by name. Does not belong here: what a term means (the module that uses it), or a term (the
CSV files).
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(os.environ.get("TIEOUT_VOCABULARY") or Path(__file__).resolve().parents[2] / "data" / "vocabulary")
"""The folder of the vocabulary; `TIEOUT_VOCABULARY` names another one."""


class VocabularyError(ValueError):
    """A vocabulary file is missing or malformed; the message says which, where and what to do."""


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `<name>.csv`; raises VocabularyError where it is missing or a row has too few or too many fields."""
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


@cache
def grouped(name: str, by: str, column: str) -> Mapping[str, tuple[str, ...]]:
    """The values of one column of `<name>.csv` under each value of another, both in the order of the file."""
    found: dict[str, list[str]] = {}
    for row in rows(name):
        found.setdefault(row[by], []).append(row[column])
    return {key: tuple(values) for key, values in found.items()}


@cache
def wording(name: str) -> re.Pattern[str]:
    """The words that say something of a line, a head or a title, by their name in `wording.csv`."""
    return re.compile("|".join(grouped("wording", "name", "pattern")[name]))
