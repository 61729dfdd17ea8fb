"""EDGAR at its worst: for each way to misbehave, what is asked again, what is refused and why; nothing half is left."""

from __future__ import annotations

import gzip
import json
import socket
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from orchestration.edgar.fetch import fetch
from orchestration.store.raw import MAX_FILING_BYTES
from tests import loopback_edgar
from tests.loopback_edgar import ERROR_PAGE, cut, endless, impatient, moved, release, silent, slow, status, whole

INDEX = "/submissions/CIK0009000002.json"
BORT = loopback_edgar.companies()[1]
FILING = BORT.filings[0]
TEXT = f"/Archives/edgar/data/9000002/{FILING.accession}.txt"
OTHER = BORT.filings[1].text


@pytest.fixture
def settings(edgar, tmp_path):
    return impatient(edgar, tmp_path, read_seconds=0.6, body_seconds=1.5, longest_wait=5.0)


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch):
    """Nothing here may look up another machine, wherever an answer sends us."""
    real = socket.getaddrinfo

    def look_up(host, *more, **named):
        assert host in ("127.0.0.1", b"127.0.0.1", "localhost"), f"a test asked for {host}"
        return real(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def halves(folder):
    """What a broken transfer must not leave."""
    return [path.name for path in folder.rglob("*") if path.name.startswith(".part")]


def bomb(size):
    return gzip.compress(bytes(size), 9)


HEALED = {
    "429 with Retry-After in seconds": status(429, "1"),
    "429 without Retry-After": status(429),
    "403 without Retry-After": status(403),
    "503 with Retry-After": status(503, "1"),
    "503 without Retry-After": status(503),
    "500": status(500),
    "502": status(502),
    "nonsense in Retry-After": status(429, "soon"),
    "no answer": silent(1.2),
    "a body slower than the read time-out": slow(FILING.text, 4.0, 2),
    "a body slower than the whole may take": slow(FILING.text, 4.0, 40),
    "a body that stops short of its length": cut(FILING.text, 900),
    "a length that is too long": cut(FILING.text, 10**9, length=len(FILING.text) + 500),
    "a length that is too short": cut(FILING.text, 900, length=900),
    "a body that stops, without a length": cut(FILING.text, 900, says_length=False),
    "a compressed body that stops": cut(gzip.compress(FILING.text), 400, length=400, coding="gzip"),
    "a compressed body that is damaged": whole(b"\x1f\x8b\x08\x00garbage", coding="gzip"),
    "an HTML error page with status 200": whole(ERROR_PAGE, "text/html"),
    "an empty body with status 200": whole(b""),
}


@pytest.mark.parametrize("fault", HEALED.values(), ids=HEALED)
def test_what_passes_is_asked_for_again_and_had(edgar, settings, tmp_path, fault):
    edgar.fault(TEXT, fault)
    report = fetch(["9000002"], tmp_path / "raw", settings)
    assert report.troubles == []
    assert len(report.companies[0].fetched) == 5
    assert (tmp_path / "raw" / "0009000002" / f"{FILING.accession}.txt").read_bytes() == FILING.text
    assert len(edgar.asked(TEXT)) == 2
    assert report.counts.retries == 1
    assert not halves(tmp_path)


LASTING = {
    "429": (status(429), "status_429", 5),
    "403": (status(403), "status_403", 5),
    "503": (status(503), "status_503", 5),
    "404": (status(404), "not_there", 1),
    "418": (status(418), "status_418", 1),
    "a redirect to another host": (moved("http://localhost:9/x"), "redirect_refused", 1),
    "a redirect to another scheme": (moved("file:///etc/passwd"), "redirect_refused", 1),
    "a redirect without a place": (moved(""), "redirect_refused", 1),
    "a redirect in a circle": (moved(TEXT), "redirect_refused", 4),
    "an HTML error page with status 200": (whole(ERROR_PAGE, "text/html"), "not_a_submission", 3),
    "a body that always stops": (cut(FILING.text, 900), "cut_off", 3),
    "a body that always stops, without a length": (cut(FILING.text, 900, says_length=False), "cut_off", 3),
    "the text of another filing": (whole(OTHER), "other_filing", 1),
    "a length beyond the bound": (endless(b"x", 1, says=200_000_000), "too_large", 1),
    "200 MB without a length": (endless(b"x" * 1_000_000, 200), "too_large", 1),
    "a gzip bomb": (whole(bomb(200_000_000), coding="gzip"), "too_large", 1),
    "a coding that nobody asked for": (whole(FILING.text, coding="br"), "unknown_coding", 1),
    "a drip that never ends": (slow(FILING.text, 60, 1000), "too_slow", 3),
}


@pytest.mark.parametrize("lasting", LASTING.values(), ids=LASTING)
def test_what_lasts_is_refused_with_its_reason_and_the_others_are_had(edgar, settings, tmp_path, lasting):
    fault, code, asked = lasting
    edgar.fault(TEXT, *[fault] * 9)
    report = fetch(["9000002"], tmp_path / "raw", settings)
    [trouble] = report.troubles
    assert (trouble.company, trouble.code) == ("9000002", code)
    assert FILING.accession in trouble.about
    assert len(trouble.reason) > 40
    assert len(report.companies[0].fetched) == 4
    assert len(edgar.asked(TEXT)) == asked
    assert not (tmp_path / "raw" / "0009000002" / f"{FILING.accession}.txt").exists()
    assert not halves(tmp_path)
    assert len(list((tmp_path / "raw").rglob("0*.json"))) == 4


BAD_INDEX = {
    "garbage": (whole(b'{"cik": "0009000002", "filings": {'), "not_json"),
    "HTML with status 200": (whole(ERROR_PAGE, "application/json"), "not_json"),
    "deeply nested": (whole(b"[" * 500_000), "not_json"),
    "a list": (whole(b"[]"), "not_an_index"),
    "no filings": (whole(b'{"cik": "9000002", "filings": null}'), "not_an_index"),
    "no columns": (whole(b'{"cik": "9000002", "filings": {"recent": {"form": []}}}'), "not_an_index"),
    "another company": (whole(b'{"cik": "9000003", "filings": {"recent": {}}}'), "other_company"),
    "not there": (status(404), "cik_unknown"),
    "a redirect to another host": (moved("https://example.com/"), "redirect_refused"),
    "503 for good": (status(503), "status_503"),
}


@pytest.mark.parametrize(("fault", "code"), BAD_INDEX.values(), ids=BAD_INDEX)
def test_a_bad_index_fails_its_company_alone(edgar, settings, tmp_path, fault, code):
    edgar.fault(INDEX, *[fault] * 9)
    report = fetch(["9000002", "9000003"], tmp_path / "raw", settings)
    assert [[trouble.code for trouble in one.troubles] for one in report.companies] == [[code], []]
    assert len(report.companies[1].fetched) == 4
    assert not (tmp_path / "raw" / "0009000002").exists()


@contextmanager
def changed_index(edgar):
    """The filings of the index, to be changed: so EDGAR answers next."""
    body = json.loads(edgar.content(INDEX)[1])
    yield body["filings"]
    edgar.fault(INDEX, whole(json.dumps(body).encode()))


def test_columns_of_unequal_length_are_no_index(edgar, settings, tmp_path):
    with changed_index(edgar) as filings:
        filings["recent"]["filingDate"].pop()
    assert [one.code for one in fetch(["9000002"], tmp_path / "raw", settings).troubles] == ["not_an_index"]


OLDER = {
    "missing": (status(404), "not_there"),
    "garbage": (whole(b"{"), "not_json"),
    "an error page": (whole(ERROR_PAGE), "not_json"),
    "no columns": (whole(b"{}"), "not_an_index"),
    "503 for good": (status(503), "status_503"),
}


@pytest.mark.parametrize(("fault", "code"), OLDER.values(), ids=OLDER)
def test_an_older_page_that_is_missing_is_told_and_what_was_found_is_kept(edgar, settings, tmp_path, fault, code):
    edgar.fault("/submissions/CIK0009000001-submissions-001.json", *[fault] * 9)
    report = fetch(["9000001"], tmp_path / "raw", settings)
    [trouble] = report.troubles
    assert trouble.code == code
    assert "not whole" in trouble.about
    assert 0 < len(report.companies[0].fetched) < 8


@pytest.mark.parametrize(
    "cells",
    [
        {"accessionNumber": "../../../../etc/passwd"},
        {"accessionNumber": "0009000002-12-00000١"},
        {"accessionNumber": None},
        {"accessionNumber": ["0009000002-12-000001"]},
        {"filingDate": "yesterday"},
        {"filingDate": 20120101},
    ],
    ids=str,
)
def test_a_row_that_is_no_filing_is_told_of_and_becomes_no_path(edgar, settings, tmp_path, cells):
    with changed_index(edgar) as filings:
        for name, cell in cells.items():
            filings["recent"][name][0] = cell
    report = fetch(["9000002"], tmp_path / "raw", settings)
    assert [one.code for one in report.troubles] == ["row_refused"]
    assert len(report.companies[0].fetched) == 4
    assert {path.parent for path in tmp_path.rglob("*.txt")} == {tmp_path / "raw" / "0009000002"}


@pytest.mark.parametrize(
    "name", ["../../x.json", "http://example.com/x.json", "CIK0009000003-submissions-001.json", "", None, 7]
)
def test_a_page_with_another_name_is_not_asked_for(edgar, settings, tmp_path, name):
    with changed_index(edgar) as filings:
        filings["files"] = [{"name": name}]
    report = fetch(["9000002"], tmp_path / "raw", settings)
    assert [one.code for one in report.troubles] == ["page_refused"]
    assert len(report.companies[0].fetched) == 5
    assert len(edgar.log) == 6


def test_an_index_without_end_is_refused(edgar, settings, tmp_path):
    with changed_index(edgar) as filings:
        recent = filings["recent"]
        for name, cells in recent.items():
            recent[name] = cells[:1] * 11_000
        recent["accessionNumber"] = [f"0009000002-11-{number:06}" for number in range(11_000)]
    assert [one.code for one in fetch(["9000002"], tmp_path / "raw", settings).troubles] == ["not_an_index"]
    assert len(edgar.log) == 1


def test_pages_without_end_are_not_asked_for(edgar, settings, tmp_path):
    with changed_index(edgar) as filings:
        filings["files"] = [{"name": f"CIK0009000002-submissions-{number:03}.json"} for number in range(1, 1000)]
    report = fetch(["9000002"], tmp_path / "raw", settings)
    assert [one.code for one in report.troubles] == ["page_refused"]
    assert len(report.companies[0].fetched) == 5
    assert len(edgar.log) == 6


def test_a_thousand_bad_rows_are_counted_and_not_all_shown(edgar, settings, tmp_path):
    from orchestration.edgar.summary import SHOWN, lines  # noqa: PLC0415

    with changed_index(edgar) as filings:
        recent = filings["recent"]
        for name, cells in recent.items():
            recent[name] = cells + cells[:1] * 1000
        recent["accessionNumber"][5:] = ["x"] * 1000
    report = fetch(["9000002"], tmp_path / "raw", settings)
    assert len(report.troubles) == 1000
    shown = [line for line in lines(report) if line.startswith("not had")]
    assert len(shown) == SHOWN + 1
    assert shown[-1] == "not had: 900 more"


@pytest.mark.parametrize("fault", [whole(ERROR_PAGE), whole(b"{}"), status(503)], ids=["page", "empty", "503"])
def test_without_the_list_of_tickers_a_cik_still_works(edgar, settings, tmp_path, fault):
    edgar.fault("/files/company_tickers.json", *[fault] * 9)
    report = fetch(["BORT", "9000003"], tmp_path / "raw", settings)
    assert [len(one.troubles) for one in report.companies] == [1, 0]
    assert len(report.companies[1].fetched) == 4


def test_retry_after_is_kept_to_by_every_worker_and_told(edgar, settings, tmp_path):
    edgar.fault(TEXT, status(429, "2"))
    heard = []
    fetch(["9000002"], tmp_path / "raw", settings, on_progress=lambda step, *_: heard.append(step))
    assert "waits 2 s: EDGAR answered 429 and asked to wait 2 s" in heard
    refused = next(one.at for one in edgar.log if one.status == 429)
    later = [one.at - refused for one in edgar.log if one.at > refused + 0.2]
    assert later
    assert min(later) > 1.9


def test_retry_after_as_a_date_is_kept_to(edgar, settings, tmp_path):
    until = datetime.now(UTC) + timedelta(seconds=3)
    edgar.fault(INDEX, status(503, format_datetime(until, usegmt=True)))
    began = time.monotonic()
    report = fetch(["9000002"], tmp_path / "raw", settings)
    assert 1.8 < time.monotonic() - began < 6
    assert report.troubles == []


@pytest.mark.parametrize("asked", ["86400", "Fri, 31 Dec 2999 23:59:59 GMT", "9" * 400])
def test_a_pause_beyond_the_cap_ends_the_run_and_holds_for_the_next(edgar, settings, tmp_path, asked):
    edgar.fault(INDEX, status(429, asked))
    began = time.monotonic()
    report = fetch(["9000002", "9000003"], tmp_path / "raw", settings)
    assert time.monotonic() - began < 3
    assert [one.code for one in report.troubles] == ["status_429", "asked_to_wait"]
    before = len(edgar.log)
    again = fetch(["9000003"], tmp_path / "raw", settings)
    assert [one.code for one in again.troubles] == ["asked_to_wait"]
    assert len(edgar.log) == before == 1


def test_when_turned_away_again_and_again_nothing_more_is_asked(edgar, settings, tmp_path):
    edgar.fault("*", *[status(403)] * 99)
    report = fetch(["9000001", "9000002", "9000003"], tmp_path / "raw", settings)
    assert [one.code for one in report.troubles] == ["status_403", "status_403", "turned_away"]
    assert len(edgar.log) == 10


def test_nobody_listens(settings, tmp_path, edgar):
    from dataclasses import replace  # noqa: PLC0415

    report = fetch(
        ["9000001"], tmp_path / "raw", replace(settings, base_url="http://127.0.0.1:9", data_url="http://127.0.0.1:9")
    )
    assert [one.code for one in report.troubles] == ["no_connection"]
    assert not edgar.log


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (b"<FILENAME>../../../../tmp/evil.txt\n", "filename_refused"),
        (b"<FILENAME>/etc/passwd\n", "filename_refused"),
        (b"<FILENAME>C:\\evil.exe\n", "filename_refused"),
        (b"<FILENAME>.bashrc\n", "filename_refused"),
        (b"<FILENAME>a\x00b.txt\n", "filename_refused"),
        (b"<FILENAME>" + b"x" * 5000 + b"\n", "filename_refused"),
        (b"<DOCUMENT>\n" * 1_000_000, "too_many_documents"),
    ],
    ids=["dots", "absolute", "drive", "hidden", "nul", "long", "documents"],
)
def test_a_hostile_submission_is_refused_before_it_has_a_name(edgar, settings, tmp_path, inside, code):
    edgar.fault(TEXT, whole(FILING.text.replace(b"<FILENAME>dex991.txt\n", inside)))
    report = fetch(["9000002"], tmp_path / "raw", settings)
    assert [one.code for one in report.troubles] == [code]
    assert len(report.companies[0].fetched) == 4
    written = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert all(path.is_relative_to(tmp_path / "raw") or path.is_relative_to(tmp_path / "state") for path in written)


def test_the_largest_filing_that_is_read_is_kept(edgar, settings, tmp_path):
    company = edgar.companies[1]
    filing = release(company, 2013, 3)
    room = MAX_FILING_BYTES - len(filing.text)
    filled = filing.text.replace(b"</SEC-DOCUMENT>", b" " * room + b"</SEC-DOCUMENT>")
    assert len(filled) == MAX_FILING_BYTES
    company.filings = [type(filing)(filing.accession, filing.form, filing.filed, filing.items, filled)]
    assert len(fetch(["9000002"], tmp_path / "raw", settings).companies[0].fetched) == 1


def test_a_folder_that_is_a_link_out_of_the_raw_folder_is_not_written_through(settings, tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "raw" / "0009000002").symlink_to(tmp_path / "outside")
    report = fetch(["9000002", "9000003"], tmp_path / "raw", settings)
    assert [one.code for one in report.troubles] == ["folder_refused"]
    assert not list((tmp_path / "outside").iterdir())
    assert len(report.companies[1].fetched) == 4
