"""Rows as a table for people, as CSV, or as JSON.

Belongs here: layout of rows and of their items. Does not belong here: where the rows come from.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orchestration.cli.terminal.json_lines import json_line
from orchestration.cli.terminal.text import exact, safe

if TYPE_CHECKING:
    from rich.console import Console


def stdout_console() -> Console:
    """The console answers are written to. Off a terminal it is wide, so that no row is cut or wrapped."""
    from rich.console import Console  # noqa: PLC0415

    return Console(markup=False, highlight=False, emoji=False, width=None if sys.stdout.isatty() else 200)


def show_rows(console: Console, names: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
    """Rows as a table, numbers to the right, text of filings made safe."""
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    shown = list(rows)
    table = Table(title=title, title_justify="left")
    for index, name in enumerate(names):
        is_number = any(isinstance(row[index], (int, Decimal, float)) and not isinstance(row[index], bool) for row in shown)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in shown:
        table.add_row(*(Text(cell_text(item)) for item in row))
    console.print()
    console.print(table)


def cell_text(item: object) -> str:
    """One item of a row as text: nothing for NULL, exact numbers, lists joined."""
    if item is None:
        return ""
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, Decimal):
        return exact(item)
    if isinstance(item, (tuple, list)):
        return ", ".join(cell_text(part) for part in item)
    return safe(item)


def write_rows(names: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> None:
    """The rows of a query on stdout, as `table`, `csv` or `json` (one object a line, decimals exact)."""
    if form == "json":
        keys = _distinct(names)
        for row in rows:
            sys.stdout.buffer.write(json_line(dict(zip(keys, row, strict=True))))
        sys.stdout.buffer.flush()
    elif form == "csv":
        import csv  # noqa: PLC0415

        shown = safe if sys.stdout.isatty() else str
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([shown(name) for name in names])
        writer.writerows([_csv_text(item, shown) for item in row] for row in rows)
    elif names:
        show_rows(stdout_console(), names, rows)


def _distinct(names: Sequence[str]) -> list[str]:
    """Column names as keys: a name that comes again gets a number, so that no column is lost."""
    seen: dict[str, int] = {}
    keys = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        keys.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return keys


def _csv_text(item: object, shown: Callable[[object], str]) -> str | None:
    """A field as it is; what a terminal would obey is made harmless only where the reader is a terminal."""
    if isinstance(item, Decimal):
        return exact(item)
    if isinstance(item, (list, tuple)):
        return ", ".join(map(shown, item))
    return None if item is None else shown(item)
