"""The one expectation of our own: a boolean column is true in every row.

Belongs here: expectations that Great Expectations lacks for pandas frames. Does not belong here: what the condition says; the
suites compute it, in exact decimals, where the figures are. Importing this module imports Great Expectations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    MulticolumnMapMetricProvider,
    multicolumn_condition_partial,
)

if TYPE_CHECKING:
    import pandas as pd

HOLDS = "multicolumn_values.condition_holds"


class ConditionHolds(MulticolumnMapMetricProvider):  # type: ignore[misc]  # great_expectations is untyped to mypy
    """The metric: where the first of the columns is true. NULL is not true."""

    condition_metric_name = HOLDS
    condition_domain_keys = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")
    condition_value_keys = ()

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> pd.Series[bool]:
        return column_list.iloc[:, 0].eq(True).fillna(False).astype(bool)


class ExpectRowConditionToHold(MulticolumnMapExpectation):  # type: ignore[misc]
    """Expect the first of the columns, a condition over the row, to be true in every row; the others name the row."""

    map_metric: ClassVar[str] = HOLDS
    ignore_row_if: str = "never"
    library_metadata: ClassVar[dict[str, Any]] = {"maturity": "production", "tags": ["tieout"], "contributors": []}
