"""What came of the audit of a stage: of a gate, or of the tests that dbt runs with its models.

Belongs here: both in one shape, with the rows that break a rule. Does not belong here: running them, or whose fault the rows
are (`judgement.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.warehouse.dbt_runner import NodeResult
from orchestration.warehouse.suspects import BrokenRow, rows_of_test

if TYPE_CHECKING:
    from expectations.results import GateResult


@dataclass(frozen=True, slots=True)
class AuditOutcome:
    """The audit of a stage (`staging`, `models` or `marts`): whether it passed, the rows that broke a rule, and what it said.

    It failed without a row where the warehouse itself is broken.
    """

    stage: str
    success: bool
    said: str = ""
    broken_rows: tuple[BrokenRow, ...] = ()
    gate: GateResult | None = None
    nodes: tuple[NodeResult, ...] = ()


def gate_rule(stage: str, suite: str, expectation: str = "") -> str:
    """The name of a rule of a gate; without an expectation, of all rules of a suite."""
    return f"{stage}/{suite}/{expectation}"


def dbt_rule(test: str) -> str:
    """The name of a dbt test as a rule."""
    return f"dbt/{test}"


def of_gate(result: GateResult) -> AuditOutcome:
    """The outcome of a gate."""
    rows = tuple(
        BrokenRow(gate_rule(result.stage, one.suite, one.expectation), one.meaning, cells)
        for one in result.failures
        if one.judges_rows
        for cells in one.broken_rows
    )
    said = "; ".join(one.message for one in result.failures)
    return AuditOutcome(result.stage, result.success, said, rows, gate=result)


def of_nodes(file: Path, nodes: Sequence[NodeResult]) -> AuditOutcome:
    """The outcome of a dbt run: the rows of each test that failed, found again in the file it ran over."""
    bad = [node for node in nodes if node.is_bad]
    rows = tuple(
        row
        for node in bad
        if node.query
        for row in rows_of_test(file, dbt_rule(node.name), node.meaning or node.name, node.query)
    )
    said = "; ".join(f"{node.name}: {node.message or node.status}" for node in bad)
    return AuditOutcome("models", not bad, said, rows, nodes=tuple(nodes))
