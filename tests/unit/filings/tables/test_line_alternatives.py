"""Lines read otherwise: those that stand one column beside their own."""

from __future__ import annotations

import pytest

from tests.unit.filings.made_up import INCOME, by_cell, proven

CANDIDATE_KINDS = ("row", "ghost_row", "shifted_column", "blank", "identity")
ROW = "Research and development\t9,800\t8,500"


@pytest.mark.parametrize(
    ("moved", "column", "value"),
    [("Research and development\t\t9,800", 1, 9_800_000), ("Research and development\t8,500\t", 2, 8_500_000)],
)
def test_a_moved_row_is_put_back_and_its_lost_figure_follows(moved: str, column: int, value: int) -> None:
    assert ROW in INCOME
    found = by_cell(proven(INCOME.replace(ROW, moved)))
    cell = found["ResearchAndDevelopmentExpense", column]
    assert (cell.value, cell.status) == (value, "repaired")
    assert cell.proof_count == 0
    other = found["ResearchAndDevelopmentExpense", 3 - column]
    assert other.value in {9_800_000, 8_500_000}
    assert other.status == "implied"


def test_a_nil_printed_as_a_blank_moves_nothing() -> None:
    text = (
        INCOME.replace("Other income, net\t150\t210", "Other income, net\t150\t")
        .replace("(3,090)", "(3,300)")
        .replace("(3,130)", "(3,340)")
    )
    cell = by_cell(proven(text))["NonoperatingIncomeExpense", 1]
    assert (cell.value, cell.status) == (150_000, "as_read")


def test_the_gate_knows_every_kind_of_reading_that_a_damaged_statement_has() -> None:
    """A moved row stopped the build of all filings: its candidates were of a kind that the suite had not heard of."""
    found = proven(INCOME.replace(ROW, "Research and development\t\t9,800"))
    kinds = {candidate.kind for candidate in found.candidates}
    assert "shifted_column" in kinds
    assert kinds <= set(CANDIDATE_KINDS)


EPS = "Net loss per share, basic and diluted\t(0.10)\t(0.14)"


@pytest.mark.parametrize(("moved", "column"), [("\t\t(0.10)", 1), ("\t(0.14)\t", 2)])
def test_a_moved_row_of_per_share_figures_is_put_back(moved: str, column: int) -> None:
    """Only sums were asked where a row stands: figures per share stayed in the wrong columns, and the filing was kept out."""
    assert EPS in INCOME
    found = by_cell(proven(INCOME.replace(EPS, EPS.split("\t", maxsplit=1)[0] + moved)))
    cell = found["EarningsPerShareBasic", column]
    assert (str(cell.value), cell.proof_count) == ("-0.10" if column == 1 else "-0.14", 0)
