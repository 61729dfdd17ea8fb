"""What each line of a statement is: its concept, and the total it is a part of.

Belongs here: concepts of lines with the structure of the table as evidence (headings above, what a line totals, where it
stands between the results). Does not belong here: the words of labels (`labels.py`), which figure is right (`proof/`).

A total gathers the lines above it, back to the heading or result where they begin; where that start is in doubt, the
start at which the figures add up in most columns. Lines between two results (operating income, income before taxes, net
income) that no printed total gathers are parts of what leads from the one to the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from orchestration.filings.records import Statement
from orchestration.filings.statements.labels import concepts, is_per_share, is_share_count, normal
from orchestration.filings.statements.lines import CellReading, Line
from orchestration.filings.vocabulary import rows

_BETWEEN: Final = {
    "GrossProfit": "CostOfRevenue",
    "OperatingIncomeLoss": "OperatingExpenses",
    "IncomeLossBeforeIncomeTaxes": "NonoperatingIncomeExpense",
    "IncomeLossFromContinuingOperations": "IncomeLossFromContinuingOperations",
    "ProfitLoss": "ProfitLoss",
    "NetIncomeLoss": "NetIncomeLoss",
    "NetIncomeLossAvailableToCommonStockholdersBasic": "NetIncomeLossAvailableToCommonStockholdersBasic",
}
"""The concept that the loose lines above a result make up."""

_TAX: Final = "IncomeTaxExpenseBenefit"
_NAMELESS: Final = frozenset({"", "total", "totals", "subtotal", "sub total"})
_INCOMING: Final = re.compile(r"\b(?:revenues?|sales|income|fees|royalties|grants?)\b")
_WHOLE: Final = {
    "NetIncomeLoss": "ProfitLoss",
    "StockholdersEquity": "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
}
"""The concept of the whole, where noncontrolling interests have a share."""
_QUALIFIED: Final = re.compile(r"\b(?:attributable|applicable|available|allocable) to\b|\bequity of \w+")
_PART_OF_RESULT: Final = re.compile(r"\b(?:continuing|discontinued|extraordinary|cumulative effect)\b")
_OWED: Final = frozenset({"LiabilitiesCurrent", "Liabilities"})
_TO_COMMON: Final = "NetIncomeLossAvailableToCommonStockholdersBasic"
_OTHERS_SHARE: Final = re.compile(r"\b(?:non ?controlling|minority)\b")
_HEADING_BEFORE: Final = re.compile(
    r"^(?:(?:operating |other )?(?:costs? and )?expenses?|revenues?|(?:current )?(?:assets|liabilities)"
    r"|(?:current )?liabilities and \w+['’]?s?['’]? (?:equity|deficit)):?\s+(?=[A-Z])",
    re.IGNORECASE,
)
_MOST_PER_SHARE: Final = Decimal(1_000)
_SIDE: Final = re.compile(r"\bbasic\b[\s:—–-]*$", re.IGNORECASE)
_PLAIN_UNDER: Final = re.compile(r"(?:basic|diluted|basic and diluted|net (?:income|loss|earnings)(?: (?:income|loss))?)?")
_SIDES: Final = {
    "EarningsPerShareBasic": "EarningsPerShareDiluted",
    "WeightedAverageSharesBasic": "WeightedAverageSharesDiluted",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a statement with what it is: `concepts` may be two ("basic and diluted"), or none."""

    line: Line
    concepts: tuple[str, ...]
    parent: str | None = None
    weight: int = 1
    is_under_per_share: bool = False

    @property
    def is_money(self) -> bool:
        """Whether the line states an amount of money in the scale of its statement."""
        return not (
            self.is_under_per_share
            or is_per_share(self.line.label)
            or is_share_count(self.line.label)
            or any("Share" in name for name in self.concepts)
        )


@cache
def roles() -> dict[str, str]:
    """The role of each concept: a `total` gathers lines, a `result` parts them, a `line` does neither."""
    return {row["concept"]: row["role"] for row in rows("concepts")}


def items(lines: Sequence[Line], statement: Statement) -> list[Item]:
    """The lines that state something, each with its concepts and the concept it is a part of."""
    named = _name(lines, statement)
    return _Gathering(named).run()


def _name(lines: Sequence[Line], statement: Statement) -> list[Item]:
    """Each line with the concepts it has the best claim to."""
    claims = _claims(lines, statement)
    owners = _owners(claims)
    has_others = any(_OTHERS_SHARE.search(normal(line.label)) for line in lines)
    for concept, whole in _WHOLE.items():
        if whole not in owners:
            owners |= _part_and_whole(concept, whole, claims, owners, has_others)
    named: dict[int, list[str]] = {}
    for concept, index in owners.items():
        named.setdefault(index, []).append(concept)
    taken, below = set(owners), _under_per_share(lines)
    items = [Item(line, tuple(named.get(index, ())), is_under_per_share=below[index]) for index, line in enumerate(lines)]
    return [_both_sides(item, taken) for item in items]


def _under_per_share(lines: Sequence[Line]) -> list[bool]:
    """Which lines stand under a heading that says "per share" and have figures as small as such figures are."""
    heading, below = "", []
    for line in lines:
        heading = (line.label or heading) if line.is_heading else heading
        below.append(not line.is_heading and is_per_share(heading) and not is_share_count(line.label) and _is_small(line))
    return below


def _is_small(line: Line) -> bool:
    readings = [cell.readings[0] for cell in line.cells if cell.readings]
    return all(abs(reading.value) < _MOST_PER_SHARE and (reading.step < 1 or not reading.value) for reading in readings)


class _Claim(NamedTuple):
    """A line's claim to a concept: `strength` by the words that name it, then by having figures at all."""

    concept: str
    at: int
    strength: tuple[bool, int, bool]
    is_qualified: bool


def _claims(lines: Sequence[Line], statement: Statement) -> list[_Claim]:
    found, heading, stem = [], "", ""
    below = _under_per_share(lines)
    for index, line in enumerate(lines):
        if line.is_heading:
            heading, stem = line.label or heading, ""
        if line.is_heading or not normal(line.label):
            continue
        own = () if below[index] and not is_per_share(line.label) else _own(line.label, statement)
        under = () if own else concepts(f"{heading} {line.label}", statement) or concepts(f"{stem} {line.label}", statement)
        if own and _SIDE.search(line.label):
            stem = _SIDE.sub("", line.label)
        qualified = bool(_QUALIFIED.search(normal(line.label)))
        found += [_Claim(concept, index, _strength(line, concept, bool(own)), qualified) for concept in own or under]
    return found


def _strength(line: Line, concept: str, is_own: bool) -> tuple[bool, int, bool]:
    """Figures before none, own words before a heading's, the whole before its parts, a total before a line of the same name."""
    label = normal(line.label)
    words = 3 if is_own else 2 if _PLAIN_UNDER.fullmatch(label) else 1
    words -= words > 1 and bool(_PART_OF_RESULT.search(label))
    is_total = roles().get(concept) == "total" and label.startswith("total ")
    return any(reading.value for cell in line.cells for reading in cell.readings[:1]), words, is_total


def _own(label: str, statement: Statement) -> tuple[str, ...]:
    """The concepts of a label, else of what follows the heading that ran into it."""
    return concepts(label, statement) or concepts(_HEADING_BEFORE.sub("", label), statement)


def _owners(claims: Sequence[_Claim]) -> dict[str, int]:
    """The line of each concept: the strongest claim, the first among equals."""
    best: dict[str, _Claim] = {}
    for claim in claims:
        if claim.concept not in best or claim.strength > best[claim.concept].strength:
            best[claim.concept] = claim
    return {concept: claim.at for concept, claim in best.items()}


def _part_and_whole(
    concept: str, whole: str, claims: Sequence[_Claim], owners: Mapping[str, int], has_others: bool
) -> dict[str, int]:
    """Net income or equity printed twice: the company's own share, and the whole with noncontrolling interests.

    What is left to common stockholders is the company's share only where others have one (`has_others`); else it is net income
    less preferred dividends.
    """
    mine = [claim for claim in claims if claim.concept == concept and claim.strength[:2] == (True, 3)]
    common = {claim.at for claim in claims if claim.concept == _TO_COMMON} if not has_others else set()
    qualified = [claim for claim in mine if claim.is_qualified and claim.at not in common]
    plain = [claim for claim in mine if not claim.is_qualified]
    if qualified and plain:
        return {concept: qualified[0].at, whole: plain[0].at}
    later = [claim for claim in plain[1:] if claim.at > owners.get(concept, -1)]
    return {whole: later[0].at} if later and concept == "StockholdersEquity" else {}


def _both_sides(item: Item, taken: set[str]) -> Item:
    """One per-share line for all: with nothing dilutive there is one figure (ASC 260-10-45-2), and it states both."""
    for basic, diluted in _SIDES.items():
        if item.concepts == (basic,) and diluted not in taken and "basic" not in normal(item.line.label):
            return replace(item, concepts=(basic, diluted))
    return item


class _Gathering:
    """One pass down a statement, gathering lines into the totals and results below them."""

    def __init__(self, named: Sequence[Item]) -> None:
        self.named = list(named)
        self.open: list[int] = []
        self.heading_at = 0
        self.taken = {concept for item in named for concept in item.concepts}
        self.unnamed: dict[int, list[int]] = {}
        self.between = _BETWEEN

    def run(self) -> list[Item]:
        """The items, with parents."""
        if "OperatingIncomeLoss" not in self.taken:
            self.between = _BETWEEN | {"IncomeLossBeforeIncomeTaxes": "OperatingExpenses"}
        if not {"IncomeLossBeforeIncomeTaxes", "ProfitLoss", "IncomeLossFromContinuingOperations"} & self.taken:
            self.between = self.between | {"NetIncomeLoss": "NonoperatingIncomeExpense"}
        self._name_lone_revenue()
        self._name_balance()
        for index, item in enumerate(self.named):
            role = roles().get(item.concepts[0], "line") if item.concepts else "line"
            if item.line.is_heading:
                self.heading_at = len(self.open)
            elif role == "total":
                self._gather(index)
            elif role == "result":
                self._part(index)
            elif item.is_money:
                self._add(index)
        return [item for item in self.named if not item.line.is_heading]

    def _name_lone_revenue(self) -> None:
        """Where no line is called revenue, the first line is, if it stands alone above the expenses."""
        if "Revenues" in self.taken or not {"OperatingIncomeLoss", "IncomeLossBeforeIncomeTaxes"} & self.taken:
            return
        stated = [index for index, item in enumerate(self.named) if not item.line.is_heading]
        if not stated or self.named[stated[0]].concepts or not _INCOMING.search(normal(self.named[stated[0]].line.label)):
            return
        following = self.named[stated[0] + 1 : stated[1] + 1] if len(stated) > 1 else []
        if any(item.line.is_heading or roles().get(concept) for item in following for concept in item.concepts or ("",)):
            self._become(stated[0], "Revenues")

    def _name_balance(self) -> None:
        """A balance sheet states its total twice; where a line without a name repeats it below the equity, it is that total."""
        equity = next((at for at, item in enumerate(self.named) if "StockholdersEquity" in item.concepts), None)
        owed = next((at for at, item in enumerate(self.named) if _OWED & set(item.concepts)), equity)
        if equity is None or owed is None:
            return
        first = self._total_in(range(owed), "Assets")
        last = self._total_in(range(equity + 1, len(self.named)), "LiabilitiesAndStockholdersEquity")
        for one in first:
            same = [other for other in last if self._figures(one) == self._figures(other)]
            if same and any(self._figures(one)):
                self._become(one, "Assets")
                self._become(same[0], "LiabilitiesAndStockholdersEquity")
                return

    def _total_in(self, stretch: range, concept: str) -> list[int]:
        """The line of a concept in a stretch, else the lines in it without a name."""
        own = [at for at in stretch if concept in self.named[at].concepts]
        return own or [
            at for at in stretch if not self.named[at].line.is_heading and normal(self.named[at].line.label) in _NAMELESS
        ]

    def _figures(self, index: int) -> list[Decimal | None]:
        return [_first(cell.readings) for cell in self.named[index].line.cells]

    def _add(self, index: int) -> None:
        """A line is open until a total gathers it; one without a name that sums up open lines is a total itself."""
        label = normal(self.named[index].line.label)
        if self.open and (label in _NAMELESS or label.startswith("total ")):
            least = 1 if label.startswith("total ") else 2
            closing = {start: self._columns_closed(index, start) for start in range(len(self.open) - least + 1)}
            best = max(closing.values(), default=0)
            if best:
                start = min(at for at, closed in closing.items() if closed == best)
                self.unnamed[index] = self.open[start:]
                del self.open[start:]
                self.heading_at = min(self.heading_at, len(self.open))
        self.open.append(index)

    def _become(self, index: int, concept: str) -> None:
        self.named[index] = replace(self.named[index], concepts=(concept,))
        self.taken.add(concept)

    def _name_total(self, concept: str) -> None:
        """The last total without a name above a result is what leads to that result."""
        for index in reversed(self.open):
            if index in self.unnamed and concept not in self.taken:
                self._become(index, concept)
                self._adopt(self.unnamed[index], concept)

    def _gather(self, index: int) -> None:
        concept = self.named[index].concepts[0]
        start = self._start_of(index)
        if start is not None:
            self._adopt(self.open[start:], concept)
            del self.open[start:]
        if concept in ("Revenues", "Assets"):
            self.open.clear()
        else:
            self.open.append(index)
        self.heading_at = min(self.heading_at, len(self.open))

    def _start_of(self, index: int) -> int | None:
        """Where the parts of a total begin among the open lines; None where it has none.

        One line alone is its only part where the two agree in every column: in one column, any two lines may.
        """
        closing = {start: self._columns_closed(index, start) for start in range(len(self.open))}
        stated = sum(figure is not None for figure in self._figures(index))
        if closing and closing[len(self.open) - 1] < stated:
            closing[len(self.open) - 1] = 0
        best = max(closing.values(), default=0)
        return min(start for start, closed in closing.items() if closed == best) if best else None

    def _columns_closed(self, index: int, start: int) -> int:
        total = [_first(cell.readings) for cell in self.named[index].line.cells]
        closed = 0
        for column, value in enumerate(total):
            parts = [_first(self.named[part].line.cells[column].readings) for part in self.open[start:]]
            known = [part for part in parts if part is not None]
            if value is not None and known and abs(sum(known, Decimal(0)) - value) <= (len(known) + 1) * Decimal("0.5"):
                closed += 1
        return closed

    def _part(self, index: int) -> None:
        """A result ends what leads to it: loose lines above belong to that, or to the result itself where it is printed."""
        concept = self.named[index].concepts[0]
        toward = self.between[concept]
        self._name_total(toward)
        own = {toward, _TAX, "NonoperatingIncomeExpense"}
        loose = [part for part in self.open if own.isdisjoint(self.named[part].concepts)]
        printed = any(toward in self.named[part].concepts for part in self.open)
        self._adopt(loose, concept if printed else toward)
        self.open.clear()
        self.heading_at = 0

    def _adopt(self, parts: Sequence[int], concept: str | None) -> None:
        for part in parts:
            if self.named[part].parent is None:
                self.named[part] = replace(self.named[part], parent=concept)


def _first(readings: Sequence[CellReading]) -> Decimal | None:
    return readings[0].value if readings else None
