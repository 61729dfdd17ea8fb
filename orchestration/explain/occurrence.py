"""A number as one filing prints it, with all that speaks for it and against it.

Belongs here: the witnesses, proofs, told figures, candidates and certificate of one value of `staging.reported_values`. Does
not belong here: choosing the values (`reported.py`), or derived ones (`derivation.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.explain.rows import Row, rows_of
from orchestration.explain.source_line import SourceLine, source_line

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class ProofFigures:
    """A row of `staging.proofs`, and the figure of each line that takes part in it."""

    proof: Row
    figures: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A value as one filing prints it: its line, its proofs, figures told of it in prose, and what else was weighed.

    `attribution` is the row of its column: who says when it is, in what unit, whose and on which basis.
    `told_by` are the other filings that its certificate names: what they tell decided.
    """

    value: Row
    source: SourceLine
    proofs: tuple[ProofFigures, ...]
    figures: tuple[Row, ...]
    candidates: tuple[Row, ...]
    attribution: Row | None = None
    certificate: Row | None = None
    told_by: tuple[Row, ...] = ()


def occurrence_of(con: DuckDBPyConnection, raw: Path, value: Row) -> Occurrence:
    """Gather what the warehouse holds of `value`, a row of `reported.values_of`; `raw` is the folder of the filings."""
    key, cell = (value["filing_id"], value["value_id"]), (value["filing_id"], value["cell_id"])
    figures = rows_of(con, "select * from staging.figures where filing_id = ? and value_id = ? order by source_start", *key)
    candidates = rows_of(
        con,
        """select * from staging.value_candidates where filing_id = ? and value_id = ?
           order by not is_chosen, source_start, value""",
        *cell,
    )
    certificate = _certificate_of(con, *cell)
    return Occurrence(
        value,
        source_line(raw, value, certificate),
        _proofs_of(con, *cell),
        tuple(figures),
        tuple(candidates),
        _attribution_of(con, value),
        certificate,
        _told_by(con, certificate),
    )


def _attribution_of(con: DuckDBPyConnection, value: Row) -> Row | None:
    query = "select * from staging.attributions where filing_id = ? and table_no = ? and column_no = ?"
    return next(iter(rows_of(con, query, value["filing_id"], value["table_no"], value["column_no"])), None)


def _certificate_of(con: DuckDBPyConnection, filing_id: str, cell_id: str) -> Row | None:
    query = "select * from staging.certificates where filing_id = ? and value_id = ?"
    return next(iter(rows_of(con, query, filing_id, cell_id)), None)


def _told_by(con: DuckDBPyConnection, certificate: Row | None) -> tuple[Row, ...]:
    if certificate is None:
        return ()
    query = "select filing_id, source, known_from from staging.filings where filing_id = ? and filing_id <> ?"
    return tuple(row for one in certificate["told_by"] or [] for row in rows_of(con, query, one, certificate["filing_id"]))


def _proofs_of(con: DuckDBPyConnection, filing_id: str, cell_id: str) -> tuple[ProofFigures, ...]:
    proofs = rows_of(
        con,
        """select * from staging.proofs where filing_id = ? and list_contains(value_ids, ?)
           order by outcome, not is_independent, identity, formula""",
        filing_id,
        cell_id,
    )
    return tuple(ProofFigures(proof, _figures_of(con, filing_id, proof["value_ids"])) for proof in proofs)


def _figures_of(con: DuckDBPyConnection, filing_id: str, value_ids: Sequence[str]) -> tuple[Row, ...]:
    """The values of those ids, in their order."""
    rows = rows_of(
        con,
        """select value_id, label, value, unit, status from staging.reported_values
           where filing_id = ? and list_contains(?::varchar[], value_id)""",
        filing_id,
        list(value_ids),
    )
    by_id = {row["value_id"]: row for row in rows}
    return tuple(by_id[value_id] for value_id in value_ids if value_id in by_id)
