"""On which basis a statement stands."""

from __future__ import annotations

import pytest

from orchestration.filings.records import Basis
from orchestration.filings.statements.basis import basis_of, basis_of_notes, states_basis
from tests.unit.filings.made_up import BALANCE, INCOME, statements


@pytest.mark.parametrize(
    ("title", "basis"),
    [
        ("Condensed Consolidated Statements of Operations (Unaudited)", Basis.GAAP),
        ("ACME INC.\nConsolidated Balance Sheets\n(in thousands)", Basis.GAAP),
        ("Segment Information\nSecond-Quarter Results\nConsolidated Statements of Income", Basis.GAAP),
        ("Statements of Operations\nRevenues by segment:", Basis.GAAP),
        ("Reconciliation of GAAP to Non-GAAP Net Loss", Basis.NON_GAAP),
        ("Adjusted results", Basis.NON_GAAP),
        ("Statements of Operations Excluding Stock Compensation", Basis.NON_GAAP),
        ("Statements of Operations (Before Merger-Related Charges)", Basis.NON_GAAP),
        ("Statements of Operations at Constant Currency", Basis.NON_GAAP),
        ("Normalized Statements of Operations", Basis.NON_GAAP),
        ("Statements of Operations\n(in thousands; adjusted for ten-for-one stock split)", Basis.GAAP),
        ("Pro Forma Statements of Operations", Basis.PRO_FORMA),
        ("SEGMENT STATEMENTS OF OPERATIONS", Basis.SEGMENT),
        ("Statements of Operations by Segment", Basis.SEGMENT),
        ("Condensed Balance Sheets (Parent Company Only)", Basis.PARENT_ONLY),
        ("Statements of Income of the Acquired Business", Basis.OTHER_ENTITY),
        ("ACME, INC. (PARENT COMPANY ONLY)\nBALANCE SHEETS", Basis.PARENT_ONLY),
        ("Unconsolidated Joint Ventures\nCombined Balance Sheets", Basis.OTHER_ENTITY),
        ("Combined Balance Sheets (at 100%)", Basis.OTHER_ENTITY),
        ("Statements of Income as Released August 12, 2003", Basis.SUPERSEDED),
        ("Statements of Income (WITHDRAWN)", Basis.SUPERSEDED),
        ("AS ISSUED ON MAY 4 - SUPERSEDED\nConsolidated Balance Sheets", Basis.SUPERSEDED),
        ("FINANCIAL STATEMENTS AND SUPPLEMENTARY DATA\nConsolidated Balance Sheets", Basis.GAAP),
        ("BUDGETED STATEMENTS OF OPERATIONS", Basis.FORECAST),
        ("Projected Statements of Income", Basis.FORECAST),
        ("Illustrative Statements of Operations", Basis.ILLUSTRATIVE),
        ("Statements of Operations - Cash Basis", Basis.CASH_BASIS),
        ("Statements of Operations\n(as a percentage of total revenues)", Basis.PERCENTAGE),
    ],
)
def test_the_words_of_a_title_say_on_which_basis_a_statement_stands(title: str, basis: Basis) -> None:
    assert basis_of(title) is basis


def test_a_statement_in_per_cents_of_revenues_is_not_read_as_dollars() -> None:
    """100 - 26 = 74 adds up, so its per cents were proven dollars."""
    title, _, body = INCOME.partition("\n\n")
    found = statements(f"{title}\n(as a percentage of revenues)\n\n{body}")
    assert not found.tables
    assert "percentages_not_read" in {finding.code for finding in found.findings}


@pytest.mark.parametrize(
    ("note", "basis"),
    [
        ("(1) Unaudited pro forma combined", Basis.PRO_FORMA),
        ("The above statement is presented on a pro forma basis as if the merger had closed.", Basis.PRO_FORMA),
        ("(A) Excludes amortization; not in accordance with generally accepted accounting principles.", Basis.NON_GAAP),
        ("(A) Excludes treasury shares.", Basis.GAAP),
        ("(1) Gives effect to the exchange and the financing as if they had been completed in 2024.", Basis.PRO_FORMA),
        ("(1) The above does not represent results under generally accepted accounting principles.", Basis.NON_GAAP),
        ("(a) These results are presented on a non-GAAP basis.", Basis.NON_GAAP),
        ("These amounts are not presented on a non-GAAP basis.", Basis.GAAP),
        ("Share amounts above are adjusted for a two-for-one split.", Basis.GAAP),
        ("* Pro forma combined for the acquisition of Acme, as if it had closed on January 1.", Basis.PRO_FORMA),
        ("Unaudited Pro Forma Condensed Combined Balance Sheet", Basis.GAAP),
        ("(1) The results above do not include pro forma adjustments.", Basis.GAAP),
        ("(a) Pro forma net loss per share assumes conversion.", Basis.GAAP),
    ],
)
def test_a_footnote_below_a_statement_says_on_which_basis_the_whole_of_it_stands(note: str, basis: Basis) -> None:
    assert basis_of_notes([note]) is basis
    (table,) = statements(f"{INCOME}\n{note}\n").tables
    assert table.basis is basis


def test_a_footnote_of_a_column_that_the_table_names_is_not_of_the_whole() -> None:
    text = INCOME.replace("Net loss per share", "Pro forma net loss per share")
    (table,) = statements(f"{text}\n(1) Unaudited pro forma combined\n").tables
    assert table.basis is Basis.GAAP


@pytest.mark.parametrize(
    ("line", "basis", "states"),
    [
        ("Consolidated Statements of Operations", Basis.GAAP, True),
        ("(in thousands)", Basis.GAAP, False),
        ("Pro forma statements of operations", Basis.PRO_FORMA, True),
        ("Statements of operations", Basis.PRO_FORMA, False),
    ],
)
def test_a_line_states_gaap_by_the_name_of_the_statement_and_another_basis_by_its_words(
    line: str, basis: Basis, states: bool
) -> None:
    assert states_basis(line, basis) is states


def test_a_pro_forma_column_beside_the_actual_ones_makes_no_pro_forma_statement() -> None:
    heads = "\tSeptember 30, 2024\tPro forma September 30, 2024\tDecember 31, 2023\n"
    lines = ("Cash", "Total current assets", "Total assets", "Total liabilities", "Total stockholders' equity")
    rows = "".join(f"{line}\t52,310\t132,310\t61,877\n" for line in lines)
    (table,) = statements(f"Condensed Balance Sheets (in thousands)\n\n{heads}{rows}").tables
    assert table.basis is Basis.GAAP
    assert [str(period.end) for period in table.periods] == ["2024-09-30", "2023-12-31"]


def test_a_line_that_names_a_segment_above_the_name_of_a_statement_says_whose_it_is() -> None:
    assert basis_of("Kitchen Products Segment\nCondensed Statements of Income") is Basis.SEGMENT
    assert basis_of("Kitchen Products Inc.\nCondensed Statements of Income") is Basis.GAAP


def test_a_division_or_a_subsidiary_named_above_a_statement_is_not_the_company() -> None:
    assert basis_of("EXAMPLE DIAGNOSTICS DIVISION\nStatements of Operations") is Basis.SEGMENT
    title = "Example Bermuda Ltd., a wholly owned subsidiary of Example Inc.\nStatements of Operations"
    assert basis_of(title) is Basis.OTHER_ENTITY


@pytest.mark.parametrize(
    ("sentence", "basis"),
    [
        ("The following statements are presented on a pro forma basis as if the merger had occurred.", Basis.PRO_FORMA),
        ("The accompanying statements of operations are unaudited pro forma and exclude goodwill.", Basis.PRO_FORMA),
        ("The following financial information is presented on a non-GAAP basis:", Basis.NON_GAAP),
        ("Many words first. The report is unaudited and was not prepared in accordance with U.S. GAAP.", Basis.NON_GAAP),
        ("Non-GAAP measures are not prepared in accordance with U.S. GAAP.", Basis.GAAP),
        ("The following statements are presented in accordance with GAAP, not on a pro forma basis.", Basis.GAAP),
        ("Pro forma sales were $44.9 million and net income was $0.05 per share.", Basis.GAAP),
    ],
)
def test_a_sentence_above_a_statement_says_its_basis(sentence: str, basis: Basis) -> None:
    """A pro forma statement without a word in its title was read beside the company's own."""
    (table,) = statements(f"{sentence}\n\n{INCOME}").tables
    assert table.basis is basis


def test_a_sentence_holds_for_the_statements_that_follow_until_the_next_one() -> None:
    lead = "The following statements are presented on a pro forma basis."
    ends = "The following statements are presented in accordance with generally accepted principles."
    found = statements(f"{lead}\n\n{INCOME}\n{BALANCE}\n{ends}\n\n{INCOME}")
    assert [table.basis for table in found.tables] == [Basis.PRO_FORMA, Basis.PRO_FORMA, Basis.GAAP]


def test_a_column_of_effects_makes_a_table_a_bridge() -> None:
    """What a statement would have been under the former method was proven to be what it is."""
    title, _, body = INCOME.partition("\n\n")
    first, second, *rows = body.splitlines()
    bridge = [f"{first}\t", f"{second}\tEffect of change", *(f"{row}\t{row.rsplit(chr(9), 1)[-1]}" for row in rows)]
    (table,) = statements("\n".join([f"{title}\n", *bridge, ""])).tables
    assert table.basis is Basis.NON_GAAP


def test_columns_as_adjusted_that_alone_have_their_period_are_restated() -> None:
    """After a change of method "As Adjusted" stood over last year, which was then left out as if it were non-GAAP."""
    title, _, body = INCOME.partition("\n\n")
    first, second, *rows = body.splitlines()
    (table,) = statements("\n".join([f"{title}\n", first, second, "\t\tAs Adjusted", *rows, ""])).tables
    assert table.basis is Basis.GAAP
    assert [(str(one.end), one.is_restated) for one in table.periods] == [("2010-03-31", False), ("2009-03-31", True)]


@pytest.mark.parametrize(("year", "kept"), [("2009", ["2010-03-31", "None"]), ("2010 and 2009", [])])
def test_a_note_below_of_one_year_is_of_its_columns(year: str, kept: list[str]) -> None:
    """ "2023(1)" was the company's own year, proven, though the note of its mark calls it pro forma."""
    note = f"(1) Amounts for {year} give effect to the merger as if it had been completed on January 1, 2009."
    found = [table for table in statements(f"{INCOME}\n{note}\n").tables if table.is_gaap]
    assert [str(one.end) for table in found for one in table.periods] == kept
