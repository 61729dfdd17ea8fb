"""Periods as sentences name them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.narrative.periods import find_periods, fiscal_calendar
from orchestration.filings.records import Filing
from orchestration.filings.text.calendar import FiscalCalendar


def filing(year: int, quarter: int, end: date, year_end: str) -> Filing:
    return Filing("f", "s", "0", fiscal_year=year, fiscal_quarter=quarter, period_end=end, fiscal_year_end=year_end)


JUNE_YEAR = fiscal_calendar(filing(2011, 3, date(2011, 3, 31), "06-30"))
CALENDAR_YEAR = fiscal_calendar(filing(2024, 3, date(2024, 9, 30), "12-31"))
WEEKS = fiscal_calendar(filing(2024, 3, date(2024, 11, 2), "01-31"))


def periods(text: str, fiscal: FiscalCalendar = JUNE_YEAR) -> list[tuple[str, int]]:
    return [(period.end.isoformat(), period.months) for mention in find_periods(text, fiscal) for period in mention.periods]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for the three-month period ended December 31, 2006", [("2006-12-31", 3)]),
        ("for the quarter ending March 31, 2011 (3Q FY2011)", [("2011-03-31", 3), ("2011-03-31", 3)]),
        ("in 3Q FY2010", [("2010-03-31", 3)]),
        ("in 3Q10", [("2010-03-31", 3)]),
        ("2Q FY2011", [("2010-12-31", 3)]),
        ("the second quarter of fiscal 2007", [("2006-12-31", 3)]),
        ("second quarter fiscal 2007 revenues", [("2006-12-31", 3)]),
        ("the third quarter of the Company's 2011 fiscal year", [("2011-03-31", 3)]),
        ("for the first six months of FY2011", [("2010-12-31", 6)]),
        ("in the first nine months of the Company's 2011 fiscal year", [("2011-03-31", 9)]),
        ("for the first nine months of fiscal years 2011 and 2010, respectively", [("2011-03-31", 9), ("2010-03-31", 9)]),
        ("During the first half of fiscal 2007", [("2006-12-31", 6)]),
        ("as of June 30, 2010", [("2010-06-30", 0)]),
        ("as of March 31, 2011 and June 30, 2010", [("2011-03-31", 0), ("2010-06-30", 0)]),
        ("for the three and nine months ended March 31, 2011", [("2011-03-31", 3), ("2011-03-31", 9)]),
        ("for the three-month and nine-month periods ended March 31, 2011", [("2011-03-31", 3), ("2011-03-31", 9)]),
        ("for the years ended June 30, 2010 and 2009", [("2010-06-30", 12), ("2009-06-30", 12)]),
        ("for fiscal 2010", [("2010-06-30", 12)]),
        ("in FY2010", [("2010-06-30", 12)]),
        ("in 2010", []),
        ("the preceding quarter", [("2010-12-31", 3)]),
        ("the quarter", [("2011-03-31", 3)]),
        ("the September 2010 quarter", [("2010-09-30", 3)]),
        ("the 12 months", []),
        ("in the first quarter", [("2010-09-30", 3)]),
        ("in the fourth quarter", [("2010-06-30", 3)]),
        ("weekly for two weeks in a four-week cycle", []),
    ],
)
def test_a_period_is_the_one_that_is_named(text: str, expected: list[tuple[str, int]]) -> None:
    assert periods(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for 3Q FY2011, as compared to the same period last year", ("2010-03-31", 3)),
        ("for 3Q FY2011, compared to the same quarter of the last fiscal year", ("2010-03-31", 3)),
        ("in the first nine months of fiscal 2011 and in the same period in fiscal 2010", ("2010-03-31", 9)),
        ("in the first nine months of fiscal 2011 and in the comparable 2010 period", ("2010-03-31", 9)),
        ("for the six months ended December 31, 2010 and a year ago", ("2009-12-31", 6)),
        ("for the quarter and in the prior year comparable period", ("2010-03-31", 3)),
        ("for the six months ended December 31, 2010 and the fiscal 2010 period", ("2009-12-31", 6)),
        ("the same quarter last year", ("2010-03-31", 3)),
    ],
)
def test_a_period_that_leans_on_another_is_worked_out_from_it(text: str, expected: tuple[str, int]) -> None:
    assert periods(text)[-1] == expected


@pytest.mark.parametrize(
    "text", ["in the same period last year", "compared to the same period", "the comparable quarter of a half year"]
)
def test_what_leans_on_nothing_is_not_guessed(text: str) -> None:
    assert not find_periods(text, fiscal_calendar(Filing("f", "s", "0"))) or not periods(
        text, fiscal_calendar(Filing("f", "s", "0"))
    )


def test_a_bare_year_is_a_year_only_where_the_fiscal_year_is_the_calendar_year() -> None:
    assert periods("in 2023", CALENDAR_YEAR) == [("2023-12-31", 12)]
    assert periods("in 2010", JUNE_YEAR) == []


def test_two_digits_name_a_year_of_the_last_century_too() -> None:
    nineties = FiscalCalendar(date(1998, 9, 30), 1998, 3)
    assert periods("3Q98 and fiscal '97", nineties) == [("1998-09-30", 3), ("1997-12-31", 12)]


def test_a_bare_year_beside_a_part_of_a_year_is_the_same_part() -> None:
    assert periods("for the nine months ended September 30, 2024, compared with 2023", CALENDAR_YEAR)[-1] == ("2023-09-30", 9)


def test_weeks_are_months_and_a_year_later_is_within_days() -> None:
    assert periods("for the 39-week period ended November 2, 2024", WEEKS) == [("2024-11-02", 9)]
    assert periods("the third quarter of fiscal 2023", WEEKS) == [("2023-11-02", 3)]


@given(
    st.integers(2000, 2030),
    st.integers(1, 4),
    st.sampled_from(["{o} quarter of fiscal {y}", "{q}Q FY{y}", "fiscal {y} {o} quarter", "{o} quarter {y}", "Q{q} {y}"]),
)
def test_a_quarter_made_up_in_any_style_reads_back_the_same(year: int, quarter: int, style: str) -> None:
    text = "in the " + style.format(o=("first", "second", "third", "fourth")[quarter - 1], q=quarter, y=year) + " were"
    assert [mention.periods for mention in find_periods(text, JUNE_YEAR)] == [(JUNE_YEAR.quarter(year, quarter),)]


@given(st.text(alphabet="thequarfisclyns andme0123456789-,'FYQ ", max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    for mention in find_periods(text, JUNE_YEAR):
        assert 0 <= mention.start < mention.end <= len(text)
