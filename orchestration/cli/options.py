"""What several commands ask for: the raw folder, and the warehouse, which they open to read.

Belongs here: options that more than one command has, and opening the warehouse one of them names. Does not belong here:
options of one command (its own module), where the folders lie by default (`store/paths.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.advice import RAW_VARIABLE, WAREHOUSE_VARIABLE, raw_in_use, warehouse_in_use
from orchestration.store.paths import Places

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

RawOption = Annotated[
    Path | None,
    typer.Option(
        "--raw",
        metavar="DIR",
        envvar=RAW_VARIABLE,
        callback=raw_in_use,
        help="The folder of filings. Default: data/raw of the project.",
    ),
]
WarehouseOption = Annotated[
    Path | None,
    typer.Option(
        "--warehouse",
        metavar="FILE",
        envvar=WAREHOUSE_VARIABLE,
        callback=warehouse_in_use,
        help="The warehouse. Default: data/warehouse/tieout.duckdb of the project.",
    ),
]


def open_read_only(warehouse: Path | None) -> DuckDBPyConnection:
    """The warehouse in `warehouse`, else the default one, read-only; no query can reach the file system or the network.

    Raises TieoutError where there is no warehouse to read.
    """
    from orchestration.warehouse.connection import open_warehouse  # noqa: PLC0415

    con = open_warehouse(Places.of(None, warehouse).warehouse)
    con.execute("set enable_external_access = false; set lock_configuration = true")
    return con
