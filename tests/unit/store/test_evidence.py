"""Evidence from the store: the columns of Parquet say of a reading what the reading itself says."""

from dataclasses import replace

import pytest

from orchestration.filings.proof.other_releases import Release, evidence_from_other_releases, release
from orchestration.filings.reader import read_filing
from orchestration.store import evidence, schema
from orchestration.store.address import Address
from orchestration.store.parquet import write_rows
from tests.unit.filings.made_up import RAW, REAL


@pytest.fixture(scope="module")
def readings():
    """The filings of the repository, each sound and damaged, under filing ids of their own."""
    found = []
    for name in REAL:
        raw = (RAW / f"{name}.txt").read_bytes()
        found += [
            read_filing(raw, f"{name}.txt"),
            read_filing(raw.replace(b"1,", b"2,").replace(b",4", b"?4"), f"{name}-damaged.txt"),
        ]
    assert len({one.filing.filing_id for one in found}) == len(found)
    return found


@pytest.fixture
def chunks(tmp_path, readings):
    """The readings as chunks of two filings."""
    paths = [tmp_path / f"{at}.parquet" for at in range(0, len(readings), 2)]
    for path in paths:
        some = readings[int(path.stem) : int(path.stem) + 2]
        write_rows(path, [schema.row(one.filing.sha256, one.filing.source, "v", one) for one in some])
    return paths


def of(reading):
    return Address(reading.filing.sha256, reading.filing.source)


def plain(one: Release) -> Release:
    """A release with amounts as numbers, not as they are written, and no order."""
    cells = [cell._replace(value=cell.value and float(cell.value), rounding=float(cell.rounding)) for cell in one.cells]
    return replace(one, cells=tuple(sorted(cells, key=lambda cell: cell.value_id)))


def test_the_columns_say_what_the_readings_say(chunks, readings):
    listed = {of(one) for one in readings}
    covers = [cover for path in chunks for cover in evidence._covers(path, listed)]
    assert {cover.address for cover in covers if cover.is_doubted} == {of(one) for one in readings if release(one).doubted}
    assert 0 < sum(cover.is_doubted for cover in covers) < len(covers)
    found = {cover.filing_id: one for cover, one in evidence._releases(covers)}
    assert {name: plain(one) for name, one in found.items()} == {one.filing.filing_id: plain(release(one)) for one in readings}


def test_the_store_tells_what_the_readings_tell(chunks, readings):
    found = evidence.evidence(chunks, {of(one) for one in readings})
    expected = evidence_from_other_releases(map(release, readings))
    by_id = {one.filing.filing_id: of(one) for one in readings}
    assert found == {by_id[name]: known for name, known in expected.items()}
    assert found == evidence.evidence(chunks[::-1], {of(one) for one in readings})
    assert sum(len(known.figures) for known in found.values()) > 20


def test_a_filing_that_is_not_listed_tells_nothing(chunks, readings):
    damaged = [one for one in readings if release(one).doubted]
    assert evidence.evidence(chunks, {of(one) for one in damaged[:1]}) == {}


def test_of_two_that_claim_one_id_the_first_filed_tells(tmp_path, readings):
    own = next(one for one in readings if release(one).doubted)
    sound = next(one for one in readings if one.filing.source == own.filing.source.replace("-damaged", ""))
    copy = replace(sound, filing=replace(sound.filing, filing_id=own.filing.filing_id))
    path = tmp_path / "0.parquet"
    write_rows(path, [schema.row(one.filing.sha256, one.filing.source, "v", one) for one in (own, copy)])
    assert evidence.evidence([path], {of(own), of(copy)}) == {}
    write_rows(path, [schema.row(one.filing.sha256, one.filing.source, "v", one) for one in (own, sound)])
    assert set(evidence.evidence([path], {of(own), of(sound)})) == {of(own)}


def test_an_empty_store_tells_nothing(tmp_path):
    write_rows(tmp_path / "0.parquet", [])
    assert evidence.evidence([tmp_path / "0.parquet"], set()) == {}
