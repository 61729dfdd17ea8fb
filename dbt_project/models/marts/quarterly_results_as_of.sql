{{ config(materialized='table_function', parameters=['as_of'], persist_docs={}) }}

-- No catalog name: the build file takes another name when it is published, and DuckDB keeps the words of a macro.
select *
from {{ ref('fact_quarterly_results').include(database=false) }}
where
    known_from <= {{ as_of_date() }}
    and (known_to is null or known_to > {{ as_of_date() }})
