with

filings as (

    select * from {{ ref('int_filing_calendars') }}

),

reported_values as (

    select * from {{ ref('stg_reported_values') }}

),

statement_periods as (

    select * from {{ ref('int_statement_periods') }}

),

fiscal_periods as (

    select * from {{ ref('int_fiscal_periods') }}

),

calendars as (

    select
        company_id,
        arg_max(anchor_period_end, filing_no) as company_period_end,
        arg_max(anchor_quarter_no, filing_no) as company_quarter_no
    from filings
    where anchor_period_end is not null
    group by company_id

),

printed_columns as (

    select
        reported_values.filing_id,
        filings.company_id,
        filings.known_from,
        filings.anchor_period_end,
        filings.is_contradicted,
        filings.stated_quarter_no,
        filings.copy_of,
        reported_values.currency,
        reported_values.period_end,
        reported_values.duration_months,
        count(reported_values.value) as value_count
    from reported_values
    inner join filings on reported_values.filing_id = filings.filing_id
    where
        reported_values.statement = 'income_statement'
        and reported_values.basis = 'gaap'
        and (
            reported_values.duration_months = 3
            or reported_values.duration_months is null
            or reported_values.period_end is null
        )
    group by
        reported_values.filing_id,
        filings.company_id,
        filings.known_from,
        filings.anchor_period_end,
        filings.is_contradicted,
        filings.stated_quarter_no,
        filings.copy_of,
        reported_values.currency,
        reported_values.period_end,
        reported_values.duration_months

),

explained as (

    select
        printed_columns.filing_id,
        printed_columns.company_id,
        printed_columns.currency,
        printed_columns.period_end,
        printed_columns.duration_months,
        printed_columns.known_from,
        printed_columns.copy_of,
        -- The quarter that it would have been: of its day by the calendar of the filing, else of the company; else the quarter
        -- that the filing says it reports.
        coalesce(
            fiscal_periods.quarter_no,
            case
                when printed_columns.period_end <= printed_columns.known_from
                    then
                        {{ quarter_no_of(
                            'printed_columns.period_end', 'calendars.company_period_end', 'calendars.company_quarter_no'
                        ) }}
            end,
            printed_columns.stated_quarter_no
        ) as quarter_no,
        case
            when printed_columns.copy_of is not null then 'copy_of_another_filing'
            when printed_columns.period_end is null or printed_columns.duration_months is null then 'period_not_read'
            when printed_columns.period_end > printed_columns.known_from then 'ends_after_the_filing'
            when printed_columns.is_contradicted then 'fiscal_period_contradicted'
            when printed_columns.anchor_period_end is null then 'fiscal_calendar_unknown'
            when fiscal_periods.quarter_no is null then 'not_a_quarter_end'
            when statement_periods.periods_in_quarter > 1 then 'two_periods_in_one_quarter'
            when statement_periods.filing_id is null then 'no_amount_read'
        end as reason_code,
        printed_columns.value_count
    from printed_columns
    left join calendars on printed_columns.company_id = calendars.company_id
    left join fiscal_periods
        on
            printed_columns.filing_id = fiscal_periods.filing_id
            and printed_columns.period_end = fiscal_periods.period_end
    left join statement_periods
        on
            printed_columns.filing_id = statement_periods.filing_id
            and printed_columns.period_end = statement_periods.period_end
            and printed_columns.duration_months = statement_periods.duration_months
            and printed_columns.currency = statement_periods.currency

)

select
    * exclude (copy_of),
    case reason_code
        when 'copy_of_another_filing'
            then 'The filing states nothing that ' || copy_of || ' of the same day does not: its figures are counted there.'
        when 'period_not_read' then 'The period of an income statement column was not read; see staging.problems.'
        when 'ends_after_the_filing'
            then 'The period ends after the filing, which can report no such result: its date is misprinted, or misread.'
        when 'fiscal_period_contradicted'
            then
                'The fiscal quarter stated does not fit the fiscal year end, or the other releases of the company, or ends '
                || 'after the filing: one of them is misread.'
        when 'fiscal_calendar_unknown' then 'Neither a fiscal period nor a fiscal year end was found to name the quarter by.'
        when 'not_a_quarter_end' then 'The period ends more than 20 days from any quarter end of the fiscal calendar.'
        when 'two_periods_in_one_quarter' then 'Two period ends of the filing fall into one fiscal quarter: one is misread.'
        when 'no_amount_read' then 'No amount of this column was read under a concept that the quarterly results hold.'
    end as reason
from explained
where reason_code is not null
