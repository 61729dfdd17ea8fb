with

quarterly_results as (

    select * from {{ ref('fact_quarterly_results') }}
    where basis = 'derived'

),

operands as (

    select * from {{ ref('fact_derivation_operand') }}

),

figures as (
    {% for column in amount_columns() %}
    select
        company_id,
        fiscal_year,
        fiscal_quarter,
        vintage,
        known_from,
        '{{ column }}' as fact_column,
        {{ column }} as derived_value
    from quarterly_results
    where {{ column }} is not null
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}

),

summed as (

    select
        company_id,
        fiscal_year,
        fiscal_quarter,
        vintage,
        fact_column,
        sum(weight * value) as operands_sum,
        bool_and(value is not null) as is_complete,
        bool_or(is_restated) as has_restated,
        bool_and(is_restated) as has_only_restated,
        max(known_from) as known_from
    from operands
    group by company_id, fiscal_year, fiscal_quarter, vintage, fact_column

)

select
    figures.*,
    summed.operands_sum,
    summed.known_from as operands_known_from
from figures
left join summed
    on
        figures.company_id = summed.company_id
        and figures.fiscal_year = summed.fiscal_year
        and figures.fiscal_quarter = summed.fiscal_quarter
        and figures.vintage = summed.vintage
        and figures.fact_column = summed.fact_column
where
    summed.operands_sum is distinct from figures.derived_value
    or not summed.is_complete
    or summed.known_from is distinct from figures.known_from
    or summed.has_restated != summed.has_only_restated
