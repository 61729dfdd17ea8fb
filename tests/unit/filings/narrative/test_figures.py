"""Figures told in sentences, and holding them against the statements."""

# ruff: noqa: E501 - sentences and rows stand whole on their line

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.documents.model import Document, Paragraph
from orchestration.filings.narrative.figures import read_figures, reconcile
from orchestration.filings.narrative.guidance import read_guidance
from orchestration.filings.records import Figure, Filing, Value
from tests.hang_guard import no_hang

NOW, THEN = date(2023, 9, 30), date(2022, 9, 30)
FILING = Filing(
    "f",
    "s",
    "0",
    registrant="Example Therapeutics, Inc.",
    fiscal_year=2023,
    fiscal_quarter=3,
    period_end=NOW,
    fiscal_year_end="12-31",
)


def document(*paragraphs: str) -> Document:
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Paragraph(paragraph, ((0, start),), text.count("\n", 0, start) + 1))
        start += len(paragraph) + 2
    return Document(text, tuple(blocks))


def told(*paragraphs: str) -> list[Figure]:
    return list(read_figures(document(*paragraphs), FILING).figures)


def gist(text: str) -> list[tuple[str | None, str, str | None, int | None]]:
    return [
        (f.metric, f"{f.value:f}", f.period_end.isoformat() if f.period_end else None, f.duration_months) for f in told(text)
    ]


def cell(
    concept: str | None,
    value: str,
    *,
    end: date = NOW,
    months: int = 3,
    label: str = "",
    unit: str = "USD",
    rounding: str = "1000",
    **other: object,
) -> Value:
    fields: dict[str, object] = {
        "value_id": f"{concept or label}:{end}:{months}:{other.get('line_no', 1)}", "cell_id": "c", "filing_id": "f", "statement": "income_statement", "table_no": 1,
        "line_no": 1, "column_no": 1, "label": label or str(concept), "concept": concept, "parent_concept": None, "parent_weight": 1, "period_end": end,
        "duration_months": months, "value": Decimal(value), "unit": unit, "rounding": Decimal(rounding), "raw_text": value, "status": "as_read",
        "proof_count": 1, "is_gaap": True, "basis": "gaap", "entity": None, "currency": "USD", "is_restated": False, "source_line": 1, "source_start": 0, "source_end": 1,
    }  # fmt: skip
    return Value(**(fields | other))  # type: ignore[arg-type]


def outcomes(text: str, *cells: Value) -> list[str]:
    return [figure.outcome for figure in reconcile(told(text), cells)]


Q, P = ("2023-09-30", 3), ("2022-09-30", 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "For the three-month period ended September 30, 2023, Example reported a net loss of \\$3.0 million, or \\$0.07 per basic and diluted share, "
            "compared to a net loss of \\$3.5 million, or \\$0.09 per basic and diluted share, for the same period last year.",
            [("NetIncomeLoss", "-3000000", *Q), ("EarningsPerShareBasic", "-0.07", *Q), ("NetIncomeLoss", "-3500000", *P), ("EarningsPerShareBasic", "-0.09", *P)],
        ),
        (
            "For the quarter ended September 30, 2023, net income was $3.8 million, or $0.04 per diluted share, compared to a net loss of $24.4 million, or ($0.29) "
            "per diluted share, for the same quarter last year.",
            [("NetIncomeLoss", "3800000", *Q), ("EarningsPerShareDiluted", "0.04", *Q), ("NetIncomeLoss", "-24400000", *P), ("EarningsPerShareDiluted", "-0.29", *P)],
        ),
        (
            "Revenues in 3Q FY2023 include $2.2 million of license and milestone fees and $2.4 million of royalty revenue, compared to $1.8 million and "
            "$0.2 million, respectively, for the same quarter last year.",
            [("LicenseAndMilestoneRevenue", "2200000", *Q), ("RoyaltyRevenue", "2400000", *Q), ("LicenseAndMilestoneRevenue", "1800000", *P), ("RoyaltyRevenue", "200000", *P)],
        ),
        (
            "Capital expenditures were $1.5 million and $1.1 million for the first nine months of fiscal years 2023 and 2022, respectively.",
            [("PaymentsToAcquirePropertyPlantAndEquipment", "1500000", "2023-09-30", 9), ("PaymentsToAcquirePropertyPlantAndEquipment", "1100000", "2022-09-30", 9)],
        ),
        (
            "Research and development expenses were $7,402,884 and $16,105,480 for the three-month and nine-month periods ended September 30, 2023, compared "
            "with $6,947,979 and $14,486,896 for the comparable periods in 2022.",
            [("ResearchAndDevelopmentExpense", "7402884", *Q), ("ResearchAndDevelopmentExpense", "16105480", "2023-09-30", 9),
             ("ResearchAndDevelopmentExpense", "6947979", *P), ("ResearchAndDevelopmentExpense", "14486896", "2022-09-30", 9)],
        ),
        (
            "Example had approximately $66.7 million in cash and cash equivalents as of September 30, 2023, compared with $75.0 million as of December 31, 2022.",
            [("CashAndCashEquivalents", "66700000", "2023-09-30", 0), ("CashAndCashEquivalents", "75000000", "2022-12-31", 0)],
        ),
        (
            "Cash provided by operations was $5.9 million in the first nine months of fiscal 2023, compared with $30.9 million of cash used in operations during "
            "the same period in fiscal 2022.",
            [("NetCashProvidedByUsedInOperatingActivities", "5900000", "2023-09-30", 9), ("NetCashProvidedByUsedInOperatingActivities", "-30900000", "2022-09-30", 9)],
        ),
        (
            "The Company reported revenue of $2.0 million and a net loss of $5.0 million, or $0.10 per share, for the quarter ended September 30, 2023.",
            [("Revenues", "2000000", *Q), ("NetIncomeLoss", "-5000000", *Q), ("EarningsPerShareBasic", "-0.10", *Q)],
        ),
        (
            "Cost of goods sold decreased from $70 million during the third quarter of 2022 to $49 million during the third quarter of 2023.",
            [("CostOfRevenue", "70000000", *P), ("CostOfRevenue", "49000000", *Q)],
        ),
        (
            "Net revenues for the third quarter were $30.8 million, flat from the $30.8 million reported in the second quarter and up 17.4 percent from the "
            "$26.3 million reported in the comparable period last year.",
            [("Revenues", "30800000", *Q), ("Revenues", "30800000", "2023-06-30", 3), ("Revenues", "26300000", *P)],
        ),
    ],
)  # fmt: skip
def test_a_figure_has_the_metric_and_period_the_sentence_gives_it(text: str, expected: list[object]) -> None:
    assert gist(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Roche reported 2022 Kadcyla sales of 222 million CHF in the US and 12 million CHF ex-US (in total, approximately $250 million).",
        "Included in license and milestone fees for the fiscal 2023 quarter was a $2.0 million milestone related to a trial.",
        "The increase was driven primarily by an incremental $2.1 million related to production.",
        "This $36.8 million difference is driven by the $45 million upfront payment received in 2Q FY2023.",
        "Subscription and online revenues of Another were up by $3.1 million in the third quarter of 2023.",
        "Non-GAAP net income was $15.0 million, or $0.38 per share, for the third quarter of 2023.",
        "The quarter ended September 30, 2022 included $0.4 million of other income received from a former partner.",
        "The loss came of a decrease in revenue for the nine months ended September 30, 2023, as well as an increase in fees of $1.1 million.",
        "Another Corp. posted revenues of $12.0 million for the third quarter of 2023.",
        "Online sales rose to $46.6 million for the third quarter of 2023, compared to net sales of $46.1 million for the third quarter of 2022.",
    ],
)
def test_what_is_not_the_companys_own_total_has_no_metric(text: str) -> None:
    found = [figure for figure in told(text) if figure.metric not in (None, "SubscriptionRevenue")]
    assert told(text)
    assert found == []


def test_a_foreign_amount_keeps_its_currency() -> None:
    assert [figure.unit for figure in told("Partner sales were 222 million CHF in 2022.")] == ["CHF"]


def test_what_is_expected_is_no_figure() -> None:
    assert told("Example expects revenues to be between $71 million and $75 million.") == []


def test_a_heading_dates_the_bullets_below_it() -> None:
    found = told(
        "Third Quarter 2023 Compared to Prior Year Period", "- Net loss was $1.5 million compared to a net loss of $0.2 million"
    )
    assert [(figure.period_end, figure.duration_months) for figure in found] == [(NOW, 3), (THEN, 3)]


def test_a_page_break_that_was_not_mended_loses_the_metric_and_nothing_else() -> None:
    found = told("The third quarter fiscal 2023 revenues include \\$3.4 million", "of license and milestone fees.")
    assert [(figure.metric, figure.value) for figure in found] == [(None, Decimal(3_400_000))]


def test_a_figure_says_where_it_stands() -> None:
    made = document("First.", "Revenues for the quarter were \\$12.1 million.")
    (figure,) = read_figures(made, FILING).figures
    assert made.text[figure.source_start : figure.source_end] == figure.raw_text == "\\$12.1 million"
    assert figure.source_line == 3
    assert figure.outcome == "unmatched"


REVENUE = "Revenues for the third quarter of 2023 were $12.1 million, compared to $6.6 million for the same period last year."


def test_a_figure_matches_the_cell_of_its_metric_and_period_within_its_rounding() -> None:
    cells = (cell("Revenues", "12072000"), cell("Revenues", "6587000", end=THEN))
    figures = reconcile(told(REVENUE), cells)
    assert [(figure.outcome, figure.value_id) for figure in figures] == [("match", one.value_id) for one in cells]


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("12149000", "match"),
        ("12050000", "match"),
        ("12049000", "unmatched"),
        ("12990000", "mismatch"),
        ("21072000", "mismatch"),
    ],
)
def test_only_a_contradiction_is_a_mismatch(value: str, outcome: str) -> None:
    assert outcomes(REVENUE, cell("Revenues", value))[0] == outcome


def test_figures_of_one_precision_that_differ_are_a_contradiction() -> None:
    text = "Net loss for the third quarter of 2023 was $12.1 million, or $0.22 per share."
    cells = (cell("NetIncomeLoss", "-12100000"), cell("EarningsPerShareBasic", "-0.21", unit="USD/share", rounding="0.01"))
    assert outcomes(text, *cells) == ["match", "mismatch"]


def test_a_per_share_figure_of_unsaid_kind_matches_either() -> None:
    text = "Net loss for the third quarter of 2023 was $12.1 million, or $0.22 per share."
    diluted = cell("EarningsPerShareDiluted", "-0.22", unit="USD/share", rounding="0.01")
    figure = reconcile(told(text), [diluted])[1]
    assert (figure.outcome, figure.metric) == ("match", "EarningsPerShareDiluted")


@pytest.mark.parametrize(
    "text",
    [
        "Revenues for the third quarter of 2023 were approximately $12 million.",
        "Excluding the sale, revenues for the third quarter of 2023 were $12.1 million.",
        "Mr. Example, head of the northern unit, said it grew in all its markets with revenue in the third quarter of 2023 of $12.1 million.",
        "Revenues were $12.1 million.",
    ],
)
def test_where_the_sentence_has_a_reservation_nothing_is_a_mismatch(text: str) -> None:
    assert "mismatch" not in outcomes(text, cell("Revenues", "15000000"))


@pytest.mark.parametrize(
    "cells",
    [
        (cell("Revenues", "15000000", is_gaap=False),),
        (cell("Revenues", "15000000", is_restated=True),),
        (cell("Revenues", "15000000"), cell("Revenues", "16000000", line_no=2)),
        (cell("Revenues", "15000000"), cell("Revenues", "12100000", months=9)),
        (cell("Revenues", "15000000", months=9),),
        (cell("CostOfRevenue", "15000000"),),
    ],
)
def test_a_cell_that_is_not_surely_the_same_makes_no_mismatch(cells: tuple[Value, ...]) -> None:
    assert outcomes(REVENUE, *cells)[0] == "unmatched"


def test_a_quarter_of_weeks_takes_the_date_of_the_column() -> None:
    figure = reconcile(told(REVENUE), [cell("Revenues", "12072000", end=date(2023, 10, 1))])[0]
    assert (figure.outcome, figure.period_end) == ("match", date(2023, 10, 1))


def test_a_line_without_a_concept_links_by_its_label() -> None:
    text = "Revenues in the third quarter of 2023 include $3.4 million of license and milestone fees."
    assert outcomes(text, cell(None, "3428000", label="License and milestone fees (1)")) == ["match"]
    assert outcomes(text, cell(None, "3428000", label="License fees from partners")) == ["unmatched"]
    assert outcomes(text, cell(None, "9428000", label="License and milestone fees")) == ["mismatch"]


def test_cash_with_securities_is_not_held_against_cash_alone() -> None:
    text = "Cash, cash equivalents and marketable securities were $49.4 million as of September 30, 2023."
    alone = cell("CashAndCashEquivalents", "2700000", months=0, label="Cash and cash equivalents")
    both = cell("CashAndCashEquivalents", "49400000", months=0, label="Cash, cash equivalents and marketable securities")
    assert outcomes(text, alone) == ["unmatched"]
    (figure,) = reconcile(told(text), [both])
    assert (figure.outcome, figure.metric) == ("match", "CashAndCashEquivalents")


MONEY = st.decimals("0.1", "999.9", places=1)


@given(
    MONEY,
    MONEY,
    st.sampled_from(["compared to", "compared with", "versus", "as compared to"]),
    st.sampled_from(["revenues", "net loss", "research and development expenses", "operating expenses"]),
)
def test_a_comparison_made_up_in_any_style_reads_back_the_same(now: Decimal, then: Decimal, link: str, metric: str) -> None:
    text = f"For the third quarter of 2023, {metric} were ${now} million, {link} ${then} million for the same period last year."
    found = told(text)
    assert [abs(figure.value) for figure in found] == [now * 10**6, then * 10**6]
    assert [(figure.period_end, figure.duration_months) for figure in found] == [(NOW, 3), (THEN, 3)]
    assert len({figure.metric for figure in found} - {None}) == 1


@given(st.text(alphabet="netlosrvu$0123456789., (or)-millionforthequarterended2023comparedto\n", max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    made = document(text)
    for figure in reconcile(read_figures(made, FILING).figures, [cell("Revenues", "1000")]):
        assert made.text[figure.source_start : figure.source_end] == figure.raw_text


@given(st.text(max_size=200))
def test_not_even_strange_text(text: str) -> None:
    told(text, text + " $5 million")


@pytest.mark.parametrize(
    "text",
    [
        "Revenues were " + "A." * 700 + " $5 million", "Revenues " + "1,1." * 300 + "x $5 million", "$5 million" + " " * 19_000 + "x", "$5 million" + "\n" * 19_000 + "x",
        "Revenues for the " + "quarter and " * 1500 + "$5 million", "$1 million and " * 1200, "net loss of " * 110 + "$5 million", "(" * 15_000 + "$5 million",
        "$" + "1," * 9_000, "$5 million " + "full-year " * 140 + "revenue guidance", "to be " * 2_000 + "$5 million", "1 " + "a-" * 9_000 + " shares $1",
    ],
)  # fmt: skip
def test_no_text_keeps_it_busy(text: str) -> None:
    """Hostile paragraphs of 20 KB end within a second; the real ones take milliseconds."""
    made = document(text, "We expect " + text)
    with no_hang():
        reconcile(read_figures(made, FILING).figures, [cell("Revenues", "1000")])
        read_guidance(made, FILING)


@pytest.mark.parametrize(
    "text",
    [
        "Revenues, which grew " + "in every one of our regions and " * 60 + ", were $5.0 million.",
        "We paid " + ", ".join(f"$1.{number} million to partner {number}" for number in range(30)) + ".",
        "Sites opened. " * 1_500 + "Revenues were $5.0 million.",
    ],
    ids=["a sentence too long", "too many amounts", "a paragraph too long"],
)
def test_amounts_that_are_passed_over_are_said_so(text: str) -> None:
    read = read_figures(document("Net loss was $2.0 million for the quarter.", text), FILING)
    assert len(read.figures) == 1
    (problem,) = read.problems
    assert (problem.severity, problem.code, problem.source_line) == ("note", "sentence_too_long", 3)
