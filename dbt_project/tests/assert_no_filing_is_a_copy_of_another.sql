{{ config(severity='warn') }}

select
    filing_id,
    source,
    copy_of
from {{ ref('dim_filing') }}
where copy_of is not null
