"""Months, quarters, weeks, fiscal years, and when two days end the same period."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.text.calendar import (
    COUNT,
    MONTH,
    MONTHS,
    NUMBER_WORDS,
    ORDINAL,
    ORDINALS,
    DaysApart,
    FiscalCalendar,
    ReportingPeriod,
    add_months,
    fiscal_year_and_quarter,
    full_year,
    is_month_end,
    month_end,
    months_between,
    months_of,
    nominal_end,
    same_period,
    year_end_after,
)

DAYS = st.dates(date(1993, 1, 1), date(2060, 12, 31))
MONTHS_APART = st.integers(-240, 240)


@pytest.mark.parametrize("word", MONTHS)
def test_every_name_of_a_month_is_one_word_of_the_pattern(word: str) -> None:
    assert re.fullmatch(MONTH, word)


@pytest.mark.parametrize("word", ["sepember", "ja", "janu", "marc", "decem", "mayor", ""])
def test_a_word_of_the_pattern_is_a_name_of_a_month(word: str) -> None:
    """`sept?(?:ember)?` matched "sepember", which the table of months does not hold: a header with it raised KeyError."""
    assert not re.fullmatch(MONTH, word)


def test_ordinals_and_counts_are_the_words_of_their_patterns() -> None:
    assert all(re.fullmatch(ORDINAL, word) for word in ORDINALS)
    for word, number in NUMBER_WORDS.items():
        for written in (word, word.replace("-", " "), str(number)):
            assert re.fullmatch(COUNT, written)
            assert months_of(written, "months") == number


@pytest.mark.parametrize(
    ("weeks", "months"),
    [(12, 3), (13, 3), (14, 3), (16, 3), (24, 6), (26, 6), (27, 6), (28, 6), (36, 9), (39, 9), (40, 9), (52, 12), (53, 12)],
)
def test_weeks_are_the_months_of_the_nearest_whole_quarters(weeks: int, months: int) -> None:
    assert months_of(str(weeks), "weeks") == months


@pytest.mark.parametrize(("weeks", "months"), [(4, 1), (5, 1), (8, 1), (9, 2), (11, 2), (18, 4), (22, 5), (35, 8), (50, 11)])
def test_weeks_that_no_quarters_have_are_no_quarters(weeks: int, months: int) -> None:
    """ "Four weeks ended" was a stretch of no months, as a day is, and its sales were proven; eight weeks were a quarter."""
    assert months_of(str(weeks), "weeks") == months


@given(st.integers(1, 4), st.integers(-1, 1))
def test_a_week_more_or_less_changes_no_number_of_quarters(quarters: int, odd: int) -> None:
    assert months_of(str(13 * quarters + odd), "Weeks") == 3 * quarters


def test_two_digits_are_a_year_of_the_time_of_edgar() -> None:
    assert [full_year(digits) for digits in ("93", "99", "00", "07", "79", "2007")] == [1993, 1999, 2000, 2007, 2079, 2007]


@given(DAYS)
def test_the_end_of_a_month_is_the_day_before_the_first_of_the_next(day: date) -> None:
    end = month_end(day.year, day.month)
    assert (end.year, end.month) == (day.year, day.month)
    assert (end + timedelta(days=1)).day == 1
    assert is_month_end(day) == (day == end)


@given(DAYS, MONTHS_APART)
def test_months_added_and_taken_away_lead_back(day: date, months: int) -> None:
    moved = add_months(day, months)
    back = add_months(moved, -months)
    assert months_between(day, moved) == months
    assert (back.year, back.month) == (day.year, day.month)
    assert back == day or is_month_end(moved) or is_month_end(day)


@given(DAYS, MONTHS_APART)
def test_the_end_of_a_month_stays_one(day: date, months: int) -> None:
    end = month_end(day.year, day.month)
    assert is_month_end(add_months(end, months))
    assert add_months(add_months(end, months), -months) == end


@given(DAYS, MONTHS_APART, MONTHS_APART)
def test_steps_from_the_end_of_a_month_add_up(day: date, one: int, other: int) -> None:
    end = month_end(day.year, day.month)
    assert add_months(add_months(end, one), other) == add_months(end, one + other)


@given(DAYS)
def test_the_end_of_a_year_of_weeks_bears_the_name_of_the_nearest_month_within_a_week(day: date) -> None:
    end = nominal_end(day)
    assert is_month_end(end)
    assert (end < day) == (day.day <= DaysApart.MONTH_END)
    assert end > day or same_period(end, day, DaysApart.MONTH_END)


@given(DAYS, st.integers(1, 12))
def test_a_fiscal_year_has_four_quarters_of_three_months(day: date, last_month: int) -> None:
    end = month_end(day.year, day.month)
    year_end = f"{last_month:02d}-28"
    year, quarter = fiscal_year_and_quarter(end, year_end)
    assert fiscal_year_and_quarter(add_months(end, 12), year_end) == (year + 1, quarter)
    later = fiscal_year_and_quarter(add_months(end, 3), year_end)
    assert later == ((year, quarter + 1) if quarter < 4 else (year + 1, 1))


@pytest.mark.parametrize(
    ("end", "year_end", "expected"),
    [
        (date(2010, 9, 30), "12-31", (2010, 3)),
        (date(2006, 12, 31), "06-30", (2007, 2)),
        (date(2010, 1, 2), "12-31", (2009, 4)),
        (date(2011, 10, 1), "06-30", (2012, 1)),
        (date(2005, 1, 29), "01-31", (2005, 4)),
    ],
)
def test_a_period_end_and_a_year_end_tell_the_quarter_and_back(end: date, year_end: str, expected: tuple[int, int]) -> None:
    year, quarter = fiscal_year_and_quarter(end, year_end)
    assert (year, quarter) == expected
    assert year_end_after(end, quarter).isoformat() == f"{year}-{year_end}"


@given(DAYS, st.integers(-60, 60), st.sampled_from(DaysApart))
def test_one_period_is_one_whichever_day_is_asked_first(day: date, days: int, within: DaysApart) -> None:
    other = day + timedelta(days=days)
    assert same_period(day, other, within) == same_period(other, day, within) == (abs(days) <= within)


@given(DAYS, st.integers(13, 14))
def test_two_quarters_are_never_one_period(day: date, weeks: int) -> None:
    assert not any(same_period(day, day + timedelta(weeks=weeks), within) for within in DaysApart)


@given(st.integers(1995, 2055), st.integers(1, 12))
def test_a_year_of_weeks_ends_within_a_week_of_its_month(year: int, month: int) -> None:
    """The Saturday nearest to the end of a month, and the last Saturday of it: the two rules that such years are made by."""
    end = month_end(year, month)
    last = end - timedelta(days=(end.weekday() - 5) % 7)
    nearest = min(last, last + timedelta(days=7), key=lambda day: abs((day - end).days))
    assert same_period(last, end, DaysApart.MONTH_END)
    assert same_period(nearest, end, DaysApart.MONTH_END)


WEEKS = FiscalCalendar(date(2006, 12, 30), 2007, 2)


def test_looking_ahead_a_quarter_without_a_year_is_the_next() -> None:
    ahead = FiscalCalendar(date(2006, 12, 30), 2007, 2, looks_ahead=True)
    assert ahead.current == ReportingPeriod(date(2007, 3, 30), 3)
    assert ahead.quarter(None, 3) == ReportingPeriod(date(2007, 3, 30), 3)
    assert ahead.quarter(None, 2) == ReportingPeriod(date(2007, 12, 30), 3)


@given(st.integers(1990, 2025), st.integers(1, 4))
def test_a_fiscal_quarter_lies_in_the_year_that_names_it(year: int, quarter: int) -> None:
    found = WEEKS.quarter(year, quarter)
    assert found is not None
    assert WEEKS.fiscal_year_of(found.end) == year
    assert WEEKS.in_year(found, 2007) == WEEKS.quarter(2007, quarter)


def test_a_calendar_that_is_not_known_counts_nothing() -> None:
    unknown = FiscalCalendar()
    assert unknown.current is unknown.quarter(2010, 1) is unknown.fiscal_year_of(date(2010, 3, 31)) is None
    assert WEEKS.quarter(2027, 2) is WEEKS.quarter(1987, 2) is None
