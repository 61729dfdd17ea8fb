"""What chose between readings proves nothing it chose, unless other columns would have chosen the same without it."""

from __future__ import annotations

import re

import pytest

from orchestration.filings.proof.proven_statement import prove
from orchestration.filings.tables.lines import StatementLine
from tests.unit.filings.made_up import INCOME, statements

ONE_COLUMN = re.sub(r"^(\t?[^\t\n]*\t[^\t\n]+)\t[^\t\n]*$", r"\1", INCOME, flags=re.MULTILINE).replace("\t2010\t2009", "\t2010")


def proofs(text: str) -> dict[tuple[str, int], int]:
    """How many identities prove each value, by label and column."""
    (table,) = statements(text).tables
    return {(value.label, value.column_no): value.proof_count for value in prove(table, "f").values}


def test_an_identity_is_spent_in_the_only_column_in_which_it_chose() -> None:
    line = StatementLine("Income taxes", 1, (), chosen_by=frozenset({("net_income", 0)}))
    assert line.spends("net_income", 0)
    assert not line.spends("net_income", 1)  # the first column had chosen: the second is a test of it
    assert not line.spends("balance", 0)


def test_where_two_columns_chose_the_same_each_tests_the_other() -> None:
    line = StatementLine("Income taxes", 1, (), chosen_by=frozenset({("net_income", 0), ("net_income", 1)}))
    assert not line.spends("net_income", 0)


TURNED = ("Income tax expense\t50", "Income taxes\t(50)")
STARTED = ("Costs and expenses:\t\t\n", "Memo item\t999\t888\n")


def test_a_sign_turned_because_one_sum_closes_is_not_proven_by_it() -> None:
    assert proofs(ONE_COLUMN)["Income tax expense", 1] == 1
    assert proofs(ONE_COLUMN.replace(*TURNED))["Income taxes", 1] == 0
    assert proofs(INCOME.replace("Income tax expense\t50\t40", "Income taxes\t(50)\t(40)"))["Income taxes", 1] == 1


@pytest.mark.parametrize(("total", "count"), [("15,300", 1), ("15,390", 0)])
def test_a_section_start_chosen_by_adding_up_is_proven_by_another_column_alone(total: str, count: int) -> None:
    found = proofs(INCOME.replace(*STARTED).replace("\t15,300", f"\t{total}"))
    assert found["Research and development", 1] == count


def test_a_section_that_begins_at_its_heading_was_not_chosen() -> None:
    assert proofs(INCOME.replace("\t15,300", "\t15,390"))["Research and development", 1] == 1


def test_a_scale_of_shares_that_one_column_chose_proves_no_per_share_figure() -> None:
    """Shares printed one by one under "in thousands": the factor is that with which earnings per share close."""
    text = INCOME.replace("23,104\t22,240", "23,104,000\t22,240,000").replace(
        "in thousands, except per share amounts", "in thousands"
    )
    per_share = "Net loss per share, basic and diluted"
    assert proofs(text)[per_share, 1] == 1
    assert proofs(text.replace("(0.14)", "(0.31)"))[per_share, 1] == 0


def test_a_line_set_twice_and_left_out_for_one_sum_is_not_proven_by_it() -> None:
    row = "Research and development\t9,800\t8,500\n"
    assert proofs(INCOME.replace(row, row * 2))["Research and development", 1] == 1
    broken = INCOME.replace(row, row * 2).replace("\t15,300", "\t15,390")
    assert proofs(broken).get(("Research and development", 1)) == 0
