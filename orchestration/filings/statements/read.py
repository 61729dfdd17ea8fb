"""Document -> statements: which tables are read as statements, and why the others are not.

Belongs here: the order of the steps of a table, and the findings for whole tables. Does not belong here: any step itself (a
module each), the passes over rows (`passes.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Final

from orchestration.filings.documents.model import Document, Row, Table
from orchestration.filings.ocr.label_ocr import label_words
from orchestration.filings.records import Basis, Severity, Statement
from orchestration.filings.statements.basis import basis_of, basis_of_notes, is_of_percentages, states_basis
from orchestration.filings.statements.findings import SHOWN_CHARS, Finding, Findings, Why
from orchestration.filings.statements.heading_checks import HeadingChecks
from orchestration.filings.statements.kinds import statement_in_title
from orchestration.filings.statements.line_items import LineItem
from orchestration.filings.statements.passes import Body, line_items_of
from orchestration.filings.statements.score import has_unclosed_identity
from orchestration.filings.statements.titled_tables import TitledTable, titled_tables
from orchestration.filings.statements.units import Units, has_known_unit, paragraphs_below
from orchestration.filings.tables.columns import TableHeader, is_wrapped, read_header
from orchestration.filings.tables.duplicate_rows import word_counts
from orchestration.filings.tables.passes import PLAIN, Runner
from orchestration.filings.tables.period_consistency import ColumnPosition, contradicted_columns, out_of_order, outgrown_columns
from orchestration.filings.tables.said import UNSAID, Said, head_of
from orchestration.filings.tables.scale import Scale
from orchestration.filings.text.dates import PrintedPeriod, periods_in
from orchestration.filings.text.labels import normalised_label, vocabulary_words
from orchestration.filings.text.sentences import sentences
from orchestration.filings.vocabulary import wording

_ALIKE: Final = 0.7
_LEAST_LINES: Final = 8
"""So many lines, and most of those of another table, are the same statement again."""
_NOTES_BELOW: Final = 6
"""Limit on the paragraphs below a table that may be its notes."""
_FIRST_CHARS: Final = 30
"""A note that is of some years alone names them at its start."""
_FLOWS: Final = frozenset(
    {
        "Revenues",
        "CostOfRevenue",
        "OperatingExpenses",
        "ResearchAndDevelopmentExpense",
        "SellingGeneralAndAdministrativeExpense",
        "GeneralAndAdministrativeExpense",
    }
)
"""What only grows within a year."""


@dataclass(frozen=True, slots=True)
class StatementTable:
    """A statement as read, before proof: periods of its columns, its lines, what a printed unit is worth.

    `is_doubted` says that its title or the order of its columns may be another's or wrong: its figures are not proven.
    """

    statement: Statement
    number: int
    line: int
    periods: tuple[PrintedPeriod, ...]
    line_items: tuple[LineItem, ...]
    scale: Scale
    basis: Basis
    title: str = ""
    is_doubted: bool = False
    is_near: bool = False
    """Whether nothing but a title parts it from the table above."""
    head: tuple[Said, ...] = ()
    """The lines of its title and on top of it."""
    entity: str | None = None
    """The company it is of, None where no registrant is known; `entity_said` where it is named."""
    entity_said: Said = UNSAID
    said_above: str = ""
    """The lines of its title and of its heads, without what stands over other columns than those of periods."""
    head_span: tuple[int, int] = (0, 0)
    """Where in the source its title begins, and where its heads end."""
    other_heads: tuple[int, ...] = ()
    """Where in the source the heads end that stand over other columns only."""

    @property
    def columns(self) -> set[tuple[Statement, date, int | None]]:
        """Statement, last day and months of each column with a period."""
        is_instant = self.statement is Statement.BALANCE
        return {(self.statement, period.end, 0 if is_instant else period.months) for period in self.periods if period.end}

    @property
    def outgrown_columns(self) -> frozenset[int]:
        """The columns whose revenues and costs contradict their months."""
        flows = [one.line.amounts for one in self.line_items if _FLOWS.intersection(one.concepts)]
        return outgrown_columns(self.periods, flows)

    @property
    def is_gaap(self) -> bool:
        """Whether it is the registrant's own statement by GAAP."""
        return self.basis is Basis.GAAP


@dataclass(frozen=True, slots=True)
class Statements:
    """What the tables of a document gave; `aside` are highlights that state their unit: read, and only compared with."""

    tables: tuple[StatementTable, ...]
    findings: tuple[Finding, ...]
    aside: tuple[StatementTable, ...] = ()


def read_statements(document: Document, runner: Runner = PLAIN) -> Statements:
    """Every statement in a document, and a finding for every table, row or cell that was not read."""
    reader = _StatementReader(document, runner)
    tables = reader.without_contradicted_columns(tuple(reader.tables()))
    return Statements(tables, tuple(reader.findings), tuple(reader.aside))


class _StatementReader:
    def __init__(self, document: Document, runner: Runner) -> None:
        self.document = document
        self.runner = runner
        self.found = titled_tables(document, runner)
        self.findings = Findings()
        self.aside: list[StatementTable] = []
        self.headings = HeadingChecks(document, self.found, self.findings, runner)
        self.units = Units(document)
        self.scale = Scale()

    @cached_property
    def word_counts(self) -> Counter[str]:
        """How often each word stands in the filing; counted only where a damaged row asks."""
        return word_counts(self.document.words)

    def is_rare(self, word: str) -> bool:
        """Whether a word stands nowhere else in the filing, nor in the vocabulary."""
        return word not in vocabulary_words() and word not in label_words() and self.word_counts[word] <= 1

    def tables(self) -> Iterator[StatementTable]:
        number = 0
        primary = [table for table in self.found if table.statement and _is_titled(table)]
        for table in self.found:
            read = self.table(table, number + 1, primary)
            if read:
                number += 1
                yield read
            elif _is_highlights(table, primary):
                self.set_aside(table)

    def set_aside(self, found: TitledTable) -> None:
        """Read highlights beside the statements, if they are GAAP and state their unit; nothing is told of what is not read."""
        kept, scale = len(self.findings), self.scale
        read = self.table(found, 0, ())
        if read and read.is_gaap and read.scale.is_stated:
            self.aside.append(read)
        del self.findings[kept:]
        self.scale = scale

    def table(self, found: TitledTable, number: int, primary: Sequence[TitledTable]) -> StatementTable | None:
        """A table as a statement; None, with a finding, where it is none or cannot be read as one."""
        table, statement = found.table, found.statement
        why_not = _why_not(found, primary)
        header = None if why_not else read_header(table, found.rows, found.title, self.runner)
        why_not = why_not or _why_no_columns(found, header)
        if why_not or statement is None or header is None:
            self.note(why_not, found)
            return None
        head = head_of(self.document, table, found.title, header.first_row)
        self.scale = self.units.scale_of(found, header, head, self.scale)
        if not has_known_unit(self.scale, statement, found, self.findings):
            return None
        header = self.without_noted_years(self.headings.checked(header, statement, table), found)
        body = Body(statement, table, header, self.scale.money, self.document.text, self.is_rare, self.findings, self.runner)
        items = line_items_of(found.rows, body)
        basis = Basis.PERCENTAGE if is_of_percentages(items) else self.basis_of(found, header)
        why_not = _why_no_statement(statement, basis, items)
        if why_not:
            self.note(why_not, found)
            return None
        self.note_unread(table, header)
        own = (self.scale, basis, found.title)
        return StatementTable(
            statement, number, table.line, header.periods, items, *own, is_near=found.is_near, head=head,
            said_above=_said_above(found, header), head_span=self.head_span(found, header),
            other_heads=tuple(end for words in header.words for end in words.others),
        )  # fmt: skip

    def head_span(self, found: TitledTable, header: TableHeader) -> tuple[int, int]:
        """The source offsets from the name of a statement, above it or on top of it, to the first row below its heads."""
        table, lines = found.table, found.title.split("\n")
        above = self.document.paragraphs[: self.document.down_to(table.line)][-len(lines) :]
        named = next((one.source_offset(0) for one in reversed(above) if statement_in_title(one.text)), None)
        starts = [row.cells[0].start if row.cells else None for row in table.rows]
        first = next(start for start in starts if start is not None)
        stop = next((start for start in starts[header.first_row :] if start is not None), first)
        return first if named is None or named > first else named, stop

    def basis_of(self, found: TitledTable, header: TableHeader) -> Basis:
        """The basis of a table by its title, a sentence above it or the notes right below it; what its rows name is a column's.

        A column of effects stands beside others of a bridge. Where a column is left out, what the rows of heads say of a basis
        is of that column; and so is a head of per cents, or "as adjusted" over columns that are the only ones of their periods.
        """
        rows = found.table.rows[: header.first_row]
        heads = {row.text for row in rows if len(row.cells) > 1 or basis_of(row.text) is Basis.PERCENTAGE}
        heads = heads if header.width > len(header.period_columns) else set()
        heads |= {row.text for row in rows if _is_of_some(row, header)}
        basis = basis_of("\n".join(line for line in found.title.split("\n") if line not in heads))
        said = (one.text for text in (*found.sentences, *found.title.split("\n")) for one in sentences(text))
        basis = basis if basis is not Basis.GAAP else basis_of_notes(said, "above")
        if any(wording("head_of_effect").match(cell.text) for row in rows for cell in row.cells[1:]):
            basis = Basis.NON_GAAP
        if basis is not Basis.GAAP:
            return basis
        notes = [*(row.label for row in found.rows[-_NOTES_BELOW:] if not row.cells), *self.notes_below(found)]
        basis = basis_of_notes(note for note in notes if not _years_of_note(note, header))
        is_of_a_part = states_basis("\n".join(row.text for row in found.table.rows if row.text not in notes), basis)
        return Basis.GAAP if is_of_a_part else basis

    def notes_below(self, found: TitledTable) -> list[str]:
        """The paragraphs right below a table."""
        return [one.text for one in islice(paragraphs_below(self.document, found.table), _NOTES_BELOW)]

    def without_noted_years(self, header: TableHeader, found: TitledTable) -> TableHeader:
        """The header without the periods of years that a note below says to be on another basis than the others."""
        noted = [(note, years) for note in self.notes_below(found) if (years := _years_of_note(note, header))]
        years = {year for note, told in noted if basis_of_notes([note]) is not Basis.GAAP for year in told}
        if years:
            told = ", ".join(map(str, sorted(years)))
            message = f"a note below says that the columns of {told} are on another basis than the others: they were not read"
            self.findings.warn("columns_on_another_basis", message, found.table.line, found.rows)
        kept = (PrintedPeriod() if period.year in years else period for period in header.periods)
        return replace(header, periods=tuple(kept))

    def note(self, why_not: Why | None, found: TitledTable) -> None:
        """A finding for a table that is not read."""
        if why_not:
            self.findings.note(*why_not, found.table.line, found.rows)

    def note_unread(self, table: Table, header: TableHeader) -> None:
        """A finding for each line of a statement whose figures its format could not share out, and one for columns of parts."""
        if header.parts:
            columns = ", ".join(str(at + 1) for at in header.parts)
            message = f"columns {columns} are of parts, or by another framework, beside those of the company: not read"
            self.findings.note(Severity.NOTE, "columns_of_parts", message, table.line, table.rows[0].text)
        for row in table.unread:
            message = (
                f"line {row.line}: figures that fit the columns in more than one way or in none, or that stand below a sentence"
                " and may be of another table, were not read: compare the line with the filing"
            )
            self.findings.warn("row_unread", message, row.line, row.text[-SHOWN_CHARS:])

    def without_contradicted_columns(self, tables: tuple[StatementTable, ...]) -> tuple[StatementTable, ...]:
        """The statements without the columns whose last day contradicts the others of the release, and why for each."""
        found = contradicted_columns(
            [(table.statement, table.periods) for table in tables], lambda day: day in self.headings.days_in_prose
        )
        why = "it holds less than a column of fewer months to that day, or more than one of more"
        outgrown = {ColumnPosition(at, column): why for at, table in enumerate(tables) for column in table.outgrown_columns}
        found = {**outgrown, **found}
        for (number, at), why in found.items():
            table, end = tables[number], tables[number].periods[at].end
            message = (
                f"column {at + 1} of the {table.statement} at line {table.line} is headed {end}, but {why};"
                " its figures were not read: compare the heading with the filing"
            )
            self.findings.warn("heading_contradicted", message, table.line, str(end))
        kept = tuple(
            replace(
                table, periods=tuple(PrintedPeriod() if (number, at) in found else one for at, one in enumerate(table.periods))
            )
            for number, table in enumerate(tables)
        )
        return self.with_odd_order_told(kept)

    def with_odd_order_told(self, tables: tuple[StatementTable, ...]) -> tuple[StatementTable, ...]:
        """The statements, those marked that run the other way than others, and a finding for each."""
        odd = out_of_order([(table.statement, table.periods) for table in tables])
        for number in sorted(odd):
            table = tables[number]
            message = (
                f"the columns of this {table.statement} run the other way than those of other statements, as swapped heads do:"
                " its figures are not proven; compare its heads with the filing"
            )
            self.findings.warn("order_not_witnessed", message, table.line, table.title[-SHOWN_CHARS:])
        return tuple(replace(table, is_doubted=number in odd) for number, table in enumerate(tables))


def _years_of_note(note: str, header: TableHeader) -> set[int]:
    """The years that the first words of a note name, where the columns of a header have others too."""
    years = {period.year for period in header.periods if period.year}
    told = {period.year for period in periods_in(note[:_FIRST_CHARS]) if period.year}
    return set() if years <= told else told


def _said_above(found: TitledTable, header: TableHeader) -> str:
    """The lines of a title and of the heads below it, without what stands over other columns than those of periods."""
    own, lines = {words.row: words.own for words in header.words}, found.title.split("\n")
    below = (words.own for words in header.words if words.row not in lines)
    return "\n".join([*(own.get(line, line) for line in lines), *below])


def _is_of_some(row: Row, header: TableHeader) -> bool:
    """Whether a row says "as adjusted" of some columns and not of all."""
    is_of_all = len({period.is_restated for period in header.periods}) == 1
    return not is_of_all and bool(row.cells) and all(wording("head_adjusted").match(cell.text) for cell in row.cells)


def _is_titled(table: TitledTable) -> bool:
    """Whether a table bears the title of the registrant's own statement."""
    return statement_in_title(table.title) is table.statement and basis_of(table.title) is Basis.GAAP


def _why_not(found: TitledTable, primary: Sequence[TitledTable]) -> Why | None:
    """Why a table is not read as a statement: severity, code and message."""
    if found.statement is None:
        return Severity.NOTE, "table_not_a_statement", "its line items are those of no statement"
    heads = {row.text for row in found.table.rows if len(row.cells) > 1}
    if basis_of("\n".join(line for line in found.title.split("\n") if line not in heads)) is Basis.FORECAST:
        return Severity.NOTE, "table_looks_ahead", "its title says that it looks ahead: what is expected is no statement"
    if _is_highlights(found, primary):
        message = f"it has lines of the {found.statement}, but another table bears that title: taken for highlights, not read"
        return Severity.NOTE, "table_without_title", message
    return None


def _is_highlights(found: TitledTable, primary: Sequence[TitledTable]) -> bool:
    """Whether a table has lines of a statement of which another table bears the title, and is not that one again."""
    titled = [table for table in primary if table.statement is found.statement]
    is_untitled = statement_in_title(found.title) is not found.statement
    return bool(titled) and is_untitled and not any(_is_again(found, other) for other in titled)


def _is_again(found: TitledTable, other: TitledTable) -> bool:
    """Whether a table without a title has the lines of another, for stretches of other months."""
    own, lines = _labels(found), _labels(other)
    months, beside = _months(found), _months(other)
    is_alike = _ALIKE * len(own | lines) <= len(own & lines) >= _LEAST_LINES
    return is_alike and bool(months) and bool(beside) and months.isdisjoint(beside)


def _labels(table: TitledTable) -> set[str]:
    return {normalised_label(row.label) for row in table.rows if row.cells and row.has_words}


def _months(table: TitledTable) -> set[int]:
    return {period.months for period in periods_in(table.title) if period.months}


def _why_no_columns(found: TitledTable, header: TableHeader | None) -> Why | None:
    """Why the columns of a statement cannot be told."""
    if header is None:
        message = f"this {found.statement} has no header that names its periods, so its figures were not read"
        return Severity.WARNING, "header_not_found", message
    if is_wrapped(found.table) and not header.is_ordered:
        message = (
            f"lines of this {found.statement} are broken at the edge of the page, as an e-mail breaks them: which column what"
            " was broken off is of cannot be told, so none was read: fetch the filing again from EDGAR"
        )
        return Severity.WARNING, "lines_wrapped", message
    if header.unheaded:
        message = (
            f"this {found.statement} has {header.width} columns of figures, and its header names no period and nothing else"
            f" over {len(header.unheaded)} of them, as beside adjustments of GAAP figures; which figure is of which period"
            " cannot be told, so none was read: compare the table with the filing"
        )
        return Severity.WARNING, "columns_not_headed", message
    return None


def _why_no_statement(statement: Statement, basis: Basis, items: Sequence[LineItem]) -> Why | None:
    """Why what was read is no statement."""
    if basis is Basis.PERCENTAGE:
        return Severity.NOTE, "percentages_not_read", f"this {statement} is in per cents of revenues: not read"
    if basis is not Basis.GAAP and has_unclosed_identity(items, statement):
        message = f"this {statement} is not of GAAP and does not add up as a statement: taken for a reconciliation, not read"
        return Severity.NOTE, "non_gaap_not_read", message
    return None
