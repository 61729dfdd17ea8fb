"""Whose a statement is."""

from __future__ import annotations

import pytest

from orchestration.filings.reader import read_filing
from orchestration.filings.records import Basis
from orchestration.filings.statements.entity import own_statements
from tests.unit.filings.made_up import BALANCE, INCOME, made_up, statements

OTHER = INCOME.replace("15,000\t12,000", "7,500\t6,000").replace("12,500\t10,100", "5,000\t4,100")


def bases(text: str, registrant: str | None) -> list[Basis]:
    return [table.basis for table in own_statements(statements(text), registrant).tables]


def test_the_statement_of_another_company_is_not_the_registrants() -> None:
    both = f"Acme Pharma, Inc.\n\n{INCOME}\nAcme Operating LLC\n\n{OTHER}"
    assert bases(both, "Acme Pharma, Inc.") == [Basis.GAAP, Basis.OTHER_ENTITY]
    assert bases(both, None) == [Basis.GAAP, Basis.GAAP]


def test_no_statement_of_a_company_is_the_registrants_once_one_stands_beside_its_own() -> None:
    """The acquired company's year had no column of the registrant's quarter beside it, and was kept as the registrant's."""
    year = OTHER.replace("Three Months Ended March 31,", "Year Ended December 31,")
    three = f"Acme Pharma, Inc.\n\n{INCOME}\nZymurgy LLC\n\n{OTHER}\nZymurgy LLC\n\n{year}"
    assert bases(three, "Acme Pharma, Inc.") == [Basis.GAAP, Basis.OTHER_ENTITY, Basis.OTHER_ENTITY]


def test_a_joint_venture_has_its_own_name_and_not_the_registrants() -> None:
    """One that its title says to be at 100 per cent was of nobody, though the title names it."""
    title, _, body = INCOME.partition("\n\n")
    found = statements(f"Acme Pharma, Inc.\n\n{INCOME}\nBeta Polymers LP (100% basis)\n{title}\n\n{body}")
    owners = [(table.entity, table.basis) for table in own_statements(found, "Acme Pharma, Inc.").tables]
    assert owners == [("Acme Pharma, Inc.", Basis.GAAP), ("Beta Polymers LP", Basis.OTHER_ENTITY)]


def test_the_lead_of_a_release_without_a_cover_tells_whose_it_is() -> None:
    """Of two companies, none was known to be the registrant, so neither was proven."""
    lead = "Acme Reports\n\nAKRON, Ohio, May 4, 2010 -- Acme Pharma, Inc., the parent of Zymurgy LLC, earned much.\n\n"
    found = read_filing(f"{lead}Zymurgy LLC\n\n{OTHER}\nAcme Pharma, Inc.\n\n{INCOME}".encode(), "release.txt")
    owners = {(one.entity, one.basis) for one in found.attributions}
    assert owners == {("Acme Pharma, Inc.", Basis.GAAP), ("Zymurgy LLC", Basis.OTHER_ENTITY)}
    assert {value.value for value in found.values if value.concept == "Revenues" and value.is_gaap and value.proof_count}


def test_a_name_decides_only_against_a_statement_that_names_the_registrant() -> None:
    assert bases(f"Acme Operating LLC\n\n{OTHER}", "Acme Pharma, Inc.") == [Basis.GAAP]


def test_the_registrants_own_statement_stays_proven_beside_a_subsidiarys() -> None:
    """Both were proven, then neither: the subsidiary's is no rival once it is known for what it is."""
    cover_name = read_filing(made_up(), "0000000001/release.txt").filing.registrant
    text = f"{cover_name}\n\n{INCOME}\nOther Operating LLC\n\n{OTHER}"
    values = read_filing(made_up(text), "0000000001/release.txt").values
    revenues = {(value.is_gaap, value.proof_count > 0) for value in values if value.concept == "Revenues"}
    assert (True, True) in revenues
    assert not any(is_gaap and not proven for is_gaap, proven in revenues)


def proven_of(title: str, registrant: str | None = "Acme Pharma, Inc.") -> list[bool]:
    """Whether each statement may be proven to be the registrant's."""
    return [not table.is_doubted for table in own_statements(statements(title), registrant).tables]


@pytest.mark.parametrize(
    ("name", "is_own"),
    [
        ("Zymurgy Holdings, Inc.", False),
        ("ACME PHARMA, INC. AND SUBSIDIARIES", True),
        ("Acne Pharrna, Inc.", True),
        ("Acme Operating LLC", False),
        ("Consolidated", True),
    ],
    ids=["another", "its own", "misprinted", "a subsidiary", "no name"],
)
def test_a_lone_statement_of_a_company_unlike_the_registrant_is_kept_and_not_proven(name: str, is_own: bool) -> None:
    assert proven_of(f"{name}\n\n{INCOME}") == [is_own]


def test_a_lone_statement_of_another_company_says_so() -> None:
    found = read_filing(made_up(f"Zymurgy Brewing, Inc.\n\n{INCOME}", ""), "0000000001/release.txt")
    assert {value.proof_count for value in found.values if value.concept == "Revenues"} == {0}
    assert "entity_not_witnessed" in {problem.code for problem in found.problems}


def test_of_several_companies_none_is_the_registrant_that_nobody_names() -> None:
    several = f"Acme Pharma, Inc.\n\n{INCOME}\nZymurgy Brewing, Inc.\n\n{OTHER}"
    assert proven_of(several, None) == [False, False]
    assert proven_of(f"Acme Pharma, Inc.\n\n{INCOME}", None) == [True]


@pytest.mark.parametrize(("has_own", "basis"), [(True, Basis.OTHER_ENTITY), (False, Basis.GAAP)])
def test_a_statement_below_one_of_a_joint_venture_goes_on_from_it_if_there_is_another(has_own: bool, basis: Basis) -> None:
    """The heading stands above the first alone: its balance sheet was read beside the company's own, and neither proven."""
    title, _, body = INCOME.partition("\n\n")
    group = f"Zymurgy LLC (100% basis)\n{title}\n\n{body}\n{BALANCE}"
    own = f"\nAcme Pharma, Inc.\n\n{INCOME}\n{BALANCE}" if has_own else ""
    found = own_statements(statements(f"{group}{own}"), "Acme Pharma, Inc.").tables
    assert [table.basis for table in found[:2]] == [Basis.OTHER_ENTITY, basis]
    assert all(table.is_gaap for table in found[2:])


def test_a_company_is_no_holding_company_of_a_like_name() -> None:
    """Acme Holdings LLC was Acme Pharma, Inc.: of two statements neither was proven."""
    both = f"Acme Pharma, Inc.\n\n{INCOME}\nAcme Holdings, LLC\n\n{OTHER}"
    assert bases(both, "Acme Pharma, Inc.") == [Basis.GAAP, Basis.OTHER_ENTITY]


def test_what_stands_in_the_release_of_another_company_in_one_file_is_that_ones() -> None:
    """The statements of a target, in its own release attached to the registrant's, were rivals of the registrant's."""
    own = "AKRON, Ohio, May 4, 2010 -- Acme Pharma, Inc. (Nasdaq: ACM) reported its results.\n\n"
    other = "DAYTON, Ohio, May 4, 2010 -- Zymurgy Devices Corp. (Nasdaq: ZYM) reported its results.\n\n"
    found = read_filing(f"Acme Reports\n\n{own}{INCOME}\n{other}{OTHER}".encode(), "release.txt")
    assert {(one.entity, one.basis) for one in found.attributions} == {
        ("Acme Pharma, Inc.", Basis.GAAP),
        ("Zymurgy Devices Corp.", Basis.OTHER_ENTITY),
    }
    assert "rival_values" not in {problem.code for problem in found.problems}
