"""The concept of each line of a statement, and the total it is a part of (XBRL: the calculation).

Belongs here: concepts of lines by the structure of the table: headings above, what a line sums up, where it stands between the
results. Does not belong here: the words of labels (`text/labels.py`), which figure is right (`proof/`).

A total gathers the lines above it, back to the heading or result where they begin; where that start is in doubt, back to the
start from which the figures add up in most columns. Lines between two results (operating income, income before taxes, net
income) that no printed total gathers are parts of what leads from the one to the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property, partial
from typing import Final, NamedTuple

from expectations.identities import IDENTITIES, Amount
from expectations.identities import Line as IdentityLine
from expectations.intervals import adds_up
from orchestration.filings.ocr.label_ocr import may_name_basic_or_diluted
from orchestration.filings.records import Statement
from orchestration.filings.statements.per_share import PER_SHARE, SHARES, names_a_side_or_class, of_a_part, words_of
from orchestration.filings.tables.lines import Closing, StatementLine
from orchestration.filings.tables.scale import scale_in
from orchestration.filings.text.labels import concepts_of_label, is_per_share, is_share_count, normalised_label
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

_HEADED: Final = {
    "OperatingExpenses": re.compile(r"(?!.*\b(?:income|profit|revenues?|sales|gains?|margin)\b).*\b(?:expenses?|costs?)\b"),
    "CostOfRevenue": re.compile(r".*\bcosts?\b"),
    "NonoperatingIncomeExpense": re.compile(r".*\b(?:other|non ?operating|interest|financial|income)\b"),
}
"""The headings under which an unnamed total may be such a concept."""
_WHOLE_COST: Final = re.compile(r"costs? of (?:net )?(?:revenues?|sales|goods sold|products? sold)(?: and services)?")
_TAX: Final = "IncomeTaxExpenseBenefit"
_OTHER: Final = "NonoperatingIncomeExpense"
_COSTS: Final = frozenset({"SellingGeneralAndAdministrativeExpense", "GeneralAndAdministrativeExpense", "OperatingIncomeLoss"})
_CASH_TOTALS: Final = frozenset(
    {
        "NetCashProvidedByUsedInOperatingActivities",
        "NetCashProvidedByUsedInInvestingActivities",
        "NetCashProvidedByUsedInFinancingActivities",
        "EffectOfExchangeRateOnCash",
        "CashPeriodIncreaseDecrease",
        "CashAtBeginningOfPeriod",
    }
)
"""What leads to the change in cash, and from it to cash at the end."""
_OF_SEGMENTS: Final = _COSTS | {
    "Revenues",
    "CostOfRevenue",
    "GrossProfit",
    "ResearchAndDevelopmentExpense",
    "OperatingExpenses",
}
_SPENT: Final = frozenset({"OperatingExpenses", "CostOfRevenue"})
"""Totals of costs: a line above one that it does not sum up is not between it and the result below."""
_LAST: Final = frozenset({"Liabilities"})
"""Totals printed again and again under one name: the last is the whole."""
_RUN_UP: Final = re.compile(r"(?:net )?(?:income|loss|earnings|profit)(?: (?:income|loss))? before\b")
_ALL_CASH: Final = re.compile(r"(?:total )?cash(?: and)? cash equivalents\b")
_OF_CASH: Final = re.compile(r"(?:total |balance of )?cash\b")
_AT_BANKS: Final = re.compile(r"cash and due from banks\b")
_TAX_PART: Final = re.compile(r"(?:current|deferred)\b")
_NOWHERE: Final = 1 << 30
_NAMELESS: Final = frozenset({"", "total", "totals", "subtotal", "sub total"})
_INCOMING: Final = re.compile(r"\b(?:revenues?|sales|income|fees|royalties|grants?)\b")
_WHOLE: Final = {
    "NetIncomeLoss": "ProfitLoss",
    "StockholdersEquity": "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
}
"""The concept of the whole, where noncontrolling interests have a share."""
_QUALIFIED: Final = re.compile(r"\b(?:attributable|applicable|available|allocable) (?:to|for)\b|\bequity of \w+")
_PART_OF_RESULT: Final = re.compile(r"\b(?:continuing|discontinued|extraordinary|cumulative effect)\b")
_OWED: Final = frozenset({"LiabilitiesCurrent", "Liabilities"})
_TO_COMMON: Final = "NetIncomeLossAvailableToCommonStockholdersBasic"
_OTHERS_SHARE: Final = re.compile(r"\b(?:non ?controlling|minority)\b")
_HOLDERS: Final = re.compile(r"\b(?:(?:stock|share|unit)(?:holders?|owners?)|owners?|members?|partners?)\b")
_TWO_FIGURES: Final = re.compile(r"\d\)?\s+\(?\d")
_HEADING_BEFORE: Final = re.compile(
    r"^(?:(?:operating |other )?(?:costs? and )?expenses?|revenues?|(?:current )?(?:assets|liabilities)"
    r"|(?:current )?liabilities and \w+['’]?s?['’]? (?:equity|deficit)):?\s+(?=[A-Z])",
    re.IGNORECASE,
)
_STOCK: Final = re.compile(r"\b(?:shares?|stock|par|authorized)\b", re.IGNORECASE)
_MOST_PER_SHARE: Final = Decimal(1_000)
_CENT: Final = Decimal("0.01")
_LEAST_OF_SUM: Final = 100
_LEAST_OF_NET: Final = 10
_MOST_PARTS: Final = 200
"""Limit on the lines above a total that are tried as its parts; no statement has as many."""
_MAX_HEADING_CHARS: Final = 300
"""Headings that would be longer together are not put together."""
_SIDE: Final = re.compile(r"\bbasic\b[\s:—–-]*$", re.IGNORECASE)
_PLAIN_UNDER: Final = re.compile(r"(?:basic|diluted|basic and diluted|net (?:income|loss|earnings)(?: (?:income|loss))?)?")
_SIDE_ALONE: Final = re.compile(r"(?:basic|diluted|basic and diluted|assuming dilution)")
_SIDE_SHARE: Final = re.compile(r"basic (?!and diluted)")
_PREFERRED: Final = re.compile(r"\bprefer(?:red|ence)\b")
_NET: Final = re.compile(r"^net\b|\bnet$|^sub ?total\b")
_GAIN_FIRST: Final = re.compile(
    r"(?:(?!expenses?\b|costs?\b|loss(?:es)?\b|charges?\b)\w+ )*?(?:income|earnings|gains?|profits?)\b"
)
"""Labels in which a word of gain comes before any word of cost."""
_WHOSE_ALONE: Final = re.compile(r"(?:attributable|allocable) (?:to|for)")
_RESULT: Final = re.compile(r"(?:consolidated )?(?:net )?(?:income|loss|earnings|profit|result)\b")
_BARE_RESULT: Final = re.compile(
    r"(?:consolidated )?(?:income|loss|earnings|profit|result)(?: (?:income|loss|profit))?(?: [1-9])?"
)
_RESULT_OF_SIDE: Final = re.compile(
    r"(?=.)(?:(?:basic and diluted|basic|diluted)\b ?)?(?:net )?(?:(?:income|loss|earnings|profit)\b ?)*"
    r"(?:basic and diluted|basic|diluted)?"
)
"""The names of earnings per share that do not say so: their figures in cents do."""
_INCREMENT: Final = re.compile(r"(?:(?:plus|add|assumed|effects?|impact|of|other|potentially) )*(?:dilutive\b|dilution$)")
_OWED_BELOW: Final = re.compile(r"\bliabilities\b")
_SIDES: Final = {
    "EarningsPerShareBasic": "EarningsPerShareDiluted",
    "WeightedAverageSharesBasic": "WeightedAverageSharesDiluted",
}


@dataclass(frozen=True)
class LineItem:
    """A line of a statement with its `concepts`: two for "basic and diluted", or none.

    `worth` is what a printed 1 is worth by a note of its own ("Shares (000's)"); None where that of the statement holds.
    """

    line: StatementLine
    concepts: tuple[str, ...]
    parent: str | None = None
    weight: int = 1
    is_under_per_share: bool = False
    is_under_shares: bool = False
    worth: Decimal | None = None

    @property
    def number(self) -> int:
        """Its source line."""
        return self.line.line

    def chosen_for(self, closings: frozenset[Closing]) -> LineItem:
        """The item, its line marked: these identities chose how it is read."""
        return replace(self, line=self.line.chosen_for(closings))

    @cached_property
    def is_money(self) -> bool:
        """Whether the line states an amount of money in the scale of its statement."""
        return not (
            self.is_under_per_share
            or is_per_share(self.line.label)
            or self.counts_shares
            or any(is_of_shares(name) for name in self.concepts)
        )

    @cached_property
    def counts_shares(self) -> bool:
        """Whether the line states a number of shares."""
        if self.concepts:
            return any(name in SHARES for name in self.concepts)
        return self.is_under_shares or is_share_count(self.line.label)


def identity_lines(items: Sequence[LineItem]) -> list[IdentityLine]:
    """The lines as the identities take them, each under its index; one that states two concepts is two."""
    return [
        IdentityLine(str(index), concept, item.parent, item.weight)
        for index, item in enumerate(items)
        for concept in item.concepts or (None,)
    ]


@cache
def concept_roles() -> dict[str, str]:
    """The role of each concept: a `total` gathers lines, a `result` separates them, a `line` does neither."""
    return {row["concept"]: row["role"] for row in rows("concepts")}


def is_of_shares(concept: str) -> bool:
    """Whether a concept is a number of shares or an amount per share, not money."""
    return concept.startswith(("EarningsPerShare", "WeightedAverageShares"))


def line_items(lines: Sequence[StatementLine], statement: Statement) -> list[LineItem]:
    """The lines that state something, each with its concepts and the concept it is a part of."""
    named = _with_concepts(lines, statement)
    return _CalculationPass(named, statement).run()


def _with_concepts(lines: Sequence[StatementLine], statement: Statement) -> list[LineItem]:
    """Each line with the concepts it has the strongest claim to."""
    claims = _claims(lines, statement)
    owners = _owners(claims)
    parts = (
        _parts_of_other_income(claims, lines)
        | _parts_of_cost(claims, lines)
        | _parts_of_tax(claims, lines)
        | _parts_of_cash(claims, lines)
    )
    parts |= _parts_of_expenses(claims, lines)
    claims = [claim for claim in _in_place(claims, owners) if claim.at not in parts]
    owners = _owners(claims)
    others, preferred = (
        [index for index, line in enumerate(lines) if words.search(normalised_label(line.label))]
        for words in (_OTHERS_SHARE, _PREFERRED)
    )
    owners |= _whole_alone(claims, owners, others, preferred)
    for concept, whole in _WHOLE.items():
        both = _part_and_whole(concept, whole, claims, owners, others) if whole not in owners else {}
        if both and _repeats_assets(lines, both.get(whole), both.get(concept, owners.get(concept)), owners.get("Assets")):
            continue
        if both and not _is_said_twice(lines, both.get(concept, owners.get(concept)), both.get(whole)):
            owners |= both
    owners = _with_the_whole_alone(owners, lines, others)
    named: dict[int, list[str]] = {}
    for concept, index in owners.items():
        named.setdefault(index, []).append(concept)
    taken, below, in_cents = set(owners), _under_per_share(lines), _in_cents(lines)
    headings = _headings(lines)
    items = [
        LineItem(
            line,
            tuple(named.get(index, ())),
            is_under_per_share=below[index] or in_cents[index],
            is_under_shares=is_share_count(headings[index]) and names_a_side_or_class(line.label),
            worth=_worth(line.label, headings[index]),
        )
        for index, line in enumerate(lines)
    ]
    sided = _without_doubtful_sides(items)
    return [_both_sides(item, heading, taken, sided) for item, heading in zip(items, headings, strict=True)]


def _whole_alone(
    claims: Sequence[_Claim], owners: dict[str, int], others: Sequence[int], preferred: Sequence[int]
) -> dict[str, int]:
    """The line of net income of all where others and preferred shares are taken off it in one step: none is the company's own.

    `owners` loses net income then, whose line this was or which was that of common stockholders.
    """
    own, common = owners.get("NetIncomeLoss", -1), owners.get(_TO_COMMON, -1)
    plain = [claim.at for claim in claims if claim.concept == "NetIncomeLoss" and not claim.is_qualified and claim.at < common]
    between = [any(plain[-1] < at < common for at in lines) for lines in (others, preferred)] if plain else [False]
    if "ProfitLoss" in owners or own not in (*plain[-1:], common) or not all(between):
        return {}
    qualified = [claim.at for claim in claims if claim.concept == "NetIncomeLoss" and plain[-1] < claim.at < common]
    if qualified:
        return {}
    del owners["NetIncomeLoss"]
    return {"ProfitLoss": plain[-1]}


def _with_the_whole_alone(owners: dict[str, int], lines: Sequence[StatementLine], others: Sequence[int]) -> dict[str, int]:
    """The owners, equity right below the share of others, both under a heading of equity, taken for the whole.

    So where it names no holders, and where the line of the company's own equity stands between, unnamed, or was lost: its
    figures then stand in a line that holds more of them than one. Else the filing prints no other equity of its holders.
    """
    own, whole = owners.get("StockholdersEquity", -1), _WHOLE["StockholdersEquity"]
    above = next((at for at in range(own - 1, -1, -1) if not lines[at].is_heading), -1)
    label = normalised_label(lines[own].label)
    if whole in owners or above not in others or _QUALIFIED.search(label):
        return owners
    owed = max(owners.get(concept, -1) for concept in ("Assets", *_OWED))
    between = lines[owed + 1 : above]
    is_headed = any(
        "StockholdersEquity" in concepts_of_label(line.label, Statement.BALANCE) for line in between if line.is_heading
    )
    is_parted = any(normalised_label(line.label).startswith("total ") or _holds_several(line) for line in between)
    is_the_whole = is_headed and (is_parted or not _HOLDERS.search(label))
    if not is_the_whole or not any(figure and figure.value for figure in lines[above].amounts):
        return owners
    return {concept: at for concept, at in owners.items() if at != own} | {whole: own}


def _holds_several(line: StatementLine) -> bool:
    """Whether a cell of a line holds what may be the figures of two lines."""
    return any(cell.printed and len(cell.readings) > 1 and _TWO_FIGURES.search(cell.printed.text) for cell in line.cells)


def _is_said_twice(lines: Sequence[StatementLine], part: int | None, whole: int | None) -> bool:
    """Whether two lines have the same label and figures: a row that was copied, not a part and its whole."""
    if part is None or whole is None:
        return False
    one, other = lines[part], lines[whole]
    figures = [[[reading.value for reading in cell.readings] for cell in line.cells] for line in (one, other)]
    return part != whole and normalised_label(one.label) == normalised_label(other.label) and figures[0] == figures[1]


def _repeats_assets(lines: Sequence[StatementLine], whole: int | None, part: int | None, assets: int | None) -> bool:
    """Whether a line called equity equals total assets: it is liabilities and equity, its label damaged.

    Not where the first equity line equals them too: that company owes nothing.
    """
    if whole is None or part is None or assets is None:
        return False
    total, own, first = ([amount and amount.value for amount in lines[at].amounts] for at in (assets, whole, part))
    return any(mine and mine == all_in_all != other for mine, all_in_all, other in zip(own, total, first, strict=False))


def _parts_of_cost(claims: Sequence[_Claim], lines: Sequence[StatementLine]) -> set[int]:
    """Lines that each state the cost of one kind of revenue, beside others and without a total."""
    costs = {claim.at: normalised_label(lines[claim.at].label) for claim in claims if claim.concept == "CostOfRevenue"}
    if len(costs) < 2 or any(label.startswith("total ") for label in costs.values()):
        return set()
    return {at for at, label in costs.items() if not _WHOLE_COST.fullmatch(label)}


def _parts_of_expenses(claims: Sequence[_Claim], lines: Sequence[StatementLine]) -> set[int]:
    """Operating expenses not called a total, with selling or administrative ones below: one cost among others."""
    results = [*sorted(claim.at for claim in claims if concept_roles().get(claim.concept) == "result"), _NOWHERE]
    costs = [*sorted(claim.at for claim in claims if claim.concept in _COSTS), _NOWHERE]
    found = set[int]()
    for claim in claims:
        if claim.concept == "OperatingExpenses" and not normalised_label(lines[claim.at].label).startswith("total "):
            cost, end = (ats[bisect_right(ats, claim.at)] for ats in (costs, results))
            if cost < end < _NOWHERE:
                found.add(claim.at)
    return found


def _parts_of_other_income(claims: Sequence[_Claim], lines: Sequence[StatementLine]) -> set[int]:
    """Other income below other lines of a heading of that name: a part of it, unless it sums them up in any column."""
    headings, other = _headings(lines), "NonoperatingIncomeExpense"
    parts = set[int]()
    by_heading = defaultdict[str, list[int]](list)
    for at, line in enumerate(lines):
        if not line.is_heading:
            by_heading[headings[at]].append(at)
    for claim in claims:
        label, heading = normalised_label(lines[claim.at].label), headings[claim.at]
        if claim.concept != other or label.startswith("total ") or other not in concepts_of_label(heading, Statement.INCOME):
            continue
        under, end = by_heading[heading], bisect_left(by_heading[heading], claim.at)
        above = [lines[at] for at in under[max(end - _MOST_PARTS, 0) : end]]
        if above and not any(_summed_up(lines[claim.at], above)):
            parts.add(claim.at)
    return parts


def _parts_of_tax(claims: Sequence[_Claim], lines: Sequence[StatementLine]) -> set[int]:
    """Current and deferred tax, where more than one is printed: each is a part of the income tax (ASC 740-10-50-9)."""
    taxes = {claim.at: normalised_label(lines[claim.at].label) for claim in claims if claim.concept == _TAX}
    parts = {at for at, label in taxes.items() if _TAX_PART.match(label)}
    return parts if len(parts) > 1 else set()


def _parts_of_cash(claims: Sequence[_Claim], lines: Sequence[StatementLine]) -> set[int]:
    """Cash and due from banks, where cash and cash equivalents stand on a line of their own."""
    cash = {claim.at: normalised_label(lines[claim.at].label) for claim in claims if claim.concept == "CashAndCashEquivalents"}
    if not any(_ALL_CASH.match(label) for label in cash.values()):
        return set()
    return {at for at, label in cash.items() if _AT_BANKS.match(label)}


def _in_place(claims: Sequence[_Claim], owners: Mapping[str, int]) -> list[_Claim]:
    """The claims without those of lines that stand where their concept cannot be.

    Other income above operating income or the costs is a part of it; operating income below net income is another measure.
    Revenue below costs begins the section of a segment, which goes on to the results of all. Income from continuing operations
    above income before taxes is taken as operating income.
    """
    first_cost = min((claim.at for claim in claims if claim.concept in _COSTS), default=_NOWHERE)
    segment = min((claim.at for claim in claims if claim.concept == "Revenues" and claim.at > first_cost), default=_NOWHERE)
    pretax, net = (owners.get(concept, -1) for concept in ("IncomeLossBeforeIncomeTaxes", "NetIncomeLoss"))
    kept = []
    for stated in claims:
        is_before_tax = stated.concept == "IncomeLossFromContinuingOperations" and stated.at < pretax
        claim = (
            stated._replace(concept="OperatingIncomeLoss", strength=(stated.strength[0], 0, False)) if is_before_tax else stated
        )
        is_again = claim.concept == "OperatingIncomeLoss" and claim.at > net > pretax > -1
        if not is_again and not (claim.concept in _OF_SEGMENTS and claim.at >= segment):
            kept.append(claim)
    operating = max(_owners(kept).get(concept, -1) for concept in ("OperatingIncomeLoss", "CostOfRevenue"))
    return [claim for claim in kept if claim.concept != "NonoperatingIncomeExpense" or claim.at > operating]


def _worth(label: str, heading: str) -> Decimal | None:
    """What the note of a label, or of a heading of shares, says a printed 1 is worth; not of capital stock, with two units."""
    for text in (label, heading if is_share_count(heading) else ""):
        scale = scale_in(text) if "(" in text or " in " in text else None
        if scale and (is_share_count(text) or not _STOCK.search(text)):
            return scale.shares if is_share_count(text) else scale.money
    return None


def _headings(lines: Sequence[StatementLine]) -> list[str]:
    """The heading of each line, with what it goes on from (`_inner_heading`)."""
    heading, outer, above, found = "", "", "", []
    for before, line in zip([None, *lines], lines, strict=False):
        if line.is_heading and line.label:
            heading = _inner_heading(line.label, outer, above, is_below=before is not None and before.is_heading)
            outer = outer if _SIDE_ALONE.fullmatch(normalised_label(line.label)) else heading
        above = above if line.is_heading else line.label
        found.append(heading)
    return found


def _inner_heading(label: str, outer: str, above: str, is_below: bool) -> str:
    """A heading with the one it goes on from, `outer`, or with the line `above` it.

    One that names only a side ("Basic") goes on from the heading above, one that says only "attributable to" from the line
    above. One of an income right below a heading that says "per share" is of that income per share.
    """
    words = normalised_label(label)
    if len(label) + max(len(outer), len(above)) > _MAX_HEADING_CHARS:
        return label
    if _SIDE_ALONE.fullmatch(words):
        return f"{outer} {label}".strip()
    if _WHOSE_ALONE.fullmatch(words):
        return f"{above} {label}".strip()
    is_result = bool(_RESULT.match(words)) and not is_per_share(label)
    return f"{label} {outer}" if is_below and is_result and is_per_share(outer) else label


def _under_per_share(lines: Sequence[StatementLine]) -> list[bool]:
    """Which lines stand under a heading that says "per share" and have figures that small."""
    return [
        not line.is_heading and is_per_share(heading) and not is_share_count(line.label) and _is_small(line)
        for line, heading in zip(lines, _headings(lines), strict=True)
    ]


def _in_cents(lines: Sequence[StatementLine]) -> list[bool]:
    """Which lines state cents in a table of whole amounts: they are amounts per share.

    None where such lines are not fewer than whole ones, or where any other line states cents.
    """
    steps = [{reading.step for cell in line.cells for reading in cell.readings[:1] if reading.value} for line in lines]
    found = [
        own == {_CENT} and _is_small(line) and not is_share_count(line.label) for own, line in zip(steps, lines, strict=True)
    ]
    whole = sum(own == {Decimal(1)} for own in steps)
    are_apart = all(one or _CENT not in own for one, own in zip(found, steps, strict=True))
    return found if are_apart and whole > sum(found) else [False] * len(lines)


def _bottom_lines(lines: Sequence[StatementLine], below: Sequence[bool], headings: Sequence[str]) -> set[int]:
    """Per-share lines that sum up those above them under one heading: of the whole result, not of a part."""
    found, parts = set[int](), list[StatementLine]()
    for index, line in enumerate(lines):
        if not below[index] or (index and headings[index] != headings[index - 1]):
            parts = []
        if not below[index]:
            continue
        if 1 < len(parts) <= _MOST_PARTS and set(_summed_up(line, parts)) == {True}:
            found.add(index)
            parts = []
        parts.append(line)
    return found


def _summed_up(line: StatementLine, parts: Sequence[StatementLine]) -> list[bool]:
    """For each column that states a line, whether the line is the sum of `parts` there."""
    columns = ((total, [part.amounts[at] for part in parts]) for at, total in enumerate(line.amounts) if total)
    return [list(_adding_up(total, figures))[-1] for total, figures in columns]


def _columns_summed_up(line: StatementLine, parts: Sequence[StatementLine]) -> frozenset[int]:
    """The columns in which a line is the sum of `parts`."""
    return frozenset(
        at
        for at, total in enumerate(line.amounts)
        if total and parts and list(_adding_up(total, [part.amounts[at] for part in parts]))[-1]
    )


@cache
def _sums_of(concept: str) -> frozenset[str]:
    """The identities that a total is the sum of its parts by, or is equal to another total."""
    return frozenset(one.name for one in IDENTITIES if concept in (one.total, *one.plus) and (one.with_parts or not one.less))


def _adding_up(total: Amount, parts: Iterable[Amount | None]) -> Iterator[bool]:
    """For each of some parts, whether all up to it add up to a total.

    A nil is as coarse as the coarsest figure beside it, since a dash does not show its rounding.
    """
    known, left, coarsest = 1, -total.value, total.rounding if total.value else Decimal(0)
    for part in parts:
        if part:
            known += 1
            left += part.value
            coarsest = max(coarsest, part.rounding) if part.value else coarsest
        yield adds_up(left, known * (coarsest or total.rounding))


def _leads_to(total: Amount, parts: Sequence[Amount | None], sign: int) -> bool:
    """Whether the first of some parts with the others added, or taken off for -1, is a total; not where one is not known."""
    first, *others = parts
    signed = [part and part._replace(value=sign * part.value) for part in others]
    return all(parts) and list(_adding_up(total, [first, *signed]))[-1]


def _is_small(line: StatementLine) -> bool:
    readings = [cell.readings[0] for cell in line.cells if cell.readings]
    return all(abs(reading.value) < _MOST_PER_SHARE and (reading.step < 1 or not reading.value) for reading in readings)


def _is_large(line: StatementLine) -> bool:
    """Whether all figures of a line are too large for amounts per share."""
    readings = [cell.readings[0] for cell in line.cells if cell.readings]
    return bool(readings) and all(abs(reading.value) >= _MOST_PER_SHARE for reading in readings)


class _Claim(NamedTuple):
    """A line's claim to a concept, with its `_strength`."""

    concept: str
    at: int
    strength: tuple[bool, int, bool]
    is_qualified: bool


class _Place(NamedTuple):
    """What stands around a line: its heading, the `stem` of the basic line above it, and whether figures say "per share".

    `is_cut_off` says that the line has no label and stands right below a heading, which is its label then.
    """

    heading: str
    stem: str
    is_below: bool
    is_in_cents: bool
    is_cut_off: bool


def _claims(lines: Sequence[StatementLine], statement: Statement) -> list[_Claim]:
    found, stem = [], ""
    below, headings, in_cents = _under_per_share(lines), _headings(lines), _in_cents(lines)
    bottom = _bottom_lines(lines, below, headings)
    for index, line in enumerate(lines):
        if line.is_heading:
            stem = ""
        is_cut_off = not line.label and index > 0 and lines[index - 1].is_heading
        if line.is_heading or not (normalised_label(line.label) or index in bottom or is_cut_off):
            continue
        heading = headings[index]
        place = _Place(heading, stem, below[index], in_cents[index], is_cut_off)
        own = _on_the_side_of(_own_concepts(line, place, statement), line.label, heading)
        under = () if own else _concepts_under(line, place, statement)
        if own and _SIDE.search(line.label):
            stem = _SIDE.sub("", line.label)
        qualified = bool(_QUALIFIED.search(normalised_label(f"{heading if under else ''} {line.label}")))
        strength = partial(_strength, line, is_own=bool(own), is_bottom=index in bottom)
        found += [_Claim(concept, index, strength(concept), qualified) for concept in own or under]
    return _of_the_company(found, lines, headings)


def _on_the_side_of(own: tuple[str, ...], label: str, heading: str) -> tuple[str, ...]:
    """Earnings per share that name no side, under a heading that names the diluted one alone: diluted."""
    words = normalised_label(heading)
    is_under_diluted = is_per_share(heading) and "diluted" in words and "basic" not in words
    plain = own == ("EarningsPerShareBasic",) and "basic" not in normalised_label(label)
    return ("EarningsPerShareDiluted",) if plain and is_under_diluted else own


def _of_the_company(claims: Sequence[_Claim], lines: Sequence[StatementLine], headings: Sequence[str]) -> list[_Claim]:
    """The claims without per-share and share lines of a part of the company's result or of its shares."""
    kept = list(claims)
    for concepts in (PER_SHARE, SHARES):
        said = {one.at: words_of(lines[one.at].label, headings[one.at]) for one in claims if one.concept in concepts}
        parts = of_a_part(said)
        kept = [one for one in kept if not (one.concept in concepts and one.at in parts)]
    return kept


def _own_concepts(line: StatementLine, place: _Place, statement: Statement) -> tuple[str, ...]:
    """The concepts that a line names by itself, as far as its figures may state them."""
    if place.is_below and not is_per_share(line.label):
        return ()
    own = _own(place.heading if place.is_cut_off else line.label, statement)
    own = tuple(concept for concept in own if is_of_shares(concept) or not is_per_share(line.label))
    return () if _is_large(line) and any(concept.startswith("EarningsPerShare") for concept in own) else own


def _concepts_under(line: StatementLine, place: _Place, statement: Statement) -> tuple[str, ...]:
    """The concepts that a line names together with its heading, the stem of the line above, or the cents of its figures."""
    under = _under(line.label, place.heading, statement) or concepts_of_label(f"{place.stem} {line.label}", statement)
    if place.is_in_cents and not under and _RESULT_OF_SIDE.fullmatch(normalised_label(line.label)):
        under = concepts_of_label(f"{line.label} earnings per share", statement)
    return tuple(
        concept for concept in under if _may_be_under(line.label, concept) and (not place.is_below or "PerShare" in concept)
    )


def _may_be_under(label: str, concept: str) -> bool:
    """Whether a line may take a concept from its heading: a part with a name of its own is not the heading's total.

    Nor is the effect of dilutive securities, below a line that named the earnings or the shares it is added to.
    """
    words = normalised_label(label)
    if _INCREMENT.match(words):
        return False
    return concept_roles().get(concept) != "total" or words in _NAMELESS or bool(_PLAIN_UNDER.fullmatch(words))


def _under(label: str, heading: str, statement: Statement) -> tuple[str, ...]:
    """The concepts of a label with its heading, which is read before it, or else after it."""
    return concepts_of_label(f"{heading} {label}", statement) or (
        concepts_of_label(f"{label} {heading}", statement) if label else ()
    )


def _strength(line: StatementLine, concept: str, is_own: bool, is_bottom: bool) -> tuple[bool, int, bool]:
    """Figures before none, own words before a heading's, the whole before its parts, a total before a line of the same name."""
    label = normalised_label(line.label)
    words = 3 if is_own else 2 if _PLAIN_UNDER.fullmatch(label) else 1
    words = 4 if is_bottom else words - (words > 1 and bool(_PART_OF_RESULT.search(label)))
    is_total = (concept_roles().get(concept) == "total" or concept == _TAX) and label.startswith("total ")
    states = any(cell.readings[0].value if cell.readings else cell.is_printed for cell in line.cells)
    return states, words, is_total


def _own(label: str, statement: Statement) -> tuple[str, ...]:
    """The concepts of a label, else of what follows the heading that ran into it."""
    return concepts_of_label(label, statement) or concepts_of_label(_HEADING_BEFORE.sub("", label), statement)


def _owners(claims: Sequence[_Claim]) -> dict[str, int]:
    """The line of each concept: the strongest claim; the first among equals, but the last of the totals in `_LAST`."""
    best: dict[str, _Claim] = {}
    for claim in claims:
        before = best.get(claim.concept)
        if before is None or claim.strength > before.strength or (claim.concept in _LAST and claim.strength == before.strength):
            best[claim.concept] = claim
    return {concept: claim.at for concept, claim in best.items()}


def _part_and_whole(
    concept: str, whole: str, claims: Sequence[_Claim], owners: Mapping[str, int], others: Sequence[int]
) -> dict[str, int]:
    """The lines of the company's own share and of the whole, where net income or equity is printed with both.

    `others` are the lines that name the share of others. Income of common stockholders is the own share only where one of these
    stands between the two; else it is net income less preferred dividends. Where both have one plain name and one of `others`
    between them, the whole of equity is the lower line, that of net income the upper one.
    """
    mine = [
        claim
        for claim in claims
        if claim.concept == concept and claim.strength[0] and (claim.strength[1] == 3 or claim.is_qualified)
    ]
    whole_at = next((claim.at for claim in mine if not claim.is_qualified), -1)
    first_other = min((at for at in others if at > whole_at), default=_NOWHERE)
    common = {claim.at for claim in claims if claim.concept == _TO_COMMON and claim.at <= first_other}
    qualified = [claim for claim in mine if claim.is_qualified and claim.at not in common]
    plain = [claim for claim in mine if not claim.is_qualified]
    if qualified and plain:
        return {concept: qualified[0].at, whole: plain[0].at}
    if plain and any(plain[0].at < at < plain[-1].at for at in others):
        first, last = plain[0].at, plain[-1].at
        return {concept: first, whole: last} if concept == "StockholdersEquity" else {concept: last, whole: first}
    later = [claim for claim in plain[1:] if claim.at > owners.get(concept, -1)]
    return {whole: later[0].at} if later and concept == "StockholdersEquity" else {}


def _without_doubtful_sides(items: Sequence[LineItem]) -> set[str]:
    """Basic shares, where per-share figures of both sides are printed and differ: that line does not state both."""
    per_share = {name: item for item in items for name in item.concepts if name.startswith("EarningsPerShare")}
    figures = [[cell.readings[:1] and cell.readings[0].value for cell in item.line.cells] for item in per_share.values()]
    return {"WeightedAverageSharesBasic"} if len(figures) > 1 and figures[0] != figures[1] else set()


def _both_sides(item: LineItem, heading: str, taken: set[str], sided: set[str]) -> LineItem:
    """A basic line that states diluted too, if nothing says otherwise: without dilution there is one figure (ASC 260-10-45-2).

    `taken` are the concepts that have a line, `sided` those that state one side only.
    """
    for basic, diluted in _SIDES.items():
        words = normalised_label(heading)
        is_headed = _SIDE_SHARE.match(words) or (_SIDE.search(heading) and "diluted" not in words)
        is_one_side = "basic" in normalised_label(item.line.label) or is_headed or basic in sided
        if (
            item.concepts == (basic,)
            and diluted not in taken
            and not is_one_side
            and not may_name_basic_or_diluted(item.line.label)
        ):
            return replace(item, concepts=(basic, diluted))
    return item


class _CalculationPass:
    """One pass down a statement, gathering lines into the totals and results below them."""

    def __init__(self, named: Sequence[LineItem], statement: Statement) -> None:
        self.named = list(named)
        self.statement = statement
        self.open: list[int] = []
        self.heading_at = 0
        self.heading = ""
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
        self._name_lone_revenue()
        self._name_revenue_in_all()
        self._name_balance()
        self._name_bottom_line()
        self._name_ends_of_cash()
        for index, item in enumerate(self.named):
            role = concept_roles().get(item.concepts[0], "line") if item.concepts else "line"
            if item.line.is_heading:
                self.heading_at = len(self.open)
                self.heading = item.line.label or self.heading
            elif role == "total":
                self._gather(index)
                self.heading = ""
            elif role == "result":
                self._part(index)
                self.heading = ""
            elif item.is_money and not self._is_subtotal(item) and not self._runs_on(index):
                self._add(index)
        self._take_off_others_share()
        self._mark_chosen()
        return [item for item in self.named if not item.line.is_heading]

    def _mark_chosen(self) -> None:
        """Mark totals, and their parts, that were told by adding up (`chosen`: the columns) with the identities of them."""
        for index, columns in self.chosen.items():
            for concept in self.named[index].concepts:
                closings = frozenset((name, column) for name in _sums_of(concept) for column in columns)
                for at, item in enumerate(self.named):
                    if at == index or item.parent == concept:
                        self.named[at] = item.chosen_for(closings)

    def _choose(self, index: int, start: int) -> None:
        """Note that a line is taken for the total of the open lines from `start`, where nothing but their sum says so."""
        is_told = start in (0, self.heading_at) and bool(normalised_label(self.named[index].line.label))
        if not is_told:
            parts = [self.named[part].line for part in self.open[start:]]
            self.chosen[index] = _columns_summed_up(self.named[index].line, parts)

    def _is_subtotal(self, item: LineItem) -> bool:
        """Whether a line without a concept is called a result that another line is: a sum of lines, and a part of none.

        So is any income or loss "before" something, as "income before preferred dividends".
        """
        if not item.concepts and _RUN_UP.match(normalised_label(item.line.label)):
            return True
        named = concepts_of_label(item.line.label, self.statement) if not item.concepts else ()
        return any(concept_roles().get(concept) == "result" and concept in self.taken for concept in named)

    def _runs_on(self, index: int) -> bool:
        """Whether a line without a concept is the result above less all open lines, or with them: a step to the next."""
        if self.result is None or not 0 < len(self.open) <= _MOST_PARTS:
            return False
        if self.named[index].concepts or not self._is_long(index):
            return False
        rows = [self.named[part].line.amounts for part in (self.result, *self.open)]
        columns = list(zip(self.named[index].line.amounts, zip(*rows, strict=True), strict=True))
        return any(all(total and _leads_to(total, parts, sign) for total, parts in columns) for sign in (1, -1))

    def _name_lone_revenue(self) -> None:
        """Where no line is called revenue, name the first line so if it stands alone above the expenses."""
        if "Revenues" in self.taken or not {"OperatingIncomeLoss", "IncomeLossBeforeIncomeTaxes"} & self.taken:
            return
        stated = [index for index, item in enumerate(self.named) if not item.line.is_heading]
        if (
            not stated
            or self.named[stated[0]].concepts
            or not _INCOMING.search(normalised_label(self.named[stated[0]].line.label))
        ):
            return
        following = self.named[stated[0] + 1 : stated[1] + 1] if len(stated) > 1 else []
        if any(
            item.line.is_heading or concept_roles().get(concept) for item in following for concept in item.concepts or ("",)
        ):
            self._become(stated[0], "Revenues")

    def _name_revenue_in_all(self) -> None:
        """Name an unnamed line revenue that sums up all lines above the costs; these lose that concept."""
        parts: list[int] = []
        for index, item in enumerate(self.named):
            if item.line.is_heading:
                continue
            if normalised_label(item.line.label) in _NAMELESS:
                named = any("Revenues" in self.named[part].concepts for part in parts)
                above = [self.named[part].line for part in parts]
                if named and len(above) > 1 and set(_summed_up(item.line, above)) == {True}:
                    for part in parts:
                        self.named[part] = replace(self.named[part], concepts=())
                    self._become(index, "Revenues")
                    self.chosen[index] = _columns_summed_up(item.line, above)
                return
            if set(item.concepts) - {"Revenues"}:
                return
            parts.append(index)

    def _name_balance(self) -> None:
        """Name the total of a balance sheet where a line has no name; it stands above the liabilities and below the equity."""
        names = {"StockholdersEquity", _WHOLE["StockholdersEquity"]}
        equity = next((at for at, item in enumerate(self.named) if names & set(item.concepts)), None)
        owed = next((at for at, item in enumerate(self.named) if _OWED & set(item.concepts)), equity)
        if equity is None or owed is None:
            return
        first = self._total_in(range(owed), "Assets")
        last = self._total_in(range(equity + 1, len(self.named)), "LiabilitiesAndStockholdersEquity")
        by_figures = {tuple(self._figures(other)): other for other in reversed(last)}
        for one in first:
            same = by_figures.get(tuple(self._figures(one)))
            if same is not None and any(self._figures(one)):
                for at in {one, same} - self._named_lines():
                    self.chosen[at] = frozenset(column for column, figure in enumerate(self._figures(at)) if figure is not None)
                self._become(one, "Assets")
                self._become(same, "LiabilitiesAndStockholdersEquity")
                return

    def _name_bottom_line(self) -> None:
        """Name net income where no line is called so: the last amount above the per-share figures, called a result and no more.

        The line above the share of others is the whole, which that share is taken off.
        """
        if "NetIncomeLoss" in self.taken or _TAX not in self.taken:
            return
        tax = next(at for at, item in enumerate(self.named) if _TAX in item.concepts)
        per_share = (at for at, item in enumerate(self.named) if any(name in item.concepts for name in _SIDES))
        stated = [at for at in range(tax + 1, next(per_share, 0)) if not self.named[at].line.is_heading]
        labels = [normalised_label(self.named[at].line.label) for at in stated]
        if not stated or self.named[stated[-1]].concepts or not _BARE_RESULT.fullmatch(labels[-1]):
            return
        self._become(stated[-1], "NetIncomeLoss")
        if (
            len(stated) > 2
            and _OTHERS_SHARE.search(labels[-2])
            and _RESULT.match(labels[-3])
            and "ProfitLoss" not in self.taken
        ):
            self._become(stated[-3], "ProfitLoss")

    def _name_ends_of_cash(self) -> None:
        """Name the two lines of cash below its change that are dated, not called beginning and end, if they add up."""
        if {"CashAtBeginningOfPeriod", "CashAtEndOfPeriod"} & self.taken or "CashPeriodIncreaseDecrease" not in self.taken:
            return
        change = next(at for at, item in enumerate(self.named) if "CashPeriodIncreaseDecrease" in item.concepts)
        below = [at for at in range(change + 1, len(self.named)) if not self.named[at].line.is_heading]
        cash = [
            at for at in below if _OF_CASH.match(normalised_label(self.named[at].line.label)) and not self.named[at].concepts
        ]
        for last in cash[1:_MOST_PARTS]:
            above = [self.named[at].line for at in (change, *below) if at < last]
            if set(_summed_up(self.named[last].line, above)) == {True}:
                self._become(cash[0], "CashAtBeginningOfPeriod")
                self._become(last, "CashAtEndOfPeriod")
                return

    def _take_off_others_share(self) -> None:
        """Make the share of others, printed right below the company's own, a deduction that leads from the whole to it."""
        whole, own = (
            next((at for at, item in enumerate(self.named) if name in item.concepts), -1)
            for name in ("ProfitLoss", "NetIncomeLoss")
        )
        below = next((at for at in range(own + 1, len(self.named)) if not self.named[at].line.is_heading), -1)
        if not -1 < whole < own < below or any(item.parent == "NetIncomeLoss" for item in self.named):
            return
        item = self.named[below]
        if item.is_money and not item.concepts and _OTHERS_SHARE.search(normalised_label(item.line.label)):
            self.named[below] = replace(item, parent="NetIncomeLoss", weight=-1)

    def _total_in(self, stretch: range, concept: str) -> list[int]:
        """The line of a concept in a range, else the unnamed lines in it."""
        own = [at for at in stretch if concept in self.named[at].concepts]
        return own or [
            at
            for at in stretch
            if not self.named[at].line.is_heading and normalised_label(self.named[at].line.label) in _NAMELESS
        ]

    def _named_lines(self) -> set[int]:
        return {at for at, item in enumerate(self.named) if item.concepts}

    def _figures(self, index: int) -> list[Decimal | None]:
        return [amount and amount.value for amount in self.named[index].line.amounts]

    def _add(self, index: int) -> None:
        """Open a line, until a total gathers it; one without a name that sums up open lines is a total itself.

        So is a part of the result ("income from discontinued operations, net of tax") that sums them up in every column. Any
        line ("net loans") that does so with figures too long to do it by chance stands for them, and is not named after what
        it leads to.
        """
        label = normalised_label(self.named[index].line.label)
        is_total = label in _NAMELESS or label.startswith("total ")
        is_net_flow = self.statement is Statement.CASH_FLOW and label.startswith("net ")
        is_part = bool(_PART_OF_RESULT.search(label)) or is_net_flow
        start = self._sum_from(index, is_total) if is_total or is_part or self._is_long(index) else None
        if start is not None and (is_total or is_part):
            self._choose(index, start)
            self._take_over(index, self.open[start:])
            if start == self.heading_at and self._bears_heading(index):
                self._gather(index)
                return
            self.unnamed[index] = self.open[start:]
            self.heading_of[index] = self.heading
        if start is not None:
            del self.open[start:]
            self.heading_at = min(self.heading_at, len(self.open))
        if index in self.unnamed and self._ends_assets(index):
            self._become(index, "Assets")
            self._adopt(self.unnamed[index], "Assets")
            self.open.clear()
            return
        self.open.append(index)

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
        least = _LEAST_OF_NET if _NET.search(normalised_label(item.line.label)) else _LEAST_OF_SUM
        figures = item.line.amounts
        return len(figures) > 1 and all(one and abs(one.value) >= least * one.rounding for one in figures)

    def _bears_heading(self, index: int) -> bool:
        """Whether an unnamed total sums up a section and is what its heading says; it is named so.

        A total with words of its own must share one with the heading. Not where a line without a concept is called revenue:
        then the headings are those of segments.
        """
        label = normalised_label(self.named[index].line.label)
        if label not in _NAMELESS and not set(label.split()[1:]) & set(normalised_label(self.heading).split()):
            return False
        found = [
            one
            for one in concepts_of_label(self.heading, self.statement)
            if concept_roles().get(one) == "total" and one not in self.taken
        ]
        if self.named[index].concepts or len(found) != 1:
            return False
        stated = (item.line.label for item in self.named if not item.line.is_heading and not item.concepts)
        if any("Revenues" in concepts_of_label(one, self.statement) for one in stated):
            return False
        self._become(index, found[0])
        return True

    def _take_over(self, index: int, parts: Sequence[int]) -> None:
        """Move the concept of other income from a part to the line without a concept that sums it up with others."""
        for part in parts if len(parts) > 1 and not self.named[index].concepts else ():
            if self.named[part].concepts == ("NonoperatingIncomeExpense",):
                self.named[part] = replace(self.named[part], concepts=())
                self._become(index, "NonoperatingIncomeExpense")
                self._adopt([one for one in parts if one != index], "NonoperatingIncomeExpense")

    def _ends_assets(self, index: int) -> bool:
        """Whether an unnamed total is the last line above the liabilities, where no line is called total assets."""
        below = self.named[index + 1 : index + 2]
        return (
            "AssetsCurrent" in self.taken
            and "Assets" not in self.taken
            and any(item.line.is_heading and _OWED_BELOW.search(normalised_label(item.line.label)) for item in below)
        )

    def _become(self, index: int, concept: str) -> None:
        self.named[index] = replace(self.named[index], concepts=(concept,))
        self.taken.add(concept)

    def _name_total(self, concept: str) -> None:
        """Name the last unnamed total above a result after what leads to that result, unless its heading contradicts."""
        for index in reversed(self.open):
            if index in self.unnamed and concept not in self.taken and self._fits(index, concept):
                self._become(index, concept)
                self._adopt(self.unnamed[index], concept)

    def _fits(self, index: int, concept: str) -> bool:
        heading = normalised_label(self.heading_of.get(index, ""))
        return not heading or concept not in _HEADED or bool(_HEADED[concept].match(heading))

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
        return not _CASH_TOTALS.isdisjoint(self.named[index].concepts)

    def _stated(self, index: int) -> int:
        """In how many columns a line has a figure."""
        return sum(figure is not None for figure in self._figures(index))

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
            for start, figure, closes in zip(parts, figures, _adding_up(total, figures), strict=True):
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
        toward = self.between[concept]
        self._name_total(toward)
        own = {toward, _TAX} if toward == "OperatingExpenses" and concept != "OperatingIncomeLoss" else {toward, _TAX, _OTHER}
        loose = [part for part in self.open if own.isdisjoint(self.named[part].concepts)]
        printed = any(toward in self.named[part].concepts for part in self.open)
        above = next((part for part in self.open if toward in self.named[part].concepts), -1) if toward in _SPENT else -1
        parts = [part for part in loose if part > above]
        self._adopt(parts, concept if printed else toward)
        if toward == "OperatingExpenses" and concept != "OperatingIncomeLoss" and not printed:
            self._take_off_gains(index, parts)
        self.open.clear()
        self.heading_at = 0

    def _take_off_gains(self, index: int, parts: Sequence[int]) -> None:
        """Deduct from the costs above a result the lines among them that are called income, where all then add up to it."""
        revenue = next((at for at, item in enumerate(self.named) if "Revenues" in item.concepts), None)
        gains = [part for part in parts if _GAIN_FIRST.match(normalised_label(self.named[part].line.label))]
        if revenue is None or not gains:
            return
        weights = {revenue: 1} | {part: 1 if part in gains else -1 for part in parts}
        rows = [
            [amount and amount._replace(value=weight * amount.value) for amount in self.named[at].line.amounts]
            for at, weight in weights.items()
        ]
        columns = list(zip(self.named[index].line.amounts, zip(*rows, strict=True), strict=True))
        if all(total and _leads_to(total, signed, 1) for total, signed in columns):
            for part in gains:
                self.named[part] = replace(self.named[part], weight=-1)

    def _adopt(self, parts: Sequence[int], concept: str | None) -> None:
        for part in parts:
            if self.named[part].parent is None:
                self.named[part] = replace(self.named[part], parent=concept)
