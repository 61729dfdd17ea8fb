with recursive

filings as (

    select * from {{ ref('int_accepted_filings') }}

),

compounds as (

    select * from {{ ref('stg_compounds') }}

),

compound_names as (

    select * from {{ ref('stg_compound_names') }}

),

vocabulary as (

    select distinct compound_id from {{ ref('compounds') }}

),

first_namings as (

    select
        compounds.compound_id,
        min((filings.known_from, filings.filing_id)) as first_naming
    from compounds
    inner join filings on compounds.filing_id = filings.filing_id
    group by compounds.compound_id

),

-- The same name whatever its case, spaces and dashes, where a filing itself gives it to the compound.
stated_names as (

    select distinct
        compound_names.compound_id,
        regexp_replace(lower(compound_names.name), '[^\p{L}\p{N}]', '', 'g') as folded_name
    from compound_names
    inner join first_namings on compound_names.compound_id = first_namings.compound_id
    inner join filings on compound_names.filing_id = filings.filing_id
    where compound_names.is_stated

),

-- One hub a name, so that a name of many ids has as many links as ids, not their square.
hubs as (

    select
        folded_name,
        min(compound_id) as hub_id
    from stated_names
    where folded_name != ''
    group by folded_name
    having count(*) > 1

),

links as (

    select
        stated_names.compound_id as one_id,
        hubs.hub_id as other_id
    from stated_names
    inner join hubs on stated_names.folded_name = hubs.folded_name
    where stated_names.compound_id != hubs.hub_id
    union
    select
        hubs.hub_id as one_id,
        stated_names.compound_id as other_id
    from stated_names
    inner join hubs on stated_names.folded_name = hubs.folded_name
    where stated_names.compound_id != hubs.hub_id

),

-- UNION drops what was reached before: it ends when nothing new is reached.
reachable as (

    select
        one_id as compound_id,
        one_id as reached_id
    from links
    union
    select
        reachable.compound_id,
        links.other_id as reached_id
    from reachable
    inner join links on reachable.reached_id = links.one_id

),

-- Two compounds of the vocabulary are two, whatever a filing links: all that hangs on the link stays apart.
united as (

    select
        reachable.compound_id,
        arg_min(reachable.reached_id, (first_namings.first_naming, reachable.reached_id)) as identity_id,
        count(vocabulary.compound_id) > 1 as is_contradicted
    from reachable
    inner join first_namings on reachable.reached_id = first_namings.compound_id
    left join vocabulary on reachable.reached_id = vocabulary.compound_id
    group by reachable.compound_id

)

select
    first_namings.compound_id as read_id,
    case
        when united.is_contradicted then first_namings.compound_id
        else coalesce(united.identity_id, first_namings.compound_id)
    end as compound_id,
    coalesce(united.is_contradicted, false) as is_contradicted
from first_namings
left join united on first_namings.compound_id = united.compound_id
