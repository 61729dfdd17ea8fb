"""Text -> Document: the format of each part of a filing, and the module that reads it.

Belongs here: detecting formats, and joining the documents of a submission. Does not belong here: reading a format (one module
each).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum, auto
from itertools import islice
from typing import Final, NamedTuple

from orchestration.filings.documents.exhibits import Exhibits, exhibits
from orchestration.filings.documents.html import read_html
from orchestration.filings.documents.model import Document, Paragraph, Table
from orchestration.filings.documents.plain import read_plain
from orchestration.filings.documents.spaced import has_table_lines, read_spaced
from orchestration.filings.documents.submission import Part, Submission, read_submission
from orchestration.filings.documents.wire import read_wire

_MARKUP: Final = re.compile(r"</(?:td|tr|p|div|html|body)\s*>|<(?:html|body|p|div|td|tr)\b", re.IGNORECASE)
"""Block tags. Inline tags (`<br>`, `<sup>`, `<b>`) also occur in markdown."""
_CELL_TAG: Final = re.compile(r"<t[dr]\b", re.IGNORECASE)
_PAGE_TAG: Final = re.compile(r"<(?:!doctype|html|body|p|div|center|font|h[1-6]|ul|ol|li|pre|hr)\b", re.IGNORECASE)
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")
_TABLE_TAG: Final = re.compile(r"<(?P<end>/?)table\b[^<>]*>", re.IGNORECASE)
_TABBED: Final = re.compile(r"^[^\n\t]*\t[^\n]*\d[^\n]*$", re.MULTILINE)
_PIPED: Final = re.compile(r"^[^\n|]*\|[^\n|]*\|[^\n]*\d[^\n]*$", re.MULTILINE)
_PREFORMATTED: Final = re.compile(r"<pre\b[^>]*>(?P<body>.*?)(?:</pre\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_ASCII_TABLE: Final = re.compile(r"^\s*<(?:(?:S|C)>|CAPTION>(?!(?:.|\n){0,400}?</CAPTION>))", re.IGNORECASE | re.MULTILINE)
"""Marks of a table in text; in HTML a caption has its end."""
_LEAST_LINES: Final = 5
_LEAST_TAGS: Final = 3


class Format(Enum):
    """The formats that a part of a filing may be in."""

    HTML = auto()
    TEXT_WITH_TABLES = auto()
    TABBED = auto()
    SPACED = auto()
    WIRE = auto()


class SourceDocument(NamedTuple):
    """A document, and the submission it came in; None where it came alone.

    `corrected` are the documents of the submission that were not read, each with the one that corrects it.
    """

    document: Document
    submission: Submission | None
    corrected: tuple[tuple[Part, Part], ...] = ()


def read_document(text: str) -> SourceDocument:
    """The document in a text of any format; of a submission, the parts that may hold a release."""
    submission = read_submission(text)
    found = exhibits(submission, text) if submission else Exhibits(())
    spans = [(part.start, part.end) for part in found.read] if submission else [(0, len(text))]
    blocks: list[Paragraph | Table] = []
    for start, end in spans:
        blocks += _READERS[format_of(text, start, end)](text, start, end)
    return SourceDocument(Document(text, tuple(blocks)), submission, found.corrected)


def format_of(text: str, start: int, end: int) -> Format:
    """The format of a span: the first whose tags or lines occur often enough; `WIRE` where none does."""
    if _is_html(text, start, end) and (_CELL_TAG.search(text, start, end) or not _is_set(_PIPED, text, start, end)):
        is_text = _BLANK_LINE.search(text, start, end) and not _PAGE_TAG.search(text, start, end)
        return Format.TEXT_WITH_TABLES if is_text else Format.HTML
    if _is_set(_TABBED, text, start, end) or _is_set(_PIPED, text, start, end):
        return Format.TABBED
    if has_table_lines(text, start, end):
        return Format.SPACED
    return Format.WIRE


def _is_html(text: str, start: int, end: int) -> bool:
    return _is_set(_MARKUP, text, start, end, _LEAST_TAGS) and not _ASCII_TABLE.search(text, start, end)


def _is_set(pattern: re.Pattern[str], text: str, start: int, end: int, least: int = _LEAST_LINES) -> bool:
    """Whether a pattern has at least so many matches in a span."""
    return len(list(islice(pattern.finditer(text, start, end), least))) == least


def _html(text: str, start: int, end: int) -> list[Paragraph | Table]:
    """The blocks of HTML; `<PRE>` parts set out by spaces are read as such."""
    blocks: list[Paragraph | Table] = []
    at = start
    for found in _PREFORMATTED.finditer(text, start, end):
        if format_of(text, *found.span("body")) is Format.SPACED:
            blocks += read_html(text, at, found.start())
            blocks += read_spaced(text, *found.span("body"))
            at = found.end()
    return [*blocks, *read_html(text, at, end)]


def _text_with_tables(text: str, start: int, end: int) -> list[Paragraph | Table]:
    """The blocks of markdown with tables in HTML: the text between the tables has paragraphs separated by blank lines."""
    blocks: list[Paragraph | Table] = []
    at = start
    for first, after in _outer_tables(text, start, end):
        blocks += _READERS[_unmarked(text, at, first)](text, at, first)
        blocks += read_html(text, first, after)
        at = after
    return [*blocks, *_READERS[_unmarked(text, at, end)](text, at, end)]


def _unmarked(text: str, start: int, end: int) -> Format:
    """The format of a span that has no table in tags."""
    found = format_of(text, start, end)
    return Format.TABBED if found in (Format.TEXT_WITH_TABLES, Format.WIRE) else found


def _outer_tables(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of outermost `<table>` elements; an unclosed one runs to the end."""
    depth, first = 0, start
    for found in _TABLE_TAG.finditer(text, start, end):
        if not found["end"]:
            first = first if depth else found.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield first, found.end()
    if depth:
        yield first, end


_READERS: Final[dict[Format, Callable[[str, int, int], list[Paragraph | Table]]]] = {
    Format.HTML: _html,
    Format.TEXT_WITH_TABLES: _text_with_tables,
    Format.TABBED: read_plain,
    Format.SPACED: read_spaced,
    Format.WIRE: read_wire,
}
