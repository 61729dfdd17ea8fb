{#-
  Versions (rows of one key, `of`) that do not follow each other: each ends when the next begins, the last alone is current, and
  none ends before it begins, nor on the same day unless `on_one_day`. `number` is the column that counts them from 1, if any.
-#}
{% test versions_follow(model, of, begins, ends, number=none, on_one_day=false) %}
{%- set rules = {
    'ends_when_the_next_begins': ends ~ ' is not distinct from next_begins',
    'ends_after_it_begins': 'coalesce(' ~ begins ~ (' <= ' if on_one_day else ' < ') ~ ends ~ ', true)',
    'the_last_alone_is_current': 'is_current = (place = versions)',
} -%}
{%- if number -%}
    {%- do rules.update({'are_counted_from_one': number ~ ' = place'}) -%}
{%- endif -%}

with

placed as (

    select
        *,
        lead({{ begins }}) over by_time as next_begins,
        row_number() over by_time as place,
        count(*) over (partition by {{ of | join(', ') }}) as versions
    from {{ model }}
    window by_time as (partition by {{ of | join(', ') }} order by {{ begins }}, {{ number or ends ~ ' nulls last' }})

)

{{ rows_breaking('placed', rules) }}

{% endtest %}
