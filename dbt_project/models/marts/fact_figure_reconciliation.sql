with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

figures as (

    select * from {{ ref('stg_figures') }}

),

final as (

    select
        figures.filing_id,
        figures.metric,
        figures.value,
        figures.unit,
        figures.rounding,
        figures.period_end,
        figures.duration_months,
        figures.outcome,
        figures.value_id,
        figures.source_line,
        figures.text,
        {{ currency_of('figures.unit') }} as currency
    from figures
    inner join filings on figures.filing_id = filings.filing_id
    order by figures.filing_id, figures.source_start, figures.figure_id

)

select * from final
