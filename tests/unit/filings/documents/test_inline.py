"""Marks within a line of markdown."""

from __future__ import annotations

import pytest

from orchestration.filings.documents.inline import is_marked, pieces


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Net <b>loss</b>", "Net loss"),
        ("Cash&nbsp;and &amp; more", "Cash and & more"),
        ("Revenues<sup>1</sup>", "Revenues"),
        ("Total<br/>assets", "Total\nassets"),
        (r"\(2,400\) and \$5", r"(2,400) and \$5"),
        ("a < b & c", "a < b & c"),
        ("<td>5</td>", "<td>5</td>"),
        ("&nosuchthing;", "&nosuchthing;"),
    ],
)
def test_what_a_line_shows(text: str, shown: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == shown


def test_each_piece_knows_the_stretch_that_shows_it() -> None:
    text = r"x <i>5</i> \(6\)"
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces(text))
    assert [piece.text for piece in pieces(text, 5, 6)] == ["5"]


def test_a_line_break_is_told_as_one() -> None:
    assert [piece.is_break for piece in pieces("a<br>b")] == [False, True, False]


def test_a_line_without_marks_is_taken_as_it_stands() -> None:
    assert not is_marked("Net loss (2,400)")
    assert all(map(is_marked, ("<b>Net loss</b>", "R&amp;D", r"\(5\)")))
