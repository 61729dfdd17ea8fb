"""Which filings the rows that break a rule are of.

Belongs here: finding the filings that a row names, and what speaks for each. Does not belong here: which of them is at fault
(`build/judgement.py`), or running the rules (`dbt_runner.py`, `expectations/`).

A row names a filing by any of its cells: the id of the filing, of a value, a figure or an event of it. A row that names none
but a company may be of any of its filings; of those that have figures of its period, where it has one. A cell `at_fault` is
the filing at fault, where the rule itself knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from expectations.suite import AT_FAULT
from orchestration.warehouse.connection import open_warehouse

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROW_CHARACTERS = 400

NAMED_FILINGS = """
    with named as (select unnest(?::varchar[]) as name),
    ids as (
        select filing_id as name, filing_id from staging.filings
        union all select value_id, filing_id from staging.reported_values
        union all select figure_id, filing_id from staging.figures
        union all select event_id, filing_id from staging.compound_events
    )
    select distinct ids.name, ids.filing_id from ids
    inner join named using (name)
    inner join staging.filings as f on f.filing_id = ids.filing_id and f.status = 'accepted'
    order by all
"""
COMPANY_FILINGS = """
    select f.company_id, v.period_end::varchar as period_end, f.filing_id
    from staging.filings as f
    left join staging.reported_values as v using (filing_id)
    where f.status = 'accepted' and f.company_id in (select unnest(?::varchar[]))
    group by all
    order by all
"""
STANDINGS = """
    select f.filing_id, f.company_id, coalesce(avg((v.proof_count > 0)::integer), 0) as proven_share, f.known_from
    from staging.filings as f
    left join staging.reported_values as v using (filing_id)
    where f.status = 'accepted'
    group by all
    order by all
"""


class BrokenRow(NamedTuple):
    """A row that breaks a rule: its cells by name."""

    rule: str
    meaning: str
    cells: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The row in words."""
        text = "; ".join(f"{name} {value}" for name, value in self.cells.items() if value is not None and name != AT_FAULT)
        return text if len(text) <= ROW_CHARACTERS else text[: ROW_CHARACTERS - 1] + "…"

    @property
    def names(self) -> tuple[str, ...]:
        """The cells that may name something."""
        return tuple(str(value) for value in self.cells.values() if isinstance(value, str | date))


class Violation(NamedTuple):
    """A row that breaks a rule, in words, and the accepted filings that may be at fault for it, if any."""

    rule: str
    meaning: str
    row: str
    suspects: tuple[str, ...]


class Standing(NamedTuple):
    """What speaks for an accepted filing: the share of its values that is proven, and how early it was known."""

    company_id: str
    proven_share: float
    known_from: date | None


def rows_of_test(file: Path, rule: str, meaning: str, query: str) -> list[BrokenRow]:
    """The rows that a dbt test finds: `query` is the test as dbt compiled it for this file."""
    with open_warehouse(file) as connection:
        answer = connection.execute(query)
        names = [column[0] for column in answer.description or ()]
        return [BrokenRow(rule, meaning, dict(zip(names, row, strict=True))) for row in answer.fetchall()]


def violations(file: Path, rows: Sequence[BrokenRow]) -> list[Violation]:
    """Each row with its suspects, all from the staging tables of `file`."""
    names = sorted({name for row in rows for name in row.names})
    with open_warehouse(file) as connection:
        filings: dict[str, set[str]] = {}
        for name, filing_id in connection.execute(NAMED_FILINGS, [names]).fetchall():
            filings.setdefault(name, set()).add(filing_id)
        companies = _companies(connection, names)
    return [Violation(row.rule, row.meaning, row.text, tuple(sorted(_suspects(row, filings, companies)))) for row in rows]


def standings(file: Path) -> dict[str, Standing]:
    """What speaks for each accepted filing of `file`."""
    with open_warehouse(file) as connection:
        return {name: Standing(company or "", *rest) for name, company, *rest in connection.execute(STANDINGS).fetchall()}


def _companies(connection: DuckDBPyConnection, names: Sequence[str]) -> dict[str, dict[str | None, set[str]]]:
    """The filings of each named company, by the period ends they have figures of."""
    found: dict[str, dict[str | None, set[str]]] = {}
    for company_id, period_end, filing_id in connection.execute(COMPANY_FILINGS, [names]).fetchall():
        found.setdefault(company_id, {}).setdefault(period_end, set()).add(filing_id)
    return found


def _suspects(
    row: BrokenRow, filings: Mapping[str, set[str]], companies: Mapping[str, Mapping[str | None, set[str]]]
) -> set[str]:
    known = row.cells.get(AT_FAULT)
    if isinstance(known, str) and known in filings:
        return set(filings[known])
    named = _union(filings.get(name, ()) for name in row.names)
    if named:
        return named
    by_period = [companies[name] for name in row.names if name in companies]
    of_period = _union(periods.get(name, ()) for periods in by_period for name in row.names)
    return of_period or _union(one for periods in by_period for one in periods.values())


def _union(sets: Iterable[Iterable[str]]) -> set[str]:
    return {one for some in sets for one in some}
