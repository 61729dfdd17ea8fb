from __future__ import annotations

from pathlib import Path

from expectations.identities import IDENTITIES
from expectations.identities_page import identities_page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "identities.md"


def test_the_page_is_what_the_code_says() -> None:
    told = "out of date: python -m expectations.identities_page > docs/identities.md"
    assert PAGE.read_text(encoding="utf-8") == identities_page(), told


def test_the_page_names_every_identity() -> None:
    page = identities_page()
    assert [identity.name for identity in IDENTITIES if f"`{identity.name}`" not in page] == []
