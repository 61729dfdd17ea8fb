{%- set stated_columns = [
    'company_name', 'ticker', 'exchange', 'commission_file_number', 'irs_employer_id', 'state_of_incorporation', 'fiscal_year_end'
] -%}

with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

known_companies as (

    select * from {{ ref('stg_companies') }}

),

-- The latest statement of each fact; a filing silent on one does not erase it.
stated as (

    select
        company_id,
        last(registrant order by filing_no) filter (where registrant is not null) as registrant,
        {%- for column in stated_columns %}
        last({{ column }} order by filing_no) filter (where {{ column }} is not null) as {{ column }},
        {%- endfor %}
        min(known_from) as first_filing_date,
        max(known_from) as last_filing_date,
        count(*)::integer as filing_count
    from filings
    group by company_id

),

final as (

    select
        stated.company_id,
        coalesce(stated.company_name, known_companies.company_name, stated.registrant, stated.company_id) as company_name,
        coalesce(stated.ticker, known_companies.ticker) as ticker,
        coalesce(stated.exchange, known_companies.exchange) as exchange,
        coalesce(stated.commission_file_number, known_companies.commission_file_number) as commission_file_number,
        stated.irs_employer_id,
        stated.state_of_incorporation,
        coalesce(stated.fiscal_year_end, known_companies.fiscal_year_end) as fiscal_year_end,
        stated.first_filing_date,
        stated.last_filing_date,
        stated.filing_count,
        coalesce(known_companies.former_names, []) as former_names,
        known_companies.sic
    from stated
    left join known_companies on stated.company_id = known_companies.company_id

)

select * from final
order by company_id
