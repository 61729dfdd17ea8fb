"""The company of each filing of a build, as the staging tables take it.

Belongs here: reading the keys of the chosen readings, and the tables that the loading joins. Does not belong here: which keys
are one company's (`filings/company/identity.py`), what is known outside the filings (`store/known_companies.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.filings.company.identity import placed
from orchestration.filings.company.stated import FilingKeys, KnownCompany, Placement, company_name, first_ticker
from orchestration.filings.records import CompanyKey, Severity
from orchestration.store.schema import ColumnSpec

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

COMPANIES = (
    ColumnSpec("company_id", str, is_nullable=False, is_list=False),
    ColumnSpec("company_name", str, is_nullable=True, is_list=False),
    ColumnSpec("former_names", str, is_nullable=False, is_list=True),
    ColumnSpec("ticker", str, is_nullable=True, is_list=False),
    ColumnSpec("exchange", str, is_nullable=True, is_list=False),
    ColumnSpec("commission_file_number", str, is_nullable=True, is_list=False),
    ColumnSpec("fiscal_year_end", str, is_nullable=True, is_list=False),
    ColumnSpec("sic", str, is_nullable=True, is_list=False),
    ColumnSpec("source", str, is_nullable=True, is_list=False),
)
COMPANIES_COMMENT = (
    "The companies whose CIK is known outside the filings: the rows of data/vocabulary/companies.csv, and what `tieout fetch` "
    "learnt of each company that it fetched."
)
PLACED = ("filing_id", "company_id", "company_name", "company_evidence", "ticker", "exchange", "reason")

_KEYS = """
    select c.filing_id, r.filing.known_from, r.company_keys
    from read_parquet(?, filename = true, file_row_number = true) r
    join chosen c using (filename, file_row_number)
    where c.is_kept
    order by c.filing_id"""


def register_companies(connection: DuckDBPyConnection, chunks: Sequence[Path], known: Sequence[KnownCompany]) -> None:
    """Register what loading needs of companies: `placements`, `company_questions` and `known_companies`."""
    import pyarrow as pa  # noqa: PLC0415

    found = connection.execute(_KEYS, [[str(path) for path in chunks]]).fetchall()
    filings = [FilingKeys(filing, tuple(map(_key, keys)), known_from) for filing, known_from, keys in found]
    placements = placed(filings, known)
    rows = [_placement_row(one, placements[one.filing]) for one in filings if one.filing in placements]
    connection.register("placements", pa.Table.from_pylist(rows, schema=_strings(*PLACED)))
    questions = [row for filing, one in placements.items() for row in _question_rows(filing, one)]
    asked = pa.Table.from_pylist(questions, schema=_strings("filing_id", "severity", "code", "message"))
    connection.register("company_questions", asked)
    schema = pa.schema([(one.name, pa.list_(pa.string()) if one.is_list else pa.string()) for one in COMPANIES])
    connection.register("known_companies", pa.Table.from_pylist([_company_row(one) for one in known], schema=schema))


def _strings(*names: str) -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415

    return pa.schema([(name, pa.string()) for name in names])


def _key(row: Mapping[str, Any]) -> CompanyKey:
    return CompanyKey(**row)


def _placement_row(filing: FilingKeys, placement: Placement) -> dict[str, str | None]:
    ticker, exchange = first_ticker(placement.known)
    errors = (f"{one.code}: {one.message}" for one in placement.questions if one.severity == Severity.ERROR)
    return {
        "filing_id": filing.filing,
        "company_id": placement.company_id,
        "company_name": company_name(filing, placement.known),
        "company_evidence": placement.evidence,
        "ticker": ticker,
        "exchange": exchange,
        "reason": next(errors, None),
    }


def _question_rows(filing: str, placement: Placement) -> Iterable[dict[str, str]]:
    for one in placement.questions:
        yield {"filing_id": filing, "severity": one.severity, "code": one.code, "message": one.message}


def _company_row(one: KnownCompany) -> dict[str, Any]:
    ticker, exchange = first_ticker(one)
    facts = {
        "company_name": one.name,
        "ticker": ticker,
        "exchange": exchange,
        "commission_file_number": next(iter(one.file_numbers), ""),
        "fiscal_year_end": one.fiscal_year_end,
        "sic": one.sic,
        "source": one.source,
    }
    plain = {name: fact or None for name, fact in facts.items()}
    return {"company_id": one.company_id, "former_names": list(one.former_names), **plain}
