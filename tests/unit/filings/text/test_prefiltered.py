"""A pattern that is tried only where a cue stands."""

from __future__ import annotations

from orchestration.filings.text.prefiltered import PrefilteredPattern


def test_it_finds_what_its_pattern_finds() -> None:
    trial = PrefilteredPattern("rial|tudy", r"\b[Tt]rial|\b[Ss]tudy")
    text = "A trial, a Study and a trial."
    assert [found.group() for found in trial.finditer(text)] == ["trial", "Study", "trial"]
    assert trial.search(text, 5).start() == text.index("Study")
    assert trial.search(text, 0, 4) is None


def test_without_a_cue_nothing_is_found_though_the_pattern_would_match() -> None:
    assert PrefilteredPattern("study", "trial").search("a trial") is None
    assert list(PrefilteredPattern("study", "trial").finditer("a trial")) == []


def test_cues_are_compared_as_written() -> None:
    assert not PrefilteredPattern("trial", "trial").may_match("A Trial")


def test_of_a_second_list_of_cues_one_must_stand_there_too() -> None:
    both = PrefilteredPattern("trial", "trial", also="phase|cohort")
    assert not both.may_match("a trial")
    assert both.may_match("a trial of one cohort")
