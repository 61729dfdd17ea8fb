"""Real answers of EDGAR, where the corpus is at hand: its index, its feed and its submissions are read as they are."""

from __future__ import annotations

import json
import re
from datetime import date

from orchestration.edgar.bounds import check
from orchestration.edgar.feed import parse
from orchestration.edgar.submissions import Window, _add, _opened, _pages
from tests.corpus import CORPUS, needs_corpus

SAMPLES = CORPUS / "edgar-samples"

pytestmark = needs_corpus("edgar-samples")


def sample(name):
    return json.loads((SAMPLES / name).read_text())


def read(cik):
    index, recent, files = _opened(sample(f"CIK{cik}.json"), cik, "x")
    _add(index, recent, Window(), "x")
    return index, _pages(index, files)


def test_a_real_index_and_its_older_page_are_read_whole():
    index, pages = read("0000749647")
    assert pages == [("CIK0000749647-submissions-001.json", date(1996, 8, 7), date(2010, 7, 24))]
    recent = len(index.wanted)
    _add(index, sample(pages[0][0]), Window(), "x")
    assert index.gaps == []
    assert (index.name, recent, len(index.wanted), len(index.listed)) == ("Imunon, Inc.", 64, 82, 331)
    assert min(one.filed for one in index.wanted) == date(2005, 3, 3)


def test_a_real_index_of_one_page_is_read_whole():
    index, pages = read("0001796129")
    assert (pages, index.gaps, len(index.wanted), len(index.listed)) == ([], [], 18, 64)


def test_the_rows_of_a_real_index_are_those_that_say_results():
    body = sample("CIK0000749647.json")["filings"]["recent"]
    rows = zip(body["form"], body["items"], strict=True)
    assert sum(form in ("8-K", "8-K/A") and bool(re.search(r"(^|,)2\.02(,|$)", items)) for form, items in rows) == 64


def test_a_real_feed_is_read_and_holds_other_forms():
    entries, size = parse((SAMPLES / "getcurrent.atom.xml").read_bytes())
    assert (entries, size) == ([], 40)


def test_entries_of_a_real_feed_are_read_as_they_would_be_of_8_ks():
    body = (SAMPLES / "getcurrent.atom.xml").read_bytes().replace(b'term="4"', b'term="8-K"')
    entries, size = parse(body)
    assert (len(entries), size) == (34, 40)
    assert entries[0].accession == "0001700545-25-000020"
    assert entries[0].cik == "0001700545"


def test_real_submissions_may_be_kept():
    checked = 0
    for path in sorted(CORPUS.rglob("*.txt")):
        number = re.search(rb"ACCESSION NUMBER:\s*(\S+)", path.read_bytes()[:20_000])
        if number:
            check(path, number[1].decode())
            checked += 1
    assert checked >= 15
