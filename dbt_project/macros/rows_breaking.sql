{#- The rows of a relation for which a rule is not true, a row once a rule, with the rule's name. NULL is not true. -#}
{% macro rows_breaking(relation, rules) -%}
{%- for rule, condition in rules.items() %}
select
    '{{ rule }}' as broken_rule,
    *
from {{ relation }}
where not coalesce({{ condition }}, false)
{%- if not loop.last %}
union all
{%- endif %}
{%- endfor %}
{%- endmacro %}

{#- True but for the rows of filings that the reader kept out, which reach no mart and so stop no build. -#}
{% macro is_of_a_kept_filing() -%}
coalesce(filing_id, '') not in (
    select kept_out.filing_id
    from {{ ref('stg_filings') }} as kept_out
    where kept_out.status = 'quarantined'
)
{%- endmacro %}
