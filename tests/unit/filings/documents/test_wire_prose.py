"""Where a wire copy tells something in sentences."""

from __future__ import annotations

import pytest

from orchestration.filings.documents.wire_prose import bullets, prose_spans

ROW = "Total revenues 15,000 12,000"
SENTENCE = "The company believes that its revenues will grow again in the next year."


def prose(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in prose_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "Revenues for the quarter were $15.0 million, up from $12.0 million.",
        "* Signed an agreement with Acme",
        "On March 31, 2010 we had cash of $40 million at two banks.",
    ],
)
def test_a_sentence_or_a_bulleted_statement_is_prose(text: str) -> None:
    assert prose(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        ROW,
        "Weighted average shares outstanding, basic and diluted",
        "Common stock, $0.01 par value, 50,000 shares authorized; 23,104 and 22,240 issued:",
        "(as restated, which is described in the notes that are below)",
    ],
)
def test_rows_labels_and_what_stands_in_parentheses_are_none(text: str) -> None:
    assert prose(text) == []


def test_a_line_of_figures_below_makes_words_a_label() -> None:
    words = "Income that is attributable to the owners of our company"
    assert prose(f"{words}\nNext") == [words]
    assert prose(f"{words}\n15,000 12,000") == []


def test_between_rows_of_one_line_only_whole_sentences_are_prose() -> None:
    assert prose(f"{ROW} {SENTENCE} {ROW}") == [SENTENCE]
    assert prose(f"{ROW} as it is shown here {ROW}") == []


def test_lines_that_a_sentence_runs_on_over_are_one() -> None:
    cut = SENTENCE.replace(" will grow", "\nwill grow")
    assert prose(cut) == [cut]


def test_bulleted_statements_begin_within_a_line() -> None:
    text = "* Revenues grew * Costs fell"
    assert [text[at:] for at in bullets(text, 0, len(text))] == ["* Costs fell"]
