"""Which tables of a document may be statements: each with its title, one statement a table, a statement in one table.

Belongs here: the words above a table, parting a table that holds several statements, joining one that a page broke in two.
Does not belong here: which statement a table is (`kinds.py`), or reading it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Document, Paragraph, Row, Table
from orchestration.filings.ocr.header_ocr import is_damaged
from orchestration.filings.records import Basis, Statement
from orchestration.filings.statements.basis import basis_of
from orchestration.filings.statements.kinds import concepts_named, concepts_of, kind_of, statement_in_title
from orchestration.filings.statements.side_by_side import parted_side_by_side
from orchestration.filings.tables.columns import is_head, is_year, read_header
from orchestration.filings.tables.passes import PLAIN, Runner
from orchestration.filings.tables.rows import LabelledRow, labelled_rows
from orchestration.filings.text.companies import companies_in
from orchestration.filings.text.dates import PrintedPeriod, periods_in, without_dates

_TITLE_BLOCKS: Final = 6
_TITLE_CHARS: Final = 400
_SENTENCES: Final = 2
"""The paragraphs above a title that may say what the statements below are."""
_TITLE_ROWS: Final = 14
_FOOTNOTE: Final = re.compile(r"\s*(?:\(\w\)|\*{1,3}(?=\s)|\d{1,2}\s)\s*[A-Z][^\n]*\s[a-z]+\s")
_NOTE: Final = re.compile(r"\s*(?:\(?\w{1,2}\)|\*|[a-z])")
"""What begins like a note, or in the middle of a sentence, is no line of a title."""
_LINES_OF_OWNER: Final = 3
_STARRED: Final = re.compile(r"\*{1,3}\s?[A-Za-z][^*]*$")
"""A footnote by its stars; what ends in stars too is in bold."""
_SENTENCE: Final = re.compile(
    r"[a-z]{2,}\s(?:[^.]|\.(?=\d)|(?<=\s[A-Z])\.){20,}(?:[a-z0-9)]{2,}|(?!INC|CORP|LTD|PLC|LLC)[A-Z]{3,})\.$"
)
"""Words that end in a full stop; that of an initial ("John P. Smith") is none."""
_ANOTHER: Final = re.compile(r"[a-z]\.\s+[(A-Z]")
"""A full stop within a text: its last sentence may stand in parentheses, where a note of units alone does."""
_DIGIT: Final = re.compile(r"\d")
_ASIDE: Final = re.compile(r"\([^()]*\)")
_SUM: Final = re.compile(r"[$%]\s?\d|\d\s?%")
_ENDED: Final = re.compile(r"\b(?:for|the|periods?|end(?:ed|ing))\b", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"\d,\d{3}(?!\d)")
"""No day or year is printed so."""
_STOP: Final = re.compile(r"(?:\d|respectively)\.?\s*\.$")
_HEAD_CHARS: Final = 160
_HEAD_LETTERS: Final = 30
_LEAST_HEADS: Final = 2
_LETTER: Final = re.compile(r"[^\W\d_]")


class TitledTable(NamedTuple):
    """A table with the words right above it; `is_near` says that nothing but a title parts it from the table before.

    `sentences` are those above its title, and above that of the tables it is near to.
    """

    table: Table
    title: str
    statement: Statement | None
    rows: list[LabelledRow]
    is_near: bool
    sentences: tuple[str, ...] = ()


def titled_tables(document: Document, runner: Runner = PLAIN) -> list[TitledTable]:
    """Each table that may be a statement, in the order they stand."""
    found: list[TitledTable] = []
    for table in _as_printed(document, runner):
        before = found[-1] if found else None
        if before and _goes_on(before, table, runner.untraced):
            found[-1] = _joined(before, table, runner)
        elif before and _is_again(before, table, runner.untraced):
            own = [line for line in before.title.split("\n") if not periods_in(line)]
            found.append(table._replace(title="\n".join([*own, table.title])))
        else:
            found.append(table)
    return found


def _as_printed(document: Document, runner: Runner) -> Iterator[TitledTable]:
    """The tables with the words above them; a table of several statements is several."""
    above: list[str] = []
    sentences: tuple[str, ...] = ()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above.append(block.text)
            continue
        short = [text for text in _below_last_sentence(above)[-_TITLE_BLOCKS:] if len(text) <= _TITLE_CHARS]
        near = len(short) == len(above)
        whole = _below_sentences(block)
        told = [*above[: len(above) - len(short)], *_on_top(block, whole)]
        sentences = tuple(told[-_SENTENCES:]) if told else sentences
        for number, (table, rows) in enumerate(_parts(whole, runner)):
            title = "\n".join([*(short if number == 0 else ()), *_words_on_top(table, rows)])
            yield TitledTable(table, title, kind_of(rows, title), rows, near or number > 0, sentences)
        above = []


def _parts(whole: Table, runner: Runner) -> Iterator[tuple[Table, list[LabelledRow]]]:
    """The tables that one holds, side by side and one below the other, each with its rows."""
    for page in parted_side_by_side(whole):
        rows = labelled_rows(page, runner)
        for table in map(_below_sentences, split_at_heads(page, rows)):
            yield table, rows if table is page else labelled_rows(table, runner)


def _below_last_sentence(above: Sequence[str]) -> Sequence[str]:
    """The paragraphs that may be a title: those below the last sentence."""
    last = next((at for at in range(len(above) - 1, -1, -1) if _is_sentence(above[at])), -1)
    return above[last + 1 :]


def _below_sentences(table: Table) -> Table:
    """The table without the sentences on its top, which formats that part blocks by their gaps take for its first rows."""
    first, words = 0, ""
    for index, row in enumerate(table.rows[:_TITLE_ROWS]):
        if is_head(row) or any(not _LETTER.search(cell.text) for cell in row.cells[1:]):
            break
        words = f"{words} {row.text}".strip()
        if _STARRED.match(words):
            first, words = index + 1, ""
        if words.endswith("."):
            first, words = (index + 1, "") if _is_sentence(words) else (first, "")
    return _part(table, first, len(table.rows)) if 0 < first < len(table.rows) else table


def _part(table: Table, first: int, stop: int) -> Table:
    """Some rows of a table as a table."""
    breaks = tuple(at - first for at in table.breaks if first < at < stop)
    return replace(table, rows=table.rows[first:stop], breaks=breaks)


def _on_top(table: Table, rest: Table) -> list[str]:
    """The words on top of a table that its `rest` lacks, as one text."""
    text = " ".join(row.text for row in table.rows[: len(table.rows) - len(rest.rows)])
    return [text] if text else []


def _is_sentence(text: str) -> bool:
    """Whether a paragraph tells something: a title has no full stop at its end, and a footnote begins with its mark."""
    end = text[-_TITLE_CHARS:].rstrip()
    end = end[:-1] if end.endswith(".)") and _ANOTHER.search(end) else end
    return bool(_FOOTNOTE.match(text)) or (end.endswith(".") and bool(_SENTENCE.search(end)))


def _goes_on(before: TitledTable, table: TitledTable, runner: Runner) -> bool:
    """Whether a table is the rest of the one before: the same statement, with other lines of it, and no title of its own.

    What heads some lines of it ("Net income per ordinary share:") is no title.
    """
    if not table.is_near or before.statement is None or before.table.is_spaced != table.table.is_spaced:
        return False
    headings = [line for line in table.title.split("\n") if line.endswith(":")]
    own, headed = concepts_of(table.rows, before.statement), concepts_named(headings, before.statement)
    again = own & concepts_of(before.rows, before.statement) | headed & concepts_named(
        (row.label for row in before.rows), before.statement
    )
    if statement_in_title(table.title) or again or not (own or headed):
        return False
    if table.statement not in (None, before.statement) or statement_in_title(before.title) is not before.statement:
        return False
    own_head = read_header(table.table, table.rows, runner=runner)
    head_before = read_header(before.table, before.rows, before.title, runner)
    return own_head is None or head_before is None or _are_alike(own_head.periods, head_before.periods)


def _is_again(before: TitledTable, table: TitledTable, runner: Runner) -> bool:
    """Whether a table without a title of its own is the statement of the one right above it, for other periods."""
    first = table.table.rows[0]
    is_header = len(first.cells) > 1 or (
        bool(periods_in(first.text)) and not _LETTER.search(_ENDED.sub("", without_dates(first.text)))
    )
    is_same = table.statement is not None and table.statement is before.statement and is_header
    if not (is_same and table.is_near and statement_in_title(before.title)) or statement_in_title(table.title):
        return False
    heads = [read_header(one.table, one.rows, one.title, runner) for one in (before, table)]
    own, other = ({(one.end, one.months) for one in head.periods} if head else set() for head in heads)
    return bool(own) and bool(other) and own.isdisjoint(other)


def _are_alike(own: Sequence[PrintedPeriod], before: Sequence[PrintedPeriod]) -> bool:
    """Whether the columns of a table may be those of the one before, as far as both name their periods."""
    pairs = [((one.year, one.month), (other.year, other.month)) for one, other in zip(own, before, strict=False)]
    return len(own) == len(before) and all(None in (*one, *other) or one == other for one, other in pairs)


def _joined(before: TitledTable, table: TitledTable, runner: Runner) -> TitledTable:
    """Two tables as one, with a break between them; a header that is repeated is left out."""
    first = next((row.index for row in table.rows if row.has_words and row.cells and not periods_in(row.label)), 0)
    kept = [row for index, row in enumerate(table.table.rows) if index >= first or not periods_in(row.text)]
    breaks, unread = (*before.table.breaks, len(before.table.rows)), (*before.table.unread, *table.table.unread)
    whole = Table((*before.table.rows, *kept), breaks, before.table.is_spaced, unread)
    return before._replace(table=whole, rows=labelled_rows(whole, runner))


def _words_on_top(table: Table, rows: Sequence[LabelledRow]) -> list[str]:
    """The rows of a table down to its first figure, as words: in many formats the title stands in the table."""
    below = (row for row in rows if row.has_words and any(not is_year(item) for item in row.figures))
    printed = ((row.index, table.rows[row.index]) for row in below)
    first = next((index for index, row in printed if not is_damaged(row) and not is_head(row)), 0)
    return [row.text for row in table.rows[:first]][-_TITLE_ROWS:]


def _first_index(table: Table, row: LabelledRow) -> int:
    """The index of the first row whose words a label is made of: what wraps over two lines counts as the second of them."""
    first, start = row.index, min((cell.start for cell in row.leading), default=-1)
    while first and start >= 0 and any(cell.start >= start for cell in table.rows[first - 1].cells):
        first -= 1
    return first


def split_at_heads(table: Table, rows: Sequence[LabelledRow]) -> list[Table]:
    """A table that holds several tables, one below the other, as one each; itself where it holds one.

    A row with the title of a statement begins one, with the lines above it that say whose it is. So does a row that names the
    periods of columns below rows of figures, with the words above it.
    """
    starts, seen, words = [0], False, None
    for row in rows:
        if _has_data(row, table.rows[row.index]):
            seen, words = True, None
            continue
        words = _first_index(table, row) if words is None else words
        if seen and not row.cells and statement_in_title(row.label):
            starts.append(_first_of_title(table, words, _first_index(table, row)))
            seen = False
        elif seen and _heads_columns(table.rows[row.index]):
            starts.append(words)
            seen = False
    if len(starts) == 1:
        return [table]
    return [
        replace(_part(table, first, stop), unread=() if first else table.unread)
        for first, stop in zip(starts, [*starts[1:], len(table.rows)], strict=True)
    ]


def _first_of_title(table: Table, below: int, first: int) -> int:
    """The index of a title's first line: of those right above the name of the statement, the first that says whose it is."""
    for index in range(first - 1, max(below, first - _LINES_OF_OWNER) - 1, -1):
        text = table.rows[index].text
        if len(table.rows[index].cells) > 1 or len(text) > _HEAD_CHARS or _NOTE.match(text) or _is_sentence(text):
            break
        if companies_in(text) or basis_of(text) is not Basis.GAAP:
            first = index
    return first


def _has_data(row: LabelledRow, printed: Row) -> bool:
    """Whether a row says something: a sum without a name, or of a name figures, or words with some ("$4.40 billion")."""
    if not row.has_words:
        return any(_THOUSANDS.search(item.cell.text) for item in row.figures)
    is_dated = periods_in(row.label) and not any(_THOUSANDS.search(item.cell.text) for item in row.figures)
    if is_dated or _heads_columns(printed) or is_head(printed):
        return False
    return bool(row.cells) or any(_SUM.search(cell.text) for cell in printed.cells[1:])


def _heads_columns(row: Row) -> bool:
    """Whether a row names the periods of several columns and hardly says anything else: no label or sentence does so."""
    text = _ASIDE.sub(" ", row.text)
    if (
        len(text) > _HEAD_CHARS
        or _THOUSANDS.search(text)
        or _STOP.search(text)
        or len([period for period in periods_in(text) if period.year]) < _LEAST_HEADS
    ):
        return False
    rest = without_dates(text)
    return not _DIGIT.search(rest) and len(_LETTER.findall(rest)) <= _HEAD_LETTERS
