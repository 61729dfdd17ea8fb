"""The `tieout` command: what a person types, and what is answered.

Belongs here: commands, their options and help, exit codes, and the one line that says what went wrong. Does not belong
here: how answers look on a terminal (`terminal.py`), how a number's story is put together (`explain/explain.py`), building,
gating or opening a warehouse (`defs/run.py`, `warehouse/warehouse.py`).

Exit codes: 0 done; 1 a gate failed, nothing was published, or something could not be read or found; 2 the command line
is wrong; 130 interrupted. Everything that costs time to import is imported inside the command that needs it.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from orchestration.store.errors import TieoutError
from orchestration.store.paths import Places

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from expectations.results import GateResult
    from expectations.suite import Stage
    from orchestration.defs.run import BuildReport

FAILED, INTERRUPTED = 1, 130
_QUARANTINED_SHOWN = 5

app = typer.Typer(
    name="tieout",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class ReadFormat(StrEnum):
    """How `tieout read` writes a reading."""

    JSON = "json"
    TABLE = "table"


class RowFormat(StrEnum):
    """How `tieout sql` writes rows."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


RawOption = Annotated[
    Path | None,
    typer.Option("--raw", metavar="DIR", envvar="TIEOUT_RAW", help="The folder of filings. Default: data/raw of the project."),
]
WarehouseOption = Annotated[
    Path | None,
    typer.Option(
        "--warehouse",
        metavar="FILE",
        envvar="TIEOUT_WAREHOUSE",
        help="The warehouse. Default: data/warehouse/tieout.duckdb of the project.",
    ),
]


@app.callback(invoke_without_command=True)
def tieout(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
    debug: Annotated[
        bool, typer.Option("--debug", envvar="TIEOUT_DEBUG", help="Show the traceback of an error, not only its one line.")
    ] = False,
) -> None:
    """Earnings releases in, a DuckDB warehouse out, every number tied out to its source and its proof.

    `tieout build` makes the warehouse, `tieout sql` asks it, `tieout explain` shows why a number can be believed.
    """
    if debug:
        os.environ["TIEOUT_DEBUG"] = "1"
    if version:
        from importlib.metadata import version as version_of  # noqa: PLC0415

        typer.echo(f"tieout {version_of('tieout')}")
        raise typer.Exit


@app.command()
def build(
    raw: RawOption = None,
    warehouse: WarehouseOption = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, metavar="N", help="Processes that read filings. Default: chosen by their number."),
    ] = None,
) -> None:
    """Read what is new, build the warehouse, audit it, and publish it.

    Nothing is published unless every gate passes: whoever reads the published warehouse never sees a half-built one, and
    after a failure or Ctrl-C finds it as it was.

    Exit code 0: published. 1: a gate failed, or nothing could be built; nothing was published.

    **Examples**

    `tieout build`

    `tieout build --raw ~/filings --warehouse ~/tieout.duckdb --jobs 4`
    """
    from orchestration.cli.terminal import BuildProgress, show_build  # noqa: PLC0415

    places = Places.of(raw, warehouse)
    if places.warehouse.is_dir():
        raise typer.BadParameter(f"{places.warehouse} is a folder; name the file to publish in it", param_hint="--warehouse")
    with BuildProgress() as progress:
        from orchestration.defs.run import build as run_build  # noqa: PLC0415

        try:
            report = run_build(places.raw, places.warehouse, jobs, progress)
        except KeyboardInterrupt as interrupt:
            _stop(f"interrupted; {str(interrupt) or _untouched(places)}", INTERRUPTED)
    summary = None
    if report.published is not None:
        from orchestration.warehouse.summary import summarise  # noqa: PLC0415

        with _opened(report.published) as con:
            summary = summarise(con)
    show_build(report, summary, _kept_out(report))
    if report.interrupted and report.published is not None:
        _stop("interrupted after the warehouse was published, see above", INTERRUPTED)
    if report.interrupted:
        _stop(f"interrupted; {_untouched(places)}", INTERRUPTED)
    if report.published is None:
        _stop(f"{_untouched(places)}: {_why(report)}", FAILED)


def _kept_out(report: BuildReport) -> list[tuple[str, str]]:
    """Some of the filings that a failed build quarantined, with the reasons: often they are why its gate failed."""
    if report.published is not None or report.build_file is None or not report.quarantined:
        return []
    with _opened(report.build_file) as con:
        return con.execute(
            "select source, coalesce(reason, '') from staging.filings where status = 'quarantined' order by 1 limit ?",
            [_QUARANTINED_SHOWN],
        ).fetchall()


def _untouched(places: Places) -> str:
    return "nothing was published" + (f", {places.warehouse} is as it was" if places.warehouse.exists() else "")


def _why(report: BuildReport) -> str:
    """Why a build failed: the suites at fault where a gate did, which were listed in full before, else what was said."""
    failed = [f"{gate.stage}/{gate.suite}" for gate in report.gates if not gate.passed and gate.severity == "critical"]
    if not failed:
        return f"{report.failed_step or 'the build'} failed: {report.message}"
    look = f"; `tieout gate --warehouse {report.build_file}` lists every row" if report.build_file else ""
    return f"the gate failed on {', '.join(failed)}, see above{look}"


@app.command()
def fetch(  # noqa: PLR0913, PLR0917 - one parameter an option
    companies: Annotated[list[str], typer.Argument(metavar="COMPANY", help="Tickers and CIKs.")],
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Filed then or later: 2004-01-01.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Filed then or earlier.")] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="The newest N of each company. Default: all.")
    ] = None,
    recheck: Annotated[
        bool, typer.Option("--recheck", help="Ask again for what is there, and keep what has changed beside it.")
    ] = False,
    raw: RawOption = None,
) -> None:
    """Bring the earnings releases of companies from EDGAR into the raw folder.

    Every 8-K and 8-K/A with Item 2.02 (Item 12 before August 2004), as EDGAR's full submission text. What is there is not
    fetched again. EDGAR wants to know who asks: set `TIEOUT_EDGAR_IDENTITY` to a name and an e-mail address.

    Exit code 0: all that was found is there. 1: something could not be had, and is named. 2: nothing was asked.

    **Examples**

    `tieout fetch IMGN`

    `tieout fetch 855654 BIIB --since 2004-01-01 --until 2013-12-31`

    `tieout fetch IMGN --limit 4`
    """
    from orchestration.cli.terminal import BuildProgress, safe  # noqa: PLC0415
    from orchestration.edgar.errors import EdgarSetupError  # noqa: PLC0415
    from orchestration.edgar.fetch import fetch as bring  # noqa: PLC0415
    from orchestration.edgar.settings import from_environment  # noqa: PLC0415
    from orchestration.edgar.submissions import Window  # noqa: PLC0415
    from orchestration.edgar.summary import lines  # noqa: PLC0415

    window = Window(_day(since, "--since"), _day(until, "--until"), limit)
    if window.since and window.until and window.since > window.until:
        raise typer.BadParameter("--since is later than --until: no day lies between", param_hint="--since")
    try:
        settings = from_environment()
        with BuildProgress() as progress:
            report = bring(companies, Places.of(raw).raw, settings, window, progress, recheck=recheck)
    except EdgarSetupError as error:
        _stop(str(error), 2)
    except KeyboardInterrupt:
        _stop("interrupted; what was fetched is whole, run it again for the rest", INTERRUPTED)
    for line in lines(report):
        typer.echo(safe(line))
    if report.troubles:
        things = "1 thing" if len(report.troubles) == 1 else f"{len(report.troubles):,} things"
        _stop(f"{things} could not be had, listed above; what was fetched is kept", FAILED)


def _day(said: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise typer.BadParameter(f"{said!r} is no day; write it as 2004-01-01", param_hint=option) from None


@app.command()
def read(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Filings as they came: text, HTML or full submission; `-` is standard input."),
    ],
    form: Annotated[
        ReadFormat, typer.Option("--format", help="`json`: one object a line for each file. `table`: for people.")
    ] = ReadFormat.JSON,
) -> None:
    """Read filings and write what they state to stdout. Nothing is stored.

    A file that cannot be read is named on stderr, the others are still read, and the exit code is 1. A file that is read
    but is no earnings release has `status` `quarantined` and a `reason` in its `filing`, and is named on stderr too.

    **Examples**

    `tieout read data/raw/immunogen/immunogen-2011-04-28.txt --format table`

    `tieout read filings/*.htm > readings.ndjson`
    """
    failures = 0
    for number, path in enumerate(files):
        try:
            raw = _filing_bytes(path, is_again=path in files[:number])
        except TieoutError as refusal:
            failures += 1
            _complain(str(refusal))
            continue
        _write_reading(path, raw, form)
    if failures:
        raise typer.Exit(FAILED)


def _filing_bytes(path: Path, *, is_again: bool = False) -> bytes:
    """The bytes of one file named on the command line. Raises TieoutError where there are none to be had."""
    from orchestration.filings.documents.decode import MAX_BYTES  # noqa: PLC0415

    if str(path) == "-":
        if is_again:
            raise TieoutError("-: standard input was read already; name it once")
        raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise TieoutError(f"-: standard input has more than the limit of {MAX_BYTES:,} bytes; give it the release alone")
        if not raw:
            raise TieoutError("-: standard input is empty; check the command before the pipe")
        return raw
    try:
        if path.is_dir():
            raise TieoutError(f"{path}: is a folder; name the files in it, as in `tieout read {path}/*`")
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise TieoutError(f"{path}: is no regular file (a pipe or a device); give it as `-`: `tieout read - < {path}`")
        size = found.st_size
        if size > MAX_BYTES:
            raise TieoutError(
                f"{path}: has {size:,} bytes, the limit is {MAX_BYTES:,}; keep the release, leave out its pictures"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise TieoutError(f"{path}: there is no such file; check the path") from None
    except PermissionError:
        raise TieoutError(f"{path}: may not be read; check its permissions") from None
    except OSError as error:
        raise TieoutError(f"{path}: cannot be read: {error.strerror or error}") from None


def _write_reading(path: Path, raw: bytes, form: ReadFormat) -> None:
    from orchestration.filings.reader import read_filing  # noqa: PLC0415

    reading = read_filing(raw, str(path))
    if form is ReadFormat.JSON:
        from orchestration.cli.terminal import reading_as_json  # noqa: PLC0415

        sys.stdout.buffer.write(reading_as_json(reading, str(path)))
        sys.stdout.buffer.flush()
    else:
        from orchestration.cli.terminal import show_reading  # noqa: PLC0415

        show_reading(reading)
    if reading.filing.status != "accepted":
        _complain(f"{path}: quarantined: {reading.filing.reason}")


@app.command()
def gate(
    warehouse: WarehouseOption = None,
    docs: Annotated[
        Path | None, typer.Option("--docs", metavar="DIR", help="Also write the results there as HTML (index.html).")
    ] = None,
) -> None:
    """Run the audits of the build again, against a published warehouse, and list what fails.

    Exit code 0: all passed. 1: something critical failed, or the file is of a build that stopped before its marts were
    built: then staging alone is audited. Warnings are for a person to judge and do not fail the gate.

    **Examples**

    `tieout gate`

    `tieout gate --warehouse other.duckdb --docs reports`
    """
    from orchestration.cli.terminal import show_gate  # noqa: PLC0415
    from orchestration.warehouse.warehouse import missing_marts  # noqa: PLC0415

    with _opened(warehouse) as con:
        missing = missing_marts(con)
        results = _run_gates(con, docs, ("staging",) if missing else ("staging", "marts"))
    show_gate(results)
    if missing:
        bad = "" if all(result.success for result in results) else "the gate failed on staging, listed above; "
        _stop(f"{bad}the marts of this file were not built ({len(missing)} tables missing): only staging was audited", FAILED)
    if not all(result.success for result in results):
        failed = sum(len(result.failures) for result in results)
        _stop(f"the gate failed: {failed} expectation{'s' if failed != 1 else ''} not met, listed above", FAILED)


def _run_gates(con: DuckDBPyConnection, docs: Path | None, stages: Sequence[Stage]) -> Sequence[GateResult]:
    from expectations.validate import validate  # noqa: PLC0415

    return [validate(stage, lambda query: con.execute(query).df(), docs) for stage in stages]


@app.command()
def explain(
    company: Annotated[str, typer.Argument(metavar="COMPANY", help="Ticker, CIK, commission file number or name.")],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="2007Q2 or FY2007 (fiscal), or the day it ends: 2006-12-31.")],
    concept: Annotated[
        str, typer.Argument(metavar="CONCEPT", help="us-gaap name, column of fact_quarterly_results, or words of the line.")
    ],
    warehouse: WarehouseOption = None,
    raw: RawOption = None,
) -> None:
    """Show where a number stands in its filing, and what proves it.

    The line of the filing with the number marked, the identities it takes part in with their figures, what was told of it
    in prose, what else was weighed, and what was known of it when. A quarter that no filing prints shows the two printed
    values whose difference it is.

    **Examples**

    `tieout explain IMGN 2011Q3 Revenues`

    `tieout explain IMGN 2006-12-31 cash`

    `tieout explain ImmunoGen FY2007Q1 net_income`
    """
    from orchestration.cli.terminal import show_story  # noqa: PLC0415
    from orchestration.explain.explain import explain as tell  # noqa: PLC0415

    places = Places.of(raw, warehouse)
    with _opened(warehouse) as con:
        story = tell(con, places.raw, company, period, concept)
    show_story(story)


@app.command()
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
    with _opened(warehouse) as con:
        if query is not None or not sys.stdin.isatty():
            _answer(con, sys.stdin.read() if query is None else query, form)
        else:
            _converse(con, form)


def _opened(warehouse: Path | None) -> DuckDBPyConnection:
    """The warehouse, read-only, with DuckDB's doors to the file system and the network shut for good."""
    from orchestration.warehouse.warehouse import open_warehouse  # noqa: PLC0415

    con = open_warehouse(Places.of(None, warehouse).warehouse)
    con.execute("set enable_external_access = false; set lock_configuration = true")
    return con


def _answer(con: DuckDBPyConnection, query: str, form: RowFormat) -> None:
    import duckdb  # noqa: PLC0415

    from orchestration.cli.terminal import write_rows  # noqa: PLC0415

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
                    _complain(str(error))


def _complain(message: str) -> None:
    """One line on stderr; what a filing or a file name put into it cannot steer the terminal."""
    from orchestration.cli.terminal import safe  # noqa: PLC0415

    typer.echo(f"tieout: {safe(message)}", err=True)


def _stop(message: str, code: int) -> NoReturn:
    _complain(message)
    raise typer.Exit(code)


def main() -> None:
    """Entry point of the `tieout` command: runs it, and turns what goes wrong into one line and an exit code."""
    try:
        app()
    except KeyboardInterrupt:
        _leave("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would complain once more when it flushes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except TieoutError as error:
        _reraise_if_debugging()
        _leave(str(error), FAILED)
    except Exception as error:  # noqa: BLE001 - the last stop: shown in full with --debug, never swallowed
        _reraise_if_debugging()
        if type(error).__name__ in ("BinderException", "CatalogException"):  # DuckDB's, named so as not to import it here
            said = str(error).splitlines()[0]
            _leave(f"the file is no warehouse of this version of tieout; build it anew: `tieout build` ({said})", FAILED)
        _leave(f"unexpected {type(error).__name__}: {error}. `tieout --debug ...` shows where; please report it", FAILED)


def _reraise_if_debugging() -> None:
    if os.environ.get("TIEOUT_DEBUG"):
        raise  # noqa: PLE0704 - called from the except blocks of main alone


def _leave(message: str, code: int) -> NoReturn:
    _complain(message)
    sys.exit(code)


if __name__ == "__main__":
    main()
