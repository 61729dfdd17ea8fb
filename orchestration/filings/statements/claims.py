"""Which line of a statement states which concept, by its words, its heading and its place among the others.

Belongs here: the claims of lines to concepts, and which claim is the strongest. Does not belong here: the words of labels
(`text/labels.py`), lines that only a sum or their place names (`by_place.py`), per-share lines (`per_share.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from orchestration.filings.records import Statement
from orchestration.filings.statements.headings import WHOSE, headings_of, in_cents, is_large, under_per_share, worth
from orchestration.filings.statements.line_items import LineItem, concept_roles, concepts_in, is_of_shares
from orchestration.filings.statements.per_share import (
    PER_SHARE,
    SHARES,
    bottom_lines,
    names_a_side_or_class,
    of_a_part,
    on_the_side_of,
    with_both_sides,
    words_of,
)
from orchestration.filings.statements.sums import columns_summed_up
from orchestration.filings.tables.lines import StatementLine
from orchestration.filings.text.labels import (
    SIDE_ALONE,
    concepts_of_label,
    is_per_share,
    is_share_count,
    normalised_label,
    says,
)
from orchestration.filings.vocabulary import wording

NAMELESS: Final = frozenset({"", "total", "totals", "subtotal", "sub total"})
OTHER_INCOME: Final = "NonoperatingIncomeExpense"
INCOME_TAX: Final = "IncomeTaxExpenseBenefit"
_COSTS: Final = frozenset({"SellingGeneralAndAdministrativeExpense", "GeneralAndAdministrativeExpense", "OperatingIncomeLoss"})
_OF_REVENUES: Final = frozenset({"Revenues", "CostOfRevenue"})
_OF_COMPANY: Final = _COSTS - {"OperatingIncomeLoss"} | {"ResearchAndDevelopmentExpense"}
_LAST: Final = frozenset({"Liabilities", "OperatingExpenses"})
"""Totals printed again and again under one name: the last is the whole."""
_NOWHERE: Final = 1 << 30
_MOST_PARTS: Final = 200
"""Limit on the lines above one that are tried as its parts."""
WHOLE: Final = {
    "NetIncomeLoss": "ProfitLoss",
    "StockholdersEquity": "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
}
"""The concept of the whole, where noncontrolling interests have a share."""
LIABILITIES: Final = frozenset({"LiabilitiesCurrent", "Liabilities"})
_TWO_FIGURES: Final = re.compile(r"\d\)?\s+\(?\d")
_TO_COMMON: Final = "NetIncomeLossAvailableToCommonStockholdersBasic"


class _Claim(NamedTuple):
    """A line's claim to a concept, with its `_strength`."""

    concept: str
    at: int
    strength: tuple[bool, int, bool]
    is_qualified: bool


class _Place(NamedTuple):
    """What stands around a line: its heading, the `stem` above that it may go on from, and whether figures say "per share".

    `is_cut_off` says that the line has no label and stands right below a heading, which is its label then.
    """

    heading: str
    stem: str
    is_below: bool
    is_in_cents: bool
    is_cut_off: bool


def with_concepts(lines: Sequence[StatementLine], statement: Statement) -> list[LineItem]:
    """Each line with the concepts it has the strongest claim to."""
    headings = headings_of(lines)
    below, cents = under_per_share(lines, headings), in_cents(lines)
    claims = _outside_revenues(_claims(lines, headings, below, cents, statement), lines, headings)
    owners = _all_owners(claims, lines, headings)
    named: dict[int, list[str]] = {}
    for concept, index in owners.items():
        named.setdefault(index, []).append(concept)
    items = [
        LineItem(
            line,
            tuple(named.get(index, ())),
            is_under_per_share=below[index] or cents[index],
            is_under_shares=is_share_count(headings[index]) and names_a_side_or_class(line.label),
            worth=worth(line.label, headings[index]),
        )
        for index, line in enumerate(lines)
    ]
    return with_both_sides(items, headings)


def _outside_revenues(claims: Sequence[_Claim], lines: Sequence[StatementLine], headings: Sequence[str]) -> list[_Claim]:
    """The claims without those to expenses of lines that earn or cost a kind of revenue: "Research and development" is both."""
    totals = [at for at, label in _labels_of("Revenues", claims, lines).items() if label.startswith("total ")]
    first = min(totals, default=-1)
    of_revenues = {
        at for at in {claim.at for claim in claims} if _OF_REVENUES & {*concepts_of_label(headings[at], Statement.INCOME)}
    }
    elsewhere = {claim.concept for claim in claims if claim.at > first and claim.at not in of_revenues}
    return [
        claim
        for claim in claims
        if claim.concept not in _OF_COMPANY
        or not (claim.at < first or (claim.at in of_revenues and claim.concept in elsewhere))
    ]


def _all_owners(claims: Sequence[_Claim], lines: Sequence[StatementLine], headings: Sequence[str]) -> dict[str, int]:
    """The line of each concept, with the whole where others have a share of net income or equity."""
    parts = _parts_of_other_income(claims, lines, headings).union(*(step(claims, lines) for step in _PARTS))
    claims = [claim for claim in _in_place(claims, _owners(claims)) if claim.at not in parts]
    owners = _owners(claims)
    others = [at for at, line in enumerate(lines) if says("share_of_others", line.label)]
    preferred = [at for at, line in enumerate(lines) if says("preferred", line.label) and at not in others]
    owners |= _whole_alone(claims, owners, others, preferred)
    for concept, whole in WHOLE.items():
        both = _part_and_whole(concept, whole, claims, owners, others) if whole not in owners else {}
        part, all_in_all = both.get(concept, owners.get(concept)), both.get(whole)
        if not _repeats_assets(lines, all_in_all, part, owners.get("Assets")) and not _is_said_twice(lines, part, all_in_all):
            owners |= both
    _without_what_others_share(claims, owners, lines)
    return _with_the_whole_alone(owners, lines, others)


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


def _without_what_others_share(claims: Sequence[_Claim], owners: dict[str, int], lines: Sequence[StatementLine]) -> None:
    """Call plain net income the whole where a line below tells the share of others in it, and none that of the company.

    So too where a line that nobody knows leads from it to that of common stockholders: it may be such a share.
    """
    own, common = owners.get("NetIncomeLoss", -1), owners.get(_TO_COMMON, -1)
    is_plain = any(claim.at == own and claim.concept == "NetIncomeLoss" and not claim.is_qualified for claim in claims)
    if not is_plain or "ProfitLoss" in owners:
        return
    shared = any(says("share_of_others", line.label) and says("share_of_result", line.label) for line in lines[own + 1 :])
    between = [line for line in lines[own + 1 : max(common, 0)] if any(line.amounts)]
    if any(not says("part_of_common", line.label) for line in between) if common >= 0 else shared:
        owners["ProfitLoss"] = owners.pop("NetIncomeLoss")


def _with_the_whole_alone(owners: dict[str, int], lines: Sequence[StatementLine], others: Sequence[int]) -> dict[str, int]:
    """The owners, equity right below the share of others, both under a heading of equity, taken for the whole.

    So where it names no holders, and where the line of the company's own equity stands between, unnamed, or was lost: its
    figures then stand in a line that holds more of them than one. Else the filing prints no other equity of its holders. So too
    where it names no holders and nobody knows what a line between liabilities and it is: that may be a share of others.
    """
    own, whole = owners.get("StockholdersEquity", -1), WHOLE["StockholdersEquity"]
    above = next((at for at in range(own - 1, -1, -1) if not lines[at].is_heading), -1)
    if whole not in owners and own >= 0 and _may_be_shared(lines[own], lines[owners.get("Liabilities", own) + 1 : own]):
        return {concept: at for concept, at in owners.items() if at != own} | {whole: own}
    if whole in owners or above not in others or says("whose_result", lines[own].label):
        return owners
    owed = max(owners.get(concept, -1) for concept in ("Assets", *LIABILITIES))
    between = lines[owed + 1 : above]
    is_headed = any(
        "StockholdersEquity" in concepts_of_label(line.label, Statement.BALANCE) for line in between if line.is_heading
    )
    is_parted = any(normalised_label(line.label).startswith("total ") or _holds_several(line) for line in between)
    is_the_whole = is_headed and (is_parted or not says("holders", lines[own].label))
    if not is_the_whole or not any(figure and figure.value for figure in lines[above].amounts):
        return owners
    return {concept: at for concept, at in owners.items() if at != own} | {whole: own}


def _may_be_shared(equity: StatementLine, above: Sequence[StatementLine]) -> bool:
    """Whether equity names no holders, none of its parts above the share of others, and nobody knows what one of them is."""
    parts = [line.label for line in above if any(line.amounts)]
    is_told = says("holders", equity.label) or any(says("share_of_others", label) for label in parts)
    return not is_told and any(not says("part_of_equity", label) for label in parts)


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
    costs = _labels_of("CostOfRevenue", claims, lines)
    if len(costs) < 2 or any(label.startswith("total ") for label in costs.values()):
        return set()
    return {at for at, label in costs.items() if not wording("cost_of_all_revenue").search(label)}


def _gross_of_revenue(claims: Sequence[_Claim], lines: Sequence[StatementLine]) -> set[int]:
    """Sales above net sales, with nothing but deductions between that name no other line: excise taxes, returns."""
    revenues = _labels_of("Revenues", claims, lines)
    net = next((at for at, label in revenues.items() if label.startswith("net ")), -1)
    gross = next((at for at in revenues if at < net and not lines[at].is_heading), net)
    between = range(gross + 1, net)
    is_named = any(claim.at in between for claim in claims) or any(lines[at].is_heading for at in between)
    return set() if is_named or not between else {gross}


def _parts_of_expenses(claims: Sequence[_Claim], lines: Sequence[StatementLine]) -> set[int]:
    """Operating expenses not called a total, with selling or administrative ones below: one cost among others."""
    results = [*sorted(claim.at for claim in claims if concept_roles().get(claim.concept) == "result"), _NOWHERE]
    costs = [*sorted(claim.at for claim in claims if claim.concept in _COSTS), _NOWHERE]
    found = set[int]()
    for at, label in _labels_of("OperatingExpenses", claims, lines).items():
        cost, end = (ats[bisect_right(ats, at)] for ats in (costs, results))
        if not label.startswith("total ") and cost < end < _NOWHERE:
            found.add(at)
    return found


def _parts_of_other_income(claims: Sequence[_Claim], lines: Sequence[StatementLine], headings: Sequence[str]) -> set[int]:
    """Other income in a section of costs, or below other lines of a heading of its name: a part, unless it sums them up."""
    parts = set[int]()
    for at, label in _labels_of(OTHER_INCOME, claims, lines).items():
        named = concepts_of_label(headings[at], Statement.INCOME)
        first = max(at - _MOST_PARTS, 0)
        start = next((above + 1 for above in range(at - 1, first - 1, -1) if lines[above].is_heading), first)
        above = [line for line, heading in zip(lines[start:at], headings[start:at], strict=True) if heading == headings[at]]
        is_cost = "OperatingExpenses" in named and not any(_is_total(line) for line in above)
        is_among = OTHER_INCOME in named and not label.startswith("total ") and bool(above)
        if is_cost or (is_among and not columns_summed_up(lines[at], above)):
            parts.add(at)
    return parts


def _is_total(line: StatementLine) -> bool:
    """Whether a line ends a section of costs: a total by its name, or a result."""
    words = normalised_label(line.label)
    roles = {concept_roles().get(concept) for concept in concepts_of_label(line.label, Statement.INCOME)}
    return words in NAMELESS or words.startswith("total ") or "result" in roles


def _parts_of_tax(claims: Sequence[_Claim], lines: Sequence[StatementLine]) -> set[int]:
    """Current and deferred tax, or those of each state, where more than one is printed: parts of the tax (ASC 740-10-50-9)."""
    parts = {at for at, label in _labels_of(INCOME_TAX, claims, lines).items() if wording("part_of_tax").search(label)}
    return parts if len(parts) > 1 else set()


def _parts_of_cash(claims: Sequence[_Claim], lines: Sequence[StatementLine]) -> set[int]:
    """Cash and due from banks, where cash and cash equivalents stand on a line of their own."""
    cash = _labels_of("CashAndCashEquivalents", claims, lines)
    if not any(wording("cash_and_equivalents").search(label) for label in cash.values()):
        return set()
    return {at for at, label in cash.items() if wording("cash_at_banks").search(label)}


def _parts_of_equity(claims: Sequence[_Claim], lines: Sequence[StatementLine]) -> set[int]:
    """Equity of common holders alone, with all equity below it and no share of others between: preferred stock is the rest."""
    equity = _labels_of("StockholdersEquity", claims, lines)
    common = [at for at, label in equity.items() if wording("common").search(label)]
    between = range(max(common, default=0), max(equity, default=0))
    is_shared = any(says("share_of_others", lines[at].label) for at in between)
    return set() if is_shared or len(common) == len(equity) or max(common, default=0) == max(equity, default=0) else set(common)


def _parts_of_result(claims: Sequence[_Claim], lines: Sequence[StatementLine]) -> set[int]:
    """Income after taxes above a net income of all: what stands between, as equity in affiliates, is no part of it yet."""
    results = _labels_of("NetIncomeLoss", claims, lines)
    plain = [
        at for at, label in results.items() if not (wording("after_tax").search(label) or wording("whose_result").search(label))
    ]
    return {at for at, label in results.items() if wording("after_tax").search(label) and at < max(plain, default=-1)}


_PARTS: Final = (
    _parts_of_cost,
    _gross_of_revenue,
    _parts_of_expenses,
    _parts_of_tax,
    _parts_of_result,
    _parts_of_cash,
    _parts_of_equity,
)
"""The lines that state a part of the concept they are called."""


def _labels_of(concept: str, claims: Sequence[_Claim], lines: Sequence[StatementLine]) -> dict[int, str]:
    return {claim.at: normalised_label(lines[claim.at].label) for claim in claims if claim.concept == concept}


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
        if not is_again and not (claim.concept in concepts_in("of_segments") and claim.at >= segment):
            kept.append(claim)
    operating = max(_owners(kept).get(concept, -1) for concept in ("OperatingIncomeLoss", "CostOfRevenue"))
    return [claim for claim in kept if claim.concept != "NonoperatingIncomeExpense" or claim.at > operating]


def _claims(
    lines: Sequence[StatementLine],
    headings: Sequence[str],
    below: Sequence[bool],
    cents: Sequence[bool],
    statement: Statement,
) -> list[_Claim]:
    found, stem = [], ""
    bottom = bottom_lines(lines, below, headings)
    for index, line in enumerate(lines):
        if line.is_heading:
            stem = ""
        is_cut_off = not line.label and index > 0 and lines[index - 1].is_heading
        if line.is_heading or not (normalised_label(line.label) or index in bottom or is_cut_off):
            continue
        heading = headings[index]
        place = _Place(heading, stem, below[index], cents[index], is_cut_off)
        own = on_the_side_of(_own_concepts(line, place, statement), line.label, heading)
        under = () if own else _concepts_under(line, place, statement)
        if own and wording("basic_last").search(line.label):
            stem = wording("basic_last").sub("", line.label)
        elif own and concept_roles().get(own[0]) == "result":
            stem = line.label
        qualified = says("whose_result", f"{heading if under else ''} {line.label}")
        strength = partial(_strength, line, is_own=bool(own), is_bottom=index in bottom)
        found += [_Claim(concept, index, strength(concept), qualified) for concept in own or under]
    return _of_the_company(found, lines, headings)


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
    return () if is_large(line) and any(concept.startswith("EarningsPerShare") for concept in own) else own


def _concepts_under(line: StatementLine, place: _Place, statement: Statement) -> tuple[str, ...]:
    """The concepts that a line names together with its heading, the stem of the line above, or the cents of its figures."""
    words = normalised_label(line.label)
    goes_on = SIDE_ALONE.fullmatch(words) or WHOSE.match(words)
    under = _under(line.label, place.heading, statement) or (
        concepts_of_label(f"{place.stem} {line.label}", statement) if goes_on else ()
    )
    side = words.capitalize()
    under = tuple(one for one in under if one.endswith(side)) if len(under) > 1 and side in ("Basic", "Diluted") else under
    if place.is_in_cents and not under and says("result_of_side", line.label):
        under = concepts_of_label(f"{line.label} earnings per share", statement)
    return tuple(
        concept for concept in under if _may_be_under(line.label, concept) and (not place.is_below or "PerShare" in concept)
    )


def _may_be_under(label: str, concept: str) -> bool:
    """Whether a line may take a concept from its heading: a part with a name of its own is not the heading's total.

    Nor is the effect of dilutive securities, below a line that named the earnings or the shares it is added to.
    """
    words = normalised_label(label)
    if says("dilutive_increment", label):
        return False
    return concept_roles().get(concept) != "total" or words in NAMELESS or says("plain_under_heading", label)


def _under(label: str, heading: str, statement: Statement) -> tuple[str, ...]:
    """The concepts of a label with its heading, which is read before it, or else after it."""
    return concepts_of_label(f"{heading} {label}", statement) or (
        concepts_of_label(f"{label} {heading}", statement) if label else ()
    )


def _strength(line: StatementLine, concept: str, is_own: bool, is_bottom: bool) -> tuple[bool, int, bool]:
    """Figures before none, own words before a heading's, the whole before its parts, a total before a line of the same name."""
    label = normalised_label(line.label)
    words = 3 if is_own else 2 if says("plain_under_heading", line.label) else 1
    words = 4 if is_bottom else words - (words > 1 and says("part_of_result", line.label))
    is_total = (concept_roles().get(concept) == "total" or concept == INCOME_TAX) and label.startswith("total ")
    states = any(cell.readings[0].value if cell.readings else cell.is_printed for cell in line.cells)
    return states, words, is_total


def _own(label: str, statement: Statement) -> tuple[str, ...]:
    """The concepts of a label, else of what follows the heading that ran into it."""
    return concepts_of_label(label, statement) or concepts_of_label(wording("heading_run_in").sub("", label), statement)


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
