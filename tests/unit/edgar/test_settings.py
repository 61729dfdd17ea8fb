"""Who asks and whom: what the environment may say, and what is refused before anything is asked."""

import pytest

from orchestration.edgar.errors import EdgarSetupError
from orchestration.edgar.settings import from_environment

WHO = {"TIEOUT_EDGAR_IDENTITY": "Jane Doe jane@example.com"}


def test_without_more_than_a_name_it_is_edgar_itself_within_its_limit(tmp_path):
    settings = from_environment(WHO | {"XDG_STATE_HOME": str(tmp_path)})
    assert (settings.base_url, settings.data_url) == ("https://www.sec.gov", "https://data.sec.gov")
    assert settings.per_second <= 10
    assert settings.pace_file == tmp_path / "tieout" / "edgar-www.sec.gov.pace"
    assert not settings.is_loopback


@pytest.mark.parametrize(
    "said", ["", "   ", "Jane Doe", "jane@example", "Jane jane@example.com\r\nX-Evil: 1", "é@example.com", "a@b.c" * 50]
)
def test_an_identity_needs_a_name_and_an_address(said):
    with pytest.raises(EdgarSetupError, match=r"TIEOUT_EDGAR_IDENTITY.*nothing was asked"):
        from_environment({"TIEOUT_EDGAR_IDENTITY": said})


@pytest.mark.parametrize(
    "url", ["ftp://example.com", "www.sec.gov", "https://", "https://a@b.c", "https://x/?q=1", "file:///etc"]
)
def test_an_address_must_be_one(url):
    with pytest.raises(EdgarSetupError, match="EDGAR_DATA_URL must be"):
        from_environment(WHO | {"EDGAR_DATA_URL": url})


def test_a_mirror_may_have_a_path_and_a_slash_at_its_end():
    assert (
        from_environment(WHO | {"EDGAR_BASE_URL": "https://mirror.example.com/sec/"}).base_url
        == "https://mirror.example.com/sec"
    )


@pytest.mark.parametrize("rate", ["0", "-1", "11", "9.01", "fast", "nan", "inf"])
def test_no_rate_goes_beyond_the_limit(rate):
    with pytest.raises(EdgarSetupError, match="TIEOUT_EDGAR_RATE"):
        from_environment(WHO | {"TIEOUT_EDGAR_RATE": rate})


def test_a_slower_rate_may_be_asked_for():
    assert from_environment(WHO | {"TIEOUT_EDGAR_RATE": "2.5"}).per_second == 2.5


def test_proxies_of_the_environment_are_for_other_machines_only():
    here = {"EDGAR_BASE_URL": "http://127.0.0.1:1", "EDGAR_DATA_URL": "http://localhost:1"}
    assert from_environment(WHO | here).is_loopback
