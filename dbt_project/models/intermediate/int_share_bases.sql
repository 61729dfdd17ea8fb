with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

figures as (

    select * from {{ ref('int_statement_figures') }}

),

splits as (

    select * from {{ ref('int_share_splits') }}

),

-- The shares of the latest period that a filing prints, a quarter before a year.
own_counts as (

    select
        filing_id,
        company_id,
        filing_no,
        value as share_count
    from figures
    where unit = 'shares' and value > 0 and duration_months > 0
    qualify
        row_number() over (
            partition by filing_id
            order by period_end desc, duration_months asc, concept desc, currency asc
        ) = 1

),

sides as (

    select
        filings.filing_id,
        filings.company_id,
        filings.filing_no,
        filings.known_from,
        splits.split_factor,
        splits.contradicted_until,
        splits.first_filing_no,
        splits.last_filing_no,
        ln(own_counts.share_count / counts_after.share_count) as from_the_new,
        ln(own_counts.share_count * splits.split_factor / counts_after.share_count) as from_the_old,
        abs(ln(splits.split_factor)) / 4 as nearness
    from filings
    left join splits on filings.company_id = splits.company_id
    left join own_counts on filings.filing_id = own_counts.filing_id
    left join own_counts as counts_after
        on
            splits.company_id = counts_after.company_id
            and splits.last_filing_no = counts_after.filing_no

),

-- Between the last filing that surely is of the old shares and the first of the new ones, the number of shares tells: it
-- changes by the factor at the split, and by little from one release to the next.
told_sides as (

    select
        *,
        case
            when split_factor is null then false
            when filing_no >= last_filing_no then true
            when filing_no < first_filing_no then false
            when abs(from_the_new) < nearness then true
            when abs(from_the_old) < nearness then false
        end as is_after
    from sides

),

-- A history that contradicts itself begins anew after the contradiction, which a split before it cannot be reckoned across.
cumulated as (

    select
        filing_id,
        company_id,
        filing_no,
        known_from,
        case
            when bool_or(filing_no < contradicted_until) or bool_or(is_after is null) then null
            else coalesce(
                product(split_factor order by last_filing_no, split_factor) filter (
                    where is_after and (contradicted_until is null or last_filing_no > contradicted_until)
                ), 1
            )
        end as split_factor,
        count(*) filter (where is_after) as splits_before
    from told_sides
    group by filing_id, company_id, filing_no, known_from

)

select
    filing_id,
    company_id,
    case
        when split_factor is not null
            then min(known_from) filter (where split_factor is not null) over (partition by company_id, splits_before)
    end as eps_share_basis,
    split_factor
from cumulated
