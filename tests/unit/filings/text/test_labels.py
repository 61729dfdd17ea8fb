"""The words of labels, and the concepts they name."""

from __future__ import annotations

import pytest

from orchestration.filings.text.labels import concepts_of_label, is_known_label, is_per_share, is_share_count, normalised_label
from orchestration.filings.vocabulary import rows
from tests.hang_guard import no_hang

INCOME, BALANCE, CASH_FLOW = "income_statement", "balance_sheet", "cash_flow"

NAMES = {
    (INCOME, "Revenues"): (
        ["Total revenues", "Revenues:", "Net sales", "Net revenues (1)", "Turnover", "Net sales and operating revenues"],
        ["Royalty revenue", "Deferred revenue", "Revenues, related party"],
    ),
    (INCOME, "CostOfRevenue"): (
        ["Cost of goods sold", "Cost of sales", "Cost of clinical materials reimbursed", "Merchandise costs"],
        ["Costs and expenses", "Cost of capital"],
    ),
    (INCOME, "GrossProfit"): (
        ["Gross profit", "Gross margin", "Earnings from mine operations"],
        ["Gross sales", "Gross margin %"],
    ),
    (INCOME, "ResearchAndDevelopmentExpense"): (
        ["Research and development", "Research & development (1)", "Research and development expenses"],
        [
            "Research and development support",
            "Acquired in-process research and development",
            "Research and development revenue",
        ],
    ),
    (INCOME, "SellingGeneralAndAdministrativeExpense"): (
        [
            "Selling, general and administrative",
            "SELLING, GENERAL & ADMINISTRATIVE EXPENSES",
            "Marketing, selling and administrative",
            "Selling, informational and administrative expenses",
        ],
        ["Selling expenses", "Sales and marketing"],
    ),
    (INCOME, "GeneralAndAdministrativeExpense"): (
        ["General and administrative", "General & administrative expenses*"],
        ["Selling, general and administrative", "Administrative fees"],
    ),
    (INCOME, "OperatingExpenses"): (
        ["Total operating expenses", "Total costs and expenses", "Total expenses", "Total costs and other deductions"],
        ["Operating income", "Total other expenses", "Total revenues"],
    ),
    (INCOME, "OperatingIncomeLoss"): (
        ["Loss from operations", "Operating loss", "Income (loss) from operations", "Profit (loss) from operating activities"],
        ["Loss from discontinued operations", "Cash used in operations"],
    ),
    (INCOME, "NonoperatingIncomeExpense"): (
        ["Other income, net", "Total other income (expense)", "Other income (expense), net"],
        ["Interest income", "Other revenue", "Net finance costs"],
    ),
    (INCOME, "IncomeLossBeforeIncomeTaxes"): (
        [
            "Loss before taxes",
            "Income (loss) before income taxes",
            "Loss before provision for income taxes",
            "(Loss)/profit before tax",
            "Consolidated profit before taxes",
            "Income before equity in earnings of affiliates and income taxes",
        ],
        ["Provision for income taxes", "Net loss", "Earnings before interest, depreciation and taxes"],
    ),
    (INCOME, "IncomeTaxExpenseBenefit"): (
        [
            "(Benefit)/provision for income taxes",
            "Income tax expense",
            "Provision for income taxes",
            "Provision for (benefit from) income taxes",
            "Income tax expense on continuing operations",
            "Taxation",
            "Income tax expenses",
            "Income tax (expenses)/benefits",
        ],
        ["Loss before taxes", "Taxes payable", "Taxes other than on income", "Income, net of tax"],
    ),
    (INCOME, "NetIncomeLoss"): (
        [
            "Net loss",
            "Net income (loss)",
            "Net loss attributable to common stockholders",
            "Loss for the six months ended June 30",
            "Profit attributable to owners of the parent",
            "Net income -- GAAP",
            "Consolidated net income (loss) attributable to Example",
            "Profit (loss) after tax attributable to owners of parent",
            "Net loss (GAAP)",
        ],
        [
            "Net income -- Non-GAAP",
            "Net income attributable to noncontrolling interest",
            "Net income attributable to preferred units",
            "Comprehensive loss",
            "Net loss per share",
            "Net loss from discontinued operations",
        ],
    ),
    (INCOME, "ProfitLoss"): (
        [
            "Net income including noncontrolling interest",
            "Net loss including portion attributable to noncontrolling interests",
            "Net income before noncontrolling interests",
        ],
        ["Net income attributable to noncontrolling interests", "Income before noncontrolling interests and income taxes"],
    ),
    (INCOME, "EarningsPerShareBasic"): (
        [
            "Net loss per share",
            "Basic net loss per common share",
            "Net income (loss) per common share, basic and diluted",
            "Profit per common share",
        ],
        ["Pro forma net loss per share", "Diluted net loss per share", "Shares used in computing basic net loss per share"],
    ),
    (INCOME, "EarningsPerShareDiluted"): (
        ["Diluted earnings per share", "Basic and diluted net loss per share"],
        ["Basic net loss per share", "Net loss per share"],
    ),
    (INCOME, "WeightedAverageSharesBasic"): (
        [
            "Weighted average shares outstanding, basic",
            "Average common shares outstanding, basic and diluted",
            "Shares used in computing net loss per share, basic",
        ],
        ["Weighted average common shares outstanding, diluted", "Shares issued", "Net loss per share"],
    ),
    (INCOME, "WeightedAverageSharesDiluted"): (
        [
            "Weighted average common shares outstanding, diluted",
            "Shares used in computing basic and diluted net loss per share",
            "Weighted average number of common shares outstanding with dilution",
        ],
        ["Weighted average shares outstanding, basic", "Diluted earnings per share"],
    ),
    (INCOME, "IncomeLossFromContinuingOperations"): (
        ["Loss from continuing operations", "Income (loss) from continuing operations"],
        ["Loss from discontinued operations", "Loss from operations", "Loss from continuing operations before income taxes"],
    ),
    (INCOME, "NetIncomeLossAvailableToCommonStockholdersBasic"): (
        ["Net loss attributable to common stockholders", "Net income available to common shareholders"],
        ["Net loss", "Net loss attributable to noncontrolling interests", "Weighted average common shares outstanding"],
    ),
    (BALANCE, "CashAndCashEquivalents"): (
        ["Cash", "Cash and cash equivalents", "Cash and marketable securities", "Cash and bank balances"],
        ["Restricted cash", "Cash flow"],
    ),
    (BALANCE, "AssetsCurrent"): (["Total current assets", "Current assets"], ["Other current assets", "Total assets"]),
    (BALANCE, "Assets"): (["Total assets", "TOTAL ASSETS"], ["Other assets", "Total current assets", "Assets"]),
    (BALANCE, "LiabilitiesCurrent"): (
        ["Total current liabilities", "Current liabilities"],
        ["Other current liabilities", "Long-term liabilities"],
    ),
    (BALANCE, "Liabilities"): (["Total liabilities"], ["Total liabilities and stockholders' equity", "Other liabilities"]),
    (BALANCE, "StockholdersEquity"): (
        [
            "Stockholders' equity",
            "Shareholders' equity",
            "Total stockholders' equity (deficit)",
            "Total shareholders' deficit",
            "Total Example & Sons Stores of America, Inc. shareholders' equity",
            "Equity",
            "Total Example Companies equity",
            "Shareholders' investment",
            "Equity attributable to owners of the parent",
        ],
        ["Total liabilities and stockholders' equity", "Common stock", "Total home equity", "Total equity investments"],
    ),
    (BALANCE, "LiabilitiesAndStockholdersEquity"): (
        [
            "Total liabilities and stockholders' equity",
            "TOTAL LIABILITIES AND SHAREHOLDERS' DEFICIT",
            "Total liabilities, convertible preferred stock and stockholders' deficit",
            "Total equity and liabilities",
            "Total capitalization and liabilities",
        ],
        ["Total liabilities", "Stockholders' equity", "Total equity"],
    ),
    (CASH_FLOW, "NetCashProvidedByUsedInOperatingActivities"): (
        [
            "Net cash (used in) provided by operating activities",
            "Cash flows from operating activities",
            "Net cash provided by operations",
        ],
        [
            "Cash generated from operations",
            "Net cash used in discontinued operating activities",
            "Adjustments to operating activities",
        ],
    ),
    (CASH_FLOW, "NetCashProvidedByUsedInInvestingActivities"): (
        ["Net cash used for investing activities"],
        ["Other investing activities", "Net cash provided by continuing investing activities"],
    ),
    (CASH_FLOW, "NetCashProvidedByUsedInFinancingActivities"): (
        ["Cash provided by financing activities", "Net cash flows from financing activities"],
        ["Other financing activities", "Net cash used in financing activities of discontinued operations"],
    ),
    (CASH_FLOW, "EffectOfExchangeRateOnCash"): (
        ["Effect of exchange rate changes on cash, cash equivalents and restricted cash", "Foreign currency effect on cash"],
        ["Unrealized foreign exchange loss", "Net increase in cash before effect of exchange rates"],
    ),
    (CASH_FLOW, "CashPeriodIncreaseDecrease"): (
        ["Net increase (decrease) in cash and cash equivalents", "Net change in cash, cash equivalents, and restricted cash"],
        [
            "Increase in cash surrender value of life insurance",
            "Change in restricted cash",
            "Increase in cash before financing",
        ],
    ),
    (CASH_FLOW, "CashAtBeginningOfPeriod"): (
        ["Cash and cash equivalents at beginning of period", "Beginning of year", "Beginning cash and cash equivalents"],
        ["Cash and cash equivalents at end of period", "Beginning inventories"],
    ),
    (CASH_FLOW, "CashAtEndOfPeriod"): (
        ["Cash, cash equivalents and restricted cash, end of period", "Cash at the end of the quarter"],
        ["Cash and cash equivalents at beginning of period", "End user financing"],
    ),
    (CASH_FLOW, "DepreciationDepletionAndAmortization"): (
        ["Depreciation and amortization", "Depreciation, depletion and amortization"],
        ["Depreciation", "Amortization of intangible assets"],
    ),
    (CASH_FLOW, "ShareBasedCompensation"): (
        ["Stock-based compensation expense", "Share-based payments", "Stock compensation"],
        ["Excess tax benefits from stock-based compensation", "Deferred compensation", "Repurchases of common stock"],
    ),
    (CASH_FLOW, "PaymentsToAcquirePropertyPlantAndEquipment"): (
        ["Purchases of property and equipment", "Capital expenditures", "Additions to property, plant and equipment"],
        [
            "Proceeds from sale of property and equipment",
            "Purchases of property and equipment included in accounts payable",
            "Purchases of investments",
            "Payments for other",
        ],
    ),
}


@pytest.mark.parametrize(
    ("statement", "concept", "label"), [(s, c, label) for (s, c), (good, _) in NAMES.items() for label in good]
)
def test_a_label_names_its_concept(statement: str, concept: str, label: str) -> None:
    assert concept in concepts_of_label(label, statement)
    assert is_known_label(label)


@pytest.mark.parametrize(
    ("statement", "concept", "label"), [(s, c, label) for (s, c), (_, bad) in NAMES.items() for label in bad]
)
def test_a_label_that_looks_alike_does_not(statement: str, concept: str, label: str) -> None:
    assert concept not in concepts_of_label(label, statement)


def test_every_concept_of_the_vocabulary_has_an_example_either_way() -> None:
    missing = {(row["statement"], row["concept"]) for row in rows("line_items")} - set(NAMES)
    assert not missing, f"add labels that name, and labels that do not name, {missing}"


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Research & development (1)", "research and development"),
        ("Stockholders' equity", "stockholders equity"),
        ("Company's share*", "company share"),
        ("(Benefit)/provision for income taxes", "benefit provision for income taxes"),
        ("  Net   income (loss):  ", "net income loss"),
        ("", ""),
    ],
)
def test_normal(label: str, words: str) -> None:
    assert normalised_label(label) == words


def test_basic_and_diluted_names_both() -> None:
    assert concepts_of_label("Net loss per share, basic and diluted", INCOME) == (
        "EarningsPerShareBasic",
        "EarningsPerShareDiluted",
    )


@pytest.mark.parametrize(
    "label",
    [
        "Weighted average shares used in computing net loss per share",
        "Shares used in per share calculation",
        "Shares used in computing net loss per share",
    ],
)
def test_shares_that_a_per_share_figure_is_computed_with_are_shares(label: str) -> None:
    """Else their line is read as so many dollars a share."""
    assert is_share_count(label) or "WeightedAverageSharesBasic" in concepts_of_label(label, INCOME)


@pytest.mark.parametrize("label", ["Net loss per share", "Basic net loss per common share", "Distributions per unit"])
def test_per_share_labels(label: str) -> None:
    assert is_per_share(label)
    assert not is_share_count(label)


@pytest.mark.parametrize(
    "words", ["net income per ", "income loss earnings per basic ", "total cost of ", "other income and ", "cash and "]
)
def test_a_long_label_is_read_in_no_time(words: str) -> None:
    """A paragraph with a tab in it is a label of thousands of words."""
    with no_hang():
        for statement in (INCOME, BALANCE):
            concepts_of_label(words * 150, statement)


def test_a_footnote_mark_shown_as_a_plain_digit_is_no_part_of_a_label() -> None:
    assert concepts_of_label("Basic net income per share1", INCOME) == ("EarningsPerShareBasic",)
    assert concepts_of_label("Total assets 2", BALANCE) == ("Assets",)
    assert concepts_of_label("Level 3", BALANCE) == ()


def test_an_amount_per_share_is_no_number_of_shares() -> None:
    """ "Earnings per share - basic: Net income available to Common Shares" was both, and 2.08 was 2,080 shares."""
    label = "Earnings per share - basic: Net income available to Common Shares"
    assert concepts_of_label(label, INCOME) == ("EarningsPerShareBasic",)
