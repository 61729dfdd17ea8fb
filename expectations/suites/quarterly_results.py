"""fact_quarterly_results: every printed quarter is there, and each adds up by itself.

Belongs here: a quarter against its own figures, its other vintages and the quarters that were printed. Does not belong here:
whether each cell is what its filing states (`quarterly_cells.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from expectations.identities import IDENTITIES, INCOME, Amount
from expectations.identity_checks import CheckedLine, IdentityCheck, amount, check_lines, difference, frame_of, row_dicts
from expectations.suite import FrameSource, Suite, holds, query, whole

if TYPE_CHECKING:
    import pandas as pd

FACT_QUARTERLY_RESULTS = Suite(
    name="fact_quarterly_results",
    stage="marts",
    table="fact_quarterly_results",
    description="A quarter has ended when it is known, ends on one day in all its vintages, and is of no copy of a filing.",
    frame=query("""
        select
            company_id, fiscal_year, fiscal_quarter, vintage, period_end::varchar as period_end, basis, filing_id,
            known_from::varchar as known_from,
            basis <> 'derived' or coalesce(eps_basic, eps_diluted, shares_basic, shares_diluted) is null
                as derived_has_no_shares,
            count(distinct period_end) over (partition by company_id, fiscal_year, fiscal_quarter) = 1
                as quarter_has_one_period_end,
            coalesce(period_end <= known_from, false) as has_ended_when_known,
            filing_id not in (select f.filing_id from dim_filing as f where f.copy_of is not null) as filing_is_no_copy
        from fact_quarterly_results
        order by company_id, fiscal_year, fiscal_quarter, currency, vintage
    """),
    naming=("company_id", "fiscal_year", "fiscal_quarter", "vintage", "period_end", "basis", "known_from", "filing_id"),
    expectations=(
        holds(
            "derived_has_no_shares",
            "company_id",
            "A derived quarter has no per-share values and no shares: they do not subtract.",
        ),
        holds("quarter_has_one_period_end", "company_id", "All vintages of a fiscal quarter end the same day.", "warning"),
        holds(
            "has_ended_when_known", "company_id", "A quarter has ended by the day it is known: no filing reports the future."
        ),
        holds("filing_is_no_copy", "company_id", "A copy of another filing of the same day makes no vintage."),
    ),
)

ARITHMETIC = """
    with roundings as (
        select
            filing_id, currency, period_end,
            max(rounding) filter (where unit = currency) as money,
            max(rounding) filter (where unit = currency || '/share') as per_share,
            max(rounding) filter (where unit = 'shares') as shares
        from staging.reported_values
        where statement = 'income_statement' and duration_months = 3 and value is not null
        group by filing_id, currency, period_end
    ),

    -- A derived figure is a sum of printed ones, and as coarse as all of them together.
    operand_roundings as (
        select company_id, fiscal_year, fiscal_quarter, currency, vintage, max(rounding) as money
        from (
            select
                o.company_id, o.fiscal_year, o.fiscal_quarter, o.currency, o.vintage, o.fact_column, sum(v.rounding) as rounding
            from fact_derivation_operand as o
            inner join staging.reported_values as v on v.value_id = o.value_id
            group by o.company_id, o.fiscal_year, o.fiscal_quarter, o.currency, o.vintage, o.fact_column
        )
        group by company_id, fiscal_year, fiscal_quarter, currency, vintage
    ),

    -- A gain or a charge printed between total operating expenses and operating income: a term of that identity.
    above_operating_income as (
        select
            filing_id, currency, period_end, sum(value * coalesce(parent_weight, 1)) as sum_above,
            sum(rounding) as rounding_above
        from staging.reported_values
        where statement = 'income_statement' and duration_months = 3 and parent_concept = 'OperatingIncomeLoss'
            and concept is distinct from 'GrossProfit' and concept is distinct from 'OperatingExpenses'
            and concept is distinct from 'Revenues' and concept is distinct from 'CostOfRevenue'
        group by filing_id, currency, period_end
        having bool_and(value is not null)
    ),

    statements as (
        select
            filing_id,
            bool_or(concept = 'ProfitLoss' or parent_concept in ('NetIncomeLoss', 'IncomeLossBeforeIncomeTaxes'))
                as has_lines_between,
            bool_or(status = 'unreadable') as has_unreadable,
            bool_or(parent_concept = 'OperatingIncomeLoss') as has_lines_above_operating_income,
            max(parent_concept) filter (where concept = 'CostOfRevenue') as cost_is_part_of
        from staging.reported_values
        where statement = 'income_statement'
        group by filing_id
    )

    select
        q.filing_id, q.company_id, q.fiscal_year, q.fiscal_quarter, q.currency, q.vintage, q.basis,
        (case when q.basis = 'derived' then o.money else r.money end)::varchar as money_rounding,
        r.per_share::varchar as per_share_rounding, r.shares::varchar as shares_rounding,
        coalesce(s.has_lines_between, false) or coalesce(s.has_unreadable, false) as may_have_more_lines,
        s.cost_is_part_of, coalesce(s.has_lines_above_operating_income, false) as has_lines_above_operating_income,
        b.sum_above::varchar as sum_above_operating_income, b.rounding_above::varchar as rounding_above_operating_income,
        exists (
            select 1 from fact_reported_value as v
            where v.filing_id = q.filing_id and v.period_end = q.period_end and v.is_restated
        ) as is_marked_restated,
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
    left join statements as s on s.filing_id = coalesce(q.kept_from, q.filing_id)
    left join roundings as r
        on r.filing_id = coalesce(q.kept_from, q.filing_id) and r.period_end = q.period_end and r.currency = q.currency
    left join above_operating_income as b
        on b.filing_id = coalesce(q.kept_from, q.filing_id) and b.period_end = q.period_end and b.currency = q.currency
            and q.basis <> 'derived'
    left join operand_roundings as o
        on o.company_id = q.company_id and o.fiscal_year = q.fiscal_year and o.fiscal_quarter = q.fiscal_quarter
            and o.vintage = q.vintage and o.currency = q.currency
    order by q.company_id, q.fiscal_year, q.fiscal_quarter, q.currency, q.vintage
"""

OPERATING_INCOME = "OperatingIncomeLoss"

OF_OPERATING_INCOME = frozenset(identity.name for identity in IDENTITIES if identity.total == OPERATING_INCOME)
"""Identities that a gain or a charge above operating income is a term of; held where that is known too."""

OPEN_ENDED = frozenset(
    identity.name
    for identity in IDENTITIES
    if identity.total != OPERATING_INCOME and (identity.with_parts or identity.less_if_printed or identity.unless)
)
"""Identities below operating income that a line the mart does not show could change; held where no such line is printed."""

BETWEEN_TOTALS = frozenset(identity.name for identity in IDENTITIES if identity.plus)
"""Identities between lines the mart has; a total and its parts are held together in staging, where the parts are."""

_ROUNDING_OF = {
    "EarningsPerShareBasic": "per_share_rounding",
    "EarningsPerShareDiluted": "per_share_rounding",
    "WeightedAverageSharesBasic": "shares_rounding",
    "WeightedAverageSharesDiluted": "shares_rounding",
}


def _arithmetic(source: FrameSource) -> pd.DataFrame:
    frame = source.query(ARITHMETIC)
    concepts = [name for name in frame.columns if name[0].isupper()]
    return frame_of(check for quarter in row_dicts(frame) for check in _check_quarter(quarter, concepts))


def _check_quarter(quarter: dict[str, Any], concepts: list[str]) -> Iterator[IdentityCheck]:
    """The identities of one row, between the figures it has. The rounding is that of the filing it was printed in."""
    lines = []
    for concept in concepts:
        rounding = quarter[_ROUNDING_OF.get(concept, "money_rounding")]
        if quarter[concept] is not None and rounding is not None:
            known = Amount(Decimal(quarter[concept]), Decimal(rounding))
            parent = quarter["cost_is_part_of"] if concept == "CostOfRevenue" else None
            lines.append(CheckedLine(concept, concept, concept, parent, known, None))
    above = amount(quarter["sum_above_operating_income"], quarter["rounding_above_operating_income"])
    if above is not None:
        lines.append(CheckedLine("above", "Gains and charges above it", None, OPERATING_INCOME, above, None))
    unknown = OF_OPERATING_INCOME if quarter["has_lines_above_operating_income"] and above is None else frozenset()
    when = f"Q{quarter['fiscal_quarter']} FY{quarter['fiscal_year']}, vintage {quarter['vintage']}, {quarter['basis']}"
    for check in check_lines(str(quarter["filing_id"]), INCOME, when, lines):
        is_open = check.identity in unknown or (quarter["may_have_more_lines"] and check.identity in OPEN_ENDED)
        if check.identity in BETWEEN_TOTALS and not is_open:
            yield check


QUARTERLY_ARITHMETIC = Suite(
    name="quarterly_arithmetic",
    stage="marts",
    table="fact_quarterly_results",
    description="Each quarter adds up between its own figures, printed or derived: income to net income, EPS x shares.",
    frame=_arithmetic,
    naming=("filing_id", "period", "identity", "formula", "residual", "tolerance"),
    expectations=(
        holds("adds_up", "identity", "The two sides of a sum meet within the rounding of the figures they came from."),
        holds(
            "per_share_closes", "identity", "Earnings per share x shares is the net income, within their rounding.", "warning"
        ),
    ),
)


def _derived_and_printed(source: FrameSource) -> pd.DataFrame:
    """Revenues and net income of each vintage and of the one before it, where one of the two was derived."""
    import pandas as pd  # noqa: PLC0415

    found = []
    for before, after in pairwise(row_dicts(source.query(ARITHMETIC))):
        if [before[name] for name in _QUARTER] == [after[name] for name in _QUARTER] and "derived" in (
            before["basis"],
            after["basis"],
        ):
            for concept in ("Revenues", "NetIncomeLoss"):
                terms = [
                    (1, amount(after[concept], after["money_rounding"])),
                    (-1, amount(before[concept], before["money_rounding"])),
                ]
                outcome = difference("vintages", terms)
                if outcome is not None:
                    agrees = outcome.closes or bool(after["is_marked_restated"])
                    found.append((*(after[name] for name in _VINTAGE), concept, before[concept], after[concept], agrees))
    return pd.DataFrame(found, columns=(*_VINTAGE, "concept", "before", "after", "agrees_or_is_marked"))


_QUARTER = ("company_id", "fiscal_year", "fiscal_quarter", "currency")
_VINTAGE = (*_QUARTER, "vintage", "basis", "filing_id")

DERIVED_AND_PRINTED = Suite(
    name="derived_and_printed",
    stage="marts",
    table="fact_quarterly_results",
    description="A quarter that was derived agrees with its other vintages. `comparatives` holds the printed ones together.",
    frame=_derived_and_printed,
    naming=(*_VINTAGE, "concept", "before", "after"),
    expectations=(
        holds(
            "agrees_or_is_marked",
            "company_id",
            "Revenues and net income are those of the vintage before, within rounding, or the filing marks them as restated.",
            "warning",
        ),
    ),
)

QUARTERS_REACH_THE_MART = Suite(
    name="quarters_reach_the_mart",
    stage="marts",
    table="fact_quarterly_results",
    description="No printed quarter is lost between staging and the mart.",
    frame=query("""
        with printed as (
            select
                filing_id, currency, period_end, bool_or(basis = 'gaap') as is_gaap,
                bool_or(unit = currency and value is not null) as states_money
            from staging.reported_values
            where statement = 'income_statement' and duration_months = 3
                and (basis = 'gaap' or (unit = currency and value is not null and period_end is not null))
            group by filing_id, currency, period_end
        ),

        quarters as (
            select
                coalesce(p.filing_id, l.filing_id) as filing_id, coalesce(p.period_end, l.period_end) as period_end,
                coalesce(p.currency, l.currency) as currency,
                coalesce(p.is_gaap, false) as is_gaap, coalesce(p.states_money, false) as states_money,
                l.filing_id is not null as is_left_out, l.reason
            from printed as p
            full join intermediate.int_quarters_left_out as l
                on l.filing_id = p.filing_id and l.period_end is not distinct from p.period_end and l.duration_months = 3
                    and l.currency = p.currency
        ),

        placed as (
            select
                f.filing_id, f.source, f.copy_of, q.* exclude (filing_id),
                exists (
                    select 1 from fact_quarterly_results as r
                    where r.filing_id = f.filing_id and r.period_end = q.period_end and r.currency = q.currency
                        and r.basis <> 'derived'
                ) as has_a_row
            from quarters as q
            inner join dim_filing as f using (filing_id)
        )

        select
            filing_id, source, currency, period_end::varchar as period_end, reason,
            not (states_money and period_end is not null and copy_of is null)
                or exists (select 1 from fact_quarterly_results) as mart_has_rows,
            not is_gaap or has_a_row <> is_left_out as has_a_row_or_a_reason,
            -- A copy of another filing of the same day reaches the mart as that one.
            has_a_row or copy_of is not null as has_its_quarter
        from placed
        order by filing_id, currency, period_end
    """),
    naming=("filing_id", "source", "currency", "period_end", "reason"),
    expectations=(
        whole("mart_has_rows", "filing_id", "Where any accepted filing prints a quarter, the mart has rows."),
        holds("has_a_row_or_a_reason", "filing_id", "Each quarter that an accepted filing prints has a row, or is left out."),
        holds("has_its_quarter", "filing_id", "Each quarter that an accepted filing prints has a row.", "warning"),
    ),
)

SUITES = (FACT_QUARTERLY_RESULTS, QUARTERLY_ARITHMETIC, DERIVED_AND_PRINTED, QUARTERS_REACH_THE_MART)
