"""Plain text with tabs -> paragraphs and tables, each with its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.filings.documents.decode import decode
from orchestration.filings.documents.model import Document, Paragraph, Table
from tests.hang_guard import no_hang
from tests.unit.filings.made_up import REAL, blocks, real, table

LONG = "Revenues for the three months ended March 31 were higher and include fees of"


def assert_every_place_is_exact(text: str, start: int = 0) -> int:
    """Every cell and every piece of a paragraph points at its own characters; how many were checked."""
    document, checked = Document(text, tuple(blocks(text))), 0
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    assert text[cell.start : cell.end] == cell.text
                    assert document.place(cell.start, cell.end).line == row.line
                    assert cell.left < cell.right
                    checked += 1
        else:
            checked += assert_paragraph(document, block)
    return checked


def assert_paragraph(document: Document, block: Paragraph) -> int:
    assert document.place(block.pieces[0][1], block.pieces[0][1]).line == block.line
    for offset, char in enumerate(block.text):
        source = document.text[block.source_offset(offset)] if block.source_offset(offset) < len(document.text) else "\n"
        assert source == char or (char in " \n" and source == "\n"), (block.text, offset)
    return len(block.text)


@pytest.mark.parametrize("name", REAL)
def test_every_place_in_the_real_filings_is_exact(name: str) -> None:
    assert assert_every_place_is_exact(decode(real(name))) > 10_000


LINES = st.lists(
    st.one_of(
        st.text("ab .\t\f1,$()_", max_size=30),
        st.sampled_from(["", " ", "\t", "1", "- 2 -", "page 7", LONG, "of fees.", "- a bullet", "\t\t", "a\t1\t\t2"]),
    ),
    max_size=25,
)


@given(LINES)
@settings(max_examples=150)
def test_every_place_in_any_text_is_exact(lines: list[str]) -> None:
    assert_every_place_is_exact("\n".join(lines))


@given(LINES)
@settings(max_examples=100)
def test_no_word_is_lost_but_page_numbers(lines: list[str]) -> None:
    text = "\n".join(lines)
    kept = "".join(
        " ".join(row.text for row in block.rows) if isinstance(block, Table) else block.text for block in blocks(text)
    )
    lost = sorted("".join(text.split()))
    for char in "".join(kept.split()):
        lost.remove(char)
    assert not set(lost) & set("b$(_"), "only page numbers, with the word page and rules beside them, may be left out"


def test_a_cell_keeps_the_ordinal_of_its_tab() -> None:
    row = table("Tax\t\t\t(103)\t\t(265)").rows[0]
    assert [(cell.text, cell.left) for cell in row.cells] == [("Tax", 0), ("(103)", 3), ("(265)", 5)]


def test_cells_of_blanks_are_no_cells() -> None:
    assert [cell.text for cell in table("Total\t  \t5").rows[0].cells] == ["Total", "5"]


def test_blank_lines_and_page_numbers_inside_a_table_are_breaks() -> None:
    found = table("a\t1\n\nb\t2\n\n12\n\nc\t3\nd\t4")
    assert found.breaks == (1, 2)
    assert [row.line for row in found.rows] == [1, 3, 7, 8]


def test_words_end_a_table() -> None:
    assert [type(block) for block in blocks("a\t1\nwords in between\nb\t2")] == [Table, Paragraph, Table]


@pytest.mark.parametrize("page", ["1", "- 1 -", "Page 12"])
def test_a_sentence_cut_by_a_page_is_one_paragraph(page: str) -> None:
    (found,) = blocks(f"{LONG}\n\n{page}\n\nlicenses and milestones.")
    assert isinstance(found, Paragraph)
    assert found.text == f"{LONG} licenses and milestones."


@pytest.mark.parametrize(
    ("before", "after"),
    [(f"{LONG} 5.", "of fees"), ("Financial Results", "of fees"), (LONG, "Revenues rose"), (f"{LONG}:", "fees")],
    ids=["sentence ended", "heading", "capital", "colon"],
)
def test_paragraphs_that_were_not_cut_stay_apart(before: str, after: str) -> None:
    assert len(blocks(f"{before}\n\n1\n\n{after}")) == 2


def test_bullets_are_paragraphs_of_their_own() -> None:
    assert [block.text for block in blocks("- one\n- two\nand more\n• three") if isinstance(block, Paragraph)] == [
        "- one",
        "- two\nand more",
        "• three",
    ]


def test_a_page_number_alone_is_no_paragraph() -> None:
    assert blocks("1\n\n2\n\n") == []


def test_many_lower_case_paragraphs_do_not_take_quadratic_time() -> None:
    """Joining a paragraph to the one before copies it: done for each of many, that is minutes for one megabyte."""
    one = f"{LONG.lower()}\n\n"
    with no_hang():
        blocks(one * 2_500)


def test_a_run_of_quotation_marks_does_not_take_quadratic_time() -> None:
    with no_hang():
        blocks(f"{'”' * 12_000}a\n\nof fees")


def test_a_line_with_one_pipe_below_a_row_between_pipes_is_a_row_of_it() -> None:
    text = "| | 2010 |\n|---|---|\n| Net sales | 88,214 |\nCost of sales | 41,377\n| Gross profit | 46,837 |\n"
    rows = [tuple((cell.text, cell.left) for cell in row.cells) for row in table(text).rows]
    assert rows[2] == (("Cost of sales", 0), ("41,377", 1))
    assert len(rows) == 4
    assert_every_place_is_exact(text)


def test_a_line_with_one_pipe_apart_from_the_table_is_words() -> None:
    text = "| Net sales | 88,214 |\n| Cost of sales | 41,377 |\n\nContact | Press office\n"
    assert [type(block) for block in blocks(text)] == [Table, Paragraph]


def test_a_pipe_in_a_table_set_out_by_tabs_parts_no_cells() -> None:
    """One digit read as a pipe made a table of one cell a line of all the others."""
    text = "\t2011\t2010\nSales\t4|,865\t98,292\nCosts\t28,956\t3,219\n"
    assert [[cell.text for cell in row.cells] for row in table(text).rows][1:] == [
        ["Sales", "4|,865", "98,292"],
        ["Costs", "28,956", "3,219"],
    ]


def test_headings_one_below_the_other_end_no_table() -> None:
    """ "ASSETS" above "Current assets:" parted the head of a balance sheet from its figures."""
    heads = "ASSETS\nCurrent assets:\nEarnings (loss) per share attributable to the holders of ordinary shares:\n"
    (found,) = blocks(f"\t2018\t2017\nSales\t5\t6\n{heads}Cash\t1,812\t1,906\nDebt\t5\t7\n")
    assert isinstance(found, Table)
    assert [row.text for row in found.rows][2:4] == ["ASSETS", "Current assets:"]


def test_a_heading_that_ends_in_a_companys_name_is_no_sentence() -> None:
    """ "Loss per share attributable to Acme Entertainment Inc." broke the table, and the lines below it were lost."""
    rows = "Net loss | (9,455) | (22,389)\n{}\nBasic | (0.07) | (0.17)\n"
    one = rows.format("Income (loss) per share attributable to Acme Entertainment Inc.")
    assert len([block for block in blocks(one) if isinstance(block, Table)]) == 1
    other = rows.format("Income is as Acme told it.")
    assert len([block for block in blocks(other) if isinstance(block, Table)]) == 2


def test_a_scale_below_the_heads_breaks_no_table() -> None:
    """ "(In thousands, except per share data)" between heads and rows left the rows without heads."""
    text = "2026 | 2025\n(In thousands, except per share data)\nRevenue | 11,996 | 28,051\nCost of revenue | 3,039 | 10,097\n"
    assert [type(block) for block in blocks(text)] == [Table]


def test_lines_set_in_below_a_heading_go_on_with_its_table() -> None:
    """Under "Revenues" the lines began with blanks: each section was a table of its own, without heads."""
    text = "\t2024\t2023\nRevenues\n  Casino\t14\t15\n  Hotel\t4\t5\nCosts\n  Casino\t9\t8\n"
    assert [type(block) for block in blocks(text)] == [Table]
