with

quarterly_results as (

    select * from {{ ref('fact_quarterly_results') }}

),

reported_values as (

    select * from {{ ref('fact_reported_value') }}

),

dated as (

    select
        filing_id,
        period_end,
        known_from
    from quarterly_results
    union all
    select
        filing_id,
        period_end,
        known_from
    from reported_values

)

select * from dated
where period_end > known_from
