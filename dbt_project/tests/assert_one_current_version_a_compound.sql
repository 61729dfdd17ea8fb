select
    compound_id,
    count(*) filter (where is_current) as current_versions
from {{ ref('dim_compound') }}
group by compound_id
having
    count(*) filter (where is_current) != 1
    or max(valid_from) != max(valid_from) filter (where is_current)
