"""What a build says it did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.cli.advice import raw_in_use
from orchestration.cli.terminal.build import QUARANTINED_SHOWN, show_build
from orchestration.defs.run import BuildReport, SuiteOutcome
from orchestration.warehouse.summary import Summary

PUBLISHED = Path("/w/tieout.duckdb")
SUMMARY = Summary(
    filings=9,
    copies=2,
    companies=5,
    companies_with_quarters=3,
    quarters=12,
    quarters_without_a_row=4,
    filings_of_no_quarter=1,
    values_by_status=(("as_read", 7),),
    identities_closed=1,
    identities_possible=2,
)


def shown(capsys: pytest.CaptureFixture[str], report: BuildReport, **said: object) -> list[str]:
    arguments = {"summary": None, "kept_out": {}, "listed_in": None} | said
    show_build(report, **arguments)  # type: ignore[arg-type]
    return capsys.readouterr().out.splitlines()


def test_quarters_are_told_with_the_companies_that_have_none_and_the_quarters_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = shown(capsys, BuildReport("run", published=PUBLISHED, problems=3), summary=SUMMARY)
    assert "quarters        12, of 3 of 5 companies" in lines
    [left_out] = [line for line in lines if line.startswith("left out")]
    assert "4 quarters" in left_out
    assert (
        "`tieout sql --warehouse /w/tieout.duckdb 'from fact_quarterly_gap where vintage is null and filing_id is not null'`"
        in left_out
    )
    assert any(line.startswith("no quarter      1 filing with ") for line in lines)
    assert "2 with the bytes of another" in lines[0]
    assert any("`tieout sql --warehouse /w/tieout.duckdb 'from staging.problems'`" in line for line in lines)


def test_of_many_quarantined_filings_the_new_ones_come_first_and_a_file_has_all(capsys: pytest.CaptureFixture[str]) -> None:
    kept_out = {f"{number:03}.txt": "date_unknown: no date" for number in range(QUARANTINED_SHOWN + 5)}
    report = BuildReport("run", published=PUBLISHED, quarantined=len(kept_out), newly_kept_out=(("024.txt", "no date"),))
    lines = shown(capsys, report, summary=SUMMARY, kept_out=kept_out, listed_in=Path("/w/tieout.quarantined.csv"))
    listed = [line for line in lines if "quarantined: " in line]
    assert listed[:2] == ["newly quarantined: 024.txt: date_unknown: no date", "quarantined: 000.txt: date_unknown: no date"]
    assert len(listed) == QUARANTINED_SHOWN + 1
    assert listed[-1] == "quarantined: 5 more; all 25 with their reasons: /w/tieout.quarantined.csv"


def test_the_advice_of_a_reason_names_the_raw_folder_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    raw_in_use(Path("/in"))
    kept_out = {"a.htm": "company_unknown: `tieout add FILE --cik N` says whose it is"}
    lines = shown(capsys, BuildReport("run", published=PUBLISHED), summary=SUMMARY, kept_out=kept_out)
    raw_in_use(None)
    assert "quarantined: a.htm: company_unknown: `tieout add --raw /in FILE --cik N` says whose it is" in lines


def test_where_nothing_was_accepted_no_gate_speaks_of_empty_tables(capsys: pytest.CaptureFixture[str]) -> None:
    gate = SuiteOutcome("staging", "filings", False, "critical", "staging.filings is empty")
    kept = BuildReport("run", gates=(gate,), build_file=Path("/w/builds/run/tieout.duckdb"))
    assert any("is empty" in line for line in shown(capsys, kept))
    nothing = BuildReport("run", gates=(gate,), build_file=kept.build_file, nothing_accepted=True)
    assert not any("is empty" in line for line in shown(capsys, nothing))


def test_what_is_told_of_the_raw_folder_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that could not be opened, or was gone, left the warehouse with exit code 0 and without a word."""
    told = tuple(f"file_unreadable: {number:03}.txt could not be read" for number in range(QUARANTINED_SHOWN + 2))
    lines = shown(capsys, BuildReport("run", published=PUBLISHED), summary=replace(SUMMARY, of_the_folder=told))
    listed = [line for line in lines if line.startswith("raw folder: ")]
    assert listed[0] == "raw folder: file_unreadable: 000.txt could not be read"
    assert len(listed) == QUARANTINED_SHOWN + 1
    assert listed[-1].startswith("raw folder: 2 more (`tieout sql ")
