"""staging.figures, guidance, compounds and their names, uses and events: what the words of a filing say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from expectations import words
from expectations.identities import Amount
from expectations.suite import Source, Suite, holds, in_set, matches, not_null, query, unique
from expectations.ties import amount, rows

if TYPE_CHECKING:
    import pandas as pd

FIGURES_SQL = """
    select
        g.figure_id, g.filing_id, g.metric, g.unit, g.outcome, g.value_id, g.source_line, g.text,
        g.value::varchar as told, g.rounding::varchar as told_rounding,
        v.value::varchar as printed, v.rounding::varchar as printed_rounding,
        f.filing_id is not null as filing_is_there,
        g.outcome <> 'match' or v.value_id is not null as match_has_its_cell,
        g.outcome <> 'match' or v.value_id is null or v.filing_id = g.filing_id as cell_is_of_the_same_filing,
        g.outcome <> 'mismatch' or coalesce(v.status, 'as_read') not in ('implied', 'repaired') as no_mismatch_with_inferred,
        g.outcome <> 'mismatch' as no_mismatch
    from staging.figures as g
    left join staging.filings as f on f.filing_id = g.filing_id
    left join staging.reported_values as v on v.value_id = g.value_id
    where f.status is distinct from 'quarantined'
    order by g.filing_id, g.source_line, g.figure_id
"""


def _figures(source: Source) -> pd.DataFrame:
    """The figures, with whether those called a match really meet their cell."""
    frame = source.query(FIGURES_SQL)
    return frame.assign(match_meets_its_cell=[outcome != "match" or meets for outcome, _, meets in _held(frame)])


def prose_matches(source: Source) -> list[str]:
    """The value_id of each cell a figure in prose really meets, once a figure."""
    frame = source.query(FIGURES_SQL)
    return [value_id for outcome, value_id, meets in _held(frame) if outcome == "match" and value_id is not None and meets]


def _held(frame: pd.DataFrame) -> Iterator[tuple[str, str | None, bool]]:
    """Outcome, cell and whether the two meet, of each figure."""
    cells = frame[["outcome", "value_id", "told", "told_rounding", "printed", "printed_rounding"]]
    for outcome, value_id, told, told_rounding, printed, printed_rounding in rows(cells):
        yield outcome, value_id, _meets(amount(told, told_rounding), amount(printed, printed_rounding))


def _meets(told: Amount | None, printed: Amount | None) -> bool:
    """Whether both may be one figure. In prose the words may carry the sign ("a net loss of $9.2 million")."""
    if told is None or printed is None:
        return True  # a match without a cell is another expectation's finding
    one, other = (amount._replace(value=abs(amount.value)) for amount in (told, printed))
    return one.agrees(other)


FIGURES = Suite(
    name="figures",
    stage="staging",
    table="staging.figures",
    description="A figure told in prose that is called a match is one, within the printed rounding of both.",
    frame=_figures,
    naming=("figure_id", "filing_id", "metric", "told", "printed", "outcome", "value_id", "source_line", "text"),
    expectations=(
        not_null("figure_id"),
        unique("figure_id"),
        not_null("unit"),
        matches("unit", r"^[A-Za-z%][A-Za-z0-9_%/]*$"),
        not_null("source_line"),
        in_set("outcome", words.FIGURE_OUTCOMES),
        holds("filing_is_there", "figure_id", "A figure is one of a filing that is there."),
        holds("match_has_its_cell", "figure_id", "A match names the statement cell it was held against."),
        holds("cell_is_of_the_same_filing", "figure_id", "A match is with a cell of the same filing."),
        holds("match_meets_its_cell", "figure_id", "A match meets its cell within the rounding of both."),
        holds("no_mismatch_with_inferred", "figure_id", "Prose never contradicts a value that was implied or repaired."),
        holds("no_mismatch", "figure_id", "Prose agrees with the statement.", "warning"),
    ),
)

GUIDANCE = Suite(
    name="guidance",
    stage="staging",
    table="staging.guidance",
    description="Guidance has its bounds in order, its action and its line.",
    frame=query("""
        select
            g.guidance_id, g.filing_id, g.metric, g.fiscal_period, g.low::varchar as low, g.high::varchar as high, g.action,
            g.unit, g.source_line,
            f.filing_id is not null as filing_is_there,
            g.low is not null or g.high is not null as has_a_bound,
            coalesce(g.low <= g.high, true) as low_not_above_high,
            coalesce(g.previous_low <= g.previous_high, true) as previous_low_not_above_high
        from staging.guidance as g
        left join staging.filings as f using (filing_id)
        where f.status is distinct from 'quarantined'
        order by g.filing_id, g.source_line, g.guidance_id
    """),
    naming=("guidance_id", "filing_id", "metric", "fiscal_period", "low", "high", "source_line"),
    expectations=(
        not_null("guidance_id"),
        unique("guidance_id"),
        not_null("metric"),
        not_null("fiscal_period"),
        not_null("source_line"),
        in_set("action", words.GUIDANCE_ACTIONS),
        holds("filing_is_there", "guidance_id", "Guidance is that of a filing that is there."),
        holds("has_a_bound", "guidance_id", "Guidance has a low or a high."),
        holds("low_not_above_high", "guidance_id", "Low is not above high."),
        holds("previous_low_not_above_high", "guidance_id", "The previous low is not above the previous high."),
    ),
)

COMPOUNDS = Suite(
    name="compounds",
    stage="staging",
    table="staging.compounds",
    description="What a filing says of a compound is in the closed sets, once a filing, with its line.",
    frame=query("""
        select
            c.filing_id, c.compound_id, c.preferred_name, c.role, c.phase, c.status, c.source_line,
            f.filing_id is not null as filing_is_there
        from staging.compounds as c
        left join staging.filings as f using (filing_id)
        where f.status is distinct from 'quarantined'
        order by c.filing_id, c.compound_id
    """),
    naming=("filing_id", "compound_id", "preferred_name", "source_line"),
    expectations=(
        not_null("compound_id"),
        unique("filing_id", "compound_id"),
        not_null("preferred_name"),
        not_null("role"),
        in_set("role", words.ROLES),
        in_set("phase", words.PHASES),
        in_set("status", words.COMPOUND_STATUSES),
        not_null("source_line"),
        holds("filing_is_there", "compound_id", "A compound is one of a filing that is there."),
    ),
)

COMPOUND_NAMES = Suite(
    name="compound_names",
    stage="staging",
    table="staging.compound_names",
    description="In its filing a name belongs to one compound, and says where the link was made.",
    frame=query("""
        select
            n.filing_id, n.compound_id, n.name, n.kind, n.source_line,
            c.compound_id is not null as compound_is_there,
            m.compounds = 1 as name_is_of_one_compound,
            coalesce(trim(n.evidence), '') <> '' as link_has_evidence
        from staging.compound_names as n
        left join staging.compounds as c using (filing_id, compound_id)
        left join staging.filings as f on f.filing_id = n.filing_id
        left join (
            select filing_id, lower(name) as folded, count(distinct compound_id) as compounds
            from staging.compound_names
            group by filing_id, lower(name)
        ) as m on m.filing_id = n.filing_id and m.folded = lower(n.name)
        where f.status is distinct from 'quarantined'
        order by n.filing_id, n.compound_id, n.name
    """),
    naming=("filing_id", "compound_id", "name", "kind", "source_line"),
    expectations=(
        not_null("name"),
        unique("filing_id", "compound_id", "name"),
        in_set("kind", words.NAME_KINDS),
        not_null("source_line"),
        holds("compound_is_there", "compound_id", "A name is one of a compound that the same filing names."),
        holds("name_is_of_one_compound", "compound_id", "In a filing a name belongs to one compound, whatever its case."),
        holds("link_has_evidence", "compound_id", "A name says what links it to its compound."),
    ),
)

COMPOUND_INDICATIONS = Suite(
    name="compound_indications",
    stage="staging",
    table="staging.compound_indications",
    description="What a filing says of a use of a compound is one of its indications, once a trial, with its line.",
    frame=query("""
        select
            i.filing_id, i.compound_id, i.indication, coalesce(i.trial, '') as trial, i.phase, i.status, i.source_line,
            c.compound_id is not null as compound_is_there,
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
        not_null("indication"),
        unique("filing_id", "compound_id", "indication", "trial"),
        in_set("phase", words.PHASES),
        not_null("status"),
        in_set("status", words.INDICATION_STATUSES),
        not_null("source_line"),
        holds("compound_is_there", "compound_id", "A use is one of a compound that the same filing names."),
        holds("indication_is_the_compound_s", "compound_id", "The disease of a use is one of the compound's."),
        holds("phase_is_known_of_the_compound", "compound_id", "A phase reached in a use is one the compound has reached."),
    ),
)

COMPOUND_EVENTS = Suite(
    name="compound_events",
    stage="staging",
    table="staging.compound_events",
    description="An event of a compound has its kind, its line, and a range in order.",
    frame=query("""
        select
            e.event_id, e.filing_id, e.compound_id, e.event_type, e.expected_period, e.source_line,
            c.compound_id is not null as compound_is_there,
            coalesce(e.expected_from <= e.expected_to, true) as range_is_in_order,
            coalesce(e.event_date <= f.known_from, true) as has_happened_when_told
        from staging.compound_events as e
        left join staging.filings as f using (filing_id)
        left join staging.compounds as c on c.filing_id = e.filing_id and c.compound_id = e.compound_id
        where f.status is distinct from 'quarantined'
        order by e.filing_id, e.source_line, e.event_id
    """),
    naming=("event_id", "filing_id", "compound_id", "event_type", "source_line"),
    expectations=(
        not_null("event_id"),
        unique("event_id"),
        not_null("event_type"),
        not_null("source_line"),
        holds("compound_is_there", "event_id", "An event is one of a compound that the same filing names."),
        holds("range_is_in_order", "event_id", "The first day of an expected period is not after its last."),
        holds("has_happened_when_told", "event_id", "What has a date had happened when it was told.", "warning"),
    ),
)

SUITES = (FIGURES, GUIDANCE, COMPOUNDS, COMPOUND_NAMES, COMPOUND_INDICATIONS, COMPOUND_EVENTS)
