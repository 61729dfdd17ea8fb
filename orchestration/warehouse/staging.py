"""Loading the staging tables of a new file from the readings.

Belongs here: which reading a filing is loaded from, and the statements that load it. Does not belong here: what the tables look
like (`staging_tables.py`), or how readings are stored (`store/readings.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from orchestration.filings.company.stated import KnownCompany
from orchestration.filings.records import Problem
from orchestration.store.errors import BuildFailedError
from orchestration.store.raw import RawListing
from orchestration.store.schema import arrow_struct, columns, parts
from orchestration.warehouse.broken_rules import BROKEN_RULES, BrokenRule
from orchestration.warehouse.company_placement import register_companies
from orchestration.warehouse.connection import row_count
from orchestration.warehouse.staging_tables import RAW_FILES, STAGING, TABLES, sql_type, staging_comments, staging_tables

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

    from orchestration.store.address import Address

# ruff: noqa: S608 -- identifiers cannot be parameters; every one put into a statement here is a name of our own records.


class BuildFindings(NamedTuple):
    """What a build knows of its filings that no reading holds.

    `again` are the addresses of second readings, which replace the first readings of their filings. A filing with
    `broken_rules` is quarantined by the first of them. `known` are companies known outside the filings; a filing whose company
    is in doubt is quarantined.
    """

    problems: Sequence[Problem] = ()
    again: Collection[Address] = ()
    broken_rules: Sequence[BrokenRule] = ()
    known: Sequence[KnownCompany] = ()


def create_staging(file: Path, listing: RawListing, chunks: Sequence[Path], findings: BuildFindings) -> dict[str, int]:
    """Load the staging tables of a new DuckDB file from the readings of the listed filings; return rows by table.

    Each table is sorted by its columns: the same readings give the same file row for row, however they are cut into chunks. Of
    two filings that claim one `filing_id` the first by (accepted, known_from, source) keeps it, and the
    other is quarantined. Raises `BuildFailedError` where a listed filing has no reading, or a second one is not there.
    """
    import duckdb  # noqa: PLC0415

    part = file.with_suffix(".partial")
    part.unlink(missing_ok=True)
    with duckdb.connect(str(part)) as connection:
        _create_tables(connection)
        _register(connection, listing, findings.problems, findings.again)
        _register_broken_rules(connection, findings.broken_rules)
        _choose_readings(connection, chunks, listing)
        register_companies(connection, chunks, findings.known)
        _load(connection, chunks)
        counts = {name: row_count(connection, f"{STAGING}.{name}") for name in staging_tables()}
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


def _register_broken_rules(connection: DuckDBPyConnection, broken_rules: Sequence[BrokenRule]) -> None:
    import pyarrow as pa  # noqa: PLC0415

    by_rule = sorted(broken_rules, key=lambda one: (one.round_no, one.rule), reverse=True)
    first = {one.filing_id: one.reason for one in by_rule}
    rows = [{"filing_id": filing_id, "why": f"gate_failed: {why}"} for filing_id, why in first.items()]
    schema = pa.schema([("filing_id", pa.string()), ("why", pa.string())])
    connection.register("kept_out", pa.Table.from_pylist(rows, schema=schema))
    names = [pa.field(column.name, pa.int64() if column.type is int else pa.string()) for column in BROKEN_RULES]
    table = pa.Table.from_pylist([one._asdict() for one in broken_rules], schema=pa.schema(names))
    connection.register("build_broken_rules", table)


def _problem_table(problems: Sequence[Problem]) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415

    rows = [{column.name: getattr(problem, column.name) for column in columns(Problem)} for problem in problems]
    return pa.Table.from_pylist(rows, schema=pa.schema(list(arrow_struct(Problem))))


def _choose_readings(connection: DuckDBPyConnection, chunks: Sequence[Path], listing: RawListing) -> None:
    """Make the temporary table `chosen`: for each listed filing one reading, its place in the chunks, and its `filing_id`.

    Of a filing that was read again with evidence the reading with that evidence, of every other its first. Of several files
    with one accession number, the first of those that say most is kept: a copy that was cut off has fewer values.
    """
    connection.execute(
        """
        create temporary table chosen as
        with found as (
            select r.sha256, r.source, r.filename, r.file_row_number, r.filing, r.evidence, len(r."values") as value_count
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
                order by filing.status <> 'accepted', filing.known_from nulls last, value_count desc, source
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


CLAIM = (
    "'claims the filing id ' || filing.filing_id || ' of ' || kept_source "
    "|| ', which was filed first or says more, with other bytes'"
)

LOAD_FILINGS = f"""
    insert into {STAGING}.filings by name
    with told as (
        select unnest(filing), chosen.filing_id as own_id, is_kept, {CLAIM} as claim, why
        from chosen left join kept_out on kept_out.filing_id = chosen.filing_id
    )
    select told.* exclude (own_id, is_kept, claim, why)
        replace (
            own_id as filing_id,
            if(is_kept and p.reason is null and why is null, status, 'quarantined') as status,
            if(is_kept, coalesce(why, told.reason, p.reason), source || ' ' || claim || '. Keep one of them.') as reason,
            if(p.filing_id is null, told.company_id, p.company_id) as company_id,
            if(p.filing_id is null, told.company_evidence, p.company_evidence) as company_evidence,
            coalesce(p.company_name, told.company_name) as company_name,
            coalesce(told.ticker, p.ticker) as ticker,
            if(told.ticker is null, p.exchange, told.exchange) as exchange
        )
    from told left join placements p on p.filing_id = told.own_id and told.is_kept
    order by all"""

LOAD_COMPANIES = f"insert into {STAGING}.companies by name select * from known_companies order by all"

LOAD_BROKEN_RULES = f"insert into {STAGING}.broken_rules by name select * from build_broken_rules order by all"

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
    select filing_id, 'error' as severity, 'gate_failed' as code, rule || ': ' || meaning || ' ' || broken_row as message
    from build_broken_rules
    union all by name
    select filing_id, 'error' as severity, 'duplicate_filing_id' as code, source || ' ' || {CLAIM} || '.' as message
    from chosen where not is_kept
    union all by name
    select * from company_questions
    order by all"""


def _load(connection: DuckDBPyConnection, chunks: Sequence[Path]) -> None:
    paths = [str(path) for path in chunks]
    connection.execute(LOAD_FILINGS)
    connection.execute(LOAD_RAW_FILES)
    connection.execute(LOAD_COMPANIES)
    connection.execute(LOAD_BROKEN_RULES)
    for part in parts():
        load = LOAD_PROBLEMS if part == "problems" else LOAD_PART.format(table=TABLES.get(part, part), part=part)
        connection.execute(load, [paths])
