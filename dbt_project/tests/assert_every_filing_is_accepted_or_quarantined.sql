with

filings as (

    select * from {{ ref('stg_filings') }}

),

accepted as (

    select * from {{ ref('dim_filing') }}

),

kept_out as (

    select * from {{ ref('quarantine') }}
    where not is_duplicate

)

select
    filings.filing_id,
    filings.source
from filings
left join accepted on filings.filing_id = accepted.filing_id
left join kept_out on filings.source = kept_out.source
where (accepted.filing_id is null) = (kept_out.source is null)
