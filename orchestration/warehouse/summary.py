"""The counts of a warehouse that `tieout build` shows.

Belongs here: those counts, queried from the warehouse. Does not belong here: how they look (`cli/`), or the outcome of the
build (`defs/run.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of one warehouse.

    `companies` have an accepted filing, `companies_with_quarters` a row of quarterly results. `quarters_without_a_row` are
    printed or reported by an accepted filing; `filings_of_no_quarter` print columns that nothing names the quarter of. `copies`
    are raw files with the bytes of another. `of_the_folder` is what is told of the raw folder and of no filing: files that
    could not be opened, and such as the last build had and are gone.
    """

    filings: int
    copies: int
    companies: int
    companies_with_quarters: int
    quarters: int
    quarters_without_a_row: int
    filings_of_no_quarter: int
    values_by_status: tuple[tuple[str, int], ...]
    identities_closed: int
    identities_possible: int
    of_the_folder: tuple[str, ...] = ()


def summarise(con: DuckDBPyConnection) -> Summary:
    """The counts of the warehouse `con` is connected to."""
    filings, companies = _one(con, "select count(*), count(distinct company_id) from staging.filings where status = 'accepted'")
    (copies,) = _one(con, "select count(*) from staging.raw_files where duplicate_of is not null")
    quarters, with_quarters = _one(
        con, "select count(*), count(distinct company_id) from main.fact_quarterly_results where is_current"
    )
    (without,) = _one(con, "select count(*) from main.fact_quarterly_gap where vintage is null and filing_id is not null")
    (of_none,) = _one(
        con,
        """select count(distinct filing_id) from intermediate.int_quarters_left_out
           where quarter_no is null and reason_code <> 'copy_of_another_filing'""",
    )
    closed, possible = _one(
        con,
        """select count(*) filter (where outcome = 'closed'), count(*) filter (where outcome in ('closed', 'broken'))
           from staging.proofs""",
    )
    statuses = con.execute("select status, count(*) from staging.reported_values group by 1 order by 2 desc, 1").fetchall()
    told = con.execute(
        """select code || ': ' || message from staging.problems
           where code in ('file_removed', 'file_changed') or (coalesce(filing_id, '') = '' and severity <> 'note')
           order by all"""
    ).fetchall()
    counts = (filings, copies, companies, with_quarters, quarters, without, of_none)
    return Summary(*counts, tuple(statuses), closed, possible, tuple(line for (line,) in told))


def _one(con: DuckDBPyConnection, query: str) -> tuple[int, ...]:
    return con.execute(query).fetchone() or ()
