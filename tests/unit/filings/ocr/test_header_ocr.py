"""Damaged words of a header: mended where they can be one word alone, and never borrowed from a neighbour."""

from __future__ import annotations

import calendar

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from orchestration.filings.ocr.header_ocr import corrected, corrected_header, is_unreadable
from orchestration.filings.reader import read_filing
from orchestration.filings.records import Value
from orchestration.filings.text.calendar import MONTHS
from orchestration.filings.text.dates import periods_in
from tests.unit.filings.made_up import BALANCE, INCOME, labelled, made_up, table
from tests.unit.filings.text.test_dates import told

_LETTERS = "abcdefghijklmnopqrstuvwxyz0158"


@pytest.mark.parametrize(
    ("printed", "taken"),
    [
        ("Junc 30, 2010", "June 30, 2010"),
        ("Scp. 30, 2024", "Sep. 30, 2024"),
        ("5eptember 27,", "September 27,"),
        ("Decernber 31,2024", "December 31,2024"),
        (".lun 30,", "Jun 30,"),
        ("Ju1 1, 2006", "Jul 1, 2006"),
        ("Maich 31", "March 31"),
        ("2O24", "2024"),
        ("2Ol0", "2010"),
        ("l998", "1998"),
        ("Threc Months Ended", "Three Months Ended"),
        ("Three Nonths Ended", "Three Months Ended"),
        ("THiEE MONTHS ENDED", "Three MONTHS ENDED"),
        ("Thirly-nine Weeks Ended", "Thirty-nine Weeks Ended"),
        ("Yeai Ended", "Year Ended"),
        ("Three Months Endcd", "Three Months Ended"),
    ],
)
def test_a_damaged_word_that_can_be_one_alone_is_that_one(printed: str, taken: str) -> None:
    assert corrected(printed) == taken
    assert not is_unreadable(corrected(printed))


@pytest.mark.parametrize(
    "printed", ["Jnn 30, 2010", "Mai 31,", "Juu 30", "June 30, 204", "Marrrh 31, 2010", "Tlvve1ve Months Ended"]
)
def test_a_damaged_word_that_may_be_several_or_none_is_a_wound(printed: str) -> None:
    assert is_unreadable(corrected(printed))


@pytest.mark.parametrize(
    "printed",
    [
        "Three Months Ended March 31, 2011", "Thirty-nine weeks ended October 2, 2010", "2Q10", "4Q09", "Note 1, 2", "Page 2",
        "As of September 30,", "Twelve months ended", "Last 12 Months", "Six-month period ended", "(in thousands)",
        "1,250", "2024", "Fiscal Year Ended May 31, 2001", "Sept. 30,", "For the 13 weeks ended", "Fiscal 2012",
    ],
)  # fmt: skip
def test_sound_words_are_neither_mended_nor_wounds(printed: str) -> None:
    assert corrected(printed) == printed
    assert not is_unreadable(printed)


@given(st.sampled_from(calendar.month_name[1:]), st.data())
def test_a_month_with_another_letter_is_never_another_month(month: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(month) - 1))
    letter = data.draw(st.sampled_from(_LETTERS))
    assume(f"{month[:at]}{letter}{month[at + 1 :]}".lower() not in MONTHS)  # "Mar" is a sound word, whatever it was printed for
    printed = f"{month[:at]}{letter}{month[at + 1 :]} 28, 2010"
    taken = corrected(printed)
    sound = told(f"{month} 28, 2010")
    assert told(taken) == sound or is_unreadable(taken) or not any(period.month for period in periods_in(taken)), taken


def test_figures_are_no_years_and_are_left_as_they_are() -> None:
    below = table("\tJune 30, 2O10\tDec. 31, 2009\nCash\t2O10\t1,250\nDebt\t2O10\t1,250\n")
    rows = corrected_header(below).rows
    assert [cell.text for cell in rows[0].cells] == ["June 30, 2010", "Dec. 31, 2009"]
    assert rows[1:] == below.rows[1:]
    assert labelled("Cash\t2O10\t1,250\n")[0].cells[0].cell.text == "2O10"


def _told_by(raw: bytes) -> set[tuple[object, ...]]:
    return {_column_and_figure(value) for value in read_filing(raw, "a.txt").values if value.value is not None}


def _column_and_figure(value: Value) -> tuple[object, ...]:
    return value.statement, value.label, value.period_end, value.duration_months, value.value


@pytest.mark.parametrize(
    ("sound", "damaged", "is_mended"),
    [
        ("December 31, 2009", "Deceniber 31, 2009", False),
        ("December 31, 2009", "Decembcr 31, 2009", True),
        ("December 31, 2009", "December 31, 2O09", True),
        ("December 31, 2009", "December 31, 209", False),
        ("December 31, 2009", "December 31, 2004", False),
        ("December 31, 2009", "December 3, 2009", False),
        ("\tMarch 31, 2010", "\tMaich 31, 2010", True),
        ("\tMarch 31, 2010", "\tMai 31, 2010", False),
        ("\tMarch 31, 2010", "\tMarch 31, 2018", False),
        ("\t2010\t2009", "\t2O10\t2009", True),
        ("\t2010\t2009", "\t210\t2009", False),
        ("\t2010\t2009", "\t2010\t2001", False),
        ("Three Months Ended March", "Thrce Months Ended March", True),
        ("Three Months Ended March", "Three Months Ended Macrh", False),
    ],
)
def test_no_damage_to_a_head_gives_a_figure_to_another_period(sound: str, damaged: str, is_mended: bool) -> None:
    clean = _told_by(made_up())
    assert (sound in INCOME) != (sound in BALANCE)
    struck = _told_by(made_up(INCOME.replace(sound, damaged), BALANCE.replace(sound, damaged)))
    assert struck <= clean
    assert (struck == clean) == is_mended


def test_a_mended_head_is_told() -> None:
    reading = read_filing(made_up(balance=BALANCE.replace("December 31", "Decembcr 31")), "a.txt")
    found = [problem for problem in reading.problems if problem.code == "heading_mended"]
    assert ["Decembcr 31, 2009" in problem.message and "December 31, 2009" in problem.message for problem in found] == [True]


def test_a_column_under_a_head_nobody_can_read_has_no_period_and_a_problem() -> None:
    reading = read_filing(made_up(balance=BALANCE.replace("December 31, 2009", "Deceniber 31, 209")), "a.txt")
    assert {str(value.period_end) for value in reading.values if value.statement == "balance_sheet"} == {"2010-03-31"}
    assert any(problem.code == "column_without_period" for problem in reading.problems)
