with

quarterly_results as (

    select * from {{ ref('int_quarterly_results') }}

),

-- Each end that a quarter is given, by how many filings, and the last of these.
quarter_ends as (

    select
        company_id,
        quarter_no,
        period_end,
        count(distinct filing_id) as filings,
        arg_max(filing_id, filing_no) as last_filing_id
    from quarterly_results
    group by company_id, quarter_no, period_end

),

latest_ends as (

    select *
    from quarter_ends
    qualify row_number() over (partition by company_id, quarter_no order by period_end desc) = 1

),

too_long as (

    select
        company_id,
        quarter_no,
        period_end,
        filing_id as at_fault
    from quarterly_results
    where duration_months != 3

),

-- Of two ends too close, the one that fewer filings print is at fault; of two printed alike, the later one.
neighbours as (

    select
        company_id,
        quarter_no,
        period_end,
        filings,
        last_filing_id,
        lag(period_end) over by_quarter as earlier_end,
        lag(filings) over by_quarter as earlier_filings,
        lag(last_filing_id) over by_quarter as earlier_filing_id
    from latest_ends
    window by_quarter as (partition by company_id order by quarter_no)

),

too_close as (

    select
        company_id,
        quarter_no,
        period_end,
        case when earlier_filings < filings then earlier_filing_id else last_filing_id end as at_fault
    from neighbours
    where period_end - earlier_end < 75

)

select * from too_long
union all
select * from too_close
