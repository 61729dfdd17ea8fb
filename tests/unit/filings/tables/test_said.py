"""The lines above a table, and which of them says something."""

from __future__ import annotations

from orchestration.filings.documents.model import Document, Table
from orchestration.filings.documents.plain import read_plain
from orchestration.filings.records import Witness
from orchestration.filings.tables.said import SHOWN_CHARS, Said, head_of, last_that, shown

TEXT = """Acme Pharma, Inc.

Consolidated Balance Sheets (in thousands)

\tJune 30, 2010\tDecember 31, 2009
Cash\t40,100\t45,200
Total assets\t56,000\t60,700
"""
TITLE = "Acme Pharma, Inc.\nConsolidated Balance Sheets (in thousands)"


def head(title: str = TITLE) -> tuple[Said, ...]:
    document = Document(TEXT, tuple(read_plain(TEXT, 0, len(TEXT))))
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    return head_of(document, table, title, 1)


def test_each_line_of_a_title_and_a_header_has_its_place() -> None:
    assert [(said.witness, said.line, said.text) for said in head()] == [
        (Witness.TITLE, 1, "Acme Pharma, Inc."),
        (Witness.TITLE, 3, "Consolidated Balance Sheets (in thousands)"),
        (Witness.HEADER, 5, "June 30, 2010 December 31, 2009"),
    ]


def test_a_row_of_the_title_that_stands_in_the_table_is_no_second_line() -> None:
    assert [said.line for said in head(f"{TITLE}\nJune 30, 2010 December 31, 2009")] == [1, 3, 5]


def test_the_lowest_line_that_says_it_counts_then_two_lines_together() -> None:
    lines = (Said(Witness.TITLE, 1, "in"), Said(Witness.TITLE, 2, "thousands"), Said(Witness.TITLE, 3, "thousands"))
    assert last_that(lines, lambda text: text == "thousands") == lines[2]
    assert last_that(lines, lambda text: text == "in thousands") == Said(Witness.TITLE, 1, "in / thousands")
    assert last_that(lines, lambda text: text == "millions") is None


def test_no_more_words_are_kept_than_are_shown() -> None:
    assert len(shown(Said(Witness.PROSE, 1, "many words " * 50)).text) == SHOWN_CHARS
