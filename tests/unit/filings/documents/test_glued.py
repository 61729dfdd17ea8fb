"""Figures that ran together: the ways to part them, and which way adds up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.documents.glued import Figure, Way, settled, ways


def figures(*texts: str) -> tuple[Figure, ...]:
    found, at = [], 0
    for text in texts:
        found.append(Figure(text, at, at + len(text)))
        at += len(text)
    return tuple(found)


def texts(way: Way | None) -> list[str] | None:
    return None if way is None else [figure.text for figure in way]


def test_twelve_digits_for_four_columns_part_in_one_way() -> None:
    assert [texts(way) for way in ways(figures("252208906873"), 4)] == [["252", "208", "906", "873"]]


def test_fewer_digits_leave_several_ways() -> None:
    found = [texts(way) for way in ways(figures("3451135214"), 4)]
    assert ["34", "51", "135", "214"] in found
    assert len(found) == 10


def test_the_way_that_adds_up_is_taken() -> None:
    rows = [
        [figures("1,872", "2,411", "7,676", "8,911")],
        [figures("252", "208", "906", "873")],
        ways(figures("3451135214"), 4),
        [figures("2,158", "2,670", "8,717", "9,998")],
    ]
    assert texts(settled(rows)[2]) == ["34", "51", "135", "214"]


def test_ways_that_do_not_add_up_are_none() -> None:
    rows = [[figures("1,872", "2,411", "7,676", "8,911")], ways(figures("3451135214"), 4), [figures("9,999", "1", "2", "3")]]
    assert settled(rows)[1] is None


def test_a_year_or_a_note_is_no_run_of_figures() -> None:
    assert ways(figures("2023"), 4) == []
    assert ways(figures("5"), 4) == []
    assert ways(figures("100,000"), 2) == []


@given(st.lists(st.integers(100, 999), min_size=2, max_size=8))
def test_figures_of_three_digits_part_again(numbers: list[int]) -> None:
    printed = [str(number) for number in numbers]
    assert [texts(way) for way in ways(figures("".join(printed)), len(printed))] == [printed]


@given(st.lists(st.text("0123456789,()", min_size=1, max_size=30), max_size=5), st.integers(1, 8))
def test_any_run_is_parted_without_an_error(run: list[str], count: int) -> None:
    for way in ways(figures(*run), count):
        assert len(way) == count
        assert "".join(figure.text for figure in way) == "".join(run)
