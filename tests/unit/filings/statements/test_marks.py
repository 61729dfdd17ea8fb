"""Notes to the marks of titles and heads, printed or raised."""

from __future__ import annotations

import pytest

from orchestration.filings.documents.detect import read_document
from orchestration.filings.statements.marks import notes_not_understood
from orchestration.filings.statements.read import read_statements

ROWS = (
    ("Total revenues", "15,000", "12,000", "$25"),
    ("Cost of sales", "3,200", "2,700", "19"),
    ("Research and development", "9,800", "8,500", "15"),
    ("Selling, general and administrative", "4,400", "4,100", "7"),
    ("Loss from operations", "(2,400)", "(3,300)", "(27)"),
    ("Net loss", "(2,250)", "(3,090)", "(27)"),
)
FUND = "Of Acme Fund IX, which the Company manages for a fee."


def page(title: str = "", head: str = "", change: str = "", note: str = "") -> str:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    heads = f"<tr><td></td><td>2010{head}</td><td>2009</td><td>Change{change}</td></tr>"
    return (
        f"<html><body><p><b>STATEMENTS OF OPERATIONS{title}</b></p><p>(in thousands)</p><table>"
        f'<tr><td></td><td colspan="2">Three Months Ended March 31,</td><td></td></tr>{heads}{cells}</table>'
        f"<p>{note}</p></body></html>"
    )


def told(text: str) -> list[tuple[str, str]]:
    document = read_document(text).document
    [table] = read_statements(document).tables
    return [(note.mark, note.text) for note in notes_not_understood(table, document)]


@pytest.mark.parametrize(
    ("mark", "of_note", "plain"),
    [
        ("<sup>1</sup>", "<sup>1</sup> ", "1"),
        ("<sup>(a)</sup>", "(a) ", "a"),
        ('<span style="vertical-align:super">2</span>', "2. ", "2"),
        ("(A)", "(A) ", "a"),
        ("[1]", "[1] ", "1"),
        ("&dagger;", "&dagger; ", "†"),
        ("**", "** ", "**"),
        ("¹", "¹ ", "¹"),
    ],
)
def test_the_note_to_a_mark_of_a_title_or_a_head_is_found(mark: str, of_note: str, plain: str) -> None:
    """Raised marks were blanked before anybody asked for their notes."""
    for text in (page(title=mark, note=of_note + FUND), page(head=mark, note=of_note + FUND)):
        assert told(text) == [(plain, FUND)]


@pytest.mark.parametrize("note", ["<sup>2</sup> Of Acme Fund IX.", "Of Acme Fund IX.", "1,000 shares were sold."])
def test_what_bears_another_mark_or_none_is_no_note_to_it(note: str) -> None:
    assert told(page(title="<sup>1</sup>", note=note)) == []


def test_a_mark_over_a_column_that_is_not_read_says_nothing_of_the_others() -> None:
    assert told(page(change="<sup>1</sup>", note=f"<sup>1</sup> {FUND}")) == []


@pytest.mark.parametrize("note", ["Derived from the audited statements at that date.", "Unaudited.", "Three months."])
def test_notes_of_known_words_are_understood(note: str) -> None:
    assert told(page(head="*", note=f"* {note}")) == []


def test_a_note_that_tells_another_stretch_than_the_columns_have_is_told() -> None:
    """Columns of two and eleven months, after a change of the fiscal year, were proven as a quarter and a year."""
    assert told(page(head="*", note="* Two months, from November 1 to December 31, 2009.")) != []
