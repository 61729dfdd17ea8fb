"""The warehouse file: the only module that opens DuckDB.

Belongs here: loading the staging tables from the readings, telling what is in a file, reading it, and putting a finished
build in the place of the published one. Does not belong here: what a filing says (`filings/`), how readings are stored
(`store/readings.py`), the models (`dbt_project/`), what is expected of them (`expectations/`), or the order of steps
(`build/steps.py`).

A file is built under another name, audited, and takes the published name in one rename: whoever has the published file open
goes on reading the old one, whoever opens it next reads the new one, and no lock is ever met.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from orchestration.filings.records import Filing, Problem
from orchestration.store import files
from orchestration.store.errors import BuildFailedError, MissingTableError, NoWarehouseError
from orchestration.store.raw import RawListing
from orchestration.store.shapes import DECIMAL_PRECISION, DECIMAL_SCALE, Column, arrow_struct, columns, parts

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

    from orchestration.store.readings import Address

# ruff: noqa: S608 -- identifiers cannot be parameters; every one put into a statement here is a name of our own records.

STAGING = "staging"
TABLES = {
    "filing": "filings",
    "values": "reported_values",
    "candidates": "value_candidates",
}  # part of a reading -> table, where the names differ
CONTRACT = (
    "fact_quarterly_results",
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
    "dim_fiscal_period",
    "dim_concept",
    "quarantine",
)
CONTRACT_MACROS = ("quarterly_results_as_of",)
RAW_FILES = (
    Column("source", str, is_nullable=False, is_list=False),
    Column("sha256", str, is_nullable=False, is_list=False),
    Column("size_bytes", int, is_nullable=False, is_list=False),
    Column("duplicate_of", str, is_nullable=True, is_list=False),
    Column("filing_id", str, is_nullable=False, is_list=False),
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
PREVIEW_ROWS = 5


def staging_tables() -> dict[str, tuple[Column, ...]]:
    """The staging tables and their columns, in the order they are loaded."""
    records: dict[str, type] = {"filing": Filing, **parts()}
    found = {TABLES.get(part, part): columns(record) for part, record in records.items()}
    return {**found, "raw_files": RAW_FILES}


def staging_comments() -> dict[str, str]:
    """What each staging table holds: the docstring of its record."""
    records: dict[str, type] = {"filing": Filing, **parts()}
    found = {TABLES.get(part, part): " ".join((record.__doc__ or "").split()) for part, record in records.items()}
    return {**found, "raw_files": RAW_FILES_COMMENT}


def sql_type(column: Column) -> str:
    """The DuckDB type of a column."""
    return SQL_TYPES[column.type] + ("[]" if column.is_list else "")


# --- opening -----------------------------------------------------------------------------------------------------------------


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
def fetching(file: Path) -> Iterator[Callable[[str], pd.DataFrame]]:
    """What a gate reads a file through: a function from a constant query to a pandas frame.

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


# --- staging -----------------------------------------------------------------------------------------------------------------


def create_staging(
    file: Path, listing: RawListing, chunks: Sequence[Path], problems: Sequence[Problem], again: Collection[Address] = ()
) -> dict[str, int]:
    """Load the staging tables of a new DuckDB file from the readings of the listed filings; return rows by table.

    `problems` are those that no reading holds. `again` are the addresses of second readings, which are taken in the place of
    the first readings of their filings. All is done by DuckDB from Parquet, and each table is in the order of its
    columns, so the same readings give the same file row for row, however they are cut into chunks. Two filings that claim
    one `filing_id` cannot both be it: the first by (accepted, known_from, source) keeps it, the other is quarantined.
    Raises `BuildFailedError` where a listed filing has no reading, or a second one is not there.
    """
    import duckdb  # noqa: PLC0415

    part = file.with_suffix(".partial")
    part.unlink(missing_ok=True)
    with duckdb.connect(str(part)) as connection:
        _create_tables(connection)
        _register(connection, listing, problems, again)
        _choose_readings(connection, chunks, listing)
        _load(connection, chunks)
        counts = {name: _count(connection, f"{STAGING}.{name}") for name in staging_tables()}
        connection.execute("checkpoint")
    part.replace(file)
    return counts


def _create_tables(connection: DuckDBPyConnection) -> None:
    comments = staging_comments()
    connection.execute(f"create schema {STAGING}")
    for name, its_columns in staging_tables().items():
        body = ", ".join(
            f'"{column.name}" {sql_type(column)}{"" if column.is_nullable else " not null"}' for column in its_columns
        )
        connection.execute(f"create table {STAGING}.{name} ({body})")
        text = comments[name].replace("'", "''")
        connection.execute(f"comment on table {STAGING}.{name} is '{text}'")


def _register(
    connection: DuckDBPyConnection, listing: RawListing, problems: Sequence[Problem], again: Collection[Address]
) -> None:
    import pyarrow as pa  # noqa: PLC0415

    given = RAW_FILES[:-1]
    schema = pa.schema([(column.name, pa.int64() if column.type is int else pa.string()) for column in given])
    rows = [{column.name: getattr(file, column.name) for column in given} for file in listing.files]
    connection.register("listed", pa.Table.from_pylist(rows, schema=schema))
    connection.register("build_problems", _problem_table(problems))
    names = ("sha256", "source", "evidence")
    rows = [dict(zip(names, one, strict=True)) for one in again]
    connection.register("read_again", pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in names])))


def _problem_table(problems: Sequence[Problem]) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415

    rows = [{column.name: getattr(problem, column.name) for column in columns(Problem)} for problem in problems]
    return pa.Table.from_pylist(rows, schema=pa.schema(list(arrow_struct(Problem))))


def _choose_readings(connection: DuckDBPyConnection, chunks: Sequence[Path], listing: RawListing) -> None:
    """One reading a listed filing, as temporary table `chosen`: its place in the chunks, and which `filing_id` it gets.

    Of a filing that was read again with evidence the reading with that evidence, of every other its first.
    """
    connection.execute(
        """
        create temporary table chosen as
        with found as (
            select r.sha256, r.source, r.filename, r.file_row_number, r.filing, r.evidence
            from read_parquet(?, filename = true, file_row_number = true) r
            join listed l on l.sha256 = r.sha256 and l.source = r.source and l.duplicate_of is null
            left join read_again a on a.sha256 = r.sha256 and a.source = r.source
            where r.evidence = coalesce(a.evidence, '')
            qualify row_number() over (partition by r.sha256, r.source order by r.filename, r.file_row_number) = 1
        ),
        ranked as (
            select *,
                row_number() over same_id as place,
                first_value(source) over same_id as kept_source
            from found
            window same_id as (
                partition by filing.filing_id
                order by filing.status <> 'accepted', filing.known_from nulls last, source
            )
        )
        select *, place = 1 as is_kept, if(place = 1, filing.filing_id, 'sha256-' || sha256[:16]) as filing_id from ranked
        """,
        [[str(path) for path in chunks]],
    )
    [(found,)] = connection.execute("select count(*) from chosen").fetchall()
    if found != len(listing.filings):
        raise BuildFailedError(
            f"{len(listing.filings)} filings were listed and {found} of them have a reading: another build tidied the readings "
            "meanwhile. Build again."
        )


CLAIM = "'claims the filing id ' || filing.filing_id || ' of ' || kept_source || ', which was filed first, with other bytes'"

LOAD_FILINGS = f"""
    insert into {STAGING}.filings by name
    with told as (select unnest(filing), chosen.filing_id as own_id, is_kept, {CLAIM} as claim from chosen)
    select * exclude (own_id, is_kept, claim)
        replace (
            own_id as filing_id,
            if(is_kept, status, 'quarantined') as status,
            if(is_kept, reason, source || ' ' || claim || '. Keep one of them.') as reason
        )
    from told order by all"""

LOAD_RAW_FILES = f"""
    insert into {STAGING}.raw_files by name
    select listed.*, chosen.filing_id from listed join chosen using (sha256)
    order by all"""

LOAD_PART = f"""
    insert into {STAGING}.{{table}} by name
    select unnest(record) from (
        select unnest(r."{{part}}") as record
        from read_parquet(?, filename = true, file_row_number = true) r
        join chosen c using (filename, file_row_number)
        where c.is_kept
    ) order by all"""

LOAD_PROBLEMS = f"""
    insert into {STAGING}.problems by name
    with records as (
        select unnest(r.problems) as record, c.filing_id as own_id
        from read_parquet(?, filename = true, file_row_number = true) r
        join chosen c using (filename, file_row_number)
    ),
    told as (select unnest(record), own_id from records)
    select * exclude (own_id) replace (own_id as filing_id) from told
    union all by name
    select b.* replace (coalesce(c.filing_id, b.filing_id) as filing_id)
    from build_problems b left join chosen c on b.filing_id = 'sha256-' || c.sha256[:16]
    union all by name
    select filing_id, 'error' as severity, 'duplicate_filing_id' as code, source || ' ' || {CLAIM} || '.' as message
    from chosen where not is_kept
    order by all"""


def _load(connection: DuckDBPyConnection, chunks: Sequence[Path]) -> None:
    paths = [str(path) for path in chunks]
    connection.execute(LOAD_FILINGS)
    connection.execute(LOAD_RAW_FILES)
    for part in parts():
        load = LOAD_PROBLEMS if part == "problems" else LOAD_PART.format(table=TABLES.get(part, part), part=part)
        connection.execute(load, [paths])


def count_quarantined(file: Path) -> int:
    """How many filings of a built file are quarantined."""
    with open_warehouse(file) as connection:
        [(count,)] = connection.execute(f"select count(*) from {STAGING}.filings where status = 'quarantined'").fetchall()
    return int(count)


def _count(connection: DuckDBPyConnection, table: str) -> int:
    [(count,)] = connection.execute(f"select count(*) from {table}").fetchall()
    return int(count)


# --- what is in a file -------------------------------------------------------------------------------------------------------


class TableFacts(NamedTuple):
    """A table as it is: rows, columns as (name, type, comment), and its first rows."""

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
    return TableFacts(_count(connection, table), tuple(its_columns), tuple(preview))


def missing_marts(connection: DuckDBPyConnection) -> list[str]:
    """The tables of the contract that an open file lacks, as that of a build which stopped before its models were built."""
    query = "select table_name from information_schema.tables where table_schema = 'main'"
    there = {name for (name,) in connection.execute(query).fetchall()}
    return [name for name in CONTRACT if name not in there]


# --- publishing --------------------------------------------------------------------------------------------------------------


def publish(build_file: Path, warehouse: Path, last_check: Callable[[], None] = lambda: None) -> dict[str, int]:
    """Put a built and audited file in the place of the published one; return the rows of its contract tables.

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
    """Check the contract, write everything into the one file, close it."""
    import duckdb  # noqa: PLC0415

    if not build_file.is_file():
        raise BuildFailedError(f"Nothing to publish: {build_file} is not there. Run the whole job `build_warehouse`.")
    with duckdb.connect(str(build_file)) as connection:
        listed = connection.execute("select table_name from information_schema.tables where table_schema = 'main'").fetchall()
        macros = connection.execute("select function_name from duckdb_functions() where schema_name = 'main' and not internal")
        there = {name for (name,) in [*listed, *macros.fetchall()]}
        missing = [name for name in (*CONTRACT, *CONTRACT_MACROS) if name not in there]
        if missing:
            raise BuildFailedError(
                f"The build is not complete and is not published; it lacks {', '.join(missing)}. Run the whole job "
                "`build_warehouse`: a run of some models cannot be published."
            )
        counts = {name: _count(connection, name) for name in CONTRACT}
        connection.execute("checkpoint")
    if build_file.with_suffix(".duckdb.wal").exists():
        raise BuildFailedError(
            f"{build_file} was not written whole: its write-ahead log is still there. Another reader has it open."
        )
    return counts


def _check_portable(build_file: Path) -> None:
    """Every view and macro must work when the file has another name: dbt writes the catalog's name, which is the file's."""
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
