"""staging.reported_values, staging.value_candidates, staging.proofs: what a cell may state, and what it may claim."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from expectations import words
from expectations.suite import Source, Suite, holds, in_set, matches, not_null, query, unique
from expectations.suites.identities import ties
from expectations.suites.prose import prose_matches
from expectations.ties import rows

if TYPE_CHECKING:
    import pandas as pd

REPORTED_VALUES = Suite(
    name="reported_values",
    stage="staging",
    table="staging.reported_values",
    description="Each printed cell is well formed; what was inferred is proven, what could not be read has no value.",
    frame=query("""
        select
            v.value_id, v.filing_id, v.statement, v.label, v.line_no, v.column_no, v.duration_months, v.unit, v.status,
            v.proof_count, v.source_line, v.raw_text,
            f.filing_id is not null as filing_is_there,
            (v.status = 'unreadable') = (v.value is null) as value_fits_status,
            v.status not in ('implied', 'repaired') or v.proof_count >= 1 as inferred_is_proven,
            v.value is null or v.rounding > 0 as rounding_is_known,
            v.parent_concept is null or coalesce(v.parent_weight in (1, -1), false) as weight_is_a_sign,
            v.status <> 'as_read' or (v.raw_text is not null and v.source_line is not null) as as_read_has_its_place,
            v.raw_text is null or v.source_start is null
                or coalesce(v.source_end - v.source_start = length(v.raw_text), false) as place_fits_text,
            v.statement <> 'balance_sheet' or coalesce(v.duration_months = 0, true) as balance_is_an_instant,
            v.statement <> 'income_statement' or coalesce(v.duration_months > 0, true) as income_has_a_duration,
            v.period_end is not null and v.duration_months is not null as period_is_known,
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
        not_null("value_id"),
        unique("value_id"),
        not_null("filing_id"),
        holds("filing_is_there", "value_id", "A value is one of a filing that is there."),
        in_set("statement", words.STATEMENTS),
        not_null("label"),
        not_null("unit"),
        matches("unit", words.UNIT_PATTERN),
        in_set("status", words.VALUE_STATUSES),
        in_set("duration_months", words.DURATIONS),
        holds("value_fits_status", "value_id", "A value is NULL exactly where its status is unreadable."),
        holds("inferred_is_proven", "value_id", "An implied or repaired value has an independent proof.", "warning"),
        holds("rounding_is_known", "value_id", "A value has the weight of its last printed digit."),
        holds("weight_is_a_sign", "value_id", "A line adds to its parent (1) or is taken off (-1)."),
        holds("as_read_has_its_place", "value_id", "A value read as it stands has its characters and their line."),
        holds("place_fits_text", "value_id", "The source offsets are as far apart as the raw text is long.", "warning"),
        holds("balance_is_an_instant", "value_id", "A balance sheet figure has no duration."),
        holds("income_has_a_duration", "value_id", "An income statement figure has a duration."),
        holds("period_is_known", "value_id", "A value of an accepted filing has its period."),
        holds("column_has_one_period", "value_id", "All values of one column are of one period."),
    ),
)

VALUE_CANDIDATES = Suite(
    name="value_candidates",
    stage="staging",
    table="staging.value_candidates",
    description="Where several readings of a cell were weighed, at most one was chosen, and a lost cell keeps what it had.",
    frame=query("""
        select
            c.value_id, c.filing_id, c.kind, c.raw_text, c.source_line,
            v.value_id is not null as value_is_there,
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
        not_null("value_id"),
        in_set("kind", words.CANDIDATE_KINDS),
        holds("value_is_there", "value_id", "A candidate is one for a value that is there."),
        holds("at_most_one_chosen", "value_id", "At most one candidate of a value is chosen."),
        holds("nothing_chosen_of_the_unreadable", "value_id", "No candidate of an unreadable value is chosen."),
        holds("the_chosen_one_is_the_value", "value_id", "The chosen candidate is the value."),
    ),
)

PROOFS = Suite(
    name="proofs",
    stage="staging",
    table="staging.proofs",
    description="The reader's own account of its identities: well formed, and none broken in an accepted filing.",
    frame=query("""
        select
            p.filing_id, p.identity, p.statement, p.period_end::varchar as period_end, p.duration_months, p.outcome,
            p.formula, p.residual::varchar as residual, p.tolerance::varchar as tolerance,
            f.filing_id is not null as filing_is_there,
            p.outcome <> 'broken' as none_broken_where_accepted,
            p.outcome = 'untestable' or (p.residual is not null and p.tolerance is not null) as tested_has_figures
        from staging.proofs as p
        left join staging.filings as f using (filing_id)
        where f.status is distinct from 'quarantined'
        order by p.filing_id, p.statement, p.period_end, p.duration_months, p.identity
    """),
    naming=("filing_id", "statement", "period_end", "duration_months", "identity", "formula", "residual", "tolerance"),
    expectations=(
        not_null("identity"),
        in_set("outcome", words.PROOF_OUTCOMES),
        holds("filing_is_there", "identity", "A proof is one of a filing that is there."),
        holds("none_broken_where_accepted", "identity", "No identity is broken in an accepted filing."),
        holds("tested_has_figures", "identity", "An identity that was tested has its residual and tolerance."),
    ),
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


def _claims(source: Source) -> pd.DataFrame:
    """Each value with the number of proofs found again for its cell.

    A cell that states two concepts ("basic and diluted") is two values: what proves it proves both, and once.
    """
    claims = source.query(CLAIMS)
    cell_of: dict[str, str] = dict(rows(claims[["value_id", "cell"]]))
    found: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for tie in source.made(ties):
        if tie.closes:
            cells = frozenset(cell_of[value_id] for value_id in tie.value_ids)
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
        not_null("proof_count"),
        holds(
            "proof_count_is_earned",
            "value_id",
            "Computed again, at least proof_count identities and figures in prose prove the value.",
        ),
    ),
)

SUITES = (REPORTED_VALUES, VALUE_CANDIDATES, PROOFS, PROOF_COUNTS)
