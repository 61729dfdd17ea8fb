with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

compound_names as (

    select * from {{ ref('stg_compound_names') }}

),

pipeline_compounds as (

    select compound_id
    from {{ ref('dim_compound') }}
    where is_current

),

final as (

    select
        compound_names.compound_id,
        compound_names.name,
        compound_names.kind,
        compound_names.is_stated,
        compound_names.evidence,
        compound_names.filing_id,
        compound_names.source_line
    from compound_names
    inner join filings on compound_names.filing_id = filings.filing_id
    inner join pipeline_compounds on compound_names.compound_id = pipeline_compounds.compound_id
    order by
        compound_names.compound_id,
        filings.known_from,
        compound_names.filing_id,
        compound_names.name,
        compound_names.source_line

)

select * from final
