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
