"""The vocabulary of metrics, and finding its words."""

from __future__ import annotations

from collections import Counter

import pytest

from orchestration.filings.narrative.metrics import metric_mentions, metrics, own_names, stands_alone
from orchestration.filings.vocabulary import rows

OWN = own_names("Example Therapeutics, Inc.")


def test_a_metric_that_is_a_concept_agrees_with_it() -> None:
    concepts = {row["concept"]: row for row in rows("concepts")}
    unit = {"currency": "currency", "currency_per_share": "per_share", "shares": "shares"}
    checked = 0
    for row in rows("metrics"):
        concept = concepts.get(row["metric"])
        if concept:
            assert (row["period_type"], row["unit"]) == (concept["period_type"], unit[concept["unit"]]), row["metric"]
            checked += 1
    assert checked >= 20


def test_a_phrase_names_one_metric_in_one_way() -> None:
    phrases = [
        phrase
        for row in rows("metrics")
        for part in ("phrases", "negative_phrases")
        for phrase in row[part].split("|")
        if phrase
    ]
    assert [phrase for phrase, count in Counter(phrases).items() if count > 1] == []
    assert all(phrase == " ".join(phrase.lower().split()) for phrase in phrases)


def test_a_metric_that_is_no_concept_says_which_label_it_links_to_or_links_to_none() -> None:
    concepts = {row["concept"] for row in rows("concepts")}
    unlinked = {name for name, metric in metrics().items() if name not in concepts and metric.cell_label is None}
    assert unlinked == {"AdjustedEbitda", "Ebitda"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a net loss of", [("NetIncomeLoss", -1)]),
        ("Total\n revenues were", [("Revenues", 1)]),
        ("$0.8 million of research and development support fees", [("ResearchAndDevelopmentSupportRevenue", 1)]),
        ("cash used in operations was", [("NetCashProvidedByUsedInOperatingActivities", -1)]),
        ("in cash and marketable securities as of", [("CashCashEquivalentsAndMarketableSecurities", 1)]),
        ("cash, cash equivalents, and marketable securities", [("CashCashEquivalentsAndMarketableSecurities", 1)]),
        ("the revenuestream of netincome", []),
    ],
)
def test_the_longest_phrase_names_the_metric(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(mention.metric.name, mention.sign) for mention in metric_mentions(text)] == expected


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Revenues for the quarter", True),
        ("The second quarter fiscal 2007 revenues include", True),
        ("Example's total GAAP revenues were", True),
        ("casino revenues were", False),
        ("biodiesel annual revenues increased", False),
        ("Another's revenues were", False),
        ("segment revenues were", False),
    ],
)
def test_a_word_before_that_narrows_makes_it_another_thing(text: str, alone: bool) -> None:
    assert stands_alone(text, next(metric_mentions(text)), OWN) is alone
