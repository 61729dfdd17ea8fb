{#-
  Fiscal quarters are counted, never looked up in the calendar: `quarter_no` = fiscal_year * 4 + fiscal_quarter - 1.
  A date is placed by its distance from an anchor whose quarter the filing itself states, in quarters of 91.3125 days.
  A date further than 20 days from a quarter end has no quarter: a 52/53-week year drifts by a week, a month is too far.
-#}

{% macro quarter_no_of(period_end, anchor_period_end, anchor_quarter_no) -%}
    (case
        when
            abs(
                ({{ anchor_period_end }} - {{ period_end }})
                - round(({{ anchor_period_end }} - {{ period_end }}) / 91.3125) * 91.3125
            ) <= 20
            then {{ anchor_quarter_no }} - round(({{ anchor_period_end }} - {{ period_end }}) / 91.3125)::integer
    end)
{%- endmacro %}

{#- The end of the quarter before: a month's end where the period ends with a month, else 13 weeks earlier. -#}
{% macro previous_quarter_end(period_end) -%}
    case
        when {{ period_end }} = last_day({{ period_end }})
            then last_day(({{ period_end }} - interval 3 month)::date)
        else {{ period_end }} - 91
    end
{%- endmacro %}

{% macro fiscal_year_of(quarter_no) -%} ({{ quarter_no }} // 4)::integer {%- endmacro %}

{% macro fiscal_quarter_of(quarter_no) -%} ({{ quarter_no }} % 4 + 1)::integer {%- endmacro %}
