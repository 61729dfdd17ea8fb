{#- The currency of a unit ("USD", "EUR/share"); NULL for shares and whatever else is no money. -#}
{% macro currency_of(unit) -%} nullif(regexp_extract({{ unit }}, '^([A-Z]{3})(/share)?$', 1), '') {%- endmacro %}
