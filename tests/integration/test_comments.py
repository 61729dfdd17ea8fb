"""A warehouse that explains itself: every column of the marts and of staging has its comment in DuckDB."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_every_column_of_staging_and_of_the_marts_has_a_comment(rows: Callable[..., list[dict[str, Any]]]) -> None:
    columns = rows(
        "select schema_name, table_name, column_name, comment from duckdb_columns()"
        " where not internal and schema_name in ('main', 'staging')"
    )
    assert {"main", "staging"} == {column["schema_name"] for column in columns}
    assert {"reported_values", "proofs", "problems"} <= {column["table_name"] for column in columns}
    assert [column for column in columns if not column["comment"]] == []
