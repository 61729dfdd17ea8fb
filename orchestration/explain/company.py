"""Which company a person means.

Belongs here: ticker, CIK, commission file number and name. Does not belong here: companies that no filing of the warehouse
is of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestration.explain.asked import AskedCompany, NotFoundError
from orchestration.explain.rows import Row, rows_of
from orchestration.explain.words import closest, listed, squeezed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COMPANIES = """
    select
        company_id,
        max_by(coalesce(company_name, registrant), known_from) as name,
        max_by(ticker, known_from) as ticker,
        list(distinct registrant) as names,
        list(distinct upper(ticker)) as tickers,
        list(distinct commission_file_number) as file_numbers
    from staging.filings where status = 'accepted' and company_id is not null group by company_id order by company_id"""


def find_company(con: DuckDBPyConnection, asked: str) -> AskedCompany:
    """The one company of a ticker, CIK, commission file number or name, or of a part of its name.

    Raises NotFoundError for none and for several.
    """
    rows = rows_of(con, _COMPANIES)
    if not rows:
        raise NotFoundError("the warehouse holds no accepted filing; `tieout sql 'from quarantine'` says why")
    wanted = squeezed(asked)
    exact = [row for row in rows if wanted in _keys(row)]
    close = exact or [row for row in rows if wanted and wanted in squeezed(row["name"] or "")]
    if len(close) == 1:
        [row] = close
        return AskedCompany(row["company_id"], row["name"] or row["company_id"], row["ticker"])
    names = [f"{row['name']} ({row['ticker'] or row['company_id']})" for row in close or rows]
    if close:
        raise NotFoundError(f"{asked!r} fits {len(close)} companies: {listed(names)}. Name one by its ticker or CIK.")
    raise NotFoundError(f"no company {asked!r} in the warehouse. {closest(asked, names)}")


def _keys(row: Row) -> set[str]:
    keys = {row["company_id"], row["company_id"].lstrip("0"), row["name"] or ""}
    for several in ("tickers", "file_numbers", "names"):
        keys.update(key for key in row[several] or () if key)
    return {squeezed(key) for key in keys if key}
