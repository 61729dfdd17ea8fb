"""Events of compounds: what happened, what is expected, and when."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.filings.compounds.reading import reading


@pytest.mark.parametrize(
    ("text", "event_type", "when"),
    [
        ("Data from the trial of ABC-123 were reported at ASCO in June 2010.", "data_presented", date(2010, 6, 30)),
        ("We reported clinical data on ABC-123 at AACR in April.", "data_presented", date(2011, 4, 28)),
        ("We expect to report clinical data on ABC-123 in 4Q 2011.", "data_expected", date(2011, 10, 1)),
        ("Clinical findings with ABC-123 were accepted for presentation at ASCO in June.", "data_expected", date(2011, 6, 1)),
        ("Our ABC-123 compound entered the clinic in November 2010.", "trial_started", date(2010, 11, 30)),
        ("Roche has opened the Phase III trial, KAITLIN, to assess ABC-123.", "trial_started", None),
        ("We are preparing to initiate a pivotal trial of ABC-123 in mid-to-late 2012.", "trial_expected", date(2012, 5, 1)),
        ("We are advancing ABC-123 into a Phase 2 trial.", "trial_expected", None),
        ("The Phase 2 trial of ABC-123 has been completed.", "trial_completed", None),
        ("In November 2010, ABC-123 was approved for marketing in the European Union.", "approval", date(2010, 11, 30)),
        ("ABC-123 has a PDUFA date of May 23, 2012.", "approval_expected", date(2012, 5, 23)),
        ("IND submission for ABC-123 is on track for mid-2011.", "filing_expected", date(2011, 5, 1)),
        ("We submitted an NDA for ABC-123 in November 2010.", "filing", date(2010, 11, 30)),
        ("ABC-123 was developed by Acme and licensed to Sanofi.", "licence", None),
        ("Acme decided to discontinue development of ABC-123.", "discontinuation", None),
        ("The fees include a $5.0 million milestone payment earned with the approval of ABC-123.", "milestone_reached", None),
    ],
)
def test_one_sentence_one_event(text: str, event_type: str, when: date | None) -> None:
    (event,) = reading(text).events
    assert (event.compound_id, event.event_type, event.event_date or event.expected_from) == ("abc123", event_type, when)
    assert event.source_line == 1
    assert event.text == text


@pytest.mark.parametrize(
    "text",
    [
        "Findings with ABC-123 have not yet been reported.",
        "Novartis reported 2013 ABC-123 sales of 222 million CHF.",
        "The FDA approved the protocol of ABC-123.",
        "ABC-123 is a compound for patients with melanoma.",
        "Other compounds are expected to enter the clinic in 2012. ABC-123 is one compound.",
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert reading(text).events == ()


def test_a_sentence_with_two_plans_is_two_events() -> None:
    found = reading(
        "ABC-123 — We expect to begin enrolling patients in a trial in 1H 2014 and to report the first data in 2H 2014."
    ).events
    assert [(e.event_type, e.expected_period) for e in found] == [("trial_expected", "1H 2014"), ("data_expected", "2H 2014")]


def test_what_is_told_twice_is_one_event() -> None:
    found = reading(
        "We expect to report clinical ABC-123 data mid-year.\n\nABC-123 — The first data will be reported in mid-2011 at ASCO."
    ).events
    assert [(e.event_type, e.expected_from, e.meeting) for e in found] == [("data_expected", date(2011, 5, 1), "ASCO")]


def test_respectively_pairs_trials_with_diseases() -> None:
    text = (
        "ABC-123 — Acme expects to have results from its STARLET trial in late 2014 and from its MOONLIT trial in early"
        " 2015, and, with positive "
        "outcomes, to apply in 2015 for melanoma and psoriasis, respectively."
    )
    found = {(e.event_type, e.trial, e.indication, e.expected_period) for e in reading(text).events}
    assert found == {
        ("data_expected", "STARLET", "melanoma", "late 2014"),
        ("data_expected", "MOONLIT", "psoriasis", "early 2015"),
        ("filing_expected", "STARLET", "melanoma", "2015"),
        ("filing_expected", "MOONLIT", "psoriasis", "2015"),
    }


def test_an_earlier_plan_is_not_the_expected_period() -> None:
    (event,) = reading("Roche now plans to apply in 2014 rather than in 2015 for approval of ABC-123.").events
    assert event.expected_period == "2014"
