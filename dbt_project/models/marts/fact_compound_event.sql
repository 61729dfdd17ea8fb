with

compound_events as (

    select * from {{ ref('int_compound_events') }}

),

outcomes as (

    select * from {{ ref('int_compound_event_outcomes') }}

),

pipeline_compounds as (

    select compound_id
    from {{ ref('dim_compound') }}
    where is_current

),

final as (

    select
        compound_events.compound_id,
        compound_events.filing_id,
        compound_events.event_type,
        compound_events.event_date,
        compound_events.expected_period,
        compound_events.indication,
        compound_events.trial,
        compound_events.text,
        compound_events.source_line,
        compound_events.event_id,
        compound_events.expected_from,
        compound_events.expected_to,
        compound_events.meeting,
        outcomes.outcome,
        outcomes.outcome_event_id
    from compound_events
    inner join pipeline_compounds on compound_events.compound_id = pipeline_compounds.compound_id
    left join outcomes on compound_events.event_id = outcomes.event_id
    order by
        compound_events.compound_id,
        compound_events.known_from,
        compound_events.filing_id,
        compound_events.event_id

)

select * from final
