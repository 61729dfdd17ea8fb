"""What other releases tell of a filing in doubt: each way in which they may, and each in which they must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.filings.proof.external_evidence import ExternalFigure
from orchestration.filings.proof.other_releases import Release, ReleaseCell, evidence_from_other_releases, release
from orchestration.filings.reader import read_filing
from tests.unit.filings.made_up import INCOME, RAW, REAL, made_up

THOUSAND = Decimal(1000)
MARCH, JUNE, SEPTEMBER, DECEMBER = date(2010, 3, 31), date(2010, 6, 30), date(2010, 9, 30), date(2010, 12, 31)


def cell(concept: str | None, end: date, months: int, value: int | str | None, column: int = 1, **more: object) -> ReleaseCell:
    """A sound cell; `value` None makes it unreadable."""
    plain: dict[str, object] = {
        "value_id": f"{concept}:{end}:{months}:{column}",
        "statement": "income_statement",
        "table_no": 1,
        "column_no": column,
        "label": concept or "Sundry",
        "concept": concept,
        "parent_concept": None,
        "period_end": end,
        "duration_months": months,
        "value": None if value is None else Decimal(value) * THOUSAND,
        "unit": "USD",
        "rounding": THOUSAND,
        "status": "unreadable" if value is None else "as_read",
        "proof_count": 0 if value is None else 1,
        "is_gaap": True,
        "is_restated": False,
    }
    return ReleaseCell(**(plain | more))  # type: ignore[arg-type]


def filed(name: str, *cells: ReleaseCell, day: date | None = None, is_accepted: bool = True) -> Release:
    return Release(name, day or date(2011, 1, ord(name) % 28 + 1), is_accepted, cells)


LOST = cell("Revenues", JUNE, 3, None)


def told(own: Release, *others: Release) -> tuple[ExternalFigure, ...]:
    known = evidence_from_other_releases([own, *others]).get(own.filing_id)
    return known.figures if known else ()


def amounts(own: Release, *others: Release) -> list[tuple[int, int]]:
    """What is told, in thousands: values and roundings."""
    return [(int(one.value / THOUSAND), int(one.rounding / THOUSAND)) for one in told(own, *others)]


# --- told outright ----------------------------------------------------------------------------------------------------


def test_a_later_comparative_tells_an_original() -> None:
    later = filed("b", cell("Revenues", JUNE, 3, 120))
    assert told(filed("a", LOST), later) == (ExternalFigure("Revenues", JUNE, 3, "USD", Decimal(120_000), THOUSAND, ("b",)),)


def test_an_earlier_original_tells_a_comparative_and_a_year_end_balance() -> None:
    own = filed("c", LOST, cell("Assets", DECEMBER, 0, None, 2))
    earlier = filed("b", cell("Revenues", JUNE, 3, 120), cell("Assets", DECEMBER, 0, 900, 2))
    assert amounts(own, earlier) == [(900, 1), (120, 1)]


def test_a_sound_filing_is_told_nothing() -> None:
    assert (
        evidence_from_other_releases([filed("a", cell("Revenues", JUNE, 3, 120)), filed("b", cell("Revenues", JUNE, 3, 120))])
        == {}
    )


def test_only_columns_in_doubt_are_told() -> None:
    own = filed("a", LOST, cell("Revenues", MARCH, 3, 100, 2))
    assert amounts(own, filed("b", cell("Revenues", JUNE, 3, 120), cell("Revenues", MARCH, 3, 100, 2))) == [(120, 1)]


@pytest.mark.parametrize("doubt", ["repaired", "implied", "broken"])
def test_what_is_found_and_not_proven_or_breaks_an_identity_is_in_doubt(doubt: str) -> None:
    own = cell("Revenues", JUNE, 3, 190, status="as_read" if doubt == "broken" else doubt, proof_count=0)
    found = replace(filed("a", own), broken=frozenset({own.value_id} if doubt == "broken" else ()))
    assert amounts(found, filed("b", cell("Revenues", JUNE, 3, 120))) == [(120, 1)]


@pytest.mark.parametrize(
    "unfit",
    [
        {"status": "repaired"},
        {"status": "implied"},
        {"proof_count": 0},
        {"is_gaap": False},
        {"is_restated": True},
        {"unit": "EUR"},
        {"duration_months": 6},
        {"period_end": date(2010, 7, 8)},
    ],
)
def test_a_figure_that_is_not_sound_or_not_the_same_tells_nothing(unfit: dict[str, object]) -> None:
    assert not told(filed("a", LOST), filed("b", cell("Revenues", JUNE, 3, 120)._replace(**unfit)))  # type: ignore[arg-type]


def test_a_quarantined_release_tells_nothing() -> None:
    assert not told(filed("a", LOST), filed("b", cell("Revenues", JUNE, 3, 120), is_accepted=False))


def test_a_figure_that_anybody_restates_is_told_by_nobody() -> None:
    plain, restated = cell("Revenues", JUNE, 3, 120), cell("Revenues", JUNE, 3, 125, 2, is_restated=True)
    assert not told(filed("a", LOST), filed("b", plain), filed("c", restated))
    assert not told(filed("a", LOST, restated), filed("b", plain))


def test_a_restated_column_in_doubt_is_told_nothing() -> None:
    assert not told(filed("a", LOST._replace(is_restated=True)), filed("b", cell("Revenues", JUNE, 3, 120)))


def test_releases_that_disagree_tell_nothing_and_those_that_meet_tell_the_finer() -> None:
    exact = cell("Revenues", JUNE, 3, 120)
    assert not told(filed("a", LOST), filed("b", exact), filed("c", cell("Revenues", JUNE, 3, 121)))
    coarse = exact._replace(value=Decimal(100_000), rounding=Decimal(100_000))
    assert amounts(filed("a", LOST), filed("b", coarse), filed("c", exact)) == [(120, 1)]


def test_a_column_that_contradicts_what_the_filing_proves_is_not_heard() -> None:
    own = filed("a", LOST, cell("CostOfRevenue", JUNE, 3, 50))
    reclassified = filed("b", cell("Revenues", JUNE, 3, 120), cell("CostOfRevenue", JUNE, 3, 55))
    assert not told(own, reclassified)
    assert (
        amounts(own, filed("b", cell("Revenues", JUNE, 3, 120), cell("CostOfRevenue", JUNE, 3, 50)))
        == [(120, 1), (50, 1)][::-1]
    )


# --- year to date -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "one", "other", "value"),
    [
        ((JUNE, 3), (JUNE, 6, 250), (MARCH, 3, 130), 120),
        ((SEPTEMBER, 3), (SEPTEMBER, 9, 390), (JUNE, 6, 250), 140),
        ((DECEMBER, 3), (DECEMBER, 12, 500), (SEPTEMBER, 9, 390), 110),
        ((JUNE, 6), (MARCH, 3, 130), (JUNE, 3, 120), 250),
        ((DECEMBER, 12), (SEPTEMBER, 9, 390), (DECEMBER, 3, 110), 500),
        ((MARCH, 3), (JUNE, 6, 250), (JUNE, 3, 120), 130),
        ((JUNE, 6), (SEPTEMBER, 9, 390), (SEPTEMBER, 3, 140), 250),
    ],
)
@pytest.mark.parametrize("is_own", [True, False])
def test_two_spans_tell_the_third_and_roundings_add_up(asked, one, other, value, is_own) -> None:
    lost, first = cell("Revenues", *asked, None), cell("Revenues", *one, 2)
    own = filed("a", lost, first) if is_own else filed("a", lost)
    others = [filed("b", cell("Revenues", *other))] + ([] if is_own else [filed("c", first)])
    [found] = told(own, *others)
    assert (found.value, found.rounding) == (value * THOUSAND, 2 * THOUSAND)
    assert sorted(found.told_by) == (["b"] if is_own else ["b", "c"])


def test_what_the_filing_alone_adds_up_to_is_not_told_elsewhere() -> None:
    own = filed("a", LOST, cell("Revenues", JUNE, 6, 250, 2), cell("Revenues", MARCH, 3, 130, 3))
    assert not told(own, filed("b", cell("Assets", JUNE, 0, 10)))


@pytest.mark.parametrize("earlier", [(date(2009, 3, 31), 3), (MARCH, 6), (date(2010, 4, 30), 3), (DECEMBER, 3)])
def test_spans_that_do_not_tile_tell_nothing(earlier: tuple[date, int]) -> None:
    assert not told(filed("a", LOST), filed("b", cell("Revenues", JUNE, 6, 250), cell("Revenues", *earlier, 130, 2)))


@pytest.mark.parametrize(
    ("year_to_date", "quarter", "asked"),
    [
        (date(2004, 6, 26), date(2004, 3, 27), date(2004, 6, 26)),  # 13 and 13 weeks
        (date(2007, 3, 31), date(2006, 12, 30), date(2007, 3, 31)),
        (date(2006, 10, 7), date(2006, 7, 1), date(2006, 9, 30)),  # 14 weeks, and the day the months would have it
    ],
)
def test_years_of_52_and_53_weeks_tile_within_a_week(year_to_date: date, quarter: date, asked: date) -> None:
    own = filed("a", cell("Revenues", asked, 3, None))
    found = told(own, filed("b", cell("Revenues", year_to_date, 6, 250), cell("Revenues", quarter, 3, 130, 2)))
    assert [(one.value, one.period_end) for one in found] == [(120 * THOUSAND, asked)]


@pytest.mark.parametrize("unit", ["USD/share", "shares"])
def test_per_share_figures_and_averages_do_not_add_up(unit: str) -> None:
    cells = (cell("X", JUNE, 6, 250, unit=unit), cell("X", MARCH, 3, 130, 2, unit=unit))
    assert not told(filed("a", cell("X", JUNE, 3, None, unit=unit)), filed("b", *cells))


def test_balances_do_not_add_up() -> None:
    assert not told(
        filed("a", cell("Assets", JUNE, 0, None)), filed("b", cell("Assets", MARCH, 0, 5), cell("Assets", JUNE, 3, 5))
    )


def test_spans_of_which_one_was_restated_or_reclassified_tell_nothing() -> None:
    spans = (cell("Revenues", JUNE, 6, 250), cell("Revenues", MARCH, 3, 130, 2))
    restated = filed("c", cell("Revenues", MARCH, 3, 135, is_restated=True))
    assert not told(filed("a", LOST), filed("b", *spans), restated)
    costs = (cell("CostOfRevenue", JUNE, 6, 90), cell("CostOfRevenue", MARCH, 3, 45, 2))
    assert not told(filed("a", LOST, cell("CostOfRevenue", JUNE, 3, 50)), filed("b", *spans, *costs))
    assert told(filed("a", LOST, cell("CostOfRevenue", JUNE, 3, 45)), filed("b", *spans, *costs))


# --- lines without a concept ------------------------------------------------------------------------------------------


def test_a_line_without_a_concept_is_known_by_its_words_but_for_their_numbers() -> None:
    lost = cell(None, JUNE, 0, None, label="Common stock, 1,200 shares issued", statement="balance_sheet")
    same = cell(None, JUNE, 0, 12, label="Common Stock, 1,350 shares issued", statement="balance_sheet")
    assert amounts(filed("a", lost), filed("b", same)) == [(12, 1)]
    assert not told(filed("a", lost), filed("b", same._replace(parent_concept="Assets")))
    assert not told(filed("a", lost), filed("b", same._replace(statement="income_statement")))


def test_two_lines_of_the_same_words_are_told_nothing() -> None:
    lost = cell(None, JUNE, 0, None, label="Other")
    twice = filed("a", lost, cell(None, JUNE, 0, 7, label="Other", value_id="7"))
    assert not told(twice, filed("b", cell(None, JUNE, 0, 12, label="Other")))
    assert not told(filed("a", lost), filed("b", cell(None, JUNE, 0, 12, label="Other"), cell(None, JUNE, 0, 7, label="Other")))


# --- what it is worth -------------------------------------------------------------------------------------------------

TORN = made_up(INCOME.replace("9,800", "9,x00").replace("4,400", "4,x00"))
MARCH_ROW = (MARCH, 3, "USD")


def spending(research: int, selling: int) -> tuple[ExternalFigure, ...]:
    figures = {"ResearchAndDevelopmentExpense": research, "SellingGeneralAndAdministrativeExpense": selling}
    return tuple(ExternalFigure(name, *MARCH_ROW, value * THOUSAND, THOUSAND, ("b",)) for name, value in figures.items())


@pytest.mark.parametrize(("research", "selling"), [(9_800, 4_400), (9_500, 4_700)], ids=["true", "reclassified"])
def test_figures_that_another_release_decided_are_proven_by_no_sum(research: int, selling: int) -> None:
    """With an amount moved between two lines the sum closes as well: that it closes says nothing of either."""
    alone = {value.concept: value for value in read_filing(TORN, "torn.txt").values if value.column_no == 1}
    names = ("ResearchAndDevelopmentExpense", "SellingGeneralAndAdministrativeExpense")
    assert [alone[name].status for name in names] == ["unreadable"] * 2
    reading = read_filing(TORN, "torn.txt", spending(research, selling))
    found = {value.concept: value for value in reading.values if value.column_no == 1 and value.statement == "income_statement"}
    assert [(found[name].value, found[name].status) for name in names] == [
        (research * THOUSAND, "repaired"),
        (selling * THOUSAND, "repaired"),
    ]
    assert [found[name].proof_count for name in names] == [0, 0]
    assert found["OperatingExpenses"].proof_count == alone["OperatingExpenses"].proof_count
    certificates = {one.value_id: one for one in reading.certificates}
    assert [certificates[found[name].value_id].told_by for name in names] == [("b",), ("b",)]


def test_a_figure_told_elsewhere_overrules_nothing_that_closes() -> None:
    sound = read_filing(made_up(), "sound.txt")
    assert read_filing(made_up(), "sound.txt", spending(9_500, 4_700)) == sound


def test_a_column_marked_as_restated_is_not_told_what_others_first_reported() -> None:
    restated = TORN.replace(b"2010\t2009", b"2010 (as restated)\t2009")
    alone = read_filing(restated, "torn.txt")
    assert any(value.is_restated and value.status == "unreadable" for value in alone.values)
    assert read_filing(restated, "torn.txt", spending(9_800, 4_400)).values == alone.values


# --- of all of them ---------------------------------------------------------------------------------------------------

CELLS = st.builds(
    lambda concept, end, months, value, column, is_restated: cell(concept, end, months, value, column, is_restated=is_restated),
    st.sampled_from(["Revenues", "NetIncomeLoss", None]),
    st.sampled_from([MARCH, JUNE, date(2010, 6, 26), SEPTEMBER, DECEMBER]),
    st.sampled_from([0, 3, 6, 9, 12]),
    st.sampled_from([None, 10, 20, 30]),
    st.integers(1, 3),
    st.sampled_from([False, False, False, True]),
)
RELEASES = st.lists(st.lists(CELLS, max_size=6), min_size=2, max_size=5).map(
    lambda filings: [
        filed(name, *cells, day=date(2011, 1, 1 + at % 2))
        for at, (name, cells) in enumerate(zip("abcde", filings, strict=False))
    ]
)


@settings(max_examples=150, deadline=None)
@given(RELEASES, st.randoms(use_true_random=False))
def test_evidence_is_the_same_in_any_order_of_filings(releases, random) -> None:
    shuffled = [replace(one, cells=tuple(random.sample(one.cells, len(one.cells)))) for one in releases]
    random.shuffle(shuffled)
    assert evidence_from_other_releases(shuffled) == evidence_from_other_releases(releases)


@settings(max_examples=100, deadline=None)
@given(RELEASES)
def test_nobody_is_told_by_itself_and_only_releases_that_are_there_tell(releases) -> None:
    for filing_id, known in evidence_from_other_releases(releases).items():
        for one in known.figures:
            assert one.told_by
            assert set(one.told_by) <= {other.filing_id for other in releases} - {filing_id}


def test_the_digest_follows_what_is_told_and_by_whom_alone() -> None:
    own, other = filed("a", LOST), filed("b", cell("Revenues", JUNE, 3, 120))

    def digest(*releases: Release) -> str:
        return evidence_from_other_releases(releases)["a"].digest

    scaled = filed("b", other.cells[0]._replace(value=Decimal("120000.0000"), rounding=Decimal("1000.0000")))
    assert digest(own, other) == digest(other, own) == digest(own, scaled)
    assert digest(own, other) == digest(own, other, filed("c", cell("Assets", JUNE, 0, 1)))
    assert digest(own, other) != digest(own, filed("b", cell("Revenues", JUNE, 3, 121)))
    assert digest(own, other) != digest(own, replace(other, filing_id="c"))


@pytest.mark.parametrize("name", REAL)
def test_the_clean_filings_of_the_repository_are_told_the_truth(name: str) -> None:
    """Each filing beside itself under another name, every column in doubt: all that is told is what it prints."""
    reading = read_filing((RAW / f"{name}.txt").read_bytes(), f"{name}.txt")
    own = release(reading)
    assert own.cells and own.is_accepted
    blind = replace(own, broken=frozenset(one.value_id for one in own.cells))
    found = told(blind, replace(own, filing_id="another"))
    printed = {(one.name, one.period_end, one.duration_months, one.value) for one in own.cells}
    assert len(found) > 20
    assert {(one.name, one.period_end, one.duration_months, one.value) for one in found} <= printed
