"""Which format a text is in: by what sets it out, not by marks that any of them may hold."""

from __future__ import annotations

import pytest

from orchestration.filings.documents.detect import Format, format_of, read_document
from orchestration.filings.documents.model import Paragraph, Table
from orchestration.filings.text.normal import normal

PIPES = "| Revenue | 4,100 | 3,900 |\n" * 6
CELLS = "<table><tr><td>Revenue</td><td>4,100</td><td>3,900</td></tr></table>"


@pytest.mark.parametrize("mark", ["<br>", "<br/>", "<sup>1</sup>", "<u>x</u>", "<b>x</b>", "<span>x</span>", "<font>x</font>"])
def test_marks_within_lines_make_no_html_of_markdown(mark: str) -> None:
    text = PIPES.replace("Revenue", f"Revenue{mark}")
    assert format_of(text, 0, len(text)) is Format.TABBED


def test_pipes_in_a_page_without_tables_in_tags_are_pipes() -> None:
    text = f'<div align="center">\n<p>Results</p>\n</div>\n\n{PIPES}'
    assert format_of(text, 0, len(text)) is Format.TABBED


@pytest.mark.parametrize(
    "text",
    [
        f"<html><body>{CELLS}</body></html>",
        f"<p>Results</p>{CELLS}",
        f"<font>Results</font>{CELLS}",
        f"<b>Results</b><br>{CELLS}",
    ],
)
def test_a_page_in_tags_is_html(text: str) -> None:
    assert format_of(text, 0, len(text)) is Format.HTML


def test_one_cell_a_line_stays_so_with_blanks_behind_its_currency() -> None:
    text = "Revenue\n\n$       7,574\n\n$      (8,656)\n\nCost\n\n" * 6
    assert format_of(text, 0, len(text)) is Format.WIRE


def test_columns_by_spaces_are_columns() -> None:
    text = "Revenue          $    7,574    $    8,656\n                      3,574         4,656\n" * 6
    assert format_of(text, 0, len(text)) is Format.SPACED


def test_figures_one_blank_apart_at_the_ends_of_lines_are_set_out() -> None:
    text = "Revenue 7,574 8,656\nCost 3,574 4,656\n" * 3
    assert format_of(text, 0, len(text)) is Format.SPACED


def test_columns_that_no_break_blanks_end_are_columns() -> None:
    text = normal("Revenue          7,574\xa0       8,656\xa0\n" * 6)
    assert format_of(text, 0, len(text)) is Format.SPACED


def test_a_table_on_one_line_is_a_stream() -> None:
    statement = "Balance Sheets June 30, 2024 2023" + "Cash\xa0 7,574\xa0 8,656" * 40
    text = f"{statement}\n\n" * 9 + "Revenue 7,574 8,656\n" * 9
    assert format_of(text, 0, len(text)) is Format.WIRE


def test_text_around_tables_in_tags_keeps_its_paragraphs() -> None:
    text = f"## Results\n\n(in thousands)\n\n{CELLS}\n\nRevenue rose.\n\n{CELLS}\n"
    assert format_of(text, 0, len(text)) is Format.TEXT_WITH_TABLES
    blocks = read_document(text).document.blocks
    assert [block.text if isinstance(block, Paragraph) else "table" for block in blocks] == [
        "## Results",
        "(in thousands)",
        "table",
        "Revenue rose.",
        "table",
    ]
    assert [block.line for block in blocks] == [1, 3, 5, 7, 9]


def test_a_table_that_is_never_closed_goes_on_to_the_end() -> None:
    text = f"Results\n\n{CELLS}\n\n{CELLS.removesuffix('</table>')}\n"
    assert sum(isinstance(block, Table) for block in read_document(text).document.blocks) == 2


def test_a_caption_in_a_page_makes_no_text_of_it() -> None:
    rows = "".join(f"<tr><td>Line {at}</td><td>{at},000</td></tr>\n" for at in range(3))
    page = f"<html><body>\n<table>\n<caption>MADE-UP, INC.<br>Balance Sheets</caption>\n{rows}</table></body></html>"
    assert format_of(page, 0, len(page)) is Format.HTML
