{%- set carried_columns = [
    'preferred_name', 'code_name', 'generic_name', 'brand_name', 'target', 'modality', 'owner', 'partners', 'indications'
] -%}
{%- set tracked_columns = carried_columns + ['phase', 'status'] -%}

with

observations as (

    select * from {{ ref('int_compound_observations') }}

),

-- A filing silent on an attribute does not erase it: the last statement stands.
carried_forward as (

    select
        compound_id,
        filing_id,
        known_from,
        is_named,
        {%- for column in carried_columns %}
        last_value({{ column }} ignore nulls) over so_far as {{ column }},
        {%- endfor %}
        last_value(phase ignore nulls) over so_far as stated_phase,
        last_value(
            case when phase not in ('Preclinical', 'IND planned', 'Clinical (phase not stated)') then phase end ignore nulls
        ) over so_far as numbered_phase,
        last_value(status ignore nulls) over so_far as stated_status
    from observations
    window so_far as (
        partition by compound_id
        order by known_from, filing_id
        rows between unbounded preceding and current row
    )

),

-- To be in the clinic without a word of the phase is silence on the phase, where one was stated before.
with_phase_and_status as (

    select
        *,
        case
            when stated_phase = 'Clinical (phase not stated)' then coalesce(numbered_phase, stated_phase)
            else stated_phase
        end as phase,
        case
            when stated_status = 'discontinued' or is_named then coalesce(stated_status, 'active')
            else 'not named lately'
        end as status
    from carried_forward

),

-- Days, not hours: of several filings of one day the last one that names the compound speaks for the day.
one_a_day as (

    select *
    from with_phase_and_status
    qualify
        row_number() over (
            partition by compound_id, known_from
            order by is_named desc, filing_id desc
        ) = 1

),

with_attributes as (

    select
        *,
        struct_pack(
            {%- for column in tracked_columns %}
            {{ column }} := {{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        ) as attributes
    from one_a_day

),

compared as (

    select
        *,
        lag(attributes) over (partition by compound_id order by known_from) as attributes_before
    from with_attributes

),

versions as (

    select
        *,
        known_from as valid_from,
        lead(known_from) over (partition by compound_id order by known_from) as valid_to
    from compared
    where attributes_before is null or attributes is distinct from attributes_before

),

final as (

    select
        compound_id,
        preferred_name,
        code_name,
        generic_name,
        brand_name,
        target,
        modality,
        owner,
        partners,
        phase,
        status,
        indications,
        valid_from,
        valid_to,
        valid_to is null as is_current,
        filing_id
    from versions

)

select * from final
order by compound_id, valid_from
