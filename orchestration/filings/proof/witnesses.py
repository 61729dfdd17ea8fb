"""What witnesses of each printed column: the rows of `staging.attributions`.

Belongs here: finding the line that says when a column is and on which basis, and putting the witnesses of a table together.
Does not belong here: finding a unit (`tables/scale.py`, `anchors.py`) or an entity (`statements/entity.py`), whose witnesses
come with them; what an unwitnessed column loses (`attribution.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from orchestration.filings.ocr.header_ocr import corrected
from orchestration.filings.records import Attribution, Basis, Value, Witness
from orchestration.filings.statements.basis import states_basis
from orchestration.filings.statements.read import StatementTable
from orchestration.filings.tables.said import UNSAID, Said, joined, last_that, shown
from orchestration.filings.text.calendar import month_end
from orchestration.filings.text.dates import PrintedPeriod, days_in_prose, ends_in, periods_in


def attributions(
    filing_id: str, tables: Sequence[StatementTable], values: Sequence[Value], lines: Iterable[Said]
) -> tuple[Attribution, ...]:
    """What witnesses of each column that has values, in the order of the tables and columns.

    `lines` are all paragraphs and rows of the filing; they are asked only for a day that no heading says.
    """
    columns: dict[int, dict[int, Value]] = {}
    for value in values:
        columns.setdefault(value.table_no, {}).setdefault(value.column_no, value)
    found = [one for table in tables for one in _of_table(filing_id, table, columns.get(table.number, {}))]
    if any(one.period_witness is Witness.NOTHING for one in found):
        told = _told_days(lines)
        found = [_with_told_day(one, told) if one.period_witness is Witness.NOTHING else one for one in found]
    return tuple(found)


def _of_table(filing_id: str, table: StatementTable, columns: Mapping[int, Value]) -> Iterator[Attribution]:
    scale, basis = table.scale, basis_said(table)
    for number, value in sorted(columns.items()):
        period = period_said(table.head, table.periods[number - 1])
        yield Attribution(
            filing_id=filing_id,
            statement=table.statement,
            table_no=table.number,
            column_no=number,
            period_end=value.period_end,
            duration_months=value.duration_months,
            period_witness=period.witness,
            period_line=period.line,
            period_text=period.text,
            scale=scale.money,
            scale_witness=scale.money_said.witness,
            scale_line=scale.money_said.line,
            scale_text=scale.money_said.text,
            currency=scale.currency,
            currency_witness=scale.currency_said.witness,
            currency_line=scale.currency_said.line,
            currency_text=scale.currency_said.text,
            entity=table.entity,
            entity_witness=table.entity_said.witness,
            entity_line=table.entity_said.line,
            entity_text=table.entity_said.text,
            basis=table.basis,
            basis_witness=basis.witness,
            basis_line=basis.line,
            basis_text=basis.text,
        )


def basis_said(table: StatementTable) -> Said:
    """Where a statement's basis is said: the words of that basis in its title, or, for GAAP, the name of the statement."""
    said = last_that(table.head, lambda text: states_basis(text, table.basis))
    return said or (UNSAID if table.basis is Basis.GAAP else Said(Witness.TITLE, table.line))


def period_said(head: Sequence[Said], period: PrintedPeriod) -> Said:
    """Where the lines above a table say the last day of a column: whole, in parts, or as a quarter of the fiscal calendar."""
    end = period.end
    if end is None:
        return UNSAID
    whole = last_that(head, lambda text: end in ends_in(corrected(text)))
    if whole is not None:
        return whole
    days = [said for said in head if any(_is_day(named, end) for named in periods_in(corrected(said.text)))]
    years = [said for said in head if any(named.year == end.year for named in periods_in(corrected(said.text)))]
    if days and years:
        return joined((days[-1], years[-1]))
    stretches = [said for said in head if any(map(_is_by_calendar, periods_in(corrected(said.text))))]
    if stretches and not days:
        return shown(stretches[-1]._replace(witness=Witness.CALENDAR))
    return UNSAID


def _is_day(named: PrintedPeriod, end: date) -> bool:
    """Whether words name the day and month of a date; a month alone is its last day."""
    return named.month == end.month and (named.day or month_end(end.year, end.month).day) == end.day


def _is_by_calendar(named: PrintedPeriod) -> bool:
    """Whether words name a quarter or a stretch of the fiscal year and no day: its last day follows from the calendar."""
    return named.month is None and (named.quarter is not None or bool(named.months))


def _with_told_day(one: Attribution, told: Mapping[date, Said]) -> Attribution:
    """The column with the first line that names its last day, if any does."""
    said = told.get(one.period_end, UNSAID) if one.period_end else UNSAID
    return replace(one, period_witness=said.witness, period_line=said.line, period_text=said.text)


def _told_days(lines: Iterable[Said]) -> dict[date, Said]:
    """The days that lines name, each with the first that does."""
    found: dict[date, Said] = {}
    for line in lines:
        for day in days_in_prose([line.text]):
            found.setdefault(day, shown(line))
    return found
