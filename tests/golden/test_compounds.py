"""The labelled filings: every compound, name, attribute and event against labels made by hand before the rules."""

from __future__ import annotations

import json
from datetime import date

import pytest

from orchestration.filings.compounds.compounds import CompoundReading, read_compounds
from orchestration.filings.documents.detect import read_document
from orchestration.filings.records import Filing
from tests.corpus import CORPUS, WHEN, needs_corpus
from tests.golden.measure_prose import LABELS, RAW, Score, document_of, measure, read


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return measure()


@pytest.mark.parametrize(
    ("kind", "least", "labelled"),
    [
        ("compounds", 1.0, 43),
        ("names", 1.0, 52),
        ("attributes", 0.97, 200),
        ("indications", 0.97, 37),
        ("events", 0.9, 60),
        ("source lines", 1.0, 100),
    ],
)
def test_precision_and_recall(scores: dict[str, Score], kind: str, least: float, labelled: int) -> None:
    score = scores[kind]
    assert score.right + score.missing >= labelled, "too little was measured to say anything"
    assert min(score.precision, score.recall) >= least, score.notes


def compounds(name: str) -> CompoundReading:
    return read(f"immunogen-{name}.txt")


def test_kadcyla_has_one_id_under_all_its_names_through_the_years() -> None:
    names = {
        (n.name, n.is_stated)
        for day in ("2007-02-01", "2011-04-28", "2014-01-31")
        for n in compounds(day).names
        if n.compound_id == "t-dm1"
    }
    assert names == {
        ("trastuzumab-MCC-DM1", False),
        ("trastuzumab emtansine", True),
        ("T-DM1", True),
        ("trastuzumab-DM1", True),
        ("Kadcyla", True),
        ("ado-trastuzumab emtansine", False),
    }


def test_a_link_that_no_filing_states_names_its_source() -> None:
    unstated = [n for n in compounds("2007-02-01").names if not n.is_stated]
    assert {n.name for n in unstated} == {"huN901-DM1", "trastuzumab-MCC-DM1"}
    assert all(n.evidence for n in unstated)


def test_the_antibody_is_another_thing_than_its_conjugate() -> None:
    found = {c.compound_id: c.role for c in compounds("2007-02-01").compounds}
    assert (found["hun901"], found["imgn901"]) == ("component", "pipeline")
    assert (found["trastuzumab"], found["t-dm1"]) == ("comparator", "pipeline")


@pytest.mark.parametrize("path", sorted(LABELS.glob("*.json")), ids=lambda path: path.stem)
def test_the_project_s_own_documents_give_the_same_compounds(path) -> None:
    label = json.loads(path.read_text(encoding="utf-8"))
    text = (RAW / label["filing"]).read_text(encoding="utf-8")
    read_by = read(label["filing"])
    filing = Filing(label["filing"], "", "", company_name="ImmunoGen, Inc.", known_from=None)
    found = read_compounds(read_document(text).document, filing)
    assert {(c.compound_id, c.role) for c in found.compounds} == {(c["compound_id"], c["role"]) for c in label["compounds"]}
    assert {n.name for n in found.names} == {n.name for n in read_by.names}


@needs_corpus("releases")
@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("geovax-2024-09.md", date(2024, 11, 12), {"GEO-CM04S1": "Phase 2", "Gedeptin": "Phase 1/2", "GEO-MVA": None}),
        (
            "geovax-2025-03.md",
            date(2025, 5, 1),
            {"GEO-CM04S1": "Phase 2", "Gedeptin": "Phase 1/2", "GEO-MVA": None, "GEO-CM02": "Preclinical"},
        ),
    ],
)
def test_a_wire_copy_of_another_company(name: str, day: date, expected: dict[str, str | None]) -> None:
    path = CORPUS / "releases" / name
    found = read_compounds(
        document_of(path.read_text(encoding="utf-8")), Filing(name, "", "", company_name="GeoVax Labs, Inc.", known_from=day)
    )
    assert {c.preferred_name: c.phase for c in found.compounds} == expected


@needs_corpus("releases")
@pytest.mark.parametrize("name", [name for name in WHEN if name.startswith("releases/") and "geovax" not in name])
def test_a_release_that_speaks_of_no_drugs_has_no_compounds(name: str) -> None:
    text = (CORPUS / name).read_text(encoding="utf-8", errors="replace")
    assert not read_compounds(document_of(text), Filing(name, "", "", company_name="X Corp.")).compounds
