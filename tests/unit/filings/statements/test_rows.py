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


def test_a_copy_that_left_out_every_closing_parenthesis_is_read_with_them() -> None:
    rows = labelled("Loss\t(6,344\t(11,093\nNet loss\t(3,857\t(10,198\nPer share\t(0.20\t12")
    assert [[str(number.value) for item in row.items for number in item.content.numbers] for row in rows] == [
        ["-6344", "-11093"],
        ["-3857", "-10198"],
        ["-0.20", "12"],
    ]
    assert all(number.end <= len(item.cell.text) for row in rows for item in row.items for number in item.content.numbers)


def test_one_parenthesis_without_its_fellow_is_damage() -> None:
    rows = labelled("Loss\t(6,344\t(11,093)\nNet loss\t(3,857)\t(10,198)")
    assert rows[0].items[0].content.numbers == ()


def test_a_label_in_capitals_goes_on_where_it_ends_in_a_word_that_needs_another() -> None:
    rows = labelled("TOTAL LIABILITIES AND STOCKHOLDERS'\t\t\nEQUITY\t24\t25\nASSETS\t\t\nCash\t1\t2\n")
    assert [row.label for row in rows] == ["TOTAL LIABILITIES AND STOCKHOLDERS' EQUITY", "ASSETS", "Cash"]
