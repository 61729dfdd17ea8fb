"""How answers look: a reading as JSON or tables, numbers, rows.

Belongs here: everything about layout, and the care that text from a filing needs before it reaches a terminal. Does not
belong here: what is answered (`main.py`, `explain/explain.py`), or where it comes from.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from rich.console import Console

    from expectations.results import Failure, GateResult
    from orchestration.defs.run import BuildReport
    from orchestration.explain.explain import Derivation, Sighting, SourceLine, Story
    from orchestration.filings.records import Reading, Value
    from orchestration.warehouse.summary import Summary

VALUE_FIELDS = (
    "statement", "label", "concept", "period_end", "duration_months", "value", "unit", "status", "is_gaap", "is_restated",
    "proof_count", "source_line", "raw_text", "value_id",
)  # fmt: skip
WEIGHED_SHOWN = 4
_JSON_OPTIONS = orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: object) -> str:
    """Text of a filing, fit for a terminal: no control character, no change of writing direction."""
    return _UNSAFE.sub("\ufffd", str(text).replace("\t", "    "))


def exact(number: Decimal) -> str:
    """A decimal as the shortest literal of exactly that number: `15000000`, `-0.27`."""
    literal = format(number, "f")
    return literal.rstrip("0").rstrip(".") if "." in literal else literal


def grouped(number: Decimal | None) -> str:
    """A number for people: `15,000,000`, `-0.27`; a dot where there is none."""
    if number is None:
        return "."
    whole, _, fraction = exact(number).partition(".")
    return f"{int(whole):,}" if not fraction else f"{'-' if whole.startswith('-') else ''}{abs(int(whole)):,}.{fraction:0<2}"


def _json_default(value: Any) -> Any:
    if isinstance(value, Decimal):
        return orjson.Fragment(exact(value).encode())
    return value.hex() if isinstance(value, bytes) else str(value)


def reading_as_json(reading: Reading, source: str) -> bytes:
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
        "figures": reading.figures,
        "guidance": reading.guidance,
        "compounds": [
            {**asdict(one), "names": names.get(one.compound_id, []), "uses": uses.get(one.compound_id, [])}
            for one in reading.compounds
        ],
        "events": reading.compound_events,
        "problems": reading.problems,
    }
    return orjson.dumps(payload, default=_json_default, option=_JSON_OPTIONS)


def stdout_console() -> Console:
    """The console answers are written to. Off a terminal it is wide, so that no row is cut or wrapped."""
    from rich.console import Console  # noqa: PLC0415

    return Console(markup=False, highlight=False, emoji=False, width=None if sys.stdout.isatty() else 200)


def show_reading(reading: Reading) -> None:
    """One reading as tables on stdout: the cover, each statement with a column a period, what was told in prose."""
    console = stdout_console()
    _show_cover(console, reading)
    statements: dict[tuple[str, int], list[Value]] = {}
    for value in reading.values:
        statements.setdefault((value.statement, value.table_no), []).append(value)
    for (statement, _), values in statements.items():
        _show_statement(console, statement, values)
    _show_records(console, "guidance", reading.guidance, ("metric", "fiscal_period", "low", "high", "action", "source_line"))
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


def show_rows(console: Console, names: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
    """Rows as a table, numbers to the right, text of filings made safe."""
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    shown = list(rows)
    table = Table(title=title, title_justify="left")
    for index, name in enumerate(names):
        is_number = any(isinstance(row[index], (int, Decimal, float)) and not isinstance(row[index], bool) for row in shown)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in shown:
        table.add_row(*(Text(cell_text(item)) for item in row))
    console.print()
    console.print(table)


def cell_text(item: object) -> str:
    """One item of a row as text: nothing for NULL, exact numbers, lists joined."""
    if item is None:
        return ""
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, Decimal):
        return exact(item)
    if isinstance(item, (tuple, list)):
        return ", ".join(cell_text(part) for part in item)
    return safe(item)


def write_rows(names: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> None:
    """The rows of a query on stdout, as `table`, `csv` or `json` (one object a line, decimals exact)."""
    if form == "json":
        keys = _distinct(names)
        for row in rows:
            item = dict(zip(keys, row, strict=True))
            sys.stdout.buffer.write(orjson.dumps(item, default=_json_default, option=_JSON_OPTIONS))
        sys.stdout.buffer.flush()
    elif form == "csv":
        import csv  # noqa: PLC0415

        shown = safe if sys.stdout.isatty() else str
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([shown(name) for name in names])
        writer.writerows([_csv_text(item, shown) for item in row] for row in rows)
    elif names:
        show_rows(stdout_console(), names, rows)


def _distinct(names: Sequence[str]) -> list[str]:
    """Column names as keys: a name that comes again gets a number, so that no column is lost."""
    seen: dict[str, int] = {}
    keys = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        keys.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return keys


def _csv_text(item: object, shown: Callable[[object], str]) -> str | None:
    """A field as it is; what a terminal would obey is made harmless only where the reader is a terminal."""
    if isinstance(item, Decimal):
        return exact(item)
    if isinstance(item, (list, tuple)):
        return ", ".join(map(shown, item))
    return None if item is None else shown(item)


class BuildProgress:
    """What is shown while a build runs: moving bars on a terminal, one plain line a step elsewhere, both on stderr."""

    def __init__(self) -> None:
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}
        self._told: set[str] = set()

    def __enter__(self) -> BuildProgress:
        if sys.stderr.isatty():
            from rich.console import Console  # noqa: PLC0415
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

            self._bars = Progress(
                SpinnerColumn(finished_text="+"),
                TextColumn("{task.description:<24}", markup=False),
                BarColumn(bar_width=30),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=Console(stderr=True, markup=False, highlight=False),
            )
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars:
            self._bars.stop()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Called by the build: `total` is 0 where it is not known."""
        if self._bars:
            if step not in self._tasks:
                self._tasks[step] = self._bars.add_task(safe(step), total=total or None)
            self._bars.update(self._tasks[step], completed=done, total=total or None)
        elif step not in self._told or (total and done == total):
            self._told.add(step)
            print(f"{safe(step)}" + (f" {done}/{total}" if total else ""), file=sys.stderr, flush=True)


def show_build(report: BuildReport, summary: Summary | None, kept_out: Sequence[tuple[str, str]] = ()) -> None:
    """What came of a build, on stdout. `summary` is of the published warehouse; None where nothing was published.

    `kept_out` are (source, reason) pairs of the filings that a failed build quarantined.
    """
    counts = f"{report.filings_read} read, {report.filings_reused} reused, {report.quarantined} quarantined"
    again = f"; {report.filings_read_again} in doubt read again with other releases" if report.filings_read_again else ""
    lines = [("filings", counts + again)]
    if summary:
        statuses = ", ".join(f"{count:,} {status}" for status, count in summary.values_by_status)
        lines += [
            ("values", statuses or "none"),
            ("identities", f"{summary.identities_closed:,} of {summary.identities_possible:,} close"),
            (
                "quarters",
                f"{summary.quarters:,} of {summary.companies:,} {'company' if summary.companies == 1 else 'companies'}",
            ),
        ]
    passed = sum(gate.passed for gate in report.gates)
    lines += [
        ("problems", f"{report.problems:,}" + (" (`tieout sql 'from staging.problems'`)" if report.problems else "")),
        ("checks", f"{passed} of {len(report.gates)} suites pass"),
        ("time", ", ".join(f"{step} {seconds:.1f} s" for step, seconds in report.seconds.items())),
    ]
    if report.published:
        lines.append(("published", str(report.published)))
    elif report.build_file:
        lines.append(("kept to look at", str(report.build_file)))
    for name, told in lines:
        print(f"{name:<16}{safe(told)}")
    for source, reason in summary.quarantined if summary else kept_out:
        print(f"quarantined: {safe(source)}: {safe(reason)}")
    for gate in report.gates:
        if not gate.passed:
            print(f"{gate.severity}: {safe(gate.stage)}/{safe(gate.suite)}: {safe(gate.message)}")


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


def show_story(story: Story) -> None:
    """The story of one number as plain lines on stdout."""
    company, period = story.company, story.period
    quarter = f"fiscal {period.fiscal_year} Q{period.fiscal_quarter}, " if period.fiscal_quarter else ""
    name = f"{company.name} ({company.ticker or company.company_id}), {story.concept.title}"
    print(f"{safe(name)}, {quarter}{period.end}")
    if story.concept.others:
        print(f"(these words stand in other lines too: {safe('; '.join(story.concept.others))})")
    for sighting in story.sightings:
        _show_sighting(sighting)
    for derivation in story.derivations:
        _show_derivation(derivation)
    if story.vintages:
        print("\nWhat was known when (fact_quarterly_results)")
        for row in story.vintages:
            until = f"to {row['known_to']}" if row["known_to"] else "on"
            print(
                f"  from {row['known_from']} {until:<13} {grouped(row['value']):>16}  {row['basis']}, {safe(row['filing_id'])}"
            )


def _why_repaired(certificate: dict[str, Any] | None) -> str:
    """What was wrong with the printed figure, as its certificate has it: `row` is among the weighed where it can be read."""
    if certificate is None:
        return "no certificate says why"
    if "row" in certificate["weighed_changes"]:
        return "the characters look sound, but the identities close only with another figure (cheapest by a margin)"
    if not certificate["raw_text"]:
        return "nothing legible is printed, one figure alone makes the identities close"
    if not certificate["forced_by"] and certificate.get("is_told_outside"):
        return "the characters are damaged, and one reading of them is told elsewhere"
    if not certificate["forced_by"]:
        return "the characters are damaged, and leave this one figure"
    return "the characters are damaged, one repair alone makes the identities close (cheapest by a margin)"


def _show_sighting(sighting: Sighting) -> None:
    from orchestration.explain.explain import cell_of  # noqa: PLC0415

    value = sighting.value
    months = f"{value['duration_months']} months to" if value["duration_months"] else "at"
    restated = ", restated" if value["is_restated"] else ""
    proofs = value["proof_count"]
    proven = f"{proofs} proof{'s' if proofs > 1 else ''}" if proofs else "not proven"
    how = {
        "as_read": "as read",
        "repaired": f"repaired: {_why_repaired(sighting.certificate)}",
        "implied": "implied: the cell is lost or blank, its identities leave this one value",
        "unreadable": "unreadable",
    }[value["status"]]
    print(f"\n{grouped(value['value'])} {value['unit']}, {months} {value['period_end']}{restated}: {how}; {proven}")
    _show_source(sighting.source, value)
    for proof in sighting.proofs:
        row = proof.row
        spent = "" if row["is_independent"] else " (spent on finding a value, so no proof of it)"
        print(f"  {row['outcome']}: {row['identity']}{spent}: {safe(row['formula'])}")
        for figure in proof.figures:
            mark = ">" if cell_of(figure["value_id"]) == cell_of(value["value_id"]) else " "
            print(f"   {mark} {grouped(figure['value']):>16}  {safe(figure['label'])}")
        if row["residual"] is not None:
            print(
                f"     {'-' * 16}\n     {grouped(row['residual']):>16}  left over; rounding allows {grouped(row['tolerance'])}"
            )
    for figure in sighting.figures:
        print(f"  told in prose, line {figure['source_line']}, {figure['outcome']}: {safe(figure['text'])}")
    if sighting.certificate:
        _show_certificate(sighting.certificate, sighting.told_by)
    for other in () if sighting.certificate else sighting.candidates:
        chosen = "taken" if other["is_chosen"] else "weighed, not taken"
        printed = repr(safe(other["raw_text"])) if other["raw_text"] else "nothing printed"
        place = f"line {other['source_line']}, {printed}" if other["source_line"] else "no characters"
        print(f"  {chosen}: {grouped(other['value'])} from {other['kind']} ({place})")


def _show_certificate(row: dict[str, Any], told_by: Sequence[dict[str, Any]] = ()) -> None:
    printed = repr(safe(row["raw_text"])) if row["raw_text"] else "nothing"
    meant = f"{grouped(row['value'])} is meant ({plain_change(row['change'])}, cost {row['cost']})"
    print(f"  certificate: {printed} is printed; {meant}")
    alone = "what is told elsewhere" if row["is_told_outside"] else "the characters alone leave no other figure"
    forced = ", ".join(row["forced_by"]) or alone
    by_prose = row["is_told_outside"] and (not told_by or row["filing_id"] in row["told_by"])
    print(f"    forced by: {forced}" + ("; figures told in prose decided" if by_prose else ""))
    for other in told_by:
        place = f"{other['filing_id']} ({other['source']}, known from {other['known_from']})"
        print(f"    told by: {safe(place)}; it decided, and is no proof")
    if row["confirmed_by"]:
        print(f"    confirmed by: {', '.join(row['confirmed_by'])}")
    if row["runner_up"] is None:
        print("    runner-up: none, at any cost")
    else:
        print(f"    runner-up: {grouped(row['runner_up'])}, cost {row['runner_up_cost']}")
    for value, change, cost in cheapest(row):
        mark = ">" if Decimal(value) == row["value"] else " "
        print(f"   {mark} weighed: {grouped(Decimal(value)):>16}  {plain_change(change)}, cost {cost}")


def cheapest(row: dict[str, Any]) -> list[tuple[str, str, int]]:
    """The cheapest readings that a certificate weighed, (value, change, cost), the one taken always among them.

    Of readings that cost the same, the one taken and the runner-up are shown before those that no identity speaks for.
    """
    weighed = list(zip(row["weighed_values"], row["weighed_changes"], row["weighed_costs"], strict=True))
    ranks = {row["value"]: 0, row["runner_up"]: 1}
    ranked = sorted(weighed, key=lambda one: (one[2], ranks.get(Decimal(one[0]), 2)))
    taken = [one for one in ranked[WEIGHED_SHOWN:] if Decimal(one[0]) == row["value"]]
    return [*ranked[: WEIGHED_SHOWN - len(taken)], *taken]


def plain_change(change: str) -> str:
    """A change of `repair_costs.csv` in words."""
    return {"row": "as it stands", "free_value": "any figure at all"}.get(change, change.replace("_", " "))


def _show_source(source: SourceLine, value: dict[str, Any]) -> None:
    place = f", line {source.line}" if source.line else ""
    print(f"  {safe(value['source'])}{place}, known from {value['known_from']}: {safe(value['label'])}")
    if source.trouble:
        print(f"    ({safe(source.trouble)})")
    if source.text is not None:
        head, cell = safe(source.text[: source.start]), safe(source.text[source.start : source.end])
        print(f"    | {head}{cell}{safe(source.text[source.end :])}\n      {' ' * len(head)}{'^' * max(len(cell), 1)}")


def _show_derivation(derivation: Derivation) -> None:
    print(f"\n{grouped(derivation.value)} {derivation.longer['unit']}: derived, no filing prints this quarter")
    for sign, row in ((" ", derivation.longer), ("-", derivation.shorter)):
        place = f"{row['duration_months']} months to {row['period_end']}, {row['source']}, line {row['source_line']}"
        print(f"  {sign} {grouped(row['value']):>16}  {row['status']}, {safe(place)}")
    print(f"    {'-' * 16}\n    {grouped(derivation.value):>16}")
