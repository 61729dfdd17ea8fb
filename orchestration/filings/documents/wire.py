"""Wire copies and markdown: statements whose layout was lost, read as a stream of words and figures.

Belongs here: finding the stretches that statements fill, and rebuilding their rows from the order of words and figures,
whether a whole table was run together on one line or each cell stands on a line of its own. Does not belong here: formats
that keep their columns.

A statement stretch begins at a title that a header with periods follows, and holds as many columns as the header has
periods. Words, then as many figures as columns, are a row; as many figures again without words are a row without a
label. Figures in any other number belong to the label they stand in ("$0.001 par value").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from orchestration.filings.documents.glued import Figure, Way, settled, ways
from orchestration.filings.documents.model import Cell, Paragraph, Row, Table
from orchestration.filings.documents.plain import read_plain

_TITLE: Final = re.compile(
    r"(?:statements?\s+of\s+(?:consolidated\s+)?(?:operations|income|earnings|loss|cash\s+flows?|comprehensive|financial\s+position)"
    r"|balance\s+sheets?|income\s+statements?|cash\s+flow\s+statements?|\breconciliations?\s+of\b|non-gaap\s+financial)",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(
    r"(?P<date>\b\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:19|20)\d\d"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d{1,2}\s*,?\s*(?:19|20)\d\d|\b\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b)"
    r"|(?P<value>\(?\s*[$€£]?\s*\(?\s*(?:\d+(?:\.\d+)?(?=\s?%)|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+\.\d{3,}(?=\s)|\d+\.\d\d|\d+\.\d(?!\d)|\d+|\.\d\d)\s*\)?(?P<percent>\s*%)?)"
    r"|(?P<nil>(?<![\d–—-])[-–—](?![A-Za-z–—-]))|(?P<currency>[$€£])"
    r"|(?P<words>(?:(?!\(\s*[$€£]?\s*\(?\s*[\d.]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d)[^\d$€£–—-])+|[-–—])",
    re.IGNORECASE,
)
_NEWLINE: Final = re.compile(r"\n")
_LETTER: Final = re.compile(r"[A-Za-z]")
_GLUE: Final = re.compile(r"(?<=\d)(?=[A-Za-z])|(?<=[a-z.])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=(?:19|20)\d\d)(?=(?:19|20)\d\d)")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DURATION: Final = re.compile(
    r"(?:for\s+the\s+)?(?:three|six|nine|twelve|thirteen|twenty[- ]six|thirty[- ]nine|fifty[- ]two|\d{1,2})"
    r"[\s-]+(?:months?|weeks?)"
    r"|(?:for\s+the\s+)?(?:fiscal\s+)?(?:years?|quarters?)\s+end",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"\b\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+(?:19|20)\d\d)?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d{1,2}\b\s*,?\s*(?:(?:19|20)\d\d)?"
    r"|\b\d{1,2}/\d{1,2}/(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_CHANGE: Final = re.compile(
    r"(?:[%$]|\bpercent(?:age)?)\s*(?:of\s+\w+|change|chg\.?|variance|inc\w*|growth)|\b(?:change|variance)\b", re.IGNORECASE
)
_END: Final = re.compile(r"^\s*(?:---+|###|\[|!\[|view the original|about\s)|source\s*:", re.IGNORECASE | re.MULTILINE)
_HEADING: Final = re.compile(r":|\n(?=[A-Z])|(?<=[a-z)])(?=[A-Z][a-z])|(?<=[A-Z]{3})(?=[A-Z][a-z])|\s{3,}|\s{2,}(?=[A-Z])")
_HEADER_CHARS: Final = 700
_LABEL_CHARS: Final = 900
_LEAST_ROWS: Final = 4
_MAX_COLUMNS: Final = 8
_ASIDE_CHARS: Final = 12
_PERCENTS: Final = 3
"""Figures marked as percentages are told by their mark, and need no column of their own."""


class _Loose(NamedTuple):
    """A row whose figures may be read in more than one way."""

    heading: Cell | None
    label: Cell | None
    ways: Sequence[Way]


class _Named(NamedTuple):
    """A duration, date or year of a header, and the columns it stands over, counted from 1."""

    words: str
    left: int
    right: int


class _Header(NamedTuple):
    levels: tuple[tuple[_Named, ...], ...]
    columns: int
    end: int
    has_asides: bool


def read_wire(text: str, start: int, end: int, first_line: int) -> list[Paragraph | Table]:
    """The blocks of a stretch whose tables lost their layout."""
    blocks = read_plain(text, start, end, first_line)
    line_starts = _line_starts(text, start, end)
    tables = [table for table in _tables(text, start, end, first_line, line_starts) if len(table.rows) >= _LEAST_ROWS]
    if not tables:
        return blocks
    spans = [(table.rows[0].cells[0].start, table.rows[-1].cells[-1].end) for table in tables]
    outside = [block for block in blocks if not (isinstance(block, Paragraph) and _within(block, spans))]
    return sorted([*outside, *tables], key=_place)


def _place(block: Paragraph | Table) -> int:
    if isinstance(block, Paragraph):
        return block.pieces[0][1]
    return next((cell.start for row in block.rows for cell in row.cells), 0)


def _within(paragraph: Paragraph, spans: Sequence[tuple[int, int]]) -> bool:
    first = paragraph.pieces[0][1]
    return any(begin <= first < stop for begin, stop in spans)


def _line_starts(text: str, start: int, end: int) -> list[int]:
    return [start, *(found.end() for found in _NEWLINE.finditer(text, start, end))]


def _tables(text: str, start: int, end: int, first_line: int, line_starts: Sequence[int]) -> Iterator[Table]:
    titles = [found.start() for found in _TITLE.finditer(text, start, end)]
    at = start
    for index, title in enumerate(titles):
        if title < at:
            continue
        stop = titles[index + 1] if index + 1 < len(titles) else end
        closing = _END.search(text, title, stop)
        stop = closing.start() if closing else stop
        header = _header(text, title, stop)
        if header is None:
            continue
        rows = _rows(text, header, stop)
        if not rows:
            continue
        at = stop
        cells = [*_header_rows(header, title, text), *rows]
        yield Table(tuple(Row(tuple(row), first_line + bisect_right(line_starts, row[-1].start) - 1) for row in cells))


def _header(text: str, title: int, stop: int) -> _Header | None:
    """The periods between a title and the first figure; None where it names none."""
    stretch = text[title : min(title + _HEADER_CHARS, stop)]
    glued, back = _unglue(stretch)
    years = list(_YEAR.finditer(glued))
    if not years:
        return None
    last = years[0]
    for year in years[1:]:
        between = glued[last.end() : year.start()]
        if len(_LETTER.findall(_DATE.sub("", _DURATION.sub("", between)))) > 14 or re.search(
            r"\d{3}|\$", _DATE.sub("", between)
        ):
            break
        last = year
    kept = _own_years([year for year in years if year.end() <= last.end()], glued[: last.end()])
    if not 0 < len(kept) <= _MAX_COLUMNS:
        return None
    end, asides = _changes(glued, kept[0], last.end())
    if text.count("%", title + back[end], stop) > _PERCENTS:
        end, asides = last.end(), []
    head = glued[: last.end()]
    names = sorted([*((at, head[at : at + 4]) for at in kept), *asides])
    lowest = tuple(_Named(words, 1 + index, 2 + index) for index, (_, words) in enumerate(names))
    dates = [(found.start(), found.group()) for found in _DATE.finditer(head)]
    durations = [(found.start(), found.group()) for found in _DURATION.finditer(head)]
    places = [at for at, _ in names]
    levels = (_level(durations, places), _level(dates, places), lowest)
    return _Header(tuple(level for level in levels if level), len(names), title + back[end], bool(asides))


def _own_years(years: Sequence[re.Match[str]], head: str) -> list[int]:
    """Where the years of the columns stand: not the title's date above them, nor fiscal years above full dates."""
    spans = [found.span() for found in _DATE.finditer(head)]
    dated = [year for year in years if any(first <= year.start() < end for first, end in spans)]
    bare = [year for year in years if year not in dated]
    if len(spans) == len(dated) == 1 and years[0] is dated[0] and len(bare) > 1 and dated[0].group() == bare[0].group():
        return [year.start() for year in bare]
    if len(dated) == len(bare) > 1 and bare[-1].start() < dated[0].start():
        return [year.start() for year in dated]
    return [year.start() for year in years]


def _changes(head: str, first: int, end: int) -> tuple[int, list[tuple[int, str]]]:
    """Columns of changes among and right after the years, and where the header ends with them."""
    found = []
    for change in _CHANGE.finditer(head, first):
        if change.start() > end + _ASIDE_CHARS:
            break
        found.append((change.start(), change.group()))
        end = max(end, change.end())
    return end, found


def _level(found: Sequence[tuple[int, str]], years: Sequence[int]) -> tuple[_Named, ...]:
    """Durations or dates over the columns they head: the years that follow, else even shares of all years."""
    if any(at > years[0] for at, _ in found):
        firsts = [1 + bisect_right(years, at) for at, _ in found]
        return tuple(
            _Named(words, first, max(after, first + 1))
            for (_, words), first, after in zip(found, firsts, [*firsts[1:], len(years) + 1], strict=True)
            if first <= len(years)
        )
    share = len(years) // len(found) if found and len(years) % len(found) == 0 else 1
    return tuple(_Named(words, 1 + index * share, 1 + (index + 1) * share) for index, (_, words) in enumerate(found))


def _unglue(stretch: str) -> tuple[str, list[int]]:
    """A stretch with blanks between words and figures that ran together, and the offset of each character before."""
    cuts = {found.start() for found in _GLUE.finditer(stretch)}
    parts: list[str] = []
    back: list[int] = []
    for offset, char in enumerate(stretch):
        if offset in cuts:
            parts.append(" ")
            back.append(offset)
        parts.append(char)
        back.append(offset)
    back.append(len(stretch))
    return "".join(parts), back


def _header_rows(header: _Header, at: int, text: str) -> list[list[Cell]]:
    """The header as rows of the table: the title with its scale, then the periods, all placed at the title."""
    line_end = text.find("\n", at)
    said = _DATE.sub(" ", _DURATION.sub(" ", text[at : header.end]))
    rows = [[Cell(" ".join(_YEAR.sub(" ", said).split()), 0, 1, at, max(at + 1, min(line_end, header.end)))]]
    return rows + [[Cell(name.words, name.left, name.right, at, at + 1) for name in level] for level in header.levels]


def _rows(text: str, header: _Header, stop: int) -> list[list[Cell]]:
    """The rows of a stretch: a label and its figures, in the order they stand."""
    loose = list(_loose_rows(text, header, stop))
    rows: list[list[Cell]] = []
    for row, way in zip(loose, settled([row.ways for row in loose]), strict=True):
        if way is None:
            continue
        if row.heading and (rows or not _DURATION.search(row.heading.text)):
            rows.append([row.heading])
        figures = [Cell(figure.text, 1 + at, 2 + at, figure.start, figure.end) for at, figure in enumerate(way)]
        rows.append([row.label, *figures] if row.label else figures)
    return rows


def _loose_rows(text: str, header: _Header, stop: int) -> Iterator[_Loose]:
    count = header.columns
    label_start = header.end
    run: list[Figure] = []
    for token in _TOKEN.finditer(text, header.end, stop):
        if token["date"] or (token["words"] and _LETTER.search(token["words"])):
            if run:
                found = list(_row(text, label_start, run, count))
                yield from found
                label_start = token.start() if found else label_start
                run = []
            if token.end() - label_start > _LABEL_CHARS + (token.end() - token.start() > _LABEL_CHARS) * 10_000:
                return
        elif token["value"] and (header.has_asides or not token["percent"]):
            body = token["value"].strip()
            begin = token.start() + token["value"].index(body)
            run.append(Figure(body, begin, begin + len(body)))
        elif token["nil"]:
            run.append(Figure(token["nil"], token.start(), token.end()))
    if run:
        yield from _row(text, label_start, run, count)


def _row(text: str, label_start: int, run: Sequence[Figure], count: int) -> Iterator[_Loose]:
    """A run of figures as one row, or as one row with a label and more without; figures that ran together are one row."""
    apart = ways(run, count) if len(run) % count else [tuple(run[:count])]
    if not apart:
        return
    heading, label = _label(text, label_start, run[0].start)
    yield _Loose(heading, label, apart)
    for first in range(count, len(run), count):
        yield _Loose(None, None, [tuple(run[first : first + count])])


def _label(text: str, start: int, end: int) -> tuple[Cell | None, Cell | None]:
    """The words before figures, with the headings that ran into them set apart."""
    words = text[start:end].rstrip(" \n\t$€£\xa0(-–—")
    cut = max((found.end() for found in _HEADING.finditer(words) if found.end() < len(words.rstrip())), default=0)
    return _cell(text, start, start + cut), _cell(text, start + cut, start + len(words))


def _cell(text: str, start: int, end: int) -> Cell | None:
    body = text[start:end].strip(" \n\t\xa0*|•-")
    if not _LETTER.search(body):
        return None
    begin = text.index(body, start)
    return Cell(" ".join(body.split()), 0, 1, begin, begin + len(body))
