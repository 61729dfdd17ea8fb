"""Which metric each amount of a sentence states."""

from __future__ import annotations

import pytest

from orchestration.filings.narrative.metric_attribution import drop_other_companies, name_metrics, name_per_share
from orchestration.filings.narrative.parsed_sentence import mark_changes, non_gaap_marks
from tests.unit.filings.narrative.sentence import context, taken_apart


def named(text: str) -> list[str | None]:
    """The metric of each amount, in order."""
    told, around = taken_apart(text), context()
    around.marks = non_gaap_marks(text)
    for step in (mark_changes, name_metrics, drop_other_companies, name_per_share):
        step(told, around)
    return [draft.metric.name if draft.metric else None for group in told.groups for draft in group.drafts]


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("Revenues for the quarter were $12.1 million.", ["Revenues"]),
        ("The company reported $6.6 million of research and development expenses.", ["ResearchAndDevelopmentExpense"]),
        ("Revenues were $12.1 million compared to $10.0 million.", ["Revenues", "Revenues"]),
        ("Revenues were $12.1 million and net loss was $3.0 million.", ["Revenues", "NetIncomeLoss"]),
        ("Revenues were $12.1 million, an increase of $2.1 million.", ["Revenues", None]),
        ("Net loss was $3.0 million, or $0.07 per share.", ["NetIncomeLoss", "EarningsPerShareBasic"]),
    ],
)
def test_an_amount_states_the_metric_named_beside_it(text: str, metrics: list[str | None]) -> None:
    assert named(text) == metrics


@pytest.mark.parametrize(
    "text",
    [
        "Diagnostics revenues were $12.1 million.",
        "Revenues from Acme were $12.1 million.",
        "Revenues rose on a $12.1 million milestone.",
        "Globex reported revenues of $12.1 million.",
        "On a non-GAAP basis, net loss was $12.1 million.",
    ],
)
def test_what_is_narrower_another_company_s_or_outside_gaap_states_none(text: str) -> None:
    assert named(text) == [None]


def test_a_per_share_figure_beside_anything_but_net_income_is_not_known() -> None:
    assert named("Revenues were $12.1 million, or $0.70 per share.") == ["Revenues", None]


def test_a_basis_outside_gaap_colours_the_sentences_after_it() -> None:
    around = context()
    text = "Non-GAAP net loss was $2.0 million."
    around.marks = non_gaap_marks(text)
    drop_other_companies(taken_apart(text), around)
    assert around.is_outside_gaap
