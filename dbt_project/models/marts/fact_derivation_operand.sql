with

operands as (

    select * from {{ ref('int_derivation_operands') }}

),

quarterly_results as (

    select * from {{ ref('fact_quarterly_results') }}

),

derived as (

    select
        *,
        fiscal_year * 4 + fiscal_quarter - 1 as quarter_no
    from quarterly_results
    where basis = 'derived'

),

final as (

    select
        derived.company_id,
        derived.fiscal_year,
        derived.fiscal_quarter,
        derived.vintage,
        operands.fact_column,
        operands.derived_value,
        operands.weight,
        operands.value_id,
        operands.operand_filing_id,
        operands.period_end,
        operands.duration_months,
        operands.value,
        operands.is_restated,
        operands.known_from,
        derived.filing_id,
        derived.currency
    from operands
    inner join derived
        on
            operands.filing_id = derived.filing_id
            and operands.quarter_no = derived.quarter_no
            and operands.currency = derived.currency
    where operands.value_id is not null

)

select * from final
order by company_id, fiscal_year, fiscal_quarter, currency, vintage, fact_column, weight, value_id
