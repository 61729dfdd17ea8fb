"""Running a suite over a frame with Great Expectations.

Belongs here: every call into Great Expectations, which importing this module imports. Does not belong here: what is expected,
and what a result means to people (`validate.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import great_expectations as gx
from great_expectations.data_context.types.base import ProgressBarsConfig

from expectations.gx_row_condition import ExpectRowConditionToHold
from expectations.suite import Expectation, Suite

if TYPE_CHECKING:
    import pandas as pd

OWN = (ExpectRowConditionToHold,)
"""Expectations of our own; importing them registers them."""


@cache
def _frames() -> Any:
    """Where frames come in: one batch definition of an ephemeral context, with nothing on disk and no progress bars."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("warehouse")
    return source.add_dataframe_asset("frames").add_batch_definition_whole_dataframe("whole")


def run(suite: Suite, frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """The expectations of a suite that the frame does not meet: by name, Great Expectations' result as a dictionary.

    Whether an expectation is met costs a fifth of naming the rows that break it, so rows are asked for where it is not.
    """
    batch = _frames().get_batch(batch_parameters={"dataframe": frame})
    met = _results(batch, suite.name, suite.all_expectations, {"result_format": "BOOLEAN_ONLY"})
    broken = [expectation for expectation in suite.all_expectations if not met[expectation.name].success]
    in_full = {"result_format": "SUMMARY", "partial_unexpected_count": len(frame)}
    found = _results(batch, suite.name, broken, in_full) if broken else {}
    return {name: result.to_json_dict() for name, result in found.items()}


def _results(batch: Any, suite: str, expectations: Sequence[Expectation], result_format: dict[str, Any]) -> dict[str, Any]:
    """Great Expectations' result for each expectation, by our name for it."""
    asked = gx.ExpectationSuite(name=suite, expectations=[_configuration(one) for one in expectations])
    results = batch.validate(asked, result_format=result_format).results
    found = {result.expectation_config.meta["name"]: result for result in results}
    missing = {expectation.name for expectation in expectations} - found.keys()
    if missing:
        raise RuntimeError(f"Great Expectations gave no result for {suite}: {', '.join(sorted(missing))}")
    return found


def _configuration(expectation: Expectation) -> dict[str, Any]:
    return {
        "type": expectation.type,
        "kwargs": dict(expectation.kwargs),
        "meta": {"name": expectation.name},
        "description": expectation.meaning,
        "severity": expectation.severity,
    }
