with

figure_vintages as (

    select * from {{ ref('int_figure_vintages') }}

),

-- A split restates the shares of a period, basic and diluted, by one factor, and leaves what was earned.
share_counts as (

    select
        filing_id,
        currency,
        period_key,
        duration_months,
        max(value) filter (where concept = 'WeightedAverageSharesBasic') as basic,
        max(previous_value) filter (where concept = 'WeightedAverageSharesBasic') as previous_basic,
        max(value) filter (where concept = 'WeightedAverageSharesDiluted') as diluted,
        max(previous_value) filter (where concept = 'WeightedAverageSharesDiluted') as previous_diluted,
        sum(rounding) as rounding
    from figure_vintages
    where
        unit = 'shares'
        and is_revised
        and value > 0
        and previous_value > 0
    group by filing_id, currency, period_key, duration_months

),

splits as (

    select
        filing_id,
        currency,
        period_key,
        duration_months
    from share_counts
    where
        abs(diluted - previous_diluted * basic / previous_basic) <= rounding * greatest(basic / previous_basic, 1)
        and basic / previous_basic not between 0.9 and 1.1

),

changed as (

    select
        figure_vintages.*,
        coalesce(not figure_vintages.is_bottom_line_revised, false) as has_the_same_bottom_line,
        splits.filing_id is not null as is_of_a_split
    from figure_vintages
    left join splits
        on
            figure_vintages.filing_id = splits.filing_id
            and figure_vintages.currency = splits.currency
            and figure_vintages.period_key = splits.period_key
            and figure_vintages.duration_months = splits.duration_months
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
            when is_of_a_split and has_the_same_bottom_line and unit in ('shares', currency || '/share') then 'split'
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
        currency
    from changed

)

select * from final
order by company_id, known_from_after, filing_id_after, statement, period_end, duration_months, concept, currency
