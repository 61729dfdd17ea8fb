"""Text set out in lines (ASCII exhibits, text of PDF, dumps of browsers, mail) -> paragraphs and tables.

Belongs here: table lines and prose, cells by their gaps and by the figures at the end of a line, wrapped labels. Does not
belong here: text whose lines are lost (`wire.py`), what a table means (`tables/`, `statements/`).

A line with a figure set apart by a gap is a table line, and so is one that ends in several figures. Short lines between table
lines (headings, rules, wrapped labels) belong to the table, and so do the short lines right above the first, where the header
stands. `<TABLE>`, `<CAPTION>`, `<S>`, `<C>` and `<PAGE>` are marks, not text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby, islice, pairwise
from typing import Final

from orchestration.filings.documents.model import Cell, Paragraph, Row, Table, line_of
from orchestration.filings.documents.plain import paragraph
from orchestration.filings.text.calendar import YEAR
from orchestration.filings.text.figures import (
    COMPLETE,
    CURRENCY,
    DASHES,
    DIGITS,
    MAX_CHARS,
    MAY_BE_AMOUNT,
    PRINTED,
    RUN,
    SOUND,
    is_nil,
)
from orchestration.filings.text.labels import is_open_ended

_MARK: Final = re.compile(r"</?(?:TABLE|CAPTION|S|C|PAGE|FN|F\d)>", re.IGNORECASE)
_QUOTED: Final = re.compile(r"^\s*(?:>\s?)+")
_HEAD_MARK: Final = re.compile(r"\s*<CAPTION>", re.IGNORECASE)
_ROWS_MARK: Final = re.compile(r"\s*<S>", re.IGNORECASE)
_NOTE_AT_END: Final = re.compile(r"[a-z)](?:\d|\*+|\(\w\))$")
_GOES_ON: Final = re.compile(r"[a-z(\d]")
_RUNS_ON: Final = re.compile(r"[a-z]")
_WORDS: Final = re.compile(r"[A-Za-z]{2}")
_PAGE_NUMBER: Final = re.compile(r"-\s?\d{1,3}\s?-|page\s+\d{1,3}(?:\s+of\s+\d{1,3})?", re.IGNORECASE)
_MAX_LABEL_LINES: Final = 5
_PAGE: Final = re.compile(r"\s*<PAGE>|\f|\s*(?:_{40,}|[─━═]{40,})\s*$", re.IGNORECASE)
"""A page ends at a mark, and in what a browser printed at a bar across it."""
_CELL: Final = re.compile(r"\S+(?: \S+)*")
_WORD: Final = re.compile(r"\S+")
_MAX_NIL_CHARS: Final = 4
_RULE: Final = re.compile(r"[\s\-=_*$|.─━═]+")
_UNDERLINE: Final = re.compile(r"[-=_─━═]{3,}")
_LEADERS: Final = re.compile(r"(?<=\S)\s?\.{3,}|(?: \.){3,}")
_GLUED_SIGN: Final = re.compile(rf"([{CURRENCY}])\s+(?=[\d(.]|[{DASHES}](?:\s|$))")
_APART: Final = re.compile(r"(?<=[\d.]) +(?=\)(?:\s|$))|(?<=[\d.)]) {1,3}(?=%(?:\s|$)(?! ?[A-Za-z]))")
"""Blanks before a closing parenthesis or a percent sign that stands in a column of its own."""
_DIGIT_AT_END: Final = re.compile(r"\d[\s)%]*$")
_SIGN: Final = rf"(?:[{CURRENCY}] ?)?"
_LAST_FIGURE: Final = re.compile(
    rf"(?<=[^\s{CURRENCY}(]) (?P<figure>{_SIGN}(?:\( ?{_SIGN}{DIGITS} ?\) ?%?|[{DASHES}]?{DIGITS} ?%?|[{DASHES}]))$"
)
"""The figure at the end of words, one blank behind them."""
_FIGURE_ENDS: Final = frozenset(f"0123456789)%{DASHES}")
_DAY: Final = re.compile(r"\d{1,2},")
"""The rest of a date whose month is on the line above."""
_DAY_BEFORE: Final = re.compile(r"\b\d{1,2},\s*$")
"""What stands before the year of a whole date."""
_PROSE_MIN_CHARS: Final = 62
_PROSE_MAX_CHARS: Final = 140
_FULL_SHARE: Final = 0.75
"""Words leave less than a quarter of a line empty where the next word would not have fitted."""
_LEAST_LINES: Final = 5
"""Fewer lines with figures are no table set out in lines."""
_LEAST_FIGURES: Final = 2
_LINE_CHARS: Final = 400
_JOINED_FIGURES: Final = 30
"""A line of so many characters is none of a table; with so many figures it is a table whose lines were lost."""
_RUN: Final = re.compile(RUN)
_NEAR: Final = 10
"""How many table lines above and below show how those of a table are set."""
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
    is_prose: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.cells

    @property
    def is_lone(self) -> bool:
        """Whether it is one figure alone, which may number a page and begins no table."""
        return self.is_figure and len(self.cells) == 1 == len(_figures(self.cells))

    @property
    def words(self) -> int:
        """How many characters its words have, if it is one run of them from the margin on; else 0."""
        is_run = len(self.cells) == 1 and self.cells[0].left < _MARGIN and not self.is_figure
        return len(self.cells[0].text) if is_run else 0


def has_table_lines(text: str, start: int, end: int) -> bool:
    """Whether a span of text has lines enough with figures set apart, or with several at their end.

    A line that holds as many figures as a whole table shows that the lines were lost, and outweighs so many others.
    """
    lines = text[start:end].split("\n")
    lost = sum(len(line) > _LINE_CHARS and len(_RUN.findall(line)) >= _JOINED_FIGURES for line in lines)
    found = (line for line in lines if len(line) <= _LINE_CHARS and _DIGIT_AT_END.search(line[-MAX_CHARS:]))
    cells = (_cells(_plain(line), 0) for line in found)
    tables = (one for one in cells if _is_figure_line(one) and (len(one) > 1 or not _figures(one)))
    least = _LEAST_LINES + lost * _JOINED_FIGURES
    return len(list(islice(tables, least))) == least


def read_spaced(text: str, start: int, end: int) -> list[Paragraph | Table]:
    """The blocks of a span of text set out in lines."""
    lines = _lines(text, start, end)
    inside = _table_lines(lines)
    blocks: list[Paragraph | Table] = []
    index = 0
    while index < len(lines):
        stop = index
        while stop < len(lines) and inside[stop] == inside[index]:
            stop += 1
        if inside[index]:
            parts = _split_at_captions(_underlined(lines[index:stop]))
            blocks += [table for part in parts for table in _table(_parted(part))]
        else:
            blocks += _paragraphs(lines[index:stop])
        index = stop
    return blocks


def _lines(text: str, start: int, end: int) -> list[_SpacedLine]:
    lines = []
    offset = start
    for number, raw in enumerate(text[start:end].split("\n"), line_of(text, start)):
        is_break = bool(_PAGE.match(raw))
        plain = _plain(raw)
        is_rule = _RULE.fullmatch(plain) and (len(plain.split()) != 1 or len(plain.strip()) > _MAX_NIL_CHARS)
        cells = () if is_rule else _cells(plain, offset)
        lines.append(_SpacedLine(raw, offset, number, cells, _is_figure_line(cells), is_break))
        offset += len(raw) + 1
    full = _full_width(lines)
    return [replace(line, is_prose=True) if line.words >= full else line for line in lines]


def _underlined(lines: Sequence[_SpacedLine]) -> list[_SpacedLine]:
    """The lines, words of heads as wide as the rule right below them: it tells over which columns they stand."""
    found = list(lines)
    for at, (line, below) in enumerate(pairwise(lines)):
        rules = [one.span() for one in _UNDERLINE.finditer(below.text)] if below.is_blank and not line.is_figure else []
        if rules and rules[0][0] >= _MARGIN and line.cells:
            found[at] = replace(line, cells=tuple(_as_wide(cell, line.cells, rules) for cell in line.cells))
    return found


def _as_wide(cell: Cell, cells: Sequence[Cell], rules: Sequence[tuple[int, int]]) -> Cell:
    """A cell as wide as the one rule below it, if no other cell stands over that rule."""
    own = [(left, right) for left, right in rules if cell.left < right and left < cell.right]
    others = [one for one in cells if own and one is not cell and one.left < own[0][1] and own[0][0] < one.right]
    return cell if len(own) != 1 or others else cell._replace(left=min(cell.left, own[0][0]), right=max(cell.right, own[0][1]))


def _full_width(lines: Sequence[_SpacedLine]) -> int:
    """From how many characters on a line of words is full, and so of a sentence and no heading or label."""
    widest = max((line.words for line in lines), default=0)
    return max(_PROSE_MIN_CHARS, min(round(widest * _FULL_SHARE), _PROSE_MAX_CHARS))


def _plain(raw: str) -> str:
    """A line with blanks for marks and signs of quoted mail."""
    for sign, pattern in (("<", _MARK), (">", _QUOTED)):
        raw = pattern.sub(lambda found: " " * len(found.group()), raw) if sign in raw else raw
    return raw


def _cells(plain: str, offset: int) -> tuple[Cell, ...]:
    """The runs of a line separated by two blanks or more; a lone `$` belongs to the figure after it."""
    if "\t" in plain:
        return _tabbed(plain, offset)
    spaced = _LEADERS.sub(lambda found: " " * len(found.group()), plain) if "." in plain else plain
    spaced = _GLUED_SIGN.sub(lambda found: " " * (len(found.group()) - 1) + found[1], spaced)
    spaced = _APART.sub(lambda found: "\0" * len(found.group()), spaced)
    return tuple(
        Cell(part.group().replace("\0", " "), part.start(), part.end(), offset + part.start(), offset + part.end())
        for found in _CELL.finditer(spaced)
        for part in (_WORD.finditer(spaced, *found.span()) if _is_several(found.group()) else (found,))
    )


def _is_several(text: str) -> bool:
    """Whether a run is several figures, each one blank apart.

    A blank before a comma is a slip. So is one without which groups of three are complete, unless all parts are sound figures.
    """
    if " " not in text or " ," in text or not MAY_BE_AMOUNT.match(text):
        return False
    parts = [part.partition("\0")[0] if part.endswith("\0%") else part for part in text.split(" ")]
    is_one = COMPLETE.fullmatch("".join(parts)) and not all(map(SOUND.fullmatch, parts))
    return not is_one and all(map(MAY_BE_AMOUNT.fullmatch, parts))


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


def _figures(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells at the end of a line that are figures or nils."""
    first = len(cells)
    while first and (PRINTED.fullmatch(cells[first - 1].text) or is_nil(cells[first - 1].text)):
        first -= 1
    return cells[first:]


def _ending(words: str) -> list[tuple[int, int]]:
    """The spans of the figures that words end in, each one blank behind what stands before it."""
    spans: list[tuple[int, int]] = []
    end = len(words)
    while words[end - 1] in _FIGURE_ENDS and (found := _LAST_FIGURE.search(words, max(end - MAX_CHARS, 0), end)):
        spans.append(found.span("figure"))
        end = found.start()
    return spans[::-1]


def _ends_in_figures(cells: Sequence[Cell]) -> bool:
    """Whether a line is words with several figures behind them."""
    apart = len(_figures(cells))
    return apart < len(cells) and apart + len(_ending(cells[-1 - apart].text)) >= _LEAST_FIGURES


def _is_figure_line(cells: Sequence[Cell]) -> bool:
    """Whether a line has a figure not at the left margin, beside other cells or far to the right, or ends in several."""
    if not cells or _ends_in_figures(cells):
        return bool(cells)
    beside = any(cell.left > 0 and PRINTED.fullmatch(cell.text) and not _DAY.fullmatch(cell.text) for cell in cells)
    are_nils = len(cells) > 1 and cells[0].left > 0 and len(_figures(cells)) == len(cells)
    return are_nils or (beside and (len(cells) > 1 or cells[0].left > 24))


@dataclass(frozen=True)
class _Ending:
    """The figures that a table line ends in: those set apart, and before them those one blank behind its label.

    What follows from them is kept: each line is asked by all lines near it.
    """

    apart: Sequence[Cell]
    glued: Sequence[Cell]
    label: Cell | None

    @cached_property
    def figures(self) -> tuple[Cell, ...]:
        return (*self.glued, *self.apart)

    @cached_property
    def are_years(self) -> bool:
        return all(YEAR.fullmatch(cell.text) for cell in self.figures)

    @cached_property
    def has_signs(self) -> bool:
        return any(cell.text[0] in CURRENCY for cell in self.apart)

    @property
    def certain(self) -> Sequence[Cell]:
        """Of the figures behind a label, those that are no part of it even where others of the line are blank."""
        return self.glued[-1:] if self.apart else self.glued

    @cached_property
    def is_in_order(self) -> bool:
        """Whether nothing sets the first figure apart from the label, nor a currency sign shifts it."""
        return bool(self.glued) and not self.has_signs


def _ending_of(line: _SpacedLine) -> _Ending:
    apart = _figures(line.cells)
    if len(apart) == len(line.cells):
        return _Ending(apart, (), None)
    words = line.cells[-1 - len(apart)]
    glued = [
        Cell(words.text[left:right], words.left + left, words.left + right, words.start + left, words.start + right)
        for left, right in _ending(words.text)
    ]
    return _Ending(apart, glued, words)


def _parted(lines: Sequence[_SpacedLine]) -> list[_SpacedLine]:
    """The lines of a table with the figures that one blank parts from their label in cells of their own."""
    parted = list(lines)
    pages = list(accumulate(line.is_break for line in lines))
    labelled = [(at, ending) for at, line in enumerate(lines) if line.is_figure and (ending := _ending_of(line)).label]
    for order, (at, ending) in enumerate(labelled):
        around = labelled[max(order - _NEAR, 0) : order + _NEAR + 1] if ending.glued else ()
        near = [other for there, other in around if pages[there] == pages[at]]
        own = _own(ending, near) if near else ()
        if own and ending.label:
            text = ending.label.text[: own[0].left - ending.label.left].rstrip()
            width = len(text)
            label = ending.label._replace(text=text, right=ending.label.left + width, end=ending.label.start + width)
            before = lines[at].cells[: -1 - len(ending.apart)]
            parted[at] = replace(lines[at], cells=(*before, label, *own, *ending.apart))
    return parted


def _own(ending: _Ending, near: Sequence[_Ending]) -> Sequence[Cell]:
    """Those of the figures behind a label that are no part of it, as the lines near it show.

    They tell how many figures a line has. Where columns have places, a figure of the label stands at none.
    """
    if ending.are_years:
        before = (
            ending.label.text[: ending.glued[0].left - ending.label.left] if ending.label and len(ending.glued) == 1 else ""
        )
        return ending.glued if len(ending.figures) > 1 and not _DAY_BEFORE.search(before) else ()
    counts = Counter(len(other.figures) for other in near if not other.are_years)
    count = max(counts, key=lambda count: (counts[count], count))
    own = ending.glued[max(len(ending.figures) - count, 0) :]
    plain = [other for other in near if not other.has_signs]
    if sum(other.is_in_order for other in plain) > len(plain) / 2:
        return own if len(own) + len(ending.apart) == count else ending.certain
    places = Counter(edge for other in near for cell in other.apart for edge in ((0, cell.left), (1, cell.right)))
    return [cell for cell in own if max(places[0, cell.left], places[1, cell.right]) >= _LEAST_FIGURES]


def _table_lines(lines: Sequence[_SpacedLine]) -> list[bool]:
    inside = [False] * len(lines)
    last: int | None = None
    for index, line in enumerate(lines):
        if not line.is_figure:
            continue
        between = lines[last + 1 : index - _label_lines(lines, index)] if last is not None else ()
        words = [other for other in between if not other.is_blank]
        if last is None or len(words) > _MAX_BETWEEN or _is_prose(between):
            if line.is_lone:
                continue
            first = _header_start(lines, index)
        else:
            first = last + 1
        inside[first : index + 1] = [True] * (index + 1 - first)
        last = index
    for at in [at for at, line in enumerate(lines[:-1]) if inside[at] and not inside[at + 1] and line.is_figure]:
        inside[at + 1] = _ends_label(lines, at + 1)
    return inside


def _is_prose(between: Sequence[_SpacedLine]) -> bool:
    """Whether the lines between two figure lines are prose: full lines that are no heading and no label of the second.

    The run of lines right above a figure is its label or heading where it is short and no sentence; elsewhere one full line is
    a heading where neither a full stop nor a colon ends it.
    """
    runs = [list(lines) for is_blank, lines in groupby(between, key=lambda line: line.is_blank) if not is_blank]
    is_near = bool(between) and not between[-1].is_blank
    return any(_tells(lines, is_near and lines is runs[-1]) for lines in runs)


def _tells(lines: Sequence[_SpacedLine], is_near: bool) -> bool:
    """Whether a run of lines is prose; `is_near` says that it stands right above a figure."""
    full = sum(line.is_prose for line in lines)
    last = lines[-1].text.rstrip()[-1:]
    if is_near and len(lines) <= _MAX_LABEL_LINES:
        return full > 0 and last == "."
    return full > 1 or (full == 1 and last in ".:")


def _is_without_label(line: _SpacedLine) -> bool:
    return len(_figures(line.cells)) == len(line.cells) > 0


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
        if line.is_prose or (line.is_figure and not line.is_lone) or seen == _MAX_HEADER_LINES or _ends_prose(lines, index):
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
        elif (above := _label_lines(lines, index)) and all(len(row.cells) == 1 for row in rows[-above:]):
            label = rows[-above:]
            del rows[-above:]
            cells = _with_label(label[0], " ".join(row.text for row in label[1:])).cells
            rows.append(Row((*cells, *line.cells), line.number))
        elif line.cells and not _is_page_number(line):
            rows.append(Row(line.cells, line.number))
    return [Table(_from_margin(rows), tuple(breaks), is_spaced=True)] if rows else []


def _from_margin(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows with their places counted from the left margin of the table."""
    margin = min(row.cells[0].left for row in rows)
    return tuple(
        Row(tuple(cell._replace(left=cell.left - margin, right=cell.right - margin) for cell in row.cells), row.line)
        for row in rows
    )


def _ends_label(lines: Sequence[_SpacedLine], index: int) -> bool:
    """Whether a line of words is the rest of the label above it, whose figures stand on its first line.

    It is indented, begins in lower case or below an open end, and does not itself continue on the line below.
    """
    line, above = lines[index], lines[index - 1] if index else None
    if above is None or not above.is_figure or len(above.cells) < 2 or len(line.cells) != 1 or line.is_figure:
        return False
    words, label = line.cells[0], above.cells[0]
    if words.text.endswith(":") or not label.left < words.left < above.cells[1].left:
        return False
    if not (_RUNS_ON.match(words.text) or is_open_ended(label.text)):
        return False
    if index + 1 < len(lines) and _is_without_label(lines[index + 1]):
        return False
    below = next((other for other in lines[index + 1 :] if other.cells), None)
    return _WORDS.search(label.text) is not None and (below is None or not _RUNS_ON.match(below.cells[0].text))


def _label_lines(lines: Sequence[_SpacedLine], index: int) -> int:
    """How many lines above one without a label are its label: words that reach over its first figure, or end in a note mark.

    Such a mark is set higher than its line, which parts the words before it from the figures.
    """
    line, first = lines[index], index
    if not _is_without_label(line) or _ending_of(line).are_years:
        return 0
    noted = next((one for one in reversed(lines[max(index - 2, 0) : index]) if one.text.strip()), line)
    if _is_words(noted) and _NOTE_AT_END.search(noted.cells[0].text):
        return 1
    while first > max(index - _MAX_LABEL_LINES, 0) and _is_words(above := lines[first - 1]):
        if first < index and not above.is_prose and not _GOES_ON.match(lines[first].cells[0].text):
            break
        first -= 1
    return index - first if first < index and line.cells[0].left < max(one.cells[0].right for one in lines[first:index]) else 0


def _is_words(line: _SpacedLine) -> bool:
    """Whether a line is words alone, and no heading that a colon ends."""
    if len(line.cells) != 1 or line.is_figure or line.is_break or _is_page_number(line):
        return False
    return line.cells[0].text[-1] != ":"


def _with_label(row: Row, words: str) -> Row:
    first = row.cells[0]
    return Row((first._replace(text=f"{first.text} {words}".rstrip()), *row.cells[1:]), row.line)


def _is_page_number(line: _SpacedLine) -> bool:
    """Whether a line is certainly a page number: between dashes, or after "page". A bare number may be a total."""
    return len(line.cells) == 1 and bool(_PAGE_NUMBER.fullmatch(line.cells[0].text))


def _paragraphs(lines: Sequence[_SpacedLine]) -> list[Paragraph]:
    runs = [list(run) for apart, run in groupby(lines, key=lambda line: line.is_blank or line.is_break) if not apart]
    return [paragraph([[(line.text.strip(), line.start + _margin(line.text))] for line in run], run[0].number) for run in runs]


def _margin(text: str) -> int:
    return len(text) - len(text.lstrip())
