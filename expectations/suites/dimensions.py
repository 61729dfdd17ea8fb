"""dim_filing and quarantine, dim_compound: every filing accounted for, every version of a compound from a filing.

Belongs here: what of a dimension must agree with staging or with another filing. Does not belong here: keys, closed sets and
versions, which dbt tests.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.identity_checks import rows
from expectations.suite import FrameSource, Suite, holds, query, whole

if TYPE_CHECKING:
    import pandas as pd

DIM_FILING = Suite(
    name="dim_filing",
    stage="marts",
    table="dim_filing",
    description="Every filing that was read is in dim_filing or in quarantine; none is in both or neither.",
    frame=query("""
        with kept_out as (
            select distinct filing_id from quarantine where not is_duplicate
        )

        select
            coalesce(s.filing_id, d.filing_id) as filing_id, coalesce(d.source, s.source) as source, s.status,
            s.filing_id is not null as is_staged,
            d.filing_id is not null or k.filing_id is not null as is_accounted_for,
            d.filing_id is null or k.filing_id is null as is_not_both,
            d.filing_id is null or s.status is not distinct from 'accepted' as is_accepted,
            d.filing_id is null or s.filing_id is null or d.sha256 is not distinct from s.sha256 as sha256_is_as_staged,
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
        whole("is_staged", "filing_id", "A filing of the mart was read."),
        whole("is_accounted_for", "filing_id", "Every filing is in dim_filing or in quarantine."),
        whole("is_not_both", "filing_id", "No filing is in dim_filing and in quarantine."),
        whole("is_accepted", "filing_id", "No filing that the reader kept out is in dim_filing."),
        whole("sha256_is_as_staged", "filing_id", "The digest is that of the raw file."),
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
        d.compound_id, d.preferred_name, d.phase, d.filing_id,
        d.valid_from::varchar as valid_from, d.valid_to::varchar as valid_to,
        lag(d.phase) over by_time as earlier_phase,
        exists (
            select 1 from fact_compound_event as e
            where e.compound_id = d.compound_id and e.filing_id = d.filing_id and e.event_type = 'discontinuation'
        ) as says_why,
        coalesce(d.status, '') = 'not named lately' or s.source_line is not null as has_its_source_line,
        s.role is null or s.role = 'pipeline' as is_of_the_pipeline
    from dim_compound as d
    -- By the name, as ids of the reader may have become one.
    left join staging.compounds as s on s.filing_id = d.filing_id and s.preferred_name = d.preferred_name
    window by_time as (partition by d.compound_id order by d.valid_from, d.valid_to nulls last, d.filing_id)
    order by d.compound_id, d.valid_from, d.valid_to nulls last, d.filing_id
"""

_VOCABULARY = Path(os.environ.get("TIEOUT_VOCABULARY") or Path(__file__).resolve().parents[2] / "data" / "vocabulary")


def _phases() -> list[str]:
    """The phases of development, lowest first. Raises OSError where the vocabulary is not there."""
    with (_VOCABULARY / "phases.csv").open(encoding="utf-8", newline="") as file:
        return [row["phase"] for row in csv.DictReader(file)]


PHASES = _phases()
PHASE_NOT_STATED = "Clinical (phase not stated)"


def _versions(source: FrameSource) -> pd.DataFrame:
    """The versions, each with whether its phase is at least the one before it, or the filing tells what was given up."""
    frame = source.query(VERSIONS)
    held = [
        _rank(phase) is None or _rank(earlier) is None or (_rank(phase) or 0) >= (_rank(earlier) or 0) or bool(says_why)
        for phase, earlier, says_why in rows(frame[["phase", "earlier_phase", "says_why"]])
    ]
    return frame.assign(phase_does_not_fall=held)


def _rank(phase: str | None) -> int | None:
    """Where a phase stands; None where it is not stated, or is none of the vocabulary, which a dbt test finds."""
    return PHASES.index(phase) if phase in PHASES and phase != PHASE_NOT_STATED else None


DIM_COMPOUND = Suite(
    name="dim_compound",
    stage="marts",
    table="dim_compound",
    description="Each version of a compound comes from a line of a filing, and its phase does not fall without a reason.",
    frame=_versions,
    naming=("compound_id", "preferred_name", "phase", "earlier_phase", "valid_from", "valid_to", "filing_id"),
    expectations=(
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

SUITES = (DIM_FILING, DIM_COMPOUND)
