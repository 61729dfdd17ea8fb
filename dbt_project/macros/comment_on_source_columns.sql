{#-
  What `sources.yml` says of the columns of the staging tables, as their comments in DuckDB. dbt persists the documentation of
  what it makes itself, and these tables it finds. Runs once a build, after one of the staging views.
-#}
{% macro comment_on_source_columns() -%}
    {%- if execute -%}
    {%- for node in graph.sources.values() if node.source_name == 'staging' -%}
        {%- set relation = load_relation(source('staging', node.name)) -%}
        {%- if relation is not none -%}
            {{ duckdb__alter_column_comment(relation, node.columns) }}
        {%- endif -%}
    {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
