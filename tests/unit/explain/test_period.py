"""Which period a person means."""

from __future__ import annotations

from datetime import date

import pytest

from orchestration.explain.asked import NotFoundError
from orchestration.explain.company import find_company
from orchestration.explain.period import find_period


@pytest.mark.parametrize("asked", ["2011Q3", "FY2011Q3", "fy2011-q3", "Q3 2011", "q3 fy2011", " 2011q3 "])
def test_a_fiscal_quarter_is_known_by_any_of_its_names(con, company, asked: str) -> None:
    found = find_period(con, company, asked)
    assert (found.end, found.months, found.fiscal_year, found.fiscal_quarter) == (date(2011, 3, 31), 3, 2011, 3)
    assert [found.covers(months) for months in (0, 3, 9)] == [True, True, False]


def test_a_day_is_of_every_period_that_ends_on_it(con, company) -> None:
    found = find_period(con, company, "2011-03-31")
    assert (found.end, found.months) == (date(2011, 3, 31), None)
    assert all(found.covers(months) for months in (0, 3, 9, 12))


def test_a_fiscal_year_ends_when_the_filings_say(con, company) -> None:
    found = find_period(con, company, "FY2007")
    assert (found.end, found.months) == (date(2007, 6, 30), 12)


@pytest.mark.parametrize(
    ("company_asked", "asked", "told"),
    [
        ("IMGN", "1999Q1", "no fiscal quarter 1999 Q1 of ImmunoGen, Inc. in the warehouse. There is: FY2011Q2 (2010-12-31),"),
        ("IMGN", "soon", "is no period"),
        ("IMGN", "2011Q5", "is no period"),
        ("ACDV", "FY2011", "do not say when fiscal year 2011 ends"),
    ],
)
def test_a_period_that_the_warehouse_cannot_date_is_refused(con, company_asked: str, asked: str, told: str) -> None:
    with pytest.raises(NotFoundError) as refusal:
        find_period(con, find_company(con, company_asked), asked)
    assert told in str(refusal.value)
