with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

compound_events as (

    select * from {{ ref('stg_compound_events') }}

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
        compound_events.source_line
    from compound_events
    inner join filings on compound_events.filing_id = filings.filing_id
    inner join pipeline_compounds on compound_events.compound_id = pipeline_compounds.compound_id
    order by compound_events.compound_id, filings.known_from, compound_events.filing_id, compound_events.event_id

)

select * from final
