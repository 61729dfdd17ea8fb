{{ config(severity='warn') }}

select * from {{ ref('int_quarters_left_out') }}
