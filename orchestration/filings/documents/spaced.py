"""Text set out by spaces (ASCII exhibits, text printed from PDF) -> paragraphs and tables.

Belongs here: table lines and prose by their gaps, cells by character columns, wrapped labels. Does not belong here: what a
table means (`tables/`, `statements/`).

A line with a figure set apart by a gap is a table line. Short lines between table lines (headings, rules, wrapped labels)
belong to the table, and so do the short lines right above the first, where the header stands. `<TABLE>`, `<CAPTION>`, `<S>`,
`<C>` and `<PAGE>` are marks, not text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.filings.documents.model import Cell, Paragraph, Row, Table
from orchestration.filings.text.figures import COMPLETE, CURRENCY, MAY_BE_FIGURE, PRINTED, SOUND

_MARK: Final = re.compile(r"</?(?:TABLE|CAPTION|S|C|PAGE|FN|F\d)>", re.IGNORECASE)
_TABLE_MARK: Final = re.compile(r"<(/?)TABLE>", re.IGNORECASE)
_HEAD_MARK: Final = re.compile(r"\s*<CAPTION>", re.IGNORECASE)
_ROWS_MARK: Final = re.compile(r"\s*<S>", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"[a-z(]")
_RUNS_ON: Final = re.compile(r"[a-z]")
_WORDS: Final = re.compile(r"[A-Za-z]{2}")
_PAGE_NUMBER: Final = re.compile(r"-\s?\d{1,3}\s?-|page\s+\d{1,3}(?:\s+of\s+\d{1,3})?", re.IGNORECASE)
_MAX_LABEL_LINES: Final = 5
_PAGE: Final = re.compile(r"\s*<PAGE>|\f", re.IGNORECASE)
_CELL: Final = re.compile(r"\S+(?: \S+)*")
_WORD: Final = re.compile(r"\S+")
_HAS_DIGIT: Final = re.compile(r"\d")
_RULE: Final = re.compile(r"[\s\-=_*$|.]+")
_LEADERS: Final = re.compile(r"(?<=\S)\s?\.{3,}|(?: \.){3,}")
_GLUED_SIGN: Final = re.compile(rf"([{CURRENCY}])\s+(?=[\d(.])")
_PROSE_MIN_CHARS: Final = 62
_MARGIN: Final = 12
"""Prose begins left of this column; a title is indented further."""
_MAX_BETWEEN: Final = 9
_MAX_HEADER_LINES: Final = 16
_TAB: Final = 8
_LEAST_GAP: Final = 2
"""A tab separates cells even where the next tab stop is one blank away, a gap that groups of one figure may have."""


@dataclass(frozen=True, slots=True)
class _SpacedLine:
    text: str
    start: int
    number: int
    cells: tuple[Cell, ...]
    is_figure: bool
    is_break: bool
    is_marked: bool

    @property
    def is_blank(self) -> bool:
        return not self.cells

    @property
    def is_prose(self) -> bool:
        """A full line of words in one run: no heading, no label."""
        return len(self.cells) == 1 and len(self.cells[0].text) >= _PROSE_MIN_CHARS and self.cells[0].left < _MARGIN


def read_spaced(text: str, start: int, end: int, first_line: int) -> list[Paragraph | Table]:
    """The blocks of a span of text set out by spaces; `first_line` is the number of its first line."""
    lines = _lines(text, start, end, first_line)
    inside = _table_lines(lines)
    blocks: list[Paragraph | Table] = []
    index = 0
    while index < len(lines):
        stop = index
        while stop < len(lines) and inside[stop] == inside[index]:
            stop += 1
        if inside[index]:
            blocks += [table for part in _split_at_captions(lines[index:stop]) for table in _table(part)]
        else:
            blocks += _paragraphs(lines[index:stop])
        index = stop
    return blocks


def _lines(text: str, start: int, end: int, first_line: int) -> list[_SpacedLine]:
    lines = []
    offset, marked = start, False
    for number, raw in enumerate(text[start:end].split("\n"), first_line):
        is_break = bool(_PAGE.match(raw))
        plain = _MARK.sub(lambda found: " " * len(found.group()), raw)
        cells = (
            () if _RULE.fullmatch(plain) and not _HAS_DIGIT.search(plain) and len(plain.split()) != 1 else _cells(plain, offset)
        )
        if _RULE.fullmatch(plain) and len(plain.strip()) > 4:
            cells = ()
        marked = _marked(raw, marked)
        lines.append(_SpacedLine(raw, offset, number, cells, _is_figure_line(cells), is_break, marked))
        offset += len(raw) + 1
    return lines


def _marked(raw: str, before: bool) -> bool:
    """Whether a line stands between `<TABLE>` and `</TABLE>`."""
    if "<" not in raw:
        return before
    found = _TABLE_MARK.findall(raw)
    return not found[-1] if found else before


def _cells(plain: str, offset: int) -> tuple[Cell, ...]:
    """The runs of a line separated by two blanks or more; a lone `$` belongs to the figure after it."""
    if "\t" in plain:
        return _tabbed(plain, offset)
    spaced = _LEADERS.sub(lambda found: " " * len(found.group()), plain)
    spaced = _GLUED_SIGN.sub(lambda found: " " * (len(found.group()) - 1) + found[1], spaced)
    return tuple(
        Cell(part.group(), part.start(), part.end(), offset + part.start(), offset + part.end())
        for found in _CELL.finditer(spaced)
        for part in (_WORD.finditer(spaced, *found.span()) if _is_several(found.group()) else (found,))
    )


def _is_several(text: str) -> bool:
    """Whether a run is several figures, each one blank apart.

    A blank before a comma is a slip. So is one without which groups of three are complete, unless all parts are sound figures.
    """
    if " " not in text or " ," in text or not MAY_BE_FIGURE.match(text):
        return False
    parts = text.split(" ")
    is_one = COMPLETE.fullmatch("".join(parts)) and not all(map(SOUND.fullmatch, parts))
    return not is_one and all(map(MAY_BE_FIGURE.fullmatch, parts))


def _tabbed(plain: str, offset: int) -> tuple[Cell, ...]:
    cells, column = [], 0
    for found in re.finditer(r"\t|[^\t]+", plain):
        if found.group() == "\t":
            column = after_tab(column)
            continue
        for part in _CELL.finditer(found.group()):
            left = column + part.start()
            at = offset + found.start() + part.start()
            cells.append(Cell(part.group(), left, left + len(part.group()), at, at + len(part.group())))
        column += len(found.group())
    return tuple(cells)


def after_tab(column: int) -> int:
    """The character column after a tab at a column, both counted from 0."""
    return column + max(_TAB - column % _TAB, _LEAST_GAP)


def _is_figure_line(cells: Sequence[Cell]) -> bool:
    """Whether a line has a figure not at the left margin, beside other cells or far to the right."""
    if not cells:
        return False
    beside = [cell for cell in cells if cell.left > 0 and PRINTED.fullmatch(cell.text)]
    return bool(beside) and (len(cells) > 1 or cells[0].left > 24)


def _table_lines(lines: Sequence[_SpacedLine]) -> list[bool]:
    inside = [False] * len(lines)
    last: int | None = None
    for index, line in enumerate(lines):
        if not line.is_figure:
            continue
        between = lines[last + 1 : index] if last is not None else ()
        words = [other for other in between if not other.is_blank]
        if last is None or (not _same_mark(lines, last, index) and (len(words) > _MAX_BETWEEN or _is_prose(between, line))):
            first = _header_start(lines, index)
        else:
            first = last + 1
        inside[first : index + 1] = [True] * (index + 1 - first)
        last = index
    return inside


def _same_mark(lines: Sequence[_SpacedLine], last: int, index: int) -> bool:
    """Whether all lines between two stand within `<TABLE>` marks."""
    return all(line.is_marked for line in lines[last : index + 1])


def _is_prose(between: Sequence[_SpacedLine], figure: _SpacedLine) -> bool:
    """Whether the lines between two figure lines are prose and not a long label of the second."""
    if not any(other.is_prose for other in between) or _is_long_heading(between):
        return False
    label = [other for other in between if not other.is_blank]
    run = next((count for count, other in enumerate(reversed(between)) if other.is_blank), len(between))
    return not (_GOES_ON.match(figure.cells[0].text) and len(label) <= run <= _MAX_LABEL_LINES)


def _is_long_heading(between: Sequence[_SpacedLine]) -> bool:
    """Whether the one full line between two figure lines, without blank lines, ends in a colon or is in capitals."""
    full = [other.text.strip() for other in between if other.is_prose]
    return len(full) == 1 and not any(other.is_blank for other in between) and (full[0].endswith(":") or full[0].isupper())


def _ends_prose(lines: Sequence[_SpacedLine], index: int) -> bool:
    """Whether a short line ends a paragraph: at the left margin, right below a full line of words."""
    line = lines[index]
    return index > 0 and lines[index - 1].is_prose and len(line.cells) == 1 and line.cells[0].left < _MARGIN


def _header_start(lines: Sequence[_SpacedLine], figure: int) -> int:
    """The first line of the header above a first figure line: short lines, until prose or too many."""
    first, seen = figure, 0
    for index in range(figure - 1, -1, -1):
        line = lines[index]
        if line.is_blank:
            continue
        if line.is_prose or line.is_figure or seen == _MAX_HEADER_LINES or _ends_prose(lines, index):
            break
        seen += 1
        first = index
    return first


def _split_at_captions(lines: Sequence[_SpacedLine]) -> Iterator[Sequence[_SpacedLine]]:
    """The lines of a table, split at each later `<CAPTION>`, which heads columns of its own."""
    start, marked, rows = 0, False, 0
    for index, line in enumerate(lines):
        if "<" in line.text:
            if rows and _HEAD_MARK.match(line.text):
                yield lines[start:index]
                start = index
            marked, rows = bool(_ROWS_MARK.match(line.text)), 0
        rows += marked and line.is_figure
    yield lines[start:]


def _table(lines: Sequence[_SpacedLine]) -> list[Paragraph | Table]:
    rows: list[Row] = []
    breaks: list[int] = []
    for index, line in enumerate(lines):
        if line.is_break and rows:
            breaks.append(len(rows))
        if rows and _ends_label(lines, index):
            rows[-1] = _with_label(rows[-1], line.cells[0].text)
        elif line.cells and not _is_page_number(line):
            rows.append(Row(line.cells, line.number))
    return [Table(tuple(rows), tuple(breaks), is_spaced=True)] if rows else []


def _ends_label(lines: Sequence[_SpacedLine], index: int) -> bool:
    """Whether a line of words is the rest of the label above it, whose figures stand on its first line.

    It is indented, begins in lower case, and does not itself continue on the line below.
    """
    line, above = lines[index], lines[index - 1] if index else None
    if above is None or not above.is_figure or len(above.cells) < 2 or len(line.cells) != 1 or line.is_figure:
        return False
    words, label = line.cells[0], above.cells[0]
    if not _RUNS_ON.match(words.text) or words.text.endswith(":") or not label.left < words.left < above.cells[1].left:
        return False
    below = next((other for other in lines[index + 1 :] if other.cells), None)
    return _WORDS.search(label.text) is not None and (below is None or not _RUNS_ON.match(below.cells[0].text))


def _with_label(row: Row, words: str) -> Row:
    first = row.cells[0]
    return Row((first._replace(text=f"{first.text} {words}"), *row.cells[1:]), row.line)


def _is_page_number(line: _SpacedLine) -> bool:
    """Whether a line is certainly a page number: between dashes, or after "page". A bare number may be a total."""
    return len(line.cells) == 1 and bool(_PAGE_NUMBER.fullmatch(line.cells[0].text))


def _paragraphs(lines: Sequence[_SpacedLine]) -> list[Paragraph | Table]:
    found: list[Paragraph | Table] = []
    run: list[_SpacedLine] = []
    for line in (*lines, None):
        if line is None or line.is_blank or line.is_break:
            if run:
                found.append(_paragraph(run))
                run = []
        else:
            run.append(line)
    return found


def _paragraph(lines: Sequence[_SpacedLine]) -> Paragraph:
    pieces, parts, length = [], [], 0
    for line in lines:
        body = line.text.strip()
        pieces.append((length, line.start + line.text.index(body)))
        parts.append(body)
        length += len(body) + 1
    return Paragraph("\n".join(parts), tuple(pieces), lines[0].number)
