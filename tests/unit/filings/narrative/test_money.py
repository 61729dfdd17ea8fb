"""Amounts and ranges as releases print them."""

# ruff: noqa: E501 - sentences and rows stand whole on their line

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.narrative.money import NarrativeAmount, Range, amounts, has_money, ranges


def only(text: str) -> NarrativeAmount:
    found = list(amounts(text))
    assert len(found) == 1, found
    return found[0]


def only_range(text: str) -> Range:
    found = list(ranges(text))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "rounding", "unit", "raw"),
    [
        (r"a net loss of \$3.0 million for", "3000000", "100000", "USD", r"\$3.0 million"),
        ("revenues were $ 3.0 million", "3000000", "100000", "USD", "$ 3.0 million"),
        ("revenues were $12,072,000.", "12072000", "1", "USD", "$12,072,000"),
        ("assets of $1.2 billion", "1200000000", "100000000", "USD", "$1.2 billion"),
        ("was $864 thousand", "864000", "1000", "USD", "$864 thousand"),
        ("a loss of $3.6M or", "3600000", "100000", "USD", "$3.6M"),
        ("of $45\n   million upfront", "45000000", "1000000", "USD", "$45\n   million"),
        ("sales of 222 million CHF in", "222000000", "1000000", "CHF", "222 million CHF"),
        ("sales of CHF 222 million in", "222000000", "1000000", "CHF", "CHF 222 million"),
        ("sales of CHF222 million in", "222000000", "1000000", "CHF", "CHF222 million"),
        ("sales of EUR5m in", "5000000", "1000000", "EUR", "EUR5m"),
        ("sales of EUR12,072 in", "12072", "1", "EUR", "EUR12,072"),
        ("sales of A$10.4 million in", "10400000", "100000", "AUD", "A$10.4 million"),
        ("sales of C$5.0 million in", "5000000", "100000", "CAD", "C$5.0 million"),
        ("sales of HK $5.0 million in", "5000000", "100000", "HKD", "HK $5.0 million"),
        ("sales of NT$1,234 million in", "1234000000", "1000000", "TWD", "NT$1,234 million"),
        ("sales of R$ 5.0 million in", "5000000", "100000", "BRL", "R$ 5.0 million"),
        ("sales of NZ$5.0 million in", "5000000", "100000", "NZD", "NZ$5.0 million"),
        ("sales of S$5.0 million in", "5000000", "100000", "SGD", "S$5.0 million"),
        ("sales of US$5.0 million in", "5000000", "100000", "USD", "US$5.0 million"),
        ("sales of CAD $5.0 million in", "5000000", "100000", "CAD", "CAD $5.0 million"),
        ("sales of RMB¥5.0 million in", "5000000", "100000", "CNY", "RMB¥5.0 million"),
        ("sales of SEK 12 million in", "12000000", "1000000", "SEK", "SEK 12 million"),
        ("paid €5 million to", "5000000", "1000000", "EUR", "€5 million"),
        (r"or \$0.07 per basic and diluted share", "0.07", "0.01", "USD/share", r"\$0.07"),
        (r"or (\$0.29) per basic and diluted share", "-0.29", "0.01", "USD/share", r"(\$0.29)"),
        ("or $(0.45) per share", "-0.45", "0.01", "USD/share", "$(0.45)"),
        ("of $.16 per diluted share", "0.16", "0.01", "USD/share", "$.16"),
        ("a net loss of ($1.6 million) in", "-1600000", "100000", "USD", "($1.6 million)"),
        ("222 francs (in total, approximately $250 million).", "250000000", "1000000", "USD", "$250 million"),
        ("sales rose ($250 million)", "250000000", "1000000", "USD", "$250 million"),
        ("or a 3-cent loss per share", "0.03", "0.01", "USD/share", "3-cent"),
        ("on 41.6 million weighted average shares", "41600000", "100000", "shares", "41.6 million"),
    ],
)
def test_an_amount_is_read_as_printed(text: str, value: str, rounding: str, unit: str, raw: str) -> None:
    amount = only(text)
    assert (amount.value, amount.rounding, amount.unit) == (Decimal(value), Decimal(rounding), unit)
    assert text[amount.start : amount.end] == raw
    assert has_money(text)


@pytest.mark.parametrize(
    "text",
    ["in 2007, 4 trials at 216 sites", "try 5 of all 12 top 10", "dial 913-981-4900", "CD56 and DM1", "a 12% increase", ""],
)
def test_what_is_no_amount_is_not_read(text: str) -> None:
    assert not list(amounts(text))
    assert not has_money(text)


@pytest.mark.parametrize(
    ("text", "basis"),
    [("$0.04 per basic and diluted share", "both"), ("$0.88 per share on a diluted basis", "diluted"), ("$0.04 per share", "unsaid"),
     ("$0.08 per diluted share", "diluted"), ("$0.09 per basic share", "basic"), ("$0.01 per share (diluted)", "diluted")],
)  # fmt: skip
def test_a_per_share_figure_says_of_which_shares(text: str, basis: str) -> None:
    assert only(text).share_basis == basis


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (r"between \$18-20 million,", "18000000", "20000000"),
        (r"of \$26-\$29 million", "26000000", "29000000"),
        (r"between \$71 million and \$75 million", "71000000", "75000000"),
        (r"the \$69 million to \$73 million range", "69000000", "73000000"),
        ("range of $9.3 to $9.8 million", "9300000", "9800000"),
        ("range of ($1.0) to $1.0 million", "-1000000", "1000000"),
        ("of $.16 to $.17,", "0.16", "0.17"),
        ("at least $5 million", "5000000", None),
        ("up to $5 million", None, "5000000"),
        ("approximately $1.1 million", "1100000", "1100000"),
    ],
)
def test_a_range_has_the_bounds_that_are_printed(text: str, low: str | None, high: str | None) -> None:
    found = only_range(text)
    assert found.low == (Decimal(low) if low else None)
    assert found.high == (Decimal(high) if high else None)


def test_two_amounts_that_are_listed_are_no_range() -> None:
    assert [item.is_range for item in ranges("were $1.5 million and $1.1 million for")] == [False, False]


@given(
    st.integers(1, 9_999),
    st.integers(0, 9),
    st.sampled_from([("million", 6), ("billion", 9), ("thousand", 3)]),
    st.sampled_from(["$", "\\$", "$ ", "US$"]),
)
def test_an_amount_made_up_in_any_style_reads_back_the_same(whole: int, tenth: int, scale: tuple[str, int], sign: str) -> None:
    text = f"Revenues were {sign}{whole}.{tenth} {scale[0]}, compared"
    amount = only(text)
    assert amount.value == Decimal(f"{whole}.{tenth}").scaleb(scale[1])
    assert amount.rounding == Decimal("0.1").scaleb(scale[1])
    assert "E" not in f"{amount.value}"


@given(st.integers(1, 10**11), st.booleans())
def test_an_amount_written_out_reads_back_the_same(number: int, grouped: bool) -> None:
    printed = f"{number:,}" if grouped else str(number)
    assert only(f"was ${printed}, or").value == number


@given(
    st.integers(1, 500), st.integers(1, 99),
    st.sampled_from(["between ${} million and ${} million", "${} to ${} million", "${}-{} million", "${}-${} million", "${} million to ${} million",
                     "from ${} million to ${} million", "range of ${} – ${} million"]),
)  # fmt: skip
def test_a_range_made_up_in_any_style_reads_back_the_same(low: int, width: int, style: str) -> None:
    found = only_range(f"expects revenue of {style.format(low, low + width)}, unchanged")
    assert (found.low, found.high, found.is_range) == (low * 10**6, (low + width) * 10**6, True)


@given(st.text(alphabet="$€0123456789.,()- millobCHF\\\n", max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    for amount in amounts(text):
        assert 0 <= amount.start < amount.end <= len(text)
    for found in ranges(text):
        assert found.low is None or found.high is None or found.low <= found.high


@pytest.mark.parametrize("text", ["SAR3419 is in Phase 2", "a dose of SAR650984, weekly", "inhibits TOP2b in vitro"])
def test_a_compound_called_by_the_letters_of_a_currency_is_no_amount(text: str) -> None:
    assert not list(amounts(text))
