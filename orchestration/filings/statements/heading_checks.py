"""Passes over the periods of a header: those that the filing bears out, and a finding for each that it does not.

Belongs here: what the text, the other columns and the other statements say against a period of a column. Does not belong here:
reading the header (`tables/columns.py`), dates of quarters (`quarters.py`), days at odds between statements
(`tables/period_consistency.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from orchestration.filings.documents.model import Document, Table
from orchestration.filings.records import Severity, Statement
from orchestration.filings.statements.findings import Findings
from orchestration.filings.statements.quarters import dated, needs_calendar, year_end_evidence
from orchestration.filings.statements.titled_tables import TitledTable
from orchestration.filings.tables.columns import TableHeader, read_header, without_repeated_periods
from orchestration.filings.tables.passes import Pass, Runner
from orchestration.filings.text.calendar import is_month_end
from orchestration.filings.text.dates import (
    TO_DATE,
    PrintedPeriod,
    day_comes_first,
    days_in_prose,
    durations_in_prose,
    unsure_days,
)

_SENTENCE_CHARS: Final = 150
_DURATIONS: Final = frozenset({0, 3, 6, 9, 12, TO_DATE})
"""The months of the columns that are read (`TO_DATE` until its months are known)."""
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")

_Periods = Sequence[PrintedPeriod]


class HeadingChecks:
    """The checks of the headers of a document; the days and stretches of time that it tells are found once, if asked for."""

    def __init__(self, document: Document, found: Sequence[TitledTable], findings: Findings, runner: Runner) -> None:
        self.document = document
        self.found = found
        self.findings = findings
        self.runner = runner

    def checked(self, header: TableHeader, statement: Statement, table: Table) -> TableHeader:
        """The header with the periods that the filing bears out, and a finding for each damaged heading that was corrected."""
        for printed, taken in header.corrections:
            message = f'"{printed}" in a heading was taken for "{taken}", the one date or stretch of time that it can be'
            self.findings.note(Severity.NOTE, "heading_mended", message, table.line, printed)
        heading = _Heading(statement, table, "\n".join(row.text for row in table.rows[: header.first_row]), self)
        periods = self.runner.run(HEADING_PASSES, header.periods, heading, lambda period: (table.line, period.shown))
        return replace(header, periods=tuple(periods))

    @cached_property
    def columns(self) -> list[PrintedPeriod]:
        """The periods of the columns of all statements, as their headers name them."""
        runner = self.runner.untraced
        headers = [read_header(one.table, one.rows, one.title, runner) for one in self.found if one.statement]
        return [period for header in headers if header for period in header.periods]

    @cached_property
    def days(self) -> frozenset[date]:
        """The days that the filing prints as a whole, in sentences or headings."""
        return frozenset(days_in_prose([self.document.words]))

    @cached_property
    def days_in_prose(self) -> frozenset[date]:
        """The days that sentences name: a line alone may be a heading, which is no second witness of itself."""
        return frozenset(days_in_prose(one.text for one in self.document.paragraphs if len(one.text) >= _SENTENCE_CHARS))

    @cached_property
    def durations_in_prose(self) -> dict[date, set[int]]:
        """The stretches of months that the prose names, by their last day."""
        return durations_in_prose(paragraph.text for paragraph in self.document.paragraphs)


@dataclass(frozen=True, slots=True)
class _Heading:
    """What the checks need to know of a header."""

    statement: Statement
    table: Table
    heads: str
    """The rows of the header, one a line."""
    told: HeadingChecks

    def warn(self, code: str, message: str, about: str | None = None) -> None:
        self.told.findings.warn(code, message, self.table.line, self.table.rows[0].text if about is None else about)


def _with_months_told_from_days(periods: _Periods, heading: _Heading) -> _Periods:
    """The periods with dates in figures ("03/04/2024") as the filing writes them, and without those that may be either."""
    taken: dict[date, PrintedPeriod] = {}
    for month_first, day_first in sorted(unsure_days(heading.heads)):
        is_day_first = _is_day_first(heading, month_first, day_first)
        if is_day_first is None:
            message = (
                f"a column of this {heading.statement} is headed with a date that is {month_first} or {day_first}: nothing"
                " tells the day from the month, so its figures were not read; compare the heading with the filing"
            )
            heading.warn("day_or_month_unsure", message, str(month_first))
            taken[month_first] = PrintedPeriod()
        elif is_day_first:
            taken[month_first] = PrintedPeriod(month=day_first.month, day=day_first.day)
    told = (taken.get(period.end) if period.end else None for period in periods)
    return [own.filled_from(one) if own and own.month else own or one for own, one in zip(told, periods, strict=True)]


def _is_day_first(heading: _Heading, month_first: date, day_first: date) -> bool | None:
    """Whether a date in figures names its day first, by the others of its header, the days told in words, or the text's."""
    named = heading.told.days & {month_first, day_first}
    order = day_comes_first(heading.heads)
    if order is None and len(named) == 1:
        return day_first in named
    return day_comes_first(heading.told.document.words) if order is None else order


def _without_unprinted_days(periods: _Periods, heading: _Heading) -> _Periods:
    """The periods without the days that nobody printed, where the dates were not told apart for sure.

    A year of 52 or 53 weeks ends on a weekday, so two columns a year apart end on different days of a month: where they
    share one that is no month end, only the date that the filing prints as a whole is sure. So are the dates of a balance
    sheet in one year, where the header names another year that no column has.
    """
    ends = {period.end for period in periods if period.end}
    odd = Counter((end.month, end.day) for end in ends if not is_month_end(end))
    doubtful = {end for end in ends if odd[end.month, end.day] > 1}
    named = {int(year) for year in _YEAR.findall(heading.heads)}
    if heading.statement is Statement.BALANCE and named - {end.year for end in ends}:
        years = Counter(end.year for end in ends)
        doubtful |= {end for end in ends if years[end.year] > 1}
    unprinted = doubtful - heading.told.days if doubtful else doubtful
    for end in sorted(unprinted):
        message = (
            f"a column of this {heading.statement} would end on {end}, a day that the filing does not print; not read: compare"
            " the heading with the filing"
        )
        heading.warn("heading_contradicted", message, str(end))
    return [PrintedPeriod() if period.end in unprinted else period for period in periods]


def _without_odd_durations(periods: _Periods, heading: _Heading) -> _Periods:
    """The periods without those of a stub or transition period: of no quarter, half year, nine months or year."""
    if heading.statement is Statement.BALANCE:
        return periods
    odd = {period.months for period in periods if period.months is not None} - _DURATIONS
    for months in sorted(odd):
        message = (
            f"a column of this {heading.statement} is of {months} months, which are no quarter, half year, nine months or year;"
            " its figures were not read: see the filing"
        )
        heading.warn("duration_not_read", message)
    return [PrintedPeriod() if period.months in odd else period for period in periods]


def _with_dates_of_quarters(periods: _Periods, heading: _Heading) -> _Periods:
    """The periods with the dates of columns that name a quarter and no date, as far as the filing proves them."""
    if not needs_calendar(periods):
        return periods
    document = heading.told.document
    return dated(periods, year_end_evidence(document.text, document.words, periods, heading.told.columns))


def _as_instants(periods: _Periods, heading: _Heading) -> _Periods:
    """The periods of a balance sheet as the days that they end on."""
    return [replace(period, months=0) for period in periods] if heading.statement is Statement.BALANCE else periods


def _without_repeated_periods(periods: _Periods, heading: _Heading) -> _Periods:
    """The periods without those of columns that say the same, and a finding where there were any."""
    kept = without_repeated_periods(periods, " ".join(row.text for row in heading.table.rows))
    if kept != tuple(periods):
        message = (
            f"two columns of the {heading.statement} at line {heading.table.line} have the same heading, so one is misprinted:"
            " compare the heading with the filing's text"
        )
        heading.warn("heading_repeated", message)
    return kept


def _without_contradicted_durations(periods: _Periods, heading: _Heading) -> _Periods:
    """The periods without those whose months the text contradicts: it names others to that day, and not these."""
    kept = list(periods)
    for at, period in enumerate(periods):
        told = heading.told.durations_in_prose.get(period.end, set()) - {3} if period.end else set()
        if period.months in (6, 9) and told and period.months not in told:
            message = (
                f"column {at + 1} is headed {period.months} months to {period.end}, but the text speaks of"
                f" {max(told)} months to that day; its figures were not read: compare the heading with the filing"
            )
            heading.warn("heading_contradicted", message)
            kept[at] = PrintedPeriod()
    return kept


HEADING_PASSES: Final = (
    Pass("with_months_told_from_days", _with_months_told_from_days),
    Pass("without_unprinted_days", _without_unprinted_days),
    Pass("without_odd_durations", _without_odd_durations),
    Pass("with_dates_of_quarters", _with_dates_of_quarters),
    Pass("as_instants", _as_instants),
    Pass("without_repeated_periods", _without_repeated_periods),
    Pass("without_contradicted_durations", _without_contradicted_durations),
)
"""From the periods that a header names to those that are read."""
