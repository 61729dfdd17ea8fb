"""Wire copies and markdown: statements whose layout was lost, read as a stream of words and figures.

Belongs here: finding the spans of statements, and rebuilding rows from the order of words and figures, whether a table stands
on one line or each cell on its own. Does not belong here: formats that keep their columns.

A statement begins at a title that a header with periods follows, and has as many columns as the header has periods. Words, then
as many figures as columns, are a row; as many figures again are a row without a label. Fewer figures are joined or have blank
cells between them (`joined_figures.py`). Of the figures that fit no way, a single one belongs to the label it stands in
("$0.001 par value"), and several are reported as unread. The statement ends at a sentence (`wire_prose.py`); prose is not
searched for titles, headers or rows. All else is paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from orchestration.filings.documents.damaged_runs import gaps, lost_column, repaired_runs
from orchestration.filings.documents.joined_figures import (
    BLANK,
    ColumnAssignment,
    FigureSpan,
    blank_assignments,
    chosen_by_sums,
    split_assignments,
)
from orchestration.filings.documents.model import Cell, Paragraph, Row, Table, line_of
from orchestration.filings.documents.plain import read_plain
from orchestration.filings.documents.wire_prose import bullets, prose_spans
from orchestration.filings.text.figures import NOTE, OF_STREAM

_TITLE: Final = re.compile(
    r"(?:statements?\s+of\s+(?:consolidated\s+)?(?:operations|income|earnings|loss|cash\s+flows?|comprehensive|financial\s+position)"
    r"|balance\s+sheets?|income\s+statements?|cash\s+flows?\s+statements?"
    r"|reconciliations?\s+(?:of|to|from|between)\b(?![^\n\d]{0,80}\bto\s+(?:net\s+)?cash\b)"
    r"|non-gaap\s+(?:financial|measures?|results|reconciliations?|information|adjustments))",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(
    r"(?P<date>\b\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:19|20)\d\d"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d{1,2}\s*,?\s*(?:19|20)\d\d|\b\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b)"
    rf"|(?P<value>(?:(?<![\w.,)–—-])[-–](?=\$?[\d.]))?\(?\s*+[$€£]?\s*+\(?\s*+{OF_STREAM}\s*+\)?(?P<percent>\s*+%)?)"
    r"|(?P<nil>(?<![\d–—-])[-–—](?![A-Za-z–—-])|(?<=\d)[-–—](?=\s{0,40}[\d$€£(])|(?<=[\s\d)])[-–—](?=[A-Z][a-z]))|(?P<currency>[$€£])"
    r"|(?P<words>(?:(?!\(\s*+[$€£]?\s*+\(?\s*+[\d.]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*+\d)[^\d$€£–—-])+|[-–—])",
    re.IGNORECASE,
)
_BASIS: Final = re.compile(
    r"\bnon[\s-]*gaap\b|\bpro[\s-]*forma\b|\badjusted\b(?:\s+results\b)?|\bexcluding\s+(?:[a-z]+\s+)?items\b|\bcore\b",
    re.IGNORECASE,
)
"""Words below the years that mark columns as non-GAAP."""
_LETTER: Final = re.compile(r"[A-Za-z]")
_GLUE: Final = re.compile(r"(?<=\d)(?=[A-Za-z])|(?<=[a-z.])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=(?:19|20)\d\d)(?=(?:19|20)\d\d)")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_QUARTER: Final = r"(?<![A-Za-z,.])(?:(?P<before>[1-4])\s?Q|Q\s?(?P<behind>[1-4]))\s?(?:FY\s?)?['’]?\s?"
_COLUMN: Final = re.compile(
    rf"{_QUARTER}(?P<year>(?:19|20)\d\d(?!\d)|\d\d(?=\D|\Z|[1-4]\s?Q))|{_YEAR.pattern}",
    re.IGNORECASE,
)
"""A column's year, or a fiscal quarter with its year ("3Q10", "Q3 FY10")."""
_VERSION: Final = re.compile(
    r"\(?\bas\s+(?:previously\s+|originally\s+)?(?:restated|revised|reported|adjusted)\b\)?|\(?\brestated\b\)?", re.IGNORECASE
)
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
_HEADS_AGAIN: Final = re.compile(rf"(?:{_DURATION.pattern})[^$]{{0,120}}?(?:(?:19|20)\d\d\s*){{2}}", re.IGNORECASE)
"""A header within a statement begins another table, whose title nobody knows."""
_CHANGE: Final = re.compile(
    r"(?:[%$]|\bpercent(?:age)?)\s*(?:of\s+\w+|change|chg\.?|variance|inc\w*|growth)|\b(?:change|variance)\b|(?<=\s)[$%](?=\s+(?:[$%]|[A-Z]))",
    re.IGNORECASE,
)
_END: Final = re.compile(r"^[ \t\xa0]*+(?:---+|###|\[|!\[|view the original|about\s)|source\s*:", re.IGNORECASE | re.MULTILINE)
_HEADING: Final = re.compile(r":|\n(?=[A-Z])|(?<=[a-z)])(?=[A-Z][a-z])|(?<=[A-Z]{3})(?=[A-Z][a-z])|\s{3,}|\s{2,}(?=[A-Z])")
_PARTS: Final = re.compile(r"[;:,/]")
"""Marks that separate figures within a label but not the cells of a row."""
_NILS: Final = frozenset("-–—")
_PARTED: Final = re.compile(r"\n|\s{3,}")
_OF_PERIODS: Final = re.compile(r"\b(?:quarter|date|half|period|year|ended)\b", re.IGNORECASE)
_BEFORE_TITLE: Final = re.compile(r"\s{3,}|[^A-Za-z\s,&’'-]+\s*")
_TITLE_CHARS: Final = 80
_NOTE: Final = re.compile(rf"\s*{NOTE}[ \t\xa0]*[A-Z]")
_NOTE_MARK: Final = re.compile(r"\([1-9]\)")
_NOT_MEANT: Final = re.compile(r"(?:\s{0,20}n/?m\.?(?![\w’'-]))+|\s{0,20}n/a\b", re.IGNORECASE)
"""Marks a meaningless change; stands before the next label."""
_AND: Final = re.compile(r"\s+and\s+", re.IGNORECASE)
"""Between the two years that a title lists above those of the columns."""
_HEADER_CHARS: Final = 700
_LABEL_CHARS: Final = 900
_LEAST_ROWS: Final = 4
_MAX_COLUMNS: Final = 8
_ASIDE_CHARS: Final = 12
_HEAD_LETTERS: Final = 14
"""More letters than this between two years, header words aside, are a label."""
_PERCENTS: Final = 3
"""With more percent signs than this, percentages are recognised by their sign and need no column of their own."""


class _AmbiguousRow(NamedTuple):
    """Figures side by side with their possible assignments; without `is_row` they may belong to a label."""

    assignments: Sequence[ColumnAssignment]
    start: int
    end: int
    is_row: bool = True


class _RowsRead(NamedTuple):
    """The rows of a statement, and those whose figures fit no assignment or several."""

    rows: list[list[Cell]]
    unread: list[list[Cell]]


class _HeaderPhrase(NamedTuple):
    """A duration, date or year of a header, and the columns it heads, counted from 1."""

    words: str
    left: int
    right: int


class _WireHeader(NamedTuple):
    levels: tuple[tuple[_HeaderPhrase, ...], ...]
    columns: int
    end: int
    change_columns: frozenset[int]
    marks_percentages: bool


def read_wire(text: str, start: int, end: int) -> list[Paragraph | Table]:
    """The blocks of a span whose tables lost their layout."""
    blocks: list[Paragraph | Table] = []
    at = start
    for table in _tables(text, start, end):
        if len(table.rows) >= _LEAST_ROWS:
            blocks += _outside(text, at, table.rows[0].cells[0].start)
            blocks.append(table)
            at = max(cell.end for row in table.rows for cell in row.cells)
    return blocks + _outside(text, at, end)


def _outside(text: str, start: int, end: int) -> list[Paragraph | Table]:
    """The blocks between tables, split at bullets."""
    found: list[Paragraph | Table] = []
    for stop in [*bullets(text, start, end), end]:
        if _LETTER.search(text, start, stop):
            found += read_plain(text, start, stop)
        start = stop
    return found


def _tables(text: str, start: int, end: int) -> Iterator[Table]:
    barriers = [span for span in prose_spans(text, start, end) if not _NOTE.match(text, *span)]
    titles = [
        title
        for title in (found.start() for found in _TITLE.finditer(text, start, end))
        if not any(first <= title < after for first, after in barriers)
    ]
    at = start
    for index, title in enumerate(titles):
        if title < at:
            continue
        barrier, resumed = next((span for span in barriers if span[0] > title), (end, end))
        after = [*titles[index + 1 : index + 3], end, end][:2]
        stops = _stops(text, title, after, barrier)
        header = _header(text, title, stops[0]) or _headless(text, title, stops[0])
        if header is None:
            continue
        for stop in stops:
            again = _heads_again(text, header, stop)
            read = _rows(text, header, again.start() if again else stop)
            if read.rows:
                heads = _header_rows(header, _title_start(text, title, at), text)
                beyond: Iterable[list[Cell]] = _below_heads(text, again) if again else ()
                if stop == barrier and not again:
                    beyond = _beyond(text, header, resumed, after[0])
                rows, unread = (
                    tuple(Row(tuple(row), line_of(text, row[-1].start)) for row in found)
                    for found in ([*heads, *read.rows], [*read.unread, *beyond])
                )
                at = stop
                yield Table(rows, unread=unread)
                break


def _stops(text: str, title: int, titles: Sequence[int], barrier: int) -> tuple[int, int]:
    """Where the span of a title ends: at the next title, or, where that heads rows of the same table, at the one after."""
    near, far = (min(after, barrier) for after in titles)
    closing = _END.search(text, title, far)
    return (min(near, closing.start()), min(far, closing.start())) if closing else (near, far)


def _beyond(text: str, header: _WireHeader, start: int, stop: int) -> Iterator[list[Cell]]:
    """The rows below a sentence that may continue the table above: as many figures per row, no header between.

    They may also belong to a table that the sentence introduces, so they are reported as unread.
    """
    for run, after in _runs(text, header._replace(end=start), stop):
        label = _cell(text, start, run[-1].end)
        if len(run) != header.columns or len(run) == 1 or not label or _COLUMN.search(text, start, run[-1].end):
            return
        yield [label]
        start = after


def _heads_again(text: str, header: _WireHeader, stop: int) -> re.Match[str] | None:
    """A second header within a statement, below its first figures."""
    first = next(
        (run[-1].end for run, _ in _runs(text, header, stop) if len(run) > 1 and not _YEAR.fullmatch(run[0].text)), stop
    )
    return _HEADS_AGAIN.search(text, first, stop)


def _below_heads(text: str, again: re.Match[str]) -> Iterator[list[Cell]]:
    """The second header within a statement, as a line that was not read: what stands below it was not, either."""
    heads = _cell(text, *again.span())
    yield from [[heads]] if heads else []


def _begins_note(text: str, body: str, begin: int) -> bool:
    """Whether a figure is a note mark at the start of a line with text; a cell stands on a line of its own."""
    if not _NOTE_MARK.fullmatch(body):
        return False
    return bool(_NOTE.match(text, text.rfind("\n", 0, begin) + 1, begin + _LABEL_CHARS)) and text[begin - 1 : begin] == "\n"


def _header(text: str, title: int, stop: int) -> _WireHeader | None:
    """The header between a title and the first figure; None where it names no period."""
    joined, blanks = _separate_joined(text[title : min(title + _HEADER_CHARS, stop)])
    years = _side_by_side(list(_COLUMN.finditer(joined)), joined)
    kept = _own_years(years, joined[: years[-1].end()]) if years else []
    if not 0 < len(kept) <= _MAX_COLUMNS:
        return None
    head = joined[: years[-1].end()]
    said = {year.start(): _column(year) for year in years}
    end, change_columns = _chained(_CHANGE, joined, kept[0], len(head))
    end, versions = _chained(_VERSION, joined, kept[0], end)
    end, _ = _chained(_BASIS, joined, len(head), end)
    below = title + end - bisect_left(blanks, end)
    is_marked = text.count("%", below, stop) > _PERCENTS
    if is_marked:
        change_columns = [aside for aside in change_columns if "$" in aside[1]]
    names = sorted([*((at, said[at]) for at in kept), *change_columns])
    lowest = tuple(_HeaderPhrase(words, 1 + index, 2 + index) for index, (_, words) in enumerate(names))
    dates = [(found.start(), head[found.start() : _before_year(found, kept)]) for found in _DATE.finditer(head)]
    durations = [(found.start(), found.group()) for found in _DURATION.finditer(head)]
    places = [at for at, _ in names]
    changes = frozenset(index for index, name in enumerate(names) if name in change_columns)
    restated = _versions(versions, names, changes)
    if restated is None:
        return None
    levels = (_level(durations, places), _level(dates, places), lowest, restated)
    return _WireHeader(tuple(level for level in levels if level), len(names), below, changes, is_marked)


def _headless(text: str, title: int, stop: int) -> _WireHeader | None:
    """A header without periods, where enough rows below a title have equally many figures; the reader reports what it lacks."""
    named = _TITLE.match(text, title, stop)
    bare = _WireHeader((), 1, named.end() if named else title, frozenset(), marks_percentages=False)
    lengths = Counter(len(run) for run, _ in _runs(text, bare, stop))
    width = max((length for length in lengths if length > 1), key=lambda length: (lengths[length], -length), default=0)
    return bare._replace(columns=width) if width and lengths[width] > _LEAST_ROWS else None


def _side_by_side(years: Sequence[re.Match[str]], joined: str) -> list[re.Match[str]]:
    """The first year and those that follow it with only header words between."""
    for at in range(1, len(years)):
        between = _DATE.sub("", joined[years[at - 1].end() : years[at].start()])
        words = _VERSION.sub("", _DURATION.sub("", between))
        if len(_LETTER.findall(words)) > _HEAD_LETTERS or re.search(r"\d{3}|\$", between):
            return list(years[:at])
    return list(years)


def _column(year: re.Match[str]) -> str:
    """The words over a column: its year, with the quarter if printed."""
    quarter = year["before"] or year["behind"]
    return f"Q{quarter} {'FY' * (len(year['year']) == 2)}{year['year']}" if quarter else year.group()


def _versions(
    found: Sequence[tuple[int, str]], names: Sequence[tuple[int, str]], change_columns: frozenset[int]
) -> tuple[_HeaderPhrase, ...] | None:
    """The versions ("as restated") of columns; None where it is unclear which columns they are of.

    Each belongs to the year before it. Where all follow the last year, there must be one per column, or per column of the
    oldest year.
    """
    columns = [index for index in range(len(names)) if index not in change_columns]
    after = [bisect_right(names, (at, "")) - 1 for at, _ in found]
    if len(set(after)) < len(after):
        oldest = min(names[index][1][-4:] for index in columns)
        after = next(
            (own for own in (columns, [at for at in columns if names[at][1][-4:] == oldest]) if len(own) == len(found)), []
        )
    if len(after) != len(found):
        return None
    return tuple(_HeaderPhrase(words.strip("()"), 1 + at, 2 + at) for at, (_, words) in zip(after, found, strict=True))


def _before_year(date: re.Match[str], years: Sequence[int]) -> int:
    """Where a day ends: before a year that is the head of a column of its own, of which it may be any."""
    inside = [year for year in years if date.start() < year < date.end() and date.string[year - 1].isspace()]
    return inside[0] if inside and len(years) > 1 else date.end()


def _own_years(years: Sequence[re.Match[str]], head: str) -> list[int]:
    """Where the columns' years stand, without the title's dates above them and without fiscal years above full dates."""
    if len(years) > 3 and years[0].group() == years[2].group() and _AND.fullmatch(head, years[0].end(), years[1].start()):
        years = years[2:]
    spans = [found.span() for found in _DATE.finditer(head)]
    dated = [year for year in years if any(first <= year.start() < end for first, end in spans)]
    bare = [year for year in years if year not in dated]
    if len(spans) == len(dated) == 1 and years[0] is dated[0] and len(bare) > 1 and dated[0].group() == bare[0].group():
        return [year.start() for year in bare]
    if len(dated) == len(bare) > 1 and bare[-1].start() < dated[0].start():
        return [year.start() for year in dated]
    return [year.start() for year in years]


def _chained(pattern: re.Pattern[str], head: str, first: int, end: int) -> tuple[int, list[tuple[int, str]]]:
    """The matches among the years and in sequence right after them, and where the header ends with them."""
    found = []
    for one in pattern.finditer(head, first):
        if one.start() > end + _ASIDE_CHARS:
            break
        found.append((one.start(), one.group()))
        end = max(end, one.end())
    return end, found


def _level(found: Sequence[tuple[int, str]], years: Sequence[int]) -> tuple[_HeaderPhrase, ...]:
    """Durations or dates over the columns they head: the years after each, or, above all years, equal shares of them."""
    if any(at > years[0] for at, _ in found):
        firsts = [1 + bisect_right(years, at) for at, _ in found]
        return tuple(
            _HeaderPhrase(words, first, max(after, first + 1))
            for (_, words), first, after in zip(found, firsts, [*firsts[1:], len(years) + 1], strict=True)
            if first <= len(years)
        )
    share = len(years) // len(found) if found and len(years) % len(found) == 0 else 1
    return tuple(_HeaderPhrase(words, 1 + index * share, 1 + (index + 1) * share) for index, (_, words) in enumerate(found))


def _separate_joined(stretch: str) -> tuple[str, list[int]]:
    """The text with blanks between joined words and figures, and the offsets of these blanks in it."""
    blanks = [found.start() + before for before, found in enumerate(_GLUE.finditer(stretch))]
    return _GLUE.sub(" ", stretch), blanks


def _header_rows(header: _WireHeader, at: int, text: str) -> list[list[Cell]]:
    """The header as table rows, all placed at the title: the title lines with the scale, words of periods, the columns."""
    end = max(at + 1, min(text.find("\n", at), header.end))
    said = _YEAR.sub(" ", _DATE.sub(" ", _DURATION.sub(" ", text[at : header.end])))
    lines = [" ".join(line.split()) for line in _PARTED.split(said) if _LETTER.search(line)]
    of_periods = [line for line in lines[1:] if _OF_PERIODS.search(line)]
    lines = [*(line for line in lines if line not in of_periods), " ".join(of_periods)]
    rows = [[Cell(line, 0, 1, at, end)] for line in lines if line]
    return rows + [[Cell(name.words, name.left, name.right, at, at + 1) for name in level] for level in header.levels]


def _title_start(text: str, named: int, floor: int) -> int:
    """Where the words before a statement's name begin: "Pro Forma Consolidated" before "Statements of Income"."""
    start = max(floor, named - _TITLE_CHARS, text.rfind("\n", floor, named) + 1)
    return max((found.end() for found in _BEFORE_TITLE.finditer(text, start, named)), default=start)


def _rows(text: str, header: _WireHeader, stop: int) -> _RowsRead:
    """The rows of a span, each a label and its figures, and the rows that could not be read."""
    loose = list(_loose_rows(text, header, stop))
    read = _RowsRead([], [])
    label_start = header.end
    for row, way in zip(loose, chosen_by_sums([row.assignments for row in loose], [row.is_row for row in loose]), strict=True):
        if way is not None:
            heading, label = _label(text, label_start, row.start)
            if heading and (read.rows or not _DURATION.search(heading.text)):
                read.rows.append([heading])
            is_by_sum = len(row.assignments) > 1
            figures = [Cell(one.text, 1 + at, 2 + at, one.start, one.end, is_by_sum) for at, one in enumerate(way) if one.text]
            read.rows.append([label, *figures] if label else figures)
        elif row.is_row:
            lost = _cell(text, label_start, row.end)
            read.unread.extend([[lost]] if lost else [])
        if way is not None or row.is_row:
            label_start = row.end
    return read


def _loose_rows(text: str, header: _WireHeader, stop: int) -> Iterator[_AmbiguousRow]:
    runs = list(_runs(text, header, stop))
    width = _width([run for run, _ in runs], header.columns)
    whole = header if width == header.columns else header._replace(columns=width, change_columns=frozenset())
    found = list(repaired_runs(text, runs, width, lambda run: len(_own(run, width)) % width == 0))
    usual = gaps(text, found, width) if any(len(run.figures) == width - 1 for run in found) else None
    for run in found:
        lost = lost_column(text, run, width, usual) if usual else None
        if run.is_lost:
            yield _AmbiguousRow([], run.figures[0].start, run.after)
        elif lost is not None:
            figures = [*run.figures[:lost], BLANK, *run.figures[lost:]]
            yield _AmbiguousRow([tuple(figures)], run.figures[0].start, run.after)
        else:
            yield from _row(run.figures, whole, run.after)


def _width(runs: Sequence[Sequence[FigureSpan]], columns: int) -> int:
    """How many figures most rows have, where the header names fewer columns; else the columns of the header.

    A total without a label doubles the figures after the last label, but few labels of a statement have one.
    """
    lengths = Counter(len(_own(run, columns)) for run in runs)
    most = max(lengths, key=lambda length: (lengths[length], -length), default=columns)
    known = sum(count for length, count in lengths.items() if 1 < length <= columns) + (lengths[1] if columns == 1 else 0)
    return most if most > columns and lengths[most] > known else columns


def _runs(text: str, header: _WireHeader, stop: int) -> Iterator[tuple[list[FigureSpan], int]]:
    """Figures side by side, and where the next words start after them."""
    after = header.end
    run: list[FigureSpan] = []
    for token in _TOKEN.finditer(text, header.end, stop):
        if token["date"] or (token["words"] and _LETTER.search(token["words"])):
            if run:
                after = token.start()
                yield run, after
                run = []
        elif token["words"] and run and _PARTS.search(token["words"]):
            after = token.start()
            yield run, after
            run = []
        elif token["value"] and not (token["percent"] and (header.marks_percentages or not header.change_columns)):
            body = token["value"].strip()
            begin = token.start() + token["value"].index(body)
            if not _begins_note(text, body, begin):
                run.append(FigureSpan(body, begin, begin + len(body)))
        elif token["nil"]:
            run.append(FigureSpan(token["nil"], token.start(), token.end()))
    if run:
        yield run, run[-1].end


def _row(run: Sequence[FigureSpan], header: _WireHeader, after: int) -> Iterator[_AmbiguousRow]:
    """Figures side by side as one row, or as a row with a label and more without; `after` is where the next words start."""
    count = header.columns
    run = _own(run, count)
    if len(run) % count == 0:
        for first in range(0, len(run), count):
            way = tuple(run[first : first + count])
            yield _AmbiguousRow([way], way[0].start, after if way[-1] is run[-1] else way[-1].end)
    elif joined := split_assignments(run, count):
        yield _AmbiguousRow(joined, run[0].start, after, not (len(run) == 1 and _YEAR.fullmatch(run[0].text)))
    elif len(run) > 1 or blank_assignments(run, count, header.change_columns):
        several = blank_assignments(run, count, header.change_columns) if len(run) < count else []
        yield _AmbiguousRow(several, run[0].start, after, len(run) > 1)


def _own(run: Sequence[FigureSpan], count: int) -> Sequence[FigureSpan]:
    """A run without one surplus figure: a year that ends its label, or a note mark or nil of a label beside it."""
    if len(run) < count or len(run) % count != 1:
        return run
    if _YEAR.fullmatch(run[0].text):
        return run[1:]
    is_note = bool(_NOTE_MARK.fullmatch(run[-1].text)) and not run[0].text.isdigit()
    return run[:-1] if is_note or run[-1].text in _NILS else run


def _label(text: str, start: int, end: int) -> tuple[Cell | None, Cell | None]:
    """The heading, if one ran into the label, and the label before figures."""
    not_meant = _NOT_MEANT.match(text, start, end)
    start = not_meant.end() if not_meant else start
    words = text[start:end].rstrip(" \n\t$€£\xa0(-–—")
    cut = max((found.end() for found in _HEADING.finditer(words) if found.end() < len(words.rstrip())), default=0)
    return _cell(text, start, start + cut), _cell(text, start + cut, start + len(words))


def _cell(text: str, start: int, end: int) -> Cell | None:
    body = text[start:end].strip(" \n\t\xa0*|•-")
    if not _LETTER.search(body):
        return None
    begin = text.index(body, start)
    return Cell(" ".join(body.split()), 0, 1, begin, begin + len(body))
