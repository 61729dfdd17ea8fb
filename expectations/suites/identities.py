"""The identities of every column, computed again from staging.reported_values; nothing the reader proved is believed.

Belongs here: identities within one column, and how much evidence each filing has. Does not belong here: what the identities
and the thresholds are (`identities.py`, `evidence_thresholds.py` one folder up), or comparing columns (`periods.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expectations import evidence_thresholds
from expectations.identity_checks import IdentityCheck, check_columns, frame_of, rows
from expectations.suite import FrameSource, Suite, at_least, holds

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = """
    select
        v.filing_id, v.statement, v.table_no, v.column_no, v.period_end::varchar as period_end, v.duration_months,
        v.value_id, v.label, v.concept, v.parent_concept, v.parent_weight,
        v.value::varchar as value, v.rounding::varchar as rounding, v.source_line
    from staging.reported_values as v
    inner join staging.filings as f using (filing_id)
    where f.status = 'accepted'
    order by v.filing_id, v.statement, v.table_no, v.column_no, v.line_no, v.value_id
"""

EVIDENCE = """
    with printed as (
        select
            filing_id,
            count(*) as values_printed,
            count(*) filter (where status = 'as_read') as values_as_read,
            count(*) filter (where status in ('implied', 'repaired')) as values_inferred
        from staging.reported_values
        group by filing_id
    ),

    told as (
        select
            g.filing_id, count(*) as figures_comparable, count(*) filter (where g.outcome = 'match') as figures_matched
        from staging.figures as g
        where exists (
            select 1 from staging.reported_values as v
            where v.filing_id = g.filing_id and v.concept = g.metric and v.value is not null
                and (v.period_end = g.period_end or g.period_end is null)
        )
        group by g.filing_id
    )

    select
        f.filing_id, f.source,
        coalesce(p.values_printed, 0)::integer as values_printed,
        (p.values_as_read / p.values_printed)::double as as_read_share,
        coalesce(t.figures_comparable, 0)::integer as figures_comparable,
        case when t.figures_comparable > 0 then t.figures_matched end::integer as prose_matches,
        case when t.figures_comparable > 0 and p.values_inferred > 0 then t.figures_matched end::integer
            as prose_matches_of_inferring
    from staging.filings as f
    left join printed as p using (filing_id)
    left join told as t using (filing_id)
    where f.status = 'accepted'
    order by f.filing_id
"""


def checks(source: FrameSource) -> list[IdentityCheck]:
    """Every identity of every column of the accepted filings, tried."""
    return list(check_columns(source.query(COLUMNS)))


def _frame(source: FrameSource) -> pd.DataFrame:
    return frame_of(source.made(checks))


def _evidence(source: FrameSource) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    tried: dict[str, int] = {}
    for check in source.made(checks):
        tried[check.filing_id] = tried.get(check.filing_id, 0) + 1
    evidence = source.query(EVIDENCE)
    cells = rows(evidence[["filing_id", "values_printed"]])
    counts = [tried.get(filing_id, 0) if printed else None for filing_id, printed in cells]
    return evidence.assign(identities_tested=pd.Series(counts, index=evidence.index, dtype="float64"))


IDENTITIES = Suite(
    name="identities",
    stage="staging",
    table="staging.reported_values",
    description="Every accounting identity of every column of every accepted filing closes within the rounding of its figures.",
    frame=_frame,
    naming=("filing_id", "statement", "period", "identity", "formula", "residual", "tolerance", "source_lines"),
    required_rows=1,
    expectations=(
        holds("adds_up", "identity", "The two sides of a sum meet within the rounding of their figures."),
        holds(
            "per_share_closes", "identity", "Earnings per share x shares is the net income, within their rounding.", "warning"
        ),
    ),
)

INDEPENDENT_EVIDENCE = Suite(
    name="independent_evidence",
    stage="staging",
    table="staging.filings",
    description="Each accepted filing has evidence that no identity was spent on: cells as read, and prose that agrees.",
    frame=_evidence,
    naming=(
        "filing_id",
        "source",
        "values_printed",
        "as_read_share",
        "identities_tested",
        "figures_comparable",
        "prose_matches",
        "prose_matches_of_inferring",
    ),
    required_rows=evidence_thresholds.ACCEPTED_FILINGS_AT_LEAST,
    expectations=(
        at_least(
            "as_read_share",
            evidence_thresholds.AS_READ_SHARE_AT_LEAST,
            f"At least {evidence_thresholds.AS_READ_SHARE_AT_LEAST:.0%} of a filing's values are read as they stand.",
        ),
        at_least(
            "identities_tested",
            evidence_thresholds.IDENTITIES_EVALUATED_AT_LEAST,
            "In a filing that prints a statement at least one identity can be tested.",
        ),
        at_least(
            "prose_matches",
            evidence_thresholds.PROSE_MATCHES_AT_LEAST,
            "Where the prose tells figures the statement prints, at least one agrees with it.",
            "warning",
        ),
        at_least(
            "prose_matches_of_inferring",
            evidence_thresholds.PROSE_MATCHES_AT_LEAST,
            "Where values were inferred and the prose tells figures the statement prints, at least one agrees with it.",
        ),
    ),
)

SUITES = (IDENTITIES, INDEPENDENT_EVIDENCE)
