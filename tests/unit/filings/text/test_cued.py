"""A pattern that is tried only where a cue stands."""

from __future__ import annotations

from orchestration.filings.text.cued import Cued


def test_it_finds_what_its_pattern_finds() -> None:
    trial = Cued("rial|tudy", r"\b[Tt]rial|\b[Ss]tudy")
    text = "A trial, a Study and a trial."
    assert [found.group() for found in trial.finditer(text)] == ["trial", "Study", "trial"]
    assert trial.search(text, 5).start() == text.index("Study")
    assert trial.search(text, 0, 4) is None


def test_without_a_cue_nothing_is_found_though_the_pattern_would_match() -> None:
    assert Cued("study", "trial").search("a trial") is None
    assert list(Cued("study", "trial").finditer("a trial")) == []


def test_cues_are_compared_as_written() -> None:
    assert not Cued("trial", "trial").is_cued("A Trial")


def test_of_a_second_list_of_cues_one_must_stand_there_too() -> None:
    both = Cued("trial", "trial", also="phase|cohort")
    assert not both.is_cued("a trial")
    assert both.is_cued("a trial of one cohort")
