"""Which company each of many filings is of, whatever keys they state and in whatever order they come."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.filings.company.identity import placed
from orchestration.filings.company.keys import own_company_id, ticker_key
from orchestration.filings.company.stated import FilingKeys, KnownCompany, Placement
from orchestration.filings.records import CompanyKey, KeyKind, KeyPlace, Severity
from orchestration.filings.text.companies import normal_name

PLACES = {
    KeyKind.HEADER_CIK: KeyPlace.HEADER,
    KeyKind.FOLDER_CIK: KeyPlace.FOLDER,
    KeyKind.FILE_NUMBER: KeyPlace.COVER,
    KeyKind.IRS_NUMBER: KeyPlace.COVER,
    KeyKind.FORMER_NAME: KeyPlace.HEADER,
}


def filing(
    name: str, *, header: str = "", folder: str = "", number: str = "", irs: str = "", ticker: str = "", **names: str
) -> FilingKeys:
    """A filing that states these keys; `cover`, `in_header`, `release` and `former` are names by where they stand."""
    stated = (
        (KeyKind.HEADER_CIK, header, header),
        (KeyKind.FOLDER_CIK, folder, folder),
        (KeyKind.FILE_NUMBER, number, number),
        (KeyKind.IRS_NUMBER, irs, irs),
        (KeyKind.TICKER, ticker and ticker_key(*reversed(ticker.split(":"))), ticker),
    )
    keys = [CompanyKey(name, kind, value, text, PLACES.get(kind, KeyPlace.RELEASE)) for kind, value, text in stated if value]
    where = {"cover": KeyPlace.COVER, "in_header": KeyPlace.HEADER, "release": KeyPlace.RELEASE, "former": KeyPlace.HEADER}
    for at, text in names.items():
        kind = KeyKind.FORMER_NAME if at == "former" else KeyKind.NAME
        keys.append(CompanyKey(name, kind, normal_name(text), text, where[at]))
    return FilingKeys(name, tuple(keys), date(2020, 1, 1))


def ids(found: dict[str, Placement]) -> list[str | None]:
    return [found[name].company_id for name in sorted(found)]


def codes(placement: Placement) -> list[str]:
    return [one.code for one in placement.questions if one.severity is not Severity.NOTE]


INTEL = KnownCompany("0000050863", "Intel Corporation", tickers=("Nasdaq: INTC",))


@pytest.mark.parametrize(
    ("stated", "evidence"),
    [
        ({"ticker": "NASDAQ:INTC", "release": "Intel"}, "ticker"),
        ({"ticker": "NYSE:INTC"}, "ticker"),
        ({"release": "INTEL CORP"}, "name"),
        ({"cover": "The Intel Corporation"}, "name"),
    ],
)
def test_a_release_is_known_by_a_row_with_cik_name_and_ticker(stated: dict[str, str], evidence: str) -> None:
    """The row changed nothing: only a commission file number was looked up, which no press release has."""
    [found] = placed([filing("a", **stated)], [INTEL]).values()
    assert (found.company_id, found.evidence, found.known, codes(found)) == ("0000050863", evidence, INTEL, [])


def test_a_number_of_one_filing_and_a_ticker_of_another_lead_to_the_cik_of_a_third_in_any_order() -> None:
    """One company was two: `0-27062` and its CIK."""
    chain = [
        filing("a", header="0001002682", number="0-27062", in_header="HORIZON FINANCIAL CORP"),
        filing("b", number="0-27062", ticker="NASDAQ:HRZB", cover="Horizon Financial Corp."),
        filing("c", ticker="Nasdaq:HRZB"),
        filing("d", release="Horizon Financial"),
    ]
    found = placed(chain)
    assert ids(found) == ["0001002682"] * 4
    assert [found[name].evidence for name in "abcd"] == ["header_cik", "file_number", "ticker", "name"]
    assert all(placed(order) == found for order in permutations(chain))


def test_without_a_cik_a_company_goes_by_a_key_of_its_own_which_says_so() -> None:
    found = placed([filing("a", ticker="NYSE:CRM", release="Salesforce"), filing("b", release="Salesforce, Inc.")])
    assert ids(found) == ["ticker:US:CRM"] * 2
    assert [one.code for one in found["a"].questions] == ["company_without_cik"]
    assert ids(placed([filing("b", release="Salesforce, Inc.")])) == ["name:salesforce"]


def test_a_name_like_anothers_asks_and_never_decides() -> None:
    [found] = placed([filing("a", release="Intell Corporation")], [INTEL]).values()
    assert found.company_id == "name:intell"
    assert codes(found) == ["company_name_near"]
    assert "Intel Corporation (CIK 50863)" in next(one.message for one in found.questions if one.code == "company_name_near")


def test_a_name_of_two_companies_decides_nothing() -> None:
    other = KnownCompany("0000000002", "Intel Inc.")
    [found] = placed([filing("a", release="Intel")], [INTEL, other]).values()
    assert (found.company_id, codes(found)) == (None, ["company_ambiguous"])
    [found] = placed([filing("a", release="Intel", ticker="Nasdaq:INTC")], [INTEL, other]).values()
    assert (found.company_id, codes(found)) == ("0000050863", [])


def test_a_ticker_that_another_company_has_now_is_not_its_company() -> None:
    """Tickers are used again."""
    [found] = placed([filing("a", ticker="Nasdaq:INTC", release="Borealis Mining")], [INTEL]).values()
    assert (found.company_id, codes(found)) == ("name:borealis mining", ["company_unsure"])


def test_two_companies_of_one_ticker_stay_two() -> None:
    found = placed([filing("a", ticker="Nasdaq:XYZ", release="Alpha"), filing("b", ticker="Nasdaq:XYZ", release="Borealis")])
    assert ids(found) == ["name:alpha", "name:borealis"]


def test_one_ticker_on_the_exchanges_of_two_countries_is_two() -> None:
    found = placed([filing("a", ticker="NYSE:ABC"), filing("b", ticker="TSX:ABC"), filing("c", ticker="NYSE American:ABC")])
    assert ids(found) == ["ticker:US:ABC", "ticker:CA:ABC", "ticker:US:ABC"]


def test_one_name_with_other_numbers_is_another_company() -> None:
    found = placed([filing("a", number="0-1001", cover="Acme Corp"), filing("b", number="0-2002", cover="Acme Inc.")])
    assert ids(found) == ["0-1001", "0-2002"]


def test_another_registrant_under_the_cik_of_a_company_is_kept_out_and_named() -> None:
    own = [filing(name, header="0000000007", in_header="ALPHA INC", number="0-7007") for name in "ab"]
    found = placed([*own, filing("c", header="0000000007", in_header="BOREALIS MINING CORP", number="0-9009")])
    assert [codes(found[name]) for name in "abc"] == [[], [], ["company_contradicted"]]
    assert "BOREALIS MINING CORP" in found["c"].questions[0].message
    stranger = filing("c", header="0000000007", in_header="ALPHA INC", cover="Borealis Mining Corp.")
    assert codes(placed([*own, stranger])["c"]) == ["company_contradicted"]


def test_the_keys_of_another_registrant_lead_nobody_to_the_cik_it_stands_under() -> None:
    own = [filing(name, header="0000000007", in_header="ALPHA INC") for name in "ab"]
    stranger = filing("c", header="0000000007", in_header="BOREALIS MINING CORP", ticker="NYSE:BOR")
    found = placed([*own, stranger, filing("d", release="Borealis Mining", ticker="NYSE:BOR")])
    assert found["d"].company_id == "ticker:US:BOR"


ALPHA = {"header": "0000000007", "in_header": "ALPHA INC", "number": "0-7007", "irs": "123456789", "ticker": "NYSE:ALP"}
BOREALIS = ALPHA | {"in_header": "BOREALIS CORP", "ticker": "NYSE:BOR"}


def test_a_company_with_a_new_name_and_ticker_stays_one_by_its_header() -> None:
    old, new = [filing(name, **ALPHA) for name in "ab"], filing("c", **BOREALIS, former="ALPHA INC")
    bare = [filing("d", release="Alpha, Inc.", ticker="NYSE:ALP"), filing("e", release="Borealis Corporation")]
    found = placed([*old, new, *bare])
    assert ids(found) == ["0000000007"] * 5
    assert not any(codes(one) for one in found.values())


def test_filings_enough_under_a_new_name_after_all_of_the_old_are_a_change_of_name() -> None:
    old = [filing(name, **ALPHA)._replace(known_from=date(2020, 1, day)) for day, name in enumerate("ab", 1)]
    new = [filing(name, **BOREALIS)._replace(known_from=date(2021, 1, day)) for day, name in enumerate("cd", 1)]
    assert not any(codes(one) for one in placed([*old, *new]).values())
    between = filing("e", **BOREALIS)._replace(known_from=date(2020, 1, 1))
    assert [codes(one) for one in placed([*old, between]).values()] == [[], [], ["company_contradicted"]]
    assert codes(placed([*old, new[0]])["c"]) == ["company_contradicted"]


def test_a_stranger_with_the_numbers_of_a_company_of_no_cik_is_kept_out() -> None:
    own = [filing(name, number="0-7007", cover="Alpha Inc") for name in "ab"]
    found = placed([*own, filing("c", number="0-7007", cover="Borealis Corp")])
    assert ids(found) == ["0-7007", "0-7007", None]
    assert codes(found["c"]) == ["company_contradicted"]


def test_a_former_name_of_the_vocabulary_is_the_companys() -> None:
    known = KnownCompany("0000000007", "Borealis Corp.", former_names=("Alpha Inc",))
    assert (
        ids(placed([filing("a", release="Alpha"), filing("b", folder="0000000007", cover="ALPHA, INC.")], [known]))
        == ["0000000007"] * 2
    )


def test_a_number_of_another_registrant_is_asked_about() -> None:
    known = KnownCompany("0000000007", "Alpha Inc", file_numbers=("000-7007",))
    found = placed([filing("a", number="0-7007", cover="Borealis Corp"), filing("b", number="0-7007", cover="Alpha")], [known])
    assert (found["b"].company_id, codes(found["a"])) == ("0000000007", ["company_contradicted"])


def test_a_release_in_the_folder_of_another_is_told_and_one_with_its_cover_kept_out() -> None:
    known = KnownCompany("0000000007", "Alpha Inc")
    found = placed(
        [filing("a", folder="0000000007", release="Borealis"), filing("b", folder="0000000007", cover="Borealis Corp.")],
        [known],
    )
    assert [(codes(one), one.questions[0].severity) for one in found.values()] == [
        (["company_name_differs"], Severity.WARNING),
        (["company_contradicted"], Severity.ERROR),
    ]


def test_a_release_with_the_ticker_of_another_in_a_companys_folder_is_kept_out() -> None:
    """One stray release took a company over: its name, its ticker and its quarters."""
    known = KnownCompany("0000000007", "Alpha Inc", tickers=("NYSE: ALP",))
    stray = filing("a", folder="0000000007", release="Borealis", ticker="Nasdaq:BRL")
    renamed = filing("b", folder="0000000007", release="Borealis", ticker="NYSE:ALP")
    assert codes(placed([stray], [known])["a"]) == ["company_contradicted"]
    assert codes(placed([renamed], [known])["b"]) == ["company_name_differs"]


def test_a_header_goes_before_the_folder_and_says_so() -> None:
    [found] = placed([filing("a", header="0000000007", folder="0000000008")]).values()
    assert found.company_id == "0000000007"
    assert [one.code for one in found.questions] == ["company_folder_differs"]


def test_a_filing_without_keys_is_not_placed() -> None:
    assert placed([FilingKeys("a", ())]) == {}
    assert own_company_id(()) is None


def test_a_misprinted_name_is_no_other_registrant() -> None:
    own = [filing(name, header="0000000007", in_header="IMMUNOGEN INC") for name in "ab"]
    assert not any(codes(one) for one in placed([*own, filing("c", header="0000000007", cover="lmmunoGen, lnc.")]).values())


NAMES = st.sampled_from(["", "Alpha Inc", "Alpha", "Borealis Corp", "Alpna, Inc.", "Inc.", "İ", "\x00", "Alpha Mining Trust"])
ANY_FILING = st.fixed_dictionaries(
    {
        "header": st.sampled_from(["", "", "0000000007", "0000000008"]),
        "folder": st.sampled_from(["", "", "0000000007", "0000000009"]),
        "number": st.sampled_from(["", "0-7007", "333-123456"]),
        "irs": st.sampled_from(["", "123456789"]),
        "ticker": st.sampled_from(["", "NYSE:ALP", "TSX:ALP", ":ALP"]),
        "cover": NAMES,
        "release": NAMES,
        "former": NAMES,
    }
)


@given(st.lists(st.tuples(ANY_FILING, st.integers(0, 3)), max_size=7), st.randoms(use_true_random=False))
def test_any_keys_in_any_order_give_one_answer_and_no_cik_becomes_another(stated: list[Any], chance: Random) -> None:
    filings = [
        filing(str(at), **keys)._replace(known_from=date(2020, 1, day) if day else None)
        for at, (keys, day) in enumerate(stated)
    ]
    known = [KnownCompany("0000000008", "Alpha Inc", tickers=("NYSE: ALP",))]
    found = placed(filings, known)
    chance.shuffle(filings)
    assert placed(filings, known[::-1]) == found
    for one in filings:
        if one.keys:
            placement = found[one.filing]
            assert one.cik is None or placement.company_id == one.cik
            assert placement.company_id or any(asked.severity is Severity.ERROR for asked in placement.questions)
