"""The gates as blocking asset checks: one check a suite, one run of Great Expectations a stage.

What is expected is in `expectations/`; `tieout gate` runs the same suites. A critical failure stops the run before the next
stage, so that nothing is published; a warning is shown and stops nothing. A check that kept filings out and then passed is
shown as a warning too, with the filings and the round of each.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from expectations.results import Failure, SuiteResult
from expectations.validate import SuiteName, suite_names
from orchestration.build import progress
from orchestration.build.audits import gate_rule
from orchestration.build.steps import BuildRun
from orchestration.defs import metadata
from orchestration.defs.metadata import markdown_table
from orchestration.defs.resources import BuildSettings
from orchestration.store.errors import MissingTableError
from orchestration.warehouse.broken_rules import BrokenRule

SHOWN = 10


def check_key(suite: SuiteName) -> dg.AssetCheckKey:
    """The key of a suite's check, on the asset of its table."""
    return dg.AssetCheckKey(dg.AssetKey(suite.table.removeprefix("main.").split(".")), f"gate_{suite.name}")


def gate_checks(stage: str) -> dg.AssetChecksDefinition:
    """The checks of one gate. They are blocking: later assets wait for them."""
    suites = {check_key(suite): suite for suite in suite_names(stage)}  # type: ignore[arg-type]
    specs = [
        dg.AssetCheckSpec(key.name, asset=key.asset_key, description=suite.description, blocking=suite.blocking)
        for key, suite in suites.items()
    ]

    @dg.multi_asset_check(name=f"gate_on_{stage}", specs=specs, can_subset=True, description=f"The suites on {stage}.")
    def gate(context: dg.AssetCheckExecutionContext, build: BuildSettings) -> Iterator[dg.AssetCheckResult]:
        wanted = [key for key in suites if key in context.selected_asset_check_keys]
        only = None if len(wanted) == len(suites) else [suites[key].name for key in wanted]
        run = build.run(context.run.run_id)
        with progress.step(f"gate on {stage}"):
            if only is None:
                found = {one.name: one for one in run.gate(stage).suites}
                yield from (
                    _check_result(key, found[suites[key].name], _kept_out(run, stage, suites[key].name)) for key in wanted
                )
            else:
                yield from (_partial_result(run, stage, key, suites[key].name) for key in wanted)

    return gate


def _partial_result(run: BuildRun, stage: str, key: dg.AssetCheckKey, suite: str) -> dg.AssetCheckResult:
    """The check of one suite in a run of a part; a warning where it reads tables that this run has not built."""
    try:
        return _check_result(key, run.gate(stage, [suite]).suites[0])
    except MissingTableError as error:
        return dg.AssetCheckResult(
            asset_key=key.asset_key,
            check_name=key.name,
            passed=False,
            severity=dg.AssetCheckSeverity.WARN,
            description=f"Not run: {error}. Run the whole job `build_warehouse` to run it.",
        )


def _kept_out(run: BuildRun, stage: str, suite: str) -> list[BrokenRule]:
    """The rules of a suite by which this build has kept filings out."""
    return [one for one in run.rounds.broken_rules() if one.rule.startswith(gate_rule(stage, suite))]


def _check_result(key: dg.AssetCheckKey, result: SuiteResult, kept_out: Sequence[BrokenRule] = ()) -> dg.AssetCheckResult:
    told = (*result.failures, *result.warnings)
    said = [*metadata.kept_out_in_words(kept_out), *(one.message for one in told[:SHOWN])]
    return dg.AssetCheckResult(
        asset_key=key.asset_key,
        check_name=key.name,
        passed=not told and not kept_out,
        severity=dg.AssetCheckSeverity.ERROR if result.failures else dg.AssetCheckSeverity.WARN,
        description=" ".join(said) or None,
        metadata={**_metadata(result, told), **metadata.of_broken_rules(kept_out)},
    )


def _metadata(result: SuiteResult, failures: tuple[Failure, ...]) -> dict[str, Any]:
    lines = [(one.expectation, one.severity, one.unexpected_count, one.message) for one in failures[:SHOWN]]
    return {
        "rows_checked": result.rows_checked,
        "expectations": result.expectations,
        "not_met": dg.MetadataValue.md(markdown_table(["expectation", "severity", "rows", "what"], lines)),
    }


GATES = [gate_checks("staging"), gate_checks("marts")]
