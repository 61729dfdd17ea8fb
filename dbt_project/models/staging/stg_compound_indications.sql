with

source as (

    select
        * replace (
            source_line::integer as source_line
        )
    from {{ source('staging', 'compound_indications').include(database=false) }}

)

select * from source
