with

restatements as (

    select * from {{ ref('fact_restatement') }}

),

reported_values as (

    select * from {{ ref('fact_reported_value') }}

)

select restatements.*
from restatements
left join reported_values as cells_before on restatements.value_id_before = cells_before.value_id
left join reported_values as cells_after on restatements.value_id_after = cells_after.value_id
where
    restatements.known_from_before > restatements.known_from_after
    or restatements.filing_id_before = restatements.filing_id_after
    or restatements.value_before = restatements.value_after
    or cells_before.value is distinct from restatements.value_before
    or cells_after.value is distinct from restatements.value_after
    or cells_before.concept is distinct from restatements.concept
    or cells_after.concept is distinct from restatements.concept
    or cells_before.duration_months is distinct from restatements.duration_months
    or cells_after.duration_months is distinct from restatements.duration_months
    -- One period may be called by the last day of the month and by its own last day.
    or abs(cells_before.period_end - cells_after.period_end) > 20
