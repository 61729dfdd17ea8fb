"""Two values for one thing in one filing."""

from __future__ import annotations

from orchestration.filings.reader import read_filing
from tests.unit.filings.made_up import INCOME, made_up

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


def test_a_value_told_twice_alike_is_no_rival() -> None:
    twice = read_filing(made_up(f"{INCOME}\nOnce more\n\n{INCOME}"), "0000000001/release.txt")
    assert "rival_values" not in {problem.code for problem in twice.problems}
