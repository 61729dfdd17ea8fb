"""The closed sets of words of the records, held against those who state them a second time."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import yaml

from orchestration.filings import records
from orchestration.filings.records import CompoundStatus, EventType

ROOT = Path(__file__).resolve().parents[3]
MODELS = ROOT / "dbt_project" / "models"
ACCEPTED_BY_DBT = {
    ("stg_filings", "status"): records.FilingStatus,
    ("stg_reported_values", "statement"): records.Statement,
    ("stg_reported_values", "status"): records.Status,
    ("proofs", "outcome"): records.ProofOutcome,
    ("value_candidates", "kind"): records.CandidateKind,
    ("problems", "severity"): records.Severity,
    ("stg_figures", "outcome"): records.FigureOutcome,
    ("stg_guidance", "action"): records.GuidanceAction,
    ("stg_compounds", "role"): records.CompoundRole,
    ("stg_compound_names", "kind"): records.NameKind,
    ("stg_compound_indications", "status"): records.IndicationStatus,
    ("fact_reported_value", "statement"): records.Statement,
    ("fact_reported_value", "status"): records.Status,
    ("fact_figure_reconciliation", "outcome"): records.FigureOutcome,
    ("fact_guidance", "action"): records.GuidanceAction,
    ("dim_compound_name", "kind"): records.NameKind,
    ("dim_compound_indication", "status"): records.IndicationStatus,
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


def described(path: Path) -> Iterator[dict[str, Any]]:
    """The models of a file of dbt, and the tables of its sources."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    yield from found.get("models", ())
    for source in found.get("sources", ()):
        yield from source["tables"]


def accepted_by_dbt(model: str, column: str) -> list[str]:
    (tests,) = (one["data_tests"] for path in MODELS.rglob("*.yml") for one in described(path) if one["name"] == model)
    return next(test["well_formed"]["arguments"]["accepted"][column] for test in tests if "well_formed" in test)


@pytest.mark.parametrize(("place", "words_of_it"), ACCEPTED_BY_DBT.items(), ids=map(".".join, ACCEPTED_BY_DBT))
def test_dbt_accepts_the_words_of_the_records(place: tuple[str, str], words_of_it: type[StrEnum]) -> None:
    assert accepted_by_dbt(*place) == list(words_of_it)


@pytest.mark.parametrize(("name", "words_of_it"), DESCRIBED.items(), ids=DESCRIBED)
def test_the_description_of_a_column_names_its_words(name: str, words_of_it: type[StrEnum]) -> None:
    text = (MODELS / "columns.md").read_text(encoding="utf-8")
    found = re.search(rf"{{% docs {name} %}}\n(.*?)\n{{% enddocs %}}", text, re.DOTALL)
    assert found
    assert set(words_of_it) <= set(re.findall(r"`(\w+)`", found[1]))


def test_the_words_that_dbt_adds_to_the_status_of_a_compound_are_its_own() -> None:
    assert set(CompoundStatus) == set(accepted_by_dbt("stg_compounds", "status")) - {"not named lately"}


def test_what_is_expected_and_what_came_of_it_are_types_of_events() -> None:
    with (ROOT / "data" / "vocabulary" / "expected_events.csv").open(encoding="utf-8", newline="") as file:
        pairs = [(row["expected_type"], row["reached_type"]) for row in csv.DictReader(file)]
    assert {EventType(reached) for _, reached in pairs} <= set(EventType)
    assert {expected for expected, _ in pairs} == {one for one in EventType if one.endswith("_expected")}
