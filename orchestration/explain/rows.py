"""Rows of a query as dictionaries.

Belongs here: running a query with its parameters. Does not belong here: any query, or opening a warehouse
(`warehouse/connection.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]


def rows_of(con: DuckDBPyConnection, query: str, *parameters: object) -> list[Row]:
    """All rows of `query`, each by the names of its columns."""
    cursor = con.execute(query, list(parameters))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
