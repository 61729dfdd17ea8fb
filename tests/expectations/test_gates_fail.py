"""Every gate is shown to fail once: for each identity and each expectation, one damage to a sound warehouse."""

from __future__ import annotations

import duckdb
import pytest

from expectations.identities import IDENTITIES
from expectations.results import GateResult
from expectations.suite import Expectation, Suite
from expectations.suites import SUITES
from expectations.validate import validate
from tests.expectations.damage import CONDITIONS, IDENTITY_DAMAGE, damage

EXPECTATIONS = [
    pytest.param(suite, expectation, id=f"{suite.name}-{expectation.name}")
    for suite in SUITES
    for expectation in suite.all_expectations
]


def gate(con: duckdb.DuckDBPyConnection, stage: str, *suites: str) -> GateResult:
    return validate(stage, lambda sql: con.execute(sql).df(), only=suites or None)


@pytest.mark.parametrize("stage", ["staging", "marts"])
def test_a_sound_warehouse_passes_and_every_suite_had_rows_to_check(warehouse: duckdb.DuckDBPyConnection, stage: str) -> None:
    result = gate(warehouse, stage)
    assert result.success
    assert [failure.message for failure in (*result.failures, *result.warnings)] == []
    assert [suite.name for suite in result.suites if suite.rows_checked == 0] == []
    assert [suite.name for suite in result.suites] == [suite.name for suite in SUITES if suite.stage == stage]


@pytest.mark.parametrize(("suite", "expectation"), EXPECTATIONS)
def test_each_expectation_fails_on_its_damage(
    warehouse: duckdb.DuckDBPyConnection, suite: Suite, expectation: Expectation
) -> None:
    statements = damage(suite, expectation)
    assert statements, f"{suite.name}.{expectation.name} has no damage that shows it can fail: write one in damage.py"
    for statement in statements:
        warehouse.execute(statement)
    result = gate(warehouse, suite.stage, suite.name)
    found = {failure.expectation: failure for failure in (*result.failures, *result.warnings)}
    assert expectation.name in found
    failure = found[expectation.name]
    assert failure.severity == expectation.severity
    assert failure.unexpected_count >= 1
    assert expectation.meaning in failure.message
    assert (expectation.severity == "warning") or not result.success
    if expectation.name != "rows_are_there":
        assert failure.rows
        assert len(failure.rows) <= failure.unexpected_count


def test_a_warning_alone_leaves_the_gate_open(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("update staging.figures set outcome = 'mismatch', value_id = null where figure_id = 'A-f1'")
    result = gate(warehouse, "staging")
    assert [(warning.suite, warning.expectation) for warning in result.warnings] == [("figures", "no_mismatch")]
    assert result.success


def test_markup_within_a_figure_is_no_warning(warehouse: duckdb.DuckDBPyConnection) -> None:
    """`(1,234</td><td>)` is longer in its source than what it shows."""
    warehouse.execute("update staging.reported_values set source_end = source_end + 9")
    assert gate(warehouse, "staging", "reported_values").warnings == ()


def test_no_damage_is_left_over_for_an_expectation_that_is_gone() -> None:
    there = {(suite.name, expectation.name) for suite in SUITES for expectation in suite.all_expectations}
    assert CONDITIONS.keys() - there == set()


PER_SHARE = {identity.name for identity in IDENTITIES if identity.per_share}


def test_every_identity_has_a_damage() -> None:
    assert IDENTITY_DAMAGE.keys() == {identity.name for identity in IDENTITIES}


@pytest.mark.parametrize("name", [identity.name for identity in IDENTITIES])
def test_one_damaged_value_is_named_by_the_identities_it_breaks(warehouse: duckdb.DuckDBPyConnection, name: str) -> None:
    case = IDENTITY_DAMAGE[name]
    where = "filing_id = ? and column_no = ? and statement = ? and label = ?"
    keys = [case.filing_id, case.column_no, case.statement, case.label]
    step = "case when unit = 'USD/share' then 0.05 else 100000 end"
    warehouse.execute(f"update staging.reported_values set value = value + {step} where {where}", keys)
    [(source_line, period_end)] = warehouse.execute(
        f"select source_line, period_end from staging.reported_values where {where}", keys
    ).fetchall()

    result = gate(warehouse, "staging", "identities")

    found = {one.expectation: one for one in (*result.failures, *result.warnings)}
    broken = [row for one in found.values() for row in one.rows]
    assert result.success is ("adds_up" not in found)
    assert {row["identity"] for row in broken} == case.broken
    assert name in case.broken
    for row in broken:
        assert (row["filing_id"], row["statement"]) == (case.filing_id, case.statement)
        assert str(period_end) in row["period"]
        assert case.label in row["formula"]
        assert str(source_line) in row["source_lines"].split(", ")
    assert sum(one.unexpected_count for one in found.values()) == len(case.broken)
    coarse = found.get("per_share_closes")
    assert {row["identity"] for row in (coarse.rows if coarse else ())} == case.broken & PER_SHARE


def test_a_quarantined_filing_is_not_held_to_its_identities(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("update staging.filings set status = 'accepted' where filing_id = 'Q'")
    [failure] = gate(warehouse, "staging", "identities").failures
    assert {row["filing_id"] for row in failure.rows} == {"Q"}


def test_the_identity_gate_does_not_believe_the_proofs_of_the_reader(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("update staging.proofs set outcome = 'closed', residual = 0, tolerance = 1000000")
    warehouse.execute("update staging.reported_values set value = value + 100000, proof_count = 9 where label = 'Royalties'")
    assert not gate(warehouse, "staging", "identities").success


def test_a_change_within_the_rounding_breaks_nothing(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("update staging.reported_values set value = value + 1000 where label = 'Royalties' and filing_id = 'A'")
    assert gate(warehouse, "staging", "identities").success


def test_an_inferred_value_that_prose_contradicts_shuts_the_gate(warehouse: duckdb.DuckDBPyConnection) -> None:
    for statement in CONDITIONS["figures", "no_mismatch_with_inferred"]:
        warehouse.execute(statement)
    [failure] = gate(warehouse, "staging", "figures").failures
    assert failure.expectation == "no_mismatch_with_inferred"
    assert [row["figure_id"] for row in failure.rows] == ["A-f1"]


def test_a_flagged_restatement_may_differ(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(
        "update staging.reported_values set value = value + 100000, proof_count = 0, is_restated = true"
        " where label = 'Research and development' and filing_id = 'C' and duration_months = 6"
    )
    result = gate(warehouse, "staging", "comparatives")
    assert not result.failures
    assert not result.warnings


FIRST = "company_id = 'acme' and fiscal_quarter = 2 and vintage = 1"
CELL_DAMAGE = {
    "a balance": ("total_assets = total_assets + 1000", FIRST, "total_assets is 15,001,000, stated is 15,000,000"),
    "cash": ("cash = 0", FIRST, "cash is 0, stated is 8,000,000"),
    "an expense": (
        "research_and_development = research_and_development + 1000",
        FIRST,
        "research_and_development is 3,001,000",
    ),
    "shares": ("shares_diluted = shares_basic", FIRST, "shares_diluted is 10,000,000"),
    "a lost value": ("revenues = null", FIRST, "revenues is NULL, stated is 7,000,000"),
    "an invented value": ("cost_of_revenue = 5", "company_id = 'bolt'", "cost_of_revenue is 5, stated is NULL"),
    "the last digit": ("revenues = revenues + 0.0001", FIRST, "revenues is 7,000,000.0001"),
    "a derived value": ("net_income = net_income + 1000", "basis = 'derived'", "net_income is 901,000, stated is 900,000"),
    "a lost derived value": ("income_tax = null", "basis = 'derived'", "income_tax is NULL, stated is 300,000"),
    "the period": ("period_end = '2010-12-30'", FIRST, "no periods state this quarter"),
}


@pytest.mark.parametrize("case", CELL_DAMAGE)
def test_a_cell_that_is_not_what_the_filing_states_shuts_the_gate(warehouse: duckdb.DuckDBPyConnection, case: str) -> None:
    change, where, told = CELL_DAMAGE[case]
    warehouse.execute(f"update fact_quarterly_results set {change} where {where}")
    failures = {failure.expectation: failure for failure in gate(warehouse, "marts", "quarterly_cells").failures}
    assert told in failures["cells_are_as_stated"].rows[0]["differs"]


def test_a_quarter_is_held_to_the_restated_column_where_there_is_one(warehouse: duckdb.DuckDBPyConnection) -> None:
    of_first = "filing_id = 'A' and period_end = '2010-12-31' and statement = 'income_statement' and duration_months = 3"
    for table in ("staging.reported_values", "fact_reported_value"):
        placed = ", 9 as table_no" if table.startswith("staging") else ""
        warehouse.execute(
            f"insert into {table} select * replace (value_id || '-r' as value_id, true as is_restated, value + 1000 as value"
            f"{placed}) from {table} where {of_first} and unit = 'USD'"
        )
    failures = gate(warehouse, "marts", "quarterly_cells").failures
    assert any("revenues is 7,000,000, stated is 7,001,000" in row["differs"] for f in failures for row in f.rows)


def differing_cells(warehouse: duckdb.DuckDBPyConnection) -> list[str]:
    failures = {failure.expectation: failure for failure in gate(warehouse, "marts", "quarterly_cells").failures}
    return [row["differs"] for row in failures["cells_are_as_stated"].rows] if failures else []


def test_a_quarter_is_held_to_the_cells_of_its_own_currency(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(f"update fact_quarterly_results set currency = 'EUR' where {FIRST}")
    assert set(differing_cells(warehouse)) == {"no periods state this quarter"}


SECOND = "company_id = 'acme' and fiscal_quarter = 2 and vintage = 2"


def test_a_later_print_in_millions_may_keep_the_exact_figure_that_it_confirms(warehouse: duckdb.DuckDBPyConnection) -> None:
    printed = "filing_id = 'C' and concept = 'Revenues' and period_end = '2010-12-31' and duration_months = 3"
    warehouse.execute(f"update fact_reported_value set value = 7400000 where {printed}")
    assert "revenues is 7,000,000, stated is 7,400,000" in differing_cells(warehouse)
    warehouse.execute(f"update staging.reported_values set value = 7400000, rounding = 1000000 where {printed}")
    assert "revenues is 7,000,000, stated is 7,400,000" not in differing_cells(warehouse)
    warehouse.execute(f"update fact_quarterly_results set revenues = 7000001 where {SECOND}")
    assert "revenues is 7,000,001, stated is 7,400,000" in differing_cells(warehouse)


def test_a_vintage_of_a_balance_sheet_alone_is_held_to_the_filing_it_keeps_the_rest_from(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    warehouse.execute(f"update fact_quarterly_results set kept_from = 'A', revenues = revenues + 1 where {SECOND}")
    assert differing_cells(warehouse) == ["revenues is 7,000,001, stated is 7,000,000"]
    warehouse.execute(f"update fact_quarterly_results set kept_from = 'D' where {SECOND}")
    assert "cost_of_revenue is 2,000,000, stated is NULL" in differing_cells(warehouse)[0]


DIFFERENT_RELEASES = {
    "comparatives": "concept = 'WeightedAverageSharesDiluted' and filing_id = 'C' and duration_months = 6",
    "balance_sheet_instants": "concept = 'Assets' and filing_id = 'B' and column_no = 2",
    "year_to_date_total": "label = 'Research and development' and filing_id = 'B' and duration_months = 9",
}


@pytest.mark.parametrize("suite", DIFFERENT_RELEASES)
def test_releases_that_differ_as_read_are_a_warning_proven_or_not(warehouse: duckdb.DuckDBPyConnection, suite: str) -> None:
    warehouse.execute(
        f"update staging.reported_values set value = value + 22000, proof_count = 0 where {DIFFERENT_RELEASES[suite]}"
    )
    result = gate(warehouse, "staging", suite)
    assert result.success
    assert [warning.expectation for warning in result.warnings] == ["closes"]


@pytest.mark.parametrize(
    ("is_restated", "shuts"), [(False, True), (True, False)], ids=["not told apart", "one is called restated"]
)
def test_a_release_that_contradicts_itself_shuts_the_gate(
    warehouse: duckdb.DuckDBPyConnection, is_restated: bool, shuts: bool
) -> None:
    warehouse.execute(
        "insert into staging.reported_values select * replace (value_id || '-again' as value_id, 9 as table_no,"
        " value + 22000 as value, ? as is_restated) from staging.reported_values"
        " where concept = 'WeightedAverageSharesDiluted' and filing_id = 'C' and duration_months = 6",
        [is_restated],
    )
    result = gate(warehouse, "staging", "comparatives")
    assert [failure.expectation for failure in result.failures] == ["closes_or_is_of_the_company"] * shuts


PER_FILING = [
    suite
    for suite in SUITES
    if suite.stage == "staging" and suite.name not in ("filings", "raw_files", "problems", "independent_evidence")
]

ANOTHER_FILING = ("staging.filings", "set filing_id", "'D'")
"""Damage that makes a row one of no filing, or of the sound one."""


@pytest.mark.parametrize("suite", PER_FILING, ids=lambda suite: suite.name)
def test_nothing_in_a_quarantined_filing_shuts_the_gate(warehouse: duckdb.DuckDBPyConnection, suite: Suite) -> None:
    """Every damage at once, and every filing but a sound one kept out: the others must not be stopped by it."""
    own = gate(warehouse, "staging", suite.name).suites[0].rows_checked
    warehouse.execute("update staging.filings set status = 'quarantined', reason = 'It is damaged.' where filing_id <> 'D'")
    for expectation in suite.expectations:
        for statement in damage(suite, expectation) or ():
            if not any(other in statement for other in ANOTHER_FILING):
                warehouse.execute(statement)
    result = gate(warehouse, "staging", suite.name)
    assert result.suites[0].rows_checked < own
    assert [failure.expectation for failure in result.failures if failure.expectation != "rows_are_there"] == []


def test_a_year_to_date_is_not_held_to_one_that_was_restated_since(warehouse: duckdb.DuckDBPyConnection) -> None:
    of_research = "label = 'Research and development' and duration_months"
    warehouse.execute(f"update staging.reported_values set value = value + 100000 where {of_research} = 9 and filing_id = 'B'")
    assert [w.expectation for w in gate(warehouse, "staging", "year_to_date_total").warnings] == ["closes"]
    warehouse.execute(
        "insert into staging.reported_values select * replace ('B-again' as value_id, 'B' as filing_id, 9 as table_no,"
        f" true as is_restated) from staging.reported_values where {of_research} = 6 and filing_id = 'A'"
    )
    assert not gate(warehouse, "staging", "year_to_date_total").warnings


def test_a_period_called_by_another_day_is_the_same_period(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(
        "update staging.reported_values set value = value + 100000, period_end = '2010-12-27'"
        " where label = 'Research and development' and filing_id = 'C' and duration_months = 6"
    )
    [warning] = gate(warehouse, "staging", "comparatives").warnings
    assert [(row["filing_id"], row["earlier_filing_id"]) for row in warning.rows] == [("C", "A")]
