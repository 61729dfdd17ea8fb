with

quarterly_results as (

    select * from {{ ref('int_quarterly_results') }}

),

figures as (

    select * from {{ ref('int_known_figures') }}

),

quarterly_figures as (

    select * from {{ ref('int_quarterly_figures') }}

),

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

companies as (

    select * from {{ ref('dim_company') }}

),

share_bases as (

    select * from {{ ref('int_share_bases') }}

),

balances as (

    select
        filing_id,
        currency,
        period_end,
        {%- for column in balance_columns() %}
        max(value) filter (where fact_column = '{{ column }}') as {{ column }},
        {%- endfor %}
        bool_and(is_proven) filter (where value is not null) as is_proven
    from figures
    where statement = 'balance_sheet' and duration_months = 0 and fact_column is not null
    group by filing_id, currency, period_end

),

revisions as (

    select
        filing_id,
        quarter_no,
        currency,
        string_agg(fact_column, '; ' order by fact_column) as revised_columns
    from quarterly_figures
    where is_revised
    group by filing_id, quarter_no, currency

),

joined as (

    select
        quarterly_results.* exclude (is_proven),
        revisions.revised_columns,
        coalesce(filings.company_name, filings.registrant, companies.company_name) as company_name,
        coalesce(filings.ticker, companies.ticker) as ticker,
        {%- for column in balance_columns() %}
        balances.{{ column }},
        {%- endfor %}
        share_bases.eps_share_basis,
        share_bases.split_factor,
        quarterly_results.is_proven and coalesce(balances.is_proven, true) as is_proven
    from quarterly_results
    inner join filings on quarterly_results.filing_id = filings.filing_id
    inner join companies on quarterly_results.company_id = companies.company_id
    -- Where the income statement is kept, so are its shares.
    left join share_bases
        on coalesce(quarterly_results.kept_from, quarterly_results.filing_id) = share_bases.filing_id
    left join balances
        on
            quarterly_results.filing_id = balances.filing_id
            and quarterly_results.period_end = balances.period_end
            and quarterly_results.currency = balances.currency
    left join revisions
        on
            quarterly_results.filing_id = revisions.filing_id
            and quarterly_results.quarter_no = revisions.quarter_no
            and quarterly_results.currency = revisions.currency

),

with_vintages as (

    select
        *,
        row_number() over by_time_known as vintage,
        lead(known_from) over by_time_known as known_to
    from joined
    window by_time_known as (
        partition by company_id, fiscal_year, fiscal_quarter, currency
        order by known_from, filing_id
    )

),

final as (

    select
        company_id,
        company_name,
        ticker,
        fiscal_year,
        fiscal_quarter,
        period_end,
        vintage::integer as vintage,
        known_from,
        known_to,
        known_to is null as is_current,
        basis,
        {{ (amount_columns() + per_share_columns() + balance_columns()) | join(',\n        ') }},
        is_proven,
        filing_id,
        revised_columns is not null as is_revised,
        revised_columns,
        is_restated,
        case
            when basis = 'derived'
                then array_to_string(added, ' + ') || ' - ' || array_to_string(subtracted, ' - ')
        end as derived_from,
        currency,
        kept_from,
        eps_share_basis,
        split_factor
    from with_vintages

)

select * from final
order by company_id, fiscal_year, fiscal_quarter, currency, vintage
