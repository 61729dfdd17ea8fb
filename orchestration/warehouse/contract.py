"""What every published warehouse has: the names of its tables and macros.

Belongs here: these names, and which of them a file lacks. Does not belong here: what the tables hold (`dbt_project/`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CONTRACT = (
    "fact_quarterly_results",
    "quarterly_per_share_split_adjusted",
    "fact_quarterly_gap",
    "fact_derivation_operand",
    "fact_restatement",
    "fact_reported_value",
    "fact_guidance",
    "fact_figure_reconciliation",
    "fact_compound_event",
    "dim_compound",
    "dim_compound_name",
    "dim_filing",
    "dim_company",
    "dim_company_key",
    "dim_fiscal_period",
    "dim_concept",
    "quarantine",
)
CONTRACT_MACROS = ("quarterly_results_as_of",)


def missing_marts(connection: DuckDBPyConnection) -> list[str]:
    """The tables of the contract that an open file lacks: all of them where a build stopped before its models."""
    return _missing(connection, CONTRACT, "select table_name from information_schema.tables where table_schema = 'main'")


def missing_macros(connection: DuckDBPyConnection) -> list[str]:
    """The macros of the contract that an open file lacks."""
    query = "select function_name from duckdb_functions() where schema_name = 'main' and not internal"
    return _missing(connection, CONTRACT_MACROS, query)


def _missing(connection: DuckDBPyConnection, names: Sequence[str], query: str) -> list[str]:
    there = {name for (name,) in connection.execute(query).fetchall()}
    return [name for name in names if name not in there]
