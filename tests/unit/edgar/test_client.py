"""Retry-After and redirects, as the rules of HTTP have them."""

from datetime import UTC, datetime

import pytest

from orchestration.edgar.client import _redirect_target, _retry_after
from orchestration.edgar.errors import RefusedError

NOW = datetime(2026, 1, 5, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (None, None),
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Mon, 05 Jan 2026 12:01:30 GMT", 90.0),
        ("Monday, 05-Jan-26 12:01:30 GMT", 90.0),
        ("Mon Jan  5 12:01:30 2026", 90.0),
        ("Mon, 05 Jan 2026 11:00:00 GMT", 0.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("٣", None),
        ("9" * 500, 999_999_999.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(said, seconds):
    assert _retry_after(said, NOW) == seconds


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", "https://www.sec.gov/b"),
        ("b", "https://www.sec.gov/a/b"),
        ("https://www.sec.gov/x?y=1", "https://www.sec.gov/x?y=1"),
    ],
)
def test_a_redirect_within_the_host_is_redirect_target(location, target):
    assert _redirect_target("https://www.sec.gov/a/", location, "x", 1) == target


@pytest.mark.parametrize(
    "location",
    [
        "", "https://example.com/", "http://www.sec.gov/", "//example.com/x", "https://www.sec.gov:444/", "https://www.sec.gov@example.com/",
        "file:///etc/passwd", "javascript:alert(1)", "https://www.sec.gov.example.com/", "https://www.sec.gov\\@example.com/",
    ],
)  # fmt: skip
def test_a_redirect_elsewhere_is_refused(location):
    with pytest.raises(RefusedError, match=r"another place than https://www\.sec\.gov"):
        _redirect_target("https://www.sec.gov/a/", location, "x", 1)


def test_redirects_come_to_an_end():
    with pytest.raises(RefusedError, match="more than 3 times"):
        _redirect_target("https://www.sec.gov/a", "/b", "x", 4)
