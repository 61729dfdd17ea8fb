"""A statement as amounts: units, scales, decimals that were lost, and what each cell may say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.filings.proof.statement_amounts import StatementAmounts
from tests.unit.filings.made_up import BALANCE, INCOME, proven, statements


def sheet(text: str = INCOME) -> StatementAmounts:
    [table] = statements(text).tables
    return StatementAmounts(table)


def line(found: StatementAmounts, label: str) -> int:
    return next(index for index, item in enumerate(found.table.line_items) if item.line.label.startswith(label))


@pytest.mark.parametrize(
    ("label", "unit", "factor", "finest"),
    [
        ("Total revenues", "USD", 1_000, Decimal(1_000)),
        ("Net loss per share", "USD/share", 1, Decimal("0.01")),
        ("Weighted average", "shares", 1_000, Decimal(1_000)),
    ],
)
def test_a_line_has_the_unit_and_scale_of_what_it_states(label: str, unit: str, factor: int, finest: Decimal) -> None:
    found = sheet()
    row = found.rows[line(found, label)]
    assert (row.unit, row.factor, row.finest) == (unit, factor, finest)


def test_a_balance_is_an_instant_whatever_its_header_says() -> None:
    assert sheet(BALANCE).months(0) == 0
    assert sheet(INCOME).months(0) == 3


def test_two_concepts_of_one_line_make_no_two_identities() -> None:
    found = sheet()
    assert sum(one.per_share for one in found.identities) == 1
    assert len({one.terms for one in found.identities}) == len(found.identities)


def test_shares_are_worth_what_lets_per_share_figures_close() -> None:
    assert sheet().shares == 1_000
    assert sheet(INCOME.replace("23,104\t22,240", "23,104,000\t22,240,000")).shares == 1


def test_shares_are_as_stated_where_no_factor_lets_anything_close() -> None:
    assert sheet(INCOME.replace("23,104\t22,240", "999\t999")).shares == 1_000


def test_a_sound_cell_may_say_what_is_printed_and_knows_its_neighbours() -> None:
    found = sheet()
    options = found.options(line(found, "Total revenues"), 0)
    assert [option.amount for option in options.options] == [(15_000_000, 1_000)]
    assert [amount and amount.value for amount in (*options.row, *options.beside)] == [12_000_000, 12_000_000]
    assert not options.is_blank


def test_a_blank_may_be_a_lost_figure_only_where_every_other_column_has_one() -> None:
    found = sheet(INCOME.replace("Other income, net\t150\t210", "Other income, net\t\t210"))
    options = found.options(line(found, "Other income"), 0)
    assert (options.is_blank, options.may_be_lost, options.options) == (True, True, ())


def test_a_figure_with_a_decimal_less_than_its_row_may_have_lost_any_digit() -> None:
    found = sheet(INCOME.replace("(0.10)\t(0.14)", "(0.1)\t(0.14)"))
    values = {option.amount.value for option in found.options(line(found, "Net loss per share"), 0).options}
    assert {Decimal("-0.10"), Decimal("-0.11"), Decimal("-0.91")} <= values
    assert Decimal("-0.22") not in values


def test_a_lone_zero_among_cents_says_nothing_and_a_dash_is_nil() -> None:
    zero = sheet(INCOME.replace("(0.10)\t(0.14)", "0\t(0.14)"))
    dash = sheet(INCOME.replace("(0.10)\t(0.14)", "-\t(0.14)"))
    assert zero.options(line(zero, "Net loss per share"), 0).options == ()
    assert [option.amount.value for option in dash.options(line(dash, "Net loss per share"), 0).options] == [0]


MILLIONS = INCOME.replace("in thousands, except per share amounts", "in millions, except per share amounts")
SHARES = "Weighted average shares outstanding, basic and diluted\t"


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ("Weighted average shares outstanding, basic and diluted (000's)\t23,104\t22,240\n", 23_104_000),
        ("Weighted average shares outstanding (in thousands):\t\t\nBasic and diluted\t23,104\t22,240\n", 23_104_000),
        ("Weighted average shares outstanding, basic and diluted (in millions)\t23.1\t22.2\n", 23_100_000),
    ],
)
def test_a_note_on_a_line_of_shares_goes_before_that_of_the_statement(lines: str, value: int) -> None:
    """Shares "(000's)" beside amounts in millions came out a thousand times too large."""
    start = MILLIONS.index(SHARES)
    found = proven(MILLIONS[:start] + lines + "\n").values
    assert {one.value for one in found if one.concept == "WeightedAverageSharesBasic" and one.column_no == 1} == {value}
