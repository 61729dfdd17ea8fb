"""Document -> statements: the steps from a table to its columns and lines.

Belongs here: the order of the steps, and the problems they leave. Does not belong here: any step itself (a module each).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Document, Paragraph, Table
from orchestration.filings.records import Severity, Statement
from orchestration.filings.statements.columns import Header, PlacedRow, is_year, on_periods, place_rows, read_header
from orchestration.filings.statements.ghosts import merge_ghosts, word_counts
from orchestration.filings.statements.kinds import is_gaap, kind_of, titled
from orchestration.filings.statements.labels import vocabulary_words
from orchestration.filings.statements.lines import Line, lay_aside, part_fused, uses_separators
from orchestration.filings.statements.periods import Period
from orchestration.filings.statements.rows import LabelledRow, labelled_rows
from orchestration.filings.statements.scale import Scale, scale_in
from orchestration.filings.statements.signs import with_signs
from orchestration.filings.statements.structure import Item, items

_TITLE_BLOCKS: Final = 4
_TITLE_CHARS: Final = 400
_TITLE_ROWS: Final = 14
_SHOWN_CHARS: Final = 160

_ASIDE: Final = {
    "rubbish_row": "line {line}: damaged characters that are no line of the statement were left out; see the source",
    "percentage_row": "line {line}: percentages are no amounts, so the line was left out",
    "page_number": "line {line}: a lone number without a label was taken for a page number",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the statement reader could not use: `code`, severity, message, line, text."""

    severity: Severity
    code: str
    message: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class StatementTable:
    """A statement as read, before proof: periods of its columns, its lines, what a printed unit is worth."""

    statement: Statement
    number: int
    line: int
    periods: tuple[Period, ...]
    items: tuple[Item, ...]
    scale: Scale
    is_gaap: bool


@dataclass(frozen=True, slots=True)
class Statements:
    """What the tables of a document gave."""

    tables: tuple[StatementTable, ...]
    findings: tuple[Finding, ...]


def read_statements(document: Document) -> Statements:
    """Every statement in a document, and a finding for every table, row or cell that was not read."""
    reader = _Reader(document)
    tables = tuple(reader.tables())
    return Statements(tables, tuple(reader.findings))


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.findings: list[Finding] = []
        self.scale = Scale()
        self.counts = word_counts(document.text)

    def is_rare(self, word: str) -> bool:
        """Whether a word stands nowhere else in the filing, nor in the vocabulary."""
        return self.counts[word] <= 1 and word not in vocabulary_words()

    def tables(self) -> Iterator[StatementTable]:
        number = 0
        found = list(_titled_tables(self.document))
        primary = {table.statement for table in found if table.statement and titled(table.title) is table.statement}
        for table in found:
            read = self.table(table, number + 1, primary)
            if read:
                number += 1
                yield read

    def table(self, found: _TitledTable, number: int, primary: set[Statement]) -> StatementTable | None:
        """A table as a statement; None, with a finding, where it is none or cannot be read as one."""
        table, title, statement, rows = found.table, found.title, found.statement, found.rows
        if statement is None:
            self.note(Severity.NOTE, "table_not_a_statement", "its line items are those of no statement", table.line, rows)
            return None
        if statement in primary and titled(title) is not statement:
            message = (
                f"the table has lines of the {statement}, but another table bears its title: taken for highlights, not read"
            )
            self.note(Severity.NOTE, "table_without_title", message, table.line, rows)
            return None
        header = read_header(table, rows, title)
        if header is None:
            message = f"this {statement} has no header that names its periods, so its figures were not read"
            self.note(Severity.WARNING, "header_not_found", message, table.line, rows)
            return None
        self.scale = scale_in(title) or (self.scale if found.is_near else Scale())
        lines = self.lines(rows, header, table.is_spaced)
        if statement is Statement.CASH_FLOW:
            self.note(Severity.NOTE, "cash_flow_not_read", "cash flow statements are not read yet", table.line, rows)
            return None
        return StatementTable(
            statement,
            number,
            table.line,
            header.periods,
            tuple(with_signs(items(lines, statement), statement)),
            self.scale,
            is_gaap(title),
        )

    def lines(self, rows: Sequence[LabelledRow], header: Header, is_spaced: bool) -> Sequence[Line]:
        placed = place_rows([row for row in rows if row.index >= header.first_row], header.width, is_spaced)
        placed = list(part_fused(on_periods(placed, header)))
        separated = uses_separators(placed)
        kept, aside = lay_aside(placed, separated)
        for rubbish in aside:
            self.note(
                Severity.NOTE, rubbish.code, _ASIDE[rubbish.code].format(line=rubbish.row.line), rubbish.row.line, [rubbish.row]
            )
        for row in kept:
            self.strays(row)
        twins = merge_ghosts(kept, separated, self.is_rare)
        for ghost, line in twins.ghosts:
            message = (
                f'line {ghost.row.line} repeats "{line.label}" of line {line.line} in worse quality; kept as a second reading'
            )
            self.note(Severity.NOTE, "ghost_row", message, ghost.row.line, [ghost.row])
        for stray in twins.strays:
            message = f'line {stray.row.line}: damaged figures beside the heading "{stray.row.label}" were left out; see the source'
            self.note(Severity.NOTE, "rubbish_row", message, stray.row.line, [stray.row])
        return twins.lines

    def strays(self, placed: PlacedRow) -> None:
        if placed.strays:
            message = f'figures of "{placed.row.label}" stand in no column of the table and were not read: see the source line'
            text = " ".join(item.cell.text for item in placed.strays)[:_SHOWN_CHARS]
            self.findings.append(Finding(Severity.WARNING, "column_unknown", message, placed.row.line, text))

    def note(self, severity: Severity, code: str, message: str, line: int, rows: Sequence[LabelledRow]) -> None:
        text = " / ".join(f"{row.label} {' '.join(item.cell.text for item in row.items)}".strip() for row in rows[:3])
        self.findings.append(Finding(severity, code, message, line, text[:_SHOWN_CHARS]))


class _TitledTable(NamedTuple):
    """A table with the words right above it; `is_near` says that nothing but a title parts it from the table before."""

    table: Table
    title: str
    statement: Statement | None
    rows: list[LabelledRow]
    is_near: bool


def _titled_tables(document: Document) -> Iterator[_TitledTable]:
    """Each table that may be a statement, in the order they stand; a table of several statements is several."""
    above: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above.append(block.text)
            continue
        short = [text for text in above[-_TITLE_BLOCKS:] if len(text) <= _TITLE_CHARS]
        near = len(short) == len(above)
        for number, table in enumerate(split_at_titles(block)):
            rows = labelled_rows(table)
            title = "\n".join([*(short if number == 0 else ()), *_words_on_top(table)])
            yield _TitledTable(table, title, kind_of(rows, title), rows, near or number > 0)
        above = []


def _words_on_top(table: Table) -> list[str]:
    """The rows of a table down to its first figure, as words: in many formats the title stands in the table."""
    rows = labelled_rows(table)
    first = next((row.index for row in rows if row.has_words and any(not is_year(item) for item in row.figures)), 0)
    return [row.text for row in table.rows[:first]][-_TITLE_ROWS:]


def split_at_titles(table: Table) -> list[Table]:
    """A table that holds several statements, one after the other, as one table each."""
    starts, seen = [0], False
    for row in labelled_rows(table):
        if row.items and row.has_words:
            seen = True
        elif seen and not row.items and titled(row.label):
            starts.append(row.index)
            seen = False
    return [
        Table(table.rows[first:stop], tuple(at - first for at in table.breaks if first < at < stop), table.is_spaced)
        for first, stop in zip(starts, [*starts[1:], len(table.rows)], strict=True)
    ]
