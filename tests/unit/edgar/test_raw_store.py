"""Names in the raw folder: what may become one, and that nothing is ever written over."""

import asyncio
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.edgar.errors import RefusedError
from orchestration.edgar.raw_store import CompanyFolder, FetchOutcome, write_checked
from orchestration.edgar.submissions import IndexEntry
from orchestration.store.errors import TieoutError
from tests import loopback_edgar

FILING = loopback_edgar.companies()[1].filings[0]
ENTRY = IndexEntry(FILING.accession, "8-K", FILING.filed, None, "2011-11-04T21:05:00.000Z", ("2.02", "9.01"), 100)
TOLD = {"cik": "0009000002", "company": "Borealis", "url": "https://www.sec.gov/x"}


@pytest.fixture
def folder(tmp_path):
    found = CompanyFolder(tmp_path / "raw", "0009000002")
    found.path.mkdir(parents=True)
    return found


def keep(folder, body, entry=ENTRY):
    part = folder.partial_path(entry.accession)
    part.write_bytes(body)
    return folder.add(part, hashlib.sha256(body).hexdigest(), entry, TOLD)


def names(folder):
    return sorted(path.name for path in folder.path.iterdir())


def test_a_text_gets_its_name_and_what_is_known_of_it(folder):
    outcome, path = keep(folder, b"one")
    assert (outcome, path.name, path.read_bytes()) == (FetchOutcome.FETCHED, f"{FILING.accession}.txt", b"one")
    sidecar = json.loads(path.with_suffix(".json").read_text())
    assert {name: sidecar[name] for name in ("accession", "form", "filed", "items", "size_bytes", "url", "company")} == {
        "accession": FILING.accession,
        "form": "8-K",
        "filed": "2011-11-04",
        "items": ["2.02", "9.01"],
        "size_bytes": 3,
        "url": "https://www.sec.gov/x",
        "company": "Borealis",
    }
    assert names(folder) == [f"{FILING.accession}.json", f"{FILING.accession}.txt"]
    assert folder.current_text(ENTRY).path == path


@given(st.lists(st.sampled_from([b"one", b"two", b"three"]), min_size=1, max_size=8))
def test_whatever_comes_in_whatever_order_nothing_is_written_over(tmp_path_factory, bodies):
    folder = CompanyFolder(tmp_path_factory.mktemp("raw"), "0009000002")
    folder.path.mkdir()
    seen = {}
    for body in bodies:
        keep(folder, body)
        for path, before in seen.items():
            assert path.read_bytes() == before
        seen |= {path: path.read_bytes() for path in folder.path.glob("*.txt")}
        assert folder.current_text(ENTRY).path.read_bytes() == body
    assert sorted(seen.values()) == sorted(set(bodies))
    assert (folder.path / f"{FILING.accession}.txt").read_bytes() == bodies[0]


def test_the_first_text_sorts_before_those_beside_it(folder):
    keep(folder, b"one")
    keep(folder, b"two")
    assert [path.read_bytes() for path in sorted(folder.path.glob("*.txt"))] == [b"one", b"two"]


def test_a_damaged_text_beside_the_first_is_not_written_over_either(folder):
    keep(folder, b"one")
    _, beside = keep(folder, b"two")
    beside.write_bytes(b"damaged")
    _, third = keep(folder, b"two")
    assert (beside.read_bytes(), third.read_bytes()) == (b"damaged", b"two")
    assert len(third.stem) > len(beside.stem)


@pytest.mark.parametrize("entry", [ENTRY.accepted, "2012-01-01T00:00:00.000Z"])
def test_what_is_there_counts_only_while_the_index_says_the_same_of_it(folder, entry):
    from dataclasses import replace  # noqa: PLC0415

    keep(folder, b"one")
    assert (folder.current_text(replace(ENTRY, accepted=entry)) is not None) == (entry == ENTRY.accepted)


@pytest.mark.parametrize("sidecar", ["", "{", "[]", "null", '{"sha256": 7}', "[" * 100_000, "\x00"])
def test_a_damaged_sidecar_vouches_for_nothing(folder, sidecar):
    _, path = keep(folder, b"one")
    path.with_suffix(".json").write_text(sidecar)
    assert folder.current_text(ENTRY) is None


@pytest.mark.parametrize("said", ["../../etc/passwd", "x", "", "0009000002-11-030800/..", "0009000002-11-030800\n"])
def test_nothing_but_an_accession_number_becomes_a_name(folder, said):
    with pytest.raises(ValueError, match="no accession number"):
        folder.partial_path(said)


async def broken(error):
    yield b"half"
    raise error


@pytest.mark.parametrize("error", [RuntimeError("x"), asyncio.CancelledError(), KeyboardInterrupt()])
def test_a_transfer_that_breaks_off_leaves_nothing(folder, error):
    with pytest.raises(type(error)):
        asyncio.run(write_checked(folder.partial_path(FILING.accession), broken(error), FILING.accession))
    assert names(folder) == []


def test_a_text_that_is_refused_leaves_nothing(folder):
    async def blocks():
        yield FILING.text[:100]

    with pytest.raises(RefusedError):
        asyncio.run(write_checked(folder.partial_path(FILING.accession), blocks(), FILING.accession))
    assert names(folder) == []


def test_a_folder_that_cannot_be_written_is_told(folder):
    async def blocks():
        yield FILING.text

    with pytest.raises(TieoutError, match="cannot be written"):
        asyncio.run(write_checked(folder.path / "not_there" / "part", blocks(), FILING.accession))
