with

filings as (

    select * from {{ ref('stg_filings') }}

),

reported_values as (

    select * from {{ ref('stg_reported_values') }}

),

latest_statement_periods as (

    select
        filing_id,
        max(period_end) filter (where duration_months between 3 and 12) as latest_period_end
    from reported_values
    group by filing_id

),

accepted as (

    select
        filings.*,
        latest_statement_periods.latest_period_end,
        row_number() over (
            partition by filings.company_id
            order by filings.known_from, filings.filing_id
        ) as filing_no,
        filings.fiscal_year is not null and filings.fiscal_quarter is not null as states_fiscal_period,
        replace(filings.fiscal_year_end, '02-29', '02-28') as year_end_month_day
    from filings
    left join latest_statement_periods on filings.filing_id = latest_statement_periods.filing_id
    where filings.quarantine_reason is null

),

-- The quarter stated and the fiscal year end must agree on where the year stands; a quarter ends before it is reported.
dated as (

    select
        *,
        coalesce(period_end, latest_period_end) as stated_period_end,
        try_cast(year(coalesce(period_end, latest_period_end)) || '-' || year_end_month_day as date) as year_end_date
    from accepted

),

compared as (

    select
        *,
        states_fiscal_period and (
            coalesce(stated_period_end > known_from, false)
            or (
                stated_period_end is not null
                and year_end_date is not null
                -- 7 is the last quarter of a year, with room for dates of the year before and after.
                and {{ quarter_no_of('stated_period_end', 'year_end_date', '7') }} % 4 is distinct from fiscal_quarter - 1
            )
        ) as is_contradicted
    from dated

),

-- The filing's own words first. Without them the fiscal year end places the quarters, under the name of the year it ends in.
-- Where the two contradict each other nothing is placed.
anchored as (

    select
        *,
        case
            when is_contradicted then null
            when states_fiscal_period then stated_period_end
            else try_cast(year(known_from) || '-' || year_end_month_day as date)
        end as anchor_period_end,
        case
            when states_fiscal_period then fiscal_year * 4 + fiscal_quarter - 1
            else year(known_from)::integer * 4 + 3
        end as anchor_quarter_no
    from compared

)

select * exclude (year_end_month_day, stated_period_end, year_end_date) from anchored
