"""Rows between pipes whose cells lost their spans, as html2text and pandoc write them."""

from __future__ import annotations

import pytest

from orchestration.filings.documents.model import Paragraph, Table
from orchestration.filings.documents.plain import read_plain
from tests.hang_guard import no_hang

RULES = "| | | | | | | | |   \n---|---|---|---|---|---|---|---  \n"
BODY = (
    "Net sales| $| 11,972 | | | $| 11,325 | | | $| 22,952 | | | $| 21,816 |   \n"
    "Cost| 4,912 | | | 4,830 | | | 9,229 | | | 8,921 |   \n"
    "Tax| (169)| | | (172)| | | (179)| | | (12)|   \n"
)


def table_of(text: str) -> Table:
    (table,) = (block for block in read_plain(text, 0, len(text)) if isinstance(block, Table))
    return table


def rows(text: str) -> list[list[tuple[str, int, int]]]:
    return [[tuple(cell[:3]) for cell in row.cells if cell.text != "$"] for row in table_of(text).rows]  # type: ignore[misc]


def test_a_lone_currency_sign_takes_no_place_where_rows_without_it_are_shorter() -> None:
    found = rows(RULES + BODY)
    assert [[left for _, left, _ in row] for row in found] == [[0, 1, 4, 7, 10]] * 3


def test_a_lone_currency_sign_takes_its_place_where_other_rows_have_a_blank_there() -> None:
    found = rows(
        "|  | 2024 |  | 2023 |\n|---|---|---|---|\n| Net sales | $ | 47,459 | $ | 45,784 |\n| Cost |  | 18,045 |  | 19,616 |\n"
    )
    assert found[1:] == [
        [("Net sales", 0, 1), ("47,459", 2, 3), ("45,784", 4, 5)],
        [("Cost", 0, 1), ("18,045", 2, 3), ("19,616", 4, 5)],
    ]


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        (
            "| Three Months Ended| | Six Months Ended  \n"
            "| June 30,  \n2023| July 1,  \n2022| | June 30,  \n2023| July 1,  \n2022  \n",
            [
                [("Three Months Ended", 1, 5), ("Six Months Ended", 7, 11)],
                [("June 30, 2023", 1, 2), ("July 1, 2022", 4, 5), ("June 30, 2023", 7, 8), ("July 1, 2022", 10, 11)],
            ],
        ),
        (
            "(in millions)| | Three months ended  \nJune 30,| | Six months ended  \nJune 30,  \n"
            "| 2023| | 2022| | 2023| | 2022  \n",
            [
                [("(in millions)", 0, 1), ("Three months ended June 30,", 1, 5), ("Six months ended June 30,", 7, 11)],
                [("2023", 1, 2), ("2022", 4, 5), ("2023", 7, 8), ("2022", 10, 11)],
            ],
        ),
        (
            "(in millions)| Three Months Ended  \nJune 30,| Six Months Ended  \nJune 30,  \n2023| 2022| 2023| 2022  \n",
            [
                [("(in millions)", 0, 1), ("Three Months Ended June 30,", 1, 5), ("Six Months Ended June 30,", 7, 11)],
                [("2023", 1, 2), ("2022", 4, 5), ("2023", 7, 8), ("2022", 10, 11)],
            ],
        ),
        (
            "| 2023| | 2022| | 2023| | 2022  \n| | | (As Restated)| | | | (As Restated)  \n",
            [
                [("2023", 1, 2), ("2022", 4, 5), ("2023", 7, 8), ("2022", 10, 11)],
                [("(As Restated)", 4, 5), ("(As Restated)", 10, 11)],
            ],
        ),
    ],
    ids=["dates over two lines", "spanners over two lines", "a label over two rows", "words over some columns"],
)
def test_headings_stand_over_the_columns_they_are_of(head: str, shown: list[list[tuple[str, int, int]]]) -> None:
    assert rows(RULES + head + BODY)[: len(shown)] == shown


def test_a_row_over_two_lines_keeps_its_place_in_the_source() -> None:
    text = (
        RULES
        + "| June 30,  \n2023| | December 31,  \n2022  \nAssets| | |   \n"
        + "Cash| $| 8,759 | | | $| 9,201 |   \nLoans| 7 | | | 28 |   \n"
    )
    head, assets, cash, _ = table_of(text).rows
    assert [text[cell.start : cell.end] for cell in (*head.cells, *cash.cells[1:])] == [
        "June 30,  \n2023", "December 31,  \n2022", "$", "8,759", "$", "9,201",
    ]  # fmt: skip
    assert (head.line, assets.line) == (3, 6)


def test_a_year_in_the_place_of_a_label_is_a_row() -> None:
    found = rows(RULES + "| (in millions)  \n2024| $| 5,112 |   \n2025| 4,100 |   \n")
    assert [row[0][0] for row in found] == ["(in millions)", "2024", "2025"]


def test_an_empty_cell_spans_its_column() -> None:
    found = rows(RULES + BODY + "Charge| | | 1,353 | | | | | 1,200 |   \n")
    assert found[-1] == [("Charge", 0, 1), ("1,353", 4, 5), ("1,200", 10, 11)]


def test_amounts_in_no_sure_column_are_unread() -> None:
    table = table_of(RULES + BODY + "Charge| | 1,353 |   \n")
    assert [row.text for row in table.unread] == ["Charge 1,353"]


def test_titles_below_a_rule_are_no_rows() -> None:
    text = (
        RULES
        + "ANY INC.  \nCONSOLIDATED BALANCE SHEETS  \n(Unaudited)  \n"
        + "| June 30,  \n2023| | June 30,  \n2022  \nCash| 1 | | 2 |   \n"
    )
    blocks = read_plain(text, 0, len(text))
    assert [block.text for block in blocks if isinstance(block, Paragraph)][-1].startswith(
        "ANY INC.  \nCONSOLIDATED BALANCE SHEETS"
    )
    assert rows(text)[0] == [("June 30, 2023", 1, 2), ("June 30, 2022", 3, 4)]


@pytest.mark.parametrize("line", ["2023  \n", "| June 30,  \n", "2023| 2022  \n", "| |\n"])
def test_many_lines_that_may_go_on_do_not_hang(line: str) -> None:
    text = "a|b|\n" + line * 4_000
    with no_hang():
        read_plain(text, 0, len(text))


def test_headings_right_above_rows_with_pipes_are_rows() -> None:
    found = rows(
        "(in thousands)\n\nTHREE MONTHS ENDED JUNE 30, | SIX MONTHS ENDED JUNE 30,\n2026 | 2025 | 2026 | 2025\n"
        "REVENUE:\nSales | 1 | 2 | 3 | 4\n"
    )
    assert found[:2] == [
        [("THREE MONTHS ENDED JUNE 30,", 1, 3), ("SIX MONTHS ENDED JUNE 30,", 3, 5)],
        [("2026", 1, 2), ("2025", 2, 3), ("2026", 3, 4), ("2025", 4, 5)],
    ]


def test_a_line_without_a_line_break_is_a_row() -> None:
    found = rows("| | Six months ended June 30,\n2023| 2022|\nSales| 1 | 2 |\n")
    assert [cell[0] for cell in found[0]] == ["Six months ended June 30,"]


def test_a_total_without_a_name_or_its_cell_is_in_the_columns() -> None:
    """Between pipes without an outer one, the first of the figures was the name of the rest."""
    found = rows("Revenues | 2026 | 2025\nFees | 549 | 569\nSales | 128 | 30\n677 | 599\nCosts | 300 | 310\n")
    assert found[3] == [("677", 1, 2), ("599", 2, 3)]


def test_what_closes_a_figure_takes_no_place() -> None:
    """Rows with fewer columns than those that have "%" in a cell of its own were in no sure column."""
    found = rows(
        "2026 | 2025 | $ Variance | % Variance\nSales | 172 | 166 | 6 | 3.2 | %\nCosts | 101 | 97 | 4 | -4.5 | %\n"
        "Loss | 28 | — | 28 | nm\nPer share | 0.09 | (0.05\n"
    )
    assert [[left for _, left, _ in row] for row in found] == [
        [1, 2, 3, 4], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4], [0, 1, 2],
    ]  # fmt: skip


def test_cells_lost_at_the_end_of_a_row_move_none_before_them() -> None:
    found = rows(
        "A | 2024 | 2023 | % | 2024 | 2023 | %\nSales | 19 | 18 | 5% | 40 | 36 | 11%\nCosts | 15 | 14 | 7% | 31 | 29 | 7%\n"
        "Shares | 20 | 21 |  | 20 | 21\n"
    )
    assert found[-1] == [("Shares", 0, 1), ("20", 1, 2), ("21", 2, 3), ("20", 4, 5), ("21", 5, 6)]
