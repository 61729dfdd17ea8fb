"""Text set out by spaces: labels that wrap, pages that break."""

from __future__ import annotations

import pytest

from orchestration.filings.documents.model import Table
from orchestration.filings.documents.spaced import read_spaced


def rows(text: str) -> list[str]:
    (table,) = (block for block in read_spaced(text, 0, len(text), 1) if isinstance(block, Table))
    return [row.text for row in table.rows]


def test_a_label_goes_on_below_its_figures() -> None:
    text = (
        "Net sales                      8,110     7,330\n"
        "Selling, general and           2,110     1,904\n"
        "  administrative expenses\n"
        "Operating income                 492       476\n"
    )
    assert rows(text) == [
        "Net sales 8,110 7,330",
        "Selling, general and administrative expenses 2,110 1,904",
        "Operating income 492 476",
    ]


def test_words_that_begin_the_label_below_are_left_to_it() -> None:
    text = (
        "Operating income                 492       476\n"
        "  income taxes on earnings from\n"
        "  continuing operations          140       148\n"
    )
    assert rows(text)[0] == "Operating income 492 476"


def test_a_heading_below_figures_is_no_part_of_their_label() -> None:
    text = "Net income                       374       386\n  per share:\nBasic                            .09       .09\n"
    assert rows(text)[0] == "Net income 374 386"


def test_the_number_of_a_page_is_no_row_but_a_bare_number_may_be_a_total() -> None:
    text = (
        "Net sales                      8,110     7,330\n"
        "<PAGE>\n"
        "                                -7-\n"
        "Cost of sales                  4,904     4,410\n"
        "                                 904\n"
        "Net income                       374       386\n"
    )
    assert rows(text) == ["Net sales 8,110 7,330", "Cost of sales 4,904 4,410", "904", "Net income 374 386"]


def test_the_last_line_of_a_paragraph_is_no_header() -> None:
    text = (
        "Corporation (NYSE: OXC) today reported results for its fourth quarter and the\n"
        "fiscal year ended September 30, 2006.\n"
        "\n"
        "                           Quarter Ended September 30,\n"
        "                              2006          2005\n"
        "Net sales                    8,110         7,330\n"
        "Net income                     374           386\n"
    )
    assert rows(text)[0] == "Quarter Ended September 30,"


def test_a_tab_parts_cells_even_where_its_stop_is_one_blank_away() -> None:
    """Else two cells were read as one figure that a blank parts, whose characters stand nowhere in the filing."""
    row = f"{'Total revenues'.ljust(46)}7\t162        5,000\n"
    (table,) = (block for block in read_spaced(row * 6, 0, len(row) * 6, 1) if isinstance(block, Table))
    first, second = table.rows[0].cells[1:3]
    assert (first.text, second.text) == ("7", "162")
    assert second.left - first.right > 1


@pytest.mark.parametrize(
    "heading",
    [
        "Restaurant operating costs (exclusive of depreciation and amortization shown separately below):",
        "LIABILITIES, REDEEMABLE CONVERTIBLE PREFERRED STOCK AND STOCKHOLDERS' EQUITY",
    ],
)
def test_a_full_line_between_figures_is_a_heading_where_it_ends_in_a_colon_or_is_in_capitals(heading: str) -> None:
    text = f"Total revenues                 8,110     7,330\n{heading}\nCost of sales                  4,904     4,410\n"
    assert len(rows(text)) == 3


def test_a_full_line_between_figures_is_prose_where_blank_lines_part_it() -> None:
    prose = "The following table sets out what each of our segments sold in the periods that are shown:"
    text = f"Total revenues                 8,110     7,330\n\n{prose}\n\nNorth                  4,904     4,410\n"
    assert sum(isinstance(block, Table) for block in read_spaced(text, 0, len(text), 1)) == 2


def test_a_new_caption_within_a_table_begins_a_table_of_its_own() -> None:
    """Columns below a second `<CAPTION>` were read as those of the first: adjustments became balances of the company."""
    head, rows_ = (
        "<CAPTION>\n                          JUNE 30, 2000      1999\n<S>                       <C>         <C>\n",
        ("Cash                          9,240        59\nTotal assets                 22,534     6,057\n"),
    )
    text = f"<TABLE>\n{head}{rows_}\n{head.replace('1999', '1998')}{rows_.replace('59', '88')}</TABLE>\n"
    tables = [block for block in read_spaced(text, 0, len(text), 1) if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [3, 3]
    assert ["1998" in table.rows[0].text for table in tables] == [False, True]


def test_a_blank_that_slipped_into_a_figure_parts_no_cells() -> None:
    assert (
        rows("Shares                  26,35 2    26,388\nOther                    6,352    26,388\n")[0]
        == "Shares 26,35 2 26,388"
    )
    text = "Shares                  26,352 26,388    26,388\nOther                    6,352    26,388\n"
    (table,) = (block for block in read_spaced(text, 0, len(text), 1) if isinstance(block, Table))
    assert [cell.text for cell in table.rows[0].cells] == ["Shares", "26,352", "26,388", "26,388"]
