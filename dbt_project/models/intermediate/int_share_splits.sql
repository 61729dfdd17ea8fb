with recursive

reprints as (

    select distinct
        company_id,
        previous_filing_no,
        filing_no,
        split_factor
    from {{ ref('int_share_reprints') }}

),

restated as (

    select * from reprints
    where split_factor != 1

),

-- One split is restated once for each quarter, in release after release: it lies where all of these intervals meet. The
-- earliest end meets as many as can be one split; those that begin after it are of the next split by that factor.
meeting_points as (

    select
        company_id,
        split_factor,
        min(filing_no) as filing_no
    from restated
    group by company_id, split_factor
    union all
    select
        meeting_points.company_id,
        meeting_points.split_factor,
        min(restated.filing_no) as filing_no
    from meeting_points
    inner join restated
        on
            meeting_points.company_id = restated.company_id
            and meeting_points.split_factor = restated.split_factor
            and meeting_points.filing_no <= restated.previous_filing_no
    group by meeting_points.company_id, meeting_points.split_factor, meeting_points.filing_no

),

intervals as (

    select
        meeting_points.company_id,
        meeting_points.split_factor,
        meeting_points.filing_no as last_no,
        max(restated.previous_filing_no) + 1 as first_no
    from meeting_points
    inner join restated
        on
            meeting_points.company_id = restated.company_id
            and meeting_points.split_factor = restated.split_factor
            and meeting_points.filing_no > restated.previous_filing_no
            and meeting_points.filing_no <= restated.filing_no
    group by meeting_points.company_id, meeting_points.split_factor, meeting_points.filing_no

),

-- A figure that was not printed between two splits is restated by both at once.
single as (

    select *
    from intervals
    where
        not exists (
            select 1
            from intervals as one
            inner join intervals as other
                on
                    one.company_id = other.company_id
                    and (one.last_no, one.split_factor) < (other.last_no, other.split_factor)
            where
                one.company_id = intervals.company_id
                and one.first_no <= intervals.last_no
                and one.last_no >= intervals.first_no
                and other.first_no <= intervals.last_no
                and other.last_no >= intervals.first_no
                and abs(one.split_factor * other.split_factor / intervals.split_factor - 1) < 0.000001
        )

),

steps as (

    select
        *,
        unnest(range(first_no, last_no + 1)) as step_no
    from single

),

-- Shares that are counted as before on both sides of a step were not split in it.
possible_steps as (

    select
        company_id,
        split_factor,
        last_no,
        min(step_no) as first_possible_no,
        max(step_no) as last_possible_no
    from steps
    where
        not exists (
            select 1
            from reprints
            where
                reprints.split_factor = 1
                and reprints.company_id = steps.company_id
                and reprints.previous_filing_no < steps.step_no
                and reprints.filing_no >= steps.step_no
        )
    group by company_id, split_factor, last_no

),

splits as (

    select
        single.company_id,
        single.split_factor,
        coalesce(possible_steps.first_possible_no, single.first_no) as first_no,
        coalesce(possible_steps.last_possible_no, single.last_no) as last_no
    from single
    left join possible_steps
        on
            single.company_id = possible_steps.company_id
            and single.split_factor = possible_steps.split_factor
            and single.last_no = possible_steps.last_no

),

-- What the splits within a reprint come to, where none reaches over its edge.
explained as (

    select
        reprints.company_id,
        reprints.filing_no,
        reprints.split_factor,
        coalesce(product(splits.split_factor order by splits.last_no, splits.split_factor), 1) as found_factor,
        coalesce(
            bool_and(splits.first_no > reprints.previous_filing_no and splits.last_no <= reprints.filing_no), true
        ) as is_whole
    from reprints
    left join splits
        on
            reprints.company_id = splits.company_id
            and reprints.previous_filing_no < splits.last_no
            and reprints.filing_no >= splits.first_no
    group by reprints.company_id, reprints.previous_filing_no, reprints.filing_no, reprints.split_factor

),

unexplained as (

    select
        company_id,
        filing_no
    from explained
    where is_whole and abs(found_factor / split_factor - 1) > 0.000001

),

-- Two splits of which nobody can say which was first: one may be the other and a third.
confused as (

    select
        one.company_id,
        greatest(one.last_no, other.last_no) as filing_no
    from splits as one
    inner join splits as other
        on
            one.company_id = other.company_id
            and (one.last_no, one.split_factor) < (other.last_no, other.split_factor)
            and one.last_no >= other.first_no

),

not_told as (

    select * from unexplained
    union all
    select * from confused

),

contradictions as (

    select
        company_id,
        max(filing_no) as filing_no
    from not_told
    group by company_id

),

final as (

    select
        splits.company_id,
        splits.first_no::bigint as first_filing_no,
        splits.last_no::bigint as last_filing_no,
        splits.split_factor,
        contradictions.filing_no as contradicted_until
    from splits
    left join contradictions on splits.company_id = contradictions.company_id

)

select * from final
