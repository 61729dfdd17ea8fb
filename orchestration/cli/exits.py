"""How a command ends: exit codes, and the one line on stderr that says what went wrong.

Belongs here: turning exceptions into that line and an exit code. Does not belong here: the exceptions (`store/errors.py`),
or what a command says when all goes well.

Exit codes: 0 done; 1 a gate failed, nothing was published, or something could not be read or found; 2 the command line
is wrong; 3 published, with filings newly kept out; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

import typer

from orchestration.cli.advice import advised
from orchestration.cli.terminal.text import safe
from orchestration.store.errors import TieoutError

if TYPE_CHECKING:
    from collections.abc import Callable

FAILED, USAGE, NEWLY_KEPT_OUT, INTERRUPTED = 1, 2, 3, 130


def complain(message: str) -> None:
    """One line on stderr; what a filing or a file name put into it cannot steer the terminal.

    A command that it advises gets the paths in use.
    """
    typer.echo(f"tieout: {safe(advised(message))}", err=True)


def stop(message: str, code: int) -> NoReturn:
    """Say `message` on stderr and end the command with `code`."""
    complain(message)
    raise typer.Exit(code)


def run(command: Callable[[], object]) -> None:
    """Run the whole command line `command`; whatever it raises becomes one line on stderr and an exit code."""
    try:
        command()
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
        raise  # noqa: PLE0704 - called from the except blocks of run alone


def _leave(message: str, code: int) -> NoReturn:
    complain(message)
    sys.exit(code)
