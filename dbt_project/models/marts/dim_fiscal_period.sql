with

fiscal_periods as (

    select * from {{ ref('int_fiscal_periods') }}

),

quarterly_results as (

    select * from {{ ref('int_quarterly_results') }}

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
one_a_quarter as (

    select *
    from mentions
    qualify
        row_number() over (
            partition by company_id, quarter_no
            order by is_printed desc, filing_no desc, period_end desc
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
        {{ fiscal_quarter_of('quarter_no') }} = 4 as is_fiscal_year_end
    from one_a_quarter

)

select * from final
order by company_id, fiscal_year, fiscal_quarter
