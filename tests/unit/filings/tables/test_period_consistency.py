"""Last days of columns that contradict the others of their release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from expectations.identities import Amount
from orchestration.filings.records import Statement
from orchestration.filings.tables.period_consistency import ColumnPosition, contradicted_columns, out_of_order, outgrown_columns
from orchestration.filings.text.dates import PrintedPeriod

INCOME, BALANCE, CASH_FLOW = Statement.INCOME, Statement.BALANCE, Statement.CASH_FLOW


def columns(*told: str) -> list[PrintedPeriod]:
    """Columns from "3 2010-03-31": months and last day; "?" is a column that nobody can date."""
    found = []
    for words in told:
        months, _, day = words.partition(" ")
        found.append(PrintedPeriod() if words == "?" else _period(int(months), date.fromisoformat(day)))
    return found


def _period(months: int, end: date) -> PrintedPeriod:
    return PrintedPeriod(months, end.month, end.day, end.year)


def withheld(*tables: tuple[Statement, Sequence[PrintedPeriod]], named: Sequence[str] = ()) -> list[str]:
    """The last days of the columns that contradict the others, in order."""
    days = {date.fromisoformat(day) for day in named}
    found = contradicted_columns(tables, days.__contains__)
    return sorted(str(tables[place.table][1][place.column].end) for place in found)


MARCH = (INCOME, columns("3 2010-03-31", "3 2009-03-31"))
SHEET = (BALANCE, columns("0 2010-03-31", "0 2009-12-31"))


@pytest.mark.parametrize(
    "tables",
    [
        (MARCH, SHEET),
        ((INCOME, columns("3 2006-07-01", "3 2006-04-01", "3 2005-07-02", "12 2006-07-01", "12 2005-07-02")),),
        ((INCOME, columns("3 2009-03-28", "3 2008-03-29")), (BALANCE, columns("0 2009-03-28", "0 2008-12-31"))),
        ((INCOME, columns("3 2009-12-31", "3 2008-12-31", "12 2009-12-31", "12 2008-12-31", "12 2007-12-31")),),
        ((INCOME, columns("6 2010-06-30", "6 2009-12-31", "6 2009-06-30")), (BALANCE, columns("0 2010-06-30"))),
        ((INCOME, columns("3 2010-03-31", "3 2010-06-30", "3 2010-09-30", "12 2009-12-31")),),
        ((INCOME, columns("1 2010-03-31", "1 2010-02-28")),),
        ((BALANCE, columns("0 2010-03-31", "0 2009-12-31")), (INCOME, columns("?", "3 2009-03-31"))),
        ((INCOME, columns("3 2012-02-28", "3 2011-02-28")),),
        (),
    ],
    ids=[
        "calendar",
        "weeks",
        "weeks_and_a_year_of_months",
        "three_years",
        "halves",
        "trend",
        "months",
        "unread",
        "february",
        "none",
    ],
)
def test_the_columns_of_a_sound_release_contradict_nothing(tables: tuple[tuple[Statement, list[PrintedPeriod]], ...]) -> None:
    assert withheld(*tables) == []


def test_a_year_with_another_digit_lies_far_from_the_others() -> None:
    assert withheld(MARCH, (BALANCE, columns("0 2010-03-31", "0 2004-12-31"))) == ["2004-12-31"]
    nine = (INCOME, columns("3 2010-09-30", "3 2009-09-30", "9 2010-09-30", "9 2002-09-30"))
    assert withheld(nine) == ["2002-09-30"]


def test_a_year_skipped_over_one_stretch_is_a_misprint() -> None:
    assert withheld((INCOME, columns("3 2005-06-30", "3 2003-06-30", "9 2005-06-30", "9 2004-06-30"))) == ["2003-06-30"]


def test_stretches_of_one_table_end_together() -> None:
    found = withheld(
        (INCOME, columns("3 2004-06-30", "3 2003-06-30", "9 2005-06-30", "9 2004-06-30")),
        (BALANCE, columns("0 2005-06-30", "0 2004-09-30")),
    )
    assert found == ["2003-06-30", "2004-06-30"]


def test_a_day_with_another_digit_is_a_period_told_in_two_ways() -> None:
    weeks = (INCOME, columns("3 2004-06-28", "3 2003-06-28", "9 2004-06-26", "9 2003-06-28"))
    assert withheld(weeks, (BALANCE, columns("0 2004-06-26", "0 2003-09-27"))) == ["2004-06-28"]


def test_a_day_on_a_weekday_of_its_own_is_no_end_of_a_year_of_weeks() -> None:
    weeks = (INCOME, columns("3 2005-10-29", "3 2004-10-30"))
    assert withheld(weeks, (BALANCE, columns("0 2005-10-29", "0 2005-01-24"))) == ["2005-01-24"]


def test_a_day_that_lost_a_digit_is_no_end_of_a_month() -> None:
    cut = (BALANCE, columns("0 2010-03-31", "0 2009-12-03"))
    assert withheld(MARCH, cut) == ["2009-12-03"]
    assert withheld((INCOME, columns("3 2005-09-03")), named=["2005-09-30"]) == ["2005-09-03"]
    assert withheld(MARCH, cut, named=["2009-12-03"]) == []


def test_years_that_end_at_other_times_have_the_heads_of_other_columns() -> None:
    swapped = (INCOME, columns("12 2003-06-30", "12 2003-03-31", "12 2002-06-30", "3 2003-06-30", "3 2002-06-30"))
    assert len(withheld(swapped)) == 5


def test_a_balance_sheet_that_is_not_of_the_day_of_the_results_is_misdated() -> None:
    six = (INCOME, columns("3 2006-12-31", "3 2005-12-31", "6 2006-12-31", "6 2005-12-31"))
    assert withheld(six, (BALANCE, columns("0 2005-12-31", "0 2006-06-30"))) == ["2005-12-31", "2006-06-30"]


def test_a_day_later_than_all_others_is_a_misprint() -> None:
    late = columns("3 2010-12-31", "3 2010-03-31")
    assert withheld((BALANCE, columns("0 2010-03-31", "0 2009-12-31")), (INCOME, late)) == ["2010-12-31"]


def test_a_balance_sheet_with_a_day_later_than_all_others_has_its_heads_over_other_columns() -> None:
    """ "June 30" and "December 31" changed places above their years: one day was withheld, the other was proven."""
    assert {"2009-03-31", "2010-12-31"} <= set(withheld(MARCH, (BALANCE, columns("0 2010-12-31", "0 2009-03-31"))))


def test_a_table_that_runs_the_other_way_than_the_rest_is_out_of_order() -> None:
    swapped = (INCOME, columns("3 2009-03-31", "3 2010-03-31", "6 2010-03-31", "6 2009-03-31"))
    assert out_of_order([swapped]) == {0}
    others = (BALANCE, columns("0 2010-03-31", "0 2009-12-31")), (CASH_FLOW, columns("6 2010-03-31", "6 2009-03-31"))
    assert out_of_order([*others, (INCOME, columns("3 2009-03-31", "3 2010-03-31"))]) == {2}
    assert not out_of_order([*others, MARCH])


def test_revenues_of_nine_months_are_no_less_than_those_of_their_last_three() -> None:
    periods = columns("9 2010-09-30", "9 2009-09-30", "3 2010-09-30", "3 2009-09-30")
    rows = [[Amount(Decimal(value), Decimal(1)) for value in row] for row in ((90, 80, 300, 250), (40, 35, 120, 110))]
    assert outgrown_columns(periods, rows) == {0, 1, 2, 3}
    assert not outgrown_columns([*periods[2:], *periods[:2]], rows)


def test_each_contradiction_is_told_with_its_column() -> None:
    found = contradicted_columns([MARCH, (BALANCE, columns("0 2010-03-31", "0 2004-12-31"))], set[date]().__contains__)
    assert list(found) == [ColumnPosition(1, 1)]
    assert "more than a year" in found[ColumnPosition(1, 1)]
