"""What counts as proof of a value."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from expectations.identities import Amount, Instance, evaluate
from orchestration.filings.proof.proof_count import may_be_proven, proof_counts, with_prose_proofs
from orchestration.filings.proof.resolve import ResolvedCell, ResolvedColumn
from orchestration.filings.records import Figure, Status, Value
from orchestration.filings.statements.line_items import LineItem
from orchestration.filings.tables.lines import CellReading, LineCell, StatementLine
from tests.unit.filings.made_up import INCOME, by_cell, proven

SUM = Instance("sum", ((1, "total"), (-1, "a"), (-1, "b")))
OTHER = Instance("other", ((1, "whole"), (-1, "total"), (-1, "c")))
EPS = Instance("eps", ((1, "eps"), (1, "shares"), (1, "total")), per_share=True)


def resolved(value: str, rounding: str = "1", spent: str = "") -> ResolvedCell:
    return ResolvedCell(Status.AS_READ, Amount(Decimal(value), Decimal(rounding)), spent=frozenset(spent.split()))


def column(*instances: Instance, unclosed: tuple[Instance, ...] = (), **cells: ResolvedCell) -> ResolvedColumn:
    amounts = {key: cell.amount for key, cell in cells.items()}
    outcomes = tuple((one, evaluate(one, amounts)) for one in instances)
    return ResolvedColumn(cells, outcomes, tuple((one, Decimal(1)) for one in unclosed))


PARTS = {"a": resolved("3"), "b": resolved("4")}


def test_a_sum_that_closes_to_the_last_digit_proves_all_its_figures() -> None:
    assert proof_counts(column(SUM, total=resolved("7"), **PARTS)) == {"total": 1, "a": 1, "b": 1}


def test_a_sum_that_is_off_by_a_rounding_proves_nothing() -> None:
    assert not proof_counts(column(SUM, total=resolved("8"), **PARTS))


def test_a_figure_of_a_broken_identity_has_no_proof_at_all() -> None:
    found = proof_counts(column(SUM, OTHER, total=resolved("7"), whole=resolved("90"), c=resolved("1"), **PARTS))
    assert found == {"a": 1, "b": 1}


def test_an_identity_that_chose_a_value_proves_nothing() -> None:
    assert not proof_counts(column(SUM, total=resolved("7", spent="sum"), **PARTS))


def test_nothing_is_proven_by_an_identity_that_shares_a_figure_with_one_no_repair_closed() -> None:
    lost = Instance("lost", ((1, "b"), (-1, "d")))
    assert not proof_counts(column(SUM, total=resolved("7"), unclosed=(lost,), **PARTS))


@pytest.mark.parametrize(("rounding", "proven"), [("0.01", {"eps": 1}), ("1", {})])
def test_a_per_share_figure_proves_itself_alone_and_only_where_it_is_fine_enough(rounding: str, proven: dict[str, int]) -> None:
    cells = {"eps": resolved("2.00", rounding), "shares": resolved("1000"), "total": resolved("2000")}
    if rounding == "1":
        cells["total"] = resolved("2000", "1000")
    assert proof_counts(column(EPS, **cells)) == proven


def item(*values: str) -> LineItem:
    readings = (CellReading(Decimal(one), Decimal(1), 0, "row", one, 1, 0, 1) for one in values)
    return LineItem(StatementLine("Other", 1, tuple(LineCell((one,), is_printed=True) for one in readings)), ())


def test_a_line_of_nils_is_not_proven_by_a_sum_it_fits_into() -> None:
    assert may_be_proven(item("0", "5"), resolved("0"), Decimal(1))
    assert not may_be_proven(item("0", "0"), resolved("0"), Decimal(1))


def test_a_figure_with_fewer_decimals_than_its_row_is_not_proven() -> None:
    assert not may_be_proven(item("5"), resolved("5", "1"), Decimal("0.1"))
    assert may_be_proven(item("5"), resolved("5", "0.1"), Decimal("0.1"))


REPAIRED = proven(INCOME.replace("15,000", "l5,0O0")).certificates[0]
REVENUES = by_cell(proven(INCOME))["Revenues", 1]


def value(value_id: str = REVENUES.value_id, *, proofs: int = 0, rounding: int = 1_000, line: int = 1) -> Value:
    return replace(REVENUES, value_id=value_id, proof_count=proofs, rounding=Decimal(rounding), line_no=line)


def figure(outcome: str = "match", rounding: int = 1_000) -> Figure:
    return Figure(
        figure_id="g",
        filing_id="f",
        metric="Revenues",
        value=Decimal(15_000_000),
        unit="USD",
        rounding=Decimal(rounding),
        period_end=None,
        duration_months=3,
        outcome=outcome,
        value_id=REVENUES.value_id,
        raw_text="$15.0 million",
        text="",
        source_line=1,
        source_start=0,
        source_end=1,
    )


def counted(one: Value, *figures: Figure, others: tuple[Value, ...] = (), spent: bool = False) -> int:
    needed = replace(REPAIRED, value_id=REVENUES.value_id, is_told_outside=True)
    certificates = (needed,) if spent else ()
    return with_prose_proofs((one, *others), figures, certificates)[0].proof_count


def test_prose_as_exact_as_the_cell_proves_it_however_often_it_tells_it() -> None:
    assert counted(value(), figure(), figure()) == 1
    assert counted(value(), figure("mismatch")) == 0


def test_prose_that_rounds_adds_to_what_is_proven_and_proves_nothing_alone() -> None:
    assert counted(value(), figure(rounding=1_000_000)) == 0
    assert counted(value(proofs=1), figure(rounding=1_000_000)) == 2


def test_prose_does_not_prove_a_cell_that_is_coarser_than_its_row() -> None:
    assert counted(value(), figure(), others=(value("w", rounding=100),)) == 0
    assert counted(value(), figure(), others=(value("w", rounding=100, line=2),)) == 1


def test_prose_that_chose_the_repair_proves_nothing() -> None:
    assert counted(value(), figure(), spent=True) == 0
