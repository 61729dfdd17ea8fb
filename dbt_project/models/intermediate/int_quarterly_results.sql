{%- set shared_columns = [
    'filing_id', 'company_id', 'filing_no', 'known_from', 'quarter_no', 'period_end', 'duration_months', 'currency', 'is_restated'
] + amount_columns() -%}
{%- set told_columns = shared_columns + per_share_columns() + [
    'amount_rounding', 'is_proven', 'added', 'subtracted', 'basis', 'kept_from'
] -%}

with

statement_periods as (

    select * from {{ ref('int_statement_periods') }}

),

derived_quarters as (

    select * from {{ ref('int_derived_quarters') }}

),

figures as (

    select * from {{ ref('int_known_figures') }}

),

fiscal_periods as (

    select * from {{ ref('int_fiscal_periods') }}

),

-- The exact figures that a printed quarter confirms: it prints coarser ones, and they agree.
confirmed as (

    select
        filing_id,
        currency,
        period_end,
        {%- for column in amount_columns() + per_share_columns() %}
        max(value) filter (where fact_column = '{{ column }}') as {{ column }},
        {%- endfor %}
        bool_and(is_proven) filter (where unit = currency) as is_proven
    from figures
    where statement = 'income_statement' and duration_months = 3 and is_confirmed
    group by filing_id, currency, period_end

),

printed as (

    select
        statement_periods.* replace (
            {%- for column in amount_columns() + per_share_columns() %}
            coalesce(confirmed.{{ column }}, statement_periods.{{ column }}) as {{ column }},
            {%- endfor %}
            statement_periods.is_proven and coalesce(confirmed.is_proven, true) as is_proven
        ),
        null::varchar[] as added,
        null::varchar[] as subtracted,
        case
            when statement_periods.quarter_no = statement_periods.own_quarter_no then 'reported' else 'comparative'
        end as basis,
        null::varchar as kept_from
    from statement_periods
    left join confirmed
        on
            statement_periods.filing_id = confirmed.filing_id
            and statement_periods.currency = confirmed.currency
            and statement_periods.period_end = confirmed.period_end
    where statement_periods.is_placed and statement_periods.duration_months = 3

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
        'derived' as basis,
        null::varchar as kept_from
    from derived_quarters
    where
        refusal is null
        and not exists (
            select 1
            from printed
            where
                printed.company_id = derived_quarters.company_id
                and printed.quarter_no = derived_quarters.quarter_no
                and printed.currency = derived_quarters.currency
                and printed.known_from <= derived_quarters.known_from
        )
        -- What coarser periods leave is no news where finer ones have left the quarter before.
        and not exists (
            select 1
            from derived_quarters as finer
            where
                finer.refusal is null
                and finer.company_id = derived_quarters.company_id
                and finer.quarter_no = derived_quarters.quarter_no
                and finer.currency = derived_quarters.currency
                and finer.filing_no < derived_quarters.filing_no
                and finer.amount_rounding < derived_quarters.amount_rounding
        )

),

told as (

    select
        {{ told_columns | join(',\n        ') }}
    from printed
    union all
    select
        {{ told_columns | join(',\n        ') }}
    from derived

),

-- Filings with a balance sheet and no income statement at all, as an amendment may be: the quarter at whose end it stands.
balance_sheets_alone as (

    select distinct
        figures.filing_id,
        figures.company_id,
        figures.filing_no,
        figures.known_from,
        figures.currency,
        figures.period_end,
        fiscal_periods.quarter_no
    from figures
    inner join fiscal_periods
        on
            figures.filing_id = fiscal_periods.filing_id
            and figures.period_end = fiscal_periods.period_end
    anti join statement_periods on figures.filing_id = statement_periods.filing_id
    where
        figures.statement = 'balance_sheet'
        and figures.fact_column is not null
        and figures.value is not null
        and fiscal_periods.quarter_no is not null
    qualify
        figures.period_end = max(figures.period_end) over (partition by figures.filing_id)

),

-- It corrects the balances of a quarter that was told before, and keeps the rest as it was known.
kept as (

    select
        told.* replace (
            balance_sheets_alone.filing_id as filing_id,
            balance_sheets_alone.filing_no as filing_no,
            balance_sheets_alone.known_from as known_from,
            told.filing_id as kept_from
        )
    from balance_sheets_alone
    inner join told
        on
            balance_sheets_alone.company_id = told.company_id
            and balance_sheets_alone.currency = told.currency
            and balance_sheets_alone.quarter_no = told.quarter_no
            and balance_sheets_alone.period_end = told.period_end
            and balance_sheets_alone.filing_no > told.filing_no
    qualify
        row_number() over (
            partition by balance_sheets_alone.filing_id, told.currency, told.quarter_no
            order by told.filing_no desc
        ) = 1

),

unioned as (

    select * from told
    union all
    select * from kept

)

select
    *,
    {{ fiscal_year_of('quarter_no') }} as fiscal_year,
    {{ fiscal_quarter_of('quarter_no') }} as fiscal_quarter
from unioned
