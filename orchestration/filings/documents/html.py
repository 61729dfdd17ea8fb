"""HTML of any filing agent -> paragraphs and tables, each with its place in the source.

Belongs here: tags, entities, hidden text, colspans and rowspans, tables within tables. Does not belong here: what a table
means; which stretch of a filing is HTML (`detect.py`).

The tokens are found by one regular expression and not by a parser library, because no parser tells where in the source
the characters of a text node stand, and that is what every number has to tie out to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from orchestration.filings.documents.model import Cell, Paragraph, Row, Table

MAX_DEPTH: Final = 40
"""Tables nested deeper than this are read as text."""
MAX_SPAN: Final = 200

_TOKEN: Final = re.compile(r"<!--.*?-->|<(?P<close>/?)(?P<tag>[a-zA-Z][\w:.-]*)(?P<attributes>[^<>]*)>|<[!?][^>]*>", re.DOTALL)
_SPAN: Final = re.compile(r"\b(?P<name>colspan|rowspan)\s*=\s*[\"']?\s*(?P<value>\d{1,4})", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,31});")
_SPACE: Final = re.compile(r"[\s\xa0\u200b\u2009\u2003]+")
_CLOSER: Final = re.compile(r"[)\]]\s*%?|%")
_SKIPPED: Final = frozenset({"script", "style", "head", "ix:header", "title"})
_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "hr",
        "center",
        "blockquote",
        "pre",
        "dl",
        "dt",
        "dd",
        "address",
        "body",
        "html",
        "section",
        "article",
        "header",
        "footer",
    ]
)
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr"})


@dataclass(slots=True)
class _Text:
    """Text being gathered: pieces with their source offsets, white space folded."""

    parts: list[str] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0
    end: int = 0
    pending: str = ""

    def add(self, text: str, start: int, end: int) -> None:
        """A stretch of decoded text that stands at a stretch of the source."""
        folded = _SPACE.sub(" ", text)
        if folded.startswith(" "):
            self.pending = self.pending or " "
        body = folded.strip(" ")
        if not body:
            return
        if self.length and self.pending:
            self.parts.append(self.pending)
            self.length += 1
        lead = len(text) - len(text.lstrip(" \t\n\r\f\xa0"))
        self.pieces.append((self.length, start + (lead if len(text) == end - start else 0)))
        self.parts.append(body)
        self.length += len(body)
        self.end = end if len(text) != end - start else start + len(text.rstrip(" \t\n\r\f\xa0"))
        self.pending = " " if folded.endswith(" ") else ""

    def gap(self) -> None:
        """White space that a tag makes."""
        self.pending = self.pending or " "

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(slots=True)
class _OpenTable:
    """A table being read: its rows so far, the row and cell that are open, and what rows above still cover."""

    rows: list[Row] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    cell: _Text | None = None
    span: tuple[int, int] = (1, 1)
    column: int = 0
    covered: dict[int, int] = field(default_factory=dict)
    start: int = 0


def read_html(text: str, start: int, end: int, line_of: LineOf) -> list[Paragraph | Table]:
    """The blocks of a stretch of HTML; `line_of` tells the line of a source offset."""
    return _Html(text, line_of).run(start, end)


class LineOf:
    """The line of a source offset, for offsets that only grow."""

    def __init__(self, text: str) -> None:
        self.text, self.offset, self.line = text, 0, 1

    def __call__(self, offset: int) -> int:
        """The line, counted from 1."""
        if offset < self.offset:
            self.offset, self.line = 0, 1
        self.line += self.text.count("\n", self.offset, offset)
        self.offset = offset
        return self.line


class _Html:
    def __init__(self, text: str, line_of: LineOf) -> None:
        self.text = text
        self.line_of = line_of
        self.blocks: list[Paragraph | Table] = []
        self.prose = _Text()
        self.tables: list[_OpenTable] = []
        self.skipping: list[str] = []

    def run(self, start: int, end: int) -> list[Paragraph | Table]:
        at = start
        for token in _TOKEN.finditer(self.text, start, end):
            if token.start() > at and not self.skipping:
                self._text(at, token.start())
            at = token.end()
            if token["tag"]:
                self._tag(token["tag"].lower(), bool(token["close"]), token["attributes"])
        if at < end and not self.skipping:
            self._text(at, end)
        while self.tables:
            self._end_table()
        self._end_paragraph()
        return self.blocks

    @property
    def sink(self) -> _Text:
        """Where text goes now: the open cell, else the paragraph."""
        return (self.tables[-1].cell or self.prose) if self.tables else self.prose

    def _text(self, start: int, end: int) -> None:
        sink = self.sink
        raw = self.text[start:end]
        if "&" not in raw:
            sink.add(raw, start, end)
            return
        at = 0
        for entity in _ENTITY.finditer(raw):
            if entity.start() > at:
                sink.add(raw[at : entity.start()], start + at, start + entity.start())
            sink.add(unescape(entity.group()), start + entity.start(), start + entity.end())
            at = entity.end()
        if at < len(raw):
            sink.add(raw[at:], start + at, end)

    def _tag(self, tag: str, closes: bool, attributes: str) -> None:
        if self.skipping:
            self._skip(tag, closes, attributes)
            return
        hides = not closes and (tag in _SKIPPED or ("style" in attributes and bool(_HIDDEN.search(attributes))))
        if hides and tag not in _VOID and not attributes.endswith("/"):
            self.skipping.append(tag)
        elif tag == "table":
            self._end_table() if closes else self._open_table()
        elif tag in ("tr", "td", "th") and self.tables:
            self._structure(tag, closes, attributes)
        elif tag in _BLOCKS:
            if self.tables:
                self.sink.gap()
            else:
                self._end_paragraph()

    def _skip(self, tag: str, closes: bool, attributes: str) -> None:
        """Hidden matter ends where its own tag does; tags of the same name within it are counted."""
        if tag != self.skipping[0] or tag in _VOID or attributes.endswith("/"):
            return
        if closes:
            self.skipping.pop()
        else:
            self.skipping.append(tag)

    def _open_table(self) -> None:
        self._end_paragraph()
        if len(self.tables) < MAX_DEPTH:
            self.tables.append(_OpenTable())

    def _structure(self, tag: str, closes: bool, attributes: str) -> None:
        table = self.tables[-1]
        if tag == "tr":
            self._end_row(table)
        else:
            self._end_cell(table)
            if not closes:
                spans = {found["name"].lower(): int(found["value"]) for found in _SPAN.finditer(attributes)}
                table.span = min(spans.get("colspan", 1) or 1, MAX_SPAN), min(spans.get("rowspan", 1) or 1, MAX_SPAN)
                table.cell = _Text()

    def _end_cell(self, table: _OpenTable) -> None:
        if table.cell is None:
            return
        while table.covered.get(table.column, 0):
            table.column += 1
        wide, high = table.span
        if table.cell.length:
            first = table.cell.pieces[0][1]
            cell = Cell(table.cell.text, table.column, table.column + wide, first, table.cell.end)
            self._put(table, cell)
        if high > 1:
            for column in range(table.column, table.column + wide):
                table.covered[column] = high
        table.column += wide
        table.cell = None

    def _put(self, table: _OpenTable, cell: Cell) -> None:
        """A lone closing parenthesis or per cent sign belongs to the figure before it."""
        if table.cells and _CLOSER.fullmatch(cell.text):
            before = table.cells[-1]
            table.cells[-1] = Cell(before.text + cell.text, before.left, cell.right, before.start, cell.end)
        else:
            table.cells.append(cell)

    def _end_row(self, table: _OpenTable) -> None:
        self._end_cell(table)
        if table.cells:
            table.rows.append(Row(tuple(table.cells), self.line_of(table.cells[0].start)))
        table.cells = []
        table.column = 0
        table.covered = {column: left - 1 for column, left in table.covered.items() if left > 1}

    def _end_table(self) -> None:
        if not self.tables:
            return
        table = self.tables.pop()
        self._end_row(table)
        if table.rows:
            self.blocks.append(Table(tuple(table.rows)))

    def _end_paragraph(self) -> None:
        if self.prose.length and not self.tables:
            pieces = tuple(self.prose.pieces)
            self.blocks.append(Paragraph(self.prose.text, pieces, self.line_of(pieces[0][1])))
            self.prose = _Text()
        elif not self.tables:
            self.prose = _Text()
