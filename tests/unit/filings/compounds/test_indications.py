"""The diseases that something is said to be for."""

from __future__ import annotations

import pytest

from orchestration.filings.compounds.indications import diseases, is_anaphoric, is_same_trial, marked, narrowed
from orchestration.filings.compounds.names import terms_of


def named(text: str) -> list[str]:
    return [disease.value for disease in diseases(text, tuple(terms_of(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for the treatment of multiple myeloma", ["multiple myeloma"]),
        ("in patients with HER2-positive breast cancer", ["HER2-positive breast cancer"]),
        ("for CD56-positive cancers", ["CD56-positive cancers"]),
        ("for patients with lung cancer and with breast cancer", ["lung cancer", "breast cancer"]),
        ("in breast, lung and ovarian cancers", ["breast cancer", "lung cancer", "ovarian cancer"]),
        ("for the quarter ended March 31", []),
    ],
)
def test_the_diseases_of_a_sentence_in_order(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_each_disease_knows_where_it_stands() -> None:
    text = "for patients with lung cancer"
    [disease] = diseases(text, tuple(terms_of(text)))
    assert text[disease.start : disease.end] == "lung cancer"


def test_a_target_marks_cancers_only_where_it_is_said_of_them() -> None:
    for text, is_marked in (
        ("CD56-positive cancers", True),
        ("cancers that over-express CD56", True),
        ("binds to CD56", False),
    ):
        [term] = [term for term in terms_of(text) if term.kind == "target"]
        assert marked(text, term) is is_marked


def test_a_disease_that_another_names_more_closely_is_left_out() -> None:
    assert narrowed(["breast cancer", "HER2-positive breast cancer", "lung cancer"]) == (
        "HER2-positive breast cancer",
        "lung cancer",
    )


def test_a_sentence_may_lean_on_the_one_before() -> None:
    assert is_anaphoric("It was approved for this use.")
    assert not is_anaphoric("It was approved for breast cancer.")
    assert is_same_trial("This trial enrolled 40 patients.")
    assert not is_same_trial("A trial enrolled 40 patients.")
