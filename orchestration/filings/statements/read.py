"""Document -> statements: the steps from a table to its columns and lines.

Belongs here: the order of the steps, and the problems they leave. Does not belong here: any step itself (a module each).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from orchestration.filings.documents.model import Document, Paragraph, Table
from orchestration.filings.ocr.label_ocr import corrected_label, label_words
from orchestration.filings.records import Basis, Severity, Statement, Witness
from orchestration.filings.statements.basis import basis_of, basis_of_notes, is_of_percentages, states_basis
from orchestration.filings.statements.kinds import statement_in_title
from orchestration.filings.statements.line_items import LineItem
from orchestration.filings.statements.quarters import dated, needs_calendar, year_end_evidence
from orchestration.filings.statements.signs import closed_identities, has_unclosed_identity, signed_line_items
from orchestration.filings.statements.titled_tables import TitledTable, titled_tables
from orchestration.filings.tables.body_columns import PlacedRow, place_rows, with_columns_only
from orchestration.filings.tables.columns import TableHeader, is_wrapped, read_header, without_repeated_periods
from orchestration.filings.tables.duplicate_rows import merge_duplicate_rows, word_counts
from orchestration.filings.tables.lines import (
    StatementLine,
    discard_non_lines,
    rejoin_digit_groups,
    rejoin_wrapped_cells,
    uses_separators,
    with_unread,
)
from orchestration.filings.tables.merged_rows import rejoin_merged_cells, split_merged_rows
from orchestration.filings.tables.period_consistency import ColumnPosition, contradicted_columns, outgrown_columns
from orchestration.filings.tables.rows import LabelledRow
from orchestration.filings.tables.said import UNSAID, Said, head_of
from orchestration.filings.tables.scale import (
    Scale,
    currency_in,
    currency_of_all,
    currency_of_signs,
    is_scale_note,
    place_of_currency,
    place_of_scale,
    scale_in,
    scale_of_notes,
    unknown_sign,
)
from orchestration.filings.tables.shifted_rows import with_rows_shifted_back
from orchestration.filings.tables.wrapped_rows import rejoin_wrapped_rows, without_repeated_lines
from orchestration.filings.text.calendar import is_month_end
from orchestration.filings.text.currencies import signs_of_figures
from orchestration.filings.text.dates import (
    TO_DATE,
    PrintedPeriod,
    day_comes_first,
    days_in_prose,
    durations_in_prose,
    unsure_days,
)
from orchestration.filings.text.labels import vocabulary_words

_SHOWN_CHARS: Final = 160
_SENTENCE_CHARS: Final = 150
_NOTES_BELOW: Final = 6
"""Limit on the paragraphs below a table that may be its notes."""
_DURATIONS: Final = frozenset({0, 3, 6, 9, 12, TO_DATE})
"""The months of the columns that are read (`TO_DATE` until its months are known)."""
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
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")

_WHY_DISCARDED: Final = {
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
    """A statement as read, before proof: periods of its columns, its lines, what a printed unit is worth.

    `names_another` says that its title names a company unlike the registrant, of which the filing has no other statement.
    """

    statement: Statement
    number: int
    line: int
    periods: tuple[PrintedPeriod, ...]
    line_items: tuple[LineItem, ...]
    scale: Scale
    basis: Basis
    title: str = ""
    names_another: bool = False
    head: tuple[Said, ...] = ()
    """The lines of its title and on top of it."""
    entity: str | None = None
    """The company it is of, None where no registrant is known; `entity_said` where it is named."""
    entity_said: Said = UNSAID

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


def read_statements(document: Document) -> Statements:
    """Every statement in a document, and a finding for every table, row or cell that was not read."""
    reader = _StatementReader(document)
    tables = reader.without_contradicted_columns(tuple(reader.tables()))
    return Statements(tables, tuple(reader.findings), tuple(reader.aside))


class _StatementReader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.findings: list[Finding] = []
        self.aside: list[StatementTable] = []
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
        found = list(titled_tables(self.document))
        primary = {table.statement for table in found if table.statement and _is_titled(table)}
        for table in found:
            read = self.table(table, number + 1, primary)
            if read:
                number += 1
                yield read
            elif _is_highlights(table, primary):
                self.set_aside(table)

    def set_aside(self, found: TitledTable) -> None:
        """Read highlights beside the statements, if they are GAAP and state their unit; nothing is told of what is not read."""
        kept, scale = len(self.findings), self.scale
        read = self.table(found, 0, set())
        if read and read.is_gaap and read.scale.is_stated:
            self.aside.append(read)
        del self.findings[kept:]
        self.scale = scale

    def table(self, found: TitledTable, number: int, primary: set[Statement]) -> StatementTable | None:
        """A table as a statement; None, with a finding, where it is none or cannot be read as one."""
        table, title, rows = found.table, found.title, found.rows
        why_not = _why_not(found, primary)
        header = None if why_not else read_header(table, rows, title)
        if found.statement is None or header is None:
            self.note(*(why_not or _no_header(found)), table.line, rows)
            return None
        statement = found.statement
        if is_wrapped(table) or header.unheaded:
            self.note(*(_wrapped(statement) if is_wrapped(table) else _unheaded_columns(statement, header)), table.line, rows)
            return None
        head = head_of(self.document, table, title, header.first_row)
        self.scale = self.scale_of(found, header, head)
        if not self.has_known_unit(statement, table, rows):
            return None
        header = self.with_sure_periods(header, statement, table)
        corrected = self.with_corrected_labels(self.lines(rows, header, table.is_spaced), statement)
        lines = without_repeated_lines(corrected, lambda lines: closed_identities(lines, statement))
        lines = with_rows_shifted_back(lines, lambda lines: closed_identities(lines, statement))
        lines = with_unread(lines, table.unread, len(header.period_columns))
        stated = signed_line_items(lines, statement)
        basis = Basis.PERCENTAGE if is_of_percentages(stated) else self.basis_of(found)
        if basis is Basis.PERCENTAGE:
            message = f"this {statement} is in per cents of revenues: not read"
            self.note(Severity.NOTE, "percentages_not_read", message, table.line, rows)
            return None
        if basis is not Basis.GAAP and has_unclosed_identity(stated, statement):
            message = (
                f"this {statement} is not of GAAP and does not add up as a statement: taken for a reconciliation, not read"
            )
            self.note(Severity.NOTE, "non_gaap_not_read", message, table.line, rows)
            return None
        self.unread(table)
        return StatementTable(statement, number, table.line, header.periods, stated, self.scale, basis, title, head=head)

    def basis_of(self, found: TitledTable) -> Basis:
        """The basis of a table by its title, else by the notes right below it; a basis that the table names is a column's."""
        basis = basis_of(found.title)
        if basis is not Basis.GAAP:
            return basis
        last = found.table.rows[-1].line
        stop = next((table.line for table in self.document.tables if table.line > last), None)
        below = [one.text for one in self.document.paragraphs if last < one.line and (stop is None or one.line < stop)]
        notes = [*(row.label for row in found.rows[-_NOTES_BELOW:] if not row.cells), *below[:_NOTES_BELOW]]
        basis = basis_of_notes(notes)
        is_of_a_part = states_basis("\n".join(row.text for row in found.table.rows if row.text not in notes), basis)
        return Basis.GAAP if is_of_a_part else basis

    def has_known_unit(self, statement: Statement, table: Table, rows: Sequence[LabelledRow]) -> bool:
        """Whether the scale of a table can be used, with a finding where it names an unknown unit, or states no scale."""
        if self.scale.unknown:
            message = (
                f'the unit of this {statement} is not known: "{self.scale.unknown}" is no currency or amount word; not read:'
                " add the word to data/vocabulary/currencies.csv or unit_words.csv"
            )
            self.note(Severity.WARNING, "unit_unknown", message, table.line, rows)
        elif not (self.scale.is_stated or self.scale.is_borrowed):
            message = (
                "no words above the table state a scale: its figures were taken for whole units; compare them with the text"
            )
            self.note(Severity.NOTE, "scale_not_stated", message, table.line, rows)
        return self.scale.unknown is None

    def unread(self, table: Table) -> None:
        """A problem for each line of a statement whose figures its format could not share out over the columns."""
        for row in table.unread:
            message = (
                f"line {row.line}: figures that fit the columns in more than one way or in none, or that stand below a sentence"
                " and may be of another table, were not read: compare the line with the filing"
            )
            self.findings.append(Finding(Severity.WARNING, "row_unread", message, row.line, row.text[-_SHOWN_CHARS:]))

    def scale_of(self, found: TitledTable, header: TableHeader, head: Sequence[Said]) -> Scale:
        """The scale of a table: that of its title and header, else of its notes, else borrowed from the statement before it.

        The currency is that of its header, its title, the signs beside its figures, or the filing's for all amounts.
        """
        title = "\n".join([found.title, *(row.text for row in found.table.rows[: header.first_row])])
        scale = scale_in(title)
        if scale is None or not (scale.is_stated or scale.unknown):
            shares = scale.shares if scale else None
            scale = self.scale_of_notes(found) or (self.borrowed if found.is_near and not shares else Scale())
            scale = scale._replace(shares=shares) if shares else scale
        else:
            scale = scale._replace(money_said=place_of_scale(head, scale))
        cells = [Said(Witness.SIGNS, row.line, cell.text) for row in found.table.rows for cell in row.cells[1:]]
        signs = signs_of_figures(self.characters_of(found.table))
        cells += [Said(Witness.SIGNS, found.table.line, sign) for sign in signs]
        texts = [cell.text for cell in cells]
        stated = header.currency or currency_in(title) or currency_of_signs(texts)
        if stated is None and self.currency_of_all is not None:
            currency, said = self.currency_of_all
            return scale._replace(currency=currency, currency_said=said)
        said = place_of_currency(head, cells, stated)
        return scale._replace(
            currency=stated or "USD",
            currency_said=Said(Witness.HEADER) if stated and not said.line else said,
            unknown=scale.unknown or (unknown_sign(texts) if stated is None else None),
        )

    def characters_of(self, table: Table) -> str:
        """The text from the first cell of a table to the last, with what was lost to damage between."""
        cells = [cell for row in table.rows for cell in row.cells]
        return self.document.text[min(cell.start for cell in cells) : max(cell.end for cell in cells)] if cells else ""

    @property
    def borrowed(self) -> Scale:
        """The scale of the statement right before, for one that states none: read by it, and not proven by it."""
        was_known = self.scale.is_stated or self.scale.is_borrowed
        said = self.scale.money_said._replace(witness=Witness.STATEMENT_BEFORE) if was_known else UNSAID
        return self.scale._replace(money_said=said, currency_said=UNSAID)

    @cached_property
    def currency_of_all(self) -> tuple[str, Said] | None:
        """The currency that the filing names for all its amounts, and where."""
        return currency_of_all(Said(Witness.FILING, one.line, one.text) for one in self.document.paragraphs)

    def scale_of_notes(self, found: TitledTable) -> Scale | None:
        """The scale that notes below a table, or such as speak of it or of all amounts, state."""
        last = found.table.rows[-1].line
        stop = next((table.line for table in self.document.tables if table.line > last), None) if self.notes else None
        below = [Said(Witness.NOTE, row.line, row.label) for row in found.rows if not row.cells and row.index > 0]
        notes = [Said(Witness.NOTE, note.line, note.text) for note in self.notes]
        below += [note for note in notes if last < (note.line or 0) and (stop is None or (note.line or 0) < stop)]
        return scale_of_notes(found.title, below, notes)

    @cached_property
    def notes(self) -> list[Paragraph]:
        """The paragraphs that say no more than what figures are stated in."""
        return [paragraph for paragraph in self.document.paragraphs if is_scale_note(paragraph.text)]

    def dated(self, header: TableHeader) -> TableHeader:
        """The header with the dates of columns that name a quarter and no date, as far as the filing proves them."""
        if not needs_calendar(header.periods):
            return header
        told = year_end_evidence(self.document.text, self.document.words, header.periods)
        return replace(header, periods=tuple(dated(header.periods, told)))

    def without_repeated_periods(self, header: TableHeader, statement: Statement, table: Table) -> TableHeader:
        """The header without columns that say the same, and a problem where there were any."""
        instants = [replace(period, months=0) if statement is Statement.BALANCE else period for period in header.periods]
        periods = without_repeated_periods(instants, " ".join(row.text for row in table.rows))
        if periods != tuple(instants):
            message = (
                f"two columns of the {statement} at line {table.line} have the same heading, so one is misprinted:"
                " compare the heading with the filing's text"
            )
            text = table.rows[0].text
            self.findings.append(Finding(Severity.WARNING, "heading_repeated", message, table.line, text[:_SHOWN_CHARS]))
        return replace(header, periods=periods)

    def without_contradicted_durations(self, header: TableHeader, table: Table) -> TableHeader:
        """The header without columns whose months the text contradicts: it names others to that day, and not these."""
        periods = list(header.periods)
        for at, period in enumerate(periods):
            told = self.durations_in_prose.get(period.end, set()) - {3} if period.end else set()
            if period.months in (6, 9) and told and period.months not in told:
                message = (
                    f"column {at + 1} is headed {period.months} months to {period.end}, but the text speaks of"
                    f" {max(told)} months to that day; its figures were not read: compare the heading with the filing"
                )
                text = table.rows[0].text[:_SHOWN_CHARS]
                self.findings.append(Finding(Severity.WARNING, "heading_contradicted", message, table.line, text))
                periods[at] = PrintedPeriod()
        return replace(header, periods=tuple(periods))

    def with_sure_periods(self, header: TableHeader, statement: Statement, table: Table) -> TableHeader:
        """The header with the periods that the filing bears out, and a problem for each damaged heading that was corrected."""
        for printed, taken in header.corrections:
            message = f'"{printed}" in a heading was taken for "{taken}", the one date or stretch of time that it can be'
            self.findings.append(Finding(Severity.NOTE, "heading_mended", message, table.line, printed[:_SHOWN_CHARS]))
        header = self.with_months_told_from_days(header, statement, table)
        header = self.without_odd_durations(self.without_unprinted_days(header, statement, table), statement, table)
        return self.without_contradicted_durations(self.without_repeated_periods(self.dated(header), statement, table), table)

    def with_months_told_from_days(self, header: TableHeader, statement: Statement, table: Table) -> TableHeader:
        """The header with dates in figures ("03/04/2024") as the filing writes them, and without those that may be either."""
        heads = "\n".join(row.text for row in table.rows[: header.first_row])
        taken: dict[date, PrintedPeriod] = {}
        for month_first, day_first in sorted(unsure_days(heads)):
            is_day_first = self.is_day_first(heads, month_first, day_first)
            if is_day_first is None:
                message = (
                    f"a column of this {statement} is headed with a date that is {month_first} or {day_first}: nothing tells"
                    " the day from the month, so its figures were not read; compare the heading with the filing"
                )
                self.findings.append(Finding(Severity.WARNING, "day_or_month_unsure", message, table.line, str(month_first)))
                taken[month_first] = PrintedPeriod()
            elif is_day_first:
                taken[month_first] = PrintedPeriod(month=day_first.month, day=day_first.day)
        told = (taken.get(period.end) if period.end else None for period in header.periods)
        periods = (
            own.filled_from(one) if own and own.month else own or one for own, one in zip(told, header.periods, strict=True)
        )
        return replace(header, periods=tuple(periods))

    def is_day_first(self, heads: str, month_first: date, day_first: date) -> bool | None:
        """Whether a date in figures names its day first, by the others of its header, the days told in words, or the text's."""
        named = self.days & {month_first, day_first}
        order = day_comes_first(heads)
        if order is None and len(named) == 1:
            return day_first in named
        return day_comes_first(self.document.words) if order is None else order

    def without_odd_durations(self, header: TableHeader, statement: Statement, table: Table) -> TableHeader:
        """The header without columns of a stub or transition period: of no quarter, half year, nine months or year."""
        odd = {period.months for period in header.periods if period.months is not None} - _DURATIONS
        for months in sorted(odd) if statement is not Statement.BALANCE else ():
            message = (
                f"a column of this {statement} is of {months} months, which are no quarter, half year, nine months or year; its"
                " figures were not read: see the filing"
            )
            text = table.rows[0].text[:_SHOWN_CHARS]
            self.findings.append(Finding(Severity.WARNING, "duration_not_read", message, table.line, text))
        if not odd or statement is Statement.BALANCE:
            return header
        return replace(header, periods=tuple(PrintedPeriod() if p.months in odd else p for p in header.periods))

    def without_unprinted_days(self, header: TableHeader, statement: Statement, table: Table) -> TableHeader:
        """The header without the days that nobody printed, where its dates were not told apart for sure.

        A year of 52 or 53 weeks ends on a weekday, so two columns a year apart end on different days of a month: where they
        share one that is no month end, only the date that the filing prints as a whole is sure. So are the dates of a balance
        sheet in one year, where the header names another year that no column has.
        """
        ends = {period.end for period in header.periods if period.end}
        odd = Counter((end.month, end.day) for end in ends if not is_month_end(end))
        doubtful = {end for end in ends if odd[end.month, end.day] > 1}
        named = {int(year) for year in _YEAR.findall(" ".join(row.text for row in table.rows[: header.first_row]))}
        if statement is Statement.BALANCE and named - {end.year for end in ends}:
            years = Counter(end.year for end in ends)
            doubtful |= {end for end in ends if years[end.year] > 1}
        unprinted = doubtful - self.days
        for end in sorted(unprinted):
            message = (
                f"a column of this {statement} would end on {end}, a day that the filing does not print; not read: compare the"
                " heading with the filing"
            )
            self.findings.append(Finding(Severity.WARNING, "heading_contradicted", message, table.line, str(end)))
        periods = tuple(PrintedPeriod() if period.end in unprinted else period for period in header.periods)
        return replace(header, periods=periods)

    @cached_property
    def days(self) -> frozenset[date]:
        """The days that the filing prints as a whole, in sentences or headings."""
        return frozenset(days_in_prose([self.document.words]))

    def without_contradicted_columns(self, tables: tuple[StatementTable, ...]) -> tuple[StatementTable, ...]:
        """The statements without the columns whose last day contradicts the others of the release, and why for each."""
        found = contradicted_columns(
            [(table.statement, table.periods) for table in tables], lambda day: day in self.days_in_prose
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
            self.findings.append(Finding(Severity.WARNING, "heading_contradicted", message, table.line, str(end)))
        return tuple(
            replace(
                table, periods=tuple(PrintedPeriod() if (number, at) in found else one for at, one in enumerate(table.periods))
            )
            for number, table in enumerate(tables)
        )

    @cached_property
    def days_in_prose(self) -> frozenset[date]:
        """The days that sentences name: a line alone may be a heading, which is no second witness of itself."""
        return frozenset(days_in_prose(one.text for one in self.document.paragraphs if len(one.text) >= _SENTENCE_CHARS))

    @cached_property
    def durations_in_prose(self) -> dict[date, set[int]]:
        """The stretches of months that the prose names, by their last day."""
        return durations_in_prose(paragraph.text for paragraph in self.document.paragraphs)

    def lines(self, rows: Sequence[LabelledRow], header: TableHeader, is_spaced: bool) -> Sequence[StatementLine]:
        below = [row for row in rows if row.index >= header.first_row and not self.is_cut(row, header.width)]
        below = rejoin_wrapped_rows(rejoin_merged_cells(rejoin_digit_groups(below, header.width), header.width), header.width)
        placed = place_rows(below, header.width, is_spaced)
        placed = rejoin_wrapped_cells(split_merged_rows(with_columns_only(placed, header.period_columns)))
        separated = uses_separators(placed, self.scale.money)
        kept, discarded_rows = discard_non_lines(placed, separated)
        for discarded in discarded_rows:
            self.note(
                Severity.NOTE,
                discarded.code,
                _WHY_DISCARDED[discarded.code].format(line=discarded.row.line),
                discarded.row.line,
                [discarded.row],
            )
        for row in kept:
            self.note_unplaced(row)
        deduplicated = merge_duplicate_rows(kept, separated, self.is_rare)
        for copy, line in deduplicated.duplicates:
            message = (
                f'line {copy.row.line} repeats "{line.label}" of line {line.line} in worse quality; kept as a second reading'
            )
            self.note(Severity.NOTE, "ghost_row", message, copy.row.line, [copy.row])
        for unmatched in deduplicated.unmatched:
            message = (
                f'line {unmatched.row.line}: damaged figures beside "{unmatched.row.label}" that repeat no line were left out;'
                " see the source"
            )
            self.note(Severity.NOTE, "rubbish_row", message, unmatched.row.line, [unmatched.row])
        return deduplicated.lines

    def with_corrected_labels(self, lines: Sequence[StatementLine], statement: Statement) -> list[StatementLine]:
        """The lines with the damaged words of their labels corrected, and a problem for each label that was."""
        return [self.with_label(line, corrected_label(line.label, statement, self.is_rare)) for line in lines]

    def with_label(self, line: StatementLine, label: str) -> StatementLine:
        """A line with another label, and a problem that says so; itself where it is its own."""
        if label == line.label:
            return line
        message = f'line {line.line}: "{line.label}" was taken for "{label}": words of it stand nowhere else in the filing'
        self.findings.append(Finding(Severity.NOTE, "label_mended", message, line.line, line.label[:_SHOWN_CHARS]))
        return replace(line, label=label)

    def is_cut(self, row: LabelledRow, width: int) -> bool:
        """Whether the file breaks off within a row, with a finding: its line has no end, and it may have gone on.

        It has not where the row has a figure for every column and the last one is as long as the others.
        """
        last = row.cells[-1].cell if row.cells else None
        is_lone = len(row.cells) == 1 and not row.has_words
        if last is None or is_lone or self.document.text[last.end :].strip(" \t") or "\n" in self.document.text[last.end :]:
            return False
        lengths = [sum(map(str.isdigit, item.cell.text)) for item in row.cells]
        if len(row.cells) >= width > 1 and (last.text.endswith(")") or lengths[-1] >= max(lengths[:-1])):
            return False
        message = f'the file breaks off within the line "{row.label}", which was left out: fetch the filing again from EDGAR'
        self.note(Severity.WARNING, "line_cut", message, row.line, [row])
        return True

    def note_unplaced(self, placed: PlacedRow) -> None:
        if placed.unplaced:
            message = f'figures of "{placed.row.label}" stand in no column of the table and were not read: see the source line'
            text = " ".join(item.cell.text for item in placed.unplaced)[:_SHOWN_CHARS]
            self.findings.append(Finding(Severity.WARNING, "column_unknown", message, placed.row.line, text))

    def note(self, severity: Severity, code: str, message: str, line: int, rows: Sequence[LabelledRow]) -> None:
        text = " / ".join(f"{row.label} {' '.join(item.cell.text for item in row.cells)}".strip() for row in rows[:3])
        self.findings.append(Finding(severity, code, message, line, text[:_SHOWN_CHARS]))


_WhyNot = tuple[Severity, str, str]


def _is_titled(table: TitledTable) -> bool:
    """Whether a table bears the title of the registrant's own statement."""
    return statement_in_title(table.title) is table.statement and basis_of(table.title) is Basis.GAAP


def _why_not(found: TitledTable, primary: set[Statement]) -> _WhyNot | None:
    """Why a table is not read as a statement: severity, code and message."""
    if found.statement is None:
        return Severity.NOTE, "table_not_a_statement", "its line items are those of no statement"
    if basis_of(found.title) is Basis.FORECAST:
        return Severity.NOTE, "table_looks_ahead", "its title says that it looks ahead: what is expected is no statement"
    if _is_highlights(found, primary):
        message = f"it has lines of the {found.statement}, but another table bears that title: taken for highlights, not read"
        return Severity.NOTE, "table_without_title", message
    return None


def _is_highlights(found: TitledTable, primary: set[Statement]) -> bool:
    """Whether a table has lines of a statement of which another table bears the title."""
    return found.statement in primary and statement_in_title(found.title) is not found.statement


def _no_header(found: TitledTable) -> _WhyNot:
    message = f"this {found.statement} has no header that names its periods, so its figures were not read"
    return Severity.WARNING, "header_not_found", message


def _wrapped(statement: Statement) -> _WhyNot:
    message = (
        f"lines of this {statement} are broken at the edge of the page, as an e-mail breaks them: which column what was broken"
        " off is of cannot be told, so none was read: fetch the filing again from EDGAR"
    )
    return Severity.WARNING, "lines_wrapped", message


def _unheaded_columns(statement: Statement, header: TableHeader) -> _WhyNot:
    message = (
        f"this {statement} has {header.width} columns of figures, and its header names no period and nothing else over"
        f" {len(header.unheaded)} of them, as beside adjustments of GAAP figures; which figure is of which period cannot be"
        " told, so none was read: compare the table with the filing"
    )
    return Severity.WARNING, "columns_not_headed", message
