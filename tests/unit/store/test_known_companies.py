"""The companies known outside the filings: rows of companies.csv, and what fetches left beside the filings."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from orchestration.filings import vocabulary
from orchestration.filings.company.stated import KnownCompany
from orchestration.store.known_companies import (
    COMPANY_FILE,
    as_json,
    company_of_ticker,
    from_json,
    known_companies,
    learnt,
)

IMUNON = KnownCompany(
    "0000749647",
    "Imunon, Inc.",
    former_names=("CELSION CORP",),
    tickers=("Nasdaq: IMNN",),
    fiscal_year_end="12-31",
    sic="2834",
    source="SEC EDGAR submissions index",
)


@pytest.fixture
def no_rows(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """The rows of companies.csv, none at first."""
    rows: list[dict[str, str]] = []
    monkeypatch.setattr("orchestration.store.known_companies.rows", lambda _name: rows)
    return rows


def row(**more: str) -> dict[str, str]:
    header = ("company_id", "commission_file_number", "company_name", "ticker", "exchange", "source", "former_names", "sic")
    return dict.fromkeys(header, "") | more


def kept(raw: Path, company: KnownCompany = IMUNON) -> Path:
    folder = raw / company.company_id
    folder.mkdir(parents=True, exist_ok=True)
    learnt(company, raw)
    return folder / COMPANY_FILE


def test_what_a_fetch_learnt_is_known_and_written_once(tmp_path: Path, no_rows: list[dict[str, str]]) -> None:
    path = kept(tmp_path)
    assert known_companies(tmp_path).companies == (IMUNON,)
    assert (path.parent / COMPANY_FILE).stat().st_size < 1_000
    assert learnt(IMUNON, tmp_path) is False
    assert learnt(replace(IMUNON, sic="2836", tickers=()), tmp_path) is True
    assert known_companies(tmp_path).companies == (replace(IMUNON, sic="2836"),)


def test_a_row_goes_before_edgar_and_lists_are_put_together(tmp_path: Path, no_rows: list[dict[str, str]]) -> None:
    kept(tmp_path)
    no_rows.append(row(company_id="749647", company_name="Imunon", ticker="CLSN", exchange="Nasdaq", former_names="A|B"))
    [found] = known_companies(tmp_path).companies
    assert (found.name, found.former_names, found.sic) == ("Imunon", ("A", "B", "Imunon, Inc.", "CELSION CORP"), "2834")
    assert found.tickers == ("Nasdaq: CLSN", "Nasdaq: IMNN")


def test_a_row_without_a_cik_is_no_company(tmp_path: Path, no_rows: list[dict[str, str]]) -> None:
    no_rows.append(row(company_name="Acme"))
    assert known_companies(tmp_path).companies == ()


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"\xff",
        json.dumps(asdict(replace(IMUNON, company_id="0000000001"))).encode(),
        json.dumps(asdict(IMUNON) | {"name": 7}).encode(),
        json.dumps(asdict(IMUNON) | {"tickers": ["x"] * 200}).encode(),
        json.dumps(asdict(IMUNON) | {"name": "x" * 100_000}).encode(),
        b"[" * 50_000,
    ],
    ids=["no json", "a list", "no text", "another company's", "a number for a name", "too many", "too long", "too deep"],
)
def test_what_no_fetch_writes_is_passed_over_and_named(tmp_path: Path, no_rows: list[dict[str, str]], body: bytes) -> None:
    kept(tmp_path).write_bytes(body)
    found = known_companies(tmp_path)
    assert found.companies == ()
    assert [(one.code, "0000749647/company.json" in one.message) for one in found.problems] == [
        ("company_file_unreadable", True)
    ]


def test_a_link_out_of_the_raw_folder_is_not_followed(tmp_path: Path, no_rows: list[dict[str, str]]) -> None:
    away = kept(tmp_path / "away")
    (tmp_path / "raw" / "0000749647").mkdir(parents=True)
    (tmp_path / "raw" / "0000749647" / COMPANY_FILE).symlink_to(away)
    assert known_companies(tmp_path / "raw").companies == ()


def test_a_build_keeps_what_it_found(tmp_path: Path, no_rows: list[dict[str, str]]) -> None:
    kept(tmp_path)
    kept(tmp_path, replace(IMUNON, company_id="0000000007")).write_bytes(b"{")
    found = known_companies(tmp_path)
    assert from_json(json.loads(json.dumps(as_json(found)))) == found


def test_a_ticker_leads_to_its_company_on_any_exchange(tmp_path: Path, no_rows: list[dict[str, str]]) -> None:
    kept(tmp_path, replace(IMUNON, tickers=("NYSE: BRK.B",)))
    found = known_companies(tmp_path)
    assert [one.company_id for one in company_of_ticker("brk-b", found)] == ["0000749647"]
    assert company_of_ticker("RK.B", found) == []


def test_the_companies_of_the_repository_are_known() -> None:
    """The reader must not read them: their file is no part of its version."""
    assert "ImmunoGen, Inc." in {one.name for one in known_companies(Path("/nowhere")).companies}
    reader = (vocabulary.FOLDER.parents[1] / "orchestration" / "filings").rglob("*.py")
    assert not [path for path in reader if 'rows("companies")' in path.read_text(encoding="utf-8")]
