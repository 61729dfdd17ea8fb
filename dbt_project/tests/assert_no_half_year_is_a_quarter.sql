with

quarterly_results as (

    select * from {{ ref('int_quarterly_results') }}

),

quarter_ends as (

    select
        company_id,
        quarter_no,
        max(period_end) as period_end
    from quarterly_results
    group by company_id, quarter_no

),

too_long as (

    select
        company_id,
        quarter_no,
        period_end
    from quarterly_results
    where duration_months != 3

),

too_close as (

    select
        company_id,
        quarter_no,
        period_end
    from quarter_ends
    qualify period_end - lag(period_end) over (partition by company_id order by quarter_no) < 75

)

select * from too_long
union all
select * from too_close
