"""Real releases that people read by hand: how much of them the reader gets right, by the corpus's own measure."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from orchestration.filings.documents.decode import decode
from orchestration.filings.documents.detect import read_document
from orchestration.filings.documents.model import Paragraph
from orchestration.filings.reader import read_filing
from orchestration.filings.records import Reading
from tests.corpus import CORPUS, WHEN, needs_corpus

RECALL_AT_LEAST = 0.98
PRECISION_AT_LEAST = 0.995

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

pytestmark = needs_corpus("releases")


@cache
def reading(name: str) -> Reading:
    return read_filing((CORPUS / name).read_bytes(), name)


def test_the_reader_is_as_good_as_it_was_on_releases_read_by_hand(tmp_path: Path) -> None:
    releases = [name for name in WHEN if name.startswith("releases/")]
    (tmp_path / "truth").mkdir()
    for name in releases:
        truth = f"{Path(name).stem}.json"
        shutil.copy(CORPUS / "truth" / truth, tmp_path / "truth" / truth)
    read = f"{Path(sys.executable).parent / 'tieout'} read --format json"
    done = subprocess.run(
        [sys.executable, str(CORPUS / "score.py"), "--wrong", "--command", read, "--truth", str(tmp_path / "truth")],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    total = re.search(r"files (\d+) of (\d+), values (\d+): recall ([\d.]+) precision ([\d.]+) silent (\d+)", done.stdout)
    assert total, done.stderr
    files, of, values, recall, precision, silent = (float(found) for found in total.groups())
    assert files == of == len(releases)
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


@pytest.mark.parametrize("name", WHEN)
def test_when_a_release_was_told_and_what_quarter_it_tells(name: str) -> None:
    filing = reading(name).filing
    assert (filing.fiscal_year, filing.fiscal_quarter, str(filing.period_end), str(filing.known_from)) == WHEN[name]


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
