"""Rows that stand end to end on one line, and lines that only look so."""

from __future__ import annotations

import pytest

from orchestration.filings.documents.model import Table
from orchestration.filings.documents.spaced import read_spaced
from orchestration.filings.tables.body_columns import place_rows
from orchestration.filings.tables.rows import labelled_rows

BODY = """\
Cash                              4,059          3,344
Accounts receivable              13,895         16,193
Inventories                       7,905          7,453
Total assets                     25,859         26,990
"""


def read(line: str, body: str = BODY, count: int = 2) -> list[tuple[str, list[str | None]]]:
    """The labels of the rows below a body, and what stands in each column."""
    text = body + line + "\n"
    (table,) = read_spaced(text, 0, len(text))
    assert isinstance(table, Table)
    placed = place_rows(labelled_rows(table), count, table.is_spaced)
    return [(row.row.label, [item and item.cell.text for item in row.cells]) for row in placed][body.count("\n") :]


@pytest.mark.parametrize("gap", ["", " ", "  ", "        "], ids=["tight", "one blank", "two blanks", "many blanks"])
def test_a_second_label_behind_figures_begins_a_second_row(gap: str) -> None:
    assert read(
        f"Furniture and equipment             678            596{gap}Due from servicers            740            812"
    ) == [
        ("Furniture and equipment", ["678", "596"]),
        ("Due from servicers", ["740", "812"]),
    ]


@pytest.mark.parametrize("gap", ["", " "])
def test_a_blank_last_column_is_not_filled_from_the_second_row(gap: str) -> None:
    assert read(f"Deferred taxes                      225{gap}Other long term liabilities         276            207") == [
        ("Deferred taxes", ["225", None]),
        ("Other long term liabilities", ["276", "207"]),
    ]


@pytest.mark.parametrize("dash", ["-", "--", "—", "_"])
def test_a_dash_before_the_second_label_is_the_nil_of_the_first_row(dash: str) -> None:
    assert read(
        f"Deposits                            225              {dash}Accounts payable, net           276            207"
    ) == [
        ("Deposits", ["225", dash]),
        ("Accounts payable, net", ["276", "207"]),
    ]


def test_the_one_figure_of_a_second_row_stays_in_its_column() -> None:
    line = "Long-term debt                    4,380              0" + "Deferred income taxes                              225"
    assert read(line) == [("Long-term debt", ["4,380", "0"]), ("Deferred income taxes", [None, "225"])]


def test_the_figures_of_a_second_row_stay_in_their_columns_behind_tabs() -> None:
    body = "Revenues\t\t\t10\t\t20\t\t30\t\t40\nExpenses\t\t\t11\t\t21\t\t31\t\t41\nLoss\t\t\t\t12\t\t22\t\t32\t\t42\n"
    found = read("Loss before taxes\t\t(15)\t\t(12)\t\t(42)\t\t(37)(Benefit)/provision\t\t\t\t(103)\t\t\t\t(265)", body, 4)
    assert found == [
        ("Loss before taxes", ["(15)", "(12)", "(42)", "(37)"]),
        ("(Benefit)/provision", [None, "(103)", None, "(265)"]),
    ]


def test_a_total_without_a_name_may_stand_before_a_second_row() -> None:
    line = "                                 25,859         26,990Interest expense                  1,005          1,125"
    assert [label for label, _ in read(line)][-1] == "Interest expense"
    assert read(line)[-1][1] == ["1,005", "1,125"]


def test_a_total_of_one_figure_without_a_name_may_stand_before_a_second_row() -> None:
    assert read("                                 25,859Interest expense                  1,005          1,125")[-1] == (
        "Interest expense",
        ["1,005", "1,125"],
    )


def test_three_rows_end_to_end_are_three() -> None:
    rows = ["Deposits                            225            226", "Goodwill                            300            301"]
    assert [label for label, _ in read(rows[0] + rows[1] + "Other assets                         41             42")] == [
        "Deposits", "Goodwill", "Other assets",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Gross margin                         12 (1)          13(2)",
        "Return on equity                    12%             13%",
        "Change in value                      NM            1,250",
        "Change in value                   1,150            N/A ",
        "Contribution to the 401(k) Plan   1,150          1,250",
        "10% Senior Notes                  1,150          1,250",
    ],
    ids=["notes", "per cent", "not meaningful", "not applicable", "plan", "notes payable"],
)
def test_words_that_belong_to_a_cell_begin_no_row(line: str) -> None:
    assert len(read(line)) == 1


def test_assets_beside_liabilities_are_the_way_of_the_table() -> None:
    body = "Cash          1,005    Payables      2,005\nInventories   1,100    Taxes owed    2,100\n"
    assert [label for label, _ in read("Goodwill      1,200    Total debt    2,200", body)] == ["Goodwill"]
