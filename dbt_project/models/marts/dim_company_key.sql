with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

company_keys as (

    select * from {{ ref('stg_company_keys') }}

),

-- A former name and a present one are one name: which it is depends on the day.
stated as (

    select
        filings.company_id,
        filings.filing_id,
        filings.filing_no,
        filings.known_from,
        company_keys.value,
        company_keys.text,
        case when company_keys.kind = 'former_name' then 'name' else company_keys.kind end as kind
    from company_keys
    inner join filings on company_keys.filing_id = filings.filing_id

),

final as (

    select
        company_id,
        kind,
        value,
        last(text order by filing_no, text) as printed,
        min(known_from) as first_known_from,
        max(known_from) as last_known_from,
        count(distinct filing_id)::integer as filing_count,
        first(filing_id order by filing_no) as filing_id
    from stated
    group by company_id, kind, value

)

select * from final
order by company_id, kind, value
