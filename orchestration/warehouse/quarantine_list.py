"""The list of all quarantined filings, as CSV beside the warehouse file that it is of.

Belongs here: what is in it, and where it lies. Does not belong here: why a filing is quarantined
(`filings/acceptance.py`, `build/rounds.py`), or which of them a terminal shows (`cli/`).
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from orchestration.store import files
from orchestration.warehouse.inspection import quarantined

LIST_SUFFIX = ".quarantined.csv"


def list_of(file: Path) -> Path:
    """Where the list of a warehouse file lies."""
    return file.with_suffix(LIST_SUFFIX)


def write_list(file: Path) -> None:
    """Write the list of a warehouse file, by source; remove the one of before where no filing is quarantined."""
    rows = quarantined(file)
    if not rows:
        list_of(file).unlink(missing_ok=True)
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("source", "sha256", "reason"))
    writer.writerows((source, sha256, why) for (source, sha256), why in rows.items())
    with files.atomic_write(list_of(file)) as out:
        out.write(text.getvalue().encode())
