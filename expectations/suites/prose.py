"""staging.figures, and the uses and events of compounds: what a filing tells in sentences agrees with what it prints.

Belongs here: a filing's sentences held against its statements, its date and its other sentences. Does not belong here: whether
the rows are well formed, which dbt tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from expectations.identity_checks import amount, difference, rows
from expectations.suite import FrameSource, Suite, holds, query

if TYPE_CHECKING:
    import pandas as pd

FIGURES_SQL = """
    select
        g.figure_id, g.filing_id, g.metric, g.outcome, g.value_id, g.source_line, g.text,
        g.value::varchar as told, g.rounding::varchar as told_rounding,
        v.value::varchar as printed, v.rounding::varchar as printed_rounding,
        g.outcome <> 'match' or coalesce(v.value is not null and v.unit = g.unit, false) as match_has_its_cell,
        g.outcome <> 'match' or v.value_id is null or v.filing_id = g.filing_id as cell_is_of_the_same_filing,
        g.outcome <> 'mismatch' or coalesce(v.status, 'as_read') not in ('implied', 'repaired') as no_mismatch_with_inferred,
        g.outcome <> 'mismatch' as no_mismatch
    from staging.figures as g
    left join staging.filings as f on f.filing_id = g.filing_id
    left join staging.reported_values as v on v.value_id = g.value_id
    where f.status is distinct from 'quarantined'
    order by g.filing_id, g.source_line, g.figure_id
"""


def _figures(source: FrameSource) -> pd.DataFrame:
    """The figures, with whether those called a match really meet their cell."""
    frame = source.query(FIGURES_SQL)
    return frame.assign(match_meets_its_cell=[outcome != "match" or meets for outcome, _, meets in _held(frame)])


def prose_matches(source: FrameSource) -> list[str]:
    """The value_id of each cell a figure in prose really meets, once a figure."""
    frame = source.query(FIGURES_SQL)
    return [value_id for outcome, value_id, meets in _held(frame) if outcome == "match" and value_id is not None and meets]


def _held(frame: pd.DataFrame) -> Iterator[tuple[str, str | None, bool]]:
    """Outcome, cell and whether the two meet, of each figure. A figure without a cell, or with an empty one, meets none."""
    cells = frame[["outcome", "value_id", "told", "told_rounding", "printed", "printed_rounding"]]
    for outcome, value_id, told, told_rounding, printed, printed_rounding in rows(cells):
        result = difference("prose_and_statement", [(1, amount(told, told_rounding)), (-1, amount(printed, printed_rounding))])
        yield outcome, value_id, result is not None and result.closes


FIGURES = Suite(
    name="figures",
    stage="staging",
    table="staging.figures",
    description="A figure told in prose that is called a match is one, within the printed rounding of both.",
    frame=_figures,
    naming=("figure_id", "filing_id", "metric", "told", "printed", "outcome", "value_id", "source_line", "text"),
    expectations=(
        holds("match_has_its_cell", "figure_id", "A match names the statement cell it was held against, in the same unit."),
        holds("cell_is_of_the_same_filing", "figure_id", "A match is with a cell of the same filing."),
        holds("match_meets_its_cell", "figure_id", "A match meets its cell within the rounding of both."),
        holds("no_mismatch_with_inferred", "figure_id", "Prose never contradicts a value that was implied or repaired."),
        holds("no_mismatch", "figure_id", "Prose agrees with the statement.", "warning"),
    ),
)

COMPOUND_INDICATIONS = Suite(
    name="compound_indications",
    stage="staging",
    table="staging.compound_indications",
    description="What a filing says of a use of a compound agrees with what it says of the compound.",
    frame=query("""
        select
            i.filing_id, i.compound_id, i.indication, coalesce(i.trial, '') as trial, i.source_line,
            coalesce(list_contains(c.indications, i.indication), c.compound_id is null) as indication_is_the_compound_s,
            i.phase is null or c.phase is not null as phase_is_known_of_the_compound
        from staging.compound_indications as i
        left join staging.compounds as c using (filing_id, compound_id)
        left join staging.filings as f on f.filing_id = i.filing_id
        where f.status is distinct from 'quarantined'
        order by i.filing_id, i.compound_id, i.indication, i.trial
    """),
    naming=("filing_id", "compound_id", "indication", "trial", "source_line"),
    expectations=(
        holds("indication_is_the_compound_s", "compound_id", "The disease of a use is one of the compound's."),
        holds("phase_is_known_of_the_compound", "compound_id", "A phase reached in a use is one the compound has reached."),
    ),
)

COMPOUND_EVENTS = Suite(
    name="compound_events",
    stage="staging",
    table="staging.compound_events",
    description="No event of a compound is dated after the filing that tells of it.",
    frame=query("""
        select
            e.event_id, e.filing_id, e.compound_id, e.event_type, e.source_line,
            coalesce(e.event_date <= f.known_from, true) as has_happened_when_told
        from staging.compound_events as e
        left join staging.filings as f using (filing_id)
        where f.status is distinct from 'quarantined'
        order by e.filing_id, e.source_line, e.event_id
    """),
    naming=("event_id", "filing_id", "compound_id", "event_type", "source_line"),
    expectations=(holds("has_happened_when_told", "event_id", "What has a date had happened when it was told.", "warning"),),
)

SUITES = (FIGURES, COMPOUND_INDICATIONS, COMPOUND_EVENTS)
