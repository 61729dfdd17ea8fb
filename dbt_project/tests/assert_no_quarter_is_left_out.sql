{{ config(severity='warn') }}

select * from {{ ref('int_quarters_left_out') }}
where reason_code != 'copy_of_another_filing'
