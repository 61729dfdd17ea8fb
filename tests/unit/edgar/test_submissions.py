"""The submissions index: which rows are earnings releases, which pages matter, and what is told of the rest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.edgar.errors import RefusedError
from orchestration.edgar.submissions import Extra, IndexEntry, SubmissionsIndex, Window, _add, _pages, is_accession

DAYS = st.dates(date(2003, 1, 1), date(2026, 12, 31))


def entry(form, *items):
    return IndexEntry("0000000001-10-000001", form, date(2010, 5, 1), None, "", items, 1)


@pytest.mark.parametrize(
    ("form", "items", "is_earnings"),
    [
        ("8-K", ("2.02", "9.01"), True),
        ("8-K/A", ("2.02",), True),
        ("8-K", ("7", "12"), True),
        ("8-K", ("12",), True),
        ("8-K", ("5", "7"), False),
        ("8-K", ("1.02", "9.01"), False),
        ("8-K", ("2.01", "2.03"), False),
        ("8-K", (), False),
        ("8-K12B", ("2.02",), False),
        ("10-Q", ("2.02",), False),
        ("6-K", ("2.02",), False),
    ],
)
def test_an_earnings_release_is_told_by_form_and_item(form, items, is_earnings):
    assert entry(form, *items).is_earnings is is_earnings


@pytest.mark.parametrize(
    ("form", "items", "extras"),
    [
        ("6-K", (), {Extra.FOREIGN}),
        ("6-K/A", (), {Extra.FOREIGN}),
        ("8-K", ("7.01", "9.01"), {Extra.REGULATION_FD}),
        ("8-K/A", ("9", "7"), {Extra.REGULATION_FD}),
        ("8-K", ("8.01", "7.01"), {Extra.REGULATION_FD, Extra.OTHER_EVENTS}),
        ("8-K", ("5",), {Extra.OTHER_EVENTS}),
        ("8-K", ("1.01", "9.01"), set()),
        ("10-Q", ("7.01",), set()),
    ],
)
def test_what_else_may_hold_a_release_is_told_by_form_and_item(form, items, extras):
    assert entry(form, *items).extras == extras


@pytest.mark.parametrize(
    ("form", "items", "sic", "is_shell"),
    [
        ("8-K", "2.02", "6770", True),
        ("8-K", "2.02", "2836", False),
        ("8-K", "1.01", "2836", True),
        ("10-Q", "", "2836", False),
        ("20-F", "", "2836", False),
        ("6-K", "", "2836", False),
    ],
)
def test_a_shell_is_a_blank_check_or_files_no_reports(form, items, sic, is_shell):
    index = SubmissionsIndex("0000000001", sic=sic)
    _add(index, COLUMNS | {"form": [form], "items": [items]}, Window(), "x")
    assert index.is_shell is is_shell


@pytest.mark.parametrize("said", ["0000855654-11-000012"])
def test_an_accession_number_has_one_form(said):
    assert is_accession(said)


@pytest.mark.parametrize(
    "said",
    [
        "", "0000855654-11-00001", "../0000855654-11-000012", "0000855654-11-000012\n", "0000855654-11-000012/..",
        "000085565४-11-000012",
    ],
)  # fmt: skip
def test_nothing_else_is_an_accession_number(said):
    assert not is_accession(said)


@given(st.text(max_size=40))
def test_an_accession_number_is_a_plain_file_name(said):
    if is_accession(said):
        assert all(char in "0123456789-" for char in said)


@given(first=DAYS, last=DAYS, since=st.none() | DAYS, until=st.none() | DAYS, day=DAYS)
def test_a_page_that_holds_a_wanted_day_is_never_passed_over(first, last, since, until, day):
    first, last = min(first, last), max(first, last)
    window = Window(since, until)
    if first <= day <= last and window.has(day):
        assert window.meets(first, last)
    assert window.meets(None, None)


def test_pages_come_newest_first_whatever_their_order():
    files = [
        {"name": f"CIK0000000001-submissions-{number:03}.json", "filingFrom": f"{year}-01-01", "filingTo": f"{year}-12-31"}
        for number, year in ((3, 1999), (1, 2009), (2, 2004))
    ]
    assert [page[0][-8:] for page in _pages(SubmissionsIndex("0000000001"), files)] == ["001.json", "002.json", "003.json"]


COLUMNS = {
    "accessionNumber": ["0000000001-10-000001"],
    "filingDate": ["2010-05-01"],
    "reportDate": [""],
    "acceptanceDateTime": ["2010-05-01T21:00:00.000Z"],
    "form": ["8-K"],
    "items": ["2.02, 9.01"],
    "size": [100],
}


def test_a_row_becomes_an_entry():
    index = SubmissionsIndex("0000000001")
    _add(index, COLUMNS, Window(), "x")
    assert index.wanted == [
        IndexEntry("0000000001-10-000001", "8-K", date(2010, 5, 1), None, "2010-05-01T21:00:00.000Z", ("2.02", "9.01"), 100)
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda some: st.lists(some) | st.dictionaries(st.text(max_size=8), some),
    max_leaves=12,
)


@given(body=JSON, name=st.sampled_from(sorted(COLUMNS)), cell=JSON)
def test_no_page_however_odd_does_more_than_be_refused(body, name, cell):
    for columns in (body, COLUMNS | {name: [cell]}, COLUMNS | {name: cell}):
        index = SubmissionsIndex("0000000001")
        try:
            _add(index, columns, Window(), "x")
        except RefusedError as error:
            assert error.code == "not_an_index"
        assert all(is_accession(one.accession) and one.filed for one in index.wanted)


@given(files=JSON)
def test_no_list_of_pages_however_odd_names_another_address(files):
    assert all(name.startswith("CIK0000000001-submissions-") for name, *_ in _pages(SubmissionsIndex("0000000001"), files))
