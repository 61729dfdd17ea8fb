"""The line of a folder from the scores of the corpus."""

from __future__ import annotations

from tests.bench.accuracy import told

TOTAL = "files 33 of 43, values 1200: recall 0.9512 precision 0.9991 silent 1 stray 2 missing 40"


def test_a_folder_is_told_by_its_total() -> None:
    assert (told(TOTAL) or "").split() == ["33", "1200", "0.9512", "0.9991", "1", "2", "-"]


def test_cells_are_told_where_the_truth_has_them() -> None:
    assert (told(f"{TOTAL}; cells 900: found 0.9870 spoilt 3") or "").split()[-1] == "0.9870"


def test_a_score_that_failed_is_no_total() -> None:
    assert told("score: no release found under /nowhere") is None
