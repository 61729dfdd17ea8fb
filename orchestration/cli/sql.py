"""`tieout sql`: read-only SQL on the published warehouse.

Belongs here: its options and help, the prompt, and what is refused of a query. Does not belong here: how rows look
(`terminal/rows.py`).
"""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.exits import complain
from orchestration.cli.options import WarehouseOption, open_read_only
from orchestration.store.errors import TieoutError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class RowFormat(StrEnum):
    """How `tieout sql` writes rows."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def sql(
    query: Annotated[str | None, typer.Argument(metavar="QUERY", help="The query. Without it: stdin, or a prompt.")] = None,
    warehouse: WarehouseOption = None,
    form: Annotated[
        RowFormat, typer.Option("--format", help="`table` for people; `csv`; `json`: one object a line.")
    ] = RowFormat.TABLE,
) -> None:
    """Ask the published warehouse in SQL. Read-only: no query can change it, or touch another file.

    One statement a query. Put ` -- ` between the options and a query that begins with a dash, as an SQL comment does:
    it is taken for an option else.

    **Examples**

    `tieout sql "select period_end, revenues, net_income from fact_quarterly_results where is_current order by 1"`

    `tieout sql --format csv "from dim_compound" > compounds.csv`

    `echo "show all tables" | tieout sql`
    """
    with open_read_only(warehouse) as con:
        if query is not None or not sys.stdin.isatty():
            _answer(con, sys.stdin.read() if query is None else query, form)
        else:
            _converse(con, form)


def _answer(con: DuckDBPyConnection, query: str, form: RowFormat) -> None:
    import duckdb  # noqa: PLC0415

    from orchestration.cli.terminal.rows import write_rows  # noqa: PLC0415

    if not query.strip():
        raise typer.BadParameter("the query is empty", param_hint="QUERY")
    try:
        statements = con.extract_statements(query)
        # DuckDB makes two statements of one `pivot`, both without a text of their own.
        texts = {statement.query for statement in statements}
        if len(texts) != 1:
            many = f"holds {len(texts)} statements" if texts else "holds no statement, only comments"
            raise TieoutError(f"the query {many}; nothing was run. Give one statement at a time")
        cursor = con.execute(query)
        names = [column[0] for column in cursor.description or ()]
        batches = iter(lambda: cursor.fetchmany(10_000), [])
        write_rows(names, (row for batch in batches for row in batch), form.value)
    except duckdb.Error as error:
        raise TieoutError(f"DuckDB says: {str(error).strip()}") from error


def _converse(con: DuckDBPyConnection, form: RowFormat) -> None:
    """A prompt: a statement ends with `;` or an empty line; `.quit` or the end of input leaves."""
    import contextlib  # noqa: PLC0415

    with contextlib.suppress(ImportError):
        import readline  # noqa: F401, PLC0415 - gives input() its line editing
    typer.echo("Read-only SQL on the warehouse. End a query with ';'. 'show all tables' lists them; .quit leaves.", err=True)
    lines: list[str] = []
    while True:
        try:
            line = input("tieout> " if not lines else "   ...> ")
        except EOFError:
            return
        if line.strip() in (".quit", ".exit", "exit", "quit"):
            return
        lines.append(line)
        if line.rstrip().endswith(";") or not line.strip():
            statement, lines = "\n".join(lines), []
            if statement.strip():
                try:
                    _answer(con, statement, form)
                except TieoutError as error:
                    complain(str(error))
