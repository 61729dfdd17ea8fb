"""Which earnings, and of which shares, a per-share line is of."""

from __future__ import annotations

import pytest

from orchestration.filings.statements.per_share import of_a_part, words_of
from tests.unit.filings.made_up import INCOME, statements

PLAIN = INCOME[INCOME.index("Net loss per share") :].rstrip("\n") + "\n"


def owners(per_share: str) -> dict[str, str]:
    """The label of the line of each per-share and share concept, where these lines end the made-up statement."""
    (table,) = statements(INCOME.replace(PLAIN, per_share)).tables
    return {concept: item.line.label for item in table.line_items for concept in item.concepts if "Share" in concept}


def units(per_share: str) -> dict[str, tuple[bool, bool]]:
    """Whether each line states money, and whether it counts shares."""
    (table,) = statements(INCOME.replace(PLAIN, per_share)).tables
    return {item.line.label: (item.is_money, item.counts_shares) for item in table.line_items}


def test_earnings_per_depositary_share_are_not_those_per_share() -> None:
    lines = (
        "Net loss per ADS, basic and diluted\t(1.00)\t(1.40)\nNet loss per ordinary share, basic and diluted\t(0.10)\t(0.14)\n"
    )
    found = owners(lines + PLAIN.split("\n")[1] + "\n")
    assert (
        found["EarningsPerShareBasic"] == found["EarningsPerShareDiluted"] == "Net loss per ordinary share, basic and diluted"
    )
    assert units(lines)["Net loss per ADS, basic and diluted"] == (False, False)


@pytest.mark.parametrize("word", ["ADS", "ADR", "American Depositary Share", "American depositary receipt"])
def test_a_statement_with_figures_per_depositary_share_alone_has_no_earnings_per_share(word: str) -> None:
    assert not owners(f"Net loss per {word}, basic and diluted\t(1.00)\t(1.40)\n")


def test_one_figure_for_shares_and_depositary_shares_is_that_per_share() -> None:
    assert "EarningsPerShareBasic" in owners("Net loss per share and per ADS, basic and diluted\t(0.10)\t(0.14)\n")


def test_of_several_classes_none_is_the_company() -> None:
    lines = (
        "Net loss per share:\t\t\nClass A, basic and diluted\t(0.10)\t(0.14)\nClass B, basic and diluted\t(0.09)\t(0.12)\n"
        "Weighted average shares outstanding:\t\t\nClass A, basic and diluted\t20,104\t19,240\n"
        "Class B, basic and diluted\t3,000\t3,000\n"
    )
    (table,) = statements(INCOME.replace(PLAIN, lines)).tables
    assert not owners(lines)
    assert [(item.is_money, item.counts_shares) for item in table.line_items[-4:]] == [(False, False)] * 2 + [(False, True)] * 2


def test_common_stock_beside_a_class_is_a_class() -> None:
    lines = "Basic net loss per share:\t\t\nCommon stock\t(0.10)\t(0.14)\nClass B common stock\t(0.10)\t(0.14)\n"
    assert not owners(lines)


@pytest.mark.parametrize("label", ["Class A common stock", "Class A and Class B common stockholders", "common stockholders"])
def test_the_only_shares_with_earnings_are_the_company(label: str) -> None:
    found = owners(f"Net loss per share attributable to {label}:\t\t\nBasic\t(0.10)\t(0.14)\nDiluted\t(0.11)\t(0.15)\n")
    assert found == {"EarningsPerShareBasic": "Basic", "EarningsPerShareDiluted": "Diluted"}


def test_earnings_of_continuing_operations_alone_are_not_the_company() -> None:
    assert not owners("Loss per share from continuing operations, basic and diluted\t(0.08)\t(0.12)\n")
    assert not owners("Basic EPS before extraordinary item\t(0.08)\t(0.12)\n")


def test_the_whole_stands_beside_its_parts_on_both_sides() -> None:
    lines = "".join(
        f"{side} earnings (loss) per share:\t\t\nContinuing operations\t(0.07)\t(0.12)\n"
        "Discontinued operations\t(0.03)\t(0.02)\n"
        "Net loss per share\t(0.10)\t(0.14)\n"
        for side in ("Basic", "Diluted")
    )
    (table,) = statements(INCOME.replace(PLAIN, lines)).tables
    named = [(item.line.label, item.concepts) for item in table.line_items if "per share" in item.line.label]
    assert named == [("Net loss per share", ("EarningsPerShareBasic",)), ("Net loss per share", ("EarningsPerShareDiluted",))]


def test_both_continuing_and_discontinued_operations_are_the_whole() -> None:
    assert not of_a_part({0: words_of("Income per share from continuing and discontinued operations", "")})


def test_a_heading_of_a_part_says_nothing_of_a_net_figure() -> None:
    assert words_of("Net loss per share", "Loss per share from continuing operations") == "net loss per share"
