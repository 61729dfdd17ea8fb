with

filings as (

    select * from {{ ref('stg_filings') }}

),

raw_files as (

    select * from {{ ref('stg_raw_files') }}

),

kept_out as (

    select
        source,
        sha256,
        filing_id,
        quarantine_reason as reason,
        company_id,
        registrant,
        date_of_report,
        known_from,
        false as is_duplicate
    from filings
    where quarantine_reason is not null

),

-- The same bytes under a second name: the filing itself is judged once, under its first name.
duplicates as (

    select
        raw_files.source,
        raw_files.sha256,
        raw_files.filing_id,
        'The same bytes as ' || raw_files.duplicate_of || ', which was read in its place.' as reason,
        filings.company_id,
        filings.registrant,
        filings.date_of_report,
        filings.known_from,
        true as is_duplicate
    from raw_files
    left join filings on raw_files.filing_id = filings.filing_id
    where raw_files.duplicate_of is not null

),

unioned as (

    select * from kept_out
    union all
    select * from duplicates

)

select * from unioned
order by source
