"""Which period each amount of a sentence is of."""

from __future__ import annotations

from datetime import date

import pytest

from orchestration.filings.narrative.metric_attribution import name_metrics
from orchestration.filings.narrative.parsed_sentence import BulletHeading, mark_changes
from orchestration.filings.narrative.period_attribution import (
    date_groups,
    distribute_respectively,
    heading_of,
    move_anchor,
    share_the_only_period,
)
from orchestration.filings.narrative.periods import find_periods
from orchestration.filings.text.calendar import ReportingPeriod
from tests.unit.filings.narrative.sentence import FISCAL, context, taken_apart

QUARTER, YEAR_BEFORE = ("2023-09-30", 3), ("2022-09-30", 3)


def dated(text: str, heading: BulletHeading | None = None) -> list[tuple[str, int] | None]:
    """The period of each amount, in order."""
    told, around = taken_apart(text), context()
    around.heading = heading
    for step in (mark_changes, name_metrics, date_groups, distribute_respectively, share_the_only_period):
        step(told, around)
    found = [group.base.period for group in told.groups]
    return [(period.end.isoformat(), period.months) if period else None for period in found]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Revenues for the third quarter of 2023 were $12.1 million.", [QUARTER]),
        ("Revenues were $12.1 million for the nine months ended September 30, 2023.", [("2023-09-30", 9)]),
        (
            "Revenues were $12.1 million in the third quarter of 2023 compared to $10.0 million in the third quarter of 2022.",
            [QUARTER, YEAR_BEFORE],
        ),
        (
            "Revenues were $12.1 million and $10.0 million for the third quarter of 2023 and 2022, respectively.",
            [QUARTER, YEAR_BEFORE],
        ),
        ("Cash was $40 million at September 30, 2023.", [("2023-09-30", 0)]),
        ("Revenues for the third quarter of 2023 were $12.1 million and net loss was $3.0 million.", [QUARTER, QUARTER]),
        ("Revenues for the third quarter of 2023 rose by $2.0 million.", [None]),
    ],
)
def test_an_amount_is_of_the_period_beside_it(text: str, periods: list[tuple[str, int] | None]) -> None:
    assert dated(text) == periods


def test_without_a_period_of_its_own_a_bullet_is_of_its_heading() -> None:
    heading = BulletHeading(ReportingPeriod(date(2023, 9, 30), 3), ReportingPeriod(date(2022, 9, 30), 3))
    assert dated("Revenues were $12.1 million compared to $10.0 million.", heading) == [QUARTER, YEAR_BEFORE]
    assert dated("Revenues were $12.1 million compared to $10.0 million.") == [None, None]


def heading(text: str, before: BulletHeading | None = None) -> BulletHeading | None:
    return heading_of(text, FISCAL, before)


def test_a_short_line_that_names_one_period_heads_what_is_below() -> None:
    found = heading("Third Quarter 2023 Results")
    assert found == (ReportingPeriod(date(2023, 9, 30), 3), None)
    assert heading("", found) == found
    assert heading("Business Highlights", found) is None
    assert heading("Third Quarter 2023 and Nine Months Ended September 30, 2023", found) is None


def test_a_line_that_says_what_is_compared_heads_nothing() -> None:
    """ "(All comparisons are to Second Quarter 2022)" dated the bullets below, and a right statement was withheld."""
    found = heading("Third Quarter 2023 Results")
    assert found
    assert heading("(All comparisons are to Third Quarter 2022)", found) == found._replace(
        compared=ReportingPeriod(date(2022, 9, 30), 3)
    )
    assert heading("(All comparisons are to Third Quarter 2022)") is None


def test_a_sentence_moves_the_anchor_to_a_duration_it_names_itself() -> None:
    around = context()
    for text, end in (
        ("In the second quarter of 2023 we sold a plant.", date(2023, 6, 30)),
        ("At September 30, 2023 we had two plants.", date(2023, 6, 30)),
        ("In the same period last year we had one.", date(2023, 6, 30)),
    ):
        move_anchor(find_periods(text, FISCAL, around.anchor), around)
        assert [period.end for period in around.anchor] == [end]
