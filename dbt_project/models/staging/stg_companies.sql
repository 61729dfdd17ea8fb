with

source as (

    select * from {{ source('staging', 'companies').include(database=false) }}

)

select * from source
