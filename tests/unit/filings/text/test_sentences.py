"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.text.sentences import lower, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Net loss was $3.0 million. Revenues were $1.2 million.",
            ["Net loss was $3.0 million.", "Revenues were $1.2 million."],
        ),
        ("ImmunoGen, Inc. Reports its results.", ["ImmunoGen, Inc. Reports its results."]),
        ("ended Dec. 30, 2006. Net revenues", ["ended Dec. 30, 2006.", "Net revenues"]),
        ("in the U.S. The company", ["in the U.S. The company"]),
        ('He said "so." The end.', ['He said "so."', "The end."]),
        ("one * Revenue rose * Net loss fell", ["one", "Revenue rose", "Net loss fell"]),
        ("  ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == expected


@given(st.text(max_size=300))
def test_every_sentence_stands_where_it_says(text: str) -> None:
    for sentence in sentences(text):
        assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text


@given(st.text(max_size=50))
def test_lower_case_keeps_every_place(text: str) -> None:
    assert len(lower(text)) == len(text)
