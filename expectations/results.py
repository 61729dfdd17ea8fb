"""What comes of a gate: its suites, and the expectations that were not met.

Belongs here: the shape of a result. Does not belong here: running a suite (`validate.py`), showing a result (`data_docs.py`,
`orchestration/cli/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from expectations.suite import ExpectationSeverity, Stage


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that was not met: what was expected, how many rows broke it, and the first twenty of them by name.

    `broken_rows` are all of them. `judges_rows` is False where it is the warehouse itself that is broken.
    """

    suite: str
    expectation: str
    column: str | None
    severity: ExpectationSeverity
    message: str
    unexpected_count: int
    rows: tuple[dict[str, Any], ...] = ()
    meaning: str = ""
    judges_rows: bool = True
    broken_rows: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What came of one suite; `failures` are critical, `warnings` are not."""

    name: str
    table: str
    success: bool
    rows_checked: int
    expectations: int
    failures: tuple[Failure, ...] = ()
    warnings: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class GateResult:
    """What came of a gate. `success` is False where any suite has a critical failure."""

    stage: Stage
    success: bool
    suites: tuple[SuiteResult, ...]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The critical failures of all suites."""
        return tuple(failure for suite in self.suites for failure in suite.failures)

    @property
    def warnings(self) -> tuple[Failure, ...]:
        """The warnings of all suites."""
        return tuple(warning for suite in self.suites for warning in suite.warnings)
