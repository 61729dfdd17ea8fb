"""What every format is turned into: a `Document` of paragraphs and tables that remember where they stood.

Belongs here: the shapes that formats produce and the statement and prose readers consume. Does not belong here: how a
format is taken apart (a module each beside this one), or what a table or paragraph means (`statements/`, `prose/`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class SourceLocation(NamedTuple):
    """Where something stands: line counted from 1, offsets into the decoded source, end exclusive."""

    line: int
    start: int
    end: int


class Cell(NamedTuple):
    """One cell of a table row. `left` and `right` are its place across the page, in the unit of its table.

    The unit is the cell's ordinal where cells are separated by tabs or pipes, the grid column where they are marked up,
    and the character column where they are set out by spaces. `right` is exclusive. `text` is stripped. `is_by_sum` says that
    its figure was parted or placed as the sums of its table want it: they are no proof of it any more.
    """

    text: str
    left: int
    right: int
    start: int
    end: int
    is_by_sum: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, and the line it stands on. Empty cells are left out: a place that has no cell is blank."""

    cells: tuple[Cell, ...]
    line: int

    @property
    def text(self) -> str:
        """The row as one string, cells joined by a blank."""
        return " ".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together. `breaks` are the indexes of rows before which the page or the layout was broken.

    `is_spaced` says that cells are placed by character columns, so that a column is a stretch and not one place. `unread` are
    lines whose figures could not be shared out over the columns, each as one cell.
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

    `pieces` are (offset in `text`, offset in the source) pairs in ascending order: between two pairs the text and the
    source run in step. A paragraph that a page break cut in two is one paragraph of several pieces.
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
    """A filing as decoded text and the blocks found in it, in the order they stand."""

    text: str
    blocks: tuple[Paragraph | Table, ...]

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs alone."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> Iterator[Table]:
        """The tables alone."""
        return (block for block in self.blocks if isinstance(block, Table))

    @cached_property
    def words(self) -> str:
        """All that the blocks say, without markup: a line a row, cells parted by tabs. Its offsets mean nothing."""
        lines: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                lines += [block.text, ""]
            else:
                lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        return "\n".join(lines)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The source offset at which each line starts."""
        starts = [0]
        found = self.text.find("\n")
        while found >= 0:
            starts.append(found + 1)
            found = self.text.find("\n", found + 1)
        return tuple(starts)

    def place(self, start: int, end: int) -> SourceLocation:
        """The place of a stretch of source characters."""
        return SourceLocation(bisect_right(self.line_starts, start), start, end)

    def place_in(self, paragraph: Paragraph, start: int, end: int) -> SourceLocation:
        """The place of a stretch of a paragraph's text."""
        first = paragraph.source_offset(start)
        return self.place(first, paragraph.source_offset(max(end - 1, start)) + 1)
