with

filings as (

    select * from {{ ref('stg_filings') }}

),

raw_files as (

    select * from {{ ref('stg_raw_files') }}

),

broken_rules as (

    select
        filing_id,
        arg_min(rule, (round_no, rule)) as broken_rule,
        count(*)::integer as broken_rows
    from {{ ref('stg_broken_rules') }}
    group by filing_id

),

kept_out as (

    select
        filings.source,
        filings.sha256,
        filings.filing_id,
        filings.quarantine_reason as reason,
        filings.company_id,
        filings.registrant,
        filings.date_of_report,
        filings.known_from,
        false as is_duplicate,
        broken_rules.broken_rule,
        broken_rules.broken_rows,
        'tieout sql "select * from staging.' || if(broken_rules.broken_rule is null, 'filings', 'broken_rules')
        || ' where filing_id = ''' || filings.filing_id || '''"' as how_to_look
    from filings
    left join broken_rules on filings.filing_id = broken_rules.filing_id
    where filings.quarantine_reason is not null

),

-- The same bytes under a second name: the filing itself is judged once, under its first name.
duplicates as (

    select
        raw_files.source,
        raw_files.sha256,
        raw_files.filing_id,
        'duplicate_bytes: the same bytes as ' || raw_files.duplicate_of || ', which was read in its place.' as reason,
        filings.company_id,
        filings.registrant,
        filings.date_of_report,
        filings.known_from,
        true as is_duplicate,
        null::varchar as broken_rule,
        null::integer as broken_rows,
        'tieout sql "select * from staging.raw_files where sha256 = ''' || raw_files.sha256 || '''"' as how_to_look
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
