with

figures as (

    select * from {{ ref('int_known_figures') }}

),

fiscal_periods as (

    select * from {{ ref('int_fiscal_periods') }}

),

quarterly_results as (

    select * from {{ ref('int_quarterly_results') }}

),

concepts as (

    select * from {{ ref('concepts') }}

),

-- What filings print: whole fiscal years, and balances on a date.
printed as (

    select
        figures.company_id,
        figures.fact_column,
        figures.unit,
        figures.currency,
        case
            when figures.duration_months = 0 then figures.period_end::varchar
            else 'FY' || fiscal_periods.fiscal_year
        end as fiscal_period,
        figures.value as amount,
        1 as preference,
        figures.filing_no
    from figures
    inner join fiscal_periods
        on
            figures.filing_id = fiscal_periods.filing_id
            and figures.period_end = fiscal_periods.period_end
    where
        figures.value is not null
        and figures.fact_column is not null
        and (
            figures.duration_months = 0
            or (figures.duration_months = 12 and fiscal_periods.fiscal_quarter = 4)
        )

),

current_quarters as (

    select *
    from quarterly_results
    qualify row_number() over (partition by company_id, currency, quarter_no order by filing_no desc) = 1

),

unpivoted_quarters as (
    {% for column in amount_columns() + per_share_columns() %}
    select
        company_id,
        fiscal_year,
        fiscal_quarter,
        currency,
        '{{ column }}' as fact_column,
        {{ column }} as amount,
        filing_no
    from current_quarters
    where {{ column }} is not null
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}

),

quarters as (

    select
        unpivoted_quarters.*,
        case concepts.unit
            when 'currency' then unpivoted_quarters.currency
            when 'currency_per_share' then unpivoted_quarters.currency || '/share'
            when 'shares' then 'shares'
        end as unit
    from unpivoted_quarters
    inner join concepts on unpivoted_quarters.fact_column = concepts.fact_column

),

single_quarters as (

    select
        company_id,
        fact_column,
        unit,
        currency,
        'Q' || fiscal_quarter || ' FY' || fiscal_year as fiscal_period,
        amount,
        1 as preference,
        filing_no
    from quarters

),

-- A year is the sum of its quarters only where all four are known and the figure adds up over time.
summed_years as (

    select
        company_id,
        fact_column,
        unit,
        currency,
        'FY' || fiscal_year as fiscal_period,
        sum(amount)::decimal(22, 4) as amount,
        2 as preference,
        max(filing_no) as filing_no
    from quarters
    where unit = currency
    group by company_id, fact_column, unit, currency, fiscal_year
    having count(*) = 4

),

unioned as (

    select * from printed
    union all
    select * from single_quarters
    union all
    select * from summed_years

),

latest as (

    select *
    from unioned
    qualify
        row_number() over (
            partition by company_id, fact_column, unit, fiscal_period
            order by preference asc, filing_no desc, currency asc
        ) = 1

)

select
    latest.company_id,
    concepts.concept as metric,
    latest.fiscal_period,
    latest.unit,
    latest.amount as value
from latest
inner join concepts on latest.fact_column = concepts.fact_column
