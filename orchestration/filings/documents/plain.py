"""Plain text with tab-separated tables (OCR output, text copies) -> Document.

Belongs here: lines to paragraphs and tables, and mending what a page break cut in two. Does not belong here: what a
table means; other formats, which have a module each.

A table is a run of lines with tabs; blank lines and page numbers inside it are breaks, after which the columns may lie
elsewhere. Everything else is paragraphs, parted by blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Cell, Paragraph, Row, Table

_CELL: Final = re.compile(r"[^\t\n]+")
_PAGE_NUMBER: Final = re.compile(r"\s*(?:-\s*)?(?:page\s+)?\d{1,3}(?:\s*-)?\s*", re.IGNORECASE)
_ENDS_SENTENCE: Final = re.compile(r"[.!?:;—–\"”)\-][\s\"”*_]*$")
_CONTINUES: Final = re.compile(r"\s*[a-z(]")
_BULLET: Final = re.compile(r"\s*(?:[-*+]\s+|[•·●▪◦o]\s)")
_CUT_MIN_CHARS: Final = 60
"""A paragraph this long that ends in no punctuation was cut; a shorter one may be a heading."""


class _Line(NamedTuple):
    text: str
    start: int
    number: int

    @property
    def is_blank(self) -> bool:
        return not self.text.strip(" \t\f\xa0")

    @property
    def is_page_break(self) -> bool:
        return "\t" not in self.text and bool(_PAGE_NUMBER.fullmatch(self.text))

    @property
    def is_tabular(self) -> bool:
        return "\t" in self.text


def read_plain(text: str, start: int, end: int, first_line: int) -> list[Paragraph | Table]:
    """The paragraphs and tab-separated tables of a stretch of text; `first_line` is the number of its first line."""
    blocks: list[Paragraph | Table] = []
    table: list[Row] = []
    breaks: list[int] = []
    prose: list[_Line] = []
    gap = False

    def end_table() -> None:
        if table:
            blocks.append(Table(tuple(table), tuple(breaks)))
            table.clear()
            breaks.clear()

    def end_prose() -> None:
        if prose:
            blocks.append(_paragraph(prose))
            prose.clear()

    for line in _lines(text, start, end, first_line):
        if line.is_blank and not line.is_tabular:
            end_prose()
            gap = True
        elif line.is_tabular:
            end_prose()
            if table and gap:
                breaks.append(len(table))
            table.append(_row(line))
            gap = False
        elif line.is_page_break and table:
            gap = True
        else:
            end_table()
            if _BULLET.match(line.text):
                end_prose()
            prose.append(line)
            gap = False
    end_prose()
    end_table()
    return _join_over_pages(blocks)


def _lines(text: str, start: int, end: int, first_line: int) -> Iterator[_Line]:
    for number, line in enumerate(text[start:end].split("\n"), first_line):
        yield _Line(line, start, number)
        start += len(line) + 1


def _row(line: _Line) -> Row:
    cells = []
    ordinal, last = 0, 0
    for found in _CELL.finditer(line.text):
        ordinal += line.text.count("\t", last, found.start())
        last = found.start()
        stripped = found.group().strip(" \xa0\f")
        if stripped:
            start = line.start + found.start() + found.group().index(stripped)
            cells.append(Cell(stripped, ordinal, ordinal + 1, start, start + len(stripped)))
    return Row(tuple(cells), line.number)


def _paragraph(lines: list[_Line]) -> Paragraph:
    pieces, parts, length = [], [], 0
    for line in lines:
        pieces.append((length, line.start))
        parts.append(line.text)
        length += len(line.text) + 1
    return Paragraph("\n".join(parts), tuple(pieces), lines[0].number)


def _join_over_pages(blocks: list[Paragraph | Table]) -> list[Paragraph | Table]:
    """A sentence cut by a page is one paragraph again; the page number between is nothing that is told."""
    joined: list[Paragraph | Table] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if _PAGE_NUMBER.fullmatch(block.text):
                continue
            before = joined[-1] if joined else None
            if isinstance(before, Paragraph) and _is_cut(before.text, block.text):
                joined[-1] = _join(before, block)
                continue
        joined.append(block)
    return joined


def _is_cut(before: str, after: str) -> bool:
    return len(before) >= _CUT_MIN_CHARS and bool(_CONTINUES.match(after)) and not _ENDS_SENTENCE.search(before)


def _join(before: Paragraph, after: Paragraph) -> Paragraph:
    shift = len(before.text) + 1
    pieces = before.pieces + tuple((own + shift, source) for own, source in after.pieces)
    return Paragraph(f"{before.text} {after.text}", pieces, before.line)
