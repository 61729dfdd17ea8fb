with

reported_values as (

    select * from {{ ref('stg_reported_values') }}

),

quarterly_results as (

    select * from {{ ref('fact_quarterly_results') }}

),

filings as (

    select * from {{ ref('dim_filing') }}

),

left_out as (

    select * from {{ ref('int_quarters_left_out') }}

),

printed_quarters as (

    select distinct
        reported_values.filing_id,
        reported_values.period_end
    from reported_values
    inner join filings on reported_values.filing_id = filings.filing_id
    where
        reported_values.statement = 'income_statement'
        and reported_values.is_gaap
        and reported_values.duration_months = 3

)

select printed_quarters.*
from printed_quarters
left join quarterly_results
    on
        printed_quarters.filing_id = quarterly_results.filing_id
        and printed_quarters.period_end = quarterly_results.period_end
        and quarterly_results.basis != 'derived'
left join left_out
    on
        printed_quarters.filing_id = left_out.filing_id
        and printed_quarters.period_end is not distinct from left_out.period_end
        and left_out.duration_months = 3
where (quarterly_results.filing_id is null) = (left_out.filing_id is null)
