with

source as (

    select * from {{ source('staging', 'broken_rules').include(database=false) }}

)

select * from source
