"""Labels with damaged words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.ocr.label_ocr import corrected_label, may_name_basic_or_diluted
from tests.unit.filings.made_up import BALANCE, INCOME, by_cell, proven

BASIC = "Net loss per share, basic and diluted"


def everywhere_rare(word: str) -> bool:
    return bool(word)


@pytest.mark.parametrize(
    ("label", "statement", "mended"),
    [
        ("R5earch and decelopment", "income_statement", "Research and development"),
        ("Tot5l assets", "balance_sheet", "Total assets"),
        ("TOTAL ASSFTS", "balance_sheet", "TOTAL ASSETS"),
        ("Ttal libilities ani stockholders' equity", "balance_sheet", "Total liabilities and stockholders' equity"),
        ("Net income (loss) per share, asic", "income_statement", "Net income (loss) per share, basic"),
    ],
)
def test_a_damaged_label_is_the_one_line_item_it_may_have_been(label: str, statement: str, mended: str) -> None:
    assert corrected_label(label, statement, everywhere_rare) == mended


@pytest.mark.parametrize("label", ["Product sales", "Rents", "Cost of hardware revenues", "Interest on 4.5% notes", ""])
def test_a_label_that_names_no_line_item_stays_as_printed(label: str) -> None:
    assert corrected_label(label, "income_statement", everywhere_rare) == label


def test_a_word_that_the_filing_has_elsewhere_is_not_damaged() -> None:
    assert corrected_label("Tot5l assets", "balance_sheet", lambda word: word != "tot5l") == "Tot5l assets"


@given(st.text(max_size=60))
def test_any_text_keeps_its_words_or_names_a_line_item(label: str) -> None:
    found = corrected_label(label, "income_statement", everywhere_rare)
    assert found == label or len(found.split()) == len(label.split())


@pytest.mark.parametrize(("label", "may"), [("Net loss per share, ba c", False), ("Net loss per share, basi5", True)])
def test_what_is_left_of_a_side_may_name_it(label: str, may: bool) -> None:
    assert may_name_basic_or_diluted(label) is may
    assert not may_name_basic_or_diluted("Net loss per Class A common share")


def test_a_per_share_line_whose_side_is_damaged_states_no_other_side() -> None:
    """`per share, ba5ic` was read as one line for basic and diluted: a diluted figure was invented, with a proof."""
    assert BASIC in INCOME
    found = by_cell(proven(INCOME.replace(BASIC, "Net loss per share, bqs1c")))
    assert ("EarningsPerShareDiluted", 1) not in found
    assert found["EarningsPerShareBasic", 1].value == Decimal("-0.10")


def test_a_damaged_total_of_liabilities_and_equity_is_no_equity() -> None:
    """`Tal ibilitiee and stockholders' equity` was read as equity with noncontrolling interests, with a proof."""
    assert BALANCE.count("Total liabilities and stockholders") == 1
    damaged = BALANCE.replace("Total liabilities and stockholders", "Tal ibilitiee and stockholders")
    concepts = {concept for concept, _ in by_cell(proven(damaged))}
    assert "StockholdersEquity" in concepts
    assert "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest" not in concepts
