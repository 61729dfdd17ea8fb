"""Who says when a printed column is, in what unit, whose it is and on which basis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from orchestration.filings.proof.attribution import with_witnessed_periods
from orchestration.filings.proof.witnesses import _told_days, _with_told_day, period_said
from orchestration.filings.reader import read_filing
from orchestration.filings.records import Attribution, Basis, Reading, Statement, Witness
from orchestration.filings.tables.said import UNSAID, Said
from orchestration.filings.text.dates import PrintedPeriod
from tests.unit.filings.made_up import BALANCE, INCOME, made_up

NOTE = " (in thousands, except per share amounts)"
BARE = INCOME.replace(NOTE, "")
JUNE = PrintedPeriod(months=3, month=6, year=2010)


def reading(income: str = INCOME, prose: str = "", balance: str = BALANCE) -> Reading:
    return read_filing(made_up(f"{prose}\n\n{income}", balance), "0000000001/release.txt")


def of_income(read: Reading) -> Attribution:
    return next(one for one in read.attributions if one.statement is Statement.INCOME)


def line_of(words: str, income: str = INCOME, prose: str = "") -> int:
    text = made_up(f"{prose}\n\n{income}").decode().splitlines()
    return next(number for number, line in enumerate(text, 1) if words in line)


def test_each_column_with_values_has_one_row_and_each_value_its_row() -> None:
    read = reading()
    columns = [(one.table_no, one.column_no) for one in read.attributions]
    assert len(columns) == len(set(columns))
    assert {(value.table_no, value.column_no) for value in read.values} == set(columns)
    rows = {(one.table_no, one.column_no): one for one in read.attributions}
    for value in read.values:
        row = rows[value.table_no, value.column_no]
        assert (value.basis, value.entity, value.currency) == (row.basis, row.entity, row.currency)
        assert (value.period_end, value.duration_months) == (row.period_end, row.duration_months)


def test_the_title_of_a_statement_says_its_scale_and_its_basis() -> None:
    row, line = of_income(reading()), line_of(NOTE)
    assert (row.scale, row.scale_witness, row.scale_line) == (1_000, Witness.TITLE, line)
    assert (row.basis, row.basis_witness, row.basis_line) == (Basis.GAAP, Witness.TITLE, line)
    assert NOTE.strip() in row.scale_text


def test_a_currency_has_the_line_that_names_it_and_dollars_of_no_country_say_so() -> None:
    euros = INCOME.replace("in thousands,", "in thousands of euros,")
    row = of_income(reading(euros))
    assert (row.currency, row.currency_witness, row.currency_line) == ("EUR", Witness.TITLE, line_of("of euros", euros))
    for dollars in ("$15,000", "\\$15,000", "\\$\t15,000"):
        signed = INCOME.replace("\t15,000", f"\t{dollars}")
        row = of_income(reading(signed))
        assert (row.currency_witness, row.currency_line) == (Witness.DOLLAR_SIGN, line_of(dollars, signed))
    assert of_income(reading()).currency_witness is Witness.NOTHING


def test_a_sign_beside_a_figure_and_a_sentence_on_all_amounts_are_witnesses_of_the_currency() -> None:
    signed = INCOME.replace("\t15,000", "\t€15,000")
    row = of_income(reading(signed))
    assert (row.currency, row.currency_witness, row.currency_line) == ("EUR", Witness.SIGNS, line_of("€15,000", signed))
    said = "All amounts are in Swiss francs unless otherwise stated."
    row = of_income(reading(prose=said))
    assert (row.currency, row.currency_witness, row.currency_line) == ("CHF", Witness.FILING, line_of(said, prose=said))


def test_a_figure_told_in_the_text_is_the_witness_of_a_scale_that_no_note_states() -> None:
    prose = "Revenues for the quarter ended March 31, 2010 were $15.0 million, compared with $12.0 million."
    row = of_income(reading(BARE, prose))
    assert (row.scale, row.scale_witness) == (1_000, Witness.PROSE)
    assert row.scale_line == line_of(prose, BARE, prose)
    assert row.currency_witness is Witness.NOTHING, "dollars are many"


def test_the_scale_of_the_statement_before_is_named_as_borrowed() -> None:
    row = of_income(reading(BARE))
    assert (row.scale, row.scale_witness) == (1_000, Witness.STATEMENT_BEFORE)
    assert not any(value.proof_count for value in reading(BARE).values if value.table_no == row.table_no)


def test_the_registrant_is_named_by_the_title_or_by_the_cover_alone() -> None:
    registrant = reading().filing.registrant or ""
    assert (of_income(reading()).entity, of_income(reading()).entity_witness) == (registrant, Witness.FILING)
    row = of_income(reading(f"{registrant}\n\n{INCOME}"))
    assert (row.entity, row.entity_witness) == (registrant, Witness.TITLE)
    assert row.entity_line == (row.basis_line or 0) - 2


def test_the_statement_of_another_company_is_of_the_one_its_title_names() -> None:
    registrant = reading().filing.registrant
    other = INCOME.replace("15,000\t12,000", "7,500\t6,000").replace("12,500\t10,100", "5,000\t4,100")
    rows = reading(f"{registrant}\n\n{INCOME}\nOther Operating LLC\n\n{other}").attributions
    found = {(row.entity, row.basis) for row in rows if row.statement is Statement.INCOME}
    assert found == {(registrant, Basis.GAAP), ("Other Operating LLC", Basis.OTHER_ENTITY)}


@pytest.mark.parametrize(
    ("lines", "witness", "line", "text"),
    [
        (["Three Months Ended June 30, 2010"], Witness.HEADER, 1, "Three Months Ended June 30, 2010"),
        (["Three Months Ended June 30,", "2010 2009"], Witness.HEADER, 1, "Three Months Ended June 30, / 2010 2009"),
        (["June 30,", "(Unaudited)", "2010 2009"], Witness.HEADER, 1, "June 30, / 2010 2009"),
        (["Second Quarter", "2010"], Witness.CALENDAR, 1, "Second Quarter"),
        (["Year Ended", "2010"], Witness.CALENDAR, 1, "Year Ended"),
        (["Three Months Ended July 31,", "2010"], Witness.NOTHING, None, ""),
        (["Statements of Operations", "(in thousands)"], Witness.NOTHING, None, ""),
    ],
)
def test_a_day_is_said_whole_in_parts_or_by_the_calendar(
    lines: list[str], witness: Witness, line: int | None, text: str
) -> None:
    head = [Said(Witness.HEADER, number, words) for number, words in enumerate(lines, 1)]
    assert period_said(head, JUNE) == Said(witness, line, text)


def test_a_column_without_a_day_is_said_by_nobody() -> None:
    assert period_said([Said(Witness.HEADER, 1, "Three Months")], PrintedPeriod(months=3)) == UNSAID


def test_a_day_that_no_line_says_proves_nothing() -> None:
    """A day nobody printed was proven: sums close under any date."""
    read = reading()
    said = read.attributions[0]
    column = [value for value in read.values if (value.table_no, value.column_no) == (said.table_no, said.column_no)]
    assert any(value.proof_count for value in column)
    nobody = replace(said, period_witness=Witness.NOTHING)
    values, problems = with_witnessed_periods(read.values, [nobody, *read.attributions[1:]])
    unproven = [value for value in values if (value.table_no, value.column_no) == (said.table_no, said.column_no)]
    assert [value.proof_count for value in unproven] == [0] * len(column)
    assert [value.proof_count for value in values if value not in unproven] == [
        value.proof_count for value in read.values if value not in column
    ]
    assert [problem.code for problem in problems] == ["period_not_witnessed"]


def test_a_line_of_a_table_that_names_the_days_is_their_witness() -> None:
    lines = [Said(Witness.NOTE, 9, "shares issued at June 30, 2010 and March 31, 2010, respectively")]
    nowhere = replace(reading().attributions[0], period_end=date(2010, 3, 31), period_witness=Witness.NOTHING)
    assert _with_told_day(nowhere, _told_days(lines)).period_line == 9
