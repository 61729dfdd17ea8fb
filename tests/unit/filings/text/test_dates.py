"""Dates, years and stretches of time in words -> periods."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.filings.text.dates import TO_DATE, PrintedPeriod, date_words, periods_in, with_first_day


def told(text: str) -> list[tuple[int | None, str | None]]:
    return [(period.months, period.end.isoformat() if period.end else None) for period in periods_in(text)]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Three Months Ended March 31, 2011", [(3, "2011-03-31")]),
        ("THREE MONTHS ENDED MARCH 31, 2011", [(3, "2011-03-31")]),
        ("Three (3) months ended March 31, 2011", [(3, "2011-03-31")]),
        ("For the three-month period ended December 31, 2006 (unaudited)", [(3, "2006-12-31")]),
        ("3 Months Ended Sept. 30, 2004", [(3, "2004-09-30")]),
        ("Quarter Ended September 30, 2009", [(3, "2009-09-30")]),
        ("Quarterly period ended 30 September 2009", [(3, "2009-09-30")]),
        ("Six months ended June 30, 2008 and 2007", [(6, "2008-06-30"), (6, "2007-06-30")]),
        ("Nine Months Ended Dec 31 2012", [(9, "2012-12-31")]),
        ("Year Ended December 31, 2012", [(12, "2012-12-31")]),
        ("Fiscal Years Ended June 30, 2010 and 2009", [(12, "2010-06-30"), (12, "2009-06-30")]),
        ("Twelve Months Ended 12/31/06", [(12, "2006-12-31")]),
        ("Thirteen Weeks Ended April 2, 2011", [(3, "2011-04-02")]),
        ("Fourteen weeks ended January 1, 2005", [(3, "2005-01-01")]),
        ("13 weeks ended July 3, 2010", [(3, "2010-07-03")]),
        ("Twenty-Six Weeks Ended July 3, 2010", [(6, "2010-07-03")]),
        ("Thirty-nine weeks ended October 2, 2010", [(9, "2010-10-02")]),
        ("Fifty-two weeks ended December 27, 2008", [(12, "2008-12-27")]),
        ("53 weeks ended January 3, 2009", [(12, "2009-01-03")]),
        ("December 31, 2006 (Unaudited)", [(None, "2006-12-31")]),
        ("As of 6/30/2005", [(None, "2005-06-30")]),
        ("June 30, 2006 and December 31, 2005", [(None, "2006-06-30"), (None, "2005-12-31")]),
        ("quarters ended December 31, 2006 and September 30, 2006", [(3, "2006-12-31"), (3, "2006-09-30")]),
        ("February 2012", [(None, "2012-02-29")]),
        ("9 months 30.09.2005", [(9, "2005-09-30")]),
        ("1.1.–31.3.2006", [(3, "2006-03-31")]),
        ("01.04.2005 - 31.03.2006", [(12, "2006-03-31")]),
    ],
)
def test_header_phrases_of_many_issuers(text: str, periods: list[tuple[int | None, str]]) -> None:
    assert told(text) == periods


def test_a_range_of_months_is_a_stretch_that_ends_with_the_last() -> None:
    """ "Jul-Sep" over 2024 ended on July 31."""
    assert periods_in("Jul-Sep Jan-Sep") == [PrintedPeriod(3, 9), PrintedPeriod(9, 9)]
    assert periods_in("April through June 2024") == [PrintedPeriod(3, 6, None, 2024)]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("January 1, 2007 to March 31, 2007", 3),
        ("December 29, 2019 through March 28, 2020", 3),
        ("July 1 to December 31, 2007", 6),
        ("October 1, 2006 (acquisition) to September 30, 2007", 12),
        ("August 16 to September 30, 2007", None),
        ("For the period April 12, 2010 to June 30, 2010", None),
    ],
)
def test_a_stretch_from_day_to_day_is_its_months_or_none(text: str, months: int | None) -> None:
    """46 days of a new owner, and 80 of a company's first, were a quarter, proven."""
    found = with_first_day(periods_in(text)[-1], text)
    assert (found.months, found.is_unsure) == (months, months is None)


def test_a_fiscal_year_in_short_is_its_year() -> None:
    assert periods_in("FY24 FY '23") == [PrintedPeriod(year=2024), PrintedPeriod(year=2023)]
    assert periods_in("Q4 FY24") == [PrintedPeriod(3, year=2024, quarter=4)]


def test_the_last_of_february_in_two_years_is_the_end_of_the_month() -> None:
    assert periods_in("Three Months Ended February 29 / 28,") == [PrintedPeriod(3, 2)]
    assert periods_in("February 28 and 29, 2016")[0].end == date(2016, 2, 29)


def test_a_range_of_quarters_is_a_stretch_that_ends_with_the_last() -> None:
    assert periods_in("Q1–Q4 2018")[0] == PrintedPeriod(12, year=2018, quarter=4)
    assert periods_in("Q1-Q3 2018")[0] == PrintedPeriod(9, year=2018, quarter=3)


def test_what_a_phrase_leaves_open_stays_open() -> None:
    assert periods_in("Three Months Ended March 31,") == [PrintedPeriod(3, 3, 31)]
    assert periods_in("2006") == [PrintedPeriod(year=2006)]
    assert periods_in("2006 2005") == [PrintedPeriod(year=2006), PrintedPeriod(year=2005)]
    assert periods_in("Three Months Ended March 31, Nine Months Ended March 31,") == [
        PrintedPeriod(3, 3, 31),
        PrintedPeriod(9, 3, 31),
    ]


def test_by_quarter_names_no_stretch() -> None:
    """ "STATEMENTS OF INCOME BY QUARTER, 2024" over four quarters and their year made a quarter of the year."""
    assert told("STATEMENTS OF INCOME BY QUARTER, 2024") == [(None, None)]


@pytest.mark.parametrize("text", ["in thousands", "(Unaudited)", "Total revenues", "99/99/2006", "", "3.5%", "1,234"])
def test_words_without_a_period_name_none(text: str) -> None:
    assert periods_in(text) == []


@pytest.mark.parametrize("text", ["Feb. 29, 2011", "June 31, 2010"])
def test_a_day_that_does_not_exist_is_no_period_end(text: str) -> None:
    assert [period.end for period in periods_in(text)] == [None]


@pytest.mark.parametrize("text", ["03.04.2005", "12.31.2005"])
def test_a_day_with_points_that_may_be_a_month_is_left_alone(text: str) -> None:
    assert told(text) == [(None, None)]


def test_the_verb_may_is_no_month() -> None:
    """A note above a table fills in what its header leaves open: `may` would make every column end in May."""
    assert periods_in("Amounts may not add due to rounding") == []


def test_half_a_year_is_not_twelve_months() -> None:
    assert told("Half year ended June 30, 2011") in ([(6, "2011-06-30")], [(None, "2011-06-30")])


def test_a_title_of_two_durations_does_not_name_the_last_alone() -> None:
    """`Three and nine months ended` over columns without a duration of their own: which is which, nobody can say."""
    assert {period.months for period in periods_in("Three and nine months ended September 30, 2011")} != {9}


def test_a_day_before_a_short_month_and_year_is_read() -> None:
    assert told("31-Dec-06") in ([(None, "2006-12-31")], [])
    assert told("30-Nov-2006") == [(None, "2006-11-30")]


@given(
    st.dates(date(1994, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["{m} {d}, {y}", "{m} {d} {y}", "{n}/{d}/{y}", "{s}. {d}, {y}"]),
)
@settings(max_examples=200)
def test_any_date_reads_back(day: date, style: str) -> None:
    text = style.format(m=day.strftime("%B"), s=calendar.month_abbr[day.month], n=day.month, d=day.day, y=day.year)
    assert [period.end for period in periods_in(f"As of {text}")] == [day]


@given(st.text(max_size=80))
@settings(max_examples=200)
def test_any_text_is_read_without_an_error(text: str) -> None:
    for period in periods_in(text):
        assert period.end is None or 1900 < period.end.year < 2100
        assert period.months in (None, 1, 2, 3, 6, 9, 12)


def test_years_of_two_digits_behind_an_apostrophe_and_of_a_year_to_date() -> None:
    assert [period.end for period in periods_in("Mar. 31, '22")] == [date(2022, 3, 31)]
    assert [(period.months, period.year) for period in periods_in("YTD 10")] == [(TO_DATE, 2010)]
    assert [period.year for period in periods_in("YTD")] == [None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Q3 YTD 2024", [(TO_DATE, 3, 2024)]),
        ("3Q YTD", [(TO_DATE, 3, None)]),
        ("Third Quarter Year-to-Date", [(3, 3, None)]),
        ("Q3 Q3 YTD", [(3, 3, None), (TO_DATE, 3, None)]),
    ],
)
def test_the_year_to_a_quarter_is_no_quarter(text: str, found: list[tuple[int, int, int | None]]) -> None:
    """ "Q3 YTD 2024" over a column of nine months was the third quarter. In full, the two may be heads side by side."""
    assert [(period.months, period.quarter, period.year) for period in periods_in(text)] == found


def test_a_year_on_the_line_below_is_no_part_of_the_year_to_date() -> None:
    assert [word.words for word in date_words("YTD\n2024")] == ["YTD", "2024"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Reported 4-6/2010", [(3, "2010-06-30")]),
        ("1–12/2009", [(12, "2009-12-31")]),
        ("10-3/2011", [(6, "2011-03-31")]),
        ("4-6-2010", [(None, "2010-04-06")]),
        ("13-6/2010", []),
    ],
)
def test_months_in_figures_before_their_year_are_a_stretch(text: str, found: list[tuple[int | None, str | None]]) -> None:
    """ "4-6/2010", as companies of the north of Europe head April to June, was a day that may be two."""
    assert [(months, day) for months, day in told(text) if day] == found
