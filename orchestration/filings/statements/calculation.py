"""The total that each line of a statement is a part of (XBRL: the calculation).

Belongs here: gathering lines into totals and results. Does not belong here: which line states which concept by its words
(`claims.py`) or its place (`by_place.py`), signs (`signs.py`), which figure is right (`proof/`).

A total gathers the lines above it, back to the heading or result where they begin; where that start is in doubt, back to the
start from which the figures add up in most columns. Lines between two results (operating income, income before taxes, net
income) that no printed total gathers are parts of what leads from the one to the other. What a sum alone decided is marked as
spent (`chosen_by`): it is no proof of that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from orchestration.filings.records import Statement
from orchestration.filings.statements.by_place import named_by_place, spent
from orchestration.filings.statements.claims import (
    INCOME_TAX,
    NAMELESS,
    OTHER_INCOME,
    WHOLE,
    with_concepts,
)
from orchestration.filings.statements.line_items import LineItem, concept_roles, concepts_in
from orchestration.filings.statements.sums import adding_up, columns_summed_up, leads_to
from orchestration.filings.tables.lines import StatementLine
from orchestration.filings.text.labels import concepts_of_label, normalised_label, says

_BETWEEN: Final = {
    "GrossProfit": "CostOfRevenue",
    "OperatingIncomeLoss": "OperatingExpenses",
    "IncomeLossBeforeIncomeTaxes": "NonoperatingIncomeExpense",
}
"""The concept that the loose lines above a result make up; above another result they make up that."""

_HEADED: Final = frozenset({"OperatingExpenses", "CostOfRevenue", "NonoperatingIncomeExpense"})
"""The concepts that an unnamed total may be only under some headings."""
_EQUITY: Final = "StockholdersEquity"
_SPENT: Final = frozenset({"OperatingExpenses", "CostOfRevenue"})
"""Totals of costs: a line above one that it does not sum up is not between it and the result below."""
_NEVER_SELLING: Final = frozenset({"ResearchAndDevelopmentExpense", "CostOfRevenue"})
_LEAST_OF_SUM: Final = 100
_LEAST_OF_NET: Final = 10
_MOST_PARTS: Final = 200
"""Limit on the lines above a total that are tried as its parts; no statement has as many."""


def line_items(lines: Sequence[StatementLine], statement: Statement) -> list[LineItem]:
    """The lines that state something, each with its concepts and the concept it is a part of."""
    return _CalculationPass(named_by_place(with_concepts(lines, statement)), statement).run()


class _CalculationPass:
    """One pass down a statement, gathering lines into the totals and results below them.

    `open` are the lines that no total or result has gathered yet; `chosen` are the columns in which the sum of a line closes,
    where nothing else said what it sums up.
    """

    def __init__(self, named: Sequence[LineItem], statement: Statement) -> None:
        self.named = list(named)
        self.statement = statement
        self.open: list[int] = []
        self.heading_at = 0
        self.heading = ""
        self.headings: list[tuple[int, str]] = []
        self.taken = {concept for item in named for concept in item.concepts}
        self.unnamed: dict[int, list[int]] = {}
        self.heading_of: dict[int, str] = {}
        self.between = _BETWEEN
        self.result: int | None = None
        self.chosen: dict[int, frozenset[int]] = {}

    def run(self) -> list[LineItem]:
        """The line items, with parents."""
        if "OperatingIncomeLoss" not in self.taken:
            self.between = _BETWEEN | {"IncomeLossBeforeIncomeTaxes": "OperatingExpenses"}
        if not {"IncomeLossBeforeIncomeTaxes", "IncomeLossFromContinuingOperations"} & self.taken:
            first = "ProfitLoss" if "ProfitLoss" in self.taken else "NetIncomeLoss"
            self.between = self.between | {first: "NonoperatingIncomeExpense"}
        for index, item in enumerate(self.named):
            role = concept_roles().get(item.concepts[0], "line") if item.concepts else "line"
            if item.line.is_heading:
                self.heading_at = len(self.open)
                self.heading = item.line.label or self.heading
                self.headings.append((self.heading_at, self.heading))
            elif role == "total":
                self._gather(index)
                self._end_section()
            elif role == "result":
                self._part(index)
                self._end_section()
            elif item.is_money and not self._is_subtotal(item) and not self._runs_on(index):
                self._add(index)
        self._take_off_others_share()
        self._part_equity()
        self._mark_chosen()
        return [item for item in self.named if not item.line.is_heading]

    def _mark_chosen(self) -> None:
        """Mark what sums alone told as spent: lines with the sums they are or are in, and the parts of each with its own."""
        for index, columns in self.chosen.items():
            item = self.named[index]
            for concept in {*item.concepts, item.parent} - {None}:
                self.named[index] = spent(self.named[index], concept, columns)
            for at, part in enumerate(self.named):
                if part.parent in item.concepts:
                    self.named[at] = spent(part, part.parent, columns)

    def _choose(self, index: int, start: int) -> None:
        """Note that a line is taken for the total of the open lines from `start`, where nothing but their sum says so."""
        is_told = start in (0, self.heading_at) and bool(normalised_label(self.named[index].line.label))
        if not is_told:
            parts = [self.named[part].line for part in self.open[start:]]
            self.chosen[index] = columns_summed_up(self.named[index].line, parts)

    def _is_subtotal(self, item: LineItem) -> bool:
        """Whether a line without a concept is called a result that another line is: a sum of lines, and a part of none.

        So is any income or loss "before" something, as "income before preferred dividends". What is called so under a heading
        of discontinued operations is theirs.
        """
        if says("part_of_result", normalised_label(self.heading)):
            return False
        if not item.concepts and says("result_before_something", item.line.label):
            return True
        named = concepts_of_label(item.line.label, self.statement) if not item.concepts else ()
        return any(concept_roles().get(concept) == "result" and concept in self.taken for concept in named)

    def _runs_on(self, index: int) -> bool:
        """Whether a line without a concept is the result above less all open lines, or with them: a step to the next.

        Above the first result stand revenues.
        """
        item = self.named[index]
        start = self._at("Revenues") if self.result is None else self.result
        is_open = 0 <= start < index and 0 < len(self.open) <= _MOST_PARTS
        if not is_open or item.concepts or not self._is_long(index):
            return False
        first = (1, self.named[start].line)
        found = any(leads_to(item.line, [first, *((sign, self.named[at].line) for at in self.open)]) for sign in (1, -1))
        self.chosen |= dict.fromkeys(self.open, frozenset(range(len(item.line.amounts)))) if found else {}
        return found

    def _take_off_others_share(self) -> None:
        """Make the share of others, printed right below the company's own, a deduction that leads from the whole to it."""
        whole, own = self._at("ProfitLoss"), self._at("NetIncomeLoss")
        below = next((at for at in range(own + 1, len(self.named)) if not self.named[at].line.is_heading), -1)
        if not -1 < whole < own < below or any(item.parent == "NetIncomeLoss" for item in self.named):
            return
        item = self.named[below]
        if item.is_money and not item.concepts and says("share_of_others", item.line.label):
            self.named[below] = replace(item, parent="NetIncomeLoss", weight=-1)

    def _part_equity(self) -> None:
        """Call the sum of a total and the share of others the whole, and that total the company's own equity.

        Where no own total is printed, bare equity with the share of others among its parts is the whole all the same; equity of
        shareholders is what the company calls its own.
        """
        parts = [at for at, item in enumerate(self.named) if item.parent == _EQUITY]
        others = [at for at in parts if says("share_of_others", self.named[at].line.label)]
        total, own = self._at(_EQUITY), [at for at in parts if at not in others]
        is_own_total = len(own) == 1 and not self.named[own[0]].concepts and own[:1] < others
        is_bare = total > -1 and not says("of_holders", self.named[total].line.label)
        if not others or not (is_own_total or is_bare) or WHOLE[_EQUITY] in self.taken:
            return
        self._become(total, WHOLE[_EQUITY])
        self._adopt(parts, WHOLE[_EQUITY], again=True)
        if is_own_total:
            self._become(own[0], _EQUITY)
            self.chosen[own[0]] = frozenset(range(len(self.named[total].line.amounts)))

    def _at(self, concept: str) -> int:
        return next((at for at, item in enumerate(self.named) if concept in item.concepts), -1)

    def _add(self, index: int) -> None:
        """Open a line, until a total gathers it; one without a name that sums up open lines is a total itself.

        So is a part of the result ("income from discontinued operations, net of tax") that sums them up in every column, or
        that ends the section of its name, whether they add up or not. Any line ("net loans") that does so with figures too
        long to do it by chance stands for them, and is not named after what it leads to.
        """
        label = normalised_label(self.named[index].line.label)
        is_total = label in NAMELESS or label.startswith("total ")
        is_net_flow = self.statement is Statement.CASH_FLOW and label.startswith("net ")
        is_part = says("part_of_result", label) or is_net_flow
        start = self._sum_from(index, is_total) if is_total or is_part or self._is_long(index) else None
        if start is None and is_part and self._is_in_part():
            start = self.heading_at
        if start is not None:
            self._choose(index, start)
        if start is not None and (is_total or is_part):
            self._take_over(index, self.open[start:])
            headings = self._headings_of(index, start)
            if not any(self._bears_heading(index, one) for one in headings):
                self.unnamed[index] = self.open[start:]
                self.heading_of[index] = next(iter(headings), self.heading)
            elif self.named[index].concepts != (INCOME_TAX,):
                self._gather(index)
                return
        if start is not None:
            del self.open[start:]
            self.heading_at = min(self.heading_at, len(self.open))
        if index in self.unnamed and self._ends_assets(index):
            self._become(index, "Assets")
            self._adopt(self.unnamed[index], "Assets")
            self.open.clear()
            return
        self.open.append(index)

    def _is_in_part(self) -> bool:
        """Whether lines are open under a heading of a part of the result."""
        return bool(self.open[self.heading_at :]) and says("part_of_result", normalised_label(self.heading))

    def _sum_from(self, index: int, is_total: bool) -> int | None:
        """Where the open lines begin that a line sums up: in any column if it is called a total, else in every one."""
        least = 1 if normalised_label(self.named[index].line.label).startswith("total ") else 2
        closing = self._columns_closed(index)
        closing = closing[: max(len(closing) - least + 1, 0)]
        best = max(closing, default=0)
        is_sum = best and best >= (1 if is_total else self._stated(index))
        return self._in_reach.start + closing.index(best) if is_sum else None

    def _is_long(self, index: int) -> bool:
        """Whether a line has three digits or more in each of two columns or more: it sums up others by no accident.

        Two digits where it is called net: a sum of what stands above, most often.
        """
        item = self.named[index]
        least = _LEAST_OF_NET if says("called_net", item.line.label) else _LEAST_OF_SUM
        figures = item.line.amounts
        return len(figures) > 1 and all(one and abs(one.value) >= least * one.rounding for one in figures)

    def _end_section(self) -> None:
        self.heading = ""
        self.headings.clear()

    def _headings_of(self, index: int, start: int) -> list[str]:
        """The headings of the lines from `start` on, the outermost first: all that a total ends, else the last."""
        below = next(iter(self.named[index + 1 : index + 2]), None)
        role = concept_roles().get(next(iter(below.concepts), "")) if below else None
        is_end = below is None or below.line.is_heading or role == "result"
        own = [label for at, label in self.headings if at == start]
        return own if is_end else own[-1:] if start == self.heading_at else []

    def _bears_heading(self, index: int, heading: str) -> bool:
        """Whether an unnamed total sums up a section and is what its heading says; it is named so.

        A total with words of its own must share one with the heading. Not where a line without a concept is called revenue:
        then the headings are those of segments.
        """
        label = normalised_label(self.named[index].line.label)
        if label not in NAMELESS and not set(label.split()[1:]) & set(normalised_label(heading).split()):
            return False
        found = [
            one
            for one in concepts_of_label(heading, self.statement)
            if (concept_roles().get(one) == "total" or one == INCOME_TAX) and one not in self.taken
        ]
        if self.named[index].concepts or len(found) != 1:
            return False
        stated = (item.line.label for item in self.named if not (item.line.is_heading or item.concepts or item.parent))
        if any("Revenues" in concepts_of_label(one, self.statement) for one in stated):
            return False
        self._become(index, found[0])
        return True

    def _take_over(self, index: int, parts: Sequence[int]) -> None:
        """Move the concept of other income from a part to the line without a concept that sums it up with others."""
        for part in parts if len(parts) > 1 and not self.named[index].concepts else ():
            if self.named[part].concepts == (OTHER_INCOME,):
                self.named[part] = replace(self.named[part], concepts=())
                self._become(index, OTHER_INCOME)
                self._adopt([one for one in parts if one != index], OTHER_INCOME)

    def _ends_assets(self, index: int) -> bool:
        """Whether an unnamed total is the last line above the liabilities, where no line is called total assets."""
        below = self.named[index + 1 : index + 2]
        return (
            "AssetsCurrent" in self.taken
            and "Assets" not in self.taken
            and any(item.line.is_heading and says("liabilities", item.line.label) for item in below)
        )

    def _become(self, index: int, concept: str) -> None:
        self.named[index] = replace(self.named[index], concepts=(concept,))
        self.taken.add(concept)

    def _name_total(self, concept: str) -> None:
        """Name the last unnamed total above a result after what leads to that result, unless its heading contradicts."""
        for index in reversed(self.open):
            if index in self.unnamed and concept not in self.taken and self._is_more(index) and self._fits(index, concept):
                self._become(index, concept)
                self._adopt(self.unnamed[index], concept)

    def _is_more(self, index: int) -> bool:
        """Whether a total has no name, or one of less than it sums up: of selling expenses, with research among its parts."""
        parts = {name for part in self.unnamed[index] for name in self.named[part].concepts}
        return not self.named[index].concepts or bool(parts & _NEVER_SELLING)

    def _fits(self, index: int, concept: str) -> bool:
        heading = self.heading_of.get(index, "")
        return not normalised_label(heading) or concept not in _HEADED or says(f"heading_of_{concept}", heading)

    def _gather(self, index: int) -> None:
        concept = self.named[index].concepts[0]
        start = self._start_of(index)
        if start is not None:
            self._choose(index, start)
            self._adopt(self.open[start:], concept)
            del self.open[start:]
        if concept in ("Revenues", "Assets"):
            self.open.clear()
        elif self.statement is Statement.CASH_FLOW:
            self.open = [*filter(self._is_cash_total, self.open), index]
        else:
            self.open.append(index)
        self.heading_at = min(self.heading_at, len(self.open))

    def _start_of(self, index: int) -> int | None:
        """Where the parts of a total begin among the open lines; None where it has none.

        One line alone is its only part where the two agree in every column that either states: less is a copy, or a figure one
        column off. If no start adds up and a line under the heading could not be read, the parts begin at the heading.
        """
        closing = self._columns_closed(index)
        if closing and closing[-1] < max(map(self._stated, (index, self.open[-1]))):
            closing[-1] = 0
        if self.statement is Statement.CASH_FLOW:
            closing = self._begun_in_place(closing, self._stated(index))
        best = max(closing, default=0)
        if best:
            return self._in_reach.start + closing.index(best)
        under_heading = self.open[self.heading_at :]
        return self.heading_at if any(self.named[part].line.is_unread for part in under_heading) else None

    def _begun_in_place(self, closing: Sequence[int], stated: int) -> list[int]:
        """In a cash flow statement, whose sums are long: none but the starts that close in all columns or begin a section."""
        places = {0, self.heading_at, 1 + max((at for at, one in enumerate(self.open) if self._is_cash_total(one)), default=-1)}
        begun = enumerate(closing, self._in_reach.start)
        return [closed if at in places or closed == stated else 0 for at, closed in begun]

    def _is_cash_total(self, index: int) -> bool:
        return not concepts_in("leads_to_cash").isdisjoint(self.named[index].concepts)

    def _stated(self, index: int) -> int:
        """In how many columns a line has a figure."""
        return sum(amount is not None for amount in self.named[index].line.amounts)

    def _columns_closed(self, index: int) -> list[int]:
        """For each start in reach, in how many columns the lines from there add up to the figures of a line.

        Summed up from the last open line, so that no line is added twice.
        """
        reach = self._in_reach
        closed = [0] * len(reach)
        parts = {start - reach.start: self.named[self.open[start]].line.amounts for start in reversed(reach)}
        for column, total in enumerate(self.named[index].line.amounts):
            if total is None:
                continue
            figures, is_known = [amounts[column] for amounts in parts.values()], False
            for start, figure, closes in zip(parts, figures, adding_up(total, figures), strict=True):
                is_known |= figure is not None
                closed[start] += is_known and closes
        return closed

    @property
    def _in_reach(self) -> range:
        """The places of the last open lines, no more than one total may sum up."""
        return range(max(len(self.open) - _MOST_PARTS, 0), len(self.open))

    def _part(self, index: int) -> None:
        """Close a result: loose lines above are parts of what leads to it, or of the result where that is printed."""
        self.result = index
        concept = self.named[index].concepts[0]
        toward = self.between.get(concept, concept)
        self._name_total(toward)
        own = {toward, INCOME_TAX}
        if toward != "OperatingExpenses" or concept == "OperatingIncomeLoss":
            own.add(OTHER_INCOME)
        printed = [part for part in self.open if toward in self.named[part].concepts]
        above = printed[0] if printed and toward in _SPENT else -1
        parts = [part for part in self.open if part > above and own.isdisjoint(self.named[part].concepts)]
        self._adopt(parts, concept if printed else toward)
        if toward == "OperatingExpenses" and concept != "OperatingIncomeLoss" and not printed:
            self._take_off_gains(index, parts)
        self.open.clear()
        self.heading_at = 0

    def _take_off_gains(self, index: int, parts: Sequence[int]) -> None:
        """Deduct from the costs above a result the lines among them that are called income, where all then add up to it."""
        revenue = self._at("Revenues")
        gains = [part for part in parts if says("gain_first", self.named[part].line.label)]
        if revenue < 0 or not gains:
            return
        weighted = [(1 if part in gains else -1, self.named[part].line) for part in parts]
        if leads_to(self.named[index].line, [(1, self.named[revenue].line), *weighted]):
            columns = range(len(self.named[index].line.amounts))
            for part in gains:
                self.named[part] = spent(replace(self.named[part], weight=-1), self.named[index].concepts[0], columns)

    def _adopt(self, parts: Collection[int], concept: str, again: bool = False) -> None:
        for part in parts:
            if again or self.named[part].parent is None:
                self.named[part] = replace(self.named[part], parent=concept)
