with

filings as (

    select * from {{ ref('int_filing_calendars') }}

),

guidance as (

    select * from {{ ref('stg_guidance') }}

),

actuals as (

    select * from {{ ref('int_metric_actuals') }}

),

-- A release may give one expectation twice, in a bullet and in prose: the fuller statement stands, then the first.
one_a_metric as (

    select
        guidance.*,
        filings.company_id,
        filings.is_of_earlier_calendar
    from guidance
    inner join filings on guidance.filing_id = filings.filing_id
    qualify
        row_number() over (
            partition by guidance.filing_id, guidance.metric, guidance.fiscal_period
            order by
                (guidance.low is null)::integer + (guidance.high is null)::integer,
                guidance.source_start,
                guidance.guidance_id
        ) = 1

),

with_actuals as (

    select
        one_a_metric.*,
        actuals.value as actual,
        case
            when actuals.value is null or coalesce(one_a_metric.low, one_a_metric.high) is null then null
            when actuals.value < one_a_metric.low then 'below'
            when actuals.value > one_a_metric.high then 'above'
            else 'within'
        end as outcome
    from one_a_metric
    left join actuals
        on
            one_a_metric.company_id = actuals.company_id
            and one_a_metric.metric = actuals.metric
            and one_a_metric.fiscal_period = actuals.fiscal_period
            and one_a_metric.unit = actuals.unit
            -- A year named by a calendar that the company has given up is another year; a day is a day.
            and not (one_a_metric.is_of_earlier_calendar and try_cast(one_a_metric.fiscal_period as date) is null)

),

final as (

    select
        filing_id,
        company_id,
        metric,
        fiscal_period,
        low,
        high,
        previous_low,
        previous_high,
        action,
        unit,
        source_line,
        actual,
        outcome,
        {{ currency_of('unit') }} as currency,
        stated_action,
        direction
    from with_actuals

)

select * from final
order by filing_id, metric, fiscal_period
