with

quarterly_results as (

    select * from {{ ref('fact_quarterly_results') }}

),

current_results as (

    select * from quarterly_results
    where is_current

),

before_the_first as (

    select 'known before the first filing' as breach
    from {{ ref('quarterly_results_as_of') }}((select min(known_from) - 1 from quarterly_results))

),

on_the_last as (

    select 'not what is current on the last day' as breach
    from {{ ref('quarterly_results_as_of') }}((select max(known_from) from quarterly_results)) as known
    full outer join current_results
        on
            known.company_id = current_results.company_id
            and known.fiscal_year = current_results.fiscal_year
            and known.fiscal_quarter = current_results.fiscal_quarter
            and known.currency = current_results.currency
            and known.vintage = current_results.vintage
    where known.company_id is null or current_results.company_id is null

),

middle_day as (

    select quantile_disc(known_from, 0.5) as day_known from quarterly_results

),

known_on_the_middle_day as (

    select * from {{ ref('quarterly_results_as_of') }}((select day_known from middle_day))

),

in_between as (

    select 'known too early, or twice' as breach
    from known_on_the_middle_day
    cross join middle_day
    group by
        known_on_the_middle_day.company_id,
        known_on_the_middle_day.fiscal_year,
        known_on_the_middle_day.fiscal_quarter,
        known_on_the_middle_day.currency
    having count(*) > 1 or max(known_on_the_middle_day.known_from) > max(middle_day.day_known)

)

select * from before_the_first
union all
select * from on_the_last
union all
select * from in_between
