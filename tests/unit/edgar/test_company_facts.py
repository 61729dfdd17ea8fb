"""What EDGAR's index says of the company itself, and what is made of an index that says something else."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.edgar.company_facts import MOST, company_facts
from orchestration.filings.company.stated import KnownCompany
from orchestration.store.known_companies import MAX_CHARS

INDEX = {
    "name": "Imunon, Inc.",
    "tickers": ["IMNN", "IMNNW"],
    "exchanges": ["Nasdaq", None],
    "ein": "521256615",
    "sic": "2834",
    "fiscalYearEnd": "1231",
    "formerNames": [{"name": "CELSION CORP", "from": "2007"}, {"name": "CELSION CORP"}, {"name": "CHEUNG LABORATORIES INC"}],
}


def test_the_facts_of_a_company() -> None:
    assert company_facts("0000749647", INDEX) == KnownCompany(
        "0000749647",
        "Imunon, Inc.",
        former_names=("CELSION CORP", "CHEUNG LABORATORIES INC"),
        tickers=("Nasdaq: IMNN", ": IMNNW"),
        irs_number="521256615",
        fiscal_year_end="12-31",
        sic="2834",
        source="SEC EDGAR submissions index",
    )


@pytest.mark.parametrize("said", [None, 7, "x", [], {}, [None, 7, {}], [[]], "0000", "1399", "٢٣٤٥"])
@pytest.mark.parametrize("field", sorted(INDEX))
def test_a_field_that_is_not_as_edgar_makes_it_is_empty(field: str, said: Any) -> None:
    found = company_facts("0000749647", INDEX | {field: said})
    assert found.company_id == "0000749647"
    assert all(isinstance(name, str) for name in (*found.former_names, *found.tickers))
    assert found.irs_number in ("", "521256615")
    assert found.fiscal_year_end in ("", "12-31")


def test_no_list_and_no_name_is_kept_beyond_all_measure() -> None:
    index = {"name": "x" * 10_000, "tickers": ["A"] * 1_000, "formerNames": [{"name": f"n{at}"} for at in range(1_000)]}
    found = company_facts("0000749647", index)
    assert len(found.name) == MAX_CHARS
    assert len(found.former_names) == len(found.tickers) == MOST
