"""Names of compounds: what is one, what is none, and which two are one."""

from __future__ import annotations

import pytest

from orchestration.filings.compounds.names import find_names, links, seeds_of, slug
from tests.unit.filings.compounds.reading import pipeline


def names(text: str) -> list[str]:
    return [mention.text for mention in find_names(text, seeds_of(text))]


@pytest.mark.parametrize(
    "name",
    [
        "IMGN901",
        "BT-062",
        "SAR650984",
        "BAY 94-9343",
        "AMG 172",
        "AVE9633",
        "huN901",
        "huN901-DM1",
        "huMy9-6",
        "T-DM1",
        "trastuzumab-MCC-DM1",
        "VX-770",
        "GS-9137",
        "PF-07321332",
        "mRNA-1273",
        "BNT162b2",
        "GEO-CM04S1",
        "SGN-CD33A",
        "MK-3475",
        "BMS-986016",
        "ACE-536",
        "trastuzumab emtansine",
        "ado-trastuzumab emtansine",
        "lorvotuzumab mertansine",
        "brentuximab vedotin",
        "tisagenlecleucel",
        "voretigene neparvovec",
        "nusinersen",
        "patisiran",
        "ivacaftor",
        "Herceptin",
    ],
)
def test_a_name_is_found_whole(name: str) -> None:
    assert names(f"A Phase 2 trial of {name} is under way.") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "results for 2Q FY2014 and FY2011",
        "Form 10-K and Form 8-K",
        "Rule 14a-12 under 17 CFR 240.14a-12",
        "Waltham, MA 02451-1477",
        "call 913-981-4900, passcode 8088204",
        "December 31, 2013",
        "DECEMBER 31, 2013",
        "patients with CD56-positive tumors",
        "HER2 and EGFR",
        "CD20 and CD138",
        "the ASCO and AACR meetings",
        "at EORTC-NCI-AACR in October",
        "ASH 2013",
        "ASU 2014-09 and ASC 606",
        "COVID-19 and SARS-CoV-2",
        "IL-2 and PD-L1",
        "Nasdaq: IMGN",
        "Exhibit 99.1",
        "the EMILIA and MARIANNE trials",
        "Study 002",
        "NCT01234567",
        "3Q FY2010",
        "$115,813",
        "TAP technology and CAR-T cells",
        "a new concept",
        "JAK2, CDK4/6 and FGFR3",
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("one", "other"), [("BT-062", "BT062"), ("AMG 172", "AMG-172"), ("huN901-DM1", "HuN901-DM1"), ("BAY 94-9343", "BAY94-9343")]
)
def test_ways_of_printing_one_name_have_one_slug(one: str, other: str) -> None:
    assert slug(one) == slug(other)


def test_names_that_differ_keep_their_slugs_apart() -> None:
    assert (
        len({slug(name) for name in ("T-DM1", "trastuzumab", "trastuzumab-DM1", "huN901", "huN901-DM1", "AMG 172", "AMG 595")})
        == 7
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IMGN901 (lorvotuzumab mertansine) — a candidate", {("imgn901", "lorvotuzumab-mertansine", None)}),
        ("Kadcyla (ado-trastuzumab emtansine) — marketed", {("kadcyla", "ado-trastuzumab-emtansine", None)}),
        ("Herceptin® (trastuzumab) plus chemotherapy", {("herceptin", "trastuzumab", None)}),
        ("T-DM1, now called trastuzumab emtansine, continues", {("t-dm1", "trastuzumab-emtansine", "t-dm1")}),
        ("ABC-123, also known as DEF-456, is", {("abc123", "def456", None)}),
        (
            "Trastuzumab emtansine (formerly T-DM1, trastuzumab-DM1) — In development",
            {("trastuzumab-emtansine", "t-dm1", "t-dm1"), ("trastuzumab-emtansine", "trastuzumab-dm1", "trastuzumab-dm1")},
        ),
    ],
)
def test_stated_links_are_read(text: str, expected: set[tuple[str, str, str | None]]) -> None:
    found = links(text, find_names(text, seeds_of(text)))
    assert {(link.left, link.right, link.former) for link in found} == expected


@pytest.mark.parametrize(
    "text",
    [
        "AMG 172 and AMG 595",
        "SAR3419 in combination with Rituxan",
        "IMGN529 (unlike IMGN853, which is later)",
        "IMGN901, IMGN388 and IMGN529",
    ],
)
def test_neighbours_are_no_links(text: str) -> None:
    assert links(text, find_names(text, seeds_of(text))) == []


def test_a_misprinted_code_is_the_code_it_stands_for() -> None:
    found = pipeline("GEO-CM04S1 is in a Phase 2 trial. GEO-CM04S1 is a vaccine. GEO-CMO4S1 is a compound for patients.")
    assert [(one.code_name, one.preferred_name) for one in found.values()] == [("GEO-CM04S1", "GEO-CM04S1")]
