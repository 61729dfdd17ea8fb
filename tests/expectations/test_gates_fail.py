"""Every gate is shown to fail once: for each identity and each expectation, one damage to a sound warehouse."""

from __future__ import annotations

import duckdb
import pytest

from expectations.identities import IDENTITIES
from expectations.suite import Expectation, Suite
from expectations.suites import SUITES
from expectations.validate import GateResult, validate
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


def test_no_damage_is_left_over_for_an_expectation_that_is_gone() -> None:
    there = {(suite.name, expectation.name) for suite in SUITES for expectation in suite.all_expectations}
    assert CONDITIONS.keys() - there == set()


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

    assert not result.success
    [failure] = result.failures
    assert failure.expectation == "closes"
    assert {row["identity"] for row in failure.rows} == case.broken
    assert name in case.broken
    for row in failure.rows:
        assert (row["filing_id"], row["statement"]) == (case.filing_id, case.statement)
        assert str(period_end) in row["period"]
        assert case.label in row["formula"]
        assert str(source_line) in row["source_lines"].split(", ")
    assert failure.unexpected_count == len(case.broken)


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
