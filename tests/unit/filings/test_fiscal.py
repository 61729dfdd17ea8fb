"""The fiscal quarter of a release, from its own words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.fiscal import FiscalPeriod, fiscal_period


@pytest.mark.parametrize(
    ("text", "year", "quarter"),
    [
        ("Reports Second Quarter Fiscal Year 2007 Financial Results", 2007, 2),
        ("the second quarter of the Company's 2007 fiscal year", 2007, 2),
        ("Announces Third Quarter 2010 Results", 2010, 3),
        ("results for the third quarter of fiscal 2011", 2011, 3),
        ("third quarter of fiscal year 2011", 2011, 3),
        ("Fourth Quarter and Full-Year 2009 Financial Results", 2009, 4),
        ("First Fiscal Quarter 2012", 2012, 1),
        ("Reports Fourth Quarter and Fiscal 2012 Results", 2012, 4),
        ("Fourth Quarter and Full Fiscal Year 2012 Results", 2012, 4),
        ("results for Q3 2011", 2011, 3),
        ("Q3 FY2011", 2011, 3),
        ("3Q FY2011", 2011, 3),
        ("Q3 FY11", 2011, 3),
        ("4Q 2010 results", 2010, 4),
        ("2010 first quarter results", 2010, 1),
        ("Fiscal 2010 Third Quarter", 2010, 3),
        ("1st Quarter 2010", 2010, 1),
    ],
)
def test_phrases_that_name_a_fiscal_year_and_quarter(text: str, year: int, quarter: int) -> None:
    found = fiscal_period(text, None)
    assert (found.year, found.quarter) == (year, quarter)


@pytest.mark.parametrize(
    ("text", "end", "year_end"),
    [
        ("second quarter of fiscal 2007", date(2006, 12, 31), "06-30"),
        ("third quarter of fiscal 2011", date(2011, 3, 31), "06-30"),
        ("first quarter 2010", date(2010, 3, 31), "12-31"),
        ("fourth quarter of fiscal 2010", date(2010, 6, 30), "06-30"),
        ("first quarter of fiscal 2012", date(2011, 10, 1), "06-30"),
        ("third quarter of 2010", date(2010, 10, 2), "12-31"),
        ("fourth quarter of 2009", date(2010, 1, 2), "12-31"),
        ("fourth quarter of 2008", date(2008, 12, 27), "12-31"),
        ("second quarter of fiscal 2010", date(2010, 2, 28), "08-31"),
    ],
)
def test_the_fiscal_year_end_follows_from_the_quarter_named_and_the_day_it_ended(text: str, end: date, year_end: str) -> None:
    found = fiscal_period(text, end)
    assert (found.period_end, found.year_end) == (end, year_end)


@pytest.mark.parametrize(
    ("end", "year_end", "year", "quarter"),
    [
        (date(2006, 9, 30), "06-30", 2007, 1),
        (date(2006, 12, 31), "06-30", 2007, 2),
        (date(2007, 6, 30), "06-30", 2007, 4),
        (date(2010, 3, 31), "12-31", 2010, 1),
        (date(2010, 12, 31), "12-31", 2010, 4),
        (date(2011, 1, 1), "12-31", 2010, 4),
        (date(2011, 10, 1), "09-30", 2011, 4),
        (date(2010, 7, 3), "12-31", 2010, 2),
    ],
)
def test_fiscal_year_and_quarter_from_a_stated_fiscal_year_end(end: date, year_end: str, year: int, quarter: int) -> None:
    found = fiscal_period("no quarter named", end, year_end)
    assert (found.year, found.quarter, found.period_end) == (year, quarter, end)


def test_a_fiscal_year_end_stated_in_the_text() -> None:
    text = "Annual Report on Form 10-K for the fiscal year ended June 30, 2006"
    assert fiscal_period(text, date(2006, 12, 31)) == FiscalPeriod(2007, 2, date(2006, 12, 31), "06-30")


@pytest.mark.parametrize("month", range(1, 13))
def test_no_fiscal_quarter_follows_from_the_calendar_month_alone(month: int) -> None:
    found = fiscal_period("Results for the period", date(2010, month, 28))
    assert (found.year, found.quarter, found.year_end) == (None, None, None)


def test_a_fiscal_year_end_follows_from_no_comparative_quarter() -> None:
    """Comparisons name last year's quarter as often; the reported one is the latest."""
    text = "third quarter of fiscal 2011, compared to the third quarter of fiscal 2010 and the third quarter of fiscal 2010"
    assert fiscal_period(text, date(2011, 3, 31)) == FiscalPeriod(2011, 3, date(2011, 3, 31), "06-30")


def test_an_outlook_on_the_next_quarter_is_not_the_quarter_reported() -> None:
    text = (
        "Second Quarter 2010 Results\nFor the second quarter of 2010 revenues rose. The second quarter of 2010 was strong."
        " We expect the third quarter of 2010 to be stronger, and the first quarter of 2011 stronger still."
    )
    found = fiscal_period(text, date(2010, 6, 30))
    assert (found.year, found.quarter) == (2010, 2)


def test_the_day_a_quarter_ended_where_there_is_no_table() -> None:
    assert fiscal_period("for the quarter ended September 30, 2009, compared", None).period_end == date(2009, 9, 30)


@given(st.text(max_size=200), st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2040, 1, 1))))
def test_any_text_is_read_without_an_error(text: str, end: date | None) -> None:
    found = fiscal_period(text + " quarter ended May 5, 2010", end)
    assert found.quarter is None or 1 <= found.quarter <= 4


@pytest.mark.parametrize(("months", "quarter", "year_end"), [({3, 9}, 3, "12-31"), ({3, 6}, 2, "03-31"), ({9}, 3, "12-31")])
def test_a_year_to_date_column_fixes_the_fiscal_quarter(months: set[int], quarter: int, year_end: str) -> None:
    """The prose compares with other quarters by name and calls its own only by its date."""
    text = "Results for the quarter ended September 30, 2024. Revenue rose 8% over Q2 2024; the first quarter of 2024 was weak."
    found = fiscal_period(text, date(2024, 9, 30), None, months)
    assert (found.quarter, found.year_end) == (quarter, year_end)


@pytest.mark.parametrize("months", [{3}, {3, 12}, {12}, {3, 6, 9}, {0}])
def test_columns_that_fix_no_fiscal_quarter(months: set[int]) -> None:
    """Twelve months beside three may be any year that trails; of two years to date nobody can say which is this one's."""
    assert fiscal_period("Results for the period", date(2024, 9, 30), None, months).quarter is None


def test_a_quarter_is_told_by_the_day_it_ended() -> None:
    text = "today announced results for the third quarter ended September 30, 2024, up 8% over Q2 2024 and Q2 2024 again."
    assert fiscal_period(text, date(2024, 9, 30)) == FiscalPeriod(2024, 3, date(2024, 9, 30), "12-31")


def test_a_quarter_that_ended_on_another_day_is_a_comparison() -> None:
    text = "compared to the second quarter ended June 30, 2024. Third quarter 2024 results were strong."
    assert fiscal_period(text, date(2024, 9, 30)).quarter == 3


def test_a_stated_fiscal_year_end_decides_between_quarters_named() -> None:
    text = (
        "Up over Q2 2024 and against Q2 2024. Q3 2024 was strong."
        " See the Annual Report on Form 10-K for the year ended December 31, 2023."
    )
    assert fiscal_period(text, date(2024, 9, 30)) == FiscalPeriod(2024, 3, date(2024, 9, 30), "12-31")


@pytest.mark.parametrize("header", [None, "01-31", "02-01"])
@pytest.mark.parametrize(
    ("end", "quarter"), [(date(2024, 5, 4), 1), (date(2024, 8, 3), 2), (date(2024, 11, 2), 3), (date(2025, 2, 1), 4)]
)
def test_a_fiscal_year_that_ends_in_winter_has_the_name_its_own_words_give_it(
    header: str | None, end: date, quarter: int
) -> None:
    name = ("first", "second", "third", "fourth")[quarter - 1]
    text = f"{name} quarter of fiscal 2024, against the {name} quarter of fiscal 2023 and the {name} quarter of fiscal 2023"
    found = fiscal_period(text, end, header)
    assert (found.year, found.quarter) == (2024, quarter)


def test_a_fiscal_year_that_ends_in_winter_may_be_called_by_the_year_it_ends_in() -> None:
    text = "fourth quarter of fiscal 2025, up on the fourth quarter of fiscal 2024 and the fourth quarter of fiscal 2024"
    assert fiscal_period(text, date(2025, 1, 26)).year == 2025


@given(
    st.dates(date(1995, 1, 1), date(2035, 12, 31)),
    st.sets(st.sampled_from((0, 3, 6, 9, 12))),
    st.one_of(st.none(), st.sampled_from(("01-31", "03-31", "06-30", "09-30", "12-31"))),
)
def test_the_fiscal_quarter_agrees_with_the_fiscal_year_end_given_with_it(
    end: date, months: set[int], header: str | None
) -> None:
    found = fiscal_period("Results for the quarter", end, header, months)
    again = fiscal_period("Results for the quarter", end, found.year_end)
    assert (again.year, again.quarter) == (found.year, found.quarter)


@pytest.mark.parametrize("year", ["fiscal year 2008", "fiscal 2008", "its fiscal year 2008", "the fiscal year 2008"])
def test_the_end_of_a_quarter_is_not_the_end_of_the_fiscal_year(year: str) -> None:
    text = f"its first quarter of {year}, which ended June 30, 2007, against the fourth quarter of fiscal 2007."
    assert fiscal_period(text, date(2007, 6, 30)) == FiscalPeriod(2008, 1, date(2007, 6, 30), "03-31")


@pytest.mark.parametrize("text", ["for the year ended 31 March 2024", "for the year ended March 31, 2024"])
def test_a_release_of_a_fiscal_year_alone_is_of_its_last_quarter(text: str) -> None:
    """Day first as well: a release that speaks of the year alone got no quarter."""
    found = fiscal_period(f"Results {text}", date(2024, 3, 31), None, {12})
    assert found == FiscalPeriod(2024, 4, date(2024, 3, 31), "03-31")
