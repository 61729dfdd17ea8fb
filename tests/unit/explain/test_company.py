"""Which company a person means."""

from __future__ import annotations

import pytest

from orchestration.explain.asked import NotFoundError
from orchestration.explain.company import find_company


@pytest.mark.parametrize("asked", ["IMGN", "imgn", "0000855654", "855654", "0-17999", "ImmunoGen, Inc.", "immunogen"])
def test_a_company_is_known_by_any_of_its_names(con, asked: str) -> None:
    assert find_company(con, asked) == ("0000855654", "ImmunoGen, Inc.", "IMGN")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("acme", "fits 2 companies: Acme Devices Corp (ACDV), Acme Drugs Corp (0000000008)"),
        ("IMGX", "ImmunoGen, Inc. (IMGN)"),
        ("KOUT", "no company 'KOUT'"),
        ("", "no company ''"),
    ],
)
def test_none_is_chosen_of_several_and_none_made_up(con, asked: str, told: str) -> None:
    with pytest.raises(NotFoundError) as refusal:
        find_company(con, asked)
    assert told in str(refusal.value)
