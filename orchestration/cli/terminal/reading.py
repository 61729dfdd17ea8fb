"""One reading of a filing, as JSON or as tables.

Belongs here: which fields of a reading are written, and their layout. Does not belong here: reading (`filings/reader.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from orchestration.cli.terminal.json_lines import json_line
from orchestration.cli.terminal.rows import show_rows, stdout_console
from orchestration.cli.terminal.text import grouped, safe

if TYPE_CHECKING:
    from rich.console import Console

    from orchestration.filings.records import Reading, Value
    from orchestration.filings.tables.trace import Trace

VALUE_FIELDS = (
    "statement", "label", "concept", "period_end", "duration_months", "value", "unit", "status", "is_gaap", "is_restated",
    "proof_count", "source_line", "raw_text", "value_id", "basis", "entity", "currency",
)  # fmt: skip


def reading_as_json(reading: Reading, source: str, trace: Trace | None = None) -> bytes:
    """One reading as one line of JSON: numbers exact, dates ISO 8601, `source` the path as it was given."""
    names: dict[str, list[dict[str, Any]]] = {}
    for name in reading.compound_names:
        names.setdefault(name.compound_id, []).append(
            {"name": name.name, "kind": name.kind, "is_stated": name.is_stated, "source_line": name.source_line}
        )
    uses: dict[str, list[dict[str, Any]]] = {}
    for use in reading.compound_indications:
        told = ("indication", "trial", "phase", "status", "source_line")
        uses.setdefault(use.compound_id, []).append({name: getattr(use, name) for name in told})
    payload = {
        "filing": {"source": source, **{key: item for key, item in asdict(reading.filing).items() if key != "source"}},
        "values": [{field: getattr(value, field) for field in VALUE_FIELDS} for value in reading.values],
        "attributions": [
            {key: item for key, item in asdict(one).items() if key != "filing_id"} for one in reading.attributions
        ],
        "figures": reading.figures,
        "guidance": reading.guidance,
        "compounds": [
            {**asdict(one), "names": names.get(one.compound_id, []), "uses": uses.get(one.compound_id, [])}
            for one in reading.compounds
        ],
        "events": reading.compound_events,
        "problems": reading.problems,
    }
    if trace is not None:
        payload["trace"] = [entry._asdict() for entry in trace.entries]
    return json_line(payload)


def show_reading(reading: Reading) -> None:
    """One reading as tables on stdout: the cover, each statement with a column a period, what was told in prose."""
    console = stdout_console()
    _show_cover(console, reading)
    statements: dict[tuple[str, int], list[Value]] = {}
    for value in reading.values:
        statements.setdefault((value.statement, value.table_no), []).append(value)
    for (statement, _), values in statements.items():
        _show_statement(console, statement, values)
    _show_records(
        console,
        "guidance",
        reading.guidance,
        ("metric", "fiscal_period", "low", "high", "action", "direction", "source_line"),
    )
    _show_records(
        console, "compounds", reading.compounds, ("preferred_name", "role", "target", "phase", "partners", "source_line")
    )
    _show_records(
        console, "events", reading.compound_events, ("event_type", "event_date", "expected_period", "text", "source_line")
    )
    _show_records(console, "figures told in prose", reading.figures, ("metric", "value", "outcome", "raw_text", "source_line"))
    _show_records(console, "problems", reading.problems, ("severity", "code", "message", "source_line"))


def _show_cover(console: Console, reading: Reading) -> None:
    facts = {key: fact for key, fact in asdict(reading.filing).items() if fact not in (None, ())}
    width = max(map(len, facts))
    for key, fact in facts.items():
        shown = ", ".join(fact) if isinstance(fact, tuple) else fact
        console.print(f"{key:<{width}}  {safe(shown)}", soft_wrap=True)


def _show_statement(console: Console, statement: str, values: Sequence[Value]) -> None:
    from rich.table import Table  # noqa: PLC0415

    columns = sorted(
        {(value.column_no, value.period_end, value.duration_months, value.is_restated) for value in values}, key=str
    )
    marks = {"as_read": "", "repaired": " ~", "implied": " =", "unreadable": " ?"}
    table = Table(title=f"{statement}  (~ repaired, = implied, ? unreadable, * proven)", title_justify="left")
    table.add_column("line", justify="right")
    table.add_column("label", max_width=60)
    for _, period_end, months, restated in columns:
        table.add_column(f"{period_end}{f' {months}m' if months else ''}{' restated' if restated else ''}", justify="right")
    cells: dict[tuple[int, str], dict[int, str]] = {}  # a cell that states two concepts is shown once
    for value in values:
        row = cells.setdefault((value.line_no, value.label), {})
        row[value.column_no] = grouped(value.value) + marks[value.status] + (" *" if value.proof_count else "")
    for (line_no, label), row in cells.items():
        table.add_row(str(line_no), safe(label), *(row.get(column[0], "") for column in columns))
    console.print()
    console.print(table)


def _show_records(console: Console, title: str, records: Sequence[Any], fields: Sequence[str]) -> None:
    if records:
        show_rows(console, fields, ([getattr(record, field) for field in fields] for record in records), title)
