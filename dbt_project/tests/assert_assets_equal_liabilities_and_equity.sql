with

reported_values as (

    select * from {{ ref('stg_reported_values') }}

),

filings as (

    select * from {{ ref('dim_filing') }}

),

totals as (

    select
        reported_values.filing_id,
        reported_values.table_no,
        reported_values.column_no,
        reported_values.period_end,
        max(reported_values.value) filter (where reported_values.concept = 'Assets') as assets,
        max(reported_values.value) filter (
            where reported_values.concept = 'LiabilitiesAndStockholdersEquity'
        ) as liabilities_and_equity,
        sum(reported_values.rounding) / 2 as tolerance
    from reported_values
    inner join filings on reported_values.filing_id = filings.filing_id
    where
        reported_values.statement = 'balance_sheet'
        and reported_values.concept in ('Assets', 'LiabilitiesAndStockholdersEquity')
    group by
        reported_values.filing_id,
        reported_values.table_no,
        reported_values.column_no,
        reported_values.period_end

)

select *
from totals
where abs(assets - liabilities_and_equity) > tolerance
