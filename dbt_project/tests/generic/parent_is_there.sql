{#- Rows of filings not kept out whose key, where stated, leads to no row of `to`: `relationships` over several columns. -#}
{% test parent_is_there(model, to, columns) %}

select *
from {{ model }}
anti join {{ to }} using ({{ columns | join(', ') }})
where ({{ columns | join(' || ') }}) is not null and {{ is_of_a_kept_filing() }}

{% endtest %}
