"""A record as a row: the Arrow type of each record class, and a reading as one row of a chunk.

Belongs here: what follows from the annotations of `filings/records.py`, by one rule for all of them. Does not belong here:
where a chunk is stored (`readings.py`), who writes it (`parquet.py`), or its DuckDB types
(`warehouse/staging_tables.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin, get_type_hints

from orchestration.filings.records import Filing, Problem, Reading, Severity, Status

if TYPE_CHECKING:
    import pyarrow as pa

DECIMAL_PRECISION, DECIMAL_SCALE = 22, 4
DECIMAL_STEP = Decimal(1).scaleb(-DECIMAL_SCALE)
DECIMAL_LIMIT = Decimal(10) ** (DECIMAL_PRECISION - DECIMAL_SCALE)


class ColumnSpec(NamedTuple):
    """One column of a record: its Python type without `None`, and whether it may be null or is a list."""

    name: str
    type: type
    is_nullable: bool
    is_list: bool


@cache
def columns(record: type) -> tuple[ColumnSpec, ...]:
    """The columns of a record class, from its annotations. Raises `TypeError` for an annotation that has no column type."""
    hints = get_type_hints(record)
    return tuple(_column(record, name, hints[name]) for name in (field.name for field in fields(record)))


def _column(record: type, name: str, hint: Any) -> ColumnSpec:
    options = [option for option in get_args(hint) if option is not NoneType] if NoneType in get_args(hint) else [hint]
    kind = options[0]
    is_list = get_origin(kind) is tuple
    kind = get_args(kind)[0] if is_list else kind
    kind = str if isinstance(kind, type) and issubclass(kind, StrEnum) else kind
    if len(options) > 1 or kind not in (str, int, bool, date, Decimal):
        raise TypeError(f"{record.__name__}.{name}: no column type for {hint}.")
    return ColumnSpec(name, kind, NoneType in get_args(hint), is_list)


@cache
def parts() -> dict[str, type]:
    """The parts of a `Reading` that hold many records, and the class of each, in order."""
    hints = get_type_hints(Reading)
    return {field.name: get_args(hints[field.name])[0] for field in fields(Reading) if field.name != "filing"}


@cache
def arrow_struct(record: type) -> pa.StructType:
    """The Arrow type of a record."""
    import pyarrow as pa  # noqa: PLC0415

    plain = {
        str: pa.string(),
        int: pa.int64(),
        bool: pa.bool_(),
        date: pa.date32(),
        Decimal: pa.decimal128(DECIMAL_PRECISION, DECIMAL_SCALE),
    }
    return pa.struct(
        [
            pa.field(column.name, pa.list_(plain[column.type]) if column.is_list else plain[column.type], column.is_nullable)
            for column in columns(record)
        ]
    )


@cache
def arrow_schema() -> pa.Schema:
    """The schema of a chunk: one row a filing, a column a part of its reading."""
    import pyarrow as pa  # noqa: PLC0415

    address = [pa.field(name, pa.string(), nullable=False) for name in ("sha256", "source", "evidence", "reader_version")]
    many = [pa.field(name, pa.list_(arrow_struct(record)), nullable=False) for name, record in parts().items()]
    return pa.schema([*address, pa.field("filing", arrow_struct(Filing), nullable=False), *many])


def row(sha256: str, source: str, version: str, reading: Reading, evidence: str = "") -> dict[str, Any]:
    """A reading at its address as one row of `arrow_schema`; `evidence` is the digest of what other releases told it.

    Raises `TypeError` or `ValueError` where a record does not hold what its annotations say.
    """
    import pyarrow as pa  # noqa: PLC0415

    reading = _fit(reading)
    many = {name: [_plain(record) for record in getattr(reading, name)] for name in parts()}
    address = {"sha256": sha256, "source": source, "evidence": evidence, "reader_version": version}
    made = {**address, "filing": _plain(reading.filing), **many}
    pa.Table.from_pylist([made], schema=arrow_schema())  # so that one bad record costs its filing, not its chunk
    return made


def _plain(record: Any) -> dict[str, Any]:
    kind: type = type(record)
    plain = {column.name: getattr(record, column.name) for column in columns(kind)}
    empty = [column.name for column in columns(kind) if plain[column.name] is None and not column.is_nullable]
    if empty:
        raise ValueError(f"{kind.__name__}.{empty[0]} is empty and may not be")
    return plain


def _fit(reading: Reading) -> Reading:
    """The reading with every decimal one that the warehouse can hold exactly; what does not fit becomes a problem."""
    problems: list[Problem] = []
    kept: dict[str, Any] = {}
    for name, record in parts().items():
        decimals = [column for column in columns(record) if column.type is Decimal]
        if decimals and getattr(reading, name):
            fitted = (_fit_record(row, decimals, reading.filing.filing_id, problems) for row in getattr(reading, name))
            kept[name] = tuple(row for row in fitted if row is not None)
    return replace(reading, **kept, problems=(*reading.problems, *problems)) if problems else reading


def _fit_record(record: Any, decimals: Sequence[ColumnSpec], filing_id: str, problems: list[Problem]) -> Any:
    wide = [column for column in decimals if not _fits(getattr(record, column.name))]
    if not wide:
        return record
    is_lost = not all(column.is_nullable for column in wide)
    problems += [_too_wide(record, column, filing_id, is_lost) for column in wide]
    if is_lost:
        return None
    changed: dict[str, Any] = {column.name: None for column in wide}
    if "value" in changed and hasattr(record, "status"):
        changed["status"] = Status.UNREADABLE
    return replace(record, **changed)


def _too_wide(record: Any, column: ColumnSpec, filing_id: str, is_lost: bool) -> Problem:
    left = "the row was left out" if is_lost else f"its {column.name} was left empty"
    what = f"{type(record).__name__} `{getattr(record, 'label', None) or getattr(record, 'metric', None) or column.name}`"
    return Problem(
        filing_id,
        Severity.WARNING,
        "number_too_wide",
        f"{what}: {column.name} {getattr(record, column.name)} does not fit DECIMAL({DECIMAL_PRECISION},{DECIMAL_SCALE}); "
        f"{left}. Look at the line: so large or so fine a number is most likely damage.",
        getattr(record, "source_line", None),
        getattr(record, "raw_text", None),
    )


def _fits(value: Decimal | None) -> bool:
    if value is None:
        return True
    return value.is_finite() and abs(value) < DECIMAL_LIMIT and value == value.quantize(DECIMAL_STEP)
