"""Rows as label and figures."""

from __future__ import annotations

import pytest

from tests.unit.filings.made_up import INCOME, labelled, statements


@pytest.mark.parametrize(
    ("row", "label", "figures"),
    [
        ("Revenues\t$\t1,234\t$\t(567)", "Revenues", ["1,234", "(567)"]),
        ("Revenues\t\\$ 1,234\t\\$\t567", "Revenues", ["\\$ 1,234", "567"]),
        ("Research and development (1)\t11,768\t8,760", "Research and development (1)", ["11,768", "8,760"]),
        ("Long-term debt,\tnet of current portion\t5\t6", "Long-term debt, net of current portion", ["5", "6"]),
        ("\t25,524\t18,852", "", ["25,524", "18,852"]),
        ("Royalties\t—\t2,335", "Royalties", ["—", "2,335"]),
        ("ASSETS\t\t", "ASSETS", []),
    ],
)
def test_a_row_is_its_label_and_its_figures(row: str, label: str, figures: list[str]) -> None:
    (found,) = labelled(row)
    assert (found.label, [item.cell.text for item in found.items]) == (label, figures)


def test_empty_rows_are_left_out_and_segments_counted() -> None:
    rows = labelled("Cash\t1\n\t\t\nDebt\t2\n\n3\n\nEquity\t4")
    assert [(row.label, row.segment, row.line) for row in rows] == [("Cash", 0, 1), ("Debt", 0, 3), ("Equity", 1, 7)]


def test_a_heading_without_a_tab_does_not_end_the_statement() -> None:
    """Copies out of a browser have no tab after a heading: the rows below it belong to the same table."""
    text = INCOME.replace("Revenues:\t\t\n", "Revenues:\n").replace("Costs and expenses:\t\t\n", "Costs and expenses:\n")
    found = statements(text)
    assert [len(table.items) for table in found.tables] == [14], found.findings
