"""Which characters before a figure are a currency."""

from __future__ import annotations

import pytest

from orchestration.filings.text.currencies import currencies_sharing, currency_signs, signs_of_figures


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Revenues SAR 3419", ["SAR"]),
        ("Revenues EUR1,234", ["EUR"]),
        ("Revenues EUR (1,234)", ["EUR"]),
        ("Costs of SAR3419  1,200", []),
        ("TOP 10 sites  1,200", []),
    ],
)
def test_a_code_is_a_currency_before_a_figure_and_not_in_the_name_of_a_compound(text: str, signs: list[str]) -> None:
    found = list(signs_of_figures(text))
    assert [sign for _, sign in found] == signs
    assert all(text.startswith(sign, at) for at, sign in found)


def test_a_name_that_countries_share_is_told_apart_by_their_own_words() -> None:
    assert currencies_sharing("Rupees in millions")["indian"] == "INR"
    assert currencies_sharing("Rupees in millions")["pakistani"] == "PKR"
    assert currencies_sharing("Rs. in lakhs")["indian"] == "INR"
    assert currencies_sharing("kr")["norwegian"] == "NOK"
    assert currencies_sharing("in millions of dollars") == {}


@pytest.mark.parametrize(
    ("sign", "code"),
    [("Cdn. $", "CAD"), ("CDN $", "CAD"), ("HK $", "HKD"), ("NZ $", "NZD"), ("AUD $", "AUD")],
)
def test_a_dollar_is_of_its_country_with_a_point_or_a_blank_before_it(sign: str, code: str) -> None:
    found = [sign for _, sign in signs_of_figures(f"Net sales {sign} 77,320")]
    assert [currency_signs()[sign] for sign in found] == [code]
