"""`data/companies.yml`: what it may say, and errors that say where it is wrong."""

import pytest

from orchestration.edgar.errors import EdgarSetupError
from orchestration.edgar.watchlist import WatchedCompany, read_watchlist


def read(tmp_path, text):
    path = tmp_path / "companies.yml"
    path.write_text(text)
    return read_watchlist(path)


def test_the_file_of_the_repository_has_immunogen_and_follows_nobody():
    assert read_watchlist() == (WatchedCompany("0000855654", "ImmunoGen, Inc.", 2004, False),)


def test_an_entry_needs_its_cik_alone(tmp_path):
    assert read(tmp_path, 'companies: [{cik: 7}, {cik: "0000000008", since: 2010, follow: true, name: X}]') == (
        WatchedCompany("0000000007"),
        WatchedCompany("0000000008", "X", 2010, True),
    )


@pytest.mark.parametrize("text", ["", "companies:", "companies: []", "# nothing"])
def test_an_empty_file_names_nobody(tmp_path, text):
    assert read(tmp_path, text) == ()


def test_without_a_file_nobody_is_followed(tmp_path):
    assert read_watchlist(tmp_path / "not_there.yml") == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("companies: [{name: X}]", "company 1: has no `cik:`"),
        ("companies: [{cik: 7}, 8]", "company 2: has no `cik:`"),
        ("companies: [{cik: IMGN}]", "is no CIK"),
        ("companies: [{cik: ../7}]", "is no CIK"),
        ("companies: [{cik: true}]", "is no CIK"),
        ("companies: [{cik: 7, folow: true}]", "folow means nothing"),
        ("companies: [{cik: 7, follow: maybe}]", "neither true nor false"),
        ("companies: [{cik: 7, since: 1990}]", "no year from 2003"),
        ("companies: [{cik: 7, since: 2004-01-01}]", "no year from 2003"),
        ("companies: [{cik: 7}, {cik: '007'}]", "more than once"),
        ("companies: {cik: 7}", "is not what it should be"),
        ("companies: [{cik: 7}", "cannot be read"),
        ("- !!python/object/apply:os.system ['true']", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, why):
    with pytest.raises(EdgarSetupError, match=f"companies.yml.*{why}"):
        read(tmp_path, text)


@pytest.mark.parametrize("text", ["company: [{cik: 7}]", "companies: [{cik: 7}]\nfollow: true"])
def test_a_misspelt_key_at_the_top_is_named(tmp_path, text):
    with pytest.raises(EdgarSetupError, match=r"companies.yml: (company|follow) means nothing at the top; write `companies:`"):
        read(tmp_path, text)


def test_a_file_that_the_environment_names_must_be_there(tmp_path, monkeypatch):
    monkeypatch.setenv("TIEOUT_COMPANIES", str(tmp_path / "nonexistent.yml"))
    with pytest.raises(EdgarSetupError, match=r"nonexistent.yml: there is no such file, and TIEOUT_COMPANIES names it"):
        read_watchlist()
