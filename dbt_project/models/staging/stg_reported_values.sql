with

source as (

    select
        * replace (
            table_no::integer as table_no,
            line_no::integer as line_no,
            column_no::integer as column_no,
            parent_weight::integer as parent_weight,
            duration_months::integer as duration_months,
            proof_count::integer as proof_count,
            source_line::integer as source_line,
            source_start::integer as source_start,
            source_end::integer as source_end,
            source_page::integer as source_page
        )
    from {{ source('staging', 'reported_values').include(database=false) }}

),

with_proof as (

    select
        *,
        proof_count >= 1 as is_proven
    from source

)

select * from with_proof
