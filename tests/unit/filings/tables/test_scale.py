"""What a printed unit is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.records import Witness
from orchestration.filings.tables.said import Said
from orchestration.filings.tables.scale import scale_in, scale_of_notes
from orchestration.filings.text.units import currency_in


@pytest.mark.parametrize(
    ("text", "money", "shares"),
    [
        ("(in thousands, except per share amounts)", 1_000, 1_000),
        ("(In thousands, except share and per share amounts)", 1_000, 1),
        ("(in thousands, except share and per share data)", 1_000, 1),
        ("(in thousands, except per share data)", 1_000, 1_000),
        ("(Amounts in thousands)", 1_000, 1_000),
        ("(in thousands of U.S. dollars)", 1_000, 1_000),
        ("($ in thousands)", 1_000, 1_000),
        ("(000's omitted)", 1_000, 1_000),
        ("($000)", 1_000, 1_000),
        ("(in millions, except per share amounts)", 1_000_000, 1_000_000),
        ("(dollars and shares in millions)", 1_000_000, 1_000_000),
        ("(in billions)", 1_000_000_000, 1_000_000_000),
        ("(thousands throughout)", 1_000, 1_000),
        ("(all columns in thousands, EPS in dollars)", 1_000, 1_000),
        ("Balance Sheets\nEach amount: thousands of dollars", 1_000, 1_000),
    ],
)
def test_stated_scales(text: str, money: int, shares: int) -> None:
    found = scale_in(text)
    assert found is not None
    assert (found.money, found.shares, found.is_stated) == (money, shares, True)


@pytest.mark.parametrize(
    "text", ["", "CONDENSED CONSOLIDATED BALANCE SHEETS", "(Unaudited)", "(U.S. dollars)", "thousand oaks"]
)
def test_nothing_stated(text: str) -> None:
    assert scale_in(text) is None


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("(in thousands of U.S. dollars)", "USD"),
        ("(in thousands of euros)", "EUR"),
        ("(in millions of Canadian dollars)", "CAD"),
        ("(in thousands, RMB)", "CNY"),
        ("(in thousands of CHF)", "CHF"),
        ("(£ in millions)", "GBP"),
    ],
)
def test_currencies(text: str, currency: str) -> None:
    found = scale_in(text)
    assert found is not None
    assert (currency_in(text), found.currency) == (currency, currency)


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = scale_in(text)
    assert found is None or found.money >= 1


@pytest.mark.parametrize(
    ("text", "money", "shares"),
    [
        ("(in millions, except per share amounts and shares in thousands)", 1_000_000, 1_000),
        ("(In millions, except number of shares, which are reflected in thousands, and per share amounts)", 1_000_000, 1_000),
        ("(Dollars and shares in thousands)", 1_000, 1_000),
        ("(in thousands, except share and per share data)", 1_000, 1),
    ],
)
def test_the_scale_of_shares_is_not_taken_for_that_of_money(text: str, money: int, shares: int) -> None:
    found = scale_in(text)
    assert found is not None
    assert (found.money, found.shares) == (money, shares)


def test_of_two_scales_above_a_table_the_nearer_is_its_own() -> None:
    found = scale_in("(1) Amounts in thousands.\nConsolidated Statements of Income\n(in millions, except per share data)")
    assert found is not None
    assert found.money == 1_000_000


@pytest.mark.parametrize(
    ("title", "below", "elsewhere", "money"),
    [
        ("Balance Sheets", "Amounts in thousands, except per share.", "", 1_000),
        ("Balance Sheets (1)", "", "(1) Dollars and shares in thousands.", 1_000),
        ("Balance Sheets *", "", "* stated in millions", 1_000_000),
        ("Balance Sheets", "", "All amounts are in thousands of dollars.", 1_000),
        ("Balance Sheets", "", "In this release, all figures are in thousands.", 1_000),
        ("Balance Sheets", "", "In this table, all figures are in thousands.", None),
        ("Balance Sheets", "", "(1) Dollars and shares in thousands.", None),
        ("Balance Sheets (2)", "", "(1) Dollars and shares in thousands.", None),
        ("Balance Sheets", "We invested in thousands of homes.", "Cash was $3 million.", None),
    ],
)
def test_a_scale_in_a_footnote_is_found_where_it_speaks_of_the_table(
    title: str, below: str, elsewhere: str, money: int | None
) -> None:
    found = scale_of_notes(title, [Said(Witness.NOTE, 8, below)], [Said(Witness.NOTE, 9, elsewhere)])
    assert (found.money if found else None) == money


def test_the_stars_of_bold_words_are_no_marks_of_a_footnote() -> None:
    """A bold "(in thousands)" over a table of customers was taken for the footnote of a bold title: "**" ends both."""
    found = scale_of_notes("**Condensed Balance Sheets**\n**(Unaudited)**", [], [Said(Witness.NOTE, 9, "**(in thousands)**")])
    assert found is None


@pytest.mark.parametrize(
    ("words", "factor"),
    [
        ("(in thousancls, except per share data)", 1_000),
        ("(In thou sands)", 1_000),
        ("(amounts in 0housands except per share)", 1_000),
        ("($ in housands)", 1_000),
        ("(in mill1ons, except per share)", 1_000_000),
    ],
)
def test_a_damaged_word_of_scale_is_read_as_the_one_it_can_be(words: str, factor: int) -> None:
    """With one letter of `thousands` damaged the statement was taken in dollars, and proven: sums close at any scale."""
    scale = scale_in(words)
    assert scale is not None
    assert (scale.money, scale.is_stated) == (factor, True)


@pytest.mark.parametrize("words", ["interest in billings", "(in trousers)", "changes in millinery of"])
def test_other_words_are_no_damaged_scale(words: str) -> None:
    assert scale_in(words) is None
