"""Two files with one accession number, one of which was cut off."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orchestration.defs.run import build
from tests.conftest import asking
from tests.integration.poison import submission
from tests.integration.releases import Column, Figures, quarter_end, release


def test_of_two_copies_of_one_submission_the_whole_one_is_kept(
    tmp_path: Path, gates: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy that was cut off came first by its name, and the income statement of the other was lost."""
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    end = quarter_end(2010, 1)
    whole = release(date(2010, 5, 6), [Column(end, 3, Figures(12_000, 4_500, 2_300, 1_700, 120, 600))], {end: 40_000})
    cut = whole[: whole.index(b"Condensed Consolidated Statements of Operations")]
    raw = tmp_path / "raw"
    raw.mkdir()
    for name, text in (("a-cut.txt", cut), ("b-whole.txt", whole)):
        (raw / name).write_bytes(submission(("8-K", text)))
    report = build(raw, tmp_path / "tieout.duckdb")
    assert report.published, report.message
    ask = asking(tmp_path / "tieout.duckdb")
    [quarter] = ask("select revenues from fact_quarterly_results where fiscal_year = 2010 and fiscal_quarter = 1")
    assert quarter["revenues"] == 12_000_000
    [kept_out] = ask("select source, reason from quarantine")
    assert kept_out["source"] == "a-cut.txt"
    assert "b-whole.txt" in kept_out["reason"]
