"""Unit notes: what they state, and what is none."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.text.units import UnitNote, currency_of_sign, leading_sign, unit_notes
from orchestration.filings.vocabulary import FOLDER
from tests.hang_guard import no_hang

K, M = 1_000, 1_000_000


def only(text: str) -> UnitNote:
    (note,) = unit_notes(text)
    return note


@pytest.mark.parametrize(
    ("text", "money", "shares", "currency"),
    [
        ("(in thousands)", K, None, None),
        ("(In millions, except per share data)", M, None, None),
        ("(In Thousands, Except Shares and Per Share Amounts)", K, 1, None),
        ("(in thousands, except\nshare and per share data)", K, 1, None),
        ("(in thousands, except par value and per share data)", K, None, None),
        ("(amounts in thousands, except common share information)", K, 1, None),
        ("(Unaudited; and in thousands, except for share and per share amounts)", K, 1, None),
        ("(millions of dollars, unless noted)", M, None, None),
        ("Dollars in millions except per share amounts", M, None, None),
        ("Millions, Except Per Share Amounts, for the Years Ended December 31, 2024 2023 2022", M, None, None),
        ("Millions, except share and per share amounts\tJun. 30, 2025\tDec. 31, 2024", M, 1, None),
        ("Amounts in millions March 31, 2025 June 30, 2024", M, None, None),
        ("Consolidated Balance Sheets, in millions", M, None, None),
        ("CONSOLIDATED STATEMENTS OF INCOME IN THOUSANDS OF DOLLARS", K, None, None),
        ("BALANCE SHEETS(In thousands)", K, None, None),
        ("(In millions, per-share amounts in dollars) 2023 2022", M, None, None),
        ("($000's omitted, except per share data)", K, None, None),
        ("(Dollars and shares in 000s, except per share amounts)", K, K, None),
        ("(in U.S. dollars, shares in thousands)", 1, K, "USD"),
        ("(In U.S. dollars, except share data in thousands)", 1, K, "USD"),
        ("(dollars in millions except per share data; shares in thousands)", M, K, None),
        ("(In millions, except number of shares, which are reflected in thousands, and per-share amounts)", M, K, None),
        ("(shares in thousands)", None, K, None),
        ("(in whole dollars)", 1, None, None),
        ("(in tens of thousands of yen)", 10 * K, None, "JPY"),
        ("(in hundreds of thousands)", 100 * K, None, None),
        ("(in billions of Korean won)", K * M, None, "KRW"),
        ("(USD thousand)", K, None, "USD"),
        ("(US$ in thousands)", K, None, "USD"),
        ("($ in MM, except per share data)", M, None, None),
        ("(in k€, except per share data)", K, None, "EUR"),
        ("(TEUR)", K, None, "EUR"),
        ("(€k)", K, None, "EUR"),
        ("(MSEK)", M, None, "SEK"),
        ("NOK million", M, None, "NOK"),
        ("(R$ in thousands)", K, None, "BRL"),
        ("(In millions of New Taiwan dollars)", M, None, "TWD"),
        ("(in thousands, RMB)", K, None, "CNY"),
        ("(S$'000)", K, None, "SGD"),
        ("(In EUR'000s, except share and per share data)", K, 1, "EUR"),
        ("(£m)", M, None, "GBP"),
        ("Weighted average shares outstanding (000's)", K, None, None),
        ("U.S. Dollars", None, None, "USD"),
        ("NOK 1 000", K, None, "NOK"),
        ("(Rupees in lakhs, except per share data)", 100_000, None, ""),
        ("(Rs. in crore)", 10_000_000, None, ""),
        ("(in lakhs of Indian rupees)", 100_000, None, "INR"),
        ("(SEK kronor, thousands)", K, None, "SEK"),
        ("(Amounts in EUR 1,000, except share data)", K, 1, "EUR"),
        ("NOK 1 000 000", M, None, "NOK"),
    ],
)
def test_what_a_note_states(text: str, money: int | None, shares: int | None, currency: str | None) -> None:
    note = only(text)
    assert (note.money, note.shares, note.currency, note.unknown) == (money, shares, currency, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The disease is found in 1.2 million patients in the United States.",
        "The agreement resulted in $3.2 million of savings.",
        "The trial enrolled patients in five thousand centers.",
        "The net proceeds will be held in euros and U.S. dollars.",
        "In July, the Company received a milestone payment of EUR 5.0 million from its partner.",
        "Its partner will pay up to 2.0 billion yen on approval in Japan.",
        "million, compared with $12.0 million for the third quarter",
        "Thousand Oaks, California",
        "We invested in thousands of homes.",
        "All rights reserved",
        "Ten Months Ended",
        "Example Stores, Inc. (NYSE: BDT)",
        "(Nasdaq: CAD, TSX: CAD)",
        "Common stock, $1.00 par value; 30,000,000 shares authorized; 11,976,669 issued",
    ],
)
def test_running_prose_states_no_unit(text: str) -> None:
    assert unit_notes(text) == []


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("(in thousands of zorkmids)", "zorkmids"),
        ("(in XYZ thousands)", "XYZ"),
        ("(in millions of QQQ)", "QQQ"),
        ("(in millions of yen and thousands of dollars)", "in millions of yen and thousands of dollars"),
        ("(Millions of yen; thousands of U.S. dollars)", "Millions of yen; thousands of U.S. dollars"),
    ],
)
def test_a_unit_that_nobody_knows_is_named(text: str, unknown: str) -> None:
    note = only(text)
    assert (note.unknown, note.money) == (unknown, None)


@pytest.mark.parametrize(
    ("text", "money", "currency"),
    [
        ("All amounts are in Canadian dollars unless otherwise noted.", None, "CAD"),
        ("TORONTO, August 8, 2024. All amounts are expressed in Canadian dollars.", None, "CAD"),
        ("Unless otherwise noted, all figures are in thousands of euros.", K, "EUR"),
        ("ALL FIGURES IN THOUSANDS", K, None),
        ("In this release, dollars and\nshares are stated in\nthousands, other than per share.", K, None),
        ("All amounts in the tables that follow are in thousands of U.S. dollars, except per share amounts.", K, "USD"),
        ("All amounts in this release are in euros unless otherwise stated.", None, "EUR"),
        ('Unless otherwise indicated, all references to "$" are to Canadian dollars.', None, "CAD"),
        ("Throughout this release, $ means Canadian dollars.", None, "CAD"),
        ("The Company's reporting currency is the euro.", None, "EUR"),
        ("Note: Amounts in the above statements are expressed in thousands of Canadian dollars.", K, "CAD"),
        ("All dollar amounts in this news release and in the attached statements are Canadian dollars.", None, "CAD"),
    ],
)
def test_a_sentence_about_all_amounts_speaks_of_all(text: str, money: int | None, currency: str | None) -> None:
    note = only(text)
    assert (note.money, note.currency, note.is_of_all) == (money, currency, True)


def currencies() -> list[tuple[str, str]]:
    with (FOLDER / "currencies.csv").open(encoding="utf-8", newline="") as file:
        return [(row["code"], row["names"].split(";")[0]) for row in csv.DictReader(file) if row["code"]]


@pytest.mark.parametrize(("code", "name"), currencies())
def test_every_currency_is_read_by_its_name_and_its_code(code: str, name: str) -> None:
    if name:
        assert only(f"(in thousands of {name}s, except per share data)").currency == code
    if code != "ALL":  # the word of "all amounts"
        assert only(f"({code} in millions)").currency == code
        assert currency_of_sign(code) == code


@pytest.mark.parametrize(
    ("cell", "sign"),
    [("€", "€"), ("€10,430", "€"), ("(£ 12)", "£"), ("HK$", "HK$"), ("C$ 9,120", "C$"), ("CHF", "CHF"), ("$ 1", "$"),
     ("10", None), ("Euro notes", None), ("Total revenues", None), ("EUROPE", None)],
)  # fmt: skip
def test_the_sign_that_a_cell_begins_with(cell: str, sign: str | None) -> None:
    assert leading_sign(cell) == sign


def test_a_bare_dollar_is_no_currency() -> None:
    assert currency_of_sign("$") is None
    assert currency_of_sign("US$") == "USD"


@given(st.text(alphabet="(in thousands, of€$0'k)x\n.;-", max_size=120))
def test_any_text_is_read_without_an_error_and_notes_lie_in_it(text: str) -> None:
    for note in unit_notes(text):
        assert 0 <= note.start <= note.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["(", "in ", "of ", "in thousands ", "$", "000", "thousands of ", "shares ", "all amounts ", ", in "]
)
def test_a_long_text_of_nothing_but_unit_words_is_read(piece: str) -> None:
    """Anything worse than linear would run into the guard against hangs."""
    with no_hang():
        assert all(note.end <= len(piece) * 100_000 for note in unit_notes(piece * 100_000))


def test_dollars_and_shares_of_one_note_are_both_in_its_unit() -> None:
    """ "In millions of dollars and shares" was no note, and the statements were withheld."""
    for text in ("(In millions of dollars and shares except per share amounts)", "(Millions of dollars and shares)"):
        (note,) = unit_notes(text)
        assert (note.money, note.shares) == (1_000_000, 1_000_000)


def test_the_dollars_of_the_united_states_may_stand_apart_from_their_sign() -> None:
    """ "(Expressed in US $000's)" was no note, and thousands of dollars were dollars."""
    (note,) = unit_notes("(Expressed in US $000's, except share amounts, unaudited)")
    assert (note.money, note.currency) == (1_000, "USD")
