"""From placed rows to lines: fused rows, rubbish, readings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orchestration.filings.documents.model import Cell
from orchestration.filings.statements.cells import of
from orchestration.filings.statements.lines import lay_aside, part_fused, rejoin_groups, uses_separators
from orchestration.filings.statements.rows import Item
from tests.unit.filings.made_up import labelled, placed, texts

BODY = "Revenues\t5,211\t3,314\nExpenses\t20,313\t15,538\n"


def parted(text: str) -> list[tuple[str, list[str | None]]]:
    rows = part_fused(placed(BODY + text, 2))
    return [
        (
            row.row.label,
            [
                item.cell.text[item.content.numbers[0].start : item.content.numbers[0].end] if item else None
                for item in row.items
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
    rows = list(part_fused(placed(f"{BODY}Revenues: Research support License fees\t2,190 858\t1,805 1,266\n", 2)))[2:]
    assert [(row.row.label, len([item for item in row.items if item])) for row in rows] == [
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
    rows = list(part_fused(placed(BODY + row, 2)))
    assert len(rows) == 3
    assert texts(rows[2]) == row.strip().split("\t")[1:]


@pytest.mark.parametrize("row", ["Total Revenues\t15 762\t12 001\n", "Net Loss\t(27 772)\t(12 001)\n"])
def test_a_lost_comma_under_a_label_in_capitals_makes_no_two_rows(row: str) -> None:
    """`Total` of 15 and `Revenues` of 762 is what no one printed."""
    rows = list(part_fused(placed(BODY + row, 2)))
    assert [found.row.label for found in rows[2:]] == [row.split("\t", maxsplit=1)[0]]


@pytest.mark.parametrize(
    ("row", "code"),
    [("\t4 = 000\t44.400\n", None), ("\t4 = 000\t\n", "rubbish_row"), ("\t6\t\n", "page_number"), ("\tI\tf\n", "rubbish_row")],
)
def test_rubbish_is_laid_aside_and_named(row: str, code: str | None) -> None:
    rows = placed(BODY + row, 2)
    kept, aside = lay_aside(rows, separated=True)
    assert [rubbish.code for rubbish in aside] == ([code] if code else [])
    assert len(kept) == (2 if code else 3)


def test_a_rule_is_no_line_and_no_rubbish() -> None:
    kept, aside = lay_aside(placed(f"{BODY}\t_\t_\n", 2), separated=True)
    assert (len(kept), aside) == (2, [])


def test_a_sound_row_without_a_label_is_kept() -> None:
    kept, aside = lay_aside(placed(f"{BODY}\t25,524\t18,852\n", 2), separated=True)
    assert (len(kept), aside) == (3, [])


def test_commas_in_figures_are_seen() -> None:
    assert uses_separators(placed(BODY, 2))
    assert not uses_separators(placed("Revenues\t5211\t3314\nExpenses\t20313\t15538\n", 2))


def test_groups_that_a_blank_parts_are_one_figure_and_cells_that_a_tab_parts_are_not() -> None:
    row = labelled(BODY)[0]
    spaced = [Cell("7", 10, 11, 10, 11), Cell("162", 12, 15, 12, 15), Cell("6,587", 17, 22, 17, 22)]
    tabbed = [Cell("7", 1, 2, 10, 11), Cell("162", 2, 3, 12, 15), Cell("6,587", 3, 4, 17, 22)]
    rows = [replace(row, items=tuple(Item(cell, of(cell)) for cell in cells)) for cells in (spaced, tabbed)]
    joined = [[item.cell.text for item in one.items] for one in rejoin_groups(rows, 2)]
    assert joined == [["7 162", "6,587"], ["7", "162", "6,587"]]
