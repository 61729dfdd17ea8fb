with

figures as (

    select * from {{ ref('int_statement_figures') }}

),

vintages as (

    select * from {{ ref('int_figure_vintages') }}

),

-- A figure that its filing marks as restated, or whose bottom line it has changed, is told anew and confirms nothing.
printings as (

    select
        company_id,
        currency,
        concept,
        duration_months,
        period_key,
        filing_no,
        value_id,
        value,
        rounding,
        is_proven,
        is_restated or coalesce(is_bottom_line_revised, false) as is_told_anew
    from vintages

),

-- A coarser print and a finer one of an earlier filing, with which every print since then agrees.
confirmed as (

    select
        coarse.value_id,
        fine.value,
        fine.rounding,
        fine.is_proven
    from printings as coarse
    inner join printings as fine
        on
            coarse.company_id = fine.company_id
            and coarse.currency = fine.currency
            and coarse.concept = fine.concept
            and coarse.duration_months = fine.duration_months
            and coarse.period_key = fine.period_key
            and coarse.filing_no > fine.filing_no
            and coarse.rounding > fine.rounding
    where
        not exists (
            select 1
            from printings as since
            where
                since.company_id = fine.company_id
                and since.currency = fine.currency
                and since.concept = fine.concept
                and since.duration_months = fine.duration_months
                and since.period_key = fine.period_key
                and since.filing_no > fine.filing_no
                and since.filing_no <= coarse.filing_no
                and (since.is_told_anew or abs(since.value - fine.value) > (since.rounding + fine.rounding) / 2)
        )
    qualify
        row_number() over (
            partition by coarse.value_id
            order by fine.rounding asc, fine.filing_no desc, fine.value_id asc
        ) = 1

)

select
    figures.* replace (
        coalesce(confirmed.value, figures.value) as value,
        coalesce(confirmed.rounding, figures.rounding) as rounding,
        -- What it confirms is proven where both are: the exact digits by the one, that they still hold by the other.
        figures.is_proven and coalesce(confirmed.is_proven, true) as is_proven
    ),
    confirmed.value_id is not null as is_confirmed
from figures
left join confirmed on figures.value_id = confirmed.value_id
