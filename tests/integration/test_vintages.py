"""What was known when: a company's releases over a year and a half, one of them restated, one damaged, one kept twice."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from expectations.validate import validate
from orchestration.defs.run import build
from orchestration.warehouse.connection import frame_fetcher
from tests.conftest import Ask, asking, run_tieout, run_tieout_here
from tests.integration.releases import Column, Figures, quarter_end, release

Q08 = [Figures(9_000 + 100 * n, 3_900, 1_900, 1_400, 90, 450) for n in range(3)]
Q09 = [Figures(10_000 + 100 * n, 4_000, 2_000, 1_500, 100, 500) for n in range(4)]
Q10 = [Figures(12_000 + 200 * n, 4_500 + 10 * n, 2_300, 1_700, 120 + n, 600) for n in range(4)]
Q11 = [Figures(14_000 + 200 * n, 5_000, 2_500, 1_800, 140, 700) for n in range(2)]
Q1_RESTATED = Figures(11_000, 4_500, 2_300, 1_700, 120, 400)
FILED = [date(2010, 5, 6), date(2010, 8, 5), date(2010, 11, 4), date(2011, 2, 24), date(2011, 5, 5), date(2011, 8, 4)]
YEAR_END_CASH = {quarter_end(2009, 4): 45_000}
# A digit lost from each: any number of pairs add up to the total.
DAMAGED = {"Research and development": "2,x00", "Selling, general and administrative": "1,x00"}


def quarter(year: int, number: int, figures: Figures, **marks: Any) -> Column:
    return Column(quarter_end(year, number), 3, figures, **marks)


def to_date(year: int, number: int, quarters: list[Figures]) -> Column:
    total = quarters[0]
    for figures in quarters[1:number]:
        total += figures
    return Column(quarter_end(year, number), 3 * number, total)


def releases() -> dict[str, bytes]:
    first = [quarter(2010, 1, Q10[0]), quarter(2009, 1, Q09[0])]
    first_cash = {quarter_end(2010, 1): 40_000, **YEAR_END_CASH}
    return {
        # Of 2008 the second quarter's release is not there: nine months less the third quarter less the first leave it.
        "q1-2008": release(date(2008, 5, 8), [quarter(2008, 1, Q08[0])], {quarter_end(2008, 1): 38_000}),
        "q3-2008": release(
            date(2008, 11, 6), [quarter(2008, 3, Q08[2]), to_date(2008, 3, Q08)], {quarter_end(2008, 3): 39_000}
        ),
        "q1-2010": release(FILED[0], first, first_cash),
        "q1-2010-again": release(FILED[0], first, first_cash, "The same release, as another service kept it."),
        "q2-2010": release(
            FILED[1],
            [
                quarter(2010, 2, Q10[1], struck=DAMAGED),
                quarter(2009, 2, Q09[1]),
                to_date(2010, 2, Q10),
                to_date(2009, 2, Q09),
            ],
            {quarter_end(2010, 2): 41_000, **YEAR_END_CASH},
        ),
        "q3-2010": release(
            FILED[2],
            [quarter(2010, 3, Q10[2]), quarter(2009, 3, Q09[2]), to_date(2010, 3, Q10), to_date(2009, 3, Q09)],
            {quarter_end(2010, 3): 42_000, **YEAR_END_CASH},
        ),
        "year-2010": release(
            FILED[3],
            [to_date(2010, 4, Q10), to_date(2009, 4, Q09)],
            {quarter_end(2010, 4): 43_000, **YEAR_END_CASH},
        ),
        "q1-2011": release(
            FILED[4],
            [quarter(2011, 1, Q11[0], struck=DAMAGED), quarter(2010, 1, Q1_RESTATED, is_restated=True)],
            {quarter_end(2011, 1): 44_000, quarter_end(2010, 4): 43_000},
        ),
        "q2-2011": release(
            FILED[5],
            [quarter(2011, 2, Q11[1]), quarter(2010, 2, Q10[1])],
            {quarter_end(2011, 2): 44_500, quarter_end(2010, 4): 43_000},
        ),
    }


@pytest.fixture(scope="module")
def built_of_releases(tmp_path_factory: pytest.TempPathFactory, gates: None) -> Path:
    folder = tmp_path_factory.mktemp("vintages")
    raw = folder / "raw"
    raw.mkdir()
    # The names tell nothing of the order: the last release is the first file.
    for place, (name, text) in enumerate(reversed(releases().items())):
        (raw / f"{place}-{name}.txt").write_bytes(text)
    file = folder / "warehouse" / "tieout.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(folder / "home"))
        report = build(raw, file)
    assert report.published == file, report.message
    assert (report.filings_read, report.quarantined) == (len(releases()), 0)
    return file


@pytest.fixture(scope="module")
def ask(built_of_releases: Path) -> Ask:
    return asking(built_of_releases)


def source_of(name: str) -> str:
    return "sha256-" + hashlib.sha256(releases()[name]).hexdigest()[:16]


def quarter_of(ask: Ask, year: int, number: int) -> list[dict[str, Any]]:
    return ask(
        "select * from fact_quarterly_results where fiscal_year = ? and fiscal_quarter = ? order by vintage", year, number
    )


def test_the_fourth_quarter_is_the_year_less_nine_months_with_its_operands_named(ask) -> None:
    [found] = quarter_of(ask, 2010, 4)
    assert found["basis"] == "derived"
    assert found["known_from"] == FILED[3]
    assert found["net_income"] == Q10[3].net_income * 1000
    assert found["revenues"] == Q10[3].sales * 1000
    year, nine_months = source_of("year-2010"), source_of("q3-2010")
    assert found["derived_from"] == f"{year} 12 months to 2010-12-31 - {nine_months} 9 months to 2010-09-30"
    operands = ask(
        "select o.weight, o.operand_filing_id, o.duration_months, v.value from fact_derivation_operand as o"
        " join fact_reported_value as v using (value_id)"
        " where o.fiscal_year = 2010 and o.fiscal_quarter = 4 and o.fact_column = 'net_income' order by o.weight desc"
    )
    assert [(row["weight"], row["operand_filing_id"], row["duration_months"]) for row in operands] == [
        (1, year, 12),
        (-1, nine_months, 9),
    ]
    assert sum(row["weight"] * row["value"] for row in operands) == found["net_income"]


def test_what_does_not_subtract_is_null_with_a_reason(ask) -> None:
    [found] = quarter_of(ask, 2010, 4)
    assert (found["eps_basic"], found["shares_diluted"]) == (None, None)
    gaps = ask("select fact_column, reason_code from fact_quarterly_gap where fiscal_year = 2010 and fiscal_quarter = 4")
    assert {"fact_column": "eps_basic", "reason_code": "not_additive"} in gaps
    assert {"fact_column": "shares_diluted", "reason_code": "not_additive"} in gaps


def test_nothing_derived_is_known_before_its_last_operand(ask) -> None:
    known = "select 1 from quarterly_results_as_of(?) where fiscal_year = 2010 and fiscal_quarter = 4"
    assert ask(known, date(2011, 2, 23)) == []
    assert len(ask(known, FILED[3])) == 1


def test_a_restated_quarter_is_a_vintage_and_listed(ask) -> None:
    first, restated = quarter_of(ask, 2010, 1)
    assert (first["net_income"], first["is_revised"]) == (Q10[0].net_income * 1000, False)
    assert (restated["net_income"], restated["is_revised"]) == (Q1_RESTATED.net_income * 1000, True)
    assert restated["is_restated"] is True
    assert "net_income" in restated["revised_columns"].split("; ")
    assert "research_and_development" not in restated["revised_columns"].split("; ")
    [listed] = ask("select * from fact_restatement where concept = 'NetIncomeLoss'")
    assert (listed["value_before"], listed["value_after"]) == (first["net_income"], restated["net_income"])
    assert listed["difference"] == restated["net_income"] - first["net_income"]
    assert (listed["kind"], listed["is_marked"]) == ("restated", True)
    assert (listed["known_from_before"], listed["known_from_after"]) == (FILED[0], FILED[4])


def test_as_of_the_day_before_the_restatement_the_quarter_is_as_first_reported(ask) -> None:
    known = "select net_income from quarterly_results_as_of(?) where fiscal_year = 2010 and fiscal_quarter = 1"
    assert ask(known, date(2011, 5, 4)) == [{"net_income": Q10[0].net_income * 1000}]
    assert ask(known, FILED[4]) == [{"net_income": Q1_RESTATED.net_income * 1000}]


def test_a_damaged_cell_that_no_release_tells_is_null_with_its_reason(ask) -> None:
    [damaged] = quarter_of(ask, 2011, 1)
    assert damaged["known_from"] == FILED[4]
    assert damaged["research_and_development"] is None
    [gap] = ask("select * from fact_quarterly_gap where fiscal_year = 2011 and fiscal_quarter = 1 and vintage = 1"
                " and fact_column = 'research_and_development'")  # fmt: skip
    assert gap["reason_code"] == "unreadable"
    assert ask("select status from fact_reported_value where value_id = ?", gap["value_id"]) == [{"status": "unreadable"}]


def test_a_later_release_helps_to_read_a_damaged_cell_and_changes_no_date(ask) -> None:
    damaged, later = quarter_of(ask, 2010, 2)
    assert (damaged["known_from"], later["known_from"]) == (FILED[1], FILED[5])
    assert damaged["research_and_development"] == Q10[1].research * 1000
    told_by = ask("select c.told_by from fact_reported_value v join staging.certificates c using (value_id)"
                  " where v.filing_id = ? and v.concept = 'ResearchAndDevelopmentExpense'", damaged["filing_id"])  # fmt: skip
    assert [row["told_by"] for row in told_by] == [[source_of("q2-2011")]]
    known = "select research_and_development from quarterly_results_as_of(?) where fiscal_year = 2010 and fiscal_quarter = 2"
    assert ask(known, FILED[1]) == [{"research_and_development": Q10[1].research * 1000}]


def test_explain_names_the_release_that_decided(built_of_releases: Path) -> None:
    done = run_tieout("explain", "--warehouse", built_of_releases, "EXDV", "2010Q2", "R&D")
    assert f"told by: {source_of('q2-2011')} (0-q2-2011.txt, known from {FILED[5]}); it decided, and is no proof" in done.stdout


def test_explain_shows_all_three_operands_of_a_derived_quarter(built_of_releases: Path) -> None:
    """It looked for two periods that leave the quarter, found none, and answered that no 'Revenues' was reported."""
    done = run_tieout_here("explain", "--warehouse", built_of_releases, "EXDV", "2008Q2", "Revenues")
    lines = done.stdout.splitlines()
    first, second, third = (figures.sales * 1000 for figures in Q08)
    assert f"{second:,} USD: derived, no filing prints this quarter" in lines, done.stderr
    assert [" ".join(line.split()).rsplit(", ", 2)[0] for line in lines if " months to " in line] == [
        f"{first + second + third:,} as_read, 9 months to 2008-09-30",
        f"- {third:,} as_read, 3 months to 2008-09-30",
        f"- {first:,} as_read, 3 months to 2008-03-31",
    ]


def test_a_second_copy_of_a_release_is_named_and_makes_no_vintage(ask) -> None:
    copies = ask("select filing_id, copy_of from dim_filing where copy_of is not null")
    pair = {source_of("q1-2010"), source_of("q1-2010-again")}
    assert len(copies) == 1
    assert {copies[0]["filing_id"], copies[0]["copy_of"]} == pair
    assert [row["known_from"] for row in quarter_of(ask, 2010, 1)] == [FILED[0], FILED[4]]
    left_out = ask("select distinct reason_code from intermediate.int_quarters_left_out where filing_id = ?",
                   copies[0]["filing_id"])  # fmt: skip
    assert left_out == [{"reason_code": "copy_of_another_filing"}]


def test_a_vintage_begins_with_its_filing_and_ends_with_the_next(ask) -> None:
    for number in (1, 2):
        before, after = quarter_of(ask, 2010, number)
        assert before["known_to"] == after["known_from"]
        assert (before["is_current"], after["is_current"]) == (False, True)
        assert after["known_to"] is None


CROSS_RELEASE = ("year_to_date_total", "comparatives", "balance_sheet_instants", "cross_release_coverage")


def test_the_cross_release_suites_had_something_to_compare_and_found_nothing(built_of_releases: Path) -> None:
    with frame_fetcher(built_of_releases) as fetch:
        result = validate("staging", fetch, only=CROSS_RELEASE)
    assert {suite.name: suite.rows_checked for suite in result.suites if not suite.rows_checked} == {}
    assert [warning.message for warning in (*result.failures, *result.warnings)] == []


def test_a_copy_is_a_warning_of_the_gate(built_of_releases: Path) -> None:
    with frame_fetcher(built_of_releases) as fetch:
        result = validate("marts", fetch, only=("dim_filing",))
    assert result.success
    [warning] = result.warnings
    assert warning.expectation == "is_no_copy"
    assert {warning.rows[0]["filing_id"], warning.rows[0]["copy_of"]} == {source_of("q1-2010"), source_of("q1-2010-again")}
