"""Documents: what remembers where it stood."""

from __future__ import annotations

from orchestration.filings.documents.model import Cell, Document, Paragraph, Row, Table

TEXT = "First half\n- 2 -\nof it.\nCash\t5\n"
CUT = Paragraph("First half of it.", ((0, 0), (11, 17)), 1)
"""A sentence that the number of a page stands in the middle of."""
TABLE = Table((Row((Cell("Cash", 0, 1, 24, 28), Cell("5", 1, 2, 29, 30)), 4),))
DOCUMENT = Document(TEXT, (CUT, TABLE))


def test_a_character_behind_a_page_break_has_its_own_place() -> None:
    for words in ("First", "of it."):
        offset = CUT.source_offset(CUT.text.index(words))
        assert TEXT[offset : offset + len(words)] == words


def test_lines_are_counted_from_one_and_a_line_feed_is_the_end_of_its_line() -> None:
    assert [DOCUMENT.place(at, at + 1).line for at in (0, 10, 11, 24)] == [1, 1, 2, 4]


def test_a_stretch_of_a_paragraph_ends_behind_its_last_character() -> None:
    start = CUT.text.index("of it")
    place = DOCUMENT.place_in(CUT, start, start + 5)
    assert (place.line, TEXT[place.start : place.end]) == (3, "of it")


def test_words_are_all_that_is_said_a_line_a_row() -> None:
    assert DOCUMENT.words == "First half of it.\n\nCash\t5"


def test_blocks_by_their_kind() -> None:
    assert (list(DOCUMENT.paragraphs), list(DOCUMENT.tables)) == ([CUT], [TABLE])
    assert (TABLE.line, TABLE.rows[0].text) == (4, "Cash 5")
