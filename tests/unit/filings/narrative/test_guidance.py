"""Guidance in sentences, bullets and sections."""

# ruff: noqa: E501 - sentences and rows stand whole on their line

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.documents.model import Document, Paragraph, Row, Table
from orchestration.filings.narrative.guidance import GuidanceReading, read_guidance
from orchestration.filings.narrative.outlook import is_outlook
from orchestration.filings.records import Filing

FILING = Filing(
    "f",
    "s",
    "0",
    registrant="Example Therapeutics, Inc.",
    fiscal_year=2014,
    fiscal_quarter=2,
    period_end=date(2013, 12, 31),
    fiscal_year_end="06-30",
)


def document(*paragraphs: str | Table) -> Document:
    text = "\n\n".join(p if isinstance(p, str) else "table" for p in paragraphs)
    blocks: list[Paragraph | Table] = []
    start = 0
    for paragraph in paragraphs:
        words = paragraph if isinstance(paragraph, str) else "table"
        line = text.count("\n", 0, start) + 1
        blocks.append(Paragraph(words, ((0, start),), line) if isinstance(paragraph, str) else paragraph)
        start += len(words) + 2
    return Document(text, tuple(blocks))


def read(*paragraphs: str | Table) -> GuidanceReading:
    return read_guidance(document(*paragraphs), FILING)


def gist(*paragraphs: str) -> list[tuple[object, ...]]:
    millions = Decimal(10**6)
    return [
        (
            g.metric,
            g.fiscal_period,
            *(bound / millions if bound is not None else None for bound in (g.low, g.high, g.previous_low, g.previous_high)),
            g.action,
        )
        for g in read(*paragraphs).guidance
    ]


NL, OCF, CASH, REV = "NetIncomeLoss", "NetCashProvidedByUsedInOperatingActivities", "CashAndCashEquivalents", "Revenues"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Example now expects its net loss for fiscal 2014 to be between \\$18-20 million, compared to previous guidance of \\$26-\\$29 million, and cash "
            "used in operations also to be between \\$18-\\$20 million, compared with previous guidance of \\$26-29 million.",
            [(NL, "FY2014", -20, -18, -29, -26, "lowered"), (OCF, "FY2014", -20, -18, -29, -26, "lowered")],
        ),
        ("We expect fiscal 2014 revenues of $71 million to $75 million, unchanged from previous guidance.", [(REV, "FY2014", 71, 75, 71, 75, "unchanged")]),
        (
            "Example expects to end its fiscal year on June 30, 2014 with cash and cash equivalents of between $124 million and $128 million, increased from the "
            "$119 million to $123 million range in the previous guidance.",
            [(CASH, "2014-06-30", 124, 128, 119, 123, "raised")],
        ),
        ("Example is narrowing its fiscal 2014 revenue guidance to $72 million to $74 million, from $71 million to $75 million.", [(REV, "FY2014", 72, 74, 71, 75, "narrowed")]),
        ("Third quarter revenue is expected to be in the range of $29.5 million to $31.0 million.", [(REV, "Q3 FY2014", Decimal("29.5"), 31, None, None, "initiated")]),
        ("Revenue in the quarter ending March 31, 2014 is expected to be approximately $30 million.", [(REV, "Q3 FY2014", 30, 30, None, None, "initiated")]),
        ("The Company is raising its fiscal 2014 revenue guidance from $20-$22 million to $24-$26 million.", [(REV, "FY2014", 24, 26, 20, 22, "raised")]),
        ("Example expects its fiscal 2014 net loss to be between $57 million and $61 million, versus between $52 and $56 million previously.",
         [(NL, "FY2014", -61, -57, -56, -52, "raised")]),
        ("2014 Financial Guidance: Revenue of $50 million to $55 million; R&D expenses of $40 million to $45 million.",
         [(REV, "FY2014", 50, 55, None, None, "initiated"), ("ResearchAndDevelopmentExpense", "FY2014", 40, 45, None, None, "initiated")]),
        ("For the full year, we now anticipate revenues of at least $70 million.", [(REV, "FY2014", 70, None, None, None, "initiated")]),
        ("We expect the net loss for fiscal 2014 to be no more than $20 million.", [(NL, "FY2014", -20, None, None, None, "initiated")]),
        ("The Company reiterates its guidance for fiscal 2014 net cash used in operating activities of $64-$68 million.", [(OCF, "FY2014", -68, -64, -68, -64, "unchanged")]),
        ("Capital expenditures for fiscal 2014 are expected to be approximately $5 million, compared to $3.1 million in fiscal 2013.",
         [("PaymentsToAcquirePropertyPlantAndEquipment", "FY2014", 5, 5, None, None, "initiated")]),
    ],
)  # fmt: skip
def test_guidance_has_metric_period_bounds_and_action(text: str, expected: list[object]) -> None:
    assert gist(text) == expected


@pytest.mark.parametrize(
    ("text", "action", "stated", "direction"),
    [
        (
            "We expect our fiscal 2014 net loss to be between $18-20 million, reduced from previous guidance of $26-$29 million.",
            "lowered",
            "lowered",
            "raised",
        ),
        (
            "We are raising our outlook and expect a fiscal 2014 net loss of $18-20 million, compared to previous guidance of $26-$29 million.",
            "lowered",
            "raised",
            "raised",
        ),
        ("We expect fiscal 2014 revenues of $24-26 million, up from $20-22 million in the previous guidance.", "raised", "raised", "raised"),
        ("We expect revenues of $24-26 million for fiscal 2014.", "initiated", None, None),
    ],
)  # fmt: skip
def test_the_figure_its_value_and_the_word_are_told_apart(
    text: str, action: str, stated: str | None, direction: str | None
) -> None:
    found = read(text)
    assert [(item.action, item.stated_action, item.direction) for item in found.guidance] == [(action, stated, direction)]
    assert "guidance_conflict" not in {problem.code for problem in found.problems}


def test_bullets_take_period_and_action_from_the_section() -> None:
    assert gist(
        "Financial Outlook",
        "Based on what is known, the Company is reconfirming the following outlook for fiscal year 2014:",
        "- Revenue is expected to be in the range of $28 to $30 million; and",
        "- Operating expenses: $40 to $42 million.",
        "Conference Call Information",
        "- Revenue: $90 million to $95 million",
    ) == [(REV, "FY2014", 28, 30, 28, 30, "unchanged"), ("OperatingExpenses", "FY2014", 40, 42, 40, 42, "unchanged")]


def test_a_heading_dates_what_is_below_it() -> None:
    assert gist("Updated Financial Guidance for Fiscal Year 2014", "- Net loss to be between $67 million and $71 million;") == [
        (NL, "FY2014", -71, -67, None, None, "initiated")
    ]
    assert gist(
        "MARCH 2014 QUARTER OUTLOOK\nThese are forward looking.", "- Other income will be approximately $1.0 million."
    ) == [("NonoperatingIncomeExpense", "Q3 FY2014", 1, 1, None, None, "initiated")]


def test_per_share_guidance_is_per_share() -> None:
    (eps,) = read("We expect diluted earnings per share for fiscal 2014 of $.16 to $.17.").guidance
    assert (eps.metric, eps.low, eps.high, eps.unit) == (
        "EarningsPerShareDiluted",
        Decimal("0.16"),
        Decimal("0.17"),
        "USD/share",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Example expects that its cash and cash equivalents of $178.1 million will be sufficient to fund operations into 2016.",
        "These statements include expectations related to: the Company's net loss, cash used in operations and its cash as of June 30, 2014.",
        "The company will provide its investors with guidance in the areas of total revenues each quarter.",
        "Revenues were $30.1 million, above our guidance of $25 million to $28 million.",
        "We expect to receive a $5.0 million milestone payment.",
        "The market is projected to be a $5.6 billion market this year.",
        "Equity in net income of investees is expected to be approximately $100,000 in fiscal 2014.",
    ],
)
def test_what_only_looks_like_guidance_is_none(text: str) -> None:
    assert read(text).guidance == ()


@pytest.mark.parametrize("after", [("About Example, Inc.", "Example makes things."), ("Conference Call Information",), ()])
def test_a_guidance_heading_with_nothing_under_it_is_a_section_lost(after: tuple[str, ...]) -> None:
    (problem,) = read("Financial Results", "Financial Guidance", "4", *after).problems
    assert (problem.code, problem.severity, problem.source_line) == ("section_lost", "warning", 3)
    assert '"Financial Guidance" on line 3' in problem.message


def test_a_guidance_heading_over_words_or_a_table_is_not_lost() -> None:
    assert read("Financial Guidance", "The Company gives no guidance at this time.").problems == ()
    assert read("Financial Guidance", Table((Row((), 3),)), "About Example").problems == ()


def test_a_head_line_that_mentions_guidance_is_no_section() -> None:
    assert read("— Company Provides Update on Business and on Financial Guidance —", "About Example").problems == ()


def test_a_range_nothing_can_be_made_of_is_told() -> None:
    reading = read("We expect adherence spending to range between $5 million and $6 million.")
    assert (reading.guidance, [problem.code for problem in reading.problems]) == ((), ["guidance_unread"])


def test_where_words_and_numbers_disagree_the_numbers_hold_and_it_is_told() -> None:
    reading = read(
        "We expect fiscal 2014 revenues of $80 million to $85 million, lowered from the $71 million to $75 million range in the previous guidance."
    )
    assert [item.action for item in reading.guidance] == ["raised"]
    assert [problem.code for problem in reading.problems] == ["guidance_conflict"]


def test_guidance_told_twice_is_told_once() -> None:
    words = "We expect fiscal 2014 revenues of $71 million to $75 million"
    found = gist(f"{words}.", f"{words}, raised from the $61 million to $65 million range in the previous guidance.")
    assert found == [(REV, "FY2014", 71, 75, 61, 65, "raised")]


def test_guidance_says_where_it_stands() -> None:
    made = document("First.", "We expect fiscal 2014 revenues of $71 million to $75 million.")
    (item,) = read_guidance(made, FILING).guidance
    assert made.text[item.source_start : item.source_end] == "$71 million to $75 million"
    assert item.source_line == 3


@pytest.mark.parametrize(
    ("text", "outlook"),
    [
        ("Revenues were $3 million.", False),
        ("We expect revenues of $3 million.", True),
        ("Revenues to be between $1 million and $2 million", True),
    ],
)
def test_what_is_expected_is_told_from_what_was(text: str, outlook: bool) -> None:
    assert is_outlook(text) is outlook


@given(
    st.integers(1, 400), st.integers(1, 50), st.sampled_from(["total revenues", "operating expenses", "capital expenditures", "net loss", "cash used in operations"]),
    st.sampled_from(["between ${} million and ${} million", "${}-${} million", "${}-{} million", "in the range of ${} to ${} million", "${} million to ${} million"]),
    st.sampled_from(["FY2014", "fiscal 2014", "fiscal year 2014", "the 2014 fiscal year"]),
)  # fmt: skip
def test_guidance_made_up_in_any_style_reads_back_the_same(low: int, width: int, metric: str, style: str, year: str) -> None:
    (item,) = read(f"Example expects {metric} for {year} to be {style.format(low, low + width)}.").guidance
    assert item.low is not None
    assert item.high is not None
    assert item.low <= item.high
    assert {abs(item.low), abs(item.high)} == {low * 10**6, (low + width) * 10**6}
    assert (item.fiscal_period, item.action) == ("FY2014", "initiated")


@given(
    st.lists(st.text(alphabet="guidanceoutlookexpectsrevenue$0123456789-., to betweenmillion2014:\n", max_size=120), max_size=6)
)
def test_no_text_makes_it_fail(paragraphs: list[str]) -> None:
    for item in read("Financial Guidance", *paragraphs).guidance:
        assert item.low is None or item.high is None or item.low <= item.high


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("We expect fiscal 2014 revenues of no less than $75 million.", 75, None),
        ("We expect fiscal 2014 revenues of not less than $75 million.", 75, None),
        ("We expect fiscal 2014 revenues not to exceed $90 million.", None, 90),
        ("We expect fiscal 2014 revenues of $75 million or more.", 75, None),
        ("We expect fiscal 2014 revenues of $75 million or less.", None, 75),
    ],
)
def test_a_bound_in_words_is_one_bound(text: str, low: int | None, high: int | None) -> None:
    """ "No less than" was both at least and less than: guidance without a number kept the whole release out."""
    assert [(metric, *bounds[:2]) for metric, _, *bounds in gist(text)] == [("Revenues", low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "We no longer expect a fiscal 2014 net loss of $75 million to $80 million.",
        "We withdraw our fiscal 2014 revenue guidance of $80 million to $85 million.",
        "We expect revenues of $40 million to $45 million in the second half of fiscal 2014.",
        "We expect fiscal 2014 revenues of $75 million, plus or minus $5 million.",
    ],
)
def test_guidance_given_up_or_of_half_a_year_is_told_and_not_read(text: str) -> None:
    """It was published as given, the opposite of the text, or as the whole year's."""
    found = read(text)
    assert not found.guidance
    assert [problem.code for problem in found.problems] == ["guidance_unread"]
