"""A sentence taken apart: which amounts belong together, are compared, or are a change."""

from __future__ import annotations

import pytest

from orchestration.filings.narrative.parsed_sentence import mark_changes, non_gaap_marks, without_periods
from tests.unit.filings.narrative.sentence import context, taken_apart


def test_per_share_figures_belong_to_the_amount_they_restate() -> None:
    [group] = taken_apart("Net loss was $3.0 million, or $0.07 per share.").groups
    assert [draft.amount.unit for draft in group.drafts] == ["USD", "USD/share"]
    assert group.base is group.drafts[0]


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("Revenues were $3.0 million compared to $2.0 million.", [False, True]),
        ("Revenues rose from $2.0 million to $3.0 million.", [False, True]),
        ("Revenues were $3.0 million and costs were $2.0 million.", [False, False]),
        ("Revenues were $3.0 million versus $2.0 million and $1.0 million.", [False, True, True]),
    ],
)
def test_what_an_amount_is_set_against_is_compared(text: str, compared: list[bool]) -> None:
    assert [group.is_compared for group in taken_apart(text).groups] == compared


def test_amounts_listed_one_after_the_other_are_a_series() -> None:
    assert [group.series for group in taken_apart("Costs were $3.0 million, $2.0 million and $1.0 million.").groups] == [
        0,
        1,
        2,
    ]


def test_an_amount_that_only_a_period_parts_from_the_one_before_echoes_it() -> None:
    text = "Revenues were $53.4 million in the third quarter of 2023 and $47.0 million in the third quarter of 2022."
    assert [group.is_echo for group in taken_apart(text).groups] == [False, True]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Revenues increased by $2.1 million to $5.0 million.", [True, False]),
        ("Revenues were $5.0 million, an increase of $2.1 million.", [False, True]),
        ("Revenues were $5.0 million, $2.1 million higher than in 2022.", [False, True]),
        ("Revenues increased to $5.0 million.", [False]),
    ],
)
def test_a_change_states_no_metric(text: str, changes: list[bool]) -> None:
    told = taken_apart(text)
    mark_changes(told, context())
    assert [group.base.is_change for group in told.groups] == changes


def test_words_outside_gaap_are_marked_but_not_a_measure_that_only_bears_the_name() -> None:
    assert non_gaap_marks("On a non-GAAP basis net loss was $2 million.") == (5,)
    assert non_gaap_marks("Non-GAAP financial measures are explained below.") == ()


def test_a_stretch_without_its_periods_and_changes() -> None:
    told = taken_apart("Revenues for the third quarter of 2023 were $5.0 million, an increase of $2.1 million.")
    mark_changes(told, context())
    rest = " ".join(without_periods(told, 0, len(told.text)).split())
    assert rest == "Revenues for the were $5.0 million, an increase of ."
