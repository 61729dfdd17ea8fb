"""The accounting identities, as data and pure functions.

Belongs here: which identities a statement must satisfy, which lines of a column take part in each, and whether they
close within the rounding of their figures. Does not belong here: choosing between readings of a cell
(`orchestration/filings/proof/`), comparing releases with each other, or anything that needs a library.

One definition feeds the reader, the suites and the documentation, so this module imports the standard library alone, and
`intervals.py`: an identity closes when its figures add up within their roundings. There is no bare tolerance anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from expectations.intervals import HALF, Interval, adds_up


class Amount(NamedTuple):
    """A figure known to its rounding: the true one lies within `rounding / 2` of `value` (both in one absolute unit)."""

    value: Decimal
    rounding: Decimal

    @property
    def interval(self) -> Interval:
        """Where the true figure lies."""
        return Interval.around(self.value, self.rounding)

    def agrees(self, *others: Amount) -> bool:
        """Whether all may be one figure: whether their intervals overlap."""
        return self.interval.overlaps(*(other.interval for other in others))


class Line(NamedTuple):
    """One line of one column, as far as the identities care: who it is, what it states, what it is a part of.

    `weight` is +1 where the line adds to its parent and -1 where it is taken off, as in an XBRL calculation link.
    """

    key: str
    concept: str | None
    parent_concept: str | None
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity of a statement: `total` = `plus` - `less` - `less_if_printed` (+ parts, where `with_parts`).

    `plus` and `less` must all be there; `less_if_printed` takes part where it is, `less_if_loose` where it is and is a
    part of no other total. `unless` names concepts whose presence
    makes another identity the right one. `nearer` are pairs of a concept and the one that stands in its place where it is
    printed. With `with_parts`, lines whose parent is `total` are added. `per_share` marks the
    one shape that is no sum: `total` (a per-share figure) x `plus[0]` (shares) = `plus[1]` (net income).
    """

    name: str
    statement: str
    total: str
    plus: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    less_if_printed: tuple[str, ...] = ()
    less_if_loose: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    nearer: tuple[tuple[str, str], ...] = ()
    with_parts: bool = False
    per_share: bool = False
    meaning: str = ""


INCOME, BALANCE, CASH_FLOW = "income_statement", "balance_sheet", "cash_flow"

IDENTITIES: tuple[Identity, ...] = (
    Identity("revenue_total", INCOME, "Revenues", with_parts=True, meaning="Total revenues are the sum of their parts."),
    Identity(
        "cost_of_revenue_total",
        INCOME,
        "CostOfRevenue",
        with_parts=True,
        meaning="Total cost of revenue is the sum of its parts.",
    ),
    Identity(
        "expense_total",
        INCOME,
        "OperatingExpenses",
        with_parts=True,
        meaning="Total costs and expenses are the sum of their parts.",
    ),
    Identity(
        "gross_profit",
        INCOME,
        "GrossProfit",
        plus=("Revenues",),
        less=("CostOfRevenue",),
        meaning="Gross profit is revenue less cost of revenue.",
    ),
    Identity(
        "operating_income_from_gross_profit",
        INCOME,
        "OperatingIncomeLoss",
        plus=("GrossProfit",),
        less=("OperatingExpenses",),
        with_parts=True,
        meaning="Operating income is gross profit less operating expenses, and the lines printed between the two.",
    ),
    Identity(
        "operating_income_from_revenues",
        INCOME,
        "OperatingIncomeLoss",
        plus=("Revenues",),
        less=("OperatingExpenses",),
        less_if_loose=("CostOfRevenue",),
        unless=("GrossProfit",),
        with_parts=True,
        meaning="Operating income is revenue less costs and expenses, and the lines between, where no gross profit is printed.",
    ),
    Identity(
        "pretax_income",
        INCOME,
        "IncomeLossBeforeIncomeTaxes",
        plus=("OperatingIncomeLoss", "NonoperatingIncomeExpense"),
        with_parts=True,
        meaning="Income before taxes is operating income plus other income.",
    ),
    Identity(
        "pretax_income_from_revenues",
        INCOME,
        "IncomeLossBeforeIncomeTaxes",
        plus=("Revenues",),
        less=("OperatingExpenses",),
        less_if_loose=("CostOfRevenue",),
        unless=("OperatingIncomeLoss", "GrossProfit"),
        with_parts=True,
        meaning="Income before taxes is revenue less all costs and expenses, where no operating income is printed.",
    ),
    Identity(
        "continuing_operations",
        INCOME,
        "IncomeLossFromContinuingOperations",
        plus=("IncomeLossBeforeIncomeTaxes",),
        less_if_printed=("IncomeTaxExpenseBenefit",),
        with_parts=True,
        meaning="Income from continuing operations is income before taxes less income tax.",
    ),
    Identity(
        "net_income_with_discontinued_operations",
        INCOME,
        "NetIncomeLoss",
        plus=("IncomeLossFromContinuingOperations",),
        unless=("ProfitLoss",),
        with_parts=True,
        meaning="Net income is income from continuing operations and what is printed below it.",
    ),
    Identity(
        "net_income",
        INCOME,
        "NetIncomeLoss",
        plus=("IncomeLossBeforeIncomeTaxes",),
        less_if_printed=("IncomeTaxExpenseBenefit",),
        unless=("ProfitLoss", "IncomeLossFromContinuingOperations"),
        with_parts=True,
        meaning="Net income is income before taxes less income tax, and the lines printed between the two.",
    ),
    Identity(
        "profit_loss",
        INCOME,
        "ProfitLoss",
        plus=("IncomeLossBeforeIncomeTaxes",),
        less_if_printed=("IncomeTaxExpenseBenefit",),
        unless=("IncomeLossFromContinuingOperations",),
        with_parts=True,
        meaning="Net income including noncontrolling interests is income before taxes less income tax.",
    ),
    Identity(
        "net_income_attributable",
        INCOME,
        "NetIncomeLoss",
        plus=("ProfitLoss",),
        with_parts=True,
        meaning="Net income attributable to the company is net income less the share of noncontrolling interests.",
    ),
    Identity(
        "net_income_without_pretax",
        INCOME,
        "NetIncomeLoss",
        plus=("OperatingIncomeLoss", "NonoperatingIncomeExpense"),
        less_if_printed=("IncomeTaxExpenseBenefit",),
        unless=("IncomeLossBeforeIncomeTaxes", "ProfitLoss", "IncomeLossFromContinuingOperations"),
        with_parts=True,
        meaning="Net income is operating plus other income less tax, where no line before taxes is printed.",
    ),
    Identity(
        "profit_loss_without_pretax",
        INCOME,
        "ProfitLoss",
        plus=("OperatingIncomeLoss", "NonoperatingIncomeExpense"),
        less_if_printed=("IncomeTaxExpenseBenefit",),
        unless=("IncomeLossBeforeIncomeTaxes", "IncomeLossFromContinuingOperations"),
        with_parts=True,
        meaning="Net income of all is operating plus other income less tax, where no line before taxes is printed.",
    ),
    Identity(
        "eps_basic",
        INCOME,
        "EarningsPerShareBasic",
        plus=("WeightedAverageSharesBasic", "NetIncomeLoss"),
        nearer=(("NetIncomeLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"),),
        per_share=True,
        meaning="Basic earnings per share times basic average shares is net income, less preferred dividends where printed.",
    ),
    Identity(
        "eps_diluted",
        INCOME,
        "EarningsPerShareDiluted",
        plus=("WeightedAverageSharesDiluted", "NetIncomeLoss"),
        nearer=(("NetIncomeLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"),),
        per_share=True,
        meaning="Diluted earnings per share times diluted average shares is net income.",
    ),
    Identity(
        "current_assets_total",
        BALANCE,
        "AssetsCurrent",
        with_parts=True,
        meaning="Total current assets are the sum of their parts.",
    ),
    Identity("asset_total", BALANCE, "Assets", with_parts=True, meaning="Total assets are the sum of their parts."),
    Identity(
        "current_liabilities_total",
        BALANCE,
        "LiabilitiesCurrent",
        with_parts=True,
        meaning="Total current liabilities are the sum of their parts.",
    ),
    Identity(
        "liability_total",
        BALANCE,
        "Liabilities",
        with_parts=True,
        meaning="Total liabilities are the sum of their parts.",
    ),
    Identity(
        "equity_total",
        BALANCE,
        "StockholdersEquity",
        with_parts=True,
        meaning="Total stockholders' equity is the sum of its parts.",
    ),
    Identity(
        "equity_with_noncontrolling_interests",
        BALANCE,
        "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
        with_parts=True,
        meaning="Total equity is the company's equity and the noncontrolling interests.",
    ),
    Identity(
        "liability_and_equity_total",
        BALANCE,
        "LiabilitiesAndStockholdersEquity",
        with_parts=True,
        meaning="Total liabilities and stockholders' equity are the sum of their parts.",
    ),
    Identity(
        "balance",
        BALANCE,
        "Assets",
        plus=("LiabilitiesAndStockholdersEquity",),
        meaning="Total assets equal total liabilities and stockholders' equity.",
    ),
    Identity(
        "operating_cash_flow_total",
        CASH_FLOW,
        "NetCashProvidedByUsedInOperatingActivities",
        with_parts=True,
        meaning="Cash from operating activities is the sum of its parts.",
    ),
    Identity(
        "investing_cash_flow_total",
        CASH_FLOW,
        "NetCashProvidedByUsedInInvestingActivities",
        with_parts=True,
        meaning="Cash from investing activities is the sum of its parts.",
    ),
    Identity(
        "financing_cash_flow_total",
        CASH_FLOW,
        "NetCashProvidedByUsedInFinancingActivities",
        with_parts=True,
        meaning="Cash from financing activities is the sum of its parts.",
    ),
    Identity(
        "cash_change",
        CASH_FLOW,
        "CashPeriodIncreaseDecrease",
        with_parts=True,
        meaning="The change in cash is that of operating, investing and financing activities and of exchange rates.",
    ),
    Identity(
        "cash_end",
        CASH_FLOW,
        "CashAtEndOfPeriod",
        with_parts=True,
        meaning="Cash at the end of a period is cash at its beginning and the change.",
    ),
)


@dataclass(frozen=True)
class Instance:
    """An identity as it stands in one column: which lines take part, with which coefficient.

    A sum closes when sum(coefficient x value) is 0 within rounding. A per-share instance has exactly three terms, in the
    order per-share figure, shares, net income.
    """

    name: str
    terms: tuple[tuple[int, str], ...]
    per_share: bool = False

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The lines that take part."""
        return tuple(key for _, key in self.terms)


class Outcome(NamedTuple):
    """What came of testing an instance: `residual` and `tolerance` in the unit of its total (USD for per-share)."""

    closes: bool
    residual: Decimal
    tolerance: Decimal


def instances(lines: Sequence[Line], statement: str) -> list[Instance]:
    """The identities that the lines of one column let one test, in the order of `IDENTITIES`."""
    return list(_instances(tuple(lines), statement))


@lru_cache(maxsize=256)
def _instances(lines: tuple[Line, ...], statement: str) -> tuple[Instance, ...]:
    """Kept: the reader asks for the same lines again, with other signs and figures, before it proves them."""
    by_concept: dict[str, str] = {}
    parts: dict[str, list[Line]] = {}
    for line in lines:
        if line.concept:
            by_concept.setdefault(line.concept, line.key)
        if line.parent_concept:
            parts.setdefault(line.parent_concept, []).append(line)
    loose = frozenset(line.concept for line in lines if line.concept and not line.parent_concept)
    found = (_instance(identity, by_concept, parts, loose) for identity in IDENTITIES if identity.statement == statement)
    return tuple(instance for instance in found if instance)


def _instance(
    identity: Identity, by_concept: Mapping[str, str], parts: Mapping[str, Sequence[Line]], loose: frozenset[str]
) -> Instance | None:
    if identity.total not in by_concept or any(name in by_concept for name in identity.unless):
        return None
    if identity.per_share:
        nearer = {name: other for name, other in identity.nearer if other in by_concept}
        wanted = (identity.total, *(nearer.get(name, name) for name in identity.plus))
        if any(name not in by_concept for name in wanted):
            return None
        return Instance(identity.name, tuple((1, by_concept[name]) for name in wanted), per_share=True)
    right: list[tuple[int, str]] = []
    for sign, names in ((1, identity.plus), (-1, identity.less)):
        for name in names:
            terms = _resolve(name, sign, by_concept, parts)
            if not terms:
                return None
            right += terms
    for name in (*identity.less_if_printed, *(name for name in identity.less_if_loose if name in loose)):
        right += _resolve(name, -1, by_concept, parts)
    if identity.with_parts:
        taken = {by_concept[identity.total], *(key for _, key in right)}
        right += [(part.weight, part.key) for part in parts.get(identity.total, ()) if part.key not in taken]
    if not right:
        return None
    return Instance(identity.name, ((1, by_concept[identity.total]), *((-sign, key) for sign, key in right)))


def _resolve(name: str, sign: int, by_concept: Mapping[str, str], parts: Mapping[str, Sequence[Line]]) -> list[tuple[int, str]]:
    """A concept stands for its own line, else for the lines that are its parts."""
    if name in by_concept:
        return [(sign, by_concept[name])]
    return [(sign * part.weight, part.key) for part in parts.get(name, ())]


def evaluate(instance: Instance, amounts: Mapping[str, Amount | None]) -> Outcome | None:
    """Whether an instance closes; None where one of its values is not known."""
    known = [amount for _, key in instance.terms if (amount := amounts.get(key)) is not None]
    if len(known) < len(instance.terms):
        return None
    if instance.per_share:
        return _per_share_outcome(*known)
    residual = rounding = Decimal(0)
    for (sign, _), (value, own) in zip(instance.terms, known, strict=True):
        residual += sign * value
        rounding += own
    return Outcome(adds_up(residual, rounding), residual, rounding * HALF)


def closes(instance: Instance, amounts: Mapping[str, Amount | None]) -> bool | None:
    """Whether an instance closes, where nothing else is asked of it; None where one of its values is not known."""
    outcome = evaluate(instance, amounts)
    return outcome.closes if outcome else None


def _per_share_outcome(per_share: Amount, shares: Amount, income: Amount) -> Outcome:
    """Per-share figure x shares against net income, with the interval of the product."""
    product = per_share.interval * shares.interval
    residual = income.value - per_share.value * shares.value
    tolerance = (product.high - product.low) * HALF + income.rounding * HALF
    return Outcome(product.touches(income.interval), residual, tolerance)


def solve(instance: Instance, key: str, amounts: Mapping[str, Amount | None]) -> Amount | None:
    """The value one line must have for a sum to close, with the rounding that it inherits; None if others are unknown.

    Of a per-share identity the per-share figure alone can be solved for, in `per_share_figure`.
    """
    if instance.per_share:
        return None
    total, width, own = Decimal(0), Decimal(0), 0
    for sign, term in instance.terms:
        if term == key:
            own += sign
            continue
        amount = amounts.get(term)
        if amount is None:
            return None
        total += sign * amount.value
        width += amount.rounding
    return Amount(-total * own + 0, width) if own in (1, -1) else None


def per_share_figure(instance: Instance, rounding: Decimal, amounts: Mapping[str, Amount | None]) -> Amount | None:
    """The one per-share figure, to its rounding, that closes with shares and net income; None where two do, or none."""
    key, *others = instance.keys
    shares, income = (amounts.get(other) for other in others)
    if not instance.per_share or shares is None or income is None or not shares.value or not rounding:
        return None
    nearest = (income.value / shares.value / rounding).to_integral_value()
    tried = [Amount((nearest + step) * rounding + 0, rounding) for step in (-1, 0, 1)]
    closing = [one for one in tried if closes(instance, {**amounts, key: one})]
    return closing[0] if len(closing) == 1 else None


def formula(instance: Instance, labels: Mapping[str, str]) -> str:
    """The instance in words, for people: `Total revenues = Royalty revenue + ...`."""
    names = [labels.get(key, key) for key in instance.keys]
    if instance.per_share:
        return f"{names[0]} x {names[1]} = {names[2]}"
    rest = [("- " if sign > 0 else "+ ") + name for (sign, _), name in zip(instance.terms[1:], names[1:], strict=True)]
    return f"{names[0]} = {' '.join(rest).removeprefix('+ ')}"


def by_name(names: Iterable[str] = ()) -> dict[str, Identity]:
    """The identities under their names, all of them or those asked for."""
    wanted = set(names)
    return {identity.name: identity for identity in IDENTITIES if not wanted or identity.name in wanted}
