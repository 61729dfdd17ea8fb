"""What is told of a statement outside it: of which cell it is, and which release decided a repair."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from expectations.identities import Amount
from orchestration.filings.proof.external_evidence import ExternalEvidence, ExternalFigure, line_name
from orchestration.filings.proof.resolve import Repair, ResolvedCell, ResolvedColumn
from orchestration.filings.proof.statement_amounts import StatementAmounts
from orchestration.filings.records import Basis, Status
from tests.unit.filings.made_up import INCOME, statements

[TABLE] = statements(INCOME).tables
REVENUES = next(item for item in TABLE.line_items if "Revenues" in item.concepts)
PRODUCT = next(item for item in TABLE.line_items if item.line.label == "Product sales")
TOLD = ExternalFigure("Revenues", date(2010, 3, 31), 3, "USD", Decimal(15_000_000), Decimal(1_000), ("other",))


def of(told: ExternalFigure, item=REVENUES, number: int = 0, table=TABLE) -> bool:
    """Whether a figure is told of the cell of a line in a column."""
    return bool(ExternalEvidence(StatementAmounts(table), "own", [told]).of(item, "USD", number))


@pytest.mark.parametrize(
    ("changed", "is_of_it"),
    [
        ({}, True),
        ({"period_end": date(2010, 4, 3)}, True),  # a year of weeks
        ({"period_end": date(2010, 4, 8)}, False),
        ({"duration_months": 6}, False),
        ({"unit": "EUR"}, False),
        ({"name": "CostOfRevenue"}, False),
    ],
)
def test_a_figure_is_of_the_cell_with_its_name_unit_and_period(changed: dict[str, object], is_of_it: bool) -> None:
    assert of(TOLD._replace(**changed)) is is_of_it
    assert not of(TOLD._replace(**changed), number=1)


def test_what_other_releases_tell_is_nothing_of_a_restated_column_or_one_outside_gaap() -> None:
    restated = replace(TABLE, periods=tuple(replace(period, is_restated=True) for period in TABLE.periods))
    adjusted = replace(TABLE, basis=Basis.NON_GAAP)
    for table in (restated, adjusted):
        assert not of(TOLD, table=table)
        assert of(TOLD._replace(told_by=("own",)), table=table), "the prose of the filing itself is about its own columns"


def test_a_line_without_a_concept_is_told_of_by_its_words_and_by_other_releases_alone() -> None:
    item = replace(PRODUCT, concepts=())
    name = line_name(TABLE.statement, item.parent, item.line.label)
    assert of(TOLD._replace(name=name), item)
    assert not of(TOLD._replace(name=name, told_by=("own",)), item)


def test_the_name_of_a_line_leaves_out_its_numbers_and_none_is_no_name() -> None:
    assert line_name("balance_sheet", "Assets", "Notes due 2014") == line_name("balance_sheet", "Assets", "Notes due 2015")
    assert line_name("balance_sheet", None, "2014") == ""


def deciding(repair: Repair, value: int = 15_000_000) -> tuple[str, ...]:
    sheet = StatementAmounts(TABLE)
    key = str(TABLE.line_items.index(REVENUES))
    found = ResolvedCell(Status.REPAIRED, Amount(Decimal(value), Decimal(1_000)), repair=repair)
    return ExternalEvidence(sheet, "own", [TOLD]).deciding_releases(repair, key, 0, ResolvedColumn({key: found}, ()))


def test_a_release_decided_a_repair_if_it_tells_what_was_accepted() -> None:
    needed = Repair("fused", 4, (), (), used_external=True)
    assert deciding(needed) == ("other",)
    assert deciding(needed, 16_000_000) == ()
    assert deciding(replace(needed, used_external=False)) == ()
