"""From placed rows to lines: rubbish, readings, lines of which no figure was read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from orchestration.filings.documents.model import Cell, Row
from orchestration.filings.tables.cells import cell_content
from orchestration.filings.tables.lines import (
    LineCell,
    StatementLine,
    discard_non_lines,
    rejoin_digit_groups,
    uses_separators,
    with_unread,
)
from orchestration.filings.tables.rows import FigureCell
from tests.unit.filings.made_up import labelled, placed

BODY = "Revenues\t5,211\t3,314\nExpenses\t20,313\t15,538\n"


@pytest.mark.parametrize(
    ("row", "code"),
    [("\t4 = 000\t44.400\n", None), ("\t4 = 000\t\n", "rubbish_row"), ("\t6\t\n", "page_number"), ("\tI\tf\n", "rubbish_row")],
)
def test_rubbish_is_laid_aside_and_named(row: str, code: str | None) -> None:
    rows = placed(BODY + row, 2)
    kept, aside = discard_non_lines(rows, separated=True)
    assert [rubbish.code for rubbish in aside] == ([code] if code else [])
    assert len(kept) == (2 if code else 3)


def test_a_rule_is_no_line_and_no_rubbish() -> None:
    kept, aside = discard_non_lines(placed(f"{BODY}\t_\t_\n", 2), separated=True)
    assert (len(kept), aside) == (2, [])


@pytest.mark.parametrize(("row", "count"), [("(unaudited)\t\t(1)\n", 2), ("(unaudited)\t1,234\t1,100\n", 3)])
def test_marks_and_notes_under_the_heads_are_no_line(row: str, count: int) -> None:
    """A balance sheet got a line "(unaudited)" of -1, and took it for a part of the current assets."""
    kept, aside = discard_non_lines(placed(row + BODY, 2), separated=True)
    assert (len(kept), aside) == (count, [])


def test_a_sound_row_without_a_label_is_kept() -> None:
    kept, aside = discard_non_lines(placed(f"{BODY}\t25,524\t18,852\n", 2), separated=True)
    assert (len(kept), aside) == (3, [])


def test_commas_in_figures_are_seen() -> None:
    assert uses_separators(placed(BODY, 2), Decimal(1))
    assert not uses_separators(placed("Revenues\t5211\t3314\nExpenses\t20313\t15538\n", 2), Decimal(1_000))


def test_points_that_part_thousands_are_no_decimal_points() -> None:
    """A table of `147.246` in thousands was read a thousand times too small, and proven: sums close at any scale."""
    rows = placed("Revenues\t5.211\t3.314\nExpenses\t20.313\t15.538\nLoss\t(15.102)\t(12.224)\nPer share\t0.12\t0.10\n", 2)
    assert uses_separators(rows, Decimal(1_000))
    assert not uses_separators(rows, Decimal(1_000_000)), "millions are printed with three places"


def test_groups_that_a_blank_parts_are_one_figure_and_cells_that_a_tab_parts_are_not() -> None:
    row = labelled(BODY)[0]
    spaced = [Cell("7", 10, 11, 10, 11), Cell("162", 12, 15, 12, 15), Cell("6,587", 17, 22, 17, 22)]
    tabbed = [Cell("7", 1, 2, 10, 11), Cell("162", 2, 3, 12, 15), Cell("6,587", 3, 4, 17, 22)]
    rows = [replace(row, cells=tuple(FigureCell(cell, cell_content(cell)) for cell in cells)) for cells in (spaced, tabbed)]
    joined = [[item.cell.text for item in one.cells] for one in rejoin_digit_groups(rows, 2)]
    assert joined == [["7 162", "6,587"], ["7", "162", "6,587"]]


def test_a_line_of_which_no_figure_was_read_keeps_its_name_and_place() -> None:
    """Else "Total other income" is lost, and "Other income" takes its concept in silence."""
    lines = [
        StatementLine("Interest expense", 3, (LineCell(),) * 2),
        StatementLine("Income before taxes", 7, (LineCell(),) * 2),
    ]
    lost = Row((Cell("Total other income (expense)(936,664)415,", 0, 1, 0, 41),), 5)
    whole = with_unread(lines, [lost], 2)
    assert [line.label for line in whole] == ["Interest expense", "Total other income (expense)", "Income before taxes"]
    assert whole[1].is_unread
    assert [(cell.is_printed, cell.readings) for cell in whole[1].cells] == [(True, ()), (True, ())]
