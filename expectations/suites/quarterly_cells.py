"""fact_quarterly_results, cell by cell: each figure is the one its filing states, or the exact difference of two of them.

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
    order by company_id, fiscal_year, fiscal_quarter, vintage
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
        v.is_restated, c.fact_column, v.value::varchar as value, v.proof_count >= 1 as is_proven
    from fact_reported_value as v
    inner join staging.reported_values as s on s.value_id = v.value_id
    inner join dim_concept as c
        on c.concept = v.concept and c.statement = v.statement
            and v.unit = case c.unit when 'currency' then 'USD' when 'currency_per_share' then 'USD/share' else c.unit end
    where v.is_gaap and v.period_end is not null and v.duration_months is not null and c.fact_column is not null
    order by v.filing_id, v.value is null, s.table_no, v.line_no, s.column_no, v.value_id
"""

QUARTER_DAYS = 91.3125
"""A fourth of a year of 365.25 days."""

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


class Span(NamedTuple):
    """The amounts of one period, as one filing prints them or as two of its periods leave them."""

    filing_id: str
    period_end: date
    months: int
    values: Values
    is_proven: bool
    is_printed: bool


class PrintedFigures(NamedTuple):
    """All figures of the marts, found again: by filing, period and column; and the periods that can be subtracted."""

    columns: Sequence[FactColumn]
    filings: Mapping[str, FilingFacts]
    printed: Mapping[tuple[str, date, int], Mapping[str, tuple[Decimal | None, bool]]]
    spans: Mapping[str, Sequence[Span]]


def find_figures(source: FrameSource) -> PrintedFigures:
    """Every figure of the marts found again, from the cells. Raises whatever the connection raises."""
    columns = [FactColumn(str(name), bool(balance), bool(amount)) for name, balance, amount in rows(source.query(COLUMNS))]
    filings = {
        str(name): FilingFacts(str(name), str(company), str(known), None if year is None else int(year))
        for name, company, known, year in rows(source.query(FILINGS))
    }
    printed = _printed(source.query(FIGURES))
    amounts = [column.name for column in columns if column.is_amount and not column.is_balance]
    spans: dict[str, list[Span]] = {}
    for span in _printed_spans(printed, amounts):
        spans.setdefault(span.filing_id, []).append(span)
    for found in spans.values():
        found += list(_remaining_spans(found))
    return PrintedFigures(columns, filings, printed, spans)


def _printed(frame: pd.DataFrame) -> dict[tuple[str, date, int], dict[str, tuple[Decimal | None, bool]]]:
    """The one figure a filing states for a column and period: of the restated column where there is one, then the first."""
    figures = rows(frame)
    restated = {figure[0:1] + figure[2:6] for figure in figures if figure[6]}
    periods = {figure[0:2] + figure[4:6] for figure in figures if figure[0:1] + figure[2:6] in restated}
    found: dict[tuple[str, date, int], dict[str, tuple[Decimal | None, bool]]] = {}
    for figure in figures:
        if figure[0:2] + figure[4:6] in periods and figure[0:1] + figure[2:6] not in restated:
            continue
        filing_id, _, _, _, period_end, months, _, name, value, is_proven = figure
        of_period = found.setdefault((str(filing_id), date.fromisoformat(period_end), int(months)), {})
        of_period.setdefault(str(name), (None if value is None else Decimal(value), bool(is_proven)))
    return found


def _printed_spans(
    printed: Mapping[tuple[str, date, int], Mapping[str, tuple[Decimal | None, bool]]], amounts: Sequence[str]
) -> Iterator[Span]:
    for (filing_id, period_end, months), figures in printed.items():
        values = {name: figures.get(name, (None, False))[0] for name in amounts}
        if months and any(value is not None for value in values.values()):
            yield Span(filing_id, period_end, months, values, _all_proven(figures, amounts), True)


def _all_proven(figures: Mapping[str, tuple[Decimal | None, bool]], names: Sequence[str]) -> bool:
    """Whether each of the figures that has a value is proven; none at all is nothing unproven."""
    return all(figures[name][1] for name in names if name in figures and figures[name][0] is not None)


def _remaining_spans(printed: Sequence[Span]) -> Iterator[Span]:
    """Within a filing: a longer period less the quarter that ends the same day."""
    for longer in printed:
        for quarter in printed:
            if quarter.period_end == longer.period_end and quarter.months == 3 < longer.months:
                yield _less(longer, quarter, _quarter_before(longer.period_end), longer.months - 3)


def _less(longer: Span, shorter: Span, period_end: date, months: int) -> Span:
    values = {
        name: None if value is None or (other := shorter.values[name]) is None else value - other
        for name, value in longer.values.items()
    }
    return Span(longer.filing_id, period_end, months, values, longer.is_proven and shorter.is_proven, False)


def _quarter_before(day: date) -> date:
    """The end of the quarter before: the end of a month where `day` is one, else 13 weeks earlier."""
    if day.day != monthrange(day.year, day.month)[1]:
        return day - timedelta(days=91)
    year, month = (day.year, day.month - 3) if day.month > 3 else (day.year - 1, day.month + 9)
    return date(year, month, monthrange(year, month)[1])


def _left(known: PrintedFigures, filing: FilingFacts, period_end: date, peers: Sequence[FilingFacts]) -> Iterator[Span]:
    """Every quarter that two periods leave which `filing` could subtract: its own, or an earlier release's of that year."""
    own = [span for span in known.spans.get(filing.filing_id, ()) if span.period_end == period_end and not _is_quarter(span)]
    yield from (span for span in known.spans.get(filing.filing_id, ()) if span.period_end == period_end and _is_left(span))
    for peer in peers:
        if not _may_subtract(filing, peer):
            continue
        for longer in own:
            for shorter in known.spans.get(peer.filing_id, ()):
                apart = (period_end - shorter.period_end).days
                if (
                    shorter.months == longer.months - 3
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
    named = ("company_id", "fiscal_year", "fiscal_quarter", "vintage", "period_end", "basis", "filing_id")
    found = [
        (*(quarter[name] for name in named), *_account(known, quarter, peers.get(quarter["company_id"], ())))
        for quarter in row_dicts(source.query(QUARTERS))
    ]
    conditions = ("differs", "cells_are_as_stated", "is_proven_as_stated", "known_from_is_the_filing_s")
    return pd.DataFrame(found, columns=(*named, *conditions))


def _account(known: PrintedFigures, quarter: Mapping[str, Any], peers: Sequence[FilingFacts]) -> tuple[str, bool, bool, bool]:
    """What differs in one row of the mart from its filing, and whether its cells, its proof and its date are the filing's."""
    filing = known.filings.get(quarter["filing_id"])
    if filing is None or quarter["period_end"] is None:
        return "no filing of dim_filing, or no period end", False, False, False
    day = date.fromisoformat(quarter["period_end"])
    balances = known.printed.get((filing.filing_id, day, 0), {})
    balances_proven = _all_proven(balances, [column.name for column in known.columns if column.is_balance])
    stated = _derived(known, filing, day, peers) if quarter["basis"] == "derived" else _stated(known, filing, day)
    tried = [(_differences(known.columns, quarter, values, balances), proven) for values, proven in stated]
    fitting = [proven for differs, proven in tried if not differs] or [proven for _, proven in tried]
    differs = min((differs for differs, _ in tried), key=len, default=["no periods state this quarter"])
    said = {"true": True, "false": False}.get(quarter["is_proven"])
    return (
        "; ".join(differs),
        not differs,
        any((proven and balances_proven) is said for proven in fitting),
        quarter["known_from"] == filing.known_from,
    )


def _stated(known: PrintedFigures, filing: FilingFacts, day: date) -> list[tuple[Values, bool]]:
    figures = known.printed.get((filing.filing_id, day, 3), {})
    amounts = [column.name for column in known.columns if column.is_amount and not column.is_balance]
    return [({name: value for name, (value, _) in figures.items()}, _all_proven(figures, amounts))] if figures else []


def _derived(known: PrintedFigures, filing: FilingFacts, day: date, peers: Sequence[FilingFacts]) -> list[tuple[Values, bool]]:
    """Per-share figures and shares do not subtract: they are in none of these."""
    return [(span.values, span.is_proven) for span in _left(known, filing, day, peers)]


def _differences(
    columns: Sequence[FactColumn],
    quarter: Mapping[str, Any],
    values: Values,
    balances: Mapping[str, tuple[Decimal | None, bool]],
) -> list[str]:
    """The cells that are not what is stated, to the last digit, each in words."""
    found = []
    for column in columns:
        text = quarter.get(column.name)
        has = None if text is None else Decimal(text)
        stated = balances.get(column.name, (None, False))[0] if column.is_balance else values.get(column.name)
        if has != stated:
            found.append(f"{column.name} is {_shown(has)}, stated is {_shown(stated)}")
    return found


def _shown(value: Decimal | None) -> str:
    return "NULL" if value is None else number(value)


QUARTERLY_CELLS = Suite(
    name="quarterly_cells",
    stage="marts",
    table="fact_quarterly_results",
    description="Each figure of a quarter is the one its filing states, or, where derived, the difference of two periods.",
    frame=_cells,
    naming=("company_id", "fiscal_year", "fiscal_quarter", "vintage", "basis", "period_end", "filing_id", "differs"),
    expectations=(
        holds(
            "cells_are_as_stated",
            "filing_id",
            "Every cell is what fact_reported_value states, or the difference of what it states, to the last digit.",
        ),
        holds("is_proven_as_stated", "filing_id", "A quarter is proven exactly where all amounts it comes from are."),
        holds("known_from_is_the_filing_s", "filing_id", "A quarter is known since the day its filing is."),
    ),
)

SUITES = (QUARTERLY_CELLS,)
