with

source as (

    select
        * replace (
            source_line::integer as source_line,
            source_start::integer as source_start,
            source_end::integer as source_end
        )
    from {{ source('staging', 'guidance').include(database=false) }}

)

select * from source
