"""dim_filing and quarantine, dim_compound and what hangs on it: everything accounted for, history without a seam."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations import words
from expectations.suite import Source, Suite, holds, in_set, matches, not_null, query, unique
from expectations.ties import rows

if TYPE_CHECKING:
    import pandas as pd

DIM_FILING = Suite(
    name="dim_filing",
    stage="marts",
    table="dim_filing",
    description="Every filing that was read is in dim_filing, or in quarantine with its reason; none is in both or neither.",
    frame=query("""
        with kept_out as (
            select filing_id, bool_and(coalesce(trim(reason), '') <> '') as says_why
            from quarantine
            where not is_duplicate
            group by filing_id
        )

        select
            coalesce(s.filing_id, d.filing_id) as filing_id, coalesce(d.source, s.source) as source, s.status, d.sha256,
            d.fiscal_quarter,
            s.filing_id is not null as is_staged,
            d.filing_id is not null or k.filing_id is not null as is_accounted_for,
            d.filing_id is null or k.filing_id is null as is_not_both,
            d.filing_id is null or s.status is not distinct from 'accepted' as is_accepted,
            k.filing_id is null or k.says_why as quarantine_has_a_reason,
            d.filing_id is null or s.filing_id is null or d.sha256 is not distinct from s.sha256 as sha256_is_as_staged,
            d.filing_id is null or d.known_from is not null as known_from_is_there,
            d.filing_id is null or d.company_id is not null as company_id_is_there,
            d.copy_of,
            d.copy_of is null as is_no_copy,
            d.copy_of is null or exists (
                select 1 from dim_filing as o
                where o.filing_id = d.copy_of and o.copy_of is null and o.company_id = d.company_id
                    and o.known_from = d.known_from
            ) as copy_is_of_a_release_of_that_day
        from staging.filings as s
        full join dim_filing as d on d.filing_id = s.filing_id
        left join kept_out as k on k.filing_id = coalesce(s.filing_id, d.filing_id)
        order by 1
    """),
    naming=("filing_id", "source", "status", "copy_of"),
    required_rows=1,
    expectations=(
        unique("filing_id"),
        matches("sha256", words.SHA256_PATTERN),
        in_set("fiscal_quarter", words.FISCAL_QUARTERS),
        holds("is_staged", "filing_id", "A filing of the mart was read."),
        holds("is_accounted_for", "filing_id", "Every filing is in dim_filing or in quarantine."),
        holds("is_not_both", "filing_id", "No filing is in dim_filing and in quarantine."),
        holds("is_accepted", "filing_id", "No filing that the reader kept out is in dim_filing."),
        holds("quarantine_has_a_reason", "filing_id", "Every filing kept out has its reason."),
        holds("sha256_is_as_staged", "filing_id", "The digest is that of the raw file."),
        holds("known_from_is_there", "filing_id", "A filing of the mart says since when it is known."),
        holds("company_id_is_there", "filing_id", "A filing of the mart says whose it is."),
        holds(
            "copy_is_of_a_release_of_that_day",
            "filing_id",
            "A copy is one of a filing of the same company and day, which is none itself.",
        ),
        holds("is_no_copy", "filing_id", "No filing is a copy of another, kept twice in other bytes.", "warning"),
    ),
)

VERSIONS = """
    select
        d.compound_id, d.preferred_name, d.phase, d.status, d.filing_id, d.is_current,
        d.valid_from::varchar as valid_from, d.valid_to::varchar as valid_to,
        lag(d.phase) over by_time as earlier_phase,
        exists (
            select 1 from fact_compound_event as e
            where e.compound_id = d.compound_id and e.filing_id = d.filing_id and e.event_type = 'discontinuation'
        ) as says_why,
        count(*) filter (where d.is_current) over (partition by d.compound_id) = 1 as exactly_one_is_current,
        not d.is_current or lead(d.valid_from) over by_time is null as the_last_is_current,
        coalesce(d.valid_from <= d.valid_to, true) as valid_from_not_after_valid_to,
        coalesce(
            lag(d.valid_from) over by_time is null
                or coalesce(lag(d.valid_to) over by_time, date '9999-12-31') <= d.valid_from, false
        ) as versions_do_not_overlap,
        coalesce(d.status, '') = 'not named lately' or s.source_line is not null as has_its_source_line,
        s.role is null or s.role = 'pipeline' as is_of_the_pipeline
    from dim_compound as d
    -- By the name, as ids of the reader may have become one.
    left join staging.compounds as s on s.filing_id = d.filing_id and s.preferred_name = d.preferred_name
    window by_time as (partition by d.compound_id order by d.valid_from, d.valid_to nulls last, d.filing_id)
    order by d.compound_id, d.valid_from, d.valid_to nulls last, d.filing_id
"""


def _versions(source: Source) -> pd.DataFrame:
    """The versions, each with whether its phase is at least the one before it, or the filing tells what was given up."""
    frame = source.query(VERSIONS)
    held = [
        _rank(phase) is None or _rank(earlier) is None or (_rank(phase) or 0) >= (_rank(earlier) or 0) or bool(says_why)
        for phase, earlier, says_why in rows(frame[["phase", "earlier_phase", "says_why"]])
    ]
    return frame.assign(phase_does_not_fall=held)


def _rank(phase: str | None) -> int | None:
    """Where a phase stands; None where it is not stated, or no phase of ours, which another expectation says."""
    return words.PHASES.index(phase) if phase in words.PHASES and phase != words.PHASE_NOT_STATED else None


DIM_COMPOUND = Suite(
    name="dim_compound",
    stage="marts",
    table="dim_compound",
    description="The versions of a compound follow each other without overlap, one is current, each from a line of a filing.",
    frame=_versions,
    naming=("compound_id", "preferred_name", "phase", "earlier_phase", "valid_from", "valid_to", "filing_id"),
    expectations=(
        not_null("compound_id"),
        not_null("preferred_name"),
        not_null("valid_from"),
        not_null("filing_id"),
        not_null("status"),
        in_set("phase", words.PHASES),
        in_set("status", words.COMPOUND_STATUSES),
        holds("exactly_one_is_current", "compound_id", "Exactly one version of a compound is current."),
        holds("the_last_is_current", "compound_id", "The current version is the last."),
        holds("valid_from_not_after_valid_to", "compound_id", "A version does not end before it begins."),
        holds("versions_do_not_overlap", "compound_id", "A version ends before the next begins."),
        holds(
            "has_its_source_line", "compound_id", "A version stands on a line of its filing, unless the compound was not named."
        ),
        holds("is_of_the_pipeline", "compound_id", "Comparators and components are no pipeline."),
        holds(
            "phase_does_not_fall",
            "compound_id",
            "A phase falls only where the filing says why: it tells that something of the compound was given up.",
            "warning",
        ),
    ),
)

DIM_COMPOUND_NAME = Suite(
    name="dim_compound_name",
    stage="marts",
    table="dim_compound_name",
    description="A name leads to one compound, and says on which line or whose word.",
    frame=query("""
        select
            n.compound_id, n.name, n.kind, n.is_stated, n.filing_id, n.source_line,
            d.compound_id is not null as compound_is_there,
            m.compounds = 1 as name_is_of_one_compound,
            n.is_stated or coalesce(trim(n.evidence), '') <> '' as unstated_has_evidence
        from dim_compound_name as n
        left join (select distinct compound_id from dim_compound) as d using (compound_id)
        left join (
            select lower(name) as folded, count(distinct compound_id) as compounds from dim_compound_name group by lower(name)
        ) as m on m.folded = lower(n.name)
        order by n.compound_id, n.name, n.filing_id
    """),
    naming=("compound_id", "name", "kind", "filing_id", "source_line"),
    expectations=(
        not_null("compound_id"),
        not_null("name"),
        not_null("is_stated"),
        not_null("source_line"),
        in_set("kind", words.NAME_KINDS),
        holds("compound_is_there", "compound_id", "A name is one of a compound of dim_compound."),
        holds("name_is_of_one_compound", "compound_id", "A name leads to one compound, whatever its case."),
        holds("unstated_has_evidence", "compound_id", "A link that no filing states says where it is from."),
    ),
)

DIM_COMPOUND_INDICATION = Suite(
    name="dim_compound_indication",
    stage="marts",
    table="dim_compound_indication",
    description="The versions of a use of a compound follow each other without overlap, one is current, each with its line.",
    frame=query("""
        select
            i.compound_id, i.indication, coalesce(i.trial, '') as trial, i.phase, i.status, i.filing_id, i.source_line,
            i.valid_from::varchar as valid_from, i.valid_to::varchar as valid_to,
            d.compound_id is not null as compound_is_there,
            count(*) filter (where i.is_current) over (partition by i.compound_id, i.indication, i.trial) = 1
                as exactly_one_is_current,
            coalesce(i.valid_from < i.valid_to, i.is_current) as ends_after_it_begins,
            coalesce(lag(i.valid_to) over by_time = i.valid_from, lag(i.valid_from) over by_time is null)
                as versions_do_not_overlap,
            i.source_line is not null or i.status = 'discontinued' as has_its_source_line
        from dim_compound_indication as i
        left join (select distinct compound_id from dim_compound) as d using (compound_id)
        window by_time as (partition by i.compound_id, i.indication, i.trial order by i.valid_from, i.valid_to nulls last)
        order by i.compound_id, i.indication, i.trial, i.valid_from, i.valid_to nulls last
    """),
    naming=("compound_id", "indication", "trial", "valid_from", "valid_to", "filing_id"),
    expectations=(
        not_null("indication"),
        not_null("valid_from"),
        not_null("filing_id"),
        not_null("status"),
        in_set("phase", words.PHASES),
        in_set("status", words.INDICATION_STATUSES),
        holds("compound_is_there", "compound_id", "A use is one of a compound of dim_compound."),
        holds("exactly_one_is_current", "compound_id", "Exactly one version of a use is current."),
        holds("ends_after_it_begins", "compound_id", "A version ends after it begins, or is the current one."),
        holds("versions_do_not_overlap", "compound_id", "A version begins when the one before it ends."),
        holds(
            "has_its_source_line", "compound_id", "A version stands on a line of its filing, unless its compound was given up."
        ),
    ),
)

SUITES = (DIM_FILING, DIM_COMPOUND, DIM_COMPOUND_NAME, DIM_COMPOUND_INDICATION)
