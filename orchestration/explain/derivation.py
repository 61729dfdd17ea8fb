"""A quarter's figure that no filing prints, and the printed values it was derived from.

Belongs here: the operands, as the mart `fact_derivation_operand` has them. Does not belong here: deriving
(`dbt_project/models/intermediate/int_derived_quarters.sql`); nothing is worked out again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from orchestration.explain.rows import Row, rows_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from orchestration.explain.asked import AskedCompany, AskedConcept


@dataclass(frozen=True, slots=True)
class Derivation:
    """One derived vintage: `value` is the sum of the `operands`, each times its `weight` (1 or -1), in `unit`.

    An operand has `value`, `weight`, `unit`, `status`, `period_end`, `duration_months`, `source` and `source_line`.
    """

    value: Decimal
    unit: str
    operands: tuple[Row, ...]


_OPERANDS = """
    select o.value, o.weight, v.unit, v.status, o.period_end, o.duration_months, f.source, v.source_line
    from main.fact_derivation_operand o
    join main.fact_reported_value v using (value_id)
    join main.dim_filing f on f.filing_id = o.operand_filing_id
    where o.company_id = ? and o.fiscal_year = ? and o.fiscal_quarter = ? and o.currency = ?
        and o.vintage = ? and o.fact_column = ?
    order by o.weight desc, o.period_end desc, o.duration_months desc, o.value_id
"""


def derivations_of(
    con: DuckDBPyConnection, company: AskedCompany, concept: AskedConcept, vintages: Iterable[Row]
) -> tuple[Derivation, ...]:
    """The derivations of those of the `vintages` that are derived. A balance of a derived quarter is printed and has none."""
    found = []
    for vintage in vintages:
        quarter = (vintage["fiscal_year"], vintage["fiscal_quarter"], vintage["currency"], vintage["vintage"])
        key = (company.company_id, *quarter, concept.column)
        operands = rows_of(con, _OPERANDS, *key) if vintage["basis"] == "derived" and not vintage["kept_from"] else []
        if operands:
            found.append(Derivation(vintage["value"], operands[0]["unit"], tuple(operands)))
    return tuple(found)
