"""What releases that were written without knowledge of the reader found, one test a fault."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.filings.made_up import INCOME, by_cell, proven

SIDES = "Net loss per share, basic and diluted\t(0.10)\t(0.14)\n"


@pytest.mark.parametrize("first", ["Consolidated net loss", "Net loss"])
def test_net_income_below_the_share_of_others_is_the_companys(first: str) -> None:
    """Of "consolidated net income", minority interests, "Net income": the first was called the company's."""
    minority = f"{first}\t(2,300)\t(3,130)\nMinority interests\t100\t130\nNet loss\t(2,200)\t(3,000)\n"
    found = by_cell(proven(INCOME.replace("Net loss\t(2,300)\t(3,130)\n", minority)))
    assert [found["NetIncomeLoss", column].value for column in (1, 2)] == [-2_200_000, -3_000_000]
    assert [found["ProfitLoss", column].value for column in (1, 2)] == [-2_300_000, -3_130_000]


@pytest.mark.parametrize("heading", ["Per common share data:", "Per share data", "Per share:"])
def test_basic_and_diluted_under_a_heading_of_per_share_data_are_earnings(heading: str) -> None:
    found = by_cell(proven(INCOME.replace(SIDES, f"{heading}\t\t\nBasic\t(0.10)\t(0.14)\nDiluted\t(0.10)\t(0.14)\n")))
    for concept in ("EarningsPerShareBasic", "EarningsPerShareDiluted"):
        assert [found[concept, column].value for column in (1, 2)] == [Decimal("-0.10"), Decimal("-0.14")]


def test_a_column_of_per_cents_needs_no_head_of_its_own() -> None:
    """A date over an amount and its share of revenue: the shares were taken for figures of a column that no date heads."""
    lines = []
    for line in INCOME.splitlines():
        label, *figures = line.split("\t")
        is_share = (
            len(figures) == 2 and all(figures) and "per share" not in label and not figures[0].startswith(("Three", "2010"))
        )
        lines.append("\t".join([label, figures[0], "10.0%", figures[1], "11.0%"]) if is_share else line)
    text = "\n".join(lines).replace("\t2010\t2009", "\t2010\t\t2009\t") + "\n"
    assert text.count("%") > 20
    found = by_cell(proven(text))
    assert found["Revenues", 1].value == 15_000_000
    assert found["NetIncomeLoss", 2].value == -3_130_000


@pytest.mark.parametrize("head", ["vs. Q1 2009", "vs. March 31, 2009", "% Change vs. 2009", "versus 2009"])
def test_a_head_that_sets_one_period_against_another_is_none(head: str) -> None:
    """The year in "vs. Q1 2015" was taken for a period, and the columns beside it lost theirs."""
    lines = []
    for line in INCOME.splitlines():
        label, *figures = line.split("\t")
        stated = len(figures) == 2 and all(figures) and figures[0] != "2010"
        lines.append("\t".join([label, *figures, "12"]) if stated else line)
    text = "\n".join(lines).replace("\t2010\t2009", f"\t2010\t2009\t{head}") + "\n"
    found = by_cell(proven(text))
    assert [found["Revenues", column].value for column in (1, 2)] == [15_000_000, 12_000_000]
    assert ("Revenues", 3) not in found
