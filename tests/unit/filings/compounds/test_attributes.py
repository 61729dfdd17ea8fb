"""What a compound is said to be: target, modality, payload, owner, partners, indications, status, role."""

from __future__ import annotations

import pytest

from orchestration.filings.compounds.attributes import from_name, registrant_of
from tests.unit.filings.compounds.reading import pipeline, reading


@pytest.mark.parametrize(
    ("text", "attribute", "value"),
    [
        ("ABC-123 — This CD19-targeting ADC is in development by sanofi-aventis.", "target", "CD19"),
        ("ABC-123 — This CD19-targeting ADC is in development by sanofi-aventis.", "modality", "antibody-drug conjugate"),
        ("ABC-123 — This CD19-targeting ADC is in development by sanofi-aventis.", "owner", "Sanofi"),
        ("ABC-123 — This CD19-targeting ADC is in development by sanofi-aventis.", "partners", ("Sanofi",)),
        ("Our EGFR-targeting ADC, ABC-123, just entered the clinic.", "target", "EGFR"),
        ("ABC-123 targets the CanAg antigen found on tumors. It is a compound.", "target", "CanAg"),
        ("ABC-123 is an ADC, a candidate for CD56+ cancers.", "target", "CD56"),
        ("ABC-123 is a small molecule candidate for HER2+ breast cancer.", "target", None),
        (
            "ABC-123 — Acme compound for cancers that over-express folate receptor 1 (FOLR1). This ADC is new.",
            "target",
            "FOLR1",
        ),
        ("ABC-123 — Acme product candidate for solid tumors.", "owner", "Acme"),
        ("ABC-123 — Wholly owned by Acme, this compound is new.", "owner", "Acme"),
        ("Clinical testing of Bayer's ABC-123 is ongoing.", "owner", "Bayer"),
        ("ABC-123 — This antibody was developed by Acme and licensed to Sanofi in a collaboration.", "owner", "Sanofi"),
        ("ABC-123 is in a trial through our collaboration with Genentech.", "partners", ("Roche",)),
        ("ABC-123 is in a trial through our collaboration with Genentech.", "owner", None),
        (
            "Our compound ABC-123 is in clinical trials for ovarian, endometrial and lung cancers.",
            "indications",
            ("endometrial cancer", "lung cancer", "ovarian cancer"),
        ),
        (
            "ABC-123 is in trials for HER2-positive metastatic breast cancer and breast cancer.",
            "indications",
            ("HER2-positive breast cancer",),
        ),
        ("A patient with melanoma responded to ABC-123 in the trial.", "indications", ()),
        (
            "ABC-123 was tested in multiple myeloma (MM). The trial of ABC-123 in MM goes on.",
            "indications",
            ("multiple myeloma",),
        ),
        ("Acme decided to discontinue ABC-123 development after the trial.", "status", "discontinued"),
        ("The trial of ABC-123 is ongoing.", "status", "active"),
        ("We discontinued treatment of one patient with ABC-123 in the ongoing trial.", "status", "active"),
    ],
)
def test_what_a_sentence_says(text: str, attribute: str, value: object) -> None:
    assert getattr(pipeline(text)["abc123"], attribute) == value


def test_an_owner_stated_twice_and_differently_is_no_owner_but_a_problem() -> None:
    found = reading("Bayer's ABC-123 is in a trial. ABC-123 is in development by Novartis.")
    assert [c.owner for c in found.compounds] == [None]
    assert [p.code for p in found.problems] == ["compound_owner_unclear"]


def test_each_of_a_list_has_its_own_owner() -> None:
    found = pipeline("Clinical testing of Bayer's BAY 94-9343 and Amgen's AMG 172 and AMG 595 is ongoing.")
    assert {key: one.owner for key, one in found.items()} == {"bay94-9343": "Bayer", "amg172": "Amgen", "amg595": "Amgen"}


def test_each_of_a_list_has_its_own_disease() -> None:
    found = pipeline("The FDA cleared INDs, ABC-1501 for melanoma, ABC-1702 for psoriasis and ABC-1703 for pancreatic cancer.")
    assert {key: one.indications for key, one in found.items()} == {
        "abc1501": ("melanoma",),
        "abc1702": ("psoriasis",),
        "abc1703": ("pancreatic cancer",),
    }


def test_comparators_and_components_are_no_pipeline() -> None:
    found = reading(
        "ABC-123-DM1 — It comprises the antibody and the DM1 cell-killing agent. It was given with Revlimid® (lenalidomide)"
        " plus dexamethasone, "
        "compared with Herceptin® (trastuzumab), in the trial."
    )
    roles = {c.compound_id: c.role for c in found.compounds}
    assert roles["dm1"] == "component"
    assert {key for key, role in roles.items() if role == "comparator"} == {"lenalidomide", "dexamethasone", "trastuzumab"}


@pytest.mark.parametrize(
    ("name", "modality", "payload"),
    [
        ("trastuzumab emtansine", "antibody-drug conjugate", "DM1"),
        ("huC242-DM4", "antibody-drug conjugate", "DM4"),
        ("brentuximab vedotin", "antibody-drug conjugate", "MMAE"),
        ("rituximab", "monoclonal antibody", None),
        ("imatinib", "small molecule", None),
        ("IMGN901", None, None),
    ],
)
def test_what_a_name_itself_says(name: str, modality: str | None, payload: str | None) -> None:
    assert from_name(name) == (modality, payload)


@pytest.mark.parametrize(
    ("name", "short"),
    [("ImmunoGen, Inc.", "ImmunoGen"), ("IMMUNOGEN, INC.", "Immunogen"), ("GeoVax Labs, Inc.", "GeoVax"), (None, None)],
)
def test_short_name_of_a_registrant(name: str | None, short: str | None) -> None:
    assert registrant_of(name) == short
