"""The asset graph as a person meets it in the UI: what is there, what a run records, and runs of a part."""

import shutil

import dagster as dg
import pytest

from orchestration.defs.metadata import markdown_table
from orchestration.defs.run import JOB
from orchestration.store import paths
from orchestration.warehouse.inspection import describe


@pytest.fixture(scope="module")
def defs():
    from orchestration.definitions import defs  # noqa: PLC0415

    return defs


@pytest.fixture(scope="module")
def graph(defs):
    return defs.resolve_asset_graph()


@pytest.fixture
def settings(tmp_path, built, monkeypatch, gates):
    """A build over a copy of the session's raw folder and readings."""
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    shutil.copytree(built.raw, tmp_path / "raw")
    shutil.copytree(built.warehouse.parent / "readings", tmp_path / "warehouse" / "readings")
    return {"raw": str(tmp_path / "raw"), "warehouse": str(tmp_path / "warehouse" / "tieout.duckdb")}


@pytest.fixture
def recorded(built):
    """The Dagster instance of the session's build, and the record of its run."""
    with dg.DagsterInstance.from_config(str(built.dagster_home)) as instance:
        [record] = instance.get_run_records()
        yield instance, record.dagster_run


def run(defs, settings, selection, **more):
    with dg.DagsterInstance.ephemeral() as instance:
        job = defs.resolve_implicit_global_asset_job_def()
        config = {
            "resources": {"build": {"config": settings | more}},
            "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        }
        return job.execute_in_process(run_config=config, instance=instance, asset_selection=selection, raise_on_error=False)


def test_lineage_runs_from_raw_to_the_published_file(graph):
    published = dg.AssetKey("published_warehouse")
    upstream = dg.AssetSelection.assets(published).upstream().resolve(graph)
    assert upstream == set(graph.executable_asset_keys)
    assert graph.get(dg.AssetKey(["staging", "stg_filings"])).parent_keys == {dg.AssetKey(["staging", "filings"])}
    assert graph.get(dg.AssetKey(["staging", "filings"])).parent_keys == {dg.AssetKey("readings")}
    assert graph.get(dg.AssetKey("readings")).parent_keys == {dg.AssetKey("raw_filings")}


def test_every_asset_has_a_group_an_owner_a_kind_and_a_description(graph):
    nodes = [graph.get(key) for key in graph.executable_asset_keys]
    assert len(nodes) > 30
    for node in nodes:
        assert node.group_name not in ("default", None), node.key
        assert node.owners, node.key
        assert node.kinds, node.key
        assert node.description, node.key


def test_every_suite_is_a_check_beside_its_table_and_blocks(graph):
    from expectations.validate import suite_names  # noqa: PLC0415

    checks = {key.name: graph.get(key) for key in graph.asset_check_keys if key.name.startswith("gate_")}
    assert set(checks) == {f"gate_{suite.name}" for suite in suite_names()}
    assert all(checks[f"gate_{suite.name}"].blocking == suite.blocking for suite in suite_names())
    assert {check.key.asset_key for check in checks.values()} <= set(graph.executable_asset_keys)


def test_the_whole_job_is_recorded_in_one_instance_without_telemetry(recorded):
    instance, done = recorded
    assert not instance.telemetry_enabled
    assert done.job_name == JOB
    assert done.is_success
    event = instance.get_latest_materialization_event(dg.AssetKey("fact_quarterly_results"))
    assert event.run_id == done.run_id
    metadata = event.asset_materialization.metadata
    checks = instance.event_log_storage.get_latest_asset_check_execution_by_key(
        [dg.AssetCheckKey(dg.AssetKey(["staging", "filings"]), "gate_filings")]
    )
    assert metadata["dagster/row_count"].value == 10
    columns = {column.name: column for column in metadata["dagster/column_schema"].schema.columns}
    assert columns["revenues"].type == "DECIMAL(22,4)"
    assert columns["revenues"].description
    assert "| company" in metadata["preview"].value
    assert checks


def test_a_part_can_be_built_and_is_not_published(defs, settings):
    result = run(defs, settings, [dg.AssetKey("fact_quarterly_results")])
    assert result.success
    built = {event.asset_key for event in result.get_asset_materialization_events()}
    assert built == {dg.AssetKey("fact_quarterly_results")}
    refused = run(defs, settings, [dg.AssetKey("fact_quarterly_results"), dg.AssetKey("published_warehouse")])
    assert not refused.success


def test_publishing_alone_is_refused(defs, settings):
    result = run(defs, settings, [dg.AssetKey("published_warehouse")])
    assert not result.success
    [failure] = [event for event in result.all_events if event.is_step_failure]
    assert "This run has built nothing to publish" in str(failure.step_failure_data.error)


def test_staging_alone_loads_what_was_read(defs, settings):
    result = run(defs, settings, [dg.AssetKey(["staging", "filings"])])
    assert result.success
    [event] = result.get_asset_materialization_events()
    assert event.materialization.metadata["dagster/row_count"].value == 3


def test_the_sensor_sees_new_changed_and_removed_files(defs, tmp_path):
    from orchestration.defs.resources import BuildSettings  # noqa: PLC0415
    from orchestration.defs.sensors import raw_files_sensor  # noqa: PLC0415

    build_settings = BuildSettings(raw=str(tmp_path / "raw"), warehouse=str(tmp_path / "w.duckdb"))
    cursor = None

    def tick():
        nonlocal cursor
        context = dg.build_sensor_context(cursor=cursor, resources={"build": build_settings})
        found = raw_files_sensor(context)
        if isinstance(found, dg.SensorResult):
            cursor = found.cursor
            return len(found.run_requests)
        return found.skip_message

    assert "There is no filing" in tick()
    (tmp_path / "raw").mkdir()
    assert "There is no filing" in tick()
    (tmp_path / "raw" / "a.txt").write_text("one")
    assert tick() == 1
    assert "Nothing has changed" in tick()
    (tmp_path / "raw" / "a.txt").write_text("changed")
    assert tick() == 1
    (tmp_path / "raw" / "b.txt").write_text("two")
    assert tick() == 1
    (tmp_path / "raw" / "b.txt").unlink()
    assert tick() == 1


def test_a_preview_shows_markup_as_text():
    table = markdown_table(["a|b"], [("<script>alert(1)</script> [x](javascript:y) | `z`\nnew",), (None,)])
    assert "<script" not in table
    assert "[x]" not in table
    assert table.count("\n") == 3


def test_the_home_of_dagster_keeps_its_settings(tmp_path):
    home = paths.ensure_dagster_home(tmp_path / "home")
    assert "enabled: false" in (home / "dagster.yaml").read_text()
    (home / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    paths.ensure_dagster_home(home)
    assert (home / "dagster.yaml").read_text() == "telemetry:\n  enabled: false\n"


def test_the_queue_waits_for_runs_of_the_ui_alone(defs, recorded):
    instance, ours = recorded
    queue = instance.get_concurrency_config().run_queue_config
    assert queue.max_concurrent_runs > 1
    [limit] = queue.tag_concurrency_limits
    assert limit["limit"] == 1
    assert defs.resolve_job_def(JOB).run_tags[limit["key"]] == limit["value"]
    assert ours.tags[limit["key"]] != limit["value"]


def test_a_previewed_table_has_its_first_rows(built):
    facts = describe(built.warehouse, [("main", "dim_filing"), ("main", "not_there")])
    assert list(facts) == [("main", "dim_filing")]
    assert len(facts["main", "dim_filing"].preview) == facts["main", "dim_filing"].rows == 3
