"""A statement as read -> its values with their proof: the rows of `staging.reported_values` and of what proves them.

Belongs here: turning columns and lines into records, through `resolve.py`. Does not belong here: the choice itself, or
evidence from outside the statement (prose figures are counted by `reader.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Final

from expectations.identities import Amount, Instance, Outcome, evaluate, formula, instances
from expectations.identities import Line as IdentityLine
from orchestration.filings.proof.resolve import CellOptions, Column, Evidence, Option, Resolved, resolve
from orchestration.filings.records import Candidate, Problem, Proof, Severity, Statement, Status, Value
from orchestration.filings.statements.labels import is_share_count
from orchestration.filings.statements.lines import CellReading
from orchestration.filings.statements.read import StatementTable
from orchestration.filings.statements.scale import Scale
from orchestration.filings.statements.structure import Item, roles

_SHARE_FACTORS: Final = (Decimal(1), Decimal(1_000), Decimal(1_000_000))
_PER_SHARE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Proven:
    """What one statement gave."""

    values: tuple[Value, ...]
    proofs: tuple[Proof, ...]
    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...]


def prove(table: StatementTable, filing_id: str) -> Proven:
    """The values of a statement, each with how it came to be and how many identities prove it."""
    return _Prover(table, filing_id).run()


@dataclass
class _Prover:
    table: StatementTable
    filing_id: str
    values: list[Value] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def run(self) -> Proven:
        for number in range(len(self.table.periods)):
            if self.table.periods[number].end is None or self.months(number) is None:
                self._problem_of_column(number)
            else:
                self._column(number)
        return Proven(tuple(self.values), tuple(self.proofs), tuple(self.candidates), tuple(self.problems))

    def months(self, number: int) -> int | None:
        """The length of a column's period; a balance is an instant whatever its header says."""
        return 0 if self.table.statement is Statement.BALANCE else self.table.periods[number].months

    @cached_property
    def identities(self) -> list[Instance]:
        """The identities of the statement, each once: two concepts of one line make no two proofs."""
        lines = [
            IdentityLine(str(index), concept, item.parent, item.weight)
            for index, item in enumerate(self.table.items)
            for concept in item.concepts or (None,)
        ]
        distinct: dict[tuple[tuple[int, str], ...], Instance] = {}
        for instance in instances(lines, self.table.statement):
            distinct.setdefault(instance.terms, instance)
        return list(distinct.values())

    @cached_property
    def shares(self) -> Decimal:
        """What a printed share count is worth: as stated, unless only another factor lets per-share figures close."""
        stated = self.table.scale.shares
        others = [factor for factor in _SHARE_FACTORS if factor != stated]
        return max((stated, *others), key=self._per_share_closed)

    def _per_share_closed(self, factor: Decimal) -> int:
        closed = 0
        for instance in self.identities:
            if not instance.per_share:
                continue
            for number in range(len(self.table.periods)):
                amounts = {key: self._first_amount(int(key), number, factor) for key in instance.keys}
                outcome = evaluate(instance, amounts)
                closed += bool(outcome and outcome.closes)
        return closed

    def _first_amount(self, index: int, number: int, shares: Decimal) -> Amount | None:
        item = self.table.items[index]
        readings = item.line.cells[number].readings
        return _amount(readings[0], _factor(item, self.table.scale, shares)) if readings else None

    def _column(self, number: int) -> None:
        cells = {str(index): self._options(item, number) for index, item in enumerate(self.table.items)}
        evidence = self._evidence(number)
        column = resolve(cells, self.identities, evidence)
        for index, item in enumerate(self.table.items):
            found = column.cells.get(str(index)) or self._lost(item, number)
            if found:
                proofs = self._proof_count(str(index), found, column, self._usual(number))
                self.values += self._values(index, item, number, found, proofs)
                self.candidates += self._candidates(index, item, number, found)
                self._problem_of_cell(item, number, found)
        self._prove(number, column)

    def _evidence(self, number: int) -> Evidence:
        """What the other columns say of the identities, on the figures as printed."""
        others = {
            name: [residual for at, residual in columns.items() if at != number] for name, columns in self._residuals.items()
        }
        trusted = {name for name, residuals in others.items() if residuals}
        return Evidence(frozenset(trusted), frozenset(name for name in trusted if not any(others[name])))

    def _usual(self, number: int) -> dict[str, Decimal]:
        """For each identity that closes in another column how far it is off there at most."""
        return {
            name: max(abs(residual) for at, residual in columns.items() if at != number)
            for name, columns in self._residuals.items()
            if columns.keys() - {number}
        }

    @cached_property
    def _residuals(self) -> dict[str, dict[int, Decimal]]:
        """For each identity the residuals of the columns in which it closes on the figures as printed."""
        closing: dict[str, dict[int, Decimal]] = {}
        for instance in self.identities:
            for number in range(len(self.table.periods)):
                outcome = evaluate(instance, {key: self._first_amount(int(key), number, self.shares) for key in instance.keys})
                if outcome and outcome.closes:
                    closing.setdefault(instance.name, {})[number] = outcome.residual
        return closing

    def _options(self, item: Item, number: int) -> CellOptions:
        cell = item.line.cells[number]
        factor = _factor(item, self.table.scale, self.shares)
        options = tuple(Option(_amount(reading, factor), reading.cost, rank) for rank, reading in enumerate(cell.readings))
        others = [other.is_printed for at, other in enumerate(item.line.cells) if at != number]
        return CellOptions(options, not cell.is_printed, all(others))

    def _lost(self, item: Item, number: int) -> Resolved | None:
        """A blank is nothing told, but a total, a result or a per-share figure told for other columns is lost in this one."""
        told = any(cell.is_printed for cell in item.line.cells)
        if told and any(roles().get(concept) != "line" or "Share" in concept for concept in item.concepts):
            return Resolved(Status.UNREADABLE, None)
        if told:
            message = f'"{item.line.label}" states nothing for the period of column {number + 1}; read as not reported'
            self.problems.append(Problem(self.filing_id, Severity.NOTE, "cell_blank", message, item.line.line, item.line.label))
        return None

    def _values(self, index: int, item: Item, number: int, found: Resolved, proofs: int) -> Iterator[Value]:
        reading = item.line.cells[number].readings[found.option.rank] if found.option else None
        period = self.table.periods[number]
        for side, concept in enumerate(item.concepts or (None,)):
            yield Value(
                value_id=self._value_id(index, number) + "b" * side,
                filing_id=self.filing_id,
                statement=self.table.statement,
                table_no=self.table.number,
                line_no=index + 1,
                column_no=number + 1,
                label=item.line.label,
                concept=concept,
                parent_concept=item.parent,
                parent_weight=item.weight,
                period_end=period.end,
                duration_months=self.months(number),
                value=found.amount.value if found.amount else None,
                unit=_unit(item, self.table.scale),
                rounding=found.amount.rounding if found.amount else _factor(item, self.table.scale, self.shares),
                raw_text=reading.text if reading else None,
                status=found.status,
                proof_count=proofs,
                is_gaap=self.table.is_gaap,
                is_restated=period.is_restated,
                source_line=reading.line if reading else item.line.line,
                source_start=reading.start if reading else None,
                source_end=reading.end if reading else None,
            )

    def _value_id(self, index: int, number: int) -> str:
        return f"{self.filing_id}:{self.table.number}:{index + 1}:{number + 1}"

    def _proof_count(self, key: str, found: Resolved, column: Column, usual: Mapping[str, Decimal]) -> int:
        """Closing identities that prove the value: see `_proves`."""
        if found.amount is None:
            return 0
        spent = frozenset[str]().union(*(cell.spent for cell in column.cells.values()))
        return sum(
            _proves(instance, outcome, key, usual) and instance.name not in spent
            for instance, outcome in column.outcomes
            if outcome and key in instance.keys
        )

    def _candidates(self, index: int, item: Item, number: int, found: Resolved) -> Iterator[Candidate]:
        readings = item.line.cells[number].readings
        value_id, factor = self._value_id(index, number), _factor(item, self.table.scale, self.shares)
        if len(readings) > 1 or found.status is not Status.AS_READ:
            for rank, reading in enumerate(readings):
                chosen = found.option is not None and found.option.rank == rank
                yield Candidate(
                    value_id, self.filing_id, reading.kind, reading.text, reading.value * factor, chosen,
                    reading.line, reading.start, reading.end,
                )  # fmt: skip
        if found.status is Status.IMPLIED and found.amount and not found.spent:
            yield Candidate(value_id, self.filing_id, "blank", None, Decimal(0), False, item.line.line, None, None)
        if found.status is Status.IMPLIED and found.amount:
            yield Candidate(value_id, self.filing_id, "identity", None, found.amount.value, True, None, None, None)

    def _prove(self, number: int, column: Column) -> None:
        labels = {str(index): item.line.label for index, item in enumerate(self.table.items)}
        period = self.table.periods[number]
        for instance, outcome in column.outcomes:
            spent = any(instance.name in column.cells[key].spent for key in instance.keys if key in column.cells)
            words = formula(instance, labels)
            self.proofs.append(
                Proof(
                    filing_id=self.filing_id,
                    identity=instance.name,
                    statement=self.table.statement,
                    period_end=period.end,
                    duration_months=self.months(number),
                    outcome="untestable" if outcome is None else "closed" if outcome.closes else "broken",
                    residual=outcome.residual if outcome else None,
                    tolerance=outcome.tolerance if outcome else None,
                    value_ids=tuple(self._value_id(int(key), number) for key in instance.keys),
                    is_independent=not spent,
                    formula=words,
                )
            )
            if outcome and not outcome.closes:
                self._problem_of_identity(number, instance, words, outcome.residual)

    def _problem_of_column(self, number: int) -> None:
        message = (
            f"column {number + 1} of the {self.table.statement} at line {self.table.line} has no period in its header;"
            " its figures were not read"
        )
        self.problems.append(Problem(self.filing_id, Severity.WARNING, "column_without_period", message, self.table.line))

    def _problem_of_cell(self, item: Item, number: int, found: Resolved) -> None:
        if found.status is Status.UNREADABLE:
            message = (
                f'"{item.line.label}", column {number + 1}: the cell cannot be read and does not follow from the identities;'
                " its value is NULL, the readings weighed are in staging.value_candidates"
            )
            self.problems.append(Problem(self.filing_id, Severity.WARNING, "cell_unreadable", message, item.line.line))

    def _problem_of_identity(self, number: int, instance: Instance, words: str, residual: Decimal) -> None:
        period = self.table.periods[number]
        message = (
            f"{instance.name} does not close for {self.months(number)} months to {period.end}: {words} is off by {residual:,f};"
            " compare the lines with the filing"
        )
        line = self.table.items[int(instance.keys[0])].line.line
        self.problems.append(Problem(self.filing_id, Severity.ERROR, "identity_broken", message, line))


def _proves(instance: Instance, outcome: Outcome, key: str, usual: Mapping[str, Decimal]) -> bool:
    """Whether an identity that closes would have noticed another value in its place.

    A per-share figure is too coarse to vouch for the digits of shares and income: it proves itself alone. A sum that is off by
    its roundings further than in any other column proves nothing: a wrong last digit looks the same.
    """
    if not outcome.closes:
        return False
    if instance.per_share:
        return key == instance.keys[0]
    return abs(outcome.residual) <= usual.get(instance.name, outcome.tolerance)


def _counts_shares(item: Item) -> bool:
    named = any(concept.startswith("WeightedAverageShares") for concept in item.concepts)
    return named or (not item.concepts and is_share_count(item.line.label))


def _factor(item: Item, scale: Scale, shares: Decimal) -> Decimal:
    if _counts_shares(item):
        return shares
    return scale.money if item.is_money else _PER_SHARE


def _unit(item: Item, scale: Scale) -> str:
    if _counts_shares(item):
        return "shares"
    return scale.currency if item.is_money else f"{scale.currency}/share"


def _amount(reading: CellReading, factor: Decimal) -> Amount:
    return Amount(reading.value * factor, reading.step * factor)


def fill_in(values: Sequence[Value], proven_by: Mapping[str, int]) -> tuple[Value, ...]:
    """The values with evidence from outside the statement added to their proofs, by value_id."""
    return tuple(replace(value, proof_count=value.proof_count + proven_by.get(value.value_id, 0)) for value in values)
