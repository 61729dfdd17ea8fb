"""A statement as read -> its values with their proof: the rows of `staging.reported_values` and of what proves them.

Belongs here: turning columns and lines into records. Does not belong here: choosing readings (`resolve.py`), counting proofs
(`proof_count.py`), external evidence (`external_evidence.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Final

from expectations.identities import Amount, Instance, Outcome, closes, formula
from orchestration.filings.proof.column import ResolvedCell, ResolvedColumn
from orchestration.filings.proof.external_evidence import ExternalEvidence, ExternalFigure
from orchestration.filings.proof.identity_support import IdentitySupport
from orchestration.filings.proof.proof_count import may_be_proven, proof_counts
from orchestration.filings.proof.resolve import resolve
from orchestration.filings.proof.statement_amounts import StatementAmounts
from orchestration.filings.records import (
    Candidate,
    CandidateKind,
    Certificate,
    Problem,
    Proof,
    ProofOutcome,
    Severity,
    Status,
    Value,
)
from orchestration.filings.statements.line_items import LineItem, concept_roles, is_of_shares
from orchestration.filings.statements.read import StatementTable

_MOST_KEPT: Final = 12
"""Limit on the readings kept of a damaged cell, cheapest first; the chosen one is always kept."""
_MOST_WEIGHED: Final = 6
"""Limit on the candidates in a certificate, cheapest first; the accepted value is always kept."""


@dataclass(frozen=True, slots=True)
class ProvenStatement:
    """The records of one statement; `asked` counts the calls of the solver."""

    values: tuple[Value, ...]
    proofs: tuple[Proof, ...]
    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...]
    certificates: tuple[Certificate, ...] = ()
    asked: int = 0


def prove(table: StatementTable, filing_id: str, external_figures: Sequence[ExternalFigure] = ()) -> ProvenStatement:
    """The values of a statement, each with how it was found and how many identities prove it.

    `external_figures` are used only where the identities leave a doubt. The reader gives the figures of the filing's prose, and
    those of other releases if it has them.
    """
    return _Prover(table, filing_id, external_figures).run()


@dataclass
class _Prover:
    table: StatementTable
    filing_id: str
    external_figures: Sequence[ExternalFigure] = ()
    values: list[Value] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    asked: int = 0

    @cached_property
    def amounts(self) -> StatementAmounts:
        return StatementAmounts(self.table)

    @cached_property
    def external(self) -> ExternalEvidence:
        return ExternalEvidence(self.amounts, self.filing_id, self.external_figures)

    @cached_property
    def support(self) -> IdentitySupport:
        return IdentitySupport(self.amounts)

    def run(self) -> ProvenStatement:
        for number in range(len(self.table.periods)):
            if self.amounts.period_ends[number] is None or self.amounts.months(number) is None:
                self._problem_of_column(number)
            else:
                self._column(number)
        return ProvenStatement(
            tuple(self.values),
            tuple(self.proofs),
            tuple(self.candidates),
            tuple(self.problems),
            tuple(self.certificates),
            self.asked,
        )

    def _with_sums_spent(self, column: ResolvedColumn) -> ResolvedColumn:
        """The column with the identities of a line split or placed by a sum (`Cell.is_by_sum`) counted as spent."""
        by_sum = {str(index) for index, item in enumerate(self.table.line_items) if item.line.is_by_sum}
        used = {
            key: frozenset(one.name for one in self.amounts.identities if key in one.keys)
            for key in by_sum & column.cells.keys()
        }
        return replace(column, cells={**column.cells, **{k: replace(column.cells[k], spent=v) for k, v in used.items()}})

    def _with_external_spent(self, column: ResolvedColumn, number: int) -> ResolvedColumn:
        """The column with the identities of a repair that another release decided counted as spent.

        They close in that release too, so they would also close with its figures where it moved an amount between two lines.
        """
        used = {
            key: found.spent | {one.name for one in self.amounts.identities if key in one.keys}
            for key, found in column.cells.items()
            if found.repair and set(self.external.deciding_releases(found.repair, key, number, column)) - {self.filing_id}
        }
        return replace(column, cells={**column.cells, **{k: replace(column.cells[k], spent=v) for k, v in used.items()}})

    def _column(self, number: int) -> None:
        cells = {
            str(index): self.amounts.options(index, number, self._external_amounts(item, index, number))
            for index, item in enumerate(self.table.line_items)
        }
        evidence = self.support.evidence(number)
        column = self._with_external_spent(self._with_sums_spent(resolve(cells, self.amounts.identities, evidence)), number)
        self.asked += column.asked
        counts = proof_counts(column, lambda instance, key: self.amounts.spends(instance, key, number))
        for index, item in enumerate(self.table.line_items):
            found = column.cells.get(str(index)) or self._lost(index, number, column)
            if found:
                is_telling = may_be_proven(item, found, cells[str(index)].rounding) and self.support.supports_sign(
                    index, number
                )
                proofs = counts[str(index)] if is_telling else 0
                self.values += self._values(index, item, number, found, proofs)
                self.candidates += self._candidates(index, item, number, found)
                self.certificates += self._certificates(index, item, number, column)
                self._problem_of_cell(item, number, found)
        self._prove(number, column)
        for instance, residual in column.unclosed:
            self._problem_of_sum(number, instance, residual)

    def _external_amounts(self, item: LineItem, index: int, number: int) -> list[Amount]:
        return [Amount(one.value, one.rounding) for one in self.external.of(item, self.amounts.rows[index].unit, number)]

    def _lost(self, index: int, number: int, column: ResolvedColumn) -> ResolvedCell | None:
        """An unreadable cell where a blank is a lost figure, else None; notes a blank that is read as not reported.

        Lost are a total, a result and a per-share figure that other columns state, and a figure without which a sum breaks.
        """
        item = self.table.line_items[index]
        if not any(cell.is_printed for cell in item.line.cells):
            return None
        is_due = any(concept_roles().get(concept) != "line" or is_of_shares(concept) for concept in item.concepts)
        if is_due or self._is_missed(str(index), column):
            return ResolvedCell(Status.UNREADABLE, None)
        message = f'"{item.line.label}" states nothing for the period of column {number + 1}; read as not reported'
        self.problems.append(Problem(self.filing_id, Severity.NOTE, "cell_blank", message, item.line.line, item.line.label))
        return None

    def _is_missed(self, key: str, column: ResolvedColumn) -> bool:
        """Whether a sum that has all its other figures breaks without this one."""
        amounts = {other: cell.amount for other, cell in column.cells.items()} | {key: Amount(Decimal(0), Decimal(1))}
        return any(closes(one, amounts) is False for one in self.amounts.identities if key in one.keys)

    def _values(self, index: int, item: LineItem, number: int, found: ResolvedCell, proofs: int) -> Iterator[Value]:
        cell = item.line.cells[number]
        rank = found.option.rank if found.option else None
        reading = None if rank is None else cell.readings[rank]
        place = reading or (cell.printed if found.status is Status.REPAIRED else None)
        period, cell_id = self.table.periods[number], self._cell_id(index, number)
        for side, concept in enumerate(item.concepts or (None,)):
            yield Value(
                value_id=cell_id + "b" * side,
                cell_id=cell_id,
                filing_id=self.filing_id,
                statement=self.table.statement,
                table_no=self.table.number,
                line_no=index + 1,
                column_no=number + 1,
                label=item.line.label,
                concept=concept,
                parent_concept=item.parent,
                parent_weight=item.weight,
                period_end=self.amounts.period_ends[number],
                duration_months=self.amounts.months(number),
                value=found.amount.value if found.amount else None,
                unit=self.amounts.rows[index].unit,
                rounding=found.amount.rounding if found.amount else self.amounts.rows[index].factor,
                raw_text=place.text if place else None,
                status=found.status,
                proof_count=proofs,
                is_gaap=self.table.is_gaap,
                basis=self.table.basis,
                entity=self.table.entity,
                currency=self.table.scale.currency,
                is_restated=period.is_restated,
                source_line=place.line if place else item.line.line,
                source_start=place.start if place else None,
                source_end=place.end if place else None,
            )

    def _cell_id(self, index: int, number: int) -> str:
        return f"{self.filing_id}:{self.table.number}:{index + 1}:{number + 1}"

    def _candidates(self, index: int, item: LineItem, number: int, found: ResolvedCell) -> Iterator[Candidate]:
        readings = item.line.cells[number].readings
        cell_id, factor = self._cell_id(index, number), self.amounts.rows[index].factor
        if len(readings) > 1 or found.status is not Status.AS_READ:
            taken = found.option.rank if found.option else None
            for rank, reading in enumerate(readings):
                chosen = rank == taken
                if rank >= _MOST_KEPT and not chosen:
                    continue
                yield Candidate(
                    cell_id, self.filing_id, reading.kind, reading.text, reading.value * factor, chosen,
                    reading.line, reading.start, reading.end,
                )  # fmt: skip
        if found.status is Status.IMPLIED and found.amount and not found.spent:
            yield Candidate(cell_id, self.filing_id, CandidateKind.BLANK, None, Decimal(0), False, item.line.line, None, None)
        if found.amount and (found.option is None or found.option.rank is None):
            yield Candidate(cell_id, self.filing_id, CandidateKind.IDENTITY, None, found.amount.value, True, None, None, None)

    def _certificates(self, index: int, item: LineItem, number: int, column: ResolvedColumn) -> Iterator[Certificate]:
        """Why a repair was accepted; one a cell, also where the cell states two concepts."""
        found, printed = column.cells.get(str(index)), item.line.cells[number].printed
        repair = found.repair if found else None
        if found is None or repair is None or found.amount is None:
            return
        weighed = sorted({(choice.cost, choice.amount.value, _change(choice.kind, choice.cost)) for choice in repair.weighed})
        weighed = [one for rank, one in enumerate(weighed) if rank < _MOST_WEIGHED or one[1] == found.amount.value]
        yield Certificate(
            value_id=self._cell_id(index, number),
            filing_id=self.filing_id,
            raw_text=printed.text if printed else None,
            value=found.amount.value,
            change=_change(repair.kind, repair.cost),
            cost=repair.cost,
            forced_by=repair.forced_by,
            confirmed_by=repair.confirmed_by,
            is_told_outside=repair.used_external,
            told_by=self.external.deciding_releases(repair, str(index), number, column),
            runner_up=repair.runner_up,
            runner_up_cost=repair.runner_up_cost,
            weighed_values=tuple(str(value) for _, value, _ in weighed),
            weighed_changes=tuple(kind for _, _, kind in weighed),
            weighed_costs=tuple(cost for cost, _, _ in weighed),
            source_line=printed.line if printed else item.line.line,
            source_start=printed.start if printed else None,
            source_end=printed.end if printed else None,
        )

    def _prove(self, number: int, column: ResolvedColumn) -> None:
        for instance, outcome in column.outcomes:
            spent = any(instance.name in column.cells[key].spent for key in instance.keys if key in column.cells)
            words = self._formulas[instance.name]
            self.proofs.append(
                Proof(
                    filing_id=self.filing_id,
                    identity=instance.name,
                    statement=self.table.statement,
                    period_end=self.amounts.period_ends[number],
                    duration_months=self.amounts.months(number),
                    outcome=_outcome(outcome),
                    residual=outcome.residual if outcome else None,
                    tolerance=outcome.tolerance if outcome else None,
                    value_ids=tuple(self._cell_id(int(key), number) for key in instance.keys),
                    is_independent=not spent,
                    formula=words,
                )
            )
            if outcome and not outcome.closes:
                self._problem_of_identity(number, instance, outcome.residual)

    @cached_property
    def _formulas(self) -> dict[str, str]:
        """Each identity in the labels of the statement."""
        labels = {str(index): item.line.label for index, item in enumerate(self.table.line_items)}
        return {instance.name: formula(instance, labels) for instance in self.amounts.identities}

    def _problem_of_column(self, number: int) -> None:
        message = (
            f"column {number + 1} of the {self.table.statement} at line {self.table.line} has no period in its header;"
            " its figures were not read"
        )
        self.problems.append(Problem(self.filing_id, Severity.WARNING, "column_without_period", message, self.table.line))

    def _problem_of_cell(self, item: LineItem, number: int, found: ResolvedCell) -> None:
        if found.status is Status.UNREADABLE:
            why = (
                f"is withheld, for {' and '.join(found.doubted_by)} does not close and this may be the wrong figure"
                if found.doubted_by
                else "cannot be read and does not follow from the identities"
            )
            message = (
                f'"{item.line.label}", column {number + 1}: the cell {why};'
                " its value is NULL, the readings weighed are in staging.value_candidates"
            )
            self.problems.append(Problem(self.filing_id, Severity.WARNING, "cell_unreadable", message, item.line.line))

    def _problem_of_identity(self, number: int, instance: Instance, residual: Decimal) -> None:
        """A sum that does not close keeps the filing out; a per-share figure may be of another result than is thought."""
        message = f"{self._off(number, instance, residual)}; compare the lines with the filing"
        line = self.table.line_items[int(instance.keys[0])].line.line
        severity, code = Severity.ERROR, "identity_broken"
        if instance.per_share:
            severity, code = Severity.WARNING, "per_share_not_closed"
        self.problems.append(Problem(self.filing_id, severity, code, message, line))

    def _problem_of_sum(self, number: int, instance: Instance, residual: Decimal) -> None:
        message = (
            f"{self._off(number, instance, residual)}; which figure is wrong cannot be told, so those that no other sum vouches"
            " for are withheld: compare the lines with the filing"
        )
        line = self.table.line_items[int(instance.keys[0])].line.line
        self.problems.append(Problem(self.filing_id, Severity.WARNING, "identity_withheld", message, line))

    def _off(self, number: int, instance: Instance, residual: Decimal) -> str:
        when = f"{self.amounts.months(number)} months to {self.amounts.period_ends[number]}"
        return f"{instance.name} does not close for {when}: {self._formulas[instance.name]} is off by {residual:,f}"


def _outcome(outcome: Outcome | None) -> ProofOutcome:
    if outcome is None:
        return ProofOutcome.UNTESTABLE
    return ProofOutcome.CLOSED if outcome.closes else ProofOutcome.BROKEN


def _change(kind: str, cost: int) -> str:
    """The change that a reading supposes; `damaged_characters` for one of the row itself that has a cost."""
    return "damaged_characters" if kind == CandidateKind.ROW and cost else kind
