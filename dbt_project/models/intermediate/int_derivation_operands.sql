with

derived_quarters as (

    select * from {{ ref('int_quarterly_results') }}
    where basis = 'derived'

),

figures as (

    select * from {{ ref('int_statement_figures') }}
    where statement = 'income_statement' and fact_column is not null

),

terms as (

    select
        filing_id,
        quarter_no,
        currency,
        unnest(added) as span,
        1 as weight
    from derived_quarters
    union all
    select
        filing_id,
        quarter_no,
        currency,
        unnest(subtracted) as span,
        -1 as weight
    from derived_quarters

),

columns_derived as (
    {% for column in amount_columns() %}
    select
        filing_id,
        quarter_no,
        currency,
        '{{ column }}' as fact_column,
        {{ column }} as derived_value
    from derived_quarters
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}

),

printed as (

    select
        *,
        {{ span_of('filing_id', 'period_end', 'duration_months') }} as span
    from figures

)

select
    terms.filing_id,
    terms.quarter_no,
    terms.currency,
    columns_derived.fact_column,
    columns_derived.derived_value,
    terms.span,
    terms.weight,
    printed.filing_id as operand_filing_id,
    printed.period_end,
    printed.duration_months,
    printed.value_id,
    printed.value,
    printed.known_from,
    printed.is_restated
from terms
inner join columns_derived
    on
        terms.filing_id = columns_derived.filing_id
        and terms.quarter_no = columns_derived.quarter_no
        and terms.currency = columns_derived.currency
left join printed
    on
        terms.span = printed.span
        and terms.currency = printed.currency
        and columns_derived.fact_column = printed.fact_column
