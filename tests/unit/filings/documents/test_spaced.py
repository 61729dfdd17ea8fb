"""Text set out by spaces: labels that wrap, pages that break."""

from __future__ import annotations

import pytest

from orchestration.filings.documents.model import Table
from orchestration.filings.documents.spaced import read_spaced


def rows(text: str) -> list[str]:
    (table,) = (block for block in read_spaced(text, 0, len(text)) if isinstance(block, Table))
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


def test_a_label_in_capitals_goes_on_below_its_figures_at_the_end_of_a_table() -> None:
    """The last line of a balance sheet was that of liabilities, and "EQUITY" below it a paragraph."""
    text = (
        "TOTAL LIABILITIES                      8,110     7,330\n"
        "TOTAL LIABILITIES AND STOCKHOLDERS'   12,110    11,904\n"
        "  EQUITY\n\nSee notes.\n"
    )
    assert rows(text)[-1] == "TOTAL LIABILITIES AND STOCKHOLDERS' EQUITY 12,110 11,904"


def test_a_sign_before_figures_and_their_per_cents_parts_them_too() -> None:
    """ "$ 70,167 9.9 % $ 63,856 9.1 %" were two cells, and the line of net income was not read."""
    assert cells("   Net income attributable to Example $ 70,167 9.9 % $ 63,856 9.1 %\n")[0][-4:] == [
        "$70,167",
        "9.9 %",
        "$63,856",
        "9.1 %",
    ]


def test_the_year_of_a_whole_date_stays_with_its_day() -> None:
    """ "June 30, 2018" beside a lone "2017" lost its year, and the column its day."""
    text = "                              June 30, 2018        2017\nCash and cash equivalents               199         195\n"
    assert cells(text + "Inventories                           3,385       3,350\n")[0] == ["June 30, 2018", "2017"]


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
    (table,) = (block for block in read_spaced(row * 6, 0, len(row) * 6) if isinstance(block, Table))
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
    assert sum(isinstance(block, Table) for block in read_spaced(text, 0, len(text))) == 2


def test_a_new_caption_within_a_table_begins_a_table_of_its_own() -> None:
    """Columns below a second `<CAPTION>` were read as those of the first: adjustments became balances of the company."""
    head, rows_ = (
        "<CAPTION>\n                          JUNE 30, 2000      1999\n<S>                       <C>         <C>\n",
        ("Cash                          9,240        59\nTotal assets                 22,534     6,057\n"),
    )
    text = f"<TABLE>\n{head}{rows_}\n{head.replace('1999', '1998')}{rows_.replace('59', '88')}</TABLE>\n"
    tables = [block for block in read_spaced(text, 0, len(text)) if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [3, 3]
    assert ["1998" in table.rows[0].text for table in tables] == [False, True]


def test_a_blank_that_slipped_into_a_figure_parts_no_cells() -> None:
    assert (
        rows("Shares                  26,35 2    26,388\nOther                    6,352    26,388\n")[0]
        == "Shares 26,35 2 26,388"
    )
    text = "Shares                  26,352 26,388    26,388\nOther                    6,352    26,388\n"
    (table,) = (block for block in read_spaced(text, 0, len(text)) if isinstance(block, Table))
    assert [cell.text for cell in table.rows[0].cells] == ["Shares", "26,352", "26,388", "26,388"]


def cells(text: str) -> list[list[str]]:
    (table,) = (block for block in read_spaced(text, 0, len(text)) if isinstance(block, Table))
    return [[cell.text for cell in row.cells] for row in table.rows]


IN_ORDER = (
    "   Year Ended June 30, 2024 2023\n"
    "   Net sales $ 8,110  $ 7,330\n"
    "   Cost of sales 4,904  4,410\n"
    "   Other, net (86) (12)\n"
    "   Net income 374 386\n"
)


def test_figures_one_blank_apart_at_the_end_of_a_line_are_cells() -> None:
    assert cells(IN_ORDER) == [
        ["Year Ended June 30,", "2024", "2023"],
        ["Net sales", "$8,110", "$7,330"],
        ["Cost of sales", "4,904", "4,410"],
        ["Other, net", "(86)", "(12)"],
        ["Net income", "374", "386"],
    ]


def test_more_figures_than_a_line_has_begin_as_its_label() -> None:
    assert cells(f"{IN_ORDER}   Notes due 2031 120  —\n")[-1] == ["Notes due 2031", "120", "—"]


def test_a_lone_figure_behind_a_label_is_part_of_it() -> None:
    """What a figure is of, one blank behind words, is known only where other figures stand behind it."""
    assert cells(f"{IN_ORDER}   Class of 1999\n   Total 9 9\n")[-2] == ["Class of 1999"]


def test_fewer_figures_than_the_lines_around_have_are_none_of_the_label() -> None:
    wide = "".join(f"   {label} 8,110  12.5  7,330  11.0\n" for label in ("Net sales", "Cost of sales", "Net income"))
    assert cells(f"{wide}   Shares, 2 classes 584  638\n")[-1] == ["Shares, 2 classes", "584", "638"]


def test_a_number_far_to_the_right_of_prose_is_no_table() -> None:
    prose = "The company sells goods of all kinds to customers in many countries of the world, and to some at home.\n"
    text = f"{prose}\n{'7'.rjust(40)}\n\n{prose}\n{IN_ORDER}"
    blocks = read_spaced(text, 0, len(text))
    assert [block.line for block in blocks if isinstance(block, Table)] == [7]


def test_quoted_mail_reads_as_what_it_quotes() -> None:
    quoted = "".join(f"> {line}\n" for line in IN_ORDER.splitlines())
    assert cells(quoted) == cells(IN_ORDER)


def test_figures_of_a_label_stand_in_no_column() -> None:
    text = (
        "Less: Income of others 23             27\n"
        "Net sales              8,110          7,330\n"
        "Cost of sales          4,904          4,410\n"
        "Notes due 2031                        120\n"
    )
    assert cells(text)[0] == ["Less: Income of others", "23", "27"]
    assert cells(text)[3] == ["Notes due 2031", "120"]


def test_figures_below_a_label_that_filled_its_line_are_its_own() -> None:
    text = (
        f"{IN_ORDER}"
        "   Weighted average number of shares outstanding, in\n"
        "   thousands, with dilution\n"
        "   9,310 9,120\n"
        "   Preferred stock, none issued\n"
        "   — —\n"
    )
    assert cells(text)[-2:] == [
        ["Weighted average number of shares outstanding, in thousands, with dilution", "9,310", "9,120"],
        ["Preferred stock, none issued", "—", "—"],
    ]


def test_a_total_below_a_heading_has_no_label() -> None:
    text = "Cash                  8,110     7,330\nAssets\n                      8,110     7,330\n"
    assert cells(text)[-2:] == [["Assets"], ["8,110", "7,330"]]


def test_a_closing_parenthesis_and_a_percent_sign_may_stand_in_columns_of_their_own() -> None:
    text = (
        "Cost of sales          (4,904     )  12.5  %    (4,410     )  \n"
        "Net income                374        1.5          386  \n"
    )
    assert cells(text)[0][1:] == ["(4,904     )", "12.5  %", "(4,410     )"]
    assert cells(text)[1][1:] == ["374", "1.5", "386"]


def test_a_line_that_its_neighbours_show_to_be_short_is_a_heading() -> None:
    """Where lines are wide, words that leave much of one empty are no sentence: the earnings per share below stood apart."""
    prose = f"{'The company makes and sells goods of all kinds to customers in many countries of the world ' * 2}every day.\n\n"
    heading = "Net income per share of common stock attributable to common stockholders"
    text = f"{prose}Net income             374       386\n\n{heading}\n\nBasic                  .09       .09\n"
    assert len(rows(text)) == 3


def test_places_are_counted_from_the_margin_of_a_table() -> None:
    (table,) = read_spaced(IN_ORDER, 0, len(IN_ORDER))
    assert isinstance(table, Table)
    assert {row.cells[0].left for row in table.rows} == {0}


def test_a_raised_note_mark_parts_a_label_from_its_figures() -> None:
    text = "Net income             374       386\nNet income per share1\n\n                       .09       .09\n"
    assert cells(text)[-1] == ["Net income per share1", ".09", ".09"]


def test_a_label_of_several_full_lines_that_ends_in_a_full_stop_is_no_prose() -> None:
    stock = "Class A common stock, $0.01 par value, 9,000 shares authorized, 1,271 shares issued as of June 30, 2023 and"
    text = f"{IN_ORDER}   {stock}\n   December 31, 2022, respectively.\n   19 19\n"
    assert cells(text)[-1] == [f"{stock} December 31, 2022, respectively.", "19", "19"]


def test_a_head_is_as_wide_as_the_rule_below_it() -> None:
    """Words set over the first of two columns were of that column alone, though a rule below them spans both."""
    text = (
        "                     Six Months            Fiscal Year Ended\n"
        "                    ------------  ------------------------------\n"
        "                        2024            2024           2023\n"
        "Net sales              8,110           17,330         16,200\n"
        "Cost of sales          4,110            8,330          7,200\n"
    )
    (table,) = (block for block in read_spaced(text, 0, len(text)) if isinstance(block, Table))
    assert [(cell.text, cell.left, cell.right) for cell in table.rows[0].cells] == [
        ("Six Months", 20, 32),
        ("Fiscal Year Ended", 34, 64),
    ]
