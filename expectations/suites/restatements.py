"""fact_restatement, fact_derivation_operand, fact_quarterly_gap: what changed, what is derived from what, what is not known.

Belongs here: finding each of them again from other tables, by code that shares nothing with the models. Does not belong here:
whether two releases should agree (`periods.py`), or whether a cell of a quarter is the one its filing states
(`quarterly_cells.py`, whose figures found again are read here).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from expectations.identity_checks import row_dicts, rows
from expectations.suite import FrameSource, Suite, holds, query
from expectations.suites.quarterly_cells import QUARTERS, SAME_PERIOD_DAYS, PrintedFigures, find_figures

if TYPE_CHECKING:
    import pandas as pd

FACT_RESTATEMENT = Suite(
    name="fact_restatement",
    stage="marts",
    table="fact_restatement",
    description="Each change is between two printed cells, the earlier filing first, and says what kind of change it is.",
    frame=query("""
        select
            r.company_id, r.concept, r.period_end::varchar as period_end, r.duration_months, r.kind,
            r.value_before::varchar as value_before, r.value_after::varchar as value_after,
            r.filing_id_before, r.filing_id_after, r.value_id_after,
            coalesce(b.value = r.value_before and a.value = r.value_after, false) as cells_are_as_printed,
            coalesce(b.concept = r.concept and a.concept = r.concept, false)
                and coalesce(b.duration_months = r.duration_months and a.duration_months = r.duration_months, false)
                and coalesce(b.company_id = r.company_id and a.company_id = r.company_id, false)
                and coalesce(b.filing_id = r.filing_id_before and a.filing_id = r.filing_id_after, false)
                and coalesce(abs(a.period_end - b.period_end) <= 20, false) as cells_are_of_one_figure,
            coalesce(r.difference = r.value_after - r.value_before and r.difference <> 0, false) as difference_is_exact,
            coalesce((b.known_from, b.filing_id) < (a.known_from, a.filing_id), false)
                and coalesce(r.known_from_before = b.known_from and r.known_from_after = a.known_from, false)
                as earlier_is_first,
            coalesce(
                r.kind <> 'rounding'
                    or abs(r.difference) <= (sb.rounding + sa.rounding) / 2, false
            ) as rounding_is_within_rounding
        from fact_restatement as r
        left join fact_reported_value as b on b.value_id = r.value_id_before
        left join fact_reported_value as a on a.value_id = r.value_id_after
        left join staging.reported_values as sb on sb.value_id = r.value_id_before
        left join staging.reported_values as sa on sa.value_id = r.value_id_after
        order by r.value_id_after
    """),
    naming=(
        "company_id",
        "concept",
        "period_end",
        "duration_months",
        "kind",
        "value_before",
        "value_after",
        "filing_id_before",
        "filing_id_after",
    ),
    expectations=(
        holds("cells_are_as_printed", "concept", "Before and after are the values of the cells they name."),
        holds(
            "cells_are_of_one_figure",
            "concept",
            "Both cells are of one company, concept, duration and period, each in its filing.",
        ),
        holds("difference_is_exact", "concept", "The difference is after less before, and is not nothing."),
        holds("earlier_is_first", "concept", "The value before was known before, by the dates of the two filings."),
        holds("rounding_is_within_rounding", "concept", "What is called rounding lies within the rounding of the two figures."),
    ),
)

LISTED = """
    select r.filing_id_after, r.currency, c.fact_column, r.duration_months
    from fact_restatement as r
    inner join dim_concept as c on c.concept = r.concept and c.statement = r.statement
    where c.fact_column is not null
"""

COPIES = "select filing_id from dim_filing where copy_of is not null"


class Change(NamedTuple):
    """A figure that a filing states otherwise than the filing before it did."""

    company_id: str
    currency: str
    fact_column: str
    period_end: str
    duration_months: int
    value_before: str
    value_after: str
    filing_id_before: str
    filing_id_after: str
    is_listed: bool
    is_listed_if_of_one_day: bool


class _Printing(NamedTuple):
    known_from: str
    filing_id: str
    period_end: date
    value: Decimal


def _changes(source: FrameSource) -> pd.DataFrame:
    """Every figure that a later filing states again, with whether it is as before or listed."""
    import pandas as pd  # noqa: PLC0415

    listed = {(filing, currency, column, int(months)) for filing, currency, column, months in rows(source.query(LISTED))}
    return pd.DataFrame(list(_printed_again(source.made(find_figures), _copies(source), listed)), columns=list(Change._fields))


def _copies(source: FrameSource) -> set[str]:
    return {str(filing_id) for (filing_id,) in rows(source.query(COPIES))}


def _printed_again(found: PrintedFigures, copies: set[str], listed: set[tuple[str, str, str, int]]) -> Iterator[Change]:
    printings: dict[tuple[str, str, str, int], list[_Printing]] = {}
    for (filing_id, currency, period_end, months), figures in found.printed.items():
        filing = found.filings.get(filing_id)
        if filing is None or filing_id in copies:
            continue
        for column, figure in figures.items():
            if figure.value is not None:
                one = _Printing(filing.known_from, filing_id, period_end, figure.value)
                printings.setdefault((filing.company_id, currency, column, months), []).append(one)
    for (company_id, currency, column, months), of_column in sorted(printings.items()):
        for of_period in _periods(of_column):
            for before, after in pairwise(sorted(of_period)):
                is_listed = before.value == after.value or (after.filing_id, currency, column, months) in listed
                yield Change(
                    company_id,
                    currency,
                    column,
                    after.period_end.isoformat(),
                    months,
                    str(before.value),
                    str(after.value),
                    before.filing_id,
                    after.filing_id,
                    is_listed,
                    is_listed or before.period_end != after.period_end,
                )


def _periods(printings: list[_Printing]) -> Iterator[list[_Printing]]:
    """The printings of each period: dates a few days apart are one, unless one filing prints both."""
    groups: list[list[_Printing]] = []
    for one in sorted(printings, key=lambda one: (one.period_end, one.known_from, one.filing_id)):
        if not groups or (one.period_end - groups[-1][-1].period_end).days > SAME_PERIOD_DAYS:
            groups.append([])
        groups[-1].append(one)
    yield from (group for group in groups if len({one.filing_id for one in group}) == len(group))


CHANGES_ARE_LISTED = Suite(
    name="changes_are_listed",
    stage="marts",
    table="fact_restatement",
    description="Every figure of the quarterly results that a later filing states otherwise is a row of fact_restatement.",
    frame=_changes,
    naming=Change._fields[:-2],
    expectations=(
        holds("is_listed_if_of_one_day", "company_id", "A figure of one date that a later filing states otherwise is listed."),
        holds(
            "is_listed",
            "company_id",
            "So is one whose period ends a few days off: the end of the month, or the last day of the 52 weeks.",
            "warning",
        ),
    ),
)

FACT_DERIVATION_OPERAND = Suite(
    name="fact_derivation_operand",
    stage="marts",
    table="fact_derivation_operand",
    description="Each derived figure is the sum of its printed cells, restated all or none, and known with the last of them.",
    frame=query("""
        with stated as (
            unpivot (
                select
                    company_id, fiscal_year, fiscal_quarter, currency, vintage,
                    columns(lambda name: name in (
                        'revenues', 'cost_of_revenue', 'gross_profit', 'research_and_development',
                        'general_and_administrative', 'selling_general_and_administrative', 'operating_expenses',
                        'operating_income', 'other_income', 'pretax_income', 'income_tax', 'net_income'
                    ))
                from fact_quarterly_results
                where basis = 'derived'
            )
            on columns(* exclude (company_id, fiscal_year, fiscal_quarter, currency, vintage))
            into name fact_column value derived_value
        ),

        summed as (
            select
                o.company_id, o.fiscal_year, o.fiscal_quarter, o.currency, o.vintage, o.fact_column,
                max(o.derived_value) as derived_value, sum(o.weight * v.value) as sum_of_cells,
                string_agg(o.value_id, ', ' order by o.value_id) as operands,
                bool_and(v.value_id is not null and v.value is not distinct from o.value) as cells_are_as_printed,
                bool_and(v.company_id = o.company_id and v.known_from = o.known_from) as cells_are_of_the_company,
                bool_and(v.value is not null) as all_are_known,
                bool_and(o.is_restated) = bool_or(o.is_restated) as all_restated_or_none,
                max(v.known_from) as last_known
            from fact_derivation_operand as o
            left join fact_reported_value as v on v.value_id = o.value_id
            group by o.company_id, o.fiscal_year, o.fiscal_quarter, o.currency, o.vintage, o.fact_column
        )

        select
            company_id, fiscal_year, fiscal_quarter, currency, vintage, fact_column, f.operands,
            s.derived_value::varchar as derived_value, f.sum_of_cells::varchar as sum_of_cells,
            f.operands is not null as has_operands,
            coalesce(f.cells_are_as_printed, true) as cells_are_as_printed,
            coalesce(f.cells_are_of_the_company, true) as cells_are_of_the_company,
            f.operands is null or (f.derived_value is not distinct from s.derived_value
                and (s.derived_value is null or coalesce(f.all_are_known and f.sum_of_cells = s.derived_value, false)))
                as cells_sum_to_it,
            coalesce(f.all_restated_or_none, true) as all_restated_or_none,
            f.operands is null or coalesce(
                f.last_known = q.known_from
                    or (f.last_known < q.known_from and (s.derived_value is null or q.kept_from is not null)),
                false
            ) as is_known_with_the_last,
            coalesce(q.basis = 'derived', false) as quarter_is_derived
        from stated as s
        full join summed as f using (company_id, fiscal_year, fiscal_quarter, currency, vintage, fact_column)
        left join fact_quarterly_results as q using (company_id, fiscal_year, fiscal_quarter, currency, vintage)
        order by all
    """),
    naming=(
        "company_id",
        "fiscal_year",
        "fiscal_quarter",
        "currency",
        "vintage",
        "fact_column",
        "derived_value",
        "sum_of_cells",
        "operands",
    ),
    expectations=(
        holds("quarter_is_derived", "fact_column", "What has operands is a derived quarter."),
        holds("has_operands", "fact_column", "Each figure of a derived quarter has its operands."),
        holds("cells_are_as_printed", "fact_column", "Each operand is a printed cell, with its value."),
        holds("cells_are_of_the_company", "fact_column", "Each operand is of the same company, known since its own filing."),
        holds("cells_sum_to_it", "fact_column", "The operands with their signs sum to the derived figure, to the last digit."),
        holds("all_restated_or_none", "fact_column", "The operands are all marked as restated, or none is."),
        holds(
            "is_known_with_the_last",
            "fact_column",
            "A derived figure is known since the last of its operands is, or kept.",
        ),
    ),
)

GAPS = """
    select columns(*)::varchar
    from fact_quarterly_gap
    where vintage is not null
"""


def _missing(source: FrameSource) -> pd.DataFrame:
    """Each figure of each quarter that is NULL or said to be missing, with whether it is both."""
    import pandas as pd  # noqa: PLC0415

    key = ("company_id", "fiscal_year", "fiscal_quarter", "currency", "vintage")
    columns = [column.name for column in source.made(find_figures).columns]
    quarters = row_dicts(source.query(QUARTERS))
    nulls = {(*(q[name] for name in key), column) for q in quarters for column in columns if q.get(column) is None}
    gaps = {(*(gap[name] for name in key), gap["fact_column"]): gap["reason"] for gap in row_dicts(source.query(GAPS))}
    found = [
        (*at, gaps.get(at), at in gaps and bool(gaps[at]), at in nulls)
        for at in sorted(nulls | gaps.keys(), key=lambda at: tuple(map(str, at)))
    ]
    return pd.DataFrame(found, columns=(*key, "fact_column", "reason", "has_a_reason", "is_missing"))


MISSING_FIGURES = Suite(
    name="missing_figures",
    stage="marts",
    table="fact_quarterly_gap",
    description="Every NULL of the quarterly results has its reason, and nothing that is known is called missing.",
    frame=_missing,
    naming=("company_id", "fiscal_year", "fiscal_quarter", "currency", "vintage", "fact_column", "reason"),
    expectations=(
        holds("has_a_reason", "fact_column", "A figure that is NULL has a reason."),
        holds("is_missing", "fact_column", "A figure with a reason is NULL."),
    ),
)

FACT_QUARTERLY_GAP = Suite(
    name="fact_quarterly_gap",
    stage="marts",
    table="fact_quarterly_gap",
    description="A quarter that is missing altogether has no row of results.",
    frame=query("""
        select
            g.company_id, g.fiscal_year, g.fiscal_quarter, g.vintage, g.fact_column, g.reason_code,
            g.vintage is not null or not exists (
                select 1 from fact_quarterly_results as q
                where q.company_id = g.company_id and q.fiscal_year = g.fiscal_year and q.fiscal_quarter = g.fiscal_quarter
            ) as missing_quarter_has_no_row
        from fact_quarterly_gap as g
        order by all
    """),
    naming=("company_id", "fiscal_year", "fiscal_quarter", "vintage", "fact_column", "reason_code"),
    expectations=(holds("missing_quarter_has_no_row", "company_id", "A quarter that is called missing is in no vintage."),),
)

SUITES = (FACT_RESTATEMENT, CHANGES_ARE_LISTED, FACT_DERIVATION_OPERAND, MISSING_FIGURES, FACT_QUARTERLY_GAP)
