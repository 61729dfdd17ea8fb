"""What stands in one cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orchestration.filings.tables.cells import CellKind, reads_as_separated, text_content
from tests.hang_guard import no_hang

STYLES = (
    "{}",
    "{} ",
    "$ {}",
    "${}",
    "\\$ {}",
    "\\${}",
    "US$ {}",
    "€{}",
    "¢ {}",
    "Ψ {}",
    "{} (1)",
    "{}(a)",
    "{}*",
    "{} †",
    "C${}",
    "A$ {}",
    "HK${}",
    "R$ {}",
    "NT${}",
    "kr {}",
    "₩{}",
    "Rs. {}",
)
NEGATIVES = ("({})", "( {} )", "-{}", "–{}", "—{}", "- {}", "[{}]", "(${})")


@given(st.integers(0, 99_999_999), st.integers(0, 3), st.sampled_from(STYLES), st.booleans())
@settings(max_examples=300)
def test_a_figure_printed_in_any_style_reads_back(digits: int, decimals: int, style: str, commas: bool) -> None:
    value = Decimal(digits).scaleb(-decimals)
    found = text_content(style.format(f"{value:,f}" if commas else f"{value:f}"))
    assert found.kind is CellKind.NUMBER
    assert [number.value for number in found.numbers] == [value]
    assert found.numbers[0].step == Decimal(1).scaleb(-decimals)


@given(st.integers(1, 99_999_999), st.sampled_from(NEGATIVES), st.sampled_from(("{}", "$ {}", "\\$ {}", "{} (2)")))
@settings(max_examples=200)
def test_a_negative_printed_in_any_style_reads_back(digits: int, sign: str, style: str) -> None:
    assume(digits > 99 or "(2)" not in style)  # `(3) (2)` may be two losses as well: see below
    found = text_content(style.format(sign.format(f"{digits:,}")))
    assert (found.kind, [number.value for number in found.numbers]) == (CellKind.NUMBER, [-digits])


@given(st.lists(st.integers(100, 99_999_999), min_size=2, max_size=3))
def test_figures_run_together_are_parted(values: list[int]) -> None:
    found = text_content(" ".join(f"{value:,}" for value in values)[:18])
    shown = " ".join(f"{value:,}" for value in values)
    if len(shown) <= 18:
        assert [number.value for number in found.numbers] == values


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_any_text_is_something_and_its_figures_are_its_own_characters(text: str) -> None:
    found = text_content(text)
    for number in found.numbers:
        assert 0 <= number.start < number.end <= len(text)
        assert any(char.isdigit() for char in text[number.start : number.end])


@given(st.text("0123456789,.()$- |=EOl'", max_size=20))
@settings(max_examples=400)
def test_an_unsound_figure_is_never_a_number(text: str) -> None:
    """What is read as sound, printed again, is what stood there but for signs, blanks and notes."""
    found = text_content(text)
    if found.kind is CellKind.NUMBER:
        (number,) = found.numbers
        shown = text[number.start : number.end].strip("()[]-–$\\ ")
        assert shown.replace(",", "").lstrip("0").rstrip() == f"{abs(number.value):f}".lstrip("0")


@pytest.mark.parametrize("text", ["—", "-", "–", "_", "--", "$ -", "$—", "nil", "Nil", "-0-", "$ -0-", "(—)", "—%", "— (1)"])
def test_a_dash_or_rule_is_a_nil(text: str) -> None:
    assert text_content(text).kind is CellKind.NIL


@pytest.mark.parametrize("text", ["12.5%", "(12.5)%", "(12.5%)", "5 %", "-5%"])
def test_a_percentage_is_no_amount(text: str) -> None:
    assert text_content(text).kind is CellKind.PERCENT


@pytest.mark.parametrize("text", ["$", "\\$", "€", "US$", "Ψ", "¢", "ď", "Φ"])
def test_a_currency_sign_or_the_glyph_in_its_place_is_no_figure(text: str) -> None:
    assert text_content(text).kind is CellKind.CURRENCY


@pytest.mark.parametrize(
    "text", ["(Unaudited)", "Total revenues", "N/A", "NM", "December 31, 2006", "n/a", "3.8 million", "12/31/2006"]
)
def test_words_are_words(text: str) -> None:
    assert text_content(text).kind is CellKind.WORDS


@pytest.mark.parametrize(
    "text",
    [
        "4E 100",
        "15 762",
        "0.40=0",
        "4 = 000",
        "(0, CC)",
        "12,34",
        "1.234,56",
        "(1,234",
        "1,234)",
        "1,O00",
        "l,234",
        "o= 000",
        "1,2345",
        "4,4•40",
        "_,025",
        "3 ;05",
        "1»o",
        "82_6,662",
    ],
)
def test_a_damaged_figure_is_no_sound_one(text: str) -> None:
    assert text_content(text).kind is CellKind.DAMAGED


@pytest.mark.parametrize(
    ("text", "guess"), [("15 762", 15762), ("(27 772)", -27772), ("1, 234", 1234), ("1'234", 1234), ("12.001.500", 12001500)]
)
def test_a_lost_separator_is_put_back(text: str, guess: int) -> None:
    found = reads_as_separated(text)
    assert found is not None
    assert (text_content(text).kind, found.value) == (CellKind.DAMAGED, guess)


@pytest.mark.parametrize(("text", "value"), [("12.001", 12001), ("(42.124)", -42124), ("$ 0.521", 521)])
def test_a_decimal_of_three_places_may_be_a_whole_number(text: str, value: int) -> None:
    found = reads_as_separated(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["0.22", "12.5", "(1.2345)", "12", "words", "12,001.500x"])
def test_other_decimals_are_not(text: str) -> None:
    assert reads_as_separated(text) is None


def test_fused_negatives_are_parted_like_fused_positives() -> None:
    """The words of the fused row of 2011, had both lines been losses."""
    assert [number.value for number in text_content("(1,234) (5,678)").numbers] == [-1234, -5678]


def test_a_second_small_loss_in_a_fused_cell_is_not_taken_for_a_footnote_in_silence() -> None:
    """`(3) (4)` is two losses or a loss with a note: a sound single figure it is not."""
    assert text_content("(3) (4)").kind is not CellKind.NUMBER


@pytest.mark.parametrize("text", ["000", "00", "0,123", "01,234", "(012)"])
def test_a_figure_that_begins_with_a_needless_nought_is_damaged(text: str) -> None:
    """`000` is what OCR leaves of `44,000`; nobody prints it for nil."""
    assert text_content(text).kind is CellKind.DAMAGED


@pytest.mark.parametrize(
    "text", ["1" + " " * 500 + "x", "(" + " " * 500 + "1", "1" + "(a)" * 2_000 + "x", "(" * 5_000, "1," * 5_000]
)
def test_a_long_cell_is_read_in_no_time(text: str) -> None:
    with no_hang():
        text_content(text)


@pytest.mark.parametrize("text", ["Dec. 31, 2003", "Sept. 30", "March 31, 2010"])
def test_a_day_is_no_damaged_figure(text: str) -> None:
    assert text_content(text).kind is CellKind.WORDS


def test_a_year_with_a_note_in_parentheses_is_a_year() -> None:
    assert [number.value for number in text_content("2023(*)").numbers] == [2023]


def test_a_footnote_behind_a_lost_separator_hides_it_not() -> None:
    found = reads_as_separated("(25.367)(1)")
    assert found is not None
    assert found.value == -25367


@pytest.mark.parametrize("sign", ["C$", "HK$", "R$", "kr", "CHF", "₹", "RMB"])
def test_a_sign_of_any_currency_alone_is_no_label(sign: str) -> None:
    assert text_content(sign).kind is CellKind.CURRENCY


@pytest.mark.parametrize("text", ["CHF 12,345", "RMB12,345", "ZAR(12,345)", "(A$12,345)", "-C$12,345"])
def test_a_code_or_sign_attached_to_a_figure_is_no_damage(text: str) -> None:
    assert [abs(number.value) for number in text_content(text).numbers] == [12_345]


def test_a_word_that_is_a_code_too_is_a_word() -> None:
    assert text_content("TOP 10").kind is CellKind.WORDS


def test_thousands_in_parentheses_are_words() -> None:
    """ "(000s)" at the end of a label was a figure that nobody could read."""
    assert text_content("(000s)").kind is text_content("(000's)").kind is CellKind.WORDS
