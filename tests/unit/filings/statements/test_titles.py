"""Whether the title of a statement is understood."""

from __future__ import annotations

import pytest

from orchestration.filings.records import Basis
from orchestration.filings.statements.titles import understood, unknown_words
from tests.unit.filings.made_up import INCOME, statements

ACME = frozenset({"acme", "pharma"})


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Acme Pharma, Inc.\nConsolidated Statements of Operations\n(in thousands, except per share data)\n(unaudited)", []),
        ("Consolidated Statements of Income of Acme Pharma (IFRS) - Quarter ended March 31, 2010", []),
        ("Consolidated Balance Sheets (Dollars in millions)", []),
        ("Statements of Operations (Legacy Basis)", ["legacy", "basis"]),
        ("Statements of Operations\n(in thousands)\n(Liquidation Basis)", ["liquidation", "basis"]),
        ("Calendarized Consolidated Statements of Operations", ["calendarized"]),
        ("Income Statements\nAs included in the interim report of Zymurgy AB", ["included"]),
        ("Acme Flow\n(A business of Acme Pharma)\nStatements of Income", ["business"]),
        ("Acme Pharma Inc.\nBarge Operations\nStatements of Income", ["barge"]),
        ("Acme-Pharma's Reports\nStatements of Income", []),
        ("Acme Pharma Inc. (Nasdaq: ACME)\nStatements of Income", []),
        ("AL&P AND SUBSIDIARIES\nStatements of Income", ["al&p"]),
        ("Contact: J. Doe, Investor Relations, (617) 555-0100\nStatements of Income", []),
        (
            "Statements of Income\n13 Weeks Ended May 4, 2025\nOn whatever basis stands below",
            ["whatever", "basis", "stands"],
        ),
        ("Balance Sheet\nNote: The balance sheet at May 4, 2025 has been derived from audited statements at that date.", []),
        ("Statement of Income at Our Share", ["our"]),
        ("Statements of Operations - Inland Barge Business", ["inland", "barge", "business"]),
        ("Results of the quarter", []),
    ],
)
def test_words_behind_the_name_of_a_statement_are_known_or_told(title: str, words: list[str]) -> None:
    assert unknown_words(title, ACME) == words


def test_a_statement_whose_title_is_not_understood_is_not_proven() -> None:
    """On a "legacy basis" it added up and was proven to be the registrant's own."""
    name, _, body = INCOME.partition("\n\n")
    odd = f"{name} - Legacy Basis\n\n{body}"
    alone = understood(statements(odd), "Acme Pharma, Inc.")
    assert [(table.basis, table.is_doubted) for table in alone.tables] == [(Basis.GAAP, True)]
    assert {finding.code for finding in alone.findings} >= {"title_not_understood"}
    beside = understood(statements(f"{odd}\n{INCOME}"), "Acme Pharma, Inc.")
    assert [(table.basis, table.is_doubted) for table in beside.tables] == [(Basis.NOT_UNDERSTOOD, False), (Basis.GAAP, False)]


@pytest.mark.parametrize("heads", ["Low\tHigh", "With the Notes\tBooks", "Core\tLegacy"])
def test_unknown_words_over_the_columns_that_are_read_are_told(heads: str) -> None:
    """The ends of a range for the quarter stood under the title of a statement, and both were proven."""
    odd = INCOME.replace("\t2010\t2009\n", f"\t2010\t2009\n\t{heads}\n")
    [table] = understood(statements(odd), "Acme Pharma, Inc.").tables
    assert table.is_doubted


def test_words_over_columns_of_changes_are_not_asked() -> None:
    rows = [line.split("\t") for line in INCOME.partition("\n\n")[2].splitlines()]
    heads = {0: "Better (Worse)", 1: "at rates of 2009, %"}
    wide = "\n".join("\t".join([*row, heads.get(at, "9%" if row[1] else "")]) for at, row in enumerate(rows) if len(row) == 3)
    found = understood(statements(f"{INCOME.partition(chr(10))[0]}\n\n{wide}\n"), "Acme Pharma, Inc.")
    assert [(len(table.periods), table.is_doubted) for table in found.tables] == [(2, False)]
