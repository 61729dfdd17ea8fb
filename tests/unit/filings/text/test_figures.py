"""Printed figures: what is printed in any style is lexed as it was meant, and no pattern takes its time."""

from __future__ import annotations

import re
from decimal import Decimal
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.tables.cells import CellKind, text_content
from orchestration.filings.text import figures
from orchestration.filings.text.figures import (
    DASHES,
    Number,
    is_nil,
    lacks_closing_parenthesis,
    lex,
    lex_otherwise_grouped,
    past_sign,
    without_notes,
)

AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=4).map(abs)
MINUSES = [("-", ""), ("–", ""), ("—", ""), ("(", ")"), ("[", "]"), ("- ", ""), ("( ", " )"), ("", "-")]
"""What is printed before and behind a figure below nought."""
SIGNS = ["", "$", "$ ", "€", "£ ", "\\$"]
NOTES = ["", "(1)", " (12)", "(a)", "*", " **", "†", "(*)", "(1)(2)"]
DIGITS = st.tuples(AMOUNTS, st.integers(0, 4), st.booleans())


def printed(amount: Decimal, places: int, grouped: bool) -> str:
    return f"{amount:{',' if grouped else ''}.{places}f}"


@given(DIGITS, st.sampled_from([("", ""), *MINUSES]), st.sampled_from(SIGNS), st.sampled_from(["", "%", " %", "x"]))
def test_a_figure_printed_in_any_style_is_lexed_as_it_was_meant(
    digits: tuple[Decimal, int, bool], around: tuple[str, str], sign: str, mark: str
) -> None:
    behind = around[1] + mark if around[1] in DASHES else mark + around[1]
    text = f"{around[0]}{sign}{printed(*digits)}{behind}"
    meant = Decimal(printed(*digits).replace(",", ""))
    found = lex(text)
    assert found is not None
    assert (found.value, found.step) == (-meant if any(around) else meant, Decimal(1).scaleb(-digits[1]))
    assert (found.mark, found.is_signed_behind) == (mark.strip(), around[1] != "" and around[1] in DASHES)
    assert (found.start, found.end) == (0, len(text))


@given(DIGITS, st.sampled_from(NOTES), st.integers(0, 9))
def test_the_marks_of_notes_behind_a_figure_are_no_part_of_it(digits: tuple[Decimal, int, bool], note: str, shift: int) -> None:
    assert lex(without_notes(printed(*digits) + note), shift) == lex(printed(*digits), shift)


@given(DIGITS, st.sampled_from(["US$", "$", "€ ", " £", "\\$ ", "C$", "HK$ ", "kr ", "₩"]))
def test_a_sign_of_currency_before_a_figure_is_told_from_it(digits: tuple[Decimal, int, bool], sign: str) -> None:
    start, found = past_sign(sign + printed(*digits))
    assert (sign + printed(*digits))[start:] == printed(*digits)
    assert found == sign.strip(" \\")


@given(st.integers(1_000, 10**12), st.sampled_from([".", " ", "'"]))
def test_thousands_parted_otherwise_are_put_together(whole: int, separator: str) -> None:
    text = f"({whole:,})".replace(",", separator)
    assert lex_otherwise_grouped(text) == Number(Decimal(-whole), Decimal(1), 0, len(text))


@given(DIGITS)
def test_a_figure_that_opens_a_parenthesis_is_none_until_the_next_cell_closes_it(
    digits: tuple[Decimal, int, bool],
) -> None:
    text = f"$({printed(*digits)}"
    assert lacks_closing_parenthesis(text)
    assert lex(text) is None
    assert not lacks_closing_parenthesis(f"{text})")
    assert lex(f"{text})") is not None


@pytest.mark.parametrize("text", ["-", "--", "—", "–", "(-)", "-0-", "- %", "nil", "NONE", "_"])
def test_a_nil(text: str) -> None:
    assert is_nil(text)
    assert lex(text) is None


@pytest.mark.parametrize(
    "text", ["", "0,123", "05", "1,23", "1,2345", "1.2.3", "(5", "5)", "1 2", "$", "(3) (4)", "1a", "1.", "5--", "-5-"]
)
def test_what_is_no_sound_figure(text: str) -> None:
    assert lex(text) is None


@given(st.text(alphabet="0123456789,.()$-–%x* ", max_size=24))
def test_whatever_is_lexed_is_made_of_its_own_characters(text: str) -> None:
    found = lex(text)
    if found:
        assert text[found.start : found.end] == text.strip()
        assert str(abs(found.value)).replace(".", "").strip("0") in re.sub(r"\D", "", text)


def repeats(parsed: object, inside: bool = False) -> bool:
    """Whether a pattern repeats without bound what itself repeats without bound, and may give some of it back."""
    if isinstance(parsed, tuple) and parsed and parsed[0] in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        _, most, inner = parsed[1]
        endless = most is codes.MAXREPEAT
        return (endless and inside) or repeats(inner, inside or endless)
    return isinstance(parsed, tuple | list | parser.SubPattern) and any(repeats(part, inside) for part in parsed)


PATTERNS = {
    name: getattr(one, "pattern", one)
    for name, one in vars(figures).items()
    if isinstance(one, re.Pattern) or (isinstance(one, str) and name.strip("_").isupper())
}


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_repeats_a_repetition(name: str) -> None:
    assert not repeats(parser.parse(PATTERNS[name]))


def test_stars_behind_a_figure_take_no_time_that_doubles_with_each() -> None:
    """The marks of a note were read as any number of one to three stars: fifty of them took years."""
    assert text_content("1" + "*" * 50 + "x").kind is CellKind.WORDS
