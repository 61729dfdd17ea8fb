"""Whether the statements agree with the figures told in sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from orchestration.filings.narrative.reconciliation import reconcile
from orchestration.filings.records import Figure, Value
from tests.unit.filings.made_up import BALANCE, INCOME, by_cell, proven

END = date(2010, 3, 31)
CELLS = proven(INCOME).values
REVENUES = by_cell(proven(INCOME))["Revenues", 1]
CASH = by_cell(proven(BALANCE))["CashAndCashEquivalents", 1]


def figure(value: str, rounding: str = "100000", text: str | None = None, **changed: object) -> Figure:
    """Revenues of some millions told for the quarter, to a hundred thousand."""
    told = Figure(
        figure_id="g", filing_id="f", metric="Revenues", value=Decimal(value), unit="USD", rounding=Decimal(rounding),
        period_end=END, duration_months=3, outcome="unmatched", value_id=None, raw_text="$15.0 million",
        text=text or "Revenues for the quarter ended March 31, 2010 were $15.0 million.", source_line=1, source_start=0,
        source_end=1,
    )  # fmt: skip
    return replace(told, **changed)


def held(one: Figure, cells: tuple[Value, ...] = CELLS) -> tuple[str, str | None]:
    [found] = reconcile([one], cells)
    return str(found.outcome), found.value_id


@pytest.mark.parametrize(
    ("value", "outcome"), [("15000000", "match"), ("15040000", "match"), ("15200000", "mismatch"), ("16000000", "mismatch")]
)
def test_a_figure_agrees_within_its_rounding_and_contradicts_beyond_it(value: str, outcome: str) -> None:
    assert held(figure(value)) == (outcome, REVENUES.value_id)


def test_a_difference_that_may_come_of_truncation_is_no_contradiction() -> None:
    assert held(figure("14900000")) == ("unmatched", None)


@pytest.mark.parametrize(
    "changed",
    [
        {"metric": None},
        {"metric": "GrossProfit"},
        {"unit": "EUR"},
        {"duration_months": 6},
        {"period_end": date(2010, 6, 30)},
    ],
)
def test_a_figure_of_no_cell_stays_unmatched(changed: dict[str, object]) -> None:
    assert held(figure("15000000", **changed)) == ("unmatched", None)


@pytest.mark.parametrize(
    "text",
    [
        "Excluding one customer, revenues for the quarter ended March 31, 2010 were $15.0 million.",
        "Subscription revenues for the quarter ended March 31, 2010 were $15.0 million.",
        "Revenues for the quarter ended March 31, 2010 were approximately $15.0 million.",
    ],
)
def test_a_sentence_with_a_reservation_contradicts_nothing(text: str) -> None:
    assert held(figure("15500000", text=text)) == ("unmatched", None)


def test_a_figure_of_the_same_metric_at_another_time_is_no_contradiction() -> None:
    assert held(figure("12000000")) == ("unmatched", None)


def test_cells_that_are_unreadable_or_outside_gaap_contradict_nothing() -> None:
    for changed in ({"status": "unreadable"}, {"is_gaap": False}, {"is_restated": True}):
        cells = tuple(replace(cell, **changed) for cell in CELLS)
        assert held(figure("16000000"), cells) == ("unmatched", None)


def test_a_link_takes_the_day_of_a_year_of_weeks() -> None:
    [found] = reconcile([figure("15000000", period_end=date(2010, 4, 3))], CELLS)
    assert (found.outcome, found.period_end) == ("match", END)


def test_cash_of_several_kinds_is_held_against_a_line_of_those_words_alone() -> None:
    cash = figure("40100000", metric="CashCashEquivalentsAndMarketableSecurities", duration_months=0)
    whole = replace(cash, text="Cash and cash equivalents were $40.1 million.")
    assert held(whole, (CASH,))[0] == "match"
    assert held(replace(cash, text="Our liquidity was $40.1 million."), (CASH,))[0] == "unmatched"
