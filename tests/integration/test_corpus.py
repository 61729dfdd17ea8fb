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

from orchestration.filings.documents.decode import decode
from orchestration.filings.documents.detect import read_document
from orchestration.filings.documents.model import Paragraph
from orchestration.filings.reader import read_filing
from orchestration.filings.records import Reading

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("TIEOUT_CORPUS") or ROOT.parent / "shared" / "corpus").resolve()
RECALL_AT_LEAST = 0.98
PRECISION_AT_LEAST = 0.995

WHEN = {
    "releases/aemetis-2024-12.md": (2024, 4, "2024-12-31", "2025-03-13"),
    "releases/apple-2004-06.txt": (2004, 3, "2004-06-26", "2004-07-14"),
    "releases/asta-2004-03.txt": (2004, 2, "2004-03-31", "2004-05-12"),
    "releases/asta-2005-06.txt": (2005, 3, "2005-06-30", "2005-08-10"),
    "releases/asta-2005-09.txt": (2005, 4, "2005-09-30", "2005-12-15"),
    "releases/buckle-2024-10.html": (2024, 3, "2024-11-02", "2024-11-22"),
    "releases/forian-2024-09.md": (2024, 3, "2024-09-30", "2024-11-13"),
    "releases/forian-2025-06.md": (2025, 2, "2025-06-30", "2025-08-13"),
    "releases/geovax-2024-09.md": (2024, 3, "2024-09-30", "2024-11-12"),
    "releases/geovax-2025-03.md": (2025, 1, "2025-03-31", "2025-05-01"),
    "releases/goldenmatrix-2025-03.md": (2025, 1, "2025-03-31", "2025-05-08"),
    "releases/goldenmatrix-2025-06.md": (2025, 2, "2025-06-30", "2025-08-06"),
    "releases/innovative-clinical-2000-07.txt": (2001, 2, "2000-07-31", "2000-10-04"),
    "releases/nephros-2024-09.md": (2024, 3, "2024-09-30", "2024-11-07"),
    "releases/nephros-2024-12.md": (2024, 4, "2024-12-31", "2025-03-06"),
    "releases/paltalk-2024-09.md": (2024, 3, "2024-09-30", "2024-11-12"),
    "releases/pericom-2003-06.txt": (2003, 4, "2003-06-30", "2003-07-29"),
    "releases/pericom-2004-12.txt": (2005, 2, "2004-12-31", "2005-02-02"),
    "releases/pericom-2005-06.txt": (2005, 4, "2005-06-30", "2005-08-09"),
    "releases/pericom-2006-09.txt": (2007, 1, "2006-09-30", "2006-10-26"),
    "releases/pericom-2006-12.txt": (2007, 2, "2006-12-30", "2007-01-31"),
    "releases/stockwalk-kinnard-2000-06.txt": (2000, 2, "2000-06-30", "2000-09-22"),
    "series/pericom-0000891092-03-002843.txt": (2004, 1, "2003-09-30", "2003-10-21"),
    "series/pericom-0001275287-05-001389.txt": (2005, 3, "2005-03-31", "2005-04-21"),
    "series/pericom-0001275287-05-004474.txt": (2006, 1, "2005-10-01", "2005-11-07"),
    "series/pericom-0001275287-06-002673.txt": (2006, 3, "2006-04-01", "2006-05-10"),
    "series/pericom-0001275287-06-004486.txt": (2006, 4, "2006-07-01", "2006-08-16"),
    "series/pericom-0001144204-07-020827.txt": (2007, 3, "2007-03-31", "2007-04-26"),
}
"""Fiscal year and quarter, the day the quarter ended, and the day it was told: read by hand from each text."""

MATCHES_AT_LEAST = {
    "aemetis-2024-12.md": 27,
    "forian-2024-09.md": 4,
    "forian-2025-06.md": 5,
    "geovax-2024-09.md": 17,
    "geovax-2025-03.md": 7,
    "goldenmatrix-2025-03.md": 1,
    "goldenmatrix-2025-06.md": 2,
    "nephros-2024-09.md": 14,
    "nephros-2024-12.md": 29,
    "paltalk-2024-09.md": 21,
}
"""Figures told in the prose of wire copies that the statements bear out: each of them was compared by hand."""

_SENTENCE = re.compile(r"(?:^|(?<=[.!?] ))[A-Z“][^.!?\n]{40,600}[.!?](?= [A-Z“]|$)", re.MULTILINE)
_BULLET = re.compile(r"^\s*[*●§]\s+\S.{20,}$", re.MULTILINE)
_ROW = re.compile(r"\d[\d,.]*\)?\s*[$(\s]*\(?\d[\d,]{3,}")

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


def reading(name: str) -> Reading:
    return read_filing((CORPUS / name).read_bytes(), name)


@pytest.mark.parametrize("name", WHEN)
def test_when_a_release_was_told_and_what_quarter_it_tells(name: str) -> None:
    filing = reading(name).filing
    assert (filing.fiscal_year, filing.fiscal_quarter, str(filing.period_end), str(filing.known_from)) == WHEN[name]


def test_every_release_is_checked_for_when_it_was_told() -> None:
    files = [file for folder in ("releases", "series") for file in (CORPUS / folder).iterdir()]
    assert {f"{file.parent.name}/{file.name}" for file in files} == set(WHEN)


@pytest.mark.parametrize("name", MATCHES_AT_LEAST)
def test_figures_told_in_wire_copies_match_their_statements(name: str) -> None:
    outcomes = [figure.outcome for figure in reading(f"releases/{name}").figures]
    assert outcomes.count("match") >= MATCHES_AT_LEAST[name]
    assert outcomes.count("mismatch") == 0


@pytest.mark.parametrize("name", MATCHES_AT_LEAST)
def test_every_sentence_of_a_wire_copy_is_in_a_paragraph(name: str) -> None:
    """Sentences and bulleted statements as a plain search of the raw text finds them, table rows aside."""
    text = decode((CORPUS / "releases" / name).read_bytes())
    told = " ".join(
        " ".join(block.text.split()) for block in read_document(text).document.blocks if isinstance(block, Paragraph)
    )
    found = [" ".join(one.split()) for pattern in (_SENTENCE, _BULLET) for one in pattern.findall(text)]
    sentences = [one for one in found if not _ROW.search(one)]
    assert len(sentences) > 15
    assert [one for one in sentences if one not in told] == []
