with

concepts as (

    select * from {{ ref('concepts') }}

)

select
    concept,
    us_gaap_element,
    statement,
    period_type,
    unit,
    fact_column,
    title
from concepts
order by concept
