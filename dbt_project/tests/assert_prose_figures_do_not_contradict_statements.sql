{{ config(severity='warn') }}

select
    filing_id,
    source_line,
    metric,
    value,
    text
from {{ ref('fact_figure_reconciliation') }}
where outcome = 'mismatch'
