with

quarterly_results as (

    select * from {{ ref('fact_quarterly_results') }}

),

reported_values as (

    select * from {{ ref('fact_reported_value') }}

),

concepts as (

    select * from {{ ref('dim_concept') }}

),

figures as (
    {% for column in amount_columns() + per_share_columns() + balance_columns() %}
    select
        filing_id,
        period_end,
        basis,
        '{{ column }}' as fact_column,
        {{ column }} as amount
    from quarterly_results
    where {{ column }} is not null
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}

)

select figures.*
from figures
left join concepts on figures.fact_column = concepts.fact_column
where
    (figures.basis != 'derived' or concepts.period_type = 'instant')
    and not exists (
        select 1
        from reported_values
        where
            reported_values.filing_id = figures.filing_id
            and reported_values.concept = concepts.concept
            and reported_values.period_end = figures.period_end
            and reported_values.duration_months = case concepts.period_type when 'instant' then 0 else 3 end
            and reported_values.value = figures.amount
    )
