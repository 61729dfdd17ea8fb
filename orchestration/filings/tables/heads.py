"""Header words -> the period of each column of figures.

Belongs here: how the words of a header are stacked over the columns that the body has, and which columns are of changes. Does
not belong here: where columns lie (`body_columns.py`), headers without places (`ordered_heads.py`), what the words mean
(`text/dates.py`), what the title adds (`columns.py`).

A word stands over the columns that it overlaps. That is not enough for one that spans columns, as "Three Months Ended" set over
the first of two, so the ways to share the columns among such words are alternatives: the one that gives the most columns whole
and distinct periods is taken, the plainest first, and none that gives two columns the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from orchestration.filings.documents.model import Cell, Row
from orchestration.filings.ocr.header_ocr import unreadable_cells
from orchestration.filings.tables.body_columns import BodyColumns, ColumnSpan
from orchestration.filings.tables.interpretations import best_of
from orchestration.filings.tables.passes import PLAIN, Runner, rejoined
from orchestration.filings.text.calendar import COUNT
from orchestration.filings.text.dates import (
    Phrase,
    PrintedPeriod,
    date_words,
    periods_in,
    phrases_in,
    with_first_day,
    without_dates,
)
from orchestration.filings.text.units import currency_over
from orchestration.filings.text.words import parted
from orchestration.filings.vocabulary import wording

_WHOLE: Final = 3
"""What a column with a period of its own counts: two for its end, one for its duration."""
_MAX_SHARED: Final = 16
"""Limit on the columns for which all ways to share them among spanners are compared."""
_MAX_CURRENCY_CHARS: Final = 30
_MAX_CHARS: Final = 300
"""A longer cell is a sentence: no head of a column is."""
_AMOUNT: Final = re.compile(r"\W*\$\W*")
"""Beside amounts of two periods "$" heads the change in dollars; beside per cents alone, the amounts."""
_VERSION: Final = re.compile(
    r"\b(?:(?:as\s+)?(?:previously|originally|restated|revised|reported|filed)|as\s+adjusted)\b", re.IGNORECASE
)
_COMBINED: Final = re.compile(r"\W*(?:non-?GAAP\s+)?combined\b", re.IGNORECASE)
_OWNERS: Final = re.compile(r"\b(?:predecessor|successor)\b", re.IGNORECASE)
NAMES_STATEMENT: Final = re.compile(r"\b(?:statements?|sheets?)\b", re.IGNORECASE)
_INCEPTION: Final = re.compile(r"\binception\b|\bcumulative\b", re.IGNORECASE)
_FRAGMENT: Final = re.compile(
    rf"(?:\W*\b(?:for|the|first|{COUNT}|\d{{1,2}}|months?|weeks?|fiscal|year|date|end(?:ed|ing)|to|of)\b)+\W*", re.IGNORECASE
)
"""A piece of a date or stretch that is broken over the lines of a head."""
_YEAR_THEN_DAY: Final = re.compile(r"(?:19|20)\d\d\s+[A-Z][a-z]{2,8}\.?\s+\d{1,2},?")
"""In text a narrow column leaves one blank between the last line of one head and the first of the next."""
_DAY_ALONE: Final = re.compile(r"(?<![\w.(])\d{1,2},(?!\d)")
_LETTER: Final = re.compile(r"[A-Za-z]")
_RESTATED: Final = re.compile(r"\b(?:(?:as\s+)?(?:restated|revised)|as\s+adjusted)\b", re.IGNORECASE)
_AS_REPORTED: Final = re.compile(r"\bas\s+(?:previously\s+|originally\s+)?reported\b", re.IGNORECASE)


_NO_PERIOD: Final = PrintedPeriod()
WAYS: Final = (
    ("words over what they overlap", (False, False)),
    ("stretches spread", (False, True)),
    ("days spread", (True, False)),
    ("days and stretches spread", (True, True)),
)
"""Whether words of days, and of stretches, are spread over all columns of periods; the plainest way first."""


class HeadWords(NamedTuple):
    """Words of a header, and where across the page they stand; `shared` is what earlier words of the same cell tell of them."""

    text: str
    left: int
    right: int
    shared: PrintedPeriod = _NO_PERIOD
    is_unsure: bool = False

    @property
    def period(self) -> PrintedPeriod | None:
        """The one period that the words name."""
        named = periods_in(self.text)
        return named[0] if len(named) == 1 else None


_Level = tuple[int, list[HeadWords]]


@dataclass(slots=True)
class Head:
    """What stands over one column, top to bottom; the rows are the indexes of those with its words.

    `is_other` says that words stand where others have their dates ("Total"); `is_consolidated` that other columns are of parts.
    """

    pieces: list[HeadWords] = field(default_factory=list)
    own: list[HeadWords] = field(default_factory=list)
    is_aside: bool = False
    is_other: bool = False
    is_consolidated: bool = False
    first_row: int = -1
    last_row: int = -1

    @property
    def words(self) -> str:
        """The words that stand over this column and not over all."""
        return " ".join(piece.text for piece in self.own)

    @property
    def version(self) -> tuple[str, str | None]:
        """What tells the column from another of the same period: words like "as restated", or a currency."""
        return self.words if _VERSION.search(self.words) else "", currency_over(self.words)

    @property
    def period(self) -> PrintedPeriod:
        """The period that the words name together; where they name several, the lower words win.

        A day printed with another year than the column's is the day of another column.
        """
        found = _period_of_all(tuple(piece.text for piece in self.pieces))
        for piece in reversed(self.pieces):
            if piece.shared is not _NO_PERIOD:
                found = _filled(found, piece.shared)
        text = " ".join(piece.text for piece in self.pieces)
        found, is_new = with_first_day(found, text), is_restated(self.words)
        is_unsure = found.is_unsure or any(piece.is_unsure for piece in self.pieces) or _is_day_alone(text)
        is_told = (found.is_unsure, found.is_restated) == (is_unsure, is_new)
        return found if is_told else replace(found, is_unsure=is_unsure, is_restated=is_new)


@lru_cache(maxsize=4_096)
def _period_of_all(texts: tuple[str, ...]) -> PrintedPeriod:
    """The period that words name, line by line, the lower first; what is broken over lines is told by all together."""
    found, whole = PrintedPeriod(), PrintedPeriod()
    for text in reversed(texts):
        for phrase in reversed(phrases_in(text)):
            found = _filled(found, _own(phrase))
    for phrase in reversed(phrases_in(" ".join(texts)) if len(texts) > 1 else ()):
        whole = _filled(whole, _own(phrase))
    if found.day is None and found.month == whole.month:
        found = replace(found, day=whole.day)
    return _filled(found, whole)


@lru_cache(maxsize=4_096)
def _is_day_alone(text: str) -> bool:
    """Whether words have a day whose month was lost: that of another column is not its own."""
    return bool(_DAY_ALONE.search(without_dates(text)))


def _own(phrase: Phrase) -> PrintedPeriod:
    """What the words of a period tell by themselves, without those before them."""
    return next(iter(periods_in(phrase.words)), PrintedPeriod())


def _filled(period: PrintedPeriod, other: PrintedPeriod) -> PrintedPeriod:
    is_of_another_year = None not in (period.year, other.year) and period.year != other.year
    return period.filled_from(replace(other, month=None, day=None) if is_of_another_year else other)


def is_restated(text: str) -> bool:
    """Whether words over a column call its figures restated: "as restated", but not "as previously reported"."""
    return bool(_RESTATED.search(text)) and not _AS_REPORTED.search(text)


def heads(header: Sequence[Row], columns: BodyColumns, runner: Runner = PLAIN) -> list[Head]:
    """What stands over each column, by the best way to share out the header; see the module."""
    rows = [list(_pieces(row.cells, columns)) for row in header]
    line = header[0].line if header else 0
    ways = ((name, _stacked(rows, columns, *way)) for name, way in WAYS)
    return best_of("heads", line, ways, _merit, runner)


def _merit(found: Sequence[Head]) -> tuple[int, int]:
    """The columns with a period of their own, -1 where two have the same, and the score of a way that gives all one."""
    told = [(one.period, one.version) for one in found if not one.is_aside]
    named = [(period, words) for period, words in told if period.year or period.month]
    whole = sum(2 * bool(period.end or (period.quarter and period.year)) + (period.months is not None) for period, _ in named)
    return whole if len(set(named)) == len(named) else -1, _WHOLE * len(told)


def _pieces(cells: Sequence[Cell], columns: BodyColumns) -> Iterator[HeadWords]:
    """The words of a header row that stand over columns, a cell of several periods as one piece for each."""
    own = over_columns(cells, columns)
    for cell, is_unsure in zip(cells, unreadable_cells(cells), strict=True):
        if cell not in own:
            continue
        phrases = phrases_in(cell.text) if len(cell.text) <= _MAX_CHARS and not _INCEPTION.search(cell.text) else ()
        if _YEAR_THEN_DAY.fullmatch(cell.text) and cell.right - cell.left == len(cell.text):
            phrases = tuple(date_words(cell.text))
        if len(phrases) < 2 or (len(phrases) != columns.count and _are_listed(parted(cell.text), phrases)):
            yield HeadWords(cell.text, cell.left, cell.right, is_unsure=is_unsure)
            continue
        for at, phrase in enumerate(phrases):
            yield HeadWords(
                cell.text[phrase.start : phrase.end],
                *_place(cell, at, phrases),
                replace(phrase.period, is_restated=False),
                is_unsure,
            )


def _are_listed(text: str, phrases: Sequence[Phrase]) -> bool:
    """Whether words part the periods of a cell ("July 3, 2004 and June 28, 2003"): all columns have it, each knows its year."""
    return any(_LETTER.search(text[one.end : other.start]) for one, other in pairwise(phrases))


def _place(cell: Cell, at: int, phrases: Sequence[Phrase]) -> tuple[int, int]:
    """Where a phrase of a cell stands: by its characters, or, where these have no places, by an equal share."""
    wide = cell.right - cell.left
    if wide == len(cell.text):
        return cell.left + phrases[at].start, cell.left + phrases[at].end
    left = cell.left + wide * at // len(phrases)
    return left, max(cell.left + wide * (at + 1) // len(phrases), left + 1)


def beside_reported(found: Sequence[Head], live: Sequence[int]) -> set[int]:
    """Of some columns, those whose period one other has, which alone is headed "reported"; and those "as adjusted".

    What is adjusted after the fact is of periods gone by, beside a later one that is not, and the only column of its period.
    """
    alike: dict[PrintedPeriod, list[int]] = {}
    for at in live:
        alike.setdefault(replace(found[at].period, is_restated=False), []).append(at)
    reported = {at for at in live if wording("head_reported").match(found[at].words) and not is_restated(found[at].words)}
    beside = {at for own in alike.values() if len(reported & {*own}) == 1 for at in own if at not in reported}
    adjusted = {at for at in live if any(wording("head_adjusted").match(piece.text) for piece in found[at].pieces)}
    years = {at: found[at].period.year or 0 for at in live}
    latest = max((years[at] for at in live if at not in adjusted), default=0)
    alone = {at for own in alike.values() if len(own) == 1 for at in own if years[at] < latest}
    return beside | (adjusted - alone)


def over_columns(cells: Sequence[Cell], columns: BodyColumns) -> Sequence[Cell]:
    """The cells of a header row that stand over columns: all but what stands above the labels."""
    if not columns.spans:
        return cells
    right = [cell for cell in cells if cell.right > columns.spans[0].left]
    last = cells[-columns.count :]
    asked = last if last and last[0].left == 0 else last[: -len(right) or None]
    is_set_off = len(right) < columns.count == len(last) and all(periods_in(cell.text) for cell in asked)
    return last if is_set_off else right


class WordsOver(NamedTuple):
    """A row of a header: its text, what of it does not stand over other columns only, and where those others end."""

    row: str
    own: str
    others: tuple[int, ...] = ()


def words_over(header: Sequence[Row], first: int, last: int, columns: BodyColumns, own: Sequence[int]) -> list[WordsOver]:
    """The rows of a header from the `first` that heads columns on, with what stands over its `own` columns.

    Below the `last` one, what does not stand over columns is a heading of the lines below.
    """
    found = []
    for index, row in enumerate(header[first:], first):
        over = over_columns(row.cells, columns)
        is_each = len(over) == columns.count
        of = [[at] if is_each else _over(cell, columns.spans) for at, cell in enumerate(over)]
        others = [cell for cell, stands in zip(over, of, strict=True) if stands and set(own).isdisjoint(stands)]
        cells = row.cells if index <= last else over
        words = " ".join(cell.text for cell in cells if cell not in others)
        found.append(WordsOver(row.text, words, tuple(cell.end for cell in others)))
    return found


def _stacked(
    rows: Sequence[Sequence[HeadWords]], columns: BodyColumns, spread_days: bool, spread_durations: bool
) -> list[Head]:
    found = [Head() for _ in range(columns.count)]
    levels = _levels(rows, columns)
    spans = next((_spans(level) for _, level in reversed(levels) if len(level) == columns.count), columns.spans)
    columns = replace(columns, spans=spans)
    asides = set(columns.percentages).union(*(_over(one, spans) for _, level in levels for one in level if _is_aside(one)))
    asides |= _combined(rows, spans)
    if len(asides) == columns.count:
        asides -= {at for _, level in levels for one in level if _AMOUNT.fullmatch(one.text) for at in _over(one, spans)}
    consolidated = next(((index, row, own) for index, row in enumerate(rows) if (own := _consolidated(row, spans))), None)
    if consolidated:
        asides |= set(range(columns.count)) - set(consolidated[2])
    others = {
        at
        for _, level in levels
        if len(level) == columns.count and any(one.period for one in level)
        for at, one in enumerate(level)
        if not one.period
    }
    for index, level in reversed(levels):
        is_duration = all(one.period is None or one.period.months is not None for one in level)
        is_spread = (spread_durations if is_duration else spread_days) or _are_currencies(level)
        shares = _shares(level, spans, found, asides | others if is_spread else None)
        for piece, over in zip(level, shares, strict=True):
            _put(found, piece, over, index)
    for at, head in enumerate(found):
        head.is_aside, head.is_other = at in asides, at in others
    if consolidated:
        index, row, own = consolidated
        _put(found, next(filter(_is_consolidated, row)), own, index)
        for at in own:
            found[at].is_consolidated = True
    return found


def _is_consolidated(piece: HeadWords) -> bool:
    return bool(wording("head_of_company").fullmatch(piece.text))


def _combined(rows: Sequence[Sequence[HeadWords]], spans: Sequence[ColumnSpan]) -> set[int]:
    """The columns that add up those of an owner and of the one before, which no principle allows."""
    words = [one for row in rows for one in row]
    is_parted = any(_OWNERS.search(one.text) for one in words)
    return {at for one in words if is_parted and _COMBINED.match(one.text) for at in _over(one, spans)}


def _consolidated(row: Sequence[HeadWords], spans: Sequence[ColumnSpan]) -> list[int]:
    """The columns of the whole company, where a row of the header names it, once or over columns, and parts beside; else none.

    Each name has as many columns as the others, and stands over none but its own: without that, whose a column is is not known.
    """
    if (
        len(row) < 2
        or len(spans) % len(row)
        or not 0 < sum(map(_is_consolidated, row)) < (2 if len(row) < len(spans) else len(row))
        or any(one.period or NAMES_STATEMENT.search(one.text) for one in row)
    ):
        return []
    size = len(spans) // len(row)
    if any(at // size != number for number, one in enumerate(row) for at in _over(one, spans)):
        return []
    return [at for at in range(len(spans)) if _is_consolidated(row[at // size])]


def _spans(level: Sequence[HeadWords]) -> tuple[ColumnSpan, ...]:
    """Where the heads of all columns stand: a header may be set off from the figures, and the words over it go with it."""
    return tuple(ColumnSpan(one.left, one.right) for one in level)


def _put(found: Sequence[Head], piece: HeadWords, over: Sequence[int], index: int) -> None:
    """Set words over columns; one day is not that of quarters with different numbers."""
    is_of_all = len(over) == len(found) > 1
    if any(period.month for period in periods_in(piece.text)):
        quarters = {number for at in over if (number := found[at].period.quarter)}
        if len(quarters) > 1:
            return
    for at in over:
        head = found[at]
        head.pieces.insert(0, piece)
        head.first_row, head.last_row = index, max(head.last_row, index)
        if not is_of_all:
            head.own.insert(0, piece)


def _is_aside(piece: HeadWords) -> bool:
    is_told = wording("head_of_change").search(piece.text) or _INCEPTION.search(piece.text)
    return len(piece.text) <= _MAX_CHARS and bool(is_told) and not wording("head_adjusted").match(piece.text)


def _levels(rows: Sequence[Sequence[HeadWords]], columns: BodyColumns) -> list[_Level]:
    """Header rows that say something of columns, joined where durations side by side wrap over a different number of lines."""
    told = [(index, [one for one in row if len(row) == columns.count or _tells(one)]) for index, row in enumerate(rows)]
    kept = [(index, row) for index, row in told if any(map(_tells, row)) and not _is_title(row, columns)]

    def beside(above: _Level, below: _Level) -> _Level | None:
        is_one = len(above[1]) + len(below[1]) <= columns.count and _are_beside(above[1], below[1])
        return (below[0], sorted([*above[1], *below[1]], key=lambda one: one.left)) if is_one else None

    return rejoined(kept, beside)


def _is_title(row: Sequence[HeadWords], columns: BodyColumns) -> bool:
    """Whether a row is one line of words that begins where labels do, or left of the columns and names no period."""
    if len(row) != 1 or columns.count == 1 or row[0].left >= columns.spans[0].left:
        return False
    is_at_margin = columns.margin is not None and row[0].left <= columns.margin
    return is_at_margin or not (periods_in(row[0].text) or _FRAGMENT.fullmatch(row[0].text))


def _tells(piece: HeadWords) -> bool:
    text = piece.text
    if len(text) > _MAX_CHARS:
        return False
    is_fragment = bool(_FRAGMENT.fullmatch(text) or _VERSION.search(text)) or _is_aside(piece)
    return is_fragment or _currency(piece) is not None or piece.is_unsure or bool(periods_in(text))


def _currency(piece: HeadWords) -> str | None:
    return currency_over(piece.text) if len(piece.text) <= _MAX_CURRENCY_CHARS else None


def _are_currencies(level: Sequence[HeadWords]) -> bool:
    """Whether the words of a row part the columns by currency: each column is of one of them."""
    named = [_currency(one) for one in level]
    return None not in named and len(set(named)) > 1


def _are_beside(above: Sequence[HeadWords], below: Sequence[HeadWords]) -> bool:
    """Whether two rows are parts of one: durations, none of which stands over another."""
    if not all(one.period and one.period.months is not None for one in (*above, *below)):
        return False
    return not any(one.left < other.right and other.left < one.right for one in above for other in below)


def _shares(
    level: Sequence[HeadWords], spans: Sequence[ColumnSpan], below: Sequence[Head], asides: set[int] | None
) -> list[list[int]]:
    """The columns that each piece of a row stands over; with `asides`, all others are shared out among its periods."""
    count = len(spans)
    if len(level) == count:
        return [[at] for at in range(count)]
    over = [_over(one, spans) for one in level]
    if asides is None:
        return over
    reach = _reach(over, count)
    wide = [at for at, one in enumerate(level) if not (_is_over(one, spans) and asides.issuperset(reach[at]))]
    if not (any(level[at].period for at in wide) or _are_currencies(level)):
        return over
    shared = _shared([level[at] for at in wide], [at for at in range(count) if at not in asides], spans, below)
    return [shared[wide.index(at)] if shared and at in wide else own for at, own in enumerate(over)]


def _reach(over: Sequence[Sequence[int]], count: int) -> list[range]:
    """The columns from those that each piece of a row stands over to the next piece: cells may be empty under one spanner."""
    starts = [min(own, default=count) for own in over]
    return [range(start, max(stop, start)) for start, stop in zip(starts, [*starts[1:], count], strict=True)]


def _shared(
    row: Sequence[HeadWords], live: Sequence[int], spans: Sequence[ColumnSpan], below: Sequence[Head]
) -> list[list[int]]:
    """The columns that are of periods, shared out among the words of a row; empty where that is not clear.

    Words that begin right of the middle are of the columns from there on, and of a row with no other heads below it, that has
    too few for all columns, some were lost.
    """
    told = [(replace(below[at].period, day=None, is_restated=False), below[at].version[1]) for at in live]
    is_lowest = all(period == PrintedPeriod() and currency is None for period, currency in told)
    is_behind = len(live) > 1 and 2 * row[0].left >= spans[0].left + spans[-1].right
    if (is_behind and len(row) > 1) or (is_lowest and len(live) % len(row)):
        return []
    if is_behind:
        return [[at for at in live if spans[at].right > row[0].left]]
    if len(row) == 1 or len(row) == len(live):
        return [list(live)] if len(row) == 1 else [[at] for at in live]
    widths = _spanners(row, [spans[at] for at in live], told)
    return [[live[at] for at, head in enumerate(widths) if head == own] for own in range(len(row))] if widths else []


def _is_over(piece: HeadWords, spans: Sequence[ColumnSpan]) -> bool:
    """Whether words stand over a column, and not between two."""
    return any(span.overlaps(piece.left, piece.right) for span in spans)


def _over(piece: HeadWords | Cell, spans: Sequence[ColumnSpan]) -> list[int]:
    """The columns that words overlap, else the nearest."""
    found = [at for at, span in enumerate(spans) if span.overlaps(piece.left, piece.right)]
    if found or not spans:
        return found
    return [min(range(len(spans)), key=lambda at: abs(piece.left + piece.right - spans[at].left - spans[at].right))]


_Told = tuple[PrintedPeriod, str | None]
"""What lower rows tell of a column: its period, and its currency."""


def _spanners(row: Sequence[HeadWords], spans: Sequence[ColumnSpan], below: Sequence[_Told]) -> list[int] | None:
    """For each column, the index of its spanner in `row`; None where two ways to share the columns are as good.

    `below` are the periods and currencies as far as lower rows name them; two days of one month are one period. Where one is
    unreadable, only even shares are sure.
    """
    if not len(row) < len(spans) <= _MAX_SHARED:
        return None
    if any(period.is_unsure for period, _ in below):
        return next(ways_to_share(len(row), len(spans))) if len(spans) % len(row) == 0 else None
    ways = list(ways_to_share(len(row), len(spans)))
    merit = [(_repeats(way, below), _distance(way, row, spans)) for way in ways]
    best = min(merit)
    told = {tuple(way) for way, own in zip(ways, merit, strict=True) if own == best}
    return ways[merit.index(best)] if len(told) == 1 or len(spans) % len(row) == 0 else None


def ways_to_share(spanners: int, columns: int) -> Iterator[list[int]]:
    """The ways to share columns among spanners: in order, at least one each; even shares first."""
    if columns % spanners == 0:
        yield [at * spanners // columns for at in range(columns)]
    for cuts in combinations(range(1, columns), spanners - 1):
        yield [sum(cut <= at for cut in cuts) for at in range(columns)]


def _repeats(way: Sequence[int], below: Sequence[_Told]) -> int:
    """How many columns repeat another under the same spanner."""
    said = [(head, one) for head, one in zip(way, below, strict=True) if one != (PrintedPeriod(), None)]
    return len(said) - len(set(said))


def _distance(way: Sequence[int], row: Sequence[HeadWords], spans: Sequence[ColumnSpan]) -> float:
    """How far spanners lie from the middle, or else from the first, of their columns; 0 where they are a mere list."""
    if all(one.right - one.left == 1 and one.left == spans[0].left + at for at, one in enumerate(row)):
        return 0.0
    total = 0.0
    for head, piece in enumerate(row):
        own = [span for span, given in zip(spans, way, strict=True) if given == head]
        middle = (own[0].left + own[-1].right) / 2
        total += min(abs((piece.left + piece.right) / 2 - middle), abs(piece.left - own[0].left))
    return total
