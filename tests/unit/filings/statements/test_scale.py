"""What a printed unit is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.statements.scale import currency_in, scale_in


@pytest.mark.parametrize(
    ("text", "money", "shares"),
    [
        ("(in thousands, except per share amounts)", 1_000, 1_000),
        ("(In thousands, except share and per share amounts)", 1_000, 1),
        ("(in thousands, except share and per share data)", 1_000, 1),
        ("(in thousands, except per share data)", 1_000, 1_000),
        ("(Amounts in thousands)", 1_000, 1_000),
        ("(in thousands of U.S. dollars)", 1_000, 1_000),
        ("($ in thousands)", 1_000, 1_000),
        ("(000's omitted)", 1_000, 1_000),
        ("($000)", 1_000, 1_000),
        ("(in millions, except per share amounts)", 1_000_000, 1_000_000),
        ("(dollars and shares in millions)", 1_000_000, 1_000_000),
        ("(in billions)", 1_000_000_000, 1_000_000_000),
    ],
)
def test_stated_scales(text: str, money: int, shares: int) -> None:
    found = scale_in(text)
    assert found is not None
    assert (found.money, found.shares, found.is_stated) == (money, shares, True)


@pytest.mark.parametrize(
    "text", ["", "CONDENSED CONSOLIDATED BALANCE SHEETS", "(Unaudited)", "(in U.S. dollars)", "thousand oaks"]
)
def test_nothing_stated(text: str) -> None:
    assert scale_in(text) is None


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("(in thousands of U.S. dollars)", "USD"),
        ("(in thousands of euros)", "EUR"),
        ("(in millions of Canadian dollars)", "CAD"),
        ("(in thousands, RMB)", "CNY"),
        ("(in thousands of CHF)", "CHF"),
        ("(£ in millions)", "GBP"),
    ],
)
def test_currencies(text: str, currency: str) -> None:
    found = scale_in(text)
    assert found is not None
    assert (currency_in(text), found.currency) == (currency, currency)


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = scale_in(text)
    assert found is None or found.money > 1
