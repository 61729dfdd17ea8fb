"""Where something is said of a table: the kind of witness, its line, and its words.

Belongs here: the type, and the lines above a table with their place. Does not belong here: what the words mean (`scale.py`,
`text/dates.py`, `statements/`), or which witnesses a proof needs (`proof/attribution.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Document, Paragraph, Table
from orchestration.filings.records import Witness

SHOWN_CHARS: Final = 160
_MOST_ABOVE: Final = 40
"""So many lines above a table are searched for those of its title."""


class Said(NamedTuple):
    """Something said of a table: by which witness, in which line (None where in none), in which words."""

    witness: Witness = Witness.NOTHING
    line: int | None = None
    text: str = ""


UNSAID: Final = Said()


def head_of(document: Document, table: Table, title: str, first_row: int) -> tuple[Said, ...]:
    """The lines of a title and of the rows before `first_row`, top to bottom, each with its place.

    A line of the title that cannot be found again has the line of the table.
    """
    titles = [line for line in title.split("\n") if line.strip()]
    rows = [Said(Witness.HEADER, row.line, row.text) for row in table.rows]
    count = max((at + 1 for at, row in enumerate(rows[:_MOST_ABOVE]) if row.text in titles), default=0)
    header = rows[: max(first_row, count)]
    within = {row.text for row in header}
    places: dict[str, int] = {}
    for line, text in islice(_lines_above(document, table.line), _MOST_ABOVE):
        places.setdefault(text, line)
    above = (Said(Witness.TITLE, places.get(text, table.line), text) for text in titles if text not in within)
    return (*above, *header)


def _lines_above(document: Document, line: int) -> Iterator[tuple[int, str]]:
    """The lines of the paragraphs above a line, from the bottom up."""
    for number in reversed(range(document.down_to(line))):
        paragraph = document.paragraphs[number]
        at = len(paragraph.text)
        for text in reversed(paragraph.text.split("\n")):
            at -= len(text)
            yield document.place(paragraph.source_offset(at), 0).line, text
            at -= 1


def said_by(block: Paragraph | Table) -> Iterator[Said]:
    """What a block of a filing says: a paragraph as prose, a table row by row as notes."""
    if isinstance(block, Paragraph):
        yield Said(Witness.PROSE, block.line, block.text)
    else:
        yield from (Said(Witness.NOTE, row.line, row.text) for row in block.rows)


def last_that(head: Sequence[Said], says: Callable[[str], bool]) -> Said | None:
    """The lowest line that says something; where a line alone does not, the lowest pair of lines that do together."""
    for said in reversed(head):
        if says(said.text):
            return shown(said)
    for below, above in zip(reversed(head), list(reversed(head))[1:], strict=False):
        if says(f"{above.text}\n{below.text}") or says(f"{above.text} {below.text}"):
            return joined((above, below))
    return None


def joined(lines: Iterable[Said]) -> Said:
    """Lines that say something together, as the first of them with the words of all."""
    first, *others = lines
    return shown(first._replace(text=" / ".join([first.text, *(other.text for other in others)])))


def shown(said: Said) -> Said:
    """The same with no more words than are kept."""
    return said._replace(text=" ".join(said.text.split())[:SHOWN_CHARS])
