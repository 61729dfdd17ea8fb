"""Names of companies in words."""

from __future__ import annotations

import pytest

from orchestration.filings.text.companies import companies_in, named_companies


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("ACME PHARMA, INC.\nBALANCE SHEETS", [{"acme", "pharma"}]),
        ("Acme-Beta Joint Venture LLC\nStatements of Income", [{"acme", "beta", "joint", "venture"}]),
        ("ACME BANCORP, INC.\nBALANCE SHEETS", [{"acme"}]),
        ("ACME NATIONAL BANK\nBALANCE SHEETS", [{"acme", "national", "bank"}]),
        ("Acme Realty Trust\nBalance Sheets", [{"acme", "realty", "trust"}]),
        ("Condensed Consolidated Statements of Operations (Unaudited)", []),
        ("(in thousands, except per share data)", []),
        ("Assets that Acme partners hold in trust", []),
    ],
)
def test_the_companies_that_a_title_names(title: str, names: list[set[str]]) -> None:
    """A bank is another company than the holding company of its name; a legal form tells none from another."""
    assert [set(name) for name in companies_in(title)] == names


@pytest.mark.parametrize("name", ["Acme Bancorp, Inc.", "Acme, L.P", "Acme Trust", "Acme"])
def test_a_name_is_known_by_its_form_or_by_its_ticker(name: str) -> None:
    assert list(named_companies(f"today {name} (NYSE: ACM) reported")) == [name]


def test_a_name_does_not_begin_on_the_line_above() -> None:
    """ "FINANCIAL STATEMENTS" above "Tesla, Inc." were one name: two statements named two companies, and neither was proven."""
    assert companies_in("ITEM 1. FINANCIAL STATEMENTS\nExample Motors, Inc.\nConsolidated Balance Sheets") == (
        frozenset({"example", "motors"}),
    )
