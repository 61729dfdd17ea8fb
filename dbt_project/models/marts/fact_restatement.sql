with

figure_vintages as (

    select * from {{ ref('int_figure_vintages') }}

),

share_reprints as (

    select * from {{ ref('int_share_reprints') }}

),

changed as (

    select
        figure_vintages.*,
        coalesce(not figure_vintages.is_bottom_line_revised, false) as has_the_same_bottom_line,
        nullif(share_reprints.split_factor, 1) as share_factor
    from figure_vintages
    left join share_reprints
        on
            figure_vintages.filing_id = share_reprints.filing_id
            and figure_vintages.previous_filing_no = share_reprints.previous_filing_no
            and figure_vintages.currency = share_reprints.currency
            and figure_vintages.period_key = share_reprints.period_key
            and figure_vintages.duration_months = share_reprints.duration_months
    where figure_vintages.is_changed

),

final as (

    select
        company_id,
        {{ fiscal_year_of('quarter_no') }} as fiscal_year,
        {{ fiscal_quarter_of('quarter_no') }} as fiscal_quarter,
        statement,
        concept,
        period_end,
        duration_months,
        unit,
        previous_value as value_before,
        value as value_after,
        (value - previous_value)::decimal(22, 4) as difference,
        case
            when not is_revised then 'rounding'
            when value in (previous_value * 1000, previous_value * 1000000) then 'scale'
            when previous_value in (value * 1000, value * 1000000) then 'scale'
            when share_factor is not null and has_the_same_bottom_line and unit in ('shares', currency || '/share') then 'split'
            -- What is earned, or owned, is as before: the amount has moved between lines.
            when has_the_same_bottom_line and unit = currency then 'reclassified'
            else 'restated'
        end as kind,
        is_restated as is_marked,
        status = 'as_read' and previous_status = 'as_read' as is_as_read,
        previous_known_from as known_from_before,
        known_from as known_from_after,
        previous_filing_id as filing_id_before,
        filing_id as filing_id_after,
        previous_value_id as value_id_before,
        value_id as value_id_after,
        currency,
        case when unit in ('shares', currency || '/share') then share_factor end as split_factor
    from changed

)

select * from final
order by company_id, known_from_after, filing_id_after, statement, period_end, duration_months, concept, currency
