"""Which compound a sentence is about: headings, bullets, lost headings, and what no compound may inherit."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.filings.compounds.compounds import CompoundReading, read_compounds
from orchestration.filings.documents.model import Document
from tests.golden.measure_prose import document_of
from tests.unit.filings.compounds.reading import FILING, SPEAKS_OF_DRUGS, pipeline, reading


def test_a_bullet_is_about_the_compound_that_heads_it() -> None:
    found = reading(
        "ABC-123 — Acme compound.\n\n- · The first data are expected to be reported in 4Q 2011.\n- IND submission is on"
        " track for mid-2011."
    )
    assert {(e.compound_id, e.event_type) for e in found.events} == {("abc123", "data_expected"), ("abc123", "filing_expected")}


def test_a_bullet_whose_heading_was_lost_is_not_hung_on_the_heading_before_it() -> None:
    found = reading(
        "ABC-123 — Acme compound.\n\n- ABC-123 is in a Phase 1 trial.\n\n2\n\n- Acme expects the first DEF-456 clinical"
        " data to be reported in mid-2014.\n"
        "- The Company expects patient dosing in expansion cohorts of the trial to begin in 2H 2014."
    )
    assert {(e.compound_id, e.event_type) for e in found.events} == {("def456", "data_expected"), ("def456", "trial_expected")}


def test_a_bullet_that_refers_back_does_not_take_the_passage_over() -> None:
    found = reading(
        "ABC-123 — Acme compound.\n\n- This follows presentation of findings with another ADC, DEF-456, at ASCO in June 2010.\n"
        "- The first data are expected to be reported in 4Q 2011."
    )
    assert {(e.compound_id, e.event_type) for e in found.events} == {("def456", "data_presented"), ("abc123", "data_expected")}


def test_a_section_heading_ends_a_passage() -> None:
    found = reading("ABC-123 — Acme compound.\n\nFinancial Results\n\nThe data are expected to be reported in 4Q 2011.")
    assert found.events == ()


def test_a_short_line_with_one_name_heads_what_follows() -> None:
    found = pipeline(
        "Acme's HuN901-DM1 Product Candidate\n\nThe compound is in a Phase II trial.\n\nGedeptin®\n\nA Phase 1 trial is"
        " ongoing."
    )
    assert {key: one.phase for key, one in found.items()} == {"imgn901": "Phase 2", "gedeptin": "Phase 1"}


def test_the_section_says_the_stage_of_those_named_in_it() -> None:
    found = pipeline(
        "Clinical-Stage Product Candidates\n\nABC-123 and DEF-456 continue to progress.\n\nPreclinical Product"
        " Candidates\n\nGHI-789 — new."
    )
    assert {key: one.phase for key, one in found.items()} == {
        "abc123": "Clinical (phase not stated)",
        "def456": "Clinical (phase not stated)",
        "ghi789": "Preclinical",
    }


def test_other_compounds_are_not_this_one() -> None:
    found = reading(
        "ABC-123 is a compound. We expect a considerable amount of data to be reported in 2014 for several partner compounds."
    )
    assert found.events == ()


def test_forward_looking_boilerplate_tells_nothing() -> None:
    found = reading(
        "This release contains forward-looking statements, such as that ABC-123 data are expected to be reported in 2014."
    )
    assert found == CompoundReading()


def test_a_filing_that_speaks_of_no_drugs_has_none() -> None:
    assert (
        read_compounds(document_of("Sales of ABC-123 rose. The FX-500 and AB-1234 lines were launched in 2014."), FILING)
        == CompoundReading()
    )


def test_reading_twice_gives_the_same() -> None:
    text = "ABC-123 (formerly DEF-456) — in a Phase 2 trial for melanoma. Data are expected in 2H 2014." + SPEAKS_OF_DRUGS
    assert read_compounds(document_of(text), FILING) == read_compounds(document_of(text), FILING)


WORDS = st.sampled_from(
    [
        "ABC-123",
        "IMGN901",
        "(formerly",
        "T-DM1)",
        "—",
        "- ·",
        "Phase",
        "II",
        "I/II",
        "trial",
        "of",
        "expects",
        "to",
        "in",
        "2H 2014",
        "mid-",
        "-DM1",
        "ASCO",
        "Herceptin®",
        "(trastuzumab)",
        "CD56+",
        "cancers",
        "\n",
        "\n\n",
        "respectively",
        ".",
        ",",
        ";",
        "developed by",
        "Sanofi",
        "'s",
        "®",
        "(",
        ")",
        "İ",
        "ﬁ",
        "2\n\n",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map(" ".join)))
def test_no_text_makes_it_raise(text: str) -> None:
    found = reading(text)
    lines = (text + SPEAKS_OF_DRUGS).count("\n") + 1
    assert all(1 <= row.source_line <= lines for row in (*found.compounds, *found.names, *found.events))
    ids = {compound.compound_id for compound in found.compounds}
    assert len(ids) == len(found.compounds)
    assert {row.compound_id for row in (*found.names, *found.events)} <= ids


def test_letters_that_only_look_like_the_word_are_none() -> None:
    assert pipeline("A Phase İ trial of ABC-123 in the firſt quarter of 2014 is expected to begin.")["abc123"].phase is None


def test_an_empty_document_has_none() -> None:
    assert read_compounds(Document("", ()), FILING) == CompoundReading()
