"""The `tieout` command put together from its commands.

Belongs here: the options of `tieout` itself, and the order of the commands in its help. Does not belong here: a command
(a module each), how one ends (`exits.py`), how answers look (`terminal/`).

What costs time to import is imported inside the command that needs it, so that help and `read` start at once.
"""

from __future__ import annotations

import os
from typing import Annotated

import typer

from orchestration.cli.add import add
from orchestration.cli.build import build
from orchestration.cli.exits import run
from orchestration.cli.explain import explain
from orchestration.cli.fetch import fetch
from orchestration.cli.gate import gate
from orchestration.cli.read import read
from orchestration.cli.sql import sql

app = typer.Typer(
    name="tieout",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


for _command in (build, fetch, add, read, gate, explain, sql):
    app.command()(_command)


def main() -> None:
    """Entry point of the `tieout` command."""
    run(app)
