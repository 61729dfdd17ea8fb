"""A made-up statement reads back the same in every layout, each figure ties out to its characters, and no damage raises."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.filings.documents.html import shown_text
from tests.examples import examples
from tests.hang_guard import no_hang
from tests.unit.filings.made_up import values_in
from tests.unit.filings.rendering import (
    EVERY_LAYOUT,
    KEEPING_COLUMNS,
    Layout,
    Sheet,
    ascii_plain,
    html_three_cells,
    one_cell_a_line,
    piped,
    printed,
)

HEADS = (
    (
        (("Three Months Ended June 30,", 2), ("Six Months Ended June 30,", 2)),
        (("2011", 1), ("2010", 1), ("2011", 1), ("2010", 1)),
    ),
    (
        (("Thirteen Weeks Ended", 2), ("Twenty-Six Weeks Ended", 2)),
        (("June 30, 2011", 1), ("June 30, 2010", 1), ("June 30, 2011", 1), ("June 30, 2010", 1)),
    ),
    (
        (("Quarter Ended", 2), ("Six Months Ended", 2)),
        (("June 30,", 1), ("June 30,", 1), ("June 30,", 1), ("June 30,", 1)),
        (("2011", 1), ("2010", 1), ("2011", 1), ("2010", 1)),
    ),
)
COLUMNS = ((3, "2011-06-30"), (3, "2010-06-30"), (6, "2011-06-30"), (6, "2010-06-30"))
SCALES = (("(in thousands, except per share data)", 1_000), ("(In millions, except per share amounts)", 1_000_000))


def money(value: int) -> str:
    return f"({-value:,})" if value < 0 else f"{value:,}" if value else "—"


@st.composite
def made_up(draw: st.DrawFn) -> tuple[Sheet, dict[tuple[int, str, str], Decimal]]:
    """An income statement whose sums close, and what it states by (months, last day, concept)."""
    head = draw(st.sampled_from(HEADS))
    words, scale = draw(st.sampled_from(SCALES))
    amount = st.integers(1_000, 900_000)
    columns = []
    quarters = [[draw(amount) for _ in range(6)] for _ in range(2)]
    halves = [[one + draw(amount) for one in quarter] for quarter in quarters]
    for sales, cost, research, general, other, tax in (*quarters, *halves):
        operating = sales - cost - research - general
        pretax = operating + other
        columns.append(
            (sales, cost, sales - cost, research, general, research + general, operating, other, pretax, tax, pretax - tax)
        )
    labels = (
        ("Net sales", "Revenues"), ("Cost of sales", "CostOfRevenue"), ("Gross profit", "GrossProfit"),
        ("Research and development", "ResearchAndDevelopmentExpense"),
        ("Selling, general and administrative", "SellingGeneralAndAdministrativeExpense"),
        ("Total operating expenses", "OperatingExpenses"), ("Income (loss) from operations", "OperatingIncomeLoss"),
        ("Other income, net", "NonoperatingIncomeExpense"),
        ("Income (loss) before income taxes", "IncomeLossBeforeIncomeTaxes"),
        ("Provision for income taxes", "IncomeTaxExpenseBenefit"), ("Net income (loss)", "NetIncomeLoss"),
    )  # fmt: skip
    rows = [(label, tuple(money(column[at]) for column in columns)) for at, (label, _) in enumerate(labels)]
    stated = {
        (months, end, concept): Decimal(column[at] * scale)
        for (months, end), column in zip(COLUMNS, columns, strict=True)
        for at, (_, concept) in enumerate(labels)
    }
    return Sheet(("Made-Up Corp.", "Consolidated Statements of Operations", words), head, tuple(rows)), stated


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
@given(made_up())
@settings(max_examples=examples(25))
def test_a_statement_reads_back_the_same_in_every_layout(
    layout: Layout, drawn: tuple[Sheet, dict[tuple[int, str, str], Decimal]]
) -> None:
    sheet, stated = drawn
    read = {
        (value.duration_months, str(value.period_end), value.concept): value.value
        for value in values_in(layout(sheet))
        if value.concept
    }
    assert read == stated


@pytest.mark.parametrize("layout", KEEPING_COLUMNS, ids=lambda layout: layout.__name__)
@given(made_up(), st.integers(0, 3), st.integers(0, 3))
@settings(max_examples=examples(10))
def test_a_blank_moves_no_other_figure(
    layout: Layout, drawn: tuple[Sheet, dict[tuple[int, str, str], Decimal]], first: int, second: int
) -> None:
    """A line that states nothing for some columns: what it states for the others stays in its column."""
    sheet, _ = drawn
    blanked = ("Gain on sale of a building", tuple("" if at in (first, second) else "7,777" for at in range(4)))
    rows = (*sheet.rows, blanked)
    read = [
        value
        for value in values_in(layout(Sheet(sheet.titles, sheet.heads, rows)))
        if value.label == blanked[0] and value.raw_text == "7,777"
    ]
    wanted = {(months, end) for at, (months, end) in enumerate(COLUMNS) if at not in (first, second)}
    assert {(value.duration_months, str(value.period_end)) for value in read} == wanted


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
@given(made_up())
@settings(max_examples=examples(10))
def test_every_figure_ties_out_to_its_characters(
    layout: Layout, drawn: tuple[Sheet, dict[tuple[int, str, str], Decimal]]
) -> None:
    text = layout(drawn[0])
    values = [value for value in values_in(text) if value.source_start is not None]
    assert values
    for value in values:
        source = text[value.source_start : value.source_end]
        said = shown_text(source)
        assert source == value.raw_text or (
            said is not None and said.text.replace(" ", "") == (value.raw_text or "").replace(" ", "")
        )


PAGE = printed([Sheet(("Made-Up Corp.", "Consolidated Statements of Operations", "(in thousands)"), HEADS[0], (
    ("Net sales", ("5,000", "4,000", "9,000", "8,000")), ("Cost of sales", ("3,000", "2,500", "5,500", "5,000")),
    ("Gross profit", ("2,000", "1,500", "3,500", "3,000")), ("Operating expenses", ("1,200", "1,000", "2,300", "2,000")),
    ("Operating income", ("800", "500", "1,200", "1,000")), ("Income tax expense", ("300", "200", "450", "380")),
    ("Net income", ("500", "300", "750", "620")),
))], html_three_cells)  # fmt: skip


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
@given(made_up(), st.integers(0, 10_000), st.integers(0, 2**32))
@settings(max_examples=examples(8))
def test_what_is_cut_or_shuffled_raises_nothing(
    layout: Layout, drawn: tuple[Sheet, dict[tuple[int, str, str], Decimal]], cut: int, seed: int
) -> None:
    text = layout(drawn[0])
    values_in(text[:cut])
    values_in(text[cut:])
    lines = text.split("\n")
    random.Random(seed).shuffle(lines)  # noqa: S311
    values_in("\n".join(lines))
    tags = text.replace(">", ">\n").split("\n")
    random.Random(seed).shuffle(tags)  # noqa: S311
    values_in("".join(tags))


ENDLESS = {
    "nested_tables": "<table>" * 3_000,
    "nested_tables_and_cells": "<table><tr><td>" * 3_000,
    "colspan_and_rowspan_of_9999": "<td colspan=9999 rowspan=9999>1</td>" * 3_000,
    "colspan_and_rowspan_in_a_table": "<table>" + "<tr>" + "<td colspan=200 rowspan=200>1" * 300 + "</table>",
    "nested_hidden_blocks": "<div style='display:none'>" * 3_000 + PAGE,
    "open_comments": "<!--" * 20_000 + PAGE,
    "open_scripts": "<script>" * 5_000 + PAGE,
    "open_tags": "<" * 60_000,
    "ampersands": "&" * 60_000,
    "pipes": "|" * 60_000,
    "rules": "-" * 60_000,
    "parentheses": "(" * 60_000,
    "currency_signs": "$ " * 40_000,
    "digits": "1 " * 40_000,
    "figures": "1,234 " * 20_000,
    "column_headers": "Three Months Ended June 30, " * 4_000,
    "titles": "Balance Sheets June 30, 2011 2010 " * 3_000,
    "tabbed_rows": "a\t1\n" * 20_000,
    "duplicate_rows": "Net income   1,000   2,000\n" * 10_000,
}

FEW_TITLES = ("Statements of Operations",)
FEW_HEADS = ((("Three Months Ended June 30,", 2),), (("2011", 1), ("2010", 1)))
FEW_ROWS = (("Net sales", ("5,000", "4,000")), ("Gross profit", ("2,000", "1,500")), ("Net income", ("500", "300")))
LONG_ROWS = tuple((f"Item number {at}", (f"{1_000 + at:,}", f"{2_000 + at:,}")) for at in range(3_000))
HEADINGS = tuple((f"Heading {at}:", ()) for at in range(5_000))


def with_head(words: str) -> Sheet:
    return Sheet(FEW_TITLES, (((f"Three Months Ended June 30, {words}", 2),), FEW_HEADS[1]), FEW_ROWS)


LONG = {
    "rows": Sheet(FEW_TITLES, FEW_HEADS, (*FEW_ROWS[:2], *LONG_ROWS, *FEW_ROWS[2:])),
    "rows_below": Sheet(FEW_TITLES, FEW_HEADS, (*FEW_ROWS, *LONG_ROWS)),
    "same_rows": Sheet(FEW_TITLES, FEW_HEADS, FEW_ROWS * 1_000),
    "headings": Sheet(FEW_TITLES, FEW_HEADS, (*FEW_ROWS[:2], *HEADINGS, *FEW_ROWS[2:])),
    "words_in_a_label": Sheet(FEW_TITLES, FEW_HEADS, (("per " * 25_000, ("1", "2")), *FEW_ROWS)),
    "words_in_a_title": Sheet(("Statement " * 25_000,), FEW_HEADS, FEW_ROWS),
    "parentheses_in_a_head": with_head("(" * 20_000),
    "pairs_in_a_head": with_head("(x) " * 5_000),
    "columns": Sheet(FEW_TITLES, ((("June 30, 2011", 1),) * 5_000,), (("Net sales", ("5,000",) * 5_000),) * 3),
}
"""Tables that are long in one way; a table of one layout takes a second or two."""
LONG_LAYOUTS = (html_three_cells, ascii_plain, piped, one_cell_a_line)


@pytest.mark.parametrize("layout", LONG_LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("sheet", LONG.values(), ids=LONG)
def test_no_table_takes_long(sheet: Sheet, layout: Layout) -> None:
    with no_hang():
        values_in(printed([sheet], layout))


@pytest.mark.parametrize("layout", LONG_LAYOUTS, ids=lambda layout: layout.__name__)
def test_many_tables_with_notes_between_take_not_long(layout: Layout) -> None:
    sheets = [Sheet((*FEW_TITLES, *("(in thousands, note 1)",) * 10), FEW_HEADS, FEW_ROWS)] * 200
    with no_hang():
        values_in(printed(sheets, layout))


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS)
def test_no_text_takes_long(text: str) -> None:
    with no_hang():
        values_in(text)


@pytest.mark.parametrize("layout", EVERY_LAYOUT, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize(("sign", "currency"), [("C$", "CAD"), ("A$ ", "AUD"), ("CHF ", "CHF"), ("₩", "KRW")])
@pytest.mark.parametrize("is_on_every_figure", [True, False])
def test_figures_with_the_sign_of_a_currency_are_of_it_or_not_read(
    layout: Layout, sign: str, currency: str, is_on_every_figure: bool
) -> None:
    """Where a layout loses the lines that bear the sign, the other lines are of that currency all the same."""
    lines = {"Net sales": 9_400, "Cost of sales": 4_100, "Gross profit": 5_300, "Research and development": 1_200}
    lines |= {"Total operating expenses": 1_200, "Operating income": 4_100, "Income taxes": 1_050, "Net income": 3_050}
    signed = lines if is_on_every_figure else ("Net sales", "Net income")
    rows = tuple(
        (label, tuple((sign if label in signed else "") + money(amount * times) for times in (3, 2, 5, 4)))
        for label, amount in lines.items()
    )
    sheet = Sheet(("Made-Up Corp.", "Consolidated Statements of Operations", "(in thousands)"), HEADS[0], rows)
    found = [value for value in values_in(printed([sheet], layout)) if value.value is not None]
    assert {value.unit for value in found} <= {currency}
    assert {abs(value.value or 0) for value in found} <= {
        amount * times * 1_000 for amount in lines.values() for times in (3, 2, 5, 4)
    }
