"""A statement as read -> its values with their proof: the rows of `staging.reported_values` and of what proves them.

Belongs here: turning columns and lines into records, through `resolve.py`. Does not belong here: the choice itself, or
evidence from outside the statement (prose figures are counted by `reader.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple

from expectations.identities import Amount, Instance, Outcome, evaluate, formula, instances
from expectations.identities import Line as IdentityLine
from expectations.identities import by_name as identities_by_name
from orchestration.filings.proof.resolve import CellOptions, Column, Evidence, Option, Resolved, resolve
from orchestration.filings.records import Candidate, Certificate, Figure, Problem, Proof, Severity, Statement, Status, Value
from orchestration.filings.statements.damage import costs
from orchestration.filings.statements.labels import is_share_count, normal
from orchestration.filings.statements.lines import CellReading
from orchestration.filings.statements.read import StatementTable
from orchestration.filings.statements.scale import Scale
from orchestration.filings.statements.structure import Item, roles

_SHARE_FACTORS: Final = (Decimal(1), Decimal(1_000), Decimal(1_000_000))
_PER_SHARE: Final = Decimal(1)
_DAYS_APART: Final = 7
"""A quarter of a 52/53-week year ends within a week of the month arithmetic that named it."""
_MOST_KEPT: Final = 12
"""Readings kept of a damaged cell: the cheapest, and the one that was taken."""
_MOST_WEIGHED: Final = 6
"""Candidates shown of a cell: the cheapest; the rest cost more than any answer would pay."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What one statement gave."""

    values: tuple[Value, ...]
    proofs: tuple[Proof, ...]
    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...]
    certificates: tuple[Certificate, ...] = ()
    asked: int = 0


class Told(NamedTuple):
    """A figure of a statement told outside it: in the prose of the filing, or in another release of the company.

    `value` and `rounding` are absolute, in `unit`. Days apart are allowed for, as 52/53-week years have them.
    """

    concept: str
    period_end: date
    duration_months: int | None
    unit: str
    value: Decimal
    rounding: Decimal


class _Row(NamedTuple):
    """What holds for a line in all its columns: its unit and what a printed 1 is worth in it, and its cheapest readings.

    `finest` is the weight of the last digit that its figures have, `amounts` their first readings, None for a blank.
    """

    unit: str
    factor: Decimal
    finest: Decimal
    amounts: tuple[Amount | None, ...]


def prove(table: StatementTable, filing_id: str, told: Sequence[Told] = ()) -> Proven:
    """The values of a statement, each with how it came to be and how many identities prove it.

    `told` is evidence from outside the statement. It is asked only where the identities leave a doubt. The reader gives the
    prose figures of the filing; a caller that knows other releases of the company may add what they say of the same periods.
    """
    return _Prover(table, filing_id, told).run()


@dataclass
class _Prover:
    table: StatementTable
    filing_id: str
    told: Sequence[Told] = ()
    values: list[Value] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    asked: int = 0

    def run(self) -> Proven:
        for number in range(len(self.table.periods)):
            if self.ends[number] is None or self.months(number) is None:
                self._problem_of_column(number)
            else:
                self._column(number)
        return Proven(
            tuple(self.values),
            tuple(self.proofs),
            tuple(self.candidates),
            tuple(self.problems),
            tuple(self.certificates),
            self.asked,
        )

    def months(self, number: int) -> int | None:
        """The length of a column's period; a balance is an instant whatever its header says."""
        return 0 if self.table.statement is Statement.BALANCE else self.table.periods[number].months

    @cached_property
    def ends(self) -> list[date | None]:
        """The last day of each column."""
        return [period.end for period in self.table.periods]

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

    @cached_property
    def rows(self) -> list[_Row]:
        """What holds for each line in all its columns."""
        return [self._row(item) for item in self.table.items]

    def _row(self, item: Item) -> _Row:
        factor = _factor(item, self.table.scale, self.shares)
        first = [cell.readings[0] if cell.readings else None for cell in item.line.cells]
        finest = min((reading.step for reading in first if reading and reading.value), default=Decimal(1))
        amounts = tuple(_amount(reading, factor) if reading else None for reading in first)
        return _Row(_unit(item, self.table.scale), factor, finest * factor, amounts)

    def _with_sums_spent(self, column: Column) -> Column:
        """The column with the identities of a line that was parted or placed by a sum (`Cell.is_by_sum`) counted as spent."""
        by_sum = {str(index) for index, item in enumerate(self.table.items) if item.line.is_by_sum}
        used = {key: frozenset(one.name for one in self.identities if key in one.keys) for key in by_sum & column.cells.keys()}
        return replace(column, cells={**column.cells, **{k: replace(column.cells[k], spent=v) for k, v in used.items()}})

    def _column(self, number: int) -> None:
        cells = {
            str(index): self._options(item, row, number)
            for index, (item, row) in enumerate(zip(self.table.items, self.rows, strict=True))
        }
        evidence = self._evidence(number)
        column = self._with_sums_spent(resolve(cells, self.identities, evidence))
        self.asked += column.asked
        proving = _proving(column)
        for index, item in enumerate(self.table.items):
            found = column.cells.get(str(index)) or self._lost(item, number)
            if found:
                is_proven = _states_amounts(item) and _has_all_decimals(found, cells[str(index)].rounding)
                proofs = proving[str(index)] if is_proven else 0
                self.values += self._values(index, item, number, found, proofs)
                self.candidates += self._candidates(index, item, number, found)
                self.certificates += self._certificates(index, item, number, found)
                self._problem_of_cell(item, number, found)
        self._prove(number, column)

    def _evidence(self, number: int) -> Evidence:
        """What the other columns say of the identities, on the figures as printed."""
        others = {
            name: {at: residual for at, residual in columns.items() if at != number}
            for name, columns in self._residuals.items()
        }
        trusted = {
            instance.name for instance in self.identities if self._is_borne_out(instance, number, others.get(instance.name, {}))
        }
        return Evidence(frozenset(trusted), frozenset(name for name in trusted if not any(others[name].values())))

    def _is_borne_out(self, instance: Instance, number: int, closing: Collection[int]) -> bool:
        """Whether other columns in which an identity closes speak for each of its lines.

        A line that is nil wherever the sum closes may be no part of it at all, unless its own name says that it is, or it
        stands within a section of the balance sheet and is no subtotal.
        """
        if not closing:
            return False
        told = (key for key in self._by_place[instance.name] if self._is_told(key, number))
        return all(any(self._is_told(key, at) for at in closing) for key in told)

    @cached_property
    def _by_place(self) -> dict[str, list[str]]:
        """The lines of each identity that neither their own names nor their section makes a part of it."""
        found: dict[str, list[str]] = {}
        for instance in self.identities:
            named = self._named(instance)
            found[instance.name] = [key for key in instance.keys if key not in named and not self._is_in_section(instance, key)]
        return found

    def _is_in_section(self, instance: Instance, key: str) -> bool:
        """Whether a line of a balance sheet stands between the first part of a total and the total itself."""
        total, *parts = map(int, instance.keys)
        is_inner = min(parts) < int(key) < total
        is_subtotal = normal(self.table.items[int(key)].line.label).startswith(("total", "net "))
        return self.table.statement is Statement.BALANCE and is_inner and not is_subtotal

    def _is_told(self, key: str, number: int) -> bool:
        cell = self.table.items[int(key)].line.cells[number]
        return any(reading.value for reading in cell.readings) or (cell.is_printed and not cell.readings)

    def _named(self, instance: Instance) -> set[str]:
        """The lines of an identity that its own terms name; the others are parts by where they stand."""
        identity = identities_by_name()[instance.name]
        names = {identity.total, *identity.plus, *identity.less, *identity.less_if_printed, *identity.less_if_loose}
        names |= {other for _, other in identity.nearer}
        return {key for key in instance.keys if names & set(self.table.items[int(key)].concepts)}

    @cached_property
    def _residuals(self) -> dict[str, dict[int, Decimal]]:
        """For each identity the residuals of the columns in which it closes on the figures as printed."""
        closing: dict[str, dict[int, Decimal]] = {}
        columns = [
            {str(index): row.amounts[number] for index, row in enumerate(self.rows)}
            for number in range(len(self.table.periods))
        ]
        for instance in self.identities:
            for number, amounts in enumerate(columns):
                outcome = evaluate(instance, amounts)
                if outcome and outcome.closes:
                    closing.setdefault(instance.name, {})[number] = outcome.residual
        return closing

    def _options(self, item: Item, row: _Row, number: int) -> CellOptions:
        cell, factor = item.line.cells[number], row.factor
        options = tuple(
            Option(_amount(reading, factor), reading.cost, rank, reading.kind, reading.is_sure)
            for rank, reading in enumerate(cell.readings)
        )
        if cell.readings and _lacks_a_digit(cell.readings[0], row.finest < options[0].amount.rounding):
            options = _with_decimals(options[0], row.finest) if cell.readings[0].step < 1 else options
            options = () if factor == _PER_SHARE and not item.is_money and cell.readings[0].step >= 1 else options
        others = [other.is_printed for at, other in enumerate(item.line.cells) if at != number]
        beside = tuple(row.amounts[at] for at in (number - 1, number + 1) if 0 <= at < len(row.amounts))
        return CellOptions(
            options,
            not cell.is_printed,
            all(others),
            row.amounts[:number] + row.amounts[number + 1 :],
            beside,
            self._told_of(item, row.unit, number),
            row.finest,
        )

    @cached_property
    def _concepts_told(self) -> set[str]:
        return {one.concept for one in self.told}

    def _told_of(self, item: Item, unit: str, number: int) -> tuple[Amount, ...]:
        """What is told outside the statement of a line in the period of a column."""
        if self._concepts_told.isdisjoint(item.concepts):
            return ()
        end = self.ends[number]
        return tuple(
            Amount(one.value, one.rounding)
            for one in self.told
            if one.concept in item.concepts
            and one.unit == unit
            and one.duration_months == self.months(number)
            and end
            and abs((one.period_end - end).days) <= _DAYS_APART
        )

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
        cell = item.line.cells[number]
        rank = found.option.rank if found.option else None
        reading = None if rank is None else cell.readings[rank]
        place = reading or (cell.printed if found.status is Status.REPAIRED else None)
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
                period_end=self.ends[number],
                duration_months=self.months(number),
                value=found.amount.value if found.amount else None,
                unit=self.rows[index].unit,
                rounding=found.amount.rounding if found.amount else self.rows[index].factor,
                raw_text=place.text if place else None,
                status=found.status,
                proof_count=proofs,
                is_gaap=self.table.is_gaap,
                is_restated=period.is_restated,
                source_line=place.line if place else item.line.line,
                source_start=place.start if place else None,
                source_end=place.end if place else None,
            )

    def _value_id(self, index: int, number: int) -> str:
        return f"{self.filing_id}:{self.table.number}:{index + 1}:{number + 1}"

    def _candidates(self, index: int, item: Item, number: int, found: Resolved) -> Iterator[Candidate]:
        readings = item.line.cells[number].readings
        value_id, factor = self._value_id(index, number), self.rows[index].factor
        if len(readings) > 1 or found.status is not Status.AS_READ:
            taken = found.option.rank if found.option else None
            for rank, reading in enumerate(readings):
                chosen = rank == taken
                if rank >= _MOST_KEPT and not chosen:
                    continue
                yield Candidate(
                    value_id, self.filing_id, reading.kind, reading.text, reading.value * factor, chosen,
                    reading.line, reading.start, reading.end,
                )  # fmt: skip
        if found.status is Status.IMPLIED and found.amount and not found.spent:
            yield Candidate(value_id, self.filing_id, "blank", None, Decimal(0), False, item.line.line, None, None)
        if found.amount and (found.option is None or found.option.rank is None):
            yield Candidate(value_id, self.filing_id, "identity", None, found.amount.value, True, None, None, None)

    def _certificates(self, index: int, item: Item, number: int, found: Resolved) -> Iterator[Certificate]:
        """Why a repair was accepted; one a cell, also where the cell states two concepts."""
        repair, printed = found.repair, item.line.cells[number].printed
        if repair is None or found.amount is None:
            return
        weighed = sorted({(choice.cost, choice.amount.value, _change(choice.kind, choice.cost)) for choice in repair.weighed})
        weighed = [one for rank, one in enumerate(weighed) if rank < _MOST_WEIGHED or one[1] == found.amount.value]
        yield Certificate(
            value_id=self._value_id(index, number),
            filing_id=self.filing_id,
            raw_text=printed.text if printed else None,
            value=found.amount.value,
            change=_change(repair.kind, repair.cost),
            cost=repair.cost,
            forced_by=repair.forced_by,
            confirmed_by=repair.confirmed_by,
            is_told_outside=repair.used_told,
            runner_up=repair.runner_up,
            runner_up_cost=repair.runner_up_cost,
            weighed_values=tuple(str(value) for _, value, _ in weighed),
            weighed_changes=tuple(kind for _, _, kind in weighed),
            weighed_costs=tuple(cost for cost, _, _ in weighed),
            source_line=printed.line if printed else item.line.line,
            source_start=printed.start if printed else None,
            source_end=printed.end if printed else None,
        )

    def _prove(self, number: int, column: Column) -> None:
        for instance, outcome in column.outcomes:
            spent = any(instance.name in column.cells[key].spent for key in instance.keys if key in column.cells)
            words = self._formulas[instance.name]
            self.proofs.append(
                Proof(
                    filing_id=self.filing_id,
                    identity=instance.name,
                    statement=self.table.statement,
                    period_end=self.ends[number],
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

    @cached_property
    def _formulas(self) -> dict[str, str]:
        """Each identity in the words of the statement."""
        labels = {str(index): item.line.label for index, item in enumerate(self.table.items)}
        return {instance.name: formula(instance, labels) for instance in self.identities}

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


def _has_all_decimals(found: Resolved, finest: Decimal) -> bool:
    """Whether a figure has as many decimals as its row: one with fewer is vouched for by nothing.

    `finest` is the weight of the last digit that the figures of the row have.
    """
    return found.amount is not None and not (found.amount.rounding > finest and (found.amount.value or finest < 1))


def _proving(column: Column) -> Counter[str]:
    """How many closing identities prove each value: see `_proves`. A value that stands in a broken identity has none.

    Which of the figures of a broken identity is wrong nobody can say, so none of them is vouched for, not even by another.
    """
    broken = {key for instance, _ in column.broken for key in instance.keys}
    spent = frozenset[str]().union(*(cell.spent for cell in column.cells.values()))
    amounts = {name: cell.amount for name, cell in column.cells.items()}
    return Counter(
        key
        for instance, outcome in column.outcomes
        if outcome and outcome.closes and instance.name not in spent
        for key in set(instance.keys) - broken
        if _proves(instance, outcome, key, amounts)
    )


def _proves(instance: Instance, outcome: Outcome, key: str, amounts: Mapping[str, Amount | None]) -> bool:
    """Whether an identity, which closes, would have noticed any other value in its place.

    A sum that is off, if only by its roundings, would have closed with another last digit as well. A per-share figure is too
    coarse to vouch for the digits of shares and income: it proves itself alone, and only where its neighbours would not close.
    """
    if not instance.per_share:
        return not outcome.residual
    own = amounts[key]
    if own is None or key != instance.keys[0]:
        return False
    others = (Amount(own.value + side * own.rounding, own.rounding) for side in (-1, 1))
    tried = (evaluate(instance, {**amounts, key: other}) for other in others)
    return not any(trial and trial.closes for trial in tried)


def _with_decimals(printed: Option, rounding: Decimal) -> tuple[Option, ...]:
    """A figure with fewer decimals than the others of its row has lost a digit: every figure with one digit more."""
    digits = str(int(abs(printed.amount.value) / rounding) // 10).zfill(2)
    sign = -1 if printed.amount.value < 0 else 1
    longer = sorted({digits[:at] + digit + digits[at:] for at in range(len(digits) + 1) for digit in "0123456789"})
    cost = costs()["missing_digit"]
    return tuple(Option(Amount(sign * int(one) * rounding, rounding), cost, None, "missing_digit") for one in longer)


def _lacks_a_digit(reading: CellReading, is_coarser: bool) -> bool:
    """Whether a figure has fewer decimals than others of its row; a nil has none, and says so without a point."""
    return is_coarser and (bool(reading.value) or reading.step < 1)


def _states_amounts(item: Item) -> bool:
    """Whether a line states any amount but nils: a line of nils fits into every sum, so no sum says what it is."""
    return any(reading.value for cell in item.line.cells for reading in cell.readings)


def _change(kind: str, cost: int) -> str:
    """The change a reading supposes; what damaged characters say is told apart from what sound ones say."""
    return "damaged_characters" if kind == "row" and cost else kind


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


def fill_in(values: Sequence[Value], figures: Sequence[Figure], certificates: Sequence[Certificate]) -> tuple[Value, ...]:
    """The values with one proof more where the prose tells them, however often it does.

    Prose mostly rounds: such a figure is met by many others, so it adds to what is proven and proves nothing alone. One as
    exact as the cell proves it. One that was needed to choose a repair proves nothing.
    """
    spent = {one.value_id for one in certificates if one.is_told_outside}
    told = [figure for figure in figures if figure.outcome == "match" and figure.value_id and figure.value_id not in spent]
    coarse = {figure.value_id for figure in told}
    finest: dict[str, Decimal] = {}
    for figure in told:
        finest[figure.value_id or ""] = min(figure.rounding, finest.get(figure.value_id or "", figure.rounding))
    return tuple(
        replace(value, proof_count=value.proof_count + 1)
        if value.value_id in coarse and (value.proof_count or finest[value.value_id] <= value.rounding)
        else value
        for value in values
    )
