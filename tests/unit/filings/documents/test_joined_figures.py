"""Rows with fewer figures than columns: the ways to part and to place them, and which way adds up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.documents.joined_figures import (
    ColumnAssignment,
    FigureSpan,
    blank_assignments,
    chosen_by_sums,
    split_assignments,
)


def figures(*texts: str) -> tuple[FigureSpan, ...]:
    found, at = [], 0
    for text in texts:
        found.append(FigureSpan(text, at, at + len(text)))
        at += len(text)
    return tuple(found)


def texts(way: ColumnAssignment | None) -> list[str] | None:
    return None if way is None else [figure.text for figure in way]


def test_twelve_digits_for_four_columns_part_in_one_way() -> None:
    assert [texts(way) for way in split_assignments(figures("252208906873"), 4)] == [["252", "208", "906", "873"]]


def test_fewer_digits_leave_several_ways() -> None:
    found = [texts(way) for way in split_assignments(figures("3451135214"), 4)]
    assert ["34", "51", "135", "214"] in found
    assert len(found) == 10


def test_the_way_that_adds_up_is_taken() -> None:
    rows = [
        [figures("1,872", "2,411", "7,676", "8,911")],
        [figures("252", "208", "906", "873")],
        split_assignments(figures("3451135214"), 4),
        [figures("2,158", "2,670", "8,717", "9,998")],
    ]
    assert texts(chosen_by_sums(rows, [True] * len(rows))[2]) == ["34", "51", "135", "214"]


def test_ways_that_do_not_add_up_are_none() -> None:
    rows = [
        [figures("1,872", "2,411", "7,676", "8,911")],
        split_assignments(figures("3451135214"), 4),
        [figures("9,999", "1", "2", "3")],
    ]
    assert chosen_by_sums(rows, [True] * len(rows))[1] is None


def test_a_year_or_a_note_is_no_run_of_figures() -> None:
    assert split_assignments(figures("2023"), 4) == []
    assert split_assignments(figures("5"), 4) == []
    assert split_assignments(figures("100,000"), 2) == []


@given(st.lists(st.integers(100, 999), min_size=2, max_size=8))
def test_figures_of_three_digits_part_again(numbers: list[int]) -> None:
    printed = [str(number) for number in numbers]
    assert [texts(way) for way in split_assignments(figures("".join(printed)), len(printed))] == [printed]


@given(st.lists(st.text("0123456789,()", min_size=1, max_size=30), max_size=5), st.integers(1, 8))
def test_any_run_is_parted_without_an_error(run: list[str], count: int) -> None:
    for way in split_assignments(figures(*run), count):
        assert len(way) == count
        assert "".join(figure.text for figure in way) == "".join(run)


def test_a_lone_figure_may_stand_in_any_column() -> None:
    assert [texts(way) for way in blank_assignments(figures("250"), 2)] == [["250", ""], ["", "250"]]


def test_a_nil_alone_has_no_place() -> None:
    assert blank_assignments(figures("-"), 2) == []


def test_a_row_that_may_be_none_needs_a_sum() -> None:
    rows = [[figures("1,500", "2,500")], blank_assignments(figures("250"), 2), [figures("1,750", "2,500")]]
    assert texts(chosen_by_sums(rows, [True, False, True])[1]) == ["250", ""]
    rows[-1] = [figures("1,751", "2,500")]
    assert chosen_by_sums(rows, [True, False, True])[1] is None


def test_a_row_that_may_be_none_does_not_break_the_sums_of_others() -> None:
    rows = [
        [figures("1,872", "2,411", "7,676", "8,911")],
        blank_assignments(figures("59"), 4),
        [figures("252", "208", "906", "873")],
        split_assignments(figures("3451135214"), 4),
        [figures("2,158", "2,670", "8,717", "9,998")],
    ]
    found = chosen_by_sums(rows, [True, False, True, True, True])
    assert texts(found[3]) == ["34", "51", "135", "214"]
    assert found[1] is None


def test_a_change_must_be_the_change_of_the_periods_beside_it() -> None:
    changes = {2, 3}
    assert [texts(way) for way in blank_assignments(figures("95", "88", "7"), 4, changes)] == [["95", "88", "7", ""]]
    assert [texts(way) for way in blank_assignments(figures("95", "88"), 4, changes)] == [["95", "88", "", ""]]
    assert len(blank_assignments(figures("45", "45"), 4, changes)) > 1


def test_changes_among_the_periods_leave_no_way() -> None:
    assert blank_assignments(figures("95", "88"), 4, {1, 3}) == []


@given(
    st.lists(st.tuples(st.integers(100, 99_999), st.integers(100, 99_999)), min_size=2, max_size=5),
    st.integers(100, 99_999),
    st.integers(0, 1),
)
def test_a_blank_is_placed_where_both_columns_add_up_or_nowhere(pairs: list[tuple[int, int]], lone: int, side: int) -> None:
    total = [sum(pair[column] for pair in pairs) + (lone if column == side else 0) for column in (0, 1)]
    rows = [[figures(*map(str, pair))] for pair in pairs]
    rows += [blank_assignments(figures(str(lone)), 2), [figures(*map(str, total))]]
    placed = texts(chosen_by_sums(rows, [True] * len(pairs) + [False, True])[-2])
    assert placed == [str(lone) if column == side else "" for column in (0, 1)]
