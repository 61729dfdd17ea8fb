"""The header of a table: which period each of its columns is of, and where its body begins.

Belongs here: putting together what the body (`body_columns.py`), the words over it (`heads.py`, `ordered_heads.py`) and those
above the table tell of its columns, without those in another currency (`column_currencies.py`). Does not belong here: any of
these, or whether the periods of a filing agree (`period_consistency.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestration.filings.documents.model import Cell, Row, Table
from orchestration.filings.ocr.header_ocr import corrected, corrected_header, corrections, has_split_date
from orchestration.filings.tables.body_columns import BodyColumns, body_columns
from orchestration.filings.tables.column_currencies import are_of_currencies, in_one_currency, unit_words
from orchestration.filings.tables.heads import NAMES_STATEMENT, WordsOver, beside_reported, heads, over_columns, words_over
from orchestration.filings.tables.ordered_heads import heads_in_order, whole_dates
from orchestration.filings.tables.passes import PLAIN, Runner
from orchestration.filings.tables.rows import FigureCell, LabelledRow, labelled_rows
from orchestration.filings.tables.trace import TracedChoice
from orchestration.filings.text.dates import PrintedPeriod, ends_in, periods_in, without_dates
from orchestration.filings.text.figures import COMPLETE
from orchestration.filings.text.units import currency_over

_LEAST_BROKEN: Final = 3
_BROKEN_SHARE: Final = 10
"""One line in so many that is broken shows that the page was narrower than the table."""
_DAY_AND_YEAR: Final = re.compile(r"\d{1,2},\s+(?:19|20)\d\d")
_BARE: Final = re.compile(r"\W*(?:end(?:ed|ing)|for|the|at|as|of|\W+)*", re.IGNORECASE)
_HEAD_CHARS: Final = 60
_YEAR: Final = 12
_TOLD_YEARS: Final = ("last", "this")
_TOLD_YEAR: Final = re.compile(r"(?P<this>(?:this|current)\s+year)|(?P<last>(?:last|prior)\s+year)", re.IGNORECASE)
_LINES_ABOVE: Final = 4
_LINES_OF_HEAD: Final = 12
"""Limit on the lines above a table without a header that may be one."""
_FIGURE: Final = re.compile(r"[($€£¥\s-]*\d(?!Q)")
"""How a figure begins; so does a day, which is whole or says nothing here. "4Q24" is a quarter."""
_BRACKETED: Final = re.compile(r"\W*\([^()]+\)\W*")
_ENDS: Final = re.compile(r"\bend(?:ed|ing|s)?\b", re.IGNORECASE)
_RESPECTIVELY: Final = re.compile(r"\b(?:at|as of)\s+(?P<dates>[A-Z][^;()]{6,80}?),?\s+respectively", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TableHeader:
    """The header of a table: the period of each column, and the index of the first row below it.

    `width` counts all columns, also those of percentages and changes; `period_columns` are the places of those with a period.
    `unheaded` are columns of amounts over which no period is named and nothing in its place. `parts` are those of parts of the
    company, or of what is eliminated between them, beside the consolidated ones. `currency` is that of most columns, the first
    of equals, where some are in one and some in another; `unit_words` are then the words above the table and of its header
    without what stands over the others. `corrections` are the damaged words of the header as printed and as they were taken.
    `words` are its rows, each with what of it does not stand over other columns only.
    `is_ordered` says that figures and heads were matched by their order alone, `is_moved` that the first column lacks a head
    that the last one has.
    """

    periods: tuple[PrintedPeriod, ...]
    first_row: int
    width: int
    period_columns: tuple[int, ...]
    unheaded: tuple[int, ...] = ()
    currency: str | None = None
    unit_words: str | None = None
    is_ordered: bool = False
    corrections: tuple[tuple[str, str], ...] = ()
    is_moved: bool = False
    parts: tuple[int, ...] = ()
    words: tuple[WordsOver, ...] = ()


def read_header(table: Table, rows: Sequence[LabelledRow], context: str = "", runner: Runner = PLAIN) -> TableHeader | None:
    """The header of a table; None where no row above the figures names a period.

    `context` is the text just above the table: it fills in what the header leaves open ("for the three months ended").
    """
    printed, table = table, corrected_header(table)
    rows = rows if table is printed else labelled_rows(table, runner)
    first = next((row.index for row in rows if row.has_words and _has_value(row) and not is_head(table.rows[row.index])), None)
    columns = None if first is None else body_columns([row for row in rows if row.index >= first], table.is_spaced)
    if first is None or columns is None:
        return None
    head = _with_years_told(table.rows[:first], corrected(context))
    header, told_by = _by_places(head, columns, corrected(context), runner), "by places"
    is_told = header is not None and (header.is_moved or _are_told(header.periods))
    if header is None or header.unheaded or not is_told or (table.is_spaced and _is_read_otherwise(header, head, columns)):
        ordered = _by_order(head, columns, corrected(context))
        header, told_by = (ordered, "by order") if ordered else (header, told_by)
    if runner.trace is not None:
        runner.trace.add(TracedChoice("header", printed.line, _shown(header, columns, told_by)))
    if header is None:
        return None
    periods = _fill_from_context(header.periods, corrected(context))
    periods = [PrintedPeriod() if period.is_unsure else period for period in periods]
    return replace(header, periods=tuple(periods), corrections=corrections(printed.rows[:first], table.rows[:first]))


def _with_years_told(head: Sequence[Row], context: str) -> Sequence[Row]:
    """The rows of a header, "This Year" and "Last Year" as the two years that the nearest line of the title names."""
    if not any(_TOLD_YEAR.fullmatch(cell.text) for row in head for cell in row.cells):
        return head
    named = ({period.year for period in periods_in(line) if period.year} for line in reversed(context.split("\n")))
    years = sorted(next((found for found in named if len(found) == len(_TOLD_YEARS)), set()))
    told = dict(zip(_TOLD_YEARS, map(str, years), strict=False))
    return [
        replace(
            row,
            cells=tuple(
                cell._replace(text=_TOLD_YEAR.sub(lambda one: told.get(one.lastgroup or "", one[0]), cell.text))
                for cell in row.cells
            ),
        )
        for row in head
    ]


def _are_told(periods: Sequence[PrintedPeriod]) -> bool:
    """Whether each column has its day or its quarter; beside a quarter, a year is told by its number."""
    has_quarter = any(one.quarter for one in periods)
    return all(one.end or one.quarter or (has_quarter and one.months == _YEAR and one.year) for one in periods)


def _is_read_otherwise(header: TableHeader, head: Sequence[Row], columns: BodyColumns) -> bool:
    """Whether the words of a header, line after line, are whole dates, and others than those that stand over its columns."""
    whole = whole_dates(head, columns)
    return whole is not None and {one.end for one in whole.periods if one} != {one.end for one in header.periods}


def _shown(header: TableHeader | None, columns: BodyColumns, told_by: str) -> str:
    """The columns of a table and how they were told, for a trace."""
    told = f"{columns.count} columns of figures, {'with' if columns.spans else 'without'} places"
    if header is None:
        return f"{told}; no header"
    periods = ", ".join(f"{at + 1}: {one.shown}" for at, one in zip(header.period_columns, header.periods, strict=True))
    return f"{told}; header {told_by}: {periods}"


def _by_places(header: Sequence[Row], columns: BodyColumns, context: str, runner: Runner) -> TableHeader | None:
    """The header by the words over each column; None where they name no period."""
    found = heads(header, columns, runner) if columns.spans else []
    live = [at for at, one in enumerate(found) if not one.is_aside and (one.period != PrintedPeriod())]
    live = live or [at for at, one in enumerate(found) if one.is_consolidated]
    beside = beside_reported(found, live)
    live = [at for at in live if at not in beside]
    asides = [at for at, one in enumerate(found) if one.is_aside or at in beside]
    if not live:
        return None
    named = {currency_over(found[at].words) for at in live} - {None}
    bare = tuple(
        at
        for at, one in enumerate(found)
        if not (at in live or at in asides or one.is_other or at in columns.notes)
        and currency_over(one.words) in {None, *named}
    )
    told = [found[at].period for at in live]
    if has_split_date(header):
        told = [replace(period, is_unsure=True) for period in told]
    first = min(one.first_row for one in found if one.pieces)
    told = _with_labels_above(told, header, first, columns)
    is_moved = _begins_late(told)
    told = _without_shifted(told)
    last = max(one.last_row for one in found)
    over = [currency_over(found[at].words) for at in live]
    currency, told = in_one_currency(told, over, header, columns, context)
    kept = [at for at, own in zip(live, told, strict=True) if own != PrintedPeriod()]
    units = unit_words(context, header[: last + 1], columns, kept, currency) if currency else None
    parts = tuple(asides) if any(one.is_consolidated for one in found) else ()
    words = tuple(words_over(header, first, last, columns, kept))
    own = (tuple(told), last + 1, columns.count, tuple(live), bare, currency, units)
    return TableHeader(*own, is_moved=is_moved, parts=parts, words=words)


def _without_shifted(periods: Sequence[PrintedPeriod]) -> list[PrintedPeriod]:
    """The periods, all unsure where one lacks the year that others have, or the first lacks the month: heads are lost or moved.

    A head that can be seen and not be read (`is_unsure`) is of its own column. So is one that lacks the day, where others have
    one and none of its month.
    """
    sure = [period for period in periods if not (period.is_unsure or period.quarter)]
    lacks_month = bool(sure) and sure[0].month is None and any(period.month for period in sure)
    is_uneven = lacks_month or len({period.year is None for period in sure}) > 1
    months = {period.month for period in sure if period.day}
    return [
        replace(one, is_unsure=True)
        if is_uneven or (months and one.month and one.day is None and one.month not in months)
        else one
        for one in periods
    ]


def _begins_late(periods: Sequence[PrintedPeriod]) -> bool:
    """Whether the first column lacks a month or year that the last one has."""
    first, last = periods[0], periods[-1]
    lacks = (first.month is None and last.month is not None) or (first.year is None and last.year is not None)
    return lacks and not (first.is_unsure or last.is_unsure or first.quarter or last.quarter)


def _by_order(header: Sequence[Row], columns: BodyColumns, context: str) -> TableHeader | None:
    """The header by the order of its words alone, with those lines above it that a full line of words parts from it."""
    whole = whole_dates(header, columns)
    own = {row.text for row in header}
    lines = [line for line in context.split("\n") if line.strip() and line not in own and not whole]
    above = [Row((Cell(line, 0, len(line), 0, 0),), 0) for line in lines[-(_LINES_ABOVE if header else _LINES_OF_HEAD) :]]
    found = whole or heads_in_order([*above, *header], columns)
    is_above = header and found is not None and found.last_row < len(above)
    if found is None or is_above or (not whole and are_of_currencies(header, columns)):
        return None
    live = tuple(at for at, period in enumerate(found.periods) if period is not None)
    first_row, is_ordered = found.last_row + 1 - len(above), not columns.spans
    words = tuple(
        WordsOver(row.text, row.text if at < first_row or _is_of_columns(row, columns.count) else "")
        for at, row in enumerate(header)
    )
    return TableHeader(tuple(filter(None, found.periods)), first_row, columns.count, live, is_ordered=is_ordered, words=words)


def _is_of_columns(row: Row, count: int) -> bool:
    """Whether a row below heads in order is of the columns too: it has a word for each, or is an aside."""
    return len(row.cells) == count > 1 or bool(_BRACKETED.fullmatch(row.text))


def _with_labels_above(
    periods: Sequence[PrintedPeriod], header: Sequence[Row], first: int, columns: BodyColumns
) -> list[PrintedPeriod]:
    """The periods with what stands above the labels: it tells what no column says, and makes those unsure that it contradicts.

    "Fiscal 2012" above the labels tells the year of "Mar. 31"; "Nine Months Ended" there belongs to some column, and which is
    not known. Above the row `first`, where the heads of the columns begin, only what is nothing but a stretch or day is meant:
    the rest are titles and dates of the release.
    """
    filled = list(periods)
    for index, row in enumerate(header):
        own = over_columns(row.cells, columns)
        labels = row.cells[: len(row.cells) - len(own)]
        for cell in labels if index >= first else filter(_is_stretch, labels):
            for told in periods_in(cell.text):
                filled = _with_label(filled, told)
    return filled


def _is_stretch(cell: Cell) -> bool:
    """Whether a cell names a stretch or day without a year, and nothing else."""
    named = periods_in(cell.text)
    return bool(named) and named[0].year is None and _BARE.fullmatch(without_dates(cell.text)) is not None


def _with_label(periods: Sequence[PrintedPeriod], told: PrintedPeriod) -> list[PrintedPeriod]:
    own = [(period.months, period.month, period.year) for period in periods]
    for at, value in enumerate((told.months, told.month, told.year)):
        named = {one[at] for one in own}
        if value is not None and None not in named and value not in named:
            return [replace(period, is_unsure=True) for period in periods]
    lacks = [all(one[at] is None for one in own) for at in range(3)]
    part = PrintedPeriod(
        told.months if lacks[0] else None, told.month if lacks[1] else None, told.day if lacks[1] else None,
        told.year if lacks[2] else None,
    )  # fmt: skip
    return [period.filled_from(part) for period in periods]


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


def _has_value(row: LabelledRow) -> bool:
    """A figure that is no year, or a nil, beside a label that names no period."""
    if periods_in(row.label):
        return False
    return any(item.is_nil or not is_year(item) for item in row.cells)


def is_head(row: Row) -> bool:
    """Whether a row names a period behind its first cell, as no line of a statement does."""
    texts = [cell.text for cell in row.cells[1:] if len(cell.text) <= _HEAD_CHARS and not COMPLETE.fullmatch(cell.text)]
    return any(ends_in(text) if _FIGURE.match(text) else periods_in(text) for text in texts)


def is_year(item: FigureCell) -> bool:
    """Whether a figure is a year: a whole number of four digits in this century or the last, also one behind its day."""
    found = item.content.numbers
    if _DAY_AND_YEAR.fullmatch(item.cell.text):
        return True
    return (
        len(found) >= 1
        and all(1950 <= number.value <= 2100 and number.step == 1 for number in found)
        and "," not in item.cell.text
    )


def _fill_from_context(periods: Sequence[PrintedPeriod], context: str) -> list[PrintedPeriod]:
    """What no header row says, the title may: its nearest line that says it, and only where that line says one thing.

    Columns that are headed by different quarters end on different days, so no one day is theirs, and to one quarter only what
    ends on a day gives it: a release prints its own. Beside a column that has a stretch, a day without one has another.
    The period of a lone column without any words of one is the one that the title names, from the name of the statement down.
    """
    filled = list(periods)
    if filled == [PrintedPeriod()]:
        said = periods_in(_below_name(context))
        return list(said) if len(said) == 1 else filled
    quarters = {period.quarter for period in periods if period.quarter}
    has_months, has_day = bool(quarters), len(quarters) > 1
    is_told = any(period.months for period in periods)
    for line in reversed(context.split("\n")):
        named = periods_in(line)
        durations = {period.months for period in named if period.months is not None}
        is_of_column = not quarters or _ENDS.search(line)
        days = [period for period in named if period.month is not None and is_of_column]
        months = durations.pop() if len(durations) == 1 and not has_months else None
        own = [PrintedPeriod()] * len(filled) if has_day else _days_of(filled, days)
        filled = [
            period.filled_from(PrintedPeriod(None if is_told and before.end else months, day.month, day.day))
            for period, before, day in zip(filled, periods, own, strict=True)
        ]
        has_months, has_day = has_months or bool(durations) or months is not None, has_day or bool(days)
    return filled


def _days_of(periods: Sequence[PrintedPeriod], days: Sequence[PrintedPeriod]) -> Sequence[PrintedPeriod]:
    """The day that a line names for each column: the one day of all, or that of the column's year where each has one."""
    if len({(day.month, day.day) for day in days}) == 1:
        return [days[0]] * len(periods)
    by_year = {day.year: day for day in days}
    is_sure = len(by_year) == len(days) and by_year.keys() == {period.year for period in periods}
    return [by_year[period.year] if is_sure else PrintedPeriod() for period in periods]


def _below_name(context: str) -> str:
    """A title from the line that names a statement down: what is above may be the date of the release."""
    lines = context.split("\n")
    return "\n".join(lines[max((at for at, line in enumerate(lines) if NAMES_STATEMENT.search(line)), default=len(lines)) :])
