"""A document -> its compounds: what one row says of each, and where it says so."""

from __future__ import annotations

from orchestration.filings.compounds.compounds import read_compounds
from tests.golden.measure_prose import document_of
from tests.unit.filings.compounds.reading import FILING, SPEAKS_OF_DRUGS, pipeline, reading


def test_a_filing_that_speaks_of_no_drugs_has_no_compounds() -> None:
    text = "ABC-123 is our product candidate in a Phase 1 trial.\n"
    assert not read_compounds(document_of(text), FILING).compounds
    assert read_compounds(document_of(text + SPEAKS_OF_DRUGS), FILING).compounds


def test_a_compound_has_its_names_phase_and_the_sentence_that_says_so() -> None:
    found = pipeline("ABC-123 (examplimab) is our lead product candidate. A Phase 2 trial of ABC-123 is ongoing.\n")
    compound = found["abc123"]
    assert (compound.code_name, compound.generic_name, compound.phase) == ("ABC-123", "examplimab", "Phase 2")
    assert "ABC-123" in compound.text
    assert compound.source_line == 1


def test_names_are_rows_of_their_own_with_the_words_that_link_them() -> None:
    names = {name.name: name for name in reading("ABC-123 (examplimab) is in a Phase 2 trial.\n").names}
    assert set(names) == {"ABC-123", "examplimab"}
    assert all(name.compound_id == "abc123" and name.is_stated for name in names.values())
    assert "(examplimab)" in names["examplimab"].evidence


def test_a_compound_that_was_given_up_is_discontinued_and_one_trial_of_it_is_not() -> None:
    dropped = pipeline("A Phase 2 trial of ABC-123 is ongoing. We decided to discontinue ABC-123 development.\n")
    assert dropped["abc123"].status == "discontinued"
    trial = pipeline("A Phase 2 trial of ABC-123 is ongoing. We terminated one Phase 1 trial of ABC-123 in lung cancer.\n")
    assert trial["abc123"].status == "active"


def test_names_that_the_vocabulary_holds_apart_are_a_problem_and_not_joined() -> None:
    found = reading("Trastuzumab (rituximab) was given to patients in a Phase 2 trial of ABC-123.\n")
    assert {problem.code for problem in found.problems} >= {"compound_link_conflict"}
