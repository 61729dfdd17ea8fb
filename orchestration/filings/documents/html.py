"""HTML of any filing agent -> paragraphs and tables with their source locations.

Belongs here: tags, entities, hidden text, colspans and rowspans, nested tables. Does not belong here: what a table means
(`tables/`, `statements/`), which part of a filing is HTML (`detect.py`).

Regular expressions find the tags because parser libraries do not give the source offsets of characters within a text node, and
every number must be traced to its source. A table that holds another is layout: its contents are given one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Cell, Paragraph, Row, Table, line_of
from orchestration.filings.text.figures import CLOSER, MAY_BE_AMOUNT, OPENERS
from orchestration.filings.text.normal import unescaped

MAX_DEPTH: Final = 40
"""Tables nested deeper are read as part of the one around them."""
MAX_SPAN: Final = 200

_FRAME: Final = re.compile(
    r"<(?:[tT][dDhH]\b(?P<attributes>[^>]*)|(?P<row>/?[tT][rR])\b[^>]*|(?i:(?P<table>table)\b[^>]*|(?P<end>/table)\s*))>"
)
_PIECE: Final = re.compile(r"<(/?)([a-zA-Z][\w:.-]*)[^>]*>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,31});?|[^<&]+|[<&]")
_SPAN: Final = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE)
_UNSHOWN: Final = re.compile(r"<(?:!--|![a-zA-Z\[]|\?|(?i:(script|style|head|title|ix:header))\b[^>]*>)")
_HIDDEN: Final = re.compile(r"[dDvV](?i:(?<=d)isplay\s*:\s*none|(?<=v)isibility\s*:\s*hidden)")
"""The leading character class lets a search skip all other positions."""
_HIDING: Final = ("none", "hidden")
"""Every style that hides has one of these words. Testing for them first is fast."""
_OPENS: Final = re.compile(r"<([a-zA-Z][\w:.-]*)[^<>]*>")
FOOTNOTE_MARK: Final = re.compile(
    r"<(?:sup\b|(?:span|font|small|div)\b[^<>]*(?:vertical-align\s*:\s*super|top\s*:\s*-))[^<>]*>(?:<[^<>]*>|\s++){0,12}+"
    r"[(\[]?(?!th|st|nd|rd)(?:\w{1,2}|\*{1,3})[)\]]?(?:<[^<>]*>|\s++){0,12}?</(?:sup|span|font|small|div)>",
    re.IGNORECASE,
)
"""A mark raised by its tag, or by the style of one."""
_TAG_OR_BLANK: Final = r"</?[a-zA-Z][^>]*>|&nbsp;|&#160;|[ \t\n\r\f\v]"
_PLAIN_CELL: Final = re.compile(rf"(?:{_TAG_OR_BLANK})*+(?P<said>[^<&]*+)(?:{_TAG_OR_BLANK})*+")
"""Most cells: words with only tags and blanks around them."""
_SPACE: Final = re.compile(r"\s+")
_RUN: Final = re.compile(r"\s{2,}")
_EDGES: Final = " \t\n\r\f\v"
_HEAD: Final = re.compile(r"(?:19|20)\d\d|\W*[^\W\d][^\d]*|[$€£¥]")
"""A percent sign after one of these (a year, words, a currency sign) does not belong to it."""
_BREAK: Final = re.compile(r"<br\b[^>]*>|</p\s*>|</div\s*>", re.IGNORECASE)
MIN_STACKED_LINES: Final = 4
"""Cells with fewer lines are wrapped labels or headings."""
_BULLETS: Final = frozenset("•·●▪◦■□–—*-")
_BLOCKS: Final = frozenset({
    "p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "hr", "center", "blockquote", "pre",
    "dl", "dt", "dd", "address", "body", "html", "section", "article", "header", "footer", "caption", "table", "tr", "td", "th",
    "tbody", "thead", "tfoot",
})  # fmt: skip
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr"})


class ShownText(NamedTuple):
    """The text that a piece of HTML shows, and the offsets in it between which that text stands."""

    text: str
    first: int
    last: int


@dataclass(slots=True)
class _OpenTable:
    """A table being read: its rows so far, the open row, and the columns that rowspans from above still cover."""

    rows: list[Row] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    span: tuple[int, int] = (1, 1)
    column: int = 0
    covered: dict[int, int] = field(default_factory=dict)
    in_cell: bool = False
    stacks: list[list[Cell | None]] = field(default_factory=list)


def read_html(text: str, start: int, end: int) -> list[Paragraph | Table]:
    """The blocks of a span of HTML."""
    return _Html(text, start, end).run()


def _visible(text: str, start: int, end: int) -> str:
    """A span of HTML with hidden text and footnote marks blanked out, so that offsets stay the same."""
    parts, at = [], start
    for first, last in sorted(
        [*_unshown(text, start, end), *_styled_away(text, start, end), *_footnote_marks(text, start, end)]
    ):
        if first >= at:
            parts += [text[at:first], " " * (last - first)]
            at = last
    parts.append(text[at:end])
    return "".join(parts)


def _unshown(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of comments, declarations, scripts, styles and the head; of an unclosed one, its opening tag alone."""
    at, endless = start, set[str]()
    while found := _UNSHOWN.search(text, at, end):
        closer = f"</{found[1].lower()}" if found[1] else "-->" if found.group() == "<!--" else ">"
        pattern = re.compile(re.escape(closer), re.IGNORECASE)
        closed = None if closer in endless else pattern.search(text, found.end(), end)
        if not closed:
            endless.add(closer)
        at = found.end() if not closed else closed.start() if found[1] else closed.end()
        yield found.start(), at


def _styled_away(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of elements whose style hides them, up to their own closing tags."""
    at, endless = start, set[str]()
    lowered = text[start:end].lower()
    if not any(word in lowered for word in _HIDING):
        return
    while found := _HIDDEN.search(text, at, end):
        at = found.end()
        opened = _OPENS.match(text, max(text.rfind("<", start, found.start()), start), end)
        if opened and opened.end() > found.end() and opened[1].lower() not in _VOID and not opened.group().endswith("/>"):
            tag = opened[1].lower()
            stop = -1 if tag in endless else _closing(text, tag, opened.end(), end)
            if stop < 0:
                endless.add(tag)
            at = max(stop, opened.end())
            yield opened.start(), at


def _closing(text: str, tag: str, at: int, end: int) -> int:
    """Where the element opened just before `at` ends; -1 where it is not closed."""
    depth = 1
    for found in re.compile(rf"<(/?){re.escape(tag)}\b[^<>]*>", re.IGNORECASE).finditer(text, at, end):
        depth += -1 if found[1] else not found.group().endswith("/>")
        if depth == 0:
            return found.end()
    return -1


def _footnote_marks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of raised footnote marks: `(1)` beside a figure is no negative."""
    return (found.span() for found in FOOTNOTE_MARK.finditer(text, start, end))


@lru_cache(maxsize=16_384)
def shown_text(inner: str) -> ShownText | None:
    """The text a cell shows, white space folded; None where it shows nothing."""
    plain = _PLAIN_CELL.fullmatch(inner)
    if plain:
        said = plain["said"]
        body = said.strip(_EDGES)
        first = plain.start("said") + said.find(body)
        return ShownText(_SPACE.sub(" ", body).strip(_EDGES), first, first + len(body)) if body else None
    parts: list[str] = []
    first, last = -1, 0
    for piece in _PIECE.finditer(inner):
        if piece[2]:
            if piece[2].lower() in _BLOCKS:
                parts.append(" ")
            continue
        raw = piece.group()
        said = unescaped(raw) if raw[0] == "&" else raw
        parts.append(said)
        body = said.strip(_EDGES)
        if body:
            is_plain = said is raw
            first = first if first >= 0 else piece.start() + (raw.find(body) if is_plain else 0)
            last = piece.start() + raw.rfind(body[-1]) + 1 if is_plain else piece.end()
    return ShownText(_SPACE.sub(" ", "".join(parts)).strip(_EDGES), first, last) if first >= 0 else None


@lru_cache(maxsize=4_096)
def _spans(attributes: str) -> tuple[int, int]:
    found = {name.lower(): int(value) for name, value in _SPAN.findall(attributes)}
    return min(found.get("colspan", 1) or 1, MAX_SPAN), min(found.get("rowspan", 1) or 1, MAX_SPAN)


def with_whole_figures(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a row, a parenthesis or percent sign in a cell of its own joined to the figure beside it."""
    joined: list[Cell] = []
    for cell in cells:
        before = joined[-1] if joined else None
        if before and (_closes_figure(before.text, cell.text) or before.text in OPENERS):
            joined[-1] = Cell(before.text + cell.text, before.left, cell.right, before.start, cell.end)
        else:
            joined.append(cell)
    return joined


def _closes_figure(before: str, text: str) -> bool:
    """Whether a cell holds only the end of the figure before it. A "%" beside a year or "$" heads a column instead."""
    return bool(CLOSER.fullmatch(text)) and not (text == "%" and _HEAD.fullmatch(before))


class _Html:
    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.base = text, start
        self.visible = _visible(text, start, end)
        self.blocks: list[Paragraph | Table] = []
        self.tables: list[_OpenTable] = []

    def run(self) -> list[Paragraph | Table]:
        at = 0
        for token in _FRAME.finditer(self.visible):
            self._stretch(at, token.start())
            at = token.end()
            kind = token.lastgroup
            if kind == "table":
                self._open_table()
            elif not self.tables:
                continue
            elif kind == "attributes":
                table = self.tables[-1]
                table.in_cell, table.span = True, _spans(token["attributes"])
            elif kind == "row":
                self._end_row(self.tables[-1])
            else:
                self._end_table()
        self._stretch(at, len(self.visible))
        while self.tables:
            self._end_table()
        return self.blocks

    def _stretch(self, start: int, end: int) -> None:
        """Reads what stands between two table tags: the contents of a cell, or prose."""
        table = self.tables[-1] if self.tables else None
        if table is None:
            self.blocks += self._prose(start, end)
        elif table.in_cell:
            self._cell(table, start, end)
        elif shown_text(self.visible[start:end]):
            self._flush(table)
            self.blocks += self._prose(start, end)

    def _cell(self, table: _OpenTable, start: int, end: int) -> None:
        while table.covered and table.covered.get(table.column, 0):
            table.column += 1
        wide, high = table.span
        said = shown_text(self.visible[start:end])
        if said:
            first = self.base + start
            table.stacks.append(self._stack(start, end, table.column, table.column + wide))
            table.cells.append(Cell(said.text, table.column, table.column + wide, first + said.first, first + said.last))
        if high > 1:
            table.covered.update(dict.fromkeys(range(table.column, table.column + wide), high))
        table.column += wide
        table.in_cell = False

    def _stack(self, start: int, end: int, left: int, right: int) -> list[Cell | None]:
        """The lines of a cell, None for each empty one; an empty list where they are too few for a stack."""
        if self.visible.count("<", start, end) < MIN_STACKED_LINES - 1:
            return []
        breaks = [found.span() for found in _BREAK.finditer(self.visible, start, end)]
        if len(breaks) < MIN_STACKED_LINES - 1:
            return []
        starts, stops = [start, *(after for _, after in breaks)], [*(before for before, _ in breaks), end]
        lines: list[Cell | None] = []
        for first, stop in zip(starts, stops, strict=True):
            said = shown_text(self.visible[first:stop])
            at = self.base + first
            lines.append(Cell(said.text, left, right, at + said.first, at + said.last) if said else None)
        return lines[:-1] if lines[-1] is None else lines

    def _open_table(self) -> None:
        if self.tables:
            self._flush(self.tables[-1])
        if len(self.tables) < MAX_DEPTH:
            self.tables.append(_OpenTable())

    def _flush(self, table: _OpenTable) -> None:
        """Gives what a layout table held before the table nested in it."""
        self._end_row(table)
        self._give(table.rows)
        table.rows = []

    def _end_row(self, table: _OpenTable) -> None:
        stacked = split_stacked_row(table.stacks)
        for cells in stacked or [with_whole_figures(table.cells)]:
            if cells:
                table.rows.append(Row(tuple(cells), line_of(self.text, cells[0].start)))
        table.cells, table.stacks = [], []
        if table.covered and table.column:
            table.covered = {column: left - 1 for column, left in table.covered.items() if left > 1}
        table.column = 0
        table.in_cell = False

    def _end_table(self) -> None:
        table = self.tables.pop()
        self._end_row(table)
        self._give(table.rows)

    def _give(self, rows: list[Row]) -> None:
        """Gives rows as a table; if each has a single cell, or a bullet and a cell, as prose."""
        if any(len(row.cells) > 1 + (row.cells[0].text in _BULLETS) for row in rows):
            self.blocks.append(Table(tuple(rows)))
            return
        for row in rows:
            self.blocks += self._prose(row.cells[0].start - self.base, row.cells[-1].end - self.base)

    def _prose(self, start: int, end: int) -> Iterator[Paragraph]:
        text = _Text()
        for piece in _PIECE.finditer(self.visible, start, end):
            raw = piece.group()
            if not piece[2]:
                text.add(unescaped(raw) if raw[0] == "&" else raw, self.base + piece.start(), raw[0] != "&")
            elif piece[2].lower() in _BLOCKS and piece[2].lower() not in ("td", "th"):
                if text.length:
                    yield text.paragraph(self.text)
                text = _Text()
            elif piece[2].lower() in _BLOCKS:
                text.pending = text.pending or " "
        if text.length:
            yield text.paragraph(self.text)


def split_stacked_row(stacks: list[list[Cell | None]]) -> list[list[Cell]]:
    """The rows of a table set as one row, each cell a stack with a whole column; empty where the cells are no stacks.

    All stacks have as many lines, and all but the first have several amounts, which the lines of a heading have not.
    """
    stacks = [stack for stack in stacks if stack]
    if len(stacks) < 2 or len({len(stack) for stack in stacks}) > 1:
        return []
    if any(
        sum(bool(line and MAY_BE_AMOUNT.fullmatch(line.text)) for line in stack) < MIN_STACKED_LINES for stack in stacks[1:]
    ):
        return []
    return [[line for line in lines if line] for lines in zip(*stacks, strict=True)]


@dataclass(slots=True)
class _Text:
    """Text being collected: pieces with their source offsets, white space folded."""

    parts: list[str] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0
    pending: str = ""

    def add(self, said: str, start: int, is_plain: bool) -> None:
        """Adds decoded text from a source offset. Only plain text is as long in the source as here."""
        body = said.strip(_EDGES)
        if not body:
            self.pending = " " if said else self.pending
            return
        if self.length and (self.pending or said[0] in _EDGES):
            self.parts.append(" ")
            self.length += 1
        lead = said.find(body) if is_plain else 0
        self._put(body, start + lead, is_plain)
        self.pending = " " if said[-1] in _EDGES else ""

    def _put(self, body: str, start: int, is_plain: bool) -> None:
        at = 0
        for run in _RUN.finditer(body) if is_plain else ():
            self._step(body[at : run.start()] + " ", start + at)
            at = run.end()
        self._step(body[at:] if is_plain else _SPACE.sub(" ", body[at:]), start + at)

    def _step(self, said: str, source: int) -> None:
        self.pieces.append((self.length, source))
        self.parts.append(said if said.isprintable() else _SPACE.sub(" ", said))
        self.length += len(said)

    def paragraph(self, source: str) -> Paragraph:
        """The paragraph of the collected text, from the source it was collected from."""
        return Paragraph("".join(self.parts), tuple(self.pieces), line_of(source, self.pieces[0][1]))
