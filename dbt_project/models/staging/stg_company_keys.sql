with

source as (

    select * from {{ source('staging', 'company_keys').include(database=false) }}

)

select * from source
