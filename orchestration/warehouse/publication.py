"""Putting a finished build in the place of the published warehouse.

Belongs here: what a file must have to be published, and the rename. Does not belong here: whether the gates passed it
(`build/steps.py`).

Whoever has the published file open goes on reading the old one, whoever opens it next reads the new one, and neither meets a
lock.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from orchestration.store import files
from orchestration.store.errors import BuildFailedError
from orchestration.warehouse.connection import row_count
from orchestration.warehouse.contract import CONTRACT, CONTRACT_MACROS, missing_macros, missing_marts

# ruff: noqa: S608 -- identifiers cannot be parameters; every one put into a statement here is a name of the contract or quoted.


def publish(build_file: Path, warehouse: Path, last_check: Callable[[], None] = lambda: None) -> dict[str, int]:
    """Rename a built and audited file to the published one; return the rows of its contract tables.

    Raises `BuildFailedError`, with the published file untouched, where a table or macro of the contract is missing, or where
    the file cannot be read under any name but its own. Two builds at once publish one after the other: the last one to
    finish is what is read, whichever started first. `last_check` is called right before the rename; what it raises stops it.
    """
    counts = _seal(build_file)
    _check_portable(build_file)
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    with files.lock(warehouse.with_name(f".{warehouse.name}.lock")):
        files.sync(build_file)
        last_check()
        files.rename(build_file, warehouse)
    return counts


def _seal(build_file: Path) -> dict[str, int]:
    """Check the contract, and write the log into the file; return the rows of its contract tables."""
    import duckdb  # noqa: PLC0415

    if not build_file.is_file():
        raise BuildFailedError(f"Nothing to publish: {build_file} is not there. Run the whole job `build_warehouse`.")
    with duckdb.connect(str(build_file)) as connection:
        missing = [*missing_marts(connection), *missing_macros(connection)]
        if missing:
            raise BuildFailedError(
                f"The build is not complete and is not published; it lacks {', '.join(missing)}. Run the whole job "
                "`build_warehouse`: a run of some models cannot be published."
            )
        counts = {name: row_count(connection, name) for name in CONTRACT}
        connection.execute("checkpoint")
    if build_file.with_suffix(".duckdb.wal").exists():
        raise BuildFailedError(
            f"{build_file} was not written whole: its write-ahead log is still there. Another reader has it open."
        )
    return counts


def _check_portable(build_file: Path) -> None:
    """Raises `BuildFailedError` for a view or macro that names its catalog: it would fail once the file has another name."""
    import duckdb  # noqa: PLC0415

    with duckdb.connect() as connection:
        connection.execute("attach $file as under_another_name (read_only)".replace("$file", _literal(build_file)))
        connection.execute("use under_another_name")
        views = connection.execute("select schema_name, view_name from duckdb_views() where not internal").fetchall()
        calls = [f'select * from "{schema}"."{view}" limit 0' for schema, view in views]
        calls += [f"select * from {macro}(date '2000-01-01') limit 0" for macro in CONTRACT_MACROS]
        for call in calls:
            try:
                connection.execute(call)
            except duckdb.Error as error:
                raise BuildFailedError(
                    f"`{call}` works only while the file has its present name, so it is not published: {error}. Make the model "
                    "a table, or leave the database out of the names it renders."
                ) from error


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
