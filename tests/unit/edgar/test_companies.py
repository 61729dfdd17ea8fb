"""What a user may call a company."""

import pytest

from orchestration.edgar.companies import Filer, _by_ticker, _read_tickers, as_cik, check_names
from orchestration.edgar.errors import EdgarSetupError, RefusedError
from orchestration.filings.company.stated import KnownCompany
from orchestration.store.known_companies import KnownCompanies

LISTED = {
    "0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."},
    "1": {"cik_str": 1067983, "ticker": "BRK-B", "title": "Berkshire"},
}


@pytest.mark.parametrize(("said", "cik"), [("855654", "0000855654"), ("0000855654", "0000855654"), ("1", "0000000001")])
def test_a_cik_is_up_to_ten_digits(said, cik):
    assert as_cik(said) == cik


@pytest.mark.parametrize("said", ["IMGN", "12345678901", "8556 54", "-1", "٨٥٥٦٥٤", "1e5", ""])
def test_nothing_else_is_a_cik(said):
    assert as_cik(said) is None


@pytest.mark.parametrize("said", ["../x", "a/b", "", "IMGN;rm", "ELEVENCHARS", "12345678901", "IM GN", "0", "%2e%2e"])
def test_what_is_neither_cik_nor_ticker_is_refused_before_anything_is_asked(said):
    with pytest.raises(EdgarSetupError):
        check_names(["IMGN", said])


@pytest.mark.parametrize("said", ["AAPL", "aapl"])
def test_a_ticker_is_known_in_any_case(said):
    assert _by_ticker(said, _read_tickers(LISTED), KnownCompanies()) == Filer("0000320193", "Apple Inc.")


@pytest.mark.parametrize("said", ["BRK.B", "brk-b"])
def test_a_class_of_shares_is_written_with_dot_or_dash(said):
    assert _by_ticker(said, _read_tickers(LISTED), KnownCompanies()).cik == "0001067983"


@pytest.mark.parametrize("body", [[], {}, {"0": 7}, {"0": {"cik_str": "../1", "ticker": "X"}}, "x", None, {"fields": ["cik"]}])
def test_a_list_without_tickers_is_refused(body):
    with pytest.raises(RefusedError, match="name the CIK"):
        _read_tickers(body)


FETCHED = KnownCompanies((KnownCompany("0000012345", name="Gone Inc", tickers=("NASDAQ: GONE", "NYSE: AAPL")),))


def test_a_ticker_that_edgar_has_dropped_is_that_of_a_company_known_before():
    assert _by_ticker("gone", _read_tickers(LISTED), FETCHED) == Filer("0000012345", "Gone Inc")


def test_a_ticker_that_another_company_had_before_is_nobodys():
    refused = _by_ticker("AAPL", _read_tickers(LISTED), FETCHED)
    assert isinstance(refused, RefusedError)
    assert refused.code == "ticker_ambiguous"
    assert "Apple Inc. (CIK 320193) at EDGAR now and Gone Inc (CIK 12345) in what is known" in str(refused)


def test_a_ticker_of_two_known_companies_is_nobodys():
    other = KnownCompany("0000054321", name="Later Inc", tickers=("NYSE: GONE",))
    refused = _by_ticker("GONE", {}, KnownCompanies((*FETCHED.companies, other)))
    assert isinstance(refused, RefusedError)
    assert refused.code == "ticker_ambiguous"


def test_a_ticker_that_nobody_has_says_where_it_was_looked_for():
    refused = _by_ticker("NONE", _read_tickers(LISTED), FETCHED)
    assert isinstance(refused, RefusedError)
    assert refused.code == "ticker_unknown"
    assert "company.json" in str(refused)
