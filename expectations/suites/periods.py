"""staging.reported_values across columns and releases: quarters, years to date, comparatives, balances.

The same figure printed twice, or a quarter and its year to date, are evidence no identity of one column gives. Two
severities, by one rule: figures of different releases that each stand on the page as they were read and still disagree are
the company's doing (a restatement, a reclassification) and a finding for a person, `warning`, proven or not: some lines, as
average shares, no identity can ever prove. Where one of them is inferred, the likelier cause is our reading, and that is
`critical`; so is a release that contradicts itself and does not say which figure is the restated one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from expectations import words
from expectations.suite import Expectation, Source, Suite, holds
from expectations.ties import Cell, amount, difference, number, rows

if TYPE_CHECKING:
    import pandas as pd

QUARTERS = """
    select
        q.filing_id, q.concept, q.label, q.period_end::varchar as period_end, y.duration_months,
        q.value::varchar as quarter, q.rounding::varchar as quarter_rounding,
        y.value::varchar as year_to_date, y.rounding::varchar as year_to_date_rounding,
        concat_ws(', ', q.source_line, y.source_line) as source_lines
    from staging.reported_values as q
    inner join staging.filings as f on f.filing_id = q.filing_id and f.status = 'accepted'
    inner join staging.reported_values as y
        on y.filing_id = q.filing_id and y.concept = q.concept and y.period_end = q.period_end
            and y.is_gaap = q.is_gaap and y.is_restated = q.is_restated and y.unit = q.unit
            and y.duration_months > 3
    where q.duration_months = 3 and q.value is not null and y.value is not null
    order by q.filing_id, q.period_end, q.concept, y.duration_months, q.value_id, y.value_id
"""

YEARS_TO_DATE = """
    with printed as (
        select
            v.*, f.company_id, f.known_from, v.status = 'as_read' as is_as_read
        from staging.reported_values as v
        inner join staging.filings as f using (filing_id)
        where f.status = 'accepted' and f.company_id is not null and v.is_gaap and v.value is not null
            and v.concept is not null and v.statement = 'income_statement' and v.unit not like '%share%'
    ),

    both_columns as (
        select
            y.company_id, y.filing_id, y.concept, y.label, y.period_end, y.duration_months, y.known_from, y.is_restated,
            y.value_id, y.value, y.rounding, y.source_line, q.value as quarter, q.rounding as quarter_rounding,
            q.source_line as quarter_line, y.is_as_read and q.is_as_read as is_as_read
        from printed as y
        inner join printed as q
            on q.filing_id = y.filing_id and q.concept = y.concept and q.period_end = y.period_end
                and q.is_restated = y.is_restated and q.duration_months = 3
        where y.duration_months > 3
    )

    select
        b.filing_id, e.filing_id as earlier_filing_id, b.concept, b.label, b.period_end::varchar as period_end,
        b.duration_months,
        b.value::varchar as year_to_date, b.rounding::varchar as year_to_date_rounding,
        b.quarter::varchar as quarter, b.quarter_rounding::varchar as quarter_rounding,
        e.value::varchar as earlier_year_to_date, e.rounding::varchar as earlier_rounding,
        b.is_as_read and e.is_as_read as is_of_the_company,
        concat_ws(', ', b.source_line, b.quarter_line, e.source_line) as source_lines
    from both_columns as b
    inner join printed as e
        on e.company_id = b.company_id and e.concept = b.concept and e.is_restated = b.is_restated
            and e.duration_months = b.duration_months - 3 and e.filing_id <> b.filing_id
            -- A quarter of 12 to 14 weeks lies between the two ends, whether or not they are ends of months.
            and b.period_end - e.period_end between 80 and 101
            and e.known_from <= b.known_from
    qualify row_number() over (partition by b.value_id order by e.known_from desc, e.filing_id, e.value_id) = 1
    order by b.filing_id, b.concept, b.period_end, b.duration_months
"""

PRINTED_AGAIN = """
    with printed as (
        select
            v.filing_id, v.statement, v.concept, v.label, v.period_end, v.duration_months, v.value, v.rounding,
            v.value_id, v.source_line, v.is_restated, v.status = 'as_read' as is_as_read,
            row_number() over same_figure as place, f.company_id, f.known_from, v.unit
        from staging.reported_values as v
        inner join staging.filings as f using (filing_id)
        where f.status = 'accepted' and f.company_id is not null and v.is_gaap and v.value is not null
            and v.concept is not null and v.period_end is not null and v.duration_months is not null
        window same_figure as (
            partition by f.company_id, v.statement, v.concept, v.period_end, v.duration_months, v.unit
            order by f.known_from, v.filing_id, v.is_restated, v.table_no, v.line_no, v.value_id
        )
    )

    select
        b.filing_id, a.filing_id as earlier_filing_id, b.statement, b.concept, b.label, b.period_end::varchar as period_end,
        b.duration_months,
        a.value::varchar as earlier, a.rounding::varchar as earlier_rounding,
        b.value::varchar as later, b.rounding::varchar as later_rounding,
        b.is_restated,
        a.is_as_read and b.is_as_read and a.filing_id <> b.filing_id as is_of_the_company,
        concat_ws(', ', a.source_line, b.source_line) as source_lines
    from printed as b
    inner join printed as a
        on a.company_id = b.company_id and a.statement = b.statement and a.concept = b.concept
            and a.period_end = b.period_end and a.duration_months = b.duration_months and a.unit = b.unit
            and a.place = b.place - 1
    order by b.filing_id, b.statement, b.concept, b.period_end, b.duration_months, b.place
"""

Row = dict[str, Any]


def _told(frame: pd.DataFrame, keep: Callable[[Row], bool], test: Callable[[Row], tuple[bool, str]]) -> pd.DataFrame:
    """The rows of `frame` to `keep`, each with whether it `closes` and by how much not."""
    import pandas as pd  # noqa: PLC0415

    columns = (*frame.columns, "closes", "off_by", "closes_or_is_of_the_company")
    found: list[Cell] = []
    for cells in rows(frame):
        row: Row = dict(zip(frame.columns, cells, strict=True))
        if keep(row):
            closes, off_by = test(row)
            found.append((*cells, closes, off_by, closes or bool(row.get("is_of_the_company"))))
    return pd.DataFrame(found, columns=columns)


def _sum(name: str, terms: Sequence[tuple[int, str, str]]) -> Callable[[Row], tuple[bool, str]]:
    """A test that figures sum to nothing within their rounding: (sign, column of the figure, column of its rounding)."""

    def test(row: Row) -> tuple[bool, str]:
        outcome = difference(name, [(sign, amount(row[figure], row[rounding])) for sign, figure, rounding in terms])
        return (outcome.closes, number(outcome.residual)) if outcome else (False, "a figure is not known")

    return test


def _within(row: Row) -> tuple[bool, str]:
    """The quarter may be as high as the year to date with the rounding of both, not higher."""
    terms = [
        (1, amount(row["quarter"], row["quarter_rounding"])),
        (-1, amount(row["year_to_date"], row["year_to_date_rounding"])),
    ]
    outcome = difference("quarter_within_year_to_date", terms)
    return (outcome.residual <= outcome.tolerance, number(outcome.residual)) if outcome else (False, "a figure is not known")


def _quarter_within_year_to_date(source: Source) -> pd.DataFrame:
    return _told(source.query(QUARTERS), lambda row: row["concept"] in words.NEVER_NEGATIVE, _within)


def _year_to_date_total(source: Source) -> pd.DataFrame:
    terms = (
        (1, "year_to_date", "year_to_date_rounding"),
        (-1, "quarter", "quarter_rounding"),
        (-1, "earlier_year_to_date", "earlier_rounding"),
    )
    return _told(source.query(YEARS_TO_DATE), lambda _: True, _sum("year_to_date_total", terms))


_AGAIN = ((1, "later", "later_rounding"), (-1, "earlier", "earlier_rounding"))


def _comparatives(source: Source) -> pd.DataFrame:
    keep = _not_restated(lambda months: months > 0)
    return _told(source.query(PRINTED_AGAIN), keep, _sum("comparative", _AGAIN))


def _balance_sheet_instants(source: Source) -> pd.DataFrame:
    keep = _not_restated(lambda months: months == 0)
    return _told(source.query(PRINTED_AGAIN), keep, _sum("balance_sheet_instant", _AGAIN))


def _not_restated(months_fit: Callable[[int], bool]) -> Callable[[Row], bool]:
    return lambda row: not row["is_restated"] and months_fit(int(row["duration_months"]))


_AGAIN_NAMING = (
    "filing_id",
    "earlier_filing_id",
    "statement",
    "label",
    "concept",
    "period_end",
    "duration_months",
    "later",
    "earlier",
    "off_by",
    "source_lines",
)


def _either_way(what: str) -> tuple[Expectation, ...]:
    """A disagreement blocks where a figure is inferred or one release contradicts itself; it is reported in any case."""
    return (
        holds("closes_or_is_of_the_company", "concept", f"{what}, unless releases differ in figures read as they stand."),
        holds("closes", "concept", f"{what}.", "warning"),
    )


QUARTER_WITHIN_YEAR_TO_DATE = Suite(
    name="quarter_within_year_to_date",
    stage="staging",
    table="staging.reported_values",
    description="Lines that are never negative: the quarter is not more than the year to date that ends the same day.",
    frame=_quarter_within_year_to_date,
    naming=(
        "filing_id",
        "label",
        "concept",
        "period_end",
        "duration_months",
        "quarter",
        "year_to_date",
        "off_by",
        "source_lines",
    ),
    expectations=(holds("closes", "concept", "The quarter is not more than the year to date that ends the same day."),),
)

YEAR_TO_DATE_TOTAL = Suite(
    name="year_to_date_total",
    stage="staging",
    table="staging.reported_values",
    description="Across the releases of a company: earlier year to date plus quarter is the year to date.",
    frame=_year_to_date_total,
    naming=(
        "filing_id",
        "earlier_filing_id",
        "label",
        "concept",
        "period_end",
        "duration_months",
        "year_to_date",
        "quarter",
        "earlier_year_to_date",
        "off_by",
        "source_lines",
    ),
    expectations=_either_way("The year to date is the quarter and the year to date before it"),
)

COMPARATIVES = Suite(
    name="comparatives",
    stage="staging",
    table="staging.reported_values",
    description="A period that is printed again states what was printed first, or says that it is restated.",
    frame=_comparatives,
    naming=_AGAIN_NAMING,
    expectations=_either_way("A comparative is what was reported before it, or is flagged as restated"),
)

BALANCE_SHEET_INSTANTS = Suite(
    name="balance_sheet_instants",
    stage="staging",
    table="staging.reported_values",
    description="A balance is the same in every release that prints it, or says that it is restated.",
    frame=_balance_sheet_instants,
    naming=_AGAIN_NAMING,
    expectations=_either_way("A balance is what every other release prints of that day, or is flagged as restated"),
)

SUITES = (QUARTER_WITHIN_YEAR_TO_DATE, YEAR_TO_DATE_TOTAL, COMPARATIVES, BALANCE_SHEET_INSTANTS)
