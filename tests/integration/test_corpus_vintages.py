"""A real series of releases, restated and not: what the warehouse says was known when, against what people read in the text."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date, timedelta
from decimal import Decimal

import pytest

from orchestration.defs.run import build
from tests.conftest import ROOT, Ask, asking
from tests.corpus import CORPUS, needs_corpus

pytestmark = needs_corpus("series")


def issuer() -> str:
    """The issuer of the series, as its files are called."""
    [name] = {file.name.split("-")[0] for file in (CORPUS / "series").iterdir()}
    return name


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, gates: None) -> Ask:
    folder = tmp_path_factory.mktemp("series")
    raw = folder / "raw"
    raw.mkdir()
    for file in (*(CORPUS / "series").iterdir(), *(CORPUS / "releases").glob(f"{issuer()}-*")):
        shutil.copyfile(file, raw / file.name)
    warehouse = folder / "warehouse" / "tieout.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(folder / "home"))
        report = build(raw, warehouse)
    assert report.published == warehouse, report.message

    return asking(warehouse)


def columns_of_concepts() -> dict[str, str]:
    with (ROOT / "data" / "vocabulary" / "concepts.csv").open(encoding="utf-8", newline="") as lines:
        return {row["concept"]: row["fact_column"] for row in csv.DictReader(lines) if row["fact_column"]}


def test_every_vintage_is_what_a_person_read_in_its_release(ask: Ask) -> None:
    names, compared = columns_of_concepts(), 0
    for truth in sorted((CORPUS / "truth").glob(f"{issuer()}-*.json")):
        told = json.loads(truth.read_text(encoding="utf-8"))["columns"]
        restated = {column["period_end"] for column in told if column.get("restated")}
        for column in told:
            superseded = column["period_end"] in restated and not column.get("restated")
            if column["duration"] != "P3M" or superseded:
                continue
            [vintage] = ask(
                "select q.* from fact_quarterly_results as q join dim_filing as f using (filing_id)"
                " where f.source like ? and q.period_end = ? and q.basis <> 'derived'",
                f"%{truth.stem}%",
                date.fromisoformat(column["period_end"]),
            )
            assert bool(vintage["is_restated"]) is bool(column.get("restated")), (truth.name, column["period_end"])
            for concept, value in column["values"].items():
                if concept in names:
                    compared += 1
                    assert vintage[names[concept]] == Decimal(str(value)), (truth.name, column["period_end"], concept)
    assert compared > 200


def test_every_change_between_vintages_is_listed_as_a_restatement(ask: Ask) -> None:
    revised = ask("select filing_id, unnest(string_split(revised_columns, '; ')) as fact_column from fact_quarterly_results"
                  " where is_revised and basis <> 'derived'")  # fmt: skip
    listed = ask("select r.filing_id_after as filing_id, c.fact_column from fact_restatement as r"
                 " join dim_concept as c using (concept) where r.kind <> 'rounding'")  # fmt: skip
    assert len(revised) > 20
    assert {tuple(row.values()) for row in revised} <= {tuple(row.values()) for row in listed}


def test_on_no_day_is_anything_known_that_was_filed_later(ask: Ask) -> None:
    days = [row["known_from"] for row in ask("select distinct known_from from dim_filing order by 1")]
    assert len(days) > 5
    for day in days:
        for asked in (day - timedelta(days=1), day):
            known = ask("select fiscal_year, fiscal_quarter, known_from, known_to from quarterly_results_as_of(?)", asked)
            assert all(row["known_from"] <= asked and (row["known_to"] is None or row["known_to"] > asked) for row in known)
            assert len({(row["fiscal_year"], row["fiscal_quarter"]) for row in known}) == len(known)


def test_a_difference_across_a_restatement_is_refused_and_would_have_been_wrong(ask: Ask) -> None:
    refused = ask(
        "select d.quarter_no, d.filing_id, d.added[1] as longer, d.subtracted[1] as shorter,"
        " coalesce(d.revenues, d.net_income, d.gross_profit) as amount from intermediate.int_derived_quarters as d"
        " where d.refusal = 'operand_revised' and len(d.added) = 1 and len(d.subtracted) = 1"
    )
    assert refused
    assert all(row["amount"] is None for row in refused)
    wrong = 0
    for row in refused:
        [printed] = ask("select gross_profit from intermediate.int_quarterly_results where filing_id = ? and quarter_no = ?",
                        row["filing_id"], row["quarter_no"])  # fmt: skip
        operands = [
            ask("select gross_profit from intermediate.int_statement_periods"
                " where filing_id || ' ' || duration_months || ' months to ' || period_end = ?", span)[0]["gross_profit"]
            for span in (row["longer"], row["shorter"])
        ]  # fmt: skip
        wrong += operands[0] - operands[1] != printed["gross_profit"]
    assert wrong > 0


def test_shares_that_were_never_split_have_one_basis_however_earnings_were_restated(ask: Ask) -> None:
    assert ask("select count(*) > 0 as is_restated from fact_restatement where concept like 'EarningsPerShare%'") == [
        {"is_restated": True}
    ]
    [found] = ask("select list(distinct split_factor) as factors, count(distinct eps_share_basis) as bases,"
                  " count(*) as vintages from fact_quarterly_results")  # fmt: skip
    assert (found["factors"], found["bases"]) == ([1], 1)
    assert found["vintages"] > 20
    assert ask("from quarterly_per_share_split_adjusted where eps_basic is distinct from eps_basic_as_printed") == []
