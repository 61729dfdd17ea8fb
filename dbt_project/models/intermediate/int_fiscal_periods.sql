with

filings as (

    select * from {{ ref('int_filing_calendars') }}

),

reported_values as (

    select * from {{ ref('stg_reported_values') }}

),

periods as (

    select
        filing_id,
        period_end,
        bool_or(duration_months > 0) as has_duration
    from reported_values
    where period_end is not null
    group by filing_id, period_end

),

placed as (

    select
        periods.filing_id,
        filings.company_id,
        filings.filing_no,
        filings.known_from,
        periods.period_end,
        periods.has_duration,
        filings.states_fiscal_period,
        filings.stated_quarter_no,
        case when filings.states_fiscal_period then filings.fiscal_year end as stated_fiscal_year,
        -- A period that ends after the filing is a misprinted or misread date: it names no quarter.
        case
            when periods.period_end > filings.known_from then null
            else {{ quarter_no_of('periods.period_end', 'filings.anchor_period_end', 'filings.anchor_quarter_no') }}
        end as quarter_no
    from periods
    inner join filings on periods.filing_id = filings.filing_id

),

-- The quarter a filing reports on: the one it states, else the latest one its statements cover.
with_own_quarter as (

    select
        * exclude (states_fiscal_period, stated_quarter_no, has_duration),
        case
            when states_fiscal_period then stated_quarter_no
            else max(quarter_no) filter (where has_duration) over (partition by filing_id)
        end as own_quarter_no
    from placed

)

select
    * exclude (stated_fiscal_year),
    {{ fiscal_year_of('quarter_no') }} as fiscal_year,
    {{ fiscal_quarter_of('quarter_no') }} as fiscal_quarter,
    -- As its own words have it: what a filing adds up since the start of its year is of that year.
    coalesce(stated_fiscal_year, {{ fiscal_year_of('own_quarter_no') }}) as own_fiscal_year
from with_own_quarter
