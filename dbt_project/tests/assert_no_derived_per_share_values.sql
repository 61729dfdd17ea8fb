select
    company_id,
    fiscal_year,
    fiscal_quarter,
    vintage
from {{ ref('fact_quarterly_results') }}
where
    basis = 'derived'
    and coalesce({{ per_share_columns() | join(', ') }}) is not null
