"""Two values for one thing in one filing."""

from __future__ import annotations

import pytest

from orchestration.filings.proof.rivals import without_coarser_prints
from orchestration.filings.reader import read_filing
from tests.unit.filings.made_up import INCOME, made_up, statements

SEGMENT = INCOME.replace("15,000\t12,000", "7,500\t6,000").replace("12,500\t10,100", "5,000\t4,100")


def test_two_tables_that_state_one_thing_differently_prove_neither() -> None:
    """A subsidiary's statement adds up as well: both revenues were proven."""
    alone = read_filing(made_up(), "0000000001/release.txt")
    both = read_filing(made_up(f"{INCOME}\nAcme Operating LLC\n\n{SEGMENT}"), "0000000001/release.txt")
    proven = {value.proof_count > 0 for value in alone.values if value.concept == "Revenues"}
    disputed = [value for value in both.values if value.concept == "Revenues"]
    assert proven == {True}
    assert len({value.value for value in disputed}) == 4
    assert {value.proof_count for value in disputed} == {0}
    assert "rival_values" in {problem.code for problem in both.problems}


def test_the_whole_columns_of_two_statements_that_differ_are_not_proven() -> None:
    """A segment's revenues had a rival; its operating expenses had none in the other table, and were proven."""
    both = read_filing(made_up(f"{INCOME}\nAcme Operating LLC\n\n{SEGMENT}"), "0000000001/release.txt")
    assert {value.proof_count for value in both.values if value.statement == "income_statement"} == {0}
    assert any(value.proof_count for value in both.values if value.statement == "balance_sheet")


def test_a_statement_of_parts_one_below_the_other_is_not_proven() -> None:
    """Two segments stood as sections of one table under the registrant's name: the first was proven to be the whole."""
    body = INCOME.partition("2010\t2009\n")[2].strip("\n")
    sections = INCOME.replace(body, f"VALVES\t\t\n{body}\nPUMPS\t\t\n{body.replace('00', '50')}")
    found = read_filing(made_up(sections), "0000000001/release.txt")
    assert "totals_repeated" in {problem.code for problem in found.problems}
    assert {value.proof_count for value in found.values if value.statement == "income_statement"} == {0}


def test_a_value_told_twice_alike_is_no_rival() -> None:
    twice = read_filing(made_up(f"{INCOME}\nOnce more\n\n{INCOME}"), "0000000001/release.txt")
    assert "rival_values" not in {problem.code for problem in twice.problems}


HIGHLIGHTS = """Financial Highlights{basis} ({unit})

\tThree Months Ended March 31,\t
\t2010\t2009
Total revenues\t{revenues}\t{before}
Loss from operations\t{loss}\t{loss_before}
Net loss\t{net}\t{net_before}

"""
AS_STATED = {
    "basis": "", "unit": "in thousands", "revenues": "15,000", "before": "12,000", "loss": "(2,400)", "loss_before": "(3,300)",
    "net": "(2,300)", "net_before": "(3,130)",
}  # fmt: skip


def proven_beside(**other: str) -> tuple[bool, bool]:
    """Whether revenues are proven beside highlights that say something else, and whether a problem names rivals."""
    found = read_filing(made_up(HIGHLIGHTS.format(**AS_STATED | other) + INCOME), "0000000001/release.txt")
    own = [value for value in found.values if value.concept == "Revenues" and value.column_no == 1]
    assert len(own) == 1
    return own[0].proof_count > 0, any(problem.code == "rival_values" for problem in found.problems)


def test_highlights_that_state_another_value_cancel_its_proof() -> None:
    assert proven_beside() == (True, False)
    assert proven_beside(revenues="15,400") == (False, True)


@pytest.mark.parametrize(
    "other",
    [
        {"basis": ", Non-GAAP", "revenues": "15,400"},
        {"basis": ": Segment Results", "revenues": "15,400"},
        {"unit": "in millions", "revenues": "15.0", "before": "12.0", "loss": "(2.4)", "loss_before": "(3.3)", "net": "(2.3)",
         "net_before": "(3.1)"},
        {"unit": "in millions", "revenues": "16", "before": "12", "loss": "(2)", "loss_before": "(3)", "net": "(2)",
         "net_before": "(3)"},
    ],
    ids=["non-GAAP", "a segment's", "rounded", "too coarse"],
)  # fmt: skip
def test_what_is_of_something_else_or_rounded_is_no_rival(other: dict[str, str]) -> None:
    assert proven_beside(**other) == (True, False)


def test_highlights_that_print_the_same_figures_more_coarsely_are_no_second_statement() -> None:
    """Titled as a statement, they were proven in millions beside the statement in thousands."""
    rows = "Revenues\t15\t12\nLoss from operations\t(2)\t(3)\nNet loss\t(2)\t(3)\n"
    title = "Statements of Operations Highlights (in millions)\n\n\tThree Months Ended March 31,\t\n\t2010\t2009\n"
    found = statements(f"{title}{rows}\n{INCOME}")
    kept = without_coarser_prints(found)
    assert [len(one.tables) for one in (found, kept)] == [2, 1]
    assert kept.tables[0].scale.money == 1_000
    assert kept.aside[-1].scale.money == 1_000_000
    other = without_coarser_prints(statements(f"{title}{rows.replace('15', '19')}\n{INCOME}"))
    assert len(other.tables) == 2
