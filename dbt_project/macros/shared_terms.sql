{#- Whether two printed lists ("endometrial cancer; ovarian cancer") have a term in common; NULL where either is not stated. -#}
{% macro share_a_term(one, other) -%}
    list_has_any(string_split({{ one }}, '; '), string_split({{ other }}, '; '))
{%- endmacro %}
