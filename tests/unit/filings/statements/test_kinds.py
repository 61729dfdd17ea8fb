"""Which table is what."""

from __future__ import annotations

import pytest

from orchestration.filings.records import Statement
from orchestration.filings.statements.kinds import kind_of, statement_in_title
from tests.unit.filings.made_up import BALANCE, CASH_FLOW, INCOME, labelled

TEXTS = {Statement.INCOME: INCOME, Statement.BALANCE: BALANCE, Statement.CASH_FLOW: CASH_FLOW}
ROWS = {kind: labelled(text.split("\n\n", 1)[1]) for kind, text in TEXTS.items()}


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize(
    "title", ["", "Condensed Consolidated Statements of Operations", "Condensed Consolidated Balance Sheets", "Selected Data"]
)
def test_line_items_tell_the_kind_whatever_the_title(kind: Statement, title: str) -> None:
    assert kind_of(ROWS[kind], title) is kind


@pytest.mark.parametrize(
    "text",
    ["Apples\t1\t2\nPears\t3\t4\n", "Total revenues\t1\t2\nPears\t3\t4\n", "Exhibit No.\tExhibit\n99.1\tPress release\n",
     "Trial\tPatients\nEMILIA\t550\nKAITLIN\t120\n"],
)  # fmt: skip
def test_other_tables_are_no_statements(text: str) -> None:
    assert kind_of(labelled(text), "") is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS (Unaudited)", Statement.INCOME),
        ("Consolidated Statements of Income", Statement.INCOME),
        ("Consolidated Balance Sheets", Statement.BALANCE),
        ("Statements of Financial Condition", Statement.BALANCE),
        ("Condensed Statements of Cash Flows", Statement.CASH_FLOW),
        ("Financial Results", None),
    ],
)
def test_titles(title: str, kind: Statement | None) -> None:
    assert statement_in_title(title) is kind
