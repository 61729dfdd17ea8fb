"""HTML: cells that hold a whole column."""

from __future__ import annotations

import pytest

from orchestration.filings.documents.html import read_html
from orchestration.filings.documents.model import Paragraph, Table


def rows(page: str) -> list[tuple[str, ...]]:
    (table,) = (block for block in read_html(page, 0, len(page)) if isinstance(block, Table))
    for row in table.rows:
        assert all(page[cell.start : cell.end] == cell.text for cell in row.cells)
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


@pytest.mark.parametrize("broken", ["<br>", "<BR/>", "<br />\n"])
def test_columns_stacked_in_one_cell_each_are_rows(broken: str) -> None:
    labels = broken.join(("Net sales", "Cost of sales", "Expenses:", "Selling", "Net income"))
    figures = [
        broken.join(column) for column in (("$18,204", "9,110", "", "6,000", "3,094"), ("14,330", "7,204", "", "(6)", "-"))
    ]
    page = f"<table><tr><td>{labels}</td><td>{figures[0]}</td><td>{figures[1]}</td></tr></table>"
    assert rows(page) == [
        ("Net sales", "$18,204", "14,330"),
        ("Cost of sales", "9,110", "7,204"),
        ("Expenses:",),
        ("Selling", "6,000", "(6)"),
        ("Net income", "3,094", "-"),
    ]


def test_a_head_of_several_lines_is_one_row() -> None:
    head = "<td>Three<br>Months<br>Ended<br>June 30,</td>"
    page = f"<table><tr><td></td>{head}{head}</tr></table>"
    (found,) = read_html(page, 0, len(page))
    assert isinstance(found, Table)
    assert [row.text for row in found.rows] == ["Three Months Ended June 30, Three Months Ended June 30,"]


def test_stacks_of_different_heights_are_left_as_they_are() -> None:
    page = "<table><tr><td>a<br>b<br>c<br>d<br>e</td><td>1<br>2<br>3<br>4</td></tr></table>"
    (found,) = read_html(page, 0, len(page))
    assert isinstance(found, Table)
    assert len(found.rows) == 1


def test_a_per_cent_sign_that_heads_a_column_is_no_part_of_the_head_beside_it() -> None:
    page = "<table><tr><td></td><td>2013</td><td>%</td><td>$</td><td>%</td></tr></table>"
    assert rows(page) == [("2013", "%", "$", "%")]


def test_a_per_cent_sign_in_a_cell_of_its_own_is_of_the_figure_before_it() -> None:
    page = "<table><tr><td>Sales</td><td>12.5</td><td>%</td><td>(3.1</td><td>)%</td></tr></table>"
    (table,) = read_html(page, 0, len(page))
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0].cells] == ["Sales", "12.5%", "(3.1)%"]


def test_an_entity_that_shows_nothing_parts_no_word() -> None:
    html = "<html><body><p>Net in&shy;come rose&nbsp;5%.</p><p>x</p></body></html>"
    (first, _) = read_html(html, 0, len(html))
    assert isinstance(first, Paragraph)
    assert first.text == "Net income rose 5%."


@pytest.mark.parametrize("style", ["font-size:6pt;vertical-align:super", "font-size:6.5pt;position:relative;top:-3.5pt"])
def test_a_mark_raised_by_its_style_is_no_digit_of_the_figure(style: str) -> None:
    page = f'<table><tr><td>Shares</td><td>41,120<span style="{style}">2</span></td></tr></table>'
    (table,) = read_html(page, 0, len(page))
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0].cells] == ["Shares", "41,120"]
