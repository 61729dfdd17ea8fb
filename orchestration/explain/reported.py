"""What the accepted filings of a company print for the day a period ends.

Belongs here: printed values, their concepts and labels. Does not belong here: what proves a value (`occurrence.py`), or
derived ones (`derivation.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestration.explain.rows import Row, rows_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from orchestration.explain.asked import AskedCompany, AskedConcept, AskedPeriod

_OF_PERIOD = """
    select {} from staging.reported_values v join staging.filings f using (filing_id)
    where f.company_id = ? and f.status = 'accepted' and v.period_end = ?"""


def labels_of(con: DuckDBPyConnection, company: AskedCompany, period: AskedPeriod, concept: str | None = None) -> list[str]:
    """The labels of all printed lines, in order, or of those of one concept."""
    only, parameters = (" and v.concept = ?", (concept,)) if concept else ("", ())
    rows = rows_of(con, _OF_PERIOD.format("distinct v.label") + only, company.company_id, period.end, *parameters)
    return sorted(row["label"] for row in rows if row["label"])


def concepts_of(con: DuckDBPyConnection, company: AskedCompany, period: AskedPeriod) -> list[str]:
    """The concepts that are printed, in order."""
    rows = rows_of(con, _OF_PERIOD.format("distinct v.concept"), company.company_id, period.end)
    return sorted(row["concept"] for row in rows if row["concept"])


def values_of(con: DuckDBPyConnection, company: AskedCompany, period: AskedPeriod, concept: AskedConcept) -> list[Row]:
    """The values of a concept or line, each with its filing's `source`, `sha256`, `known_from` and `form`, oldest first."""
    condition = "v.concept = ?" if concept.name else "v.label = ?"
    query = _OF_PERIOD.format("v.*, f.source, f.sha256, f.known_from, f.form")
    rows = rows_of(
        con,
        f"{query} and {condition} order by f.known_from, v.value_id",
        company.company_id,
        period.end,
        concept.name or concept.title,
    )
    return [row for row in rows if period.covers(row["duration_months"])]
