"""`tieout read`: what filings state, on stdout; nothing is stored.

Belongs here: its options and help, and getting the bytes of a file a person names. Does not belong here: reading them
(`filings/reader.py`), or how a reading looks (`terminal/reading.py`).
"""

from __future__ import annotations

import stat
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.exits import FAILED, complain
from orchestration.store.errors import TieoutError


class ReadFormat(StrEnum):
    """How `tieout read` writes a reading."""

    JSON = "json"
    TABLE = "table"


def read(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Filings as they came: text, HTML or full submission; `-` is standard input."),
    ],
    form: Annotated[
        ReadFormat | None,
        typer.Option("--format", help="`json`, the default: one object a line for each file. `table`: for people."),
    ] = None,
    trace: Annotated[
        bool,
        typer.Option(
            "--trace", help="Print what every pass did to the tables instead; with `--format json`, beside the reading."
        ),
    ] = False,
) -> None:
    """Read filings and write what they state to stdout. Nothing is stored.

    A file that cannot be read is named on stderr, the others are still read, and the exit code is 1. A file that is read
    but is no earnings release has `status` `quarantined` and a `reason` in its `filing`, and is named on stderr too.

    **Examples**

    `tieout read data/raw/immunogen/immunogen-2011-04-28.txt --format table`

    `tieout read filings/*.htm > readings.ndjson`

    `tieout read --trace release.htm`
    """
    failures = 0
    for number, path in enumerate(files):
        try:
            raw = _filing_bytes(path, is_again=path in files[:number])
        except TieoutError as refusal:
            failures += 1
            complain(str(refusal))
            continue
        _write_reading(path, raw, form, is_traced=trace)
    if failures:
        raise typer.Exit(FAILED)


def _filing_bytes(path: Path, *, is_again: bool = False) -> bytes:
    """The bytes of one file named on the command line. Raises TieoutError where there are none to be had."""
    if str(path) == "-":
        return _standard_input(is_again=is_again)
    try:
        return _file_bytes(path)
    except FileNotFoundError:
        raise TieoutError(f"{path}: there is no such file; check the path") from None
    except PermissionError:
        raise TieoutError(f"{path}: may not be read; check its permissions") from None
    except OSError as error:
        raise TieoutError(f"{path}: cannot be read: {error.strerror or error}") from None


def _standard_input(*, is_again: bool) -> bytes:
    from orchestration.filings.documents.decode import MAX_BYTES  # noqa: PLC0415

    if is_again:
        raise TieoutError("-: standard input was read already; name it once")
    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise TieoutError(f"-: standard input has more than the limit of {MAX_BYTES:,} bytes; give it the release alone")
    if not raw:
        raise TieoutError("-: standard input is empty; check the command before the pipe")
    return raw


def _file_bytes(path: Path) -> bytes:
    from orchestration.filings.documents.decode import MAX_BYTES  # noqa: PLC0415

    if path.is_dir():
        raise TieoutError(f"{path}: is a folder; name the files in it, as in `tieout read {path}/*`")
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise TieoutError(f"{path}: is no regular file (a pipe or a device); give it as `-`: `tieout read - < {path}`")
    size = found.st_size
    if size > MAX_BYTES:
        raise TieoutError(f"{path}: has {size:,} bytes, the limit is {MAX_BYTES:,}; keep the release, leave out its pictures")
    return path.read_bytes()


def _write_reading(path: Path, raw: bytes, form: ReadFormat | None, *, is_traced: bool) -> None:
    from orchestration.filings.company.identity import with_company  # noqa: PLC0415
    from orchestration.filings.reader import read_filing  # noqa: PLC0415
    from orchestration.filings.tables.passes import Runner  # noqa: PLC0415
    from orchestration.filings.tables.trace import Trace  # noqa: PLC0415
    from orchestration.store.known_companies import of_vocabulary  # noqa: PLC0415

    trace = Trace() if is_traced else None
    reading = with_company(read_filing(raw, str(path), runner=Runner(trace=trace)), tuple(of_vocabulary()))
    if form is ReadFormat.JSON or (form is None and trace is None):
        from orchestration.cli.terminal.reading import reading_as_json  # noqa: PLC0415

        sys.stdout.buffer.write(reading_as_json(reading, str(path), trace))
        sys.stdout.buffer.flush()
    elif trace is not None:
        from orchestration.cli.terminal.trace import show_trace  # noqa: PLC0415

        show_trace(trace, str(path))
    else:
        from orchestration.cli.terminal.reading import show_reading  # noqa: PLC0415

        show_reading(reading)
    if reading.filing.status != "accepted":
        complain(f"{path}: quarantined: {reading.filing.reason}")
