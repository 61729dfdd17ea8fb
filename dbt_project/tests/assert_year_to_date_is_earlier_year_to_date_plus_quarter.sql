{{ config(severity='warn') }}

with

statement_periods as (

    select * from {{ ref('int_statement_periods') }}
    where is_placed

),

residuals as (

    select
        whole.filing_id,
        earlier.filing_id as earlier_filing_id,
        whole.period_end,
        whole.duration_months,
        whole.revenues - earlier.revenues - latest.revenues as revenues_residual,
        whole.net_income - earlier.net_income - latest.net_income as net_income_residual,
        (whole.amount_rounding + earlier.amount_rounding + latest.amount_rounding) / 2 as tolerance
    from statement_periods as whole
    inner join statement_periods as latest
        on
            whole.filing_id = latest.filing_id
            and whole.period_end = latest.period_end
            and latest.duration_months = 3
    inner join statement_periods as earlier
        on
            whole.company_id = earlier.company_id
            and whole.own_fiscal_year = earlier.own_fiscal_year
            and whole.quarter_no = earlier.quarter_no + 1
            and whole.duration_months = earlier.duration_months + 3
            and whole.filing_no > earlier.filing_no

)

select *
from residuals
where greatest(abs(revenues_residual), abs(net_income_residual)) > tolerance
