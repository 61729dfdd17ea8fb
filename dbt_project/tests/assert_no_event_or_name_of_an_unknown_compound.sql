with

mentions as (

    select
        filing_id,
        compound_id,
        'event' as mention
    from {{ ref('stg_compound_events') }}
    union all
    select
        filing_id,
        compound_id,
        'name' as mention
    from {{ ref('stg_compound_names') }}

),

compounds as (

    select distinct compound_id from {{ ref('stg_compounds') }}

)

select mentions.*
from mentions
left join compounds on mentions.compound_id = compounds.compound_id
where compounds.compound_id is null
