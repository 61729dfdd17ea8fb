"""fact_reported_value, fact_figure_reconciliation, fact_guidance, fact_compound_event: nothing lost, nothing changed."""

from __future__ import annotations

from expectations import words
from expectations.suite import Suite, holds, in_set, not_null, query, unique

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
            m.value::varchar as value, s.value::varchar as staged_value, m.proof_count, m.is_proven,
            m.value_id is not null as is_in_the_mart,
            s.value_id is not null as is_staged,
            m.value_id is null or s.value_id is null or m.value is not distinct from s.value as value_is_as_staged,
            m.value_id is null or coalesce(m.is_proven = (m.proof_count >= 1), false) as is_proven_iff_proof,
            m.value_id is null or coalesce((m.status = 'unreadable') = (m.value is null), false) as value_fits_status,
            m.value_id is null or m.status not in ('implied', 'repaired') or coalesce(m.proof_count >= 1, false)
                as inferred_is_proven,
            m.value_id is null or m.status <> 'as_read' or m.source_line is not null as as_read_has_its_line,
            m.value_id is null or m.known_from is not null as known_from_is_there,
            m.value_id is null or coalesce(m.period_end <= m.known_from, true) as has_ended_when_known
        from fact_reported_value as m
        full join accepted as s on s.value_id = m.value_id
        order by 2, 1
    """),
    naming=("value_id", "filing_id", "statement", "label", "value", "staged_value", "status", "source_line"),
    required_rows=1,
    expectations=(
        not_null("value_id"),
        unique("value_id"),
        not_null("statement"),
        in_set("statement", words.STATEMENTS),
        in_set("status", words.VALUE_STATUSES),
        holds("is_in_the_mart", "value_id", "Each value of a filing of dim_filing is in the mart."),
        holds("is_staged", "value_id", "Each value of the mart is a staged one of a filing of dim_filing."),
        holds("value_is_as_staged", "value_id", "The value is the staged one to the last digit."),
        holds("is_proven_iff_proof", "value_id", "A value is proven exactly where it has a proof."),
        holds("value_fits_status", "value_id", "A value is NULL exactly where its status is unreadable."),
        holds("inferred_is_proven", "value_id", "An implied or repaired value has an independent proof.", "warning"),
        holds("as_read_has_its_line", "value_id", "A value read as it stands has its line."),
        holds("known_from_is_there", "value_id", "A value says since when it is known."),
        holds("has_ended_when_known", "value_id", "The period of a value has ended by the day it is known."),
    ),
)

FACT_FIGURE_RECONCILIATION = Suite(
    name="fact_figure_reconciliation",
    stage="marts",
    table="fact_figure_reconciliation",
    description="Every figure told in prose is accounted for, and a match leads to its cell.",
    frame=query("""
        with in_mart as (
            select filing_id, count(*) as figures from fact_figure_reconciliation group by filing_id
        ),

        staged as (
            select g.filing_id, count(*) as figures
            from staging.figures as g
            inner join dim_filing as f using (filing_id)
            group by g.filing_id
        )

        select
            coalesce(r.filing_id, s.filing_id) as filing_id, r.metric, r.value::varchar as value, r.unit, r.outcome,
            r.value_id, r.source_line, r.text,
            r.filing_id is null or r.outcome is not null as outcome_is_there,
            r.filing_id is null or r.source_line is not null as source_line_is_there,
            r.filing_id is null or r.outcome <> 'match' or v.value_id is not null as match_leads_to_its_cell,
            m.figures is not distinct from s.figures as all_figures_are_there
        from fact_figure_reconciliation as r
        full join staged as s on s.filing_id = r.filing_id
        left join in_mart as m on m.filing_id = coalesce(r.filing_id, s.filing_id)
        left join fact_reported_value as v on v.value_id = r.value_id
        order by 1, r.source_line, r.metric, r.value
    """),
    naming=("filing_id", "metric", "value", "unit", "outcome", "value_id", "source_line", "text"),
    expectations=(
        in_set("outcome", words.FIGURE_OUTCOMES),
        holds("outcome_is_there", "filing_id", "Every figure says what came of holding it against the statement."),
        holds("source_line_is_there", "filing_id", "Every figure has its line."),
        holds("match_leads_to_its_cell", "filing_id", "A match leads to a cell of fact_reported_value."),
        holds("all_figures_are_there", "filing_id", "The mart has as many figures of a filing as were staged."),
    ),
)

FACT_GUIDANCE = Suite(
    name="fact_guidance",
    stage="marts",
    table="fact_guidance",
    description="Guidance has its bounds in order, and what it says was the guidance before was.",
    frame=query("""
        with dated as (
            select g.*, f.known_from
            from fact_guidance as g
            left join dim_filing as f using (filing_id)
        )

        select
            filing_id, company_id, metric, fiscal_period, low::varchar as low, high::varchar as high,
            previous_low::varchar as previous_low, previous_high::varchar as previous_high, action, source_line,
            known_from is not null as filing_is_there,
            low is not null or high is not null as has_a_bound,
            coalesce(low <= high, true) as low_not_above_high,
            coalesce(previous_low <= previous_high, true) as previous_low_not_above_high,
            lag(filing_id) over by_time is null or coalesce(previous_low, previous_high) is null
                or (previous_low is not distinct from lag(low) over by_time
                    and previous_high is not distinct from lag(high) over by_time) as previous_is_the_last_given
        from dated
        window by_time as (partition by company_id, metric, fiscal_period, unit order by known_from, filing_id)
        order by company_id, metric, fiscal_period, known_from, filing_id
    """),
    naming=("filing_id", "metric", "fiscal_period", "low", "high", "previous_low", "previous_high", "source_line"),
    expectations=(
        not_null("metric"),
        not_null("fiscal_period"),
        not_null("source_line"),
        unique("filing_id", "metric", "fiscal_period"),
        in_set("action", words.GUIDANCE_ACTIONS),
        holds("filing_is_there", "filing_id", "Guidance is that of a filing that is there."),
        holds("has_a_bound", "filing_id", "Guidance has a low or a high."),
        holds("low_not_above_high", "filing_id", "Low is not above high."),
        holds("previous_low_not_above_high", "filing_id", "The previous low is not above the previous high."),
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
    description="An event is one of a compound that is there, and has its line; what became of it was told later.",
    frame=query("""
        select
            e.compound_id, e.filing_id, e.event_id, e.event_type, e.event_date::varchar as event_date, e.expected_period,
            e.outcome, e.outcome_event_id, e.source_line,
            d.compound_id is not null as compound_is_there,
            (e.outcome is not null) = ends_with(e.event_type, '_expected') as outcome_is_of_an_expectation,
            coalesce(e.outcome, 'open') = 'open' or o.event_id is not null as outcome_leads_to_its_event,
            o.event_id is null or (o.compound_id = e.compound_id and told.known_from > f.known_from) as outcome_was_told_later,
            coalesce(e.outcome <> 'met' or o.event_date <= e.expected_to, true) as met_is_in_time
        from fact_compound_event as e
        left join (select distinct compound_id from dim_compound) as d using (compound_id)
        left join fact_compound_event as o on o.event_id = e.outcome_event_id
        left join dim_filing as f on f.filing_id = e.filing_id
        left join dim_filing as told on told.filing_id = o.filing_id
        order by e.compound_id, e.filing_id, e.source_line, e.event_type
    """),
    naming=("compound_id", "filing_id", "event_type", "outcome", "outcome_event_id", "source_line"),
    expectations=(
        not_null("event_type"),
        not_null("filing_id"),
        not_null("source_line"),
        unique("event_id"),
        in_set("outcome", words.EVENT_OUTCOMES),
        holds("compound_is_there", "filing_id", "An event is one of a compound of dim_compound."),
        holds("outcome_is_of_an_expectation", "filing_id", "Every expectation has an outcome, and nothing else has."),
        holds("outcome_leads_to_its_event", "filing_id", "An outcome that is not open leads to the event that shows it."),
        holds("outcome_was_told_later", "filing_id", "A later filing told the outcome, of the same compound."),
        holds("met_is_in_time", "filing_id", "What is met came no later than expected."),
    ),
)

SUITES = (FACT_REPORTED_VALUE, FACT_FIGURE_RECONCILIATION, FACT_GUIDANCE, FACT_COMPOUND_EVENT)
