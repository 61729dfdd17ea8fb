"""Words that ran together, and words that lost a ligature."""

from __future__ import annotations

import pytest

from orchestration.filings.text.dates import periods_in
from orchestration.filings.text.labels import concepts_of_label, normalised_label
from orchestration.filings.text.words import parted, words_parted


@pytest.mark.parametrize(
    ("run_on", "shown"),
    [
        ("Three Months EndedDecember 31,", "Three Months Ended December 31,"),
        ("As ofJune 30, 2025December 31, 2024", "As of June 30, 2025 December 31, 2024"),
        ("Year ended2024", "Year ended 2024"),
        ("MidMarch and InMay", "Mid March and In May"),
        ("MayGen Marching", "MayGen Marching"),
    ],
)
def test_a_month_or_year_that_runs_on_is_a_word_of_its_own(run_on: str, shown: str) -> None:
    assert parted(run_on) == shown


def test_a_head_whose_words_ran_together_names_its_period() -> None:
    assert [(period.months, str(period.end)) for period in periods_in("Three Months EndedDecember 31, 2024")] == [
        (3, "2024-12-31")
    ]


@pytest.mark.parametrize(
    ("lost", "label"),
    [
        ("Gross pro t", "gross profit"),
        ("Income tax bene t (provision)", "income tax benefit provision"),
        ("Pro forma", "pro forma"),
    ],
)
def test_a_label_gets_its_lost_ligatures_back(lost: str, label: str) -> None:
    assert normalised_label(lost) == label


def test_a_line_without_its_ligature_names_its_concept() -> None:
    assert concepts_of_label("Gross pro t", "income_statement") == ("GrossProfit",)


def test_words_that_a_lost_line_break_ran_together_are_parted() -> None:
    assert words_parted("Number of Common SharesOutstanding") == "Number of Common Shares Outstanding"
    assert words_parted("eBay and McDonald's net income") == "eBay and McDonald's net income"
