"""The highest phase reached: what runs counts, what is planned does not."""

from __future__ import annotations

import pytest

from tests.unit.filings.compounds.reading import pipeline


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("A Phase I trial of ABC-123 is ongoing in patients.", "Phase 1"),
        ("A Phase 2b trial of ABC-123 is under way in patients.", "Phase 2"),
        ("A Phase 1b/2a trial of ABC-123 is ongoing.", "Phase 1/2"),
        ("ABC-123 is in a Phase II/III study.", "Phase 2/3"),
        ("Patients were enrolled in the Phase III trial of ABC-123.", "Phase 3"),
        (
            "We expect to begin a Phase 2 clinical trial of ABC-123 next year. ABC-123 showed activity in preclinical models.",
            "Preclinical",
        ),
        ("A Phase 1 trial of ABC-123 is ongoing and a Phase 2 trial is planned for 2015.", "Phase 1"),
        (
            "ABC-123 is on track to begin Phase II testing. The Phase II program is designed to be short. ABC-123 is in the"
            " clinic.",
            "Clinical (phase not stated)",
        ),
        (
            "Progress is made in the Phase I portion of the Phase I/II trial of ABC-123, and enrollment in the Phase II"
            " portion is to begin.",
            "Phase 1/2",
        ),
        ("An IND submission for ABC-123 is on track for early 2012. It is a candidate for patients.", "IND planned"),
        ("We submitted a New Drug Application (NDA) for ABC-123 in November.", "Filed"),
        ("ABC-123 was approved by the FDA in May for patients with psoriasis.", "Approved"),
        ("The FDA approved the IND for ABC-123 and the clinical trial protocol.", "IND planned"),
        ("ABC-123 completed Phase 1 study preparation. An End-of-Phase 2 meeting is held.", None),
        ("We expect to report data from the Phase 3 STAR trial of ABC-123 in mid-2015.", "Phase 3"),
    ],
)
def test_the_highest_phase_reached(text: str, phase: str | None) -> None:
    assert pipeline(text)["abc123"].phase == phase


def test_two_compounds_of_one_sentence_keep_their_own_phases() -> None:
    found = pipeline("ABC-123 is in a Phase 2 trial, and we initiated Phase 1 trials of DEF-456 and DEF-789 in patients.")
    assert {key: one.phase for key, one in found.items()} == {"abc123": "Phase 2", "def456": "Phase 1", "def789": "Phase 1"}


def test_a_combination_partner_does_not_take_the_phase() -> None:
    found = pipeline("A Phase 2a trial of ABC-123 in combination with DEF-456 is ongoing. DEF-456 is in Phase 1 testing.")
    assert (found["abc123"].phase, found["def456"].phase) == ("Phase 2", "Phase 1")
