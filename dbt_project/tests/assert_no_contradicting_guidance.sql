{{ config(severity='warn') }}

select
    filing_id,
    metric,
    fiscal_period
from {{ ref('stg_guidance') }}
group by filing_id, metric, fiscal_period
having min(low) != max(low) or min(high) != max(high)
