{{ config(severity='warn') }}

with

quarterly_results as (

    select * from {{ ref('int_quarterly_results') }}

),

reported_values as (

    select * from {{ ref('fact_reported_value') }}

),

restated_periods as (

    select distinct
        filing_id,
        period_end
    from reported_values
    where is_restated

),

with_vintage_before as (

    select
        company_id,
        filing_id,
        fiscal_year,
        fiscal_quarter,
        period_end,
        revenues - lag(revenues) over by_time_known as revenues_change,
        net_income - lag(net_income) over by_time_known as net_income_change,
        (amount_rounding + lag(amount_rounding) over by_time_known) / 2 as tolerance
    from quarterly_results
    window by_time_known as (partition by company_id, quarter_no order by filing_no)

)

select with_vintage_before.*
from with_vintage_before
left join restated_periods
    on
        with_vintage_before.filing_id = restated_periods.filing_id
        and with_vintage_before.period_end = restated_periods.period_end
where
    restated_periods.filing_id is null
    and greatest(abs(with_vintage_before.revenues_change), abs(with_vintage_before.net_income_change))
    > with_vintage_before.tolerance
