"""The gate: the suites of a stage run by Great Expectations, for Dagster's checks and for `tieout gate` alike.

Belongs here: running suites over frames, and turning what failed into words. Does not belong here: what is expected
(`suites/`), the shape of a result (`results.py`), opening a warehouse (`orchestration/warehouse/`), printing
(`orchestration/cli/`).

Great Expectations costs five seconds to import, so it is imported in here and late; `suite_names` never does.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.data_docs import write
from expectations.identity_checks import row_dicts
from expectations.results import Failure, GateResult, SuiteResult
from expectations.suite import AT_FAULT, Expectation, Fetch, FrameSource, Stage, Suite
from expectations.suites import SUITES

if TYPE_CHECKING:
    import pandas as pd


ROWS_SHOWN = 20  # of the rows that break an expectation


@dataclass(frozen=True, slots=True)
class SuiteName:
    """A suite as far as an asset check must know it, without running anything. `table` is as it is queried."""

    name: str
    stage: Stage
    table: str
    blocking: bool
    description: str


def suite_names(stage: Stage | None = None) -> tuple[SuiteName, ...]:
    """The suites of a stage, or of both, in the order they run. Does not import Great Expectations."""
    return tuple(
        SuiteName(suite.name, suite.stage, suite.table, suite.is_blocking, suite.description)
        for suite in SUITES
        if stage in (None, suite.stage)
    )


def validate(stage: Stage, fetch: Fetch, docs_dir: Path | None = None, only: Collection[str] | None = None) -> GateResult:
    """Run the suites of a stage.

    `fetch` returns the pandas frame of a constant query. `only` names the suites to run. With `docs_dir`, the results are
    written there as HTML: `staging.html` or `marts.html`, and `index.html` over both.
    Raises ValueError for an unknown stage or suite, and whatever `fetch` raises.
    """
    suites = _chosen(stage, only)
    source = FrameSource(fetch)
    frames = [(suite, suite.frame(source)) for suite in suites]
    with _quiet():
        from expectations.gx_runner import run  # noqa: PLC0415  (imports Great Expectations)

        results = tuple(_result(suite, frame, run(suite, frame)) for suite, frame in frames)
    gate = GateResult(stage, all(result.success for result in results), results)
    if docs_dir is not None:
        write(docs_dir, gate, {suite.name: suite for suite in suites})
    return gate


def _chosen(stage: Stage, only: Collection[str] | None) -> list[Suite]:
    if stage not in ("staging", "marts"):
        raise ValueError(f"there is no stage {stage!r}: it is 'staging' or 'marts'")
    here = [suite for suite in SUITES if suite.stage == stage]
    unknown = sorted(set(only or ()) - {suite.name for suite in here})
    if unknown:
        raise ValueError(f"no suite of the stage {stage} is called {', '.join(unknown)}; `suite_names` lists them")
    return [suite for suite in here if only is None or suite.name in only]


@contextmanager
def _quiet() -> Iterator[None]:
    """Great Expectations without telemetry, chatter or warnings of its own; put back afterwards."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _result(suite: Suite, frame: pd.DataFrame, broken: dict[str, dict[str, Any]]) -> SuiteResult:
    """What Great Expectations found, in our words."""
    expectations = suite.all_expectations
    failed = [_failure(suite, frame, one, broken[one.name]) for one in expectations if one.name in broken]
    failures = tuple(failure for failure in failed if failure.severity == "critical")
    others = tuple(failure for failure in failed if failure.severity != "critical")
    return SuiteResult(suite.name, suite.table, not failures, len(frame), len(expectations), failures, others)


def _failure(suite: Suite, frame: pd.DataFrame, expectation: Expectation, outcome: dict[str, Any]) -> Failure:
    result = outcome.get("result") or {}
    broken = _named(suite, frame, expectation, result.get("partial_unexpected_index_list") or [])
    named = broken[:ROWS_SHOWN]
    count = int(result.get("unexpected_count", 1))
    column = expectation.column
    message = f"{suite.table}: not so: {expectation.meaning} {_what(result, outcome, named, count)}"
    meaning, judges_rows = expectation.meaning, expectation.judges_rows
    return Failure(
        suite.name, expectation.name, column, expectation.severity, message, count, named, meaning, judges_rows, broken
    )


def _named(suite: Suite, frame: pd.DataFrame, expectation: Expectation, places: list[int]) -> tuple[dict[str, Any], ...]:
    """The rows at `places`, by the columns that name a row of the suite and those that the expectation is about."""
    about = expectation.kwargs.get("column_list") or [expectation.kwargs.get("column")]
    columns = [name for name in dict.fromkeys((*suite.naming, *about, AT_FAULT)) if name in frame.columns]
    found = row_dicts(frame[columns].iloc[places])
    return tuple({name: cell for name, cell in row.items() if name != AT_FAULT or cell is not None} for row in found)


def _what(result: dict[str, Any], outcome: dict[str, Any], named: tuple[dict[str, Any], ...], count: int) -> str:
    if named:
        first = "; ".join(f"{name} {value}" for name, value in named[0].items())
        return f"{count} row{'s' if count > 1 else ''}, the first: {first}"
    if "observed_value" in result:
        return f"Found: {result['observed_value']}."
    raised = outcome.get("exception_info") or {}
    said = raised.get("exception_message") or next(
        (one.get("exception_message") for one in raised.values() if isinstance(one, dict)), None
    )
    return f"It could not be tested: {said}"
