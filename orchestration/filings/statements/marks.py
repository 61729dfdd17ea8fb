"""Notes to the marks of titles and heads: "Statements of Operations*", and at the end "* Of a fund which the Company manages".

Belongs here: marks over a statement, printed or raised, and the notes below that bear them. Does not belong here: what other
sentences say of statements (`remarks.py`), or marks of figures and labels (`tables/`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from orchestration.filings.documents.html import FOOTNOTE_MARK
from orchestration.filings.documents.model import Document, Paragraph
from orchestration.filings.statements.kinds import around_name
from orchestration.filings.statements.read import StatementTable
from orchestration.filings.statements.titles import words_not_known
from orchestration.filings.text.companies import name_words
from orchestration.filings.text.dates import periods_in
from orchestration.filings.text.sentences import Sentence, sentences
from orchestration.filings.text.words import is_emphasis
from orchestration.filings.vocabulary import wording

_SIGN: Final = r"\*{1,3}|[†‡#§¹²³⁴⁵]"
_MARK: Final = re.compile(rf"(?<=[A-Za-z\d)\s,.])(?P<mark>{_SIGN}|[(\[](?:\d|[A-Za-z]|\*{{1,3}})[)\]])(?=\W*$|\s)")
_OWN: Final = re.compile(rf"\W{{0,2}}?(?P<mark>(?<!\w)(?:{_SIGN})|[(\[]?(?:\d{{1,2}}|[A-Za-z]|\*{{1,3}})[)\].:])\s*(?=\S)")
"""The mark that a note begins with."""
_TAG: Final = re.compile(r"<[^<>]*>|&nbsp;|&#160;")
_TAGS: Final = re.compile(r"(?:<(?!/?(?:tr|p|div|table|li|h\d)\b)[^<>]*>|&nbsp;|&#160;|\s)*\Z", re.IGNORECASE)
"""Blanks and tags that end no row and no paragraph."""
_BEFORE_CHARS: Final = 400
"""A raised mark stands no farther before the words of its note, tags included."""


class Note(NamedTuple):
    """A note below a statement, with its mark and the line it begins on."""

    mark: str
    line: int
    text: str


def notes_not_understood(table: StatementTable, document: Document) -> Iterator[Note]:
    """The notes to marks of a statement's title and heads that say more than known words; one a mark."""
    marks = set(_marks(table, document))
    for note in _notes_below(table, document) if marks else ():
        if note.mark in marks:
            marks.remove(note.mark)
            if not _is_harmless(next(sentences(note.text), Sentence("", 0)).text, table):
                yield note


def _marks(table: StatementTable, document: Document) -> Iterator[str]:
    """The marks over a statement, without their brackets."""
    above, _, _ = around_name(table.said_above)
    for line in table.said_above.split("\n")[len(above) :]:
        yield from (_plain(found["mark"]) for found in _MARK.finditer(line) if not is_emphasis(line, found["mark"]))
    for found in FOOTNOTE_MARK.finditer(document.text, *table.head_span):
        before = max((end for end in table.other_heads if end <= found.start()), default=found.start() - _BEFORE_CHARS)
        if found.start() - before >= _BEFORE_CHARS or not _TAGS.match(document.text, before, found.start()):
            yield _plain(found.group())


def _plain(mark: str) -> str:
    """A mark without tags, brackets and blanks."""
    return re.sub(r"[\s()\[\].:]", "", _TAG.sub("", mark)).lower()


def _notes_below(table: StatementTable, document: Document) -> Iterator[Note]:
    """The paragraphs and rows below the heads of a statement that begin with a mark, printed or raised."""
    for block in document.blocks:
        if block.line < table.line:
            continue
        said = (
            [(block.line, block.text, block.source_offset(0))]
            if isinstance(block, Paragraph)
            else [(row.line, row.text, row.cells[0].start) for row in block.rows if row.cells]
        )
        for line, text, start in said:
            own = _OWN.match(text)
            if raised := _raised_before(document.text, start):
                yield Note(raised, line, text)
            elif own and not is_emphasis(text, own["mark"]):
                yield Note(_plain(own["mark"]), line, text[own.end() :])


def _raised_before(text: str, start: int) -> str | None:
    """The raised mark right before an offset, if one stands there."""
    last = next(reversed([*FOOTNOTE_MARK.finditer(text, max(start - _BEFORE_CHARS, 0), start)]), None)
    return _plain(last.group()) if last and _TAGS.match(text, last.end(), start) else None


def _is_harmless(note: str, table: StatementTable) -> bool:
    """Whether a note says where figures come from, or nothing but known words, and no stretch that its columns have not."""
    stretches = {period.months for period in periods_in(note)} - {None}
    is_known = not words_not_known([note], name_words(table.entity or ""))
    is_of_columns = stretches <= {period.months for period in table.periods}
    return bool(wording("note_of_source").match(note)) or (is_known and is_of_columns)
