with

quarterly_results as (

    select * from {{ ref('int_quarterly_results') }}

),

residuals as (

    select
        filing_id,
        fiscal_year,
        fiscal_quarter,
        basis,
        coalesce(gross_profit, revenues) - operating_expenses - operating_income as residual,
        3 * amount_rounding / 2 as tolerance
    from quarterly_results

)

select *
from residuals
where abs(residual) > tolerance
