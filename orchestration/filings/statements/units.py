"""In what unit the figures of a statement are: the scale and currency that speak for it, and where they are stated.

Belongs here: where to look, and in which order. Does not belong here: what the words mean (`tables/scale.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Final

from orchestration.filings.documents.model import Document, Paragraph, Table
from orchestration.filings.records import Severity, Statement, Witness
from orchestration.filings.statements.findings import Findings
from orchestration.filings.statements.titled_tables import TitledTable
from orchestration.filings.tables.columns import TableHeader
from orchestration.filings.tables.said import UNSAID, Said, shown
from orchestration.filings.tables.scale import (
    Scale,
    currency_of_all,
    currency_of_signs,
    is_scale_note,
    place_of_currency,
    place_of_scale,
    scale_in,
    scale_of_notes,
    unknown_sign,
)
from orchestration.filings.text.currencies import COUNTRY_CHARS, currencies_sharing, signs_of_figures
from orchestration.filings.text.units import currency_in, notes_of_all, shared_currency_in

_MOST_NOTES: Final = 500
"""Limit on the notes of units that each table is asked with; no release has as many."""


def paragraphs_below(document: Document, table: Table) -> Iterator[Paragraph]:
    """The paragraphs between a table and the next one."""
    last = table.rows[-1].line
    stop, first = document.table_below(last), document.down_to(last)
    return iter(document.paragraphs[first : document.down_to(stop.line - 1) if stop else None])


def has_known_unit(scale: Scale, statement: Statement, found: TitledTable, findings: Findings) -> bool:
    """Whether the scale of a table can be used, with a finding where it names an unknown unit, or states no scale."""
    line, rows = found.table.line, found.rows
    if scale.unknown:
        message = (
            f'the unit of this {statement} is not known: "{scale.unknown}" is no currency or amount word; not read:'
            " add the word to data/vocabulary/currencies.csv or unit_words.csv"
        )
        findings.warn("unit_unknown", message, line, rows)
    elif not (scale.is_stated or scale.is_borrowed):
        message = "no words above the table state a scale: its figures were taken for whole units; compare them with the text"
        findings.note(Severity.NOTE, "scale_not_stated", message, line, rows)
    return scale.unknown is None


class Units:
    """The units of the statements of a document, each told once and in their order."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def scale_of(self, found: TitledTable, header: TableHeader, head: Sequence[Said], before: Scale) -> Scale:
        """The scale of a table: that of its title and header, else of its notes, else borrowed from the statement `before` it.

        The currency is that of its header, its title, the signs beside its figures, or the filing's for all amounts.
        """
        scale = self._stated_scale(found, header, head, before)
        cells = [Said(Witness.SIGNS, row.line, cell.text) for row in found.table.rows for cell in row.cells[1:]]
        cells += self._signs_in_lines(found.table)
        texts = [cell.text for cell in cells]
        title = _title(found, header)
        stated = header.currency or currency_in(title) or currency_of_signs(texts)
        if stated is None and self.currency_of_all is not None:
            currency, said = self.currency_of_all
            return scale._replace(currency=currency, currency_said=said)
        shared = [shared_currency_in(title), unknown_sign(texts)] if stated is None else []
        if whose := self._whose(" ".join(filter(None, shared))):
            return scale._replace(currency=whose[0], currency_said=whose[1])
        said = place_of_currency(head, cells, stated)
        return scale._replace(
            currency=stated or "USD",
            currency_said=Said(Witness.HEADER) if stated and not said.line else said,
            unknown=scale.unknown or next(filter(None, reversed(shared)), None),
        )

    def _whose(self, note: str) -> tuple[str, Said] | None:
        """Of the currencies that share a name or a sign in a note ("rupees"), the one whose country the filing names."""
        told: dict[str, Said] = {}
        for word, code in currencies_sharing(note).items():
            named = re.compile(rf"\b{re.escape(word[:COUNTRY_CHARS])}", re.IGNORECASE)
            found = next((one for one in self.document.paragraphs if named.search(one.text)), None)
            if found:
                told.setdefault(code, shown(Said(Witness.FILING, found.line, found.text)))
        return next(iter(told.items())) if len(told) == 1 else None

    def _stated_scale(self, found: TitledTable, header: TableHeader, head: Sequence[Said], before: Scale) -> Scale:
        scale = scale_in(_title(found, header))
        if scale is not None and (scale.is_stated or scale.unknown):
            return scale._replace(money_said=place_of_scale(head, scale))
        shares = scale.shares if scale else None
        scale = self._scale_of_notes(found) or (_borrowed(before) if found.is_near and not shares else Scale())
        return scale._replace(shares=shares) if shares else scale

    def _signs_in_lines(self, table: Table) -> Iterator[Said]:
        """The signs before figures from the first cell of a table to the last, with what was lost to damage between."""
        cells = [cell for row in table.rows for cell in row.cells]
        start = min((cell.start for cell in cells), default=0)
        text = self.document.text[start : max((cell.end for cell in cells), default=0)]
        for at, sign in signs_of_figures(text):
            yield Said(Witness.SIGNS, self.document.place(start + at, start + at + len(sign)).line, sign)

    def _scale_of_notes(self, found: TitledTable) -> Scale | None:
        """The scale that notes below a table, or such as speak of it or of all amounts, state."""
        below = [Said(Witness.NOTE, row.line, row.label) for row in found.rows if not row.cells and row.index > 0]
        if notes := self.notes:
            near = paragraphs_below(self.document, found.table)
            below += [Said(Witness.NOTE, one.line, one.text) for one in near if is_scale_note(one.text)]
        return scale_of_notes(found.title, below, notes)

    @cached_property
    def currency_of_all(self) -> tuple[str, Said] | None:
        """The currency that the filing names for all its amounts, and where."""
        return currency_of_all(Said(Witness.FILING, one.line, one.text) for one in self.document.paragraphs)

    @cached_property
    def notes(self) -> list[Said]:
        """The notes that say what figures are stated in, the first of them where there are very many."""
        return list(islice((note for one in self.document.paragraphs for note in _notes_in(one)), _MOST_NOTES))


def _notes_in(paragraph: Paragraph) -> Iterator[Said]:
    """A paragraph that is a note of units; else its sentences that state the scale of all amounts."""
    if is_scale_note(paragraph.text):
        yield Said(Witness.NOTE, paragraph.line, paragraph.text)
    else:
        stated = (note for note in notes_of_all(paragraph.text) if note.money)
        yield from (Said(Witness.NOTE, paragraph.line, paragraph.text[note.start : note.end].strip()) for note in stated)


def _title(found: TitledTable, header: TableHeader) -> str:
    rows = (row.text for row in found.table.rows[: header.first_row])
    return "\n".join([found.title, *rows]) if header.unit_words is None else header.unit_words


def _borrowed(before: Scale) -> Scale:
    """The scale of the statement right before, for one that states none: read by it, and not proven by it."""
    was_known = before.is_stated or before.is_borrowed
    said = before.money_said._replace(witness=Witness.STATEMENT_BEFORE) if was_known else UNSAID
    return before._replace(money_said=said, currency_said=UNSAID)
