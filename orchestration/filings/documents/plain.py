"""Plain text with tables between tabs (OCR output, text copies) or pipes (markdown) -> paragraphs and tables.

Belongs here: lines to paragraphs and tables, and rejoining what a page break cut. Does not belong here: what a table means
(`tables/`, `statements/`), the cells of a line between pipes (`piped.py`), other formats.

A table is a run of lines with tabs, or of lines with pipes (one pipe is enough right below a row or rule of it). Blank lines
and page numbers inside it are breaks, after which the columns may differ. A short line of words inside it is a heading: text
copied from a browser has no tab after one. All else is paragraphs, separated by blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from orchestration.filings.documents.inline import is_marked, pieces
from orchestration.filings.documents.lost_spans import goes_on
from orchestration.filings.documents.model import Cell, Paragraph, Row, Table, line_of
from orchestration.filings.documents.piped import RULE, PlainLine, piped_table
from orchestration.filings.text.dates import periods_in
from orchestration.filings.text.figures import COMPLETE

_CELL: Final = re.compile(r"[^\t\n]+")
_PIPED: Final = re.compile(r"\s*\|.*\|\s*|[^|\n]*\|[^|\n]*\|.*")
_EMPHASIS: Final = " \f*_`"
_PAGE_NUMBER: Final = re.compile(r"\s*(?:-\s*)?(?:page\s+)?\d{1,3}(?:\s*-)?\s*", re.IGNORECASE)
_CLOSING_MARKS: Final = ' \t\n"*_'
_SENTENCE_ENDS: Final = tuple(".!?:;—–)-")
_MAX_PIECES: Final = 8
"""Text with more continuations than this is no paragraph cut by pages but text in lower case."""
_CONTINUES: Final = re.compile(r"\s*[a-z(]")
_BULLET: Final = re.compile(r"\s*(?:[-*+]\s+|[•·●▪◦o]\s)")
_HEADING_MAX_CHARS: Final = 80
_COLON_MAX_CHARS: Final = 100
"""A colon ends a heading that may be longer."""
_MOST_HEADINGS: Final = 3
"""So many headings may stand one below the other in a table: of a side, of a section and of a part."""
_NO_HEADING_ENDS: Final = tuple(".!?;,")
_ABBREVIATED: Final = re.compile(r"\b(?:Inc|Corp|Co|Ltd|L\.?P|plc)\.$")
"""The end of a company's name is no end of a sentence."""
_CUT_MIN_CHARS: Final = 60
"""A paragraph this long without final punctuation was cut; a shorter one may be a heading."""


class _TextLine(PlainLine):
    __slots__ = ()

    @property
    def is_blank(self) -> bool:
        return not self.text.strip(" \t\f")

    @property
    def is_page_break(self) -> bool:
        return "\t" not in self.text and bool(_PAGE_NUMBER.fullmatch(self.text))

    @property
    def is_piped(self) -> bool:
        return "|" in self.text and bool(_PIPED.fullmatch(self.text))

    @property
    def is_tabular(self) -> bool:
        return "\t" in self.text or self.is_piped


def read_plain(text: str, start: int, end: int) -> list[Paragraph | Table]:
    """The paragraphs and tables of a span of text."""
    return _join_over_pages(_Plain().read(_lines(text, start, end)))


class _Plain:
    """One pass over lines. While a table is open, `prose` holds a line without cells that may be a heading in it."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Table] = []
        self.table: list[list[_TextLine]] = [[]]
        self.prose: list[_TextLine] = []
        self.gap = self.is_piped = self.is_below_rule = False

    def read(self, lines: Iterator[_TextLine]) -> list[Paragraph | Table]:
        for line in lines:
            if line.is_piped and RULE.fullmatch(line.text):
                self.is_below_rule = True
            elif line.is_tabular or self.is_beside_pipes(line) or self.is_rest(line):
                self.cells(line)
            elif line.is_blank:
                self.blank()
            elif line.is_page_break and self.table[-1]:
                self.gap = True
            else:
                self.words(line)
        self.end()
        return self.blocks

    def is_beside_pipes(self, line: _TextLine) -> bool:
        """Whether a line with one pipe, too few alone, stands right below a row between pipes or below a rule."""
        is_below_row = bool(self.table[-1]) and self.is_piped and not self.gap and not self.prose
        return "|" in line.text and (self.is_below_rule or is_below_row)

    def is_rest(self, line: _TextLine) -> bool:
        """Whether a line goes on right below a row: a single amount, or the rest of a heading."""
        if not self.table[-1] or self.gap or self.prose:
            return False
        return bool(COMPLETE.fullmatch(line.text)) or (self.is_piped and goes_on(self.table[-1][-1].text, line.text))

    def cells(self, line: _TextLine) -> None:
        self.is_piped = "\t" not in line.text and ("|" in line.text or self.is_piped)
        is_below_title = bool(self.prose) and not line.is_piped and not line.text.partition("\t")[0].strip()
        if self.table[-1] and not is_below_title:
            self.table[-1] += self.prose
            self.prose = []
        else:
            self.open(line)
        if self.table[-1] and self.gap:
            self.table.append([])
        self.table[-1].append(line)
        self.gap = False

    def open(self, line: _TextLine) -> None:
        """Opens a table at a line, with the header right above it: two headings with one pipe between them look like words."""
        heads = [at for at, above in enumerate(self.prose) if "|" in above.text and periods_in(above.text)]
        first = heads[0] if heads and line.is_piped else len(self.prose)
        head, self.prose = self.prose[first:], self.prose[:first]
        self.end()
        self.table[-1] += head

    def blank(self) -> None:
        if self.prose:
            self.end()
        self.gap, self.is_below_rule = True, False

    def words(self, line: _TextLine) -> None:
        is_heading = self.table[-1] and not self.gap and len(self.prose) < _MOST_HEADINGS and _may_head(line.text)
        if not is_heading and (self.table[-1] or _BULLET.match(line.text)):
            self.end()
        self.prose.append(line)
        self.gap = False

    def end(self) -> None:
        """Closes the open table, then the prose below it."""
        rows: list[Row] = []
        unread: list[Row] = []
        breaks: list[int] = []
        for lines in self.table:
            breaks += [len(rows)] if rows else []
            found, lost = piped_table(lines) if _is_between_pipes(lines) else ([_row(line) for line in lines], [])
            rows, unread = [*rows, *found], [*unread, *lost]
        if rows:
            self.blocks.append(Table(tuple(rows), tuple(breaks), unread=tuple(unread)))
        if self.prose:
            self.blocks.append(paragraph([_said(line) for line in self.prose], self.prose[0].number))
        self.table, self.prose = [[]], []


def _is_between_pipes(lines: Sequence[_TextLine]) -> bool:
    """Whether the cells of a table stand between pipes: in one set out by tabs a lone pipe is a speck, or a digit misread."""
    with_pipes, with_tabs = (sum(sign in line.text for line in lines) for sign in "|\t")
    return 0 < with_pipes >= with_tabs


def _may_head(text: str) -> bool:
    """Whether words without a tab may be a heading in a table: short, capitalised or in parentheses, no sentence."""
    words = text.strip(_EMPHASIS)
    longest = _COLON_MAX_CHARS if words.endswith(":") else _HEADING_MAX_CHARS
    is_sentence = words[-1:] in _NO_HEADING_ENDS and not _ABBREVIATED.search(words)
    begins = words[:1].isupper() or (words[:1] == "(" and words[-1:] == ")")
    return len(words) <= longest and begins and not is_sentence


def _lines(text: str, start: int, end: int) -> Iterator[_TextLine]:
    for number, line in enumerate(text[start:end].split("\n"), line_of(text, start)):
        yield _TextLine(line, start, number)
        start += len(line) + 1


def _row(line: _TextLine) -> Row:
    cells = []
    ordinal, last = 0, 0
    for found in _CELL.finditer(line.text):
        ordinal += line.text.count("\t", last, found.start())
        last = found.start()
        stripped = found.group().strip(" \f")
        if stripped:
            start = line.start + found.start() + found.group().index(stripped)
            cells.append(Cell(stripped, ordinal, ordinal + 1, start, start + len(stripped)))
    return Row(tuple(cells), line.number)


def paragraph(lines: Sequence[Sequence[tuple[str, int]]], number: int) -> Paragraph:
    """The paragraph of lines, each the pieces it shows with their source offsets; `number` is that of the first."""
    places, parts, length = [], [], 0
    for line in lines:
        for said, start in line:
            places.append((length, start))
            parts.append(said)
            length += len(said)
        parts.append("\n")
        length += 1
    return Paragraph("".join(parts[:-1]), tuple(places), number)


def _said(line: _TextLine) -> list[tuple[str, int]]:
    """The text a line shows, each piece with its source offset."""
    shown = [(piece.text, line.start + piece.start) for piece in pieces(line.text)] if is_marked(line.text) else []
    return shown or [(line.text, line.start)]


def _join_over_pages(blocks: list[Paragraph | Table]) -> list[Paragraph | Table]:
    """The blocks with sentences cut by a page break rejoined and page numbers left out."""
    joined: list[Paragraph | Table] = []
    cut: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and _PAGE_NUMBER.fullmatch(block.text):
            continue
        if isinstance(block, Paragraph) and cut and len(cut) < _MAX_PIECES and _is_cut(cut[-1].text, block.text):
            cut.append(block)
            continue
        if cut:
            joined.append(_join(cut))
            cut = []
        if isinstance(block, Paragraph):
            cut = [block]
        else:
            joined.append(block)
    return [*joined, _join(cut)] if cut else joined


def _is_cut(before: str, after: str) -> bool:
    return len(before) >= _CUT_MIN_CHARS and bool(_CONTINUES.match(after)) and not _ends_sentence(before)


def _ends_sentence(text: str) -> bool:
    """Whether a text ends in punctuation, quotation marks and emphasis aside."""
    return text.rstrip(_CLOSING_MARKS)[-1:] in _SENTENCE_ENDS


def _join(cut: list[Paragraph]) -> Paragraph:
    if len(cut) == 1:
        return cut[0]
    pieces: list[tuple[int, int]] = []
    length = 0
    for part in cut:
        pieces += [(own + length, source) for own, source in part.pieces]
        length += len(part.text) + 1
    return Paragraph(" ".join(part.text for part in cut), tuple(pieces), cut[0].line)
