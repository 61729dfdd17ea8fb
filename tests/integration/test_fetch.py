"""From a loopback EDGAR to the raw folder: what is asked, what is kept, and that nothing is asked or written twice."""

from __future__ import annotations

import fcntl
import hashlib
import json
import threading
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from orchestration.edgar.fetch import fetch
from orchestration.edgar.submissions import Extra, Window
from orchestration.filings.records import KeyKind
from orchestration.store.known_companies import known_companies
from orchestration.store.raw import list_raw
from tests.loopback_edgar import impatient, moved, other, release, whole


@pytest.fixture
def settings(edgar, tmp_path):
    return impatient(edgar, tmp_path, read_seconds=3)


def texts(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.txt"))


def test_the_earnings_releases_of_all_pages_are_kept_as_they_came(edgar, settings, tmp_path):
    report = fetch(["ARDB"], tmp_path / "raw", settings)
    company = edgar.companies[0]
    wanted = {one.accession: one for one in company.filings if {"2.02", "12"} & set(one.items.split(","))}
    assert len(wanted) == 8
    assert texts(tmp_path / "raw") == sorted(f"0009000001/{number}.txt" for number in wanted)
    for number, filing in wanted.items():
        path = tmp_path / "raw" / "0009000001" / f"{number}.txt"
        sidecar = json.loads(path.with_suffix(".json").read_text())
        assert path.read_bytes() == filing.text
        assert sidecar["sha256"] == hashlib.sha256(filing.text).hexdigest()
        assert sidecar["url"] == f"{edgar.url}/Archives/edgar/data/9000001/{number}.txt"
        assert (sidecar["form"], sidecar["filed"], ",".join(sidecar["items"])) == ("8-K", str(filing.filed), filing.items)
    [one] = report.companies
    assert (one.cik, one.name, one.found, len(one.fetched), one.there, one.troubles) == (
        "0009000001", "Ardent Biologics, Inc.", 8, 8, 0, [],
    )  # fmt: skip
    assert report.counts.requests == len(edgar.log) == 1 + 3 + 8
    assert [one.source for one in list_raw(tmp_path / "raw").filings] == texts(tmp_path / "raw")


def test_every_request_names_who_asks(edgar, settings, tmp_path):
    fetch(["BORT"], tmp_path / "raw", settings)
    assert {one.agent for one in edgar.log} == {"Tieout Tests tests@example.com"}


def test_what_is_there_is_not_asked_for_again(edgar, settings, tmp_path):
    fetch(["9000002"], tmp_path / "raw", settings)
    before = len(edgar.log)
    report = fetch(["9000002"], tmp_path / "raw", settings)
    assert [one.path for one in edgar.log[before:]] == ["/submissions/CIK0009000002.json"]
    assert (report.companies[0].there, report.companies[0].fetched) == (5, [])


def test_one_new_filing_costs_two_requests(edgar, settings, tmp_path):
    fetch(["9000002"], tmp_path / "raw", settings)
    before = len(edgar.log)
    new = release(edgar.companies[1], 2012, 12)
    edgar.companies[1].filings.append(new)
    report = fetch(["9000002"], tmp_path / "raw", settings)
    assert [path.name for path in report.companies[0].fetched] == [f"{new.accession}.txt"]
    assert len(edgar.log) - before == 2


@pytest.mark.parametrize(
    ("window", "kept"),
    [
        (Window(since=date(2012, 5, 5)), ["12-012600", "12-021700", "12-030900"]),
        (Window(until=date(2012, 2, 4)), ["11-030800", "12-003500"]),
        (Window(since=date(2012, 2, 4), until=date(2012, 5, 5)), ["12-003500", "12-012600"]),
        (Window(limit=2), ["12-021700", "12-030900"]),
        (Window(until=date(2012, 8, 4), limit=1), ["12-021700"]),
        (Window(limit=99), ["11-030800", "12-003500", "12-012600", "12-021700", "12-030900"]),
    ],
)
def test_a_window_keeps_to_its_days_and_its_number(settings, tmp_path, window, kept):
    fetch(["9000002"], tmp_path / "raw", settings, window)
    assert texts(tmp_path / "raw") == [f"0009000002/0009000002-{number}.txt" for number in kept]


def test_older_pages_are_asked_for_only_where_they_may_matter(edgar, settings, tmp_path):
    fetch(["9000001"], tmp_path / "raw", settings, Window(since=date(2004, 11, 1)))
    assert len(edgar.asked("-submissions-")) == 0
    fetch(["9000001"], tmp_path / "raw", settings, Window(limit=2))
    assert len(edgar.asked("-submissions-")) == 0
    fetch(["9000001"], tmp_path / "raw", settings, Window(until=date(2003, 6, 30)))
    assert [one.path[-8:] for one in edgar.asked("-submissions-")] == ["002.json"]


def test_amendments_are_fetched_too(settings, tmp_path):
    report = fetch(["CNDR"], tmp_path / "raw", settings)
    forms = {json.loads(path.with_suffix(".json").read_text())["form"] for path in report.companies[0].fetched}
    assert forms == {"8-K", "8-K/A"}


def test_other_forms_and_items_are_fetched_by_option(edgar, settings, tmp_path):
    company = edgar.companies[1]
    others = [
        other(company, date(2012, 1, 3), "7.01,9.01"),
        other(company, date(2012, 1, 4), "8.01"),
        other(company, date(2012, 1, 5), "1.01"),
    ]
    foreign = [other(company, date(2012, 1, 6), "", form="6-K"), other(company, date(2012, 1, 7), "", form="6-K/A")]
    company.filings += [*others, *foreign]
    [report] = fetch(["9000002"], tmp_path / "raw", settings).companies
    assert (report.found, report.passed_over) == (5, {Extra.REGULATION_FD: 1, Extra.OTHER_EVENTS: 1, Extra.FOREIGN: 2})
    window = Window(extras=frozenset({Extra.REGULATION_FD, Extra.FOREIGN}))
    [report] = fetch(["9000002"], tmp_path / "raw", settings, window).companies
    assert sorted(path.stem for path in report.fetched) == sorted(one.accession for one in (others[0], *foreign))
    assert (report.there, report.passed_over) == (5, {Extra.OTHER_EVENTS: 1})


def test_an_unknown_company_does_not_stop_the_others(settings, tmp_path):
    report = fetch(["NOPE", "42", "CNDR"], tmp_path / "raw", settings)
    assert [[trouble.code for trouble in one.troubles] for one in report.companies] == [["ticker_unknown"], ["cik_unknown"], []]
    assert len(report.companies[2].fetched) == 4


def test_a_ticker_that_edgar_dropped_is_known_from_the_vocabulary(edgar, settings, tmp_path):
    edgar.companies[2].cik, edgar.companies[2].ticker = 855654, ""
    for filing in edgar.companies[2].filings:
        assert filing.text
    report = fetch(["imgn"], tmp_path / "raw", settings, Window(limit=1))
    assert (report.companies[0].cik, report.companies[0].troubles) == ("0000855654", [])


def test_a_ticker_that_went_to_another_company_is_not_guessed(edgar, settings, tmp_path):
    edgar.companies[0].ticker = "IMGN"
    report = fetch(["IMGN"], tmp_path / "raw", settings)
    [trouble] = report.troubles
    assert trouble.code == "ticker_ambiguous"
    assert "9000001" in trouble.reason
    assert "855654" in trouble.reason
    assert not (tmp_path / "raw").exists()


def test_a_company_named_twice_is_fetched_once(edgar, settings, tmp_path):
    report = fetch(["CNDR", "9000003", "0009000003"], tmp_path / "raw", settings)
    assert len(report.companies) == 1
    assert len(edgar.asked("CIK0009000003")) == 1


def test_a_damaged_file_is_fetched_again_and_kept_beside_never_over(edgar, settings, tmp_path):
    fetch(["CNDR"], tmp_path / "raw", settings)
    path = next((tmp_path / "raw" / "0009000003").glob("*.txt"))
    sound = path.read_bytes()
    path.write_bytes(sound[:100])
    report = fetch(["CNDR"], tmp_path / "raw", settings)
    [beside] = report.companies[0].changed
    assert path.read_bytes() == sound[:100]
    assert beside.read_bytes() == sound
    assert beside.name == f"{path.stem}_{hashlib.sha256(sound).hexdigest()[:16]}.txt"
    before = len(edgar.log)
    assert fetch(["CNDR"], tmp_path / "raw", settings).companies[0].there == 4
    assert len(edgar.log) - before == 2


def test_what_changed_upstream_is_kept_beside_the_old(edgar, settings, tmp_path):
    company = edgar.companies[2]
    fetch(["CNDR"], tmp_path / "raw", settings)
    old = company.filings[0]
    company.filings[0] = replace(old, text=old.text.replace(b"99.1 Press", b"99.1 press  "))
    report = fetch(["CNDR"], tmp_path / "raw", settings)
    [beside] = report.companies[0].changed
    assert beside.read_bytes() == company.filings[0].text
    assert (tmp_path / "raw" / "0009000003" / f"{old.accession}.txt").read_bytes() == old.text
    before = len(edgar.log)
    again = fetch(["CNDR"], tmp_path / "raw", settings)
    assert (again.companies[0].there, again.companies[0].changed, len(edgar.log) - before) == (4, [], 2)


def test_a_change_that_the_index_does_not_show_is_found_by_recheck(edgar, settings, tmp_path):
    company = edgar.companies[2]
    fetch(["CNDR"], tmp_path / "raw", settings)
    old = company.filings[0]
    company.filings[0] = replace(old, text=old.text.replace(b"Jane Doe", b"Jane Roe"))
    assert not fetch(["CNDR"], tmp_path / "raw", settings).companies[0].changed
    report = fetch(["CNDR"], tmp_path / "raw", settings, recheck=True)
    assert (len(report.companies[0].changed), report.companies[0].there) == (1, 3)


def test_a_text_without_its_sidecar_is_asked_for_and_recognised(edgar, settings, tmp_path):
    fetch(["CNDR"], tmp_path / "raw", settings)
    folder = tmp_path / "raw" / "0009000003"
    bodies = {path.name: path.read_bytes() for path in folder.glob("*.txt")}
    for path in folder.glob("0*.json"):
        path.write_text("{")
    report = fetch(["CNDR"], tmp_path / "raw", settings)
    assert (report.companies[0].there, report.companies[0].fetched, report.companies[0].changed) == (4, [], [])
    assert {path.name: path.read_bytes() for path in folder.glob("*.txt")} == bodies
    assert all(json.loads(path.read_text())["sha256"] for path in folder.glob("0*.json"))


def test_what_edgar_says_of_the_company_is_kept_with_its_filings(edgar, settings, tmp_path):
    """Else its press releases, which name it and its ticker, would be of nobody known."""
    fetch(["CNDR"], tmp_path / "raw", settings)
    path = tmp_path / "raw" / "0009000003" / "company.json"
    name = edgar.companies[2].name
    told = json.loads(path.read_text())
    assert (told["company_id"], told["name"], told["tickers"]) == ("0009000003", name, ["Nasdaq: CNDR"])
    edgar.companies[2].ticker, edgar.companies[2].name = "", "Renamed, Inc."
    fetch(["9000003"], tmp_path / "raw", settings)
    told = json.loads(path.read_text())
    assert (told["name"], told["former_names"], told["tickers"]) == ("Renamed, Inc.", [name], ["Nasdaq: CNDR"])
    known = known_companies(tmp_path / "raw").companies
    assert (KeyKind.TICKER, "US:CNDR") in next(one for one in known if one.company_id == "0009000003").links


def test_what_edgar_says_of_a_company_without_a_filing_is_not_kept(edgar, settings, tmp_path):
    fetch(["CNDR"], tmp_path / "raw", settings, Window(since=date(2030, 1, 1)))
    assert not list((tmp_path / "raw").rglob("*.json"))


def test_nothing_but_texts_and_sidecars_is_left_in_the_raw_folder(settings, tmp_path):
    fetch(["CNDR"], tmp_path / "raw", settings)
    assert {path.suffix for path in (tmp_path / "raw").rglob("*") if path.is_file()} == {".txt", ".json"}


def test_a_company_that_another_process_fetches_is_waited_for(edgar, settings, tmp_path):
    folder = tmp_path / "raw" / "0009000003"
    folder.mkdir(parents=True)
    heard = []
    with (folder / ".fetching").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        threading.Timer(1.0, lambda: fcntl.flock(held, fcntl.LOCK_UN)).start()
        began = time.monotonic()
        report = fetch(["CNDR"], tmp_path / "raw", settings, on_progress=lambda step, *_: heard.append(step))
    assert time.monotonic() - began > 0.9
    assert len(report.companies[0].fetched) == 4
    assert "wait for another fetch of CIK 9000003" in heard


def test_leftovers_of_a_killed_fetch_are_swept(settings, tmp_path):
    folder = tmp_path / "raw" / "0009000003"
    folder.mkdir(parents=True)
    (folder / ".part-0009000003-13-012500").write_text("half")
    fetch(["CNDR"], tmp_path / "raw", settings)
    assert not list(folder.glob(".part*"))


def test_a_redirect_within_the_host_is_followed(edgar, settings, tmp_path):
    path = f"/Archives/edgar/data/9000003/{edgar.companies[2].filings[0].accession}.txt"
    edgar.fault(path, moved(f"/elsewhere{path}"))
    edgar.fault(f"/elsewhere{path}", whole(edgar.companies[2].filings[0].text))
    report = fetch(["9000003"], tmp_path / "raw", settings)
    assert len(report.companies[0].fetched) == 4
    assert report.counts.requests == len(edgar.log) == 6


def test_bodies_are_counted_as_they_came_over_the_wire(edgar, settings, tmp_path):
    packed = fetch(["9000003"], tmp_path / "a", settings).counts.bytes
    edgar.gzipped = False
    plain = fetch(["9000003"], tmp_path / "b", settings).counts.bytes
    assert plain > 1.5 * packed > 0
    assert [path.read_bytes() for path in sorted((tmp_path / "a").rglob("*.txt"))] == [
        path.read_bytes() for path in sorted((tmp_path / "b").rglob("*.txt"))
    ]


def test_a_filing_that_the_index_does_not_list_yet_is_told(edgar, settings, tmp_path):
    known = edgar.companies[2].filings[0].accession
    report = fetch(["9000003"], tmp_path / "raw", settings, expected=[known, "0009000003-26-000001"])
    assert report.companies[0].unlisted == ["0009000003-26-000001"]


def test_the_order_of_the_index_changes_nothing(edgar, settings, tmp_path):
    fetch(["9000001"], tmp_path / "a", settings)
    edgar.companies[0].filings.reverse()
    edgar.companies[0].recent = 3
    fetch(["9000001"], tmp_path / "b", settings)
    assert texts(tmp_path / "a") == texts(tmp_path / "b")


def test_a_filing_on_two_pages_is_fetched_once(edgar, settings, tmp_path):
    company = edgar.companies[1]
    twice = company.filings[0]
    company.filings.append(replace(twice, filed=twice.filed - timedelta(days=1)))
    report = fetch(["9000002"], tmp_path / "raw", settings)
    assert report.companies[0].found == 5
