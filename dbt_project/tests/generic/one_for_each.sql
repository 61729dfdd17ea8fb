{#- Keys (`of`, columns or expressions) whose rows differ in `column`: one key leads to one value. -#}
{% test one_for_each(model, column, of, of_kept_filings=false) %}

select
    {{ of | join(', ') }},
    count(distinct {{ column }}) as value_count
from {{ model }}
{%- if of_kept_filings %}
where {{ is_of_a_kept_filing() }}
{%- endif %}
group by {{ of | join(', ') }}
having count(distinct {{ column }}) > 1

{% endtest %}
