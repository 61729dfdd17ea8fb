"""A statement as read -> values with their proof."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.filings.made_up import BALANCE, INCOME, by_cell, proven


def test_every_value_of_a_sound_statement_is_read_and_proven() -> None:
    """All but the share counts: a per-share figure is too coarse to vouch for their digits."""
    for text, count in ((INCOME, 32), (BALANCE, 20)):
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


def test_one_wrong_figure_breaks_its_identities_and_says_which() -> None:
    found = proven(INCOME.replace("9,800", "8,800"))
    assert {problem.code for problem in found.problems} == {"identity_broken"}
    assert [proof.identity for proof in found.proofs if proof.outcome == "broken"] == ["expense_total"]
    assert "Research and development" in found.problems[0].message
    assert by_cell(found)["ResearchAndDevelopmentExpense", 1].proof_count == 0
    assert by_cell(found)["ResearchAndDevelopmentExpense", 2].proof_count >= 1


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
    found = proven(INCOME.replace("23,104", "2E 1O4"))
    value = by_cell(found)["WeightedAverageSharesBasic", 1]
    assert (value.value, value.status, value.proof_count) == (None, "unreadable", 0)
    assert [problem.code for problem in found.problems] == ["cell_unreadable"]


def test_two_concepts_of_one_line_are_two_values_and_one_proof() -> None:
    found = proven(INCOME)
    values = [value for value in found.values if value.label.startswith("Net loss per share") and value.column_no == 1]
    assert [value.concept for value in values] == ["EarningsPerShareBasic", "EarningsPerShareDiluted"]
    assert values[0].value_id + "b" == values[1].value_id
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
