"""Why a number is not there.

Belongs here: the warehouse's own reason for a gap, and what there is in the number's place. Does not belong here: words
that fit nothing (`company.py`, `period.py`, `concept.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestration.explain.asked import AskedCompany, AskedConcept, AskedPeriod
from orchestration.explain.reported import concepts_of
from orchestration.explain.rows import rows_of
from orchestration.explain.words import listed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_GAPS = """
    select distinct on (g.reason_code) g.reason_code, g.reason
    from main.fact_quarterly_gap g join main.dim_fiscal_period p using (company_id, fiscal_year, fiscal_quarter)
    where g.company_id = ? and p.period_end = ? and g.fact_column = ? order by g.reason_code, g.known_from desc"""


def why_missing(con: DuckDBPyConnection, company: AskedCompany, period: AskedPeriod, concept: AskedConcept) -> str:
    """Sentences: that nothing was reported, why, what was for the same period, and which periods have the concept."""
    said = f"{company.name} reported no {concept.title!r} for {period.asked}."
    columns: list[str] = []
    if period.is_quarter:
        gaps = rows_of(con, _GAPS, company.company_id, period.end, concept.column)
        said += "".join(f" {row['reason'].rstrip('.')} ({row['reason_code']})." for row in gaps)
        columns = _filled_columns(con, company, period)
    there = [*concepts_of(con, company, period), *(f"{name} (fact_quarterly_results)" for name in columns)]
    if there:
        said += f" Reported for it: {listed(there)}."
    spans = _spans_of(con, company, concept)
    return f"{said} Periods with it: {listed(spans)}." if spans else f"{said} No period of the warehouse has it."


def _filled_columns(con: DuckDBPyConnection, company: AskedCompany, period: AskedPeriod) -> list[str]:
    """The concepts' columns of the quarter that hold a figure, reported or derived."""
    rows = rows_of(
        con,
        "select * from main.fact_quarterly_results where company_id = ? and period_end = ? and is_current",
        company.company_id,
        period.end,
    )
    concepts = {row["fact_column"] for row in rows_of(con, "select fact_column from main.dim_concept")}
    return sorted({name for row in rows for name, item in row.items() if name in concepts and item is not None})


def _spans_of(con: DuckDBPyConnection, company: AskedCompany, concept: AskedConcept) -> list[str]:
    """The printed periods of a concept or line, each as words: `12 months to 2006-06-30`."""
    rows = rows_of(
        con,
        """select distinct v.period_end, v.duration_months
           from staging.reported_values v join staging.filings f using (filing_id)
           where f.company_id = ? and f.status = 'accepted' and v.period_end is not null
             and case when ?::varchar is null then v.label = ? else v.concept = ? end
           order by all""",
        company.company_id,
        concept.name,
        concept.title,
        concept.name,
    )
    return [
        f"{row['duration_months']} months to {row['period_end']}" if row["duration_months"] else f"at {row['period_end']}"
        for row in rows
    ]
