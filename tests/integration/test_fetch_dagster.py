"""The fetch as Dagster runs it: an asset by company and year, off until it is asked for, told of in full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from orchestration.edgar.client import RequestCounts
from orchestration.edgar.fetch import CompanyReport, FetchReport, Trouble
from orchestration.store.paths import ensure_dagster_home
from tests import loopback_edgar
from tests.conftest import ROOT
from tests.loopback_edgar import LoopbackCompany, LoopbackFiling, release, serve, status

KEY = dg.AssetKey("edgar_filings")
FOLLOWED = """
companies:
  - {cik: 855654, name: "ImmunoGen, Inc.", since: 2004, follow: true}
"""


@pytest.fixture(scope="module")
def defs():
    from orchestration.definitions import defs  # noqa: PLC0415

    return defs


@pytest.fixture
def edgar(tmp_path, monkeypatch):
    """The companies of the loopback EDGAR, and one under the CIK that data/companies.yml has."""
    known = LoopbackCompany(855654, "Known Biologics, Inc.", "KNWN")
    known.filings = [release(known, year, month) for year in (2010, 2011) for month in (3, 6, 9)]
    with serve([*loopback_edgar.companies(), known]) as server:
        for name, given in server.environment(tmp_path / "state").items():
            monkeypatch.setenv(name, given)
        (tmp_path / "companies.yml").write_text(FOLLOWED)
        monkeypatch.setenv("TIEOUT_COMPANIES", str(tmp_path / "companies.yml"))
        yield server


def materialize(defs, tmp_path, year, instance, **config):
    job = defs.resolve_job_def("fetch_filings")
    return job.execute_in_process(
        run_config={
            "resources": {"build": {"config": {"raw": str(tmp_path / "raw"), "warehouse": str(tmp_path / "w" / "t.duckdb")}}},
            "ops": {"edgar_filings": {"config": config}},
            "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        },
        partition_key=dg.MultiPartitionKey({"company": "0000855654", "year": str(year)}),
        instance=instance,
        raise_on_error=False,
    )


def why(result):
    [event] = [event for event in result.all_events if event.is_step_failure]
    failure = event.step_failure_data.user_failure_data
    return failure.description if failure else event.step_failure_data.error.message


def test_no_build_fetches(defs):
    graph = defs.resolve_asset_graph()
    job = defs.resolve_job_def("build_warehouse")
    built = set(job.asset_layer.executable_asset_keys)
    assert KEY in graph.executable_asset_keys
    assert built == set(graph.executable_asset_keys) - {KEY}
    assert graph.get(dg.AssetKey("raw_filings")).parent_keys == {KEY}
    assert job.partitions_def is None


def test_the_partitions_are_companies_and_years_up_to_this_one(defs):
    partitions = defs.resolve_asset_graph().get(KEY).partitions_def
    companies = partitions.get_partitions_def_for_dimension("company").get_partition_keys()
    years = partitions.get_partitions_def_for_dimension("year").get_partition_keys()
    assert companies == ["0000855654"]
    assert years == [str(year) for year in range(2003, datetime.now(UTC).year + 1)]


def test_schedule_and_sensor_are_off_until_somebody_switches_them_on(defs):
    assert defs.get_schedule_def("business_days").default_status == dg.DefaultScheduleStatus.STOPPED
    assert defs.get_sensor_def("current_filings_sensor").default_status == dg.DefaultSensorStatus.STOPPED


def test_a_partition_fetches_its_company_and_year_and_tells_what_it_cost(defs, edgar, tmp_path):
    with dg.DagsterInstance.ephemeral() as instance:
        result = materialize(defs, tmp_path, 2011, instance)
        assert result.success
        [event] = result.get_asset_materialization_events()
    told = {name: value.value for name, value in event.materialization.metadata.items()}
    assert event.materialization.partition == dg.MultiPartitionKey({"company": "0000855654", "year": "2011"})
    assert {name: told[name] for name in ("found", "fetched", "already_there", "changed", "refused", "requests")} == {
        "found": 3, "fetched": 3, "already_there": 0, "changed": 0, "refused": 0, "requests": 4,
    }  # fmt: skip
    assert told["bytes"] > 1000
    assert told["seconds"] > 0
    assert "0000855654-11-" in told["files"]
    names = sorted(path.name for path in (tmp_path / "raw" / "0000855654").glob("*.txt"))
    assert len(names) == 3
    assert all("-11-" in name for name in names)


def test_a_backfill_by_year_finds_all_and_a_second_one_asks_for_indexes_alone(defs, edgar, tmp_path):
    with dg.DagsterInstance.ephemeral() as instance:
        assert all(materialize(defs, tmp_path, year, instance).success for year in (2009, 2010, 2011))
        assert len(list((tmp_path / "raw").rglob("*.txt"))) == 6
        before = len(edgar.log)
        assert all(materialize(defs, tmp_path, year, instance).success for year in (2010, 2011))
    assert [one.path for one in edgar.log[before:]] == ["/submissions/CIK0000855654.json"] * 2


def test_years_before_a_company_is_wanted_cost_nothing(defs, edgar, tmp_path):
    with dg.DagsterInstance.ephemeral() as instance:
        result = materialize(defs, tmp_path, 2003, instance)
        [event] = result.get_asset_materialization_events()
    assert event.materialization.metadata["not_asked"].value.endswith("from 2004 on.")
    assert not edgar.log


def test_without_an_identity_the_run_fails_at_once_and_asks_nothing(defs, edgar, tmp_path, monkeypatch):
    monkeypatch.delenv("TIEOUT_EDGAR_IDENTITY")
    with dg.DagsterInstance.ephemeral() as instance:
        result = materialize(defs, tmp_path, 2011, instance)
    assert not result.success
    assert "TIEOUT_EDGAR_IDENTITY is not set" in why(result)
    assert not [event for event in result.all_events if event.is_step_up_for_retry]
    assert not edgar.log


def test_a_partition_with_a_filing_that_is_gone_fails_and_keeps_the_others(defs, edgar, tmp_path):
    gone = edgar.companies[3].filings[4]
    edgar.fault(f"/Archives/edgar/data/855654/{gone.accession}.txt", *[status(404)] * 9)
    with dg.DagsterInstance.ephemeral() as instance:
        failed = materialize(defs, tmp_path, 2011, instance)
        assert not failed.success
        assert gone.accession in why(failed)
        assert not [event for event in failed.all_events if event.is_step_up_for_retry]
        assert materialize(defs, tmp_path, 2010, instance).success
    assert len(list((tmp_path / "raw").rglob("*.txt"))) == 5


@pytest.mark.parametrize("may_pass", [True, False])
def test_what_may_pass_is_tried_again_and_what_lasts_is_not(may_pass):
    from orchestration.defs.fetching import _raise_for_troubles, edgar_filings  # noqa: PLC0415

    company = CompanyReport("855654", troubles=[Trouble("855654", "filing x", "code", "reason", may_pass)])
    with pytest.raises(dg.Failure) as raised:
        _raise_for_troubles(FetchReport([company], RequestCounts(), 1.0))
    assert raised.value.allow_retries is may_pass
    policy = edgar_filings.op.retry_policy
    assert (policy.max_retries, policy.delay, policy.backoff) == (3, 60, dg.Backoff.EXPONENTIAL)


def test_a_filing_that_is_expected_and_not_listed_yet_is_asked_for_again(defs, edgar, tmp_path, monkeypatch):
    from orchestration.defs import fetching  # noqa: PLC0415

    monkeypatch.setattr(fetching, "NOT_LISTED_YET_SECONDS", 0.2)
    monkeypatch.setattr(fetching, "NOT_LISTED_YET_TIMES", 2)
    with dg.DagsterInstance.ephemeral() as instance:
        result = materialize(defs, tmp_path, 2011, instance, expected=["0000855654-11-999999"])
    assert not result.success
    assert len([event for event in result.all_events if event.is_step_up_for_retry]) == 2
    assert len(edgar.asked("/submissions/")) == 3


def tick(edgar, cursor=None):
    from orchestration.defs.current_filings_sensor import current_filings_sensor  # noqa: PLC0415

    return current_filings_sensor(dg.build_sensor_context(cursor=cursor))


def test_the_sensor_asks_for_a_fetch_of_new_filings_of_followed_companies_once(edgar):
    known, other = edgar.companies[3], edgar.companies[0]
    edgar.feed = [(other, one) for one in other.filings[:3]]
    first = tick(edgar)
    assert first.run_requests == []
    assert "none of a company that is followed" in first.skip_reason.skip_message
    edgar.feed.insert(0, (known, known.filings[5]))
    second = tick(edgar, first.cursor)
    [request] = second.run_requests
    assert request.partition_key.keys_by_dimension["company"] == "0000855654"
    assert request.run_config["ops"]["edgar_filings"]["config"]["expected"] == [known.filings[5].accession]
    third = tick(edgar, second.cursor)
    assert third.run_requests == []
    assert {one.path.split("?")[0] for one in edgar.log} == {"/cgi-bin/browse-edgar"}


def test_the_sensor_reads_the_feed_back_to_what_it_saw(edgar):
    known, other = edgar.companies[3], edgar.companies[0]
    edgar.feed = [(other, other.filings[0])]
    cursor = tick(edgar).cursor
    busy = [LoopbackFiling(f"0001111111-11-{number:06}", "8-K", other.filings[1].filed, "", b"") for number in range(250)]
    edgar.feed = [(other, one) for one in busy] + [(known, known.filings[5])] + edgar.feed
    before = len(edgar.log)
    assert len(tick(edgar, cursor).run_requests) == 1
    assert len(edgar.log) - before == 3


def test_a_filing_of_the_feed_is_fetched_whatever_its_year(defs, edgar, tmp_path):
    edgar.feed = [(edgar.companies[3], edgar.companies[3].filings[0])]
    [request] = tick(edgar).run_requests
    this_year = int(request.partition_key.keys_by_dimension["year"])
    with dg.DagsterInstance.ephemeral() as instance:
        result = materialize(defs, tmp_path, this_year, instance, **request.run_config["ops"]["edgar_filings"]["config"])
    assert result.success
    assert [path.stem for path in (tmp_path / "raw").rglob("*.txt")] == [edgar.companies[3].filings[0].accession]


def at(moment):
    from orchestration.defs.current_filings_sensor import business_days  # noqa: PLC0415

    return business_days(dg.build_schedule_context(scheduled_execution_time=moment))


def test_the_schedule_fetches_followed_companies_and_in_january_the_old_year_too(edgar):
    summer = at(datetime(2011, 7, 6, 2, 15, tzinfo=UTC))
    assert [one.partition_key.keys_by_dimension for one in summer] == [{"company": "0000855654", "year": "2011"}]
    january = at(datetime(2012, 1, 4, 3, 15, tzinfo=UTC))
    assert [one.partition_key.keys_by_dimension["year"] for one in january] == ["2011", "2012"]
    # 3:15 UTC on New Year's Day is the old year in New York.
    assert [one.partition_key.keys_by_dimension["year"] for one in at(datetime(2012, 1, 1, 3, 15, tzinfo=UTC))] == ["2011"]
    assert not edgar.log


def test_nobody_followed_starts_nothing(edgar, tmp_path):
    (tmp_path / "companies.yml").write_text(FOLLOWED.replace("follow: true", "follow: false"))
    assert "follow: true" in at(datetime(2011, 7, 6, tzinfo=UTC)).skip_message
    assert "follow: true" in tick(edgar).skip_message
    assert not edgar.log


def test_a_company_added_since_the_code_was_loaded_is_told_of(edgar, tmp_path, capfd):
    (tmp_path / "companies.yml").write_text(FOLLOWED + "  - {cik: 9000001, follow: true}\n")
    assert len(at(datetime(2011, 7, 6, tzinfo=UTC))) == 1
    assert "0009000001 since the code was loaded" in capfd.readouterr().err


def test_what_schedule_and_sensor_ask_for_is_what_the_job_has(defs, edgar):
    """As the daemon evaluates them: a partition that the job does not know would fail here."""
    repository = defs.get_repository_def()
    edgar.feed = [(edgar.companies[3], edgar.companies[3].filings[5])]
    with dg.DagsterInstance.ephemeral() as instance:
        more = {"instance": instance, "repository_def": repository}
        moment = datetime(2011, 1, 5, 3, 15, tzinfo=UTC)
        scheduled = repository.get_schedule_def("business_days").evaluate_tick(
            dg.build_schedule_context(scheduled_execution_time=moment, **more)
        )
        seen = repository.get_sensor_def("current_filings_sensor").evaluate_tick(dg.build_sensor_context(**more))
    assert [one.partition_key for one in scheduled.run_requests] == ["0000855654|2010", "0000855654|2011"]
    assert [one.partition_key[:11] for one in seen.run_requests] == ["0000855654|"]


def test_without_an_identity_a_tick_fails_loudly(edgar, monkeypatch):
    monkeypatch.delenv("TIEOUT_EDGAR_IDENTITY")
    for look in (lambda: tick(edgar), lambda: at(datetime(2011, 7, 6, tzinfo=UTC))):
        with pytest.raises(Exception, match="TIEOUT_EDGAR_IDENTITY is not set"):
            look()
    assert not edgar.log


def test_runs_in_several_processes_keep_one_pace(edgar, tmp_path):
    """Two companies as Dagster's own processes fetch them: together within EDGAR's limit, by the server's own log."""
    (tmp_path / "companies.yml").write_text("companies: [{cik: 9000001}, {cik: 9000002}]")
    (tmp_path / "run.yaml").write_text(json.dumps({"resources": {"build": {"config": {"raw": str(tmp_path / "raw")}}}}))
    ensure_dagster_home(tmp_path / "home")
    with dg.DagsterInstance.from_config(str(tmp_path / "home")) as instance:  # makes the tables, before two would at once
        assert instance.get_runs() == []
    environment = os.environ | {"DAGSTER_HOME": str(tmp_path / "home"), "DAGSTER_DISABLE_TELEMETRY": "1"}
    command = [str(Path(sys.executable).parent / "dagster"), "asset", "materialize", "--select", "edgar_filings"]
    command += ["-m", "orchestration.definitions", "--config", str(tmp_path / "run.yaml"), "--partition"]
    keys = ["0009000001|2004", "0009000002|2012"]
    running = [
        subprocess.Popen(
            [*command, key], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for key in keys
    ]
    said = [process.communicate(timeout=200)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    assert len(list((tmp_path / "raw").rglob("*.txt"))) == 4 + 4
    assert len(edgar.log) == (2 + 4) + (1 + 4)
    assert edgar.busiest_second() <= 10
