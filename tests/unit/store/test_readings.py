"""The store: nothing is read twice, nothing is lost, and no file takes the others with it."""

import os
import threading
from datetime import date
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from orchestration.filings.proof.external_evidence import ExternalFigure
from orchestration.filings.proof.other_releases import ReleaseEvidence
from orchestration.filings.records import Filing, Reading, Value
from orchestration.store import chunks, ledger, readings, schema
from orchestration.store.raw import list_raw

READER = "tests.unit.store.made_up_reader:read_filing"


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"filing {number}")
    return folder


@pytest.fixture
def store(tmp_path):
    return readings.ReadingStore(tmp_path / "readings", readings.reader_version(READER), READER, timeout_seconds=1.0)


def update(store, folder, jobs=1):
    return store.update(list_raw(folder).filings, jobs, lambda _done, _total: None)


def rows(store):
    found = [row for path in store.paths() for row in pq.read_table(path).to_pylist()]
    return sorted(found, key=lambda row: row["source"])


def reason(store, source):
    [row] = [row for row in rows(store) if row["source"] == source]
    assert row["filing"]["status"] == "quarantined"
    assert [problem["code"] for problem in row["problems"]]
    return row["problems"][0]["code"], row["filing"]["reason"]


def test_a_filing_is_read_once(store, raw):
    assert update(store, raw)[:2] == (5, 0)
    assert update(store, raw)[:2] == (0, 5)
    (raw / "new.txt").write_text("new")
    assert update(store, raw)[:2] == (1, 5)


def test_a_renamed_filing_is_read_again(store, raw):
    update(store, raw)
    (raw / "0.txt").rename(raw / "renamed.txt")
    assert update(store, raw)[:2] == (1, 4)


def test_another_reader_version_reads_all_again_and_clears_up(store, raw):
    update(store, raw)
    other = readings.ReadingStore(store.folder, "0" * 64, READER)
    assert update(other, raw)[:2] == (5, 0)
    assert not store.paths()
    assert len(other.seen()) == 5


def test_the_reader_version_follows_code_and_reader():
    assert readings.reader_version() == readings.reader_version()
    assert readings.reader_version() != readings.reader_version(READER)


def test_one_worker_and_many_read_the_same(tmp_path, store, raw):
    update(store, raw)
    many = readings.ReadingStore(tmp_path / "many", store.version, READER)
    update(many, raw, jobs=2)
    assert len(many.paths()) > len(store.paths())
    assert rows(many) == rows(store)


@pytest.mark.parametrize("damage", ["cut", "flip", "empty"])
def test_a_damaged_chunk_is_read_again(store, raw, damage, caplog):
    update(store, raw)
    before = rows(store)
    [path] = store.paths()
    body = bytearray(path.read_bytes())
    if damage == "flip":
        body[len(body) // 4] ^= 0xFF
    path.write_bytes({"cut": body[: len(body) // 2], "flip": body, "empty": b""}[damage])
    assert update(store, raw).read == 5
    assert "is damaged" in caplog.text
    assert rows(store) == before


def test_small_chunks_are_gathered(store, raw, monkeypatch):
    monkeypatch.setattr(readings, "COMPACT_ABOVE_CHUNKS", 3)
    for number in range(6):
        (raw / f"more{number}.txt").write_text(f"more {number}")
        update(store, raw)
    assert len(store.paths()) <= 4
    assert len(rows(store)) == 11
    assert update(store, raw)[:2] == (0, 11)


def test_a_reader_that_raises_quarantines_its_filing_alone(store, raw):
    (raw / "bad.txt").write_text("raise\n")
    assert update(store, raw).read == 6
    code, text = reason(store, "bad.txt")
    assert code == "reader_failed"
    assert "RuntimeError: the reader stumbled" in text
    assert sum(row["filing"]["status"] == "accepted" for row in rows(store)) == 5


def test_a_record_that_breaks_its_annotations_quarantines_its_filing_alone(store, raw):
    (raw / "bad.txt").write_text("none\n")
    update(store, raw)
    code, text = reason(store, "bad.txt")
    assert code == "reader_failed"
    assert "Value.parent_weight is empty" in text
    assert sum(row["filing"]["status"] == "accepted" for row in rows(store)) == 5


def test_a_reader_that_hangs_is_stopped_in_process(store, raw):
    (raw / "bad.txt").write_text("hang\n")
    update(store, raw)
    assert reason(store, "bad.txt")[0] == "reader_timed_out"


@pytest.mark.parametrize(
    ("order", "code"), [("crash", "reader_crashed"), ("hang", "reader_timed_out"), ("stuck", "reader_timed_out")]
)
def test_a_worker_that_dies_costs_its_filing_alone(store, raw, order, code):
    (raw / "2bad.txt").write_text(f"{order}\n")
    assert update(store, raw, jobs=2).read == 6
    assert reason(store, "2bad.txt")[0] == code
    assert sum(row["filing"]["status"] == "accepted" for row in rows(store)) == 5


def test_a_pdf_that_ends_its_process_does_not_end_the_build(store, raw):
    """A few files are read in the process of the build, and PDFium is no Python."""
    (raw / "2bad.pdf").write_bytes(b"crash\n%PDF-1.7\n")
    assert update(store, raw, jobs=1).read == 6
    assert reason(store, "2bad.pdf")[0] == "reader_crashed"
    assert sum(row["filing"]["status"] == "accepted" for row in rows(store)) == 5


def test_outside_the_main_thread_a_worker_keeps_the_time(store, raw):
    (raw / "bad.txt").write_text("hang\n")
    thread = threading.Thread(target=update, args=(store, raw))
    thread.start()
    thread.join(timeout=60)
    assert reason(store, "bad.txt")[0] == "reader_timed_out"


def test_a_reader_that_cannot_be_imported_fails_the_build_and_no_filing(store, raw):
    broken = readings.ReadingStore(store.folder, store.version, "no_such_module:read")
    with pytest.raises(ModuleNotFoundError):
        update(broken, raw, jobs=2)
    assert not broken.paths()


def test_a_file_too_large_is_quarantined_unread(store, raw):
    with (raw / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    update(store, raw)
    code, text = reason(store, "large.txt")
    assert code == "too_large"
    assert "50,000,000 bytes" in text


@pytest.mark.parametrize("change", ["removed", "changed"])
def test_a_file_that_goes_between_listing_and_reading_is_missed(store, raw, change):
    listing = list_raw(raw)
    if change == "removed":
        (raw / "1.txt").unlink()
    else:
        (raw / "1.txt").write_text("other")
    done = store.update(listing.filings, 1, lambda _done, _total: None)
    assert (done.read, [file.source for file in done.missed]) == (4, ["1.txt"])
    assert readings.missed(done.missed[0]).problems[0].code == "file_changed_while_reading"


def test_the_ledger_tells_of_files_that_went_changed_or_moved(store, raw):
    update(store, raw)
    (raw / "0.txt").unlink()
    (raw / "1.txt").write_text("other")
    (raw / "2.txt").rename(raw / "moved.txt")
    update(store, raw)
    told = ledger.changes(list_raw(raw).files, store.seen())
    assert [(one.code, one.severity) for one in told] == [
        ("file_removed", "warning"),
        ("file_changed", "warning"),
        ("file_moved", "note"),
    ]
    assert [one.message.split()[0] for one in told] == ["0.txt", "1.txt", "2.txt"]


def test_chunks_are_bounded_by_count_and_bytes(raw, monkeypatch):
    files = list_raw(raw).filings
    assert [len(some) for some in chunks.chunks(files, 1)] == [5]
    assert [len(some) for some in chunks.chunks(files, 2)] == [3, 2]
    monkeypatch.setattr(chunks, "MAX_CHUNK_BYTES", files[0].size_bytes * 2)
    assert [len(some) for some in chunks.chunks(files, 1)] == [2, 2, 1]


def test_no_jobs_is_an_error(store, raw):
    with pytest.raises(ValueError, match="jobs must be 1 or more"):
        update(store, raw, jobs=0)


def value(**changes):
    empty = {str: "", int: 1, bool: False, Decimal: Decimal(1)}
    plain = {column.name: None if column.is_nullable else empty[column.type] for column in schema.columns(Value)}
    plain["status"] = "as_read"
    return Value(**(plain | changes))


@pytest.mark.parametrize("number", [Decimal("1e18"), Decimal("-1e30"), Decimal("0.00001"), Decimal("NaN"), Decimal("Infinity")])
def test_a_number_that_does_not_fit_becomes_a_problem(number):
    reading = Reading(Filing("id", "source", "sha"), values=(value(value=number), value(value=Decimal("1.5"))))
    row = schema.row("sha", "source", "version", reading)
    assert [(one["value"], one["status"]) for one in row["values"]] == [(None, "unreadable"), (Decimal("1.5"), "as_read")]
    assert [problem["code"] for problem in row["problems"]] == ["number_too_wide"]


def test_a_row_whose_required_number_does_not_fit_is_left_out_and_told():
    reading = Reading(Filing("id", "source", "sha"), values=(value(rounding=Decimal("1e25")),))
    row = schema.row("sha", "source", "version", reading)
    assert row["values"] == []
    assert "the row was left out" in row["problems"][0]["message"]


def test_the_largest_number_is_kept_exactly():
    number = Decimal("999999999999999999.9999")
    reading = Reading(Filing("id", "source", "sha"), values=(value(value=number),))
    assert schema.row("sha", "source", "version", reading)["values"][0]["value"] == number


TOLD = (ExternalFigure("Revenues", date(2010, 3, 31), 3, "USD", Decimal(1), Decimal(1), ("another",)),)


@pytest.fixture
def told(monkeypatch):
    """`told["0.txt"] = "digest"` has that file in doubt, and others tell of it with that digest."""
    digests = {}

    def evidence(_paths, listed, _companies):
        return {one: ReleaseEvidence(TOLD, digests[one.source]) for one in listed if one.source in digests}

    monkeypatch.setattr(readings, "evidence", evidence)
    return digests


def second(store):
    return sorted((one.source, one.evidence) for one in store.addresses(second=True))


def test_a_filing_in_doubt_is_read_again_once_for_each_evidence(store, raw, told):
    told |= {"0.txt": "x", "1.txt": "x"}
    first = update(store, raw)
    assert (first.read, first.reused, first.read_again) == (5, 0, 2)
    assert sorted(one.source for one in first.again) == ["0.txt", "1.txt"]
    again = update(store, raw)
    assert (again.read, again.reused, again.read_again, again.again) == (0, 5, 0, first.again)
    told["1.txt"] = "y"
    assert update(store, raw).read_again == 1
    assert second(store) == [("0.txt", "x"), ("1.txt", "y")], "what was superseded is gone, what was not is kept"
    del told["0.txt"], told["1.txt"]
    assert update(store, raw).again == frozenset()
    assert second(store) == []
    assert len(store.addresses()) == 5


def test_the_second_reading_of_a_file_that_is_not_listed_waits_for_it(store, raw, told):
    told["0.txt"] = "x"
    update(store, raw)
    body = (raw / "0.txt").read_bytes()
    (raw / "0.txt").unlink()
    assert update(store, raw).again == frozenset()
    (raw / "0.txt").write_bytes(body)
    assert update(store, raw)[:2] == (0, 5)
    assert second(store) == [("0.txt", "x")]


def test_small_chunks_of_second_readings_are_gathered_apart(store, raw, told, monkeypatch):
    monkeypatch.setattr(readings, "COMPACT_ABOVE_CHUNKS", 1)
    for number in range(5):
        told[f"{number}.txt"] = "x"
        update(store, raw)
    assert len(store.paths_of(second=True)) == 1
    assert second(store) == [(f"{number}.txt", "x") for number in range(5)]
    assert len(store.addresses()) == 5


@pytest.mark.parametrize("jobs", [1, 2])
def test_workers_read_again_what_they_are_told(store, raw, told, jobs):
    update(store, raw)
    told |= {f"{number}.txt": str(number) for number in range(5)}
    assert update(store, raw, jobs=jobs).read_again == 5
    assert second(store) == [(f"{number}.txt", str(number)) for number in range(5)]


def test_a_second_reading_that_the_reader_died_over_never_replaces_the_first(store, raw, told, caplog):
    store = readings.ReadingStore(store.folder, store.version, READER)
    (raw / "bad.txt").write_text("crash when told\n")
    told |= {"bad.txt": "x", "0.txt": "x"}
    done = update(store, raw, jobs=2)
    assert ([one.source for one in done.again], done.read_again) == (["0.txt"], 1)
    assert "The reader failed when it read bad.txt a second time" in caplog.text
    [path] = [path for path in store.paths_of(second=True) if pq.read_table(path)["source"].to_pylist() == ["bad.txt"]]
    [row] = pq.read_table(path).to_pylist()
    assert (row["evidence"], row["filing"]["status"], row["problems"][0]["code"]) == ("x", "quarantined", "reader_crashed")


def test_a_reading_stopped_for_want_of_time_or_memory_is_tried_again(store, raw):
    for name, order in {"slow.txt": "hang\n", "large.txt": "crash\n", "bad.txt": "raise\n"}.items():
        (raw / name).write_text(order)
    assert update(store, raw, jobs=2).read == 8
    codes = [problem["code"] for row in rows(store) for problem in row["problems"]]
    stopped = sum(code in chunks.STOPPED for code in codes)  # on a busy machine a sound one may be, too
    assert stopped >= 2
    done = update(store, raw, jobs=2)
    assert (done.read, done.reused) == (stopped, 8 - stopped)
    assert len(rows(store)) == 8


def test_a_reading_without_memory_says_so_and_is_tried_again(store, raw):
    (raw / "bad.txt").write_text("no memory\n")
    update(store, raw)
    assert reason(store, "bad.txt")[0] == "out_of_memory"
    assert update(store, raw).read == 1


def test_a_file_that_goes_before_its_second_reading_keeps_the_first(store, raw, told, caplog):
    update(store, raw)
    told |= {"0.txt": "x", "1.txt": "x"}
    listing = list_raw(raw)
    (raw / "0.txt").write_text("other")
    done = store.update(listing.filings, 1, lambda _done, _total: None)
    assert (done.missed, [one.source for one in done.again]) == ((), ["1.txt"])
    assert "0.txt changed while the build was reading" in caplog.text


def test_a_partial_file_of_a_killed_writer_is_cleared_up(store, raw):
    update(store, raw)
    left = store.folder / f".x.parquet.{os.getpid()}.partial"
    left.write_bytes(b"half")
    update(store, raw)
    assert not left.exists()
