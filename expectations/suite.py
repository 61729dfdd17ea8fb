"""What a suite is: its table, the frame it reads, and what it expects of each row.

Belongs here: the shape of a suite, and one constructor for each kind of expectation the suites use. An expectation is
kept in Great Expectations' own serialised form (type, kwargs, meta, severity), so that naming the suites, declaring
asset checks and writing documentation never pay for importing it. Does not belong here: any one table's suite
(`suites/`), running them (`validate.py`), the expectation of our own (`gx_row_condition.py`), and the shape of a table: not
null, unique, a closed set, a key, a version; the tests of `dbt_project/` hold those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    import pandas as pd

Stage = Literal["staging", "marts"]
ExpectationSeverity = Literal["critical", "warning"]
Fetch = Callable[[str], "pd.DataFrame"]
T = TypeVar("T")


AT_FAULT = "at_fault"
"""The column of a frame, where it has one, that names the filing at fault for a row which breaks an expectation."""


class FrameSource:
    """Where suites get their rows: each query, and each thing made from queries, once a run, however many suites read it."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._frames: dict[str, pd.DataFrame] = {}
        self._made: dict[Callable[[FrameSource], Any], Any] = {}

    def query(self, sql: str) -> pd.DataFrame:
        """The frame of a constant query. Raises whatever the connection behind it raises."""
        if sql not in self._frames:
            self._frames[sql] = self._fetch(sql)
        return self._frames[sql]

    def made(self, make: Callable[[FrameSource], T]) -> T:
        """What `make` makes of this source."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation: Great Expectations' `type` and `kwargs`, our stable `name`, what it `means`, how bad a failure is.

    A failure of severity `critical` fails the gate; a `warning` is reported for a person to judge. With `judges_rows` the fault
    is that of the filings in the rows that break it, which are kept out; without, the warehouse is broken, and nothing is
    published.
    """

    name: str
    type: str
    kwargs: Mapping[str, Any]
    meaning: str
    severity: ExpectationSeverity = "critical"
    judges_rows: bool = True

    @property
    def column(self) -> str | None:
        """The column it is about, None for a whole table."""
        columns = self.kwargs.get("column_list") or [self.kwargs.get("column")]
        return str(columns[0]) if columns[0] else None


@dataclass(frozen=True, slots=True)
class Suite:
    """One suite over one table.

    `frame` makes the frame that is held to the expectations. `naming` are the
    columns that tell a person which row failed. `required_rows` is how many rows must be there for the suite to have
    checked anything; 0 where the table may rightly be empty.
    """

    name: str
    stage: Stage
    table: str
    description: str
    frame: Callable[[FrameSource], pd.DataFrame]
    naming: tuple[str, ...]
    expectations: tuple[Expectation, ...] = field(default=())
    required_rows: int = 0

    @property
    def is_blocking(self) -> bool:
        """Whether a failure of it can fail the gate."""
        return any(expectation.severity == "critical" for expectation in self.all_expectations)

    @property
    def all_expectations(self) -> tuple[Expectation, ...]:
        """The expectations, led by the count of rows where rows are required."""
        return (rows_at_least(self.required_rows), *self.expectations) if self.required_rows else self.expectations


def query(sql: str) -> Callable[[FrameSource], pd.DataFrame]:
    """A suite's frame that is the result of one query as it stands."""

    def frame(source: FrameSource) -> pd.DataFrame:
        return source.query(sql)

    return frame


def rows_at_least(count: int) -> Expectation:
    """The frame has at least `count` rows: fewer would mean that nothing was checked."""
    return Expectation(
        "rows_are_there",
        "expect_table_row_count_to_be_between",
        {"min_value": count},
        f"There is something to check: at least {count} row{'s' if count > 1 else ''}.",
        judges_rows=False,
    )


def at_least(column: str, threshold: float, meaning: str, severity: ExpectationSeverity = "critical") -> Expectation:
    """Every `column` that is there is `threshold` or more."""
    kwargs = {"column": column, "min_value": threshold}
    return Expectation(f"{column}_at_least", "expect_column_values_to_be_between", kwargs, meaning, severity)


def holds(condition: str, beside: str, meaning: str, severity: ExpectationSeverity = "critical") -> Expectation:
    """The boolean column `condition` is true in every row; a NULL is a failure, never a pass.

    `beside` is any second column of the frame: a row-wise expectation is over two columns or more.
    """
    kwargs = {"column_list": [condition, beside]}
    return Expectation(condition, "expect_row_condition_to_hold", kwargs, meaning, severity)


def whole(condition: str, beside: str, meaning: str) -> Expectation:
    """As `holds`, of the warehouse: a row that breaks it is no fault of a filing, and nothing is published."""
    return replace(holds(condition, beside, meaning), judges_rows=False)
