with

quarterly_results as (

    select * from {{ ref('int_quarterly_results') }}

),

figures as (

    select * from {{ ref('int_known_figures') }}
    where fact_column is not null

),

operands as (

    select * from {{ ref('int_derivation_operands') }}

),

amounts as (
    {% for column in amount_columns() + per_share_columns() %}
    select
        filing_id,
        company_id,
        filing_no,
        known_from,
        quarter_no,
        period_end,
        currency,
        basis,
        is_restated,
        -- The filing whose cells its figures are.
        coalesce(kept_from, filing_id) as source_filing_id,
        '{{ column }}' as fact_column,
        false as is_balance,
        -- Where its cell is to be found; a derived amount has none.
        case when basis != 'derived' then 3 end as duration_months,
        {{ column in per_share_columns() }} as is_per_share,
        {{ column }} as value,
        amount_rounding
    from quarterly_results
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}

),

balances as (
    {% for column in balance_columns() %}
    select
        quarterly_results.filing_id,
        quarterly_results.company_id,
        quarterly_results.filing_no,
        quarterly_results.known_from,
        quarterly_results.quarter_no,
        quarterly_results.period_end,
        quarterly_results.currency,
        quarterly_results.basis,
        quarterly_results.is_restated,
        quarterly_results.filing_id as source_filing_id,
        '{{ column }}' as fact_column,
        true as is_balance,
        0 as duration_months,
        false as is_per_share,
        figures.value,
        null::decimal(22, 4) as amount_rounding
    from quarterly_results
    left join figures
        on
            quarterly_results.filing_id = figures.filing_id
            and quarterly_results.period_end = figures.period_end
            and quarterly_results.currency = figures.currency
            and figures.duration_months = 0
            and figures.fact_column = '{{ column }}'
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}

),

unioned as (

    select * from amounts
    union all
    select * from balances

),

balance_dates as (

    select distinct
        filing_id,
        currency,
        period_end
    from figures
    where statement = 'balance_sheet'

),

unreadable_operands as (

    select
        filing_id,
        quarter_no,
        currency,
        fact_column,
        min(value_id) as value_id
    from operands
    where value is null and value_id is not null
    group by filing_id, quarter_no, currency, fact_column

),

with_cells as (

    select
        unioned.*,
        case
            when unioned.basis = 'derived' and not unioned.is_balance then unioned.amount_rounding
            else figures.rounding
        end as rounding,
        coalesce(figures.value_id, case when unioned.value is null then unreadable_operands.value_id end) as value_id,
        case
            when unioned.value is not null then null
            when figures.value_id is not null then 'unreadable'
            when unioned.is_balance and balance_dates.filing_id is null then 'no_balance_sheet'
            when unioned.basis != 'derived' or unioned.is_balance then 'not_printed'
            when unioned.is_per_share then 'not_additive'
            when unreadable_operands.value_id is not null then 'operand_unreadable'
            else 'operand_not_printed'
        end as reason_code
    from unioned
    left join figures
        on
            unioned.source_filing_id = figures.filing_id
            and unioned.currency = figures.currency
            and unioned.period_end = figures.period_end
            and unioned.fact_column = figures.fact_column
            and unioned.duration_months = figures.duration_months
    left join balance_dates
        on
            unioned.filing_id = balance_dates.filing_id
            and unioned.currency = balance_dates.currency
            and unioned.period_end = balance_dates.period_end
    left join unreadable_operands
        on
            unioned.filing_id = unreadable_operands.filing_id
            and unioned.quarter_no = unreadable_operands.quarter_no
            and unioned.currency = unreadable_operands.currency
            and unioned.fact_column = unreadable_operands.fact_column

),

-- The figure known before, from whichever vintage stated it last.
with_the_one_before as (

    select
        *,
        lag(
            case when value is not null then struct_pack(figure := value, rounding := rounding) end ignore nulls
        ) over (
            partition by company_id, currency, quarter_no, fact_column
            order by filing_no
        ) as known_before
    from with_cells

),

compared as (

    select
        *,
        coalesce(value != known_before['figure'], false) as is_changed,
        coalesce(abs(value - known_before['figure']) > (rounding + known_before['rounding']) / 2, false) as is_beyond_rounding
    from with_the_one_before

),

with_the_bottom_line as (

    select
        *,
        bool_or(is_beyond_rounding and fact_column = 'net_income') over (
            partition by filing_id, currency, quarter_no
        ) as is_income_revised
    from compared

)

select
    * exclude (
        known_before,
        source_filing_id,
        is_balance,
        duration_months,
        is_per_share,
        amount_rounding,
        is_changed,
        is_beyond_rounding,
        is_income_revised
    ),
    {{ fiscal_year_of('quarter_no') }} as fiscal_year,
    {{ fiscal_quarter_of('quarter_no') }} as fiscal_quarter,
    known_before['figure'] as previous_value,
    is_changed and (is_beyond_rounding or (is_income_revised and not is_balance)) as is_revised
from with_the_bottom_line
