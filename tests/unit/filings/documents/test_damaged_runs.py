"""Damaged figures of wire copies: they keep their characters and their place, and no other figure moves."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orchestration.filings.documents.model import Document, Table
from orchestration.filings.documents.wire import read_wire
from tests.hang_guard import no_hang
from tests.unit.filings.rendering import Sheet, one_cell_a_line, run_together

ROWS = (
    ("Product sales", ("72,216", "70,108", "140,331", "139,002")),
    ("Research support", ("9,633", "8,412", "18,253", "17,771")),
    ("Total revenues", ("81,849", "78,520", "158,584", "156,773")),
    ("Cost of revenue", ("37,995", "36,410", "74,021", "73,118")),
    ("Gross profit", ("43,854", "42,110", "84,563", "83,655")),
    ("Other costs", ("(1,240)", "(775)", "(2,480)", "(1,550)")),
    ("Net income", ("42,614", "41,335", "82,083", "82,105")),
)
HEADS = (
    (("Three Months Ended June 30,", 2), ("Six Months Ended June 30,", 2)),
    (("2011", 1), ("2010", 1), ("2011", 1), ("2010", 1)),
)
SHEET = Sheet(("Made-Up Corp.", "Condensed Consolidated Statements of Operations"), HEADS, ROWS)
TIGHT = (
    "STATEMENTS OF OPERATIONS Three Months Ended June 30, 2025 2024 Net sales 9,000,100 8,000,200"
    "Cost of sales4,000,300 3,500,100Gross profit 4,999,800 4,500,100Other costs1,000,100 900,100"
    "Deposits 762,301 1,435,496Net income3,999,700 3,600,000\n"
)
"""A copy that leaves nothing between labels and figures."""
LAYOUTS = (one_cell_a_line, run_together)


def table_of(text: str) -> Table:
    (table,) = Document(text, tuple(read_wire(text, 0, len(text)))).tables
    return table


def cells(text: str) -> list[tuple[tuple[str, int], ...]]:
    """The rows with a label, each cell with its column."""
    return labelled(table_of(text))


def labelled(table: Table) -> list[tuple[tuple[str, int], ...]]:
    found = [tuple((cell.text, cell.left) for cell in row.cells) for row in table.rows]
    return [row for row in found if len(row) > 1 and row[0][1] == 0]


def placed(label: str, figures: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    return ((label, 0), *((figure, at) for at, figure in enumerate(figures, 1) if figure))


def as_printed(row: int, column: int, figure: str) -> list[tuple[tuple[str, int], ...]]:
    rows = [(label, list(figures)) for label, figures in ROWS]
    rows[row][1][column] = figure
    return [placed(label, tuple(figures)) for label, figures in rows]


def struck(layout: object, row: int, column: int, figure: str) -> str:
    rows = [(label, list(figures)) for label, figures in ROWS]
    rows[row][1][column] = "@@@"
    sheet = Sheet(SHEET.titles, HEADS, tuple((label, tuple(figures)) for label, figures in rows))
    return layout(sheet).replace("@@@", figure)  # type: ignore[operator, no-any-return]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("column", range(4))
@pytest.mark.parametrize(
    "figure",
    [
        "18 253", "1 018 253", "76,8553", "10,5444,139", "8,91", "15,88,845", "1B,2S3", "q,633", "E0,2E8", "83,9I1", "l8,253",
        "55,4`96", "82,^334", "10,*86", "3,9~58,406", "63,\\550,543", "27,431|,207", "20¬2,774", ",990,734", "2,21Z", "(1,2A0)",
        "(5,67_1)", "1.435.496", "7,61;2",
    ],
)  # fmt: skip
def test_a_damaged_figure_keeps_its_place_and_moves_no_other(layout: object, column: int, figure: str) -> None:
    assert cells(struck(layout, 3, column, figure)) == as_printed(3, column, figure)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("column", range(4))
def test_a_lost_cell_is_told_by_the_gap_it_leaves(layout: object, column: int) -> None:
    figure = "" if layout is one_cell_a_line else "      "
    assert cells(struck(layout, 3, column, figure)) == as_printed(3, column, "")


def test_a_sign_of_currency_without_a_figure_tells_the_lost_cell() -> None:
    rows = "".join(f"{label} $ {' $ '.join(figures)} " for label, figures in ROWS)
    text = f"{' '.join(words for head in HEADS for words, _ in head)} {rows}\n"
    text = "STATEMENTS OF OPERATIONS " + text.replace("$ 36,410 ", "$ ")
    (row,) = (row for row in cells(text) if row[0][0] == "Cost of revenue")
    assert row == placed("Cost of revenue", ("$ 37,995", "", "$ 74,021", "$ 73,118"))


@pytest.mark.parametrize(
    ("clean", "damaged", "row"),
    [
        ("762,301 1,435,496", "762,301 1.435.496", (("Deposits", 0), ("762,301", 1), ("1.435.496", 2))),
        ("1,000,100 900,100", "1,000,100 900,10", (("Other costs", 0), ("1,000,100", 1), ("900,10", 2))),
        ("4,000,300 3,500,100", "4,00O,300 3,500,100", (("Cost of sales", 0), ("4,00O,300", 1), ("3,500,100", 2))),
        ("4,000,300 3,500,100", "4,000,3003,500,1", (("Cost of sales", 0), ("4,000,300", 1), ("3,500,1", 2))),
        ("9,000,100 8,000,200", "9,000,100 8,000,2000", (("Net sales", 0), ("9,000,100", 1), ("8,000,2000", 2))),
    ],
)
def test_a_damaged_figure_that_touches_words_keeps_its_place(
    clean: str, damaged: str, row: tuple[tuple[str, int], ...]
) -> None:
    before, after = cells(TIGHT), cells(TIGHT.replace(clean, damaged))
    assert row in after
    assert [one for one in after if one != row] == [one for one in before if one[0] != row[0]]


def test_two_figures_that_may_be_parted_in_two_ways_are_unread() -> None:
    text = TIGHT.replace("762,301 1,435,496", "1,2345,6789,012")
    assert all(row[0][0] != "Deposits" for row in cells(text))
    assert [row.text for row in table_of(text).unread] == ["Deposits 1,2345,6789,012"]


def test_blanks_for_commas_make_no_second_row() -> None:
    text = (
        "BALANCE SHEETS\n\n2024\n\n2023\n\nCash\n\n8,593\n\n6,453\n\nOther assets\n\n2,276\n\n1,433\n\n"
        "Total assets\n\n10,869\n\n7,886\n\n"
        "Equity\n\n8,504\n\n5,763\n\nCommon shares outstanding\n\n8,609,308\n\n1 977 152\n"
    )
    assert cells(text)[-1] == placed("Common shares outstanding", ("8,609,308", "1 977 152"))


def test_a_class_of_shares_is_no_damaged_figure() -> None:
    text = TIGHT.replace("Deposits 762,301", "Dividends on Series B762,301")
    assert all("B762,301" not in cell for row in cells(text) for cell, _ in row[1:])


@given(
    st.sampled_from(LAYOUTS),
    st.integers(0, len(ROWS) - 1),
    st.integers(0, 3),
    st.randoms(use_true_random=False),
    st.integers(1, 3),
)
@settings(max_examples=400, deadline=None)
def test_whatever_a_cell_becomes_no_sound_figure_stands_in_another_column(
    layout: object, row: int, column: int, rng: random.Random, times: int
) -> None:
    figure = list(ROWS[row][1][column])
    for _ in range(times):
        at = rng.randrange(len(figure))
        figure[at] = rng.choice(("", " ", ".", ",", *"lOSBZg7140~`^|•_", figure[at] * 2))
    assume(all("".join(figure) not in figures for _, figures in ROWS))
    text = struck(layout, row, column, "".join(figure))
    with no_hang(5):
        found = [line for table in Document(text, tuple(read_wire(text, 0, len(text)))).tables for line in labelled(table)]
    homes = {figure: (label, at) for label, figures in ROWS for at, figure in enumerate(figures, 1)}
    assert len(homes) == sum(len(figures) for _, figures in ROWS)
    placed_ones = [(line[0][0], cell) for line in found for cell in line[1:] if cell[0] in homes]
    assert len(placed_ones) >= len(homes) - len(ROWS[0][1]) or (not found and row == 0)
    for label, (figure, at) in placed_ones:
        own, column_of = homes[figure]
        assert at == column_of
        assert own in label or not any(other in label for other, _ in ROWS)


WIDE = "STATEMENTS OF OPERATIONS (in thousands) Three Months Ended June 30, 2025 2024 " + "".join(
    f"{label}    {figures[0]}    {figures[1]}" for label, figures in ROWS
)


@pytest.mark.parametrize("figure", ["3 7,99  5", "37,99 5", "3 7 ,995", "37  ,995"])
def test_blanks_that_slipped_into_a_figure_make_no_second_row(figure: str) -> None:
    """`6 26,45  0` beside another figure was read as two rows of two: 6 was stated as a balance."""
    assert WIDE.count("37,995") == 1
    table = table_of(WIDE.replace("37,995", figure) + "\n")
    assert [row.text for row in table.unread] == [f"Cost of revenue {' '.join(figure.split())} 36,410"]
    assert len(labelled(table)) == len(ROWS) - 1


def test_a_figure_that_lost_its_end_is_not_put_together_with_the_next_cell() -> None:
    found = cells(WIDE.replace("37,995    36,410", "37,9 36,410") + "\n")
    assert placed("Cost of revenue", ("37,9 36,410",)) not in found
    assert placed("Cost of revenue", ("37,936,410",)) not in found
