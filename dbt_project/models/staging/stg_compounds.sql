with

source as (

    select
        * replace (
            source_line::integer as source_line
        )
    from {{ source('staging', 'compounds').include(database=false) }}

),

-- An empty list says nothing, as NULL says nothing; a list in another order says nothing new.
normalised as (

    select
        * exclude (partners, indications),
        nullif(list_sort(list_distinct(partners)), []) as partners,
        nullif(list_sort(list_distinct(indications)), []) as indications
    from source

)

select * from normalised
