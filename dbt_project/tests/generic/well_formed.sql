{#-
  Rows of which something is not as it must be, with the name of the rule they break. `accepted` is the closed set of a column,
  `matching` its regular expression (a NULL passes both); `rules` are conditions over the columns of a row, by name. With
  `of_kept_filings`, rows of filings that the reader kept out are left alone.
-#}
{% test well_formed(model, accepted={}, matching={}, rules={}, of_kept_filings=false) %}
{%- set all_rules = {} -%}
{%- for column, values in accepted.items() -%}
    {%- do all_rules.update({column ~ '_in_set': column ~ " is null or " ~ column ~ "::varchar in ('" ~ values | join("', '") ~ "')"}) -%}
{%- endfor -%}
{%- for column, pattern in matching.items() -%}
    {%- do all_rules.update({column ~ '_is_well_formed': column ~ " is null or regexp_full_match(" ~ column ~ ", '" ~ pattern ~ "')"}) -%}
{%- endfor -%}
{%- do all_rules.update(rules) -%}

with

tested as (

    select * from {{ model }}
    where {{ is_of_a_kept_filing() if of_kept_filings else 'true' }}

)

{{ rows_breaking('tested', all_rules) }}

{% endtest %}
