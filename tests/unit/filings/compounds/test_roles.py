"""Which names are drugs at all, and whether as pipeline, component or comparator."""

from __future__ import annotations

from orchestration.filings.compounds.compound_sentences import ScannedParagraph
from orchestration.filings.compounds.compounds import read_compounds
from orchestration.filings.compounds.identity import known_comparators
from orchestration.filings.compounds.names import find_names, seeds_of
from orchestration.filings.compounds.roles import without_unsupported_names
from orchestration.filings.documents.model import Paragraph
from tests.golden.measure_prose import document_of
from tests.unit.filings.compounds.reading import FILING, SPEAKS_OF_DRUGS


def scanned(*texts: str) -> list[ScannedParagraph]:
    seeds = seeds_of("\n".join(texts))
    return [
        ScannedParagraph(Paragraph(text, ((0, 0),), 1), find_names(text, seeds), is_heading=False, terms=None) for text in texts
    ]


def shown(*texts: str) -> list[str]:
    """The keys of the names that something shows to be drugs."""
    return [mention.key for one in without_unsupported_names(scanned(*texts)) for mention in one.mentions]


def roles(text: str) -> dict[str, str]:
    found = read_compounds(document_of(text + SPEAKS_OF_DRUGS), FILING)
    return {compound.compound_id: str(compound.role) for compound in found.compounds}


def test_a_code_is_a_drug_where_the_words_around_it_say_so() -> None:
    assert shown("A Phase 1 trial of ABC-123 is ongoing.") == ["abc123"]
    assert shown("The building permit ABC-123 was renewed.") == []
    assert shown("Patent ABC-123 covers the Phase 1 candidate.") == []


def test_a_code_misprinted_with_a_letter_for_a_digit_is_the_one_met_more_often() -> None:
    texts = ["A Phase 1 trial of ABC-100 began.", "A Phase 1 trial of ABC-100 ended.", "A Phase 1 trial of ABC-1O0 is ongoing."]
    assert set(shown(*texts)) == {"abc100"}


def test_what_a_filing_develops_is_its_pipeline() -> None:
    assert roles("ABC-123 is our product candidate in a Phase 1 trial.\n")["abc123"] == "pipeline"


def test_what_a_compound_is_only_compared_or_combined_with_is_a_comparator() -> None:
    other = next(key for key in known_comparators() if key.isalpha())
    found = roles(f"A Phase 2 trial of ABC-123 in combination with {other} is ongoing.\n")
    assert found["abc123"] == "pipeline"
    assert found[known_comparators()[other].compound_id] == "comparator"


def test_an_approved_drug_with_sales_of_its_own_is_the_subject_of_the_release() -> None:
    other = next(key for key in known_comparators() if key.isalpha())
    found = roles(f"ABC-123 is in a Phase 1 trial. {other.capitalize()} net product sales were $5 million for patients.\n")
    assert found[known_comparators()[other].compound_id] == "pipeline"


def test_a_payload_is_a_component() -> None:
    assert roles("ABC-123 is an antibody with the cytotoxic payload DM1 in a Phase 1 trial.\n")["dm1"] == "component"


def test_a_name_the_vocabulary_does_not_know_is_a_comparator_only_where_it_is_never_more() -> None:
    compared = "A Phase 2 trial of ABC-123 in combination with examplimab is ongoing.\n"
    assert roles(compared)["examplimab"] == "comparator"
    assert (
        roles(f"{compared}\nExamplimab is our product candidate for patients with lung cancer.\n")["examplimab"] == "pipeline"
    )


def test_what_a_compound_is_made_of_is_a_component() -> None:
    found = roles("ABC-123 is a conjugate comprising the XYZ-900 antibody and is in a Phase 1 trial.\n")
    assert (found["abc123"], found["xyz900"]) == ("pipeline", "component")
