"""staging.reported_values across columns and releases: quarters, years to date, comparatives, balances.

Belongs here: figures of one company that several columns or releases print, held against each other. Does not belong here:
identities within one column (`identities.py`), or the vintages of the mart (`quarterly_results.py`, `restatements.py`).

Figures of different releases that were each read as they stand and still disagree are a restatement or a reclassification of
the company: `warning`, proven or not, since no identity can prove some lines, such as average shares. Where one of the two is
inferred, the likelier cause is the reading: `critical`. So is a release that contradicts itself without calling one figure
restated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from expectations.identity_checks import amount, difference, number, row_dicts, rows
from expectations.suite import Expectation, FrameSource, Suite, holds

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
            y.value_id, y.value, y.rounding, y.unit, y.source_line, q.value as quarter, q.rounding as quarter_rounding,
            q.source_line as quarter_line, y.is_as_read and q.is_as_read as is_as_read
        from printed as y
        inner join printed as q
            on q.filing_id = y.filing_id and q.concept = y.concept and q.period_end = y.period_end
                and q.is_restated = y.is_restated and q.unit = y.unit and q.duration_months = 3
        where y.duration_months > 3
    )

    select
        b.filing_id, e.filing_id as earlier_filing_id, b.concept, b.label, b.period_end::varchar as period_end,
        b.duration_months,
        b.value::varchar as year_to_date, b.rounding::varchar as year_to_date_rounding,
        b.quarter::varchar as quarter, b.quarter_rounding::varchar as quarter_rounding,
        e.value::varchar as earlier_year_to_date, e.rounding::varchar as earlier_rounding,
        b.is_as_read and e.is_as_read as is_of_the_company,
        case when e.is_as_read then b.filing_id when b.is_as_read then e.filing_id end as at_fault,
        -- Between the two filings the company told some of the year again, and said so.
        exists (
            select 1 from printed as r
            where r.company_id = b.company_id and r.concept = b.concept and r.is_restated
                and r.known_from > e.known_from and r.known_from <= b.known_from
                and r.period_end <= b.period_end and b.period_end - r.period_end < 31 * b.duration_months
        ) as is_restated_since,
        concat_ws(', ', b.source_line, b.quarter_line, e.source_line) as source_lines
    from both_columns as b
    inner join printed as e
        on e.company_id = b.company_id and e.concept = b.concept and e.is_restated = b.is_restated
            and e.unit = b.unit and e.duration_months = b.duration_months - 3 and e.filing_id <> b.filing_id
            -- A quarter of 12 to 14 weeks lies between the two ends, whether or not they are ends of months.
            and b.period_end - e.period_end between 80 and 101
            and e.known_from <= b.known_from
    qualify row_number() over (partition by b.value_id order by e.known_from desc, e.filing_id, e.value_id) = 1
    order by b.filing_id, b.concept, b.period_end, b.duration_months
"""

PRINTED_AGAIN = """
    with cells as (
        select
            v.filing_id, v.statement, v.concept, v.label, v.period_end, v.duration_months, v.value, v.rounding,
            v.value_id, v.source_line, v.is_restated, v.status = 'as_read' as is_as_read, v.table_no, v.line_no,
            f.company_id, f.known_from, v.unit,
            -- A year of 52 or 53 weeks is called by the last day of the month in one release and by its own in the next.
            coalesce(v.period_end - lag(v.period_end) over by_date > 10, true)::integer as begins_a_period
        from staging.reported_values as v
        inner join staging.filings as f using (filing_id)
        where f.status = 'accepted' and f.company_id is not null and v.is_gaap and v.value is not null
            and v.concept is not null and v.period_end is not null and v.duration_months is not null
        window by_date as (
            partition by f.company_id, v.statement, v.concept, v.duration_months, v.unit
            order by v.period_end, v.value_id
        )
    ),

    periods as (
        select
            *,
            sum(begins_a_period) over (
                partition by company_id, statement, concept, duration_months, unit
                order by period_end, value_id
            ) as period_no
        from cells
    ),

    printed as (
        select
            *,
            row_number() over (
                partition by company_id, statement, concept, duration_months, unit, period_no
                order by known_from, filing_id, is_restated, table_no, line_no, value_id
            ) as place
        from periods
    )

    select
        b.company_id, b.filing_id, a.filing_id as earlier_filing_id, b.statement, b.concept, b.label,
        b.period_end::varchar as period_end, b.duration_months,
        a.value::varchar as earlier, a.rounding::varchar as earlier_rounding,
        b.value::varchar as later, b.rounding::varchar as later_rounding,
        b.is_restated,
        a.is_as_read and b.is_as_read and (a.filing_id <> b.filing_id or a.period_end <> b.period_end) as is_of_the_company,
        -- Of a figure that was read as it stands and one that was inferred, the latter is the likelier to be wrong.
        case
            when a.filing_id = b.filing_id then a.filing_id
            when a.is_as_read and not b.is_as_read then b.filing_id
            when b.is_as_read and not a.is_as_read then a.filing_id
        end as at_fault,
        concat_ws(', ', a.source_line, b.source_line) as source_lines
    from printed as b
    inner join printed as a
        on a.company_id = b.company_id and a.statement = b.statement and a.concept = b.concept
            and a.duration_months = b.duration_months and a.unit = b.unit and a.period_no = b.period_no
            and a.place = b.place - 1
    order by b.filing_id, b.statement, b.concept, b.period_end, b.duration_months, b.place
"""

SHARED = """
    with filings as (
        select filing_id, company_id, fiscal_year
        from staging.filings
        where status = 'accepted' and company_id is not null
    ),

    figures as (
        select distinct
            f.company_id, f.filing_id, f.fiscal_year, v.statement, v.concept, v.duration_months, v.unit, v.period_end
        from staging.reported_values as v
        inner join filings as f using (filing_id)
        where v.is_gaap and v.value is not null and v.concept is not null and v.period_end is not null
            and v.duration_months is not null
    ),

    of_one_year as (
        select company_id, fiscal_year, count(*) as filings
        from filings
        where fiscal_year is not null
        group by company_id, fiscal_year
        having count(*) > 1
    ),

    again as (
        select
            b.company_id, count(*) as figures_printed_again,
            count(*) filter (where b.statement = 'balance_sheet') as balances_printed_again
        from figures as b
        where exists (
            select 1 from figures as a
            where a.company_id = b.company_id and a.filing_id <> b.filing_id and a.statement = b.statement
                and a.concept = b.concept and a.duration_months = b.duration_months and a.unit = b.unit
                and abs(a.period_end - b.period_end) <= 10
        )
        group by b.company_id
    ),

    balance_sheets as (
        select company_id, count(distinct filing_id) > 1 as has_balance_sheets
        from figures
        inner join of_one_year using (company_id, fiscal_year)
        where statement = 'balance_sheet'
        group by company_id
    )

    select
        y.company_id, sum(y.filings)::integer as filings_of_one_year,
        coalesce(max(n.figures_printed_again), 0)::integer as figures_printed_again,
        coalesce(max(n.balances_printed_again), 0)::integer as balances_printed_again,
        coalesce(bool_or(s.has_balance_sheets), false) as has_balance_sheets
    from of_one_year as y
    left join again as n using (company_id)
    left join balance_sheets as s using (company_id)
    group by y.company_id
    order by y.company_id
"""

NEVER_NEGATIVE = (
    "Revenues",
    "ResearchAndDevelopmentExpense",
    "GeneralAndAdministrativeExpense",
    "SellingGeneralAndAdministrativeExpense",
    "OperatingExpenses",
)
"""Concepts whose quarter cannot be more than the year to date that ends the same day."""

PeriodRow = dict[str, Any]


def _tested(
    frame: pd.DataFrame, keep: Callable[[PeriodRow], bool], test: Callable[[PeriodRow], tuple[bool, str]]
) -> pd.DataFrame:
    """The rows of `frame` to `keep`, each with whether it `closes` and by how much not."""
    import pandas as pd  # noqa: PLC0415

    columns = (*frame.columns, "closes", "off_by", "closes_or_is_of_the_company")
    found = []
    for row in filter(keep, row_dicts(frame)):
        closes, off_by = test(row)
        found.append((*row.values(), closes, off_by, closes or bool(row.get("is_of_the_company"))))
    return pd.DataFrame(found, columns=columns)


def _sum(name: str, terms: Sequence[tuple[int, str, str]]) -> Callable[[PeriodRow], tuple[bool, str]]:
    """A test that figures sum to nothing within their rounding: (sign, column of the figure, column of its rounding)."""

    def test(row: PeriodRow) -> tuple[bool, str]:
        outcome = difference(name, [(sign, amount(row[figure], row[rounding])) for sign, figure, rounding in terms])
        return (outcome.closes, number(outcome.residual)) if outcome else (False, "a figure is not known")

    return test


def _within(row: PeriodRow) -> tuple[bool, str]:
    """The quarter may be as high as the year to date with the rounding of both, not higher."""
    terms = [
        (1, amount(row["quarter"], row["quarter_rounding"])),
        (-1, amount(row["year_to_date"], row["year_to_date_rounding"])),
    ]
    outcome = difference("quarter_within_year_to_date", terms)
    return (outcome.residual <= outcome.tolerance, number(outcome.residual)) if outcome else (False, "a figure is not known")


def _quarter_within_year_to_date(source: FrameSource) -> pd.DataFrame:
    return _tested(source.query(QUARTERS), lambda row: row["concept"] in NEVER_NEGATIVE, _within)


def _year_to_date_total(source: FrameSource) -> pd.DataFrame:
    terms = (
        (1, "year_to_date", "year_to_date_rounding"),
        (-1, "quarter", "quarter_rounding"),
        (-1, "earlier_year_to_date", "earlier_rounding"),
    )
    return _tested(source.query(YEARS_TO_DATE), lambda row: not row["is_restated_since"], _sum("year_to_date_total", terms))


def _coverage(source: FrameSource) -> pd.DataFrame:
    """Each company with several releases of one year: how many figures they share, and how many of those were compared."""
    shared = source.query(SHARED)
    links: dict[str, int] = {}
    for company_id, filing_id, earlier in rows(source.query(PRINTED_AGAIN)[["company_id", "filing_id", "earlier_filing_id"]]):
        if filing_id != earlier:
            links[company_id] = links.get(company_id, 0) + 1
    facts = rows(shared[["company_id", "figures_printed_again", "balances_printed_again", "has_balance_sheets"]])
    compared = [links.get(company_id, 0) for company_id, *_ in facts]
    # Figures that n releases share are n cells and n - 1 comparisons: never fewer than half.
    return shared.assign(
        comparisons=compared,
        what_is_shared_is_compared=[2 * count >= again for count, (_, again, _, _) in zip(compared, facts, strict=True)],
        something_was_compared=[count > 0 for count in compared],
        year_end_balances_meet=[balances > 0 or not has for _, _, balances, has in facts],
    )


def _either_way(what: str) -> tuple[Expectation, ...]:
    """A disagreement blocks where a figure is inferred or one release contradicts itself; it is reported in any case."""
    return (
        holds("closes_or_is_of_the_company", "concept", f"{what}, unless releases differ in figures read as they stand."),
        holds("closes", "concept", f"{what}.", "warning"),
    )


def _printed_again(name: str, description: str, months_fit: Callable[[int], bool], what: str) -> Suite:
    """A suite over the figures that are printed again of periods whose months fit, and are not called restated."""
    terms = ((1, "later", "later_rounding"), (-1, "earlier", "earlier_rounding"))

    def frame(source: FrameSource) -> pd.DataFrame:
        def keep(row: PeriodRow) -> bool:
            return not row["is_restated"] and months_fit(int(row["duration_months"]))

        return _tested(source.query(PRINTED_AGAIN), keep, _sum(name, terms))

    naming = (*_PERIOD[:1], "earlier_filing_id", "statement", *_PERIOD[1:], "later", "earlier", *_FOUND)
    return Suite(name, "staging", "staging.reported_values", description, frame, naming, _either_way(what))


_PERIOD = ("filing_id", "label", "concept", "period_end", "duration_months")
_FOUND = ("off_by", "source_lines")

QUARTER_WITHIN_YEAR_TO_DATE = Suite(
    name="quarter_within_year_to_date",
    stage="staging",
    table="staging.reported_values",
    description="Lines that are never negative: the quarter is not more than the year to date that ends the same day.",
    frame=_quarter_within_year_to_date,
    naming=(*_PERIOD, "quarter", "year_to_date", *_FOUND),
    expectations=(holds("closes", "concept", "The quarter is not more than the year to date that ends the same day."),),
)

YEAR_TO_DATE_TOTAL = Suite(
    name="year_to_date_total",
    stage="staging",
    table="staging.reported_values",
    description=(
        "Across the releases of a company: earlier year to date plus quarter is the year to date, unless a release marked as"
        " restated came between."
    ),
    frame=_year_to_date_total,
    naming=(*_PERIOD[:1], "earlier_filing_id", *_PERIOD[1:], "year_to_date", "quarter", "earlier_year_to_date", *_FOUND),
    expectations=_either_way("The year to date is the quarter and the year to date before it"),
)

COMPARATIVES = _printed_again(
    "comparatives",
    "A period that is printed again states what was printed first, or says that it is restated.",
    lambda months: months > 0,
    "A comparative is what was reported before it, or is flagged as restated",
)

BALANCE_SHEET_INSTANTS = _printed_again(
    "balance_sheet_instants",
    "A balance is the same in every release that prints it, or says that it is restated.",
    lambda months: months == 0,
    "A balance is what every other release prints of that day, or is flagged as restated",
)

CROSS_RELEASE_COVERAGE = Suite(
    name="cross_release_coverage",
    stage="staging",
    table="staging.reported_values",
    description="Where a company has several releases of one fiscal year, figures are compared across them: none is no pass.",
    frame=_coverage,
    naming=("company_id", "filings_of_one_year", "figures_printed_again", "balances_printed_again", "comparisons"),
    expectations=(
        holds(
            "what_is_shared_is_compared",
            "company_id",
            "Figures that releases share are compared: n cells of one figure are n - 1 comparisons, never fewer than half.",
        ),
        holds(
            "something_was_compared",
            "company_id",
            "Releases of one fiscal year share figures: where none was compared, nothing was checked.",
            "warning",
        ),
        holds(
            "year_end_balances_meet",
            "company_id",
            "Balance sheets of one fiscal year stand beside the same year end, so they share balances.",
            "warning",
        ),
    ),
)

SUITES = (
    QUARTER_WITHIN_YEAR_TO_DATE,
    YEAR_TO_DATE_TOTAL,
    COMPARATIVES,
    BALANCE_SHEET_INSTANTS,
    CROSS_RELEASE_COVERAGE,
)
