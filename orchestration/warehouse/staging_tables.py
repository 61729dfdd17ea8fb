"""The staging tables: their names, columns, DuckDB types and comments, all from the records of the reader.

Belongs here: what a staging table looks like. Does not belong here: how it is loaded (`staging.py`), or the columns of a record
(`filings/records.py`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from orchestration.filings.records import Filing
from orchestration.store.schema import DECIMAL_PRECISION, DECIMAL_SCALE, ColumnSpec, columns, parts
from orchestration.warehouse.broken_rules import BROKEN_RULES, BROKEN_RULES_COMMENT
from orchestration.warehouse.company_placement import COMPANIES, COMPANIES_COMMENT

STAGING = "staging"
TABLES = {
    "filing": "filings",
    "values": "reported_values",
    "candidates": "value_candidates",
}  # part of a reading -> table, where the names differ
RAW_FILES = (
    ColumnSpec("source", str, is_nullable=False, is_list=False),
    ColumnSpec("sha256", str, is_nullable=False, is_list=False),
    ColumnSpec("size_bytes", int, is_nullable=False, is_list=False),
    ColumnSpec("duplicate_of", str, is_nullable=True, is_list=False),
    ColumnSpec("filing_id", str, is_nullable=False, is_list=False),
)
RAW_FILES_COMMENT = (
    "Every file of data/raw that was taken for a filing, by path, and the filing that was made of its bytes. Of files with "
    "equal bytes the first path is read; `duplicate_of` of the others names it."
)
SQL_TYPES = {
    str: "varchar",
    int: "bigint",
    bool: "boolean",
    date: "date",
    Decimal: f"decimal({DECIMAL_PRECISION},{DECIMAL_SCALE})",
}


def staging_tables() -> dict[str, tuple[ColumnSpec, ...]]:
    """The staging tables and their columns, in the order they are loaded."""
    records: dict[str, type] = {"filing": Filing, **parts()}
    found = {TABLES.get(part, part): columns(record) for part, record in records.items()}
    return {**found, "raw_files": RAW_FILES, "companies": COMPANIES, "broken_rules": BROKEN_RULES}


def staging_comments() -> dict[str, str]:
    """What each staging table holds: the docstring of its record."""
    records: dict[str, type] = {"filing": Filing, **parts()}
    found = {TABLES.get(part, part): " ".join((record.__doc__ or "").split()) for part, record in records.items()}
    more = {"companies": COMPANIES_COMMENT, "broken_rules": BROKEN_RULES_COMMENT}
    return {**found, "raw_files": RAW_FILES_COMMENT, **more}


def sql_type(column: ColumnSpec) -> str:
    """The DuckDB type of a column."""
    return SQL_TYPES[column.type] + ("[]" if column.is_list else "")
