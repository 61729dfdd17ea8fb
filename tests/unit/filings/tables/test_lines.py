"""From placed rows to lines: rubbish, readings, lines of which no figure was read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.filings.documents.model import Cell, Row
from orchestration.filings.tables.lines import (
    LineCell,
    StatementLine,
    uses_separators,
    why_no_line,
    with_unread,
)
from tests.unit.filings.made_up import placed

BODY = "Revenues\t5,211\t3,314\nExpenses\t20,313\t15,538\n"


def reasons(text: str) -> list[str | None]:
    return [why_no_line(row, separated=True) for row in placed(text, 2)]


@pytest.mark.parametrize(
    ("row", "code"),
    [("\t4 = 000\t44.400\n", None), ("\t4 = 000\t\n", "rubbish_row"), ("\t6\t\n", "page_number"), ("\tI\tf\n", "rubbish_row")],
)
def test_rubbish_is_laid_aside_and_named(row: str, code: str | None) -> None:
    assert reasons(BODY + row) == [None, None, code]


def test_a_rule_is_no_line_and_no_rubbish() -> None:
    assert reasons(f"{BODY}\t_\t_\n") == [None, None, "rule"]


@pytest.mark.parametrize(("row", "code"), [("(unaudited)\t\t(1)\n", "rule"), ("(unaudited)\t1,234\t1,100\n", None)])
def test_marks_and_notes_under_the_heads_are_no_line(row: str, code: str | None) -> None:
    """A balance sheet got a line "(unaudited)" of -1, and took it for a part of the current assets."""
    assert reasons(row + BODY) == [code, None, None]


def test_a_sound_row_without_a_label_is_kept() -> None:
    assert reasons(f"{BODY}\t25,524\t18,852\n") == [None, None, None]


def test_commas_in_figures_are_seen() -> None:
    assert uses_separators(placed(BODY, 2), Decimal(1))
    assert not uses_separators(placed("Revenues\t5211\t3314\nExpenses\t20313\t15538\n", 2), Decimal(1_000))


def test_points_that_part_thousands_are_no_decimal_points() -> None:
    """A table of `147.246` in thousands was read a thousand times too small, and proven: sums close at any scale."""
    rows = placed("Revenues\t5.211\t3.314\nExpenses\t20.313\t15.538\nLoss\t(15.102)\t(12.224)\nPer share\t0.12\t0.10\n", 2)
    assert uses_separators(rows, Decimal(1_000))
    assert not uses_separators(rows, Decimal(1_000_000)), "millions are printed with three places"


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
