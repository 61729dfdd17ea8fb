"""Columns that state no period: per cents of revenue, and changes against another period, beside columns that do."""

from __future__ import annotations

import pytest

from tests.unit.filings.made_up import INCOME, by_cell, proven


def test_a_column_of_per_cents_needs_no_header_of_its_own() -> None:
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
def test_a_header_that_compares_two_periods_heads_no_period(head: str) -> None:
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
