with

events as (

    select * from {{ ref('int_compound_events') }}

),

expected_events as (

    select * from {{ ref('expected_events') }}

),

expectations as (

    select
        events.*,
        expected_events.reached_type,
        expected_events.happens_once
    from events
    inner join expected_events on events.event_type = expected_events.expected_type

),

-- What later filings tell of the same compound that could be what became of the expectation.
later as (

    select
        expectations.event_id,
        expectations.event_type,
        expectations.reached_type,
        expectations.happens_once,
        expectations.known_from,
        expectations.expected_from,
        expectations.expected_to,
        later_events.event_id as later_event_id,
        later_events.event_type as later_event_type,
        later_events.event_date as later_event_date,
        later_events.expected_from as later_expected_from,
        later_events.known_from as later_known_from,
        coalesce(expectations.trial != later_events.trial, false) as has_another_trial,
        coalesce(expectations.trial = later_events.trial, false) as has_the_same_trial,
        coalesce(not {{ share_a_term('expectations.indication', 'later_events.indication') }}, false) as has_another_indication,
        coalesce({{ share_a_term('expectations.indication', 'later_events.indication') }}, false) as has_the_same_indication
    from expectations
    inner join events as later_events
        on
            expectations.compound_id = later_events.compound_id
            and expectations.known_from < later_events.known_from
            and later_events.event_type in (expectations.event_type, expectations.reached_type, 'discontinuation')

),

-- The same trial is the same thing. The same disease is, where the thing happens once: data are presented again and again.
compared as (

    select
        *,
        has_the_same_trial or (not has_another_trial and has_the_same_indication and happens_once) as is_the_same,
        not has_another_trial and (has_the_same_trial or not has_another_indication) as may_be_the_same
    from later

),

judged as (

    select
        *,
        case
            when later_event_type = 'discontinuation' and may_be_the_same
                then case when expected_to is null or later_known_from <= expected_to then 'dropped' end
            when later_event_type = reached_type and later_event_date > known_from
                then
                    case
                        when may_be_the_same and later_event_date between expected_from and expected_to then 'met'
                        when is_the_same and later_event_date > expected_to then 'late'
                        when is_the_same then 'met'
                    end
            when later_event_type = event_type and is_the_same and later_expected_from > expected_to then 'late'
        end as outcome,
        case
            when later_event_type = reached_type then 1
            when later_event_type = event_type then 2
            else 3
        end as place
    from compared

),

-- What came is worth more than what was put off; of several, what was told first.
best as (

    select *
    from judged
    where outcome is not null
    qualify
        row_number() over (
            partition by event_id
            order by place asc, outcome = 'late' asc, later_known_from asc, later_event_date asc nulls last, later_event_id asc
        ) = 1

)

select
    expectations.event_id,
    coalesce(best.outcome, 'open') as outcome,
    best.later_event_id as outcome_event_id
from expectations
left join best on expectations.event_id = best.event_id
