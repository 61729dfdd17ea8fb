"""What every format is turned into: a `Document` of paragraphs and tables with their source locations.

Belongs here: the types that the formats produce and the other rooms read. Does not belong here: how a format is read (a module
each beside this one), what a table or paragraph means (`statements/`, `narrative/`, `compounds/`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple


@lru_cache(maxsize=1)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in re.finditer("\n", text)))


def line_of(text: str, offset: int) -> int:
    """The line of a source offset, counted from 1."""
    return bisect_right(_line_starts(text), offset)


class SourceLocation(NamedTuple):
    """A line counted from 1, and offsets into the decoded source, end exclusive."""

    line: int
    start: int
    end: int


class Cell(NamedTuple):
    """One cell of a table row. `text` is stripped.

    `left` and `right` (exclusive) are its horizontal position: the cell's ordinal between tabs or pipes, the grid column in
    markup, the character column in spaced text. `is_by_sum`: sums of the table chose how its figure was split or placed and do
    not prove it.
    """

    text: str
    left: int
    right: int
    start: int
    end: int
    is_by_sum: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, and its line. Empty cells are left out."""

    cells: tuple[Cell, ...]
    line: int

    @property
    def text(self) -> str:
        """The row as one string, cells joined by a blank."""
        return " ".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Consecutive rows. `breaks` are the indexes of rows before which the page or the layout breaks.

    `is_spaced` says that cells are placed by character columns, so that a column is a range of positions. `unread` are lines
    whose figures could not be assigned to columns, each as one cell.
    """

    rows: tuple[Row, ...]
    breaks: tuple[int, ...] = ()
    is_spaced: bool = False
    unread: tuple[Row, ...] = ()

    @property
    def line(self) -> int:
        """The line of the first row."""
        return self.rows[0].line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as one string, with a map back to the source.

    `pieces` are ascending pairs (offset in `text`, offset in the source); from one to the next, text and source correspond
    character by character. A paragraph cut by a page break is one paragraph of several pieces.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    line: int

    def source_offset(self, offset: int) -> int:
        """The source offset of a character of `text`."""
        own, source = self.pieces[max(bisect_right(self.pieces, (offset, 1 << 60)) - 1, 0)]
        return source + offset - own


@dataclass(frozen=True)
class Document:
    """A filing as decoded text, and its blocks in order."""

    text: str
    blocks: tuple[Paragraph | Table, ...]

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs alone, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables alone, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def down_to(self, line: int) -> int:
        """How many paragraphs begin on a line or above it."""
        return bisect_right(self.paragraphs, line, key=lambda one: one.line)

    def table_below(self, line: int) -> Table | None:
        """The first table that begins below a line."""
        at = bisect_right(self.tables, line, key=lambda one: one.line)
        return self.tables[at] if at < len(self.tables) else None

    @cached_property
    def words(self) -> str:
        """The text of all blocks: a line per row, cells separated by tabs. Its offsets are not those of the source."""
        lines: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                lines += [block.text, ""]
            else:
                lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        return "\n".join(lines)

    def place(self, start: int, end: int) -> SourceLocation:
        """The location of a source span."""
        return SourceLocation(line_of(self.text, start), start, end)

    def place_in(self, paragraph: Paragraph, start: int, end: int) -> SourceLocation:
        """The location of a span of a paragraph's text."""
        first = paragraph.source_offset(start)
        return self.place(first, paragraph.source_offset(max(end - 1, start)) + 1)
