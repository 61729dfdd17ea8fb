"""A table that sets adjusted figures beside those of GAAP, in every layout: no adjusted figure is taken for one of GAAP."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import NamedTuple

import pytest

from orchestration.filings.documents.detect import read_document
from orchestration.filings.proof.proven_statement import prove
from orchestration.filings.records import Value
from orchestration.filings.statements.read import read_statements
from tests.unit.filings.rendering import EVERY_LAYOUT, LOSING_COLUMNS, Layout, Sheet, piped, run_together

LABELS = (
    ("Net sales", "Revenues"), ("Cost of sales", "CostOfRevenue"), ("Gross profit", "GrossProfit"),
    ("Research and development", "ResearchAndDevelopmentExpense"),
    ("Selling, general and administrative", "SellingGeneralAndAdministrativeExpense"),
    ("Total operating expenses", "OperatingExpenses"), ("Income from operations", "OperatingIncomeLoss"),
    ("Other income, net", "NonoperatingIncomeExpense"), ("Income before income taxes", "IncomeLossBeforeIncomeTaxes"),
    ("Provision for income taxes", "IncomeTaxExpenseBenefit"), ("Net income", "NetIncomeLoss"),
)  # fmt: skip
VERSIONS = (
    ("GAAP", "Adjustments", "Non-GAAP"),
    ("As Reported", "Adjustments", "Pro Forma"),
    ("As reported", "Adjustments", "As adjusted"),
    ("Reported", "Special items", "Excluding Items"),
    ("GAAP Results", "Reconciling items", "Adjusted Results"),
    ("Reported", "Other", "Core"),
)
TITLES = (
    "Reconciliation of GAAP to Non-GAAP Results",
    "Consolidated Statements of Operations",
    "Supplemental Consolidated Statements of Income",
    "Pro Forma Condensed Consolidated Statements of Income",
)
NOW, BEFORE = "Three Months Ended September 30, 2010", "Three Months Ended September 30, 2009"
BOTH = (("Three Months Ended September 30,", 2),)


def column(*parts: int) -> tuple[int, ...]:
    sales, cost, research, general, other, tax = parts
    gross, expenses = sales - cost, research + general
    operating = gross - expenses
    pretax = operating + other
    return sales, cost, gross, research, general, expenses, operating, other, pretax, tax, pretax - tax


GAAP = (column(88_214, 41_377, 9_018, 14_630, 1_207, 7_322), column(79_463, 38_850, 8_442, 13_981, 964, 5_601))
ADJUSTMENTS = (column(0, -1_911, -804, -1_266, 0, 1_393), column(0, -1_702, -711, -1_099, 0, 1_150))
ADJUSTED = tuple(tuple(map(sum, zip(*both, strict=True))) for both in zip(GAAP, ADJUSTMENTS, strict=True))
TRUE = {
    (end, concept): Decimal(figure * 1_000)
    for end, figures in zip(("2010-09-30", "2009-09-30"), GAAP, strict=True)
    for (_, concept), figure in zip(LABELS, figures, strict=True)
}


class Table(NamedTuple):
    """The heads of a table over the columns it has."""

    heads: tuple[tuple[tuple[str, int], ...], ...]
    columns: tuple[tuple[int, ...], ...]


def tables(reported: str, adjustments: str, adjusted: str) -> Iterator[Table]:
    """The ways to set three versions of a quarter, and of the one a year before, beside each other."""
    three, six = (GAAP[0], ADJUSTMENTS[0], ADJUSTED[0]), tuple(zip(GAAP, ADJUSTMENTS, ADJUSTED, strict=True))
    versions = ((reported, 1), (adjustments, 1), (adjusted, 1))
    yield Table((((NOW, 3),), versions), three)
    yield Table((((NOW, 3), (BEFORE, 3)), versions * 2), (*six[0], *six[1]))
    yield Table((versions * 2, (("Three Months Ended September 30,", 6),), (("2010", 3), ("2009", 3))), (*six[0], *six[1]))
    pair = ((reported, 1), (adjusted, 1))
    yield Table((((NOW, 2),), pair), (GAAP[0], ADJUSTED[0]))
    yield Table((((NOW, 2), (BEFORE, 2)), pair * 2), (GAAP[0], ADJUSTED[0], GAAP[1], ADJUSTED[1]))
    yield Table((((reported, 2), (adjusted, 2)), BOTH * 2, (("2010", 1), ("2009", 1)) * 2), (*GAAP, *ADJUSTED))


def adjusted_alone(words: str) -> Iterator[Table]:
    """Adjusted figures of two years, with what they are over them or under their years."""
    years = (("2010", 1), ("2009", 1))
    yield Table((BOTH, years, ((words, 1), (words, 1))), ADJUSTED)
    yield Table((((words, 2),), BOTH, years), ADJUSTED)


def money(figure: int) -> str:
    return f"({-figure:,})" if figure < 0 else f"{figure:,}" if figure else "—"


def sheet(title: str, table: Table) -> Sheet:
    rows = tuple((label, tuple(money(figures[at]) for figures in table.columns)) for at, (label, _) in enumerate(LABELS))
    return Sheet(("Made-Up Corp.", title, "(in thousands)"), table.heads, rows)


def read(text: str) -> tuple[list[Value], list[str]]:
    """The values of a text, and the problems of its tables."""
    statements = read_statements(read_document(text).document)
    proven = [prove(one, "F") for one in statements.tables]
    codes = [finding.code for finding in statements.findings] + [problem.code for one in proven for problem in one.problems]
    return [value for one in proven for value in one.values], codes


def taken_for_gaap(values: list[Value]) -> list[Value]:
    """The values that are said to be of GAAP and are not."""
    return [
        value
        for value in values
        if value.is_gaap and value.concept and value.value != TRUE.get((str(value.period_end), value.concept), Decimal(0))
    ]


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
def test_no_column_takes_the_figures_of_the_adjustments_beside_it(layout: Layout) -> None:
    tested = 0
    for title, versions in product(TITLES, VERSIONS):
        for table in tables(*versions):
            values, codes = read(layout(sheet(title, table)))
            assert not taken_for_gaap(values), (title, table.heads)
            assert values or codes, f"not read, and nothing said: {title}, {table.heads}"
            tested += 1
    assert tested == len(TITLES) * len(VERSIONS) * 6


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
def test_adjusted_figures_under_the_title_of_a_statement_are_not_of_gaap(layout: Layout) -> None:
    tested = 0
    for title, versions in product(TITLES, VERSIONS):
        for table in adjusted_alone(versions[-1]):
            assert not [value for value in read(layout(sheet(title, table)))[0] if value.is_gaap], (title, table.heads)
            tested += 1
    assert tested == len(TITLES) * len(VERSIONS) * 2


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
def test_the_words_before_a_title_say_that_a_statement_is_pro_forma(layout: Layout) -> None:
    """In wire copies "Pro Forma" stood before the words a statement is found by, and was lost."""
    table = Table((BOTH, (("2010", 1), ("2009", 1))), ADJUSTED)
    values, _ = read(layout(sheet("Pro Forma Consolidated Statements of Operations", table)))
    assert values
    assert not [value for value in values if value.is_gaap]


def single_blanks(sheet: Sheet) -> str:
    """A wire copy on one line, whose cells are parted like words."""
    return " ".join(run_together(sheet).split()) + "\n"


def no_blanks(sheet: Sheet) -> str:
    """A wire copy on one line, whose cells are not parted at all."""
    heads = "".join(words for head in sheet.heads for words, _ in head)
    return "".join([*sheet.titles, heads, *(label + "".join(figures) for label, figures in sheet.rows)]) + "\n"


@pytest.mark.parametrize("layout", [single_blanks, no_blanks], ids=lambda layout: layout.__name__)
def test_adjusted_figures_are_told_where_nothing_parts_heads_from_rows(layout: Layout) -> None:
    """ "Non-GAAP" below the years was taken for the first word of the first label."""
    tested = 0
    for title, (*_, words) in product(TITLES, VERSIONS[:-1]):
        for table in (*adjusted_alone(words), *tables("GAAP", "Adjustments", words)):
            assert not taken_for_gaap(read(layout(sheet(title, table)))[0]), (title, table.heads)
            tested += 1
    assert tested == len(TITLES) * (len(VERSIONS) - 1) * 8


@pytest.mark.parametrize("layout", LOSING_COLUMNS, ids=lambda layout: layout.__name__)
def test_of_a_header_with_fewer_periods_than_the_rows_have_figures_none_but_gaap_is_read_and_the_rest_says_so(
    layout: Layout,
) -> None:
    title = "Consolidated Statements of Operations"
    for table in list(tables("GAAP", "Adjustments", "Non-GAAP"))[:5]:
        values, codes = read(layout(sheet(title, table)))
        assert not taken_for_gaap(values)
        assert {"columns_not_headed", "column_without_period", "heading_repeated"} & set(codes)


def test_the_gaap_columns_are_read_where_their_heads_tell_them() -> None:
    """What is refused is refused for lack of evidence, not for the word."""
    table = next(iter(tables("As Reported", "Adjustments", "Pro Forma")))
    values, _ = read(piped(sheet("Consolidated Statements of Operations", table)))
    assert {(str(value.period_end), value.concept): value.value for value in values if value.concept} == {
        key: value for key, value in TRUE.items() if key[0] == "2010-09-30"
    }
