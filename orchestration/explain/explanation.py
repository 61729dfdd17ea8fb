"""The explanation of one number: what a person who doubts it needs to see.

Belongs here: putting it together, and what was known when. Does not belong here: finding what was asked (`company.py`,
`period.py`, `concept.py`), the parts (`occurrence.py`, `derivation.py`), or how it looks (`cli/terminal/explanation.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.explain.asked import AskedCompany, AskedConcept, AskedPeriod, NotFoundError
from orchestration.explain.company import find_company
from orchestration.explain.concept import find_concept
from orchestration.explain.derivation import Derivation, derivations_of
from orchestration.explain.missing import why_missing
from orchestration.explain.occurrence import Occurrence, occurrence_of
from orchestration.explain.period import find_period
from orchestration.explain.reported import values_of
from orchestration.explain.rows import Row, rows_of
from orchestration.store.errors import TieoutError
from orchestration.warehouse.contract import missing_marts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Explanation:
    """All there is to say of one number: where it is printed, what it was derived from, and what was known when.

    `vintages` are rows of `fact_quarterly_results` with the number as `value`, oldest first.
    """

    company: AskedCompany
    period: AskedPeriod
    concept: AskedConcept
    occurrences: tuple[Occurrence, ...]
    derivations: tuple[Derivation, ...]
    vintages: tuple[Row, ...]


def explain(con: DuckDBPyConnection, raw: Path, company: str, period: str, concept: str) -> Explanation:
    """Explain the number that three words name, from the warehouse `con` and the folder of its filings `raw`.

    Reads only. Raises NotFoundError, which says what there is, and TieoutError where the file has no marts.
    """
    if missing := missing_marts(con):
        raise TieoutError(
            f"the marts of this file were not built ({len(missing)} tables missing): its build stopped at a gate or was cut"
            " off. `tieout gate` on it says what staging lacks; explain a published warehouse"
        )
    if "currency" not in _columns(con):
        raise TieoutError("this warehouse was built by an older version, and lacks what `explain` shows: run `tieout build`")
    whose = find_company(con, company)
    when = find_period(con, whose, period)
    what = find_concept(con, whose, when, concept)
    values = values_of(con, whose, when, what)
    vintages = _vintages(con, whose, when, what)
    derivations = derivations_of(con, whose, what, vintages)
    if not values and not derivations:
        raise NotFoundError(why_missing(con, whose, when, what))
    return Explanation(whose, when, what, tuple(occurrence_of(con, raw, row) for row in values), derivations, vintages)


def _columns(con: DuckDBPyConnection) -> set[str]:
    """The columns of `fact_quarterly_results`."""
    return {row["column_name"] for row in rows_of(con, "describe main.fact_quarterly_results")}


def _vintages(con: DuckDBPyConnection, company: AskedCompany, period: AskedPeriod, concept: AskedConcept) -> tuple[Row, ...]:
    """What the fact table said, from when until when. Only concepts that have a column there, only quarters."""
    if not concept.column or not period.is_quarter:
        return ()
    if concept.column not in _columns(con):
        return ()
    rows = rows_of(
        con,
        f"""select fiscal_year, fiscal_quarter, currency, vintage, known_from, known_to, is_current, basis, filing_id,
                   kept_from, {concept.column} as value
            from main.fact_quarterly_results where company_id = ? and period_end = ? order by currency, vintage""",  # noqa: S608 - a column of the table itself
        company.company_id,
        period.end,
    )
    return tuple(row for row in rows if row["value"] is not None)
