"""The passes of the tables: each by name, each switchable, each traced."""

from __future__ import annotations

import pytest

from orchestration.filings.documents.detect import read_document
from orchestration.filings.reader import read_filing
from orchestration.filings.statements.passes import PASSES, runner_without
from orchestration.filings.statements.read import Statements, read_statements
from orchestration.filings.tables.trace import Trace, TracedChange, TracedChoice
from tests.conftest import ROOT
from tests.unit.filings.made_up import BALANCE, INCOME

ROW = "Research and development\t9,800\t8,500"
WRAPPED = INCOME.replace(ROW, "Research and development\t9,800\n8,500")
SHIFTED = INCOME.replace(ROW, "Research and development\t\t9,800")
TWICE = INCOME.replace(ROW, f"{ROW}\n{ROW}")
DAMAGED = ROOT / "data" / "raw" / "immunogen" / "immunogen-2011-04-28.txt"
SWITCHABLE = [one.name for one in PASSES if one.otherwise]


def read(text: str, off: tuple[str, ...] = (), trace: Trace | None = None) -> Statements:
    return read_statements(read_document(text).document, runner_without(off, trace))


def test_each_pass_has_a_name_of_its_own() -> None:
    assert len({one.name for one in PASSES}) == len(PASSES)


@pytest.mark.parametrize("name", ["rejoin_wrapped_row", "place_rows"])
def test_only_a_pass_that_something_can_stand_in_for_is_switched_off(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        runner_without([name])


@pytest.mark.parametrize("name", SWITCHABLE)
def test_the_reader_goes_on_without_any_one_pass(name: str) -> None:
    for text in (BALANCE + INCOME, WRAPPED, SHIFTED, TWICE):
        assert read(text, (name,)).tables
    assert read_filing(DAMAGED.read_bytes(), DAMAGED.name, runner=runner_without([name])).filing.status


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (WRAPPED, "rejoin_wrapped_rows"),
        (SHIFTED, "with_rows_shifted_back"),
        (TWICE, "without_repeated_lines"),
        (INCOME.replace("(2,400)\t(3,300)", "2,400\t3,300"), "with_signs"),
    ],
)
def test_a_pass_mends_what_stays_broken_without_it_and_says_so(text: str, name: str) -> None:
    """No pass could be left out, nor seen at work: a wrong row was traced by hand through a dozen functions."""
    trace = Trace()
    mended = read(text, trace=trace)
    assert mended.tables != read(text, (name,)).tables
    assert any(entry.step == name for entry in trace.entries)


def test_a_change_is_told_by_line_before_and_after() -> None:
    trace = Trace()
    read(WRAPPED, trace=trace)
    line = 1 + WRAPPED.splitlines().index("Research and development\t9,800")
    told = [entry for entry in trace.entries if isinstance(entry, TracedChange) and entry.step == "rejoin_wrapped_rows"]
    assert told[0] == TracedChange(
        "rejoin_wrapped_rows", line, "Research and development | 9,800", "Research and development | 9,800 | 8,500"
    )
    assert (told[1].line, told[1].after) == (line + 1, "")


def test_the_header_is_told_with_its_columns_and_the_way_that_won() -> None:
    trace = Trace()
    read(INCOME, trace=trace)
    chosen = {entry.step: entry for entry in trace.entries if isinstance(entry, TracedChoice)}
    assert "2 columns of figures" in chosen["header"].chosen
    assert "2010-03-31 3m" in chosen["header"].chosen
    assert chosen["heads"].score is not None
    assert chosen["heads"].runner_up


def test_a_trace_changes_nothing() -> None:
    for text in (INCOME, WRAPPED, SHIFTED, TWICE):
        assert read(text, trace=Trace()) == read(text)
