"""Every figure and every line of guidance of the golden filings, against what a person read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from orchestration.filings.narrative.figures import read_figures, reconcile
from tests.golden.figure_cases import (
    Case,
    cases,
    cells,
    guidance_labels,
    guidance_rows,
    pairs,
    period_of,
    read_case,
    read_guidance_case,
)

FIGURES = cases("figures")
GUIDANCE = cases("guidance")


def name(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", FIGURES, ids=name)
def test_every_figure_is_found_and_nothing_else(case: Case) -> None:
    beside = pairs(case, read_case(case))
    assert len(beside) >= 25
    assert [pair for pair in beside if None in pair] == []


@pytest.mark.parametrize("case", FIGURES, ids=name)
def test_every_figure_has_its_metric_value_and_period(case: Case) -> None:
    for label, figure in pairs(case, read_case(case)):
        assert label is not None
        assert figure is not None
        assert (figure.metric, figure.unit) == (label["metric"], label["unit"]), label
        assert figure.rounding == Decimal(label["rounding"]), label
        if figure.metric is not None:
            assert figure.value == Decimal(label["value"]), label
            assert period_of(figure) == (label["period_end"], label["duration_months"]), label


@pytest.mark.parametrize("case", FIGURES, ids=name)
def test_every_figure_that_a_statement_holds_is_linked_to_its_cell(case: Case) -> None:
    by_id = {cell.value_id: cell for cell in cells(case)}
    linked = 0
    for label, figure in pairs(case, read_case(case)):
        assert label is not None
        assert figure is not None
        assert figure.outcome == ("match" if label["cell"] else "unmatched"), label
        if label["cell"]:
            cell = by_id[figure.value_id or ""]
            assert cell.label == label["cell"]
            assert str(cell.period_end) == label["period_end"]
            linked += 1
    assert linked >= 19


@pytest.mark.parametrize("case", FIGURES, ids=name)
def test_every_figure_stands_where_it_says(case: Case) -> None:
    for figure in read_figures(case.document, case.filing).figures:
        assert case.document.text[figure.source_start : figure.source_end] == figure.raw_text


@pytest.mark.parametrize("case", FIGURES, ids=name)
def test_a_wrong_total_in_the_table_is_contradicted_by_the_prose(case: Case) -> None:
    """Each total of the quarter, a third too high, must end in a mismatch that names its cell."""
    figures, sound = read_figures(case.document, case.filing).figures, cells(case)
    tried = 0
    for concept in (
        "Revenues",
        "OperatingExpenses",
        "ResearchAndDevelopmentExpense",
        "GeneralAndAdministrativeExpense",
        "NetIncomeLoss",
    ):
        wrong = next(cell for cell in sound if cell.concept == concept and cell.value)
        assert wrong.value is not None
        damaged = [replace(cell, value=wrong.value * Decimal("1.3")) if cell is wrong else cell for cell in sound]
        found = [figure for figure in reconcile(figures, damaged) if figure.outcome == "mismatch"]
        assert [figure.value_id for figure in found] == [wrong.value_id], concept
        tried += 1
    assert tried == 5


@pytest.mark.parametrize("case", GUIDANCE, ids=name)
def test_every_line_of_guidance_is_read_and_nothing_else(case: Case) -> None:
    reading = read_guidance_case(case)
    assert guidance_rows(reading) == guidance_labels(case)
    assert [item.source_line for item in reading.guidance] == [label["line"] for label in case.labels["guidance"]]
    told = [{"code": problem.code, "line": problem.source_line} for problem in reading.problems if problem.severity != "note"]
    assert told == case.labels["problems"]


def test_the_golden_filings_have_guidance_at_all() -> None:
    assert sum(len(case.labels["guidance"]) for case in GUIDANCE) == 8
    assert sum(len(case.labels["problems"]) for case in GUIDANCE) == 1
