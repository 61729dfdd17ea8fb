with

source as (

    select
        * replace (
            table_no::integer as table_no,
            column_no::integer as column_no,
            duration_months::integer as duration_months,
            period_line::integer as period_line,
            scale_line::integer as scale_line,
            currency_line::integer as currency_line,
            entity_line::integer as entity_line,
            basis_line::integer as basis_line
        )
    from {{ source('staging', 'attributions').include(database=false) }}

)

select * from source
