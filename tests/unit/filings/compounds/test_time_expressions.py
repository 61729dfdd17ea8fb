"""Words that say when, and the days they mean."""

from __future__ import annotations

from datetime import date

import pytest

from orchestration.filings.compounds.time_expressions import time_expressions

KNOWN = date(2011, 4, 28)


@pytest.mark.parametrize(
    ("text", "printed", "first", "last"),
    [
        ("on track for mid-2011.", "mid-2011", date(2011, 5, 1), date(2011, 8, 31)),
        ("begin in 2H 2014", "2H 2014", date(2014, 7, 1), date(2014, 12, 31)),
        ("on track for early 2012", "early 2012", date(2012, 1, 1), date(2012, 4, 30)),
        ("testing within the next 12-15 months —", "within the next 12-15 months", KNOWN, date(2012, 7, 28)),
        ("within the next twelve months", "within the next twelve months", KNOWN, date(2012, 4, 28)),
        ("in 2Q 2014", "2Q 2014", date(2014, 4, 1), date(2014, 6, 30)),
        ("in late 2014", "late 2014", date(2014, 9, 1), date(2014, 12, 31)),
        ("later this year", "later this year", KNOWN, date(2011, 12, 31)),
        ("in mid-to-late 2012", "mid-to-late 2012", date(2012, 5, 1), date(2012, 12, 31)),
        ("this fall", "this fall", date(2011, 9, 1), date(2011, 11, 30)),
        ("data mid-year", "mid-year", date(2011, 5, 1), date(2011, 8, 31)),
        ("in the back half of this year", "back half of this year", date(2011, 7, 1), date(2011, 12, 31)),
        ("In 2012, we", "2012", date(2012, 1, 1), date(2012, 12, 31)),
        ("at ASCO in June", "June", date(2011, 6, 1), date(2011, 6, 30)),
        ("at ASH in December", "December", date(2010, 12, 1), date(2010, 12, 31)),
        ("by the end of 2012", "end of 2012", KNOWN, date(2012, 12, 31)),
        ("in the first half of 2025", "first half of 2025", date(2025, 1, 1), date(2025, 6, 30)),
        ("in the second quarter of 2025", "second quarter of 2025", date(2025, 4, 1), date(2025, 6, 30)),
        ("a PDUFA date of May 23, 2012", "May 23, 2012", date(2012, 5, 23), date(2012, 5, 23)),
        ("in 2Q FY2014", "2Q FY2014", date(2013, 10, 1), date(2013, 12, 31)),
    ],
)
def test_words_that_say_when(text: str, printed: str, first: date, last: date) -> None:
    assert [(when.text, when.first, when.last) for when in time_expressions(text, KNOWN, "06-30")] == [(printed, first, last)]


@pytest.mark.parametrize(
    "text", ["it may report data", "we march on", "a range of $12-15 million", "30 patients", "Study 2007-01", ""]
)
def test_what_says_no_time(text: str) -> None:
    assert time_expressions(text, KNOWN) == []


def test_without_a_filing_date_relative_words_have_no_range() -> None:
    (when,) = time_expressions("later this year", None)
    assert (when.text, when.first, when.last) == ("later this year", None, None)
