"""The dbt models as assets, and their tests as checks: one dbt run in this process, reported to Dagster node by node.

`dagster_dbt` gives the specs (keys, lineage, descriptions, tests) from the parsed project. Its `DbtCliResource` is not used: it
starts `dbt --version`, which asks the package index and hangs where the network drops packets.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets

from orchestration.build import progress
from orchestration.build.audits import dbt_rule
from orchestration.defs import metadata
from orchestration.defs.resources import OWNERS, BuildSettings
from orchestration.warehouse import dbt_runner
from orchestration.warehouse.broken_rules import BrokenRule
from orchestration.warehouse.inspection import describe

UNIQUE_ID = "dagster_dbt/unique_id"


class DbtTranslator(DagsterDbtTranslator):  # type: ignore[misc]
    """How a dbt node looks as an asset: grouped by its folder, owned by the data engineers unless it says otherwise."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The group the node names, else the folder it lies in."""
        folders = dbt_resource_props["fqn"][1:-1]
        group: str | None = super().get_group_name(dbt_resource_props)
        return group or (folders[0] if folders else dbt_resource_props["resource_type"])

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> Any:
        """The owners the node names, else the data engineers."""
        return super().get_owners(dbt_resource_props) or OWNERS


MANIFEST = dbt_runner.manifest()
TRANSLATOR = DbtTranslator(DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True))

DbtOutcome = dg.MaterializeResult | dg.AssetCheckResult  # type: ignore[type-arg]


@dbt_assets(manifest=MANIFEST, dagster_dbt_translator=TRANSLATOR, name="dbt_models")  # type: ignore[untyped-decorator]
def dbt_models(context: dg.AssetExecutionContext, build: BuildSettings) -> Iterator[DbtOutcome]:
    """Build and test the selected models in the build file; report each, and fail where any of them failed."""
    run = build.run(context.run.run_id)
    with progress.step("build models"):
        report = progress.reporter("build models")
        results = run.transform(_selection(context), lambda _name, done, total: report(done, total))
    yield from _materializations(context, results, run.file)
    yield from _checks(context, results, run.rounds.broken_rules())
    bad = [result for result in results if result.is_bad]
    if bad:
        raise dg.Failure(
            _failure_message(bad), metadata={"build_file": dg.MetadataValue.path(str(run.file))}, allow_retries=False
        )


def _selection(context: dg.AssetExecutionContext) -> list[str]:
    """The dbt selection: empty for all. A part is built with all its ancestors, as the file is new."""
    if set(context.selected_asset_keys) == set(context.assets_def.node_keys_by_output_name.values()):
        return []
    keys = {*context.selected_asset_keys, *(check.asset_key for check in context.selected_asset_check_keys)}
    specs = (spec for spec in context.assets_def.specs if spec.key in keys)
    return sorted("+" + ".".join(MANIFEST["nodes"][spec.metadata[UNIQUE_ID]]["fqn"]) for spec in specs)


def _materializations(
    context: dg.AssetExecutionContext, results: list[dbt_runner.NodeResult], file: Any
) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    keys = {spec.metadata[UNIQUE_ID]: spec.key for spec in context.assets_def.specs}
    nodes = {one.unique_id: MANIFEST["nodes"].get(one.unique_id) for one in results if one.status == "success"}
    built = {
        unique_id: (node["schema"], node["alias"])
        for unique_id, node in nodes.items()
        if node and keys.get(unique_id) in context.selected_asset_keys
    }
    facts = describe(file, list(built.values()))
    seconds = {one.unique_id: one.seconds for one in results}
    for unique_id, name in built.items():
        told = metadata.of_table(facts[name]) if name in facts else {}
        yield dg.MaterializeResult(asset_key=keys[unique_id], metadata={**told, "seconds": round(seconds[unique_id], 3)})


def _checks(
    context: dg.AssetExecutionContext, results: list[dbt_runner.NodeResult], rules: Sequence[BrokenRule]
) -> Iterator[dg.AssetCheckResult]:
    specs = {(spec.metadata or {}).get(UNIQUE_ID): spec for spec in context.assets_def.node_check_specs_by_output_name.values()}
    for one in results:
        spec = specs.get(one.unique_id)
        if spec is None or spec.key not in context.selected_asset_check_keys or one.status == "skipped":
            continue
        kept_out = [rule for rule in rules if rule.rule == dbt_rule(one.name)]
        counts = {"failing_rows": one.failures or 0, "seconds": round(one.seconds, 3)}
        yield dg.AssetCheckResult(
            asset_key=spec.asset_key,
            check_name=spec.name,
            passed=one.status == "pass" and not kept_out,
            severity=dg.AssetCheckSeverity.ERROR if one.is_bad else dg.AssetCheckSeverity.WARN,
            description=" ".join([*metadata.kept_out_in_words(kept_out), one.message or ""]).strip() or None,
            metadata={**counts, **metadata.of_broken_rules(kept_out)},
        )


def _failure_message(bad: list[dbt_runner.NodeResult]) -> str:
    lines = [f"{one.unique_id.split('.')[2]}: {one.message or one.status}" for one in bad[:10]]
    more = f"\n... and {len(bad) - 10} more" if len(bad) > 10 else ""
    return f"{len(bad)} dbt nodes failed; nothing is published.\n" + "\n".join(lines) + more
