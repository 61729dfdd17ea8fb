"""Real releases that people read by hand: how much of them the reader gets right, by the corpus's own measure.

The corpus is not part of the project. It is looked for at `../shared/corpus`, or where TIEOUT_CORPUS says; without it the
tests are skipped and say so.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.filings.reader import read_filing

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("TIEOUT_CORPUS") or ROOT.parent / "shared" / "corpus").resolve()
RECALL_AT_LEAST = 0.98
PRECISION_AT_LEAST = 0.995

pytestmark = pytest.mark.skipif(
    not (CORPUS / "score.py").is_file(), reason=f"no corpus at {CORPUS}: set TIEOUT_CORPUS to measure the reader on it"
)


def test_the_reader_is_as_good_as_it_was_on_releases_read_by_hand() -> None:
    read = f"{Path(sys.executable).parent / 'tieout'} read --format json"
    done = subprocess.run(
        [sys.executable, str(CORPUS / "score.py"), "--wrong", "--command", read],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    total = re.search(r"files (\d+) of (\d+), values (\d+): recall ([\d.]+) precision ([\d.]+) silent (\d+)", done.stdout)
    assert total, done.stderr
    files, of, values, recall, precision, silent = (float(found) for found in total.groups())
    assert files == of
    assert values > 1_000
    assert silent == 0, done.stdout
    assert precision >= PRECISION_AT_LEAST, done.stdout
    assert recall >= RECALL_AT_LEAST, done.stdout


def test_what_is_no_release_is_read_as_none_and_says_why() -> None:
    files = sorted((CORPUS / "not-earnings").iterdir())
    assert files
    for file in files:
        reading = read_filing(file.read_bytes(), file.name)
        assert not reading.values, file.name
        assert reading.filing.status == "quarantined", file.name
        assert reading.filing.reason, file.name
