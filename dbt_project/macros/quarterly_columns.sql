{#-
  The amounts of a quarter, in the order of the marts. Each name is a `fact_column` of data/vocabulary/concepts.csv.
  Amounts add up over time; per-share figures and average shares do not, which is why they are a list of their own.
-#}

{% macro amount_columns() -%}
    {{ return([
        "revenues",
        "cost_of_revenue",
        "gross_profit",
        "research_and_development",
        "general_and_administrative",
        "selling_general_and_administrative",
        "operating_expenses",
        "operating_income",
        "other_income",
        "pretax_income",
        "income_tax",
        "net_income"
    ]) }}
{%- endmacro %}

{% macro per_share_columns() -%}
    {{ return(["eps_basic", "eps_diluted", "shares_basic", "shares_diluted"]) }}
{%- endmacro %}

{% macro balance_columns() -%}
    {{ return(["cash", "total_assets", "current_liabilities", "stockholders_equity"]) }}
{%- endmacro %}

{#- The amounts of one period less those of another; NULL where either is not known. -#}
{% macro amounts_less(minuend, subtrahend) -%}
    {%- for column in amount_columns() %}
        ({{ minuend }}.{{ column }} - {{ subtrahend }}.{{ column }})::decimal(22, 4) as {{ column }},
    {%- endfor %}
        ({{ minuend }}.amount_rounding + {{ subtrahend }}.amount_rounding)::decimal(22, 4) as amount_rounding,
        {{ minuend }}.is_proven and {{ subtrahend }}.is_proven as is_proven
{%- endmacro %}

{#- A printed period, by name: the filing that prints it, its months and its end. The operands of a derived quarter are named so. -#}
{% macro span_of(filing_id, period_end, duration_months) -%}
    {{ filing_id }} || ' ' || {{ duration_months }} || ' months to ' || {{ period_end }}
{%- endmacro %}
