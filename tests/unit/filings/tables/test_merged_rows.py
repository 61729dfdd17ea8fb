"""Rows that were run together, and those that only look so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orchestration.filings.documents.model import Cell
from orchestration.filings.tables.cells import cell_content
from orchestration.filings.tables.merged_rows import rejoin_digit_groups, rejoin_merged_cells, split_merged_rows
from orchestration.filings.tables.rows import FigureCell
from tests.unit.filings.made_up import labelled, placed, texts

BODY = "Revenues\t5,211\t3,314\nExpenses\t20,313\t15,538\n"


def parted(text: str) -> list[tuple[str, list[str | None]]]:
    rows = split_merged_rows(placed(BODY + text, 2))
    return [
        (
            row.row.label,
            [
                item.cell.text[item.content.numbers[0].start : item.content.numbers[0].end] if item else None
                for item in row.cells
            ],
        )
        for row in rows
    ][2:]


def test_two_rows_run_together_are_two_again() -> None:
    assert parted("Research support License fees\t2,190 858\t1,805 1,266\n") == [
        ("Research support", ["2,190", "1,805"]),
        ("License fees", ["858", "1,266"]),
    ]


def test_a_heading_run_into_the_rows_below_it_is_a_heading_again() -> None:
    rows = list(split_merged_rows(placed(f"{BODY}Revenues: Research support License fees\t2,190 858\t1,805 1,266\n", 2)))[2:]
    assert [(row.row.label, len([item for item in row.cells if item])) for row in rows] == [
        ("Revenues:", 0),
        ("Research support", 2),
        ("License fees", 2),
    ]


def test_three_rows_run_together() -> None:
    assert [label for label, _ in parted("Product sales License fees Royalties earned\t1 2 3\t40 50 60\n")] == [
        "Product sales",
        "License fees",
        "Royalties earned",
    ]


def test_rows_of_losses_run_together() -> None:
    assert parted("Interest expense Other losses\t(1,234) (5,678)\t(222) (333)\n") == [
        ("Interest expense", ["(1,234)", "(222)"]),
        ("Other losses", ["(5,678)", "(333)"]),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "Research support\t2,190 858\t1,805 1,266\n",
        "Research support License fees\t2,190\t1,805 1,266\n",
    ],
    ids=["one label", "one figure"],
)
def test_what_is_not_evenly_run_together_is_left_as_it_is(row: str) -> None:
    rows = list(split_merged_rows(placed(BODY + row, 2)))
    assert len(rows) == 3
    assert texts(rows[2]) == row.strip().split("\t")[1:]


@pytest.mark.parametrize("row", ["Total Revenues\t15 762\t12 001\n", "Net Loss\t(27 772)\t(12 001)\n"])
def test_a_lost_comma_under_a_label_in_capitals_makes_no_two_rows(row: str) -> None:
    """`Total` of 15 and `Revenues` of 762 is what no one printed."""
    rows = list(split_merged_rows(placed(BODY + row, 2)))
    assert [found.row.label for found in rows[2:]] == [row.split("\t", maxsplit=1)[0]]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "Goodwill Total assets\t7,905 241,513\t7,453 274,936\n",
            [("Goodwill", ["7,905", "7,453"]), ("Total assets", ["241,513", "274,936"])],
        ),
        (
            "Cost of sales Research and development\t39,573 27,905\t19,203 27,431\n",
            [("Cost of sales", ["39,573", "19,203"]), ("Research and development", ["27,905", "27,431"])],
        ),
    ],
    ids=["figures that read as one", "a label that a loose pattern knows"],
)
def test_rows_run_together_are_cut_where_their_names_part(row: str, expected: list[tuple[str, list[str | None]]]) -> None:
    assert parted(row) == expected


def test_a_comma_lost_within_rows_run_together_is_no_decimal_point() -> None:
    """`1.805 1,266` is 1,805 and 1,266: a part that looked sound by itself was read as 1.805 thousand."""
    rows = list(split_merged_rows(placed(f"{BODY}Research support License fees\t2,190 858\t1.805 1,266\n", 2)))[2:]
    assert [texts(row) for row in rows] == [["2,190", "1.805"], ["858", "1,266"]]
    rows = list(split_merged_rows(placed(f"{BODY}Research support License fees\t5 690 3,534\t3,870 3,924\n", 2)))[2:]
    assert [texts(row) for row in rows] == [["5 690", "3,870"], ["3,534", "3,924"]]


def test_figures_one_blank_apart_are_of_one_column_where_there_are_two_for_each() -> None:
    (row,) = labelled("Inventories Total current assets\t1\n")
    near = [
        Cell("5,291", 40, 45, 40, 45),
        Cell("171,857", 46, 53, 46, 53),
        Cell("5,564", 60, 65, 60, 65),
        Cell("9", 66, 67, 66, 67),
    ]
    far = [near[0], near[1]._replace(left=50, right=57, start=50, end=57), *near[2:]]
    for cells, expected in ((near, ["5,291 171,857", "5,564 9"]), (far, [cell.text for cell in far])):
        (joined,) = rejoin_merged_cells([replace(row, cells=tuple(FigureCell(cell, cell_content(cell)) for cell in cells))], 2)
        assert [item.cell.text for item in joined.cells] == expected


def test_two_rows_run_together_under_one_name_move_no_figure_to_another_column() -> None:
    """Of `(1,211) (3,072)   (216) 2,509` under one label each figure was placed by itself: -3,072 stood in the next column."""
    (row,) = labelled("Miscellaneous receivables\t1\n")
    texts_of = ["(1,211)", "(3,072)", "(216)", "2,509"]
    cells = [
        Cell(text, left, left + len(text), left, left + len(text))
        for text, left in zip(texts_of, (40, 48, 60, 66), strict=True)
    ]
    (joined,) = rejoin_merged_cells([replace(row, cells=tuple(FigureCell(cell, cell_content(cell)) for cell in cells))], 2)
    assert [item.cell.text for item in joined.cells] == ["(1,211) (3,072)", "(216) 2,509"]


def test_figures_that_would_be_the_greatest_of_the_table_as_one_are_two() -> None:
    """Neither name is known: "4,108 662" is 4,108,662 or two figures, and no line states more than the total."""
    assert parted("Long-term debt Other long-term liabilities\t4,108 662\t4,666 614\n") == [
        ("Long-term debt", ["4,108", "4,666"]),
        ("Other long-term liabilities", ["662", "614"]),
    ]


def test_a_label_that_is_a_name_as_a_whole_is_two_where_its_figures_are_too_great_for_one() -> None:
    assert parted("Cash and cash equivalents Short-term investments\t386,937 173,030\t370,107 155,023\n") == [
        ("Cash and cash equivalents", ["386,937", "370,107"]),
        ("Short-term investments", ["173,030", "155,023"]),
    ]


def test_groups_that_a_blank_parts_are_one_figure_and_cells_that_a_tab_parts_are_not() -> None:
    row = labelled(BODY)[0]
    spaced = [Cell("7", 10, 11, 10, 11), Cell("162", 12, 15, 12, 15), Cell("6,587", 17, 22, 17, 22)]
    tabbed = [Cell("7", 1, 2, 10, 11), Cell("162", 2, 3, 12, 15), Cell("6,587", 3, 4, 17, 22)]
    rows = [replace(row, cells=tuple(FigureCell(cell, cell_content(cell)) for cell in cells)) for cells in (spaced, tabbed)]
    joined = [[item.cell.text for item in one.cells] for one in rejoin_digit_groups(rows, 2)]
    assert joined == [["7 162", "6,587"], ["7", "162", "6,587"]]
