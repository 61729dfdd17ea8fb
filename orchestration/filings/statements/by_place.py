"""Concepts that a line has by its place and its sums alone: its label does not say it.

Belongs here: steps that each name one such line, in `STEPS`. Does not belong here: what labels and headings say (`claims.py`),
what a line is a part of (`calculation.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from orchestration.filings.records import Statement
from orchestration.filings.statements.claims import INCOME_TAX, LIABILITIES, NAMELESS, WHOLE
from orchestration.filings.statements.headings import RESULT
from orchestration.filings.statements.line_items import LineItem, concept_roles
from orchestration.filings.statements.per_share import DILUTED_OF
from orchestration.filings.statements.sums import closings_of, columns_summed_up, is_sum, leads_to
from orchestration.filings.text.labels import concepts_of_label, normalised_label, says

_MOST_TRIED: Final = 200
"""Limit on the lines of cash tried as the one at its end."""
_TOTALS: Final = ("Assets", "LiabilitiesAndStockholdersEquity")
_SUMS_BELOW: Final = ("LiabilitiesCurrent", "Liabilities", "StockholdersEquity")
_COSTS: Final = frozenset({"CostOfRevenue"})


def named_by_place(items: Sequence[LineItem]) -> list[LineItem]:
    """The items with the concepts that place and sums give them; such a sum is spent for the lines it chose."""
    named = list(items)
    for step in STEPS:
        step(named, {concept: at for at, item in reversed([*enumerate(named)]) for concept in item.concepts})
    return named


def _lone_revenue(named: list[LineItem], at: dict[str, int]) -> None:
    """Where no line is called revenue, name the first line so if it stands alone above the expenses."""
    stated = [index for index, item in enumerate(named) if not item.line.is_heading]
    if "Revenues" in at or not {"OperatingIncomeLoss", "IncomeLossBeforeIncomeTaxes"} & at.keys() or not stated:
        return
    first, label = named[stated[0]], named[stated[0]].line.label
    following = named[stated[0] + 1 : stated[1] + 1] if len(stated) > 1 else []
    is_incoming = says("incoming", label) and not says("outgoing", label) and not says("lending", label)
    if not first.concepts and is_incoming and any(map(_begins_costs, following)):
        named[stated[0]] = replace(first, concepts=("Revenues",))


def _begins_costs(item: LineItem) -> bool:
    is_cost = says("outgoing", item.line.label)
    return item.line.is_heading or is_cost or any(concept_roles().get(concept) for concept in item.concepts)


def _revenue_in_all(named: list[LineItem], at: dict[str, int]) -> None:
    """Name a line without a name, or called revenue too, revenue if it sums up all lines above the costs; these lose that."""
    parts: list[int] = []
    for index, item in enumerate(named):
        is_nameless = normalised_label(item.line.label) in NAMELESS
        is_again = not item.concepts and "Revenues" in concepts_of_label(item.line.label, Statement.INCOME)
        above = [named[part].line for part in parts]
        is_whole = (is_nameless or is_again) and not item.line.is_heading and at.get("Revenues", -1) in parts
        if is_whole and len(above) > 1 and is_sum(item.line, above):
            named[at["Revenues"]] = replace(named[at["Revenues"]], concepts=())
            _name(named, index, "Revenues", columns_summed_up(item.line, above), parts)
            return
        if not item.line.is_heading and (is_nameless or set(item.concepts) - {"Revenues"}):
            return
        parts += [] if item.line.is_heading else [index]


def _margin(named: list[LineItem], at: dict[str, int]) -> None:
    """Name gross profit a line called a margin that is revenue less the lines between, above all other results.

    So a line without a name, if the lines between are cost of revenue.
    """
    start = at.get("Revenues", len(named))
    below = [index for index in range(start + 1, len(named)) if not named[index].line.is_heading]
    for index in below if "GrossProfit" not in at else ():
        item = named[index]
        above = [(-1, named[cost].line) for cost in below if cost < index]
        is_of_costs = (
            "CostOfRevenue" in at and {one for cost in below if cost < index for one in named[cost].concepts} <= _COSTS
        )
        is_margin = says("margin", item.line.label) or (is_of_costs and _is_nameless(item))
        if above and not item.concepts and is_margin:
            if leads_to(item.line, [(1, named[start].line), *above]):
                _name(named, index, "GrossProfit", range(len(item.line.amounts)))
                cost = named[below[0]]
                if len(above) == 1 and not cost.concepts and "CostOfRevenue" not in at:
                    named[below[0]] = replace(cost, concepts=("CostOfRevenue",))
            return
        if any(concept_roles().get(concept) == "result" for concept in item.concepts):
            return


def _cost_of_revenue(named: list[LineItem], at: dict[str, int]) -> None:
    """Name cost of revenue the one line between revenue and gross profit, if it is called a cost and leads to it."""
    start, end = at.get("Revenues", -1), at.get("GrossProfit", -1)
    between = [index for index in range(start + 1, end) if not named[index].line.is_heading]
    if "CostOfRevenue" in at or start < 0 or len(between) != 1 or not says("outgoing", named[between[0]].line.label):
        return
    if leads_to(named[end].line, [(1, named[start].line), (-1, named[between[0]].line)]):
        _name(named, between[0], "CostOfRevenue", range(len(named[end].line.amounts)), [end])


def _balance(named: list[LineItem], at: dict[str, int]) -> None:
    """Name the total of a balance sheet where a line has no name; it stands above the liabilities and below the equity."""
    heading = next(
        (index for index, item in enumerate(named) if item.line.is_heading and says("liabilities", item.line.label)), None
    )
    equity = at.get("StockholdersEquity", at.get(WHOLE["StockholdersEquity"], heading))
    owed = min((at[concept] for concept in LIABILITIES & at.keys()), default=equity)
    if equity is None or owed is None:
        return
    places = (range(owed), range(equity + 1, len(named)))
    first, last = (
        [at[total]] if at.get(total, -1) in place else [one for one in place if _is_nameless(named[one])]
        for total, place in zip(_TOTALS, places, strict=True)
    )
    by_figures = {tuple(_figures(named[other])): other for other in reversed(last)}
    for one in first:
        same = by_figures.get(tuple(_figures(named[one])))
        if same is not None and any(_figures(named[one])):
            stated = [column for column, figure in enumerate(_figures(named[one])) if figure is not None]
            for index, total in zip((one, same), _TOTALS, strict=True):
                if not named[index].concepts:
                    _name(named, index, total, stated)
            _between_totals(named, heading, one, same)
            return


def _between_totals(named: list[LineItem], heading: int | None, assets: int, end: int) -> None:
    """Name the totals of a balance sheet none of which has a name: two sums of assets, three below them, each of its lines."""
    own, owed = (
        [index for index in part if not named[index].line.is_heading]
        for part in (range(assets), range((heading or end) + 1, end))
    )
    current, *others = [index for index in own if _is_nameless(named[index])] or [-1]
    sums = [index for index in owed if _is_nameless(named[index])]
    if heading is None or others or len(sums) != len(_SUMS_BELOW) or named[sums[-1]].concepts:
        return
    starts = (0, 0, owed.index(sums[1]) + 1)
    parts = [
        [index for index in owed[start : owed.index(one)] if index != sums[0]] for start, one in zip(starts, sums, strict=True)
    ]
    found = dict(zip(_SUMS_BELOW, zip(sums, parts, strict=True), strict=True))
    if current in own:
        found["AssetsCurrent"] = (current, own[: own.index(current)])
    if all(is_sum(named[index].line, [named[part].line for part in above]) for index, above in found.values()):
        for concept, (index, above) in found.items():
            _name(named, index, concept, range(len(named[index].line.amounts)), above)


def _own_result(named: list[LineItem], at: dict[str, int]) -> None:
    """Name net income the line without a name to which the line called so leads, less the share of others between the two."""
    whole = at.get("NetIncomeLoss", len(named))
    below = [index for index in range(whole + 1, len(named)) if not named[index].line.is_heading][:2]
    if (
        len(below) < 2
        or "ProfitLoss" in at
        or not _is_nameless(named[below[1]])
        or not says("share_of_others", named[below[0]].line.label)
    ):
        return
    result, share = named[whole].line, named[below[0]].line
    if any(leads_to(named[below[1]].line, [(1, result), (sign, share)]) for sign in (-1, 1)):
        named[whole] = replace(named[whole], concepts=("ProfitLoss",))
        _name(named, below[1], "NetIncomeLoss", range(len(result.amounts)), below[:1])


def _whole_result(named: list[LineItem], at: dict[str, int]) -> None:
    """Name the result of all a line above net income called a result and no more, if it is that and the share of others."""
    own = at.get("NetIncomeLoss", -1)
    above = next((index for index in range(own - 1, -1, -1) if not named[index].line.is_heading), -1)
    below = next((index for index in range(own + 1, len(named)) if not named[index].line.is_heading), -1)
    if "ProfitLoss" in at or min(above, below) < 0 or named[above].concepts or not says("bare_result", named[above].line.label):
        return
    parts = [(1, named[own].line), (1, named[below].line)]
    if says("share_of_others", named[below].line.label) and leads_to(named[above].line, parts):
        _name(named, above, "ProfitLoss", range(len(named[own].line.amounts)), [own, below])


def _before_tax(named: list[LineItem], at: dict[str, int]) -> None:
    """Name income before taxes the line without a name right above the tax to which operating income leads."""
    operating, tax = at.get("OperatingIncomeLoss", -1), at.get(INCOME_TAX, -1)
    between = [index for index in range(operating + 1, tax) if not named[index].line.is_heading]
    if "IncomeLossBeforeIncomeTaxes" in at or operating < 0 or len(between) < 2 or not _is_nameless(named[between[-1]]):
        return
    parts = (operating, *between[:-1])
    if leads_to(named[between[-1]].line, [(1, named[part].line) for part in parts]):
        _name(named, between[-1], "IncomeLossBeforeIncomeTaxes", range(len(named[tax].line.amounts)), parts)


def _bottom_line(named: list[LineItem], at: dict[str, int]) -> None:
    """Name net income where no line is called so: the last amount above the per-share figures, called a result and no more.

    The line above the share of others is the whole, which that share is taken off.
    """
    per_share = min((at[side] for side in DILUTED_OF if side in at), default=0)
    stated = [index for index in range(at.get(INCOME_TAX, per_share) + 1, per_share) if not named[index].line.is_heading]
    labels = [named[index].line.label for index in stated]
    if "NetIncomeLoss" in at or not stated or named[stated[-1]].concepts or not says("bare_result", labels[-1]):
        return
    named[stated[-1]] = replace(named[stated[-1]], concepts=("NetIncomeLoss",))
    is_result = len(stated) > 2 and says("share_of_others", labels[-2]) and RESULT.match(normalised_label(labels[-3]))
    if is_result and "ProfitLoss" not in at:
        named[stated[-3]] = replace(named[stated[-3]], concepts=("ProfitLoss",))


def _ends_of_cash(named: list[LineItem], at: dict[str, int]) -> None:
    """Name the two lines of cash below its change that are dated, not called beginning and end, if they add up."""
    change = at.get("CashPeriodIncreaseDecrease")
    if change is None or {"CashAtBeginningOfPeriod", "CashAtEndOfPeriod"} & at.keys():
        return
    below = [index for index in range(change + 1, len(named)) if not named[index].line.is_heading]
    cash = [one for one in below if not named[one].concepts and says("of_cash", named[one].line.label)]
    for last in cash[1:_MOST_TRIED]:
        above = [named[index].line for index in (change, *below) if index < last]
        if is_sum(named[last].line, above):
            named[cash[0]] = replace(named[cash[0]], concepts=("CashAtBeginningOfPeriod",))
            _name(named, last, "CashAtEndOfPeriod", columns_summed_up(named[last].line, above), [cash[0], change])
            return


STEPS: Final[tuple[Callable[[list[LineItem], dict[str, int]], None], ...]] = (
    _lone_revenue,
    _revenue_in_all,
    _margin,
    _cost_of_revenue,
    _balance,
    _before_tax,
    _own_result,
    _whole_result,
    _bottom_line,
    _ends_of_cash,
)


def spent(item: LineItem, concept: str | None, columns: Collection[int]) -> LineItem:
    """An item that the sum of a concept chose in those columns: there the sum is no proof of it."""
    return item.chosen_for(closings_of(concept, columns))


def _name(named: list[LineItem], index: int, concept: str, columns: Collection[int], parts: Sequence[int] = ()) -> None:
    """Give a line a concept that it has by adding up in those columns, with those parts."""
    named[index] = replace(named[index], concepts=(concept,))
    for one in (index, *parts):
        named[one] = spent(named[one], concept, columns)


def _words(item: LineItem) -> str:
    return normalised_label(item.line.label)


def _is_nameless(item: LineItem) -> bool:
    return not item.line.is_heading and _words(item) in NAMELESS


def _figures(item: LineItem) -> list[Decimal | None]:
    return [amount and amount.value for amount in item.line.amounts]
