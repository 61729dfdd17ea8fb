"""What is in a warehouse file: its tables, their columns, rows and first rows.

Belongs here: facts of any file, finished or not. Does not belong here: counts for a report (`summary.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from orchestration.warehouse.connection import open_warehouse, row_count
from orchestration.warehouse.staging_tables import STAGING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# ruff: noqa: S608 -- identifiers cannot be parameters; each is quoted here, or a name of our own.

PREVIEW_ROWS = 5


class TableFacts(NamedTuple):
    """A table: its number of rows, columns as (name, type, comment), and its first rows."""

    rows: int
    columns: tuple[tuple[str, str, str | None], ...]
    preview: tuple[tuple[Any, ...], ...]


def describe(file: Path, tables: Sequence[tuple[str, str]]) -> dict[tuple[str, str], TableFacts]:
    """The facts of the (schema, table) pairs that are there. Raises `NoWarehouseError` where the file is not."""
    with open_warehouse(file) as connection:
        rows = connection.execute(
            "select schema_name, table_name, column_name, data_type, comment from duckdb_columns() "
            "where not internal order by schema_name, table_name, column_index"
        ).fetchall()
        found: dict[tuple[str, str], list[tuple[str, str, str | None]]] = {}
        for schema, table, *column in rows:
            found.setdefault((schema, table), []).append(tuple(column))
        return {name: _facts(connection, name, found[name]) for name in tables if name in found}


def _facts(
    connection: DuckDBPyConnection, name: tuple[str, str], its_columns: Sequence[tuple[str, str, str | None]]
) -> TableFacts:
    table = ".".join('"' + part.replace('"', '""') + '"' for part in name)
    preview = connection.execute(f"select * from {table} limit {PREVIEW_ROWS}").fetchall()
    return TableFacts(row_count(connection, table), tuple(its_columns), tuple(preview))


def newly_quarantined(file: Path, published: Path) -> list[tuple[str, str]]:
    """The files that `file` keeps out and the published warehouse does not, each with its reason, by path."""
    before = set(quarantined(published)) if published.is_file() else set()
    return [(source, why) for (source, sha256), why in quarantined(file).items() if (source, sha256) not in before]


def quarantined(file: Path) -> dict[tuple[str, str], str]:
    """Why each quarantined filing of a built file is, by path and SHA-256, in this order."""
    with open_warehouse(file) as connection:
        rows = connection.execute(
            f"select source, sha256, coalesce(reason, '') from {STAGING}.filings where status = 'quarantined' order by all"
        ).fetchall()
    return {(source, sha256): why for source, sha256, why in rows}


def raw_files(file: Path) -> list[tuple[str, str]]:
    """The raw files that a built file was made of: path and SHA-256, by path."""
    with open_warehouse(file) as connection:
        return connection.execute(f"select source, sha256 from {STAGING}.raw_files order by all").fetchall()
