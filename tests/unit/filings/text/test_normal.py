"""Odd characters: which plain ones stand for them, and that offsets stay."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orchestration.filings.documents.decode import decode
from orchestration.filings.text.figures import is_nil
from orchestration.filings.text.normal import normal, unescaped


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("December\u00a031,\u20092024", "December 31, 2024"),
        ("shareholders\u2019 \u201cequity\u201d", 'shareholders\' "equity"'),
        ("\u22121,234 non\u2011cash", "-1,234 non-cash"),
        ("2019\u20122024 \u2014 2025", "2019–2024 — 2025"),
        ("con\u00adsol\u200bidated\ufeff", "consolidated"),
        ("\uff11\uff12\uff0c\uff13", "12,3"),
    ],
)
def test_odd_characters_become_the_plain_ones_they_are_printed_as(odd: str, plain: str) -> None:
    assert normal(odd) == plain == decode(odd.encode())


LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cf"], exclude_characters="\r"), max_size=40))
@example("e\ufb00ect")
def test_a_character_that_shows_something_stays_one_character_and_a_ligature_is_its_letters(text: str) -> None:
    assert len(normal(text)) == sum(len(LIGATURES.get(character, character)) for character in text)


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
def test_a_dash_of_any_kind_is_a_nil(dash: str) -> None:
    assert is_nil(normal(dash))


def test_an_entity_stands_for_a_plain_character_or_for_nothing() -> None:
    assert [unescaped(entity) for entity in ("&nbsp;", "&#8217;", "&#x2212;", "&shy;", "&amp;")] == [" ", "'", "-", "", "&"]


def test_tabs_between_words_are_blanks_and_those_between_cells_stay() -> None:
    """A converter from PDF set a tab for each blank, and each word of a label was a cell."""
    line = "Cost\tof\trevenues \t 4,284 \t 3,868\t\n"
    assert normal(line * 60) == "Cost of revenues \t 4,284 \t 3,868 \n" * 60
    table = "Cost of revenues\t4,284\t3,868\n"
    assert normal(table * 60) == table * 60
