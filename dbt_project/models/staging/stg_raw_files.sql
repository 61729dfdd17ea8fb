{{ config(post_hook="{{ comment_on_source_columns() }}") }}

with

source as (

    select * from {{ source('staging', 'raw_files').include(database=false) }}

)

select * from source
