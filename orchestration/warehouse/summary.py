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
    """Counts of one warehouse. `quarantined` are (source, reason) pairs, at most `QUARANTINED_SHOWN` of them."""

    filings: int
    companies: int
    quarters: int
    values_by_status: tuple[tuple[str, int], ...]
    identities_closed: int
    identities_possible: int
    quarantined: tuple[tuple[str, str], ...]


QUARANTINED_SHOWN = 20


def summarise(con: DuckDBPyConnection) -> Summary:
    """The counts of the warehouse `con` is connected to."""
    filings, companies = _one(con, "select count(*), count(distinct company_id) from staging.filings where status = 'accepted'")
    (quarters,) = _one(con, "select count(*) from main.fact_quarterly_results where is_current")
    closed, possible = _one(
        con,
        """select count(*) filter (where outcome = 'closed'), count(*) filter (where outcome in ('closed', 'broken'))
           from staging.proofs""",
    )
    statuses = con.execute("select status, count(*) from staging.reported_values group by 1 order by 2 desc, 1").fetchall()
    kept_out = con.execute(
        "select source, coalesce(reason, '') from staging.filings where status = 'quarantined' order by 1 limit ?",
        [QUARANTINED_SHOWN],
    ).fetchall()
    return Summary(filings, companies, quarters, tuple(statuses), closed, possible, tuple(kept_out))


def _one(con: DuckDBPyConnection, query: str) -> tuple[int, ...]:
    return con.execute(query).fetchone() or ()
