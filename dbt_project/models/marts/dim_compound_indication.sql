with

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

identities as (

    select * from {{ ref('int_compound_identities') }}

),

compound_indications as (

    select * from {{ ref('stg_compound_indications') }}

),

pipeline_compounds as (

    select * from {{ ref('dim_compound') }}

),

named as (

    select
        identities.compound_id,
        compound_indications.indication,
        compound_indications.trial,
        compound_indications.phase,
        compound_indications.status,
        compound_indications.text as evidence,
        compound_indications.source_line,
        compound_indications.filing_id,
        filings.known_from,
        true as is_named
    from compound_indications
    inner join filings on compound_indications.filing_id = filings.filing_id
    inner join identities on compound_indications.compound_id = identities.read_id
    inner join pipeline_compounds
        on
            identities.compound_id = pipeline_compounds.compound_id
            and pipeline_compounds.is_current
    -- Two ids of one compound may each have the use, and two filings may come on one day: one speaks for the day.
    qualify
        row_number() over (
            partition by
                identities.compound_id, compound_indications.indication, compound_indications.trial, filings.known_from
            order by compound_indications.filing_id desc, compound_indications.source_line asc, identities.read_id asc
        ) = 1

),

first_namings as (

    select
        compound_id,
        indication,
        trial,
        min(known_from) as first_named
    from named
    group by compound_id, indication, trial

),

-- A compound given up is given up in every indication, whether or not the filing that says so names them.
given_up as (

    select
        first_namings.compound_id,
        first_namings.indication,
        first_namings.trial,
        null::varchar as phase,
        'discontinued' as status,
        null::varchar as evidence,
        null::integer as source_line,
        pipeline_compounds.filing_id,
        pipeline_compounds.valid_from as known_from,
        false as is_named
    from first_namings
    inner join pipeline_compounds
        on
            first_namings.compound_id = pipeline_compounds.compound_id
            and first_namings.first_named < pipeline_compounds.valid_from
            and pipeline_compounds.status = 'discontinued'
    where not exists (
        select 1
        from named
        where
            named.compound_id = first_namings.compound_id
            and named.indication = first_namings.indication
            and named.trial is not distinct from first_namings.trial
            and named.known_from = pipeline_compounds.valid_from
    )

),

observed as (

    select * from named
    union all
    select * from given_up

),

carried_forward as (

    select
        * replace (
            last_value(phase ignore nulls) over so_far as phase
        )
    from observed
    window so_far as (
        partition by compound_id, indication, trial
        order by known_from
        rows between unbounded preceding and current row
    )

),

compared as (

    select
        *,
        (
            lag(status) over by_time is distinct from status
            or lag(phase) over by_time is distinct from phase
        )::integer as is_change
    from carried_forward
    window by_time as (partition by compound_id, indication, trial order by known_from)

),

numbered as (

    select
        *,
        sum(is_change) over (partition by compound_id, indication, trial order by known_from) as version_no
    from compared

),

versions as (

    select
        compound_id,
        indication,
        trial,
        version_no,
        phase,
        status,
        min(known_from) as valid_from,
        max(known_from) filter (where is_named) as last_named,
        arg_min(filing_id, known_from) as filing_id,
        -- Of the filing of the version alone: a line of another filing would lead astray.
        arg_min_null(evidence, known_from) as evidence,
        arg_min_null(source_line, known_from) as source_line
    from numbered
    group by compound_id, indication, trial, version_no, phase, status

),

final as (

    select
        compound_id,
        indication,
        trial,
        phase,
        status,
        valid_from,
        lead(valid_from) over by_time as valid_to,
        lead(valid_from) over by_time is null as is_current,
        last_named,
        filing_id,
        evidence,
        source_line
    from versions
    window by_time as (partition by compound_id, indication, trial order by valid_from)

)

select * from final
order by compound_id, indication, trial nulls first, valid_from
