with

compound_versions as (

    select
        compound_id as version_of,
        valid_from as begins_on,
        valid_to as ends_on,
        lead(valid_from) over (partition by compound_id order by valid_from) as next_begins_on
    from {{ ref('dim_compound') }}

),

quarter_versions as (

    select
        company_id || ' Q' || fiscal_quarter || ' FY' || fiscal_year as version_of,
        known_from as begins_on,
        known_to as ends_on,
        lead(known_from) over (partition by company_id, fiscal_year, fiscal_quarter order by vintage) as next_begins_on
    from {{ ref('fact_quarterly_results') }}

),

versions as (

    select * from compound_versions
    union all
    select * from quarter_versions

)

select *
from versions
where ends_on is distinct from next_begins_on or ends_on < begins_on
