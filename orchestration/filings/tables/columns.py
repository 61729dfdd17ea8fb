"""Which column of a statement each figure stands in, and which period that is.

Belongs here: how many columns a table has, their periods from its header, and the place of each figure across the page.
Does not belong here: what header words mean (`periods.py`), which of two rows is the true one (`duplicate_rows.py`).

A row with a figure for every column gives them in order, and so teaches where the columns of its segment lie; a row with
fewer is read by place. After a break the columns may lie elsewhere, so each segment teaches itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

from orchestration.filings.documents.model import Cell, Row, Table
from orchestration.filings.ocr.header_ocr import corrected, corrected_header, corrections, has_split_date, unreadable_cells
from orchestration.filings.tables.cells import CellKind
from orchestration.filings.tables.periods import HeaderPeriod, column_periods, headings_without_year, is_restated
from orchestration.filings.tables.rows import FigureCell, LabelledRow, labelled_rows
from orchestration.filings.text.calendar import COUNT, MONTH
from orchestration.filings.text.dates import PrintedPeriod, periods_in
from orchestration.filings.text.figures import COMPLETE
from orchestration.filings.text.units import currency_over

_MAX_COLUMNS: Final = 24
_LEAST_BROKEN: Final = 3
_BROKEN_SHARE: Final = 10
"""One line in so many that is broken shows that the page was narrower than the table."""
_LEAST_GAP: Final = 6
"""Characters within which a lone column holds its figures."""


_ASIDE: Final = re.compile(
    r"\W*(?:as\s+a\s+)?(?:%|\$|percent(?:age)?|amount)?\W*(?:of\s+)?(?:(?:total\s+|net\s+)?(?:revenues?|sales)|change|chg|var(?:iance)?"
    r"|(?:inc(?:rease)?|dec(?:rease)?|fav(?:orable)?|better|growth|yoy|y/y|qoq|q/q)\b[\w\s/().]*)\.?\W*%?\W*"
    r"|\W*(?:%|\$|percent(?:age)?s?|points|margin)\W*|(?:non[\s-]?gaap|pro\s?forma|adjust(?:ed|ments?)|special\s+items|reconcil\w+)\b.*",
    re.IGNORECASE,
)
_NO_PERIOD: Final = re.compile(
    r"%|^\W*\$\W*$|percent|change|chg|var|inc|dec|fav|better|growth|yoy|y/y|qoq|q/q|margin|points|non[\s-]?gaap|pro\s?forma|adjust|special|reconcil",
    re.IGNORECASE,
)
_AGAINST: Final = re.compile(r"\W*(?:percent(?:age)?\W*)?(?:change|chg|var(?:iance)?)?\W*(?:vs|versus)\b", re.IGNORECASE)
"""A heading that begins so is of a comparison, and of no period."""
_RESPECTIVELY: Final = re.compile(r"\b(?:at|as of)\s+(?P<dates>[A-Z][^;()]{6,80}?),?\s+respectively", re.DOTALL)
_COUNT: Final = re.compile(rf"(?:the\s+)?{COUNT}|{MONTH}[a-z]*\.?", re.IGNORECASE)
_UNIT: Final = re.compile(r"(?:months?|weeks?)\b|\d{1,2},$", re.IGNORECASE)
_VERSION: Final = re.compile(r"\bas\s+(?:previously|originally|restated|revised|reported|filed)\b|\brestated\b", re.IGNORECASE)
_YEAR_THEN_DAY: Final = re.compile(r"(?P<year>(?:19|20)\d\d)\s+(?P<day>[A-Z][a-z]{2,8}\.?\s+\d{1,2},?)")
_INCEPTION: Final = re.compile(r"\binception\b|\bcumulative\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableHeader:
    """The header of a table: the period of each column, and the index of the first row below it.

    `width` counts all columns, also those of percentages and changes; `period_columns` are the places of those with a period.
    `currency` is that of the first column where the header names one for some columns and another for others. `corrections`
    are its damaged words as printed and as they were taken.
    """

    periods: tuple[PrintedPeriod, ...]
    first_row: int
    width: int
    period_columns: tuple[int, ...]
    currency: str | None = None
    corrections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A labelled row with the item of each column (None where the place is blank), and what has no column."""

    row: LabelledRow
    cells: tuple[FigureCell | None, ...]
    unplaced: tuple[FigureCell, ...]


def read_header(table: Table, rows: Sequence[LabelledRow], context: str = "") -> TableHeader | None:
    """The header of a table; None where no row above the figures names a period.

    `context` is the text just above the table: it fills in what the header leaves open ("for the three months ended").
    """
    printed, table = table, corrected_header(table)
    rows = rows if table is printed else labelled_rows(table)
    first = next((row.index for row in rows if row.has_words and _has_value(row)), None)
    if first is None:
        return None
    head = _with_units(table.rows[:first])
    reach = _reach(rows, first)
    head = _parted(head, reach)
    header_periods, beside = _without_change_columns(
        head, _without_inception(head, [_header_periods(row.cells, reach) for row in head])
    )
    header_periods = _by_version(head, _stacked(header_periods))
    last = max((index for index, row in enumerate(header_periods) if row), default=-1)
    count = max((len(row) for row in header_periods), default=0)
    if not 0 < count <= _MAX_COLUMNS:
        return None
    periods = column_periods(header_periods, count)
    if periods is None:
        return None
    periods = _with_year(periods, [_label_of(row.cells, reach) for row in head])
    columns = next(row for row in reversed(header_periods) if len(row) == count)
    if headings_without_year(header_periods, periods, columns[0].left) or has_split_date(head):
        periods = [replace(period, is_unsure=True) for period in periods]
    periods, currency = _by_restatement(periods, _said_over(head, columns))
    periods, columns = _without_cumulative(_fill_from_context(periods, corrected(context)), head, columns)
    asides = _change_columns(head, columns, beside, rows, first)
    places = sorted([*((left, 0) for left in _lefts(head, columns, asides)), *((left, 1) for left in asides)])
    live = tuple(at for at, (_, is_aside) in enumerate(places) if not is_aside)
    periods = [PrintedPeriod() if period.is_unsure else period for period in periods]
    return TableHeader(
        tuple(periods), last + 1, len(places), live, currency, corrections(printed.rows[:first], table.rows[:first])
    )


def _by_restatement(periods: Sequence[PrintedPeriod], said: Sequence[str]) -> tuple[list[PrintedPeriod], str | None]:
    """Columns as restated or not by the words over each, without those of another currency than the first, and that one."""
    told = [replace(period, is_restated=is_restated(words)) for period, words in zip(periods, said, strict=True)]
    currencies = [currency_over(words) for words in said]
    if len(set(filter(None, currencies))) < 2 or currencies[0] is None:
        return told, None
    first = currencies[0]
    return [period if own == first else PrintedPeriod() for period, own in zip(told, currencies, strict=True)], first


def is_wrapped(table: Table) -> bool:
    """Whether lines of a table were broken at the edge of a page: figures that begin a line, where labels do, go on another.

    What was broken off the header fell under the wrong columns likewise. An e-mail may end a broken line in an equals sign.
    """
    if not table.is_spaced:
        return False
    ends = [(row.cells[0], row.cells[-1].text) for row in table.rows if row.cells]
    begun = sum(first.left == 0 and bool(COMPLETE.fullmatch(first.text)) for first, _ in ends)
    soft = sum(last.endswith("=") and not last.endswith("==") for _, last in ends)
    return any(broken >= _LEAST_BROKEN and broken * _BROKEN_SHARE >= len(ends) for broken in (begun, soft))


def _with_units(header: Sequence[Row]) -> list[Row]:
    """The rows of a header, with "Three" over "Months" or "February" over "3," as one."""
    whole: list[Row] = []
    for row in header:
        above = whole[-1].cells if whole else ()
        counts = [cell for cell in above if _COUNT.fullmatch(cell.text)]
        units = [cell for cell in row.cells if _UNIT.match(cell.text)]
        if 0 < len(counts) <= _MAX_COLUMNS and len(counts) == len(units):
            whole[-1] = replace(whole[-1], cells=tuple(cell for cell in above if cell not in counts))
            joined = dict(zip(units, counts, strict=True))
            cells = (_joined(joined[cell], cell) if cell in joined else cell for cell in row.cells)
            whole.append(replace(row, cells=tuple(sorted(cells, key=_left))))
        else:
            whole.append(row)
    return whole


def _joined(above: Cell, below: Cell) -> Cell:
    """Two cells of a header, one over the other, as one."""
    left, right = min(above.left, below.left), max(above.right, below.right)
    return Cell(f"{above.text} {below.text}", left, right, below.start, below.end)


def _left(cell: Cell) -> int:
    return cell.left


def without_repeated_periods(periods: Sequence[PrintedPeriod], words: str) -> tuple[PrintedPeriod, ...]:
    """The periods of columns, without those of two columns that have one heading: one of the two is misprinted.

    Unless a line tells: "shares issued at July 31 and January 31, 2000, respectively" names the dates of the columns in order.
    """
    ends = [(period.months, period.end, period.is_restated) for period in periods if period.end]
    twice = {end for end in ends if ends.count(end) > 1}
    if not twice:
        return tuple(periods)
    for found in _RESPECTIVELY.finditer(words):
        dates = [period for period in periods_in(found["dates"]) if period.end]
        if len(dates) == len(periods) and len({date.end for date in dates}) == len(dates) and dates[0].end == periods[0].end:
            return tuple(replace(date, months=period.months) for date, period in zip(dates, periods, strict=True))
    return tuple(PrintedPeriod() if (period.months, period.end, period.is_restated) in twice else period for period in periods)


def _heads_changes(cell: Cell) -> bool:
    """Whether a cell is the heading of percentages or changes ("Dec. 31" is a day and no decrease)."""
    if cell.left > 0 and _AGAINST.match(cell.text):
        return True
    if cell.left == 0 or not _ASIDE.fullmatch(cell.text) or not _NO_PERIOD.search(cell.text):
        return False
    return all(period.month is None for period in periods_in(cell.text))


def _without_change_columns(
    header: Sequence[Row], header_periods: Sequence[list[HeaderPeriod]]
) -> tuple[list[list[HeaderPeriod]], dict[int, list[int]]]:
    """The periods of a header without those under a heading of changes, and for each such heading their places.

    "% Change" over "Three Months" and "Six Months" heads two columns of changes: a stretch without a date is no period.
    """
    beside: dict[int, list[int]] = {}
    kept = [list(row) for row in header_periods]
    for index, row in enumerate(header):
        for at, cell in enumerate(row.cells):
            stop = row.cells[at + 1].left if at + 1 < len(row.cells) else max((one.right for one in row.cells), default=0) + 1
            for below in kept[index + 1 :] if _heads_changes(cell) else ():
                under = [
                    header_period
                    for header_period in below
                    if cell.left <= header_period.left < max(stop, cell.right) and header_period.period.year is None
                ]
                if under and all(header_period.period.month is None for header_period in under):
                    beside.setdefault(cell.left, []).extend(header_period.left for header_period in under)
                    below[:] = [header_period for header_period in below if header_period not in under]
    return kept, beside


def _by_version(header: Sequence[Row], header_periods: Sequence[list[HeaderPeriod]]) -> list[list[HeaderPeriod]]:
    """The periods of a header; one over several versions of its figures ("as restated", "as reported") stands once for each."""
    found = [list(row) for row in header_periods]
    last = max((index for index, row in enumerate(header_periods) if row), default=len(header))
    for row in header[last + 1 :]:
        versions = [cell for cell in row.cells if cell.left > 0 and _VERSION.search(cell.text) and not _heads_changes(cell)]
        under = [
            [cell for cell in versions if header_period.left <= cell.left < header_period.right]
            for header_period in found[last]
        ]
        if any(len(cells) > 1 for cells in under):
            found[last] = [
                one
                for header_period, cells in zip(found[last], under, strict=True)
                for one in (
                    [HeaderPeriod(header_period.period, cell.left, cell.right) for cell in cells]
                    if len(cells) > 1
                    else [header_period]
                )
            ]
            return found
    return found


def _change_columns(
    header: Sequence[Row],
    columns: Sequence[HeaderPeriod],
    beside: Mapping[int, list[int]],
    rows: Sequence[LabelledRow],
    first: int,
) -> list[int]:
    """Where columns of percentages and changes stand among those with a period; none where the rows have no figures there.

    `beside` are the places of several such columns under one head.
    """
    for row in reversed(header):
        found = [place for cell in row.cells if _heads_changes(cell) for place in beside.get(cell.left, [cell.left])]
        if not found:
            continue
        lengths = Counter(len(row.cells) for row in rows if row.index >= first)
        more = [lengths[len(columns) + count] for count in range(1, len(found) + 1)]
        if more[-1] and sum(more) > lengths[len(columns)]:
            return found
    return _unheaded(header, columns, rows, first)


def _lefts(header: Sequence[Row], columns: Sequence[HeaderPeriod], asides: Sequence[int]) -> list[int]:
    """Where the columns with a period begin: where their own headings do, beside those of the other columns.

    A year in the middle over "GAAP", "Adjustments" and "Non-GAAP" lies over the second of them and is that of the first.
    """
    for row in header if asides else ():
        if {cell.left for cell in row.cells}.issuperset(asides):
            own = [cell.left for cell in row.cells if cell.left > 0 and cell.left not in asides]
            if len(own) == len(columns):
                return own
    return [header_period.left for header_period in columns]


def _unheaded(header: Sequence[Row], columns: Sequence[HeaderPeriod], rows: Sequence[LabelledRow], first: int) -> list[int]:
    """Where columns stand whose heading names no period ("Total"); none where the rows have no figures there."""
    lengths = Counter(len(row.cells) for row in rows if row.index >= first)
    for row in reversed(header):
        if not any(cell.left <= columns[0].left < cell.right for cell in row.cells):
            continue
        found = [
            cell.left
            for cell in row.cells
            if cell.left > 0
            and all(cell.right <= header_period.left or header_period.right <= cell.left for header_period in columns)
        ]
        if found and lengths[len(columns) + len(found)] > lengths[len(columns)]:
            return found
    return []


def _without_inception(header: Sequence[Row], header_periods: Sequence[list[HeaderPeriod]]) -> list[list[HeaderPeriod]]:
    """The periods of a header without the lines of a heading since inception: "(March 4, 1996) to Sept. 30, 2003".

    They are of a column of no fiscal period, and where they stand in rows of other heads they head nothing but it.
    """
    count = max((len(row) for row in header_periods), default=0)
    columns = next((row for row in reversed(header_periods) if len(row) == count), [])
    kept = [list(row) for row in header_periods]
    for cell in (cell for row in header for cell in row.cells if cell.left > 0 and _INCEPTION.search(cell.text)):
        if sum(cell.left < header_period.right and header_period.left < cell.right for header_period in columns) == 1 < count:
            kept = [
                [header_period for header_period in row if header_period.right <= cell.left or cell.right <= header_period.left]
                for row in kept
            ]
    return kept


def _parted(header: Sequence[Row], reach: int) -> list[Row]:
    """The rows of a header with "2003 December 31," as two cells where so, and not else, each column has one whole date.

    In text a narrow column leaves one blank between the last line of one head and the first of the next.
    """
    parted = [replace(row, cells=tuple(part for cell in row.cells for part in _year_and_day(cell))) for row in header]
    header_periods = [_header_periods(row.cells, reach) for row in parted]
    return parted if parted != list(header) and _stacked(header_periods) != header_periods else list(header)


def _year_and_day(cell: Cell) -> tuple[Cell, ...]:
    found = _YEAR_THEN_DAY.fullmatch(cell.text)
    if not found or cell.right - cell.left != len(cell.text):
        return (cell,)
    at = found.start("day")
    year = Cell(found["year"], cell.left, cell.left + 4, cell.start, cell.start + 4)
    return year, Cell(found["day"], cell.left + at, cell.right, cell.start + at, cell.end)


def _stacked(header_periods: Sequence[list[HeaderPeriod]]) -> list[list[HeaderPeriod]]:
    """The periods of a header whose dates wrap over more lines in one column than in the next, each column's lines as one.

    "June 30," over "2008" over "(unaudited)" beside "December 31," over "2007" ends lower: rows then mix years with days. Only
    where the lines over each column make one whole date by themselves; a line over several columns is a head of them all.
    """
    count = max((len(row) for row in header_periods), default=0)
    columns = next((row for row in reversed(header_periods) if len(row) == count), [])
    loose = [
        at
        for at, row in enumerate(header_periods)
        if 0 < len(row) < count and all(_is_of_one(header_period, columns) for header_period in row)
    ]
    stack = sorted({*loose, *(at for at, row in enumerate(header_periods) if len(row) == count)})
    dates: list[PrintedPeriod] = []
    for column in columns if loose else ():
        own = [header_period.period for at in stack for header_period in header_periods[at] if _is_over(header_period, column)]
        named = [(piece.month is not None, piece.year is not None) for piece in own]
        if [sum(kind) for kind in zip(*named, strict=True)] != [1, 1]:
            return [list(row) for row in header_periods]
        dates.append(reduce(PrintedPeriod.filled_from, own))
    if not dates:
        return [list(row) for row in header_periods]
    whole = [HeaderPeriod(date, column.left, column.right) for date, column in zip(dates, columns, strict=True)]
    return [whole if at == stack[-1] else [] if at in stack else list(row) for at, row in enumerate(header_periods)]


def _is_of_one(header_period: HeaderPeriod, columns: Sequence[HeaderPeriod]) -> bool:
    """Whether a header period is a piece of a date and stands over one column alone."""
    is_piece = header_period.period.months is None and header_period.period.quarter is None
    return is_piece and sum(_is_over(header_period, column) for column in columns) == 1


def _is_over(header_period: HeaderPeriod, column: HeaderPeriod) -> bool:
    return header_period.left < column.right and column.left < header_period.right


def _without_cumulative(
    periods: Sequence[PrintedPeriod], header: Sequence[Row], columns: Sequence[HeaderPeriod]
) -> tuple[list[PrintedPeriod], list[HeaderPeriod]]:
    """A column since inception is of no fiscal period: development stage companies printed one until 2014 (ASC 915)."""
    found, places = list(periods), list(columns)
    for cell in (cell for row in header for cell in row.cells if cell.left > 0 and _INCEPTION.search(cell.text)):
        over = [
            at for at, header_period in enumerate(places) if cell.left < header_period.right and header_period.left < cell.right
        ]
        if len(over) == 1:
            found[over[0]] = PrintedPeriod()
        elif not over:
            at = sum(header_period.left < cell.left for header_period in places)
            found.insert(at, PrintedPeriod())
            places.insert(at, HeaderPeriod(PrintedPeriod(), cell.left, cell.right))
    return found, places


def _said_over(rows: Sequence[Row], columns: Sequence[HeaderPeriod]) -> list[str]:
    """The words over each column, of cells that do not stand over all of them."""
    words: list[list[str]] = [[] for _ in columns]
    for row in rows:
        for cell in row.cells:
            over = [
                at
                for at, header_period in enumerate(columns)
                if cell.left < header_period.right and header_period.left < cell.right
            ]
            for at in over if len(over) < len(columns) or len(columns) == 1 else ():
                words[at].append(cell.text)
    return [" ".join(said) for said in words]


def _has_value(row: LabelledRow) -> bool:
    """A figure that is no year, or a nil, beside a label that names no period."""
    if periods_in(row.label):
        return False
    return any(item.is_nil or not is_year(item) for item in row.cells)


def is_year(item: FigureCell) -> bool:
    """Whether a figure is a year: a whole number of four digits in this century or the last."""
    found = item.content.numbers
    return (
        len(found) >= 1
        and all(1950 <= number.value <= 2100 and number.step == 1 for number in found)
        and "," not in item.cell.text
    )


def _reach(rows: Sequence[LabelledRow], first: int) -> int:
    """How far across the page figures begin, in most rows of them."""
    ends = Counter(row.cells[-1].cell.left for row in rows if row.index >= first and row.has_words and row.cells)
    return max(ends, key=lambda end: (ends[end], end), default=0)


def _label_of(cells: Sequence[Cell], reach: int) -> str:
    """What stands above the labels in a header row that goes on to the last column; empty where nothing does."""
    return cells[0].text if len(cells) > 1 and cells[0].left == 0 and cells[-1].right > reach else ""


def _with_year(periods: Sequence[PrintedPeriod], labels: Sequence[str]) -> list[PrintedPeriod]:
    """Columns that name no year, with the one that stands above the labels ("Fiscal 2012")."""
    named = [period.year for label in labels if label for period in periods_in(label) if period.year]
    if len(named) != 1 or any(period.year for period in periods):
        return list(periods)
    return [replace(period, year=named[0]) for period in periods]


def _header_periods(cells: Sequence[Cell], reach: int) -> list[HeaderPeriod]:
    """The periods in a header row, without what stands above the labels where the row reaches the last column."""
    labels = 1 if _label_of(cells, reach) else 0
    return [
        HeaderPeriod(period, *_share_of(cell, at, len(found)))
        for cell, is_unsure in zip(cells[labels:], unreadable_cells(cells)[labels:], strict=True)
        for found in [_periods_of(cell, is_unsure)]
        for at, period in enumerate(found)
    ]


def _periods_of(cell: Cell, is_unsure: bool) -> list[PrintedPeriod]:
    """The periods that a cell of a header names; they are unsure where the cell holds one that cannot be read."""
    if _INCEPTION.search(cell.text) or _AGAINST.match(cell.text):
        return []
    found = periods_in(cell.text)
    return [replace(period, is_unsure=True) for period in found or [PrintedPeriod()]] if is_unsure else found


def _share_of(cell: Cell, at: int, count: int) -> tuple[int, int]:
    """Several periods in one cell share its width."""
    wide = cell.right - cell.left
    return cell.left + wide * at // count, cell.left + max(wide * (at + 1) // count, 1)


def _fill_from_context(periods: Sequence[PrintedPeriod], context: str) -> list[PrintedPeriod]:
    """What no header row says, the title may: its nearest line that says it, and only where that line says one thing.

    Columns that are headed by different quarters end on different days, so no one day is theirs.
    """
    filled = list(periods)
    has_months, has_day = False, len({period.quarter for period in periods if period.quarter}) > 1
    for line in reversed(context.split("\n")):
        named = periods_in(line)
        durations = {period.months for period in named if period.months is not None}
        days = {(period.month, period.day) for period in named if period.month is not None}
        months = durations.pop() if len(durations) == 1 and not has_months else None
        month, day = days.pop() if len(days) == 1 and not has_day else (None, None)
        filled = [period.filled_from(PrintedPeriod(months, month, day)) for period in filled]
        has_months, has_day = has_months or bool(durations) or months is not None, has_day or bool(days) or month is not None
    return filled


def with_period_columns_only(rows: Sequence[PlacedRow], header: TableHeader) -> list[PlacedRow]:
    """Rows placed on all columns, with those alone that have a period."""
    if header.width == len(header.period_columns):
        return list(rows)
    return [replace(row, cells=tuple(row.cells[at] for at in header.period_columns)) for row in rows]


def place_rows(rows: Sequence[LabelledRow], count: int, is_spaced: bool = False) -> list[PlacedRow]:
    """Each row with its figures in their columns.

    Where columns are set out by spaces, figures are aligned at the right, give or take a parenthesis; else a column is one
    place of the grid.
    """
    columns_by_segment = _columns_from_full_rows(rows, count, is_spaced)
    return [_place(row, count, columns_by_segment, is_spaced) for row in rows]


_ColumnsBySegment = dict[int, dict[int, int]]


def _position_of(item: FigureCell, is_spaced: bool) -> int:
    return item.cell.right if is_spaced else item.cell.left


def _columns_from_full_rows(rows: Sequence[LabelledRow], count: int, is_spaced: bool) -> _ColumnsBySegment:
    """For each segment, which column lies at which place, as full rows of sound figures teach it."""
    votes: dict[int, dict[int, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows:
        for items, weight in ((row.figures, 2), (row.cells, 1), (row.amounts, 1)):
            if len(items) == count and row.has_words:
                sound = sum(item.content.kind is CellKind.NUMBER or item.is_nil for item in items)
                for column, item in enumerate(items):
                    votes[row.segment][_position_of(item, is_spaced)][column] += weight * (1 + 4 * (sound == count))
                break
    return {
        segment: {place: seen.most_common(1)[0][0] for place, seen in sorted(places.items())}
        for segment, places in votes.items()
    }


def _place(row: LabelledRow, count: int, columns_by_segment: _ColumnsBySegment, is_spaced: bool) -> PlacedRow:
    figures = row.figures
    for full in (figures, row.cells if figures else (), row.amounts):
        if len(full) == count:
            return PlacedRow(row, full, ())
    known = _columns_of_segment(row.segment, columns_by_segment)
    placed: list[FigureCell | None] = [None] * count
    strays = []
    for item in row.cells:
        column = _column_at(_position_of(item, is_spaced), known)
        if column is not None and placed[column] is None:
            placed[column] = item
        elif not item.is_nil and item.content.kind is not CellKind.PERCENT:
            strays.append(item)
    return PlacedRow(row, tuple(placed), tuple(strays))


def _column_at(place: int, known: Mapping[int, int]) -> int | None:
    """The column at a place, else the nearest one, if nearer than half its distance from the next."""
    if place in known or not known:
        return known.get(place)
    nearest = min(known, key=lambda other: (abs(other - place), other))
    apart = [abs(other - nearest) for other in known if known[other] != known[nearest]]
    return known[nearest] if abs(nearest - place) * 2 < min(apart, default=2 * _LEAST_GAP) else None


def _columns_of_segment(segment: int, columns_by_segment: _ColumnsBySegment) -> dict[int, int]:
    """A segment without a full row of its own is read by the nearest one before it, else after it."""
    if segment in columns_by_segment:
        return columns_by_segment[segment]
    before = [other for other in columns_by_segment if other < segment]
    after = [other for other in columns_by_segment if other > segment]
    nearest = max(before, default=min(after, default=None))
    return columns_by_segment[nearest] if nearest is not None else {}
