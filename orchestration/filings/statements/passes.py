"""The passes from the rows of a statement to its line items, in their order, and all passes of the tables by name.

Belongs here: the order, and what a pass needs to know of its table. Does not belong here: any way of mending rows (a module
each), applying passes (`tables/passes.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Final

from orchestration.filings.documents.model import Table
from orchestration.filings.ocr.label_ocr import corrected_label
from orchestration.filings.records import Severity, Statement
from orchestration.filings.statements.calculation import line_items
from orchestration.filings.statements.findings import Findings
from orchestration.filings.statements.heading_checks import HEADING_PASSES
from orchestration.filings.statements.line_items import LineItem
from orchestration.filings.statements.score import closings
from orchestration.filings.statements.signs import signed_line_items, with_bare_signs, with_signs
from orchestration.filings.tables.body_columns import PlacedRow, place_rows, with_columns_only
from orchestration.filings.tables.columns import TableHeader
from orchestration.filings.tables.duplicate_rows import merge_duplicate_rows
from orchestration.filings.tables.interpretations import Alternative, Question, improved
from orchestration.filings.tables.line_alternatives import ways_to_shift_back, ways_without_repeats
from orchestration.filings.tables.lines import (
    BLANK,
    Closing,
    StatementLine,
    rejoin_wrapped_cells,
    statement_line,
    uses_separators,
    why_no_line,
    with_unread,
)
from orchestration.filings.tables.merged_rows import rejoin_digit_groups, rejoin_merged_cells, split_merged_rows
from orchestration.filings.tables.passes import Pass, Runner
from orchestration.filings.tables.rows import ROW_PASSES, LabelledRow, described, rejoin_wrapped_rows
from orchestration.filings.tables.trace import Trace

_WHY_DISCARDED: Final = {
    "rubbish_row": "line {line}: damaged characters that are no line of the statement were left out; see the source",
    "percentage_row": "line {line}: percentages are no amounts, so the line was left out",
    "page_number": "line {line}: a lone number without a label was taken for a page number",
}


@dataclass(slots=True)
class Body:
    """What the passes need to know of a table; `separated`, whether it separates thousands, they find out on their way."""

    statement: Statement
    table: Table
    header: TableHeader
    money: Decimal
    text: str
    is_rare: Callable[[str], bool]
    findings: Findings
    runner: Runner
    separated: bool = False


def line_items_of(rows: Sequence[LabelledRow], body: Body) -> tuple[LineItem, ...]:
    """The line items of a statement, with the signs of this project, from the rows of its table."""
    return tuple(body.runner.run(LINE_PASSES, [row for row in rows if row.index >= body.header.first_row], body, _described))


def _described(row: LabelledRow | PlacedRow | StatementLine | LineItem) -> tuple[int, str]:
    if isinstance(row, LabelledRow):
        return described(row)
    if isinstance(row, PlacedRow):
        cells = [item.shown if item else BLANK for item in row.cells if row.row.cells]
        strays = [f"no column: {item.shown}" for item in row.unplaced]
        return row.row.line, " | ".join([row.row.label, *cells, *strays])
    line = row.line if isinstance(row, LineItem) else row
    told = ["= " + ", ".join(row.concepts)] if isinstance(row, LineItem) and row.concepts else []
    told += [f"{'part of' if row.weight > 0 else 'off'} {row.parent}"] if isinstance(row, LineItem) and row.parent else []
    return line.line, " | ".join([line.label, *(cell.shown for cell in line.cells if not line.is_heading), *told])


def _without_cut_row(rows: Sequence[LabelledRow], body: Body) -> list[LabelledRow]:
    """The rows without one within which the file breaks off, with a finding: its line has no end, and it may have gone on.

    It has not where the row has a figure for every column and the last one is as long as the others.
    """
    kept = [row for row in rows if not _is_cut(row, body)]
    for row in rows if len(kept) < len(rows) else ():
        if _is_cut(row, body):
            message = (
                f'the file breaks off within the line "{row.label}", which was left out: fetch the filing again from EDGAR'
            )
            body.findings.warn("line_cut", message, row.line, [row])
    return kept


def _is_cut(row: LabelledRow, body: Body) -> bool:
    last = row.cells[-1].cell if row.cells else None
    is_lone = len(row.cells) == 1 and not row.has_words
    if last is None or is_lone or body.text[last.end :].strip(" \t") or "\n" in body.text[last.end :]:
        return False
    lengths = [sum(map(str.isdigit, item.cell.text)) for item in row.cells]
    is_full = len(row.cells) >= body.header.width > 1
    return not (is_full and (last.text.endswith(")") or lengths[-1] >= max(lengths[:-1])))


def _place_rows(rows: Sequence[LabelledRow], body: Body) -> list[PlacedRow]:
    return place_rows(rows, body.header.width, body.table.is_spaced, body.header.period_columns)


def _tell_separators(rows: Sequence[PlacedRow], body: Body) -> Sequence[PlacedRow]:
    body.separated = uses_separators(rows, body.money)
    return rows


def _discard_non_lines(rows: Sequence[PlacedRow], body: Body) -> list[PlacedRow]:
    """The rows that may be lines, and a finding for each other one that is no rule."""
    reasons = [(placed, why_no_line(placed, body.separated)) for placed in rows]
    for placed, code in reasons:
        if code in _WHY_DISCARDED:
            line = placed.row.line
            body.findings.note(Severity.NOTE, code, _WHY_DISCARDED[code].format(line=line), line, [placed.row])
    return [placed for placed, code in reasons if code is None]


def _note_unplaced(rows: Sequence[PlacedRow], body: Body) -> Sequence[PlacedRow]:
    """The same rows, and a finding for each that has figures in no column."""
    for placed in rows:
        if placed.unplaced:
            message = f'figures of "{placed.row.label}" stand in no column of the table and were not read: see the source line'
            text = " ".join(item.cell.text for item in placed.unplaced)
            body.findings.warn("column_unknown", message, placed.row.line, text)
    return rows


def _merge_duplicate_rows(rows: Sequence[PlacedRow], body: Body) -> Sequence[StatementLine]:
    merged = merge_duplicate_rows(rows, body.separated, body.is_rare)
    for copy, line in merged.duplicates:
        message = f'line {copy.row.line} repeats "{line.label}" of line {line.line} in worse quality; kept as a second reading'
        body.findings.note(Severity.NOTE, "ghost_row", message, copy.row.line, [copy.row])
    for unmatched in merged.unmatched:
        message = (
            f'line {unmatched.row.line}: damaged figures beside "{unmatched.row.label}" that repeat no line were left out;'
            " see the source"
        )
        body.findings.note(Severity.NOTE, "rubbish_row", message, unmatched.row.line, [unmatched.row])
    return merged.lines


def _each_row_a_line(rows: Sequence[PlacedRow], body: Body) -> list[StatementLine]:
    return [statement_line(row, 0, body.separated) for row in rows]


def _correct_labels(lines: Sequence[StatementLine], body: Body) -> list[StatementLine]:
    """The lines with the damaged words of their labels corrected, and a finding for each label that was."""
    return [_with_label(line, corrected_label(line.label, body.statement, body.is_rare), body.findings) for line in lines]


def _with_label(line: StatementLine, label: str, findings: Findings) -> StatementLine:
    if label == line.label:
        return line
    message = f'line {line.line}: "{line.label}" was taken for "{label}": words of it stand nowhere else in the filing'
    findings.note(Severity.NOTE, "label_mended", message, line.line, line.label)
    return replace(line, label=label)


def _chosen(
    step: str, ways: Callable[[Sequence[StatementLine]], Iterable[Alternative[StatementLine]]]
) -> Callable[[Sequence[StatementLine], Body], Sequence[StatementLine]]:
    """A pass that takes such ways to read the lines as let more identities close."""

    def choose(lines: Sequence[StatementLine], body: Body) -> Sequence[StatementLine]:
        found = list(ways(lines))
        question = Question(step, partial(_score, body.statement))
        return improved(question, lines, found, body.runner)[0] if found else lines

    return choose


def _score(statement: Statement, lines: Sequence[StatementLine]) -> frozenset[Closing]:
    return closings(signed_line_items(lines, statement), statement, per_share=True)


LINE_PASSES: Final = (
    Pass("without_cut_row", _without_cut_row),
    Pass("rejoin_digit_groups", lambda rows, body: rejoin_digit_groups(rows, body.header.width)),
    Pass("rejoin_merged_cells", lambda rows, body: rejoin_merged_cells(rows, body.header.width)),
    Pass("rejoin_wrapped_rows", lambda rows, body: rejoin_wrapped_rows(rows, body.header.width)),
    Pass("place_rows", _place_rows, otherwise=None),
    Pass("with_columns_only", lambda rows, body: with_columns_only(rows, body.header.period_columns), otherwise=None),
    Pass("split_merged_rows", lambda rows, _: split_merged_rows(rows)),
    Pass("rejoin_wrapped_cells", lambda rows, _: rejoin_wrapped_cells(rows)),
    Pass("tell_separators", _tell_separators),
    Pass("discard_non_lines", _discard_non_lines),
    Pass("note_unplaced", _note_unplaced),
    Pass("merge_duplicate_rows", _merge_duplicate_rows, otherwise=_each_row_a_line),
    Pass("correct_labels", _correct_labels),
    Pass("without_repeated_lines", _chosen("without_repeated_lines", ways_without_repeats)),
    Pass("with_rows_shifted_back", _chosen("with_rows_shifted_back", ways_to_shift_back)),
    Pass("with_unread", lambda lines, body: with_unread(lines, body.table.unread, len(body.header.period_columns))),
    Pass("with_bare_signs", lambda lines, body: with_bare_signs(lines, body.statement, body.runner)),
    Pass("line_items", lambda lines, body: line_items(lines, body.statement), otherwise=None),
    Pass("with_signs", lambda items, body: with_signs(items, body.statement, body.runner)),
)
"""From the labelled rows below a header to line items."""

PASSES: Final = (*ROW_PASSES, *HEADING_PASSES, *LINE_PASSES)
"""Every pass over a table, in order."""


def runner_without(off: Iterable[str], trace: Trace | None = None) -> Runner:
    """A runner without some passes. Raises ValueError where a name is of no pass, or of one that nothing can stand in for."""
    names = frozenset(off)
    unknown = names - {one.name for one in PASSES if one.otherwise}
    if unknown:
        raise ValueError(f"no pass that can be switched off: {', '.join(sorted(unknown))}")
    return Runner(names, trace)
