"""A quarter's figure that no filing prints, and the printed values it was derived from.

Belongs here: the operands. Does not belong here: deriving (`dbt_project/models/intermediate/int_derived_quarters.sql`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from orchestration.explain.rows import Row, rows_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from orchestration.explain.asked import AskedCompany, AskedConcept, AskedPeriod


@dataclass(frozen=True, slots=True)
class Derivation:
    """One derived vintage: `value` is the sum of the `operands`, each times its `weight` (1 or -1), in `unit`.

    An operand has `value`, `weight`, `unit`, `status`, `period_end`, `duration_months`, `source` and `source_line`.
    """

    value: Decimal
    unit: str
    operands: tuple[Row, ...]


# The quarter that ends on a day is what a longer period has more than a shorter one by three months, either because the
# shorter one starts with the longer and the quarter is its end, or because it ends with it and the quarter is its start.
# Ten days, because a fiscal quarter of 13 weeks may end a week from where the calendar would have it.
_OPERANDS = """
    with printed as (
        select v.*, f.source, f.known_from
        from staging.reported_values v join staging.filings f using (filing_id)
        where f.company_id = ? and v.concept = ? and f.status = 'accepted' and v.duration_months > 0 and v.value is not null
    )
    select longer, shorter from printed longer, printed shorter, (select ?::date as quarter_end)
    where longer.duration_months - shorter.duration_months = 3
      and ? in (longer.filing_id, shorter.filing_id)
      and longer.value - shorter.value = ?
      and case
            when longer.period_end = shorter.period_end then
                abs(date_diff('day', longer.period_end - to_months(shorter.duration_months), quarter_end)) <= 10
            else
                abs(date_diff('day', longer.period_end, quarter_end)) <= 10
                and abs(date_diff('day', shorter.period_end + to_months(3), quarter_end)) <= 10
          end
    order by longer.known_from, longer.value_id, shorter.value_id limit 1
"""


def derivations_of(
    con: DuckDBPyConnection, company: AskedCompany, period: AskedPeriod, concept: AskedConcept, vintages: Iterable[Row]
) -> tuple[Derivation, ...]:
    """For each derived vintage, the two printed values whose difference it is, found again rather than believed."""
    found = []
    for vintage in vintages:
        if vintage["basis"] != "derived":
            continue
        pairs = rows_of(con, _OPERANDS, company.company_id, concept.name, period.end, vintage["filing_id"], vintage["value"])
        for pair in pairs:
            operands = ({**pair["longer"], "weight": 1}, {**pair["shorter"], "weight": -1})
            found.append(Derivation(vintage["value"], pair["longer"]["unit"], operands))
    return tuple(found)
