"""Whether the last days of the columns of one release are consistent.

Belongs here: what is true of the periods of any release, and the columns that contradict it. Does not belong here: what a
header says (`text/dates.py`, `ocr/header_ocr.py`), or whether the figures of two columns agree (`proof/`).

A release prints a period beside the same one a year before, a balance sheet beside one of the last twelve months, and all its
statements end on one day and run one way. Quarters end with a month or, in a 52/53-week year, on one weekday. A day that breaks
one of these is a misprint or damage, unless other columns or the text name it too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise, permutations
from typing import Final, NamedTuple

from expectations.identities import Amount
from orchestration.filings.records import Statement
from orchestration.filings.tables.passes import rejoined
from orchestration.filings.text.calendar import DaysApart, is_month_end, month_end, nominal_end, same_period
from orchestration.filings.text.dates import PrintedPeriod

_YEAR: Final = timedelta(days=373)
"""The longest fiscal year, and two days."""
_MONTHLY: Final = (1, 2)
_DAYS_A_YEAR: Final = 365.25
_LAST_OF_FEBRUARY: Final = 28


class ColumnPosition(NamedTuple):
    """A table and a column in it, both counted from 0."""

    table: int
    column: int


@dataclass(frozen=True)
class _ReleaseColumns:
    """The columns of a release. `is_named` says whether the text names a day."""

    tables: tuple[tuple[Statement, tuple[PrintedPeriod, ...]], ...]
    is_named: Callable[[date], bool]

    @cached_property
    def period_ends(self) -> dict[ColumnPosition, date]:
        """The last day of each column that has one."""
        return {
            ColumnPosition(number, at): period.end
            for number, (_, periods) in enumerate(self.tables)
            for at, period in enumerate(periods)
            if period.end
        }

    @cached_property
    def witnesses(self) -> Counter[date]:
        """How often each day is attested: by columns of different tables or durations, and by the text."""
        told = {(end, place.table, self.months(place)) for place, end in self.period_ends.items()}
        found = Counter(end for end, _, _ in told)
        return Counter({end: count + self.is_named(end) for end, count in found.items()})

    def months(self, place: ColumnPosition) -> int | None:
        return self.tables[place.table][1][place.column].months

    def at(
        self, days: Iterable[date], table: int | None = None, months: Iterable[int | None] | None = None
    ) -> set[ColumnPosition]:
        """The columns that end on some days; of one table and some durations only where these are given."""
        wanted, stretches = set(days), None if months is None else set(months)
        return {
            place
            for place, end in self.period_ends.items()
            if end in wanted and table in (None, place.table) and (stretches is None or self.months(place) in stretches)
        }

    def groups(self) -> dict[tuple[int, int | None], dict[date, None]]:
        """The last days of the columns, as they stand and each once, by table and duration."""
        found: dict[tuple[int, int | None], dict[date, None]] = defaultdict(dict)
        for place, end in self.period_ends.items():
            found[place.table, self.months(place)].setdefault(end)
        return found


_Contradictions = Iterator[tuple[set[ColumnPosition], str]]


def contradicted_columns(
    tables: Sequence[tuple[Statement, Sequence[PrintedPeriod]]], is_named: Callable[[date], bool]
) -> Mapping[ColumnPosition, str]:
    """The columns whose last day contradicts the release, each with the reason."""
    release = _ReleaseColumns(tuple((statement, tuple(periods)) for statement, periods in tables), is_named)
    found: dict[ColumnPosition, str] = {}
    for rule in _RULES:
        for places, why in rule(release):
            for place in sorted(places):
                found.setdefault(place, why)
    return found


def _less_attested(release: _ReleaseColumns, one: date, other: date) -> set[date]:
    """Of two days that exclude each other, the one attested less; both if attested once each, none if more often."""
    first, second = release.witnesses[one], release.witnesses[other]
    if first == second:
        return {one, other} if first < 2 else set()
    return {one if first < second else other}


def _inconsistent_days(release: _ReleaseColumns) -> _Contradictions:
    """Different days for one period, as "September 26" in one header and "September 28" in the others."""
    days = [] if release.at(release.witnesses, months=_MONTHLY) else sorted(release.witnesses)
    for before, after in pairwise(days):
        if same_period(before, after, DaysApart.QUARTER):
            yield release.at(_less_attested(release, before, after)), f"{before} and {after} cannot both be ends of periods"


def _on_another_weekday(release: _ReleaseColumns) -> _Contradictions:
    """A day that is no month end, on a weekday of its own: a 52/53-week year ends each quarter on one weekday.

    Among month ends alone it is a month end that lost a digit, in however many headers, unless the text names it.
    """
    weekdays = Counter(day.weekday() for day in release.witnesses)
    fixed = Counter((day.month, day.day) for day in release.witnesses)
    odd = [day for day in release.witnesses if not _ends_a_month(day) and not _ends_a_quarter(day, release.witnesses)]
    for day in odd:
        is_alone = weekdays[day.weekday()] == 1 and (max(weekdays.values()) > 1 or fixed[day.month, day.day] == 1)
        has_others = len(release.witnesses) > 1 or release.is_named(month_end(day.year, day.month))
        is_cut = len(odd) == 1 and not release.is_named(day)
        if has_others and is_alone and (is_cut or release.witnesses[day] < 2):
            yield release.at([day]), f"{day} is neither the end of a month nor on the weekday that other periods end on"


def _ends_a_quarter(day: date, others: Iterable[date]) -> bool:
    """Whether a day early in a month ends a quarter of other month ends, as "October 1" does beside December 31.

    A month end that lost a digit ("October 31") does not: its own month is of no such quarter.
    """
    months = {other.month % 3 for other in others if _ends_a_month(other)}
    return day.day <= DaysApart.MONTH_END and months == {nominal_end(day).month % 3} != {day.month % 3}


def _ends_a_month(day: date) -> bool:
    return is_month_end(day) or (day.month == 2 and day.day == _LAST_OF_FEBRUARY)


def _far_apart(release: _ReleaseColumns) -> _Contradictions:
    """Days more than a year from the next one, in the release or among columns of one table and duration."""
    for group in (set(release.witnesses), *release.groups().values()):
        chains = _chains(group)
        weights = [sum(release.witnesses[day] for day in chain) for chain in chains]
        main = chains[weights.index(max(weights))] if weights.count(max(weights, default=0)) == 1 else []
        for chain in chains if len(chains) > 1 else ():
            if chain is not main:
                yield release.at(chain), "that day lies more than a year from the other periods of the release"


def _chains(days: Collection[date]) -> list[list[date]]:
    """Days in order, split where more than a year lies between two."""
    return rejoined(([day] for day in sorted(days)), lambda one, other: one + other if other[0] - one[-1] <= _YEAR else None)


def _of_unaligned_years(release: _ReleaseColumns) -> _Contradictions:
    """Columns of six, nine or twelve months that end at different times of the year: their headers are of other columns."""
    for (table, months), ends in release.groups().items():
        whole = 12 if months in (9, 12) else 6 if months == 6 else None
        latest = max(ends)
        if whole and not all(_are_apart(latest, end, whole) for end in ends):
            places = {place for place in release.period_ends if place.table == table}
            yield places, f"columns of {months} months end at different times of the year, so the heads fit other columns"


def _are_apart(later: date, earlier: date, months: int) -> bool:
    """Whether two days are a multiple of `months` months apart, within the days of a 52/53-week year."""
    days, whole = (later - earlier).days, _DAYS_A_YEAR * months / 12
    return abs(days - round(days / whole) * whole) <= DaysApart.YEARS


def _of_other_stretch(release: _ReleaseColumns) -> _Contradictions:
    """Columns of one duration that all end before others of the table; only a year may, as the last one before.

    A year that ends whole years before the others has the header of other columns: with a last quarter its year is printed.
    """
    groups = release.groups()
    for (table, months), ends in groups.items():
        newest = max(day for (other, _), days in groups.items() if other == table for day in days)
        is_whole = all(period.end for period in release.tables[table][1] if period.months == months)
        if not is_whole or same_period(newest, max(ends), DaysApart.QUARTER):
            continue
        why = f"its columns of {months} months end with {max(ends)} and others of the table with {newest}"
        if months == 12 and _are_apart(newest, max(ends), 12):
            yield release.at(release.witnesses, table), why
        if months in (3, 6, 9) and (release.witnesses[newest] >= 2 or release.witnesses[max(ends)] < 2):
            yield release.at(ends, table, [months]), why
        if months in (3, 6, 9) and release.witnesses[newest] < 2:
            yield release.at([newest], table), why


def _of_other_latest(release: _ReleaseColumns) -> _Contradictions:
    """A day later than that of all other statements, or a statement without a column on the day the others end."""
    latest: dict[Statement, date] = {}
    for place, end in release.period_ends.items():
        statement = release.tables[place.table][0]
        latest[statement] = max(latest.get(statement, end), end)
    newest = max(latest.values(), default=None)
    for statement, end in latest.items():
        if newest is None or same_period(newest, end, DaysApart.QUARTER) or not _is_whole(release, statement):
            continue
        if release.witnesses[newest] < 2:
            later = {place for place in release.at([newest]) if release.tables[place.table][0] is Statement.BALANCE}
            places = {place for place in release.period_ends if place.table in {one.table for one in later}}
            why = f"{newest} is later than the day that the other statements of the release end with"
            yield release.at([newest]) | places, why
        if release.witnesses[newest] >= 2 or release.witnesses[end] < 2:
            places = {place for place in release.period_ends if release.tables[place.table][0] is statement}
            yield places, f"no column of the {statement} ends on {newest}, as other statements do"


def out_of_order(tables: Sequence[tuple[Statement, Sequence[PrintedPeriod]]]) -> set[int]:
    """The tables whose columns run with the newer day first where others have it last, or the other way round.

    Most releases have one order. Of two, the one that fewer have may be of swapped heads, and of two that as many have, either.
    Statements of earlier days, as of a company that was acquired, have an order of their own.
    """
    release = _ReleaseColumns(tuple((statement, tuple(periods)) for statement, periods in tables), lambda _: False)
    orders: dict[tuple[int, int | None], int] = {}
    for (table, months), ends in release.groups().items():
        told = list(ends)
        if len(told) > 1 and told in (sorted(told), sorted(told, reverse=True)):
            orders[table, months] = 1 if told[0] < told[-1] else -1
    balance = sum(orders.values())
    if len(set(orders.values())) < 2:
        return set()
    newest = {place.table for place in release.at([max(release.period_ends.values())])}
    return {table for (table, _), order in orders.items() if order * balance <= 0 and table in newest}


def outgrown_columns(periods: Sequence[PrintedPeriod], flows: Iterable[Sequence[Amount | None]]) -> frozenset[int]:
    """The columns of which one holds less than another that ends on its day and is shorter, in most lines of `flows`.

    `flows` are revenues and costs, which only grow within a year: the heads of the two are swapped, or of other columns.
    """
    found, rows = set[int](), list(flows)
    for (short, one), (long, other) in permutations(enumerate(periods), 2):
        if not (one.end and one.end == other.end and 0 < (one.months or 0) < (other.months or 0)):
            continue
        pairs = [(row[short], row[long]) for row in rows]
        less = [first.value > second.value for first, second in pairs if first and second and first.value > 0 < second.value]
        if sum(less) * 2 > len(less):
            found |= {short, long}
    return frozenset(found)


_RULES: Final = (
    _inconsistent_days, _on_another_weekday, _far_apart, _of_unaligned_years, _of_other_stretch, _of_other_latest,
)  # fmt: skip


def _is_whole(release: _ReleaseColumns, statement: Statement) -> bool:
    """Whether every column of a statement ends on a known day: one that does not may be the latest."""
    return all(period.end for own, periods in release.tables if own is statement for period in periods)
