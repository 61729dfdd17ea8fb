"""Header words -> the period of each column, where the layout is lost and only the order of words and figures is known.

Belongs here: sharing out the days, years and stretches of a header in order. Does not belong here: headers whose words stand
over their columns (`heads.py`), what the words mean (`text/dates.py`).

"Three months ended June 30, Six months ended June 30, 2023 2022 2023 2022" names two stretches, two days and four years. What
is named once a column is shared out one each; what is named for fewer is set over even shares where it stands first, and
repeated in turn where it stands below. What gives two columns the same period, or can be shared out in two ways, is no reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise, product
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Row
from orchestration.filings.ocr.header_ocr import has_damaged_day
from orchestration.filings.tables.body_columns import BodyColumns
from orchestration.filings.tables.heads import ways_to_share
from orchestration.filings.text.calendar import MONTH
from orchestration.filings.text.dates import PrintedPeriod, date_words, periods_in, without_dates
from orchestration.filings.text.words import parted

_MAX_ROWS: Final = 12
_MAX_UNEVEN: Final = 8
"""Limit on the columns that are shared out unevenly."""
_LOWEST: Final = re.compile(
    r"(?P<aside>[%$]?\s?\b(?:change|variance|chg)\b\.?\s?%?|%\s?(?:of\s)?(?:net\s)?(?:sales|revenues?)\b|(?<![\w$%])[$%](?![\w$%]))"
    r"|(?P<own>\b(?:19|20)\d\d\b|\bamount\b)",
    re.IGNORECASE,
)


class OrderedHeads(NamedTuple):
    """The period of each column, None for one of changes or per cents, and the index of the lowest row that names any."""

    periods: tuple[PrintedPeriod | None, ...]
    last_row: int


_MONTH: Final = re.compile(rf"(?:{MONTH})\.?", re.IGNORECASE)
_DAY: Final = re.compile(r"\d{1,2},?")
_ASIDES: Final = re.compile(r"\([^()]*\)")
_DIGIT: Final = re.compile(r"\d")


class _Words(NamedTuple):
    """The words of a header in order, by kind, and the days that it prints beside their year."""

    stretches: list[tuple[int, PrintedPeriod]]
    days: list[tuple[int, PrintedPeriod]]
    years: list[tuple[int, PrintedPeriod]]
    whole: set[tuple[int, int | None, int]]

    def of(self, columns: Sequence[int], count: int) -> _Words:
        """The words of some columns: of what is named once for each of all, those of these."""

        def own(kind: list[tuple[int, PrintedPeriod]]) -> list[tuple[int, PrintedPeriod]]:
            return [kind[at] for at in columns] if len(kind) == count else kind

        return _Words(own(self.stretches), own(self.days), own(self.years), self.whole)


def heads_in_order(header: Sequence[Row], columns: BodyColumns) -> OrderedHeads | None:
    """The periods by the order of the words, from the rows that name the most; None where none can be told."""
    best, most = None, 0
    header = _with_whole_days(header)
    last = max((at for at, row in enumerate(header) if any(True for _ in date_words(row.text))), default=-1)
    for first in range(last, max(last - _MAX_ROWS, -1), -1):
        rows = header[first : last + 1]
        for own in _columns_with_periods(header[first:], columns):
            words = _words(rows)
            found = _shared_out(words.of(own, columns.count), len(own)) if words else _each_in_turn(rows, columns.count, own)
            merit = sum(2 * bool(one.end) + (one.months is not None) for one in found)
            if found and merit >= most and _agree(header[first - 1] if first else None, found):
                told = dict(zip(own, found, strict=True))
                best, most = OrderedHeads(tuple(told.get(at) for at in range(columns.count)), last), merit
    return best


def _with_whole_days(header: Sequence[Row]) -> list[Row]:
    """The rows of a header, a row of months above one of as many days as one of both: "June December" above "30, 31,"."""
    rows = list(header)
    for at, (above, below) in enumerate(pairwise(header)):
        months, days = above.text.split(), below.text.split()
        is_one = len(months) == len(days) > 0 and all(map(_MONTH.fullmatch, months)) and all(map(_DAY.fullmatch, days))
        if is_one and above.cells and below.cells:
            text = " ".join(f"{month} {day}" for month, day in zip(months, days, strict=True))
            rows[at] = replace(above, cells=(above.cells[0]._replace(text=text, right=above.cells[-1].right),))
            rows[at + 1] = replace(below, cells=())
    return rows


def whole_dates(header: Sequence[Row], columns: BodyColumns) -> OrderedHeads | None:
    """The periods of a header whose words, read line after line, are a whole date for each column and nothing of another.

    So where cells of two lines wrap at different heights: "March 31," above "2013   September 30," above "2012".
    """
    named = [at for at, row in enumerate(header) if any(True for _ in date_words(row.text))]
    if not named:
        return None
    rows = header[named[0] : named[-1] + 1]
    words, found = _words(rows), periods_in(parted(" ".join(row.text for row in rows)))
    if words is None or not len(words.years) == len(set(found)) == len(found) == columns.count > 1:
        return None
    is_whole = len(words.days) in (1, len(found)) and all(one.end and one.day for one in found)
    return OrderedHeads(tuple(found), named[-1]) if is_whole else None


def _each_in_turn(rows: Sequence[Row], count: int, own: Sequence[int]) -> list[PrintedPeriod]:
    """The periods of the columns where each row has a cell for each: the words of a column are its cells, top to bottom."""
    if any(len(row.cells) != count for row in rows):
        return []
    named = [periods_in(parted(" ".join(row.cells[at].text for row in rows))) for at in own]
    found = [one[0] for one in named if len(one) == 1 and one[0].end]
    return found if len(set(found)) == len(own) else []


def _agree(above: Row | None, periods: Sequence[PrintedPeriod]) -> bool:
    """Whether the line above, which was left out, names no other day than the columns have."""
    days = {(word.period.month, word.period.day) for word in date_words(above.text) if word.period.month} if above else set()
    return days <= {(period.month, period.day) for period in periods}


def _columns_with_periods(rows: Sequence[Row], columns: BodyColumns) -> Iterator[list[int]]:
    """The columns that are of periods: all, or those that a row names beside changes, or those without per cents."""
    everyone = range(columns.count)
    texts = [row.text for row in rows]
    for text in (*texts, "\n".join(texts)):
        kinds = [found.lastgroup for found in _LOWEST.finditer(text)]
        if len(kinds) == columns.count and "aside" in kinds:
            yield [at for at in everyone if kinds[at] == "own"]
            return
    yield [at for at in everyone if at not in columns.percentages]
    if columns.notes:
        yield [at for at in everyone if at not in columns.percentages and at not in columns.notes]


def _words(rows: Sequence[Row]) -> _Words | None:
    """The date words of rows; None where a piece of one is left over, as of "February" a line above its "3,"."""
    found, text = _Words([], [], [], set()), parted(_ASIDES.sub(" ", "\n".join(row.text for row in rows)))
    for at, word in enumerate(date_words(text)):
        period = word.period
        if period.months is not None or period.quarter is not None:
            found.stretches.append((at, period))
        if period.month is not None:
            found.days.append((at, PrintedPeriod(None, period.month, period.day)))
        if period.year is not None:
            found.years.append((at, PrintedPeriod(year=period.year)))
        if period.month is not None and text[word.end : word.end + 4].isdigit():
            found.whole.add((period.month, period.day, int(text[word.end : word.end + 4])))
    is_mixed = len({period.day is None for _, period in found.days}) > 1
    return None if is_mixed or has_damaged_day(text) or _DIGIT.search(without_dates(text)) else found


def _shared_out(words: _Words, count: int) -> list[PrintedPeriod]:
    """The periods of the columns; empty where the words cannot be shared out, or in more than one way."""
    named = sorted((kind for kind in words[:3] if kind), key=lambda kind: kind[0][0])
    if not words.years or any(count % len(kind) for kind in named if kind is not words.stretches):
        return []
    ways = [
        _in_uneven_shares(kind, count)
        if count % len(kind)
        else [_dealt(kind, count, as_shares=True), _dealt(kind, count, as_shares=False)]
        for kind in named
    ]
    if len(ways) > 1 and named[0] is not words.years and count % len(named[0]) == 0:
        ways[0] = ways[0][:1]
    found = {
        tuple(reduce(PrintedPeriod.filled_from, parts, PrintedPeriod()) for parts in zip(*way, strict=True))
        for way in product(*ways)
    }
    distinct = [periods for periods in found if len(set(periods)) == count and _keeps_dates(periods, words)]
    return list(distinct[0]) if len(distinct) == 1 else []


def _keeps_dates(periods: Sequence[PrintedPeriod], words: _Words) -> bool:
    """Whether days that the header prints with their years keep them, where it prints more than one so."""
    ends = {(period.month, period.day, period.year) for period in periods}
    return len({(month, day) for month, day, _ in words.whole}) < 2 or ends <= words.whole


def _dealt(kind: Sequence[tuple[int, PrintedPeriod]], count: int, *, as_shares: bool) -> list[PrintedPeriod]:
    """Words over even shares of the columns, or in turn."""
    size = count // len(kind)
    return [kind[at // size if as_shares else at % len(kind)][1] for at in range(count)]


def _in_uneven_shares(kind: Sequence[tuple[int, PrintedPeriod]], count: int) -> list[list[PrintedPeriod]]:
    """Every way to set words over all columns in their order, each over one at least; none where they are too many."""
    if not len(kind) < count <= _MAX_UNEVEN:
        return []
    return [[kind[at][1] for at in way] for way in ways_to_share(len(kind), count)]
