"""The identities as pure functions: what sums closes, what is changed breaks, what is solved for comes back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.identities import (
    IDENTITIES,
    INCOME,
    Amount,
    Identity,
    Instance,
    Line,
    by_name,
    evaluate,
    formula,
    instances,
    solve,
)

THOUSAND = Decimal(1000)
SUMS = [identity for identity in IDENTITIES if not identity.per_share]
PER_SHARE = [identity for identity in IDENTITIES if identity.per_share]
figures = st.integers(min_value=-10_000_000, max_value=10_000_000)


@dataclass(frozen=True)
class Column:
    """The lines of one column in which one identity can be tested, and the true figures, in thousands."""

    lines: list[Line]
    amounts: dict[str, Amount]


@st.composite
def columns(draw: st.DrawFn, identity: Identity) -> Column:
    """A column that sums: any figures on the right, the total that follows, and optional lines there or not."""
    lines: list[Line] = []
    known: dict[str, Decimal] = {}
    total = Decimal(0)
    optional = [name for name in identity.less_if_printed if draw(st.booleans())]
    for sign, names in ((1, identity.plus), (-1, (*identity.less, *optional))):
        for name in names:
            lines.append(Line(name, name, None))
            known[name] = Decimal(draw(figures)) * THOUSAND
            total += sign * known[name]
    fewest = 0 if identity.plus else 1
    for number in range(draw(st.integers(fewest, 5)) if identity.with_parts else 0):
        weight = draw(st.sampled_from([1, -1]))
        lines.append(Line(f"part {number}", None, identity.total, weight))
        known[f"part {number}"] = Decimal(draw(figures)) * THOUSAND
        total += weight * known[f"part {number}"]
    lines.append(Line("total", identity.total, None))
    known["total"] = total
    return Column(draw(st.permutations(lines)), {key: Amount(value, THOUSAND) for key, value in known.items()})


def only(identity: Identity, column: Column) -> Instance:
    """The instance of one identity in a column; other identities of the statement may find an instance there too."""
    [found] = [instance for instance in instances(column.lines, identity.statement) if instance.name == identity.name]
    return found


@pytest.mark.parametrize("identity", SUMS, ids=lambda identity: identity.name)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_column_that_sums_closes_exactly(identity: Identity, data: st.DataObject) -> None:
    column = data.draw(columns(identity))
    instance = only(identity, column)
    assert set(instance.keys) == set(column.amounts)
    outcome = evaluate(instance, column.amounts)
    assert outcome is not None
    assert outcome.closes
    assert outcome.residual == 0
    assert outcome.tolerance == THOUSAND / 2 * len(column.amounts)


@pytest.mark.parametrize("identity", SUMS, ids=lambda identity: identity.name)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_change_breaks_it_exactly_when_it_is_more_than_the_rounding(identity: Identity, data: st.DataObject) -> None:
    column = data.draw(columns(identity))
    key = data.draw(st.sampled_from(sorted(column.amounts)))
    change = Decimal(data.draw(st.integers(-10, 10))) * THOUSAND / 2
    changed = column.amounts | {key: Amount(column.amounts[key].value + change, THOUSAND)}
    outcome = evaluate(only(identity, column), changed)
    assert outcome is not None
    assert outcome.closes is (abs(change) <= THOUSAND / 2 * len(column.amounts))
    assert abs(outcome.residual) == abs(change)


@pytest.mark.parametrize("identity", SUMS, ids=lambda identity: identity.name)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_lost_value_is_what_solve_says(identity: Identity, data: st.DataObject) -> None:
    column = data.draw(columns(identity))
    key = data.draw(st.sampled_from(sorted(column.amounts)))
    lost: dict[str, Amount | None] = {**column.amounts, key: None}
    instance = only(identity, column)
    assert evaluate(instance, lost) is None
    assert solve(instance, key, lost) == Amount(column.amounts[key].value, THOUSAND * (len(column.amounts) - 1))


@pytest.mark.parametrize("identity", SUMS, ids=lambda identity: identity.name)
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_two_lost_values_cannot_be_solved(identity: Identity, data: st.DataObject) -> None:
    column = data.draw(columns(identity))
    one, other = data.draw(st.permutations(sorted(column.amounts)))[:2]
    assert solve(only(identity, column), one, {**column.amounts, one: None, other: None}) is None


@pytest.mark.parametrize("identity", PER_SHARE, ids=lambda identity: identity.name)
@given(cents=st.integers(-2000, 2000), shares=st.integers(1, 500_000), within=st.integers(-1000, 1000))
@settings(max_examples=50, deadline=None)
def test_per_share_times_shares_is_net_income_within_the_corners_of_both(
    identity: Identity, cents: int, shares: int, within: int
) -> None:
    """The true per-share figure lies within half a cent: net income anywhere in between closes, beyond it does not."""
    lines = [Line(name, name, None) for name in (identity.total, *identity.plus)]
    [instance] = [one for one in instances(lines, INCOME) if one.name == identity.name]
    eps, count = Decimal(cents) / 100, Decimal(shares) * THOUSAND
    income = (eps + Decimal(within) / 1000 * Decimal("0.005")) * count
    keys = [identity.total, *identity.plus]
    known = [Amount(eps, Decimal("0.01")), Amount(count, THOUSAND), Amount(income, THOUSAND)]
    outcome = evaluate(instance, dict(zip(keys, known, strict=True)))
    assert outcome is not None
    assert outcome.closes
    beyond = (abs(eps) + Decimal("0.005")) * (count + 500) + 501
    for sign in (1, -1):
        wrong = dict(zip(keys, [*known[:2], Amount(sign * beyond, THOUSAND)], strict=True))
        broken = evaluate(instance, wrong)
        assert broken is not None
        assert not broken.closes
    assert solve(instance, identity.total, {}) is None


def test_an_identity_gives_way_where_a_better_one_fits() -> None:
    names = ("Revenues", "OperatingExpenses", "OperatingIncomeLoss")
    lines = [Line(name, name, None) for name in names]
    assert [one.name for one in instances(lines, INCOME)] == ["operating_income_from_revenues"]
    with_gross_profit = [*lines, Line("g", "GrossProfit", None)]
    assert [one.name for one in instances(with_gross_profit, INCOME)] == ["operating_income_from_gross_profit"]


def test_a_concept_without_a_line_is_stood_for_by_its_parts() -> None:
    lines = [
        Line("interest", None, "NonoperatingIncomeExpense"),
        Line("gain", None, "NonoperatingIncomeExpense"),
        Line("operating", "OperatingIncomeLoss", None),
        Line("pretax", "IncomeLossBeforeIncomeTaxes", None),
    ]
    [instance] = instances(lines, INCOME)
    assert instance == Instance("pretax_income", ((1, "pretax"), (-1, "operating"), (-1, "interest"), (-1, "gain")))
    assert formula(instance, {"pretax": "Before taxes"}) == "Before taxes = operating + interest + gain"


def test_a_total_is_no_part_of_itself() -> None:
    assert instances([Line("r", "Revenues", "Revenues")], INCOME) == []


def test_a_total_alone_tests_nothing() -> None:
    assert instances([Line("r", "Revenues", None)], INCOME) == []


def test_names_are_unique_and_can_be_asked_for() -> None:
    assert len(by_name()) == len(IDENTITIES)
    assert list(by_name(["balance"])) == ["balance"]
