with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

compound_names as (

    select * from {{ ref('stg_compound_names') }}

),

identities as (

    select * from {{ ref('int_compound_identities') }}

),

pipeline_compounds as (

    select compound_id
    from {{ ref('dim_compound') }}
    where is_current

),

final as (

    select
        identities.compound_id,
        compound_names.name,
        compound_names.kind,
        compound_names.is_stated,
        compound_names.evidence,
        compound_names.filing_id,
        compound_names.source_line
    from compound_names
    inner join filings on compound_names.filing_id = filings.filing_id
    inner join identities on compound_names.compound_id = identities.read_id
    inner join pipeline_compounds on identities.compound_id = pipeline_compounds.compound_id
    -- Two ids of one compound may each have the name: the row that a filing states, then the first, stands for both.
    qualify
        row_number() over (
            partition by compound_names.filing_id, identities.compound_id, compound_names.name
            order by compound_names.is_stated desc, compound_names.source_line asc, compound_names.compound_id asc
        ) = 1
    order by
        identities.compound_id,
        filings.known_from,
        compound_names.filing_id,
        compound_names.name,
        compound_names.source_line

)

select * from final
