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

of_one_day as (

    select
        filing_id,
        company_id,
        known_from
    from filings
    where quarantine_reason is null
    qualify count(*) over (partition by company_id, known_from) > 1

),

-- What a filing states, whatever words its lines stand in: a cell that could not be read states nothing.
statements_made as (

    select distinct
        of_one_day.filing_id,
        of_one_day.company_id,
        of_one_day.known_from,
        struct_pack(
            statement := reported_values.statement,
            concept := reported_values.concept,
            period_end := reported_values.period_end,
            duration_months := reported_values.duration_months,
            unit := reported_values.unit,
            basis := reported_values.basis,
            is_restated := reported_values.is_restated,
            figure := reported_values.value
        ) as stated_figure
    from of_one_day
    inner join reported_values on of_one_day.filing_id = reported_values.filing_id
    where reported_values.value is not null

),

stated as (

    select
        filing_id,
        company_id,
        known_from,
        list(stated_figure) as figures
    from statements_made
    group by filing_id, company_id, known_from

),

-- A filing whose every figure another one of the same company and day states as well: the one that states most is the release.
copies as (

    select
        stated.filing_id,
        releases.filing_id as copy_of
    from stated
    inner join stated as releases
        on
            stated.company_id = releases.company_id
            and stated.known_from = releases.known_from
            and stated.filing_id != releases.filing_id
    where
        list_has_all(releases.figures, stated.figures)
        and (len(releases.figures) > len(stated.figures) or releases.filing_id < stated.filing_id)
    qualify
        row_number() over (
            partition by stated.filing_id
            order by len(releases.figures) desc, releases.filing_id asc
        ) = 1

),

accepted as (

    select
        filings.*,
        copies.copy_of,
        latest_statement_periods.latest_period_end,
        row_number() over (
            partition by filings.company_id
            order by filings.known_from, filings.filing_id
        ) as filing_no,
        filings.fiscal_year is not null and filings.fiscal_quarter is not null as states_fiscal_period,
        replace(filings.fiscal_year_end, '02-29', '02-28') as year_end_month_day
    from filings
    left join latest_statement_periods on filings.filing_id = latest_statement_periods.filing_id
    left join copies on filings.filing_id = copies.filing_id
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
