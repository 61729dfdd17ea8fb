"""Which filings are at fault: as few as may be, chosen by evidence and never by order."""

import itertools
from datetime import date

import pytest

from orchestration.build.judgement import at_fault
from orchestration.build.rounds import MOST_ROUNDS, Rounds
from orchestration.warehouse.suspects import Standing, Violation

SOUND = Standing("c", 0.9, date(2010, 5, 1))
THIN = Standing("c", 0.2, date(2010, 5, 1))
LATER = Standing("c", 0.9, date(2011, 5, 1))
OTHER = Standing("d", 0.9, date(2010, 5, 1))


def broken(*suspects):
    return Violation("staging/suite/rule", "Something holds.", "filing_id " + " ".join(suspects), suspects)


@pytest.mark.parametrize(
    ("rows", "standings", "chosen"),
    [
        ([broken("a")], {"a": SOUND}, {"a"}),
        ([broken("a", "b")], {"a": SOUND, "b": THIN}, {"b"}),
        ([broken("a", "b")], {"a": SOUND, "b": LATER}, {"b"}),
        # One that contradicts two others is at fault, however well it is proven; so is one that contradicts itself.
        ([broken("a", "b"), broken("b", "c")], {"a": THIN, "b": SOUND, "c": THIN}, {"b"}),
        ([broken("a", "b"), broken("a")], {"a": SOUND, "b": THIN}, {"a"}),
        # Nobody to blame: the warehouse is broken, or the filing is kept out already.
        ([broken()], {"a": SOUND}, set()),
        ([broken("gone")], {"a": SOUND}, set()),
    ],
)
def test_as_few_filings_as_may_be_are_at_fault_in_any_order(rows, standings, chosen):
    for some in itertools.permutations(rows):
        assert at_fault(some, standings) == chosen
        assert at_fault(some, dict(reversed(standings.items()))) == chosen


def test_a_round_writes_down_the_rule_and_the_rows_of_each_filing(tmp_path):
    rounds = Rounds(tmp_path)
    assert rounds.broken_rules() == []
    assert rounds.keep_out([broken("a"), broken("a", "b")], {"a": SOUND, "b": SOUND})
    assert rounds.keep_out([broken("b")], {"b": SOUND})
    found = Rounds(tmp_path).broken_rules()
    assert [(one.filing_id, one.round_no, one.broken_row) for one in found] == [
        ("a", 1, "filing_id a"),
        ("a", 1, "filing_id a b"),
        ("b", 2, "filing_id b"),
    ]
    assert found[0].reason == "staging/suite/rule: Something holds. Not so: filing_id a"


def test_a_company_that_breaks_rules_again_and_again_is_kept_out_whole_and_no_other(tmp_path):
    standings = dict.fromkeys("abcx", SOUND) | {"o": OTHER}
    rounds = Rounds(tmp_path)
    for name in "abc":
        assert rounds.keep_out([broken(name)], standings)
        del standings[name]
    last = [one for one in rounds.broken_rules() if one.round_no == 3]
    assert [(one.filing_id, one.rule) for one in last] == [("c", "staging/suite/rule"), ("x", "build/whole_company")]


def test_there_are_but_a_few_rounds_and_none_without_a_filing_at_fault(tmp_path):
    rounds = Rounds(tmp_path)
    assert not rounds.keep_out([broken()], {"a": SOUND})
    for number in range(MOST_ROUNDS):
        assert rounds.keep_out([broken(f"f{number}")], {f"f{number}": SOUND._replace(company_id=f"c{number}")})
    assert not rounds.keep_out([broken("one more")], {"one more": OTHER})


def test_many_rows_of_one_rule_are_shown_as_a_few(tmp_path):
    rounds = Rounds(tmp_path)
    rounds.keep_out([broken("a")] * 1000, {"a": SOUND})
    assert len(rounds.broken_rules()) == 20
