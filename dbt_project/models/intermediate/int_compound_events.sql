with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

identities as (

    select * from {{ ref('int_compound_identities') }}

),

compound_events as (

    select * from {{ ref('stg_compound_events') }}

)

select
    compound_events.* replace (identities.compound_id as compound_id),
    filings.known_from
from compound_events
inner join filings on compound_events.filing_id = filings.filing_id
inner join identities on compound_events.compound_id = identities.read_id
