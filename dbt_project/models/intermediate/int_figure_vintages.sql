with

figures as (

    select * from {{ ref('int_statement_figures') }}

),

fiscal_periods as (

    select * from {{ ref('int_fiscal_periods') }}

),

placed as (

    select
        figures.*,
        fiscal_periods.quarter_no,
        count(*) over (
            partition by
                figures.filing_id,
                figures.currency,
                figures.concept,
                fiscal_periods.quarter_no,
                figures.duration_months
        ) as dates_in_quarter
    from figures
    inner join fiscal_periods
        on
            figures.filing_id = fiscal_periods.filing_id
            and figures.period_end = fiscal_periods.period_end
    where figures.value is not null

),

-- A year of 52 or 53 weeks is called by the last day of the month in one release and by its own last day in the next: one
-- quarter of the fiscal calendar is one period. Without a calendar, or with two dates in one quarter, the date alone tells.
named as (

    select
        * exclude (dates_in_quarter),
        case
            when quarter_no is null or dates_in_quarter > 1 then period_end::varchar
            else 'quarter ' || quarter_no
        end as period_key
    from placed

),

with_the_one_before as (

    select
        *,
        lag(value_id) over by_time_known as previous_value_id,
        lag(filing_id) over by_time_known as previous_filing_id,
        lag(filing_no) over by_time_known as previous_filing_no,
        lag(known_from) over by_time_known as previous_known_from,
        lag(value) over by_time_known as previous_value,
        lag(rounding) over by_time_known as previous_rounding,
        lag(status) over by_time_known as previous_status
    from named
    window by_time_known as (
        partition by company_id, currency, concept, duration_months, period_key
        order by filing_no
    )

),

compared as (

    select
        *,
        coalesce(value != previous_value, false) as is_changed,
        coalesce(abs(value - previous_value) > (rounding + previous_rounding) / 2, false) as is_beyond_rounding
    from with_the_one_before

),

-- What is earned and what is owned. Where that is another, a change of any line of the column is no matter of rounding: a
-- figure of few digits, as earnings per share, hardly ever changes by more than its rounding.
with_the_bottom_line as (

    select
        *,
        bool_or(is_beyond_rounding) filter (
            where concept in ('NetIncomeLoss', 'Assets', 'StockholdersEquity') and previous_value_id is not null
        ) over (
            partition by filing_id, currency, statement, period_key, duration_months
        ) as is_bottom_line_revised
    from compared

)

select
    * exclude (is_beyond_rounding),
    is_changed and (is_beyond_rounding or coalesce(is_bottom_line_revised, false)) as is_revised
from with_the_bottom_line
