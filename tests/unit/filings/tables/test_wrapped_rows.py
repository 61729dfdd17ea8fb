"""Rows that were broken over two lines, and rows that stand twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from orchestration.filings.documents.detect import read_document
from orchestration.filings.proof.proven_statement import ProvenStatement, prove
from orchestration.filings.statements.read import read_statements
from tests.unit.filings.documents.test_damaged_runs import SHEET
from tests.unit.filings.made_up import INCOME, by_cell, proven, statements
from tests.unit.filings.rendering import Sheet, ascii_plain, html_three_cells, tabbed

IN_THOUSANDS = replace(SHEET, titles=(*SHEET.titles, "(in thousands)"))
ROW = "Research and development\t9,800\t8,500"


def read(text: str) -> ProvenStatement:
    """The one statement of a text in any format."""
    (table,) = read_statements(read_document(text).document).tables
    return prove(table, "f")


def figures(text: str) -> dict[tuple[str, int], str]:
    return {key: str(value.value) for key, value in by_cell(proven(text)).items()}


@pytest.mark.parametrize("broken", ["Research and development\t9,800\n8,500", "Research and development\t\n9,800\t8,500"])
def test_a_row_that_was_wrapped_onto_the_next_line_is_one_row(broken: str) -> None:
    """Figures behind a line end became a row of their own, labelled by the first of them, or ended the table."""
    assert ROW in INCOME
    assert figures(INCOME.replace(ROW, broken)) == figures(INCOME)


def test_a_row_set_out_by_spaces_that_was_wrapped_is_one_row() -> None:
    """Of a row cut in two lines the second was read by place: its first figure stood in the first column."""
    text = ascii_plain(IN_THOUSANDS)
    (row,) = [line for line in text.splitlines() if line.startswith("Product sales")]
    at = row.index("140,331")
    whole, cut = by_cell(read(text)), by_cell(read(text.replace(row, f"{row[:at]}\n{row[at:]}")))
    assert whole
    assert {key: value.value for key, value in cut.items()} == {key: value.value for key, value in whole.items()}


def test_figures_that_stand_in_their_columns_are_a_row_of_their_own() -> None:
    text = INCOME.replace("Costs and expenses:\t\t\n", "Costs and expenses:\t\t\n\t1,000\t2,000\n")
    (table,) = statements(text).tables
    assert any(item.line.label == "" for item in table.line_items)


@pytest.mark.parametrize("layout", [tabbed, ascii_plain, html_three_cells])
def test_a_row_that_stands_twice_counts_once(layout: Callable[[Sheet], str]) -> None:
    """A row that a copy set twice was summed twice, and the whole filing was kept out."""
    again = replace(IN_THOUSANDS, rows=(*SHEET.rows[:2], *SHEET.rows[1:]))
    once, twice = (read(layout(sheet)) for sheet in (IN_THOUSANDS, again))
    assert once.values
    assert {(v.label, v.column_no, v.value, v.proof_count) for v in once.values} == {
        (v.label, v.column_no, v.value, v.proof_count) for v in twice.values
    }
    assert len(once.values) == len(twice.values)
    assert not any(problem.code == "identity_broken" for problem in twice.problems)


def test_two_lines_of_one_name_and_nil_figures_stay_two() -> None:
    assert ROW in INCOME
    text = INCOME.replace(ROW, f"{ROW}\nOther costs\t-\t-\nOther costs\t-\t-")
    (table,) = statements(text).tables
    assert sum(item.line.label == "Other costs" for item in table.line_items) == 2
