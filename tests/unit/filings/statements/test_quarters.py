"""Columns headed by the number of a quarter: dated where the filing proves its calendar, else left without a period."""

from __future__ import annotations

import pytest

from orchestration.filings.statements.quarters import dated, needs_calendar, year_end_evidence
from orchestration.filings.text.dates import TO_DATE, PrintedPeriod, periods_in

CALENDAR = "Results for the third quarter ended September 30, 2010 were good. Cash on September 30, 2010 was higher."
JUNE = "For the fiscal year ended June 30, 2012 the company earned more. As of June 30, 2012 it had no debt."


def ends(columns: list[PrintedPeriod], words: str, header: str = "") -> list[tuple[int | None, str]]:
    found = dated(columns, year_end_evidence(header, words, columns)) if needs_calendar(columns) else columns
    return [(period.months, str(period.end)) for period in found]


def quarters(*told: str) -> list[PrintedPeriod]:
    return [period for words in told for period in periods_in(words)]


@pytest.mark.parametrize(
    "heads",
    [
        ("Third Quarter 2010", "Second Quarter 2010", "Third Quarter 2009"),
        ("3rd Quarter 2010", "2nd Quarter 2010", "3rd Quarter 2009"),
        ("3Q10", "2Q10", "3Q09"),
        ("Q3 2010", "Q2 2010", "Q3 2009"),
        ("Q3'10", "Q2'10", "Q3'09"),
        ("Q3 FY10", "Q2 FY10", "Q3 FY09"),
    ],
)
def test_quarters_are_dated_by_the_calendar_that_the_text_tells(heads: tuple[str, ...]) -> None:
    assert ends(quarters(*heads), CALENDAR) == [(3, "2010-09-30"), (3, "2010-06-30"), (3, "2009-09-30")]


@pytest.mark.parametrize(
    ("lead", "told", "latest"),
    [
        ("AUSTIN, Texas, November 24, 2025 -- Parallax, Inc. reported", "ends on January 31", "2025-10-31"),
        ("AUSTIN, Texas, November 24, 2026 -- Parallax, Inc. reported", "ends on January 31", "2026-10-31"),
        ("AUSTIN, Texas, November 24, 2025 -- Parallax, Inc. reported", "ends on January 30", "None"),
        ("AUSTIN, Texas, May 24, 2026 -- Parallax, Inc. reported", "ends on January 31", "None"),
        ("Parallax, Inc. reported", "ends on January 31", "None"),
    ],
)
def test_quarters_of_a_year_that_a_sentence_tells_end_not_long_before_the_release(lead: str, told: str, latest: str) -> None:
    """Nothing else dates a column where no day is printed; in which calendar year fiscal 2026 ends, only the release tells."""
    words = f"{lead} results for its third quarter of fiscal 2026. Its fiscal year {told}."
    assert ends(quarters("Q3 FY26"), words)[0][1] == latest


def test_a_full_year_and_the_year_to_date_are_dated_with_the_quarters_beside_them() -> None:
    heads = quarters("1Q 2003", "2Q 2003", "YTD 2003", "Full Year 2002")
    words = "Year ended December 31, 2002 and six months ended June 30, 2003"
    assert ends(heads, words) == [(3, "2003-03-31"), (3, "2003-06-30"), (6, "2003-06-30"), (12, "2002-12-31")]


def test_the_year_to_date_that_ends_on_a_day_begins_with_the_fiscal_year() -> None:
    heads = [PrintedPeriod(3, 9, 30, 2006), PrintedPeriod(TO_DATE, 9, 30, 2006)]
    assert ends(heads, "third quarter ended September 30, 2006") == [(3, "2006-09-30"), (9, "2006-09-30")]
    assert ends(heads, "no calendar is told") == [(3, "2006-09-30"), (None, "None")]


def test_a_column_with_its_date_tells_the_calendar_of_those_without() -> None:
    heads = [PrintedPeriod(9, 9, 30, 2004), *quarters("Third Quarter 2004", "First Quarter 2004")]
    assert ends(heads, "") == [(9, "2004-09-30"), (3, "2004-09-30"), (3, "2004-03-31")]


@pytest.mark.parametrize(
    "words",
    [
        "no calendar is told, but September 30, 2010 is named",
        "third quarter ended September 30, 2010 and second quarter ended September 30, 2010",
        "third quarter ended September 30, 2008",
    ],
    ids=["none", "contradicted", "no_such_day_named"],
)
def test_a_calendar_that_is_not_proven_dates_nothing(words: str) -> None:
    assert ends(quarters("Q3 2010", "Q3 2009"), words) == [(3, "None"), (3, "None")]


def test_a_quarter_of_a_52_week_year_ends_on_the_one_day_near_it_that_is_printed() -> None:
    words = "third quarter ended September 25, 2010, and at September 26, 2009"
    assert ends(quarters("Q3 2010", "Q3 2009", "Q2 2010"), words) == [(3, "2010-09-25"), (3, "2009-09-26"), (3, "None")]
    unsure = "third quarter ended September 25, 2010; on September 27, 2010 we met"
    assert ends(quarters("Q3 2010"), unsure) == [(3, "None")]


def test_a_quarter_with_its_day_in_another_statement_tells_the_calendar() -> None:
    heads = quarters("4Q23", "3Q23")
    others = [PrintedPeriod(0, 12, 30, 2023, quarter=4), PrintedPeriod(0, 9, 30, 2023, quarter=3)]
    told = year_end_evidence("", "no word of it", heads, others)
    assert [str(period.end) for period in dated(heads, told)] == ["2023-12-30", "2023-09-30"]


def test_the_edgar_header_tells_the_calendar_where_the_text_does_not() -> None:
    header = "<SEC-HEADER>\n\t\tFISCAL YEAR END:\t\t\t0630\n</SEC-HEADER>"
    assert ends(quarters("Q3 2010"), "Cash on March 31, 2010", header) == [(3, "2010-03-31")]


def test_quarters_of_one_fiscal_year_lie_in_two_calendar_years() -> None:
    heads = [PrintedPeriod(3, month, None, 2012) for month in (9, 12, 3, 6)]
    assert ends(heads, JUNE) == [(3, "2011-09-30"), (3, "2011-12-31"), (3, "2012-03-31"), (3, "2012-06-30")]
    assert {end for _, end in ends(heads, "no calendar is told")} == {"None"}


def test_a_year_beside_its_fourth_quarter_is_the_whole_year() -> None:
    heads = [*quarters("Fourth Quarter 2010", "Fourth Quarter 2009"), PrintedPeriod(year=2010), PrintedPeriod(year=2009)]
    words = "For the fourth quarter ended December 31, 2010 sales rose; on December 31, 2009 they had fallen."
    assert ends(heads, words) == [(3, "2010-12-31"), (3, "2009-12-31"), (12, "2010-12-31"), (12, "2009-12-31")]
    third = [*quarters("Third Quarter 2010"), PrintedPeriod(year=2010)]
    assert ends(third, CALENDAR)[1] == (None, "None")


def test_the_days_of_other_tables_tell_no_calendar_where_a_column_has_its_own() -> None:
    own = [PrintedPeriod(TO_DATE, 9, 30, 2022)]
    others = [PrintedPeriod(None, 10, 20, 2022)]
    words = "Results of the third quarter of 2022. Shares as of October 20, 2022."
    assert dated(own, year_end_evidence("", words, own, others))[0].months == 9


def test_a_calendar_that_either_name_of_a_year_gives_is_sure() -> None:
    heads = [PrintedPeriod(TO_DATE, 10, 28, 2000), PrintedPeriod(TO_DATE, 10, 30, 1999)]
    assert ends(heads, "third quarter ended October 28, 2000") == [(9, "2000-10-28"), (9, "1999-10-30")]


def test_the_latest_day_of_a_statement_ends_the_one_quarter_that_heads_name() -> None:
    """ "Third Quarter, First Nine Months" beside a balance sheet of September 30 had no calendar where no sentence told one."""
    heads = [*quarters("Third Quarter 1996", "Third Quarter 1995"), PrintedPeriod(9, year=1996, quarter=3)]
    others = [PrintedPeriod(None, 9, 30, 1996), PrintedPeriod(None, 12, 31, 1995)]
    told = year_end_evidence("", "Balance sheets of September 30, 1996 and December 31, 1995.", heads, others)
    assert [str(one.end) for one in dated(heads, told)] == ["1996-09-30", "1995-09-30", "1996-09-30"]
    older = year_end_evidence("", "A balance sheet of December 31, 1995.", heads, others[1:])
    assert [one.end for one in dated(heads, older)] == [None] * 3


def test_the_year_to_a_quarter_has_the_months_up_to_it() -> None:
    """ "Q3 YTD" alone was the third quarter."""
    heads = quarters("Q3 YTD 2010", "Q3 YTD 2009")
    assert ends(heads, CALENDAR) == [(9, "2010-09-30"), (9, "2009-09-30")]


def test_a_fiscal_year_of_weeks_is_named_after_the_year_that_dates_most_columns() -> None:
    """One column had a day a year on as well, so a quarter, the one before and nine months had none."""
    words = (
        "The third quarter of fiscal 2025 ended October 27, 2024. The second quarter of fiscal 2025 ended July 28, 2024, and"
        " the third quarter of fiscal 2024 ended October 29, 2023. Fiscal 2025 will end on January 26, 2025."
    )
    heads = [*quarters("Q3 FY25", "Q2 FY25", "Q3 FY24"), PrintedPeriod(9, year=2025)]
    told = year_end_evidence("", words, heads, [PrintedPeriod(0, 10, 27, 2024)])
    assert [str(one.end) for one in dated(heads, told)] == ["2024-10-27", "2024-07-28", "2023-10-29", "2024-10-27"]


def test_the_year_to_date_without_a_quarter_ends_with_the_one_of_another_statement() -> None:
    """Twelve months headed "Year to Date Fiscal 2005" stood below a statement of the fourth quarter, and were not read."""
    quarter, to_date = quarters("Fourth Quarter Fiscal 2012"), [PrintedPeriod(TO_DATE, year=2012)]
    found = dated(to_date, year_end_evidence("", JUNE, to_date, quarter))
    assert [(period.months, str(period.end)) for period in found] == [(12, "2012-06-30")]
    several = [*quarter, *quarters("Third Quarter Fiscal 2012")]
    assert dated(to_date, year_end_evidence("", JUNE, to_date, several)) == [PrintedPeriod()]
