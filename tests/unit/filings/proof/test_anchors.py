"""Units and periods that the prose of a release shows or contradicts, and units that nothing witnesses."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from orchestration.filings.reader import read_filing
from orchestration.filings.records import Reading
from tests.unit.filings.made_up import BALANCE, INCOME, made_up

NOTE = " (in thousands, except per share amounts)"
BARE = INCOME.replace(NOTE, "")
WHOLE = BARE.replace("\t23,104\t22,240", "\t23,104,000\t22,240,000")


def reading(income: str = INCOME, prose: str = "", balance: str = BALANCE) -> Reading:
    return read_filing(made_up(f"{prose}\n\n{income}", balance), "0000000001/release.txt")


def revenues(read: Reading) -> list[tuple[Decimal | None, str, bool]]:
    return [
        (v.value, v.unit, v.proof_count > 0)
        for v in read.values
        if v.concept == "Revenues" and v.period_end and v.column_no == 1
    ]


def codes(read: Reading) -> set[str]:
    return {problem.code for problem in read.problems}


def test_figures_told_in_prose_show_a_scale_that_no_note_states() -> None:
    found = reading(BARE, "Revenues for the quarter ended March 31, 2010 were $15.0 million, compared with $12.0 million.")
    assert revenues(found) == [(Decimal(15_000_000), "USD", True)]
    assert "scale_by_prose" in codes(found)


def test_a_figure_told_without_a_day_shows_a_scale_that_no_note_states() -> None:
    """The text told the equity and not its day: the balance sheet had no scale, or that of the statement above it."""
    whole = re.sub(r"(\d{1,2},\d{3})(?=[\t\n)])", r"\1,417", BALANCE.replace(" (in thousands)", ""))
    found = reading(INCOME, "Stockholders' equity was $35.0 million.", whole)
    assert "scale_by_prose" in codes(found)
    equity = [value for value in found.values if value.concept == "StockholdersEquity" and value.column_no == 1]
    assert [value.value for value in equity] == [Decimal(35_000_417)]


def test_a_stated_scale_that_the_prose_contradicts_withholds_the_statement() -> None:
    """ "in millions" misprinted for thousands stood proven though the text told every figure a thousand times smaller."""
    told = (
        "Revenues for the quarter ended March 31, 2010 were $15.0 million. Research and development expenses for the quarter"
        " ended March 31, 2010 were $9.8 million."
    )
    found = reading(INCOME.replace("in thousands", "in millions"), told)
    assert revenues(found) == []
    assert "scale_contradicted" in codes(found)


def test_long_figures_contradict_a_scale_without_a_period_of_their_own() -> None:
    """ "In thousands" left above whole dollars stood proven: the text told its figures of no period, and one of the balance."""
    income = INCOME.replace("15,000", "15,043,217").replace("9,800", "9,812,345")
    found = reading(income, "We reported sales of $15,043,217, and spent $9,812,345 on research.")
    assert found.values == ()
    assert "scale_contradicted" in codes(found)
    one = reading(income, "We reported sales of $15,043,217.")
    assert "scale_doubted" in codes(one)
    assert {value.proof_count for value in one.values if value.statement == "income_statement"} == {0}


def test_a_scale_that_makes_more_shares_than_companies_have_proves_nothing_without_the_prose() -> None:
    """ "in millions" misprinted for thousands stood proven where the text told nothing: every identity closes at any scale."""
    millions, balance = INCOME.replace("in thousands", "in millions"), BALANCE.replace("in thousands", "in millions")
    found = reading(millions, balance=balance)
    assert revenues(found) == [(Decimal(15_000_000_000), "USD", False)]
    assert {value.proof_count for value in found.values} == {0}
    assert "scale_not_plausible" in codes(found)
    told = reading(millions, "Revenues for the quarter ended March 31, 2010 were $15.0 billion.", balance)
    assert revenues(told) == [(Decimal(15_000_000_000), "USD", True)]


def test_columns_whose_headings_are_swapped_are_withheld() -> None:
    told = (
        "Revenues for the quarter ended March 31, 2010 were $12.0 million. Research and development expenses for the quarter"
        " ended March 31, 2010 were $8.5 million."
    )
    found = reading(prose=told)
    assert revenues(found) == []
    assert "periods_contradicted" in codes(found)


def test_one_figure_that_differs_withholds_nothing() -> None:
    found = reading(prose="Revenues for the quarter ended March 31, 2010 were $12.0 million.")
    assert revenues(found) == [(Decimal(15_000_000), "USD", True)]


@pytest.mark.parametrize("raised", ["$40.0 million", "$40,000,000"])
def test_figures_below_a_million_without_a_note_are_withheld_where_the_text_speaks_of_millions(raised: str) -> None:
    found = reading(BARE, f"We raised {raised} in an offering.", balance="")
    assert revenues(found) == []
    assert "scale_unknown" in codes(found)


@pytest.mark.parametrize("income", [BARE, WHOLE])
def test_a_scale_that_nothing_witnesses_proves_nothing(income: str) -> None:
    """Both sides in thousands close a per-share identity as well: it is no witness of whole units."""
    found = reading(income, balance="")
    assert [proven for *_, proven in revenues(found)] == [False]
    assert "scale_not_witnessed" in codes(found)


def test_the_scale_of_another_statement_is_no_witness() -> None:
    found = reading(BARE)
    assert revenues(found) == [(Decimal(15_000_000), "USD", False)]
    assert "scale_not_witnessed" in codes(found)


def test_share_counts_printed_one_by_one_witness_whole_units() -> None:
    whole = re.sub(r"(?<=\t)\(?\d{1,2},\d{3}\)?|(?<=\t)\(?\d{2,3}\)?(?=[\t\n])", _by_thousand, BARE)
    found = reading(whole, balance="")
    assert revenues(found) == [(Decimal(15_000_000), "USD", True)]


def test_shares_printed_one_by_one_say_nothing_of_money_where_another_statement_is_in_thousands() -> None:
    """The balance sheet beside an income statement in thousands was in dollars, proven by the shares printed one by one."""
    shares = INCOME.replace("\t23,104\t22,240", "\t23,104,000\t22,240,000").replace(
        "per share amounts)", "share and per share amounts)"
    )
    found = reading(shares, balance=BALANCE.replace(" (in thousands)", ""))
    assert {value.proof_count for value in found.values if value.statement == "balance_sheet"} == {0}


def _by_thousand(found: re.Match[str]) -> str:
    return f"{found.group().removesuffix(')')},000" + (")" if found.group().endswith(")") else "")


def test_the_currency_of_figures_told_in_prose_is_that_of_their_cells() -> None:
    told = "Revenues for the quarter ended March 31, 2010 were €15.0 million, compared with €12.0 million."
    assert revenues(reading(prose=told)) == [(Decimal(15_000_000), "EUR", True)]


def test_a_currency_mentioned_near_a_statement_is_not_its_own() -> None:
    """One mention of euros in a paragraph above turned a statement in dollars into euros."""
    told = "In July, the Company received a milestone payment of €5.0 million from its partner."
    assert revenues(reading(prose=told)) == [(Decimal(15_000_000), "USD", True)]


@pytest.mark.parametrize(
    ("sign", "currency"),
    [("C$", "CAD"), ("A$", "AUD"), ("HK$", "HKD"), ("R$", "BRL"), ("CHF ", "CHF"), ("₩", "KRW"), ("US$", "USD")],
)
def test_signs_attached_to_figures_say_of_which_currency_they_are(sign: str, currency: str) -> None:
    """ "C$12,345" was damage, of which the readings were dollars of the United States."""
    attached = re.sub(r"\t(\(?)(?=\d[\d,]*,\d|\(?\d\.)", rf"\t\1{sign}", INCOME)
    assert attached != INCOME
    assert revenues(reading(attached)) == [(Decimal(15_000_000), currency, True)]


def test_a_sign_that_several_currencies_share_withholds_the_statement() -> None:
    crowns = re.sub(r"\t(?=\d[\d,]*,\d)", "\tkr ", INCOME)
    found = reading(crowns)
    assert revenues(found) == []
    assert "unit_unknown" in codes(found)
    assert revenues(reading(crowns.replace("in thousands", "in thousands of Swedish kronor"))) == [
        (Decimal(15_000_000), "SEK", True)
    ]


def test_a_name_that_several_currencies_share_withholds_the_statement() -> None:
    """ "Rupees in lakhs" was no note, and the rupees were dollars, one by one."""
    found = reading(INCOME.replace("in thousands", "Rupees in lakhs"))
    assert revenues(found) == []
    assert "unit_unknown" in codes(found)
    income, balance = (text.replace("in thousands", "Indian rupees in lakhs") for text in (INCOME, BALANCE))
    assert revenues(reading(income, balance=balance)) == [(Decimal(1_500_000_000), "INR", True)]


def test_a_sign_that_several_currencies_share_is_of_the_country_that_the_filing_names() -> None:
    """ "Rs." before the figures withheld a statement in rupees of a company of India."""
    text = (
        INCOME.replace("in thousands", "Rupees in lakhs")
        .replace("12,500\t", "Rs. 12,500\t")
        .replace("15,000\t", "Rs. 15,000\t")
    )
    assert revenues(reading(text)) == []
    assert [one[1] for one in revenues(reading(f"Acme of Chennai, India, reports.\n\n{text}"))] == ["INR"]


@pytest.mark.parametrize(
    ("lines", "per_share"),
    [
        ("Net loss per share, basic and diluted (cents)\t(10.0)\t(14.1)\n", "-0.100"),
        ("Net loss per share - pence\t(10)\t(14)\n", "-0.10"),
        ("Net loss per share (in cents):\t\t\nBasic and diluted\t(10.0)\t(14.1)\n", "-0.100"),
    ],
)
def test_earnings_per_share_in_cents_are_hundredths(lines: str, per_share: str) -> None:
    """Ten cents a share were ten dollars."""
    found = reading(INCOME.replace("Net loss per share, basic and diluted\t(0.10)\t(0.14)\n", lines))
    told = [v for v in found.values if v.concept == "EarningsPerShareBasic" and v.column_no == 1]
    assert [(v.value, v.proof_count > 0) for v in told] == [(Decimal(per_share), True)]
    assert {v.value for v in found.values if v.concept == "WeightedAverageSharesBasic"} == {
        Decimal(23_104_000),
        Decimal(22_240_000),
    }


TOLD_ABROAD = (
    "Revenues for the quarter ended March 31, 2010 were {}15.0 million. Research and development expenses for the quarter ended"
    " March 31, 2010 were {}9.8 million."
)


@pytest.mark.parametrize("note", ["in thousands of US dollars", "in millions of US dollars"])
def test_a_figure_in_another_currency_neither_proves_nor_contradicts(note: str) -> None:
    """At the other scale it would withhold the statement, at its own it would be a match."""
    found = reading(INCOME.replace("in thousands", note), TOLD_ABROAD.replace("{}", "A$"))
    assert len(revenues(found)) == 1
    assert "scale_contradicted" not in codes(found)
    assert {(one.unit, one.outcome.value) for one in found.figures} == {("AUD", "unmatched")}


def test_a_bare_dollar_is_of_the_statements_that_name_theirs() -> None:
    canadian = reading(
        INCOME.replace("in thousands", "in thousands of Canadian dollars"),
        TOLD_ABROAD.replace("{}", "$"),
        BALANCE.replace("in thousands", "in thousands of Canadian dollars"),
    )
    assert {(one.unit, one.outcome.value) for one in canadian.figures} == {("CAD", "match")}


def test_figures_told_per_depositary_share_are_no_earnings_per_share() -> None:
    found = reading(prose="The net loss for the quarter ended March 31, 2010 was $2.3 million, or $0.10 per ADS.")
    assert [one.metric for one in found.figures] == ["NetIncomeLoss", None]


def test_balance_dates_that_one_sentence_tells_the_other_way_round_withhold_the_sheet() -> None:
    told = "We had total assets of ${} million as of March 31, 2010 and total assets of ${} million as of December 31, 2009."
    right, swapped = (reading(prose=told.format(*amounts)) for amounts in (("56.0", "60.7"), ("60.7", "56.0")))
    assert "periods_contradicted" not in codes(right)
    assert "periods_contradicted" in codes(swapped)
    assert not any(value.concept == "Assets" for value in swapped.values)


def test_a_release_that_tells_dollars_of_one_country_alone_has_statements_in_them() -> None:
    """ "A$71.2 million" in every sentence, and a bare "$" on the statements: they were in US dollars, proven."""
    told = "The company raised A$40.0 million in May and spent A$3.0 million on its new plant."
    assert {unit for _, unit, _ in revenues(reading(prose=told))} == {"AUD"}
    assert {unit for _, unit, _ in revenues(reading(prose=f"{told} It also received $2.0 million."))} == {"USD"}


def test_rupees_are_those_of_the_one_country_that_the_filing_names() -> None:
    """ "Rupees in millions" withheld the statements of a company of Bangalore, India."""
    note = INCOME.replace("(in thousands, except per share amounts)", "(Rupees in thousands, except per share amounts)")
    assert {unit for _, unit, _ in revenues(reading(note, "BANGALORE, India, May 6, 2010: results were good."))} == {"INR"}
    assert revenues(reading(note, "KARACHI and BANGALORE, Pakistan and India: results were good.")) == []


@pytest.mark.parametrize(
    "told",
    [
        "Example reports in Canadian dollars.",
        "All dollar amounts in this release are Canadian dollars.",
        "The accompanying amounts are expressed in Australian dollars.",
        "Reporting currency: CAD",
        "The Company reports in C$.",
        "Every dollar figure below is a Canadian dollar figure.",
        "Presentation currency: Australian dollar",
    ],
)
def test_a_bare_dollar_beside_words_of_another_country_proves_nothing(told: str) -> None:
    """ "$" was that of the United States, proven, whatever a sentence below the statements said."""
    found = reading(prose=told)
    assert not any(proven for _, unit, proven in revenues(found) if unit == "USD")


def test_what_is_said_of_exchange_rates_doubts_no_dollar() -> None:
    found = reading(prose="Sales fell with unfavorable currency impacts of the yen and a weaker Australian dollar.")
    assert [proven for *_, proven in revenues(found)] == [True]


def test_a_company_that_reports_in_us_dollars_may_speak_of_others() -> None:
    found = reading(prose="Amounts are in U.S. dollars; the plant reports in Canadian dollars to its bank.")
    assert [proven for *_, proven in revenues(found)] == [True]


def test_columns_beside_those_whose_headings_are_swapped_are_kept_and_not_proven() -> None:
    """The six months of a statement were lost with the swapped quarters beside them."""
    head, body = INCOME.split("\n\n", 1)
    rows = [row.split("\t") for row in body.splitlines()[2:]]
    wide = ["\tThree Months Ended March 31,\t\tNine Months Ended March 31,\t", "\t2010\t2009\t2010\t2009"]
    wide += [
        "\t".join([*row, *(cell.replace("5,000", "45,000").replace("2,000", "32,000") for cell in row[1:])]) for row in rows
    ]
    told = (
        "Revenues for the quarter ended March 31, 2010 were $12.0 million. Research and development expenses for the quarter"
        " ended March 31, 2010 were $8.5 million."
    )
    found = reading("\n".join([f"{head}\n", *wide, ""]), told)
    income = [value for value in found.values if value.statement == "income_statement"]
    assert {(value.duration_months, value.proof_count) for value in income} == {(9, 0)}
    assert "periods_contradicted" in codes(found)


def test_a_dollar_sign_is_no_krona_because_another_statement_is_in_kronor() -> None:
    """The registrant's dollars were kronor, proven, for a table of its parent's report stood in the same file."""
    title, _, body = INCOME.replace("15,000\t12,000", "$15,000\t$12,000").partition("\n\n")
    parent = INCOME.replace("(in thousands, except per share amounts)", "(SEK thousands)")
    found = reading(f"{parent}\n{title}\n\n{body}")
    units = {(one.table_no, one.unit) for one in found.values if one.concept == "Revenues"}
    assert {unit for _, unit in units} == {"SEK", "USD"}


def test_a_balance_sheet_in_another_scale_than_the_income_statement_is_not_proven() -> None:
    """ "In millions" misprinted over a balance sheet beside an income statement in thousands was proven."""
    millions = BALANCE.replace("in thousands", "in millions")
    found = reading(balance=millions)
    assert {value.proof_count for value in found.values if value.statement == "balance_sheet"} == {0}
    assert "scales_differ" in codes(found)
    told = "Total assets as of March 31, 2010 were $56.0 billion. Total revenues for the quarter were $15.0 million."
    assert "scales_differ" not in codes(reading(prose=told, balance=millions))


def test_earnings_per_share_bear_out_no_scale_that_shares_have_too() -> None:
    """A peer's statement wholly in thousands beside one in millions was proven, since it printed earnings per share."""
    found = reading(balance=BALANCE.replace("in thousands", "in millions"))
    assert {value.proof_count for value in found.values if value.statement == "income_statement"} == {0}


def test_a_translation_beside_the_statement_it_translates_is_not_proven() -> None:
    """At the request of lessors an airline printed its income statement in US dollars too: both were proven."""
    own, sheet = (text.replace("in thousands", "in thousands of Canadian dollars") for text in (INCOME, BALANCE))
    translated = INCOME.replace("in thousands", "in thousands of U.S. dollars").replace("15,000\t", "15,001\t")
    found = reading(own, balance=sheet + translated)
    assert [(unit, proven) for _, unit, proven in revenues(found)] == [("USD", False), ("CAD", True)]
    assert "another_currency" in codes(found)


@pytest.mark.parametrize(
    "told",
    [
        "Every dollar and every cent in this announcement is a dollar or a cent of Singapore.",
        "SINGAPORE, May 6, 2010 - Example Therapeutics Ltd. (SGX: EXT) reports.",
    ],
)
def test_a_bare_dollar_of_a_company_of_another_country_proves_nothing(told: str) -> None:
    """The dollars of Singapore were those of the United States, proven."""
    assert [proven for *_, proven in revenues(reading(prose=told))] == [False]
