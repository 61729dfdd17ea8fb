"""The closed sets of words of the records, held against those who state them a second time."""

from __future__ import annotations

import csv
import re
from enum import StrEnum
from pathlib import Path

import pytest
import yaml

from expectations import words
from orchestration.filings import records
from orchestration.filings.records import CompoundStatus, EventType

ROOT = Path(__file__).resolve().parents[3]
MODELS = ROOT / "dbt_project" / "models"
TESTED_BY_DBT = {
    ("fact_reported_value", "statement"): records.Statement,
    ("fact_reported_value", "status"): records.Status,
    ("fact_figure_reconciliation", "outcome"): records.FigureOutcome,
    ("fact_guidance", "action"): records.GuidanceAction,
    ("dim_compound_name", "kind"): records.NameKind,
    ("dim_compound_indication", "status"): records.IndicationStatus,
}
EXPECTED = {
    words.FILING_STATUSES: records.FilingStatus,
    words.STATEMENTS: records.Statement,
    words.VALUE_STATUSES: records.Status,
    words.PROOF_OUTCOMES: records.ProofOutcome,
    words.CANDIDATE_KINDS: records.CandidateKind,
    words.PROBLEM_SEVERITIES: records.Severity,
    words.FIGURE_OUTCOMES: records.FigureOutcome,
    words.GUIDANCE_ACTIONS: records.GuidanceAction,
    words.ROLES: records.CompoundRole,
    words.NAME_KINDS: records.NameKind,
    words.INDICATION_STATUSES: records.IndicationStatus,
}
DESCRIBED = {
    "status": records.FilingStatus,
    "value_status": records.Status,
    "proof_outcome": records.ProofOutcome,
    "candidate_kind": records.CandidateKind,
    "severity": records.Severity,
    "figure_outcome": records.FigureOutcome,
    "action": records.GuidanceAction,
    "role": records.CompoundRole,
    "compound_status_stated": records.CompoundStatus,
    "indication_status": records.IndicationStatus,
    "kind": records.NameKind,
    "event_type": records.EventType,
}


def accepted_by_dbt(model: str, column: str) -> list[str]:
    (described,) = yaml.safe_load((MODELS / "marts" / f"{model}.yml").read_text(encoding="utf-8"))["models"]
    (found,) = (one for one in described["columns"] if one["name"] == column)
    return next(test["accepted_values"]["arguments"]["values"] for test in found["data_tests"] if "accepted_values" in test)


@pytest.mark.parametrize(("place", "words_of_it"), TESTED_BY_DBT.items(), ids=map(".".join, TESTED_BY_DBT))
def test_dbt_accepts_the_words_of_the_records(place: tuple[str, str], words_of_it: type[StrEnum]) -> None:
    assert accepted_by_dbt(*place) == list(words_of_it)


@pytest.mark.parametrize(("expected", "words_of_it"), EXPECTED.items(), ids=[one.__name__ for one in EXPECTED.values()])
def test_the_suites_expect_the_words_of_the_records(expected: tuple[str, ...], words_of_it: type[StrEnum]) -> None:
    assert set(expected) == set(words_of_it)


@pytest.mark.parametrize(("name", "words_of_it"), DESCRIBED.items(), ids=DESCRIBED)
def test_the_description_of_a_column_names_its_words(name: str, words_of_it: type[StrEnum]) -> None:
    text = (MODELS / "columns.md").read_text(encoding="utf-8")
    found = re.search(rf"{{% docs {name} %}}\n(.*?)\n{{% enddocs %}}", text, re.DOTALL)
    assert found
    assert set(words_of_it) <= set(re.findall(r"`(\w+)`", found[1]))


def test_the_words_that_dbt_adds_to_the_status_of_a_compound_are_its_own() -> None:
    assert set(CompoundStatus) == set(words.COMPOUND_STATUSES) - {"not named lately"}


def test_what_is_expected_and_what_came_of_it_are_types_of_events() -> None:
    with (ROOT / "data" / "vocabulary" / "expected_events.csv").open(encoding="utf-8", newline="") as file:
        pairs = [(row["expected_type"], row["reached_type"]) for row in csv.DictReader(file)]
    assert {EventType(reached) for _, reached in pairs} <= set(EventType)
    assert {expected for expected, _ in pairs} == {one for one in EventType if one.endswith("_expected")}
