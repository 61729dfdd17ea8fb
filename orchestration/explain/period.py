"""Which period a person means.

Belongs here: fiscal quarters, fiscal years and days as a person writes them. Does not belong here: which values are of a
period (`asked.py`).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from orchestration.explain.asked import AskedCompany, AskedPeriod, NotFoundError
from orchestration.explain.rows import rows_of
from orchestration.explain.words import listed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_QUARTER = re.compile(r"(?:FY\s*)?(\d{4})\s*-?\s*Q([1-4])|Q([1-4])\s*-?\s*(?:FY\s*)?(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"FY\s*(\d{4})", re.IGNORECASE)


def find_period(con: DuckDBPyConnection, company: AskedCompany, asked: str) -> AskedPeriod:
    """`2007Q2` and `FY2007Q2` (fiscal), `FY2007`, or the day a period ends, `2006-12-31`.

    Raises NotFoundError for a quarter or year the warehouse cannot date, and for what is none of these.
    """
    text = asked.strip()
    try:
        return AskedPeriod(asked, date.fromisoformat(text), None)
    except ValueError:
        pass  # not a day: a quarter or a year, looked at below
    if match := _YEAR.fullmatch(text):
        return AskedPeriod(asked, _year_end(con, company, int(match[1])), 12, int(match[1]))
    quarters = _quarters(con, company)
    known = listed(f"FY{year}Q{quarter} ({end})" for (year, quarter), end in quarters.items())
    if match := _QUARTER.fullmatch(text):
        year, quarter = int(match[1] or match[4]), int(match[2] or match[3])
        if (year, quarter) not in quarters:
            raise NotFoundError(f"no fiscal quarter {year} Q{quarter} of {company.name} in the warehouse. There is: {known}")
        return AskedPeriod(asked, quarters[year, quarter], 3, year, quarter)
    raise NotFoundError(
        f"{asked!r} is no period: write a fiscal quarter as 2007Q2, a fiscal year as FY2007, or the day it ends as 2006-12-31."
        f" Quarters of {company.name}: {known}"
    )


def _quarters(con: DuckDBPyConnection, company: AskedCompany) -> dict[tuple[int, int], date]:
    """The day each fiscal quarter of the company ends, oldest first."""
    rows = rows_of(
        con,
        """select fiscal_year, fiscal_quarter, period_end from main.dim_fiscal_period
           where company_id = ? order by period_end""",
        company.company_id,
    )
    return {(row["fiscal_year"], row["fiscal_quarter"]): row["period_end"] for row in rows}


def _year_end(con: DuckDBPyConnection, company: AskedCompany, year: int) -> date:
    rows = rows_of(
        con,
        """select max(fiscal_year_end) as fiscal_year_end from staging.filings where company_id = ? and status = 'accepted'""",
        company.company_id,
    )
    month_day = rows[0]["fiscal_year_end"] if rows else None
    if not month_day:
        raise NotFoundError(f"the filings of {company.name} do not say when fiscal year {year} ends; name the day instead")
    month, day = map(int, month_day.split("-"))
    return date(year, month, day)
