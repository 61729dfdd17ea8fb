with

figures as (

    select * from {{ ref('fact_figure_reconciliation') }}

),

reported_values as (

    select * from {{ ref('stg_reported_values') }}

)

select
    figures.filing_id,
    figures.source_line,
    figures.metric,
    figures.value as told,
    reported_values.value as printed
from figures
left join reported_values on figures.value_id = reported_values.value_id
where
    figures.outcome = 'match'
    and (
        reported_values.value is null
        or reported_values.unit != figures.unit
        or abs(figures.value - reported_values.value) > (figures.rounding + reported_values.rounding) / 2
    )
