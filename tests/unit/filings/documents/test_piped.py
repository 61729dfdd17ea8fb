"""Rows between pipes: what converters leave in cells, and cells that are printed in each place they span."""

from __future__ import annotations

import pytest

from orchestration.filings.documents.model import Paragraph, Table
from orchestration.filings.documents.piped import piped_rows
from orchestration.filings.documents.plain import read_plain
from tests.hang_guard import no_hang


def cells(line: str) -> list[tuple[str, int]]:
    (row,) = piped_rows(line, 0, 1)
    return [(cell.text, cell.left) for cell in row.cells]


def spans(text: str) -> list[list[tuple[str, int, int]]]:
    (table,) = (block for block in read_plain(text, 0, len(text)) if isinstance(block, Table))
    return [[(cell.text, cell.left, cell.right) for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("Three Months Ended<br>September 30,", "Three Months Ended September 30,"),
        ("**Three Months Ended**<br/>**September 30,**", "Three Months Ended September 30,"),
        ("Revenue<sup>(1)</sup>", "Revenue"),
        ("Revenue <sup>2</sup>", "Revenue"),
        ("Research &amp; development", "Research & development"),
        ("&nbsp;&nbsp;Basic&nbsp;and diluted", "Basic and diluted"),
        ("<u>Total assets</u>", "Total assets"),
        ("**<b>Total</b> assets**", "Total assets"),
        (r"\(1,234\)", "(1,234)"),
        (r"\$ 1,234", r"\$ 1,234"),
        ("$ **1,234**", "$ 1,234"),
        ("R&D", "R&D"),
        ("margin < 5%", "margin < 5%"),
    ],
)
def test_marks_within_a_cell_show_what_they_stand_for(printed: str, shown: str) -> None:
    assert cells(f"| Label | {printed} |") == [("Label", 0), (shown, 1)]


def test_a_cell_with_marks_points_at_its_own_characters() -> None:
    line = "| **Collaboration&nbsp;revenue**<sup>1</sup> | <b>$ 4,218</b> |"
    (row,) = piped_rows(line, 100, 7)
    assert [(line[cell.start - 100 : cell.end - 100], row.line) for cell in row.cells] == [
        ("Collaboration&nbsp;revenue", 7),
        ("$ 4,218", 7),
    ]


def test_a_column_set_in_one_cell_is_rows() -> None:
    line = "| Revenue<br>Cost<br>Gross profit<br>Tax | 100<br>60<br>40<br>9 | 90<br>50<br>40<br>8 |"
    assert [[cell.text for cell in row.cells] for row in piped_rows(line, 0, 1)] == [
        ["Revenue", "100", "90"],
        ["Cost", "60", "50"],
        ["Gross profit", "40", "40"],
        ["Tax", "9", "8"],
    ]


def test_a_column_cut_into_cells_of_a_few_lines_is_rows() -> None:
    line = "| Equity:<br>Total equity | <br>**$ 40** | <br>**$ 41** |"
    assert [[cell.text for cell in row.cells] for row in piped_rows(line, 0, 1)] == [
        ["Equity:"],
        ["Total equity", "$ 40", "$ 41"],
    ]


def test_a_column_with_more_headings_than_amounts_is_rows() -> None:
    line = "| Revenue:<br>Other:<br>Sales<br>Fees | <br><br>40<br>80 | <br><br>41<br>7 |"
    assert [row.text for row in piped_rows(line, 0, 1)] == [
        "Revenue:",
        "Other:",
        "Sales 40 41",
        "Fees 80 7",
    ]


def test_a_label_and_a_head_over_two_lines_are_no_rows() -> None:
    assert cells("| Shares<br>outstanding | 8,118 |") == [("Shares outstanding", 0), ("8,118", 1)]
    assert cells("| Sales,<br>net | 8,118<br>(1) |") == [("Sales, net", 0), ("8,118 (1)", 1)]
    assert cells("| Year<br>ended | June 30,<br>2024 |") == [("Year ended", 0), ("June 30, 2024", 1)]


HEAD = "|  | Quarter | Quarter | Quarter | Quarter |\n|---|---|---|---|---|\n|  | 2022 | 2022 | 2021 | 2021 |\n"


def test_a_head_that_is_printed_in_each_of_its_places_is_one() -> None:
    found = spans(HEAD + "| Net sales | $ | 41,207 | $ | 36,118 |\n")
    assert found[:2] == [[("Quarter", 1, 5)], [("2022", 1, 3), ("2021", 3, 5)]]


def test_like_heads_over_figures_of_their_own_stay_apart() -> None:
    found = spans("|  | 2022 | 2022 |\n|---|---|---|\n| Net sales | 41,207 | 41,207 |\n| Cost | 5 | 5 |\n")
    assert found == [
        [("2022", 1, 2), ("2022", 2, 3)],
        [("Net sales", 0, 1), ("41,207", 1, 2), ("41,207", 2, 3)],
        [("Cost", 0, 1), ("5", 1, 2), ("5", 2, 3)],
    ]


def test_a_year_below_two_heads_is_that_of_each() -> None:
    head = "|  | Quarter | Quarter | Year | Year |\n|---|---|---|---|---|\n|  | 2022 | 2022 | 2022 | 2022 |\n"
    found = spans(head + "| Net sales | $ | 41,207 | $ | 152,904 |\n")
    assert found[:2] == [[("Quarter", 1, 3), ("Year", 3, 5)], [("2022", 1, 3), ("2022", 3, 5)]]


def test_a_heading_that_is_printed_in_each_of_its_places_is_one() -> None:
    found = spans("| Net sales | 7 | 8 |\n| Expenses: | Expenses: | Expenses: |\n| Cost | 5 | 5 |\n")
    assert found[1] == [("Expenses:", 0, 3)]


def test_prose_shows_what_its_marks_stand_for() -> None:
    text = "Cash&nbsp;was $4.2 million.<br>**R&amp;D expenses** were <u>$1.0 million</u><sup>1</sup>."
    (paragraph,) = read_plain(text, 0, len(text))
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.replace("\xa0", " ") == "Cash was $4.2 million.\n**R&D expenses** were $1.0 million."
    at = paragraph.text.index("$1.0")
    assert text[paragraph.source_offset(at) :].startswith("$1.0 million")


@pytest.mark.parametrize("marks", ["<sup>", "<sup ", "<br>", "&", "1|", "<sup><b>1"])
def test_a_line_of_nothing_but_marks_does_not_hang(marks: str) -> None:
    with no_hang():
        piped_rows(f"| {marks * 60_000} | 1 |", 0, 1)


def test_a_parenthesis_in_a_cell_of_its_own_is_of_the_figure_beside_it() -> None:
    """Losses were read as damaged, and a filing that had many was kept out."""
    rule = "|---|---|---|---|---|---|\n"
    text = f"| | 2024 | | | 2023 | |\n{rule}| Net loss | (38,469 | ) | | (86,878 | ) |\n| Margin | 9.5 | % | | ( | 1.2) |\n"
    assert [[cell for cell, _, _ in row] for row in spans(text)[1:]] == [
        ["Net loss", "(38,469)", "(86,878)"],
        ["Margin", "9.5%", "(1.2)"],
    ]
