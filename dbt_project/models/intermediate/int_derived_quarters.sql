with

statement_periods as (

    select * from {{ ref('int_statement_periods') }}

),

figure_vintages as (

    select * from {{ ref('int_figure_vintages') }}

),

-- A period as a span of fiscal quarters, first to last. `added` and `subtracted` are the printed periods it is made of.
printed_spans as (

    select
        filing_id,
        company_id,
        filing_no,
        known_from,
        own_fiscal_year,
        currency,
        period_end,
        quarter_no - duration_months // 3 + 1 as first_quarter_no,
        quarter_no as last_quarter_no,
        {{ amount_columns() | join(',\n        ') }},
        amount_rounding,
        is_proven,
        is_restated,
        [{{ span_of('filing_id', 'period_end', 'duration_months') }}] as added,
        []::varchar[] as subtracted,
        null::varchar as refusal
    from statement_periods
    where is_placed and duration_months in (3, 6, 9, 12)

),

-- Spans whose amounts a later filing printed with other figures than were known before, beyond rounding.
revised_spans as (

    select distinct
        company_id,
        filing_no,
        currency,
        quarter_no - duration_months // 3 + 1 as first_quarter_no,
        quarter_no as last_quarter_no
    from figure_vintages
    where
        is_revised
        and unit = currency
        and statement = 'income_statement'
        and fact_column is not null
        and quarter_no is not null
        and duration_months in (3, 6, 9, 12)

),

-- Within one filing: a longer period less its last quarter leaves the quarters before that one.
remaining_spans as (

    select
        longer.filing_id,
        longer.company_id,
        longer.filing_no,
        longer.known_from,
        longer.own_fiscal_year,
        longer.currency,
        {{ previous_quarter_end('longer.period_end') }} as period_end,
        longer.first_quarter_no,
        longer.last_quarter_no - 1 as last_quarter_no,
        {{- amounts_less('longer', 'shorter') }},
        longer.is_restated,
        longer.added || shorter.subtracted as added,
        longer.subtracted || shorter.added as subtracted,
        case when longer.is_restated != shorter.is_restated then 'bases_differ' end as refusal
    from printed_spans as longer
    inner join printed_spans as shorter
        on
            longer.filing_id = shorter.filing_id
            and longer.currency = shorter.currency
            and longer.period_end = shorter.period_end
            and longer.first_quarter_no < shorter.first_quarter_no
            and shorter.first_quarter_no = shorter.last_quarter_no

),

known_spans as (

    select
        *,
        true as is_printed
    from printed_spans
    union all
    select
        *,
        false as is_printed
    from remaining_spans

),

-- Two spans with one start, the longer by a quarter: that quarter. The shorter one may come from an earlier filing of the
-- same reporting year; one of another year may have been restated since.
span_pairs as (

    select
        longer.filing_id,
        longer.company_id,
        longer.filing_no,
        longer.known_from,
        longer.own_fiscal_year,
        longer.currency,
        longer.period_end,
        longer.last_quarter_no as first_quarter_no,
        longer.last_quarter_no,
        {{- amounts_less('longer', 'shorter') }},
        longer.is_restated,
        longer.added || shorter.subtracted as added,
        longer.subtracted || shorter.added as subtracted,
        coalesce(
            longer.refusal,
            shorter.refusal,
            case when longer.is_restated != shorter.is_restated then 'bases_differ' end,
            -- Between the two filings some of the longer period was printed with other figures: the two no longer subtract.
            case
                when exists (
                    select 1
                    from revised_spans
                    where
                        revised_spans.company_id = longer.company_id
                        and revised_spans.currency = longer.currency
                        and revised_spans.filing_no > shorter.filing_no
                        and revised_spans.filing_no <= longer.filing_no
                        and revised_spans.first_quarter_no <= longer.last_quarter_no
                        and revised_spans.last_quarter_no >= longer.first_quarter_no
                ) then 'operand_revised'
            end
        ) as refusal,
        longer.is_printed,
        shorter.filing_no as shorter_filing_no,
        shorter.is_printed as shorter_is_printed,
        longer.first_quarter_no as span_first_quarter_no
    from known_spans as longer
    inner join known_spans as shorter
        on
            longer.company_id = shorter.company_id
            and longer.currency = shorter.currency
            and longer.own_fiscal_year = shorter.own_fiscal_year
            and longer.first_quarter_no = shorter.first_quarter_no
            and longer.last_quarter_no = shorter.last_quarter_no + 1
            and longer.filing_no >= shorter.filing_no
            -- What is left of a period by its own last quarter gives back that quarter and nothing new.
            and (shorter.is_printed or longer.filing_id != shorter.filing_id)

),

differences as (

    select * exclude (is_printed, shorter_filing_no, shorter_is_printed, span_first_quarter_no)
    from span_pairs
    qualify
        row_number() over (
            partition by filing_id, currency, last_quarter_no, refusal is null
            order by is_printed desc, shorter_filing_no desc, shorter_is_printed desc, span_first_quarter_no desc
        ) = 1

),

single_quarters as (

    select
        *,
        1 as preference
    from remaining_spans
    where first_quarter_no = last_quarter_no
    union all
    select
        *,
        2 as preference
    from differences

),

one_a_quarter as (

    select *
    from single_quarters
    where coalesce({{ amount_columns() | join(', ') }}) is not null
    qualify
        row_number() over (
            partition by filing_id, currency, last_quarter_no
            order by refusal nulls first, preference, period_end
        ) = 1

)

-- What is refused has no amounts: nobody can take them for the quarter's.
select
    filing_id,
    company_id,
    filing_no,
    known_from,
    currency,
    period_end,
    {%- for column in amount_columns() %}
    case when refusal is null then {{ column }} end as {{ column }},
    {%- endfor %}
    amount_rounding,
    is_proven,
    is_restated,
    added,
    subtracted,
    refusal,
    last_quarter_no as quarter_no,
    (last_quarter_no - first_quarter_no + 1) * 3 as duration_months
from one_a_quarter
