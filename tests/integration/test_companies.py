"""Three quarters of one company that come as a submission, as an 8-K and as a bare press release are one history.

And beside them: a release of a company whose CIK nobody states, one that names nobody, and one whose registrant is another than
that of its CIK. None of them keeps the others out.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from orchestration.defs.run import build
from orchestration.filings.company.stated import KnownCompany
from tests.conftest import Ask, asking, run_tieout_here
from tests.integration.releases import Column, Figures, quarter_end, release

QUARTERS = [Figures(10_000 + 100 * n, 4_000, 2_000, 1_500, 100, 500) for n in range(4)]
FILED = [date(2010, 5, 6), date(2010, 8, 5), date(2010, 11, 4), date(2011, 2, 24)]
CIK = "0000007007"
HEADER = """<SEC-DOCUMENT>{accession}.txt
<SEC-HEADER>
ACCESSION NUMBER:		{accession}
CONFORMED SUBMISSION TYPE:	8-K
FILED AS OF DATE:		{day:%Y%m%d}
FILER:
	COMPANY DATA:
		COMPANY CONFORMED NAME:			{name}
		CENTRAL INDEX KEY:			{cik}
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<TEXT>
"""


def eight_k(number: int) -> str:
    """The 8-K of a quarter, without an EDGAR header."""
    column = Column(quarter_end(2010, number), 3, QUARTERS[number - 1])
    return release(FILED[number - 1], [column], {quarter_end(2010, number): 40_000 + number}).decode()


def submission(number: int, name: str) -> str:
    accession = f"{CIK}-10-{number:06}"
    head = HEADER.format(accession=accession, day=FILED[number - 1], name=name, cik=CIK)
    return head + eight_k(number) + "\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"


def bare(number: int, lead: str, headline: str) -> str:
    """The press release of a quarter alone."""
    statements = eight_k(number).split("Financial Results", 1)[1]
    day = f"{FILED[number - 1]:%B} {FILED[number - 1].day}, {FILED[number - 1].year}"
    period = f"the quarter ended {quarter_end(2010, number):%B %d, %Y}"
    return f"{headline}\n\nBOSTON, {day} (GLOBE NEWSWIRE) -- {lead} today reported results for {period}.\n\n{statements}"


def filings() -> dict[str, str]:
    return {
        "z/submission.txt": submission(1, "EXAMPLE DEVICES INC"),
        "8-k.txt": eight_k(2),
        "a/bare.txt": bare(3, "Example Devices, Inc. (NYSE: EXDV)", "Example Devices Reports Third Quarter 2010 Results"),
        "nobody-knows.txt": bare(3, "Polaris Tools, Inc.", "Polaris Tools Reports Third Quarter 2010 Results"),
        "nobody.txt": bare(3, "we", "Results of the Third Quarter"),
        f"{CIK}/another.txt": submission(4, "BOREALIS MINING CORP").replace("Example Devices", "Borealis Mining"),
    }


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, gates: None) -> Path:
    folder = tmp_path_factory.mktemp("companies")
    for name, text in filings().items():
        path = folder / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    known = KnownCompany(CIK, "Example Devices, Inc.", former_names=("Example Toys Corp",), fiscal_year_end="12-31", sic="3841")
    (folder / "raw" / CIK / "company.json").write_text(json.dumps(asdict(known)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(folder / "home"))
        report = build(folder / "raw", folder / "warehouse" / "tieout.duckdb")
    assert report.published, report.message
    return report.published


@pytest.fixture(scope="module")
def ask(published: Path) -> Ask:
    return asking(published)


def test_one_company_has_one_history_however_its_filings_came(ask: Ask) -> None:
    quarters = ask("select fiscal_quarter, net_income from fact_quarterly_results where company_id = ? order by 1", CIK)
    assert [(row["fiscal_quarter"], row["net_income"]) for row in quarters] == [
        (number, QUARTERS[number - 1].net_income * 1000) for number in (1, 2, 3)
    ]


def test_each_filing_says_by_what_it_is_of_its_company(ask: Ask) -> None:
    found = ask("select source, company_id, company_evidence, form from dim_filing order by source")
    assert [tuple(row.values()) for row in found] == [
        ("8-k.txt", CIK, "file_number", "8-K"),
        ("a/bare.txt", CIK, "ticker", None),
        ("nobody-knows.txt", "name:polaris tools", "name", None),
        ("z/submission.txt", CIK, "header_cik", "8-K"),
    ]


def test_the_company_has_its_name_ticker_and_what_edgar_said_of_it(ask: Ask) -> None:
    [found] = ask("select * from dim_company where company_id = ?", CIK)
    assert (found["company_name"], found["ticker"], found["exchange"]) == ("Example Devices, Inc.", "EXDV", "NYSE")
    assert (found["former_names"], found["sic"], found["fiscal_year_end"]) == (["Example Toys Corp"], "3841", "12-31")


def test_the_keys_of_the_company_are_kept_as_evidence(ask: Ask) -> None:
    found = ask("select kind, value, filing_count from dim_company_key where company_id = ? order by 1, 2", CIK)
    assert {"kind": "ticker", "value": "US:EXDV", "filing_count": 3} in found
    assert {"kind": "name", "value": "example devices", "filing_count": 3} in found
    assert {"kind": "header_cik", "value": CIK, "filing_count": 1} in found


def test_what_is_of_nobody_and_what_is_of_another_is_kept_out_with_what_to_do(ask: Ask) -> None:
    kept_out = {row["source"]: row["reason"] for row in ask("select source, reason from quarantine")}
    assert set(kept_out) == {"nobody.txt", f"{CIK}/another.txt"}
    assert kept_out["nobody.txt"].startswith("company_unknown: ")
    assert "tieout add FILE --cik N" in kept_out["nobody.txt"]
    assert kept_out[f"{CIK}/another.txt"].startswith("company_contradicted: its header leads to CIK 7007")
    assert "BOREALIS MINING CORP" in kept_out[f"{CIK}/another.txt"] or "Borealis Mining" in kept_out[f"{CIK}/another.txt"]


def test_a_company_without_a_cik_is_said_to_be_so(ask: Ask) -> None:
    [told] = ask("select message from staging.problems where code = 'company_without_cik'")
    assert "name:polaris tools" in told["message"]


@pytest.mark.parametrize("asked", ["EXDV", "7007", "Example Devices"])
def test_a_number_is_explained_by_any_key_of_its_company(published: Path, asked: str) -> None:
    done = run_tieout_here(
        "explain", asked, "2010Q3", "net_income", "--warehouse", published, "--raw", published.parents[1] / "raw"
    )
    assert done.returncode == 0, done.stderr
    assert "Example Devices, Inc. (EXDV)" in done.stdout
