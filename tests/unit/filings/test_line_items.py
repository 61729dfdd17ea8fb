"""Line items of a whole statement: net income beside noncontrolling interests, earnings per share under a heading."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.filings.made_up import INCOME, by_cell, proven

PER_SHARE = "Net loss per share, basic and diluted\t(0.10)\t(0.14)\n"


@pytest.mark.parametrize("first", ["Consolidated net loss", "Net loss"])
def test_net_income_below_noncontrolling_interests_is_the_companys(first: str) -> None:
    """Of "consolidated net income", minority interests, "Net income": the first was called the company's."""
    minority = f"{first}\t(2,300)\t(3,130)\nMinority interests\t100\t130\nNet loss\t(2,200)\t(3,000)\n"
    found = by_cell(proven(INCOME.replace("Net loss\t(2,300)\t(3,130)\n", minority)))
    assert [found["NetIncomeLoss", column].value for column in (1, 2)] == [-2_200_000, -3_000_000]
    assert [found["ProfitLoss", column].value for column in (1, 2)] == [-2_300_000, -3_130_000]


@pytest.mark.parametrize("heading", ["Per common share data:", "Per share data", "Per share:"])
def test_basic_and_diluted_under_a_heading_of_per_share_data_are_earnings_per_share(heading: str) -> None:
    found = by_cell(proven(INCOME.replace(PER_SHARE, f"{heading}\t\t\nBasic\t(0.10)\t(0.14)\nDiluted\t(0.10)\t(0.14)\n")))
    for concept in ("EarningsPerShareBasic", "EarningsPerShareDiluted"):
        assert [found[concept, column].value for column in (1, 2)] == [Decimal("-0.10"), Decimal("-0.14")]


@pytest.mark.parametrize("tax", ["(200)", "200"])
def test_what_is_called_operating_income_within_discontinued_operations_is_theirs(tax: str) -> None:
    """A misprinted sign in that section broke the sum of net income, and the filing was kept out."""
    section = (
        "Loss from continuing operations\t(2,300)\t(3,130)\nDiscontinued operations:\t\t\nOperating loss\t(700)\t(600)\n"
        f"Tax benefit\t300\t{tax}\nNet loss from discontinued operations\t(400)\t(400)\nNet loss\t(2,700)\t(3,530)\n"
    )
    found = proven(INCOME.replace("Net loss\t(2,300)\t(3,130)\n", section).replace("(0.10)\t(0.14)", "(0.12)\t(0.16)"))
    assert [by_cell(found)["NetIncomeLoss", column].value for column in (1, 2)] == [-2_700_000, -3_530_000]
    assert not any(problem.code == "identity_broken" for problem in found.problems)


def test_a_step_between_costs_and_income_before_taxes_is_no_part_of_either() -> None:
    """ "Income from operations before interest and income taxes" was added to what it leads to, and the filing kept out."""
    steps = (
        "Trading surplus on the year's business\t(2,400)\t(3,300)\nOther income, net\t150\t210\n"
        "Loss before income taxes\t(2,250)\t(3,090)\nProvision for income taxes\t50\t40\nNet loss\t(2,300)\t(3,130)\n"
    )
    found = proven(INCOME[: INCOME.index("Loss from operations")] + steps + INCOME[INCOME.index(PER_SHARE) :])
    assert [by_cell(found)["IncomeLossBeforeIncomeTaxes", column].value for column in (1, 2)] == [-2_250_000, -3_090_000]
    assert not any(problem.code == "identity_broken" for problem in found.problems)
    assert by_cell(found)["Revenues", 1].proof_count > 0, "revenues are no step from themselves to one of their lines"
