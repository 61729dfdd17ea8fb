"""Labels that are a damaged copy of another, and labels that are merely alike."""

from __future__ import annotations

import pytest

from orchestration.filings.ocr.label_copies import has_capital_within_word, is_damaged_copy

KNOWN = {
    "total", "current", "assets", "stockholders", "equity", "liabilities", "income", "before", "taxes", "item", "other", "net",
    "revenues", "class",
}  # fmt: skip


def is_rare(word: str) -> bool:
    return word not in KNOWN


@pytest.mark.parametrize(
    ("worn", "sound"),
    [
        ("Toal crrent as.ets", "Total current assets"),
        ("Total stnckholders' equi.y", "Total stockholders' equity"),
        ("T.cl cirrent lIabilitier", "Total current liabilities"),
        ("N.t revenus", "Net revenues"),
        ("ToTal current assets", "Total current assets"),
    ],
)
def test_a_label_of_damaged_words_is_a_copy_and_not_the_other_way_round(worn: str, sound: str) -> None:
    assert is_damaged_copy(worn, sound, is_rare)
    assert not is_damaged_copy(sound, worn, is_rare)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Total current assets", "Total current liabilities"),
        ("Income before Zephyr taxes", "Income before taxes"),
        ("Class A", "Class B"),
        ("Total assets", "Total assets"),
    ],
    ids=["known words", "a word of its own", "too short", "the same"],
)
def test_labels_of_two_lines_are_no_copies(one: str, other: str) -> None:
    assert not is_damaged_copy(one, other, is_rare)
    assert not is_damaged_copy(other, one, is_rare)


def test_a_capital_within_a_word_is_a_turned_letter() -> None:
    assert has_capital_within_word("vEnture")
    assert not has_capital_within_word("Total EBITDA of the Company")
