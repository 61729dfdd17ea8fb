with

named as (

    select * from {{ ref('int_compounds') }}

),

pipeline_updates as (

    select distinct
        company_id,
        filing_id,
        known_from
    from named

),

first_namings as (

    select
        compound_id,
        company_id,
        min((known_from, filing_id)) as first_naming
    from named
    group by compound_id, company_id

),

-- Every pipeline update of a company after it first named the compound, whether or not it names the compound again.
observed as (

    select
        first_namings.compound_id,
        pipeline_updates.company_id,
        pipeline_updates.filing_id,
        pipeline_updates.known_from,
        named.filing_id is not null as is_named,
        named.preferred_name,
        named.code_name,
        named.generic_name,
        named.brand_name,
        named.target,
        named.modality,
        named.owner,
        named.partners,
        named.phase,
        named.status,
        named.indications
    from first_namings
    inner join pipeline_updates
        on
            first_namings.company_id = pipeline_updates.company_id
            and (pipeline_updates.known_from, pipeline_updates.filing_id) >= first_namings.first_naming
    left join named
        on
            first_namings.compound_id = named.compound_id
            and pipeline_updates.filing_id = named.filing_id

),

with_last_namer as (

    select
        *,
        last_value(case when is_named then company_id end ignore nulls) over (
            partition by compound_id
            order by known_from, filing_id
            rows between unbounded preceding and current row
        ) as last_named_by
    from observed

)

-- Silence counts only from the company that spoke of the compound last.
select * exclude (last_named_by)
from with_last_namer
where is_named or company_id = last_named_by
