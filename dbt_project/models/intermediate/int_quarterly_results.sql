{%- set shared_columns = [
    'filing_id', 'company_id', 'filing_no', 'known_from', 'quarter_no', 'period_end', 'duration_months', 'is_restated'
] + amount_columns() -%}

with

statement_periods as (

    select * from {{ ref('int_statement_periods') }}

),

derived_quarters as (

    select * from {{ ref('int_derived_quarters') }}

),

printed as (

    select
        {{ shared_columns | join(',\n        ') }},
        {{ per_share_columns() | join(',\n        ') }},
        amount_rounding,
        is_proven,
        null::varchar[] as added,
        null::varchar[] as subtracted,
        case when quarter_no = own_quarter_no then 'reported' else 'comparative' end as basis
    from statement_periods
    where is_placed and duration_months = 3

),

-- Per-share figures and average shares do not subtract.
derived as (

    select
        {{ shared_columns | join(',\n        ') }},
        {%- for column in per_share_columns() %}
        null::decimal(22, 4) as {{ column }},
        {%- endfor %}
        amount_rounding,
        is_proven,
        added,
        subtracted,
        'derived' as basis
    from derived_quarters
    where
        refusal is null
        and not exists (
            select 1
            from printed
            where
                printed.company_id = derived_quarters.company_id
                and printed.quarter_no = derived_quarters.quarter_no
                and printed.known_from <= derived_quarters.known_from
        )

),

unioned as (

    select * from printed
    union all
    select * from derived

)

select
    *,
    {{ fiscal_year_of('quarter_no') }} as fiscal_year,
    {{ fiscal_quarter_of('quarter_no') }} as fiscal_quarter
from unioned
