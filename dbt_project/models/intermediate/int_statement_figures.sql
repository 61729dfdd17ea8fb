with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

reported_values as (

    select * from {{ ref('stg_reported_values') }}

),

concepts as (

    select * from {{ ref('concepts') }}

),

-- Statements of the registrant by GAAP, in whatever currency, which is of the key. A copy of a release says nothing new.
candidates as (

    select
        reported_values.*,
        filings.company_id,
        filings.filing_no,
        filings.known_from,
        concepts.fact_column,
        bool_or(reported_values.is_restated) over (
            partition by
                reported_values.filing_id,
                reported_values.table_no,
                reported_values.column_no,
                reported_values.period_end,
                reported_values.duration_months
        ) as is_restated_column
    from reported_values
    inner join filings on reported_values.filing_id = filings.filing_id
    inner join concepts
        on
            reported_values.concept = concepts.concept
            and reported_values.statement = concepts.statement
            and reported_values.unit = case concepts.unit
                when 'currency' then reported_values.currency
                when 'currency_per_share' then reported_values.currency || '/share'
                when 'shares' then 'shares'
            end
    where
        reported_values.basis = 'gaap'
        and filings.copy_of is null
        and reported_values.period_end is not null
        and reported_values.duration_months is not null

),

-- A period printed as reported and as restated side by side counts as restated, the whole column: the two never mix.
of_the_restated_column as (

    select *
    from candidates
    qualify
        is_restated_column = bool_or(is_restated_column) over (
            partition by filing_id, currency, statement, period_end, duration_months
        )

),

one_a_figure as (

    select *
    from of_the_restated_column
    qualify
        row_number() over (
            partition by filing_id, currency, concept, period_end, duration_months
            order by value is null, table_no, line_no, column_no, value_id
        ) = 1

)

select
    value_id,
    filing_id,
    company_id,
    filing_no,
    known_from,
    statement,
    concept,
    fact_column,
    currency,
    period_end,
    duration_months,
    value,
    unit,
    rounding,
    status,
    is_restated_column as is_restated,
    is_proven
from one_a_figure
