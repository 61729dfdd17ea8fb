with

source as (

    select
        * replace (
            fiscal_year::integer as fiscal_year,
            fiscal_quarter::integer as fiscal_quarter
        )
    from {{ source('staging', 'filings').include(database=false) }}

),

judged as (

    select
        *,
        case
            when status <> 'accepted' then coalesce(reason, 'Kept out by the reader, which gave no reason.')
            when company_id is null
                then 'No company: no number, ticker or name of one was found. Say whose it is: tieout add FILE --cik N.'
            when known_from is null
                then 'No date: neither a filing date nor a date of report was found, so no one can say when this was known.'
        end as quarantine_reason
    from source

)

select * from judged
