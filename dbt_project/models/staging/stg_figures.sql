with

source as (

    select
        * replace (
            duration_months::integer as duration_months,
            source_line::integer as source_line,
            source_start::integer as source_start,
            source_end::integer as source_end
        )
    from {{ source('staging', 'figures').include(database=false) }}

)

select * from source
