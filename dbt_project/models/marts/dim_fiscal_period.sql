with

fiscal_periods as (

    select * from {{ ref('int_fiscal_periods') }}

),

quarterly_results as (

    select * from {{ ref('int_quarterly_results') }}

),

filings as (

    select * from {{ ref('int_filing_calendars') }}

),

mentions as (

    select
        company_id,
        quarter_no,
        period_end,
        filing_no,
        true as is_printed
    from fiscal_periods
    where quarter_no is not null
    union all
    select
        company_id,
        quarter_no,
        period_end,
        filing_no,
        false as is_printed
    from quarterly_results

),

-- The end date as the latest filing prints it; a computed one only where none does.
-- What the company called a quarter when it was first told: by the calendar of the first filing that prints it.
as_told as (

    select
        mentions.company_id,
        mentions.quarter_no,
        arg_min(
            mentions.quarter_no
            + filings.fiscal_year * 4 + filings.fiscal_quarter - 1 - filings.stated_quarter_no,
            mentions.filing_no
        ) as told_quarter_no
    from mentions
    inner join filings
        on mentions.company_id = filings.company_id and mentions.filing_no = filings.filing_no
    where filings.stated_quarter_no is not null and not filings.is_contradicted
    group by mentions.company_id, mentions.quarter_no

),

one_a_quarter as (

    select
        mentions.*,
        coalesce(as_told.told_quarter_no, mentions.quarter_no) as told_quarter_no
    from mentions
    left join as_told
        on mentions.company_id = as_told.company_id and mentions.quarter_no = as_told.quarter_no
    qualify
        row_number() over (
            partition by mentions.company_id, mentions.quarter_no
            order by mentions.is_printed desc, mentions.filing_no desc, mentions.period_end desc
        ) = 1

),

final as (

    select
        company_id,
        {{ fiscal_year_of('quarter_no') }} as fiscal_year,
        {{ fiscal_quarter_of('quarter_no') }} as fiscal_quarter,
        'Q' || {{ fiscal_quarter_of('quarter_no') }} || ' FY' || {{ fiscal_year_of('quarter_no') }} as fiscal_period,
        {{ previous_quarter_end('period_end') }} + 1 as period_start,
        period_end,
        year(period_end)::integer as calendar_year,
        quarter(period_end)::integer as calendar_quarter,
        {{ fiscal_quarter_of('quarter_no') }} = 4 as is_fiscal_year_end,
        -- Ten days back from it: a year of 52 or 53 weeks may end in the first days of the next month.
        month(period_end + (((4 - {{ fiscal_quarter_of('told_quarter_no') }}) * 91.3125)::integer - 10))::integer
            as calendar_year_end_month,
        'Q' || {{ fiscal_quarter_of('told_quarter_no') }} || ' FY' || {{ fiscal_year_of('told_quarter_no') }}
            as fiscal_period_as_told
    from one_a_quarter

)

select * from final
order by company_id, fiscal_year, fiscal_quarter
