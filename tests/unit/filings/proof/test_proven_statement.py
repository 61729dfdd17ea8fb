"""A statement as read -> values with their proof."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from orchestration.filings.proof.proof_count import with_prose_proofs
from orchestration.filings.proof.proven_statement import ProvenStatement
from orchestration.filings.records import Figure, Value
from tests.unit.filings.made_up import BALANCE, CASH_FLOW, INCOME, by_cell, proven

EPS = "Net loss per share, basic and diluted"


def test_every_value_of_a_sound_statement_is_read_and_proven() -> None:
    """All but the share counts: a per-share figure is too coarse to vouch for their digits."""
    for text, count in ((INCOME, 32), (BALANCE, 20), (CASH_FLOW, 30)):
        found = proven(text)
        assert len(found.values) == count
        assert {value.status for value in found.values} == {"as_read"}
        assert [value.concept for value in found.values if not value.proof_count and value.unit != "shares"] == []
        assert not found.problems
        assert not found.candidates


def test_units_scales_and_roundings() -> None:
    cells = by_cell(proven(INCOME))
    told = {name: (cells[name, 1].value, cells[name, 1].unit, cells[name, 1].rounding) for name in
            ("Revenues", "EarningsPerShareBasic", "WeightedAverageSharesDiluted")}  # fmt: skip
    assert told == {
        "Revenues": (15_000_000, "USD", 1_000),
        "EarningsPerShareBasic": (Decimal("-0.10"), "USD/share", Decimal("0.01")),
        "WeightedAverageSharesDiluted": (23_104_000, "shares", 1_000),
    }


@pytest.mark.parametrize(
    ("shares", "words"), [("23,104,000", "amounts"), ("23,104", "data and share data"), ("23.104", "amounts")]
)
def test_the_scale_of_shares_is_the_one_at_which_per_share_figures_close(shares: str, words: str) -> None:
    text = INCOME.replace("23,104\t22,240", f"{shares}\t{shares.replace('23', '22').replace('104', '240')}")
    found = by_cell(proven(text.replace("per share amounts", f"per share {words}")))
    assert found["WeightedAverageSharesBasic", 1].value == 23_104_000


@pytest.mark.parametrize("label", ["Shares outstanding at end of period", "Shares used in per share calculation"])
def test_a_count_of_shares_without_a_concept_is_no_amount_a_share(label: str) -> None:
    found = by_cell(proven(f"{INCOME.rstrip()}\n{label}\t23,500\t22,900\n"))
    value = found.get((label, 1)) or found["WeightedAverageSharesBasic", 1]
    assert value.unit == "shares"


@pytest.mark.parametrize("row", ["Gross margin %\t65%\t63%", "Effective tax rate\t35%\t34%"])
def test_a_percentage_is_no_money(row: str) -> None:
    text = INCOME.replace("Income tax expense", f"{row}\nIncome tax expense")
    assert not [
        value
        for value in proven(text).values
        if value.label == row.split("\t", maxsplit=1)[0] and value.unit == "USD" and value.value
    ]


def test_a_figure_that_one_of_several_lines_has_wrong_is_none_of_theirs() -> None:
    """8,800 for 9,800: as well as this line another may have lost the thousand, so neither is told."""
    found = proven(INCOME.replace("9,800", "8,800"))
    cells = by_cell(found)
    assert {problem.code for problem in found.problems} == {"cell_unreadable", "identity_withheld"}
    assert cells["ResearchAndDevelopmentExpense", 1].status == "unreadable"
    assert cells["ResearchAndDevelopmentExpense", 2].proof_count >= 1
    assert [proof.identity for proof in found.proofs if proof.outcome == "broken"] == []


def test_where_no_change_mends_a_sum_the_figures_that_nothing_else_vouches_for_are_withheld() -> None:
    found = proven(INCOME.replace("9,800", "6,513"))
    cells = by_cell(found)
    assert cells["ResearchAndDevelopmentExpense", 1].status == "unreadable"
    assert cells["OperatingExpenses", 1].status == "as_read"
    assert cells["OperatingExpenses", 1].proof_count == 0, "it may have been changed with a result that it closes with"
    assert [proof.identity for proof in found.proofs if proof.outcome == "broken"] == []
    (withheld,) = [problem for problem in found.problems if problem.code == "identity_withheld"]
    assert "expense_total does not close" in withheld.message
    assert "Research and development" in withheld.message
    assert any("is withheld, for expense_total" in problem.message for problem in found.problems)


def test_a_total_with_a_changed_digit_is_repaired_with_a_certificate() -> None:
    """17,400 stands in two sums that agree on it; what forced it proves it no more."""
    found = proven(INCOME.replace("17,400", "17,100"))
    value = by_cell(found)["OperatingExpenses", 1]
    assert (value.value, value.status, value.raw_text) == (17_400_000, "repaired", "17,100")
    certificate = next(one for one in found.certificates if one.value_id == value.value_id)
    assert (certificate.raw_text, certificate.change) == ("17,100", "one_digit")
    assert set(certificate.forced_by) | set(certificate.confirmed_by) == {"expense_total", "operating_income_from_revenues"}
    assert certificate.forced_by
    assert certificate.runner_up_cost is None or certificate.runner_up_cost >= certificate.cost + 4
    assert value.proof_count == len(certificate.confirmed_by)


def test_a_lost_per_share_figure_follows_from_net_income_and_shares() -> None:
    found = by_cell(proven(INCOME.replace("(0.10)", "")))
    value = found["EarningsPerShareBasic", 1]
    assert (value.value, value.status, value.proof_count) == (Decimal("-0.10"), "implied", 0)


def test_a_per_share_figure_that_lost_its_last_digit_is_not_proven_as_it_stands() -> None:
    """0.1 beside 0.14: whatever stands there, it is not a figure of one decimal."""
    value = by_cell(proven(INCOME.replace("(0.10)", "(0.1)")))["EarningsPerShareBasic", 1]
    assert (value.value, value.status) in {(Decimal("-0.10"), "repaired"), (None, "unreadable")}


@pytest.mark.parametrize(
    ("printed", "value"),
    [("9,8OO", 9_800_000), ("9.800", 9_800_000), ("9 800", 9_800_000), ("9,8#0", 9_800_000), ("9,80", 9_800_000)],
)
def test_damaged_characters_are_read_as_the_figure_that_closes(printed: str, value: int) -> None:
    found = by_cell(proven(INCOME.replace("9,800", printed)))["ResearchAndDevelopmentExpense", 1]
    assert (found.value, found.status) == (value, "repaired")


def test_prose_that_rounds_proves_nothing_alone() -> None:
    values = proven(INCOME.replace("23,104", "23,114")).values
    shares = next(value for value in values if value.concept == "WeightedAverageSharesBasic")
    income = next(value for value in values if value.concept == "Revenues")
    told = [figure_of(shares, Decimal(100_000)), figure_of(income, Decimal(100_000))]
    filled = {value.value_id: value.proof_count for value in with_prose_proofs(values, told, ())}
    assert (filled[shares.value_id], filled[income.value_id]) == (0, income.proof_count + 1)
    exact = with_prose_proofs(values, [figure_of(shares, Decimal(1_000))], ())
    assert {value.value_id: value.proof_count for value in exact}[shares.value_id] == 1


def test_prose_that_decided_a_repair_proves_no_concept_of_the_cell() -> None:
    """A cell "basic and diluted" was proven for the diluted figure by the prose that had chosen its repair."""
    found = proven(INCOME.replace("17,400", "17,100"))
    basic, diluted = (replace(one, proof_count=0) for one in by_label(found, EPS) if one.column_no == 1)
    repair = replace(found.certificates[0], value_id=basic.cell_id, is_told_outside=True)
    assert with_prose_proofs((basic, diluted), [figure_of(diluted, Decimal("0.01"))], [repair]) == (basic, diluted)


def figure_of(value: Value, rounding: Decimal) -> Figure:
    """A figure told in prose that meets a value."""
    return Figure(
        "f", value.filing_id, value.concept, value.value or Decimal(0), value.unit, rounding, value.period_end,
        value.duration_months, "match", value.value_id, "", "", 1, 0, 1,
    )  # fmt: skip


def test_a_lost_cell_is_implied_and_not_proven_by_what_implied_it() -> None:
    found = proven(INCOME.replace("Research and development\t9,800", "Research and development\t"))
    value = by_cell(found)["ResearchAndDevelopmentExpense", 1]
    assert (value.value, value.status, value.raw_text, value.proof_count) == (9_800_000, "implied", None, 0)
    assert [candidate.kind for candidate in found.candidates] == ["identity"]


def test_an_identity_spent_on_a_lost_cell_proves_none_of_the_others() -> None:
    """It closes whatever the others say, so it is no evidence for them."""
    found = by_cell(proven(INCOME.replace("Research and development\t9,800", "Research and development\t")))
    assert found["SellingGeneralAndAdministrativeExpense", 1].proof_count == 0
    assert found["SellingGeneralAndAdministrativeExpense", 2].proof_count == 1


def test_a_lost_result_between_two_identities_is_implied_and_proven_by_neither() -> None:
    """The sum is spent on implying it, and the per-share figure proves itself alone."""
    found = by_cell(proven(INCOME.replace("Net loss\t(2,300)", "Net loss\t")))
    value = found["NetIncomeLoss", 1]
    assert (value.value, value.status, value.proof_count) == (-2_300_000, "implied", 0)
    assert found["EarningsPerShareBasic", 1].proof_count == 1
    assert found["IncomeTaxExpenseBenefit", 1].proof_count == 0


def test_a_per_share_figure_proves_neither_the_shares_nor_the_result_behind_it() -> None:
    """0.10 x 23,104 is 2,300 for any number of shares from 21,900 to 24,210."""
    found = by_cell(proven(INCOME.replace("23,104", "22,104")))
    assert found["WeightedAverageSharesBasic", 1].proof_count == 0
    assert found["EarningsPerShareBasic", 1].proof_count == 1
    assert {proof.identity for proof in proven(INCOME).proofs if proof.outcome == "closed"} >= {"eps_basic", "net_income"}


def test_a_sum_off_by_its_roundings_proves_nothing_where_every_other_column_is_exact() -> None:
    found = by_cell(proven(INCOME.replace("9,800", "9,801")))
    assert found["ResearchAndDevelopmentExpense", 1].proof_count == 0
    assert found["ResearchAndDevelopmentExpense", 2].proof_count == 1


def test_a_cell_that_nothing_tells_is_unreadable_and_said_to_be() -> None:
    """A digit that no per-share figure is fine enough to tell."""
    found = proven(INCOME.replace("23,104", "23,1E4"))
    value = by_cell(found)["WeightedAverageSharesBasic", 1]
    assert (value.value, value.status, value.proof_count) == (None, "unreadable", 0)
    assert [problem.code for problem in found.problems] == ["cell_unreadable"]


def test_two_concepts_of_one_line_are_two_values_and_one_proof() -> None:
    found = proven(INCOME)
    values = [value for value in found.values if value.label.startswith("Net loss per share") and value.column_no == 1]
    assert [value.concept for value in values] == ["EarningsPerShareBasic", "EarningsPerShareDiluted"]
    assert [value.cell_id for value in values] == [values[0].value_id] * 2
    assert values[0].value_id != values[1].value_id
    assert [value.proof_count for value in values] == [1, 1]


def test_a_column_without_a_period_is_not_read_and_said_to_be() -> None:
    text = INCOME.replace("\tThree Months Ended March 31,\t\n", "")
    found = proven(text)
    assert not found.values
    assert [problem.code for problem in found.problems] == ["column_without_period"] * 2


def test_a_proof_names_its_values_and_its_formula() -> None:
    found = proven(INCOME)
    proof = next(proof for proof in found.proofs if proof.identity == "revenue_total")
    assert proof.formula == "Total revenues = Product sales + Collaboration revenue"
    assert set(proof.value_ids) <= {value.value_id for value in found.values}
    assert (proof.outcome, proof.residual) == ("closed", 0)


def test_a_column_of_changes_leaves_the_other_columns_readable() -> None:
    lines = [
        line + ("\tChange" if line == "\t2010\t2009" else "\t12%" if line[-1:].isdigit() or line[-1:] == ")" else "")
        for line in INCOME.split("\n")
    ]
    lines[0] = INCOME.split("\n", maxsplit=1)[0]
    truth, found = proven(INCOME), proven("\n".join(lines))
    told = [
        {(value.concept or value.label, value.period_end): value.value for value in one.values if value.period_end}
        for one in (truth, found)
    ]
    assert told[1] == told[0]


def test_a_per_share_figure_without_its_cents_is_not_proven_by_a_product_that_wide() -> None:
    """`0.O4` read as 0: half a dollar either side, times the shares, holds any net income."""
    value = by_cell(proven(INCOME.replace("(0.10)", "0")))["EarningsPerShareBasic", 1]
    assert value.proof_count == 0


def test_a_line_of_nils_is_proven_by_no_sum() -> None:
    """It fits into every sum, so none says what it is."""
    text = INCOME.replace("Collaboration revenue\t2,500\t1,900", "Collaboration revenue\t2,500\t1,900\nOther revenue\t—\t—")
    values = [value for value in proven(text).values if value.label == "Other revenue"]
    assert [(value.value, value.proof_count) for value in values] == [(0, 0), (0, 0)]


def test_a_sum_that_closes_only_where_a_line_is_nil_says_nothing_of_that_line() -> None:
    """Closing in 2009 without restructuring does not show that restructuring belongs to the total in 2010."""
    text = INCOME.replace("Total costs", "Restructuring\t600\t—\nTotal costs").replace("9,800", "9,2O#")
    cells = by_cell(proven(text))
    assert cells["ResearchAndDevelopmentExpense", 1].status == "unreadable"


def test_a_whole_copy_in_worse_quality_is_never_sure() -> None:
    """`(0.00)` in a ghost row was taken for the earnings per share of a row that was cut off."""
    ghost = "Net l0ss per share, basic amd diluted\t(0.00)\t(0.14)\nNet loss per share, basic and diluted\t(0.1#)"
    text = INCOME.replace("Net loss per share, basic and diluted\t(0.10)", ghost)
    value = by_cell(proven(text)).get(("EarningsPerShareBasic", 1))
    assert value is None or value.value in {None, Decimal("-0.10")}


def test_a_figure_of_nought_with_fewer_decimals_than_its_row_has_lost_a_digit() -> None:
    """`(0.0)` beside `(0.14)` is what is left of a per-share loss, and no nil."""
    value = by_cell(proven(INCOME.replace("(0.10)", "(0.0)")))["EarningsPerShareBasic", 1]
    assert value.value != 0


def test_a_part_and_its_total_that_were_changed_alike_are_not_proven_by_each_other() -> None:
    """Other income 888 -> 988 and income before taxes 1,983 -> 2,083 close with each other; the net income does not follow."""
    names = ("ResearchAndDevelopmentExpense", "OperatingExpenses")
    truth = by_cell(proven(INCOME))
    text = INCOME
    for name in names:
        printed = f"{int(truth[name, 1].value or 0) // 1_000:,}"
        text = text.replace(printed, f"{int(truth[name, 1].value or 0) // 1_000 + 100:,}", 1)
    cells = by_cell(proven(text))
    wrong = [name for name in names if cells[name, 1].value not in {None, truth[name, 1].value} and cells[name, 1].proof_count]
    assert not wrong


def test_a_line_that_may_go_in_with_either_sign_is_not_proven_by_the_only_column_that_shows_it() -> None:
    """`(26,609)` less a lost parenthesis was read as a gain, and proven: the line was turned until the one sum closed."""
    table = """Condensed Consolidated Statements of Operations (in thousands)

\tThree Months Ended June 30,\t
\t2011\t2010
Income from operations\t1,500\t900
Write-down of investments\t{figure}\t{other}
Income before income taxes\t1,300\t700
Provision for income taxes\t300\t200
Net income\t1,000\t500
"""
    sound = by_label(proven(table.format(figure="(200)", other="(200)")), "Write-down of investments")
    assert [(value.value, value.proof_count) for value in sound] == [(-200_000, 1), (-200_000, 1)]
    struck = by_label(
        proven(table.format(figure="200", other="-").replace("700", "900").replace("500", "700")), "Write-down of investments"
    )
    assert struck[0].proof_count == 0


def by_label(found: ProvenStatement, label: str) -> list[Value]:
    return [value for value in found.values if value.label == label]
