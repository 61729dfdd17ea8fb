{#- The parameter of the table function, as a macro so that a unit test can put a date in its place. -#}
{% macro as_of_date() -%} as_of {%- endmacro %}
