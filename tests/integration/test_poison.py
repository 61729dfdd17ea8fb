"""Filings that used to stop a build, all at once: each is published or kept out with a reason; no sound one is kept out."""

import csv
import subprocess
from itertools import pairwise
from pathlib import Path

import dagster as dg
import pytest

from orchestration.store.paths import QUEUE_TAG
from orchestration.warehouse.connection import open_warehouse
from tests.conftest import run_tieout
from tests.integration import poison

KEPT_OUT = {
    # file -> the suite that it broke
    "second_income_statement/a.txt": "staging/comparatives",
    "second_balance_sheet/a.txt": "staging/balance_sheet_instants",
    "corrected_exhibit_in_one_submission/a.txt": "staging/comparatives",
    "subsidiary_beside_its_parent/a.txt": "staging/comparatives",
    "prose_against_a_repaired_cell/a.txt": "staging/figures",
    "prose_that_agrees_with_nothing/a.txt": "staging/independent_evidence",
    "repaired_cell_against_another_release/a.txt": "staging/comparatives",
    "figures_wider_than_the_warehouse/a.txt": "staging/independent_evidence",
    "filed_some_years_ahead/b.txt": "staging/filings",
}


class Poisoned:
    """The build of every case beside a sound company, and its raw folder."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.warehouse, self.home = folder / "raw", folder / "w" / "tieout.duckdb", folder / "home"
        self.files = poison.good() | poison.files()
        for path, raw in self.files.items():
            (self.raw / path).parent.mkdir(parents=True, exist_ok=True)
            (self.raw / path).write_bytes(raw)
        self.first = self.build()

    def build(self, *options: str) -> subprocess.CompletedProcess[str]:
        places = ("--raw", self.raw, "--warehouse", self.warehouse)
        return run_tieout("build", *places, *options, DAGSTER_HOME=str(self.home))

    def ask(self, query: str) -> list[tuple]:
        with open_warehouse(self.warehouse) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory):
    return Poisoned(tmp_path_factory.mktemp("poison"))


def test_there_are_many_cases():
    assert len(poison.CASES) >= 30


def test_a_build_that_keeps_filings_out_says_so_by_its_exit_code(poisoned):
    assert poisoned.first.returncode == 3, poisoned.first.stderr
    assert "newly quarantined" in poisoned.first.stderr
    assert "rounds" in poisoned.first.stdout


def test_every_file_is_published_or_kept_out_with_a_reason(poisoned):
    published = {source for (source,) in poisoned.ask("select source from dim_filing")}
    kept_out = dict(poisoned.ask("select source, reason from quarantine"))
    assert published | kept_out.keys() == poisoned.files.keys()
    assert not published & kept_out.keys()
    assert all(len(reason) > 20 for reason in kept_out.values())


def test_no_sound_filing_is_kept_out(poisoned):
    sound = poison.good()
    assert poisoned.ask("select count(*) from dim_filing where source like 'good/%'") == [(len(sound),)]
    quarters = "select count(*), bool_and(is_proven) from fact_quarterly_results as q join dim_filing as f using (filing_id)"
    assert poisoned.ask(f"{quarters} where f.source like 'good/%' and q.basis = 'reported'") == [(len(sound), True)]


def test_what_is_kept_out_names_the_rule_the_rows_and_the_way_to_look(poisoned):
    found = poisoned.ask("select source, broken_rule, broken_rows, reason, how_to_look from quarantine where not is_duplicate")
    rules = {source: rule for source, rule, *_ in found if rule}
    assert {source: rule.rsplit("/", 1)[0] for source, rule in rules.items()} == KEPT_OUT
    for source, rule, rows, reason, look in found:
        command = look.removeprefix('tieout sql "').removesuffix('"')
        assert (rule is None) or (rows >= 1 and rule in reason), source
        assert poisoned.ask(command), source


def test_every_quarantined_filing_is_in_a_file_that_the_build_names(poisoned):
    listed = poisoned.warehouse.with_suffix(".quarantined.csv")
    assert str(listed) in poisoned.first.stderr
    with listed.open(encoding="utf-8", newline="") as lines:
        found = {row["source"]: row["reason"] for row in csv.DictReader(lines)}
    assert found == dict(poisoned.ask("select source, reason from quarantine where not is_duplicate"))


def test_no_gap_says_that_no_filing_prints_a_quarter_that_one_prints(poisoned):
    gaps = poisoned.ask("select reason_code, filing_id from fact_quarterly_gap where vintage is null")
    assert any(filing_id for _, filing_id in gaps)
    assert not any(filing_id for code, filing_id in gaps if code == "no_filing")
    assert not poisoned.ask(
        "select * from fact_quarterly_gap as g join intermediate.int_quarters_left_out as o using (company_id) "
        "where g.reason_code = 'no_filing' and o.quarter_no = g.fiscal_year * 4 + g.fiscal_quarter - 1"
    )
    [(without,)] = poisoned.ask("select count(*) from fact_quarterly_gap where vintage is null and filing_id is not null")
    assert f"left out        {without} quarter" in poisoned.first.stdout


def test_a_filing_dated_in_the_future_is_refused(poisoned):
    found = poisoned.ask("select status, reason from staging.filings where source = 'filed_some_years_ahead/b.txt'")
    assert [status for status, _ in found] == ["quarantined"]
    assert "is_not_of_the_future" in found[0][1]


def test_a_changed_fiscal_year_is_a_fact_and_quarter_follows_quarter(poisoned):
    [(company,)] = poisoned.ask("select distinct company_id from dim_filing where source like 'fiscal_year_end_changed/%'")
    found = poisoned.ask(
        "select period_end::varchar, fiscal_period, fiscal_period_as_told, calendar_year_end_month from dim_fiscal_period "
        f"where company_id = '{company}' and period_end >= '2009-12-31' order by period_end"
    )
    assert found[0] == ("2009-12-31", "Q2 FY2010", "Q4 FY2009", 12)
    assert found[3] == ("2010-09-30", "Q1 FY2011", "Q1 FY2011", 6)
    ends = "select distinct period_end from fact_quarterly_results where company_id = ? order by 1"
    with open_warehouse(poisoned.warehouse) as connection:
        days = [day for (day,) in connection.execute(ends, [company]).fetchall()]
    assert all(85 < (after - before).days < 95 for before, after in pairwise(days))
    assert len(days) >= 9


def test_a_quarter_that_one_filing_alone_names_otherwise_is_left_out_of_the_quarters(poisoned):
    found = poisoned.ask(
        "select f.source, l.reason_code from intermediate.int_quarters_left_out as l join dim_filing as f using (filing_id) "
        "where f.source = 'one_quarter_under_two_names/b.txt' group by all"
    )
    assert [reason for _, reason in found] == ["fiscal_period_contradicted"]


def test_a_gain_between_operating_expenses_and_operating_income_is_a_term_of_it(poisoned):
    found = poisoned.ask(
        "select q.operating_income, q.is_proven from fact_quarterly_results as q join dim_filing as f using (filing_id) "
        "where f.source = 'gain_below_operating_expenses/a.txt' and q.fiscal_year = 2010"
    )
    assert found == [(21_610_000, True)]


def test_dagster_shows_the_check_the_filings_and_the_round(poisoned, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", str(poisoned.home))
    with dg.DagsterInstance.from_config(str(poisoned.home)) as instance:
        [run] = [one for one in instance.get_runs() if one.tags[QUEUE_TAG] == "command line"][-1:]
        logs = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    checks = [one.dagster_event.event_specific_data for one in logs if one.dagster_event]
    [shown, *_] = [one for one in checks if one.check_name == "gate_comparatives" and not one.passed]
    assert "Round 1 kept out" in (shown.description or "")
    assert shown.metadata["filings_kept_out"].value >= 3
    assert "comparatives" in str(shown.metadata["kept_out"].value)


def test_a_raw_folder_that_has_shrunk_stops_with_the_list_and_a_strict_build_takes_no_new_poison(poisoned):
    gone = {path: raw for path, raw in poisoned.files.items() if not path.startswith("good/")}
    for path in gone:
        (poisoned.raw / path).unlink()
    before = poisoned.warehouse.read_bytes()
    stopped = poisoned.build()
    assert stopped.returncode == 1
    assert f"{len(gone)} of the {len(poisoned.files)} files" in stopped.stderr
    assert min(gone) in stopped.stderr
    assert "--accept-removals" in stopped.stderr
    assert poisoned.warehouse.read_bytes() == before

    accepted = poisoned.build("--accept-removals")
    assert accepted.returncode == 0, accepted.stderr
    assert poisoned.ask("select count(*) from dim_filing") == [(len(poison.good()),)]

    (poisoned.raw / "a.txt").write_bytes(gone["second_balance_sheet/a.txt"])
    before = poisoned.warehouse.read_bytes()
    strict = poisoned.build("--strict")
    assert strict.returncode == 1
    assert "--strict" in strict.stderr
    assert poisoned.warehouse.read_bytes() == before
