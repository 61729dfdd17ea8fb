"""What a compound is for: the disease, trial and phase of one sentence go together, and lean on what stands before."""

from __future__ import annotations

import pytest

from orchestration.filings.records import CompoundIndication
from tests.unit.filings.compounds.reading import reading


def uses(text: str) -> set[tuple[str, str | None, str | None]]:
    """Disease, trial and phase of the one compound of a text."""
    return {(use.indication, use.trial, use.phase) for use in found(text)}


def found(text: str) -> tuple[CompoundIndication, ...]:
    return reading(text).indications


LEAD = "ABC-123 — Acme product candidate for lung cancer and breast cancer.\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Each disease has the phase of its own sentence.
        (
            "A Phase 3 trial of ABC-123 is ongoing in patients with breast cancer. A Phase 1 trial of ABC-123 is ongoing in"
            " patients with lung cancer.",
            {("breast cancer", None, "Phase 3"), ("lung cancer", None, "Phase 1")},
        ),
        # A named trial is a use of its own.
        (
            "The STAR Phase 3 trial of ABC-123 is ongoing in breast cancer. A Phase 2 trial of ABC-123 is ongoing in breast"
            " cancer.",
            {("breast cancer", "STAR", "Phase 3"), ("breast cancer", None, "Phase 2")},
        ),
        # The next sentence leans on the trial of this one, and on its disease.
        (
            "Findings with ABC-123 from the Company's Study 002 were reported. This Phase I trial enrolled patients with lung"
            " cancer. A Phase 2 trial of ABC-123 is ongoing in breast cancer.",
            {("lung cancer", "Study 002", "Phase 1"), ("breast cancer", None, "Phase 2")},
        ),
        (
            "ABC-123 was used to treat multiple myeloma. The expansion part of this Phase I trial is ongoing. A Phase 3 trial"
            " of ABC-123 is ongoing in gastric cancer.",
            {("multiple myeloma", None, "Phase 1"), ("gastric cancer", None, "Phase 3")},
        ),
        # What is planned is not reached.
        (
            "We plan to begin a Phase 2 trial of ABC-123 in breast cancer. A Phase 1 trial of ABC-123 is ongoing in lung"
            " cancer.",
            {("breast cancer", None, None), ("lung cancer", None, "Phase 1")},
        ),
        # Several diseases and several phases in one sentence: nothing says which is whose.
        (
            "A Phase 1 trial and a Phase 3 trial of ABC-123 are ongoing in lung cancer and breast cancer.",
            {("breast cancer", None, None), ("lung cancer", None, None)},
        ),
        # In a passage, a line that names no disease speaks of those of its first line; one that names its own does not.
        (LEAD + "- A Phase 1 trial is ongoing.\n", {("breast cancer", None, "Phase 1"), ("lung cancer", None, "Phase 1")}),
        (
            LEAD + "- A Phase 2 trial is ongoing in breast cancer.\n",
            {("breast cancer", None, "Phase 2"), ("lung cancer", None, None)},
        ),
        # The only use of a compound is as far as the compound.
        (
            "ABC-123 entered a Phase 2 trial. It is in development by Acme for the treatment of psoriasis.",
            {("psoriasis", None, "Phase 2")},
        ),
    ],
)
def test_disease_trial_and_phase(text: str, expected: set[tuple[str, str | None, str | None]]) -> None:
    assert uses(text) == expected


def test_pairs_told_respectively_stay_pairs() -> None:
    text = (
        "We expect results of ABC-123 from our STAR trial in 2014 and from our MOON trial in 2015, for breast cancer and"
        " gastric cancer, respectively."
    )
    assert {(use.indication, use.trial) for use in found(text)} == {("breast cancer", "STAR"), ("gastric cancer", "MOON")}


def test_status_is_that_of_the_use() -> None:
    told = found(
        "ABC-123 was approved by the FDA for breast cancer in May. A Phase 2 trial of ABC-123 is ongoing in lung cancer."
    )
    assert {(use.indication, use.status) for use in told} == {("breast cancer", "approved"), ("lung cancer", "active")}
    [use] = found("ABC-123 was approved by the FDA in May. ABC-123 may help patients with lung cancer.")
    assert (use.phase, use.status) == (None, "active"), "an approval that names no disease is of none"
    given_up = found(
        "A Phase 2 trial of ABC-123 was conducted in lung cancer. Acme decided to discontinue ABC-123 development."
    )
    assert {(use.indication, use.status) for use in given_up} == {("lung cancer", "discontinued")}


def test_a_use_stands_on_its_line_and_comparators_have_none() -> None:
    [use] = found("Acme is well.\n\nA Phase 2 trial of ABC-123 plus Herceptin is ongoing in breast cancer.")
    assert (use.compound_id, use.source_line) == ("abc123", 3)
    assert use.text.startswith("A Phase 2 trial of ABC-123")
