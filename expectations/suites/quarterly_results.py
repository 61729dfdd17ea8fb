"""fact_quarterly_results: ten quarters or ten thousand, each known over one stretch of time, each adding up by itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from expectations import words
from expectations.identities import IDENTITIES, INCOME, Amount
from expectations.suite import Source, Suite, holds, in_set, not_null, query, unique
from expectations.ties import Figure, Tie, figure_ties, frame_of, rows

if TYPE_CHECKING:
    import pandas as pd

FACT_QUARTERLY_RESULTS = Suite(
    name="fact_quarterly_results",
    stage="marts",
    table="fact_quarterly_results",
    description="One row a company, fiscal quarter and vintage; vintages follow each other without overlap, one is current.",
    frame=query("""
        select
            company_id, fiscal_year, fiscal_quarter, vintage, period_end::varchar as period_end, basis, is_proven, filing_id,
            known_from::varchar as known_from, known_to::varchar as known_to, is_current,
            count(*) filter (where is_current) over one_quarter = 1 as exactly_one_is_current,
            coalesce(known_from <= known_to, true) as known_from_not_after_known_to,
            coalesce(
                coalesce(lag(known_to) over by_time, date '9999-12-31') <= known_from
                    or lag(known_from) over by_time is null, false
            ) as vintages_do_not_overlap,
            not is_current or lead(known_from) over by_time is null as the_last_is_current,
            basis <> 'derived' or coalesce(eps_basic, eps_diluted, shares_basic, shares_diluted) is null
                as derived_has_no_shares,
            count(distinct period_end) over one_quarter = 1 as quarter_has_one_period_end,
            coalesce(
                net_income, revenues, operating_income, operating_expenses, pretax_income, research_and_development
            ) is not null as says_something,
            coalesce(period_end <= known_from, false) as has_ended_when_known,
            filing_id in (select f.filing_id from dim_filing as f) as filing_is_accepted,
            filing_id not in (select f.filing_id from dim_filing as f where f.copy_of is not null) as filing_is_no_copy,
            coalesce(is_revised = (revised_columns is not null) and not (is_revised and vintage = 1), false)
                as revision_is_named,
            (basis = 'derived') = (derived_from is not null) as derived_names_its_periods
        from fact_quarterly_results
        window
            one_quarter as (partition by company_id, fiscal_year, fiscal_quarter),
            by_time as (partition by company_id, fiscal_year, fiscal_quarter order by known_from, vintage)
        order by company_id, fiscal_year, fiscal_quarter, vintage
    """),
    naming=(
        "company_id",
        "fiscal_year",
        "fiscal_quarter",
        "vintage",
        "period_end",
        "basis",
        "known_from",
        "known_to",
        "filing_id",
    ),
    expectations=(
        not_null("company_id"),
        not_null("fiscal_year"),
        not_null("fiscal_quarter"),
        not_null("vintage"),
        not_null("period_end"),
        not_null("known_from"),
        not_null("is_proven"),
        unique("company_id", "fiscal_year", "fiscal_quarter", "vintage"),
        in_set("fiscal_quarter", words.FISCAL_QUARTERS),
        not_null("basis"),
        in_set("basis", words.BASES),
        holds("exactly_one_is_current", "company_id", "Exactly one vintage of a fiscal quarter is current."),
        holds("the_last_is_current", "company_id", "The current vintage is the one known last."),
        holds("known_from_not_after_known_to", "company_id", "A vintage is not superseded before it is known."),
        holds("vintages_do_not_overlap", "company_id", "A vintage ends before the next one is known."),
        holds(
            "derived_has_no_shares",
            "company_id",
            "A derived quarter has no per-share values and no shares: they do not subtract.",
        ),
        holds("quarter_has_one_period_end", "company_id", "All vintages of a fiscal quarter end the same day.", "warning"),
        holds(
            "has_ended_when_known", "company_id", "A quarter has ended by the day it is known: no filing reports the future."
        ),
        holds("says_something", "company_id", "A quarter has at least one figure."),
        holds("filing_is_accepted", "company_id", "A quarter comes from a filing that is accepted."),
        holds("filing_is_no_copy", "company_id", "A copy of another filing of the same day makes no vintage."),
        holds("revision_is_named", "company_id", "A vintage that is revised names the columns, and is not the first."),
        holds("derived_names_its_periods", "company_id", "A derived quarter names the periods that leave it, no other does."),
    ),
)

ARITHMETIC = """
    with roundings as (
        select
            v.filing_id, f.company_id,
            max(v.rounding) filter (where v.unit = 'USD') as money,
            max(v.rounding) filter (where v.unit = 'USD/share') as per_share,
            max(v.rounding) filter (where v.unit = 'shares') as shares,
            bool_or(
                v.concept = 'ProfitLoss' or v.parent_concept in ('NetIncomeLoss', 'IncomeLossBeforeIncomeTaxes')
            ) as has_lines_between,
            bool_or(v.status = 'unreadable') as has_unreadable,
            max(v.parent_concept) filter (where v.concept = 'CostOfRevenue') as cost_is_part_of
        from staging.reported_values as v
        inner join staging.filings as f using (filing_id)
        where v.statement = 'income_statement'
        group by v.filing_id, f.company_id
    ),

    coarsest as (
        select company_id, max(money) as money
        from roundings
        group by company_id
    )

    select
        q.filing_id, q.company_id, q.fiscal_year, q.fiscal_quarter, q.vintage, q.basis,
        -- A derived quarter is a difference of two spans, each printed or itself a difference of two printed figures.
        (case when q.basis = 'derived' then 4 * c.money else r.money end)::varchar as money_rounding,
        r.per_share::varchar as per_share_rounding, r.shares::varchar as shares_rounding,
        coalesce(r.has_lines_between, false) or coalesce(r.has_unreadable, false) as may_have_more_lines,
        r.cost_is_part_of,
        q.revenues::varchar as "Revenues",
        q.cost_of_revenue::varchar as "CostOfRevenue",
        q.gross_profit::varchar as "GrossProfit",
        q.operating_expenses::varchar as "OperatingExpenses",
        q.operating_income::varchar as "OperatingIncomeLoss",
        q.other_income::varchar as "NonoperatingIncomeExpense",
        q.pretax_income::varchar as "IncomeLossBeforeIncomeTaxes",
        q.income_tax::varchar as "IncomeTaxExpenseBenefit",
        q.net_income::varchar as "NetIncomeLoss",
        q.eps_basic::varchar as "EarningsPerShareBasic",
        q.eps_diluted::varchar as "EarningsPerShareDiluted",
        q.shares_basic::varchar as "WeightedAverageSharesBasic",
        q.shares_diluted::varchar as "WeightedAverageSharesDiluted"
    from fact_quarterly_results as q
    left join roundings as r on r.filing_id = q.filing_id
    left join coarsest as c on c.company_id = q.company_id
    order by q.company_id, q.fiscal_year, q.fiscal_quarter, q.vintage
"""

OPEN_ENDED = frozenset(
    identity.name for identity in IDENTITIES if identity.with_parts or identity.less_if_printed or identity.unless
)
"""Identities that a line the mart does not show could change; held only where the filing prints no such line."""

BETWEEN_TOTALS = frozenset(identity.name for identity in IDENTITIES if identity.plus)
"""Identities between lines the mart has; a total and its parts are held together in staging, where the parts are."""

_ROUNDING_OF = {
    "EarningsPerShareBasic": "per_share_rounding",
    "EarningsPerShareDiluted": "per_share_rounding",
    "WeightedAverageSharesBasic": "shares_rounding",
    "WeightedAverageSharesDiluted": "shares_rounding",
}


def _arithmetic(source: Source) -> pd.DataFrame:
    frame = source.query(ARITHMETIC)
    concepts = [name for name in frame.columns if name[0].isupper()]
    quarters = (dict(zip(frame.columns, cells, strict=True)) for cells in rows(frame))
    return frame_of(tie for quarter in quarters for tie in _quarter_ties(quarter, concepts))


def _quarter_ties(quarter: dict[str, Any], concepts: list[str]) -> Iterator[Tie]:
    """The identities of one row, between the figures it has. The rounding is that of the filing it was printed in."""
    figures = []
    for concept in concepts:
        rounding = quarter[_ROUNDING_OF.get(concept, "money_rounding")]
        if quarter[concept] is not None and rounding is not None:
            known = Amount(Decimal(quarter[concept]), Decimal(rounding))
            parent = quarter["cost_is_part_of"] if concept == "CostOfRevenue" else None
            figures.append(Figure(concept, concept, concept, parent, known, None))
    when = f"Q{quarter['fiscal_quarter']} FY{quarter['fiscal_year']}, vintage {quarter['vintage']}, {quarter['basis']}"
    for tie in figure_ties(str(quarter["filing_id"]), INCOME, when, figures):
        if tie.identity in BETWEEN_TOTALS and not (quarter["may_have_more_lines"] and tie.identity in OPEN_ENDED):
            yield tie


QUARTERLY_ARITHMETIC = Suite(
    name="quarterly_arithmetic",
    stage="marts",
    table="fact_quarterly_results",
    description="Each quarter adds up between its own figures, printed or derived: income to net income, EPS x shares.",
    frame=_arithmetic,
    naming=("filing_id", "period", "identity", "formula", "residual", "tolerance"),
    expectations=(
        holds("closes", "identity", "The two sides of the identity meet within the rounding of the figures they came from."),
    ),
)

QUARTERS_REACH_THE_MART = Suite(
    name="quarters_reach_the_mart",
    stage="marts",
    table="fact_quarterly_results",
    description="No printed quarter is lost between staging and the mart.",
    frame=query("""
        select
            f.filing_id, f.source, v.period_end::varchar as period_end,
            exists (
                select 1 from fact_quarterly_results as q
                where q.filing_id = f.filing_id and q.period_end = v.period_end and q.basis <> 'derived'
            ) as has_its_quarter,
            exists (select 1 from fact_quarterly_results) as mart_has_rows
        from dim_filing as f
        inner join (
            select filing_id, period_end
            from staging.reported_values
            where statement = 'income_statement' and duration_months = 3 and unit = 'USD' and value is not null
            group by filing_id, period_end
        ) as v using (filing_id)
        -- A copy of another filing of the same day reaches the mart as that one.
        where v.period_end is not null and f.copy_of is null
        order by f.filing_id, v.period_end
    """),
    naming=("filing_id", "source", "period_end"),
    expectations=(
        holds("mart_has_rows", "filing_id", "Where any accepted filing prints a quarter, the mart has rows."),
        holds("has_its_quarter", "filing_id", "Each quarter that an accepted filing prints has a row.", "warning"),
    ),
)

SUITES = (FACT_QUARTERLY_RESULTS, QUARTERLY_ARITHMETIC, QUARTERS_REACH_THE_MART)
