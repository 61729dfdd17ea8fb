"""One company in two currencies, an amendment with a balance sheet alone, and prints in millions of exact quarters."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from orchestration.defs.run import build
from tests.conftest import Ask, asking, run_tieout_here
from tests.integration.releases import Column, Figures, balance_sheet_alone, quarter_end, release

FIRST = Figures(12_000, 4_500, 2_300, 1_700, 120, 600)
SECOND = Figures(12_200, 4_510, 2_300, 1_700, 121, 600)
RESTATED = Figures(18_000, 4_500, 2_300, 1_700, 120, 600)
NEXT = Figures(14_000, 5_000, 2_500, 1_800, 140, 700)
EUROS = Figures(9_000, 4_100, 1_900, 1_400, 90, 450)
CASH = {quarter_end(2010, 1): 40_000, quarter_end(2009, 4): 45_000}
Q1, Q2 = quarter_end(2010, 1), quarter_end(2010, 2)

RELEASES = {
    "q1": release(date(2010, 5, 6), [Column(Q1, 3, FIRST)], CASH),
    "q1-amended": balance_sheet_alone(date(2010, 5, 20), Q1, {Q1: 41_500, quarter_end(2009, 4): 45_000}),
    "q2": release(date(2010, 8, 5), [Column(Q2, 3, SECOND)], {Q2: 42_000}),
    "q2-in-euros": release(date(2010, 8, 9), [Column(Q2, 3, EUROS)], {Q2: 31_000}, unit="in thousands of euros"),
    # A year later in millions: the first quarter as it was, the second with other revenues.
    "q1-2011": release(
        date(2011, 5, 5),
        [Column(quarter_end(2011, 1), 3, NEXT), Column(Q1, 3, FIRST)],
        {quarter_end(2011, 1): 44_000},
        unit="in millions",
    ),
    "q2-2011": release(
        date(2011, 8, 4),
        [Column(quarter_end(2011, 2), 3, NEXT), Column(Q2, 3, RESTATED)],
        {quarter_end(2011, 2): 44_000},
        unit="in millions",
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, gates: None) -> Path:
    folder = tmp_path_factory.mktemp("reprints")
    raw = folder / "raw"
    raw.mkdir()
    for name, text in RELEASES.items():
        (raw / f"{name}.txt").write_bytes(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(folder / "home"))
        report = build(raw, folder / "warehouse" / "tieout.duckdb")
    assert report.published, report.message
    assert report.quarantined == 0
    return report.published


@pytest.fixture(scope="module")
def ask(built: Path) -> Ask:
    return asking(built)


def source_of(name: str) -> str:
    return "sha256-" + hashlib.sha256(RELEASES[name]).hexdigest()[:16]


QUARTER = "select * from fact_quarterly_results where period_end = ? order by currency, vintage"


def test_a_quarter_in_another_currency_is_a_row_of_its_own(ask: Ask) -> None:
    """It had no row at all, and no reason beside the quarter in dollars."""
    found = ask(QUARTER, Q2)
    euros = [row for row in found if row["currency"] == "EUR"]
    assert [(row["vintage"], row["revenues"], row["cash"], row["is_current"]) for row in euros] == [
        (1, 9_000_000, 31_000_000, True)
    ]
    dollars = [row for row in found if row["currency"] == "USD"]
    assert [(row["vintage"], row["revenues"]) for row in dollars] == [(1, 12_200_000), (2, 18_000_000)]
    known = "select currency, revenues from quarterly_results_as_of(?) where period_end = ? order by currency"
    assert ask(known, date(2010, 8, 9), Q2) == [
        {"currency": "EUR", "revenues": 9_000_000},
        {"currency": "USD", "revenues": 12_200_000},
    ]
    assert ask("select distinct currency from fact_restatement") == [{"currency": "USD"}]


def test_every_mart_with_money_says_of_which_currency(ask: Ask) -> None:
    values = ask("select distinct currency, unit from fact_reported_value where filing_id = ?", source_of("q2-in-euros"))
    assert {(row["currency"], row["unit"]) for row in values} == {("EUR", "EUR"), ("EUR", "EUR/share"), ("EUR", "shares")}
    marts = ask("select table_name from duckdb_columns() where schema_name = 'main' and column_name = 'currency'")
    assert {row["table_name"] for row in marts} >= {
        "fact_quarterly_results",
        "fact_quarterly_gap",
        "fact_derivation_operand",
        "fact_restatement",
        "fact_reported_value",
        "fact_guidance",
        "fact_figure_reconciliation",
    }


def test_a_balance_sheet_alone_corrects_the_balances_and_keeps_the_rest(ask: Ask) -> None:
    """The amendment made no vintage: its balances reached nobody."""
    first, amended, _ = ask(QUARTER, Q1)
    assert (first["cash"], first["revenues"], first["kept_from"]) == (40_000_000, 12_000_000, None)
    assert (amended["filing_id"], amended["known_from"]) == (source_of("q1-amended"), date(2010, 5, 20))
    assert (amended["cash"], amended["total_assets"]) == (41_500_000, 55_200_000)
    assert (amended["revenues"], amended["eps_basic"]) == (first["revenues"], first["eps_basic"])
    assert (amended["basis"], amended["kept_from"]) == ("reported", source_of("q1"))
    assert amended["revised_columns"] == "cash; stockholders_equity; total_assets"


def test_a_later_print_in_millions_confirms_an_exact_figure_or_restates_it(ask: Ask) -> None:
    """The quarter of 12,072 thousand became one of 12 million, and so lost its digits a year later."""
    *_, confirmed = ask(QUARTER, Q1)
    assert confirmed["filing_id"] == source_of("q1-2011")
    assert (confirmed["cost_of_revenue"], confirmed["net_income"]) == (4_500_000, FIRST.net_income * 1000)
    assert confirmed["is_revised"] is False
    restated = [row for row in ask(QUARTER, Q2) if row["currency"] == "USD"][-1]
    assert restated["filing_id"] == source_of("q2-2011")
    assert (restated["revenues"], restated["cost_of_revenue"]) == (18_000_000, 4_000_000)
    assert "revenues" in restated["revised_columns"].split("; ")


def test_explain_says_who_witnesses_of_the_value_and_tells_the_currencies_apart(built: Path) -> None:
    done = run_tieout_here("explain", "--warehouse", built, "EXDV", "2010Q2", "Revenues")
    lines = done.stdout.splitlines()
    text = RELEASES["q2-in-euros"].decode().splitlines()
    title = next(number for number, line in enumerate(text, 1) if "Operations (in thousands of euros" in line)
    said = f"in the title, line {title}: {text[title - 1]}"
    assert f"  in units of 1,000: said {said}" in lines, done.stdout
    assert f"  EUR: said {said}" in lines
    assert f"  basis gaap: said {said}" in lines
    assert f"  ends 2010-06-30: said in the header, line {title + 2}: Three Months Ended June 30, 2010" in lines
    assert any("9,000,000 EUR  reported" in line for line in lines)
    kept = run_tieout_here("explain", "--warehouse", built, "EXDV", "2010Q1", "Revenues").stdout
    assert f"{source_of('q1-amended')}, kept from {source_of('q1')}" in kept
