"""fact_reported_value, fact_figure_reconciliation, fact_guidance, fact_compound_event: nothing lost, nothing changed.

Belongs here: facts held against the staging rows they come from, and against what other filings told. Does not belong here:
the quarterly results and what is derived from them (`quarterly_results.py`, `restatements.py`).
"""

from __future__ import annotations

from expectations.suite import Suite, holds, query, whole

FACT_REPORTED_VALUE = Suite(
    name="fact_reported_value",
    stage="marts",
    table="fact_reported_value",
    description="The mart has each value of each accepted filing, once, as it was staged, and no other.",
    frame=query("""
        with accepted as (
            select v.*
            from staging.reported_values as v
            inner join dim_filing as f using (filing_id)
        )

        select
            coalesce(m.value_id, s.value_id) as value_id, coalesce(m.filing_id, s.filing_id) as filing_id,
            case when m.value_id is null then s.statement else m.statement end as statement,
            case when m.value_id is null then s.label else m.label end as label,
            case when m.value_id is null then s.status else m.status end as status,
            case when m.value_id is null then s.source_line else m.source_line end as source_line,
            m.value::varchar as value, s.value::varchar as staged_value,
            m.value_id is not null as is_in_the_mart,
            s.value_id is not null as is_staged,
            m.value_id is null or s.value_id is null
                or (m.value, m.unit, m.currency, m.basis, m.entity, m.statement, m.concept, m.duration_months, m.status,
                    m.proof_count, m.raw_text)
                is not distinct from
                (s.value, s.unit, s.currency, s.basis, s.entity, s.statement, s.concept, s.duration_months, s.status,
                    s.proof_count, s.raw_text)
                and m.source_line is not distinct from s.source_line
                as cell_is_as_staged,
            m.value_id is null or coalesce(m.is_proven = (m.proof_count >= 1), false) as is_proven_iff_proof,
            m.value_id is null or coalesce(m.period_end <= m.known_from, true) as has_ended_when_known
        from fact_reported_value as m
        full join accepted as s on s.value_id = m.value_id
        order by 2, 1
    """),
    naming=("value_id", "filing_id", "statement", "label", "value", "staged_value", "status", "source_line"),
    required_rows=1,
    expectations=(
        whole("is_in_the_mart", "value_id", "Each value of a filing of dim_filing is in the mart."),
        whole("is_staged", "value_id", "Each value of the mart is a staged one of a filing of dim_filing."),
        whole("cell_is_as_staged", "value_id", "The cell is as staged: its value to the last digit, its status, its place."),
        whole("is_proven_iff_proof", "value_id", "A value is proven exactly where it has a proof."),
        holds("has_ended_when_known", "value_id", "The period of a value has ended by the day it is known."),
    ),
)

FACT_FIGURE_RECONCILIATION = Suite(
    name="fact_figure_reconciliation",
    stage="marts",
    table="fact_figure_reconciliation",
    description="Every figure told in prose is accounted for.",
    frame=query("""
        with in_mart as (
            select filing_id, count(*) as figures from fact_figure_reconciliation group by filing_id
        ),

        staged as (
            select g.filing_id, count(*) as staged_figures
            from staging.figures as g
            inner join dim_filing as f using (filing_id)
            group by g.filing_id
        )

        select filing_id, figures, staged_figures, figures is not distinct from staged_figures as all_figures_are_there
        from in_mart
        full join staged using (filing_id)
        order by filing_id
    """),
    naming=("filing_id", "figures", "staged_figures"),
    expectations=(whole("all_figures_are_there", "filing_id", "The mart has as many figures of a filing as were staged."),),
)

FACT_GUIDANCE = Suite(
    name="fact_guidance",
    stage="marts",
    table="fact_guidance",
    description="What a filing says was the guidance before was.",
    frame=query("""
        select
            g.filing_id, g.metric, g.fiscal_period, g.low::varchar as low, g.high::varchar as high,
            g.previous_low::varchar as previous_low, g.previous_high::varchar as previous_high, g.source_line,
            lag(g.filing_id) over by_time is null or coalesce(g.previous_low, g.previous_high) is null
                or (g.previous_low is not distinct from lag(g.low) over by_time
                    and g.previous_high is not distinct from lag(g.high) over by_time) as previous_is_the_last_given
        from fact_guidance as g
        left join dim_filing as f using (filing_id)
        window by_time as (
            partition by g.company_id, g.metric, g.fiscal_period, g.unit order by f.known_from, g.filing_id
        )
        order by g.company_id, g.metric, g.fiscal_period, f.known_from, g.filing_id
    """),
    naming=("filing_id", "metric", "fiscal_period", "low", "high", "previous_low", "previous_high", "source_line"),
    expectations=(
        holds(
            "previous_is_the_last_given",
            "filing_id",
            "The previous guidance a filing names is the last one given before it.",
            "warning",
        ),
    ),
)

FACT_COMPOUND_EVENT = Suite(
    name="fact_compound_event",
    stage="marts",
    table="fact_compound_event",
    description="What became of an expected event was told later, of the same compound, and is called met only if in time.",
    frame=query("""
        select
            e.compound_id, e.filing_id, e.event_type, e.outcome, e.outcome_event_id, e.source_line,
            o.event_id is null or (o.compound_id = e.compound_id and told.known_from > f.known_from) as outcome_was_told_later,
            coalesce(e.outcome <> 'met' or o.event_date <= e.expected_to, true) as met_is_in_time
        from fact_compound_event as e
        left join fact_compound_event as o on o.event_id = e.outcome_event_id
        left join dim_filing as f on f.filing_id = e.filing_id
        left join dim_filing as told on told.filing_id = o.filing_id
        order by e.compound_id, e.filing_id, e.source_line, e.event_type
    """),
    naming=("compound_id", "filing_id", "event_type", "outcome", "outcome_event_id", "source_line"),
    expectations=(
        holds("outcome_was_told_later", "filing_id", "A later filing told the outcome, of the same compound."),
        holds("met_is_in_time", "filing_id", "What is met came no later than expected."),
    ),
)

SUITES = (FACT_REPORTED_VALUE, FACT_FIGURE_RECONCILIATION, FACT_GUIDANCE, FACT_COMPOUND_EVENT)
