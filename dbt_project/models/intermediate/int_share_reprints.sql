with

figure_vintages as (

    select * from {{ ref('int_figure_vintages') }}

),

-- Share counts of a period that two filings print, one after the other.
share_counts as (

    select
        *,
        bool_or(value / previous_value not between 0.9 and 1.1) over same_reprint as is_on_another_basis,
        bool_and(value / previous_value between 0.9 and 1.1) over same_reprint as is_on_the_same_basis
    from figure_vintages
    where
        unit = 'shares'
        and value > 0
        and previous_value > 0
    window same_reprint as (
        partition by filing_id, previous_filing_no, currency, period_key, duration_months
    )

),

-- Shares of which a company has made others: 3 for 1, 3 for 2, 1 for 10.
counts as (

    select range::integer as share_count from range(1, 101)

),

ratios as (

    select
        made.share_count + given.share_count as complexity,
        made.share_count / given.share_count as split_factor
    from counts as made
    cross join counts as given
    where
        (made.share_count = 1 or given.share_count = 1 or (made.share_count <= 10 and given.share_count <= 10))
        and made.share_count / given.share_count not between 0.9 and 1.1

),

-- What a split changes by its factor: shares, and what is earned by each of them unless that itself is another.
restated_figures as (

    select
        share_counts.filing_id,
        share_counts.previous_filing_no,
        share_counts.currency,
        share_counts.period_key,
        share_counts.duration_months,
        true as is_share_count,
        share_counts.value as value_after,
        share_counts.previous_value as value_before,
        share_counts.rounding as rounding_after,
        coalesce(share_counts.previous_rounding, share_counts.rounding) as rounding_before
    from share_counts
    where share_counts.is_on_another_basis
    union all
    select distinct
        per_share.filing_id,
        per_share.previous_filing_no,
        per_share.currency,
        per_share.period_key,
        per_share.duration_months,
        false as is_share_count,
        per_share.previous_value as value_after,
        per_share.value as value_before,
        coalesce(per_share.previous_rounding, per_share.rounding) as rounding_after,
        per_share.rounding as rounding_before
    from figure_vintages as per_share
    inner join share_counts
        on
            per_share.filing_id = share_counts.filing_id
            and per_share.previous_filing_no = share_counts.previous_filing_no
            and per_share.currency = share_counts.currency
            and per_share.period_key = share_counts.period_key
            and per_share.duration_months = share_counts.duration_months
    where
        share_counts.is_on_another_basis
        and per_share.unit = per_share.currency || '/share'
        and not coalesce(per_share.is_bottom_line_revised, false)

),

-- One factor for all of them, within their rounding. Average shares are computed anew, so that theirs is taken twice.
held_against_ratios as (

    select
        restated_figures.filing_id,
        restated_figures.previous_filing_no,
        restated_figures.currency,
        restated_figures.period_key,
        restated_figures.duration_months,
        ratios.complexity,
        ratios.split_factor,
        count(*) as figures,
        count(*) filter (where restated_figures.is_share_count) as share_counts,
        bool_and(
            abs(restated_figures.value_after - restated_figures.value_before * ratios.split_factor)
            <= (restated_figures.rounding_after + restated_figures.rounding_before * ratios.split_factor)
            * case when restated_figures.is_share_count then 1 else 0.5 end
        ) as is_of_this_ratio
    from restated_figures
    cross join ratios
    group by
        restated_figures.filing_id,
        restated_figures.previous_filing_no,
        restated_figures.currency,
        restated_figures.period_key,
        restated_figures.duration_months,
        ratios.complexity,
        ratios.split_factor

),

splits as (

    select *
    from held_against_ratios
    where
        is_of_this_ratio
        and figures > 1
        and share_counts > 0
    qualify
        row_number() over (
            partition by filing_id, previous_filing_no, currency, period_key, duration_months
            order by complexity, split_factor
        ) = 1

),

reprints as (

    select
        company_id,
        filing_id,
        filing_no,
        previous_filing_no,
        currency,
        period_key,
        duration_months,
        bool_and(is_on_the_same_basis) as is_on_the_same_basis
    from share_counts
    group by company_id, filing_id, filing_no, previous_filing_no, currency, period_key, duration_months

),

joined as (

    select
        reprints.company_id,
        reprints.filing_id,
        reprints.filing_no,
        reprints.previous_filing_no,
        reprints.currency,
        reprints.period_key,
        reprints.duration_months,
        reprints.is_on_the_same_basis,
        splits.split_factor
    from reprints
    left join splits
        on
            reprints.filing_id = splits.filing_id
            and reprints.previous_filing_no = splits.previous_filing_no
            and reprints.currency = splits.currency
            and reprints.period_key = splits.period_key
            and reprints.duration_months = splits.duration_months

),

-- A count that was put right by a tenth and less is of the same shares; one that changed otherwise tells nothing.
final as (

    select
        * exclude (is_on_the_same_basis, split_factor),
        coalesce(split_factor, 1)::double as split_factor
    from joined
    where is_on_the_same_basis or split_factor is not null

)

select * from final
