with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

final as (

    select
        filing_id,
        company_id,
        registrant,
        form,
        date_of_report,
        items,
        exhibits,
        fiscal_year,
        fiscal_quarter,
        period_end,
        commission_file_number,
        irs_employer_id,
        state_of_incorporation,
        address,
        phone,
        ticker,
        exchange,
        signatory,
        known_from,
        source,
        sha256,
        copy_of,
        company_evidence
    from filings

)

select * from final
order by filing_id
