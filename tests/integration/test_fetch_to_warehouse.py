"""From EDGAR to readings, and with one filing more to a published warehouse: what is asked, read and published each time."""

from __future__ import annotations

from orchestration.build.steps import BuildRun
from orchestration.defs.run import build
from orchestration.edgar.fetch import fetch
from orchestration.edgar.settings import EdgarSettings
from orchestration.store.paths import Places
from orchestration.store.readings import ReadingStore, reader_version
from orchestration.warehouse.connection import open_warehouse
from tests.loopback_edgar import LoopbackFiling, release


def chunks(store):
    """Every chunk of readings with the moment it was last written."""
    return {path.name: path.stat().st_mtime_ns for path in store.paths()}


def quarters(file):
    with open_warehouse(file) as connection:
        return connection.execute(
            """select company_id, count(distinct period_end), bool_and(is_proven)
               from fact_quarterly_results where basis = 'reported' group by 1 order by 1"""
        ).fetchall()


def read_all(raw, warehouse):
    """A build as far as its readings, which the next one takes as they are."""
    run = BuildRun(Places.of(raw, warehouse), "first")
    run.list_raw()
    update = run.read(None, lambda _done, _total: None)
    run.close()
    return update


def test_what_is_fetched_is_read_and_then_only_new_bytes_are_read_and_published(edgar, tmp_path, monkeypatch, gates):
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    settings = EdgarSettings("Tieout Tests tests@example.com", tmp_path / "state", edgar.url, edgar.url)
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse" / "tieout.duckdb"
    asked = ["ARDB", "9000002", "CNDR"]

    fetched = fetch(asked, raw, settings)
    assert (fetched.troubles, sum(len(one.fetched) for one in fetched.companies)) == ([], 17)
    requests = len(edgar.log)
    assert requests == fetched.counts.requests == 1 + (3 + 8) + (1 + 5) + (1 + 4)
    assert edgar.busiest_second() <= 10
    first = read_all(raw, warehouse)
    assert (first.read, first.reused) == (17, 0)
    store = ReadingStore(warehouse.parent / "readings", reader_version())
    assert len(store.addresses()) == 17
    before = chunks(store)

    _one_comes_and_one_changes(edgar)
    fetched = fetch(asked, raw, settings)
    assert [(len(one.fetched), len(one.changed)) for one in fetched.companies] == [(0, 0), (1, 0), (0, 1)]
    assert len(edgar.log) - requests == fetched.counts.requests == 1 + 3 + (1 + 1) + (1 + 1)
    second = build(raw, warehouse)
    assert second.published, second.message
    assert (second.filings_read, second.filings_reused, second.quarantined) == (2, 17, 1)
    assert len(store.addresses()) == 19
    assert {name: at for name, at in chunks(store).items() if name in before} == before
    assert quarters(warehouse) == [("0009000001", 8, True), ("0009000002", 6, True), ("0009000003", 4, True)]
    with open_warehouse(warehouse) as connection:
        [(source, reason)] = connection.execute("select source, reason from quarantine").fetchall()
    changed = fetched.companies[2].changed[0]
    assert source == changed.relative_to(raw).as_posix()
    assert f"of {source.split('_')[0]}.txt, which was filed first" in reason
    assert len(edgar.log) == requests + 8, "a build asked EDGAR"


def _one_comes_and_one_changes(edgar):
    borealis, cinder = edgar.companies[1:]
    borealis.filings.append(release(borealis, 2012, 12))
    old = cinder.filings[0]
    cinder.filings[0] = LoopbackFiling(
        old.accession, old.form, old.filed, old.items, old.text.replace(b"Exhibit 99.1.", b"Exhibit 99.1, amended.")
    )
