{{ config(materialized='view') }}

with

-- No catalog name: DuckDB keeps the words of a view, and the build file takes another name when it is published.
quarterly_results as (

    select * from {{ ref('fact_quarterly_results').include(database=false) }}

),

present as (

    select
        company_id,
        max(struct_pack(
            known_from := known_from, filing_id := filing_id, split_factor := split_factor, eps_share_basis := eps_share_basis
        )) as latest
    from quarterly_results
    where split_factor is not null
    group by company_id

),

with_adjustment as (

    select
        quarterly_results.*,
        present.latest['eps_share_basis'] as present_share_basis,
        present.latest['split_factor'] / quarterly_results.split_factor as split_adjustment
    from quarterly_results
    left join present on quarterly_results.company_id = present.company_id
    where
        coalesce(
            quarterly_results.eps_basic,
            quarterly_results.eps_diluted,
            quarterly_results.shares_basic,
            quarterly_results.shares_diluted
        ) is not null

),

final as (

    select
        company_id,
        company_name,
        ticker,
        fiscal_year,
        fiscal_quarter,
        period_end,
        vintage,
        known_from,
        known_to,
        is_current,
        currency,
        round(eps_basic / split_adjustment, 4)::decimal(22, 4) as eps_basic,
        round(eps_diluted / split_adjustment, 4)::decimal(22, 4) as eps_diluted,
        round(shares_basic * split_adjustment, 4)::decimal(22, 4) as shares_basic,
        round(shares_diluted * split_adjustment, 4)::decimal(22, 4) as shares_diluted,
        eps_basic as eps_basic_as_printed,
        eps_diluted as eps_diluted_as_printed,
        shares_basic as shares_basic_as_printed,
        shares_diluted as shares_diluted_as_printed,
        eps_share_basis,
        present_share_basis,
        split_adjustment,
        filing_id
    from with_adjustment

)

select * from final
