"""Header words -> the period of each column."""

from __future__ import annotations

import pytest

from orchestration.filings.tables.periods import HeaderPeriod, column_periods, is_restated
from orchestration.filings.text.dates import PrintedPeriod, periods_in


@pytest.mark.parametrize(
    ("text", "restated"),
    [("2006 (as restated)", True), ("December 31, 2005 (Restated)", True), ("2005 As Revised", True), ("2006", False),
     ("2005 (as previously reported)", False)],
)  # fmt: skip
def test_restated_columns_say_so(text: str, restated: bool) -> None:
    assert is_restated(text) == restated


def spots(*texts: str) -> list[HeaderPeriod]:
    return [HeaderPeriod(period, place, place + 1) for place, text in enumerate(texts) for period in periods_in(text)]


def ends(periods: list[PrintedPeriod] | None) -> list[tuple[int | None, str]]:
    assert periods is not None
    return [(period.months, str(period.end)) for period in periods]


def test_one_heading_over_two_columns_each() -> None:
    rows = [spots("Three Months Ended March 31,", "Nine Months Ended March 31,"), spots("2011", "2010", "2011", "2010")]
    assert ends(column_periods(rows, 4)) == [(3, "2011-03-31"), (3, "2010-03-31"), (9, "2011-03-31"), (9, "2010-03-31")]


def test_one_heading_over_all_columns_and_three_rows() -> None:
    rows = [spots("Quarter Ended"), spots("June 30,", "March 31,", "June 30,"), spots("2011", "2011", "2010")]
    assert ends(column_periods(rows, 3)) == [(3, "2011-06-30"), (3, "2011-03-31"), (3, "2010-06-30")]


def test_the_lower_row_wins() -> None:
    assert ends(column_periods([spots("Year Ended December 31, 2010"), spots("2010", "2009")], 2)) == [
        (12, "2010-12-31"),
        (12, "2009-12-31"),
    ]


def test_a_row_that_cannot_be_shared_out_is_left_out() -> None:
    rows = [spots("Three Months Ended March 31,", "Nine Months Ended March 31,"), spots("2011", "2010", "2011")]
    found = column_periods(rows, 3)
    assert found is None or all(period.end is None for period in found)
