"""Which identities may say what a cell must be: those that other columns bear out."""

from __future__ import annotations

from orchestration.filings.proof.identity_support import IdentitySupport
from orchestration.filings.proof.statement_amounts import StatementAmounts
from tests.unit.filings.made_up import BALANCE, INCOME, statements


def trust(text: str) -> IdentitySupport:
    [table] = statements(text).tables
    return IdentitySupport(StatementAmounts(table))


def trusted(text: str, number: int = 0) -> frozenset[str]:
    return trust(text).evidence(number).supported


def test_what_closes_in_the_other_column_is_trusted_though_it_breaks_in_this_one() -> None:
    assert "operating_income_from_revenues" in trusted(INCOME.replace("(2,400)", "(9,400)"))


def test_what_closes_in_this_column_alone_is_not_trusted() -> None:
    assert "operating_income_from_revenues" not in trusted(INCOME.replace("(3,300)", "(9,300)"))
    assert "operating_income_from_revenues" in trusted(INCOME.replace("(3,300)", "(9,300)"), 1)


def test_exact_is_what_closes_to_the_last_digit_in_the_other_column() -> None:
    off = INCOME.replace("Total revenues\t15,000\t12,000", "Total revenues\t15,000\t12,001")
    assert "revenue_total" in trust(INCOME).evidence(0).exact
    assert "revenue_total" in trust(off).evidence(0).supported - trust(off).evidence(0).exact


def test_a_line_that_is_nil_wherever_the_sum_closes_may_be_no_part_of_it() -> None:
    """Its own name does not say that it is a part, and it stands at no place that does."""
    text = INCOME.replace("Selling, general", "Sundry matters\t700\t-\nSelling, general")
    assert "expense_total" not in trusted(text)
    assert "expense_total" in trusted(text.replace("700\t-", "700\t300").replace("15,300", "15,600"))


def test_a_line_within_a_section_of_the_balance_sheet_is_a_part_of_its_total_also_where_it_was_nil() -> None:
    text = BALANCE.replace("Inventory", "Sundry matters\t700\t-\nInventory")
    assert "current_assets_total" in trusted(text)


def test_a_line_of_either_sign_needs_a_second_column_that_shows_its_sign() -> None:
    found = trust(INCOME.replace("Income tax expense", "Other gains and losses\t(60)\t(50)\nIncome tax expense"))
    labels = [item.line.label for item in found.sheet.table.line_items]
    assert found.supports_sign(labels.index("Total revenues"), 0)
    assert not found.supports_sign(labels.index("Other gains and losses"), 0)
