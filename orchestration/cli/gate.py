"""`tieout gate`: the audits of a build again, against a published warehouse.

Belongs here: its options and help, and which audits a file can be put to. Does not belong here: the audits
(`expectations/`), or how their outcome looks (`terminal/gate.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.exits import FAILED, stop
from orchestration.cli.options import WarehouseOption, open_read_only

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from expectations.suite import Stage
    from expectations.validate import GateResult


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
    from orchestration.cli.terminal.gate import show_gate  # noqa: PLC0415
    from orchestration.warehouse.contract import missing_marts  # noqa: PLC0415

    with open_read_only(warehouse) as con:
        missing = missing_marts(con)
        results = _run_gates(con, docs, ("staging",) if missing else ("staging", "marts"))
    show_gate(results)
    if missing:
        bad = "" if all(result.success for result in results) else "the gate failed on staging, listed above; "
        stop(f"{bad}the marts of this file were not built ({len(missing)} tables missing): only staging was audited", FAILED)
    if not all(result.success for result in results):
        failed = sum(len(result.failures) for result in results)
        stop(f"the gate failed: {failed} expectation{'s' if failed != 1 else ''} not met, listed above", FAILED)


def _run_gates(con: DuckDBPyConnection, docs: Path | None, stages: Sequence[Stage]) -> Sequence[GateResult]:
    from expectations.validate import validate  # noqa: PLC0415

    return [validate(stage, lambda query: con.execute(query).df(), docs) for stage in stages]
