"""What the audits of a warehouse found.

Belongs here: their layout on stdout. Does not belong here: running them (`expectations/validate.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from orchestration.cli.terminal.rows import cell_text, show_rows, stdout_console
from orchestration.cli.terminal.text import safe

if TYPE_CHECKING:
    from expectations.validate import Failure, GateResult


def show_gate(results: Sequence[GateResult]) -> None:
    """The gate as a table of suites, then each thing that was not met with the rows that broke it."""
    suites = [(result.stage, suite) for result in results for suite in result.suites]
    show_rows(
        stdout_console(),
        ("stage", "suite", "table", "rows", "expectations", "failed", "warnings", ""),
        [
            (
                stage,
                suite.name,
                suite.table,
                suite.rows_checked,
                suite.expectations,
                len(suite.failures),
                len(suite.warnings),
                ("passed" if suite.rows_checked else "no rows") if suite.success else "FAILED",
            )
            for stage, suite in suites
        ],
    )
    for _, suite in suites:
        for failure in (*suite.failures, *suite.warnings):
            _show_failure(failure)


def _show_failure(failure: Failure) -> None:
    print(f"\n{failure.severity}: {failure.suite}/{failure.expectation}\n  {safe(failure.message)}")
    for row in failure.rows:
        print("    " + ", ".join(f"{name}={cell_text(item)}" for name, item in row.items()))
    if failure.unexpected_count > len(failure.rows) > 0:
        print(f"    and {failure.unexpected_count - len(failure.rows):,} more")
