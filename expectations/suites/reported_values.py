"""staging.reported_values, staging.value_candidates, staging.proofs: what a cell may claim.

Belongs here: proofs, candidates and places of the cells of one filing. Does not belong here: whether identities close
(`identities.py`), or whether a row is well formed, which dbt tests.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from expectations.identity_checks import rows
from expectations.suite import FrameSource, Suite, holds, query
from expectations.suites.identities import checks
from expectations.suites.prose import prose_matches

if TYPE_CHECKING:
    import pandas as pd

REPORTED_VALUES = Suite(
    name="reported_values",
    stage="staging",
    table="staging.reported_values",
    description="Each column is of one period, what was inferred is proven, and each value stands where it says it does.",
    frame=query("""
        select
            v.value_id, v.filing_id, v.statement, v.label, v.column_no, v.status, v.source_line,
            v.status not in ('implied', 'repaired') or v.proof_count >= 1 as inferred_is_proven,
            v.raw_text is null or v.source_start is null
                or coalesce(v.source_end - v.source_start >= length(v.raw_text), false) as place_holds_text,
            count(distinct v.period_end) over one_column <= 1
                and count(distinct v.duration_months) over one_column <= 1 as column_has_one_period
        from staging.reported_values as v
        left join staging.filings as f using (filing_id)
        where f.status is distinct from 'quarantined'
        window one_column as (partition by v.filing_id, v.statement, v.table_no, v.column_no)
        order by v.filing_id, v.statement, v.table_no, v.column_no, v.line_no, v.value_id
    """),
    naming=("value_id", "filing_id", "statement", "label", "column_no", "status", "source_line"),
    required_rows=1,
    expectations=(
        holds("inferred_is_proven", "value_id", "An implied or repaired value has an independent proof.", "warning"),
        # Markup between the characters of a figure, such as the cell of its own that a ")" has, makes the source longer.
        holds(
            "place_holds_text", "value_id", "The source offsets are at least as far apart as the raw text is long.", "warning"
        ),
        holds("column_has_one_period", "value_id", "All values of one column are of one period."),
    ),
)

VALUE_CANDIDATES = Suite(
    name="value_candidates",
    stage="staging",
    table="staging.value_candidates",
    description="Where several readings of a cell were weighed, at most one was chosen, and it is the value.",
    frame=query("""
        select
            c.value_id, c.filing_id, c.kind, c.raw_text, c.source_line,
            count(*) filter (where c.is_chosen) over (partition by c.value_id) <= 1 as at_most_one_chosen,
            not (c.is_chosen and coalesce(v.status = 'unreadable', false)) as nothing_chosen_of_the_unreadable,
            not c.is_chosen or c.value is not distinct from v.value as the_chosen_one_is_the_value
        from staging.value_candidates as c
        left join staging.reported_values as v using (value_id)
        left join staging.filings as f on f.filing_id = c.filing_id
        where f.status is distinct from 'quarantined'
        order by c.filing_id, c.value_id, c.source_line, c.kind, c.raw_text
    """),
    naming=("value_id", "filing_id", "kind", "raw_text", "source_line"),
    expectations=(
        holds("at_most_one_chosen", "value_id", "At most one candidate of a value is chosen."),
        holds("nothing_chosen_of_the_unreadable", "value_id", "No candidate of an unreadable value is chosen."),
        holds("the_chosen_one_is_the_value", "value_id", "The chosen candidate is the value."),
    ),
)

PROOFS = Suite(
    name="proofs",
    stage="staging",
    table="staging.proofs",
    description="The reader itself found no identity broken in an accepted filing.",
    frame=query("""
        select
            p.filing_id, p.identity, p.statement, p.period_end::varchar as period_end, p.duration_months,
            p.formula, p.residual::varchar as residual, p.tolerance::varchar as tolerance,
            p.outcome <> 'broken' or p.identity in ('eps_basic', 'eps_diluted') as none_broken_where_accepted
        from staging.proofs as p
        left join staging.filings as f using (filing_id)
        where f.status is distinct from 'quarantined'
        order by p.filing_id, p.statement, p.period_end, p.duration_months, p.identity
    """),
    naming=("filing_id", "statement", "period_end", "duration_months", "identity", "formula", "residual", "tolerance"),
    expectations=(holds("none_broken_where_accepted", "identity", "No sum is broken in an accepted filing."),),
)

CLAIMS = """
    select
        v.value_id, v.filing_id, v.statement, v.label, v.period_end::varchar as period_end, v.proof_count, v.source_line,
        concat_ws('/', v.filing_id, v.statement, v.table_no, v.line_no, v.column_no) as cell
    from staging.reported_values as v
    inner join staging.filings as f using (filing_id)
    where f.status = 'accepted'
    order by v.filing_id, v.value_id
"""

PROSE = frozenset({"prose"})


def _claims(source: FrameSource) -> pd.DataFrame:
    """Each value with the number of proofs found again for its cell.

    A cell that states two concepts ("basic and diluted") is two values: what proves it proves both, and once.
    """
    claims = source.query(CLAIMS)
    cell_of: dict[str, str] = dict(rows(claims[["value_id", "cell"]]))
    found: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for check in source.made(checks):
        if check.closes:
            cells = frozenset(cell_of[value_id] for value_id in check.value_ids)
            for cell in cells:
                found[cell].add(cells)
    for value_id in source.made(prose_matches):
        if value_id in cell_of:
            found[cell_of[value_id]].add(PROSE)
    counts = [(claimed, len(found[cell])) for claimed, cell in rows(claims[["proof_count", "cell"]])]
    return claims.assign(
        proofs_found=[count for _, count in counts],
        proof_count_is_earned=[claimed is not None and int(claimed) <= count for claimed, count in counts],
    )


PROOF_COUNTS = Suite(
    name="proof_counts",
    stage="staging",
    table="staging.reported_values",
    description="No value claims more proofs than are found again: identities that close, figures in prose that meet it.",
    frame=_claims,
    naming=("value_id", "filing_id", "statement", "label", "period_end", "proof_count", "proofs_found", "source_line"),
    required_rows=1,
    expectations=(
        holds(
            "proof_count_is_earned",
            "value_id",
            "Computed again, at least proof_count identities and figures in prose prove the value.",
        ),
    ),
)

SUITES = (REPORTED_VALUES, VALUE_CANDIDATES, PROOFS, PROOF_COUNTS)
