"""Rows that repeat their neighbour in worse quality, and those that only look so."""

from __future__ import annotations

import pytest

from orchestration.filings.tables.lines import StatementLine
from tests.unit.filings.made_up import INCOME, statements

TOP = "Statements of Operations (in thousands)\n\n\tThree Months Ended March 31,\t\n\t2011\t2010\n"
ROWS = [
    "Product sales\t12,500\t10,100",
    "Royalties\t2,500\t1,900",
    "Total revenues\t15,000\t12,000",
    "Research and development\t9,800\t8,500",
    "General and administrative\t4,400\t4,100",
    "Total operating expenses\t14,200\t12,600",
    "Income (loss) from operations\t800\t(600)",
    "Net income (loss)\t800\t(600)",
]


def lines(*rows: str) -> list[StatementLine]:
    (table,) = statements(TOP + "\n".join(rows) + "\n").tables
    return [item.line for item in table.line_items]


def labels(*rows: str) -> list[str]:
    return [line.label for line in lines(*rows)]


CLEAN = [row.split("\t")[0] for row in ROWS]


def beside(row: int, ghost: str, *, above: bool) -> list[str]:
    return [*ROWS[: row + (not above)], ghost, *ROWS[row + (not above) :]]


GHOSTS = [
    (0, "Pr0duct saIes\t12 500\t10.100"),
    (2, "Tatal revennes\t15.000\t12 000"),
    (3, "Rescarch and devclopment\t9 800\t8.500"),
    (5, "Total assessing assesses\t14 200\t12.6OO"),
    (7, "Net incorne (Ioss)\t8OO\t(6OO)"),
    (4, "\t4 400\t4.100"),
]


@pytest.mark.parametrize(("row", "ghost"), GHOSTS)
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_a_duplicate_row_is_no_line_of_its_own(row: int, ghost: str, above: bool) -> None:
    assert labels(*beside(row, ghost, above=above)) == CLEAN


@pytest.mark.parametrize(("row", "ghost"), GHOSTS[:4])
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_the_true_row_is_the_first_reading_of_its_cells(row: int, ghost: str, above: bool) -> None:
    cells = lines(*beside(row, ghost, above=above))[row].cells
    assert [cell.readings[0].text for cell in cells] == ROWS[row].split("\t")[1:]
    assert all(cell.readings[0].kind == "row" for cell in cells)


def test_a_cell_that_is_lost_in_the_row_keeps_the_reading_of_its_duplicate_row() -> None:
    rows = [*ROWS[:3], "Rescarch and\t9 800\t8,500", "Research and development\t9,800\t", *ROWS[4:]]
    line = lines(*rows)[3]
    assert line.label == "Research and development"
    assert [(reading.kind, reading.text) for reading in line.cells[1].readings] == [("ghost_row", "8,500")]


def test_every_duplicate_row_is_named_in_a_finding() -> None:
    rows = beside(2, "Tatal revennes\t15.000\t12 000", above=False)
    found = [finding for finding in statements(TOP + "\n".join(rows) + "\n").findings if finding.code == "ghost_row"]
    assert len(found) == 1
    assert "Total revenues" in found[0].message


@pytest.mark.parametrize(
    "pair",
    [
        ("Class A common shares\t1,234\t1,111", "Class B common shares\t1,235\t1,111"),
        ("Series A dividends\t100\t100", "Series B dividends\t100\t100"),
        ("Interest income\t450\t410", "Interest expense\t(450)\t(412)"),
        ("License fees\t2,190\t1,805", "License fees\t2,190\t1,805"),
        ("Milestone revenue\t2,190\t1,805", "Royalty revenue\t2,199\t1,806"),
        ("Amortization\t12\t13", "Depreciation\t12\t13"),
        ("Other\t5\t7", "Other, net\t5\t7"),
    ],
    ids=["classes", "series", "income and expense", "identical", "like figures", "same small figures", "other, net"],
)
def test_two_sound_lines_that_look_alike_are_two_lines(pair: tuple[str, str]) -> None:
    found = labels(*ROWS[:3], *pair, *ROWS[3:])
    assert found == [*CLEAN[:3], *(one.split("\t")[0] for one in pair), *CLEAN[3:]]


@pytest.mark.parametrize("row", ["Expenses:\t15 762\t12.O01", "N 1 1 1\t(O.22)\t(0.21)", "\t9 8OO\t8.SOO"])
def test_a_duplicate_row_whose_line_is_not_there_is_no_line(row: str) -> None:
    """Its row was cut off or damaged as well: what is left of it repeats nothing, and is named in a finding."""
    text = TOP + "\n".join([*ROWS, row]) + "\n"
    found = statements(text)
    assert [item.line.label for table in found.tables for item in table.line_items] == CLEAN
    assert [finding.code for finding in found.findings] == ["rubbish_row"]


def test_a_total_without_a_name_that_has_one_damaged_figure_is_a_line() -> None:
    assert labels(*ROWS[:2], "\t1S,000\t12,000", *ROWS[3:])[2] == ""


def test_two_sound_lines_share_no_duplicate_rows() -> None:
    """Both are like the damaged rows between them, and not like each other."""
    found = labels(ROWS[0], "Pr0duct saIes\t12 500\t10.100", "Rcyalties\t2 500\t1.900", *ROWS[1:])
    assert found == CLEAN


def test_a_result_and_the_same_result_after_a_line_of_nought_are_two_lines() -> None:
    """Loss before taxes and net loss bear the same figures where there is no tax."""
    found = labels(*ROWS[:7], "Income (loss) before income taxes\t800\t(600)", ROWS[7])
    assert found == [*CLEAN[:7], "Income (loss) before income taxes", CLEAN[7]]


def test_two_sound_names_are_two_lines_however_damaged_a_figure_of_one() -> None:
    """`2 357` under "Total current liabilities" made a duplicate of the line below, which took its name in silence."""
    rows = [*ROWS[:5], "Other operating costs\t1,441\t1 261", *ROWS[5:]]
    assert labels(*rows) == [row.split("\t")[0] for row in rows]


def test_a_line_with_one_damaged_figure_is_no_copy_of_the_line_beside_it() -> None:
    """`Income taxes payable` with a blank for a comma was merged into `Deferred income taxes`: its row was gone."""
    rows = "Income taxes payable\t1,243,000\t1 425 000\nDeferred income taxes\t153,000\t144,000\n"
    assert INCOME.count("Other income, net\t150\t210\n") == 1
    (table,) = statements(INCOME.replace("Other income, net\t150\t210\n", f"Other income, net\t150\t210\n{rows}")).tables
    labels = [item.line.label for item in table.line_items]
    assert {"Income taxes payable", "Deferred income taxes"} <= set(labels)


def test_two_lines_that_differ_in_one_word_unlike_another_are_two() -> None:
    rows = "Cost of hardware revenues\t200\t190\nCost of service revenues\t100\t90\n"
    (table,) = statements(INCOME.replace("Cost of sales\t3,200\t2,700\n", rows)).tables
    assert sum(item.line.label.startswith("Cost of ") for item in table.line_items) == 2


SHARES = [
    "Shares used in computing",
    "basic earnings per share\t26,131\t26,206",
    "Shares used in computing",
    "diluted earnings per share\t26,714\t26,879",
]
WHOLE = ["Shares used in computing basic earnings per share", "Shares used in computing diluted earnings per share"]


@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_a_duplicate_row_of_a_label_that_wraps_does_not_take_its_first_line_away(above: bool) -> None:
    ghost = "diluted narnicgs per nhnre\t26,714\t26,879"
    rows = [*SHARES[:-1], ghost, SHARES[-1]] if above else [*SHARES, ghost]
    assert labels(*ROWS, *rows) == [*CLEAN, *WHOLE]


@pytest.mark.parametrize(
    "ghost", ["T.cl oprating expcnses\t14,200\t12,600", "Toal oprating expcnses", "ToTal operating expenses\t14,200\t12,600"]
)
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_a_copy_with_the_same_figures_or_none_is_no_line_of_its_own(ghost: str, above: bool) -> None:
    assert labels(*beside(5, ghost, above=above)) == CLEAN


@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_a_copy_whose_figures_were_cut_says_nothing_of_its_own(above: bool) -> None:
    cells = lines(*beside(5, "Toal oprating expcnses\t14,2", above=above))[5].cells
    assert [[reading.text for reading in cell.readings][:1] for cell in cells] == [["14,200"], ["12,600"]]


def test_a_copy_with_a_point_for_a_digit_adds_no_decimals() -> None:
    cells = lines(*beside(5, "Toal oprating expcnses\t14,200\t1.6", above=True))[5].cells
    assert all(reading.step == 1 for cell in cells for reading in cell.readings)
