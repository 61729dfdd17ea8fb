"""The tests of the dbt project: each unit test passes, each data test and each rule in one fails once on damage made for it.

Builds show that the data tests pass on a sound warehouse. Here all the damage is done to one copy of it, and dbt runs once.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from orchestration.store.paths import BUILD_FILE_NAME, DBT_PROJECT
from orchestration.warehouse import dbt_runner

ROW_RULES = {
    ("stg_filings", "quarantine_has_a_reason"): "status = 'quarantined', reason = ' '",
    ("problems", "says_something"): "message = ''",
    ("proofs", "tested_has_figures"): "outcome = 'closed', residual = null",
    ("stg_reported_values", "period_is_known"): "period_end = null",
    ("stg_reported_values", "value_fits_status"): "status = 'as_read', value = null",
    ("stg_reported_values", "rounding_is_known"): "value = 1, rounding = 0",
    ("stg_reported_values", "weight_is_a_sign"): "parent_concept = 'Revenues', parent_weight = 0",
    ("stg_reported_values", "as_read_has_its_place"): "status = 'as_read', source_line = null",
    ("stg_reported_values", "balance_is_an_instant"): "statement = 'balance_sheet', duration_months = 3",
    ("stg_reported_values", "unit_is_of_the_currency"): "unit = 'EUR', currency = 'USD'",
    ("stg_reported_values", "gaap_is_a_basis"): "is_gaap = true, basis = 'segment'",
    ("stg_reported_values", "income_has_a_duration"): "statement = 'income_statement', duration_months = 0",
    ("stg_guidance", "has_a_bound"): "low = null, high = null",
    ("stg_guidance", "low_not_above_high"): "low = 2, high = 1",
    ("stg_guidance", "previous_low_not_above_high"): "previous_low = 2, previous_high = 1",
    ("stg_compound_names", "link_has_evidence"): "evidence = ''",
    ("stg_compound_events", "range_is_in_order"): "expected_from = '2012-01-02', expected_to = '2012-01-01'",
    ("quarantine", "says_why"): "reason = ' '",
    ("fact_quarterly_results", "says_something"): (
        "net_income = null, revenues = null, operating_income = null, operating_expenses = null, pretax_income = null,"
        " research_and_development = null"
    ),
    ("fact_quarterly_results", "revision_is_named"): "is_revised = not is_revised",
    ("fact_quarterly_results", "basis_has_its_factor"): "eps_share_basis = null, split_factor = 1",
    ("fact_quarterly_results", "derived_names_its_periods"): "basis = 'derived', derived_from = null",
    ("fact_figure_reconciliation", "match_names_its_cell"): "outcome = 'match', value_id = null",
    ("fact_guidance", "has_a_bound"): "low = null, high = null",
    ("fact_guidance", "low_not_above_high"): "low = 2, high = 1",
    ("fact_guidance", "previous_low_not_above_high"): "previous_low = 2, previous_high = 1",
    ("fact_guidance", "direction_is_of_the_values"): (
        "low = 1, high = 1, previous_low = 2, previous_high = 2, direction = 'raised'"
    ),
    ("fact_restatement", "split_has_its_factor"): "kind = 'split', split_factor = null",
    ("fact_compound_event", "outcome_is_of_an_expectation"): "event_type = 'data_expected', outcome = null",
    ("fact_compound_event", "outcome_names_its_event"): "outcome = 'met', outcome_event_id = null",
    ("dim_company_key", "first_is_not_after_last"): "first_known_from = '2999-01-01'",
    ("dim_compound_name", "unstated_has_evidence"): "is_stated = false, evidence = ''",
    ("dim_compound_indication", "has_its_source_line"): "status = 'active', source_line = null",
    ("fact_quarterly_gap", "figure_has_its_currency"): "vintage = 1, fact_column = 'revenues', currency = null",
    ("fact_quarterly_gap", "is_a_figure_or_a_quarter"): "vintage = null, fact_column = 'revenues'",
}
"""What is set in one row, by table and rule of `well_formed`."""

SINGULAR = {
    "assert_no_contradicting_guidance": (
        "insert into staging.guidance select * replace (guidance_id || '-b' as guidance_id, low - 1 as low)"
        " from staging.guidance where low is not null limit 1"
    ),
    "assert_no_half_year_is_a_quarter": "update intermediate.int_quarterly_results set duration_months = 6",
    "assert_no_look_ahead": "update fact_quarterly_results set known_to = null where not is_current",
}

EMPTY_TABLES = (
    """
    insert into quarantine (source, sha256, filing_id, reason, is_duplicate, how_to_look)
    values ('x', '0', 'f', 'why', false, 'so')
    """,
    """
    insert into fact_restatement by name
    select
        company_id, statement, concept, period_end, duration_months, unit, value as value_before, value as value_after,
        0 as difference, 'restated' as kind, false as is_marked, true as is_as_read, known_from as known_from_before,
        known_from as known_from_after, currency, filing_id as filing_id_before, filing_id as filing_id_after,
        value_id as value_id_before, value_id as value_id_after
    from fact_reported_value
    where concept is not null and value is not null and duration_months is not null and period_end is not null
    limit 20
    """,
)
"""Rows for tables that the three filings leave empty."""


def damages(tests: list[dict[str, Any]]) -> Iterator[str]:
    """SQL that breaks each test and each of its rules, as far as there are rows each in a row of its own."""
    places: defaultdict[str, Iterator[int]] = defaultdict(count)
    for test in tests:
        if "test_metadata" not in test:
            yield SINGULAR[test["name"]]
            continue
        table, arguments, kind = damaged(test), test["test_metadata"]["kwargs"], test["test_metadata"]["name"]
        for change in changes(kind, arguments, table_of(test)):
            place = f"{next(places[table])} % (select count(*) from {table})"
            row = f"select rowid from {table} order by rowid limit 1 offset {place}"
            yield f"update {table} set {change} where rowid = ({row})"
        for copy in copies(kind, arguments, table):
            stated = arguments.get("column_name", "true")
            yield f"insert into {table} select {copy} from {table} where {stated} is not null limit 1"


def changes(kind: str, arguments: dict[str, Any], model: str) -> Iterator[str]:
    """What to set in a row each."""
    if kind in ("relationships", "parent_is_there"):
        yield f"{arguments.get('columns', [arguments.get('column_name')])[-1]} = 'no such key'"
    elif kind == "versions_follow":
        begins, ends = arguments["begins"], arguments["ends"]
        yield f"{ends} = {begins} - 1"
        yield f"{ends} = {begins} + 9999"
        yield "is_current = not is_current"
        if "number" in arguments:
            yield f"{arguments['number']} = 77"
    elif kind == "well_formed":
        for column in (*arguments.get("accepted", ()), *arguments.get("matching", ())):
            yield f"{column} = {7 if column in ('duration_months', 'fiscal_quarter') else repr('?')}"
        for rule in arguments.get("rules", ()):
            yield ROW_RULES[model, rule]


def copies(kind: str, arguments: dict[str, Any], table: str) -> Iterator[str]:
    """What to select of a row that is there for a row more."""
    if kind == "unique":
        yield "*"
    elif kind == "not_null":
        yield f"* replace (null as {arguments['column_name']})"
    elif kind == "unique_combination":
        # The one mart with a key besides: a copy has another vintage.
        yield "* replace (99 as vintage)" if table == "main.fact_quarterly_results" else "*"
    elif kind == "one_for_each":
        other = "quarter_no + 1" if arguments["column"] == "quarter_no" else "'other'"
        yield f"* replace ({other} as {arguments['column']})"


def table_of(test: dict[str, Any]) -> str:
    """The model or source that a test stands at."""
    return str(test["attached_node"].split(".")[-1] if test["attached_node"] else test["sources"][0][1])


def damaged(test: dict[str, Any]) -> str:
    """The table that holds the rows of what a test stands at: a staging view has none of its own."""
    name = table_of(test)
    schema = {"int": "intermediate", "fact": "main", "dim": "main", "quarantine": "main"}.get(name.split("_")[0], "staging")
    return f"{schema}.{name.removeprefix('stg_')}"


def rules_of(test: dict[str, Any]) -> set[str]:
    """The rules that a test names in the rows it finds."""
    metadata = test.get("test_metadata") or {"name": "", "kwargs": {}}
    arguments = metadata["kwargs"]
    if metadata["name"] == "versions_follow":
        numbered = {"are_counted_from_one"} if "number" in arguments else set()
        return {"ends_when_the_next_begins", "ends_after_it_begins", "the_last_alone_is_current"} | numbered
    sets = {f"{column}_in_set" for column in arguments.get("accepted", ())}
    return sets | {f"{column}_is_well_formed" for column in arguments.get("matching", ())} | set(arguments.get("rules", ()))


@pytest.fixture(scope="module")
def data_tests() -> list[dict[str, Any]]:
    nodes = dbt_runner.manifest()["nodes"].values()
    return [node for node in nodes if node["resource_type"] == "test"]


@pytest.fixture(scope="module")
def damaged_file(warehouse: Path, data_tests: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("damaged") / BUILD_FILE_NAME
    shutil.copy(warehouse, file)
    with duckdb.connect(str(file)) as con:
        for statement in (*EMPTY_TABLES, *damages(data_tests)):
            con.execute(statement)
    return file


@pytest.fixture(scope="module")
def results(damaged_file: Path) -> dict[str, Any]:
    # The project as builds have parsed it: parsing it again, as the program `dbt` would, takes longer than the tests do.
    outcome = dbt_runner._invoke(["test", "--no-write-json"], damaged_file, dbt_runner._load_parsed())
    return {result.node.unique_id: result for result in outcome.results}


def test_every_declared_unit_test_runs_and_passes(results: dict[str, Any]) -> None:
    files = DBT_PROJECT.glob("models/**/*.yml")
    declared = sum(len((yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("unit_tests", ())) for file in files)
    ran = [result for result in results.values() if result.node.resource_type == "unit_test"]
    assert [(str(one.status), one.node.name, one.message) for one in ran if one.status != "pass"] == []
    assert len(ran) == declared > 0


def test_every_data_test_fails_on_its_damage(results: dict[str, Any], data_tests: list[dict[str, Any]]) -> None:
    severity = {"error": "fail", "warn": "warn"}
    wanted = {test["unique_id"]: severity[test["config"]["severity"].lower()] for test in data_tests}
    found = {name: str(result.status) for name, result in results.items() if name in wanted}
    assert {name: (found.get(name), status) for name, status in wanted.items() if found.get(name) != status} == {}


def test_every_rule_of_a_data_test_is_broken_by_its_damage(
    results: dict[str, Any], data_tests: list[dict[str, Any]], damaged_file: Path
) -> None:
    with_rules = [test for test in data_tests if rules_of(test)]
    assert len(with_rules) > 20
    unbroken = {}
    with duckdb.connect(str(damaged_file), read_only=True) as con:
        for test in with_rules:
            query = results[test["unique_id"]].node.compiled_code
            broken = {rule for (rule,) in con.execute(f"select distinct broken_rule from ({query})").fetchall()}
            unbroken[test["name"]] = rules_of(test) - broken
    assert {name: rules for name, rules in unbroken.items() if rules} == {}


def test_no_damage_is_left_over_for_a_rule_that_is_gone(data_tests: list[dict[str, Any]]) -> None:
    there = {(table_of(test), rule) for test in data_tests for rule in rules_of(test)}
    assert ROW_RULES.keys() - there == set()
    assert SINGULAR.keys() == {test["name"] for test in data_tests if "test_metadata" not in test}


def test_what_a_mart_calls_not_null_duckdb_refuses_to_empty(warehouse: Path, tmp_path: Path) -> None:
    file = tmp_path / "tieout.duckdb"
    shutil.copy(warehouse, file)
    refused = 0
    with duckdb.connect(str(file)) as con:
        for node in dbt_runner.manifest()["nodes"].values():
            for column in node.get("columns", {}).values() if node["resource_type"] == "model" else ():
                if any(constraint["type"] == "not_null" for constraint in column["constraints"]):
                    with pytest.raises(duckdb.ConstraintException, match="NOT NULL"):
                        con.execute(f"insert into {node['name']} ({column['name']}) values (null)")
                    refused += 1
    assert refused > 100
