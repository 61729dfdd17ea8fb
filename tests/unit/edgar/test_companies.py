"""What a user may call a company."""

import pytest

from orchestration.edgar.companies import Filer, _by_ticker, _read_tickers, as_cik, check_names
from orchestration.edgar.errors import EdgarSetupError, RefusedError

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
    assert _by_ticker(said, _read_tickers(LISTED)) == Filer("0000320193", "Apple Inc.")


@pytest.mark.parametrize("said", ["BRK.B", "brk-b"])
def test_a_class_of_shares_is_written_with_dot_or_dash(said):
    assert _by_ticker(said, _read_tickers(LISTED)).cik == "0001067983"


@pytest.mark.parametrize("body", [[], {}, {"0": 7}, {"0": {"cik_str": "../1", "ticker": "X"}}, "x", None, {"fields": ["cik"]}])
def test_a_list_without_tickers_is_refused(body):
    with pytest.raises(RefusedError, match="name the CIK"):
        _read_tickers(body)
