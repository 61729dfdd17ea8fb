{#- A model lands in the schema it names, not in `main_<schema>`: `select * from fact_quarterly_results` has to work. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
