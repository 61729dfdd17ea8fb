{%- set single_columns = [
    'preferred_name', 'code_name', 'generic_name', 'brand_name', 'target', 'modality', 'payload', 'owner', 'text', 'source_line'
] -%}

with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

identities as (

    select * from {{ ref('int_compound_identities') }}

),

compounds as (

    select * from {{ ref('stg_compounds') }}

),

phases as (

    select * from {{ ref('phases') }}

),

identified as (

    select
        compounds.* replace (identities.compound_id as compound_id),
        phases.rank as phase_rank,
        compounds.compound_id as read_id,
        filings.company_id,
        filings.known_from
    from compounds
    inner join filings on compounds.filing_id = filings.filing_id
    inner join identities on compounds.compound_id = identities.read_id
    left join phases on compounds.phase = phases.phase
    where compounds.role = 'pipeline'

),

-- A filing that uses two names and links them nowhere is read as two; what stands first in it speaks, lists and phases add up.
one_a_filing as (

    select
        filing_id,
        company_id,
        known_from,
        compound_id,
        {%- for column in single_columns %}
        first({{ column }} order by source_line, read_id) filter ({{ column }} is not null) as {{ column }},
        {%- endfor %}
        nullif(list_sort(list_distinct(flatten(list(partners) filter (partners is not null)))), []) as partners,
        nullif(list_sort(list_distinct(flatten(list(indications) filter (indications is not null)))), []) as indications,
        arg_max(phase, phase_rank) as phase,
        case
            when bool_or(status = 'discontinued') then 'discontinued'
            else min(status)
        end as status
    from identified
    group by filing_id, company_id, known_from, compound_id

)

select * from one_a_filing
