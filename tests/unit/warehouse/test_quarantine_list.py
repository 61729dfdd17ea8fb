"""The list of quarantined filings beside a warehouse file."""

import csv

import pytest

from orchestration.build.steps import BuildRun
from orchestration.store.errors import NothingAcceptedError
from orchestration.store.paths import Places
from orchestration.warehouse.quarantine_list import list_of, write_list
from tests.unit.warehouse.staged import READER, query, staged


def read_list(file):
    with list_of(file).open(encoding="utf-8", newline="") as lines:
        return [(row["source"], row["reason"]) for row in csv.DictReader(lines)]


def test_the_list_has_every_quarantined_filing_and_goes_when_there_is_none(places, raw):
    for number in range(30):
        (raw / f"bad {number:02}, with a comma.txt").write_text(" " * number)
    file = staged(places).file
    write_list(file)
    expected = query(file, "select source, reason from staging.filings where status = 'quarantined' order by 1")
    assert len(expected) == 30
    assert read_list(file) == expected
    for path in raw.glob("bad*"):
        path.unlink()
    again = staged(places, "again").file
    list_of(again).write_text("of before")
    write_list(again)
    assert not list_of(again).exists()


@pytest.mark.parametrize(
    ("count", "said"), [(1, "the only filing was turned away: 0.txt: "), (7, "all 7 filings were turned away")]
)
def test_a_build_whose_filings_are_all_turned_away_says_that(tmp_path, count, said):
    (tmp_path / "raw").mkdir()
    for number in range(count):
        (tmp_path / "raw" / f"{number}.txt").write_text(" " * number)
    run = BuildRun(Places.of(tmp_path / "raw", tmp_path / "w" / "tieout.duckdb"), "run", READER, timeout_seconds=5)
    with pytest.raises(NothingAcceptedError, match=said) as stopped:
        run.load_staging()
    assert ("; and 2 more" in str(stopped.value)) == (count == 7)
    assert run.quarantined == count
