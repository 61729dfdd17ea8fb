"""fact_quarterly_results, cell by cell: each figure is one its filing states or confirms, or the exact difference of two.

Belongs here: finding the figures again, from fact_reported_value, dim_filing and dim_concept alone, by code that shares
nothing with the models. Does not belong here: whether the figures add up (`quarterly_results.py`) or were read right (staging).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from expectations.identity_checks import number, row_dicts, rows
from expectations.suite import FrameSource, Suite, holds

if TYPE_CHECKING:
    import pandas as pd

QUARTERS = """
    select columns(*)::varchar
    from fact_quarterly_results
    order by company_id, fiscal_year, fiscal_quarter, currency, vintage
"""

FILINGS = """
    select filing_id, company_id, known_from::varchar as known_from,
        case when fiscal_quarter is not null then fiscal_year end as fiscal_year
    from dim_filing
    order by filing_id
"""

COLUMNS = """
    select fact_column, statement = 'balance_sheet' as is_balance, unit = 'currency' as is_amount
    from dim_concept
    where fact_column is not null
    order by fact_column
"""

FIGURES = """
    select
        v.filing_id, v.statement, s.table_no, s.column_no, v.period_end::varchar as period_end, v.duration_months,
        v.is_restated, c.fact_column, v.value::varchar as value, v.proof_count >= 1 as is_proven, v.currency,
        s.rounding::varchar as rounding
    from fact_reported_value as v
    inner join staging.reported_values as s on s.value_id = v.value_id
    inner join dim_concept as c
        on c.concept = v.concept and c.statement = v.statement
            and v.unit = case c.unit
                when 'currency' then v.currency when 'currency_per_share' then v.currency || '/share' else c.unit
            end
    where v.basis = 'gaap' and v.period_end is not null and v.duration_months is not null and c.fact_column is not null
    order by v.filing_id, v.value is null, s.table_no, v.line_no, s.column_no, v.value_id
"""

QUARTER_DAYS = 91.3125
"""A fourth of a year of 365.25 days."""

SAME_PERIOD_DAYS = 10
"""A period is called by the end of the month or by its own last day: no further apart than this."""

Values = Mapping[str, Decimal | None]


class FactColumn(NamedTuple):
    """A column of figures of the mart: what it is called, and of which kind."""

    name: str
    is_balance: bool
    is_amount: bool


class FilingFacts(NamedTuple):
    """What dim_filing says of a filing; the fiscal year only where it states its quarter."""

    filing_id: str
    company_id: str
    known_from: str
    fiscal_year: int | None


class StatedFigure(NamedTuple):
    """A figure as a filing prints it, NULL where it could not be read, and the weight of its last digit."""

    value: Decimal | None
    is_proven: bool
    rounding: Decimal


class Printing(NamedTuple):
    """The filing and the day of a figure that is printed."""

    known_from: str
    filing_id: str
    period_end: date
    figure: StatedFigure


class Span(NamedTuple):
    """The amounts of one period, as one filing prints them or as two of its periods leave them."""

    filing_id: str
    currency: str
    period_end: date
    months: int
    values: Values
    is_proven: bool
    is_printed: bool


_Period = tuple[str, str, date, int]
"""Filing, currency, last day and months."""


class PrintedFigures(NamedTuple):
    """All figures of the marts, found again: by filing, period and column; and the periods that can be subtracted.

    `printings` are those of a company, currency, column and months.
    """

    columns: Sequence[FactColumn]
    filings: Mapping[str, FilingFacts]
    printed: Mapping[_Period, Mapping[str, StatedFigure]]
    printings: Mapping[tuple[str, str, str, int], Sequence[Printing]]
    spans: Mapping[str, Sequence[Span]]


def find_figures(source: FrameSource) -> PrintedFigures:
    """Every figure of the marts found again, from the cells. Raises whatever the connection raises."""
    columns = [FactColumn(str(name), bool(balance), bool(amount)) for name, balance, amount in rows(source.query(COLUMNS))]
    filings = {
        str(name): FilingFacts(str(name), str(company), str(known), None if year is None else int(year))
        for name, company, known, year in rows(source.query(FILINGS))
    }
    printed = _printed(row_dicts(source.query(FIGURES)))
    amounts = [column.name for column in columns if column.is_amount and not column.is_balance]
    spans: dict[str, list[Span]] = {}
    for span in _printed_spans(printed, amounts):
        spans.setdefault(span.filing_id, []).append(span)
    for found in spans.values():
        found += list(_remaining_spans(found))
    return PrintedFigures(columns, filings, printed, _printings(printed, filings), spans)


def _printed(figures: Sequence[Mapping[str, Any]]) -> dict[_Period, dict[str, StatedFigure]]:
    """The one figure a filing states for a column and period: of the restated column where there is one, then the first."""
    restated = {_column(figure) for figure in figures if figure["is_restated"]}
    periods = {_statement(figure) for figure in figures if _column(figure) in restated}
    found: dict[_Period, dict[str, StatedFigure]] = {}
    for figure in figures:
        if _statement(figure) in periods and _column(figure) not in restated:
            continue
        day = date.fromisoformat(figure["period_end"])
        of_period = found.setdefault((figure["filing_id"], figure["currency"], day, int(figure["duration_months"])), {})
        value = None if figure["value"] is None else Decimal(figure["value"])
        of_period.setdefault(
            figure["fact_column"], StatedFigure(value, bool(figure["is_proven"]), Decimal(figure["rounding"] or 0))
        )
    return found


def _column(figure: Mapping[str, Any]) -> tuple[Any, ...]:
    """What one printed column of a filing is known by."""
    return tuple(figure[name] for name in ("filing_id", "table_no", "column_no", "period_end", "duration_months"))


def _statement(figure: Mapping[str, Any]) -> tuple[Any, ...]:
    """What all columns of one statement and period are known by."""
    return tuple(figure[name] for name in ("filing_id", "currency", "statement", "period_end", "duration_months"))


def _printings(
    printed: Mapping[_Period, Mapping[str, StatedFigure]], filings: Mapping[str, FilingFacts]
) -> dict[tuple[str, str, str, int], list[Printing]]:
    found: dict[tuple[str, str, str, int], list[Printing]] = {}
    for (filing_id, currency, day, months), figures in printed.items():
        filing = filings.get(filing_id)
        for name, figure in figures.items() if filing else ():
            if filing and figure.value is not None:
                one = Printing(filing.known_from, filing_id, day, figure)
                found.setdefault((filing.company_id, currency, name, months), []).append(one)
    return found


def _printed_spans(printed: Mapping[_Period, Mapping[str, StatedFigure]], amounts: Sequence[str]) -> Iterator[Span]:
    for (filing_id, currency, period_end, months), figures in printed.items():
        values = {name: figures[name].value if name in figures else None for name in amounts}
        if months and any(value is not None for value in values.values()):
            yield Span(filing_id, currency, period_end, months, values, _all_proven(figures, amounts), True)


def _all_proven(figures: Mapping[str, StatedFigure], names: Sequence[str]) -> bool:
    """Whether each of the figures that has a value is proven; none at all is nothing unproven."""
    return all(figures[name].is_proven for name in names if name in figures and figures[name].value is not None)


def _remaining_spans(printed: Sequence[Span]) -> Iterator[Span]:
    """Within a filing: a longer period less the quarter that ends the same day."""
    for longer in printed:
        for quarter in printed:
            if (quarter.currency, quarter.period_end) == (longer.currency, longer.period_end) and (
                quarter.months == 3 < longer.months
            ):
                yield _less(longer, quarter, _quarter_before(longer.period_end), longer.months - 3)


def _less(longer: Span, shorter: Span, period_end: date, months: int) -> Span:
    values = {
        name: None if value is None or (other := shorter.values[name]) is None else value - other
        for name, value in longer.values.items()
    }
    is_proven = longer.is_proven and shorter.is_proven
    return Span(longer.filing_id, longer.currency, period_end, months, values, is_proven, False)


def _quarter_before(day: date) -> date:
    """The end of the quarter before: the end of a month where `day` is one, else 13 weeks earlier."""
    if day.day != monthrange(day.year, day.month)[1]:
        return day - timedelta(days=91)
    year, month = (day.year, day.month - 3) if day.month > 3 else (day.year - 1, day.month + 9)
    return date(year, month, monthrange(year, month)[1])


class _Quarter(NamedTuple):
    """A row of the mart: the filing whose income statement it has, its day and its currency."""

    filing: FilingFacts
    day: date
    currency: str


def _left(known: PrintedFigures, quarter: _Quarter, peers: Sequence[FilingFacts]) -> Iterator[Span]:
    """Every quarter that two periods leave which a filing could subtract: its own, or an earlier release's of that year."""
    filing, period_end = quarter.filing, quarter.day
    of_currency = [one for one in known.spans.get(filing.filing_id, ()) if one.currency == quarter.currency]
    own = [span for span in of_currency if span.period_end == period_end and not _is_quarter(span)]
    yield from (span for span in of_currency if span.period_end == period_end and _is_left(span))
    for peer in peers:
        if not _may_subtract(filing, peer):
            continue
        for longer in own:
            for shorter in known.spans.get(peer.filing_id, ()):
                apart = (period_end - shorter.period_end).days
                if (
                    shorter.months == longer.months - 3
                    and shorter.currency == longer.currency
                    and round(apart / QUARTER_DAYS) == 1
                    and (shorter.is_printed or peer.filing_id != filing.filing_id)
                ):
                    yield _less(longer, shorter, period_end, 3)


def _is_quarter(span: Span) -> bool:
    return span.months == 3


def _is_left(span: Span) -> bool:
    return span.months == 3 and not span.is_printed


def _may_subtract(filing: FilingFacts, peer: FilingFacts) -> bool:
    """A release known no later, of the same reporting year where both say theirs: another year's may have been restated."""
    years = {filing.fiscal_year, peer.fiscal_year} - {None}
    return peer.known_from <= filing.known_from and len(years) <= 1


def _cells(source: FrameSource) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    known = source.made(find_figures)
    peers: dict[str, list[FilingFacts]] = {}
    for filing in known.filings.values():
        peers.setdefault(filing.company_id, []).append(filing)
    named = ("company_id", "fiscal_year", "fiscal_quarter", "currency", "vintage", "period_end", "basis", "filing_id")
    found = [
        (*(quarter[name] for name in named), *_account(known, quarter, peers.get(quarter["company_id"], ())))
        for quarter in row_dicts(source.query(QUARTERS))
    ]
    conditions = ("differs", "cells_are_as_stated", "is_proven_as_stated", "known_from_is_the_filing_s")
    return pd.DataFrame(found, columns=(*named, *conditions))


def _account(known: PrintedFigures, row: Mapping[str, Any], peers: Sequence[FilingFacts]) -> tuple[str, bool, bool, bool]:
    """What differs in one row of the mart from its filing, and whether its cells, its proof and its date are the filing's."""
    filing = known.filings.get(row["filing_id"])
    told = known.filings.get(row.get("kept_from") or row["filing_id"])
    if filing is None or told is None or row["period_end"] is None:
        return "no filing of dim_filing, or no period end", False, False, False
    quarter = _Quarter(told, date.fromisoformat(row["period_end"]), row["currency"])
    tried = [
        (_differences(known.columns, row, values, balances), proven and balances_proven)
        for values, proven in (_derived if row["basis"] == "derived" else _stated)(known, quarter, row, peers)
        for balances, balances_proven in _balances(known, quarter._replace(filing=filing), row)
    ]
    fitting = [proven for differs, proven in tried if not differs] or [proven for _, proven in tried]
    differs = min((differs for differs, _ in tried), key=len, default=["no periods state this quarter"])
    said = {"true": True, "false": False}.get(row["is_proven"])
    return (
        "; ".join(differs),
        not differs,
        any(proven is said for proven in fitting),
        row["known_from"] == filing.known_from,
    )


def _balances(known: PrintedFigures, quarter: _Quarter, row: Mapping[str, Any]) -> Iterator[tuple[Values, bool]]:
    names = [column.name for column in known.columns if column.is_balance]
    printed = known.printed.get((quarter.filing.filing_id, quarter.currency, quarter.day, 0), {})
    for figures in (printed, _as_known(known, quarter, 0, row, printed)):
        yield {name: figure.value for name, figure in figures.items()}, _all_proven(figures, names)


def _stated(
    known: PrintedFigures, quarter: _Quarter, row: Mapping[str, Any], _: Sequence[FilingFacts]
) -> Iterator[tuple[Values, bool]]:
    printed = known.printed.get((quarter.filing.filing_id, quarter.currency, quarter.day, 3), {})
    amounts = [column.name for column in known.columns if column.is_amount and not column.is_balance]
    for figures in (printed, _as_known(known, quarter, 3, row, printed)) if printed else ():
        yield {name: figure.value for name, figure in figures.items()}, _all_proven(figures, amounts)


def _derived(
    known: PrintedFigures, quarter: _Quarter, _: Mapping[str, Any], peers: Sequence[FilingFacts]
) -> Iterator[tuple[Values, bool]]:
    """Per-share figures and shares do not subtract: they are in none of these."""
    return ((span.values, span.is_proven) for span in _left(known, quarter, peers))


def _as_known(
    known: PrintedFigures, quarter: _Quarter, months: int, row: Mapping[str, Any], printed: Mapping[str, StatedFigure]
) -> dict[str, StatedFigure]:
    """The figures of a filing, with the finer one of an earlier filing where the row has that and the two agree."""
    found = dict(printed)
    for name, own in printed.items():
        has = None if row.get(name) is None else Decimal(row[name])
        for earlier in known.printings.get((quarter.filing.company_id, quarter.currency, name, months), ()):
            fine = earlier.figure
            if (
                own.value is not None
                and fine.value is not None
                and fine.value == has
                and fine.rounding < own.rounding
                and (earlier.known_from, earlier.filing_id) < (quarter.filing.known_from, quarter.filing.filing_id)
                and abs((earlier.period_end - quarter.day).days) <= SAME_PERIOD_DAYS
                and abs(fine.value - own.value) * 2 <= fine.rounding + own.rounding
            ):
                found[name] = fine._replace(is_proven=fine.is_proven and own.is_proven)
    return found


def _differences(columns: Sequence[FactColumn], quarter: Mapping[str, Any], values: Values, balances: Values) -> list[str]:
    """The cells that are not what is stated, to the last digit, each in words."""
    found = []
    for column in columns:
        text = quarter.get(column.name)
        has = None if text is None else Decimal(text)
        stated = balances.get(column.name) if column.is_balance else values.get(column.name)
        if has != stated:
            found.append(f"{column.name} is {_shown(has)}, stated is {_shown(stated)}")
    return found


def _shown(value: Decimal | None) -> str:
    return "NULL" if value is None else number(value)


QUARTERLY_CELLS = Suite(
    name="quarterly_cells",
    stage="marts",
    table="fact_quarterly_results",
    description="Each figure of a quarter is one its filing states or confirms, or, where derived, the difference of periods.",
    frame=_cells,
    naming=(
        "company_id",
        "fiscal_year",
        "fiscal_quarter",
        "currency",
        "vintage",
        "basis",
        "period_end",
        "filing_id",
        "differs",
    ),
    expectations=(
        holds(
            "cells_are_as_stated",
            "filing_id",
            "Every cell is what fact_reported_value states, the difference of what it states, or the exact figure it confirms.",
        ),
        holds("is_proven_as_stated", "filing_id", "A quarter is proven exactly where all amounts it comes from are."),
        holds("known_from_is_the_filing_s", "filing_id", "A quarter is known since the day its filing is."),
    ),
)

SUITES = (QUARTERLY_CELLS,)
