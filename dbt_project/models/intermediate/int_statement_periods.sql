with

figures as (

    select * from {{ ref('int_statement_figures') }}

),

fiscal_periods as (

    select * from {{ ref('int_fiscal_periods') }}

),

pivoted as (

    select
        filing_id,
        company_id,
        filing_no,
        known_from,
        currency,
        period_end,
        duration_months,
        {%- for column in amount_columns() + per_share_columns() %}
        max(value) filter (where fact_column = '{{ column }}') as {{ column }},
        {%- endfor %}
        max(rounding) filter (where unit = currency and value is not null) as amount_rounding,
        bool_and(is_proven) filter (where unit = currency and value is not null) as is_proven,
        bool_or(is_restated) as is_restated
    from figures
    where statement = 'income_statement' and fact_column is not null
    group by filing_id, company_id, filing_no, known_from, currency, period_end, duration_months
    having count(value) filter (where unit = currency) > 0

),

placed as (

    select
        pivoted.*,
        fiscal_periods.quarter_no,
        fiscal_periods.own_quarter_no,
        fiscal_periods.own_fiscal_year
    from pivoted
    inner join fiscal_periods
        on
            pivoted.filing_id = fiscal_periods.filing_id
            and pivoted.period_end = fiscal_periods.period_end

),

-- Two dates of one filing that fall into one fiscal quarter: one of them is misread, and nothing says which.
counted as (

    select
        *,
        count(*) over (partition by filing_id, currency, quarter_no, duration_months) as periods_in_quarter
    from placed

)

select
    *,
    quarter_no is not null and periods_in_quarter = 1 as is_placed
from counted
