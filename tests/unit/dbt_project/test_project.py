"""The dbt project as text: every model documented, every column known, nothing that needs the network or the clock."""

import csv
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from orchestration.filings import records
from orchestration.warehouse.broken_rules import BrokenRule
from orchestration.warehouse.company_placement import COMPANIES

ROOT = Path(__file__).resolve().parents[3]
PROJECT = ROOT / "dbt_project"
MODELS = sorted((PROJECT / "models").glob("*/*.sql"))
SOURCES = {
    "filings": records.Filing,
    "company_keys": records.CompanyKey,
    "reported_values": records.Value,
    "attributions": records.Attribution,
    "proofs": records.Proof,
    "value_candidates": records.Candidate,
    "certificates": records.Certificate,
    "figures": records.Figure,
    "guidance": records.Guidance,
    "compounds": records.Compound,
    "compound_names": records.CompoundName,
    "compound_indications": records.CompoundIndication,
    "compound_events": records.CompoundEvent,
    "problems": records.Problem,
}
CLOCKS_AND_DICE = {
    "now",
    "today",
    "current_date",
    "current_timestamp",
    "run_started_at",
    "invocation_id",
    "random",
    "uuid",
    "gen_random_uuid",
    "any_value",
}
MARTS = {
    "fact_quarterly_results",
    "quarterly_per_share_split_adjusted",
    "fact_quarterly_gap",
    "fact_derivation_operand",
    "fact_restatement",
    "fact_reported_value",
    "fact_guidance",
    "fact_figure_reconciliation",
    "fact_compound_event",
    "dim_compound",
    "dim_compound_name",
    "dim_compound_indication",
    "dim_filing",
    "dim_company",
    "dim_company_key",
    "dim_fiscal_period",
    "dim_concept",
    "quarantine",
    "quarterly_results_as_of",
}


def read_yaml(file: Path) -> dict[str, Any]:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def documented(node: dict[str, Any]) -> set[str]:
    """The columns of a YAML node, all of which must lead to a documented block."""
    blocks = set(re.findall(r"{% docs (\w+) %}", (PROJECT / "models" / "columns.md").read_text(encoding="utf-8")))
    for column in node["columns"]:
        wanted = re.fullmatch(r"{{ doc\('(\w+)'\) }}", column["description"])
        assert wanted and wanted[1] in blocks, (node["name"], column)
    return {column["name"] for column in node["columns"]}


def sql_files() -> list[Path]:
    return [*MODELS, *(PROJECT / "tests").rglob("*.sql"), *(PROJECT / "macros").glob("*.sql")]


def test_the_marts_of_the_contract_are_there() -> None:
    assert {file.stem for file in MODELS if file.parent.name == "marts"} == MARTS


@pytest.mark.parametrize("model", MODELS, ids=lambda file: file.stem)
def test_every_model_has_its_yml_with_descriptions(model: Path) -> None:
    found = read_yaml(model.with_suffix(".yml"))
    [node] = found["models"]
    assert node["name"] == model.stem
    assert node["description"].strip()
    assert documented(node)
    if model.parent.name == "marts" and model.stem != "quarterly_results_as_of":
        assert node["config"]["contract"] == {"enforced": True}
        assert all(column["data_type"] for column in node["columns"])


def test_every_yml_of_a_model_has_its_sql() -> None:
    files = {file for file in (PROJECT / "models").glob("*/*.yml") if file.name != "sources.yml"}
    assert {file.with_suffix(".sql") for file in files} == set(MODELS)


def test_sources_have_the_columns_of_the_records() -> None:
    [source] = read_yaml(PROJECT / "models" / "staging" / "sources.yml")["sources"]
    tables = {table["name"]: documented(table) for table in source["tables"]}
    assert tables.pop("companies") == {one.name for one in COMPANIES}
    raw_files = tables.pop("raw_files")
    assert raw_files == {"source", "sha256", "size_bytes", "filing_id", "duplicate_of"}
    assert tables.pop("broken_rules") == set(BrokenRule._fields)
    assert tables == {name: {field.name for field in fields(record)} for name, record in SOURCES.items()}


def test_seeds_have_the_columns_of_the_vocabulary() -> None:
    seeds = read_yaml(PROJECT / "models" / "vocabulary.yml")["seeds"]
    assert {seed["name"] for seed in seeds} == {"companies", "concepts", "compounds", "expected_events", "phases"}
    for seed in seeds:
        with (ROOT / "data" / "vocabulary" / f"{seed['name']}.csv").open(encoding="utf-8", newline="") as lines:
            assert documented(seed) == set(next(csv.reader(lines)))


def test_every_fact_column_of_the_vocabulary_is_a_column_of_the_quarters() -> None:
    with (ROOT / "data" / "vocabulary" / "concepts.csv").open(encoding="utf-8", newline="") as lines:
        wanted = {row["fact_column"] for row in csv.DictReader(lines)} - {""}
    lists = (PROJECT / "macros" / "quarterly_columns.sql").read_text(encoding="utf-8")
    assert set(re.findall(r'"(\w+)"', lists)) == wanted
    [node] = read_yaml(PROJECT / "models" / "marts" / "fact_quarterly_results.yml")["models"]
    assert wanted <= documented(node)


def test_every_singular_test_says_what_it_holds() -> None:
    nodes = read_yaml(PROJECT / "tests" / "singular_tests.yml")["data_tests"]
    files = {file.stem for file in (PROJECT / "tests").glob("*.sql")}
    assert {node["name"] for node in nodes} == files
    assert all(name.startswith("assert_") for name in files)
    assert all(node["description"].strip() == node["config"]["meta"]["description"].strip() for node in nodes)
    assert all(node["config"]["meta"]["dagster"]["ref"]["name"] in MARTS for node in nodes)


def test_the_logic_is_unit_tested() -> None:
    tested = {test["model"] for file in MODELS for test in read_yaml(file.with_suffix(".yml")).get("unit_tests", ())}
    assert tested >= {
        "int_fiscal_periods",
        "int_statement_figures",
        "int_derived_quarters",
        "int_quarterly_results",
        "int_figure_vintages",
        "int_known_figures",
        "int_quarterly_figures",
        "fact_restatement",
        "fact_quarterly_gap",
        "int_compound_identities",
        "int_compounds",
        "int_compound_observations",
        "int_compound_event_outcomes",
        "fact_quarterly_results",
        "quarterly_results_as_of",
        "dim_company",
        "dim_company_key",
        "dim_compound",
        "dim_compound_indication",
        "int_share_reprints",
        "int_share_splits",
        "int_share_bases",
        "quarterly_per_share_split_adjusted",
        "fact_guidance",
        "int_metric_actuals",
    }


def test_no_packages_and_no_telemetry() -> None:
    assert not list(PROJECT.glob("packages.y*ml")) and not list(PROJECT.glob("dependencies.y*ml"))
    assert read_yaml(PROJECT / "dbt_project.yml")["flags"]["send_anonymous_usage_stats"] is False


@pytest.mark.parametrize("file", sql_files(), ids=lambda file: file.stem)
def test_nothing_depends_on_the_clock_or_on_chance(file: Path) -> None:
    assert not set(re.findall(r"\w+", file.read_text(encoding="utf-8").lower())) & CLOCKS_AND_DICE


@pytest.mark.parametrize("file", [file for file in MODELS if file.parent.name == "staging"], ids=lambda file: file.stem)
def test_what_duckdb_keeps_as_words_names_no_catalog(file: Path) -> None:
    """A view is kept as its text, and the file takes another name when it is published."""
    assert re.findall(r"source\('staging', '\w+'\)(\S*)", file.read_text(encoding="utf-8")) == [".include(database=false)"]
