"""The keys that one filing states of its company."""

from __future__ import annotations

import pytest

from orchestration.filings.company.keys import headline_name, own_company_id
from orchestration.filings.reader import read_filing
from orchestration.filings.records import CompanyKey, KeyKind

RELEASE = (
    "Acme Pharma Reports First Quarter Results\n\nBOSTON, April 28, 2011 (GLOBE NEWSWIRE) -- {lead} today reported results.\n"
)


def keys_of(text: str, source: str = "release.txt") -> tuple[CompanyKey, ...]:
    return read_filing(text.encode(), source).company_keys


def stated(keys: tuple[CompanyKey, ...]) -> list[tuple[str, str, str]]:
    return [(key.kind.value, key.value, key.stands_in.value) for key in keys]


def test_a_release_states_its_name_and_the_ticker_behind_it() -> None:
    found = keys_of(RELEASE.format(lead="Acme Pharma, Inc. (Nasdaq: ACME)"))
    assert stated(found) == [("ticker", "US:ACME", "release"), ("name", "acme pharma", "release")]
    assert own_company_id(found) == "ticker:US:ACME"


@pytest.mark.parametrize(
    "lead",
    [
        "Acme Pharma, Inc. and its partner Bigger Corp. (NYSE: BIG)",
        "Acme Pharma, Inc., which was bought from Bigger Corp. (NYSE: BIG),",
    ],
)
def test_the_ticker_of_a_partner_is_not_its_own(lead: str) -> None:
    assert [key for key in keys_of(RELEASE.format(lead=lead)) if key.kind == KeyKind.TICKER] == []


def test_a_ticker_behind_what_the_company_calls_itself_is_its_own() -> None:
    found = keys_of(RELEASE.format(lead="Acme Pharma, Inc. (“Acme,” the “Company,” “we”) (NYSE American: ACME)"))
    assert ("ticker", "US:ACME", "release") in stated(found)


def test_the_folder_tells_the_company_of_a_release_and_the_release_its_name_ticker_and_no_form() -> None:
    """Its name was its number, and its form that of the report which its small print names."""
    text = RELEASE.format(lead="Acme Pharma, Inc. (Nasdaq: ACME)") + "\nSee our annual report on Form 10-K.\n"
    filing = read_filing(text.encode(), "0000001001/release.txt").filing
    assert (filing.company_id, filing.company_evidence) == ("0000001001", "folder_cik")
    assert (filing.company_name, filing.ticker, filing.exchange, filing.form) == ("Acme Pharma, Inc.", "ACME", "Nasdaq", None)


def test_a_release_that_names_nobody_has_no_company() -> None:
    filing = read_filing(b"Results for the quarter\n\nWe did well.\n", "release.txt").filing
    assert (filing.company_id, filing.company_evidence) == (None, None)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Acme Pharma Reports First Quarter Results", "Acme Pharma"),
        ('---\ntitle: "Acme Pharma plc Announces Results"\n', "Acme Pharma plc"),
        ("ACME PHARMA ANNOUNCES RECORD RESULTS", "ACME PHARMA"),
        ("# eBay Inc. Reports Better Results", "eBay Inc."),
        ("NEWS RELEASE\n\nA strong quarter was reported by all", None),
        ("Results for the quarter", None),
        ("Third Quarter Reports", None),
        ("Record Revenue Reported", None),
    ],
)
def test_the_company_of_a_headline(words: str, name: str | None) -> None:
    assert headline_name(words) == name


def test_what_a_company_says_that_it_was_called_before_is_its_former_name() -> None:
    found = keys_of(RELEASE.format(lead="Acme Pharma, Inc. (formerly Acme Toys Corp.), which owns Zeta (formerly Eta, Inc.),"))
    assert [key.text for key in found if key.kind == KeyKind.FORMER_NAME] == ["Acme Toys Corp."]


@pytest.mark.parametrize(("above", "names"), [("Acme Toys, Inc.", ["Acme Toys, Inc."]), ("N/A", []), ("(973) 555-0100", [])])
def test_the_former_name_of_a_cover(above: str, names: list[str]) -> None:
    cover = f"FORM 8-K\n\nAcme Pharma, Inc.\n(Exact name of registrant as specified in its charter)\n\n{above}\n"
    found = keys_of(cover + "(Former name or former address, if changed since last report)\n")
    assert [key.text for key in found if key.kind == KeyKind.FORMER_NAME] == names


@pytest.mark.parametrize(
    ("source", "cik"),
    [
        ("0000000014/a.txt", "0000000014"),
        ("320193/a.txt", "0000320193"),
        ("2024/a.txt", None),
        ("2024/320193/a.txt", "0000320193"),
    ],
)
def test_a_folder_of_ten_digits_is_a_cik_and_one_of_a_year_is_none(source: str, cik: str | None) -> None:
    """A small CIK in full was none, and its release another company's."""
    found = [key.value for key in keys_of(RELEASE.format(lead="Acme Pharma, Inc."), source) if key.kind == KeyKind.FOLDER_CIK]
    assert found == ([cik] if cik else [])
