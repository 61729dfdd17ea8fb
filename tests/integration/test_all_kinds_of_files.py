"""A raw folder of all kinds of files, built once: each is published, or kept out with a reason that names it."""

from __future__ import annotations

import pytest

from orchestration.defs.run import build
from tests.conftest import asking
from tests.unit.filings.pdfs import RELEASE as PAGE
from tests.unit.filings.pdfs import STATEMENT, pdf
from tests.unit.filings.test_other_documents import ACQUISITION, AUDITED, COVER, RELEASE, SIX_K, TEN_Q, filer, submission


def as_html(text: str) -> bytes:
    """A text as a page: lines with tabs as rows of tables, blocks of others as paragraphs."""
    parts = []
    for block in text.split("\n\n"):
        rows = ["".join(f"<td>{cell}</td>" for cell in line.split("\t")) for line in block.split("\n")]
        table = "".join(f"<tr>{row}</tr>" for row in rows)
        parts.append(f"<table>{table}</table>" if "\t" in block else f"<p>{block}</p>")
    return f"<html><body>{''.join(parts)}</body></html>".encode()


PRINTED = pdf(PAGE, STATEMENT)
FILES = {
    "0000000011/release.pdf": PRINTED,
    "0000000012/cut-off.pdf": PRINTED[:400],
    "0000000013/scanned.pdf": pdf([], before_page=lambda canvas: canvas.rect(9, 9, 99, 99, fill=1)),
    "0000000014/release.htm": as_html(RELEASE),
    "foreign.txt": submission("6-K", ("6-K", "", SIX_K), ("EX-99.1", "", RELEASE), filers=filer(cik="0000000015")).replace(
        b"-000001", b"-000015"
    ),
    "target.txt": submission(
        "8-K",
        ("8-K", "", ACQUISITION.format(told="See Exhibit 99.1.")),
        ("EX-99.1", "", AUDITED),
        filers=filer(cik="0000000016"),
    ).replace(b"-000001", b"-000016"),
    "10q.txt": submission("10-Q", ("10-Q", "", TEN_Q), filers=filer(cik="0000000017")).replace(b"-000001", b"-000017"),
    "regulation-fd.txt": submission(
        "8-K",
        (
            "8-K",
            "",
            COVER.replace("Item 2.02 Results of Operations and Financial Condition", "Item 7.01 Regulation FD Disclosure"),
        ),
        ("EX-99.1", "", RELEASE),
        filers=filer(cik="0000000018"),
    ).replace(b"-000001", b"-000018"),
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    for name, raw in FILES.items():
        path = folder / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    report = build(folder / "raw", folder / "tieout.duckdb", 1)
    assert report.published, report
    return asking(folder / "tieout.duckdb")


def test_each_is_published_or_kept_out_by_name(ask):
    published = {row["source"] for row in ask("select source from dim_filing")}
    kept_out = {row["source"]: row["reason"].partition(":")[0] for row in ask("select source, reason from quarantine")}
    assert published == {"0000000011/release.pdf", "0000000014/release.htm", "foreign.txt", "regulation-fd.txt"}
    assert kept_out == {
        "0000000012/cut-off.pdf": "pdf_broken",
        "0000000013/scanned.pdf": "pdf_scanned",
        "target.txt": "acquired_business",
        "10q.txt": "periodic_report",
    }


def test_page_and_box_of_a_pdf_are_in_the_warehouse_and_of_nothing_else(ask):
    placed = ask("""
        select distinct f.source, v.source_page
        from fact_reported_value as v inner join dim_filing as f using (filing_id)
        where v.source_page is not null and v.source_box is not null
    """)
    assert placed == [{"source": "0000000011/release.pdf", "source_page": 2}]
