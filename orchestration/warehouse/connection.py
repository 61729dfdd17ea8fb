"""Opening a warehouse file to read it.

Belongs here: read-only connections, and the errors of a file that is not there or is no warehouse. Does not belong here: what
is asked of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.store.errors import MissingTableError, NoWarehouseError

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection


def open_warehouse(file: Path) -> DuckDBPyConnection:
    """A read-only connection to a published (or kept) warehouse file; close it, or use it as a context manager.

    Raises `NoWarehouseError` where there is no such file or it is no DuckDB file.
    """
    import duckdb  # noqa: PLC0415

    if not file.is_file():
        raise NoWarehouseError(f"No warehouse at {file}. Build one: `tieout build`.")
    try:
        return duckdb.connect(str(file), read_only=True)
    except duckdb.IOException as error:
        raise NoWarehouseError(f"{file} cannot be opened as a warehouse: {error}") from error


@contextmanager
def frame_fetcher(file: Path) -> Iterator[Callable[[str], pd.DataFrame]]:
    """A function from a constant query to a pandas frame, by which a gate reads a file.

    DECIMAL columns come as floats, so the queries of the suites ask for figures as text. Raises `NoWarehouseError`; the
    function raises `MissingTableError` where the file lacks a table of the query.
    """
    import duckdb  # noqa: PLC0415

    with open_warehouse(file) as connection:

        def fetch(sql: str) -> pd.DataFrame:
            try:
                return connection.execute(sql).df()
            except duckdb.CatalogException as error:
                raise MissingTableError(f"{file} lacks what a suite asks for: {str(error).splitlines()[0]}") from error

        yield fetch


def row_count(connection: DuckDBPyConnection, table: str) -> int:
    """The rows of a table or view. `table` goes into the statement unquoted: a name of the project's own."""
    [(count,)] = connection.execute(f"select count(*) from {table}").fetchall()  # noqa: S608 -- a name cannot be a parameter
    return int(count)
