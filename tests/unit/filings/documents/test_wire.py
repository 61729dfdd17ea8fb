"""Wire copies: tables whose layout was lost read back, and every sentence around them stays a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.filings.documents.detect import read_document
from orchestration.filings.documents.model import Document, Paragraph, Table
from orchestration.filings.documents.wire import read_wire
from orchestration.filings.documents.wire_prose import prose_spans
from orchestration.filings.proof.proven_statement import prove
from orchestration.filings.statements.read import read_statements
from tests.hang_guard import no_hang
from tests.unit.filings.rendering import Sheet, one_cell_a_line, run_together

TELLING = (
    "We are pleased that our balance sheet remained strong, with $12.1 million in cash at September 30, 2024.",
    "Net loss for the nine months ended September 30, 2024, was $16,729,642, or $4.52 per share, as compared to $18,374,354,"
    " or $10.42 per share, in 2023.",
    "See the accompanying notes, which are part of these condensed consolidated statements of operations.",
    "Adjusted EBITDA is a non-GAAP financial measure that excludes interest, taxes, depreciation and amortization.",
    "The Company expects revenue to be between $28.0 million and $30.0 million for the year ending December 31, 2025.",
    "A reconciliation of net loss to Adjusted EBITDA for 2024 and 2023 is included below, after the statements of cash flows.",
)
BULLETED = (
    "* Revenue for the quarter was $4.7 million, a $0.6 decrease from $5.3 million in the prior year",
    "● Cash balance decreased $0.7 million from the second quarter of 2024 to $12.1 million",
    "* Strategic balance sheet optimization: eliminated $9.6 million of debt due in 2025 and 2026",
)
LABELS = ("Net sales", "Cost of sales", "Gross profit", "Research and development", "General and administrative", "Net income")


@st.composite
def sheet(draw: st.DrawFn) -> Sheet:
    """A statement of two columns whose figures have thousands."""
    amount = st.integers(1_000, 9_999_999)
    rows = tuple((label, (f"{draw(amount):,}", f"{draw(amount):,}")) for label in LABELS)
    title = draw(st.sampled_from(("Condensed Consolidated Statements of Operations", "Consolidated Statements of Operations")))
    heads = ((("Three Months Ended September 30,", 2),), (("2024", 1), ("2023", 1)))
    return Sheet(("Made-Up Corp.", title), heads, rows)


def document(text: str) -> Document:
    return Document(text, tuple(read_wire(text, 0, len(text))))


def told(found: Document) -> str:
    return " ".join(" ".join(block.text.split()) for block in found.blocks if isinstance(block, Paragraph))


def rows_of(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


@given(
    st.lists(st.tuples(sheet(), st.sampled_from((one_cell_a_line, run_together))), min_size=1, max_size=3),
    st.lists(st.sampled_from(TELLING + BULLETED), min_size=4, max_size=4),
    st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_sentences_between_tables_are_paragraphs_and_the_tables_still_read(
    sheets: list[tuple[Sheet, object]], sentences: list[str], is_tight: bool
) -> None:
    gap = "\n" if is_tight else "\n\n"
    text = sentences[0] + gap
    for (one, layout), sentence in zip(sheets, sentences[1:], strict=False):
        text += layout(one) + gap + sentence + gap  # type: ignore[operator]
    found = document(text)
    for sentence in sentences[: len(sheets) + 1]:
        assert " ".join(sentence.split()) in told(found)
    tables = [rows_of(block) for block in found.tables]
    assert len(tables) == len(sheets)
    for (one, _), rows in zip(sheets, tables, strict=True):
        assert [(label, *figures) for label, figures in one.rows] == rows[-len(LABELS) :]


@given(st.sampled_from(TELLING), sheet())
@settings(max_examples=60, deadline=None)
def test_a_sentence_on_the_line_of_a_table_is_a_paragraph(sentence: str, one: Sheet) -> None:
    found = document(run_together(one).rstrip("\n") + "   " + sentence + "\n")
    assert sentence in told(found)
    (table,) = found.tables
    assert [(label, *figures) for label, figures in one.rows] == rows_of(table)[-len(LABELS) :]


@given(sheet(), sheet(), st.sampled_from(TELLING))
@settings(max_examples=60, deadline=None)
def test_a_sentence_between_tables_on_one_line_is_a_paragraph(one: Sheet, other: Sheet, sentence: str) -> None:
    found = document(run_together(one).rstrip("\n") + "   " + sentence + "   " + run_together(other))
    assert sentence in told(found)
    tables = [rows_of(table) for table in found.tables]
    assert len(tables) == 2
    for made, rows in zip((one, other), tables, strict=True):
        assert [(label, *figures) for label, figures in made.rows] == rows[-len(LABELS) :]


@given(st.text("aZ .,:;()$*●-\n 0123456789%é", max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_word_is_lost_outside_tables(text: str) -> None:
    found = document(text)
    if not any(True for _ in found.tables):
        assert re.findall(r"[a-zA-Z]+", told(found)) == re.findall(r"[a-zA-Z]+", text)


HEAD = "STATEMENTS OF OPERATIONS   Three Months Ended June 30,   2024   2023   "
ROWS = (
    "Net sales  9,000  8,000   Cost of sales  4,000  3,500   Gross profit  5,000  4,500   "
    "Other costs  1,000  900   Net income  4,000  3,600"
)


def test_a_title_within_a_sentence_begins_no_table() -> None:
    sentence = "Our balance sheet is strong, and in 2024 and 2023 we had cash of $5.0 million and $6.0 million at year end."
    found = document(f"{sentence}\n\n{HEAD}{ROWS}\n")
    assert [table.rows[0].cells[0].text for table in found.tables] == ["STATEMENTS OF OPERATIONS"]
    assert "Our balance sheet is strong" in told(found)


def test_a_bulleted_statement_on_the_line_of_a_row_is_a_paragraph_of_its_own() -> None:
    text = (
        "Revenue $ 7,476,140$ 4,777,10156% * Revenue for the quarter was $7.5 million, up from $4.8 million in the prior year\n"
    )
    blocks = [block.text for block in document(text).blocks if isinstance(block, Paragraph)]
    assert blocks[-1].startswith("* Revenue for the quarter")
    assert len(blocks) == 2


def test_a_label_with_a_verb_is_no_sentence() -> None:
    """A line of figures below makes a label of it, and so do figures side by side behind it."""
    label = "Notes payable, net of costs, of which $6,000,000 in principal is held by a related party"
    below = f"{HEAD}\n\n{ROWS}\n\n{label}\n\n6,804,016\n\n6,697,649\n\nTotal liabilities\n\n7,000,000\n\n6,900,000\n"
    (table,) = document(below).tables
    assert (label, "6,804,016", "6,697,649") in rows_of(table)
    beside = f"{HEAD}{ROWS} {label}6,804,0166,697,649Total liabilities 7,000,000 6,900,000\n"
    (table,) = document(beside).tables
    assert (label, "6,804,016", "6,697,649") in rows_of(table)


def test_an_aside_in_parentheses_between_title_and_header_is_no_sentence() -> None:
    text = (
        "BALANCE SHEETS\n(The sheet at December 31, which was audited, is derived from the annual statements.)\n\n"
        "June 30, 2024   December 31, 2023   " + ROWS + "\n"
    )
    assert len(list(document(text).tables)) == 1


def test_a_title_below_a_title_heads_the_rows_of_the_same_table() -> None:
    text = (
        "RECONCILIATION OF GAAP TO NON-GAAP RESULTS\n\nThree Months Ended June 30,\n\n2024\n\n2023\n\n"
        "Reconciliation of net loss to Adjusted EBITDA:\n\n" + ROWS.replace("  ", "\n\n") + "\n"
    )
    (table,) = document(text).tables
    assert ("Net income", "4,000", "3,600") in rows_of(table)


CHANGES = "STATEMENTS OF OPERATIONS   Three Months Ended June 30,   2024   2023   $ Change   % Change   "


def changes_table(row: str) -> Table:
    text = (
        CHANGES + "Net sales 9,000 8,000 1,000 12.5% Cost of sales (4,000) (3,500) (500) 14.3% "
        "Gross profit 5,000 4,500 500 11.1% " + row + " Net income 4,000 3,600 400 11.1%\n"
    )
    (table,) = document(text).tables
    return table


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("Other income 95 88", ("Other income", "95", "88")),
        ("Other income 95 88 7", ("Other income", "95", "88", "7")),
        ("Other income 95 88 n/m", ("Other income", "95", "88")),
        ("Other income 95 88 8.0%", ("Other income", "95", "88")),
        ("Other income 88 95 -7 -7.4%", ("Other income", "88", "95", "-7")),
    ],
)
def test_a_row_with_a_blank_change_is_read(row: str, read: tuple[str, ...]) -> None:
    rows = rows_of(changes_table(row))
    assert read in rows
    assert ("Net income", "4,000", "3,600", "400") in rows


def test_a_period_left_blank_is_not_taken_for_the_change_beside_it() -> None:
    """45 and 45 are this year and last, or this year and the change from nothing: nobody can say."""
    assert not [row for row in rows_of(changes_table("Other income 45 45")) if row[0] == "Other income"]


def test_a_blank_cell_is_placed_where_the_sums_want_it_and_says_so() -> None:
    text = (
        "BALANCE SHEETS   June 30, 2024   December 31, 2023   Assets   Cash 1,500 2,500   Receivables 300 400   Deposits 250   "
        "Total current assets 2,050 2,900   Equipment 1,000 1,100   Total assets 3,050 4,000\n"
    )
    (table,) = document(text).tables
    (row,) = [row for row in table.rows if row.cells[0].text == "Deposits"]
    assert [(cell.left, cell.text, cell.is_by_sum) for cell in row.cells[1:]] == [(1, "250", True)]
    assert not any(cell.is_by_sum for other in table.rows if other is not row for cell in other.cells)


def test_a_figure_in_a_label_is_no_row() -> None:
    text = (
        "BALANCE SHEETS   June 30, 2024   December 31, 2023   Cash 1,500 2,500   Receivables 300 400 Total assets 1,800 2,900 "
        "Treasury stock, at cost (59,796 shares) (121) (121)   Equity 1,921 3,021   Total equity 1,800 2,900\n"
    )
    (table,) = document(text).tables
    assert ("Treasury stock, at cost (59,796 shares)", "(121)", "(121)") in rows_of(table)


def test_a_minus_sign_is_no_nil() -> None:
    text = f"{HEAD}Net sales 900 800 Cost of sales -400 -350 Gross profit 500 450 Other costs - 90 Net income 500 360\n"
    (table,) = document(text).tables
    assert ("Cost of sales", "-400", "-350") in rows_of(table)
    assert ("Other costs", "-", "90") in rows_of(table)


def test_lines_that_a_sentence_runs_on_over_are_prose_to_the_end() -> None:
    text = "Our net revenue grew over the balance sheet date of\nthe year before, as we\nexpected in 2024 and in 2023.\n"
    assert prose_spans(text, 0, len(text)) == [(0, len(text) - 1)]


@pytest.mark.parametrize("piece", ["a 1 2 ", "* A b c ", "Is it so. ", "(", "$ ", "- ", "word\n", "  ", "\n", "1,000 1,000 B "])
def test_wire_copies_take_linear_time(piece: str) -> None:
    text = "STATEMENTS OF OPERATIONS 2024 2023 " + piece * 30_000
    with no_hang():
        read_document(text)
        read_wire(text, 0, len(text))


def test_a_sum_that_placed_a_cell_is_no_proof_of_it() -> None:
    """What a sum was used to choose, the same sum cannot prove; other columns and other sums go on proving."""
    text = (
        "Made-Up Corp. CONSOLIDATED BALANCE SHEETS (In thousands)   June 30, 2024   December 31, 2023   Current assets:   "
        "Cash and cash equivalents 1,500 2,500   Accounts receivable 300 400   Deposits 250 Total current assets 2,050 2,900 "
        "Property and equipment 1,000 1,100   Total assets 3,050 4,000   Current liabilities: Accounts payable 700 800 "
        "Total current liabilities 700 800   Total liabilities 700 800   Stockholders' equity: Common stock 2,000 2,000 "
        "Retained earnings 350 1,200   Total stockholders' equity 2,350 3,200   "
        "Total liabilities and stockholders' equity 3,050 4,000\n"
    )
    (table,) = read_statements(document(text)).tables
    found = prove(table, "F")
    sums = {proof.identity: proof for proof in found.proofs if proof.outcome == "closed"}
    assert any(proof.is_independent for proof in sums.values())
    spent = [proof for proof in found.proofs if not proof.is_independent]
    assert spent
    assert {value.label for value in found.values if any(value.value_id in proof.value_ids for proof in spent)} >= {"Deposits"}
    (deposits,) = [value for value in found.values if value.label == "Deposits" and value.value == 250_000]
    assert (deposits.period_end, deposits.proof_count) == (date(2024, 6, 30), 0)
    assert all(
        proof.identity in {one.identity for one in spent} for proof in found.proofs if deposits.value_id in proof.value_ids
    )


def test_a_row_that_cannot_be_shared_out_is_told() -> None:
    """45 and 45 under two periods and two changes, and three figures under two columns, are not dropped silently."""
    lost = [row.text for row in changes_table("Other income 45 45").unread]
    assert lost == ["Other income 45 45"]
    title = "Made-Up Corp. CONSOLIDATED STATEMENTS OF OPERATIONS (In thousands)"
    text = f"{title} Three Months Ended June 30, 2024 2023 {ROWS} Comprehensive income 1,000 2,000 3,000 Dividends 50 60\n"
    found = read_statements(document(text))
    assert [(one.code, one.text) for one in found.findings if one.code == "row_unread"] == [
        ("row_unread", "Comprehensive income 1,000 2,000 3,000")
    ]


def test_the_label_below_an_unread_row_is_its_own() -> None:
    text = f"{HEAD}{ROWS} Comprehensive income 1,000 2,000 3,000 Dividends 50 60\n"
    (table,) = document(text).tables
    assert ("Dividends", "50", "60") in rows_of(table)


@pytest.mark.parametrize(
    ("label", "figures", "before"),
    [
        ("Common stock", ("11", "10"), "Preferred stock, $.001 par value; 5,000,000 shares authorized; none issued - -"),
        ("Series A stock, no shares issued at June 30, 2024 and 2023", ("11", "10"), ""),
        ("Preferred stock; par value $0.001; 5,000,000 shares; 0 issued", ("11", "10"), ""),
        ("Warrants", ("-", "430"), "Litigation-942"),
        ("Dividends", ("50", "60"), "Restructuring 90 80 - "),
    ],
)
def test_marks_and_figures_of_labels_are_no_cells(label: str, figures: tuple[str, ...], before: str) -> None:
    (table,) = document(f"{HEAD}{ROWS} {before}{label} {' '.join(figures)}\n").tables
    assert (label, *figures) in rows_of(table)


STATED = (
    ("Net sales", ("15,204", "13,118")), ("Cost of sales", ("6,118", "5,406")), ("Gross profit", ("9,086", "7,712")),
    ("Selling, general and administrative", ("4,207", "3,870")), ("Operating income", ("4,879", "3,842")),
    ("Income tax expense", ("1,390", "1,210")), ("Net income", ("3,489", "2,632")),
)  # fmt: skip
DATELINE = "Springfield, October 28, 2010 - Made-Up Corp. today told of its third quarter ended September 30, 2010.\n\n"
QUARTERS = ((("Three Months Ended September 30,", 2),),)
TITLE = ("Made-Up Corp.", "Consolidated Statements of Operations", "(in thousands)")
LAYOUTS = pytest.mark.parametrize("layout", [one_cell_a_line, run_together], ids=["one cell a line", "run together"])


def columns_in(text: str) -> list[tuple[date | None, int | None, bool]]:
    """The columns of the one statement in a text: last day, months, whether restated."""
    (table,) = read_statements(document(text)).tables
    assert len([value for value in prove(table, "F").values if value.concept]) == 2 * len(STATED)
    return [(period.end, period.months, period.is_restated) for period in table.periods]


@LAYOUTS
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("3Q10", "3Q09"), ("Q3 2010", "Q3 2009"), ("Q3 FY10", "Q3 FY09"), ("Q3 FY2010", "Q3 FY2009"), ("Q3'10", "Q3'09"),
        ("Third Quarter 2010", "Third Quarter 2009"),
    ],
)  # fmt: skip
def test_a_quarter_told_by_its_number_heads_a_column(layout: Callable[[Sheet], str], first: str, second: str) -> None:
    text = DATELINE + layout(Sheet(TITLE, (((first, 1), (second, 1)),), STATED))
    assert columns_in(text) == [(date(2010, 9, 30), 3, False), (date(2009, 9, 30), 3, False)]


@LAYOUTS
def test_the_quarter_before_is_told_from_the_year_before_by_its_number(layout: Callable[[Sheet], str]) -> None:
    text = DATELINE + layout(Sheet(TITLE, ((("3Q10", 1), ("2Q10", 1)),), STATED))
    assert columns_in(text) == [(date(2010, 9, 30), 3, False), (date(2010, 6, 30), 3, False)]


@LAYOUTS
@pytest.mark.parametrize(
    ("heads", "restated"),
    [
        (((("2010", 1), ("2009 (as restated)", 1)),), [False, True]),
        (((("2010", 1), ("2009", 1)), (("", 1), ("(As restated)", 1))), [False, True]),
        (((("2010", 1), ("2009", 1)), (("As restated", 1), ("As restated", 1))), [True, True]),
        (((("2010", 1), ("2009", 1)), (("", 1), ("(As reported)", 1))), [False, False]),
    ],
    ids=["in the cell", "below the year", "below both", "as reported"],
)
def test_a_restated_column_is_marked(
    layout: Callable[[Sheet], str], heads: tuple[tuple[tuple[str, int], ...], ...], restated: list[bool]
) -> None:
    text = layout(Sheet(TITLE, (*QUARTERS, *heads), STATED))
    assert [is_restated for _, _, is_restated in columns_in(text)] == restated


def test_of_four_columns_those_of_the_older_year_are_restated() -> None:
    rows = tuple((label, figures * 2) for label, figures in STATED)
    heads = (
        (("Three Months Ended September 30,", 2), ("Nine Months Ended September 30,", 2)),
        (("2010", 1), ("2009", 1), ("2010", 1), ("2009", 1)),
        (("(restated)", 1), ("(restated)", 1)),
    )
    (table,) = read_statements(document(one_cell_a_line(Sheet(TITLE, heads, rows)))).tables
    assert [period.is_restated for period in table.periods] == [False, True, False, True]


@LAYOUTS
def test_a_statement_without_any_period_is_not_lost_in_silence(layout: Callable[[Sheet], str]) -> None:
    found = read_statements(document(layout(Sheet(TITLE, ((("Current", 1), ("Prior", 1)),), STATED))))
    assert not found.tables
    assert [finding.code for finding in found.findings] == ["header_not_found"]


@LAYOUTS
def test_a_statement_for_the_period_ended_has_no_months_and_says_so(layout: Callable[[Sheet], str]) -> None:
    heads = ((("For the Period Ended September 30,", 2),), (("2010", 1), ("2009", 1)))
    (table,) = read_statements(document(layout(Sheet(TITLE, heads, STATED)))).tables
    read = prove(table, "F")
    assert (list(read.values), [problem.code for problem in read.problems]) == ([], ["column_without_period"] * 2)


YEARS = (*QUARTERS, (("2010", 1), ("2009", 1)))


@LAYOUTS
@pytest.mark.parametrize("at", range(1, len(STATED)))
@pytest.mark.parametrize("note", ["(1) See note 4.", "(1) See note", "(2) Prior year restated; see the accompanying notes."])
def test_a_note_between_rows_ends_no_table(layout: Callable[[Sheet], str], note: str, at: int) -> None:
    if layout is run_together and note.endswith("notes."):
        note = "(2) Restated"
    rows = (*STATED[:at], (note, ()), *STATED[at:])
    assert len(columns_in(layout(Sheet(TITLE, YEARS, rows)))) == 2


@LAYOUTS
@pytest.mark.parametrize("at", range(3, len(STATED) - 1))
def test_the_rows_below_a_sentence_in_a_table_are_told_where_they_are_not_read(layout: Callable[[Sheet], str], at: int) -> None:
    """They may be of the table above as well as of one that the sentence introduces."""
    sentence = "Amounts for the prior year have been reclassified to conform to the presentation of the current year."
    rows = (*STATED[:at], (sentence, ()), *STATED[at:])
    found = read_statements(document(layout(Sheet(TITLE, YEARS, rows))))
    assert [(finding.code, finding.text) for finding in found.findings] == [
        ("row_unread", f"{label} {' '.join(figures)}") for label, figures in STATED[at:]
    ]


@LAYOUTS
def test_a_table_with_a_header_of_its_own_below_a_sentence_is_no_rest_of_the_one_above(layout: Callable[[Sheet], str]) -> None:
    sentence = "The following table sets out what we sold in each of our regions."
    regions = "2010   2009   North   9,204   8,118   South   6,000   5,000"
    text = f"{layout(Sheet(TITLE, YEARS, STATED))}\n{sentence}\n\n{regions}\n"
    assert read_statements(document(text)).findings == ()


def test_a_reconciliation_run_into_the_title_above_it_is_a_table_of_its_own() -> None:
    """`COMPANYRECONCILIATION TO ADJUSTED NET INCOME`: its rows were read as the last ones of the balance sheet."""
    rows = "".join(label + "".join(figures) for label, figures in STATED)
    text = (
        f"MADE-UP COMPANYCONSOLIDATED STATEMENTS OF OPERATIONS(In thousands)Three Months Ended September 30,20102009{rows}\n\n"
        "MADE-UP COMPANYRECONCILIATION TO ADJUSTED NET INCOME(In thousands)Three Months Ended September 30,20102009"
        "Net income3,4892,632Mill closure1,2101,130Tax effect(310)(290)Adjusted net income4,3893,472Adjusted sales15,30013,200"
    )
    first, second = document(text).tables
    assert first.rows[-1].text == "Net income 3,489 2,632"
    assert second.rows[-1].text == "Adjusted sales 15,300 13,200"


def test_many_notes_within_a_table_do_not_take_quadratic_time() -> None:
    note = "(1) The prior year was restated, and we are glad of it.\nNet sales 1,222 1,333\nCost of sales 1,234 3,444\n"
    with no_hang():
        document("Statements of Operations\nThree Months Ended June 30,\n2010 2009\nNet sales 1,234 1,222\n" + note * 3_000)


def test_the_years_that_a_title_lists_head_no_columns() -> None:
    """ "May 31, 2013 and 2012" above the heads of a balance sheet made four columns of two."""
    rows = "".join(
        f"{name}\n4,902\n4,501\n" for name in ("Cash", "Receivables", "Inventories", "Total assets", "Total liabilities")
    )
    text = f"BALANCE SHEETS\nMay 31, 2013 and 2012\n(In millions)\nMay 31, 2013\nMay 31, 2012\nASSETS\n{rows}"
    (table,) = (block for block in read_wire(text, 0, len(text)) if isinstance(block, Table))
    assert [len(row.cells) for row in table.rows[-5:]] == [3] * 5


def test_cash_flows_statements_are_a_title() -> None:
    """The figures of "CASH FLOWS STATEMENTS" were rows of the balance sheet above it, whose own were not read."""
    rows = "\n".join(f"Item {name}\n1,{at}00\n1,{at}50" for at, name in enumerate("abcdef", 1))
    sheet, flows = (
        "BALANCE SHEETS\nJune 30,\n2024\nJune 30,\n2023\n",
        "CASH FLOWS STATEMENTS\nYear Ended June 30,\n2024\n2023\n",
    )
    text = f"{sheet}{rows}\n{flows}{rows}\n"
    found = [block for block in read_wire(text, 0, len(text)) if isinstance(block, Table)]
    assert [table.rows[0].text for table in found] == ["BALANCE SHEETS", "CASH FLOWS STATEMENTS"]


def test_a_second_header_ends_a_statement() -> None:
    """Segments below a statement had its heads and no title that is known: they were its lines, and one was proven."""
    rows = "".join(f"Item {name}$1,{at}00$1,{at}50" for at, name in enumerate("abcdef", 1))
    heads = "Three Months Ended December 31,20242025"
    text = f"STATEMENTS OF INCOME\n(in millions)\n{heads}{rows}\n\nACME, INC.\nSegment Information\n{heads}{rows}\n"
    [table] = [block for block in read_wire(text, 0, len(text)) if isinstance(block, Table)]
    assert [row.text for row in table.rows if row.text.startswith("Item")] == [
        f"Item {name} $1,{at}00 $1,{at}50" for at, name in enumerate("abcdef", 1)
    ]
    assert [row.text for row in table.unread] == ["Three Months Ended December 31,20242025"]


def test_a_title_that_names_its_years_is_no_second_header() -> None:
    """A statement whose title lists the periods that its header names again had no rows."""
    rows = "\n\n".join(f"Item {name}\n\n1,{at}00\n\n1,{at}50" for at, name in enumerate("abcdef", 1))
    heads = "For the Three Months Ended August 31, 2023 and 2022\n\nThree Months Ended\nAugust 31,\n\n2023\n\n2022"
    text = f"STATEMENTS OF OPERATIONS\n\n{heads}\n\n{rows}\n"
    [table] = [block for block in read_wire(text, 0, len(text)) if isinstance(block, Table)]
    assert sum(row.text.startswith("Item") for row in table.rows) == 6
