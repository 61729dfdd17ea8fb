"""Evidence for the repair of a filing in doubt, from the other releases of its company.

Belongs here: which filings are in doubt, which figures of other releases are admissible, and when they are dropped because they
do not agree. Does not belong here: what evidence may decide (`resolve.py`), where readings are kept
(`orchestration/store/evidence.py`).

A figure is admissible if it was read as printed in an accepted release and an identity proves it there, if its column is GAAP
and not restated, and if no release marks the same figure as restated. It is evidence in two ways:

- direct: it is of the same line (by concept, else by words), period and unit: an original, a later comparative, a year-end
  balance;
- derived: two of three adjacent spans give the third, as year to date = earlier year to date + quarter. One of the two may be
  the filing's own, where its reading is sound and proven.

Figures that do not agree within their roundings are all dropped. So is a column of another release, or a pair of spans, that
contradicts what the filing itself proves of the same period: it is on another basis. Only first readings count, which rest on
their own bytes: a value repaired with evidence is no evidence.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from expectations.identities import Amount
from orchestration.filings.proof.external_evidence import ExternalFigure, line_name
from orchestration.filings.records import FilingStatus, ProofOutcome, Reading, Status
from orchestration.filings.text.calendar import DaysApart, add_months, same_period

_QUARTER: Final = 3
_YEAR: Final = 12


class ReleaseCell(NamedTuple):
    """The fields of a `records.Value` that evidence needs, by the same names."""

    value_id: str
    statement: str
    table_no: int
    column_no: int
    label: str
    concept: str | None
    parent_concept: str | None
    period_end: date | None
    duration_months: int | None
    value: Decimal | None
    unit: str
    rounding: Decimal
    status: str
    proof_count: int
    is_gaap: bool
    is_restated: bool

    @property
    def is_sound(self) -> bool:
        """Whether it may be evidence: read as printed, and proven."""
        return self.value is not None and self.status == Status.AS_READ and self.proof_count > 0

    @property
    def is_doubted(self) -> bool:
        """Whether nothing confirms it: unreadable, or repaired or implied without proof."""
        return self.status == Status.UNREADABLE or (self.status != Status.AS_READ and not self.proof_count)

    @property
    def column(self) -> tuple[int, int]:
        """Its column in the release: table and column number."""
        return self.table_no, self.column_no

    @property
    def name(self) -> str:
        """The name of its line in every release."""
        return self.concept or line_name(self.statement, self.parent_concept, self.label)


@dataclass(frozen=True, slots=True)
class Release:
    """One filing by its first reading: its cells, and the `value_id`s that stand in a broken identity."""

    filing_id: str
    known_from: date | None
    is_accepted: bool
    cells: tuple[ReleaseCell, ...]
    broken: frozenset[str] = frozenset()

    @property
    def doubted(self) -> frozenset[tuple[int, int]]:
        """The columns with a doubted cell or a broken identity."""
        return frozenset(cell.column for cell in self.cells if cell.is_doubted or cell.value_id in self.broken)


class ReleaseEvidence(NamedTuple):
    """What other releases say of one filing, and the digest of it."""

    figures: tuple[ExternalFigure, ...]
    digest: str


def release(reading: Reading) -> Release:
    """A first reading as a release."""
    filing = reading.filing
    return Release(
        filing.filing_id,
        filing.known_from,
        filing.status == FilingStatus.ACCEPTED,
        tuple(ReleaseCell(*(getattr(value, name) for name in ReleaseCell._fields)) for value in reading.values),
        frozenset(value_id for proof in reading.proofs if proof.outcome == ProofOutcome.BROKEN for value_id in proof.value_ids),
    )


def evidence_from_other_releases(releases: Iterable[Release]) -> dict[str, ReleaseEvidence]:
    """For each release in doubt, by `filing_id`, what the others say of it; left out where they say nothing.

    `releases` are those of one company, each `filing_id` once, in any order.
    """
    company = _CompanyReleases(sorted(releases, key=lambda one: (one.known_from or date.max, one.filing_id)))
    found = {one.filing_id: _DoubtedRelease(company, one).figures() for one in company.releases if one.doubted}
    return {filing_id: ReleaseEvidence(told, _digest(told)) for filing_id, told in found.items() if told}


def _digest(told: Sequence[ExternalFigure]) -> str:
    digest = hashlib.sha256()
    for one in told:
        amounts = f"{one.value.normalize():f} {one.rounding.normalize():f}"
        span = f"{one.period_end.isoformat()} {one.duration_months}"
        digest.update(f"{one.name} {span} {one.unit} {amounts} {' '.join(one.told_by)}\n".encode())
    return digest.hexdigest()


class _Series(NamedTuple):
    """What a figure is of, but for the day its period ends."""

    name: str
    unit: str
    months: int

    @property
    def adds_up(self) -> bool:
        """Whether its spans add up: amounts over a time do; balances, average shares and per-share figures do not."""
        return bool(self.months) and self.unit != "shares" and not self.unit.endswith("/share")


class _Testimony(NamedTuple):
    """A figure, and the other releases that state it."""

    amount: Amount
    told_by: tuple[str, ...]


class _DatedCell(NamedTuple):
    """A cell by the day its period ends; `place` is the index of its release among those of the company."""

    end: date
    place: int
    column: tuple[int, int]
    amount: Amount


_Index = dict[_Series, list[_DatedCell]]


class _CompanyReleases:
    """The cells of all releases of a company by series and day, indexed once for all releases in doubt."""

    def __init__(self, releases: Sequence[Release]) -> None:
        self.releases = releases
        self.sound: _Index = {}
        self.restated: _Index = {}
        self.columns: dict[tuple[int, tuple[int, int]], list[tuple[_Series, _DatedCell]]] = {}
        for place, one in enumerate(releases):
            for cell in one.cells:
                self._enter(place, one, cell)
        for entries in (*self.sound.values(), *self.restated.values()):
            entries.sort()

    def _enter(self, place: int, one: Release, cell: ReleaseCell) -> None:
        series = _series_of(cell)
        if series is None or cell.period_end is None or cell.value is None:
            return
        entry = _DatedCell(cell.period_end, place, cell.column, Amount(cell.value, cell.rounding))
        if cell.is_restated:
            self.restated.setdefault(series, []).append(entry)
        elif cell.is_sound:
            self.sound.setdefault(series, []).append(entry)
            if one.is_accepted:
                self.columns.setdefault((place, cell.column), []).append((series, entry))


def _series_of(cell: ReleaseCell) -> _Series | None:
    if not cell.is_gaap or not cell.name or cell.duration_months is None:
        return None
    return _Series(cell.name, cell.unit, cell.duration_months)


def _about(index: _Index, series: _Series, end: date) -> Iterator[_DatedCell]:
    """The entries of a series that end on a day, or within `DaysApart.MONTH_END` of it, in order."""
    entries = index.get(series, [])
    first = bisect_left(entries, end - timedelta(days=DaysApart.MONTH_END), key=lambda entry: entry.end)
    for at in range(first, len(entries)):
        if not same_period(entries[at].end, end, DaysApart.MONTH_END):
            return
        yield entries[at]


class _DoubtedRelease:
    """A release in doubt, and what the others say of its doubted columns."""

    def __init__(self, company: _CompanyReleases, own: Release) -> None:
        self.company, self.own = company, own
        self.place = next(place for place, one in enumerate(company.releases) if one is own)
        self._contradicted: dict[tuple[object, ...], bool] = {}

    def figures(self) -> tuple[ExternalFigure, ...]:
        """The external figures in the order of name and period; none of two lines that share their words."""
        doubted = self.own.doubted
        cells = [cell for cell in self.own.cells if cell.column in doubted and cell.period_end and not cell.is_restated]
        namesakes = Counter((cell.column, cell.name) for cell in cells if not cell.concept)
        asked = {
            (series, cell.period_end)
            for cell in cells
            if cell.period_end and (series := _series_of(cell)) and namesakes[cell.column, cell.name] < 2
        }
        found = ((series, end, self._testimony(series, end)) for series, end in sorted(asked))
        return tuple(
            ExternalFigure(
                series.name,
                end,
                series.months,
                series.unit,
                testimony.amount.value,
                testimony.amount.rounding,
                testimony.told_by,
            )
            for series, end, testimony in found
            if testimony
        )

    def _testimony(self, series: _Series, end: date) -> _Testimony | None:
        """The figure that all admissible testimonies agree on, direct before derived; None where they do not agree."""
        direct, derived = self._direct(series, end), self._derived(series, end)
        if not _agree([*direct, *derived]):
            return None
        return _finest(direct) or _finest(derived)

    def _direct(self, series: _Series, end: date) -> list[_Testimony]:
        """What each of the other releases states of a figure; nothing where any release restates it."""
        if any(True for _ in _about(self.company.restated, series, end)):
            return []
        return [
            _Testimony(entry.amount, (self.company.releases[entry.place].filing_id,))
            for entry in _about(self.company.sound, series, end)
            if entry.place != self.place and self._is_admissible(entry)
        ]

    def _is_admissible(self, entry: _DatedCell) -> bool:
        """Whether a cell's release is accepted, and its column contradicts nothing that the filing itself proves."""
        column = (entry.place, entry.column)
        if column not in self._contradicted:
            self._contradicted[column] = any(
                not _agree([_Testimony(other.amount, ()), *self._of_own_release(series, other.end)])
                for series, other in self.company.columns.get(column, ())
            )
        return self.company.releases[entry.place].is_accepted and not self._contradicted[column]

    def _of_own_release(self, series: _Series, end: date) -> list[_Testimony]:
        """What the filing itself states of a figure, sound and proven."""
        return [_Testimony(entry.amount, ()) for entry in _about(self.company.sound, series, end) if entry.place == self.place]

    def _derived(self, series: _Series, end: date) -> list[_Testimony]:
        """What follows from two other spans whose sum or difference is this one."""
        if not series.adds_up:
            return []
        pairs = [pair for pair in _span_pairs(series.months, end) if not self._is_contradicted(pair, series.months, end)]
        return [testimony for pair in pairs if (testimony := self._by_spans(pair, series))]

    def _is_contradicted(self, pair: _SpanPair, months: int, end: date) -> bool:
        """Whether a pair of spans contradicts any line that the filing itself proves: an amount was reclassified."""
        key = (pair, months, end)
        if key not in self._contradicted:
            self._contradicted[key] = any(
                (testimony := self._by_spans(pair, series)) is not None and not _agree([testimony, *own])
                for series in self.company.sound
                if series.months == months and series.adds_up and (own := self._of_own_release(series, end))
            )
        return self._contradicted[key]

    def _by_spans(self, pair: _SpanPair, series: _Series) -> _Testimony | None:
        """A figure by two spans, at least one of them from another release; the roundings add up."""
        one, other = (self._operand(series._replace(months=months), end) for months, end in (pair.first, pair.second))
        if one is None or other is None:
            return None
        amount = Amount(one.amount.value + pair.sign * other.amount.value, one.amount.rounding + other.amount.rounding)
        told_by = tuple(dict.fromkeys((*one.told_by, *other.told_by)))
        return _Testimony(amount, told_by) if told_by else None

    def _operand(self, series: _Series, end: date) -> _Testimony | None:
        """A figure to calculate with: as the other releases state it, else as the filing itself proves it."""
        if any(True for _ in _about(self.company.restated, series, end)):
            return None
        others, own = self._direct(series, end), self._of_own_release(series, end)
        if not _agree([*others, *own]):
            return None
        return _finest(others) or _finest(own)


class _SpanPair(NamedTuple):
    """Two spans, each its months and its last day, that give a third: the first plus or minus the second."""

    sign: int
    first: tuple[int, date]
    second: tuple[int, date]


def _span_pairs(months: int, end: date) -> Iterator[_SpanPair]:
    """The pairs of spans that give the span of `months` months to `end`.

    They are a longer one to that day less the span before it; a longer one from the same start less the span after it; and the
    sum of its beginning and its end. They neither overlap nor leave a gap, so the start of the fiscal year does not matter.
    """
    for other in range(_QUARTER, _YEAR - months + 1, _QUARTER):
        yield _SpanPair(-1, (months + other, end), (other, add_months(end, -months)))
        yield _SpanPair(-1, (months + other, add_months(end, other)), (other, add_months(end, other)))
    for ending in range(_QUARTER, months, _QUARTER):
        yield _SpanPair(1, (months - ending, add_months(end, -ending)), (ending, end))


def _agree(testimonies: Sequence[_Testimony]) -> bool:
    """Whether all testimonies may be of one figure."""
    return not testimonies or testimonies[0].amount.agrees(*(other.amount for other in testimonies[1:]))


def _finest(testimonies: Sequence[_Testimony]) -> _Testimony | None:
    """The testimony with the finest rounding; among equals that of the fewest releases, then the first."""
    return min(testimonies, key=lambda one: (one.amount.rounding, len(one.told_by)), default=None)
