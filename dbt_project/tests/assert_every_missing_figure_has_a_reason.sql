with

quarterly_results as (

    select * from {{ ref('fact_quarterly_results') }}

),

gaps as (

    select * from {{ ref('fact_quarterly_gap') }}
    where vintage is not null

),

missing_figures as (
    {% for column in amount_columns() + per_share_columns() + balance_columns() %}
    select
        company_id,
        fiscal_year,
        fiscal_quarter,
        vintage,
        '{{ column }}' as fact_column
    from quarterly_results
    where {{ column }} is null
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}

)

select
    coalesce(missing_figures.company_id, gaps.company_id) as company_id,
    coalesce(missing_figures.fiscal_year, gaps.fiscal_year) as fiscal_year,
    coalesce(missing_figures.fiscal_quarter, gaps.fiscal_quarter) as fiscal_quarter,
    coalesce(missing_figures.vintage, gaps.vintage) as vintage,
    coalesce(missing_figures.fact_column, gaps.fact_column) as fact_column,
    gaps.reason_code
from missing_figures
full outer join gaps
    on
        missing_figures.company_id = gaps.company_id
        and missing_figures.fiscal_year = gaps.fiscal_year
        and missing_figures.fiscal_quarter = gaps.fiscal_quarter
        and missing_figures.vintage = gaps.vintage
        and missing_figures.fact_column = gaps.fact_column
where missing_figures.company_id is null or gaps.company_id is null
