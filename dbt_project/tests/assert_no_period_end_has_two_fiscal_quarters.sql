{{ config(severity='warn') }}

select
    company_id,
    period_end,
    min(quarter_no) as earliest_quarter_no,
    max(quarter_no) as latest_quarter_no
from {{ ref('int_fiscal_periods') }}
group by company_id, period_end
having min(quarter_no) != max(quarter_no)
