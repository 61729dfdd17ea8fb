select
    company_id,
    fiscal_year,
    fiscal_quarter,
    count(*) as vintages
from {{ ref('fact_quarterly_results') }}
group by company_id, fiscal_year, fiscal_quarter
having
    count(*) filter (where is_current) != 1
    or max(vintage) != max(vintage) filter (where is_current)
    or max(vintage) != count(*)
    or min(vintage) != 1
